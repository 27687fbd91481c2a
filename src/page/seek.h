/* seek.h - finding bytes in markup, sixteen at a time where the machine can. */
#ifndef DL_PAGE_SEEK_H
#define DL_PAGE_SEEK_H

#include <string.h>

#include "base/str.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum {
    SEEK_SPACE = 1,     /* white space of HTML: tab, line feed, form feed, carriage return, space */
    SEEK_TAG_END = 2,   /* ends a tag's name: white space, '/', '>' */
    SEEK_NAME_END = 4,  /* ends an attribute's name: white space, '/', '>', '=' */
    SEEK_VALUE_END = 8, /* ends an unquoted value: white space, '>' */
    SEEK_ALPHA = 16,
    SEEK_ALNUM = 32,
    SEEK_ANGLE = 64 /* '<', '>' */
};
extern const uint8_t dl_seek_class[256];

static inline bool dl_seek_is(char c, unsigned classes)
{
    return (dl_seek_class[(unsigned char)c] & classes) != 0;
}

/* First `byte` in [at, end), or `end`. Short distances are looked at here, long ones by memchr. */
static inline const char *dl_seek_byte(const char *at, const char *end, char byte)
{
#if defined(__SSE2__)
    const __m128i wanted = _mm_set1_epi8(byte);
    for (int step = 0; step < 4 && end - at >= 16; step++, at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        int found = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted));
        if (found) return at + __builtin_ctz((unsigned)found);
    }
#endif
    if (at >= end) return end;
    const char *found = memchr(at, byte, (size_t)(end - at));
    return found ? found : end;
}

/* First byte in [at, end) that has one of the classes, or `end`. */
static inline const char *dl_seek_class_of(const char *at, const char *end, unsigned classes)
{
    while (at < end && !dl_seek_is(*at, classes)) at++;
    return at;
}

/* First place in [at, end) where one of four pairs of bytes ("auby...") may begin, or `end`; the last byte begins none. */
static inline const char *dl_seek_pair(const char *at, const char *end, const char pairs[8])
{
#if defined(__SSE2__)
    for (; end - at > 16; at += 16) {
        __m128i first = _mm_loadu_si128((const __m128i *)(const void *)at);
        __m128i second = _mm_loadu_si128((const __m128i *)(const void *)(at + 1));
        __m128i all = _mm_setzero_si128();
        for (int i = 0; i < 8; i += 2)
            all = _mm_or_si128(all, _mm_and_si128(_mm_cmpeq_epi8(first, _mm_set1_epi8(pairs[i])),
                                                  _mm_cmpeq_epi8(second, _mm_set1_epi8(pairs[i + 1]))));
        int found = _mm_movemask_epi8(all);
        if (found) return at + __builtin_ctz((unsigned)found);
    }
#endif
    for (; end - at > 1; at++)
        for (int i = 0; i < 8; i += 2)
            if (at[0] == pairs[i] && at[1] == pairs[i + 1]) return at;
    return end;
}

/* First byte in [at, end) that is no white space, or `end`. */
static inline const char *dl_seek_text(const char *at, const char *end)
{
#if defined(__SSE2__)
    if (at < end && !dl_seek_is(*at, SEEK_SPACE)) return at;
    for (; end - at >= 16; at += 16) {
        /* of the bytes up to 0x20 only white space is common: look closer at the rare others */
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        __m128i space = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '));
        __m128i line = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
        __m128i tab = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'));
        __m128i other = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')),
                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\f')));
        __m128i all = _mm_or_si128(_mm_or_si128(space, line), _mm_or_si128(tab, other));
        unsigned found = (unsigned)_mm_movemask_epi8(all) ^ 0xFFFFu;
        if (found) return at + __builtin_ctz(found);
    }
#endif
    while (at < end && dl_seek_is(*at, SEEK_SPACE)) at++;
    return at;
}

#endif
