/* bytes.c - numbers, words and days as bytes, and back. */
#include "store/bytes.h"

#include <string.h>

/* ---- writing ---- */

void bytes_put_raw(byte_writer *w, const void *bytes, size_t len)
{
    enum { FIRST = 4096 };
    if (w->failed || !len) return;
    if (len > w->capacity - w->len) {
        size_t capacity = w->capacity ? w->capacity * 2 : FIRST;
        while (capacity - w->len < len) capacity *= 2;
        unsigned char *grown = dl_arena_alloc_raw(w->arena, capacity);
        if (!grown) {
            w->failed = true;
            return;
        }
        if (w->len) memcpy(grown, w->bytes, w->len);
        w->bytes = grown, w->capacity = capacity;
    }
    memcpy(w->bytes + w->len, bytes, len);
    w->len += len;
}

void bytes_put_number(byte_writer *w, uint64_t number)
{
    unsigned char bytes[10];
    size_t len = 0;
    for (; number >= 0x80; number >>= 7) bytes[len++] = (unsigned char)(number | 0x80);
    bytes[len++] = (unsigned char)number;
    bytes_put_raw(w, bytes, len);
}

void bytes_put_signed(byte_writer *w, int64_t number)
{
    bytes_put_number(w, (uint64_t)number << 1 ^ (number < 0 ? UINT64_MAX : 0));
}

void bytes_put_str(byte_writer *w, dl_str text)
{
    bytes_put_number(w, text.ptr ? (uint64_t)text.len + 1 : 0);
    if (text.ptr) bytes_put_raw(w, text.ptr, text.len);
}

void bytes_put_date(byte_writer *w, dl_date date)
{
    bytes_put_signed(w, date.year);
    if (date.year) bytes_put_number(w, date.month), bytes_put_number(w, date.day);
}

void bytes_put_span(byte_writer *w, dl_span span)
{
    bytes_put_number(w, span.start);
    bytes_put_signed(w, (int64_t)span.end - span.start);
}

void bytes_put_real(byte_writer *w, double value)
{
    uint64_t bits;
    unsigned char bytes[8];
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)(bits >> 8 * i);
    bytes_put_raw(w, bytes, sizeof bytes);
}

dl_str bytes_written(const byte_writer *w)
{
    return w->failed ? (dl_str){0} : (dl_str){(const char *)w->bytes, w->len};
}

/* ---- reading ---- */

uint64_t bytes_get_number(byte_reader *r)
{
    uint64_t number = 0;
    for (unsigned shift = 0; r->at < r->end && shift < 64; shift += 7) {
        unsigned char byte = *r->at++;
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) return number;
    }
    r->bad = true;
    r->at = r->end;
    return 0;
}

int64_t bytes_get_signed(byte_reader *r)
{
    uint64_t folded = bytes_get_number(r);
    return (int64_t)(folded >> 1 ^ (folded & 1 ? UINT64_MAX : 0));
}

size_t bytes_get_count(byte_reader *r, size_t most)
{
    uint64_t count = bytes_get_number(r);
    if (count <= most && count <= (size_t)(r->end - r->at)) return (size_t)count; /* each takes a byte at least */
    r->bad = true;
    r->at = r->end;
    return 0;
}

dl_str bytes_get_str(byte_reader *r)
{
    uint64_t len = bytes_get_number(r);
    if (!len) return (dl_str){0};
    if (len - 1 > (size_t)(r->end - r->at)) {
        r->bad = true;
        r->at = r->end;
        return (dl_str){0};
    }
    dl_str text = {(const char *)r->at, (size_t)len - 1};
    r->at += len - 1;
    return text;
}

dl_date bytes_get_date(byte_reader *r)
{
    int64_t year = bytes_get_signed(r);
    if (!year) return (dl_date){0};
    uint64_t month = bytes_get_number(r), day = bytes_get_number(r);
    if (year < INT16_MIN || year > INT16_MAX || month > 12 || day > 31) r->bad = true;
    return (dl_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

dl_span bytes_get_span(byte_reader *r)
{
    uint32_t start = (uint32_t)bytes_get_number(r);
    return (dl_span){start, (uint32_t)(start + (uint64_t)bytes_get_signed(r))};
}

double bytes_get_real(byte_reader *r)
{
    uint64_t bits = 0;
    double value;
    if (r->end - r->at < 8) {
        r->bad = true;
        return 0;
    }
    for (int i = 0; i < 8; i++) bits |= (uint64_t)*r->at++ << 8 * i;
    memcpy(&value, &bits, sizeof value);
    return value;
}
