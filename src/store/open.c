/* open.c - opening, making and closing a store.
 *
 * Write-ahead log, so that readers never wait for the writer and a kill at any moment loses nothing that was committed. synchronous is
 * FULL: in this mode SQLite syncs the log at every commit, and only then is a page acknowledged; NORMAL would be as sound, but could forget
 * the last commits when the power fails. Commits hold many pages, so the sync costs little. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"
#include "store/database.h"
#include "store/rows.h"
#include "store/schema.h"
#include "store/stories.h"

enum {
    BUSY_MS = 60000,       /* how long a writer waits for another; batches last well under a second */
    CACHE_KIB = 64 * 1024,
    READER_CACHE_KIB = 8 * 1024, /* a question goes through the file once: fresh memory for each page costs more than reading it again */
    CHECKPOINT_PAGES = 12000, /* 48 MiB: hot pages are copied back once for many batches */
    LOG_LIMIT = 64 * 1024 * 1024
};

static dl_status set_up(dl_store *store, dl_error *err)
{
    char sql[512];
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    snprintf(sql, sizeof sql,
             "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
             "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -%d; PRAGMA wal_autocheckpoint = %d; PRAGMA journal_size_limit = %d;",
             store->mode == DL_STORE_READ ? READER_CACHE_KIB : CACHE_KIB, CHECKPOINT_PAGES, LOG_LIMIT);
    return store_script(store, sql, err);
}

static dl_status read_number(const dl_store *store, const char *pragma, int64_t *out, dl_error *err)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(store->db, pragma, -1, &statement, NULL) != SQLITE_OK) return store_fail(store, err);
    int code = sqlite3_step(statement);
    *out = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    dl_status status = code == SQLITE_ROW ? DL_OK : store_fail(store, err);
    sqlite3_finalize(statement);
    return status;
}

/* ---- what kind of file it is ---- */

typedef struct header {
    int64_t application, version, tables;
} header;

static dl_status read_header(const dl_store *store, header *out, dl_error *err)
{
    dl_status status = read_number(store, "PRAGMA application_id", &out->application, err);
    if (status == DL_OK) status = read_number(store, "PRAGMA user_version", &out->version, err);
    if (status == DL_OK) status = read_number(store, "SELECT count(*) FROM sqlite_schema", &out->tables, err);
    return status;
}

static bool is_blank(const header *h)
{
    return h->application == 0 && h->version == 0 && h->tables == 0;
}

static dl_status check_header(const dl_store *store, const header *h, dl_error *err)
{
    if (h->application != STORE_APPLICATION_ID)
        return dl_fail(err, DL_BAD_DATA, store->path, 0, "the file is an SQLite database but no dateline store");
    if (h->version > STORE_VERSION)
        return dl_fail(err, DL_BAD_DATA, store->path, 0, "the store was made by a newer dateline (schema %lld; this one knows %d)",
                       (long long)h->version, (int)STORE_VERSION);
    return DL_OK;
}

/* ---- making and bringing up to date ---- */

/* Changing the journal needs the file for itself, and SQLite does not wait for that. */
static dl_status use_log(const dl_store *store, dl_error *err)
{
    for (int tries = 0;; tries++) {
        if (sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) == SQLITE_OK) return DL_OK;
        if ((sqlite3_errcode(store->db) & 0xFF) != SQLITE_BUSY || tries * 10 > BUSY_MS) return store_fail(store, err);
        sqlite3_sleep(10);
    }
}

static dl_status migrate(dl_store *store, int64_t from, dl_error *err)
{
    dl_status status = DL_OK;
    char sql[128];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;", (int)STORE_APPLICATION_ID, (int)STORE_VERSION);
    for (int64_t version = from; version < STORE_VERSION && status == DL_OK; version++)
        status = store_script(store, store_migrations[version], err);
    if (status == DL_OK) status = dl_store_rebuild(store, err);
    return status == DL_OK ? store_script(store, sql, err) : status;
}

/* Looks again inside the transaction: another process may have been first. */
static dl_status bring_up_to_date(dl_store *store, dl_error *err)
{
    header h;
    dl_status status = dl_store_begin(store, err);
    if (status != DL_OK) return status;
    status = read_header(store, &h, err);
    if (status == DL_OK && !is_blank(&h)) status = check_header(store, &h, err);
    if (status == DL_OK && h.version < STORE_VERSION) status = migrate(store, h.version, err);
    return store_finish(store, true, status, err);
}

static dl_status open_for_writing(dl_store *store, dl_error *err)
{
    header h;
    dl_status status = read_header(store, &h, err);
    bool blank = status == DL_OK && is_blank(&h);
    if (status == DL_OK && !(blank && store->mode == DL_STORE_CREATE)) status = check_header(store, &h, err);
    if (status == DL_OK) status = use_log(store, err);
    if (status == DL_OK && h.version < STORE_VERSION) status = bring_up_to_date(store, err);
    return status;
}

static dl_status open_for_reading(const dl_store *store, dl_error *err)
{
    header h;
    dl_status status = read_header(store, &h, err);
    if (status == DL_OK) status = check_header(store, &h, err);
    if (status == DL_OK && h.version < STORE_VERSION)
        return dl_fail(err, DL_BAD_DATA, store->path, 0, "the store has an older schema; 'dateline check --repair' brings it up to date");
    return status;
}

/* ---- the file ---- */

/* A store in a folder that can't be written to has no log to share with a writer: it may be read as it stands. */
static bool stands_still(const dl_store *store)
{
    const char *path = store->path;
    int code = sqlite3_exec(store->db, "SELECT 1 FROM sqlite_schema", NULL, NULL, NULL) & 0xFF;
    if (code != SQLITE_CANTOPEN && code != SQLITE_READONLY) return false;
    char log[4096];
    struct stat info;
    return snprintf(log, sizeof log, "%s-wal", path) < (int)sizeof log && (stat(log, &info) != 0 || info.st_size == 0);
}

static int open_as_it_stands(dl_store *store)
{
    static const char hex[] = "0123456789abcdef";
    dl_json_out uri = {0};
    dl_json_raw(&uri, DL_STR("file:"));
    for (const char *at = store->path; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        bool plain = dl_ascii_alpha(byte) || dl_ascii_digit(byte) || byte == '/' || byte == '.' || byte == '-' || byte == '_';
        char code[3] = {'%', hex[byte >> 4], hex[byte & 15]};
        uri.comma = false;
        dl_json_raw(&uri, plain ? (dl_str){at, 1} : (dl_str){code, 3});
    }
    uri.comma = false;
    dl_json_raw(&uri, (dl_str){"?immutable=1", 13}); /* its zero with it */
    sqlite3_close_v2(store->db);
    store->db = NULL;
    int code = uri.failed ? SQLITE_NOMEM
                          : sqlite3_open_v2(uri.bytes, &store->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
    dl_json_out_free(&uri);
    return code;
}

static dl_status open_file(dl_store *store, dl_error *err)
{
    struct stat info;
    int flags = store->mode == DL_STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (store->mode == DL_STORE_CREATE) flags |= SQLITE_OPEN_CREATE;
    else if (stat(store->path, &info) != 0)
        return dl_fail(err, DL_IO, store->path, 0, "%s; 'dateline add' makes a store", strerror(errno));
    int code = sqlite3_open_v2(store->path, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (!store->db) return dl_fail_memory(err);
    if (code != SQLITE_OK) return store_fail(store, err);
    if (store->mode == DL_STORE_READ && stands_still(store)) code = open_as_it_stands(store);
    return code == SQLITE_OK ? DL_OK : store_fail(store, err);
}

static dl_status open_all(dl_store *store, dl_error *err)
{
    dl_status status = open_file(store, err);
    if (status == DL_OK) status = set_up(store, err);
    if (status == DL_OK) status = store->mode == DL_STORE_READ ? open_for_reading(store, err) : open_for_writing(store, err);
    if (status == DL_OK) status = store_add_functions(store, err);
    return status;
}

dl_status dl_store_open(dl_store **out, const char *path, dl_store_mode mode, dl_error *err)
{
    *out = NULL;
    if (!path[0]) return dl_fail(err, DL_USAGE, NULL, 0, "the store has no name");
    dl_store *store = calloc(1, sizeof *store);
    if (store) store->path = strdup(path);
    if (!store || !store->path) {
        free(store);
        return dl_fail_memory(err);
    }
    store->mode = mode;
    dl_arena_init(&store->arena, 0);
    dl_arena_init(&store->story_arena, 0);
    dl_status status = open_all(store, err);
    if (status != DL_OK) {
        dl_store_close(store);
        return status;
    }
    *out = store;
    return DL_OK;
}

void dl_store_close(dl_store *store)
{
    if (!store) return;
    if (store->db && store->open) dl_store_rollback(store);
    for (size_t i = 0; i < SQL_COUNT; i++) sqlite3_finalize(store->statements[i]);
    for (size_t i = 0; i < STORE_TABLES; i++) {
        sqlite3_finalize(store->inserts[i][0]);
        sqlite3_finalize(store->inserts[i][1]);
        sqlite3_finalize(store->selects[i]);
        sqlite3_finalize(store->deletes[i]);
    }
    sqlite3_close(store->db);
    dl_json_out_free(&store->json);
    dl_json_out_free(&store->page);
    dl_arena_free(&store->arena);
    store_stories_close(store);
    free(store->data);
    free(store->path);
    free(store);
}
