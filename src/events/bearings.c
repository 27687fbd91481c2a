/* bearings.c - how a candidate for an act's actor or recipient stands to the act and to the others: path through the tree, clause,
 * victims counted, side, and the language model's word on whether it takes part in anything at all. */
#include "events/arguments.h"

#include "base/str.h"
#include "events/build.h"
#include "events/clause.h"
#include "syntax/tree.h"

enum { MAX_STEPS = 12, MAX_BETWEEN = 40 };

/* Steps up from each of two words to where their paths meet; MAX_STEPS each where they don't. */
static void mark_steps(const coder *c, uint32_t act, uint32_t token, float *f)
{
    f[ARGUMENT_STEPS_UP] = f[ARGUMENT_STEPS_DOWN] = MAX_STEPS;
    uint32_t above = token;
    for (int up = 0; up < MAX_STEPS && above != DL_NONE; up++, above = c->text->tokens[above].head) {
        if (!dl_tree_dominates(c->text, above, act)) continue;
        int down = 0;
        for (uint32_t at = act; at != above && at != DL_NONE && down < MAX_STEPS; at = c->text->tokens[at].head) down++;
        f[ARGUMENT_STEPS_UP] = (float)up, f[ARGUMENT_STEPS_DOWN] = (float)down;
        return;
    }
}

/* The nearest other act above the candidate, on its way up to this one: then it is more likely that act's. */
static bool hangs_on_other(const coder *c, const drafts *acts, size_t index, uint32_t token)
{
    uint32_t at = c->text->tokens[token].head;
    for (int step = 0; step < MAX_STEPS && at != DL_NONE; step++, at = c->text->tokens[at].head) {
        uint32_t found = draft_of_token(c, acts, at);
        if (found != DL_NONE) return found != index && !acts->items[found].dropped;
    }
    return false;
}

static void mark_between(const coder *c, uint32_t act, uint32_t token, float *f)
{
    uint32_t from = (act < token ? act : token) + 1, to = act < token ? token : act;
    for (uint32_t t = from; t < to && t < from + MAX_BETWEEN; t++) {
        f[ARGUMENT_VERBS_BETWEEN] += c->text->tokens[t].upos == DL_VERB;
        f[ARGUMENT_COMMAS_BETWEEN] += dl_str_is(c->text->tokens[t].norm, ",");
    }
}

static void mark_clause(const coder *c, const draft *d, uint32_t token, float *f)
{
    uint32_t act = d->event.trigger_token, start = clause_phrase_start(c, act);
    f[ARGUMENT_INSIDE] = token >= start && token < act;
    f[ARGUMENT_SAME_CLAUSE] = dl_tree_clause(c->text, act) == dl_tree_clause(c->text, token);
    f[ARGUMENT_UNDERSTOOD] = clause_is_verb(c, act) && dl_tree_understood_subject(c->text, act) == dl_tree_first_conjunct(c->text, token);
    dl_deprel relation;
    uint32_t verb = clause_verb_of(c, act, &relation);
    f[ARGUMENT_ACT_OBJECT] = verb != DL_NONE && (relation == DL_DEP_OBJ || relation == DL_DEP_NSUBJ_PASS);
    f[ARGUMENT_ACT_SUBJECT] = verb != DL_NONE && relation == DL_DEP_NSUBJ;
    f[ARGUMENT_CARRIER] = verb != DL_NONE && dl_tree_subject(c->text, verb) == dl_tree_first_conjunct(c->text, token);
}

/* The first count of a sentence or of a later one. */
static size_t casualties_from(const dl_casualties *all, uint32_t sentence)
{
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->items[middle].sentence < sentence) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Whether it is counted among those whom the act, or some other harm of its sentence, hurt. */
static void mark_victim(const coder *c, const draft *d, uint32_t token, float *f)
{
    const dl_casualties *all = c->in->casualties;
    for (size_t i = casualties_from(all, d->event.sentence); i < all->count && all->items[i].sentence == d->event.sentence; i++) {
        const dl_casualty *x = &all->items[i];
        if (x->victim_token != token && x->number_token != token) continue;
        f[ARGUMENT_VICTIM] = 1;
        if (is_word_of(c, d, x->harm_token)) f[ARGUMENT_OWN_VICTIM] = 1;
    }
}

static void mark_sector(const candidate *one, float *f)
{
    dl_str code = one->code;
    if (dl_names_is_sector(code)) f[ARGUMENT_BARE_SECTOR] = 1;
    else code = code.len > 3 ? dl_str_slice(code, 3, code.len) : DL_STR("");
    f[ARGUMENT_CIVIL] = dl_str_starts(code, "CVL"), f[ARGUMENT_MILITARY] = dl_str_starts(code, "MIL");
    f[ARGUMENT_GOVERNING] = dl_str_starts(code, "GOV") || dl_str_starts(code, "LEG"), f[ARGUMENT_REBEL] = dl_str_starts(code, "REB");
    f[ARGUMENT_POLICING] = dl_str_starts(code, "COP") || dl_str_starts(code, "JUD");
    f[ARGUMENT_OPPOSING] = dl_str_starts(code, "OPP") || dl_str_starts(code, "PTY");
}

/* Others of the same country, and whether one of them is nearer to the act. */
static void mark_twins(const draft *d, const candidates *all, size_t index, float *f)
{
    dl_str country = dl_names_country_of(all->items[index].code);
    uint32_t act = d->event.trigger_token, own = all->items[index].token, gap = own < act ? act - own : own - act;
    for (size_t i = 0; i < all->count && country.len; i++) {
        if (i == index || !dl_str_eq(dl_names_country_of(all->items[i].code), country)) continue;
        uint32_t other = all->items[i].token;
        f[ARGUMENT_TWINS]++;
        if ((other < act ? act - other : other - act) < gap) f[ARGUMENT_TWIN_NEARER] = 1;
    }
}

/* The best that the model says of the words of the phrase as a party to any act. */
static void mark_role(const coder *c, uint32_t token, bool actor, float *f)
{
    for (uint32_t at = clause_phrase_start(c, token); at <= token; at++) {
        float does = hints_role(&c->hints, at, HINT_ACTOR), suffers = hints_role(&c->hints, at, HINT_RECIPIENT);
        float own = actor ? does : suffers, other = actor ? suffers : does;
        if (own > f[ARGUMENT_ROLE]) f[ARGUMENT_ROLE] = own;
        if (other > f[ARGUMENT_ROLE_OTHER]) f[ARGUMENT_ROLE_OTHER] = other;
    }
}

void describe_bearing(const coder *c, const drafts *acts, size_t index, const candidates *all, size_t which, bool actor, float *f)
{
    const draft *d = &acts->items[index];
    const candidate *one = &all->items[which];
    mark_sector(one, f);
    mark_twins(d, all, which, f);
    mark_role(c, one->token, actor, f);
    if (one->back) return;
    mark_steps(c, d->event.trigger_token, one->token, f);
    mark_between(c, d->event.trigger_token, one->token, f);
    mark_clause(c, d, one->token, f);
    mark_victim(c, d, one->token, f);
    f[ARGUMENT_ELSEWHERE] = hangs_on_other(c, acts, index, one->token);
}
