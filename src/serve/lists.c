/* lists.c - pages and stories, by day. */
#include "serve/room.h"
#include "store/find.h"

enum { FEW = 50, MOST = 500 };

/* One page of a list: the columns that PAGE names, in their order. */
#define PAGE                                                                                                                            \
    "d.name, p.title, p.url, p.site, substr(p.published, 1, 10), p.language, p.access,"                                                  \
    " (SELECT count(*) FROM events e WHERE e.document = p.document), (SELECT count(*) FROM statements s WHERE s.document = p.document)," \
    " p.corrections, p.first_seen"

static void put_page(dl_json_out *out, sqlite3_stmt *row)
{
    static const char *const texts[] = {"document", "title", "url", "outlet", "published", "language", "access"};
    static const char *const counts[] = {"events", "statements", "corrections"};
    char seen[32];
    dl_json_open(out, '{');
    for (int i = 0; i < 7; i++) view_json_text(out, texts[i], store_column(row, i));
    for (int i = 0; i < 3; i++) dl_json_key(out, counts[i]), dl_json_int(out, sqlite3_column_int64(row, 7 + i));
    view_json_text(out, "first_seen", dl_str_of(time_text(sqlite3_column_int64(row, 10), seen)));
    dl_json_close(out, '}');
}

typedef void put_row(dl_json_out *out, sqlite3_stmt *row);

/* The rows of the statement as a list; one row more than the window asks for tells that there is more. Finalizes it. */
static dl_status put_rows(serve_call *call, sqlite3_stmt *row, const page_window *window, put_row *put)
{
    bool more = true;
    size_t given = 0;
    dl_status status;
    open_list(call);
    while ((status = store_step(call->store, row, &more, call->err)) == DL_OK && more && given < window->limit) put(call->out, row), given++;
    close_list(call, window, given, SIZE_MAX, more);
    sqlite3_finalize(row);
    return status;
}

static void bind_window(sqlite3_stmt *row, const page_window *window)
{
    sqlite3_bind_int64(row, 8, (int64_t)window->limit + 1);
    sqlite3_bind_int64(row, 9, (int64_t)window->from);
}

static dl_status ask_days(serve_call *call, dl_date *since, dl_date *until)
{
    dl_status status = ask_day(call, "since", since);
    return status == DL_OK ? ask_day(call, "until", until) : status;
}

/* ---- pages ---- */

static const char pages_sql[] =
    "SELECT " PAGE " FROM (SELECT p.document FROM pages p WHERE (?1 IS NULL OR p.published >= ?1) AND (?2 IS NULL OR substr(p.published, 1, 10) <= ?2)"
    "  AND (?3 IS NULL OR instr(lower(' ' || replace(replace(p.site, '-', ' '), ',', ' ') || ' '), lower(?3)) > 0)"
    "  AND (?4 IS NULL OR instr(?4, ',' || p.access || ',') > 0)"
    "  AND (?5 IS NULL OR p.document IN (SELECT rowid >> 24 FROM search WHERE search MATCH ?5))"
    "  ORDER BY p.published DESC, p.document DESC LIMIT ?8 OFFSET ?9) k"
    " JOIN pages p ON p.document = k.document JOIN documents d ON d.id = k.document ORDER BY p.published DESC, p.document DESC";

dl_status get_pages(serve_call *call)
{
    sqlite3_stmt *row;
    dl_date since, until;
    page_window window;
    dl_str source = request_param(call->request, "source"), access = request_param(call->request, "access"), q = request_param(call->request, "q");
    dl_status status = ask_days(call, &since, &until);
    if (status == DL_OK) status = ask_window(call, FEW, MOST, &window);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK) status = store_prepare(call->store, &row, pages_sql, call->err);
    if (status != DL_OK) return status;
    if (since.year) store_bind_date(row, 1, since);
    if (until.year) store_bind_date(row, 2, until);
    if (source.len) store_bind_text(row, 3, store_spaced(call->arena, source));
    if (access.len) store_bind_text(row, 4, dl_arena_format(call->arena, ",%.*s,", (int)access.len, access.ptr));
    if (q.len) store_bind_text(row, 5, store_search_words(call->arena, q));
    bind_window(row, &window);
    return put_rows(call, row, &window, put_page);
}

/* ---- stories ---- */

static const char stories_sql[] =
    "SELECT d.name, k.pages, p.title, p.site, k.first, k.last FROM (SELECT min(g.document) AS document, count(*) AS pages, min(substr(p.published, 1, 10)) AS first,"
    "  max(substr(p.published, 1, 10)) AS last FROM grouped g JOIN pages p ON p.document = g.document"
    "  WHERE (?1 IS NULL OR p.published >= ?1) AND (?2 IS NULL OR substr(p.published, 1, 10) <= ?2)"
    "  GROUP BY g.story HAVING count(*) >= ?3 ORDER BY last DESC, pages DESC, document LIMIT ?8 OFFSET ?9) k"
    " JOIN documents d ON d.id = k.document JOIN pages p ON p.document = k.document ORDER BY k.last DESC, k.pages DESC, k.document";

static void put_story(dl_json_out *out, sqlite3_stmt *row)
{
    dl_json_open(out, '{');
    view_json_text(out, "id", store_column(row, 0));
    dl_json_key(out, "pages"), dl_json_int(out, sqlite3_column_int64(row, 1));
    view_json_text(out, "title", store_column(row, 2)), view_json_text(out, "outlet", store_column(row, 3));
    view_json_text(out, "first", store_column(row, 4)), view_json_text(out, "last", store_column(row, 5));
    dl_json_close(out, '}');
}

dl_status get_stories(serve_call *call)
{
    sqlite3_stmt *row;
    dl_date since, until;
    page_window window;
    int64_t least;
    dl_status status = ask_days(call, &since, &until);
    if (status == DL_OK) status = ask_window(call, FEW, MOST, &window);
    if (status == DL_OK) status = ask_number(call, "pages", 1, 1000000, 1, &least);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK) status = store_prepare(call->store, &row, stories_sql, call->err);
    if (status != DL_OK) return status;
    if (since.year) store_bind_date(row, 1, since);
    if (until.year) store_bind_date(row, 2, until);
    sqlite3_bind_int64(row, 3, least);
    bind_window(row, &window);
    return put_rows(call, row, &window, put_story);
}

static const char story_sql[] =
    "SELECT " PAGE " FROM grouped g JOIN pages p ON p.document = g.document JOIN documents d ON d.id = g.document"
    " WHERE g.story = (SELECT story FROM grouped WHERE document = ?1) ORDER BY p.published, p.document LIMIT ?8 OFFSET ?9";

dl_status get_story(serve_call *call)
{
    sqlite3_stmt *row;
    page_window window;
    int64_t document;
    dl_status status = ask_window(call, FEW, MOST, &window);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK) status = document_number(call, call->request->segments[3], &document);
    if (status == DL_OK && !document) return refuse(call, 404, "no page has this id");
    if (status == DL_OK) status = store_prepare(call->store, &row, story_sql, call->err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(row, 1, document);
    bind_window(row, &window);
    return put_rows(call, row, &window, put_page);
}
