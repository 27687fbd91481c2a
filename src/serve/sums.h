/* sums.h - ranges of many happenings added up: lows, bests and highs. */
#ifndef DL_SERVE_SUMS_H
#define DL_SERVE_SUMS_H

#include "serve/room.h"

typedef struct harm_sum {
    int64_t low, best, high;
    uint32_t happenings;
    bool open;
} harm_sum;

typedef struct harm_sums {
    harm_sum harms[DL_HARMS];
    atlas_match top; /* the happening that counts most: the killed, then the wounded; bucket NULL: none yet */
    int64_t top_weight;
} harm_sums;

void sums_add(harm_sums *sums, const atlas_match *match);
/* "killed":{...} and so on, of what is known; and "top", the id of that happening. */
void put_sums(dl_json_out *out, const harm_sums *sums);

/* Whether an assault is said to have happened; talks; what bears on a ceasefire. */
bool is_attack(const atlas_happening *happening);
bool is_talks(const atlas_match *match);
bool is_about_ceasefire(const atlas_match *match);
uint32_t site_of(const atlas_match *match); /* a word: the critical site that a claim names; 0: none */

#endif
