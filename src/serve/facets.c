/* facets.c - the words that happenings could be chosen by, each with how many it would leave: types, sides, sources, countries, units, sites. */
#include <stdlib.h>

#include "base/date.h"
#include "serve/sums.h"

enum { MOST_VALUES = 50, MOST_AREAS = 500 };

/* Words of all buckets counted together. */
typedef struct tally_item {
    dl_str name, second; /* of units: country and code */
    uint32_t count, last_happening; /* a happening counts once */
    dl_date last;
    double lat, lon;
    uint32_t points;
    harm_sums sums;
} tally_item;

typedef struct tally {
    dl_arena *arena;
    DL_VEC(tally_item) items;
    uint32_t *slots;
    size_t slot_count;
    bool failed;
} tally;

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

/* The item of the name, counted for this happening (numbered from 1); NULL when out of memory. */
static tally_item *count_in(tally *t, dl_str name, dl_str second, uint32_t happening, dl_date date)
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

static size_t sorted(tally *t, size_t most)
{
    if (t->items.count) qsort(t->items.items, t->items.count, sizeof *t->items.items, most_first);
    return t->items.count < most ? t->items.count : most;
}

/* ---- facets ---- */

typedef struct facets {
    uint32_t number, types[DL_EVENT_TYPE_COUNT], realis[8];
    tally sides, sources, outlets, countries, sites;
    bool failed;
} facets;

static bool count_match(void *context, const atlas_match *match)
{
    facets *f = context;
    const atlas_bucket *b = match->bucket;
    const atlas_happening *h = match->happening;
    bool fine = true;
    f->number++;
    if (h->type < DL_EVENT_TYPE_COUNT) f->types[h->type]++;
    for (int i = 0; i < 8; i++) f->realis[i] += (h->realis >> i) & 1u;
    if (h->place != DL_NONE && b->places[h->place].country.len) fine = count_in(&f->countries, b->places[h->place].country, (dl_str){0}, f->number, h->date);
    for (uint32_t i = h->first; i < h->first + h->count && fine; i++) {
        const atlas_claim *c = &b->claims[i];
        if (c->side) fine = count_in(&f->sides, b->words[c->side], (dl_str){0}, f->number, h->date);
        if (fine && c->source) fine = count_in(&f->sources, b->words[c->source], (dl_str){0}, f->number, h->date);
        if (fine && c->outlet) fine = count_in(&f->outlets, b->words[c->outlet], (dl_str){0}, f->number, h->date);
        if (fine && c->site) fine = count_in(&f->sites, b->words[c->site], (dl_str){0}, f->number, h->date);
    }
    f->failed = !fine;
    return fine;
}

static void put_value(dl_json_out *out, dl_str value, dl_str name, uint32_t count)
{
    dl_json_open(out, '{');
    view_json_text(out, "value", value);
    view_json_text(out, "name", name);
    dl_json_key(out, "count"), dl_json_int(out, count);
    dl_json_close(out, '}');
}

static void put_tally(serve_call *call, const char *key, tally *t, bool countries)
{
    size_t count = sorted(t, MOST_VALUES);
    dl_json_key(call->out, key);
    dl_json_open(call->out, '[');
    for (size_t i = 0; i < count; i++) {
        const tally_item *item = &t->items.items[i];
        put_value(call->out, item->name, countries ? unit_name_of(&call->server->names, item->name, (dl_str){0}) : (dl_str){0}, item->count);
    }
    dl_json_close(call->out, ']');
}

dl_status get_facets(serve_call *call)
{
    question q;
    facets f = {.sides.arena = call->arena, .sources.arena = call->arena, .outlets.arena = call->arena, .countries.arena = call->arena, .sites.arena = call->arena};
    dl_json_out *out = call->out;
    dl_status status = ask_question(call, &q);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK) status = atlas_choose(call->atlas, &q.filter, call->arena, count_match, &f, call->err);
    if (status == DL_OK && f.failed) status = dl_fail_memory(call->err);
    if (status != DL_OK) return status;
    dl_json_open(out, '{');
    dl_json_key(out, "total"), dl_json_int(out, f.number);
    dl_json_key(out, "type"), dl_json_open(out, '[');
    for (int i = 1; i < DL_EVENT_TYPE_COUNT; i++)
        if (f.types[i]) put_value(out, dl_str_of(dl_event_type_name((dl_event_type)i)), (dl_str){0}, f.types[i]);
    dl_json_close(out, ']');
    dl_json_key(out, "realis"), dl_json_open(out, '[');
    for (int i = DL_ACTUAL; i <= DL_DENIED; i++)
        if (f.realis[i]) put_value(out, dl_str_of(dl_realis_name((dl_realis)i)), (dl_str){0}, f.realis[i]);
    dl_json_close(out, ']');
    put_tally(call, "side", &f.sides, false), put_tally(call, "source", &f.sources, false), put_tally(call, "outlet", &f.outlets, false);
    put_tally(call, "country", &f.countries, true), put_tally(call, "site", &f.sites, false);
    put_generation(call);
    dl_json_close(out, '}');
    return DL_OK;
}

/* ---- countries and units ---- */

typedef struct areas {
    uint32_t number;
    tally units;
    bool failed;
} areas;

static void add_point(tally_item *item, const atlas_place *place, const atlas_match *match)
{
    if (is_attack(match->happening)) sums_add(&item->sums, match);
    if (!place->located) return;
    item->lat += place->lat, item->lon += place->lon, item->points++;
}

static bool count_area(void *context, const atlas_match *match)
{
    areas *a = context;
    const atlas_happening *h = match->happening;
    a->number++;
    if (h->place == DL_NONE || !match->bucket->places[h->place].country.len) return true;
    const atlas_place *place = &match->bucket->places[h->place];
    tally_item *country = count_in(&a->units, place->country, (dl_str){0}, a->number, h->date);
    if (country) add_point(country, place, match);
    tally_item *unit = country && place->admin1.len ? count_in(&a->units, place->country, place->admin1, a->number, h->date) : country;
    if (unit && place->admin1.len) add_point(unit, place, match);
    a->failed = !unit;
    return unit != NULL;
}

static void put_area(serve_call *call, const tally_item *item)
{
    dl_json_out *out = call->out;
    dl_json_open(out, '{');
    view_json_text(out, "country", item->name);
    view_json_text(out, "country_name", unit_name_of(&call->server->names, item->name, (dl_str){0}));
    if (item->second.len) {
        view_json_text(out, "admin1", item->second);
        view_json_text(out, "admin1_name", unit_name_of(&call->server->names, item->name, item->second));
    }
    dl_json_key(out, "happenings"), dl_json_int(out, item->count);
    view_json_day(out, "last", item->last);
    if (item->points) {
        dl_json_key(out, "lat"), dl_json_real(out, item->lat / item->points, 3);
        dl_json_key(out, "lon"), dl_json_real(out, item->lon / item->points, 3);
    }
    put_sums(out, &item->sums);
    dl_json_close(out, '}');
}

dl_status get_areas(serve_call *call)
{
    question q;
    areas a = {.units.arena = call->arena};
    page_window window;
    dl_status status = ask_question(call, &q);
    if (status == DL_OK) status = ask_window(call, MOST_AREAS, MOST_AREAS, &window);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK) status = atlas_choose(call->atlas, &q.filter, call->arena, count_area, &a, call->err);
    if (status == DL_OK && a.failed) status = dl_fail_memory(call->err);
    if (status != DL_OK) return status;
    size_t count = sorted(&a.units, SIZE_MAX), given = 0;
    open_list(call);
    for (size_t i = window.from; i < count && given < window.limit; i++, given++) put_area(call, &a.units.items.items[i]);
    close_list(call, &window, given, count, window.from + given < count);
    return DL_OK;
}

/* ---- sites ---- */

typedef struct sites {
    uint32_t number;
    tally names;
    bool failed;
} sites;

static bool count_site(void *context, const atlas_match *match)
{
    sites *s = context;
    const atlas_happening *h = match->happening;
    s->number++;
    for (uint32_t i = h->first; i < h->first + h->count; i++) {
        uint32_t word = match->bucket->claims[i].site;
        if (!word) continue;
        tally_item *item = count_in(&s->names, match->bucket->words[word], (dl_str){0}, s->number, h->date);
        if (!item) {
            s->failed = true;
            return false;
        }
        if (i == h->first && h->place != DL_NONE) add_point(item, &match->bucket->places[h->place], match);
    }
    return true;
}

dl_status get_sites(serve_call *call)
{
    question q;
    sites s = {.names.arena = call->arena};
    page_window window;
    dl_json_out *out = call->out;
    dl_status status = ask_question(call, &q);
    if (status == DL_OK) status = ask_window(call, MOST_VALUES, MOST_AREAS, &window);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK) status = atlas_choose(call->atlas, &q.filter, call->arena, count_site, &s, call->err);
    if (status == DL_OK && s.failed) status = dl_fail_memory(call->err);
    if (status != DL_OK) return status;
    size_t count = sorted(&s.names, SIZE_MAX), given = 0;
    open_list(call);
    for (size_t i = window.from; i < count && given < window.limit; i++, given++) {
        const tally_item *item = &s.names.items.items[i];
        dl_json_open(out, '{');
        view_json_text(out, "name", item->name);
        dl_json_key(out, "happenings"), dl_json_int(out, item->count);
        view_json_day(out, "last", item->last);
        if (item->points) {
            dl_json_key(out, "lat"), dl_json_real(out, item->lat / item->points, 4);
            dl_json_key(out, "lon"), dl_json_real(out, item->lon / item->points, 4);
        }
        put_sums(out, &item->sums);
        dl_json_close(out, '}');
    }
    close_list(call, &window, given, count, window.from + given < count);
    return DL_OK;
}

/* ---- days on which pages tell of a ceasefire ---- */

typedef struct truces {
    dl_arena *arena;
    DL_VEC(atlas_match) matches;
    bool failed;
} truces;

static bool take_truce(void *context, const atlas_match *match)
{
    truces *t = context;
    const atlas_happening *h = match->happening;
    bool agreed = h->type == DL_AGREE || h->type == DL_RETREAT || h->type == DL_CONCEDE;
    if (!h->ceasefire || !agreed || h->background || !dl_date_is_valid(h->date)) return true;
    atlas_match *slot = DL_VEC_PUSH(t->arena, &t->matches);
    if (slot) *slot = *match;
    else t->failed = true;
    return slot != NULL;
}

dl_status get_ceasefires(serve_call *call)
{
    question q;
    truces t = {.arena = call->arena};
    page_window window;
    dl_status status = ask_question(call, &q);
    if (status == DL_OK) status = ask_window(call, MOST_VALUES, MOST_AREAS, &window);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK) status = atlas_choose(call->atlas, &q.filter, call->arena, take_truce, &t, call->err);
    if (status == DL_OK && t.failed) status = dl_fail_memory(call->err);
    if (status != DL_OK) return status;
    size_t given = 0;
    open_list(call);
    for (size_t i = window.from; i < t.matches.count && given < window.limit; i++, given++) {
        dl_json_open(call->out, '{');
        put_match(call, &t.matches.items[i]);
        put_claim_place(call->out, "from", t.matches.items[i].bucket, leading_claim(&t.matches.items[i]));
        dl_json_close(call->out, '}');
    }
    close_list(call, &window, given, t.matches.count, window.from + given < t.matches.count);
    return DL_OK;
}
