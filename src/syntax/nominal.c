/* nominal.c - noun phrases, appositions and coordinations. */
#include "base/str.h"
#include "syntax/tree.h"

uint32_t dl_tree_case(const dl_text *text, uint32_t noun)
{
    return dl_tree_child(text, noun, DL_DEP_CASE);
}

uint32_t dl_tree_apposition(const dl_text *text, uint32_t noun)
{
    return dl_tree_child(text, noun, DL_DEP_APPOS);
}

uint32_t dl_tree_first_conjunct(const dl_text *text, uint32_t token)
{
    size_t steps = 0;
    while (token < text->token_count && text->tokens[token].deprel == DL_DEP_CONJ &&
           text->tokens[token].head != DL_NONE && steps++ < text->token_count)
        token = text->tokens[token].head;
    return token;
}

/* Conjuncts of conjuncts count too ("A, and B and C"), found breadth first in `out` itself. */
size_t dl_tree_conjuncts(const dl_text *text, uint32_t token, uint32_t *out, size_t room)
{
    if (token >= text->token_count || room == 0) return 0;
    size_t count = 0;
    out[count++] = token;
    for (size_t next = 0; next < count; next++)
        for (uint32_t c = text->tokens[out[next]].child; c != DL_NONE && count < room; c = text->tokens[c].sibling)
            if (text->tokens[c].deprel == DL_DEP_CONJ && c != token) out[count++] = c;
    return count;
}

/* What belongs to the core of a noun phrase, wherever it stands. */
static bool in_core(const dl_token *token)
{
    switch ((dl_deprel)token->deprel) {
    case DL_DEP_DET: case DL_DEP_DET_PREDET: case DL_DEP_NUMMOD: case DL_DEP_AMOD: case DL_DEP_COMPOUND: case DL_DEP_FLAT:
    case DL_DEP_FLAT_FOREIGN: case DL_DEP_FIXED: case DL_DEP_GOESWITH: case DL_DEP_NMOD_POSS: case DL_DEP_NMOD_DESC:
        return true;
    default: return false;
    }
}

/* What may stand before the head inside its phrase: "at least five men", "the Kyiv-based group". */
static bool before_head(const dl_token *token)
{
    switch ((dl_deprel)token->deprel) {
    case DL_DEP_ADVMOD: case DL_DEP_NMOD: case DL_DEP_NMOD_UNMARKED: case DL_DEP_PUNCT: case DL_DEP_DEP: return true;
    default: return false;
    }
}

static bool separates(const dl_token *token)
{
    return dl_str_is(token->norm, ",") || dl_str_is(token->norm, ";") || dl_str_is(token->norm, ":") ||
           dl_str_is(token->norm, "--") || dl_str_is(token->norm, "-");
}

/* Leaves out punctuation at the edges. */
static dl_token_range trimmed(const dl_text *text, dl_token_range range, uint32_t head)
{
    while (range.first < head && text->tokens[range.first].upos == DL_PUNCT) range.first++;
    while (range.last > head && text->tokens[range.last].upos == DL_PUNCT) range.last--;
    return range;
}

static dl_token_range core(const dl_text *text, uint32_t head)
{
    dl_token_range range = {head, head};
    for (uint32_t c = text->tokens[head].child; c != DL_NONE; c = text->tokens[c].sibling) {
        const dl_token *t = &text->tokens[c];
        if (c < head) {
            bool inside = in_core(t) || (before_head(t) && !(t->deprel == DL_DEP_PUNCT && separates(t)));
            if (inside && t->left < range.first) range.first = t->left;
        } else if (in_core(t) && t->right > range.last) {
            range.last = t->deprel == DL_DEP_NMOD_DESC ? c : t->right;
        }
    }
    return range;
}

dl_token_range dl_tree_noun_phrase(const dl_text *text, uint32_t head)
{
    if (head >= text->token_count) return (dl_token_range){DL_NONE, DL_NONE};
    return trimmed(text, core(text, head), head);
}

dl_token_range dl_tree_full_noun_phrase(const dl_text *text, uint32_t head)
{
    if (head >= text->token_count) return (dl_token_range){DL_NONE, DL_NONE};
    dl_token_range range = core(text, head);
    for (uint32_t c = text->tokens[head].child; c != DL_NONE; c = text->tokens[c].sibling) {
        const dl_token *t = &text->tokens[c];
        if (c > head && t->deprel == DL_DEP_NMOD && t->right > range.last) range.last = t->right;
    }
    return trimmed(text, range, head);
}
