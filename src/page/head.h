/* head.h - what a page says about itself in markup: meta, link, title, and the nodes worth a second look.
 *
 * One pass over the nodes. Values are decoded; keys are lower case. */
#ifndef DL_PAGE_HEAD_H
#define DL_PAGE_HEAD_H

#include "base/json.h"
#include "page/tree.h"

typedef struct dl_meta {
    dl_str key;   /* name, property, itemprop or http-equiv, lower case */
    dl_str value;
    uint32_t node;
} dl_meta;

/* A JSON document embedded in a script. */
typedef struct dl_embedded {
    const dl_json *root;
    uint32_t node;
    size_t base; /* where its text begins in the markup; offsets of dl_json count from here */
} dl_embedded;

typedef struct dl_head {
    DL_VEC(dl_meta) metas;
    DL_VEC(dl_embedded) linked; /* application/ld+json */
    DL_VEC(uint32_t) headings;  /* h1 */
    DL_VEC(uint32_t) times;     /* time, and abbr or span with a datetime */
    DL_VEC(uint32_t) props;     /* elements in the body with itemprop, or rel=author */
    DL_VEC(uint32_t) states;    /* scripts that look like the page's state: __NEXT_DATA__ and kin */
    dl_str title, language, canonical, amp;
    uint32_t title_node;
    bool not_free; /* JSON-LD that holds "isAccessibleForFree": false, even where it is no JSON */
} dl_head;

dl_status dl_head_read(dl_head *out, const dl_tree *tree, dl_arena *arena, dl_error *err);
/* The first value of a key that is not empty, or ptr NULL. */
dl_str dl_head_get(const dl_head *head, const char *key);

#endif
