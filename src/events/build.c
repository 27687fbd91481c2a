/* build.c - groups of triggers become drafts of events. */
#include "events/build.h"

#include "base/error.h"
#include "base/str.h"
#include "events/clause.h"
#include "syntax/tree.h"

enum { MAX_CLIMB = 24 };

static void add_all(token_list *to, const token_list *from)
{
    for (size_t i = 0; i < from->count && to->count < MAX_PARTICIPANTS; i++) {
        bool known = false;
        for (size_t k = 0; k < to->count; k++) known = known || to->items[k] == from->items[i];
        if (known) continue;
        to->sure |= (from->sure >> i & 1) << to->count;
        to->items[to->count++] = from->items[i];
    }
}

/* The trigger that names the event best: no mere effect, a noun before a verb only where that comes first. */
static uint32_t leading(const coder *c, const draft *d)
{
    for (size_t i = 0; i < d->member_count; i++)
        if (!c->triggers.items[d->members[i]].effect) return d->members[i];
    return d->members[0];
}

static bool says_more(dl_str mode)
{
    return mode.len && !dl_str_is(mode, "other");
}

static dl_str mode_of(const coder *c, const draft *d)
{
    dl_str mode = c->triggers.items[d->lead].mode;
    for (size_t i = 0; i < d->member_count && !says_more(mode); i++) {
        const trigger *t = &c->triggers.items[d->members[i]];
        if (says_more(t->mode)) mode = t->mode;
    }
    return mode.len ? mode : (dl_str){0};
}

static void remove_item(token_list *list, size_t index)
{
    for (size_t i = index + 1; i < list->count; i++) list->items[i - 1] = list->items[i];
    uint32_t below = list->sure & ((UINT32_C(1) << index) - 1);
    list->sure = below | (list->sure >> (index + 1) << index);
    list->count--;
}

static void pool_roles(const coder *c, draft *d)
{
    const trigger *lead = &c->triggers.items[d->lead];
    add_all(&d->actors, &lead->actors);
    for (size_t i = 0; i < d->member_count; i++) {
        const trigger *t = &c->triggers.items[d->members[i]];
        if (!d->actors.count || (lead->joint && t->joint)) add_all(&d->actors, &t->actors);
        if (!lead->joint) add_all(&d->recipients, &t->recipients);
    }
    for (size_t i = 0; i < d->recipients.count; i++) /* nobody acts on himself */
        for (size_t k = 0; k < d->actors.count; k++)
            if (d->recipients.items[i] == d->actors.items[k]) {
                remove_item(&d->recipients, i--);
                break;
            }
}

static dl_status set_also(coder *c, draft *d, dl_error *err)
{
    dl_span *also = DL_NEW_ARRAY(c->arena, dl_span, d->member_count);
    if (!also) return dl_fail_memory(err);
    size_t count = 0;
    for (size_t i = 0; i < d->member_count; i++)
        if (d->members[i] != d->lead) also[count++] = c->triggers.items[d->members[i]].span;
    d->event.also = also, d->event.also_count = count;
    return DL_OK;
}

static dl_status finish_draft(coder *c, draft *d, dl_error *err)
{
    d->lead = leading(c, d);
    const trigger *lead = &c->triggers.items[d->lead];
    dl_event *e = &d->event;
    e->type = (dl_event_type)lead->type;
    e->realis = (dl_realis)lead->realis;
    e->mode = mode_of(c, d);
    e->cameo = lead->pattern->cameo.len ? lead->pattern->cameo : (dl_str){0};
    e->trigger = lead->span, e->trigger_token = lead->token, e->sentence = lead->sentence;
    e->place = e->time = e->source = DL_NONE;
    e->background = lead->background;
    pool_roles(c, d);
    return set_also(c, d, err);
}

dl_status draft_events(coder *c, drafts *out, dl_error *err)
{
    size_t count = c->triggers.count;
    out->items = DL_NEW_ARRAY(c->arena, draft, count + 1);
    out->of_trigger = DL_NEW_ARRAY(c->arena, uint32_t, count + 1);
    uint32_t *members = DL_NEW_ARRAY(c->arena, uint32_t, count + 1);
    if (!out->items || !out->of_trigger || !members) return dl_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        uint32_t group = c->triggers.items[i].group;
        if (group == i) out->of_trigger[i] = (uint32_t)out->count++;
        else out->of_trigger[i] = out->of_trigger[group];
        out->items[out->of_trigger[i]].member_count++;
    }
    for (size_t d = 0, used = 0; d < out->count; d++) {
        out->items[d].members = members + used;
        used += out->items[d].member_count;
        out->items[d].member_count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        draft *d = &out->items[out->of_trigger[i]];
        d->members[d->member_count++] = (uint32_t)i;
    }
    for (size_t d = 0; d < out->count; d++) {
        dl_status status = finish_draft(c, &out->items[d], err);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}

static uint32_t first_trigger_from(const coder *c, uint32_t token)
{
    size_t low = 0, high = c->triggers.count; /* sorted by sentence, nearly by token */
    uint32_t sentence = c->text->tokens[token].sentence;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->triggers.items[middle].sentence < sentence) low = middle + 1;
        else high = middle;
    }
    return (uint32_t)low;
}

bool is_word_of(const coder *c, const draft *d, uint32_t token)
{
    for (size_t i = 0; i < d->member_count; i++) {
        const trigger *t = &c->triggers.items[d->members[i]];
        if (token >= t->first && token <= t->last) return true;
    }
    return false;
}

uint32_t draft_of_token(const coder *c, const drafts *all, uint32_t token)
{
    if (token >= c->text->token_count) return DL_NONE;
    uint32_t sentence = c->text->tokens[token].sentence;
    for (size_t i = first_trigger_from(c, token); i < c->triggers.count && c->triggers.items[i].sentence == sentence; i++)
        if (c->triggers.items[i].token == token) return all->of_trigger[i];
    return DL_NONE;
}

static uint32_t nearest_draft(const coder *c, const drafts *all, uint32_t token)
{
    uint32_t best = DL_NONE, distance = UINT32_MAX, sentence = c->text->tokens[token].sentence;
    for (size_t i = first_trigger_from(c, token); i < c->triggers.count && c->triggers.items[i].sentence == sentence; i++) {
        uint32_t other = c->triggers.items[i].token, gap = other > token ? other - token : token - other;
        if (gap < distance) best = all->of_trigger[i], distance = gap;
    }
    return best;
}

uint32_t draft_above(const coder *c, const drafts *all, uint32_t token)
{
    if (!c->text->parsed) return nearest_draft(c, all, token);
    for (int step = 0; step < MAX_CLIMB && token != DL_NONE; step++) {
        uint32_t found = draft_of_token(c, all, token);
        if (found != DL_NONE) return found;
        /* a light verb stands for the noun it carries: "launched on Monday a strike" */
        if (clause_is_verb(c, token)) {
            uint32_t carried[2] = {dl_tree_object(c->text, token), dl_tree_subject(c->text, token)};
            for (size_t i = 0; i < 2; i++) {
                found = carried[i] != DL_NONE ? draft_of_token(c, all, carried[i]) : DL_NONE;
                if (found != DL_NONE) return found;
            }
        }
        token = c->text->tokens[token].head;
    }
    return DL_NONE;
}
