/* utf8.c - code points, validity, and from byte offsets to code-point offsets. */
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

#include "base/error.h"
#include "base/str.h"

enum { REPLACEMENT = 0xFFFD, STRIDE = 64 };

/* Length of the well-formed sequence at `at`, 0 if there is none (RFC 3629, table 3-7 of Unicode). */
static size_t sequence(const unsigned char *at, size_t left, uint32_t *point)
{
    unsigned char first = at[0];
    if (first < 0x80) {
        *point = first;
        return 1;
    }
    size_t len = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
    if (len == 0 || left < len) return 0;
    uint32_t value = first & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((at[i] & 0xC0) != 0x80) return 0;
        value = value << 6 | (at[i] & 0x3Fu);
    }
    if ((len == 3 && value < 0x800) || (value >= 0xD800 && value < 0xE000)) return 0;
    if ((len == 4 && value < 0x10000) || value > 0x10FFFF) return 0;
    *point = value;
    return len;
}

uint32_t dl_utf8_next(dl_str text, size_t *at)
{
    uint32_t point;
    size_t len = sequence((const unsigned char *)text.ptr + *at, text.len - *at, &point);
    *at += len ? len : 1;
    return len ? point : REPLACEMENT;
}

size_t dl_utf8_put(char out[4], uint32_t point)
{
    if ((point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) point = REPLACEMENT;
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

size_t dl_utf8_valid_prefix(dl_str text)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    size_t at = 0;
    while (at < text.len) {
        uint64_t word;
        if (text.len - at >= 8 && (memcpy(&word, bytes + at, 8), !(word & UINT64_C(0x8080808080808080)))) {
            at += 8;
            continue;
        }
        uint32_t point;
        size_t len = sequence(bytes + at, text.len - at, &point);
        if (!len) break;
        at += len;
    }
    return at;
}

size_t dl_utf8_length(dl_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

bool dl_utf8_is_upper(uint32_t point)
{
    if (point < 0x80) return point - 'A' < 26;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool dl_utf8_is_letter(uint32_t point)
{
    if (point < 0x80) return (point | 0x20) - 'a' < 26;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool dl_utf8_is_space(uint32_t point)
{
    if (point < 0x80) return dl_ascii_space((unsigned char)point);
    return point == 0x85 || point == 0x200B || point == 0xFEFF ||
           utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_ZS;
}

/* Plain forms of punctuation that typesetting varies. */
static uint32_t plain(uint32_t point)
{
    switch (point) {
    case 0x2018: case 0x2019: case 0x02BC: case 0x02BB: case 0x2032: case 0x60: case 0xB4: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0xAB: case 0xBB: return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2212: return '-';
    case 0xA0: case 0x202F: case 0x2009: return ' ';
    /* letters whose base utf8proc's decomposition does not give */
    case 0x131: return 'i';
    case 0x142: return 'l';
    case 0xF8: return 'o';
    case 0x111: return 'd';
    default: return point;
    }
}

size_t dl_utf8_fold_point(char out[32], uint32_t point)
{
    utf8proc_int32_t parts[8];
    int boundary = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)point, parts, 8,
                                UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);
    if (count < 0 || count > 8) return dl_utf8_put(out, point);
    size_t written = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) written += dl_utf8_put(out + written, plain((uint32_t)parts[i]));
    return written;
}

dl_str dl_utf8_fold(dl_arena *arena, dl_str text)
{
    char *out = dl_arena_alloc_raw(arena, text.len * 4 + 32);
    if (!out) return (dl_str){0};
    size_t written = 0;
    for (size_t at = 0; at < text.len;) {
        unsigned char byte = (unsigned char)text.ptr[at];
        if (byte < 0x80) {
            out[written++] = (char)(byte == '`' ? '\'' : dl_ascii_lower(byte));
            at++;
            continue;
        }
        size_t before = at;
        uint32_t point = dl_utf8_next(text, &at);
        /* a decomposition of over four bytes a byte does not exist; the bound keeps `out` safe */
        if (written + 32 > (before + 1) * 4 + 32) written = (before + 1) * 4;
        written += dl_utf8_fold_point(out + written, point);
    }
    return (dl_str){out, written};
}

dl_str dl_utf8_lower(dl_arena *arena, dl_str text)
{
    bool same = true;
    for (size_t i = 0; i < text.len && same; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        same = byte < 0x80 && byte == dl_ascii_lower(byte);
    }
    if (same) return text;
    char *out = dl_arena_alloc_raw(arena, text.len * 2 + 8);
    if (!out) return (dl_str){0};
    size_t written = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t point = dl_utf8_next(text, &at);
        if (point < 0x80) out[written++] = (char)dl_ascii_lower((unsigned char)point);
        else if (written + 8 <= text.len * 2 + 8)
            written += dl_utf8_put(out + written, (uint32_t)utf8proc_tolower((utf8proc_int32_t)point));
    }
    return (dl_str){out, written};
}

dl_status dl_codepoints_build(dl_codepoints *out, dl_arena *arena, dl_str text, dl_error *err)
{
    *out = (dl_codepoints){.text = text};
    size_t length = dl_utf8_length(text);
    if (length == text.len) return DL_OK;
    uint32_t *counts = DL_NEW_ARRAY(arena, uint32_t, text.len / STRIDE + 2);
    if (!counts) return dl_fail_memory(err);
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (i % STRIDE == 0) counts[i / STRIDE] = count;
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    }
    if (text.len % STRIDE == 0) counts[text.len / STRIDE] = count;
    out->counts = counts;
    return DL_OK;
}

uint32_t dl_codepoints_at(const dl_codepoints *index, uint32_t byte)
{
    if (!index->counts) return byte;
    uint32_t count = index->counts[byte / STRIDE];
    for (uint32_t i = byte / STRIDE * STRIDE; i < byte; i++)
        count += ((unsigned char)index->text.ptr[i] & 0xC0) != 0x80;
    return count;
}

uint32_t dl_codepoints_byte(const dl_codepoints *index, uint32_t point)
{
    if (!index->counts) return point < index->text.len ? point : (uint32_t)index->text.len;
    size_t block = 0, behind = index->text.len / STRIDE + 1;
    while (behind - block > 1) { /* the last block that does not begin beyond the point */
        size_t middle = block + (behind - block) / 2;
        if (index->counts[middle] <= point) block = middle;
        else behind = middle;
    }
    uint32_t count = index->counts[block];
    for (size_t i = block * STRIDE; i < index->text.len; i++) {
        if (((unsigned char)index->text.ptr[i] & 0xC0) == 0x80) continue;
        if (count++ == point) return (uint32_t)i;
    }
    return (uint32_t)index->text.len;
}
