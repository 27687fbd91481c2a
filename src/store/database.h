/* database.h - the open store as the files of this room, and those that build on its tables, see it. */
#ifndef DL_STORE_DATABASE_H
#define DL_STORE_DATABASE_H

#include <sqlite3.h>

#include "base/json.h"
#include "dateline/store.h"

/* Every statement with a fixed text, prepared when first used and kept. */
typedef enum store_statement {
    SQL_BEGIN, SQL_COMMIT, SQL_FIND_DOCUMENT, SQL_ADD_DOCUMENT, SQL_FIND_REVISION, SQL_LAST_REVISION, SQL_ADD_REVISION, SQL_FIND_ENGINE,
    SQL_ADD_ENGINE, SQL_FIND_READING, SQL_NEXT_CLAIM, SQL_ADD_READING, SQL_ADD_CLAIM, SQL_CURRENT_READING, SQL_GET_READING, SQL_GET_CLAIMS,
    SQL_ADD_CORRECTION, SQL_GET_CORRECTIONS, SQL_FIND_QUOTE, SQL_ANCHORS, SQL_GET_ANCHOR, SQL_FIND_ACTOR, SQL_ADD_ACTOR, SQL_ADD_ACTOR_WORDS, SQL_FIND_LOCATION,
    SQL_ADD_LOCATION, SQL_ADD_BOX, SQL_ADD_WORDS, SQL_DROP_WORDS, SQL_DROP_TITLE, SQL_DOCUMENTS, SQL_READINGS,
    SQL_GET_CARD, SQL_GET_FOLLOWED, SQL_PUT_FOLLOWED,
    /* stories.c */
    SQL_POSTINGS, SQL_GROUPED, SQL_JOIN_STORY, SQL_ADD_STORY, SQL_ADD_POSTING, SQL_ADD_POSTINGS, SQL_ADD_GROUPED, SQL_ADD_SIGNATURE, SQL_DROP_POSTING, SQL_DROP_GROUPED, SQL_DROP_SIGNATURE,
    SQL_LEAVE_STORY, SQL_DROP_STORY, SQL_MOVE_PAGES, SQL_COUNT_PAGES, SQL_IS_POSTED, SQL_STORIES, SQL_COUNT
} store_statement;

enum {
    STORE_TABLES = 13, /* derived, see rows.h */
    ROWS_AT_ONCE = 8   /* that one statement may add: beginning and ending it costs as much as a row */
};

struct dl_store {
    sqlite3 *db;
    char *path;
    dl_store_mode mode;
    bool open;  /* a transaction */
    sqlite3_stmt *statements[SQL_COUNT];
    sqlite3_stmt *inserts[STORE_TABLES][2]; /* of one row; of ROWS_AT_ONCE */
    sqlite3_stmt *selects[STORE_TABLES], *deletes[STORE_TABLES];
    dl_json_out json, page;    /* kept from one document to the next */
    dl_arena arena;            /* of the call in progress */
    char engine[256];          /* "ENGINE\nMODEL" of the last reading, and their row: they hardly ever change */
    int64_t engine_row;
    char *data;                /* folder of the word lists, NULL: found as an engine finds it */
    struct dl_stories *stories; /* opened when the first page is placed */
    dl_arena story_arena;      /* of the page that is placed */
};

/* What SQLite last complained about, in our words. */
dl_status store_fail(const dl_store *store, dl_error *err);
dl_status store_prepare(dl_store *store, sqlite3_stmt **out, const char *sql, dl_error *err);
/* The statement, reset and with nothing bound. */
dl_status store_sql(dl_store *store, store_statement which, sqlite3_stmt **out, dl_error *err);
/* One more row? The statement is reset at the end of its rows and on failure. */
dl_status store_step(const dl_store *store, sqlite3_stmt *statement, bool *row, dl_error *err);
/* Steps a statement that gives no rows. */
dl_status store_run(const dl_store *store, sqlite3_stmt *statement, dl_error *err);
/* The first column of the only row, as a number; `none` where there is no row. Resets the statement. */
dl_status store_number(const dl_store *store, sqlite3_stmt *statement, int64_t none, int64_t *out, dl_error *err);
/* Several statements in one text. */
dl_status store_script(const dl_store *store, const char *sql, dl_error *err);
/* Begins a transaction unless one is open; *own tells whether it did. store_finish ends it so as `status` asks. */
dl_status store_enter(dl_store *store, bool *own, dl_error *err);
dl_status store_finish(dl_store *store, bool own, dl_status status, dl_error *err);

/* Text and JSON bytes lent to the statement until it is reset; ptr NULL binds NULL. */
void store_bind_text(sqlite3_stmt *statement, int index, dl_str text);
void store_bind_date(sqlite3_stmt *statement, int index, dl_date date);
dl_str store_column(sqlite3_stmt *statement, int column); /* lent until the next step; ptr NULL for NULL */
dl_str store_blob(sqlite3_stmt *statement, int column);   /* likewise, of bytes */

#endif
