/* json_out.c - the JSON writer. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/utf8.h"

void dl_json_out_free(dl_json_out *out)
{
    free(out->bytes);
    *out = (dl_json_out){0};
}

void dl_json_out_clear(dl_json_out *out)
{
    out->len = 0;
    out->failed = out->comma = false;
}

static char *reserve(dl_json_out *out, size_t more)
{
    if (out->failed) return NULL;
    if (out->capacity - out->len < more) {
        size_t capacity = out->capacity ? out->capacity : 4096;
        while (capacity - out->len < more && capacity < SIZE_MAX / 2) capacity *= 2;
        char *grown = capacity - out->len < more ? NULL : realloc(out->bytes, capacity);
        if (!grown) {
            out->failed = true;
            return NULL;
        }
        out->bytes = grown;
        out->capacity = capacity;
    }
    return out->bytes + out->len;
}

static void put(dl_json_out *out, const char *bytes, size_t len)
{
    char *to = len ? reserve(out, len) : NULL;
    if (!to) return;
    memcpy(to, bytes, len);
    out->len += len;
}

static void separate(dl_json_out *out)
{
    if (out->comma) put(out, ",", 1);
    out->comma = true;
}

void dl_json_open(dl_json_out *out, char bracket)
{
    separate(out);
    put(out, &bracket, 1);
    out->comma = false;
}

void dl_json_close(dl_json_out *out, char bracket)
{
    put(out, &bracket, 1);
    out->comma = true;
}

static void quoted(dl_json_out *out, dl_str value)
{
    put(out, "\"", 1);
    size_t plain = 0, at = 0;
    while (at < value.len) {
        unsigned char byte = (unsigned char)value.ptr[at];
        if (byte >= 0x20 && byte != '"' && byte != '\\' && byte < 0x80) {
            at++;
            continue;
        }
        size_t next = at;
        uint32_t point = dl_utf8_next(value, &next);
        if (byte >= 0x80 && !(point == 0xFFFD && next == at + 1)) {
            at = next;
            continue;
        }
        put(out, value.ptr + plain, at - plain);
        char escape[8];
        int len = byte == '"' || byte == '\\' ? snprintf(escape, sizeof escape, "\\%c", byte)
                  : byte == '\n'              ? snprintf(escape, sizeof escape, "\\n")
                  : byte == '\t'              ? snprintf(escape, sizeof escape, "\\t")
                  : byte == '\r'              ? snprintf(escape, sizeof escape, "\\r")
                  : byte < 0x20               ? snprintf(escape, sizeof escape, "\\u%04x", byte)
                                              : snprintf(escape, sizeof escape, "\xEF\xBF\xBD");
        put(out, escape, (size_t)len);
        plain = at = next;
    }
    put(out, value.ptr + plain, value.len - plain);
    put(out, "\"", 1);
}

void dl_json_key(dl_json_out *out, const char *key)
{
    separate(out);
    quoted(out, dl_str_of(key));
    put(out, ":", 1);
    out->comma = false;
}

void dl_json_str(dl_json_out *out, dl_str value)
{
    if (!value.ptr) {
        dl_json_null(out);
        return;
    }
    separate(out);
    quoted(out, value);
}

void dl_json_int(dl_json_out *out, int64_t value)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%" PRId64, value);
    separate(out);
    put(out, digits, (size_t)len);
}

void dl_json_real(dl_json_out *out, double value, int decimals)
{
    if (!isfinite(value)) {
        dl_json_null(out);
        return;
    }
    char digits[352];
    int len = snprintf(digits, sizeof digits, "%.*f", decimals, value);
    if (memchr(digits, '.', (size_t)len)) {
        while (digits[len - 1] == '0') len--;
        if (digits[len - 1] == '.') len--;
    }
    if (len == 2 && digits[0] == '-' && digits[1] == '0') digits[0] = '0', len = 1;
    separate(out);
    put(out, digits, (size_t)len);
}

void dl_json_bool(dl_json_out *out, bool value)
{
    separate(out);
    put(out, value ? "true" : "false", value ? 4 : 5);
}

void dl_json_null(dl_json_out *out)
{
    separate(out);
    put(out, "null", 4);
}

void dl_json_raw(dl_json_out *out, dl_str json)
{
    separate(out);
    put(out, json.ptr, json.len);
}

void dl_json_newline(dl_json_out *out)
{
    put(out, "\n", 1);
    out->comma = false;
}
