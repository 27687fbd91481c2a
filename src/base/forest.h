/* forest.h - boosted trees asked about many cases at once.
 *
 * The trees of trees.h in a form that sixteen cases go through together, one in each lane of 16 bits (Lucchese and others
 * 2016, "Exploiting CPU SIMD extensions to speed-up document scoring with tree ensembles"). Features and limits are rounded
 * towards zero to eleven significant bits, leaves to fifteen: sums are whole numbers, the same whatever the instructions. */
#ifndef DL_BASE_FOREST_H
#define DL_BASE_FOREST_H

#include "base/trees.h"

enum { DL_FOREST_LANES = 16, DL_FOREST_LEAVES = 16 };

/* A test that failed takes the leaves on its low side away; the lowest leaf left is where the tree ends. */
typedef struct dl_forest_test {
    uint32_t limit, taken; /* twice 16 bits, the same in both halves */
    uint32_t column;
} dl_forest_test;

/* The leaves' values, less the lowest that there can be, by bytes; by the hash of the leaf's bit. */
typedef struct dl_forest_tree {
    uint8_t low[DL_FOREST_LEAVES], high[DL_FOREST_LEAVES];
} dl_forest_tree;

typedef struct dl_forest {
    dl_forest_test *tests;  /* of one tree after those of another */
    dl_forest_tree *trees;
    uint8_t *sizes;         /* tests of each tree */
    uint16_t *features;     /* of each column: the features that are asked for */
    uint32_t tree_count, column_count;
    float bias, scale;      /* a leaf's value in whole numbers times scale */
} dl_forest;

enum { DL_FOREST_COLUMNS = 512 };

/* Plants what was read. Trees of more than DL_FOREST_LEAVES leaves, or tests of more than DL_FOREST_COLUMNS features, are
 * DL_BAD_DATA, `file` being named. Free with dl_forest_free. */
dl_status dl_forest_plant(dl_forest *out, const dl_trees *trees, const char *file, dl_error *err);
void dl_forest_free(dl_forest *forest);

/* Scores of `count` cases, at most DL_FOREST_LANES; each has `width` features, one case after the other. */
void dl_forest_score(const dl_forest *forest, const float *features, size_t width, size_t count, float *scores);

/* The same with or without the instructions that only some machines have, to test that they agree; false where it has none. */
bool dl_forest_score_with(const dl_forest *forest, bool wide, const float *features, size_t width, size_t count, float *scores);

#endif
