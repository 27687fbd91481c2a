/* ceasefire.c - each day and area before and after a ceasefire: incidents, whose, and who accuses whom.
 *
 * An incident is a happening of type ASSAULT that some source says took place. A day counts as reported where a page tells anything at all of
 * it in the area, were it only that nothing happened; on other days nothing is known, which is not the same as quiet. */
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "monitor/monitor.h"

enum { MOST_DAYS = 366, SIDE = 6 };
static const double DEFAULT_KM = 5;

struct dl_ceasefire {
    dl_arena arena;
    dl_area_days *areas;
    size_t area_count;
};

typedef DL_VEC(uint32_t) index_vec;
typedef DL_VEC(dl_str) name_vec;
typedef struct party_builder {
    dl_str party;
    uint32_t incidents, accusations;
    name_vec said_by, accused_by, denied_by;
} party_builder;
typedef DL_VEC(party_builder) party_vec;

typedef struct day_builder {
    dl_area_day day;
    index_vec happenings, accusing, telling;
    party_vec parties;
    int64_t last_page;
} day_builder;

typedef struct watcher {
    const dl_ceasefire_query *query;
    dl_arena *arena;
    const dl_claim *claims;
    day_builder *days;
    int32_t first; /* day */
    bool failed;
} watcher;

/* ---- lists ---- */

static void add_index(watcher *w, index_vec *to, uint32_t index)
{
    uint32_t *slot = DL_VEC_PUSH(w->arena, to);
    if (slot) *slot = index;
    w->failed = w->failed || !slot;
}

/* Keeps them sorted and once each. */
static void add_name(watcher *w, name_vec *to, dl_str name)
{
    size_t at = 0;
    while (at < to->count && dl_str_cmp(to->items[at], name) < 0) at++;
    if (at < to->count && dl_str_eq(to->items[at], name)) return;
    dl_str *slot = DL_VEC_PUSH(w->arena, to);
    if (!slot) {
        w->failed = true;
        return;
    }
    memmove(&to->items[at + 1], &to->items[at], (to->count - 1 - at) * sizeof *to->items);
    to->items[at] = name;
}

static party_builder *party_of(watcher *w, party_vec *parties, dl_str code)
{
    dl_str name = dl_str_slice(code, 0, SIDE);
    size_t at = 0;
    while (at < parties->count && dl_str_cmp(parties->items[at].party, name) < 0) at++;
    if (at < parties->count && dl_str_eq(parties->items[at].party, name)) return &parties->items[at];
    party_builder *slot = DL_VEC_PUSH(w->arena, parties);
    if (!slot) {
        w->failed = true;
        return NULL;
    }
    memmove(&parties->items[at + 1], &parties->items[at], (parties->count - 1 - at) * sizeof *parties->items);
    parties->items[at] = (party_builder){.party = name};
    return &parties->items[at];
}

/* ---- who ---- */

/* Civilians and criminals are no party, nor is a country without a sector. */
static bool is_party(dl_str code)
{
    if (code.len < SIDE) return false;
    dl_str sector = dl_str_slice(code, 3, SIDE);
    return !dl_str_is(sector, "CVL") && !dl_str_is(sector, "CRM") && !dl_str_is(sector, "MED") && !dl_str_is(sector, "NGO");
}

static bool is_asked(const dl_ceasefire_query *query, dl_str code)
{
    for (size_t i = 0; i < query->party_count; i++)
        if (query->parties[i].len && code.len >= query->parties[i].len && dl_str_eq(dl_str_slice(code, 0, query->parties[i].len), query->parties[i])) return true;
    return query->party_count == 0;
}

static bool concerns(const dl_ceasefire_query *query, const dl_claim *claim)
{
    if (!query->party_count) return true;
    for (size_t i = 0; i < claim->row.actor_count; i++)
        if (is_asked(query, claim->row.actors[i].code)) return true;
    for (size_t i = 0; i < claim->row.recipient_count; i++)
        if (is_asked(query, claim->row.recipients[i].code)) return true;
    return false;
}

static dl_str voice(const dl_claim *claim)
{
    return claim->side.ptr ? claim->side : claim->source;
}

/* ---- claims ---- */

/* A denial tells of the day that it denies, which the denied event has, not of the day it was made. */
static bool tells_of_the_day(const dl_claim *claim)
{
    if (claim->row.background || claim->row.type == DL_REJECT) return false;
    return claim->row.realis == DL_ACTUAL || claim->row.realis == DL_ONGOING || claim->row.realis == DL_DENIED || claim->row.realis == DL_NEGATED;
}

static day_builder *day_of(const watcher *w, const dl_claim *claim)
{
    if (!dl_date_is_valid(claim->row.date)) return NULL;
    int32_t at = dl_date_to_days(claim->row.date) - w->first;
    return at < 0 || at >= 2 * w->query->days ? NULL : &w->days[at];
}

static void note_accusation(watcher *w, day_builder *day, uint32_t index)
{
    const dl_claim *claim = &w->claims[index];
    bool noted = false;
    if (claim->row.type != DL_ACCUSE || !is_told_as_fact(claim) || !concerns(w->query, claim)) return;
    for (size_t i = 0; i < claim->row.recipient_count; i++) {
        party_builder *party = is_party(claim->row.recipients[i].code) ? party_of(w, &day->parties, claim->row.recipients[i].code) : NULL;
        if (!party) continue;
        party->accusations++;
        for (size_t k = 0; k < claim->row.actor_count; k++)
            add_name(w, &party->accused_by, claim->row.actors[k].code.len >= 3 ? dl_str_slice(claim->row.actors[k].code, 0, claim->row.actors[k].code.len < SIDE ? claim->row.actors[k].code.len : SIDE)
                                                                               : claim->row.actors[k].name);
        noted = true;
    }
    if (!noted) return;
    day->day.accusations++;
    add_index(w, &day->accusing, index);
}

static void note_claim(watcher *w, uint32_t index)
{
    day_builder *day = day_of(w, &w->claims[index]);
    if (!day || !tells_of_the_day(&w->claims[index])) return;
    add_index(w, &day->telling, index);
    note_accusation(w, day, index);
}

/* ---- happenings ---- */

/* Who is said to have done it, each party once a happening. */
static void note_doers(watcher *w, day_builder *day, const dl_happening *happening)
{
    party_vec doers = {0};
    for (uint32_t i = happening->first; i < happening->first + happening->count; i++) {
        const dl_claim *claim = &w->claims[i];
        if (!is_told_as_fact(claim)) continue;
        for (size_t k = 0; k < claim->row.actor_count; k++) {
            party_builder *party = is_party(claim->row.actors[k].code) ? party_of(w, &doers, claim->row.actors[k].code) : NULL;
            if (party) add_name(w, &party->said_by, voice(claim));
        }
    }
    for (size_t i = 0; i < doers.count; i++) {
        party_builder *party = party_of(w, &day->parties, doers.items[i].party);
        if (!party) return;
        party->incidents++;
        for (size_t k = 0; k < doers.items[i].said_by.count; k++) add_name(w, &party->said_by, doers.items[i].said_by.items[k]);
        for (uint32_t k = happening->first; k < happening->first + happening->count; k++)
            for (size_t n = 0; n < w->claims[k].row.actor_count; n++) {
                dl_str code = w->claims[k].row.actors[n].code;
                if (w->claims[k].row.realis == DL_DENIED && code.len >= SIDE && dl_str_eq(dl_str_slice(code, 0, SIDE), party->party))
                    add_name(w, &party->denied_by, voice(&w->claims[k]));
            }
    }
}

static void note_happening(watcher *w, const dl_happening *happening, uint32_t index)
{
    day_builder *day = day_of(w, &w->claims[happening->first]);
    bool asked = false;
    for (uint32_t i = happening->first; i < happening->first + happening->count; i++) asked = asked || concerns(w->query, &w->claims[i]);
    if (!day || happening->type != DL_ASSAULT || !happening->actual || !asked) return;
    day->day.incidents++;
    add_index(w, &day->happenings, index);
    for (size_t harm = 0; harm < DL_HARMS; harm++) estimate_add(&day->day.harms[harm], &happening->harms[harm]);
    note_doers(w, day, happening);
}

/* ---- days and areas ---- */

static uint32_t count_pages(const watcher *w, const index_vec *telling)
{
    uint32_t pages = 0;
    for (size_t i = 0; i < telling->count; i++) {
        bool known = false;
        for (size_t k = i; k-- > 0 && i - k < 256;) known = known || w->claims[telling->items[k]].row.number == w->claims[telling->items[i]].row.number;
        pages += !known;
    }
    return pages;
}

static void close_day(watcher *w, day_builder *builder)
{
    dl_area_day *day = &builder->day;
    dl_party_day *parties = DL_NEW_ARRAY(w->arena, dl_party_day, builder->parties.count ? builder->parties.count : 1);
    w->failed = w->failed || !parties;
    for (size_t i = 0; parties && i < builder->parties.count; i++) {
        const party_builder *p = &builder->parties.items[i];
        parties[i] = (dl_party_day){p->party, p->incidents, p->accusations, p->said_by.items, p->accused_by.items, p->denied_by.items,
                                    p->said_by.count, p->accused_by.count, p->denied_by.count};
    }
    day->parties = parties, day->party_count = builder->parties.count;
    day->happenings = builder->happenings.items, day->happening_count = builder->happenings.count;
    day->accusing = builder->accusing.items, day->accusing_count = builder->accusing.count;
    day->telling = builder->telling.items, day->telling_count = builder->telling.count;
    day->pages = count_pages(w, &builder->telling);
    day->state = day->incidents ? DL_DAY_INCIDENTS : day->telling_count ? DL_DAY_NO_INCIDENT : DL_DAY_NO_REPORT;
    day->reported = day->state != DL_DAY_NO_REPORT;
}

static void add_to_total(dl_area_day *total, const dl_area_day *day)
{
    total->incidents += day->incidents, total->accusations += day->accusations, total->pages += day->pages, total->reported += day->reported;
    if (day->state > total->state) total->state = day->state;
    for (size_t harm = 0; harm < DL_HARMS; harm++) estimate_add(&total->harms[harm], &day->harms[harm]);
}

static dl_status watch(watcher *w, dl_area_days *out, dl_error *err)
{
    size_t claim_count, happening_count, day_count = 2 * (size_t)w->query->days;
    const dl_happening *happenings = dl_view_happenings(out->view, &happening_count);
    w->claims = dl_view_claims(out->view, &claim_count);
    w->days = DL_NEW_ARRAY(w->arena, day_builder, day_count);
    dl_area_day *days = DL_NEW_ARRAY(w->arena, dl_area_day, day_count);
    if (!w->days || !days) return dl_fail_memory(err);
    for (uint32_t i = 0; i < claim_count; i++) note_claim(w, i);
    for (uint32_t i = 0; i < happening_count; i++) note_happening(w, &happenings[i], i);
    for (size_t i = 0; i < day_count; i++) {
        day_builder *builder = &w->days[i];
        builder->day.date = dl_date_from_days(w->first + (int32_t)i);
        builder->day.after = i >= day_count / 2;
        close_day(w, builder);
        days[i] = builder->day;
        add_to_total(days[i].after ? &out->after : &out->before, &days[i]);
    }
    out->after.after = true;
    out->days = days;
    out->day_count = day_count;
    return w->failed ? dl_fail_memory(err) : DL_OK;
}

static dl_status open_area(dl_ceasefire *ceasefire, const dl_monitor *monitor, dl_store *store, const dl_ceasefire_query *query, dl_str name, dl_error *err)
{
    dl_area_days *out = &ceasefire->areas[ceasefire->area_count++];
    watcher w = {.query = query, .arena = &ceasefire->arena, .first = dl_date_to_days(query->since) - query->days};
    dl_status status = area_find(&out->area, monitor, store, &ceasefire->arena, name, AREA_ANY, query->km > 0 ? query->km : DEFAULT_KM, err);
    if (status != DL_OK) return status;
    dl_query all = {.locations = out->area.locations, .location_count = out->area.location_count, .since = dl_date_from_days(w.first),
                    .until = dl_date_from_days(w.first + 2 * query->days - 1)};
    status = dl_view_open(&out->view, store, &all, err);
    return status == DL_OK ? watch(&w, out, err) : status;
}

dl_status dl_ceasefire_open(dl_ceasefire **out, const dl_monitor *monitor, dl_store *store, const dl_ceasefire_query *query, dl_error *err)
{
    *out = NULL;
    if (!dl_date_is_valid(query->since) || query->days < 1 || query->days > MOST_DAYS || !query->area_count)
        return dl_fail(err, DL_USAGE, NULL, 0, "a ceasefire needs its first day, 1 to %d days, and an area", MOST_DAYS);
    dl_ceasefire *ceasefire = calloc(1, sizeof *ceasefire);
    if (!ceasefire) return dl_fail_memory(err);
    dl_arena_init(&ceasefire->arena, 0);
    ceasefire->areas = DL_NEW_ARRAY(&ceasefire->arena, dl_area_days, query->area_count);
    dl_status status = ceasefire->areas ? DL_OK : dl_fail_memory(err);
    for (size_t i = 0; i < query->area_count && status == DL_OK; i++) status = open_area(ceasefire, monitor, store, query, query->areas[i], err);
    if (status != DL_OK) {
        dl_ceasefire_free(ceasefire);
        return status;
    }
    *out = ceasefire;
    return DL_OK;
}

void dl_ceasefire_free(dl_ceasefire *ceasefire)
{
    if (!ceasefire) return;
    for (size_t i = 0; i < ceasefire->area_count; i++) dl_view_free(ceasefire->areas[i].view);
    dl_arena_free(&ceasefire->arena);
    free(ceasefire);
}

const dl_area_days *dl_ceasefire_areas(const dl_ceasefire *ceasefire, size_t *count)
{
    *count = ceasefire->area_count;
    return ceasefire->areas;
}

const char *dl_day_state_name(dl_day_state state)
{
    static const char *const names[] = {"no report", "no incident", "incidents"};
    return names[state];
}
