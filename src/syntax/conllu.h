/* conllu.h - trees read from and written as CoNLL-U (universaldependencies.org/format.html). */
#ifndef DL_SYNTAX_CONLLU_H
#define DL_SYNTAX_CONLLU_H

#include "base/arena.h"
#include "base/json.h"
#include "dateline/text.h"

/* Reads sentences with their forms, spaces, tags, lemmas, features, heads and relations (any may be "_") and a name type
 * in MISC ("Name=B-PERSON"); multiword tokens mark their words as joined, empty nodes and comments are passed over. The
 * text is put together from forms and SpaceAfter, sentences parted by a newline. Words of a multiword token whose forms don't
 * add up to it all get its span. `tree` below may be asked at once. DL_BAD_DATA names the byte. */
dl_status dl_conllu_read(dl_text *out, dl_arena *arena, dl_str conllu, dl_error *err);

/* Adds the whole text to `out`: "# sent_id" (counted from 1), "# text", and a line a word whose MISC column tells
 * SpaceAfter=No, Span=START:END in code points of the text, and Name=B-PERSON where a name was found. */
dl_status dl_conllu_write(dl_json_out *out, const dl_text *text, dl_error *err);

/* `conllu` again, with lemma, tag, features, head and relation of each word line replaced by those of `text`, which
 * dl_conllu_read made of it. XPOS and DEPS become "_"; comments, multiword tokens and MISC stay; empty nodes go. */
dl_status dl_conllu_rewrite(dl_json_out *out, dl_str conllu, const dl_text *text, dl_error *err);

#endif
