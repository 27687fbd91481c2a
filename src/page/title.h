/* title.h - the headline. */
#ifndef DL_PAGE_TITLE_H
#define DL_PAGE_TITLE_H

#include "page/jsonld.h"

/* The headline without the site's name; ptr NULL if the page has none. Vote: docs/reading.md. */
dl_str dl_title_choose(const dl_head *head, const dl_linked *linked, const dl_tree *tree, dl_str site, dl_str url,
                       dl_arena *arena);

#endif
