/* times.h - time expressions and their TIMEX3 values. */
#ifndef DL_TIMES_TIMES_H
#define DL_TIMES_TIMES_H

#include "base/lexicon.h"
#include "dateline/page.h"
#include "dateline/text.h"
#include "dateline/times.h"

typedef struct dl_times_data dl_times_data; /* word lists, resolved once; read-only */

dl_status dl_times_open(dl_times_data **out, const dl_lexicon *lexicon, dl_error *err);
void dl_times_close(dl_times_data *data);
/* Anchors on story->published and on days told earlier in the text; without a date, values stay relative. */
dl_status dl_times_find(const dl_times_data *data, dl_arena *arena, const dl_text *text, const dl_story *story,
                        dl_times *out, dl_error *err);

#endif
