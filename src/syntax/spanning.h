/* spanning.h - the best tree under arc scores: maximum spanning arborescence with a single root. */
#ifndef DL_SYNTAX_SPANNING_H
#define DL_SYNTAX_SPANNING_H

#include "base/arena.h"

enum { DL_SPANNING_WORDS = 256 };

typedef struct dl_spanning dl_spanning; /* memory for trees of some size */

/* NULL when out of memory. `words` at most DL_SPANNING_WORDS. */
dl_spanning *dl_spanning_new(dl_arena *arena, size_t words);
/* heads[w] of `count` words: 0 the root, h + 1 word h. scores[w * stride + head]. Exactly one word gets the root; a word is
 * never its own head. Time is quadratic in `count` at worst; of equal scores the lower head wins. */
void dl_spanning_tree(dl_spanning *memory, const float *scores, size_t count, size_t stride, uint32_t *heads);

#endif
