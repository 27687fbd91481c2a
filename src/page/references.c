/* references.c - character references (WHATWG HTML, 13.2.5.72 to 13.2.5.84). */
#include "page/references.h"

#include "base/utf8.h"
#include "page/entity_table.h"
#include "page/seek.h"

enum { REPLACEMENT = 0xFFFD };

static uint32_t entity_hash(const char *name, size_t len, uint32_t seed)
{
    uint32_t value = UINT32_C(2166136261) ^ seed;
    for (size_t i = 0; i < len; i++) value = (value ^ (unsigned char)name[i]) * UINT32_C(16777619);
    return value ^ value >> 15;
}

/* Slot of a name, its ';' included where it has one, or -1. */
static int entity_find(const char *name, size_t len)
{
    uint32_t seed = entity_seeds[entity_hash(name, len, 0) % ENTITY_BUCKETS];
    uint32_t slot = entity_hash(name, len, seed) % ENTITY_COUNT;
    if (entity_slots[slot].len != len) return -1;
    uint32_t place = entity_slots[slot].name;
    return memcmp(entity_names[place / ENTITY_PAGE] + place % ENTITY_PAGE, name, len) == 0 ? (int)slot : -1;
}

/* Only names without ';' can be followed by more of a name, and they are short: try them longest first. */
static size_t read_bare_name(const char *name, size_t len, int *slot)
{
    for (size_t tried = len < ENTITY_LONGEST_BARE ? len : ENTITY_LONGEST_BARE; tried >= 2; tried--) {
        *slot = entity_find(name, tried);
        if (*slot >= 0) return tried;
    }
    return 0;
}

static size_t read_named(const char *name, size_t left, bool in_attribute, uint32_t points[2])
{
    size_t len = 0, used;
    int slot = -1;
    while (len < left && len < ENTITY_LONGEST && dl_seek_is(name[len], SEEK_ALNUM)) len++;
    if (len < left && name[len] == ';') slot = entity_find(name, len + 1);
    if (slot >= 0) {
        used = len + 1;
    } else {
        used = read_bare_name(name, len, &slot);
        if (used == 0) return 0;
        bool goes_on = used < left && (name[used] == '=' || dl_seek_is(name[used], SEEK_ALNUM));
        if (in_attribute && goes_on) return 0;
    }
    points[0] = entity_slots[slot].first;
    points[1] = entity_slots[slot].second;
    return used;
}

/* What windows-1252 has in place of the controls U+0080 to U+009F. */
static const uint16_t c1_points[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
};

static uint32_t numeric_point(uint32_t value)
{
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return REPLACEMENT;
    return value >= 0x80 && value < 0xA0 ? c1_points[value - 0x80] : value;
}

/* The value of a digit, or -1. */
static int digit(char c, bool hexadecimal)
{
    if (dl_ascii_digit((unsigned char)c)) return c - '0';
    int letter = (c | 0x20) - 'a';
    return hexadecimal && letter >= 0 && letter < 6 ? letter + 10 : -1;
}

/* `at` points behind "&#". */
static size_t read_numeric(const char *at, size_t left, uint32_t points[2])
{
    size_t used = 0;
    bool hexadecimal = left > 0 && (at[0] | 0x20) == 'x';
    if (hexadecimal) used++;
    size_t first = used;
    uint32_t value = 0;
    for (; used < left; used++) {
        int figure = digit(at[used], hexadecimal);
        if (figure < 0) break;
        if (value <= 0x10FFFF) value = value * (hexadecimal ? 16 : 10) + (uint32_t)figure;
    }
    if (used == first) return 0;
    if (used < left && at[used] == ';') used++;
    points[0] = numeric_point(value);
    points[1] = 0;
    return used;
}

size_t dl_reference_read(const char *at, size_t left, bool in_attribute, uint32_t points[2])
{
    if (left < 2) return 0;
    bool numeric = at[1] == '#';
    size_t skip = numeric ? 2 : 1;
    size_t used = numeric ? read_numeric(at + 2, left - 2, points) : read_named(at + 1, left - 1, in_attribute, points);
    return used ? used + skip : 0;
}

static bool has_references(dl_text_mode mode)
{
    return mode == DL_MODE_DATA || mode == DL_MODE_RCDATA || mode == DL_MODE_ATTRIBUTE;
}

/* Whether decoding would change anything. */
static bool is_plain(dl_str raw, dl_text_mode mode)
{
    if (raw.len == 0) return true;
    if (has_references(mode) && memchr(raw.ptr, '&', raw.len)) return false;
    if (mode != DL_MODE_DATA && mode != DL_MODE_CDATA && memchr(raw.ptr, 0, raw.len)) return false;
    return !memchr(raw.ptr, '\r', raw.len);
}

dl_str dl_reference_decode(dl_arena *arena, dl_str raw, dl_text_mode mode)
{
    if (is_plain(raw, mode)) return raw;
    /* at worst U+0000 gives three bytes; of the references only two ("&nGt;", "&nLt;") are shorter than their text */
    char *out = dl_arena_alloc_raw(arena, raw.len * 3 + 8);
    if (!out) return (dl_str){0};
    size_t len = 0;
    for (size_t at = 0; at < raw.len;) {
        char c = raw.ptr[at];
        uint32_t points[2];
        size_t used = c == '&' && has_references(mode)
                          ? dl_reference_read(raw.ptr + at, raw.len - at, mode == DL_MODE_ATTRIBUTE, points) : 0;
        if (used) {
            at += used;
            len += dl_utf8_put(out + len, points[0]);
            if (points[1]) len += dl_utf8_put(out + len, points[1]);
            continue;
        }
        at++;
        if (c == '\r') {
            out[len++] = '\n';
            if (at < raw.len && raw.ptr[at] == '\n') at++;
        } else if (c == '\0' && mode != DL_MODE_DATA && mode != DL_MODE_CDATA) {
            len += dl_utf8_put(out + len, REPLACEMENT);
        } else {
            out[len++] = c;
        }
    }
    return (dl_str){out, len};
}
