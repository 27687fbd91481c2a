/* tree.c - the links of dependency trees, and steps up and down in them. */
#include "syntax/tree.h"

#include "base/str.h"

static void clear_links(dl_token *tokens, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        tokens[i].child = tokens[i].sibling = DL_NONE;
        tokens[i].left = tokens[i].right = i;
        if (tokens[i].head >= count || tokens[i].head == i) tokens[i].head = DL_NONE;
    }
}

/* Widens the ancestors' edges to hold `token`; stops where they do already, since what holds an ancestor's edges
 * will, by its own walk, hold the token too. A walk widens at each step, so a cycle ends it. */
static void widen(dl_token *tokens, uint32_t token)
{
    for (uint32_t at = tokens[token].head; at != DL_NONE; at = tokens[at].head) {
        if (tokens[at].left <= token && token <= tokens[at].right) return;
        if (token < tokens[at].left) tokens[at].left = token;
        if (token > tokens[at].right) tokens[at].right = token;
    }
}

void dl_tree_link(dl_text *text)
{
    dl_token *tokens = text->tokens;
    uint32_t count = (uint32_t)text->token_count;
    clear_links(tokens, count);
    for (uint32_t i = count; i-- > 0;) {
        uint32_t head = tokens[i].head;
        if (head == DL_NONE) continue;
        tokens[i].sibling = tokens[head].child;
        tokens[head].child = i;
    }
    for (uint32_t i = 0; i < count; i++) widen(tokens, i);
}

bool dl_deprel_is(dl_deprel relation, dl_deprel base)
{
    if (relation == base) return true;
    const char *name = dl_deprel_name(relation), *stem = dl_deprel_name(base);
    size_t len = strlen(stem);
    return strncmp(name, stem, len) == 0 && name[len] == ':';
}

static bool known(const dl_text *text, uint32_t token)
{
    return token < text->token_count;
}

uint32_t dl_tree_head(const dl_text *text, uint32_t token)
{
    return known(text, token) ? text->tokens[token].head : DL_NONE;
}

uint32_t dl_tree_root(const dl_text *text, uint32_t sentence)
{
    if (sentence >= text->sentence_count) return DL_NONE;
    const dl_sentence *s = &text->sentences[sentence];
    for (uint32_t i = s->first; i < s->first + s->count; i++)
        if (text->tokens[i].head == DL_NONE) return i;
    return DL_NONE;
}

uint32_t dl_tree_first_child(const dl_text *text, uint32_t token)
{
    return known(text, token) ? text->tokens[token].child : DL_NONE;
}

uint32_t dl_tree_next_child(const dl_text *text, uint32_t child)
{
    return known(text, child) ? text->tokens[child].sibling : DL_NONE;
}

uint32_t dl_tree_child(const dl_text *text, uint32_t token, dl_deprel relation)
{
    uint32_t child = dl_tree_first_child(text, token);
    while (child != DL_NONE && text->tokens[child].deprel != relation) child = text->tokens[child].sibling;
    return child;
}

uint32_t dl_tree_child_like(const dl_text *text, uint32_t token, dl_deprel base)
{
    uint32_t child = dl_tree_first_child(text, token);
    while (child != DL_NONE && !dl_deprel_is(text->tokens[child].deprel, base)) child = text->tokens[child].sibling;
    return child;
}

bool dl_tree_dominates(const dl_text *text, uint32_t above, uint32_t token)
{
    if (!known(text, above) || !known(text, token)) return false;
    size_t steps = 0;
    while (token != above && token != DL_NONE && steps++ < text->token_count) token = text->tokens[token].head;
    return token == above;
}

dl_span dl_tree_range_span(const dl_text *text, dl_token_range range)
{
    if (!known(text, range.first) || !known(text, range.last)) return (dl_span){0, 0};
    return (dl_span){text->tokens[range.first].span.start, text->tokens[range.last].span.end};
}

dl_span dl_tree_subtree(const dl_text *text, uint32_t token)
{
    if (!known(text, token)) return (dl_span){0, 0};
    return dl_tree_range_span(text, (dl_token_range){text->tokens[token].left, text->tokens[token].right});
}
