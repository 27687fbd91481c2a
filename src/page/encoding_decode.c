/* encoding_decode.c - a page's bytes as UTF-8, with the way back.
 *
 * Legacy characters go through iconv one at a time (a table for the single-byte encodings, a cache for the others),
 * since only so is it known which bytes gave which character. */
#include <errno.h>
#include <iconv.h>

#include "base/error.h"
#include "base/utf8.h"
#include "page/encoding.h"

enum { REPLACEMENT = 0xFFFD, LONGEST = 8 };

typedef struct letter { /* one character's UTF-8; len 0: not looked up yet */
    uint8_t len;
    char bytes[7];
} letter;

typedef struct decoder {
    dl_arena *arena;
    dl_str in;
    char *out;
    uint32_t len;
    dl_origins origins;
    iconv_t converter; /* (iconv_t)-1: none, all beyond ASCII is U+FFFD */
    letter *cache;     /* by one or two bytes */
    bool failed;
} decoder;

static void put(decoder *d, const char *bytes, size_t len, size_t page, size_t page_len)
{
    memcpy(d->out + d->len, bytes, len);
    d->failed |= !dl_origins_add(&d->origins, d->arena, d->len, (uint32_t)len, (uint32_t)page, (uint32_t)page_len);
    d->len += (uint32_t)len;
}

static void put_point(decoder *d, uint32_t point, size_t page, size_t page_len)
{
    char bytes[4];
    put(d, bytes, dl_utf8_put(bytes, point), page, page_len);
}

static size_t ascii_run(dl_str in, size_t at)
{
    size_t end = at;
    while (end < in.len && (unsigned char)in.ptr[end] < 0x80) end++;
    return end - at;
}

/* Copies ASCII from *at on; one origin is enough for all of it. */
static void copy_ascii(decoder *d, size_t *at)
{
    size_t len = ascii_run(d->in, *at);
    if (!len) return;
    put(d, d->in.ptr + *at, 1, *at, 1);
    memcpy(d->out + d->len, d->in.ptr + *at + 1, len - 1);
    d->len += (uint32_t)(len - 1);
    *at += len;
}

/* One character of `len` bytes by iconv, from its first state. False if it is none. */
static bool convert(decoder *d, const char *bytes, size_t len, letter *out)
{
    if (d->converter == (iconv_t)-1) return false;
    char *in = (char *)(uintptr_t)bytes, *to = out->bytes;
    size_t in_left = len, out_left = sizeof out->bytes;
    iconv(d->converter, NULL, NULL, NULL, NULL);
    size_t result = iconv(d->converter, &in, &in_left, &to, &out_left);
    if (result != (size_t)-1) iconv(d->converter, NULL, NULL, &to, &out_left); /* what it holds back */
    out->len = (uint8_t)(to - out->bytes);
    return result != (size_t)-1 && in_left == 0 && out->len > 0;
}

/* ---- one byte a character ---- */

/* WHATWG's tables have the C1 controls where glibc's have nothing. */
static void fill_single(decoder *d)
{
    for (unsigned byte = 0x80; byte < 0x100; byte++) {
        letter *slot = &d->cache[byte];
        char c = (char)byte;
        if (!convert(d, &c, 1, slot)) slot->len = (uint8_t)dl_utf8_put(slot->bytes, byte < 0xA0 ? byte : REPLACEMENT);
    }
}

static void decode_single(decoder *d)
{
    fill_single(d);
    for (size_t at = 0; at < d->in.len && !d->failed;) {
        copy_ascii(d, &at);
        for (; at < d->in.len && (unsigned char)d->in.ptr[at] >= 0x80; at++) {
            const letter *slot = &d->cache[(unsigned char)d->in.ptr[at]];
            put(d, slot->bytes, slot->len, at, 1);
        }
    }
}

static void decode_user_defined(decoder *d)
{
    for (size_t at = 0; at < d->in.len && !d->failed; at++) {
        unsigned byte = (unsigned char)d->in.ptr[at];
        put_point(d, byte < 0x80 ? byte : 0xF780 + byte - 0x80, at, 1);
    }
}

/* ---- several bytes a character ---- */

/* Bytes of the character that begins with `lead`; the second byte decides between GB18030's two and four. */
static size_t multibyte_length(dl_str name, unsigned lead, unsigned second)
{
    if (dl_str_is(name, "shift_jis")) return (lead >= 0x81 && lead <= 0x9F) || (lead >= 0xE0 && lead <= 0xFC) ? 2 : 1;
    if (dl_str_is(name, "euc-jp")) return lead == 0x8F ? 3 : lead == 0x8E || (lead >= 0xA1 && lead <= 0xFE) ? 2 : 1;
    bool chinese = dl_str_is(name, "gbk") || dl_str_is(name, "gb18030");
    if (chinese && lead >= 0x81 && second >= 0x30 && second <= 0x39) return 4;
    return lead >= 0x81 && lead <= 0xFE ? 2 : 1;
}

static void decode_multibyte_one(decoder *d, dl_str name, size_t *at)
{
    unsigned lead = (unsigned char)d->in.ptr[*at];
    unsigned second = *at + 1 < d->in.len ? (unsigned char)d->in.ptr[*at + 1] : 0;
    size_t len = multibyte_length(name, lead, second), left = d->in.len - *at;
    letter fresh = {0}, *slot = len == 2 ? &d->cache[lead << 8 | second] : len == 1 ? &d->cache[lead] : &fresh;
    if (len <= left && (slot->len || convert(d, d->in.ptr + *at, len, slot))) {
        put(d, slot->bytes, slot->len, *at, len);
        *at += len;
        return;
    }
    slot->len = 0;
    size_t bad = len > 1 && second >= 0x80 ? 2 : 1; /* an ASCII byte is never swallowed */
    put_point(d, REPLACEMENT, *at, bad);
    *at += bad;
}

static void decode_multibyte(decoder *d, dl_str name)
{
    for (size_t at = 0; at < d->in.len && !d->failed;) {
        copy_ascii(d, &at);
        while (at < d->in.len && (unsigned char)d->in.ptr[at] >= 0x80 && !d->failed) decode_multibyte_one(d, name, &at);
    }
}

/* ISO-2022-JP keeps a state: bytes are fed until a character comes out, escapes count to the next character. */
static void decode_stateful(decoder *d)
{
    size_t start = 0, window = 1;
    for (size_t at = 0; at < d->in.len && !d->failed;) {
        char bytes[LONGEST], *to = bytes, *in = (char *)(uintptr_t)(d->in.ptr + at);
        size_t in_left = window, out_left = sizeof bytes;
        size_t result = d->converter == (iconv_t)-1 ? (size_t)-1 : iconv(d->converter, &in, &in_left, &to, &out_left);
        bool cut = result == (size_t)-1 && errno == EINVAL && in_left == window;
        if (cut && window < LONGEST && window < d->in.len - at) {
            window++;
            continue;
        }
        bool stuck = in_left == window;
        if (stuck) to += dl_utf8_put(to, REPLACEMENT);
        at += stuck ? 1 : window - in_left;
        window = 1;
        if (to == bytes) continue;
        size_t len = (size_t)(to - bytes);
        bool same = len == at - start && memcmp(bytes, d->in.ptr + start, len) == 0; /* what only looked like an escape */
        for (size_t i = 0; same && i < len; i++) put(d, bytes + i, 1, start + i, 1);
        if (!same) put(d, bytes, len, start, at - start);
        start = at;
    }
}

/* ---- UTF-16 ---- */

static uint32_t wide_unit(dl_str in, size_t at, bool big)
{
    unsigned first = (unsigned char)in.ptr[at], second = (unsigned char)in.ptr[at + 1];
    return big ? first << 8 | second : second << 8 | first;
}

static void decode_wide(decoder *d, bool big)
{
    size_t at = d->in.len >= 2 && wide_unit(d->in, 0, big) == 0xFEFF ? 2 : 0;
    while (at + 1 < d->in.len && !d->failed) {
        uint32_t point = wide_unit(d->in, at, big);
        size_t len = 2;
        if (point >= 0xD800 && point < 0xDC00 && at + 3 < d->in.len) {
            uint32_t low = wide_unit(d->in, at + 2, big);
            if (low >= 0xDC00 && low < 0xE000) {
                point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
                len = 4;
            }
        }
        put_point(d, point, at, len); /* a lone surrogate becomes U+FFFD */
        at += len;
    }
    if (at < d->in.len) put_point(d, REPLACEMENT, at, 1);
}

static bool is_multibyte(dl_str name)
{
    static const char *const names[] = {"big5", "euc-jp", "euc-kr", "gb18030", "gbk", "shift_jis"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (dl_str_is(name, names[i])) return true;
    return false;
}

static void decode(decoder *d, const dl_encoding *encoding)
{
    char converter[32];
    dl_str name = encoding->name;
    if (dl_str_starts(name, "utf-16")) {
        decode_wide(d, dl_str_is(name, "utf-16be"));
        return;
    }
    if (dl_str_is(name, "replacement")) {
        if (d->in.len) put_point(d, REPLACEMENT, 0, 1);
        return;
    }
    if (dl_str_is(name, "x-user-defined")) {
        decode_user_defined(d);
        return;
    }
    size_t len = encoding->converter.len < sizeof converter ? encoding->converter.len : sizeof converter - 1;
    memcpy(converter, encoding->converter.ptr, len);
    converter[len] = '\0';
    d->converter = iconv_open("UTF-8", converter);
    if (dl_str_is(name, "iso-2022-jp")) decode_stateful(d);
    else if (is_multibyte(name)) decode_multibyte(d, name);
    else decode_single(d);
    if (d->converter != (iconv_t)-1) iconv_close(d->converter);
}

dl_status dl_encoding_decode(dl_markup *out, dl_arena *arena, dl_str bytes, const dl_encoding *encoding, dl_error *err)
{
    static const dl_origin none;
    *out = (dl_markup){.text = bytes};
    if (bytes.len > UINT32_MAX / 4) return dl_fail(err, DL_LIMIT, NULL, 0, "a page of over 1 GiB");
    if (dl_str_is(encoding->name, "utf-8")) {
        out->page_base = dl_str_starts(bytes, "\xEF\xBB\xBF") ? 3 : 0;
        out->text = (dl_str){bytes.ptr ? bytes.ptr + out->page_base : "", bytes.len - out->page_base};
        return DL_OK;
    }
    decoder d = {.arena = arena, .in = bytes, .converter = (iconv_t)-1};
    size_t cached = is_multibyte(encoding->name) ? 0x10000 : 0x100;
    d.out = dl_arena_alloc_raw(arena, bytes.len * 3 + LONGEST); /* no byte gives more than three */
    d.cache = DL_NEW_ARRAY(arena, letter, cached);
    if (!d.out || !d.cache) return dl_fail_memory(err);
    decode(&d, encoding);
    if (d.failed) return dl_fail_memory(err);
    *out = (dl_markup){.text = {d.out, d.len},
                       .origins = d.origins.list.items ? d.origins.list.items : &none,
                       .origin_count = d.origins.list.count};
    return DL_OK;
}
