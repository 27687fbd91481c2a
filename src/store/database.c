/* database.c - statements prepared once, run, and their failures told. */
#include "store/database.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"

/* Of several rows at once: OR FAIL, for else SQLite would keep what it needs to undo the statement alone, and have the index of words written out for it. */
#define EIGHT(row) row "," row "," row "," row "," row "," row "," row "," row

static const char *const statements[SQL_COUNT] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_FIND_DOCUMENT] = "SELECT id FROM documents WHERE name = ?1",
    [SQL_ADD_DOCUMENT] = "INSERT INTO documents(name) VALUES(?1)",
    [SQL_FIND_REVISION] = "SELECT id, number FROM revisions WHERE document = ?1 AND digest = ?2 AND page = ?3 AND text = ?4",
    [SQL_LAST_REVISION] = "SELECT ifnull(max(number), 0) FROM revisions WHERE document = ?1",
    [SQL_ADD_REVISION] = "INSERT INTO revisions(document, number, seen, digest, page, text) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_FIND_ENGINE] = "SELECT id FROM engines WHERE engine = ?1 AND model = ?2",
    [SQL_ADD_ENGINE] = "INSERT INTO engines(engine, model) VALUES(?1, ?2)",
    [SQL_FIND_READING] = "SELECT id FROM readings WHERE revision = ?1 AND engine = ?2",
    [SQL_NEXT_CLAIM] = "SELECT ifnull(max(id), 0) + 1 FROM claims",
    [SQL_ADD_READING] = "INSERT INTO readings(revision, engine, seen, first_claim, claim_count, blocks, sentences, warnings)"
                        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [SQL_ADD_CLAIM] = "INSERT INTO claims VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [SQL_CURRENT_READING] = "SELECT g.id FROM revisions r JOIN readings g ON g.revision = r.id WHERE r.document = ?1"
                            " ORDER BY r.number DESC, g.id DESC LIMIT 1",
    [SQL_GET_READING] = "SELECT d.name, e.engine, e.model, r.page, r.text, g.blocks, g.sentences, g.warnings, g.first_claim,"
                        " g.claim_count, r.document, r.seen, r.id, r.digest,"
                        " (SELECT min(f.seen) FROM revisions f WHERE f.document = r.document)"
                        " FROM readings g JOIN revisions r ON r.id = g.revision JOIN documents d ON d.id = r.document"
                        " JOIN engines e ON e.id = g.engine WHERE g.id = ?1",
    [SQL_GET_CLAIMS] = "SELECT layer, item, value, start, stop, reading FROM claims WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
    [SQL_ADD_CORRECTION] = "INSERT INTO corrections(document, reading, layer, item, start, stop, verdict, field, value, author, note, seen)"
                           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    [SQL_GET_CORRECTIONS] = "SELECT reading, layer, item, start, stop, verdict, field, value FROM corrections WHERE document = ?1 ORDER BY id",
    [SQL_FIND_QUOTE] = "SELECT a.revision = b.revision, instr(y.text, substr(x.text, max(?3 - 32, 0) + 1, ?4 + 32 - max(?3 - 32, 0))),"
                       " ?3 - max(?3 - 32, 0)"
                       " FROM readings a JOIN revisions x ON x.id = a.revision, readings b JOIN revisions y ON y.id = b.revision"
                       " WHERE a.id = ?1 AND b.id = ?2",
    [SQL_ANCHORS] = "SELECT item FROM claims WHERE id BETWEEN ?1 AND ?2 AND layer = ?3 AND start < ?5 AND stop > ?4"
                    " ORDER BY min(stop, ?5) - max(start, ?4) - abs(stop - ?5) - abs(start - ?4) DESC, item LIMIT 1",
    [SQL_GET_ANCHOR] = "SELECT start, stop FROM claims WHERE id BETWEEN ?1 AND ?2 AND layer = ?3 AND item = ?4",
    [SQL_FIND_ACTOR] = "SELECT id FROM actors WHERE name = ?1 AND code = ?2",
    [SQL_ADD_ACTOR] = "INSERT INTO actors(name, code) VALUES(?1, ?2)",
    [SQL_ADD_ACTOR_WORDS] = "INSERT INTO actor_words(rowid, name) VALUES(?1, ?2)",
    [SQL_FIND_LOCATION] = "SELECT id FROM locations WHERE digest = ?1 AND name = ?2 AND geonameid IS ?3 AND gazetteer_id IS ?4 AND lat IS ?5"
                          " AND lon IS ?6 AND country IS ?7 AND admin1 IS ?8 AND feature IS ?9 AND precision IS ?10",
    [SQL_ADD_LOCATION] = "INSERT INTO locations(digest, name, geonameid, gazetteer_id, lat, lon, country, admin1, feature, precision)"
                         " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [SQL_ADD_BOX] = "INSERT INTO location_boxes VALUES(?1, ?2, ?2, ?3, ?3)",
    [SQL_ADD_WORDS] = "INSERT INTO search(rowid, body) VALUES(?1, ?2)",
    [SQL_DROP_WORDS] = "INSERT INTO search(search, rowid, body) SELECT 'delete', s.document << 24 | s.number,"
                       " substr(r.text, s.start + 1, s.stop - s.start) FROM sentences s JOIN pages p ON p.document = s.document"
                       " JOIN readings g ON g.id = p.reading JOIN revisions r ON r.id = g.revision WHERE s.document = ?1",
    [SQL_DROP_TITLE] = "INSERT INTO search(search, rowid, body) SELECT 'delete', document << 24 | 16777215, title FROM pages"
                       " WHERE document = ?1 AND title IS NOT NULL",
    [SQL_DOCUMENTS] = "SELECT id, name FROM documents WHERE id > ?1 ORDER BY id LIMIT 1",
    [SQL_READINGS] = "SELECT id FROM readings WHERE id > ?1 ORDER BY id LIMIT 1",
    [SQL_GET_CARD] = "SELECT c.card, g.story FROM cards c LEFT JOIN grouped g ON g.document = c.document WHERE c.document = ?1",
    [SQL_POSTINGS] = "SELECT document, weight FROM postings WHERE term = ?1 ORDER BY document DESC LIMIT ?2",
    [SQL_GROUPED] = "SELECT g.story, s.pages, g.best_text, g.best_lead, g.dense_text, g.dense_lead, b.signature"
                    " FROM grouped g JOIN signatures b ON b.document = g.document JOIN stories s ON s.id = g.story WHERE g.document = ?1",
    [SQL_JOIN_STORY] = "UPDATE stories SET pages = pages + 1 WHERE id = ?1",
    [SQL_ADD_STORY] = "INSERT INTO stories(pages) VALUES(1)",
    [SQL_ADD_POSTING] = "INSERT INTO postings VALUES(?, ?, ?)",
    [SQL_ADD_POSTINGS] = "INSERT OR FAIL INTO postings VALUES" EIGHT("(?, ?, ?)"),
    [SQL_ADD_GROUPED] = "INSERT INTO grouped VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_ADD_SIGNATURE] = "INSERT INTO signatures VALUES(?1, ?2)",
    [SQL_DROP_POSTING] = "DELETE FROM postings WHERE term = ?1 AND document = ?2",
    [SQL_DROP_GROUPED] = "DELETE FROM grouped WHERE document = ?1",
    [SQL_DROP_SIGNATURE] = "DELETE FROM signatures WHERE document = ?1",
    [SQL_LEAVE_STORY] = "UPDATE stories SET pages = pages - 1 WHERE id = ?1",
    [SQL_DROP_STORY] = "DELETE FROM stories WHERE id = ?1 AND pages = 0",
    [SQL_COUNT_PAGES] = "UPDATE stories SET pages = (SELECT count(*) FROM grouped WHERE story = ?1) WHERE id = ?1",
    [SQL_MOVE_PAGES] = "UPDATE grouped SET story = ?1 WHERE story = ?2",
    [SQL_IS_POSTED] = "SELECT 1 FROM postings WHERE term = ?1 AND document = ?2",
    [SQL_STORIES] = "SELECT d.name, f.name FROM grouped g JOIN documents d ON d.id = g.document"
                    " JOIN documents f ON f.id = (SELECT min(o.document) FROM grouped o WHERE o.story = g.story) ORDER BY g.document",
    [SQL_GET_FOLLOWED] = "SELECT source, etag, modified, place, size, changed, digest, status, failures, not_before, seen FROM followed"
                         " WHERE address = ?1",
    [SQL_PUT_FOLLOWED] = "INSERT OR REPLACE INTO followed VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
};

static dl_status status_of(int code)
{
    switch (code & 0xFF) {
    case SQLITE_NOMEM: return DL_NO_MEMORY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return DL_BAD_DATA;
    case SQLITE_TOOBIG: return DL_LIMIT;
    case SQLITE_ERROR: return DL_USAGE;
    default: return DL_IO;
    }
}

dl_status store_fail(const dl_store *store, dl_error *err)
{
    int code = sqlite3_extended_errcode(store->db), system_error = sqlite3_system_errno(store->db);
    dl_status status = status_of(code);
    const char *path = store->path;
    switch (code & 0xFF) {
    case SQLITE_NOMEM: return dl_fail_memory(err);
    case SQLITE_FULL: return dl_fail(err, status, path, 0, "the disk is full; what was not yet committed is not in the store");
    case SQLITE_READONLY: return dl_fail(err, status, path, 0, "the store cannot be written to");
    case SQLITE_BUSY: return dl_fail(err, status, path, 0, "another process keeps the store locked");
    case SQLITE_CORRUPT: return dl_fail(err, status, path, 0, "the file is damaged: %s", sqlite3_errmsg(store->db));
    case SQLITE_NOTADB: return dl_fail(err, status, path, 0, "the file is no store, nor any SQLite database");
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
        return dl_fail(err, status, path, 0, "%s: %s", sqlite3_errmsg(store->db), system_error ? strerror(system_error) : "input/output error");
    default: return dl_fail(err, status, path, 0, "%s", sqlite3_errmsg(store->db));
    }
}

dl_status store_prepare(dl_store *store, sqlite3_stmt **out, const char *sql, dl_error *err)
{
    int code = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    return code == SQLITE_OK ? DL_OK : store_fail(store, err);
}

dl_status store_sql(dl_store *store, store_statement which, sqlite3_stmt **out, dl_error *err)
{
    dl_status status = store->statements[which] ? DL_OK : store_prepare(store, &store->statements[which], statements[which], err);
    *out = store->statements[which];
    return status;
}

dl_status store_step(const dl_store *store, sqlite3_stmt *statement, bool *row, dl_error *err)
{
    int code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    if (*row) return DL_OK;
    dl_status status = code == SQLITE_DONE ? DL_OK : store_fail(store, err);
    sqlite3_reset(statement);
    return status;
}

dl_status store_run(const dl_store *store, sqlite3_stmt *statement, dl_error *err)
{
    bool row = true;
    dl_status status = DL_OK;
    while (row && status == DL_OK) status = store_step(store, statement, &row, err);
    return status;
}

dl_status store_number(const dl_store *store, sqlite3_stmt *statement, int64_t none, int64_t *out, dl_error *err)
{
    bool row;
    dl_status status = store_step(store, statement, &row, err);
    *out = row ? sqlite3_column_int64(statement, 0) : none;
    if (row) sqlite3_reset(statement);
    return status;
}

dl_status store_script(const dl_store *store, const char *sql, dl_error *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? DL_OK : store_fail(store, err);
}

/* ---- transactions ---- */

dl_status dl_store_begin(dl_store *store, dl_error *err)
{
    if (store->mode == DL_STORE_READ) return dl_fail(err, DL_USAGE, store->path, 0, "the store was opened for reading only");
    if (store->open) return dl_fail(err, DL_USAGE, store->path, 0, "a transaction is open already");
    sqlite3_stmt *statement;
    dl_status status = store_sql(store, SQL_BEGIN, &statement, err);
    if (status == DL_OK) status = store_run(store, statement, err);
    store->open = status == DL_OK;
    return status;
}

dl_status dl_store_commit(dl_store *store, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_status status = store_sql(store, SQL_COMMIT, &statement, err);
    if (status == DL_OK) status = store_run(store, statement, err);
    if (status == DL_OK) store->open = false;
    return status;
}

void dl_store_rollback(dl_store *store)
{
    if (!sqlite3_get_autocommit(store->db)) sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->open = false;
    store->engine_row = 0; /* it may have been added in what is undone */
}

dl_status store_enter(dl_store *store, bool *own, dl_error *err)
{
    *own = !store->open;
    return *own ? dl_store_begin(store, err) : DL_OK;
}

dl_status store_finish(dl_store *store, bool own, dl_status status, dl_error *err)
{
    if (!own) return status;
    if (status == DL_OK) status = dl_store_commit(store, err);
    if (status != DL_OK) dl_store_rollback(store);
    return status;
}

/* ---- values ---- */

void store_bind_text(sqlite3_stmt *statement, int index, dl_str text)
{
    if (text.ptr) sqlite3_bind_text64(statement, index, text.ptr, text.len, SQLITE_STATIC, SQLITE_UTF8);
    else sqlite3_bind_null(statement, index);
}

void store_bind_date(sqlite3_stmt *statement, int index, dl_date date)
{
    char text[16];
    if (date.year) sqlite3_bind_text(statement, index, dl_date_format(date, text), -1, SQLITE_TRANSIENT);
    else sqlite3_bind_null(statement, index);
}

dl_str store_column(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return (dl_str){text, text ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

dl_str store_blob(sqlite3_stmt *statement, int column)
{
    const char *bytes = sqlite3_column_blob(statement, column);
    return (dl_str){bytes, bytes ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}
