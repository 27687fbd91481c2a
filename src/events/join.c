/* join.c - triggers of one sentence that tell of the same event: "carried out airstrikes that killed five". */
#include "base/str.h"
#include "events/clause.h"
#include "syntax/tree.h"

enum { MAX_LINK = 4 };

static bool is_tight(dl_deprel relation)
{
    switch (relation) {
    case DL_DEP_OBJ: case DL_DEP_NSUBJ: case DL_DEP_NSUBJ_PASS: case DL_DEP_XCOMP: case DL_DEP_NMOD: case DL_DEP_OBL: case DL_DEP_COMPOUND:
    case DL_DEP_AMOD: case DL_DEP_ADVCL: case DL_DEP_ACL: case DL_DEP_ACL_RELCL: case DL_DEP_OBL_AGENT: case DL_DEP_CONJ: case DL_DEP_APPOS:
    case DL_DEP_CSUBJ: case DL_DEP_NMOD_POSS: case DL_DEP_PARATAXIS: case DL_DEP_CCOMP: case DL_DEP_COMPOUND_PRT: return true;
    default: return false;
    }
}

/* "after", "following", "despite": what hangs on them happened at another time, unless it is the cause of harm. */
static bool is_apart(const coder *c, uint32_t token)
{
    for (uint32_t m = dl_tree_first_child(c->text, token); m != DL_NONE; m = dl_tree_next_child(c->text, m)) {
        dl_deprel relation = (dl_deprel)c->text->tokens[m].deprel;
        if ((relation == DL_DEP_CASE || relation == DL_DEP_MARK) && is_class(c, m, c->class_after)) return true;
    }
    return false;
}

static uint32_t trigger_at(const coder *c, uint32_t from, uint32_t to, uint32_t token)
{
    for (uint32_t i = from; i < to; i++)
        if (c->triggers.items[i].token == token) return i;
    return DL_NONE;
}

typedef struct link {
    uint32_t above;    /* nearest trigger up the tree, DL_NONE */
    bool apart, clause; /* by way of "after"; by way of a relation between clauses */
    bool adjunct;       /* not by complements alone */
    dl_deprel relation; /* the last step */
    unsigned steps;
} link;

static bool is_complement(const coder *c, uint32_t token, dl_deprel relation)
{
    switch (relation) {
    case DL_DEP_OBJ: case DL_DEP_NSUBJ_PASS: case DL_DEP_XCOMP: case DL_DEP_CCOMP: case DL_DEP_COMPOUND: case DL_DEP_AMOD: return true;
    case DL_DEP_NMOD: case DL_DEP_OBL: case DL_DEP_ACL: {
        uint32_t marker = dl_tree_case(c->text, token);
        return marker == DL_NONE || is_word(c, marker, c->word_to) || is_word(c, marker, c->word_for) || is_word(c, marker, c->word_of) || is_word(c, marker, c->word_on);
    }
    default: return false;
    }
}

/* The nearest trigger above a trigger. */
static link link_of(const coder *c, uint32_t from, uint32_t to, uint32_t index)
{
    link up = {.above = DL_NONE};
    uint32_t at = c->triggers.items[index].token;
    for (up.steps = 1; up.steps <= MAX_LINK; up.steps++) {
        const dl_token *token = &c->text->tokens[at];
        dl_deprel relation = (dl_deprel)token->deprel;
        if (token->head == DL_NONE || !is_tight(relation)) return up;
        up.apart = up.apart || is_apart(c, at);
        up.clause = up.clause || relation == DL_DEP_CCOMP || relation == DL_DEP_PARATAXIS;
        up.adjunct = up.adjunct || up.apart || !is_complement(c, at, relation);
        up.relation = relation;
        at = token->head;
        up.above = trigger_at(c, from, to, at);
        if (up.above != DL_NONE) return up;
    }
    return up;
}

static bool is_conjoined(const link *up, const trigger *below, const trigger *above)
{
    return up->relation == DL_DEP_CONJ && !below->pattern->noun && !above->pattern->noun;
}

static bool same_event(const coder *c, const link *up, const trigger *below, const trigger *above)
{
    if (below->type != above->type) return false;
    if (below->type == DL_ASSAULT) {
        if (below->effect || above->effect) return !(up->apart && !below->effect && below->pattern->noun && !above->effect);
        if (up->apart || up->clause || is_conjoined(up, below, above)) return false;
        return up->steps <= 3;
    }
    if (up->apart || up->clause || is_conjoined(up, below, above)) return false;
    (void)c;
    return up->steps <= 2;
}

static uint32_t root_of(const coder *c, uint32_t index)
{
    while (c->triggers.items[index].group != index) index = c->triggers.items[index].group;
    return index;
}

static void unite(coder *c, uint32_t a, uint32_t b, const char *rule)
{
    a = root_of(c, a), b = root_of(c, b);
    if (a == b) return;
    uint32_t first = a < b ? a : b, other = a < b ? b : a;
    c->triggers.items[other].group = first;
    c->triggers.items[other].rule = rule;
}

/* Harm that no tree ties to an attack belongs to the nearest one told in the sentence. */
static void unite_stray_harm(coder *c, uint32_t from, uint32_t to, uint32_t index)
{
    uint32_t best = DL_NONE, distance = UINT32_MAX, token = c->triggers.items[index].token;
    for (uint32_t i = from; i < to; i++) {
        const trigger *other = &c->triggers.items[i];
        if (other->type != DL_ASSAULT || i == index || other->effect) continue;
        uint32_t gap = other->token > token ? other->token - token : token - other->token;
        if (gap < distance) best = i, distance = gap;
    }
    if (best != DL_NONE) unite(c, index, best, "harm of the nearest attack");
}

static bool group_has_attack(const coder *c, uint32_t from, uint32_t to, uint32_t index)
{
    uint32_t group = root_of(c, index);
    for (uint32_t i = from; i < to; i++)
        if (root_of(c, i) == group && !c->triggers.items[i].effect) return true;
    return false;
}

/* "Shelling cut the line", "fighting killed two": what does it stands right before what it does, whatever the tree makes of them. */
static bool is_doing(const coder *c, const trigger *before, const trigger *behind)
{
    return before->type == DL_ASSAULT && behind->type == DL_ASSAULT && before->last + 1 == behind->first && !behind->pattern->noun &&
           dl_str_ends(c->text->tokens[before->token].norm, "ing");
}

static void join_sentence(coder *c, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to && c->text->parsed; i++) {
        trigger *below = &c->triggers.items[i];
        link up = link_of(c, from, to, i);
        if (up.above == DL_NONE) continue;
        trigger *above = &c->triggers.items[up.above];
        if (same_event(c, &up, below, above)) unite(c, i, up.above, "same clause");
        else if (below->type != above->type) below->governor = up.above, below->complement = !up.adjunct;
    }
    for (uint32_t i = from; i + 1 < to; i++)
        if (is_doing(c, &c->triggers.items[i], &c->triggers.items[i + 1])) unite(c, i, i + 1, "what the attack did");
    for (uint32_t i = from; i < to; i++) {
        const trigger *t = &c->triggers.items[i];
        if (t->type == DL_ASSAULT && t->effect && !group_has_attack(c, from, to, i)) unite_stray_harm(c, from, to, i);
    }
}

void join_triggers(coder *c)
{
    uint32_t count = (uint32_t)c->triggers.count;
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && c->triggers.items[to].sentence == c->triggers.items[from].sentence;) to++;
        join_sentence(c, from, to);
    }
    for (uint32_t i = 0; i < count; i++) c->triggers.items[i].group = root_of(c, i);
}
