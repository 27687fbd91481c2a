/* talks.h - negotiations: parties, delegates, rounds, issues. */
#ifndef DL_TALKS_TALKS_H
#define DL_TALKS_TALKS_H

#include "base/lexicon.h"
#include "events/events.h"

typedef struct dl_talks_data dl_talks_data; /* word lists, resolved once; read-only */

dl_status dl_talks_open(dl_talks_data **out, const dl_lexicon *lexicon, dl_error *err);
void dl_talks_close(dl_talks_data *data);
dl_status dl_talks_find(const dl_talks_data *data, dl_arena *arena, const dl_events_input *input, const dl_events *events,
                        dl_talks *out, dl_error *err);

#endif
