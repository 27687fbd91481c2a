/* http.c - an HTTP response as an archive keeps it.
 *
 * Crawlers differ in what they keep: some write the bytes of the wire, some undo chunks or compression and leave the header as it was. So a
 * body is looked at before it is believed to be what its header says. */
#include "feeds/http.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/error.h"

dl_str http_field(dl_str lines, const char *name)
{
    dl_str line, wanted = dl_str_of(name);
    while (dl_str_next(&lines, '\n', &line))
        if (line.len > wanted.len && line.ptr[wanted.len] == ':' && dl_str_eq_nocase(dl_str_slice(line, 0, wanted.len), wanted))
            return dl_str_trim(dl_str_slice(line, wanted.len + 1, line.len));
    return (dl_str){0};
}

dl_str http_media_type(dl_str content_type)
{
    dl_str type = {0};
    return dl_str_next(&content_type, ';', &type) ? dl_str_trim(type) : type;
}

dl_str http_charset(dl_str content_type)
{
    dl_str parameter, name = DL_STR("charset=");
    while (dl_str_next(&content_type, ';', &parameter)) {
        parameter = dl_str_trim(parameter);
        if (parameter.len <= name.len || !dl_str_eq_nocase(dl_str_slice(parameter, 0, name.len), name)) continue;
        dl_str value = dl_str_trim(dl_str_slice(parameter, name.len, parameter.len));
        if (value.len > 1 && (value.ptr[0] == '"' || value.ptr[0] == '\'')) value = dl_str_slice(value, 1, value.len);
        while (value.len && (value.ptr[value.len - 1] == '"' || value.ptr[value.len - 1] == '\'')) value.len--;
        return value.len ? value : (dl_str){0};
    }
    return (dl_str){0};
}

/* Where the header ends: the byte behind its empty line; SIZE_MAX where there is none. */
static size_t end_of_header(dl_str message)
{
    for (size_t at = 0; (at = dl_str_find(message, DL_STR("\n"), at)) != SIZE_MAX; at++) {
        if (at + 1 < message.len && message.ptr[at + 1] == '\n') return at + 2;
        if (at + 2 < message.len && message.ptr[at + 1] == '\r' && message.ptr[at + 2] == '\n') return at + 3;
    }
    return SIZE_MAX;
}

bool http_parse(http_response *out, dl_str message)
{
    int64_t status;
    dl_str rest = message, line;
    if (!dl_str_starts(message, "HTTP/") || !dl_str_next(&rest, '\n', &line)) return false;
    size_t space = dl_str_find(line, DL_STR(" "), 0);
    if (space == SIZE_MAX || line.len < space + 4 || !dl_str_number(dl_str_slice(line, space + 1, space + 4), &status)) return false;
    size_t end = end_of_header(message);
    if (end == SIZE_MAX) return false;
    *out = (http_response){(int)status, dl_str_slice(message, line.len + 1 < end ? line.len + 1 : end, end), end};
    return true;
}

static bool looks_like_page(dl_str body)
{
    dl_str head = dl_str_trim(dl_str_slice(body, 0, body.len < 1024 ? body.len : 1024));
    return dl_str_starts(head, "<") &&
           (dl_str_find_nocase(head, DL_STR("<html"), 0) != SIZE_MAX || dl_str_find_nocase(head, DL_STR("<!doctype html"), 0) != SIZE_MAX);
}

bool http_is_page(const http_response *response, dl_str message)
{
    if (response->status != 200 && response->status != 203) return false;
    dl_str type = http_media_type(http_field(response->fields, "Content-Type"));
    if (!type.len) return looks_like_page(dl_str_slice(message, response->body, message.len));
    return dl_str_eq_nocase(type, DL_STR("text/html")) || dl_str_eq_nocase(type, DL_STR("application/xhtml+xml"));
}

/* ---- the body ---- */

bool http_reserve(http_bytes *bytes, size_t more)
{
    if (bytes->capacity - bytes->len >= more) return true;
    size_t capacity = bytes->capacity * 2 > bytes->len + more ? bytes->capacity * 2 : bytes->len + more;
    unsigned char *grown = realloc(bytes->ptr, capacity);
    if (!grown) return false;
    bytes->ptr = grown;
    bytes->capacity = capacity;
    return true;
}

static int hex(unsigned char c)
{
    return dl_ascii_digit(c) ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* The size of the chunk at *at, which moves behind its line; false if there is no such line. */
static bool chunk_size(const unsigned char *body, size_t len, size_t *at, size_t *size)
{
    size_t i = *at, digits = 0;
    *size = 0;
    for (; i < len && digits < 15 && hex(body[i]) >= 0; i++, digits++) *size = *size * 16 + (size_t)hex(body[i]);
    const unsigned char *end = digits && i < len ? memchr(body + i, '\n', len - i < 256 ? len - i : 256) : NULL;
    if (!end || (body[i] != ';' && body[i] != ' ' && body[i] != '\r' && body[i] != '\n')) return false;
    *at = (size_t)(end - body) + 1;
    return true;
}

size_t http_join_chunks(unsigned char *body, size_t len, bool *whole)
{
    size_t from = 0, to = 0, size;
    *whole = true;
    while (chunk_size(body, len, &from, &size)) {
        if (!size) return to;
        if (size > len - from) {
            size = len - from;
            *whole = false;
        }
        memmove(body + to, body + from, size);
        to += size, from += size;
        if (!*whole) return to;
        if (from < len && body[from] == '\r') from++;
        if (from < len && body[from] == '\n') from++;
    }
    if (!from) return len;
    *whole = false;
    return to;
}

dl_status http_inflate(dl_str body, int window_bits, http_bytes *out, size_t limit, dl_error *err)
{
    enum { STEP = 64 * 1024 };
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)body.ptr, .avail_in = (unsigned)body.len};
    int code = inflateInit2(&z, window_bits);
    if (code != Z_OK) return dl_fail_memory(err);
    dl_status status = DL_OK;
    out->len = 0;
    while (code == Z_OK) {
        if (out->len > limit) break;
        if (!http_reserve(out, STEP)) {
            status = dl_fail_memory(err);
            break;
        }
        size_t room = out->capacity - out->len < UINT32_MAX ? out->capacity - out->len : UINT32_MAX;
        z.next_out = out->ptr + out->len, z.avail_out = (unsigned)room;
        code = inflate(&z, Z_NO_FLUSH);
        out->len += room - z.avail_out;
    }
    if (status == DL_OK && out->len > limit) status = dl_fail(err, DL_LIMIT, NULL, 0, "the page unpacks to more than %zu bytes", limit);
    if (status == DL_OK && code != Z_STREAM_END)
        status = dl_fail(err, DL_BAD_DATA, NULL, 0, "the page's compressed bytes are damaged (%s)", z.msg ? z.msg : "they end too early");
    inflateEnd(&z);
    return status;
}

dl_status http_decode(dl_str fields, dl_str body, http_bytes *out, size_t limit, bool *decoded, dl_error *err)
{
    dl_str coding = http_field(fields, "Content-Encoding");
    const unsigned char *at = (const unsigned char *)body.ptr;
    *decoded = false;
    if (!coding.len || dl_str_eq_nocase(coding, DL_STR("identity")) || !body.len) return DL_OK;
    bool gzip = dl_str_eq_nocase(coding, DL_STR("gzip")) || dl_str_eq_nocase(coding, DL_STR("x-gzip"));
    bool page = looks_like_page(body);
    if (page) return DL_OK; /* undone by who kept it */
    if (!gzip && !dl_str_eq_nocase(coding, DL_STR("deflate")))
        return dl_fail(err, DL_BAD_DATA, NULL, 0, "the page's coding '%.*s' is not known", (int)(coding.len < 32 ? coding.len : 32), coding.ptr);
    if (gzip && (body.len < 2 || at[0] != 0x1F || at[1] != 0x8B)) return DL_OK;
    bool zlib = body.len > 1 && (at[0] & 0x0F) == 8 && (at[0] * 256 + at[1]) % 31 == 0;
    *decoded = true;
    /* "deflate" is the zlib format (RFC 9110), but servers have always sent bare deflate data too */
    return http_inflate(body, gzip ? 15 + 16 : zlib ? 15 : -15, out, limit, err);
}
