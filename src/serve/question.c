/* question.c - the parameters of a request as a question to the atlas and to the store. */
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "serve/room.h"
#include "store/find.h"

enum { MOST_WORD_EVENTS = 200000, MOST_OFFSET = 100000000 };

static dl_status wrong(serve_call *call, const char *name, const char *wants)
{
    return dl_fail(call->err, DL_USAGE, NULL, 0, "'%s' takes %s", name, wants);
}

/* ---- single values ---- */

dl_status ask_day(serve_call *call, const char *name, dl_date *out)
{
    dl_str text = request_param(call->request, name);
    *out = (dl_date){0};
    if (!text.ptr) return DL_OK;
    return text.len == 10 && dl_date_parse_iso(text, out) ? DL_OK : wrong(call, name, "a day as YYYY-MM-DD");
}

dl_status ask_number(serve_call *call, const char *name, int64_t least, int64_t most, int64_t otherwise, int64_t *out)
{
    dl_str text = request_param(call->request, name);
    char wants[80];
    *out = otherwise;
    if (!text.ptr) return DL_OK;
    snprintf(wants, sizeof wants, "a number from %lld to %lld", (long long)least, (long long)most);
    return dl_str_number(text, out) && *out >= least && *out <= most ? DL_OK : wrong(call, name, wants);
}

/* Digits with a point; nothing that only strtod would take ("nan", "0x1p3"), and no locale. */
static bool parse_real(dl_str text, double *out)
{
    char digits[32];
    bool any = false;
    if (!text.len || text.len >= sizeof digits) return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        any = any || dl_ascii_digit((unsigned char)c);
        if (!dl_ascii_digit((unsigned char)c) && c != '.' && !((c == '-' || c == '+') && i == 0)) return false;
        digits[i] = c;
    }
    digits[text.len] = '\0';
    char *end;
    *out = strtod(digits, &end);
    return any && !*end;
}

dl_status ask_real(serve_call *call, const char *name, double least, double most, double otherwise, double *out)
{
    dl_str text = request_param(call->request, name);
    char wants[80];
    *out = otherwise;
    if (!text.ptr) return DL_OK;
    snprintf(wants, sizeof wants, "a number from %g to %g", least, most);
    return parse_real(text, out) && *out >= least && *out <= most ? DL_OK : wrong(call, name, wants);
}

dl_status ask_flag(serve_call *call, const char *name, bool *out)
{
    dl_str text = request_param(call->request, name);
    *out = dl_str_is(text, "1") || dl_str_is(text, "true");
    if (!text.ptr || *out || dl_str_is(text, "0") || dl_str_is(text, "false")) return DL_OK;
    return wrong(call, name, "1 or 0");
}

dl_status ask_window(serve_call *call, size_t otherwise, size_t most, page_window *out)
{
    int64_t limit, from = 0;
    if (is_download(call)) otherwise = most = INT32_MAX; /* all, unless told otherwise */
    dl_status status = ask_number(call, "limit", 1, (int64_t)most, (int64_t)otherwise, &limit);
    dl_str cursor = request_param(call->request, "cursor");
    if (status == DL_OK && cursor.ptr && (cursor.ptr[0] != 'n' || !dl_str_number(dl_str_slice(cursor, 1, cursor.len), &from) || from > MOST_OFFSET))
        status = wrong(call, "cursor", "the 'next' of an answer before");
    *out = (page_window){(size_t)from, (size_t)limit};
    return status;
}

dl_status ask_format(serve_call *call, unsigned accepted, const char *name, list_format *out)
{
    static const char *const words[] = {"json", "ndjson", "csv", "geojson"};
    static const char *const types[] = {"application/json", "application/x-ndjson", "text/csv; charset=utf-8; header=present", "application/geo+json"};
    dl_str text = request_param(call->request, "format");
    *out = LIST_JSON;
    accepted |= 1u << LIST_JSON;
    for (int i = 0; text.ptr && i < 4; i++) {
        if (!dl_str_is(text, words[i])) continue;
        if (!(accepted & 1u << i)) return dl_fail(call->err, DL_USAGE, NULL, 0, "this is not told as %s", words[i]);
        *out = (list_format)i;
        if (i) snprintf(call->answer->filename, sizeof call->answer->filename, "%s.%s", name, words[i]);
        call->answer->type = types[i];
        return DL_OK;
    }
    return text.ptr ? wrong(call, "format", "json, ndjson, csv or geojson") : DL_OK;
}

dl_status no_strangers(serve_call *call)
{
    dl_str name = request_stranger(call->request);
    if (!name.ptr) return DL_OK;
    return dl_fail(call->err, DL_USAGE, NULL, 0, "no parameter is called '%.*s' here", (int)(name.len < 60 ? name.len : 60), name.ptr);
}

dl_status need_places(serve_call *call)
{
    return call->server->monitor ? DL_OK : dl_fail(call->err, DL_IO, NULL, 0, "there is no gazetteer: %s", call->server->no_monitor.message);
}

/* ---- names of things ---- */

dl_status document_number(serve_call *call, dl_str name, int64_t *number)
{
    sqlite3_stmt *statement;
    *number = 0;
    dl_status status = store_sql(call->store, SQL_FIND_DOCUMENT, &statement, call->err);
    if (status != DL_OK) return status;
    store_bind_text(statement, 1, name);
    status = store_number(call->store, statement, 0, number, call->err);
    sqlite3_clear_bindings(statement);
    return status;
}

dl_status ask_item(serve_call *call, dl_str text, int64_t *ref)
{
    size_t colon = text.len;
    int64_t number = 0, document;
    *ref = 0;
    while (colon > 0 && text.ptr[colon - 1] != ':') colon--;
    if (colon < 2 || text.len - colon < 2 || text.ptr[colon] != 'V') return DL_OK;
    if (!dl_str_number(dl_str_slice(text, colon + 1, text.len), &number) || number < 1 || number > 0xFFFFFF) return DL_OK;
    dl_status status = document_number(call, dl_str_slice(text, 0, colon - 1), &document);
    if (status == DL_OK && document) *ref = document << 24 | number;
    return status;
}

/* ---- sets ---- */

static dl_status read_types(serve_call *call, question *out)
{
    dl_str rest = request_param(call->request, "type"), name;
    while (rest.len && dl_str_next(&rest, ',', &name)) {
        unsigned before = out->filter.types;
        for (int i = 1; i < DL_EVENT_TYPE_COUNT; i++)
            if (dl_str_eq_nocase(name, dl_str_of(dl_event_type_name((dl_event_type)i)))) out->filter.types |= 1u << i, out->query.type = (dl_event_type)i;
        if (out->filter.types == before) return wrong(call, "type", "types of events (ASSAULT, PROTEST, ...), parted by commas");
    }
    if (out->filter.types & (out->filter.types - 1)) out->query.type = DL_EVENT_NONE; /* several: the store is asked for all */
    return DL_OK;
}

static dl_status read_realis(serve_call *call, question *out)
{
    dl_str rest = request_param(call->request, "realis"), name;
    while (rest.len && dl_str_next(&rest, ',', &name)) {
        unsigned before = out->filter.realis;
        for (int i = DL_ACTUAL; i <= DL_DENIED; i++)
            if (dl_str_is(name, dl_realis_name((dl_realis)i))) out->filter.realis |= 1u << i;
        if (out->filter.realis == before) return wrong(call, "realis", "actual, ongoing, planned, possible, threatened, negated or denied");
    }
    out->query.realis = out->filter.realis;
    return DL_OK;
}

/* Four numbers, parted by commas. */
static bool split_numbers(dl_str text, double *numbers, size_t count)
{
    dl_str part;
    for (size_t i = 0; i < count; i++)
        if (!text.len || !dl_str_next(&text, ',', &part) || !parse_real(part, &numbers[i])) return false;
    return !text.len;
}

static dl_status read_box(serve_call *call, atlas_filter *f)
{
    double n[4];
    dl_str text = request_param(call->request, "bbox");
    if (!text.ptr) return DL_OK;
    if (!split_numbers(text, n, 4) || n[1] > n[3] || n[1] < -90 || n[3] > 90 || n[0] < -180 || n[0] > 180 || n[2] < -180 || n[2] > 180)
        return wrong(call, "bbox", "WEST,SOUTH,EAST,NORTH in degrees");
    f->box = true;
    f->west = n[0], f->south = n[1], f->east = n[2], f->north = n[3];
    return DL_OK;
}

static dl_status read_near(serve_call *call, dl_query *query)
{
    double n[2];
    dl_str text = request_param(call->request, "near");
    dl_status status = ask_real(call, "km", 0.001, 20100, 25, &query->km);
    if (status != DL_OK || !text.ptr) return status;
    if (!split_numbers(text, n, 2) || n[0] < -90 || n[0] > 90 || n[1] < -180 || n[1] > 180) return wrong(call, "near", "LATITUDE,LONGITUDE in degrees");
    query->near = true;
    query->lat = n[0], query->lon = n[1];
    return DL_OK;
}

/* ---- what only the store knows: places by name or distance, events by words ---- */

typedef DL_VEC(int64_t) number_list;

static int by_number(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* The numbers that the statement gives, sorted; finalizes it. Never NULL. */
static dl_status take_numbers(serve_call *call, sqlite3_stmt *statement, const int64_t **out, size_t *count)
{
    number_list list = {0};
    bool row = true;
    dl_status status = DL_OK;
    const int64_t *some = DL_VEC_PUSH(call->arena, &list); /* an empty list is no NULL */
    if (!some) status = dl_fail_memory(call->err);
    list.count = 0;
    while (status == DL_OK && (status = store_step(call->store, statement, &row, call->err)) == DL_OK && row) {
        int64_t *slot = DL_VEC_PUSH(call->arena, &list);
        if (slot) *slot = sqlite3_column_int64(statement, 0);
        else status = dl_fail_memory(call->err);
    }
    sqlite3_finalize(statement);
    if (list.count) qsort(list.items, list.count, sizeof *list.items, by_number);
    *out = list.items;
    *count = list.count;
    return status;
}

static bool is_country_code(dl_str place)
{
    return place.len == 2 && place.ptr[0] >= 'A' && place.ptr[0] <= 'Z' && place.ptr[1] >= 'A' && place.ptr[1] <= 'Z';
}

/* A country or a first-level unit holds all that lies in it; the same rule as `find --place` has. */
static const char named_sql[] =
    "SELECT id FROM locations WHERE (?1 IS NULL OR geonameid = ?1) AND (?2 IS NULL OR country = ?2) AND (?3 IS NULL OR"
    " instr(lower(' ' || replace(replace(name, '-', ' '), ',', ' ') || ' '), lower(?3)) > 0"
    " OR country IN (SELECT country FROM locations WHERE name = ?4 COLLATE NOCASE AND precision = 'country')"
    " OR (country, admin1) IN (SELECT country, admin1 FROM locations WHERE name = ?4 COLLATE NOCASE AND precision = 'admin1'))"
    " AND (?5 IS NULL OR km(lat, lon, ?5, ?6) <= ?7)";

static dl_status find_locations(serve_call *call, question *out)
{
    sqlite3_stmt *statement;
    int64_t number;
    dl_str place = out->query.place;
    if (!place.len && !out->query.near) return DL_OK;
    dl_status status = store_prepare(call->store, &statement, named_sql, call->err);
    if (status != DL_OK) return status;
    dl_str spaced = place.len ? store_spaced(call->arena, place) : (dl_str){0};
    if (place.len && dl_str_number(place, &number)) sqlite3_bind_int64(statement, 1, number);
    else if (is_country_code(place)) store_bind_text(statement, 2, place);
    else if (place.len) store_bind_text(statement, 3, spaced), store_bind_text(statement, 4, place);
    if (out->query.near) {
        sqlite3_bind_double(statement, 5, out->query.lat), sqlite3_bind_double(statement, 6, out->query.lon);
        sqlite3_bind_double(statement, 7, out->query.km);
    }
    return take_numbers(call, statement, &out->filter.locations, &out->filter.location_count);
}

static dl_status find_events(serve_call *call, question *out)
{
    sqlite3_stmt *statement;
    if (!out->query.text.len) return DL_OK;
    dl_status status = store_prepare(call->store, &statement,
                                     "SELECT v.document << 24 | v.item FROM search f CROSS JOIN events v ON v.document = f.rowid >> 24"
                                     " AND v.sentence = f.rowid & 16777215 WHERE search MATCH ?1 LIMIT ?2", call->err);
    if (status != DL_OK) return status;
    store_bind_text(statement, 1, store_search_words(call->arena, out->query.text));
    sqlite3_bind_int(statement, 2, MOST_WORD_EVENTS);
    return take_numbers(call, statement, &out->filter.events, &out->filter.event_count);
}

/* ---- the question ---- */

static dl_status read_rest(serve_call *call, question *out)
{
    int64_t sources;
    dl_status status = ask_real(call, "confidence", 0, 1, 0, &out->filter.confidence);
    if (status == DL_OK) status = ask_number(call, "sources", 1, 1000000, 0, &sources);
    if (status == DL_OK) status = ask_flag(call, "counted", &out->filter.counted);
    if (status == DL_OK) status = ask_flag(call, "actual", &out->filter.actual);
    if (status == DL_OK) status = ask_flag(call, "contested", &out->filter.contested);
    if (status == DL_OK) status = ask_flag(call, "located", &out->filter.located);
    if (status != DL_OK) return status;
    out->filter.sources = (uint32_t)sources;
    out->query.counted = out->filter.counted;
    out->query.text = request_param(call->request, "q");
    out->query.place = request_param(call->request, "place");
    out->query.actor = out->filter.actor = request_param(call->request, "actor");
    out->query.source = out->filter.source = request_param(call->request, "source");
    out->filter.side = request_param(call->request, "side");
    out->filter.site = request_param(call->request, "site");
    out->filter.country = request_param(call->request, "country");
    return DL_OK;
}

dl_status ask_question(serve_call *call, question *out)
{
    *out = (question){0};
    dl_status status = ask_day(call, "since", &out->filter.since);
    if (status == DL_OK) status = ask_day(call, "until", &out->filter.until);
    if (status == DL_OK) status = read_types(call, out);
    if (status == DL_OK) status = read_realis(call, out);
    if (status == DL_OK) status = read_box(call, &out->filter);
    if (status == DL_OK) status = read_near(call, &out->query);
    if (status == DL_OK) status = read_rest(call, out);
    out->query.since = out->filter.since, out->query.until = out->filter.until;
    if (status == DL_OK && call->atlas) status = find_locations(call, out); /* the store finds them by itself */
    if (status == DL_OK && call->atlas) status = find_events(call, out);
    if (!out->query.near) out->query.km = 0;
    return status;
}
