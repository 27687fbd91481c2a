/* talk_card.h - what a page tells of one negotiation, in one piece: with its words, its parties and who states what of each issue (see card.h). */
#ifndef DL_STORE_TALK_CARD_H
#define DL_STORE_TALK_CARD_H

#include "dateline/queries.h"
#include "store/bytes.h"
#include "store/log.h"

void talk_card_put(byte_writer *w, const dl_talk_row *talk);
/* Strings are lent by `bytes`, lists lie in the arena. DL_BAD_DATA for what is no such card. */
dl_status talk_card_get(dl_talk_row *out, dl_arena *arena, dl_str bytes, dl_error *err);

/* The card of the talk at `item` of a reading; `locations` as in store_card. ptr NULL when out of memory. */
dl_str store_talk_card(dl_arena *arena, const store_reading *reading, const int64_t *locations, size_t item);

#endif
