/* write.c - the record as JSON: its outline and the small pieces. The contract is schema/record.schema.json. */
#include "record/write.h"

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

static void begin(const writer *w, const char *key)
{
    dl_json_key(w->out, key);
    dl_json_open(w->out, '[');
}

static void write_warnings(const writer *w)
{
    if (!w->doc->warnings.count) return;
    begin(w, "warnings");
    for (size_t i = 0; i < w->doc->warnings.count; i++) dl_json_str(w->out, w->doc->warnings.items[i]);
    dl_json_close(w->out, ']');
}

void dl_record_write(dl_json_out *out, const dl_document *document, unsigned layers)
{
    writer w = {out, document};
    dl_json_open(out, '{');
    write_text(&w, "schema", DL_STR("dateline/1"));
    write_text(&w, "id", document->id);
    write_story_layers(&w, layers);
    if (layers & DL_LAYER_EVENTS) {
        begin(&w, "events");
        for (size_t i = 0; i < document->events.count; i++) write_event(&w, &document->events.items[i], i);
        dl_json_close(out, ']');
    }
    if (layers & DL_LAYER_TALKS) {
        begin(&w, "talks");
        for (size_t i = 0; i < document->talks.count; i++) write_talk(&w, &document->talks.items[i], i);
        dl_json_close(out, ']');
    }
    write_warnings(&w);
    dl_json_close(out, '}');
}
