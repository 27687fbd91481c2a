/* data.h - the tables of data/stories, in the form that the room reads them. */
#ifndef DL_STORIES_DATA_H
#define DL_STORIES_DATA_H

#include "base/lexicon.h"
#include "stories/stories.h"

typedef struct known_word {
    uint32_t id;    /* 0: free */
    uint16_t rarity; /* how much it tells, in 256ths: 0 of a stop word */
} known_word;

enum { UNKNOWN_RARITY = 2455 }; /* of a word that the background does not know: ln(1e6 / 68) */

/* A leaf leads to itself, so that all walks through a tree may take as many steps. */
typedef struct tree_node {
    int32_t threshold; /* go to next[0] where the feature is at most this, else to next[1]; of a leaf its value */
    int16_t feature;
    uint16_t next[2];  /* within the tree */
} tree_node;

typedef struct tree {
    uint32_t first, count; /* nodes */
    uint32_t depth;        /* steps to the deepest leaf */
} tree;

/* Trees whose sum is the odds of a pair. */
typedef struct forest {
    tree_node *nodes;
    tree *trees;
    size_t tree_count;
    int32_t base; /* odds before the first tree */
} forest;

struct dl_stories {
    dl_lexicon *lexicon;
    dl_arena arena;
    known_word *words; /* open addressing */
    uint32_t mask;
    forest dated, undated;      /* of pairs of which both pages tell their day, and of others */
    int32_t threshold, missing; /* of joining a story; odds that a page has with one it was not compared with */
    int32_t best_share;         /* what the nearest page counts against the mean, in hundredths */
    const dl_table *ages;       /* words beside a number that make it an age */
    int age_side;
    int32_t join;               /* mean odds from which two stories are one */
};

uint32_t story_word_id(dl_str folded);
/* NULL where the background does not know it. */
const known_word *story_known_word(const dl_stories *stories, uint32_t id);
static inline uint16_t story_rarity(const known_word *known)
{
    return known ? known->rarity : UNKNOWN_RARITY;
}
/* Natural logarithm of a ratio of values above 0, in 256ths. */
int64_t story_log_ratio(uint64_t above, uint64_t below);
/* Sets the odds of each candidate from its features. */
void story_odds(const dl_stories *stories, story_candidate *candidates, size_t count);

#endif
