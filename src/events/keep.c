/* keep.c - which drafts are events at all, and how sure that is. */
#include "base/str.h"
#include "events/build.h"
#include "events/clause.h"
#include "events/kept.h"

/* For train/events/kept.py: a build with -DDL_TRACE_KEPT tells on standard error what is known of each act in the making. */
#ifdef DL_TRACE_KEPT
#include <stdio.h>
#define DL_TRACE_ACT(...) fprintf(stderr, __VA_ARGS__)
#else
#define DL_TRACE_ACT(...) ((void)0)
#endif

/* Where F1 is best on coded news items and articles; words of the lists: data/events/types.tsv. */
static const float least_counted = 0.1f, least_unlisted = 0.6f, least_light = 0.95f;

/* What the rules keep the trees must doubt this much to drop it, what the rules drop they must be this sure of to keep it: rules and trees err
 * apart, and each alone does worse. */
static const float least_ruled = 0.25f, least_overruled = 0.6f;

enum { LONG_SENTENCE = 1000 }; /* tokens; what is longer is no sentence */

enum { MANY_KILLED = 3 }; /* so many are hardly said to be "killed" by anything but force or a disaster that is named */

enum { DENSE = 60 }; /* tokens for each word of war, on a page that is full of it */

/* "No casualties": the toll of another event, no event. */
static bool is_harm_denied(const coder *c, const draft *d)
{
    return d->event.realis == DL_NEGATED && effects_only(c, d) && d->event.type == DL_ASSAULT;
}

static bool has_armed_actor(const coder *c, const draft *d)
{
    for (size_t i = 0; i < d->actors.count; i++)
        if (is_class(c, d->actors.items[i], c->class_armed | c->class_person | c->class_state | CLASS_NAME)) return true;
    return false;
}

/* "3-1": the score of a game. */
static bool is_score(const coder *c, uint32_t token)
{
    dl_str norm = c->text->tokens[token].norm;
    if (norm.len == 3) return dl_ascii_digit((unsigned char)norm.ptr[0]) && norm.ptr[1] == '-' && dl_ascii_digit((unsigned char)norm.ptr[2]);
    if (token + 2 >= sentence_end(c, token) || norm.len != 1 || !dl_ascii_digit((unsigned char)norm.ptr[0])) return false;
    const dl_token *mark = &c->text->tokens[token + 1], *other = &c->text->tokens[token + 2];
    return dl_str_is(mark->norm, "-") && other->norm.len == 1 && dl_ascii_digit((unsigned char)other->norm.ptr[0]);
}

/* Words of sport, markets and shows against words of war, the event's own left out, in a sentence and its neighbours. */
static bool is_figurative(const coder *c, const draft *d)
{
    if (d->event.type != DL_ASSAULT && d->event.type != DL_MOBILIZE) return false;
    size_t peaceful = 0, war = 0, from = d->event.sentence ? d->event.sentence - 1 : 0;
    for (size_t s = from; s <= d->event.sentence + 1 && s < c->text->sentence_count; s++) {
        const dl_sentence *sentence = &c->text->sentences[s];
        for (uint32_t t = sentence->first; t < sentence->first + sentence->count && t < sentence->first + LONG_SENTENCE; t++) {
            if (is_word_of(c, d, t)) continue;
            peaceful += is_class(c, t, c->class_peaceful) + 2 * (size_t)is_score(c, t);
            war += is_class(c, t, c->class_war) || is_class(c, t, c->class_armed);
        }
    }
    return peaceful > war + 1;
}

static bool is_listed(const coder *c, const draft *d)
{
    for (size_t i = 0; i < d->member_count; i++)
        if (c->triggers.items[d->members[i]].listed) return true;
    return false;
}

/* Words of war in a sentence and its neighbours, the event's own left out. */
static size_t war_around(const coder *c, const draft *d)
{
    size_t war = 0, from = d->event.sentence ? d->event.sentence - 1 : 0;
    for (size_t s = from; s <= d->event.sentence + 1 && s < c->text->sentence_count; s++) war += c->war[s];
    for (size_t i = 0; i < d->member_count; i++) {
        const trigger *t = &c->triggers.items[d->members[i]];
        for (uint32_t at = t->first; at <= t->last && war > 0; at++) war -= is_class(c, at, c->class_war);
    }
    return war;
}

/* What an attack or an accident did, and the accident itself: "two killed as a bus overturned". */
static bool tells_harm_only(const coder *c, const draft *d)
{
    for (size_t i = 0; i < d->member_count; i++) {
        const trigger *t = &c->triggers.items[d->members[i]];
        if (!t->effect && (t->listed || !is_class(c, t->token, c->class_accident))) return false;
    }
    return true;
}

/* "opened fire", "they were firing", "rebel fire": no house burns. */
static bool is_shooting(const coder *c, uint32_t token)
{
    dl_str norm = c->text->tokens[token].norm;
    if (!is_class(c, token, vocabulary_class(&c->data->words, DL_STR("fire")))) return false;
    if (dl_str_ends(norm, "ing") || dl_str_ends(norm, "ed")) return true;
    if (token > sentence_start(c, token) && is_class(c, token - 1, c->class_war | c->class_armed | c->class_weapon)) return true;
    for (size_t i = 0; i < c->triggers.count && c->triggers.items[i].first <= token; i++)
        if (token <= c->triggers.items[i].last && c->triggers.items[i].type == DL_ASSAULT && c->triggers.items[i].listed) return true;
    return false;
}

static bool names_mishap(const coder *c, uint32_t sentence)
{
    const dl_sentence *s = &c->text->sentences[sentence];
    if (s->count > LONG_SENTENCE) return false;
    for (uint32_t t = s->first; t < s->first + s->count; t++)
        if (is_class(c, t, c->class_accident | c->class_illness) && !is_shooting(c, t)) return true;
    return false;
}

/* Deaths and damage with nobody behind them are accidents, disasters, illness, until words of war stand near; beside a word of
 * accident or illness, one word of war is too little ("a soldier died in a crash", "of a heart attack"). */
static bool is_mishap(const coder *c, const draft *d)
{
    if (d->event.type != DL_ASSAULT || !tells_harm_only(c, d) || has_armed_actor(c, d)) return false;
    bool named = names_mishap(c, d->event.sentence);
    if ((d->total || d->slain) && !named) return false;
    size_t war = war_around(c, d);
    if (!war && (size_t)c->war_total * DENSE > c->text->token_count) war = 1; /* the page is about nothing else */
    return named ? war < 2 : war == 0;
}

static bool has_fighter(const coder *c, const draft *d)
{
    for (size_t i = 0; i < d->actors.count; i++)
        if (is_class(c, d->actors.items[i], c->class_armed)) return true;
    return false;
}

enum { SPARSE = 250, THIN = 80 }; /* tokens for each word of war, on a page that tells of none and on one that hardly does */

/* On a long page that hardly speaks of war the model must be this sure of an assault: "shoot", "hit", "kill" are said of much else. */
static const float least_in_peace = 0.9f;

static bool is_doubtful_in_peace(const coder *c, const draft *d)
{
    bool thin = c->text->token_count > SPARSE && (size_t)c->war_total * THIN < c->text->token_count;
    return d->event.type == DL_ASSAULT && thin && c->hints.event && !d->counted && !has_fighter(c, d) && d->probability < least_in_peace;
}

/* Where nothing near speaks of war, what only the model calls an assault is none, nor what nobody does to anybody; on a
 * long page that hardly speaks of it at all, only a fighter's is one. */
static bool is_alone_in_peace(const coder *c, const draft *d)
{
    if (d->event.type != DL_ASSAULT) return false;
    bool sparse = c->text->token_count > SPARSE && (size_t)c->war_total * SPARSE < c->text->token_count;
    if (sparse && !is_listed(c, d)) return true;
    if (war_around(c, d) > 0 || (!sparse && is_listed(c, d))) return false;
    if (!is_listed(c, d)) return !has_fighter(c, d);
    return sparse ? !has_fighter(c, d) : !has_armed_actor(c, d) && c->war_total <= 1;
}

/* The best that the model says of one of its triggers. */
static float probability(const coder *c, const draft *d)
{
    float best = 0;
    for (size_t i = 0; i < d->member_count; i++) {
        float score = c->triggers.items[d->members[i]].score;
        if (score > best) best = score;
    }
    return best;
}

/* What the lists don't know must be surer; verbs that carry a noun ("take", "make") name nothing by themselves. */
static float wanted(const coder *c, const draft *d)
{
    const trigger *lead = &c->triggers.items[d->lead];
    if (d->counted) return least_counted;
    if (is_listed(c, d)) return c->data->manners[d->event.type].least;
    return lead->first == lead->last && is_class(c, lead->token, c->class_light) ? least_light : least_unlisted;
}

/* What somebody demands, threatens, refuses, agrees to or undoes is told by that act alone: "refused to lift the curfew". An attack stays
 * an event of its own. */
static bool is_content_of_act(const coder *c, const drafts *all, const draft *d)
{
    const trigger *lead = &c->triggers.items[d->lead];
    if (!lead->complement || lead->governor == DL_NONE || d->event.type == DL_ASSAULT) return false;
    const draft *above = &all->items[all->of_trigger[lead->governor]];
    if (above->dropped || above == d) return false;
    switch (above->event.type) {
    case DL_REQUEST: return lead->told == DL_POSSIBLE;
    case DL_THREATEN: case DL_REJECT: case DL_CONCEDE: return true;
    case DL_AGREE: return lead->told == DL_PLANNED;
    default: return false;
    }
}

void drop_denied_harm(coder *c, drafts *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (is_harm_denied(c, &all->items[i])) all->items[i].dropped = true;
}

/* A phrase that carries another act ("is willing to withdraw") is as sure as that act, which it replaces. */
static void carry(const coder *c, drafts *all)
{
    for (size_t i = 0; i < all->count; i++) {
        draft *d = &all->items[i];
        const trigger *lead = &c->triggers.items[d->lead];
        if (d->dropped || !lead->complement || lead->governor == DL_NONE || d->event.type == DL_ASSAULT) continue;
        draft *above = &all->items[all->of_trigger[lead->governor]];
        const trigger *carrier = &c->triggers.items[lead->governor];
        if (above == d || !above->dropped || carrier->pattern->word_count < 2 || carrier->pattern->noun) continue;
        if (above->event.type != DL_AGREE && above->event.type != DL_REJECT && above->event.type != DL_THREATEN) continue;
        if (above->event.confidence >= d->event.confidence) continue;
        above->probability = above->event.confidence = d->event.confidence;
        above->dropped = false;
    }
}

static void mark_counted(const coder *c, drafts *all)
{
    for (size_t i = 0; i < c->in->casualties->count; i++) {
        const dl_casualty *casualty = &c->in->casualties->items[i];
        uint32_t found = casualty->number_token != DL_NONE ? draft_of_token(c, all, casualty->harm_token) : DL_NONE;
        if (found == DL_NONE || all->items[found].event.type != DL_ASSAULT) continue;
        all->items[found].counted = true;
        all->items[found].total = all->items[found].total || casualty->cumulative;
        bool killed = casualty->harm == DL_HARM_KILLED && dl_str_starts(c->text->tokens[casualty->harm_token].norm, "kill");
        all->items[found].slain = all->items[found].slain || (killed && casualty->count.min >= MANY_KILLED);
    }
}

/* What the words themselves rule out, however sure anybody is. */
static bool is_ruled_out(const coder *c, const draft *d)
{
    return is_mishap(c, d) || (!d->counted && is_figurative(c, d)) || is_alone_in_peace(c, d);
}

static bool is_dropped_by_rules(const coder *c, const draft *d)
{
    return is_ruled_out(c, d) || is_doubtful_in_peace(c, d) || d->event.confidence < wanted(c, d);
}

/* What each rule says, for the trees; true where the words themselves rule the act out. */
static bool mark_rules(const coder *c, const drafts *all, const draft *d, float *f)
{
    f[KEPT_MISHAP] = is_mishap(c, d), f[KEPT_FIGURATIVE] = !d->counted && is_figurative(c, d), f[KEPT_PEACE] = is_alone_in_peace(c, d);
    f[KEPT_DOUBTFUL] = is_doubtful_in_peace(c, d), f[KEPT_CONTENT] = !d->counted && is_content_of_act(c, all, d), f[KEPT_WANTED] = d->event.confidence < wanted(c, d);
    return f[KEPT_MISHAP] + f[KEPT_FIGURATIVE] + f[KEPT_PEACE] > 0;
}

/* The rules' judgement is one voice among those that the trees weigh; without a model to hear it is the only one. */
static void weigh(const coder *c, drafts *all)
{
    float f[KEPT_FEATURE_COUNT];
    DL_TRACE_ACT("D\t%zu\n", c->text->text.len);
    for (size_t i = 0; i < all->count; i++) {
        draft *d = &all->items[i];
        describe_act(c, all, i, f);
        bool ruled_out = mark_rules(c, all, d, f);
        DL_TRACE_ACT("C\t%zu\t%u\t%u\t%d", i, d->event.trigger.start, d->event.trigger.end, (int)d->event.type);
        for (int k = 0; k < KEPT_FEATURE_COUNT; k++) DL_TRACE_ACT("\t%g", (double)f[k]);
        DL_TRACE_ACT("\n");
        bool certain = d->counted && !d->dropped; /* who counts the dead tells of an act */
        d->kept = certain || (!ruled_out && dl_trees_score(&c->data->kept, f) >= (d->dropped ? least_overruled : least_ruled));
    }
    for (size_t i = 0; i < all->count; i++) all->items[i].dropped = !all->items[i].kept; /* not before: what is governed asks of its governor */
}

void score_events(coder *c, drafts *all)
{
    mark_counted(c, all);
    for (size_t i = 0; i < all->count; i++) {
        draft *d = &all->items[i];
        d->probability = d->event.confidence = probability(c, d);
        d->dropped = is_dropped_by_rules(c, d);
    }
    if (c->hints.event) weigh(c, all);
    carry(c, all);
    for (size_t i = 0; i < all->count; i++)
        if (!all->items[i].dropped && !all->items[i].counted && is_content_of_act(c, all, &all->items[i])) all->items[i].dropped = true;
}
