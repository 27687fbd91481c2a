/* sentences.h - inside the text room: where one sentence ends and the next begins. */
#ifndef DL_TEXT_SENTENCES_H
#define DL_TEXT_SENTENCES_H

#include "text/boundary.h"

typedef DL_VEC(dl_sentence) dl_sentence_vec;

/* Parts the tokens [first, count) of one block into sentences at the end of *out; false when out of memory. */
bool dl_sentences_find(const dl_text_data *data, dl_arena *arena, dl_str text, dl_token *tokens, size_t first,
                       size_t count, uint32_t block, dl_sentence_vec *out);

#endif
