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
/* Adds the phrases that the model takes for mentions, and gives those of the lists their whole width. Entities keep their numbers, mentions do
 * not. For the record: the layers that read names look at words and were made without it, so it comes after them. */
dl_status dl_names_add_phrases(const dl_names_data *data, dl_arena *arena, const dl_text *text, dl_names *names, dl_error *err);

#endif
