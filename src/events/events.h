/* events.h - events: trigger, type, participants, realis; place, date, toll and source are brought together here. */
#ifndef DL_EVENTS_EVENTS_H
#define DL_EVENTS_EVENTS_H

#include "base/lexicon.h"
#include "dateline/document.h"
#include "names/codes.h"
#include "names/names.h"

typedef struct dl_events_data dl_events_data; /* word lists, resolved once; read-only */

dl_status dl_events_open(dl_events_data **out, const dl_lexicon *lexicon, dl_error *err);
void dl_events_close(dl_events_data *data);
/* All the layers that events are made from; every pointer is set. */
typedef struct dl_events_input {
    const dl_story *story;
    const dl_text *text;
    const dl_names *names;
    const dl_times *times;
    const dl_places *places;
    const dl_statements *statements;
    const dl_casualties *casualties;
    bool why;
    const dl_names_data *names_data; /* for the codes of noun phrases */
} dl_events_input;

dl_status dl_events_find(const dl_events_data *data, dl_arena *arena, const dl_events_input *input, dl_events *out,
                         dl_error *err);

#endif
