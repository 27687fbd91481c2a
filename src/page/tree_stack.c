/* tree_stack.c - the stack of open elements: pushing, ending, and searching it in constant time. */
#include "page/tree_build.h"

#include "page/seek.h"

uint32_t builder_add(builder *b, const dl_node *node)
{
    if (b->count == DL_TREE_MAX_NODES) {
        b->cut = true;
        return DL_NONE;
    }
    if (b->count == b->capacity) {
        uint32_t wanted = b->capacity * 2;
        dl_node *grown = dl_arena_alloc_raw(b->arena, wanted * sizeof *grown);
        if (!grown) {
            b->failed = true;
            return DL_NONE;
        }
        memcpy(grown, b->nodes, b->count * sizeof *grown);
        b->nodes = grown;
        b->capacity = wanted;
    }
    b->nodes[b->count] = *node;
    return b->count++;
}

static unsigned fences_of(dl_tag tag)
{
    unsigned flags = dl_tag_flags(tag), fences = 0;
    if (flags & DL_TAG_IS_SCOPE) fences |= 1u << FENCE_SCOPE | 1u << FENCE_BUTTON | 1u << FENCE_LIST;
    if (tag == DL_TAG_BUTTON) fences |= 1u << FENCE_BUTTON;
    if (tag == DL_TAG_OL || tag == DL_TAG_UL) fences |= 1u << FENCE_LIST;
    if (tag == DL_TAG_TABLE || tag == DL_TAG_TEMPLATE || tag == DL_TAG_NOSCRIPT) fences |= 1u << FENCE_TABLE;
    if (flags & DL_TAG_IS_SPECIAL) {
        fences |= 1u << FENCE_SPECIAL;
        if (tag != DL_TAG_ADDRESS && tag != DL_TAG_DIV && tag != DL_TAG_P) fences |= 1u << FENCE_ITEM;
    }
    return fences;
}

void builder_push(builder *b, uint32_t node, dl_tag tag, uint32_t name_hash)
{
    int index = ++b->top;
    open_element *element = &b->open[index];
    unsigned fences = fences_of(tag);
    *element = (open_element){.node = node, .tag = (uint16_t)tag, .name_hash = name_hash, .below = b->last[tag]};
    for (int kind = 0; kind < FENCE_COUNT; kind++)
        element->fences[kind] = fences >> kind & 1 ? (int16_t)index : element[-1].fences[kind];
    b->last[tag] = (int16_t)index;
}

static void pop_one(builder *b, uint32_t at, uint32_t end)
{
    b->tokens.steps++;
    open_element *element = &b->open[b->top--];
    dl_node *node = &b->nodes[element->node];
    node->next = b->count;
    if (element->ghost) return;
    node->body_end = at;
    node->end = end;
    b->last[element->tag] = element->below;
}

void builder_pop(builder *b, int index, uint32_t at, uint32_t end)
{
    while (b->top > index) pop_one(b, at, at);
    pop_one(b, at, end);
    while (b->open[b->top].ghost) pop_one(b, at, at);
    if (b->foreign > b->top) b->foreign = 0;
    if (b->over_total) {
        memset(b->over, 0, sizeof b->over);
        b->over_total = 0;
    }
}

bool builder_has(const builder *b, dl_tag tag, fence kind)
{
    return b->last[tag] > 0 && b->last[tag] >= b->open[b->top].fences[kind];
}

uint32_t builder_name_hash(const char *name, size_t len)
{
    uint32_t value = UINT32_C(2166136261);
    for (size_t i = 0; i < len; i++) value = (value ^ dl_ascii_lower((unsigned char)name[i])) * UINT32_C(16777619);
    return value;
}

fence builder_scope(dl_tag tag)
{
    switch (tag) {
    case DL_TAG_LI: return FENCE_LIST;
    case DL_TAG_TABLE: case DL_TAG_TBODY: case DL_TAG_THEAD: case DL_TAG_TFOOT: case DL_TAG_TR: case DL_TAG_TD:
    case DL_TAG_TH: case DL_TAG_CAPTION: case DL_TAG_COLGROUP: return FENCE_TABLE;
    default: return FENCE_SCOPE;
    }
}
