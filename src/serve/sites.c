/* sites.c - critical sites: those of the gazetteer that pages name, and the words that pages have for what was hit. */
#include "serve/tally.h"
#include "store/database.h"

enum { FEW = 50, MOST = 500, MOST_NAMED = 100 };

/* A site of the gazetteer that pages name. */
typedef struct named_site {
    int64_t location;
    dl_str name, country;
    double lat, lon;
    int64_t mentions;
    uint32_t happenings, claims;
    dl_date last;
} named_site;

typedef struct sites {
    uint32_t number;
    tally names;
    DL_VEC(named_site) named;
    bool failed;
} sites;

static bool is_before(dl_date a, dl_date b)
{
    return a.year * 512 + a.month * 32 + a.day < b.year * 512 + b.month * 32 + b.day;
}

static void count_named(sites *s, const atlas_match *match)
{
    for (size_t i = 0; i < s->named.count; i++) {
        named_site *site = &s->named.items[i];
        uint32_t claims = 0;
        for (uint32_t k = match->happening->first; k < match->happening->first + match->happening->count; k++)
            claims += match->bucket->claims[k].location == (uint32_t)site->location;
        site->happenings += claims > 0;
        site->claims += claims;
        if (claims && is_before(site->last, match->happening->date)) site->last = match->happening->date;
    }
}

static bool count_site(void *context, const atlas_match *match)
{
    sites *s = context;
    const atlas_happening *h = match->happening;
    s->number++;
    count_named(s, match);
    for (uint32_t i = h->first; i < h->first + h->count; i++) {
        uint32_t word = match->bucket->claims[i].site;
        if (!word) continue;
        tally_item *item = tally_count(&s->names, match->bucket->words[word], (dl_str){0}, s->number, h->date);
        if (!item) {
            s->failed = true;
            return false;
        }
        if (i == h->first && h->place != DL_NONE) tally_point(item, &match->bucket->places[h->place], match);
    }
    return true;
}

/* Places that are no towns and no units, as the gazetteer knows them. */
static dl_status find_named(serve_call *call, sites *s)
{
    sqlite3_stmt *row;
    bool more = true;
    dl_status status = store_prepare(call->store, &row,
                                     "SELECT l.id, l.name, l.country, l.lat, l.lon, count(*) AS n FROM locations l JOIN places p ON p.location = l.id"
                                     " WHERE l.precision = 'exact' AND l.lat IS NOT NULL GROUP BY l.id ORDER BY n DESC, l.name LIMIT ?1", call->err);
    if (status != DL_OK) return status;
    sqlite3_bind_int(row, 1, MOST_NAMED);
    while (status == DL_OK && (status = store_step(call->store, row, &more, call->err)) == DL_OK && more) {
        named_site *slot = DL_VEC_PUSH(call->arena, &s->named);
        dl_str country = store_column(row, 2);
        if (slot)
            *slot = (named_site){.location = sqlite3_column_int64(row, 0), .name = dl_arena_str(call->arena, store_column(row, 1)),
                                 .country = country.ptr ? dl_arena_str(call->arena, country) : country, .lat = sqlite3_column_double(row, 3),
                                 .lon = sqlite3_column_double(row, 4), .mentions = sqlite3_column_int64(row, 5)};
        if (!slot || !slot->name.ptr) status = dl_fail_memory(call->err);
    }
    sqlite3_finalize(row);
    return status;
}

static void put_named(serve_call *call, const named_site *site)
{
    dl_json_out *out = call->out;
    dl_json_open(out, '{');
    view_json_text(out, "name", site->name);
    dl_json_key(out, "named"), dl_json_bool(out, true);
    view_json_text(out, "country", site->country);
    view_json_text(out, "country_name", unit_name_of(&call->server->names, site->country, (dl_str){0}));
    dl_json_key(out, "lat"), dl_json_real(out, site->lat, 5);
    dl_json_key(out, "lon"), dl_json_real(out, site->lon, 5);
    dl_json_key(out, "mentions"), dl_json_int(out, site->mentions);
    dl_json_key(out, "happenings"), dl_json_int(out, site->happenings);
    dl_json_key(out, "claims"), dl_json_int(out, site->claims);
    view_json_day(out, "last", site->last);
    dl_json_close(out, '}');
}

static void put_word(serve_call *call, const tally_item *item)
{
    dl_json_out *out = call->out;
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

dl_status get_sites(serve_call *call)
{
    question q;
    sites s = {.names.arena = call->arena};
    page_window window;
    dl_status status = ask_question(call, &q);
    if (status == DL_OK) status = ask_window(call, FEW, MOST, &window);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK) status = find_named(call, &s);
    if (status == DL_OK) status = atlas_choose(call->atlas, &q.filter, call->arena, count_site, &s, call->err);
    if (status == DL_OK && s.failed) status = dl_fail_memory(call->err);
    if (status != DL_OK) return status;
    size_t count = tally_sort(&s.names, SIZE_MAX), given = 0;
    open_list(call);
    for (size_t i = 0; i < s.named.count && !window.from; i++) put_named(call, &s.named.items[i]); /* at the head of the first part */
    for (size_t i = window.from; i < count && given < window.limit; i++, given++) put_word(call, &s.names.items.items[i]);
    close_list(call, &window, given, count, window.from + given < count);
    return DL_OK;
}
