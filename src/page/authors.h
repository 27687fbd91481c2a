/* authors.h - who wrote a page: bylines split into names and cleaned. */
#ifndef DL_PAGE_AUTHORS_H
#define DL_PAGE_AUTHORS_H

#include "page/dates.h"

typedef struct dl_byline_words {
    const dl_table *words, *metas;
    int kind, meta_kind, meta_rank; /* columns */
} dl_byline_words;

dl_status dl_byline_words_open(dl_byline_words *out, const dl_lexicon *lexicon, dl_error *err);

typedef struct dl_authors {
    DL_VEC(dl_str) names;
} dl_authors;

/* Adds the names in a byline ("By Ana Ruiz and B. Lee, Reuters") that are not there yet. */
dl_status dl_authors_add(dl_authors *out, const dl_byline_words *words, dl_arena *arena, dl_str byline, dl_error *err);
/* JSON-LD, then meta, then microdata and rel=author, then what calls itself a byline. */
dl_status dl_authors_choose(dl_authors *out, const dl_byline_words *words, const dl_reading *reading, dl_arena *arena,
                            dl_error *err);

#endif
