/* tally.c - words counted in a table with open addressing. */
#include "serve/tally.h"

#include <stdlib.h>

static bool grow(tally *t)
{
    size_t count = t->slot_count ? t->slot_count * 2 : 256;
    uint32_t *slots = DL_NEW_ARRAY(t->arena, uint32_t, count);
    for (uint32_t i = 0; slots && i < t->items.count; i++) {
        const tally_item *item = &t->items.items[i];
        size_t at = dl_hash(item->second.ptr, item->second.len, dl_hash(item->name.ptr, item->name.len, 0)) & (count - 1);
        while (slots[at]) at = (at + 1) & (count - 1);
        slots[at] = i + 1;
    }
    t->slots = slots;
    t->slot_count = count;
    return slots != NULL;
}

tally_item *tally_count(tally *t, dl_str name, dl_str second, uint32_t happening, dl_date date)
{
    if (t->items.count * 2 >= t->slot_count && !grow(t)) return NULL;
    size_t at = dl_hash(second.ptr, second.len, dl_hash(name.ptr, name.len, 0)) & (t->slot_count - 1);
    tally_item *item = NULL;
    for (; t->slots[at] && !item; at = (at + 1) & (t->slot_count - 1)) {
        tally_item *other = &t->items.items[t->slots[at] - 1];
        if (dl_str_eq(other->name, name) && dl_str_eq(other->second, second)) item = other;
    }
    if (!item) {
        item = DL_VEC_PUSH(t->arena, &t->items);
        if (!item) return NULL;
        *item = (tally_item){.name = name, .second = second};
        t->slots[at] = (uint32_t)t->items.count;
    }
    if (item->last_happening == happening) return item;
    item->last_happening = happening;
    item->count++;
    if (date.year * 512 + date.month * 32 + date.day > item->last.year * 512 + item->last.month * 32 + item->last.day) item->last = date;
    return item;
}

static int most_first(const void *left, const void *right)
{
    const tally_item *a = left, *b = right;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    int order = dl_str_cmp(a->name, b->name);
    return order ? order : dl_str_cmp(a->second, b->second);
}

size_t tally_sort(tally *t, size_t most)
{
    if (t->items.count) qsort(t->items.items, t->items.count, sizeof *t->items.items, most_first);
    return t->items.count < most ? t->items.count : most;
}

void tally_point(tally_item *item, const atlas_place *place, const atlas_match *match)
{
    if (is_attack(match->happening)) sums_add(&item->sums, match);
    if (!place->located) return;
    item->lat += place->lat, item->lon += place->lon, item->points++;
}
