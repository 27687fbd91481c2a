/* words.h - the words that place names are made of, and the keys they are looked up by.
 *
 * A text and a gazetteer's names are cut by the same rule, so that "Deir ez-Zor", "Deir al Zor" and "Deir Ez Zor"
 * meet: hyphens part words; apostrophes and the dots of abbreviations fall out; case and accents go; "St.", "Ft.",
 * "Mt." are written in full; the Arabic article is "al" however it is assimilated. */
#ifndef DL_PLACES_WORDS_H
#define DL_PLACES_WORDS_H

#include "base/str.h"

enum { DL_PLACE_KEY_SIZE = 128, DL_PLACE_KEY_WORDS = 9 };

typedef enum dl_gap { /* what lies before a word */
    DL_GAP_SPACE, DL_GAP_HYPHEN, DL_GAP_DOT, DL_GAP_COMMA, DL_GAP_BREAK
} dl_gap;

enum {
    DL_WORD_CAPITAL = 1,    /* begins with a capital */
    DL_WORD_UPPER = 2,      /* two letters or more, all capitals */
    DL_WORD_POSSESSIVE = 4, /* ends in 's */
    DL_WORD_DOTTED = 8,     /* has dots inside: "U.S." */
    DL_WORD_DIGIT = 16,     /* begins with a digit */
    DL_WORD_DOT_AFTER = 32  /* a full stop follows that is not part of it */
};

typedef struct dl_place_word {
    dl_span span;
    dl_str form; /* folded */
    uint8_t gap, flags;
} dl_place_word;

/* The next word at or after *at, its form written to `form` (of `capacity` bytes; what is over is cut). False at
 * the end. */
bool dl_place_next_word(dl_str text, size_t *at, dl_place_word *out, char *form, size_t capacity);
/* The form a word has in keys, `next` being the form behind it ("" if none). */
dl_str dl_place_canonical(dl_str form, dl_str next);
/* A whole name as a key of at most DL_PLACE_KEY_SIZE bytes; 0 when it has no words or is too long. */
size_t dl_place_key(char out[DL_PLACE_KEY_SIZE], dl_str name);

#endif
