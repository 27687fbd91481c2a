/* text.h - a story's text into sentences and tokens (UD English tokenisation). */
#ifndef DL_TEXT_TEXT_H
#define DL_TEXT_TEXT_H

#include "base/lexicon.h"
#include "dateline/page.h"
#include "dateline/text.h"

typedef struct dl_text_data dl_text_data; /* word lists, resolved once; read-only */

dl_status dl_text_open(dl_text_data **out, const dl_lexicon *lexicon, dl_error *err);
void dl_text_close(dl_text_data *data);
/* Fills *out for the whole text; tokens lie inside sentences, sentences inside the story's blocks. */
dl_status dl_text_split(const dl_text_data *data, dl_arena *arena, const dl_story *story, dl_text *out, dl_error *err);

#endif
