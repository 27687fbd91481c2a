/* tree.c - tokens into nodes. */
#include "page/tree.h"

#include "base/error.h"
#include "page/seek.h"
#include "page/tree_build.h"

static bool start_building(builder *b, dl_arena *arena, const dl_markup *markup)
{
    uint32_t size = (uint32_t)markup->text.len;
    b->arena = arena;
    b->bytes = markup->text.ptr;
    b->capacity = size / 48 + 16 < DL_TREE_MAX_NODES ? size / 48 + 16 : DL_TREE_MAX_NODES;
    b->nodes = dl_arena_alloc_raw(arena, b->capacity * sizeof *b->nodes);
    if (!b->nodes) return false;
    b->nodes[0] = (dl_node){.body_end = size, .end = size, .parent = DL_NONE, .kind = DL_NODE_DOCUMENT};
    b->count = 1;
    b->top = 0;
    b->open[0] = (open_element){.below = -1};
    for (int tag = 0; tag < DL_TAG_COUNT; tag++) b->last[tag] = -1;
    memset(b->over, 0, sizeof b->over);
    b->over_total = 0;
    b->behind_block = true;
    b->seen_body = b->failed = b->cut = false;
    b->foreign = 0;
    dl_tokenizer_init(&b->tokens, markup->text);
    return true;
}

static void add_text(builder *b, const dl_html_token *token)
{
    const char *end = b->bytes + token->end;
    bool blank = dl_seek_text(b->bytes + token->start, end) == end;
    const open_element *parent = &b->open[b->top];
    if (blank && b->behind_block && b->last[DL_TAG_PRE] < 0) return;
    if (!blank && parent->tag == DL_TAG_HEAD) {
        builder_pop(b, b->top, token->start, token->start);
        parent = &b->open[b->top];
    }
    uint8_t flags = b->nodes[parent->node].flags & DL_NODE_HIDDEN;
    if (blank) flags |= DL_NODE_BLANK;
    if (token->mode == DL_MODE_RAWTEXT) flags |= DL_NODE_RAW;
    dl_node node = {.start = token->start,
                    .body = token->start,
                    .body_end = token->end,
                    .end = token->end,
                    .parent = parent->node,
                    .next = b->count + 1,
                    .kind = DL_NODE_TEXT,
                    .flags = flags,
                    .depth = (uint16_t)(b->top + 1)};
    builder_add(b, &node);
    if (!blank) b->behind_block = false;
}

static void take(builder *b, const dl_html_token *token)
{
    if (b->foreign && builder_foreign(b, token)) return;
    if (token->kind == DL_HTML_TEXT) add_text(b, token);
    else if (token->kind == DL_HTML_START_TAG) builder_start(b, token);
    else if (token->kind == DL_HTML_END_TAG) builder_end(b, token);
}

dl_status dl_tree_parse(dl_tree *out, dl_arena *arena, const dl_markup *markup, dl_error *err)
{
    builder b;
    dl_html_token token;
    *out = (dl_tree){.markup = markup};
    if (markup->text.len > UINT32_MAX / 2)
        return dl_fail(err, DL_LIMIT, NULL, 0, "a page of over 2 GiB");
    if (!start_building(&b, arena, markup)) return dl_fail_memory(err);
    while (dl_tokenizer_next(&b.tokens, &token), token.kind != DL_HTML_END_OF_FILE && !b.failed && !b.cut) {
        take(&b, &token);
        b.tokens.in_foreign = b.foreign != 0;
    }
    if (b.failed) return dl_fail_memory(err);
    uint32_t size = (uint32_t)markup->text.len;
    if (b.top > 0) builder_pop(&b, 1, size, size);
    b.nodes[0].next = b.count;
    *out = (dl_tree){.markup = markup, .nodes = b.nodes, .count = b.count, .cut = b.cut, .steps = b.tokens.steps};
    return DL_OK;
}
