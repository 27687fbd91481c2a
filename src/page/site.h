/* site.h - the name of a page's site, and taking it off a title. */
#ifndef DL_PAGE_SITE_H
#define DL_PAGE_SITE_H

#include "page/jsonld.h"

/* The name the site gives itself: og:site_name, JSON-LD publisher, application-name, WebSite or organisation, else
 * the part of <title> that the page's other titles lack. ptr NULL if none. */
dl_str dl_site_name(const dl_head *head, const dl_linked *linked, dl_arena *arena);
/* Whether a name is the site's own, going by its name or its address. */
bool dl_names_site(dl_arena *arena, dl_str name, dl_str site, dl_str url);
/* A title without parts at either end that name the site ("Headline | The Example Post"). */
dl_str dl_without_site(dl_arena *arena, dl_str title, dl_str site, dl_str url);
/* Where the next separator of a title's parts begins ("a | b", "a - b"), and its length; SIZE_MAX if none. */
size_t dl_title_separator(dl_str title, size_t from, size_t *len);
/* Letters and digits only, folded: for comparing names. */
dl_str dl_bare_name(dl_arena *arena, dl_str text);
/* References decoded once more (pages that escape twice), white space made one, tags taken out. */
dl_str dl_plain_text(dl_arena *arena, dl_str text);

#endif
