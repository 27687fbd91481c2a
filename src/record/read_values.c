/* read_values.c - single values of a record: strings, spans, days, ranges, references. */
#include <math.h>

#include "base/error.h"
#include "record/read.h"

void read_fault(reader *r, const dl_json *at, const char *what)
{
    if (r->status == DL_OK) r->status = dl_fail(r->err, DL_BAD_DATA, NULL, at ? at->start : 0, "%s", what);
}

void *read_array(reader *r, size_t count, size_t size)
{
    void *items = count > SIZE_MAX / size - 1 ? NULL : dl_arena_alloc(&r->doc->arena, (count + 1) * size);
    if (!items && r->status == DL_OK) r->status = dl_fail_memory(r->err);
    return items;
}

static bool is_kind(const dl_json *value, dl_json_kind kind)
{
    if (kind == DL_JSON_TRUE) return value->kind == DL_JSON_TRUE || value->kind == DL_JSON_FALSE;
    return value->kind == kind;
}

const dl_json *read_member(reader *r, const dl_json *object, const char *key, dl_json_kind kind)
{
    static const char *const names[] = {"null", "a truth value", "a truth value", "a number", "a string", "an array", "an object"};
    const dl_json *value = r->status == DL_OK ? dl_json_get(object, key) : NULL;
    if (!value || value->kind == DL_JSON_NULL) return NULL;
    if (is_kind(value, kind)) return value;
    r->status = dl_fail(r->err, DL_BAD_DATA, NULL, value->start, "\"%s\" is not %s", key, names[kind]);
    return NULL;
}

const dl_json *read_needed(reader *r, const dl_json *object, const char *key, dl_json_kind kind)
{
    const dl_json *value = read_member(r, object, key, kind);
    if (!value && r->status == DL_OK) r->status = dl_fail(r->err, DL_BAD_DATA, NULL, object->start, "\"%s\" is missing", key);
    return value;
}

dl_str read_string(reader *r, const dl_json *value)
{
    if (r->status != DL_OK) return (dl_str){0};
    if (value->kind != DL_JSON_STRING || (value->text.len && memchr(value->text.ptr, 0, value->text.len))) {
        read_fault(r, value, value->kind == DL_JSON_STRING ? "a string holds U+0000" : "a string was expected");
        return (dl_str){0};
    }
    dl_str copy = dl_arena_str(&r->doc->arena, value->text.len ? value->text : DL_STR(""));
    if (!copy.ptr) r->status = dl_fail_memory(r->err);
    return copy;
}

dl_str read_text(reader *r, const dl_json *object, const char *key)
{
    const dl_json *value = read_member(r, object, key, DL_JSON_STRING);
    return value ? read_string(r, value) : (dl_str){0};
}

int64_t read_integer(reader *r, const dl_json *value)
{
    if (r->status != DL_OK) return 0;
    bool whole = value->kind == DL_JSON_NUMBER && value->number >= 0 && value->number <= 0x1p53 && value->number == floor(value->number);
    if (!whole) read_fault(r, value, "a whole number was expected");
    return whole ? (int64_t)value->number : 0;
}

dl_span read_span(reader *r, const dl_json *value)
{
    if (r->status == DL_OK && (value->kind != DL_JSON_ARRAY || value->count != 2)) read_fault(r, value, "a span is [start,end]");
    if (r->status != DL_OK) return (dl_span){0};
    int64_t start = read_integer(r, value->first), end = read_integer(r, value->first->next);
    if (r->status == DL_OK && (start >= end || end > r->length)) read_fault(r, value, "a span outside the text");
    if (r->status != DL_OK) return (dl_span){0};
    return (dl_span){dl_codepoints_byte(&r->doc->codepoints, (uint32_t)start), dl_codepoints_byte(&r->doc->codepoints, (uint32_t)end)};
}

dl_span read_span_of(reader *r, const dl_json *object, const char *key)
{
    const dl_json *value = read_needed(r, object, key, DL_JSON_ARRAY);
    return value ? read_span(r, value) : (dl_span){0};
}

dl_span *read_spans(reader *r, const dl_json *object, const char *key, size_t *count)
{
    const dl_json *list = read_member(r, object, key, DL_JSON_ARRAY);
    dl_span *spans = list ? read_array(r, list->count, sizeof *spans) : NULL;
    *count = 0;
    if (spans)
        for (const dl_json *value = list->first; value; value = value->next) spans[(*count)++] = read_span(r, value);
    return spans;
}

dl_str *read_strings(reader *r, const dl_json *object, const char *key, size_t *count)
{
    const dl_json *list = read_member(r, object, key, DL_JSON_ARRAY);
    dl_str *strings = list ? read_array(r, list->count, sizeof *strings) : NULL;
    *count = 0;
    if (strings)
        for (const dl_json *value = list->first; value; value = value->next) strings[(*count)++] = read_string(r, value);
    return strings;
}

double read_real(reader *r, const dl_json *object, const char *key, bool *known)
{
    const dl_json *value = read_member(r, object, key, DL_JSON_NUMBER);
    *known = value != NULL;
    return value ? value->number : 0;
}

bool read_bool(reader *r, const dl_json *object, const char *key)
{
    const dl_json *value = read_member(r, object, key, DL_JSON_TRUE);
    return value && value->kind == DL_JSON_TRUE;
}

float read_confidence(reader *r, const dl_json *object)
{
    const dl_json *value = read_member(r, object, "confidence", DL_JSON_NUMBER);
    if (value && !(value->number >= 0 && value->number <= 1)) read_fault(r, value, "a confidence lies between 0 and 1");
    return value && r->status == DL_OK ? (float)value->number : 0;
}

dl_date read_date(reader *r, const dl_json *object, const char *key)
{
    const dl_json *value = read_member(r, object, key, DL_JSON_STRING);
    int64_t year = 0, month = 0;
    dl_date date = {0};
    if (!value) return date;
    dl_str text = value->text;
    if (text.len == 10 && dl_date_parse_iso(text, &date)) return date;
    bool known = text.len >= 4 && dl_str_number(dl_str_slice(text, 0, 4), &year) && year > 0;
    if (known && text.len == 7) known = text.ptr[4] == '-' && dl_str_number(dl_str_slice(text, 5, 7), &month) && month >= 1 && month <= 12;
    if (!known || (text.len != 4 && text.len != 7)) read_fault(r, value, "a day was expected");
    return (dl_date){(int16_t)year, (uint8_t)month, 0};
}

dl_range read_range(reader *r, const dl_json *object, const char *key)
{
    const dl_json *value = read_member(r, object, key, DL_JSON_ARRAY);
    if (!value) return (dl_range){0};
    if (value->count != 2) {
        read_fault(r, value, "a range is [min,max]");
        return (dl_range){0};
    }
    const dl_json *max = value->first->next;
    dl_range range = {.known = true, .open = max->kind == DL_JSON_NULL, .min = read_integer(r, value->first)};
    if (!range.open) range.max = read_integer(r, max);
    if (!range.open && range.max < range.min) read_fault(r, value, "a range that ends before it begins");
    return range;
}

uint32_t read_ref_value(reader *r, const dl_json *value, char letter, size_t count)
{
    int64_t number = 0;
    dl_str text = dl_json_text(value);
    bool known = text.len > 1 && text.ptr[0] == letter && dl_str_number(dl_str_slice(text, 1, text.len), &number) && number >= 1 &&
                 (uint64_t)number <= count;
    if (!known) read_fault(r, value, "points at an item that is not there");
    return known ? (uint32_t)number - 1 : DL_NONE;
}

uint32_t read_ref(reader *r, const dl_json *object, const char *key, char letter, size_t count)
{
    const dl_json *value = read_member(r, object, key, DL_JSON_STRING);
    return value ? read_ref_value(r, value, letter, count) : DL_NONE;
}

int read_word(reader *r, const dl_json *object, const char *key, const char *const *words)
{
    const dl_json *value = read_member(r, object, key, DL_JSON_STRING);
    if (!value) return 0;
    for (int i = 0; words[i]; i++)
        if (dl_str_is(value->text, words[i])) return i;
    read_fault(r, value, "a word that this field does not know");
    return 0;
}
