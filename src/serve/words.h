/* words.h - people's words on events, as the review queue needs them. */
#ifndef DL_SERVE_WORDS_H
#define DL_SERVE_WORDS_H

#include "serve/room.h"

#define UNDOES "undo of " /* what the note of a word that takes another back begins with; its number follows */

typedef struct word_on {
    int64_t ref; /* document number << 24 | item of the current reading's events */
    int64_t id;  /* of the last word on it */
    bool undoes; /* it takes another back */
} word_on;

/* The last word on each event that somebody spoke of, sorted by ref. */
dl_status words_on_items(serve_call *call, const word_on **out, size_t *count);
const word_on *word_on_item(const word_on *words, size_t count, int64_t ref); /* NULL: none */

#endif
