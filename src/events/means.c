/* means.c - weapon and site: the words of an event's clause that name what was used and what was hit. */
#include "base/str.h"
#include "events/build.h"
#include "events/clause.h"
#include "syntax/tree.h"

static bool is_fixed_site(const coder *c, uint32_t token)
{
    const dl_token *t = &c->text->tokens[token];
    return is_class(c, token, c->class_site) && !is_class(c, token, c->class_armed) && (t->upos == DL_NOUN || t->upos == DL_PROPN || t->upos == DL_UPOS_NONE);
}

/* A weapon inside the trigger's own phrase ("drone attack") or near it in the tree. */
static bool is_weapon(const coder *c, uint32_t token)
{
    const dl_token *t = &c->text->tokens[token];
    return is_class(c, token, c->class_weapon) && (t->upos == DL_NOUN || t->upos == DL_PROPN || t->upos == DL_UPOS_NONE);
}

/* The weapon with the nouns that specify it: "cruise missiles", "FPV drone". */
static dl_span weapon_words(const coder *c, uint32_t token)
{
    uint32_t first = token;
    uint32_t start = sentence_start(c, token);
    while (first > start && c->text->parsed && c->text->tokens[first - 1].deprel == DL_DEP_COMPOUND &&
           c->text->tokens[first - 1].head >= first && c->text->tokens[first - 1].head <= token && !is_class(c, first - 1, c->class_state))
        first--;
    return (dl_span){c->text->tokens[first].span.start, c->text->tokens[token].span.end};
}

static dl_span site_words(const coder *c, uint32_t token)
{
    uint32_t first = clause_phrase_start(c, token);
    while (first < token && (c->text->tokens[first].upos == DL_DET || c->text->tokens[first].upos == DL_NUM)) first++;
    return (dl_span){c->text->tokens[first].span.start, c->text->tokens[token].span.end};
}

static void set_weapon(const coder *c, dl_event *e, uint32_t token)
{
    if (e->weapon.ptr) return;
    e->weapon_span = weapon_words(c, token);
    e->weapon = dl_span_str(c->text->text, e->weapon_span);
}

static void set_site(const coder *c, dl_event *e, uint32_t token)
{
    if (e->site.ptr) return;
    e->site_span = site_words(c, token);
    e->site = dl_span_str(c->text->text, e->site_span);
}

/* The mode that a weapon tells where the trigger tells none. */
static const char *mode_of_weapon(const coder *c, uint32_t token)
{
    static const struct {
        const char *kind, *mode;
    } modes[] = {{"drone", "aerial"}, {"missile", "aerial"}, {"aircraft", "aerial"}, {"rocket", "heavy"},
                 {"explosive", "explosive"}, {"firearm", "firearm"}};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (is_class(c, token, vocabulary_class(&c->data->words, dl_str_of(modes[i].kind)))) return modes[i].mode;
    return NULL;
}

static void arm_from(const coder *c, draft *d, uint32_t token)
{
    if (d->event.type != DL_ASSAULT && d->event.type != DL_MOBILIZE && d->event.type != DL_AID) return;
    bool first = !d->event.weapon.ptr;
    set_weapon(c, &d->event, token);
    const char *mode = first && d->event.type == DL_ASSAULT ? mode_of_weapon(c, token) : NULL;
    if (mode && (!d->event.mode.ptr || dl_str_is(d->event.mode, "other"))) d->event.mode = dl_str_of(mode);
}

/* Words before the trigger in its own phrase come first: "a drone attack". */
static void arm_from_triggers(const coder *c, draft *d)
{
    for (size_t i = 0; i < d->member_count; i++) {
        const trigger *t = &c->triggers.items[d->members[i]];
        for (uint32_t at = t->pattern->noun ? clause_phrase_start(c, t->token) : t->token; at <= t->last; at++)
            if (is_weapon(c, at)) arm_from(c, d, at);
    }
}

void arm_events(coder *c, drafts *all)
{
    for (size_t i = 0; i < all->count; i++) {
        draft *d = &all->items[i];
        arm_from_triggers(c, d);
        for (size_t k = 0; k < d->recipients.count; k++)
            if (is_fixed_site(c, d->recipients.items[k])) set_site(c, &d->event, d->recipients.items[k]);
    }
    for (size_t s = 0; s < c->text->sentence_count; s++) {
        const dl_sentence *sentence = &c->text->sentences[s];
        for (uint32_t t = sentence->first; t < sentence->first + sentence->count; t++) {
            bool weapon = is_weapon(c, t), site = is_fixed_site(c, t);
            if (!weapon && !site) continue;
            uint32_t owner = draft_above(c, all, t);
            if (owner == DL_NONE) continue;
            if (weapon) arm_from(c, &all->items[owner], t);
            else if (all->items[owner].event.type == DL_ASSAULT || all->items[owner].event.type == DL_PROTEST)
                set_site(c, &all->items[owner].event, t);
        }
    }
}
