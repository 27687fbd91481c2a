/* chars.h - what a character is to the tokeniser. */
#ifndef DL_TEXT_CHARS_H
#define DL_TEXT_CHARS_H

#include "base/str.h"

typedef enum dl_char_class {
    DL_CHAR_MARK, /* punctuation and symbols */
    DL_CHAR_SPACE,
    DL_CHAR_LETTER, /* with combining marks, joiners and the digits of other scripts */
    DL_CHAR_DIGIT,
    DL_CHAR_EXTEND /* goes on with the symbol before it: variation selectors, skin tones, joiners */
} dl_char_class;

/* The class of the character at byte `at` (< text.len) and its length in bytes. */
dl_char_class dl_char_wide(dl_str text, size_t at, size_t *len);

static inline dl_char_class dl_char_at(dl_str text, size_t at, size_t *len)
{
    unsigned char byte = (unsigned char)text.ptr[at];
    if (byte >= 0x80) return dl_char_wide(text, at, len);
    *len = 1;
    if (dl_ascii_alpha(byte)) return DL_CHAR_LETTER;
    if (dl_ascii_digit(byte)) return DL_CHAR_DIGIT;
    return byte <= ' ' || byte == 0x7F ? DL_CHAR_SPACE : DL_CHAR_MARK;
}

/* Length of the apostrophe at `at`: ' ` U+2018 U+2019 U+02BC, 0 for anything else. */
static inline size_t dl_apostrophe_at(dl_str text, size_t at)
{
    if (at >= text.len) return 0;
    if (text.ptr[at] == '\'' || text.ptr[at] == '`') return 1;
    if (text.len - at >= 3 && memcmp(text.ptr + at, "\xE2\x80", 2) == 0)
        return text.ptr[at + 2] == '\x98' || text.ptr[at + 2] == '\x99' ? 3 : 0;
    return text.len - at >= 2 && memcmp(text.ptr + at, "\xCA\xBC", 2) == 0 ? 2 : 0;
}

#endif
