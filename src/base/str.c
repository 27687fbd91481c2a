/* str.c - small helpers on borrowed UTF-8 strings. */
#include "base/str.h"

int dl_str_cmp(dl_str a, dl_str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order) return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool dl_str_eq_nocase(dl_str a, dl_str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (dl_ascii_lower((unsigned char)a.ptr[i]) != dl_ascii_lower((unsigned char)b.ptr[i])) return false;
    return true;
}

bool dl_str_starts(dl_str str, const char *prefix)
{
    size_t len = strlen(prefix);
    return str.len >= len && memcmp(str.ptr, prefix, len) == 0;
}

bool dl_str_ends(dl_str str, const char *suffix)
{
    size_t len = strlen(suffix);
    return str.len >= len && memcmp(str.ptr + str.len - len, suffix, len) == 0;
}

static size_t find_in_short(dl_str str, dl_str needle, size_t from)
{
    const char *at = str.ptr + from, *last = str.ptr + str.len - needle.len;
    while (at <= last && (at = memchr(at, needle.ptr[0], (size_t)(last - at) + 1))) {
        if (memcmp(at, needle.ptr, needle.len) == 0) return (size_t)(at - str.ptr);
        at++;
    }
    return SIZE_MAX;
}

size_t dl_str_find(dl_str str, dl_str needle, size_t from)
{
    enum { SHORT = 256 }; /* memmem prepares itself by the needle, which is too much for so little text */
    if (from > str.len || !str.ptr || needle.len > str.len - from) return SIZE_MAX;
    if (needle.len && str.len - from <= SHORT) return find_in_short(str, needle, from);
    const char *hit = memmem(str.ptr + from, str.len - from, needle.ptr, needle.len);
    return hit ? (size_t)(hit - str.ptr) : SIZE_MAX;
}

size_t dl_str_find_nocase(dl_str str, dl_str needle, size_t from)
{
    for (size_t i = from; needle.len <= str.len && i <= str.len - needle.len; i++)
        if (dl_str_eq_nocase(dl_str_slice(str, i, i + needle.len), needle)) return i;
    return SIZE_MAX;
}

dl_str dl_str_trim(dl_str str)
{
    while (str.len && dl_ascii_space((unsigned char)str.ptr[0])) str.ptr++, str.len--;
    while (str.len && dl_ascii_space((unsigned char)str.ptr[str.len - 1])) str.len--;
    return str;
}

bool dl_str_next(dl_str *rest, char separator, dl_str *field)
{
    if (!rest->ptr) return false;
    const char *end = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (!end) {
        *field = *rest;
        *rest = (dl_str){0};
        return true;
    }
    *field = (dl_str){rest->ptr, (size_t)(end - rest->ptr)};
    *rest = (dl_str){end + 1, rest->len - field->len - 1};
    return true;
}

bool dl_str_number(dl_str str, int64_t *out)
{
    if (str.len == 0 || str.len > 15) return false;
    int64_t value = 0;
    for (size_t i = 0; i < str.len; i++) {
        if (!dl_ascii_digit((unsigned char)str.ptr[i])) return false;
        value = value * 10 + (str.ptr[i] - '0');
    }
    *out = value;
    return true;
}

/* Up to seven bytes, the first lowest. */
static uint64_t tail_of(const unsigned char *at, size_t len)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (len >= 4) { /* two words, which share bytes: what they share is the same */
        uint32_t low, high;
        memcpy(&low, at, 4);
        memcpy(&high, at + len - 4, 4);
        return low | (uint64_t)high << (8 * (len - 4));
    }
#endif
    uint64_t tail = 0;
    for (size_t i = 0; i < len; i++) tail |= (uint64_t)at[i] << (8 * i);
    return tail;
}

/* A multiply-xor hash over eight-byte words with a final mix (after MurmurHash's finaliser). */
uint64_t dl_hash(const void *bytes, size_t len, uint64_t seed)
{
    const unsigned char *at = bytes;
    uint64_t hash = seed ^ (len * UINT64_C(0x9E3779B97F4A7C15));
    for (; len >= 8; at += 8, len -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = (hash ^ word) * UINT64_C(0xFF51AFD7ED558CCD);
        hash ^= hash >> 32;
    }
    hash = (hash ^ tail_of(at, len)) * UINT64_C(0xC4CEB9FE1A85EC53);
    hash ^= hash >> 33;
    hash *= UINT64_C(0xFF51AFD7ED558CCD);
    return hash ^ (hash >> 29);
}
