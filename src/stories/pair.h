/* pair.h - how alike two pages are. */
#ifndef DL_STORIES_PAIR_H
#define DL_STORIES_PAIR_H

#include "stories/signature.h"

enum { SCATTER_SLOTS = 2048 };

/* A vector laid out for many look-ups. */
typedef struct scatter {
    uint32_t ids[SCATTER_SLOTS]; /* 0: free, but for id 0, which is left out */
    uint16_t weights[SCATTER_SLOTS];
} scatter;
void story_scatter(scatter *out, const story_terms *vector); /* *out is zeroed */

/* Cosine in UNITths. */
int32_t story_cosine(const scatter *a, const story_terms *b);
int32_t story_cosine_sorted(const story_terms *a, const story_terms *b);

/* All features that need no other pages: PAIR_PAIRS to PAIR_RAREST, but for PAIR_TEXT and PAIR_LEAD. */
void story_pair(const fresh_signature *fresh, const scatter *pairs, const dl_signature *other, int32_t out[PAIR_COUNT]);

#endif
