/* area.c - a name of a country, unit, town or site, and which places of the store lie in it.
 *
 * A unit holds the places that the gazetteer says it does. Places that the gazetteer knows no unit of belong to that of the nearest town
 * with one, in the same country. */
#include <stdlib.h>

#include "base/error.h"
#include "engine/paths.h"
#include "monitor/monitor.h"
#include "places/words.h"

/* ---- opening ---- */

dl_status dl_monitor_open(dl_monitor **out, const char *data_dir, dl_error *err)
{
    char dir[DL_PATH_SIZE], path[DL_PATH_SIZE];
    *out = NULL;
    dl_monitor *monitor = calloc(1, sizeof *monitor);
    if (!monitor) return dl_fail_memory(err);
    dl_status status = dl_data_dir(dir, data_dir, err);
    if (status == DL_OK) status = dl_path_join(path, dir, "dateline.lexicon", err);
    if (status == DL_OK) status = dl_lexicon_open(&monitor->lexicon, path, err);
    if (status == DL_OK) status = dl_path_join(path, dir, "places.gazetteer", err);
    if (status == DL_OK) status = dl_gazetteer_open(&monitor->gazetteer, path, false, err);
    if (status != DL_OK) {
        dl_monitor_close(monitor);
        return status;
    }
    *out = monitor;
    return DL_OK;
}

void dl_monitor_close(dl_monitor *monitor)
{
    if (!monitor) return;
    dl_lexicon_close(monitor->lexicon);
    dl_gazetteer_close(monitor->gazetteer);
    free(monitor);
}

/* ---- the name ---- */

/* "Khartoum state", "Odesa Oblast", "Governorate of Idlib": the word says that a unit is meant, and is no part of its name. */
static bool strip_kind(dl_str *name)
{
    static const char *const kinds[] = {" state", " province", " region", " oblast", " governorate", " department", " county"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i]);
        if (name->len <= length || !dl_str_eq_nocase(dl_str_slice(*name, name->len - length, name->len), dl_str_of(kinds[i]))) continue;
        *name = dl_str_slice(*name, 0, name->len - length);
        return true;
    }
    return false;
}

/* How well a level answers what was asked; postings come with the most populous first. */
static int fitness(dl_level level, int kind, bool unit)
{
    if (kind == AREA_SITE) return level == DL_LEVEL_SITE ? 3 : 1;
    if (unit) return level == DL_LEVEL_ADMIN1 ? 3 : level == DL_LEVEL_ADMIN2 ? 2 : 1;
    return level == DL_LEVEL_COUNTRY ? 3 : level == DL_LEVEL_ADMIN1 || level == DL_LEVEL_CITY || level == DL_LEVEL_SITE ? 2 : 1;
}

static bool look_up(const dl_monitor *monitor, dl_str name, int kind, bool unit, dl_location *out)
{
    char key[DL_PLACE_KEY_SIZE];
    size_t length = dl_place_key(key, name);
    dl_key_hit hit = length ? dl_gazetteer_find(monitor->gazetteer, (dl_str){key, length}) : (dl_key_hit){0};
    int best = 0;
    for (uint32_t i = 0; i < hit.count; i++) {
        dl_posting posting = dl_gazetteer_posting(monitor->gazetteer, hit.first + i);
        dl_location place = dl_gazetteer_place(monitor->gazetteer, posting.place);
        int fit = posting.naming > DL_SHORTENED ? 0 : fitness(place.level, kind, unit);
        if (fit > best) best = fit, *out = place;
    }
    return best > 0;
}

/* With or without the word for its kind. */
static bool find_place(const dl_monitor *monitor, dl_str name, int kind, dl_location *out)
{
    dl_str bare = dl_str_trim(name);
    bool unit = kind == AREA_ANY && strip_kind(&bare);
    if (!look_up(monitor, dl_str_trim(name), kind, unit, out) && !look_up(monitor, bare, kind, unit, out)) return false;
    if (unit && out->level != DL_LEVEL_ADMIN1) (void)look_up(monitor, bare, kind, unit, out);
    return true;
}

bool dl_site_is_known(const dl_monitor *monitor, dl_str name)
{
    dl_location ignored;
    return find_place(monitor, name, AREA_SITE, &ignored);
}

/* ---- places in it ---- */

typedef struct seeker {
    const dl_monitor *monitor;
    dl_arena *arena;
    dl_area *area;
    const dl_location *place;
    DL_VEC(int64_t) found;
    struct {
        struct unknown {
            int64_t id;
            double lat, lon, nearest;
            bool inside;
        } *items;
        size_t count, capacity;
    } unknown; /* places of the country whose unit the gazetteer does not tell */
    dl_status status;
    dl_error *err;
} seeker;

static bool is_in(const seeker *s, const dl_place_row *row)
{
    const dl_area *area = s->area;
    if (s->place->level == DL_LEVEL_COUNTRY) return dl_str_eq(row->country, area->country);
    if (area->admin1.len) return dl_str_eq(row->country, area->country) && dl_str_eq(row->admin1, area->admin1);
    if (s->place->geonameid && row->geonameid == s->place->geonameid) return true;
    if (s->place->own_id.len && dl_str_eq(row->gazetteer_id, s->place->own_id)) return true;
    bool point = dl_str_is(row->precision, "exact") || dl_str_is(row->precision, "city");
    return area->km > 0 && row->located && point && distance_km(row->lat, row->lon, area->lat, area->lon) <= area->km;
}

static bool take_place(void *context, const dl_place_row *row)
{
    seeker *s = context;
    bool point = dl_str_is(row->precision, "exact") || dl_str_is(row->precision, "city");
    if (is_in(s, row)) {
        int64_t *id = DL_VEC_PUSH(s->arena, &s->found);
        if (id) *id = row->id;
        else s->status = dl_fail_memory(s->err);
    } else if (s->area->admin1.len && !row->admin1.len && row->located && point && dl_str_eq(row->country, s->area->country)) {
        struct unknown *unknown = DL_VEC_PUSH(s->arena, &s->unknown);
        if (unknown) *unknown = (struct unknown){row->id, row->lat, row->lon, 1e9, false};
        else s->status = dl_fail_memory(s->err);
    }
    return s->status == DL_OK;
}

static void settle_unknown(seeker *s)
{
    for (size_t i = 0; s->unknown.count && i < dl_gazetteer_count(s->monitor->gazetteer); i++) {
        dl_location town = dl_gazetteer_place(s->monitor->gazetteer, (uint32_t)i);
        if (town.level != DL_LEVEL_CITY || !town.admin1.len || !dl_str_eq(town.country, s->area->country)) continue;
        for (size_t k = 0; k < s->unknown.count; k++) {
            struct unknown *one = &s->unknown.items[k];
            double away = distance_km(town.lat, town.lon, one->lat, one->lon);
            if (away >= one->nearest) continue;
            one->nearest = away;
            one->inside = dl_str_eq(town.admin1, s->area->admin1);
        }
    }
    for (size_t k = 0; k < s->unknown.count && s->status == DL_OK; k++) {
        if (!s->unknown.items[k].inside) continue;
        int64_t *id = DL_VEC_PUSH(s->arena, &s->found);
        if (id) *id = s->unknown.items[k].id;
        else s->status = dl_fail_memory(s->err);
    }
}

dl_status area_find(dl_area *out, const dl_monitor *monitor, dl_store *store, dl_arena *arena, dl_str name, int kind, double km, dl_error *err)
{
    dl_location place = {0};
    if (!find_place(monitor, name, kind, &place))
        return dl_fail(err, DL_USAGE, NULL, 0, "no place is called '%.*s'", (int)(name.len < 100 ? name.len : 100), name.ptr);
    bool point = place.level >= DL_LEVEL_CITY;
    *out = (dl_area){.asked = dl_arena_str(arena, dl_str_trim(name)), .name = dl_arena_str(arena, place.name), .country = dl_arena_str(arena, place.country),
                     .admin1 = place.level == DL_LEVEL_ADMIN1 ? dl_arena_str(arena, place.admin1) : (dl_str){0}, .located = true,
                     .lat = place.lat, .lon = place.lon, .km = point ? km : 0};
    if (!out->asked.ptr || !out->name.ptr || !out->country.ptr) return dl_fail_memory(err);
    seeker s = {.monitor = monitor, .arena = arena, .area = out, .place = &place, .err = err};
    dl_status status = dl_store_locations(store, take_place, &s, err);
    if (status == DL_OK && s.status == DL_OK) settle_unknown(&s);
    out->locations = s.found.items ? s.found.items : DL_NEW(arena, int64_t);
    out->location_count = s.found.count;
    if (status == DL_OK && !out->locations) return dl_fail_memory(err);
    return status == DL_OK ? s.status : status;
}
