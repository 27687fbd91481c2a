/* meta.c - what the server is and what its store holds. */
#include <inttypes.h>

#include "serve/room.h"
#include "store/database.h"

static dl_status put_number(serve_call *call, const char *key, const char *sql)
{
    sqlite3_stmt *statement;
    int64_t number = 0;
    dl_status status = store_prepare(call->store, &statement, sql, call->err);
    if (status == DL_OK) status = store_number(call->store, statement, 0, &number, call->err);
    sqlite3_finalize(statement);
    dl_json_key(call->out, key), dl_json_int(call->out, number);
    return status;
}

/* The first column of the only row, as text. */
static dl_status put_text(serve_call *call, const char *key, const char *sql)
{
    sqlite3_stmt *statement;
    bool row;
    dl_status status = store_prepare(call->store, &statement, sql, call->err);
    if (status == DL_OK) status = store_step(call->store, statement, &row, call->err);
    if (status == DL_OK && row) view_json_text(call->out, key, store_column(statement, 0));
    sqlite3_finalize(statement);
    return status;
}

static dl_status put_engines(serve_call *call)
{
    sqlite3_stmt *statement;
    bool row = true;
    dl_status status = store_prepare(call->store, &statement, "SELECT engine, model FROM engines ORDER BY id", call->err);
    dl_json_key(call->out, "engines");
    dl_json_open(call->out, '[');
    while (status == DL_OK && (status = store_step(call->store, statement, &row, call->err)) == DL_OK && row) {
        dl_json_open(call->out, '{');
        view_json_text(call->out, "engine", store_column(statement, 0));
        view_json_text(call->out, "model", store_column(statement, 1));
        dl_json_close(call->out, '}');
    }
    dl_json_close(call->out, ']');
    sqlite3_finalize(statement);
    return status;
}

/* Counts that SQLite would have to go through all rows for are taken from the largest id: rows of the log are only added. */
static dl_status put_counts(serve_call *call)
{
    static const char *const counts[][2] = {
        {"pages", "SELECT ifnull(max(id), 0) FROM documents"}, {"revisions", "SELECT ifnull(max(id), 0) FROM revisions"},
        {"readings", "SELECT ifnull(max(id), 0) FROM readings"}, {"log_claims", "SELECT ifnull(max(id), 0) FROM claims"},
        {"corrections", "SELECT ifnull(max(id), 0) FROM corrections"}, {"outlets", "SELECT count(DISTINCT site) FROM pages"},
        {"truncated", "SELECT count(*) FROM pages WHERE access IN ('truncated', 'blocked')"}};
    dl_status status = DL_OK;
    dl_json_key(call->out, "counts");
    dl_json_open(call->out, '{');
    for (size_t i = 0; i < sizeof counts / sizeof *counts && status == DL_OK; i++) status = put_number(call, counts[i][0], counts[i][1]);
    dl_json_key(call->out, "happenings"), dl_json_int(call->out, (int64_t)call->atlas->happenings);
    dl_json_key(call->out, "claims"), dl_json_int(call->out, (int64_t)call->atlas->claims);
    dl_json_close(call->out, '}');
    return status;
}

static void put_words(dl_json_out *out)
{
    dl_json_key(out, "types");
    dl_json_open(out, '[');
    for (int i = 1; i < DL_EVENT_TYPE_COUNT; i++) dl_json_str(out, dl_str_of(dl_event_type_name((dl_event_type)i)));
    dl_json_close(out, ']');
    dl_json_key(out, "realis");
    dl_json_open(out, '[');
    for (int i = DL_ACTUAL; i <= DL_DENIED; i++) dl_json_str(out, dl_str_of(dl_realis_name((dl_realis)i)));
    dl_json_close(out, ']');
    dl_json_key(out, "harms");
    dl_json_open(out, '[');
    for (size_t i = 0; i < DL_HARMS; i++) dl_json_str(out, dl_str_of(dl_harm_name(i)));
    dl_json_close(out, ']');
}

dl_status get_meta(serve_call *call)
{
    dl_json_out *out = call->out;
    dl_status status = no_strangers(call);
    if (status != DL_OK) return status;
    dl_json_open(out, '{');
    view_json_text(out, "name", DL_STR("dateline"));
    view_json_text(out, "version", dl_str_of(dl_version()));
    view_json_text(out, "api", DL_STR("v1"));
    view_json_text(out, "spans", DL_STR("code points of the page's text"));
    dl_json_key(out, "review"), dl_json_bool(out, call->server->review);
    dl_json_key(out, "places"), dl_json_bool(out, call->server->monitor != NULL); /* ceasefires and sites can be asked for */
    put_words(out);
    status = put_engines(call);
    if (status == DL_OK) status = put_counts(call);
    if (status == DL_OK) status = put_text(call, "first_day", "SELECT date FROM events WHERE date > '1000' ORDER BY date LIMIT 1");
    if (status == DL_OK) status = put_text(call, "last_day", "SELECT date FROM events WHERE date < '9999' AND length(date) = 10 ORDER BY date DESC LIMIT 1");
    if (status == DL_OK) status = put_text(call, "last_published", "SELECT max(substr(published, 1, 10)) FROM pages");
    if (status == DL_OK) status = put_text(call, "last_seen", "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', max(seen), 'unixepoch') FROM revisions");
    put_generation(call);
    dl_json_close(out, '}');
    return status;
}
