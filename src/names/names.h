/* names.h - entities and their mentions: people, organisations, groups, states. */
#ifndef DL_NAMES_NAMES_H
#define DL_NAMES_NAMES_H

#include "base/lexicon.h"
#include "dateline/names.h"
#include "dateline/page.h"

typedef struct dl_names_data dl_names_data; /* word lists, resolved once; read-only */

dl_status dl_names_open(dl_names_data **out, const dl_lexicon *lexicon, dl_error *err);
void dl_names_close(dl_names_data *data);
dl_status dl_names_find(const dl_names_data *data, dl_arena *arena, const dl_text *text, const dl_story *story,
                        dl_names *out, dl_error *err);

#endif
