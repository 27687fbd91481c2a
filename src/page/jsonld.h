/* jsonld.h - schema.org in JSON-LD: which object is the page's article, and its properties.
 *
 * Objects are taken wherever they stand (@graph, arrays, mainEntity, nested); {"@id": ...} is followed. */
#ifndef DL_PAGE_JSONLD_H
#define DL_PAGE_JSONLD_H

#include "page/head.h"

typedef struct dl_linked_object {
    const dl_json *object;
    uint32_t source; /* index in head.linked */
    uint16_t depth;
} dl_linked_object;

typedef struct dl_linked {
    DL_VEC(dl_linked_object) objects;
    const dl_json *article; /* NULL if none */
    size_t article_base;    /* offset of its JSON in the markup */
    bool is_article;        /* an article proper, not just a WebPage */
} dl_linked;

dl_status dl_linked_read(dl_linked *out, const dl_head *head, dl_arena *arena, dl_error *err);
bool dl_linked_is(const dl_json *object, const char *type); /* "@type" is or holds this */
/* A member as an object: follows {"@id"} to the object that has a name or more. */
const dl_json *dl_linked_follow(const dl_linked *linked, const dl_json *value);
/* Text of a member of the article: a string, or the first of an array. ptr NULL if none. */
dl_str dl_linked_text(const dl_json *object, const char *key);

#endif
