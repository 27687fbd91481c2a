/* events.c - the stage: triggers are found, given roles and realis, joined, placed, dated, counted, sourced. */
#include "events/events.h"

#include "base/error.h"
#include "base/str.h"
#include "events/build.h"

enum { SHORT_TEXT = 60, RARE = 16 }; /* tokens: too few to tell the language by; one common word in so many */

/* Another language than English lacks its commonest words, which make a fifth and more of its texts; those that other languages write
 * alike ("in", "over") are left out. */
static bool is_foreign(const coder *c)
{
    const word_id words[] = {c->word_the, c->word_of, c->word_to, c->word_on, c->word_at, c->word_by, c->word_with, c->word_from, c->word_that, c->word_for, c->word_into, c->word_after, c->word_not, c->word_will};
    size_t common = 0;
    for (uint32_t t = 0; t < c->text->token_count; t++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) common += is_word(c, t, words[i]);
    return c->text->token_count > SHORT_TEXT && common * RARE < c->text->token_count;
}

static dl_status read_text(coder *c, dl_error *err)
{
    dl_status status = find_triggers(c, err);
    if (status != DL_OK) return status;
    for (size_t i = 0; i < c->triggers.count; i++) {
        judge_realis(c, &c->triggers.items[i]);
        find_roles(c, &c->triggers.items[i]);
    }
    join_triggers(c);
    return DL_OK;
}

static dl_status complete(coder *c, drafts *all, dl_error *err)
{
    dl_status status = draft_events(c, all, err);
    if (status != DL_OK) return status;
    place_events(c, all);
    date_events(c, all);
    arm_events(c, all);
    score_events(c, all);
    place_spoken_acts(c, all);
    status = count_tolls(c, all, err);
    if (status == DL_OK) status = name_participants(c, all, err);
    if (status == DL_OK) source_events(c, all);
    if (status == DL_OK) add_further_victims(c, all);
    if (status == DL_OK) status = merge_retold(c, all, err);
    drop_denied_harm(c, all);
    rate_events(c, all);
    return status == DL_OK ? set_contexts(c, all, err) : status;
}

static dl_str trace(const coder *c, const draft *d)
{
    const trigger *t = &c->triggers.items[d->lead];
    const char *joined = "";
    for (size_t i = 0; i < d->member_count && !*joined; i++)
        if (c->triggers.items[d->members[i]].rule) joined = c->triggers.items[d->members[i]].rule;
    const char *from = !t->pattern->word_count ? "the model" : t->pattern->noun ? "events/nouns" : "events/verbs";
    dl_str head = c->text->tokens[t->token].norm;
    return dl_arena_format(c->arena, "'%.*s' of %s; head '%.*s'%s%s; probability %.2f; %zu triggers%s%s", (int)t->pattern->key.len, t->pattern->key.ptr, from,
                           (int)head.len, head.ptr, t->anaphor ? "; told before" : "", t->effect ? "; effect" : "", (double)d->probability, d->member_count,
                           *joined ? "; " : "", joined);
}

static dl_status hand_over(coder *c, drafts *all, dl_events *out, dl_error *err)
{
    out->items = DL_NEW_ARRAY(c->arena, dl_event, all->count + 1);
    if (!out->items) return dl_fail_memory(err);
    for (size_t i = 0; i < all->count; i++) {
        draft *d = &all->items[i];
        if (d->dropped) continue;
        if (c->in->why) {
            d->event.why = trace(c, d);
            if (!d->event.why.ptr) return dl_fail_memory(err);
        }
        out->items[out->count++] = d->event;
    }
    return DL_OK;
}

dl_status dl_events_find(const dl_events_data *data, dl_arena *arena, const dl_events_input *input, dl_events *out,
                         dl_error *err)
{
    coder c;
    drafts all = {0};
    *out = (dl_events){0};
    dl_status status = coder_init(&c, data, arena, input, err);
    if (status == DL_OK && is_foreign(&c)) return DL_OK;
    if (status == DL_OK) status = read_text(&c, err);
    if (status == DL_OK) status = complete(&c, &all, err);
    return status == DL_OK ? hand_over(&c, &all, out, err) : status;
}
