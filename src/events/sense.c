/* sense.c - whether a word is used in the sense of its pattern: conditions on its subject, object and company. */
#include "base/str.h"
#include "events/clause.h"
#include "syntax/tree.h"

enum { MAX_CONJUNCTS = 8, MAX_MODIFIERS = 6, FAR = 80 };

/* A noun answers by itself, by what it counts ("dozens of troops"), by its conjuncts, and for words (not kinds) by
 * the noun before it ("sanctions package"). */
static bool noun_in(const coder *c, uint32_t noun, const word_set *set)
{
    uint32_t conjuncts[MAX_CONJUNCTS];
    size_t count = clause_conjuncts(c, noun, conjuncts, MAX_CONJUNCTS);
    word_set words_only = {.words = set->words, .count = set->count};
    for (size_t i = 0; i < count; i++) {
        uint32_t content = clause_content_noun(c, conjuncts[i]);
        if (in_set(c, conjuncts[i], set) || in_set(c, content, set)) return true;
        if (!c->text->parsed) continue;
        for (uint32_t m = dl_tree_first_child(c->text, content); m != DL_NONE && m < content; m = dl_tree_next_child(c->text, m))
            if (c->text->tokens[m].deprel == DL_DEP_COMPOUND && in_set(c, m, &words_only)) return true;
    }
    return false;
}

/* Without a parse any word of the right kind on the proper side will do. */
static bool window_has(const coder *c, uint32_t token, const word_set *set, bool before)
{
    uint32_t start = sentence_start(c, token), end = sentence_end(c, token);
    for (uint32_t step = 1; step <= 8; step++) {
        if (before ? token < start + step : token + step >= end) return false;
        if (in_set(c, before ? token - step : token + step, set)) return true;
    }
    return false;
}

/* Nouns and adjectives just before a noun. */
static bool modifier_in(const coder *c, const pattern *p, uint32_t token, const word_set *set)
{
    uint32_t start = sentence_start(c, token), from = token + 1 > start + p->word_count ? token + 1 - p->word_count : start;
    for (uint32_t at = from, steps = 0; at > start && steps < MAX_MODIFIERS; steps++) {
        if (in_set(c, --at, set)) return true;
        uint8_t upos = c->text->tokens[at].upos;
        if (upos != DL_NOUN && upos != DL_ADJ && upos != DL_PROPN && upos != DL_NUM && upos != DL_PUNCT && upos != DL_VERB) break;
    }
    return false;
}

static bool sentence_has(const coder *c, size_t sentence, uint32_t except, uint32_t words, const word_set *set)
{
    if (sentence >= c->text->sentence_count) return false;
    const dl_sentence *s = &c->text->sentences[sentence];
    bool own = except != DL_NONE;
    uint32_t from = own && except > s->first + FAR ? except - FAR : s->first, end = s->first + s->count;
    uint32_t to = end > (own ? except : from) + FAR ? (own ? except : from) + FAR : end;
    for (uint32_t t = from; t < to; t++)
        if ((t > except || t + words <= except) && in_set(c, t, set)) return true;
    return false;
}

static bool around_has(const coder *c, const pattern *p, uint32_t token, const word_set *set)
{
    size_t sentence = c->text->tokens[token].sentence;
    return sentence_has(c, sentence, token, p->word_count, set) || sentence_has(c, sentence + 1, DL_NONE, 0, set) ||
           (sentence > 0 && sentence_has(c, sentence - 1, DL_NONE, 0, set));
}

static bool is_infinitive(const coder *c, uint32_t verb)
{
    uint32_t marker = verb == DL_NONE ? DL_NONE : dl_tree_child(c->text, verb, DL_DEP_MARK);
    return marker != DL_NONE && is_word(c, marker, c->word_to);
}

/* "Offered to mediate", "sent experts to investigate": a complement, else a purpose, told of the act or of what it sends. */
static uint32_t infinitive_of(const coder *c, uint32_t verb)
{
    uint32_t found = dl_tree_child(c->text, verb, DL_DEP_XCOMP);
    if (found != DL_NONE || !c->text->parsed) return found;
    found = dl_tree_child(c->text, verb, DL_DEP_ADVCL);
    if (is_infinitive(c, found)) return found;
    uint32_t sent = dl_tree_object(c->text, verb);
    found = sent == DL_NONE ? DL_NONE : dl_tree_child(c->text, sent, DL_DEP_ACL);
    return is_infinitive(c, found) ? found : DL_NONE;
}

static uint32_t filler(const coder *c, const condition *want, uint32_t token, unsigned n)
{
    dl_deprel relation;
    switch ((slot_kind)want->slot.kind) {
    case SLOT_SUBJECT: return n ? DL_NONE : clause_agent(c, token);
    case SLOT_OBJECT: return n ? DL_NONE : clause_patient(c, token);
    case SLOT_PREP: {
        uint32_t noun = clause_oblique(c, token, want->slot.preposition, n);
        if (noun != DL_NONE || n || !c->text->parsed) return noun;
        uint32_t verb = clause_verb_of(c, token, &relation); /* "carried out strikes on ..." */
        if (verb == DL_NONE) verb = clause_patient(c, token); /* "sever ties with ..." */
        return clause_oblique(c, verb, want->slot.preposition, 0);
    }
    case SLOT_TO: return n ? DL_NONE : infinitive_of(c, token);
    case SLOT_CLAUSE: return n ? DL_NONE : dl_tree_child(c->text, token, DL_DEP_CCOMP);
    default: return DL_NONE;
    }
}

static bool has_preposition(const coder *c, uint32_t token, const word_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (clause_oblique(c, token, set->words[i], 0) != DL_NONE) return true;
    return false;
}

static bool by_order(const coder *c, const condition *want, uint32_t token)
{
    switch ((slot_kind)want->slot.kind) {
    case SLOT_SUBJECT: return window_has(c, token, &want->words, true);
    case SLOT_OBJECT: return window_has(c, token, &want->words, false) || window_has(c, token, &want->words, true);
    case SLOT_TO: case SLOT_CLAUSE: return true;
    default: return window_has(c, token, &want->words, false);
    }
}

/* Whether the condition's noun is there and of the right kind. A passive without its agent can't answer for it: then,
 * where armed people may do it, words of war nearby decide. */
static bool filled(const coder *c, const pattern *p, const condition *want, uint32_t token)
{
    switch ((slot_kind)want->slot.kind) {
    case SLOT_MODIFIER: return modifier_in(c, p, token, &want->words);
    case SLOT_NEAR: return sentence_has(c, c->text->tokens[token].sentence, token, p->word_count, &want->words);
    case SLOT_AROUND: return around_has(c, p, token, &want->words);
    case SLOT_HAS_PREP: return has_preposition(c, token, &want->words);
    default: break;
    }
    if (!c->text->parsed && !want->present) return by_order(c, want, token);
    bool any = false;
    for (unsigned n = 0; n < 4; n++) {
        uint32_t noun = filler(c, want, token, n);
        if (noun == DL_NONE) break;
        if (want->present || noun_in(c, noun, &want->words)) return true;
        any = true;
    }
    return !any && !want->negated && want->slot.kind == SLOT_SUBJECT && (want->words.classes & c->class_armed) &&
           c->war[c->text->tokens[token].sentence] > 0;
}

bool conditions_hold(const coder *c, const pattern *p, uint32_t token)
{
    for (size_t i = 0; i < p->condition_count; i++)
        if (filled(c, p, &p->conditions[i], token) == p->conditions[i].negated) return false;
    return true;
}

bool is_excluded(const coder *c, const pattern *p, uint32_t token)
{
    for (size_t i = 0; i < p->condition_count; i++)
        if (p->conditions[i].negated && filled(c, p, &p->conditions[i], token)) return true;
    return false;
}
