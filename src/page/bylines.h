/* bylines.h - names out of bylines: split, cleaned of what stands around them. */
#ifndef DL_PAGE_BYLINES_H
#define DL_PAGE_BYLINES_H

#include "base/lexicon.h"

typedef struct dl_byline_words {
    const dl_table *words, *metas, *months;
    int kind, meta_kind, meta_rank; /* columns */
} dl_byline_words;

dl_status dl_byline_words_open(dl_byline_words *out, const dl_lexicon *lexicon, dl_error *err);

typedef struct dl_authors {
    DL_VEC(dl_str) names;
} dl_authors;

/* Adds the names in a byline ("By Ana Ruiz and B. Lee, Reuters") that are not there yet. */
dl_status dl_authors_add(dl_authors *out, const dl_byline_words *words, dl_arena *arena, dl_str byline, dl_error *err);
/* Bytes of the words at the start of `text` that introduce a byline ("By", "Text von:"), or 0. */
size_t dl_byline_prefix(const dl_byline_words *words, dl_arena *arena, dl_str text);
/* Whether `text` holds nothing but names of people as they are written: two to four words each, with capitals. */
bool dl_is_only_names(const dl_byline_words *words, dl_arena *arena, dl_str text);
/* Words in small letters that no name has ("jdoe", "of the article"). */
bool dl_has_small_word(const dl_byline_words *words, dl_arena *arena, dl_str text);
/* What stands behind a name and is none: an office, a degree, words in small letters that no name has. */
bool dl_tells_of_person(const dl_byline_words *words, dl_arena *arena, dl_str text);
/* Whether the folded words of `text` are a row of that kind. */
bool dl_byline_is(const dl_byline_words *words, dl_arena *arena, dl_str text, const char *kind);
/* An e-mail or web address. */
bool dl_is_address(dl_str text);

#endif
