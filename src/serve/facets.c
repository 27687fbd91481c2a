/* facets.c - the words that happenings could be chosen by, each with how many it would leave: types, sides, sources, countries, units; and
 * the days on which pages tell of a ceasefire. */
#include "base/date.h"
#include "serve/tally.h"

enum { MOST_VALUES = 50, MOST_AREAS = 500 };

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
    if (h->place != DL_NONE && b->places[h->place].country.len) fine = tally_count(&f->countries, b->places[h->place].country, (dl_str){0}, f->number, h->date);
    for (uint32_t i = h->first; i < h->first + h->count && fine; i++) {
        const atlas_claim *c = &b->claims[i];
        if (c->side) fine = tally_count(&f->sides, b->words[c->side], (dl_str){0}, f->number, h->date);
        if (fine && c->source) fine = tally_count(&f->sources, b->words[c->source], (dl_str){0}, f->number, h->date);
        if (fine && c->outlet) fine = tally_count(&f->outlets, b->words[c->outlet], (dl_str){0}, f->number, h->date);
        if (fine && c->site) fine = tally_count(&f->sites, b->words[c->site], (dl_str){0}, f->number, h->date);
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
    size_t count = tally_sort(t, MOST_VALUES);
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

static bool count_area(void *context, const atlas_match *match)
{
    areas *a = context;
    const atlas_happening *h = match->happening;
    a->number++;
    if (h->place == DL_NONE || !match->bucket->places[h->place].country.len) return true;
    const atlas_place *place = &match->bucket->places[h->place];
    tally_item *country = tally_count(&a->units, place->country, (dl_str){0}, a->number, h->date);
    if (country) tally_point(country, place, match);
    tally_item *unit = country && place->admin1.len ? tally_count(&a->units, place->country, place->admin1, a->number, h->date) : country;
    if (unit && place->admin1.len) tally_point(unit, place, match);
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
    size_t count = tally_sort(&a.units, SIZE_MAX), given = 0;
    open_list(call);
    for (size_t i = window.from; i < count && given < window.limit; i++, given++) put_area(call, &a.units.items.items[i]);
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
