/* str.h - small helpers on borrowed UTF-8 strings. Nothing here looks at the locale. */
#ifndef DL_BASE_STR_H
#define DL_BASE_STR_H

#include <string.h>

#include "base/arena.h"

#define DL_STR(literal) ((dl_str){"" literal, sizeof(literal) - 1})

static inline dl_str dl_str_of(const char *text)
{
    return (dl_str){text, text ? strlen(text) : 0};
}
static inline dl_str dl_str_slice(dl_str str, size_t start, size_t end)
{
    return (dl_str){str.ptr + start, end - start};
}
static inline dl_str dl_span_str(dl_str text, dl_span span)
{
    return dl_str_slice(text, span.start, span.end);
}
static inline bool dl_str_eq(dl_str a, dl_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool dl_str_is(dl_str a, const char *literal)
{
    return dl_str_eq(a, dl_str_of(literal));
}
static inline bool dl_ascii_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool dl_ascii_alpha(unsigned char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}
static inline bool dl_ascii_digit(unsigned char c)
{
    return (unsigned char)(c - '0') < 10;
}
static inline unsigned char dl_ascii_lower(unsigned char c)
{
    return (unsigned char)(c - 'A') < 26 ? (unsigned char)(c | 0x20) : c;
}

int dl_str_cmp(dl_str a, dl_str b); /* by bytes, shorter first */
bool dl_str_eq_nocase(dl_str a, dl_str b); /* ASCII case only */
bool dl_str_starts(dl_str str, const char *prefix);
bool dl_str_ends(dl_str str, const char *suffix);
size_t dl_str_find(dl_str str, dl_str needle, size_t from); /* SIZE_MAX: not there */
size_t dl_str_find_nocase(dl_str str, dl_str needle, size_t from);
dl_str dl_str_trim(dl_str str); /* ASCII white space at both ends */
/* The next field up to `separator`; `rest` moves on. False at the end. */
bool dl_str_next(dl_str *rest, char separator, dl_str *field);
/* Unsigned decimal number of the whole string; false if it is anything else or above 10^15. */
bool dl_str_number(dl_str str, int64_t *out);

uint64_t dl_hash(const void *bytes, size_t len, uint64_t seed); /* not for security */

#endif
