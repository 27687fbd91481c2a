/* match.h - phrases of a word list found in the tokens of a text. */
#ifndef DL_TEXT_MATCH_H
#define DL_TEXT_MATCH_H

#include "base/lexicon.h"
#include "dateline/text.h"

/* The longest key of `table` that starts at `token` and stays in its sentence: the number of tokens it covers, and its
 * rows; 0 where there is none. Words are compared by their norm and put together as they are written: a key
 * "cease-fire" answers the three tokens of "cease-fire", "people's republic" those of "People's Republic". With
 * `lemma`, a word may answer by its lemma too (all words, or the last one only: "armed force" and "armed forces"
 * both answer the key "armed force"). */
size_t dl_match_longest(const dl_table *table, const dl_text *text, size_t token, bool lemma, dl_rows *rows);

#endif
