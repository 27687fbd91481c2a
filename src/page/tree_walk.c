/* tree_walk.c - finding one's way in a tree, and the attributes of its elements. */
#include "page/seek.h"
#include "page/tokenizer.h"
#include "page/tree.h"

uint32_t dl_tree_first(const dl_tree *tree, uint32_t node)
{
    return tree->nodes[node].next > node + 1 ? node + 1 : DL_NONE;
}

uint32_t dl_tree_sibling(const dl_tree *tree, uint32_t node)
{
    const dl_node *self = &tree->nodes[node];
    return self->parent != DL_NONE && self->next < tree->nodes[self->parent].next ? self->next : DL_NONE;
}

bool dl_tree_unveil(dl_tree *tree)
{
    uint32_t veiled = 0; /* the end of the last one's content */
    bool found = false;
    for (uint32_t i = 1; i < tree->count; i++) {
        dl_node *n = &tree->nodes[i];
        if (n->tag == DL_TAG_NOSCRIPT || n->tag == DL_TAG_TEMPLATE) {
            n->tag = DL_TAG_DIV;
            if (n->next > veiled) veiled = n->next;
        }
        if (i >= veiled) continue;
        bool hidden = (dl_tag_flags((dl_tag)n->tag) & (DL_TAG_IS_HIDDEN | DL_TAG_IS_FOREIGN)) || (tree->nodes[n->parent].flags & DL_NODE_HIDDEN);
        n->flags = (uint8_t)(hidden ? n->flags | DL_NODE_HIDDEN : n->flags & ~DL_NODE_HIDDEN);
        found |= n->kind == DL_NODE_TEXT && !(n->flags & (DL_NODE_HIDDEN | DL_NODE_BLANK));
    }
    return found;
}

/* Bytes of an element's name, which no element made up for an end tag has. */
static dl_span name_span(const dl_tree *tree, uint32_t node)
{
    const dl_node *self = &tree->nodes[node];
    uint32_t start = self->start + 1;
    if (self->kind != DL_NODE_ELEMENT || self->name_len == 0) return (dl_span){self->start, self->start};
    if (self->name_len < UINT16_MAX) return (dl_span){start, start + self->name_len};
    const char *bytes = tree->markup->text.ptr;
    const char *end = dl_seek_class_of(bytes + start, bytes + self->body, SEEK_TAG_END);
    return (dl_span){start, (uint32_t)(end - bytes)};
}

dl_str dl_tree_name(const dl_tree *tree, uint32_t node)
{
    const dl_node *self = &tree->nodes[node];
    if (self->kind != DL_NODE_ELEMENT || self->name_len == 0) return dl_tag_name(self->tag);
    return dl_span_str(tree->markup->text, name_span(tree, node));
}

uint32_t dl_tree_ancestor(const dl_tree *tree, uint32_t node, dl_tag tag)
{
    while (node != DL_NONE && tree->nodes[node].tag != tag) node = tree->nodes[node].parent;
    return node;
}

bool dl_attr_next(const dl_tree *tree, uint32_t node, uint32_t *cursor, dl_attr *out)
{
    const dl_node *self = &tree->nodes[node];
    const char *bytes = tree->markup->text.ptr;
    if (*cursor == 0) {
        dl_span name = name_span(tree, node);
        if (name.start == name.end) return false;
        *cursor = name.end;
    }
    const char *at = bytes + *cursor;
    dl_attribute attribute;
    if (dl_attribute_next(&at, bytes + self->body, &attribute) != DL_ATTRIBUTE) return false;
    *cursor = (uint32_t)(at - bytes);
    out->name = (dl_span){(uint32_t)(attribute.name - bytes), (uint32_t)(attribute.name_end - bytes)};
    out->value = (dl_span){(uint32_t)(attribute.value - bytes), (uint32_t)(attribute.value_end - bytes)};
    return true;
}

bool dl_attr_find(const dl_tree *tree, uint32_t node, const char *name, dl_attr *out)
{
    uint32_t cursor = 0;
    dl_str wanted = dl_str_of(name);
    while (dl_attr_next(tree, node, &cursor, out))
        if (dl_str_eq_nocase(dl_span_str(tree->markup->text, out->name), wanted)) return true;
    return false;
}

dl_str dl_attr_decode(const dl_tree *tree, const dl_attr *attr, dl_arena *arena)
{
    return dl_reference_decode(arena, dl_span_str(tree->markup->text, attr->value), DL_MODE_ATTRIBUTE);
}

dl_str dl_attr_get(const dl_tree *tree, uint32_t node, const char *name, dl_arena *arena)
{
    dl_attr attr;
    return dl_attr_find(tree, node, name, &attr) ? dl_attr_decode(tree, &attr, arena) : (dl_str){0};
}

dl_str dl_attr_raw(const dl_tree *tree, uint32_t node, const char *name)
{
    dl_attr attr;
    return dl_attr_find(tree, node, name, &attr) ? dl_span_str(tree->markup->text, attr.value) : (dl_str){0};
}
