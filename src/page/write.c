/* write.c - the kept blocks as the story's text, with their kinds and line breaks. */
#include "page/choose.h"

#include <stdlib.h>

#include "base/error.h"
#include "page/embedded.h"

static dl_block_kind kind_of(const dl_page_block *b)
{
    if (b->where & DL_IN_CAPTION) return DL_BLOCK_CAPTION;
    if (b->tag >= DL_TAG_H1 && b->tag <= DL_TAG_H6) return DL_BLOCK_HEADING;
    if (b->where & DL_IN_QUOTE) return DL_BLOCK_QUOTE;
    if (b->tag == DL_TAG_LI || b->tag == DL_TAG_DT || b->tag == DL_TAG_DD) return DL_BLOCK_LIST;
    if ((b->tag == DL_TAG_TD || b->tag == DL_TAG_TH) && b->letters < 200) return DL_BLOCK_TABLE;
    return DL_BLOCK_PARAGRAPH;
}

/* The nearest element of a tag that both blocks lie in, or DL_NONE. */
static uint32_t shared(const dl_tree *tree, const dl_page_block *a, const dl_page_block *b, dl_tag tag)
{
    uint32_t node = dl_tree_ancestor(tree, a->element, tag);
    return node != DL_NONE && b->element >= node && b->element < tree->nodes[node].next ? node : DL_NONE;
}

static uint32_t list_of(const dl_tree *tree, const dl_page_block *b)
{
    uint32_t node = b->element;
    while (node != DL_NONE && tree->nodes[node].tag != DL_TAG_UL && tree->nodes[node].tag != DL_TAG_OL && tree->nodes[node].tag != DL_TAG_DL)
        node = tree->nodes[node].parent;
    return node;
}

/* Items of one list are lines of one block; so are rows of a table, their cells parted by a space. */
static void begin_block(dl_writer *w, const dl_tree *tree, const dl_page_block *last, const dl_page_block *b)
{
    dl_block_kind kind = kind_of(b);
    if (last && kind == kind_of(last) && kind == DL_BLOCK_LIST && list_of(tree, b) == list_of(tree, last)) {
        dl_writer_line(w);
    } else if (last && kind == DL_BLOCK_TABLE && kind_of(last) == kind && shared(tree, last, b, DL_TAG_TABLE) != DL_NONE) {
        if (shared(tree, last, b, DL_TAG_TR) != DL_NONE) dl_writer_space(w);
        else dl_writer_line(w);
    } else {
        dl_writer_block(w, kind);
    }
}

static void write_block(dl_writer *w, const dl_tree *tree, const dl_page_block *b)
{
    for (uint32_t node = b->first; node < b->end;) {
        const dl_node *n = &tree->nodes[node];
        if (n->kind == DL_NODE_TEXT) {
            if (!(n->flags & DL_NODE_HIDDEN)) dl_writer_text(w, tree->markup, n->start, n->end);
            node++;
        } else if (n->tag == DL_TAG_BR) {
            dl_writer_line(w);
            node++;
        } else {
            node = dl_page_skips((dl_tag)n->tag) ? n->next : node + 1;
        }
    }
}

/* A block's place in the story: that of its first node, or of the table before which it is shown. */
typedef struct place {
    uint32_t node, index;
} place;

static int by_place(const void *a, const void *b)
{
    const place *left = a, *right = b;
    if (left->node != right->node) return left->node < right->node ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

static place *order(const dl_page_blocks *blocks, dl_arena *arena)
{
    place *places = DL_NEW_ARRAY(arena, place, blocks->list.count + 1);
    bool moved = false;
    for (uint32_t i = 0; places && i < blocks->list.count; i++) {
        const dl_page_block *b = &blocks->list.items[i];
        places[i] = (place){b->table ? b->table : b->first, i};
        moved |= b->table != 0;
    }
    if (moved) qsort(places, blocks->list.count, sizeof *places, by_place);
    return places;
}

/* Bytes; of a page's data, where the page shows a story, if a short one: consent texts and the like are shorter. */
enum { LONG_STORY = 2000 };

dl_status dl_write_story(dl_reading *r, const dl_rich_words *words, dl_arena *arena, dl_story *story, dl_error *err)
{
    dl_writer writer;
    dl_writer_init(&writer, arena);
    size_t letters = dl_kept_letters(r), embedded = 0;
    if (letters < DL_THIN_STORY || dl_embedded_is_live(r)) { /* a page that a script would have filled */
        dl_status status = dl_embedded_write(r, words, arena, &writer, &embedded, err);
        if (status != DL_OK) return status;
        size_t enough = letters < DL_SHORT_STORY || 3 * letters > LONG_STORY ? 3 * letters : LONG_STORY;
        if (embedded > enough) return dl_writer_finish(&writer, story, err);
        dl_writer_init(&writer, arena);
    }
    const dl_page_block *last = NULL;
    const place *places = order(&r->blocks, arena);
    if (!places) return dl_fail_memory(err);
    for (size_t i = 0; i < r->blocks.list.count; i++) {
        const dl_page_block *b = &r->blocks.list.items[places[i].index];
        if (!b->kept) continue;
        begin_block(&writer, &r->tree, last, b);
        write_block(&writer, &r->tree, b);
        last = b;
    }
    return dl_writer_finish(&writer, story, err);
}
