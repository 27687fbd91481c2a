/* tree.h - an HTML page as one flat array of nodes in document order.
 *
 * Parsing follows the tokenizer of the WHATWG HTML standard to the letter, and of its tree rules what shapes text:
 *   - implied ends (p, li, dt/dd, option, rows and cells, headings), scopes, misnested formatting;
 *   - no node is made up (no implied html, head, body, tbody) and nothing is moved (no foster parents): what a
 *     table holds stays in it, and document order is always page order;
 *   - comments and doctypes give no nodes; svg and math are one node each, their content skipped;
 *   - noscript is read as if scripting were off, and neither its nor template's content can close what is outside;
 *   - what is open beyond DL_TREE_MAX_DEPTH elements becomes children of the last one let in.
 * White space right behind the tag of a block gives no node, as it would never show. Time is linear in the page. */
#ifndef DL_PAGE_TREE_H
#define DL_PAGE_TREE_H

#include "page/markup.h"
#include "page/tags.h"

enum { DL_TREE_MAX_DEPTH = 512, DL_TREE_MAX_NODES = 4 * 1024 * 1024 };

typedef enum dl_node_kind { DL_NODE_DOCUMENT, DL_NODE_ELEMENT, DL_NODE_TEXT } dl_node_kind;

enum {
    DL_NODE_BLANK = 1, /* a text of white space only */
    DL_NODE_RAW = 2,   /* text of script, style and the like: no character references */
    DL_NODE_HIDDEN = 4 /* inside script, style, template, noscript, head and the like: never shown */
};

/* All offsets are bytes of the markup. */
typedef struct dl_node {
    uint32_t start;    /* first byte of the start tag; of a text, its first byte */
    uint32_t body;     /* behind the start tag; of a text, its start again */
    uint32_t body_end; /* where the end tag begins, or where an end was implied; of a text, its end */
    uint32_t end;      /* behind the end tag */
    uint32_t parent;   /* DL_NONE for the document */
    uint32_t next;     /* first node behind this subtree: the nodes between are its descendants */
    uint16_t tag;      /* dl_tag; DL_TAG_NONE for document and text, DL_TAG_UNKNOWN for names not in tags.h */
    uint16_t name_len; /* of the tag's name, at start + 1; above 65534: 65535 */
    uint8_t kind, flags;
    uint16_t depth;    /* 0 for the document */
} dl_node;

typedef struct dl_tree {
    const dl_markup *markup; /* borrowed */
    dl_node *nodes;          /* nodes[0] is the document */
    uint32_t count;
    bool cut;                /* the page has more than DL_TREE_MAX_NODES; what came after them is left out */
    uint64_t steps;          /* work counted while parsing; for tests that it is linear */
} dl_tree;

/* Fails with DL_NO_MEMORY, or DL_LIMIT beyond 2 GiB; any bytes are a page. */
dl_status dl_tree_parse(dl_tree *out, dl_arena *arena, const dl_markup *markup, dl_error *err);

/* Shows what stands in noscript and template, as div: for pages that show nothing else. False if there is no text in any. */
bool dl_tree_unveil(dl_tree *tree);

/* First child and next sibling, or DL_NONE. for (n = dl_tree_first(t, p); n != DL_NONE; n = dl_tree_sibling(t, n)) */
uint32_t dl_tree_first(const dl_tree *tree, uint32_t node);
uint32_t dl_tree_sibling(const dl_tree *tree, uint32_t node);
/* As written, in any case; "" for no element. */
dl_str dl_tree_name(const dl_tree *tree, uint32_t node);
/* The nearest element with this tag, the node itself included, or DL_NONE. */
uint32_t dl_tree_ancestor(const dl_tree *tree, uint32_t node, dl_tag tag);

/* One attribute as it stands in the start tag. Nothing is decoded until asked for. */
typedef struct dl_attr {
    dl_span name;  /* any case */
    dl_span value; /* without its quotes; empty where there is none */
} dl_attr;

/* Walks a start tag's attributes: `cursor` begins at 0. False when there is none left. As the standard says, of
 * two with the same name only the first counts; this walk gives both. */
bool dl_attr_next(const dl_tree *tree, uint32_t node, uint32_t *cursor, dl_attr *out);
/* The attribute of that name (lower case), or false. */
bool dl_attr_find(const dl_tree *tree, uint32_t node, const char *name, dl_attr *out);
/* The value as text: a slice of the markup, or decoded into the arena. ptr NULL when out of memory. */
dl_str dl_attr_decode(const dl_tree *tree, const dl_attr *attr, dl_arena *arena);
/* Find and decode at once; ptr NULL where there is no such attribute (or no memory). */
dl_str dl_attr_get(const dl_tree *tree, uint32_t node, const char *name, dl_arena *arena);
/* The value's raw bytes, references and all: good for class, id, rel. ptr NULL where there is none. */
dl_str dl_attr_raw(const dl_tree *tree, uint32_t node, const char *name);

#endif
