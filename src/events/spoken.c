/* spoken.c - where and when: of accusations and threats, the place of the act they speak of.
 *
 * "The army accused the rebels of breaking the ceasefire in Goma on Monday" is counted where and when the ceasefire is said to have
 * been broken; "threatened to attack Goma" is told of Goma. */
#include "base/str.h"
#include "events/build.h"
#include "events/clause.h"

enum { NEAR = 6, MAX_PLACES = 16 }; /* tokens from the breach to the ceasefire */

/* The token of the ceasefire that the sentence says was broken, DL_NONE. */
static uint32_t broken_truce(const coder *c, uint32_t sentence)
{
    class_set breach = vocabulary_class(&c->data->words, DL_STR("breach")), truce = vocabulary_class(&c->data->words, DL_STR("truce"));
    const dl_sentence *s = &c->text->sentences[sentence];
    uint32_t broken = DL_NONE;
    for (uint32_t t = s->first; t < s->first + s->count; t++) {
        if (is_class(c, t, truce) && broken != DL_NONE && t - broken <= NEAR) return t;
        if (is_class(c, t, breach)) broken = t;
    }
    return DL_NONE;
}

static void place_breach(const coder *c, draft *d, uint32_t truce)
{
    const dl_places *places = c->in->places;
    dl_span rest = {c->text->tokens[truce].span.end, c->text->sentences[d->event.sentence].span.end};
    size_t low = 0, high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places->items[middle].span.start < rest.start) low = middle + 1;
        else high = middle;
    }
    for (size_t i = low; i < places->count && i < low + MAX_PLACES && places->items[i].span.start < rest.end; i++) {
        uint32_t before = places->items[i].first ? places->items[i].first - 1 : 0;
        if (!is_word(c, before, c->word_in) && !is_word(c, before, c->word_at) && !is_word(c, before, c->word_near)) continue;
        d->event.place = (uint32_t)i, d->place_own = true;
        return;
    }
}

static void date_breach(const coder *c, draft *d, uint32_t truce)
{
    const dl_times *times = c->in->times;
    dl_span rest = {c->text->tokens[truce].span.end, c->text->sentences[d->event.sentence].span.end};
    size_t low = 0, high = times->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (times->items[middle].span.start < rest.start) low = middle + 1;
        else high = middle;
    }
    if (low >= times->count || times->items[low].span.start >= rest.end) return;
    const dl_time *time = &times->items[low];
    bool day = (time->type == DL_TIME_DATE || time->type == DL_TIME_TIME) && time->from.year && time->from.day;
    if (!day) return;
    d->event.date = time->from, d->event.date_to = (dl_date){0};
    d->event.time = (uint32_t)low, d->event.date_from_published = false, d->time_own = true;
}

/* The place of an attack that hangs on the threat. */
static void place_threat(const coder *c, drafts *all, size_t index)
{
    draft *d = &all->items[index];
    for (size_t i = index + 1; i < all->count && all->items[i].event.sentence == d->event.sentence; i++) {
        const draft *attack = &all->items[i];
        uint32_t governor = c->triggers.items[attack->lead].governor;
        if (attack->event.type != DL_ASSAULT || attack->event.place == DL_NONE || !attack->place_own) continue;
        if (governor == DL_NONE || all->of_trigger[governor] != index) continue;
        d->event.place = attack->event.place, d->place_own = true;
        return;
    }
}

void place_spoken_acts(coder *c, drafts *all)
{
    for (size_t i = 0; i < all->count; i++) {
        draft *d = &all->items[i];
        if (d->dropped) continue;
        if (d->event.type == DL_THREATEN && d->event.place == DL_NONE) place_threat(c, all, i);
        uint32_t truce = d->event.type == DL_ACCUSE ? broken_truce(c, d->event.sentence) : DL_NONE;
        if (truce == DL_NONE) continue;
        if (d->event.place == DL_NONE) place_breach(c, d, truce);
        date_breach(c, d, truce);
    }
}
