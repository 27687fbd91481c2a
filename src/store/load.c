/* load.c - a reading from the log back into a document: its record is put together from the claims, with people's edits in place of
 * the machine's words, and read as any record is. */
#include "base/error.h"
#include "store/log.h"

bool store_rejected(const store_reading *reading, unsigned layer, size_t item)
{
    bool rejected = false; /* the last word counts */
    for (size_t i = 0; i < reading->edit_count; i++) {
        const store_edit *edit = &reading->edits[i];
        if (1u << edit->layer == layer && edit->item == item + 1 && edit->verdict != DL_VERDICT_CORRECT) rejected = edit->verdict == DL_VERDICT_REJECT;
    }
    return rejected;
}

uint64_t store_digest(dl_str page, dl_str text)
{
    return dl_hash(text.ptr, text.len, dl_hash(page.ptr, page.len, 0));
}

dl_status store_current(dl_store *store, int64_t document, int64_t *reading, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_status status = store_sql(store, SQL_CURRENT_READING, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, document);
    return store_number(store, statement, 0, reading, err);
}

/* ---- edits in JSON ---- */

static dl_str raw_value(dl_str json, const dl_json *value)
{
    size_t quote = value->kind == DL_JSON_STRING;
    return dl_str_slice(json, value->start - quote, value->end + quote);
}

static const store_edit *edit_of(const store_reading *reading, int layer, uint32_t item, dl_str field)
{
    const store_edit *last = NULL;
    for (size_t i = 0; i < reading->edit_count; i++) {
        const store_edit *edit = &reading->edits[i];
        if (edit->layer == layer && edit->item == item && edit->verdict == DL_VERDICT_CORRECT && dl_str_eq(edit->field, field)) last = edit;
    }
    return last;
}

static void put_member(dl_json_out *out, dl_str key, dl_str value)
{
    if (dl_str_is(value, "null")) return;
    dl_json_str(out, key);
    out->comma = false;
    dl_json_raw(out, DL_STR(":"));
    out->comma = false;
    dl_json_raw(out, value);
}

/* Writes the members of the object `json`, each with the value that the last edit gives it; then those that only edits give. */
static dl_status put_edited(dl_json_out *out, dl_arena *arena, const store_reading *reading, int layer, uint32_t item, dl_str json,
                            dl_error *err)
{
    const dl_json *root;
    dl_status status = dl_json_parse(&root, arena, json, false, err);
    if (status != DL_OK) return status;
    for (const dl_json *member = root->first; member; member = member->next) {
        const store_edit *edit = edit_of(reading, layer, item, member->key);
        put_member(out, member->key, edit ? edit->value : raw_value(json, member));
    }
    for (size_t i = 0; i < reading->edit_count; i++) {
        const store_edit *edit = &reading->edits[i];
        if (edit->layer == layer && edit->item == item && edit->verdict == DL_VERDICT_CORRECT && edit == edit_of(reading, layer, item, edit->field) &&
            !memchr(edit->field.ptr, 0, edit->field.len) && !dl_json_get(root, edit->field.ptr))
            put_member(out, edit->field, edit->value);
    }
    return DL_OK;
}

static bool is_edited(const store_reading *reading, int layer, uint32_t item)
{
    for (size_t i = 0; i < reading->edit_count; i++)
        if (reading->edits[i].layer == layer && reading->edits[i].item == item && reading->edits[i].verdict == DL_VERDICT_CORRECT) return true;
    return false;
}

static dl_status put_item(dl_store *store, const store_reading *reading, int layer, uint32_t item, dl_str json, dl_error *err)
{
    dl_json_out *out = &store->json;
    if (!is_edited(reading, layer, item)) {
        dl_json_raw(out, json);
        return DL_OK;
    }
    dl_json_open(out, '{');
    dl_status status = put_edited(out, &store->arena, reading, layer, item, json, err);
    dl_json_close(out, '}');
    return status;
}

/* ---- the record ---- */

static void put_key_and_raw(dl_json_out *out, const char *key, dl_str json)
{
    dl_json_key(out, key);
    dl_json_raw(out, json);
}

static dl_status put_page(dl_store *store, const store_reading *reading, dl_str page, dl_error *err)
{
    dl_str members = page.len > 2 ? dl_str_slice(page, 1, page.len - 1) : (dl_str){0};
    if (is_edited(reading, 0, 0)) return put_edited(&store->json, &store->arena, reading, 0, 0, page, err);
    if (members.len) dl_json_raw(&store->json, members);
    return DL_OK;
}

/* All that lies before the lists of claims; `row` stands on the row of SQL_GET_READING. */
static dl_status put_outline(dl_store *store, const store_reading *reading, sqlite3_stmt *row, dl_error *err)
{
    dl_json_out *out = &store->json;
    static const char *const keys[] = {"id", "engine", "model"};
    dl_json_out_clear(out);
    dl_json_open(out, '{');
    dl_json_key(out, "schema");
    dl_json_str(out, DL_STR("dateline/1"));
    for (int i = 0; i < 3; i++) {
        dl_str value = store_column(row, i);
        if (!value.len) continue; /* a record that did not say who read it */
        dl_json_key(out, keys[i]);
        dl_json_str(out, value);
    }
    dl_status status = put_page(store, reading, store_column(row, 3), err);
    dl_json_key(out, "text");
    dl_json_str(out, store_column(row, 4));
    put_key_and_raw(out, "blocks", store_column(row, 5));
    put_key_and_raw(out, "sentences", store_column(row, 6));
    return status;
}

static dl_status put_lists(dl_store *store, const store_reading *reading, dl_error *err)
{
    static const char *const keys[] = {"entities", "places", "times", "statements", "events", "talks"};
    sqlite3_stmt *claims;
    bool row = false;
    dl_status status = store_sql(store, SQL_GET_CLAIMS, &claims, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(claims, 1, reading->first_claim);
    sqlite3_bind_int64(claims, 2, reading->first_claim + reading->claim_count - 1);
    status = store_step(store, claims, &row, err);
    for (int layer = FIRST_LIST; layer <= LAST_LIST && status == DL_OK; layer++) {
        dl_json_key(&store->json, keys[layer - FIRST_LIST]);
        dl_json_open(&store->json, '[');
        while (status == DL_OK && row && sqlite3_column_int(claims, 0) == layer) {
            status = put_item(store, reading, layer, (uint32_t)sqlite3_column_int(claims, 1), store_column(claims, 2), err);
            if (status == DL_OK) status = store_step(store, claims, &row, err);
        }
        dl_json_close(&store->json, ']');
    }
    sqlite3_reset(claims);
    return status == DL_OK && row ? dl_fail(err, DL_BAD_DATA, store->path, 0, "a reading's claims are out of order") : status;
}

static void read_row(sqlite3_stmt *row, store_reading *out)
{
    out->first_claim = sqlite3_column_int64(row, 8);
    out->claim_count = sqlite3_column_int64(row, 9);
    out->document = sqlite3_column_int64(row, 10);
    out->changed = sqlite3_column_int64(row, 11);
    out->revision = sqlite3_column_int64(row, 12);
    out->digest = sqlite3_column_int64(row, 13);
    out->first_seen = sqlite3_column_int64(row, 14);
}

static dl_status put_record(dl_store *store, store_reading *reading, bool corrected, sqlite3_stmt *row, dl_error *err)
{
    dl_status status = corrected ? store_edits(store, reading, err) : DL_OK;
    if (status == DL_OK) status = put_outline(store, reading, row, err);
    if (status == DL_OK) status = put_lists(store, reading, err);
    dl_str warnings = store_column(row, 7);
    if (warnings.len > 2) put_key_and_raw(&store->json, "warnings", warnings);
    dl_json_close(&store->json, '}');
    return status == DL_OK && store->json.failed ? dl_fail_memory(err) : status;
}

dl_status store_load(dl_store *store, int64_t reading, bool corrected, store_reading *out, dl_error *err)
{
    sqlite3_stmt *statement;
    bool row;
    *out = (store_reading){.id = reading};
    dl_arena_reset(&store->arena);
    dl_status status = store_sql(store, SQL_GET_READING, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, reading);
    status = store_step(store, statement, &row, err);
    if (status != DL_OK) return status;
    if (!row) return dl_fail(err, DL_BAD_DATA, store->path, 0, "reading %lld is not in the log", (long long)reading);
    read_row(statement, out);
    status = put_record(store, out, corrected, statement, err);
    sqlite3_reset(statement);
    dl_document *doc = NULL;
    if (status == DL_OK) status = dl_document_read(&doc, store->json.bytes, store->json.len, err);
    out->doc = doc;
    return status;
}

void store_reading_free(store_reading *reading)
{
    dl_document_free((dl_document *)reading->doc);
    reading->doc = NULL;
}
