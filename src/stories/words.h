/* words.h - the words of a text as terms: numbers that stand for what was folded, without endings and stop words. */
#ifndef DL_STORIES_WORDS_H
#define DL_STORIES_WORDS_H

#include "stories/data.h"

typedef struct story_word {
    uint32_t id;
    uint16_t rarity; /* how much it tells, in 256ths */
    bool number; /* in figures, and no year */
} story_word;

/* Appends the words of `text` to out[*count], up to `most` in all. */
void story_words(const dl_stories *stories, dl_str text, story_word *out, size_t most, size_t *count);

#endif
