/* views.c - the monitor's views as resources: tolls, sides, talks, ceasefires; the same functions that the commands call.
 *
 * A view of a large store would hold too much at once: where many events may answer, it is opened a few days at a time (with a day to spare on either side,
 * for what a night divides), and the answer ends when it has enough. */
#include <stdio.h>

#include "base/date.h"
#include "serve/room.h"
#include "store/database.h"

enum { FEW = 50, MOST = 500, WEEK = 7, WINDOW = 3, MOST_NAMES = 64, WHOLE_EVENTS = 16000, WHOLE_CHOSEN = 6000, ENOUGH_CLAIMS = 4500 };

/* ---- walking ---- */

typedef struct walk walk;
typedef dl_status walk_rows(walk *w, dl_view *view);

struct walk {
    serve_call *call;
    dl_query query;
    walk_rows *rows;
    list_format format;
    bool all, whole;
    dl_date first, last;  /* of the window at hand; last.year 0: whatever has no day */
    size_t skip, limit, given, claims;
    size_t at;            /* rows of this window so far */
    bool full;            /* the row at `at` did not go in */
};

static bool is_before(dl_date a, dl_date b)
{
    return a.year * 512 + a.month * 32 + a.day < b.year * 512 + b.month * 32 + b.day;
}

/* Whether a row of this day is told in this window; and, if so, whether it goes in. */
static bool takes(walk *w, dl_date date)
{
    /* what began before the first day asked for and reaches into it goes with that day */
    bool opening = w->query.since.year && !is_before(w->query.since, w->first);
    bool mine = w->whole || (w->last.year ? (opening ? date.year != 0 : !is_before(date, w->first)) && !is_before(w->last, date) : !date.year);
    if (!mine || w->full) return false;
    size_t at = w->at++;
    if (at < w->skip) return false;
    if (w->given < w->limit) return true;
    w->at = at;
    w->full = true;
    return false;
}

static dl_status open_window(walk *w)
{
    dl_view *view;
    size_t claims = 0;
    dl_query query = w->query;
    if (!w->whole && w->last.year) {
        dl_date eve = dl_date_from_days(dl_date_to_days(w->first) - 1);
        if (eve.day == 1) eve.day = 0; /* what is known to the month comes before its first day */
        query.since = eve, query.until = dl_date_from_days(dl_date_to_days(w->last) + 1);
        if (w->query.since.year && is_before(query.since, w->query.since)) query.since = w->query.since;
        if (w->query.until.year && is_before(w->query.until, query.until)) query.until = w->query.until;
    }
    query.undated = !w->whole && !w->last.year;
    dl_status status = dl_view_open(&view, w->call->store, &query, w->call->err);
    if (status != DL_OK) return status;
    (void)dl_view_claims(view, &claims);
    w->claims += claims;
    w->at = 0;
    status = w->rows(w, view);
    dl_view_free(view);
    return status;
}

/* A day of the store's events: the first, or the last. */
static dl_status edge_day(serve_call *call, const char *sql, dl_date *out)
{
    sqlite3_stmt *statement;
    bool row;
    *out = (dl_date){0};
    dl_status status = store_prepare(call->store, &statement, sql, call->err);
    if (status == DL_OK) status = store_step(call->store, statement, &row, call->err);
    if (status == DL_OK && row && !dl_date_parse_iso(store_column(statement, 0), out)) *out = (dl_date){0};
    sqlite3_finalize(statement);
    return status;
}

static bool count_row(void *context, const dl_row *row)
{
    (void)row;
    return ++*(size_t *)context <= WHOLE_CHOSEN;
}

/* Of many events those of one place or source may be few. */
static dl_status are_few_chosen(walk *w, bool *few)
{
    dl_query q = w->query;
    size_t count = 0;
    if (!q.place.len && !q.near && !q.actor.len && !q.source.len && !q.text.len) return DL_OK;
    q.rows = DL_ROWS_EVENTS;
    dl_status status = dl_store_find(w->call->store, &q, count_row, &count, w->call->err);
    *few = count <= WHOLE_CHOSEN;
    return status;
}

/* Whether so few events are asked for that one view holds them. */
static dl_status is_small(walk *w, bool *small)
{
    sqlite3_stmt *statement;
    int64_t count = 0;
    dl_status status = store_prepare(w->call->store, &statement,
                                     "SELECT count(*) FROM (SELECT 1 FROM events WHERE (?1 IS NULL OR date >= ?1) AND (?2 IS NULL OR date <= ?2) LIMIT ?3)",
                                     w->call->err);
    if (status != DL_OK) return status;
    if (w->query.since.year) store_bind_date(statement, 1, w->query.since);
    if (w->query.until.year) store_bind_date(statement, 2, w->query.until);
    sqlite3_bind_int(statement, 3, WHOLE_EVENTS + 1);
    status = store_number(w->call->store, statement, 0, &count, w->call->err);
    sqlite3_finalize(statement);
    *small = count <= WHOLE_EVENTS;
    return status == DL_OK && !*small ? are_few_chosen(w, small) : status;
}

/* "n12": of the whole; "d2025-06-02n3": of the window that begins then; "un3": of what has no day. */
static dl_status read_place(walk *w, dl_date *from)
{
    int64_t number = 0;
    dl_str cursor = request_param(w->call->request, "cursor");
    size_t mark = cursor.ptr ? dl_str_find(cursor, DL_STR("n"), 0) : 0;
    *from = (dl_date){0};
    if (!cursor.ptr) return DL_OK;
    bool known = mark != SIZE_MAX && dl_str_number(dl_str_slice(cursor, mark + 1, cursor.len), &number) && number < INT32_MAX;
    bool dated = known && mark == 11 && cursor.ptr[0] == 'd' && dl_date_parse_iso(dl_str_slice(cursor, 1, 11), from);
    if (!known || (mark && !dated && !(mark == 1 && cursor.ptr[0] == 'u'))) return dl_fail(w->call->err, DL_USAGE, NULL, 0, "'cursor' takes the 'next' of an answer before");
    if (mark == 1) from->year = -1;
    w->skip = (size_t)number;
    return DL_OK;
}

/* The windows from `from` on; those without a day at the end, where no days are asked for. */
static dl_status walk_windows(walk *w, dl_date from)
{
    dl_date end;
    dl_status status = DL_OK;
    bool dated = from.year >= 0;
    if (from.year <= 0) from = w->query.since;
    if (!from.year && dated) status = edge_day(w->call, "SELECT date FROM events WHERE length(date) = 10 ORDER BY date LIMIT 1", &from);
    if (status == DL_OK) status = edge_day(w->call, "SELECT date FROM events WHERE length(date) = 10 ORDER BY date DESC LIMIT 1", &end);
    if (w->query.until.year && is_before(w->query.until, end)) end = w->query.until;
    for (w->first = from; dated && status == DL_OK && !w->full && w->first.year && !is_before(end, w->first) && w->claims < ENOUGH_CLAIMS && send_some(w->call);) {
        w->last = dl_date_from_days(dl_date_to_days(w->first) + WINDOW - 1);
        status = open_window(w);
        if (w->full) return status;
        w->skip = 0, w->at = 0;
        w->first = dl_date_from_days(dl_date_to_days(w->last) + 1);
        if (is_download(w->call)) w->claims = 0;
    }
    if (dated && w->first.year && !is_before(end, w->first)) return status; /* enough for once */
    w->first = w->last = (dl_date){0};
    if (w->query.since.year || w->query.until.year || status != DL_OK) return status;
    return open_window(w);
}

static void close_walk(walk *w, bool ended)
{
    char cursor[32], day[16];
    dl_json_out *out = w->call->out;
    dl_json_close(out, ']');
    if (w->whole && ended && !w->skip) dl_json_key(out, "total"), dl_json_int(out, (int64_t)w->given);
    if (w->whole) snprintf(cursor, sizeof cursor, "n%zu", w->at);
    else if (w->first.year) snprintf(cursor, sizeof cursor, "d%sn%zu", dl_date_format(w->first, day), w->at);
    else snprintf(cursor, sizeof cursor, "un%zu", w->at);
    if (!ended) view_json_text(out, "next", dl_str_of(cursor));
    dl_json_close(out, '}');
}

static dl_status run_walk(walk *w)
{
    dl_date from;
    int64_t limit;
    dl_status status = ask_number(w->call, "limit", 1, is_download(w->call) ? INT32_MAX : MOST, is_download(w->call) ? INT32_MAX : FEW, &limit);
    if (status == DL_OK) status = read_place(w, &from);
    if (status == DL_OK) status = no_strangers(w->call);
    if (status == DL_OK) status = is_small(w, &w->whole);
    if (status != DL_OK || is_dry(w->call)) return status;
    w->limit = (size_t)limit;
    if (!w->format) dl_json_open(w->call->out, '{'), dl_json_key(w->call->out, "items"), dl_json_open(w->call->out, '[');
    status = w->whole ? open_window(w) : walk_windows(w, from);
    if (!w->format && status == DL_OK) close_walk(w, !w->full && (w->whole || !w->first.year));
    return status;
}

/* What only the atlas can choose by is no question for a view. */
static dl_status refuse_rest(serve_call *call, const atlas_filter *f)
{
    bool several = f->types & (f->types - 1);
    if (!f->box && !f->side.ptr && !f->site.ptr && !f->country.ptr && f->confidence <= 0 && !f->sources && !f->contested && !f->located && !f->actual && !several)
        return DL_OK;
    return dl_fail(call->err, DL_USAGE, NULL, 0, "a view is asked for by days, place, near, one type, realis, actor, source and words only; happenings by all filters");
}

static dl_status begin_walk(serve_call *call, walk *w, const char *name)
{
    question q;
    dl_status status = ask_question(call, &q);
    if (status == DL_OK) status = refuse_rest(call, &q.filter);
    if (status == DL_OK) status = ask_flag(call, "all", &w->all);
    if (status == DL_OK) status = ask_format(call, 1u << LIST_NDJSON | 1u << LIST_CSV, name, &w->format);
    w->call = call;
    w->query = q.query;
    return status;
}

/* ---- tolls ---- */

static bool counts(const dl_estimate *harms)
{
    return harms[0].known || harms[1].known;
}

static dl_status toll_rows(walk *w, dl_view *view)
{
    const dl_toll *tolls;
    size_t count, ignored;
    dl_json_out *out = w->call->out;
    const dl_happening *happenings = dl_view_happenings(view, &ignored);
    const dl_claim *claims = dl_view_claims(view, &ignored);
    dl_status status = dl_view_tolls(view, &tolls, &count, w->call->err);
    for (size_t i = 0; i < count && status == DL_OK && !w->full && send_some(w->call); i++) {
        if ((!w->all && !counts(tolls[i].harms)) || !takes(w, tolls[i].date)) continue;
        if (w->format == LIST_CSV) status = csv_toll(out, view, &tolls[i], happenings, claims, !w->given, w->call->err);
        else status = json_toll(out, view, &tolls[i], happenings, claims, w->call->err);
        if (w->format == LIST_NDJSON) dl_json_newline(out);
        w->given++;
    }
    return status;
}

dl_status get_tolls(serve_call *call)
{
    walk w = {.rows = toll_rows};
    dl_status status = begin_walk(call, &w, "tolls");
    w.query.counted = true;
    return status == DL_OK ? run_walk(&w) : status;
}

/* ---- sides ---- */

static bool has_two_sources(const dl_happening *happening, const dl_claim *claims)
{
    for (uint32_t i = 1; i < happening->count; i++)
        if (!dl_str_eq(claims[happening->first].source_key, claims[happening->first + i].source_key)) return true;
    return false;
}

static dl_status side_rows(walk *w, dl_view *view)
{
    size_t count, ignored;
    dl_json_out *out = w->call->out;
    const dl_happening *happenings = dl_view_happenings(view, &count);
    const dl_claim *claims = dl_view_claims(view, &ignored);
    dl_status status = DL_OK;
    for (size_t i = 0; i < count && status == DL_OK && !w->full && send_some(w->call); i++) {
        if ((!w->all && !has_two_sources(&happenings[i], claims)) || !takes(w, happenings[i].date)) continue;
        const dl_toll one = {.date = happenings[i].date, .date_to = happenings[i].date_to, .place = happenings[i].place, .country = happenings[i].country,
                             .admin1 = happenings[i].admin1, .first = (uint32_t)i, .count = 1,
                             .harms = {happenings[i].harms[0], happenings[i].harms[1], happenings[i].harms[2], happenings[i].harms[3]}};
        if (w->format == LIST_CSV) status = csv_toll(out, view, &one, happenings, claims, !w->given, w->call->err);
        else status = json_happening(out, view, &happenings[i], claims, w->call->err);
        if (w->format == LIST_NDJSON) dl_json_newline(out);
        w->given++;
    }
    return status;
}

dl_status get_sides(serve_call *call)
{
    walk w = {.rows = side_rows};
    dl_status status = begin_walk(call, &w, "sides");
    if (!w.query.type) w.query.type = DL_ASSAULT; /* as the command has it */
    return status == DL_OK ? run_walk(&w) : status;
}

/* ---- a digest ---- */

/* A page to be kept or sent on: a download, for its styles stand in it and the server's policy takes none such. */
dl_status get_digest(serve_call *call)
{
    question q;
    dl_date day, week;
    size_t claims = 0;
    char name[16];
    dl_str format = request_param(call->request, "format");
    bool html = !format.ptr || dl_str_is(format, "html");
    dl_status status = ask_day(call, "day", &day);
    if (status == DL_OK) status = ask_day(call, "week", &week);
    if (status == DL_OK) status = ask_question(call, &q);
    if (status == DL_OK) status = refuse_rest(call, &q.filter);
    if (status == DL_OK) status = no_strangers(call);
    if (status != DL_OK) return status;
    if ((day.year != 0) == (week.year != 0) || q.query.since.year || q.query.until.year || (!html && !dl_str_is(format, "markdown")))
        return dl_fail(call->err, DL_USAGE, NULL, 0, "one of 'day' and 'week' (its last day) is needed, and 'format' is html or markdown");
    dl_date last = week.year ? week : day, first = week.year ? dl_date_from_days(dl_date_to_days(week) - WEEK + 1) : day;
    status = write_digest(call->out, call->store, &q.query, first, last, html, &claims, call->err);
    call->answer->type = html ? "text/html; charset=utf-8" : "text/markdown; charset=utf-8";
    snprintf(call->answer->filename, sizeof call->answer->filename, "digest-%s.%s", dl_date_format(last, name), html ? "html" : "md");
    return status;
}

/* ---- ceasefires ---- */

/* The parts of a list with commas, without spaces around them. */
static size_t split(dl_str list, dl_str names[MOST_NAMES])
{
    dl_str name;
    size_t count = 0;
    while (list.len && count < MOST_NAMES && dl_str_next(&list, ',', &name)) {
        name = dl_str_trim(name);
        if (name.len) names[count++] = name;
    }
    return count;
}

static void put_area(serve_call *call, const dl_area_days *area)
{
    size_t ignored;
    dl_json_out *out = call->out;
    const dl_happening *happenings = dl_view_happenings(area->view, &ignored);
    const dl_claim *claims = dl_view_claims(area->view, &ignored);
    dl_json_open(out, '{');
    view_json_text(out, "area", area->area.asked), view_json_text(out, "name", area->area.name);
    view_json_text(out, "country", area->area.country), view_json_text(out, "admin1", area->area.admin1);
    dl_json_key(out, "lat"), dl_json_real(out, area->area.lat, 5);
    dl_json_key(out, "lon"), dl_json_real(out, area->area.lon, 5);
    dl_json_key(out, "days"), dl_json_open(out, '[');
    for (size_t i = 0; i < area->day_count; i++) json_area_day(out, area, &area->days[i], happenings, claims);
    dl_json_close(out, ']');
    dl_json_key(out, "before"), json_area_total(out, area, &area->before);
    dl_json_key(out, "after"), json_area_total(out, area, &area->after);
    dl_json_close(out, '}');
}

static void tell_areas(serve_call *call, const dl_area_days *areas, size_t count, list_format format)
{
    size_t ignored;
    for (size_t i = 0; i < count && send_some(call); i++) {
        const dl_happening *happenings = dl_view_happenings(areas[i].view, &ignored);
        const dl_claim *claims = dl_view_claims(areas[i].view, &ignored);
        if (!format) put_area(call, &areas[i]);
        else if (format == LIST_CSV) csv_area(call->out, &areas[i], happenings, claims, i == 0);
        for (size_t k = 0; format == LIST_NDJSON && k < areas[i].day_count; k++)
            json_area_day(call->out, &areas[i], &areas[i].days[k], happenings, claims), dl_json_newline(call->out);
        if (format != LIST_NDJSON) continue;
        json_area_total(call->out, &areas[i], &areas[i].before), dl_json_newline(call->out);
        json_area_total(call->out, &areas[i], &areas[i].after), dl_json_newline(call->out);
    }
}

dl_status get_ceasefire(serve_call *call)
{
    dl_str areas[MOST_NAMES], parties[MOST_NAMES];
    dl_ceasefire *ceasefire;
    dl_ceasefire_query query = {.areas = areas, .parties = parties};
    list_format format;
    int64_t days;
    size_t count;
    dl_status status = ask_day(call, "since", &query.since);
    if (status == DL_OK) status = ask_number(call, "days", 1, 366, 7, &days);
    if (status == DL_OK) status = ask_real(call, "km", 0.001, 20100, 0, &query.km);
    if (status == DL_OK) status = ask_format(call, 1u << LIST_NDJSON | 1u << LIST_CSV, "ceasefire", &format);
    query.area_count = split(request_param(call->request, "area"), areas);
    query.party_count = split(request_param(call->request, "parties"), parties);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK && (!query.since.year || !query.area_count)) status = dl_fail(call->err, DL_USAGE, NULL, 0, "'since' (the first day after) and 'area' are needed");
    if (status == DL_OK) status = need_places(call);
    if (status != DL_OK) return status;
    query.days = (int32_t)days;
    status = dl_ceasefire_open(&ceasefire, call->server->monitor, call->store, &query, call->err);
    if (status != DL_OK || is_dry(call)) {
        if (status == DL_OK) dl_ceasefire_free(ceasefire);
        return status;
    }
    const dl_area_days *list = dl_ceasefire_areas(ceasefire, &count);
    if (!format) dl_json_open(call->out, '{'), view_json_day(call->out, "since", query.since), dl_json_key(call->out, "areas"), dl_json_open(call->out, '[');
    tell_areas(call, list, count, format);
    if (!format) dl_json_close(call->out, ']'), dl_json_close(call->out, '}');
    dl_ceasefire_free(ceasefire);
    return DL_OK;
}
