/* json.h - JSON out (a writer) and in (a tree in an arena that keeps byte offsets, RFC 8259).
 *
 * The reader is ours and not a library's because a page's embedded JSON must stay traceable: every value
 * knows the bytes it came from. */
#ifndef DL_BASE_JSON_H
#define DL_BASE_JSON_H

#include "base/str.h"

/* ---- out ---- */

/* Compact JSON into memory that grows; after a failed allocation all calls are no-ops and
 * `failed` stays true. Commas are the writer's business. */
typedef struct dl_json_out {
    char *bytes;
    size_t len, capacity;
    bool failed, comma;
} dl_json_out;

void dl_json_out_free(dl_json_out *out);
void dl_json_out_clear(dl_json_out *out); /* keeps the memory */
void dl_json_open(dl_json_out *out, char bracket);  /* '{' or '[' */
void dl_json_close(dl_json_out *out, char bracket); /* '}' or ']' */
void dl_json_key(dl_json_out *out, const char *key);
/* Escapes what RFC 8259 asks for; bytes that are no UTF-8 become U+FFFD; ptr NULL writes null. */
void dl_json_str(dl_json_out *out, dl_str value);
void dl_json_int(dl_json_out *out, int64_t value);
void dl_json_real(dl_json_out *out, double value, int decimals); /* not finite: null */
void dl_json_bool(dl_json_out *out, bool value);
void dl_json_null(dl_json_out *out);
void dl_json_raw(dl_json_out *out, dl_str json); /* already JSON */
void dl_json_newline(dl_json_out *out);

/* ---- in ---- */

typedef enum dl_json_kind {
    DL_JSON_NULL, DL_JSON_FALSE, DL_JSON_TRUE, DL_JSON_NUMBER, DL_JSON_STRING, DL_JSON_ARRAY, DL_JSON_OBJECT
} dl_json_kind;

typedef struct dl_json {
    dl_json_kind kind;
    bool escaped;                /* a string whose text differs from its bytes */
    dl_str key;                  /* member name, where the parent is an object */
    dl_str text;                 /* string value unescaped, or a number's digits */
    double number;
    size_t start, end;           /* bytes of the input, quotes left out for strings */
    const struct dl_json *first; /* children in order */
    const struct dl_json *next;
    size_t count;                /* of children */
} dl_json;

enum { DL_JSON_MAX_DEPTH = 128 };

/* Parses the whole of `input`; strings without escapes borrow from it. `lenient` forgives raw control
 * characters in strings, lone surrogates (U+FFFD), trailing commas and what follows the value, as pages in the
 * wild need; otherwise those are DL_BAD_DATA with the byte. */
dl_status dl_json_parse(const dl_json **out, dl_arena *arena, dl_str input, bool lenient, dl_error *err);
const dl_json *dl_json_get(const dl_json *object, const char *key); /* NULL if absent or no object */
dl_str dl_json_text(const dl_json *value);                          /* ptr NULL unless a string */

/* Walks the escapes of a JSON string body: at `*at` of `body` gives the next code point and moves on.
 * For mapping unescaped text back to its bytes. Surrogate pairs come as one. */
uint32_t dl_json_unescape_next(dl_str body, size_t *at);

#endif
