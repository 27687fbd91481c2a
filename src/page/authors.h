/* authors.h - who wrote a page: the vote of its bylines. */
#ifndef DL_PAGE_AUTHORS_H
#define DL_PAGE_AUTHORS_H

#include "page/bylines.h"
#include "page/reading.h"

/* JSON-LD, then meta, then microdata and rel=author, then what calls itself a byline. */
dl_status dl_authors_choose(dl_authors *out, const dl_byline_words *words, const dl_reading *reading, dl_arena *arena,
                            dl_error *err);

#endif
