/* casualties.h - counts of people killed, wounded, captured or missing. */
#ifndef DL_CASUALTIES_CASUALTIES_H
#define DL_CASUALTIES_CASUALTIES_H

#include "base/lexicon.h"
#include "dateline/casualties.h"
#include "dateline/names.h"

typedef struct dl_casualties_data dl_casualties_data; /* word lists, resolved once; read-only */

dl_status dl_casualties_open(dl_casualties_data **out, const dl_lexicon *lexicon, dl_error *err);
void dl_casualties_close(dl_casualties_data *data);
dl_status dl_casualties_find(const dl_casualties_data *data, dl_arena *arena, const dl_text *text, const dl_names *names,
                             dl_casualties *out, dl_error *err);
/* Two counts of different people as one; what is not known adds nothing. */
dl_range dl_casualties_sum(dl_range a, dl_range b);

#endif
