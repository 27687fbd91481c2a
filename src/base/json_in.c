/* json_in.c - the JSON reader: one pass, bounded depth, values know their bytes. */
#include <stdlib.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/error.h"
#include "base/json.h"
#include "base/utf8.h"

typedef struct reader {
    dl_arena *arena;
    dl_str input;
    size_t at;
    bool lenient;
    dl_error *err;
} reader;

static dl_status parse_value(reader *in, dl_json *value, int depth);

static dl_status bad(reader *in, const char *what)
{
    return dl_fail(in->err, DL_BAD_DATA, "JSON", in->at, "%s", what);
}

static void skip_space(reader *in)
{
    while (in->at < in->input.len) {
        char c = in->input.ptr[in->at];
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') return;
        in->at++;
    }
}

static bool take(reader *in, char c)
{
    skip_space(in);
    if (in->at >= in->input.len || in->input.ptr[in->at] != c) return false;
    in->at++;
    return true;
}

static int hex4(dl_str body, size_t at)
{
    if (at + 4 > body.len) return -1;
    int value = 0;
    for (size_t i = at; i < at + 4; i++) {
        unsigned char c = (unsigned char)body.ptr[i], low = c | 0x20;
        int digit = dl_ascii_digit(c) ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

static uint32_t unescape_u(dl_str body, size_t *at)
{
    int first = hex4(body, *at);
    if (first < 0) return 0xFFFD;
    *at += 4;
    if (first < 0xD800 || first > 0xDFFF) return (uint32_t)first;
    if (first < 0xDC00 && *at + 6 <= body.len && body.ptr[*at] == '\\' && body.ptr[*at + 1] == 'u') {
        int second = hex4(body, *at + 2);
        if (second >= 0xDC00 && second <= 0xDFFF) {
            *at += 6;
            return 0x10000u + ((uint32_t)(first - 0xD800) << 10) + (uint32_t)(second - 0xDC00);
        }
    }
    return 0xFFFD;
}

uint32_t dl_json_unescape_next(dl_str body, size_t *at)
{
    if (body.ptr[*at] != '\\' || *at + 1 >= body.len) return dl_utf8_next(body, at);
    char c = body.ptr[*at + 1];
    *at += 2;
    switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'u': return unescape_u(body, at);
    default: *at -= 1; return dl_utf8_next(body, at);
    }
}

/* A lone surrogate or an unknown escape, which strict input may not hold. */
static bool escape_is_bad(dl_str body, size_t at)
{
    if (at + 1 >= body.len) return true;
    char c = body.ptr[at + 1];
    if (c != 'u') return !strchr("\"\\/bfnrt", c) || c == '\0';
    if (hex4(body, at + 2) == 0xFFFD) return false;
    size_t next = at + 2;
    return unescape_u(body, &next) == 0xFFFD;
}

static dl_status unescape(reader *in, dl_str body, size_t offset, dl_str *out)
{
    char *text = dl_arena_alloc_raw(in->arena, body.len + 4);
    if (!text) return dl_fail_memory(in->err);
    size_t written = 0;
    for (size_t at = 0; at < body.len;) {
        const char *stop = memchr(body.ptr + at, '\\', body.len - at);
        size_t plain = (stop ? (size_t)(stop - body.ptr) : body.len) - at;
        memcpy(text + written, body.ptr + at, plain);
        written += plain;
        at += plain;
        if (!stop) break;
        if (!in->lenient && escape_is_bad(body, at)) {
            in->at = offset + at;
            return bad(in, "an escape that is no character");
        }
        /* never longer than what it replaces: \uXXXX gives 3 bytes at most, a pair 4, an unknown escape itself */
        written += dl_utf8_put(text + written, dl_json_unescape_next(body, &at));
    }
    *out = (dl_str){text, written};
    return DL_OK;
}

/* Passes bytes of a string that need no look: up to a quote, a backslash or (not always) a control character. */
static size_t skip_plain(dl_str input, size_t at)
{
#if defined(__SSE2__)
    for (; at + 16 <= input.len; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(input.ptr + at));
        __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
        __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        int found = _mm_movemask_epi8(_mm_or_si128(control, signs));
        if (found) return at + (size_t)__builtin_ctz((unsigned)found);
    }
#endif
    return at;
}

static dl_status parse_string(reader *in, dl_str *text, size_t *start, size_t *end, bool *escaped)
{
    if (!take(in, '"')) return bad(in, "a string was expected");
    size_t at = in->at;
    *start = at;
    *escaped = false;
    for (;; at++) {
        at = skip_plain(in->input, at);
        if (at >= in->input.len) {
            in->at = in->input.len;
            return bad(in, "the input ends inside a string");
        }
        unsigned char c = (unsigned char)in->input.ptr[at];
        if (c == '"') break;
        if (c < 0x20 && !in->lenient) {
            in->at = at;
            return bad(in, "a raw control character in a string");
        }
        if (c == '\\') {
            *escaped = true;
            at++;
        }
    }
    *end = at;
    in->at = at + 1;
    *text = dl_str_slice(in->input, *start, at);
    return *escaped ? unescape(in, *text, *start, text) : DL_OK;
}

static dl_status parse_number(reader *in, dl_json *value)
{
    value->kind = DL_JSON_NUMBER;
    value->start = in->at;
    size_t at = in->at, digits = 0;
    if (at < in->input.len && in->input.ptr[at] == '-') at++;
    size_t first = at;
    for (; at < in->input.len; at++) {
        char c = in->input.ptr[at];
        if (dl_ascii_digit((unsigned char)c)) digits++;
        else if (c != '.' && c != 'e' && c != 'E' && !((c == '+' || c == '-') && at > first)) break;
    }
    char copy[64];
    size_t len = at - in->at;
    if (!digits || len >= sizeof copy || !dl_ascii_digit((unsigned char)in->input.ptr[first]) ||
        (in->input.ptr[first] == '0' && first + 1 < at && dl_ascii_digit((unsigned char)in->input.ptr[first + 1])))
        return bad(in, "a value was expected");
    memcpy(copy, in->input.ptr + in->at, len);
    copy[len] = '\0';
    char *stop;
    value->number = strtod(copy, &stop);
    if (*stop) return bad(in, "a number that is none");
    value->text = dl_str_slice(in->input, in->at, at);
    in->at = value->end = at;
    return DL_OK;
}

static dl_status parse_members(reader *in, dl_json *parent, bool object, int depth)
{
    char close = object ? '}' : ']';
    const dl_json **link = &parent->first;
    if (take(in, close)) return DL_OK;
    for (;;) {
        dl_json *child = DL_NEW(in->arena, dl_json);
        if (!child) return dl_fail_memory(in->err);
        if (object) {
            size_t start, end;
            bool escaped;
            dl_status status = parse_string(in, &child->key, &start, &end, &escaped);
            if (status != DL_OK) return status;
            if (!take(in, ':')) return bad(in, "':' was expected");
        }
        dl_status status = parse_value(in, child, depth + 1);
        if (status != DL_OK) return status;
        *link = child;
        link = &child->next;
        parent->count++;
        if (take(in, close)) return DL_OK;
        if (!take(in, ',')) return bad(in, object ? "',' or '}' was expected" : "',' or ']' was expected");
        if (in->lenient && take(in, close)) return DL_OK;
    }
}

static dl_status parse_word(reader *in, dl_json *value)
{
    static const struct {
        const char *word;
        dl_json_kind kind;
    } words[] = {{"null", DL_JSON_NULL}, {"true", DL_JSON_TRUE}, {"false", DL_JSON_FALSE}};
    dl_str rest = dl_str_slice(in->input, in->at, in->input.len);
    for (size_t i = 0; i < 3; i++) {
        if (!dl_str_starts(rest, words[i].word)) continue;
        value->kind = words[i].kind;
        value->start = in->at;
        in->at += strlen(words[i].word);
        value->end = in->at;
        return DL_OK;
    }
    return bad(in, "a value was expected");
}

static dl_status parse_value(reader *in, dl_json *value, int depth)
{
    skip_space(in);
    if (depth > DL_JSON_MAX_DEPTH) return dl_fail(in->err, DL_LIMIT, "JSON", in->at, "nested too deeply");
    if (in->at >= in->input.len) return bad(in, "the input ends where a value was expected");
    char c = in->input.ptr[in->at];
    if (c == '"') {
        value->kind = DL_JSON_STRING;
        return parse_string(in, &value->text, &value->start, &value->end, &value->escaped);
    }
    if (c == '{' || c == '[') {
        value->kind = c == '{' ? DL_JSON_OBJECT : DL_JSON_ARRAY;
        value->start = in->at++;
        dl_status status = parse_members(in, value, c == '{', depth);
        value->end = in->at;
        return status;
    }
    return c == '-' || dl_ascii_digit((unsigned char)c) ? parse_number(in, value) : parse_word(in, value);
}

dl_status dl_json_parse(const dl_json **out, dl_arena *arena, dl_str input, bool lenient, dl_error *err)
{
    *out = NULL;
    reader in = {.arena = arena, .input = input, .lenient = lenient, .err = err};
    dl_json *root = DL_NEW(arena, dl_json);
    if (!root) return dl_fail_memory(err);
    dl_status status = parse_value(&in, root, 0);
    if (status != DL_OK) return status;
    skip_space(&in);
    if (in.at < input.len && !lenient) return bad(&in, "something follows the value");
    *out = root;
    return DL_OK;
}

const dl_json *dl_json_get(const dl_json *object, const char *key)
{
    if (!object || object->kind != DL_JSON_OBJECT) return NULL;
    for (const dl_json *child = object->first; child; child = child->next)
        if (dl_str_is(child->key, key)) return child;
    return NULL;
}

dl_str dl_json_text(const dl_json *value)
{
    return value && value->kind == DL_JSON_STRING ? value->text : (dl_str){0};
}
