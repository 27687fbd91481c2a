/* pairing.h - whether two claims tell of the same happening. */
#ifndef DL_MONITOR_PAIRING_H
#define DL_MONITOR_PAIRING_H

#include "monitor/view.h"

/* What is only planned, feared or threatened, what is told as background, and the rest: each a kind of its own. */
int pair_kind(const dl_claim *claim);
/* The counts may be of one thing. */
bool pair_counts_agree(const dl_claim *a, const dl_claim *b);
/* By day, place, site and counts, whatever the pages. */
bool pair_is_same(const dl_claim *a, const dl_claim *b);
/* Of two pages of one story, though day or place are told otherwise or not at all; `main`: both are their pages' main claims. */
bool pair_is_of_story(const dl_claim *a, const dl_claim *b, bool main);
/* Of each claim, whether it is the main one of its type and page: told as fact, with the most killed, then wounded, then told first. NULL: out
 * of memory. */
const bool *pair_main_claims(dl_arena *arena, const dl_claim *claims, size_t count);

#endif
