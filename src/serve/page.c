/* page.c - one page for its reader: the story, who says it, and every field with the words it was read off. */
#include <inttypes.h>
#include <stdio.h>

#include "record/write.h"
#include "serve/room.h"
#include "store/log.h"

/* ---- fields: what the reader marks ---- */

typedef struct field_writer {
    dl_json_out *out;
    const dl_document *doc;
    const store_reading *reading;
} field_writer;

static void put_span_of(const field_writer *w, dl_span span)
{
    dl_json_open(w->out, '[');
    dl_json_int(w->out, dl_document_codepoint(w->doc, span.start));
    dl_json_int(w->out, dl_document_codepoint(w->doc, span.end));
    dl_json_close(w->out, ']');
}

/* One item's words of one part: {"item":"V3","layer":"event","part":"trigger","label":..,"span":[s,e]}. */
static void put_field(const field_writer *w, char letter, size_t item, const char *layer, const char *part, dl_str label, dl_span span)
{
    char id[24];
    if (span.end <= span.start) return;
    snprintf(id, sizeof id, "%c%zu", letter, item + 1);
    dl_json_open(w->out, '{');
    view_json_text(w->out, "item", dl_str_of(id));
    view_json_text(w->out, "layer", dl_str_of(layer));
    view_json_text(w->out, "part", dl_str_of(part));
    if (label.len) view_json_text(w->out, "label", label);
    dl_json_key(w->out, "span"), put_span_of(w, span);
    dl_json_close(w->out, '}');
}

static void put_entities(const field_writer *w)
{
    static const char *const parts[] = {"name", "nominal", "pronoun"};
    const dl_names *names = dl_document_names(w->doc);
    for (size_t i = 0; i < names->mention_count; i++) {
        const dl_mention *m = &names->mentions[i];
        if (m->entity == DL_NONE || store_rejected(w->reading, DL_LAYER_ENTITIES, m->entity)) continue;
        put_field(w, 'E', m->entity, "entity", parts[m->kind], names->entities[m->entity].name, m->span);
    }
}

static void put_places(const field_writer *w)
{
    const dl_places *places = dl_document_places(w->doc);
    for (size_t i = 0; i < places->count; i++)
        if (!store_rejected(w->reading, DL_LAYER_PLACES, i)) put_field(w, 'P', i, "place", "name", places->items[i].name, places->items[i].span);
}

static void put_times(const field_writer *w)
{
    const dl_times *times = dl_document_times(w->doc);
    for (size_t i = 0; i < times->count; i++)
        if (!store_rejected(w->reading, DL_LAYER_TIMES, i)) put_field(w, 'T', i, "time", "value", times->items[i].value, times->items[i].span);
}

static void put_spans(const field_writer *w, char letter, size_t item, const char *layer, const char *part, dl_str label, const dl_span *spans, size_t count)
{
    for (size_t i = 0; i < count; i++) put_field(w, letter, item, layer, part, label, spans[i]);
}

static void put_statements(const field_writer *w)
{
    const dl_statements *statements = dl_document_statements(w->doc);
    for (size_t i = 0; i < statements->count; i++) {
        const dl_statement *s = &statements->items[i];
        if (store_rejected(w->reading, DL_LAYER_STATEMENTS, i)) continue;
        dl_str label = store_speaker(w->doc, (uint32_t)i).name;
        put_spans(w, 'S', i, "statement", "content", label, s->content, s->content_count);
        put_spans(w, 'S', i, "statement", "cue", label, s->cue, s->cue_count);
        put_spans(w, 'S', i, "statement", "speaker", label, s->speaker, s->speaker_count);
    }
}

static void put_event(const field_writer *w, size_t i, const dl_event *e)
{
    dl_str label = dl_str_of(dl_event_type_name(e->type));
    put_field(w, 'V', i, "event", "trigger", label, e->trigger);
    for (size_t k = 0; k < e->actor_count; k++) put_field(w, 'V', i, "event", "actor", e->actors[k].name, e->actors[k].span);
    for (size_t k = 0; k < e->recipient_count; k++) put_field(w, 'V', i, "event", "recipient", e->recipients[k].name, e->recipients[k].span);
    put_spans(w, 'V', i, "event", "toll", label, e->casualty_spans, e->casualty_span_count);
}

static void put_talks(const field_writer *w)
{
    const dl_talks *talks = dl_document_talks(w->doc);
    for (size_t i = 0; i < talks->count; i++) {
        const dl_talk *t = &talks->items[i];
        if (store_rejected(w->reading, DL_LAYER_TALKS, i)) continue;
        put_field(w, 'N', i, "talk", "talks", t->outcome, t->span);
        put_field(w, 'N', i, "talk", "next", (dl_str){0}, t->next_span);
        for (size_t k = 0; k < t->issue_count; k++) put_field(w, 'N', i, "talk", "issue", t->issues[k].topic, t->issues[k].span);
    }
}

static void put_fields(serve_call *call, const store_reading *reading)
{
    const field_writer w = {call->out, reading->doc, reading};
    const dl_events *events = dl_document_events(reading->doc);
    dl_json_key(call->out, "fields");
    dl_json_open(call->out, '[');
    for (size_t i = 0; i < events->count; i++)
        if (!store_rejected(reading, DL_LAYER_EVENTS, i)) put_event(&w, i, &events->items[i]);
    put_talks(&w), put_statements(&w), put_places(&w), put_times(&w), put_entities(&w);
    dl_json_close(call->out, ']');
}

/* ---- what people said of it, and what it said before ---- */

static void put_column(dl_json_out *out, const char *key, sqlite3_stmt *row, int column)
{
    view_json_text(out, key, store_column(row, column));
}

static dl_status put_corrections(serve_call *call, int64_t document)
{
    sqlite3_stmt *row;
    bool more = true;
    char seen[32];
    dl_json_out *out = call->out;
    dl_status status = store_prepare(call->store, &row,
                                     "SELECT k.id, l.letter || nullif(k.item, 0), k.verdict, k.field, k.value, k.author, k.note, k.seen"
                                     " FROM corrections k JOIN layers l ON l.id = k.layer WHERE k.document = ?1 ORDER BY k.id", call->err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(row, 1, document);
    dl_json_key(out, "corrections");
    dl_json_open(out, '[');
    while ((status = store_step(call->store, row, &more, call->err)) == DL_OK && more) {
        dl_json_open(out, '{');
        dl_json_key(out, "id"), dl_json_int(out, sqlite3_column_int64(row, 0));
        put_column(out, "item", row, 1), put_column(out, "verdict", row, 2), put_column(out, "field", row, 3);
        dl_str value = store_column(row, 4);
        if (value.ptr) dl_json_key(out, "value"), dl_json_raw(out, value);
        put_column(out, "author", row, 5), put_column(out, "note", row, 6);
        view_json_text(out, "seen", dl_str_of(time_text(sqlite3_column_int64(row, 7), seen)));
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
    sqlite3_finalize(row);
    return status;
}

static dl_status put_revisions(serve_call *call, int64_t document)
{
    sqlite3_stmt *row;
    bool more = true;
    char seen[32];
    dl_json_out *out = call->out;
    dl_status status = store_prepare(call->store, &row, "SELECT number, seen, length(text) FROM revisions WHERE document = ?1 ORDER BY number", call->err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(row, 1, document);
    dl_json_key(out, "revisions");
    dl_json_open(out, '[');
    while ((status = store_step(call->store, row, &more, call->err)) == DL_OK && more) {
        dl_json_open(out, '{');
        dl_json_key(out, "revision"), dl_json_int(out, sqlite3_column_int64(row, 0));
        view_json_text(out, "seen", dl_str_of(time_text(sqlite3_column_int64(row, 1), seen)));
        dl_json_key(out, "length"), dl_json_int(out, sqlite3_column_int64(row, 2));
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
    sqlite3_finalize(row);
    return status;
}

/* Pages of the same story, the first ones. */
static dl_status put_story(serve_call *call, int64_t document)
{
    enum { MOST_OTHERS = 50 };
    sqlite3_stmt *row;
    bool more = true;
    dl_json_out *out = call->out;
    dl_status status = store_prepare(call->store, &row,
                                     "SELECT d.name, p.title, p.site, substr(p.published, 1, 10) FROM grouped g JOIN documents d ON d.id = g.document"
                                     " JOIN pages p ON p.document = g.document WHERE g.story = (SELECT story FROM grouped WHERE document = ?1)"
                                     " AND g.document <> ?1 ORDER BY g.document LIMIT ?2", call->err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(row, 1, document), sqlite3_bind_int(row, 2, MOST_OTHERS);
    dl_json_key(out, "same_story");
    dl_json_open(out, '[');
    while ((status = store_step(call->store, row, &more, call->err)) == DL_OK && more) {
        dl_json_open(out, '{');
        put_column(out, "document", row, 0), put_column(out, "title", row, 1), put_column(out, "outlet", row, 2), put_column(out, "published", row, 3);
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
    sqlite3_finalize(row);
    return status;
}

/* ---- the page ---- */

static void put_head(serve_call *call, const store_reading *reading)
{
    const dl_story *story = dl_document_story(reading->doc);
    dl_json_out *out = call->out;
    char seen[32];
    view_json_text(out, "id", dl_document_id(reading->doc));
    view_json_text(out, "title", story->title);
    view_json_text(out, "url", story->url);
    view_json_text(out, "outlet", story->site);
    view_json_day(out, "published", story->published);
    view_json_text(out, "first_seen", dl_str_of(time_text(reading->first_seen, seen)));
    view_json_text(out, "changed", dl_str_of(time_text(reading->changed, seen)));
    /* what the reader should know before anything else: whether the page was there as a whole */
    view_json_text(out, "access", dl_str_of(access_words[story->access]));
    view_json_text(out, "notice", story->notice);
    view_json_text(out, "engine", dl_document_engine(reading->doc));
    view_json_text(out, "model", dl_document_model(reading->doc));
}

dl_status get_page(serve_call *call)
{
    int64_t document, reading_id;
    store_reading reading;
    dl_json_out record = {0};
    dl_status status = no_strangers(call);
    if (status == DL_OK) status = document_number(call, call->request->segments[3], &document);
    if (status == DL_OK && !document) return refuse(call, 404, "no page has this id");
    if (status == DL_OK) status = store_current(call->store, document, &reading_id, call->err);
    if (status == DL_OK) status = store_load(call->store, reading_id, true, &reading, call->err);
    if (status != DL_OK) return status;
    dl_json_raw(&record, (dl_str){call->store->json.bytes, call->store->json.len});
    dl_json_open(call->out, '{');
    put_head(call, &reading);
    put_fields(call, &reading);
    store_reading_free(&reading);
    status = put_corrections(call, document);
    if (status == DL_OK) status = put_revisions(call, document);
    if (status == DL_OK) status = put_story(call, document);
    dl_json_key(call->out, "record"), dl_json_raw(call->out, (dl_str){record.bytes, record.len});
    dl_json_close(call->out, '}');
    if (record.failed) call->out->failed = true;
    dl_json_out_free(&record);
    return status;
}
