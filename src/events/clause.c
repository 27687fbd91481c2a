/* clause.c - arguments by the dependency tree; without a parse, the nearest noun on the proper side. */
#include "events/clause.h"

#include "base/str.h"
#include "syntax/tree.h"

enum { WINDOW = 10 }; /* tokens looked at on either side where there is no parse */

bool clause_is_verb(const coder *c, uint32_t token)
{
    if (token >= c->text->token_count) return false;
    uint8_t upos = c->text->tokens[token].upos;
    return upos == DL_VERB || upos == DL_AUX;
}

bool clause_is_nominal(const coder *c, uint32_t token)
{
    if (token >= c->text->token_count) return false;
    uint8_t upos = c->text->tokens[token].upos;
    if (upos != DL_UPOS_NONE) return upos == DL_NOUN || upos == DL_PROPN || upos == DL_PRON || upos == DL_NUM;
    class_set nominal = c->class_person | c->class_armed | c->class_state | c->class_weapon | c->class_site | c->class_place |
                        c->class_leader | c->class_vehicle | CLASS_NAME;
    return is_class(c, token, nominal);
}

static bool breaks(const coder *c, uint32_t token)
{
    dl_str norm = c->text->tokens[token].norm;
    return norm.len == 1 && (norm.ptr[0] == ',' || norm.ptr[0] == ';' || norm.ptr[0] == ':' || norm.ptr[0] == '.');
}

static uint32_t nominal_before(const coder *c, uint32_t token)
{
    uint32_t start = sentence_start(c, token);
    for (uint32_t at = token, steps = 0; at > start && steps < WINDOW; steps++)
        if (clause_is_nominal(c, --at)) return at;
    return DL_NONE;
}

static uint32_t nominal_after(const coder *c, uint32_t token)
{
    uint32_t end = sentence_end(c, token), found = DL_NONE;
    for (uint32_t at = token + 1; at < end && at < token + WINDOW && !breaks(c, at); at++) {
        if (clause_is_nominal(c, at)) found = at;
        else if (found != DL_NONE) break;
    }
    return found;
}

/* "were killed": a form of "be" shortly before. */
static bool looks_passive(const coder *c, uint32_t verb)
{
    uint32_t start = sentence_start(c, verb);
    for (uint32_t at = verb, steps = 0; at > start && steps < 3; steps++) {
        dl_str norm = c->text->tokens[--at].norm;
        if (dl_str_is(norm, "was") || dl_str_is(norm, "were") || dl_str_is(norm, "been") || dl_str_is(norm, "is") ||
            dl_str_is(norm, "are") || dl_str_is(norm, "being"))
            return dl_str_ends(c->text->tokens[verb].norm, "ed") || !dl_str_ends(c->text->tokens[verb].norm, "ing");
    }
    return false;
}

uint32_t clause_agent(const coder *c, uint32_t verb)
{
    if (c->text->parsed) return dl_tree_agent(c->text, verb);
    return looks_passive(c, verb) ? clause_oblique(c, verb, c->word_by, 0) : nominal_before(c, verb);
}

uint32_t clause_patient(const coder *c, uint32_t verb)
{
    if (c->text->parsed) return dl_tree_patient(c->text, verb);
    return looks_passive(c, verb) ? nominal_before(c, verb) : nominal_after(c, verb);
}

static uint32_t oblique_by_order(const coder *c, uint32_t token, word_id preposition)
{
    uint32_t end = sentence_end(c, token);
    for (uint32_t at = token + 1; at < end && at < token + WINDOW && !breaks(c, at); at++)
        if (is_word(c, at, preposition)) return nominal_after(c, at);
    return DL_NONE;
}

/* Any marker counts: in "out of the city" both "out" and "of" do. */
static bool has_case(const coder *c, uint32_t noun, word_id preposition)
{
    for (uint32_t m = dl_tree_first_child(c->text, noun); m != DL_NONE; m = dl_tree_next_child(c->text, m))
        if (c->text->tokens[m].deprel == DL_DEP_CASE && is_word(c, m, preposition)) return true;
    return false;
}

uint32_t clause_oblique(const coder *c, uint32_t token, word_id preposition, unsigned n)
{
    if (!c->text->parsed) return n ? DL_NONE : oblique_by_order(c, token, preposition);
    for (uint32_t child = dl_tree_first_child(c->text, token); child != DL_NONE; child = dl_tree_next_child(c->text, child)) {
        dl_deprel relation = (dl_deprel)c->text->tokens[child].deprel;
        if (!dl_deprel_is(relation, DL_DEP_OBL) && !dl_deprel_is(relation, DL_DEP_NMOD) && relation != DL_DEP_IOBJ) continue;
        if (has_case(c, child, preposition) && n-- == 0) return child;
    }
    return DL_NONE;
}

static bool is_argument(dl_deprel relation)
{
    return relation == DL_DEP_NSUBJ || relation == DL_DEP_NSUBJ_PASS || relation == DL_DEP_OBJ || relation == DL_DEP_OBL_AGENT;
}

uint32_t clause_verb_of(const coder *c, uint32_t noun, dl_deprel *relation)
{
    *relation = DL_DEP_NONE;
    if (!c->text->parsed) return DL_NONE;
    uint32_t first = dl_tree_first_conjunct(c->text, noun);
    const dl_token *token = &c->text->tokens[first];
    if (token->head == DL_NONE) return DL_NONE;
    if (token->deprel == DL_DEP_NMOD && is_class(c, token->head, c->class_many)) return clause_verb_of(c, token->head, relation);
    if (!is_argument((dl_deprel)token->deprel)) return DL_NONE;
    *relation = (dl_deprel)token->deprel;
    return token->head;
}

uint32_t clause_content_noun(const coder *c, uint32_t noun)
{
    for (int step = 0; step < 3 && noun < c->text->token_count; step++) {
        bool counts = is_class(c, noun, c->class_many) || c->text->tokens[noun].upos == DL_NUM;
        uint32_t inner = counts ? clause_oblique(c, noun, c->word_of, 0) : DL_NONE;
        if (inner == DL_NONE) break;
        noun = inner;
    }
    return noun;
}

size_t clause_conjuncts(const coder *c, uint32_t noun, uint32_t *out, size_t room)
{
    if (c->text->parsed) return dl_tree_conjuncts(c->text, noun, out, room);
    if (noun == DL_NONE || !room) return 0;
    out[0] = noun;
    return 1;
}

uint32_t clause_phrase_start(const coder *c, uint32_t noun)
{
    if (c->text->parsed) {
        dl_token_range range = dl_tree_noun_phrase(c->text, noun);
        return range.first == DL_NONE ? noun : range.first;
    }
    uint32_t start = sentence_start(c, noun), at = noun;
    while (at > start && at + 4 > noun && clause_is_nominal(c, at - 1)) at--;
    return at;
}

uint32_t clause_owner(const coder *c, uint32_t noun)
{
    uint32_t owner = c->text->parsed ? dl_tree_child(c->text, noun, DL_DEP_NMOD_POSS) : DL_NONE;
    return owner != DL_NONE && c->text->tokens[owner].upos == DL_PRON ? owner : DL_NONE;
}
