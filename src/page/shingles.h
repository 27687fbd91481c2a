/* shingles.h - how much of a text is found in another: sets of word triples (Broder 1997). */
#ifndef DL_PAGE_SHINGLES_H
#define DL_PAGE_SHINGLES_H

#include "base/arena.h"
#include "base/str.h"

typedef struct dl_shingles {
    uint32_t *slots;  /* open addressing; 0: free */
    uint32_t mask, count;
    uint32_t words;
} dl_shingles;

/* Triples of the words of `text`; fewer than three words make one. Without memory the set stays empty. */
void dl_shingles_make(dl_shingles *out, dl_arena *arena, dl_str text);

/* Adds the words of `text`, each by itself; there is room for some dozens. */
void dl_shingles_add_words(dl_shingles *set, dl_arena *arena, dl_str text);

/* Walks a text that may come in pieces; `open` carries over. */
typedef struct dl_shingler {
    uint32_t word, previous[2], words;
    uint32_t hits, total;
    bool single;    /* the set is one of words: each word is looked for by itself */
    uint32_t leads; /* words of the set among the first four */
} dl_shingler;
void dl_shingler_text(dl_shingler *s, const dl_shingles *set, dl_str text); /* ends in a word border */
float dl_shingler_share(dl_shingler *s, const dl_shingles *set);

#endif
