/* utf8.h - code points, validity, and from byte offsets to code-point offsets. */
#ifndef DL_BASE_UTF8_H
#define DL_BASE_UTF8_H

#include "base/arena.h"

/* Reads the code point at *at and moves on; bytes that are no UTF-8 give U+FFFD, one byte each step. */
uint32_t dl_utf8_next(dl_str text, size_t *at);
/* Writes `point` (1 to 4 bytes) to `out`; a surrogate or a value beyond U+10FFFF becomes U+FFFD. */
size_t dl_utf8_put(char out[4], uint32_t point);
/* Offset of the first byte that is no well-formed UTF-8, or text.len (RFC 3629). */
size_t dl_utf8_valid_prefix(dl_str text);
size_t dl_utf8_length(dl_str text); /* code points */

bool dl_utf8_is_upper(uint32_t point);
bool dl_utf8_is_letter(uint32_t point);
bool dl_utf8_is_space(uint32_t point);
/* Lower case with accents taken off where the letter has a plain base (NFD, marks dropped), and
 * typographic apostrophes and dashes made plain. For keys, never for output. */
dl_str dl_utf8_fold(dl_arena *arena, dl_str text);
/* The same for one code point: writes up to 32 bytes to `out`. */
size_t dl_utf8_fold_point(char out[32], uint32_t point);
/* Lower case only. Gives `text` itself back when nothing changes. */
dl_str dl_utf8_lower(dl_arena *arena, dl_str text);

/* From byte offsets to code points, in constant time: a count for every 64 bytes. */
typedef struct dl_codepoints {
    dl_str text;
    const uint32_t *counts; /* code points before byte 64 * i; NULL when the text is ASCII */
} dl_codepoints;
dl_status dl_codepoints_build(dl_codepoints *out, dl_arena *arena, dl_str text, dl_error *err);
uint32_t dl_codepoints_at(const dl_codepoints *index, uint32_t byte);
/* The byte of a code point; text.len when beyond the end. Logarithmic in the text. */
uint32_t dl_codepoints_byte(const dl_codepoints *index, uint32_t point);

#endif
