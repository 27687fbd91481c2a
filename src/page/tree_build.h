/* tree_build.h - the stack of open elements while a tree is built; shared by the tree's own files only. */
#ifndef DL_PAGE_TREE_BUILD_H
#define DL_PAGE_TREE_BUILD_H

#include "page/tokenizer.h"
#include "page/tree.h"

/* What may stop a search down the stack. Each open element knows, for each kind, the nearest one at or below it
 * that stops, so that no search takes more than a look. */
typedef enum fence {
    FENCE_SCOPE,   /* the standard's scope */
    FENCE_BUTTON,  /* scope for p: also button */
    FENCE_LIST,    /* scope for li: also ol, ul */
    FENCE_TABLE,   /* table, template */
    FENCE_SPECIAL, /* special elements */
    FENCE_ITEM,    /* special elements but address, div, p: where a search for an open li, dd or dt ends */
    FENCE_COUNT
} fence;

typedef struct open_element {
    uint32_t node;
    uint16_t tag;
    bool ghost;            /* its end tag has come, but what is in it goes on: it goes when it is the last */
    uint32_t name_hash;    /* of an unknown name */
    int16_t below;         /* the next lower open element with this tag, -1: none */
    int16_t fences[FENCE_COUNT];
} open_element;

enum { UNKNOWN_SEARCH = 32 }; /* so many open elements with unknown names are searched for one of them */

typedef struct builder {
    dl_arena *arena;
    const char *bytes;
    dl_tokenizer tokens;
    dl_node *nodes;
    uint32_t count, capacity;
    open_element open[DL_TREE_MAX_DEPTH]; /* [0] is the document */
    int top;                              /* index of the last open element */
    int16_t last[DL_TAG_COUNT];           /* the last open element with a tag that is no ghost, -1: none */
    uint32_t over[DL_TAG_COUNT];          /* elements too deep to be let in, whose end tags must be ignored */
    uint32_t over_total;
    bool behind_block; /* the last token was a block's tag: white space here never shows */
    bool seen_body;
    int foreign;       /* open svg or math, 0: none */
    uint16_t inside[DL_TAG_COUNT]; /* elements open in it, by tag */
    uint32_t integration; /* open elements in it whose content is HTML again */
    bool failed, cut; /* no memory; too many nodes */
} builder;

uint32_t builder_add(builder *b, const dl_node *node); /* DL_NONE if that failed */
void builder_push(builder *b, uint32_t node, dl_tag tag, uint32_t name_hash);
/* Ends all open elements from the top down to `index`; that one by an end tag at [at, end), or both where implied. */
void builder_pop(builder *b, int index, uint32_t at, uint32_t end);
/* Whether `tag` is open and not behind a fence. */
bool builder_has(const builder *b, dl_tag tag, fence kind);
fence builder_scope(dl_tag tag); /* the fence that an end tag of a special element minds */
uint32_t builder_name_hash(const char *name, size_t len);

void builder_start(builder *b, const dl_html_token *token);
void builder_end(builder *b, const dl_html_token *token);
/* A token inside svg or math. True if that was all; false if foreign content has ended (or never mattered) and the
 * token goes the way of HTML. */
bool builder_foreign(builder *b, const dl_html_token *token);

#endif
