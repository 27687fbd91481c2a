/* toll.c - each count of casualties goes to the event it counts, once. */
#include "base/error.h"
#include "base/str.h"
#include "casualties/casualties.h"
#include "events/build.h"

enum { MAX_SPANS = 8, REACH = 2 }; /* sentences back to the event that a bare toll belongs to */

static bool takes(const draft *d, dl_harm harm)
{
    if (harm == DL_HARM_CAPTURED) return d->event.type == DL_COERCE || d->event.type == DL_ASSAULT;
    return d->event.type == DL_ASSAULT || d->event.type == DL_PROTEST;
}

static dl_range *field(dl_event *e, dl_harm harm)
{
    switch (harm) {
    case DL_HARM_KILLED: return &e->killed;
    case DL_HARM_WOUNDED: return &e->wounded;
    case DL_HARM_CAPTURED: return &e->captured;
    case DL_HARM_MISSING: return &e->missing;
    default: return &e->killed_or_wounded;
    }
}

static uint32_t draft_in_sentence(const drafts *all, size_t first, uint32_t sentence, const dl_casualty *casualty, uint32_t token)
{
    uint32_t best = DL_NONE, distance = UINT32_MAX;
    for (size_t i = first; i < all->count && all->items[i].event.sentence == sentence; i++) {
        const draft *d = &all->items[i];
        uint32_t at = d->event.trigger_token, gap = at > token ? at - token : token - at;
        if (takes(d, casualty->harm) && gap < distance && !d->dropped) best = (uint32_t)i, distance = gap;
    }
    return best;
}

/* "They marched over the death of a prisoner": what a protest is about is not its toll. */
static bool is_cause_of_protest(const coder *c, const draft *d, const dl_casualty *casualty)
{
    bool noun = casualty->harm_token != DL_NONE && c->text->tokens[casualty->harm_token].upos == DL_NOUN;
    return d->event.type == DL_PROTEST && noun && casualty->number_token == DL_NONE;
}

static uint32_t draft_for(const coder *c, const drafts *all, size_t first, const dl_casualty *casualty)
{
    uint32_t found = draft_of_token(c, all, casualty->harm_token);
    if (found != DL_NONE && !all->items[found].dropped) return found;
    if (casualty->harm_token != DL_NONE) {
        found = draft_above(c, all, casualty->harm_token);
        if (found != DL_NONE && !all->items[found].dropped && takes(&all->items[found], casualty->harm)) return found;
    }
    uint32_t token = casualty->harm_token != DL_NONE ? casualty->harm_token : casualty->victim_token;
    found = draft_in_sentence(all, first, casualty->sentence, casualty, token);
    if (found != DL_NONE) return found;
    const dl_sentence *here = &c->text->sentences[casualty->sentence];
    for (size_t i = first; i-- > 0;) {
        const draft *d = &all->items[i];
        if (casualty->sentence - d->event.sentence > REACH || c->text->sentences[d->event.sentence].block != here->block) break;
        if (takes(d, casualty->harm) && !d->dropped) return (uint32_t)i;
    }
    return DL_NONE;
}

static void add_recipient(draft *d, uint32_t token)
{
    if (token == DL_NONE || d->recipients.count == MAX_PARTICIPANTS) return;
    for (size_t i = 0; i < d->recipients.count; i++)
        if (d->recipients.items[i] == token) return;
    for (size_t i = 0; i < d->actors.count; i++)
        if (d->actors.items[i] == token) return;
    d->recipients.items[d->recipients.count++] = token;
}

static dl_status add_span(coder *c, dl_event *e, dl_span span, dl_error *err)
{
    dl_span *spans = (dl_span *)e->casualty_spans; /* ours until the events are handed over */
    if (!spans) e->casualty_spans = spans = DL_NEW_ARRAY(c->arena, dl_span, MAX_SPANS);
    if (!spans) return dl_fail_memory(err);
    if (e->casualty_span_count < MAX_SPANS) spans[e->casualty_span_count++] = span;
    return DL_OK;
}

/* "Killed", "wounded" and one name of what did it: a running total is told of no other incident. */
static bool tells_toll_only(const coder *c, const draft *d)
{
    size_t acts = 0;
    for (size_t i = 0; i < d->member_count; i++) acts += !c->triggers.items[d->members[i]].effect;
    return acts == 0 || d->member_count == 1;
}

static const dl_casualty *counted_before(const draft *d, dl_harm harm)
{
    return harm == DL_HARM_KILLED ? d->dead : harm == DL_HARM_WOUNDED ? d->hurt : NULL;
}

/* "The chief was shot in an attack in which two guards were also killed": more victims of the same event. */
static bool is_further(const coder *c, const draft *d, const dl_casualty *casualty)
{
    const dl_casualty *before = counted_before(d, casualty->harm);
    if (!before || before->number_token == casualty->number_token || before->victim_token == casualty->victim_token) return false;
    bool state = casualty->number_token != DL_NONE && casualty->victim_token != DL_NONE && c->text->tokens[casualty->victim_token].upos == DL_ADJ; /* "ten critically injured" */
    return before->sentence == casualty->sentence && !state && is_added(c, casualty);
}

/* "Massacres of villagers killed fifty people": the number tells how many the bare plural meant. */
static bool is_vague(const draft *d, const dl_casualty *casualty)
{
    const dl_casualty *before = counted_before(d, casualty->harm);
    return before && before->number_token == DL_NONE && before->count.open && casualty->number_token != DL_NONE && casualty->count.min > before->count.min;
}

/* The first count of a harm stands; a later one in another sentence that is no part of it brings it up to date. */
static dl_status assign(coder *c, draft *d, const dl_casualty *casualty, dl_error *err)
{
    dl_range *range = field(&d->event, casualty->harm);
    bool undone = d->event.realis == DL_PLANNED || d->event.realis == DL_THREATENED;
    if (undone && casualty->harm != DL_HARM_CAPTURED) return DL_OK; /* whom one means to kill is not dead */
    if (casualty->cumulative && (range->known || !tells_toll_only(c, d))) return DL_OK;
    if (casualty->cumulative) d->event.background = true;
    bool further = range->known && is_further(c, d, casualty), vague = range->known && is_vague(d, casualty);
    if (range->known && !further && !vague && casualty->sentence == d->event.sentence) return DL_OK;
    if (range->known && !further && casualty->count.min <= range->min) return DL_OK;
    *range = further ? dl_casualties_sum(*range, casualty->count) : casualty->count;
    if (casualty->harm == DL_HARM_KILLED) d->dead = casualty;
    if (casualty->harm == DL_HARM_WOUNDED) d->hurt = casualty;
    if (casualty->harm == DL_HARM_KILLED_OR_WOUNDED && !casualty->count.open && casualty->count.max == 0)
        d->event.killed = d->event.wounded = casualty->count, *range = (dl_range){0}; /* "no casualties": neither */
    const trigger *lead = &c->triggers.items[d->lead];
    if (!lead->joint) add_recipient(d, casualty->victim_token);
    return add_span(c, &d->event, casualty->span, err);
}

dl_status count_tolls(coder *c, drafts *all, dl_error *err)
{
    size_t first = 0;
    for (size_t i = 0; i < c->in->casualties->count; i++) {
        const dl_casualty *casualty = &c->in->casualties->items[i];
        if (!casualty->count.known || casualty->subset) continue;
        while (first < all->count && all->items[first].event.sentence < casualty->sentence) first++;
        uint32_t found = draft_for(c, all, first, casualty);
        if (found == DL_NONE || !takes(&all->items[found], casualty->harm) || is_cause_of_protest(c, &all->items[found], casualty)) continue;
        dl_status status = assign(c, &all->items[found], casualty, err);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}
