/* card.h - what the events of a page tell, in one piece.
 *
 * Rows of events are made of ten tables, and a question that looks at thousands of pages would read a page of the file for each of them. So the rows of
 * a document lie together once more, as bytes: its card. It says nothing that the other tables don't, and goes and comes with them. */
#ifndef DL_STORE_CARD_H
#define DL_STORE_CARD_H

#include "store/bytes.h"
#include "store/log.h"

/* ---- writing ---- */

typedef struct card_sentence {
    uint32_t number;
    dl_span span; /* code points of the text */
    dl_str text;
} card_sentence;

/* The page as rows of it tell it, and the sentences that its events stand in; then each event, `sentence` from 0 among these. */
void card_begin(byte_writer *w, const dl_row *page, const card_sentence *sentences, size_t count);
void card_put(byte_writer *w, const dl_row *event, size_t sentence);

/* The card of a reading; `locations` holds the row of each place's location, 0 for none. ptr NULL when out of memory. */
dl_str store_card(dl_arena *arena, const store_reading *reading, const int64_t *locations);

/* ---- reading ---- */

typedef struct card {
    dl_row page;                            /* what is the same in all rows */
    const card_sentence *sentences;         /* in the arena */
    size_t sentence_count;
    const unsigned char *events, *at, *end; /* the first event; the one behind the last that was found; the end of all */
    uint32_t last;                          /* that was found */
} card;

/* Strings are lent by `bytes`. DL_BAD_DATA for what is no card. */
dl_status card_open(card *out, dl_arena *arena, dl_str bytes, dl_error *err);
/* The row of an event of the document, told by its place in the record from 0; parties lie in the arena. Asking in rising order takes one way through the
 * card. *found false: the card has no such event. */
dl_status card_find(card *of, uint32_t item, dl_arena *arena, dl_row *out, bool *found, dl_error *err);

#endif
