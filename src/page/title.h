/* title.h - the headline and the site's name. */
#ifndef DL_PAGE_TITLE_H
#define DL_PAGE_TITLE_H

#include "page/jsonld.h"

/* The name the site gives itself; ptr NULL if none. */
dl_str dl_site_name(const dl_head *head, const dl_linked *linked, dl_arena *arena);
/* The headline without the site's name; ptr NULL if the page has none. Vote: docs/reading.md. */
dl_str dl_title_choose(const dl_head *head, const dl_linked *linked, const dl_tree *tree, dl_str site, dl_str url,
                       dl_arena *arena);
/* Whether a name is the site's own, going by its name or its address. */
bool dl_names_site(dl_arena *arena, dl_str name, dl_str site, dl_str url);
/* References decoded once more (pages that escape twice), white space made one, tags taken out. */
dl_str dl_plain_text(dl_arena *arena, dl_str text);

#endif
