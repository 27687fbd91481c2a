/* write.c - the record as JSON: its outline and the small pieces. The contract is schema/record.schema.json. */
#include "record/write.h"

const char *const access_words[] = {"unknown", "full", "truncated", "blocked", NULL};
const char *const block_words[] = {"paragraph", "heading", "caption", "quote", "list", "table", NULL};
const char *const mention_words[] = {"name", "nominal", "pronoun", NULL};
const char *const precision_words[] = {"none", "exact", "city", "admin2", "admin1", "country", "region", NULL};
const char *const time_words[] = {"DATE", "TIME", "DURATION", "SET", NULL};
const char *const statement_words[] = {"direct", "indirect", "mixed", NULL};
const char *const issue_words[] = {"open", "agreed", "rejected", "proposed", NULL};

void write_span(const writer *w, dl_span span)
{
    dl_json_open(w->out, '[');
    dl_json_int(w->out, dl_codepoints_at(&w->doc->codepoints, span.start));
    dl_json_int(w->out, dl_codepoints_at(&w->doc->codepoints, span.end));
    dl_json_close(w->out, ']');
}

void write_spans(const writer *w, const char *key, const dl_span *spans, size_t count)
{
    dl_json_key(w->out, key);
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < count; i++) write_span(w, spans[i]);
    dl_json_close(w->out, ']');
}

void write_id(const writer *w, char letter, size_t index)
{
    char id[24];
    size_t at = sizeof id;
    for (size_t n = index + 1; n; n /= 10) id[--at] = (char)('0' + n % 10);
    id[--at] = letter;
    dl_json_str(w->out, (dl_str){id + at, sizeof id - at});
}

void write_text(const writer *w, const char *key, dl_str value)
{
    if (!value.ptr) return;
    dl_json_key(w->out, key);
    dl_json_str(w->out, value);
}

void write_ref(const writer *w, const char *key, char letter, uint32_t index)
{
    if (index == DL_NONE) return;
    dl_json_key(w->out, key);
    write_id(w, letter, index);
}

void write_date(const writer *w, const char *key, dl_date date)
{
    if (!date.year) return;
    char text[16];
    dl_json_key(w->out, key);
    dl_json_str(w->out, dl_str_of(dl_date_format(date, text)));
}

void write_range(const writer *w, const char *key, dl_range range)
{
    if (!range.known) return;
    dl_json_key(w->out, key);
    dl_json_open(w->out, '[');
    dl_json_int(w->out, range.min);
    if (range.open) dl_json_null(w->out);
    else dl_json_int(w->out, range.max);
    dl_json_close(w->out, ']');
}

void write_confidence(const writer *w, float confidence)
{
    dl_json_key(w->out, "confidence");
    dl_json_real(w->out, confidence < 0 ? 0 : confidence > 1 ? 1 : (double)confidence, 2);
}

static void write_warnings(const writer *w)
{
    if (!w->doc->warnings.count) return;
    dl_json_key(w->out, "warnings");
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < w->doc->warnings.count; i++) dl_json_str(w->out, w->doc->warnings.items[i]);
    dl_json_close(w->out, ']');
}

void dl_record_write(dl_json_out *out, const dl_document *document, unsigned layers)
{
    writer w = {out, document};
    dl_json_open(out, '{');
    write_text(&w, "schema", DL_STR("dateline/1"));
    write_text(&w, "id", document->id);
    write_text(&w, "engine", document->engine);
    write_text(&w, "model", document->model);
    write_story_layers(&w, layers);
    write_warnings(&w);
    dl_json_close(out, '}');
}

void dl_record_write_page(dl_json_out *out, const dl_document *document)
{
    writer w = {out, document};
    dl_json_open(out, '{');
    write_page(&w);
    dl_json_close(out, '}');
}

void dl_record_write_blocks(dl_json_out *out, const dl_document *document)
{
    write_blocks(&(writer){out, document});
}

void dl_record_write_sentences(dl_json_out *out, const dl_document *document)
{
    write_sentences(&(writer){out, document});
}

size_t dl_record_item_count(const dl_document *document, unsigned layer)
{
    switch (layer) {
    case DL_LAYER_ENTITIES: return document->names.entity_count;
    case DL_LAYER_PLACES: return document->places.count;
    case DL_LAYER_TIMES: return document->times.count;
    case DL_LAYER_STATEMENTS: return document->statements.count;
    case DL_LAYER_EVENTS: return document->events.count;
    case DL_LAYER_TALKS: return document->talks.count;
    default: return 0;
    }
}

void dl_record_write_item(dl_json_out *out, const dl_document *document, unsigned layer, size_t index)
{
    writer w = {out, document};
    switch (layer) {
    case DL_LAYER_ENTITIES: write_entity(&w, index); break;
    case DL_LAYER_PLACES: write_place(&w, &document->places.items[index], index); break;
    case DL_LAYER_TIMES: write_time(&w, &document->times.items[index], index); break;
    case DL_LAYER_STATEMENTS: write_statement(&w, &document->statements.items[index], index); break;
    case DL_LAYER_EVENTS: write_event(&w, &document->events.items[index], index); break;
    case DL_LAYER_TALKS: write_talk(&w, &document->talks.items[index], index); break;
    default: break;
    }
}
