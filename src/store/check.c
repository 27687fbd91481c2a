/* check.c - whether a store is sound, and making it so again.
 *
 * The log is held against itself, every reading is read back as a record (so that each span lies inside its text), and every derived row is
 * held against what the log gives today. */
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"
#include "store/derive.h"
#include "store/schema.h"
#include "store/stories.h"

typedef struct checker {
    dl_store *store;
    row_sink sink; /* also where faults are told */
    dl_status status;
    dl_error *err;
} checker;

static void fault(checker *c, const char *sentence)
{
    c->sink.faults++;
    if (c->sink.fault) c->sink.fault(c->sink.context, sentence);
}

static void fault_format(checker *c, const char *format, ...) DL_PRINTF(2, 3);
static void fault_format(checker *c, const char *format, ...)
{
    char sentence[512];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    fault(c, sentence);
}

/* Each row of a query is a fault, told by its first column; `fine` is a row that isn't one. */
static void check_rows(checker *c, const char *sql, const char *what, const char *fine)
{
    enum { MOST = 100 };
    sqlite3_stmt *statement = NULL;
    bool row = true;
    if (c->status == DL_OK) c->status = store_prepare(c->store, &statement, sql, c->err);
    for (int count = 0; c->status == DL_OK && row && count < MOST; count++) {
        c->status = store_step(c->store, statement, &row, c->err);
        dl_str told = row ? store_column(statement, 0) : (dl_str){0};
        if (row && !(fine && dl_str_is(told, fine))) fault_format(c, "%s: %.*s", what, (int)told.len, told.ptr ? told.ptr : "");
    }
    sqlite3_finalize(statement);
}

static void check_log(checker *c)
{
    check_rows(c, "SELECT d.name FROM documents d WHERE NOT EXISTS (SELECT 1 FROM revisions r WHERE r.document = d.id)",
               "a document without a revision", NULL);
    check_rows(c, "SELECT d.name FROM documents d JOIN revisions r ON r.document = d.id GROUP BY d.id HAVING max(r.number) <> count(*) OR min(r.number) <> 1",
               "a document's revisions are not numbered 1, 2, ...", NULL);
    check_rows(c, "SELECT r.id FROM revisions r WHERE NOT EXISTS (SELECT 1 FROM readings g WHERE g.revision = r.id)",
               "a revision without a reading", NULL);
    check_rows(c, "SELECT id FROM (SELECT id, first_claim, lag(first_claim + claim_count, 1, 1) OVER (ORDER BY id) AS expected FROM readings)"
                  " WHERE first_claim <> expected", "a reading's claims do not follow those of the one before", NULL);
    check_rows(c, "SELECT 'claims end at ' || ifnull(max(id), 0) FROM claims"
                  " HAVING ifnull(max(id), 0) <> (SELECT ifnull(sum(claim_count), 0) FROM readings) OR ifnull(max(id), 0) <> count(*)",
               "the log of claims has a gap", NULL);
    check_rows(c, "SELECT c.id FROM claims c LEFT JOIN readings g ON g.id = c.reading"
                  " WHERE g.id IS NULL OR c.id < g.first_claim OR c.id >= g.first_claim + g.claim_count", "a claim outside its reading", NULL);
}

/* ---- readings and what is derived from them ---- */

static void check_digest(checker *c, const store_reading *reading)
{
    dl_json_out *page = &c->store->page;
    dl_json_out_clear(page);
    dl_record_write_page(page, reading->doc);
    uint64_t digest = store_digest((dl_str){page->bytes, page->len}, reading->doc->story.text);
    if (page->failed) c->status = dl_fail_memory(c->err);
    else if ((int64_t)digest != reading->digest) fault_format(c, "revision %lld does not say what it said when it was added", (long long)reading->revision);
}

/* A reading that is no record is a fault of the store; that it could not be read, of the call. */
static bool load(checker *c, int64_t id, bool corrected, store_reading *out)
{
    dl_error why = {0};
    dl_status status = store_load(c->store, id, corrected, out, &why);
    if (status == DL_OK) return true;
    if (status == DL_BAD_DATA || status == DL_LIMIT) fault_format(c, "reading %lld is no record: %s (byte %zu)", (long long)id, why.message, why.offset);
    else c->status = dl_fail(c->err, status, why.source, why.offset, "%s", why.message);
    return false;
}

/* The next id that a statement with "id > ?1" gives, 0 at the end. */
static int64_t next_id(checker *c, store_statement which, int64_t after)
{
    sqlite3_stmt *statement;
    int64_t id = 0;
    if (c->status == DL_OK) c->status = store_sql(c->store, which, &statement, c->err);
    if (c->status != DL_OK) return 0;
    sqlite3_bind_int64(statement, 1, after);
    c->status = store_number(c->store, statement, 0, &id, c->err);
    return id;
}

static void check_readings(checker *c)
{
    for (int64_t id = 0; (id = next_id(c, SQL_READINGS, id)) != 0;) {
        store_reading reading;
        if (load(c, id, false, &reading)) check_digest(c, &reading);
        store_reading_free(&reading);
    }
}

static void check_derived(checker *c)
{
    for (int64_t id = 0; (id = next_id(c, SQL_DOCUMENTS, id)) != 0;) {
        store_reading reading = {0};
        int64_t current = 0;
        c->status = store_current(c->store, id, &current, c->err);
        if (c->status == DL_OK && current && load(c, current, true, &reading)) {
            store_rows(&c->sink, &reading);
            store_check_story(&c->sink, id, reading.doc);
            c->status = c->sink.status;
        }
        store_reading_free(&reading);
    }
}

/* Rows of documents that have no page: a document's own rows are held against its log. */
static void check_orphans(checker *c)
{
    for (size_t i = 0; i < STORE_TABLES; i++) {
        char sql[160];
        snprintf(sql, sizeof sql, "SELECT DISTINCT t.document || ' in ' || '%s' FROM %s t WHERE NOT EXISTS (SELECT 1 FROM pages p WHERE p.document = t.document)",
                 store_table_names[i], store_table_names[i]);
        check_rows(c, sql, "rows of a document that has no page", NULL);
    }
}

static void check_words(checker *c, const char *sql, const char *what)
{
    int code = sqlite3_exec(c->store->db, sql, NULL, NULL, NULL);
    if ((code & 0xFF) == SQLITE_CORRUPT) fault(c, what);
    else if (code != SQLITE_OK) c->status = store_fail(c->store, c->err);
}

static void check_indexes(checker *c)
{
    check_rows(c, "SELECT rtreecheck('main', 'location_boxes')", "the index of places", "ok");
    check_rows(c, "SELECT l.id FROM locations l LEFT JOIN location_boxes b ON b.id = l.id WHERE (l.lat IS NULL) <> (b.id IS NULL)"
                  " OR l.lat NOT BETWEEN b.lat_min - 0.001 AND b.lat_max + 0.001 OR l.lon NOT BETWEEN b.lon_min - 0.001 AND b.lon_max + 0.001",
               "a location that the index of places has elsewhere", NULL);
    check_rows(c, "SELECT b.id FROM location_boxes b LEFT JOIN locations l ON l.id = b.id WHERE l.id IS NULL", "the index of places knows a location that is not there", NULL);
    check_rows(c, "SELECT s.id FROM stories s WHERE s.pages <> (SELECT count(*) FROM grouped g WHERE g.story = s.id)", "a story with another number of pages than it says", NULL);
    check_rows(c, "SELECT p.document FROM postings p LEFT JOIN grouped g ON g.document = p.document WHERE g.document IS NULL LIMIT 1", "a page is posted that is in no story", NULL);
}

/* FTS5 checks its indexes by a statement that writes, if nothing: in a transaction of its own, so that writers wait for no more than this. */
static void check_index_of_words(checker *c)
{
    bool own;
    if (c->store->mode == DL_STORE_READ) return;
    c->status = store_enter(c->store, &own, c->err);
    if (c->status != DL_OK) return;
    check_words(c, "INSERT INTO search(search, rank) VALUES('integrity-check', 1)", "the index of text is not in step with the sentences");
    check_words(c, "INSERT INTO actor_words(actor_words, rank) VALUES('integrity-check', 1)", "the index of names is not in step with the actors");
    if (own) dl_store_rollback(c->store);
}

static dl_status count_rows(const dl_store *store, dl_store_counts *out, dl_error *err)
{
    const struct {
        const char *sql;
        uint64_t *count;
    } all[] = {{"SELECT count(*) FROM documents", &out->documents}, {"SELECT count(*) FROM revisions", &out->revisions},
               {"SELECT count(*) FROM readings", &out->readings},   {"SELECT count(*) FROM claims", &out->claims},
               {"SELECT count(*) FROM corrections", &out->corrections}, {"SELECT count(*) FROM events", &out->events}};
    dl_status status = DL_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && status == DL_OK; i++) {
        sqlite3_stmt *statement;
        int64_t count = 0;
        if (sqlite3_prepare_v2(store->db, all[i].sql, -1, &statement, NULL) != SQLITE_OK) return store_fail(store, err);
        status = store_number(store, statement, 0, &count, err);
        sqlite3_finalize(statement);
        *all[i].count = (uint64_t)count;
    }
    return status;
}

static void check_all(checker *c)
{
    uint64_t before = c->sink.faults;
    check_rows(c, "PRAGMA integrity_check", "the file", "ok");
    if (c->status == DL_OK && c->sink.faults == before) {
        check_rows(c, "SELECT \"table\" || ' row ' || ifnull(rowid, '?') FROM pragma_foreign_key_check", "a row points at one that is not there", NULL);
        check_log(c);
        check_readings(c);
        check_derived(c);
        check_orphans(c);
        check_indexes(c);
    }
}

dl_status dl_store_check(dl_store *store, dl_fault *told, void *context, dl_store_counts *counts, dl_error *err)
{
    dl_store_counts ignored;
    checker c = {.store = store, .sink = {.store = store, .compare = true, .fault = told, .context = context, .err = err}, .err = err};
    if (!counts) counts = &ignored;
    *counts = (dl_store_counts){0};
    check_index_of_words(&c);
    bool own = !store->open; /* one view of the store for all the rest, whoever writes meanwhile */
    if (own && c.status == DL_OK) c.status = store_script(store, "BEGIN", err);
    if (c.status == DL_OK) check_all(&c);
    if (c.status == DL_OK) c.status = count_rows(store, counts, err);
    if (own) dl_store_rollback(store);
    counts->faults = c.sink.faults;
    return c.status;
}

/* ---- repair ---- */

static dl_status derive_all(dl_store *store, dl_error *err)
{
    checker c = {.store = store, .err = err};
    for (int64_t id = 0; (id = next_id(&c, SQL_DOCUMENTS, id)) != 0;) c.status = store_derive(store, id, err);
    return c.status;
}

/* Statements that were prepared for tables that are about to go. */
static void forget_statements(dl_store *store)
{
    for (size_t i = 0; i < SQL_COUNT; i++) sqlite3_finalize(store->statements[i]), store->statements[i] = NULL;
    for (size_t i = 0; i < STORE_TABLES; i++) {
        for (int k = 0; k < 2; k++) sqlite3_finalize(store->inserts[i][k]), store->inserts[i][k] = NULL;
        sqlite3_finalize(store->selects[i]), store->selects[i] = NULL;
        sqlite3_finalize(store->deletes[i]), store->deletes[i] = NULL;
    }
}

dl_status dl_store_rebuild(dl_store *store, dl_error *err)
{
    bool own;
    dl_status status = store_enter(store, &own, err);
    if (status != DL_OK) return status;
    forget_statements(store);
    status = store_script(store, store_derived_drop, err);
    for (size_t i = 0; store_derived_schema[i] && status == DL_OK; i++) status = store_script(store, store_derived_schema[i], err);
    if (status == DL_OK) status = derive_all(store, err);
    return store_finish(store, own, status, err);
}
