/* said.c - what people said of the store's pages, the last first: so that a word can be taken back at any later time, by whoever finds it wrong. */
#include "serve/room.h"
#include "serve/words.h"
#include "store/database.h"

enum { FEW = 20, MOST = 200 };

/* A word stands while no later one is on the same matter; it may be taken back while its page has not been read anew. */
static const char said_sql[] =
    "SELECT k.id, d.name, l.letter || k.item, k.start, k.stop, k.verdict, k.field, k.value, k.author, k.note, k.seen,"
    " (SELECT min(u.id) FROM corrections u WHERE u.document = k.document AND u.note = '" UNDOES "' || k.id),"
    " (SELECT min(u.id) FROM corrections u WHERE u.document = k.document AND u.reading = k.reading AND u.layer = k.layer AND u.item = k.item AND u.field IS k.field AND u.id > k.id),"
    " p.reading IS k.reading, s.start, s.stop, substr(r.text, s.start + 1, s.stop - s.start), p.title"
    " FROM corrections k JOIN documents d ON d.id = k.document JOIN layers l ON l.id = k.layer JOIN readings g ON g.id = k.reading JOIN revisions r ON r.id = g.revision"
    " LEFT JOIN pages p ON p.document = k.document"
    " LEFT JOIN sentences s ON s.document = k.document AND p.reading = k.reading AND s.number ="
    "  (SELECT max(number) FROM sentences b WHERE b.document = k.document AND b.start <= k.start)"
    " WHERE (k.note IS NULL OR k.note NOT LIKE '" UNDOES "%') AND (?1 IS NULL OR k.author = ?1) ORDER BY k.id DESC LIMIT ?2 OFFSET ?3";

static void put_span(dl_json_out *out, const char *key, sqlite3_stmt *row, int column)
{
    if (sqlite3_column_type(row, column) == SQLITE_NULL) return;
    view_json_span(out, key, (dl_span){(uint32_t)sqlite3_column_int64(row, column), (uint32_t)sqlite3_column_int64(row, column + 1)});
}

static void put_word(dl_json_out *out, sqlite3_stmt *row)
{
    char seen[32];
    dl_str value = store_column(row, 7);
    dl_json_open(out, '{');
    dl_json_key(out, "id"), dl_json_int(out, sqlite3_column_int64(row, 0));
    view_json_text(out, "document", store_column(row, 1)), view_json_text(out, "item", store_column(row, 2));
    put_span(out, "span", row, 3), put_span(out, "sentence_span", row, 14);
    view_json_text(out, "text", store_column(row, 16)), view_json_text(out, "title", store_column(row, 17));
    view_json_text(out, "verdict", store_column(row, 5)), view_json_text(out, "field", store_column(row, 6));
    if (value.ptr) dl_json_key(out, "value"), dl_json_raw(out, value);
    view_json_text(out, "author", store_column(row, 8)), view_json_text(out, "note", store_column(row, 9));
    view_json_text(out, "seen", dl_str_of(time_text(sqlite3_column_int64(row, 10), seen)));
    if (sqlite3_column_type(row, 11) != SQLITE_NULL) dl_json_key(out, "undone_by"), dl_json_int(out, sqlite3_column_int64(row, 11));
    dl_json_key(out, "stands"), dl_json_bool(out, sqlite3_column_type(row, 12) == SQLITE_NULL && sqlite3_column_int(row, 13));
    dl_json_close(out, '}');
}

dl_status get_said(serve_call *call)
{
    sqlite3_stmt *row;
    page_window window;
    bool more = true;
    size_t given = 0;
    dl_str author = request_param(call->request, "author");
    dl_status status = ask_window(call, FEW, MOST, &window);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK) status = store_prepare(call->store, &row, said_sql, call->err);
    if (status != DL_OK) return status;
    if (author.len) store_bind_text(row, 1, author);
    sqlite3_bind_int64(row, 2, (int64_t)window.limit + 1), sqlite3_bind_int64(row, 3, (int64_t)window.from);
    open_list(call);
    while ((status = store_step(call->store, row, &more, call->err)) == DL_OK && more && given < window.limit) put_word(call->out, row), given++;
    sqlite3_finalize(row);
    close_list(call, &window, given, SIZE_MAX, more);
    return status;
}
