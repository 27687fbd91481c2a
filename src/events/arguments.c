/* arguments.c - actors and recipients chosen among all who are named near an act: what the rules found, what the language
 * model thinks and what the candidates are, weighed by trees learned from coded news (data/events/arguments.tsv). */
#include "events/arguments.h"

#include "base/str.h"
#include "events/build.h"
#include "events/clause.h"
#include "syntax/tree.h"

/* For train/events/arguments.py: a build with -DDL_TRACE_ARGUMENTS tells on standard error what is known of each candidate. */
#ifdef DL_TRACE_ARGUMENTS
#include <stdio.h>
#define DL_TRACE_ARGUMENT(...) fprintf(stderr, __VA_ARGS__)
#else
#define DL_TRACE_ARGUMENT(...) ((void)0)
#endif

enum { FAR = 60, MAX_DEPTH = 12 }; /* tokens; steps up the tree */

int argument_feature_of(dl_str name)
{
#define X(id, text) text,
    static const char *const names[ARGUMENT_FEATURE_COUNT] = {ARGUMENT_FEATURES(X)};
#undef X
    for (int i = 0; i < ARGUMENT_FEATURE_COUNT; i++)
        if (dl_str_is(name, names[i])) return i;
    return -1;
}

/* ---- who may be meant ---- */

static bool is_trigger(const coder *c, const draft *d, uint32_t token)
{
    for (size_t i = 0; i < d->member_count; i++)
        if (c->triggers.items[d->members[i]].token == token) return true;
    return false;
}

static candidate *add(const coder *c, candidates *all, const draft *d, uint32_t token)
{
    if (token == DL_NONE || is_trigger(c, d, token)) return NULL;
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].token == token || all->items[i].meant == token) return &all->items[i];
    if (all->count == MAX_CANDIDATES) return NULL;
    all->items[all->count] = (candidate){.token = token, .meant = antecedent(c, token)};
    return &all->items[all->count++];
}

/* Heads of names, and nouns for people, bodies and things that act or are hit. */
static bool may_take_part(const coder *c, uint32_t token)
{
    const dl_token *t = &c->text->tokens[token];
    uint32_t mention = c->mention_of[token];
    if (mention != DL_NONE) return c->in->names->mentions[mention].head == token;
    if (t->deprel == DL_DEP_FLAT || t->deprel == DL_DEP_COMPOUND) return false;
    class_set kinds = c->class_person | c->class_armed | c->class_state | c->class_leader | c->class_vehicle | c->class_site | CLASS_PRONOUN | CLASS_NAME;
    return clause_is_nominal(c, token) && (is_class(c, token, kinds) || t->upos == DL_NUM);
}

static void add_sentence(const coder *c, candidates *all, const draft *d)
{
    uint32_t start = sentence_start(c, d->event.trigger_token), end = sentence_end(c, d->event.trigger_token), at = d->event.trigger_token;
    uint32_t from = at > start + FAR ? at - FAR : start, to = at + FAR < end ? at + FAR : end;
    for (uint32_t t = from; t < to; t++)
        if (may_take_part(c, t) && !in_dateline(c, t)) add(c, all, d, t);
}

/* Of the sentence before: its subject, and the parties to what it tells. */
static void add_earlier(const coder *c, candidates *all, const drafts *acts, size_t index)
{
    const draft *d = &acts->items[index];
    uint32_t sentence = d->event.sentence;
    if (sentence == 0 || c->text->sentences[sentence - 1].block != c->text->sentences[sentence].block) return;
    candidate *subject = add(c, all, d, dl_tree_subject(c->text, dl_tree_root(c->text, sentence - 1)));
    if (subject && c->text->tokens[subject->token].sentence != sentence) subject->back = true;
    for (size_t i = index; i-- > 0 && acts->items[i].event.sentence + 1 >= sentence;) {
        const dl_event *e = &acts->items[i].event;
        for (size_t k = 0; k < e->actor_count; k++) {
            candidate *one = add(c, all, d, e->actors[k].head);
            if (one) one->acted = true, one->back = c->text->tokens[one->token].sentence != sentence;
        }
        for (size_t k = 0; k < e->recipient_count; k++) {
            candidate *one = add(c, all, d, e->recipients[k].head);
            if (one) one->suffered = true, one->back = c->text->tokens[one->token].sentence != sentence;
        }
    }
}

static void sort_candidates(candidates *all)
{
    for (size_t i = 1; i < all->count; i++) {
        candidate moving = all->items[i];
        size_t at = i;
        for (; at > 0 && all->items[at - 1].token > moving.token; at--) all->items[at] = all->items[at - 1];
        all->items[at] = moving;
    }
}

/* ---- what is known of them ---- */

static void mark_rules(const draft *d, const candidate *one, bool actor, float *f)
{
    const token_list *own = actor ? &d->actors : &d->recipients, *other = actor ? &d->recipients : &d->actors;
    for (size_t i = 0; i < own->count; i++)
        if (own->items[i] == one->meant) f[ARGUMENT_LISTED] = 1, f[ARGUMENT_SURE] = (float)(own->sure >> i & 1);
    for (size_t i = 0; i < other->count; i++)
        if (other->items[i] == one->meant) f[ARGUMENT_OTHER_LISTED] = 1, f[ARGUMENT_OTHER_SURE] = (float)(other->sure >> i & 1);
    f[ARGUMENT_LISTED_COUNT] = (float)own->count, f[ARGUMENT_OTHER_COUNT] = (float)other->count;
}

/* What the model says of the words of a phrase, the best of each role. */
static void hear(const coder *c, const draft *d, candidate *one)
{
    uint32_t start = clause_phrase_start(c, one->token);
    for (size_t i = 0; i < d->member_count; i++)
        for (uint32_t at = start; at <= one->token; at++)
            hints_roles(&c->hints, c->triggers.items[d->members[i]].hint_token, at, one->heard);
}

static void mark_hints(const candidates *all, const candidate *one, bool actor, float *f)
{
    hint_role own = actor ? HINT_ACTOR : HINT_RECIPIENT, other = actor ? HINT_RECIPIENT : HINT_ACTOR;
    float best = 0;
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].heard[own] > best) best = all->items[i].heard[own];
    f[ARGUMENT_HINT] = one->heard[own], f[ARGUMENT_HINT_OTHER] = one->heard[other];
    for (int role = HINT_PLACE; role <= HINT_SITE; role++)
        if (one->heard[role] > f[ARGUMENT_HINT_REST]) f[ARGUMENT_HINT_REST] = one->heard[role];
    f[ARGUMENT_HINT_BEST] = best, f[ARGUMENT_HINT_LACK] = best - one->heard[own];
}

static void mark_name(const coder *c, const candidate *one, float *f)
{
    dl_str country = dl_names_country_of(one->code);
    f[ARGUMENT_COUNTRY] = country.len > 0, f[ARGUMENT_SECTOR] = one->code.len > 3 || (one->code.len && !country.len);
    f[ARGUMENT_BODY] = dl_str_starts(one->code, "IGO") || dl_str_starts(one->code, "NGO") || dl_str_starts(one->code, "IMG");
    if (one->entity == DL_NONE || one->entity >= c->in->names->entity_count) return;
    switch (c->in->names->entities[one->entity].type) {
    case DL_NAME_PERSON: f[ARGUMENT_PERSON_NAME] = 1; break;
    case DL_NAME_ORG: f[ARGUMENT_ORG_NAME] = 1; break;
    case DL_NAME_GPE: f[ARGUMENT_GPE_NAME] = 1; break;
    case DL_NAME_NORP: f[ARGUMENT_NORP_NAME] = 1; break;
    default: f[ARGUMENT_PLACE_NAME] = 1;
    }
}

static void mark_kind(const coder *c, uint32_t token, float *f)
{
    f[ARGUMENT_PERSON] = is_class(c, token, c->class_person), f[ARGUMENT_ARMED] = is_class(c, token, c->class_armed);
    f[ARGUMENT_STATE] = is_class(c, token, c->class_state), f[ARGUMENT_LEADER] = is_class(c, token, c->class_leader);
    f[ARGUMENT_NUMBER] = is_class(c, token, CLASS_NUMBER), f[ARGUMENT_PRONOUN] = is_class(c, token, CLASS_PRONOUN);
    f[ARGUMENT_THING] = is_class(c, token, c->class_site | c->class_weapon | c->class_vehicle | c->class_place | c->class_attack);
    f[ARGUMENT_ADJECTIVE] = c->text->tokens[token].upos == DL_ADJ;
}

static void mark_relation(const coder *c, uint32_t token, float *f)
{
    switch (c->text->tokens[token].deprel) {
    case DL_DEP_NSUBJ: f[ARGUMENT_NSUBJ] = 1; break;
    case DL_DEP_NSUBJ_PASS: f[ARGUMENT_NSUBJ_PASS] = 1; break;
    case DL_DEP_OBJ: f[ARGUMENT_OBJ] = 1; break;
    case DL_DEP_OBL: case DL_DEP_OBL_AGENT: f[ARGUMENT_OBL] = 1; break;
    case DL_DEP_NMOD: f[ARGUMENT_NMOD] = 1; break;
    case DL_DEP_NMOD_POSS: f[ARGUMENT_POSS] = 1; break;
    case DL_DEP_AMOD: f[ARGUMENT_AMOD] = 1; break;
    case DL_DEP_COMPOUND: f[ARGUMENT_COMPOUND] = 1; break;
    case DL_DEP_CONJ: f[ARGUMENT_CONJ] = 1; break;
    case DL_DEP_APPOS: f[ARGUMENT_APPOS] = 1; break;
    default: break;
    }
}

static void mark_case(const coder *c, uint32_t token, float *f)
{
    const struct {
        word_id word;
        argument_feature feature;
    } cases[] = {{c->word_by, ARGUMENT_BY}, {c->word_on, ARGUMENT_ON}, {c->word_against, ARGUMENT_AGAINST}, {c->word_with, ARGUMENT_WITH},
                 {c->word_from, ARGUMENT_FROM}, {c->word_to, ARGUMENT_TO}, {c->word_of, ARGUMENT_OF}, {c->word_in, ARGUMENT_IN},
                 {c->word_between, ARGUMENT_BETWEEN}, {c->word_for, ARGUMENT_FOR}};
    uint32_t marker = dl_tree_case(c->text, dl_tree_first_conjunct(c->text, token));
    if (marker == DL_NONE) return;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (is_word(c, marker, cases[i].word)) f[cases[i].feature] = 1;
}

/* Where it stands in the tree as seen from the act. */
static void mark_path(const coder *c, const draft *d, uint32_t token, float *f)
{
    uint32_t act = d->event.trigger_token, head = c->text->tokens[dl_tree_first_conjunct(c->text, token)].head;
    f[ARGUMENT_CHILD] = head == act;
    f[ARGUMENT_BELOW] = dl_tree_dominates(c->text, act, token);
    f[ARGUMENT_VERB_ABOVE] = head != DL_NONE && head != act && !f[ARGUMENT_BELOW] && dl_tree_dominates(c->text, head, act);
    f[ARGUMENT_BEFORE] = token < act;
    f[ARGUMENT_GAP] = (float)(token < act ? act - token : token - act);
}

static bool covers(const dl_span *spans, size_t count, dl_span words)
{
    for (size_t i = 0; i < count; i++)
        if (spans[i].start <= words.start && words.end <= spans[i].end) return true;
    return false;
}

static void mark_speech(const coder *c, const draft *d, uint32_t token, float *f)
{
    const dl_statements *statements = c->in->statements;
    dl_span words = c->text->tokens[token].span;
    for (size_t i = statements_from(statements, d->event.sentence); i < statements->count && statements->items[i].sentence <= d->event.sentence; i++) {
        const dl_statement *s = &statements->items[i];
        if (!covers(s->speaker, s->speaker_count, words)) continue;
        if (s->cue_token != DL_NONE && is_trigger(c, d, s->cue_token)) f[ARGUMENT_OWN_CUE] = 1;
        if (covers(s->content, s->content_count, d->event.trigger)) f[ARGUMENT_SPEAKER] = 1;
    }
}

static bool is_side_of(const coder *c, const token_list *list, dl_str country)
{
    for (size_t i = 0; i < list->count && country.len; i++) {
        dl_str code = dl_names_code_of(c->in->names_data, c->arena, c->text, c->in->names, list->items[i], NULL, NULL);
        if (code.ptr && dl_str_eq(dl_names_country_of(code), country)) return true;
    }
    return false;
}

static void mark_place(const coder *c, const draft *d, uint32_t token, float *f)
{
    uint32_t index = place_at(c, token);
    f[ARGUMENT_TOPONYM] = index != DL_NONE, f[ARGUMENT_SCENE] = index != DL_NONE && index == d->event.place;
}

static void describe(const coder *c, const draft *d, const candidates *all, size_t index, bool actor, float *f)
{
    const candidate *one = &all->items[index];
    memset(f, 0, ARGUMENT_FEATURE_COUNT * sizeof *f);
    mark_rules(d, one, actor, f);
    mark_hints(all, one, actor, f);
    mark_name(c, one, f);
    mark_kind(c, one->token, f);
    mark_relation(c, one->token, f);
    mark_case(c, one->token, f);
    mark_path(c, d, one->token, f);
    mark_speech(c, d, one->token, f);
    mark_place(c, d, one->token, f);
    f[ARGUMENT_BACK] = one->back, f[ARGUMENT_ORDER] = (float)index;
    f[ARGUMENT_ACTED_BEFORE] = one->acted, f[ARGUMENT_SUFFERED_BEFORE] = one->suffered;
    const trigger *lead = &c->triggers.items[d->lead];
    f[ARGUMENT_NOUN] = !clause_is_verb(c, lead->token), f[ARGUMENT_JOINT] = lead->joint;
    f[ARGUMENT_PASSIVE] = clause_is_verb(c, lead->token) && dl_tree_is_passive(c->text, lead->token);
    f[ARGUMENT_SAME_SIDE] = is_side_of(c, actor ? &d->recipients : &d->actors, dl_names_country_of(one->code));
    f[ARGUMENT_AGREE + d->event.type - DL_AGREE] = 1;
}

#ifdef DL_TRACE_ARGUMENTS
static uint32_t head_byte(const coder *c, uint32_t token)
{
    uint32_t head = c->text->tokens[token].head;
    return head == DL_NONE ? UINT32_MAX : c->text->tokens[head].span.start;
}
#endif

void trace_arguments(const coder *c)
{
    (void)c;
    DL_TRACE_ARGUMENT("D\t%zu\n", c->text->text.len);
}

void find_arguments(const coder *c, const drafts *acts, size_t index, candidates *out)
{
    const draft *d = &acts->items[index];
    float features[ARGUMENT_FEATURE_COUNT];
    out->count = 0;
    add_sentence(c, out, d);
    for (size_t i = 0; i < d->actors.count; i++) add(c, out, d, d->actors.items[i]);
    for (size_t i = 0; i < d->recipients.count; i++) add(c, out, d, d->recipients.items[i]);
    add_earlier(c, out, acts, index);
    sort_candidates(out);
    for (size_t i = 0; i < out->count; i++) {
        candidate *one = &out->items[i];
        one->code = dl_names_code_of(c->in->names_data, c->arena, c->text, c->in->names, one->meant, NULL, &one->entity);
        hear(c, d, one);
    }
    for (size_t i = 0; i < out->count; i++)
        for (int actor = 0; actor < 2; actor++) {
            describe(c, d, out, i, actor, features);
            describe_bearing(c, acts, index, out, i, actor, features);
            float score = dl_trees_score(&c->data->arguments[actor], features);
            *(actor ? &out->items[i].does : &out->items[i].suffers) = score;
            DL_TRACE_ARGUMENT("C\t%zu\t%u\t%u\t%d\t%u\t%u\t%d\t%u\t%u\t%u", index, d->event.trigger.start, d->event.trigger.end, (int)d->event.type,
                              c->text->tokens[out->items[i].token].span.start, c->text->tokens[out->items[i].token].span.end, actor, head_byte(c, out->items[i].token),
                              c->text->tokens[out->items[i].meant].span.start, c->text->tokens[out->items[i].meant].span.end);
            for (int k = 0; k < ARGUMENT_FEATURE_COUNT; k++) DL_TRACE_ARGUMENT("\t%g", (double)features[k]);
            DL_TRACE_ARGUMENT("\n");
        }
}
