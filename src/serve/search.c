/* search.c - sentences and events by words, and names by their beginnings. */
#include "export/rows.h"
#include "serve/room.h"
#include "store/find.h"

enum { FEW = 50, MOST = 500, MOST_SUGGESTIONS = 20 };

/* ---- words ---- */

typedef struct searcher {
    serve_call *call;
    page_window window;
    list_format format;
    size_t seen, given;
    bool more;
} searcher;

static bool take_row(void *context, const dl_row *row)
{
    searcher *s = context;
    if (s->seen++ < s->window.from) return true;
    if (s->given == s->window.limit) {
        s->more = true;
        return false;
    }
    if (s->format == LIST_CSV) row_csv(s->call->out, row, !s->given);
    else row_json(s->call->out, row);
    if (s->format == LIST_NDJSON) dl_json_newline(s->call->out);
    s->given++;
    return send_some(s->call);
}

static dl_status ask_search(serve_call *call, question *q, searcher *s)
{
    dl_str what = request_param(call->request, "what");
    dl_status status = ask_question(call, q);
    if (status == DL_OK) status = ask_window(call, FEW, MOST, &s->window);
    if (status == DL_OK) status = ask_format(call, 1u << LIST_NDJSON | 1u << LIST_CSV, "search", &s->format);
    if (status == DL_OK) status = no_strangers(call);
    if (status != DL_OK) return status;
    q->query.rows = dl_str_is(what, "events") ? DL_ROWS_EVENTS : DL_ROWS_SENTENCES;
    if (what.ptr && !q->query.rows && !dl_str_is(what, "events") && !dl_str_is(what, "sentences"))
        return dl_fail(call->err, DL_USAGE, NULL, 0, "'what' takes sentences or events");
    if (what.ptr && q->query.rows == DL_ROWS_SENTENCES && !dl_str_is(what, "sentences"))
        return dl_fail(call->err, DL_USAGE, NULL, 0, "'what' takes sentences or events");
    if (!q->query.text.len && q->query.rows == DL_ROWS_SENTENCES) return dl_fail(call->err, DL_USAGE, NULL, 0, "'q' is needed: words of a sentence");
    q->query.limit = is_download(call) && s->window.limit == INT32_MAX ? 0 : s->window.from + s->window.limit + 1;
    return DL_OK;
}

dl_status get_search(serve_call *call)
{
    question q;
    searcher s = {.call = call};
    dl_status status = ask_search(call, &q, &s);
    if (status != DL_OK || is_dry(call)) return status;
    if (!s.format) open_list(call);
    status = dl_store_find(call->store, &q.query, take_row, &s, call->err);
    if (!s.format) close_list(call, &s.window, s.given, SIZE_MAX, s.more);
    return status;
}

/* ---- names ---- */

static const char places_sql[] =
    "SELECT l.name, l.country, count(*) AS n FROM locations l JOIN events e ON e.location = l.id WHERE l.name LIKE ?1 ESCAPE '\\'"
    " GROUP BY l.name, l.country ORDER BY n DESC, l.name LIMIT ?2";
static const char actors_sql[] =
    "SELECT a.name, nullif(a.code, ''), count(*) AS n FROM actor_words w JOIN actors a ON a.id = w.rowid JOIN participants p ON p.actor = a.id"
    " WHERE actor_words MATCH ?1 GROUP BY a.name, a.code ORDER BY n DESC, a.name LIMIT ?2";
static const char outlets_sql[] = "SELECT site, NULL, count(*) AS n FROM pages WHERE site LIKE ?1 ESCAPE '\\' GROUP BY site ORDER BY n DESC, site LIMIT ?2";

/* The text as the beginning of a LIKE pattern. */
static dl_str beginning(dl_arena *arena, dl_str text)
{
    char *out = dl_arena_alloc_raw(arena, text.len * 2 + 1);
    size_t len = 0;
    for (size_t i = 0; out && i < text.len; i++) {
        if (strchr("%_\\", text.ptr[i])) out[len++] = '\\';
        out[len++] = text.ptr[i];
    }
    if (out) out[len++] = '%';
    return (dl_str){out, len};
}

dl_status get_suggestions(serve_call *call)
{
    sqlite3_stmt *row;
    bool more = true;
    dl_json_out *out = call->out;
    dl_str q = request_param(call->request, "q"), what = request_param(call->request, "what");
    bool places = dl_str_is(what, "places"), actors = dl_str_is(what, "actors"), outlets = dl_str_is(what, "outlets");
    dl_status status = no_strangers(call);
    if (status != DL_OK) return status;
    if (!q.len || !(places || actors || outlets)) return dl_fail(call->err, DL_USAGE, NULL, 0, "'q' is needed, and 'what': places, actors or outlets");
    dl_str pattern = actors ? store_search_words(call->arena, dl_arena_format(call->arena, "%.*s*", (int)q.len, q.ptr)) : beginning(call->arena, q);
    if (!pattern.ptr) return dl_fail_memory(call->err);
    status = store_prepare(call->store, &row, places ? places_sql : actors ? actors_sql : outlets_sql, call->err);
    if (status != DL_OK) return status;
    store_bind_text(row, 1, pattern);
    sqlite3_bind_int(row, 2, MOST_SUGGESTIONS);
    open_list(call);
    while ((status = store_step(call->store, row, &more, call->err)) == DL_OK && more) {
        dl_json_open(out, '{');
        view_json_text(out, "name", store_column(row, 0));
        view_json_text(out, places ? "country" : "code", store_column(row, 1));
        dl_json_key(out, "count"), dl_json_int(out, sqlite3_column_int64(row, 2));
        dl_json_close(out, '}');
    }
    sqlite3_finalize(row);
    dl_json_close(out, ']'), dl_json_close(out, '}');
    return status;
}
