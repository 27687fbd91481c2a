/* base_form.h - lemmas held against a list of known base forms (data/syntax/lemmas.tsv). */
#ifndef DL_SYNTAX_BASE_FORM_H
#define DL_SYNTAX_BASE_FORM_H

#include "base/lexicon.h"
#include "dateline/text.h"

typedef struct dl_known_lemmas {
    const dl_table *words, *irregular; /* NULL words: nothing is known, every lemma stands */
    int tags;
} dl_known_lemmas;

dl_status dl_known_lemmas_open(dl_known_lemmas *out, const dl_lexicon *lexicon, dl_error *err);
/* `lemma` again, or what should stand in its place: where the word can by rule be a form of known words of its part of speech and
 * `lemma` is none of these, the first of them. It then borrows from the list, or is a copy in `arena` (ptr NULL: no memory). */
dl_str dl_known_lemma(const dl_known_lemmas *known, dl_arena *arena, dl_upos upos, dl_str norm, dl_str lemma);

#endif
