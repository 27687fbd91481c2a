/* vocabulary.h - inside the times room: the words that patterns know, and what a token is to them. */
#ifndef DL_TIMES_VOCABULARY_H
#define DL_TIMES_VOCABULARY_H

#include "times/patterns.h"

typedef struct dl_word_class {
    uint8_t class;
    bool capital; /* holds for a capital only ("May") */
    int32_t value;
    dl_str text;
} dl_word_class;

enum { DL_WORD_CLASSES = 4, DL_LITERALS = 512 };

typedef struct dl_time_word { /* named in patterns.h */
    dl_str norm;      /* len 0: a free slot */
    uint16_t literal; /* 0: no pattern names it */
    uint8_t count;
    uint64_t mask;    /* classes it is of, or may begin */
    dl_word_class classes[DL_WORD_CLASSES];
} dl_time_word;

typedef struct dl_vocabulary {
    dl_time_word *slots;
    uint8_t *taken; /* beside slots */
    size_t mask;
    uint16_t literals;
} dl_vocabulary;

/* Reads times/words and notes the first words of numbers, modifiers and holidays. Close it also after a failure. */
dl_status dl_vocabulary_open(dl_vocabulary *out, const dl_lexicon *lexicon, dl_error *err);
void dl_vocabulary_close(dl_vocabulary *vocabulary);
/* The word `norm`, made where it is missing and `add` is set; NULL if there is none. */
dl_time_word *dl_vocabulary_find(const dl_vocabulary *vocabulary, dl_str norm, bool add);
uint16_t dl_vocabulary_literal(dl_vocabulary *vocabulary, dl_str norm); /* its number; 0 when there are too many */
int dl_time_class_named(dl_str name);                                   /* -1: none */

/* Values of digit tokens by class: whether `norm` is of the class; *value as in dl_time_piece. */
bool dl_digits_are(dl_time_class class_, dl_str norm, int32_t *value);
/* The classes that a token beginning with a digit or an apostrophe may be of. */
uint64_t dl_digits_mask(dl_str norm);

#endif
