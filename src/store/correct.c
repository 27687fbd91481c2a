/* correct.c - the word of people: kept in the log, and carried along to whatever reading is current.
 *
 * A correction is made on one item of one reading. In another reading of the same revision it goes to the item of its layer whose words
 * overlap its own the most. In another revision its words are looked for with up to 32 code points on each side; where they no longer
 * stand, the correction rests. */
#include <stdio.h>

#include "base/error.h"
#include "store/derive.h"
#include "store/log.h"

static const char *const verdicts[] = {"accept", "correct", "reject"};

/* ---- which item a correction is about now ---- */

typedef struct anchor {
    int64_t start, stop;
    bool stands;
} anchor;

/* The anchor of a correction made on `from`, in the text of `to`. */
static dl_status find_anchor(dl_store *store, int64_t from, int64_t to, anchor *at, dl_error *err)
{
    sqlite3_stmt *statement;
    bool row;
    at->stands = from == to;
    if (at->stands) return DL_OK;
    dl_status status = store_sql(store, SQL_FIND_QUOTE, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, from), sqlite3_bind_int64(statement, 2, to);
    sqlite3_bind_int64(statement, 3, at->start), sqlite3_bind_int64(statement, 4, at->stop);
    status = store_step(store, statement, &row, err);
    if (!row) return status;
    bool same_text = sqlite3_column_int(statement, 0);
    int64_t found = sqlite3_column_int64(statement, 1), before = sqlite3_column_int64(statement, 2);
    sqlite3_reset(statement);
    at->stands = same_text || found > 0;
    if (same_text || !at->stands) return DL_OK;
    int64_t length = at->stop - at->start;
    at->start = found - 1 + before;
    at->stop = at->start + length;
    return DL_OK;
}

static dl_status item_at(dl_store *store, const store_reading *reading, int layer, const anchor *at, int64_t *item, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_status status = store_sql(store, SQL_ANCHORS, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, reading->first_claim);
    sqlite3_bind_int64(statement, 2, reading->first_claim + reading->claim_count - 1);
    sqlite3_bind_int(statement, 3, layer);
    sqlite3_bind_int64(statement, 4, at->start), sqlite3_bind_int64(statement, 5, at->stop);
    return store_number(store, statement, 0, item, err);
}

/* Reads one correction; false where it rests. */
static dl_status take_edit(dl_store *store, const store_reading *reading, sqlite3_stmt *row, store_edit *out, bool *holds, dl_error *err)
{
    int64_t made_on = sqlite3_column_int64(row, 0), item = sqlite3_column_int64(row, 2);
    anchor at = {sqlite3_column_int64(row, 3), sqlite3_column_int64(row, 4), true};
    dl_status status = DL_OK;
    dl_str verdict = store_column(row, 5);
    out->layer = sqlite3_column_int(row, 1);
    out->verdict = dl_str_is(verdict, "accept") ? DL_VERDICT_ACCEPT : dl_str_is(verdict, "reject") ? DL_VERDICT_REJECT : DL_VERDICT_CORRECT;
    out->field = dl_arena_str(&store->arena, store_column(row, 6));
    out->value = dl_arena_str(&store->arena, store_column(row, 7));
    if (out->verdict == DL_VERDICT_CORRECT && (!out->field.ptr || !out->value.ptr)) return dl_fail_memory(err);
    if (out->layer && made_on != reading->id) {
        status = find_anchor(store, made_on, reading->id, &at, err);
        if (status == DL_OK && at.stands) status = item_at(store, reading, out->layer, &at, &item, err);
    }
    *holds = at.stands && (item || !out->layer);
    out->item = (uint32_t)item;
    return status;
}

dl_status store_edits(dl_store *store, store_reading *reading, dl_error *err)
{
    DL_VEC(store_edit) edits = {0};
    sqlite3_stmt *statement;
    bool row = true;
    dl_status status = store_sql(store, SQL_GET_CORRECTIONS, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, reading->document);
    while (status == DL_OK && (status = store_step(store, statement, &row, err)) == DL_OK && row) {
        store_edit edit;
        bool holds = false;
        status = take_edit(store, reading, statement, &edit, &holds, err);
        if (status != DL_OK || !holds) continue;
        store_edit *slot = DL_VEC_PUSH(&store->arena, &edits);
        if (slot) *slot = edit;
        else status = dl_fail_memory(err);
    }
    sqlite3_reset(statement);
    reading->edits = edits.items;
    reading->edit_count = edits.count;
    return status;
}

/* ---- a new correction ---- */

static int layer_number(unsigned layer)
{
    if (layer == DL_LAYER_PAGE) return 0;
    for (int i = FIRST_LIST; i <= LAST_LIST; i++)
        if (layer == 1u << i) return i;
    return -1;
}

static dl_status check_correction(dl_store *store, const dl_correction *c, dl_error *err)
{
    const dl_json *ignored;
    if (layer_number(c->layer) < 0) return dl_fail(err, DL_USAGE, NULL, 0, "a correction is of the page or of an item of one layer");
    if (!c->author.len) return dl_fail(err, DL_USAGE, NULL, 0, "a correction needs an author");
    if (c->layer == DL_LAYER_PAGE && c->verdict == DL_VERDICT_REJECT) return dl_fail(err, DL_USAGE, NULL, 0, "a page can't be rejected, only its items");
    if (c->verdict != DL_VERDICT_CORRECT) return DL_OK;
    if (!c->field.len || dl_str_is(c->field, "id") || memchr(c->field.ptr, 0, c->field.len))
        return dl_fail(err, DL_USAGE, NULL, 0, "a correction needs the name of a field");
    return dl_json_parse(&ignored, &store->arena, c->value.ptr ? c->value : DL_STR(""), false, err);
}

/* The document and its current reading. */
static dl_status find_target(dl_store *store, dl_str name, store_reading *out, dl_error *err)
{
    sqlite3_stmt *statement;
    bool row;
    dl_status status = store_sql(store, SQL_FIND_DOCUMENT, &statement, err);
    if (status != DL_OK) return status;
    store_bind_text(statement, 1, name);
    status = store_number(store, statement, 0, &out->document, err);
    if (status == DL_OK && out->document) status = store_current(store, out->document, &out->id, err);
    if (status == DL_OK && !out->id)
        return dl_fail(err, DL_USAGE, store->path, 0, "no document is called '%.*s'", (int)(name.len < 100 ? name.len : 100), name.ptr);
    if (status == DL_OK) status = store_sql(store, SQL_GET_READING, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, out->id);
    status = store_step(store, statement, &row, err);
    if (!row) return status;
    out->first_claim = sqlite3_column_int64(statement, 8);
    out->claim_count = sqlite3_column_int64(statement, 9);
    sqlite3_reset(statement);
    return DL_OK;
}

static dl_status find_claim(dl_store *store, const store_reading *target, int layer, int64_t item, anchor *at, dl_error *err)
{
    sqlite3_stmt *statement;
    bool row;
    dl_status status = store_sql(store, SQL_GET_ANCHOR, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, target->first_claim);
    sqlite3_bind_int64(statement, 2, target->first_claim + target->claim_count - 1);
    sqlite3_bind_int(statement, 3, layer);
    sqlite3_bind_int64(statement, 4, item);
    status = store_step(store, statement, &row, err);
    if (status != DL_OK) return status;
    if (!row) return dl_fail(err, DL_USAGE, store->path, 0, "the document has no such item");
    *at = (anchor){sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1), true};
    sqlite3_reset(statement);
    return DL_OK;
}

static dl_status add_correction(dl_store *store, const dl_correction *c, const store_reading *target, const anchor *at, dl_error *err)
{
    sqlite3_stmt *statement;
    int layer = layer_number(c->layer);
    dl_status status = store_sql(store, SQL_ADD_CORRECTION, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_clear_bindings(statement);
    sqlite3_bind_int64(statement, 1, target->document);
    sqlite3_bind_int64(statement, 2, target->id);
    sqlite3_bind_int(statement, 3, layer);
    sqlite3_bind_int64(statement, 4, layer ? (int64_t)c->item + 1 : 0);
    if (at->stands) sqlite3_bind_int64(statement, 5, at->start), sqlite3_bind_int64(statement, 6, at->stop);
    store_bind_text(statement, 7, dl_str_of(verdicts[c->verdict]));
    if (c->verdict == DL_VERDICT_CORRECT) store_bind_text(statement, 8, c->field), store_bind_text(statement, 9, c->value);
    store_bind_text(statement, 10, c->author);
    store_bind_text(statement, 11, c->note);
    sqlite3_bind_int64(statement, 12, c->seen);
    return store_run(store, statement, err);
}

dl_status dl_store_correct(dl_store *store, const dl_correction *c, dl_error *err)
{
    bool own;
    store_reading target = {0};
    anchor at = {0};
    dl_arena_reset(&store->arena);
    dl_status status = check_correction(store, c, err);
    if (status == DL_OK) status = store_enter(store, &own, err);
    if (status != DL_OK) return status;
    status = find_target(store, c->document, &target, err);
    if (status == DL_OK && c->layer != DL_LAYER_PAGE)
        status = find_claim(store, &target, layer_number(c->layer), (int64_t)c->item + 1, &at, err);
    if (status == DL_OK) status = add_correction(store, c, &target, &at, err);
    if (status == DL_OK) status = store_derive(store, target.document, err);
    return store_finish(store, own, status, err);
}
