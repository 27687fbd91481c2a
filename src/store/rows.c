/* rows.c - derived rows into their tables, or held against them. */
#include "store/rows.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"

const char *const store_table_names[STORE_TABLES] = {
    "pages", "sentences", "entities", "places", "statements", "events", "participants", "casualties", "talks", "parties", "issues",
    "cards", "talk_cards"};

/* Tables that point at no other, of which several rows may be added by one statement (see EIGHT). */
static const bool plain[STORE_TABLES] = {[TABLE_SENTENCES] = true, [TABLE_ENTITIES] = true, [TABLE_CASUALTIES] = true, [TABLE_PARTIES] = true, [TABLE_ISSUES] = true};

/* The columns of each key behind the document. */
static const char *const orders[STORE_TABLES] = {"1", "2", "2", "2", "2", "2", "2, 3, 4", "2, 3", "2", "2, 3, 4", "2, 3", "1", "2"};

static dl_status prepare_insert(dl_store *store, store_table table, size_t columns, bool many, dl_error *err)
{
    enum { LONGEST = 1024 }; /* 8 times 18 columns of two characters */
    char sql[LONGEST];
    if (store->inserts[table][many]) return DL_OK;
    int len = snprintf(sql, sizeof sql, many ? "INSERT OR FAIL INTO %s VALUES" : "INSERT INTO %s VALUES", store_table_names[table]);
    for (size_t row = 0; row < (many ? ROWS_AT_ONCE : 1); row++)
        for (size_t i = 0; i < columns; i++)
            len += snprintf(sql + len, sizeof sql - (size_t)len, "%s?%s", i ? "," : row ? ",(" : "(", i + 1 < columns ? "" : ")");
    return store_prepare(store, &store->inserts[table][many], sql, err);
}

static dl_status prepare_select(dl_store *store, store_table table, dl_error *err)
{
    char sql[128];
    if (store->selects[table]) return DL_OK;
    snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE document = ?1 ORDER BY %s", store_table_names[table], orders[table]);
    return store_prepare(store, &store->selects[table], sql, err);
}

static dl_status prepare_delete(dl_store *store, store_table table, dl_error *err)
{
    char sql[128];
    if (store->deletes[table]) return DL_OK;
    snprintf(sql, sizeof sql, "DELETE FROM %s WHERE document = ?1", store_table_names[table]);
    return store_prepare(store, &store->deletes[table], sql, err);
}

void rows_fault(row_sink *sink, const char *format, ...)
{
    char sentence[512];
    va_list args;
    int len = snprintf(sentence, sizeof sentence, "%.*s: ", (int)(sink->document.len < 128 ? sink->document.len : 128), sink->document.ptr);
    va_start(args, format);
    vsnprintf(sentence + len, sizeof sentence - (size_t)len, format, args);
    va_end(args);
    sink->faults++;
    if (sink->fault) sink->fault(sink->context, sentence);
}

/* ---- inserting ---- */

static void bind(sqlite3_stmt *statement, const cell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int index = (int)i + 1;
        switch (cells[i].kind) {
        case CELL_INT: sqlite3_bind_int64(statement, index, cells[i].number); break;
        case CELL_REAL: sqlite3_bind_double(statement, index, cells[i].real); break;
        case CELL_TEXT: store_bind_text(statement, index, cells[i].text); break;
        case CELL_BLOB: sqlite3_bind_blob64(statement, index, cells[i].text.ptr, cells[i].text.len, SQLITE_STATIC); break;
        default: sqlite3_bind_null(statement, index);
        }
    }
}

static void insert_now(row_sink *sink, store_table table, const cell *cells, size_t columns, size_t rows)
{
    bool many = rows == ROWS_AT_ONCE;
    sink->status = prepare_insert(sink->store, table, columns, many, sink->err);
    if (sink->status != DL_OK) return;
    bind(sink->store->inserts[table][many], cells, columns * rows);
    sink->status = store_run(sink->store, sink->store->inserts[table][many], sink->err);
}

/* Rows wait until there are enough for one statement; what they point at lives as long as the reading. */
static void insert(row_sink *sink, store_table table, const cell *cells, size_t count)
{
    cell *all = sink->waiting[table].cells;
    if (!plain[table]) {
        insert_now(sink, table, cells, count, 1);
        return;
    }
    if (!all) all = sink->waiting[table].cells = dl_arena_alloc_raw(&sink->store->arena, ROWS_AT_ONCE * count * sizeof *all);
    if (!all) {
        sink->status = dl_fail_memory(sink->err);
        return;
    }
    memcpy(all + sink->waiting[table].rows++ * count, cells, count * sizeof *cells);
    sink->waiting[table].columns = count;
    if (sink->waiting[table].rows < ROWS_AT_ONCE) return;
    insert_now(sink, table, all, count, ROWS_AT_ONCE);
    sink->waiting[table].rows = 0;
}

static void insert_waiting(row_sink *sink)
{
    for (int table = 0; table < STORE_TABLES; table++) {
        size_t columns = sink->waiting[table].columns;
        for (size_t i = 0; i < sink->waiting[table].rows && sink->status == DL_OK; i++)
            insert_now(sink, (store_table)table, sink->waiting[table].cells + i * columns, columns, 1);
        sink->waiting[table].rows = 0;
    }
}

dl_status rows_drop(dl_store *store, int64_t document, dl_error *err)
{
    static const store_statement words[] = {SQL_DROP_WORDS, SQL_DROP_TITLE};
    dl_status status = DL_OK;
    for (size_t i = 0; i < 2 && status == DL_OK; i++) {
        sqlite3_stmt *statement;
        status = store_sql(store, words[i], &statement, err);
        if (status != DL_OK) break;
        sqlite3_bind_int64(statement, 1, document);
        status = store_run(store, statement, err);
    }
    for (int table = STORE_TABLES - 1; table >= 0 && status == DL_OK; table--) {
        status = prepare_delete(store, (store_table)table, err);
        if (status != DL_OK) break;
        sqlite3_bind_int64(store->deletes[table], 1, document);
        status = store_run(store, store->deletes[table], err);
    }
    return status;
}

/* ---- comparing ---- */

static bool same(sqlite3_stmt *statement, int column, const cell *expected)
{
    int type = sqlite3_column_type(statement, column);
    switch (expected->kind) {
    case CELL_INT: return type == SQLITE_INTEGER && sqlite3_column_int64(statement, column) == expected->number;
    case CELL_REAL: return type != SQLITE_NULL && sqlite3_column_double(statement, column) == expected->real;
    case CELL_TEXT: return type == SQLITE_TEXT && dl_str_eq(store_column(statement, column), expected->text);
    case CELL_BLOB: return type == SQLITE_BLOB && dl_str_eq(store_blob(statement, column), expected->text);
    default: return type == SQLITE_NULL;
    }
}

/* A table's next row into its select statement; false at their end. */
static bool next_row(row_sink *sink, store_table table)
{
    bool row = false;
    if (!sink->done[table]) sink->status = store_step(sink->store, sink->store->selects[table], &row, sink->err);
    sink->done[table] = !row;
    return row;
}

static void compare(row_sink *sink, store_table table, const cell *cells, size_t count)
{
    sqlite3_stmt *statement = sink->store->selects[table];
    if (!next_row(sink, table)) {
        if (sink->status == DL_OK) rows_fault(sink, "table %s lacks a row that the log gives", store_table_names[table]);
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (!same(statement, (int)i, &cells[i])) {
            rows_fault(sink, "table %s says otherwise than the log in column %s of row %lld", store_table_names[table],
                       sqlite3_column_name(statement, (int)i), (long long)sqlite3_column_int64(statement, 1));
            return;
        }
}

void rows_begin(row_sink *sink, int64_t document)
{
    for (int table = 0; sink->compare && table < STORE_TABLES && sink->status == DL_OK; table++) {
        sink->status = prepare_select(sink->store, (store_table)table, sink->err);
        if (sink->status != DL_OK) return;
        sqlite3_reset(sink->store->selects[table]);
        sqlite3_bind_int64(sink->store->selects[table], 1, document);
        sink->done[table] = false;
    }
}

void rows_put(row_sink *sink, store_table table, const cell *cells, size_t count)
{
    if (sink->status != DL_OK) return;
    if (sink->compare) compare(sink, table, cells, count);
    else insert(sink, table, cells, count);
}

void rows_end(row_sink *sink)
{
    if (!sink->compare) insert_waiting(sink);
    for (int table = 0; sink->compare && table < STORE_TABLES; table++) {
        if (sink->status == DL_OK && next_row(sink, (store_table)table))
            rows_fault(sink, "table %s has a row that the log does not give", store_table_names[table]);
        sqlite3_reset(sink->store->selects[table]);
    }
}

/* ---- values ---- */

double rows_real(double value, int decimals)
{
    char digits[352];
    double told = 0;
    snprintf(digits, sizeof digits, "%.*f", decimals, value);
    sscanf(digits, "%lf", &told);
    return told == 0 ? 0 : told; /* no minus zero */
}

/* A float times 100 is exact as a double, so that this rounds as printf does, and a whole number of hundredths is what its digits read as. */
double rows_confidence(float value)
{
    return value > 0 ? nearbyint((value > 1 ? 1 : (double)value) * 100) / 100 : 0;
}

dl_str rows_precision(const dl_place *place)
{
    static const char *const precisions[] = {NULL, "exact", "city", "admin2", "admin1", "country", "region"};
    return dl_str_of(precisions[place->precision]);
}

dl_str rows_issue_status(dl_issue_status status)
{
    static const char *const states[] = {"open", "agreed", "rejected", "proposed"};
    return dl_str_of(states[status]);
}

/* ---- names, locations, words ---- */

static int64_t add_actor(row_sink *sink, dl_str name, dl_str code)
{
    sqlite3_stmt *actor, *words;
    sink->status = store_sql(sink->store, SQL_ADD_ACTOR, &actor, sink->err);
    if (sink->status == DL_OK) sink->status = store_sql(sink->store, SQL_ADD_ACTOR_WORDS, &words, sink->err);
    if (sink->status != DL_OK) return 0;
    store_bind_text(actor, 1, name), store_bind_text(actor, 2, code);
    sink->status = store_run(sink->store, actor, sink->err);
    int64_t id = sqlite3_last_insert_rowid(sink->store->db);
    if (sink->status != DL_OK) return 0;
    sqlite3_bind_int64(words, 1, id), store_bind_text(words, 2, name);
    sink->status = store_run(sink->store, words, sink->err);
    return id;
}

int64_t rows_actor(row_sink *sink, dl_str name, dl_str code)
{
    sqlite3_stmt *statement;
    if (sink->status == DL_OK) sink->status = store_sql(sink->store, SQL_FIND_ACTOR, &statement, sink->err);
    if (sink->status != DL_OK) return 0;
    if (!code.ptr) code = DL_STR("");
    store_bind_text(statement, 1, name), store_bind_text(statement, 2, code);
    int64_t id = 0;
    sink->status = store_number(sink->store, statement, 0, &id, sink->err);
    if (id || sink->status != DL_OK || sink->compare) return id;
    return add_actor(sink, name, code);
}

typedef struct location {
    uint64_t digest;
    double lat, lon;
    const dl_place *place;
} location;

static void bind_location(sqlite3_stmt *statement, const location *at)
{
    const dl_place *place = at->place;
    sqlite3_bind_int64(statement, 1, (int64_t)at->digest);
    store_bind_text(statement, 2, place->name.ptr ? place->name : DL_STR(""));
    if (place->geonameid) sqlite3_bind_int64(statement, 3, place->geonameid);
    else sqlite3_bind_null(statement, 3);
    store_bind_text(statement, 4, place->gazetteer_id);
    if (place->resolved) sqlite3_bind_double(statement, 5, at->lat), sqlite3_bind_double(statement, 6, at->lon);
    else sqlite3_bind_null(statement, 5), sqlite3_bind_null(statement, 6);
    store_bind_text(statement, 7, place->country);
    store_bind_text(statement, 8, place->admin1);
    store_bind_text(statement, 9, place->feature);
    store_bind_text(statement, 10, rows_precision(place));
}

static uint64_t hash_text(dl_str text, uint64_t seed)
{
    return text.ptr ? dl_hash(text.ptr, text.len, seed) : seed + 1;
}

static location locate(const dl_place *place)
{
    location at = {.place = place, .digest = hash_text(place->name, (uint64_t)place->geonameid)};
    if (place->resolved) at.lat = rows_real(place->lat, 5), at.lon = rows_real(place->lon, 5);
    double point[2] = {at.lat, at.lon};
    const dl_str texts[] = {place->gazetteer_id, place->country, place->admin1, place->feature};
    for (size_t i = 0; i < 4; i++) at.digest = hash_text(texts[i], at.digest);
    at.digest = dl_hash(point, sizeof point, at.digest + place->precision + (place->resolved ? 64 : 0));
    return at;
}

static int64_t add_location(row_sink *sink, const location *at)
{
    sqlite3_stmt *statement, *box;
    sink->status = store_sql(sink->store, SQL_ADD_LOCATION, &statement, sink->err);
    if (sink->status == DL_OK) sink->status = store_sql(sink->store, SQL_ADD_BOX, &box, sink->err);
    if (sink->status != DL_OK) return 0;
    bind_location(statement, at);
    sink->status = store_run(sink->store, statement, sink->err);
    int64_t id = sqlite3_last_insert_rowid(sink->store->db);
    if (sink->status != DL_OK || !at->place->resolved) return id;
    sqlite3_bind_int64(box, 1, id);
    sqlite3_bind_double(box, 2, at->lat), sqlite3_bind_double(box, 3, at->lon);
    sink->status = store_run(sink->store, box, sink->err);
    return id;
}

int64_t rows_location(row_sink *sink, const dl_place *place)
{
    sqlite3_stmt *statement;
    if (sink->status == DL_OK) sink->status = store_sql(sink->store, SQL_FIND_LOCATION, &statement, sink->err);
    if (sink->status != DL_OK) return 0;
    location at = locate(place);
    bind_location(statement, &at);
    int64_t id = 0;
    sink->status = store_number(sink->store, statement, 0, &id, sink->err);
    return id || sink->status != DL_OK || sink->compare ? id : add_location(sink, &at);
}

void rows_words(row_sink *sink, int64_t document, size_t number, dl_str words)
{
    sqlite3_stmt *statement;
    if (sink->compare || sink->status != DL_OK || !words.len) return;
    sink->status = store_sql(sink->store, SQL_ADD_WORDS, &statement, sink->err);
    if (sink->status != DL_OK) return;
    sqlite3_bind_int64(statement, 1, (document << 24) | (int64_t)number);
    store_bind_text(statement, 2, words);
    sink->status = store_run(sink->store, statement, sink->err);
}
