/* syntax.h - tags, lemmas, dependency relations and names of a text's tokens, by the language model. */
#ifndef DL_SYNTAX_SYNTAX_H
#define DL_SYNTAX_SYNTAX_H

#include "base/arena.h"
#include "base/lexicon.h"
#include "dateline/text.h"

typedef struct dl_syntax dl_syntax; /* the model, read-only */

/* DL_IO when there is no such file, DL_BAD_DATA when it is no model. */
dl_status dl_syntax_open(dl_syntax **out, const char *model_path, dl_error *err);
/* Holds lemmas against the word lists from now on; the lexicon must outlive the syntax. Without it the model's stand. */
dl_status dl_syntax_use_words(dl_syntax *syntax, const dl_lexicon *lexicon, dl_error *err);
void dl_syntax_close(dl_syntax *syntax); /* NULL is fine */
/* Fills tags, features, lemmas, trees and names; the model's other hints become the text's signals. */
dl_status dl_syntax_annotate(const dl_syntax *syntax, dl_arena *arena, dl_text *text, dl_error *err);
/* Fills tags, features, lemmas, trees and names alone, in less time and memory: there are no signals. */
dl_status dl_syntax_parse(const dl_syntax *syntax, dl_arena *arena, dl_text *text, dl_error *err);
/* Fills tags, features and lemmas alone, in less time: they are the same as with all the rest. */
dl_status dl_syntax_tag(const dl_syntax *syntax, dl_arena *arena, dl_text *text, dl_error *err);

#endif
