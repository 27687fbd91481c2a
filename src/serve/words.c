/* words.c - people's words taken from the page, and taken back; and what was said of one item over time. */
#include "serve/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "store/log.h"

enum { LONGEST_AUTHOR = 200, LONGEST_NOTE = 2000 };

/* ---- the last word on each event ---- */

static int by_ref(const void *left, const void *right)
{
    const word_on *a = left, *b = right;
    return a->ref < b->ref ? -1 : a->ref > b->ref;
}

dl_status words_on_items(serve_call *call, const word_on **out, size_t *count)
{
    DL_VEC(word_on) words = {0};
    sqlite3_stmt *row;
    bool more = true;
    dl_status status = store_prepare(call->store, &row,
                                     "SELECT k.document << 24 | k.item, max(k.id), k.note LIKE '" UNDOES "%' FROM corrections k JOIN pages p ON p.reading = k.reading"
                                     " WHERE k.layer = 7 GROUP BY 1", call->err);
    while (status == DL_OK && (status = store_step(call->store, row, &more, call->err)) == DL_OK && more) {
        word_on *slot = DL_VEC_PUSH(call->arena, &words);
        if (slot) *slot = (word_on){sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1), sqlite3_column_int(row, 2) == 1};
        else status = dl_fail_memory(call->err);
    }
    sqlite3_finalize(row);
    if (words.count) qsort(words.items, words.count, sizeof *words.items, by_ref);
    *out = words.items;
    *count = words.count;
    return status;
}

const word_on *word_on_item(const word_on *words, size_t count, int64_t ref)
{
    const word_on key = {.ref = ref};
    return count ? bsearch(&key, words, count, sizeof key, by_ref) : NULL;
}

/* ---- writing ---- */

/* The writer's connection, ours until write_ends; NULL after telling why not. */
static dl_store *write_begins(serve_call *call, dl_status *status)
{
    serve *server = call->server;
    pthread_mutex_lock(&server->write_lock);
    *status = server->writer ? DL_OK : dl_store_open(&server->writer, server->store, DL_STORE_WRITE, call->err);
    if (*status == DL_OK && server->data) *status = dl_store_use_data(server->writer, server->data, call->err);
    if (*status == DL_OK) *status = dl_store_begin(server->writer, call->err);
    if (*status == DL_OK) return server->writer;
    pthread_mutex_unlock(&server->write_lock);
    return NULL;
}

static dl_status write_ends(serve_call *call, dl_status status)
{
    serve *server = call->server;
    if (status == DL_OK) status = dl_store_commit(server->writer, call->err);
    if (status != DL_OK) dl_store_rollback(server->writer);
    pthread_mutex_unlock(&server->write_lock);
    if (status == DL_OK) atlas_refresh(server->keeper);
    return status;
}

static dl_status last_word(dl_store *store, int64_t *id, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_status status = store_prepare(store, &statement, "SELECT max(id) FROM corrections", err);
    if (status == DL_OK) status = store_number(store, statement, 0, id, err);
    sqlite3_finalize(statement);
    return status;
}

static dl_status keep_word(serve_call *call, const dl_correction *word, int64_t *id)
{
    dl_status status;
    dl_store *store = write_begins(call, &status);
    if (!store) return status;
    status = dl_store_correct(store, word, call->err);
    if (status == DL_OK) status = last_word(store, id, call->err);
    return write_ends(call, status);
}

static int64_t clock_of(const serve *server)
{
    return server->now == INT64_MIN ? (int64_t)time(NULL) : server->now;
}

/* ---- the body ---- */

static dl_status wrong(serve_call *call, const char *what)
{
    return dl_fail(call->err, DL_USAGE, NULL, 0, "%s", what);
}

static dl_status read_body(serve_call *call, const dl_json **out, const char *const *members)
{
    dl_status status = dl_json_parse(out, call->arena, call->request->body.ptr ? call->request->body : DL_STR(""), false, call->err);
    if (status != DL_OK || (*out)->kind != DL_JSON_OBJECT) return wrong(call, "the body is no JSON object");
    for (const dl_json *m = (*out)->first; m; m = m->next) {
        bool known = false;
        for (size_t i = 0; members[i]; i++) known = known || dl_str_is(m->key, members[i]);
        if (!known) return dl_fail(call->err, DL_USAGE, NULL, 0, "the body has no member '%.*s'", (int)(m->key.len < 60 ? m->key.len : 60), m->key.ptr);
    }
    return DL_OK;
}

/* "DOCUMENT:V3" */
static bool split_item(dl_str text, dl_correction *out)
{
    static const char letters[] = "EPTSVN";
    static const unsigned layers[] = {DL_LAYER_ENTITIES, DL_LAYER_PLACES, DL_LAYER_TIMES, DL_LAYER_STATEMENTS, DL_LAYER_EVENTS, DL_LAYER_TALKS};
    size_t colon = text.len;
    int64_t number;
    while (colon > 0 && text.ptr[colon - 1] != ':') colon--;
    if (colon < 2 || text.len - colon < 2 || !text.ptr[colon]) return false;
    const char *letter = strchr(letters, text.ptr[colon]);
    if (!letter || !dl_str_number(dl_str_slice(text, colon + 1, text.len), &number) || number < 1 || number > 0xFFFFFF) return false;
    out->document = dl_str_slice(text, 0, colon - 1);
    out->layer = layers[letter - letters];
    out->item = (uint32_t)(number - 1);
    return true;
}

static dl_status read_author(serve_call *call, const dl_json *body, dl_correction *out)
{
    dl_str author = dl_str_trim(dl_json_text(dl_json_get(body, "author")));
    dl_str note = dl_json_text(dl_json_get(body, "note"));
    if (!author.len || author.len > LONGEST_AUTHOR) return wrong(call, "'author' is needed: who says so, in 200 bytes");
    if (note.len > LONGEST_NOTE) return wrong(call, "'note' has 2,000 bytes at most");
    if (dl_str_starts(note, UNDOES)) return wrong(call, "a note does not begin with '" UNDOES "': that is how words are taken back");
    out->author = author;
    out->note = note.len ? note : (dl_str){0};
    out->seen = clock_of(call->server);
    return DL_OK;
}

static dl_status read_word(serve_call *call, const dl_json *body, dl_correction *out)
{
    dl_str verdict = dl_json_text(dl_json_get(body, "verdict"));
    const dl_json *value = dl_json_get(body, "value");
    out->field = dl_json_text(dl_json_get(body, "field"));
    if (!split_item(dl_json_text(dl_json_get(body, "item")), out)) return wrong(call, "'item' is DOCUMENT:V3 (E, P, T, S, V or N)");
    if (dl_str_is(verdict, "accept")) out->verdict = DL_VERDICT_ACCEPT;
    else if (dl_str_is(verdict, "reject")) out->verdict = DL_VERDICT_REJECT;
    else if (dl_str_is(verdict, "correct")) out->verdict = DL_VERDICT_CORRECT;
    else return wrong(call, "'verdict' is accept, correct or reject");
    if ((out->verdict == DL_VERDICT_CORRECT) != (out->field.len && value)) return wrong(call, "'field' and 'value' go with correct, and it with them");
    if (value) {
        size_t quote = value->kind == DL_JSON_STRING;
        out->value = dl_str_slice(call->request->body, value->start - quote, value->end + quote);
    }
    return read_author(call, body, out);
}

static dl_status put_kept(serve_call *call, dl_status status, int64_t id)
{
    /* what the store refuses of a word is the word's fault */
    if (status == DL_BAD_DATA) return refuse(call, 400, "%s", call->err->message);
    if (status != DL_OK) return status;
    dl_json_open(call->out, '{');
    dl_json_key(call->out, "correction"), dl_json_int(call->out, id);
    dl_json_close(call->out, '}');
    return DL_OK;
}

dl_status post_review(serve_call *call)
{
    static const char *const members[] = {"item", "verdict", "field", "value", "author", "note", NULL};
    const dl_json *body;
    dl_correction word = {0};
    int64_t id = 0;
    dl_status status = no_strangers(call);
    if (status == DL_OK) status = read_body(call, &body, members);
    if (status == DL_OK) status = read_word(call, body, &word);
    if (status == DL_OK) status = keep_word(call, &word, &id);
    return put_kept(call, status, id);
}

/* ---- taking a word back ---- */

/* A word as it stands in the log. */
typedef struct kept_word {
    int64_t id, document, reading, item;
    int layer;
    dl_str name, verdict, field;
} kept_word;

static dl_status get_kept(serve_call *call, dl_store *store, int64_t id, kept_word *out, bool *there)
{
    sqlite3_stmt *row;
    dl_status status = store_prepare(store, &row, "SELECT k.document, k.reading, k.layer, k.item, d.name, k.verdict, k.field FROM corrections k"
                                                  " JOIN documents d ON d.id = k.document WHERE k.id = ?1", call->err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(row, 1, id);
    status = store_step(store, row, there, call->err);
    if (status == DL_OK && *there) {
        *out = (kept_word){.id = id, .document = sqlite3_column_int64(row, 0), .reading = sqlite3_column_int64(row, 1), .layer = sqlite3_column_int(row, 2),
                           .item = sqlite3_column_int64(row, 3)};
        out->name = dl_arena_str(call->arena, store_column(row, 4)), out->verdict = dl_arena_str(call->arena, store_column(row, 5));
        dl_str field = store_column(row, 6);
        if (field.ptr) out->field = dl_arena_str(call->arena, field);
    }
    sqlite3_finalize(row);
    return status;
}

/* The nearest word before (or after) this one on the same matter: the same field, or for the whole item a verdict on the whole. */
static dl_status neighbour(serve_call *call, dl_store *store, const kept_word *word, bool later, int64_t *id, dl_str *verdict, dl_str *value)
{
    sqlite3_stmt *row;
    bool there = false;
    *id = 0;
    dl_status status = store_prepare(store, &row,
                                     later ? "SELECT id, verdict, value FROM corrections WHERE reading = ?1 AND layer = ?2 AND item = ?3 AND field IS ?4 AND id > ?5 ORDER BY id LIMIT 1"
                                           : "SELECT id, verdict, value FROM corrections WHERE reading = ?1 AND layer = ?2 AND item = ?3 AND field IS ?4 AND id < ?5 ORDER BY id DESC LIMIT 1",
                                     call->err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(row, 1, word->reading), sqlite3_bind_int(row, 2, word->layer), sqlite3_bind_int64(row, 3, word->item);
    store_bind_text(row, 4, word->field), sqlite3_bind_int64(row, 5, word->id);
    status = store_step(store, row, &there, call->err);
    if (status == DL_OK && there) {
        *id = sqlite3_column_int64(row, 0);
        *verdict = dl_arena_str(call->arena, store_column(row, 1));
        dl_str text = store_column(row, 2);
        *value = text.ptr ? dl_arena_str(call->arena, text) : (dl_str){0};
    }
    sqlite3_finalize(row);
    return status;
}

/* What the machine said of the field; "null" where it said nothing. */
static dl_status machine_value(serve_call *call, dl_store *store, const kept_word *word, dl_str *out)
{
    sqlite3_stmt *row;
    bool there = false;
    const dl_json *root;
    *out = DL_STR("null");
    dl_status status = store_prepare(store, &row,
                                     word->layer ? "SELECT c.value FROM readings g JOIN claims c ON c.id BETWEEN g.first_claim AND g.first_claim + g.claim_count - 1"
                                                   " WHERE g.id = ?1 AND c.layer = ?2 AND c.item = ?3"
                                                 : "SELECT r.page FROM readings g JOIN revisions r ON r.id = g.revision WHERE g.id = ?1 AND ?2 = 0 AND ?3 = 0",
                                     call->err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(row, 1, word->reading), sqlite3_bind_int(row, 2, word->layer), sqlite3_bind_int64(row, 3, word->item);
    status = store_step(store, row, &there, call->err);
    dl_str json = status == DL_OK && there ? dl_arena_str(call->arena, store_column(row, 0)) : (dl_str){0};
    sqlite3_finalize(row);
    if (status != DL_OK || !json.ptr) return status;
    status = dl_json_parse(&root, call->arena, json, false, call->err);
    for (const dl_json *m = status == DL_OK ? root->first : NULL; m; m = m->next)
        if (dl_str_eq(m->key, word->field)) *out = dl_str_slice(json, m->start - (m->kind == DL_JSON_STRING), m->end + (m->kind == DL_JSON_STRING));
    return status;
}

/* The word that puts back what stood before. `later` is the number of a word that came after, and stands in the way. */
static dl_status make_undo(serve_call *call, dl_store *store, int64_t id, dl_correction *out, bool *there, int64_t *later)
{
    static const unsigned layers[] = {DL_LAYER_PAGE, 0, 0, DL_LAYER_ENTITIES, DL_LAYER_PLACES, DL_LAYER_TIMES, DL_LAYER_STATEMENTS, DL_LAYER_EVENTS, DL_LAYER_TALKS};
    kept_word word = {0};
    dl_str verdict = {0}, value = {0};
    int64_t before = 0;
    dl_status status = get_kept(call, store, id, &word, there);
    if (status != DL_OK || !*there) return status;
    status = neighbour(call, store, &word, true, later, &verdict, &value);
    if (status == DL_OK && !*later) status = neighbour(call, store, &word, false, &before, &verdict, &value);
    if (status != DL_OK || *later || word.layer < 0 || word.layer > LAST_LIST) return status;
    out->document = word.name;
    out->layer = layers[word.layer];
    out->item = word.item ? (uint32_t)(word.item - 1) : 0;
    out->note = dl_arena_format(call->arena, UNDOES "%lld", (long long)id);
    out->field = word.field;
    out->verdict = before && dl_str_is(verdict, "reject") ? DL_VERDICT_REJECT : DL_VERDICT_ACCEPT;
    if (!dl_str_is(word.verdict, "correct")) return out->note.ptr ? DL_OK : dl_fail_memory(call->err);
    out->verdict = DL_VERDICT_CORRECT;
    out->value = value;
    return before ? DL_OK : machine_value(call, store, &word, &out->value);
}

dl_status post_undo(serve_call *call)
{
    static const char *const members[] = {"correction", "author", NULL};
    const dl_json *body;
    dl_correction word = {0};
    int64_t id = 0, later = 0;
    bool there = false;
    dl_status status = no_strangers(call);
    if (status == DL_OK) status = read_body(call, &body, members);
    if (status == DL_OK) status = read_author(call, body, &word);
    const dl_json *number = status == DL_OK ? dl_json_get(body, "correction") : NULL;
    if (status == DL_OK && (!number || number->kind != DL_JSON_NUMBER || !dl_str_number(number->text, &id))) status = wrong(call, "'correction' is the number of a word");
    if (status != DL_OK) return status;
    dl_store *store = write_begins(call, &status);
    if (!store) return status;
    status = make_undo(call, store, id, &word, &there, &later);
    bool possible = status == DL_OK && there && !later;
    if (possible) status = dl_store_correct(store, &word, call->err);
    if (possible && status == DL_OK) status = last_word(store, &id, call->err);
    status = write_ends(call, status);
    if (status == DL_OK && !there) return refuse(call, 404, "there is no such word");
    if (status == DL_OK && later) return refuse(call, 409, "word %lld came after it and stands", (long long)later);
    return put_kept(call, status, id);
}

/* ---- what was said of one item ---- */

static void put_text(dl_json_out *out, const char *key, sqlite3_stmt *row, int column)
{
    view_json_text(out, key, store_column(row, column));
}

/* Claims on the same words in all readings of the page, then people's words on the item as it stands now. */
static const char history_sql[] =
    "WITH me AS (SELECT p.reading, g.first_claim, g.claim_count, r.text FROM pages p JOIN readings g ON g.id = p.reading JOIN revisions r ON r.id = g.revision WHERE p.document = ?1),"
    " mine AS (SELECT substr(me.text, c.start + 1, c.stop - c.start) AS words FROM me JOIN claims c ON c.id BETWEEN me.first_claim AND me.first_claim + me.claim_count - 1"
    "  WHERE c.layer = ?2 AND c.item = ?3)"
    "SELECT 0, r.number, g.seen, n.engine, n.model, l.letter || c.item, c.start, c.stop, c.value, NULL, NULL, NULL, NULL FROM revisions r JOIN readings g ON g.revision = r.id"
    "  JOIN engines n ON n.id = g.engine JOIN claims c ON c.id BETWEEN g.first_claim AND g.first_claim + g.claim_count - 1 JOIN layers l ON l.id = c.layer"
    "  WHERE r.document = ?1 AND c.layer = ?2 AND substr(r.text, c.start + 1, c.stop - c.start) = (SELECT words FROM mine)"
    " UNION ALL SELECT k.id, r.number, k.seen, NULL, NULL, l.letter || k.item, k.start, k.stop, k.value, k.verdict, k.field, k.author, k.note FROM corrections k"
    "  JOIN readings g ON g.id = k.reading JOIN revisions r ON r.id = g.revision JOIN layers l ON l.id = k.layer"
    "  WHERE k.document = ?1 AND k.layer = ?2 AND k.item = ?3 AND k.reading = (SELECT reading FROM me) ORDER BY 1, 2, 3";

static void put_said(dl_json_out *out, sqlite3_stmt *row)
{
    char seen[32];
    int64_t id = sqlite3_column_int64(row, 0);
    dl_str value = store_column(row, 8);
    dl_json_open(out, '{');
    if (id) dl_json_key(out, "id"), dl_json_int(out, id);
    dl_json_key(out, "revision"), dl_json_int(out, sqlite3_column_int64(row, 1));
    view_json_text(out, "seen", dl_str_of(time_text(sqlite3_column_int64(row, 2), seen)));
    put_text(out, "engine", row, 3), put_text(out, "model", row, 4), put_text(out, "item", row, 5);
    if (sqlite3_column_type(row, 6) != SQLITE_NULL) view_json_span(out, "span", (dl_span){(uint32_t)sqlite3_column_int64(row, 6), (uint32_t)sqlite3_column_int64(row, 7)});
    put_text(out, "verdict", row, 9), put_text(out, "field", row, 10);
    if (value.ptr) dl_json_key(out, "value"), dl_json_raw(out, value);
    put_text(out, "author", row, 11), put_text(out, "note", row, 12);
    dl_json_close(out, '}');
}

dl_status get_history(serve_call *call)
{
    sqlite3_stmt *row;
    dl_correction item = {0};
    int64_t document = 0;
    bool more = true;
    dl_status status = no_strangers(call);
    if (status != DL_OK) return status;
    if (!split_item(call->request->segments[3], &item)) return refuse(call, 404, "an item is named DOCUMENT:V3 (E, P, T, S, V or N)");
    status = document_number(call, item.document, &document);
    if (status == DL_OK && !document) return refuse(call, 404, "no page has this id");
    if (status == DL_OK) status = store_prepare(call->store, &row, history_sql, call->err);
    if (status != DL_OK) return status;
    int layer = 0;
    while (item.layer >> (layer + 1)) layer++;
    sqlite3_bind_int64(row, 1, document), sqlite3_bind_int(row, 2, layer), sqlite3_bind_int64(row, 3, (int64_t)item.item + 1);
    open_list(call);
    while ((status = store_step(call->store, row, &more, call->err)) == DL_OK && more) put_said(call->out, row);
    sqlite3_finalize(row);
    dl_json_close(call->out, ']'), dl_json_close(call->out, '}');
    return status;
}
