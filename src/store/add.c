/* add.c - a document into the log, and from there into the derived tables.
 *
 * Adding the same again finds its revision and its reading and changes nothing. A revision is known by what it says, not by when it came: a
 * page that goes back to former words is no news. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "store/derive.h"
#include "store/log.h"

/* ---- what a claim says beside its JSON ---- */

uint32_t *store_first_mentions(dl_arena *arena, const dl_document *doc)
{
    const dl_names *names = &doc->names;
    uint32_t *first = DL_NEW_ARRAY(arena, uint32_t, names->entity_count + 1);
    if (!first) return NULL;
    for (size_t i = 0; i < names->entity_count; i++) first[i] = DL_NONE;
    for (size_t i = names->mention_count; i-- > 0;) first[names->mentions[i].entity] = (uint32_t)i;
    return first;
}

static dl_span in_code_points(const dl_document *doc, dl_span span)
{
    return (dl_span){dl_document_codepoint(doc, span.start), dl_document_codepoint(doc, span.end)};
}

dl_span store_anchor(const dl_document *doc, unsigned layer, size_t index, const uint32_t *first_mentions)
{
    switch (layer) {
    case DL_LAYER_ENTITIES:
        return first_mentions[index] == DL_NONE ? (dl_span){0} : in_code_points(doc, doc->names.mentions[first_mentions[index]].span);
    case DL_LAYER_PLACES: return in_code_points(doc, doc->places.items[index].span);
    case DL_LAYER_TIMES: return in_code_points(doc, doc->times.items[index].span);
    case DL_LAYER_STATEMENTS: return in_code_points(doc, doc->statements.items[index].content[0]);
    case DL_LAYER_EVENTS: return in_code_points(doc, doc->events.items[index].trigger);
    default: return in_code_points(doc, doc->talks.items[index].span);
    }
}

dl_party store_speaker(const dl_document *doc, uint32_t statement)
{
    if (statement >= doc->statements.count) return (dl_party){0};
    const dl_statement *said = &doc->statements.items[statement];
    if (said->entity < doc->names.entity_count) {
        const dl_entity *entity = &doc->names.entities[said->entity];
        return (dl_party){entity->name, entity->code};
    }
    return (dl_party){said->speaker_count ? dl_span_str(doc->story.text, said->speaker[0]) : (dl_str){0}, {0}};
}

static dl_str speaker_of(const dl_document *doc, unsigned layer, size_t index)
{
    if (layer == DL_LAYER_STATEMENTS) return store_speaker(doc, (uint32_t)index).name;
    if (layer == DL_LAYER_EVENTS) return store_speaker(doc, doc->events.items[index].source).name;
    return (dl_str){0};
}

/* ---- rows of the log ---- */

static dl_status inserted(dl_store *store, sqlite3_stmt *statement, int64_t *id, dl_error *err)
{
    dl_status status = store_run(store, statement, err);
    *id = sqlite3_last_insert_rowid(store->db);
    return status;
}

static dl_status find_document(dl_store *store, dl_str name, int64_t *id, bool *added, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_status status = store_sql(store, SQL_FIND_DOCUMENT, &statement, err);
    if (status != DL_OK) return status;
    store_bind_text(statement, 1, name);
    status = store_number(store, statement, 0, id, err);
    *added = status == DL_OK && !*id;
    if (!*added) return status;
    status = store_sql(store, SQL_ADD_DOCUMENT, &statement, err);
    if (status != DL_OK) return status;
    store_bind_text(statement, 1, name);
    return inserted(store, statement, id, err);
}

typedef struct revision {
    int64_t document, id, number;
    dl_str page, text;
    uint64_t digest;
    bool last, added;
} revision;

static dl_status known_revision(dl_store *store, revision *out, dl_error *err)
{
    sqlite3_stmt *statement;
    bool row;
    dl_status status = store_sql(store, SQL_FIND_REVISION, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, out->document);
    sqlite3_bind_int64(statement, 2, (int64_t)out->digest);
    store_bind_text(statement, 3, out->page);
    store_bind_text(statement, 4, out->text);
    status = store_step(store, statement, &row, err);
    if (!row) return status;
    out->id = sqlite3_column_int64(statement, 0);
    out->number = sqlite3_column_int64(statement, 1);
    sqlite3_reset(statement);
    return DL_OK;
}

static dl_status add_revision(dl_store *store, revision *out, int64_t seen, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_status status = store_sql(store, SQL_ADD_REVISION, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, out->document);
    sqlite3_bind_int64(statement, 2, out->number);
    sqlite3_bind_int64(statement, 3, seen);
    sqlite3_bind_int64(statement, 4, (int64_t)out->digest);
    store_bind_text(statement, 5, out->page);
    store_bind_text(statement, 6, out->text);
    out->added = true;
    return inserted(store, statement, &out->id, err);
}

static dl_status find_revision(dl_store *store, const dl_document *doc, int64_t seen, revision *out, dl_error *err)
{
    sqlite3_stmt *statement;
    int64_t last;
    dl_json_out_clear(&store->page);
    dl_record_write_page(&store->page, doc);
    if (store->page.failed) return dl_fail_memory(err);
    out->page = (dl_str){store->page.bytes, store->page.len};
    out->text = doc->story.text.ptr ? doc->story.text : DL_STR("");
    out->digest = store_digest(out->page, out->text);
    dl_status status = store_sql(store, SQL_LAST_REVISION, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, out->document);
    status = store_number(store, statement, 0, &last, err);
    if (status == DL_OK && last) status = known_revision(store, out, err);
    out->last = !out->id || out->number == last;
    if (status != DL_OK || out->id) return status;
    out->number = last + 1;
    return add_revision(store, out, seen, err);
}

static dl_status look_up_engine(dl_store *store, store_statement which, dl_str engine, dl_str model, sqlite3_stmt **out, dl_error *err)
{
    dl_status status = store_sql(store, which, out, err);
    if (status != DL_OK) return status;
    store_bind_text(*out, 1, engine), store_bind_text(*out, 2, model);
    return DL_OK;
}

static dl_status find_engine(dl_store *store, const dl_document *doc, dl_error *err)
{
    dl_str engine = doc->engine.ptr ? doc->engine : DL_STR(""), model = doc->model.ptr ? doc->model : DL_STR("");
    char both[sizeof store->engine];
    bool fits = snprintf(both, sizeof both, "%.*s\n%.*s", (int)engine.len, engine.ptr, (int)model.len, model.ptr) < (int)sizeof both;
    if (fits && store->engine_row && strcmp(both, store->engine) == 0) return DL_OK;
    sqlite3_stmt *statement;
    store->engine_row = 0;
    dl_status status = look_up_engine(store, SQL_FIND_ENGINE, engine, model, &statement, err);
    if (status == DL_OK) status = store_number(store, statement, 0, &store->engine_row, err);
    if (status == DL_OK && !store->engine_row) {
        status = look_up_engine(store, SQL_ADD_ENGINE, engine, model, &statement, err);
        if (status == DL_OK) status = inserted(store, statement, &store->engine_row, err);
    }
    memcpy(store->engine, fits ? both : "", fits ? strlen(both) + 1 : 1);
    return status;
}

static dl_status find_reading(dl_store *store, int64_t of, int64_t *id, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_status status = store_sql(store, SQL_FIND_READING, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, of);
    sqlite3_bind_int64(statement, 2, store->engine_row);
    return store_number(store, statement, 0, id, err);
}

/* ---- a reading and its claims ---- */

/* JSON of a reading, one piece after the other in the store's buffer: piece i ends at ends[i]. */
typedef struct pieces {
    size_t *ends;
    size_t count;
    int64_t claims;
} pieces;

enum { BLOCKS, SENTENCES, WARNINGS, FIRST_CLAIM };

static dl_str piece(const dl_store *store, const pieces *all, size_t index)
{
    size_t start = index ? all->ends[index - 1] : 0;
    return (dl_str){store->json.bytes + start, all->ends[index] - start};
}

static void end_piece(dl_store *store, pieces *all)
{
    store->json.comma = false;
    all->ends[all->count++] = store->json.len;
}

static dl_status write_pieces(dl_store *store, const dl_document *doc, pieces *out, dl_error *err)
{
    out->claims = 0;
    for (int layer = FIRST_LIST; layer <= LAST_LIST; layer++) out->claims += (int64_t)dl_record_item_count(doc, 1u << layer);
    out->ends = DL_NEW_ARRAY(&store->arena, size_t, (size_t)out->claims + FIRST_CLAIM);
    if (!out->ends) return dl_fail_memory(err);
    dl_json_out_clear(&store->json);
    dl_record_write_blocks(&store->json, doc), end_piece(store, out);
    dl_record_write_sentences(&store->json, doc), end_piece(store, out);
    dl_json_open(&store->json, '[');
    for (size_t i = 0; i < doc->warnings.count; i++) dl_json_str(&store->json, doc->warnings.items[i]);
    dl_json_close(&store->json, ']'), end_piece(store, out);
    for (int layer = FIRST_LIST; layer <= LAST_LIST; layer++)
        for (size_t i = 0; i < dl_record_item_count(doc, 1u << layer); i++) {
            dl_record_write_item(&store->json, doc, 1u << layer, i);
            end_piece(store, out);
        }
    return store->json.failed ? dl_fail_memory(err) : DL_OK;
}

static dl_status add_claims(dl_store *store, const dl_document *doc, const pieces *all, const store_reading *reading, dl_error *err)
{
    sqlite3_stmt *statement;
    const uint32_t *first_mentions = store_first_mentions(&store->arena, doc);
    dl_status status = first_mentions ? store_sql(store, SQL_ADD_CLAIM, &statement, err) : dl_fail_memory(err);
    int64_t id = reading->first_claim;
    size_t index = FIRST_CLAIM;
    for (int layer = FIRST_LIST; layer <= LAST_LIST && status == DL_OK; layer++)
        for (size_t i = 0; i < dl_record_item_count(doc, 1u << layer) && status == DL_OK; i++) {
            dl_span anchor = store_anchor(doc, 1u << layer, i, first_mentions);
            sqlite3_bind_int64(statement, 1, id++);
            sqlite3_bind_int64(statement, 2, reading->id);
            sqlite3_bind_int(statement, 3, layer);
            sqlite3_bind_int64(statement, 4, (int64_t)i + 1);
            sqlite3_bind_int64(statement, 5, anchor.start);
            sqlite3_bind_int64(statement, 6, anchor.end);
            store_bind_text(statement, 7, speaker_of(doc, 1u << layer, i));
            store_bind_text(statement, 8, piece(store, all, index++));
            status = store_run(store, statement, err);
        }
    return status;
}

static dl_status next_claim(dl_store *store, int64_t *id, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_status status = store_sql(store, SQL_NEXT_CLAIM, &statement, err);
    return status == DL_OK ? store_number(store, statement, 1, id, err) : status;
}

static dl_status add_reading(dl_store *store, const dl_document *doc, const revision *of, int64_t seen, store_reading *out, dl_error *err)
{
    pieces all = {0};
    sqlite3_stmt *statement;
    dl_status status = write_pieces(store, doc, &all, err);
    if (status == DL_OK) status = next_claim(store, &out->first_claim, err);
    if (status == DL_OK) status = store_sql(store, SQL_ADD_READING, &statement, err);
    if (status != DL_OK) return status;
    out->claim_count = all.claims;
    sqlite3_bind_int64(statement, 1, of->id);
    sqlite3_bind_int64(statement, 2, store->engine_row);
    sqlite3_bind_int64(statement, 3, seen);
    sqlite3_bind_int64(statement, 4, out->first_claim);
    sqlite3_bind_int64(statement, 5, all.claims);
    for (size_t i = BLOCKS; i <= WARNINGS; i++) store_bind_text(statement, 6 + (int)i, piece(store, &all, i));
    status = inserted(store, statement, &out->id, err);
    return status == DL_OK ? add_claims(store, doc, &all, out, err) : status;
}

/* ---- the whole ---- */

static dl_status derive(dl_store *store, const revision *of, bool new_document, int64_t seen, store_reading *reading,
                        const dl_document *doc, dl_error *err)
{
    if (!new_document) return store_derive(store, of->document, err);
    reading->document = of->document; /* nothing to drop, nothing to mind but the record at hand */
    reading->first_seen = reading->changed = seen;
    reading->doc = doc;
    return store_insert_rows(store, reading, err);
}

static dl_status add(dl_store *store, const dl_document *doc, int64_t seen, dl_added *out, dl_error *err)
{
    revision of = {0};
    store_reading reading = {0};
    int64_t known = 0;
    bool new_document;
    dl_arena_reset(&store->arena);
    dl_status status = find_document(store, doc->id, &of.document, &new_document, err);
    if (status == DL_OK) status = find_revision(store, doc, seen, &of, err);
    if (status == DL_OK) status = find_engine(store, doc, err);
    if (status == DL_OK && !of.added) status = find_reading(store, of.id, &known, err);
    if (status != DL_OK) return status;
    out->revision = (uint32_t)of.number;
    out->what = new_document ? DL_ADDED : of.added ? DL_REVISED : known ? DL_UNCHANGED : DL_REREAD;
    if (known) return DL_OK;
    status = add_reading(store, doc, &of, seen, &reading, err);
    return status == DL_OK && of.last ? derive(store, &of, new_document, seen, &reading, doc, err) : status;
}

dl_status dl_store_add(dl_store *store, const dl_document *document, int64_t seen, dl_added *out, dl_error *err)
{
    bool own;
    dl_added ignored;
    if (!out) out = &ignored;
    if ((document->layers & DL_LAYER_DEFAULT) != DL_LAYER_DEFAULT)
        return dl_fail(err, DL_USAGE, NULL, 0, "the record lacks layers; a store takes whole records");
    dl_status status = store_enter(store, &own, err);
    if (status != DL_OK) return status;
    status = add(store, document, seen, out, err);
    return store_finish(store, own, status, err);
}
