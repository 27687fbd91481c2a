/* trees.h - boosted decision trees read from data/page/weights.tsv.
 *
 * A model is a sum of small trees; 1 / (1 + exp(-sum)) is the share of blocks like this one that were of a story
 * (Friedman 2001, "Greedy function approximation"). */
#ifndef DL_PAGE_TREES_H
#define DL_PAGE_TREES_H

#include "base/lexicon.h"

typedef struct dl_trees_node {
    float limit;      /* goes low where feature <= limit; of a leaf, its value */
    int16_t feature;  /* -1: a leaf */
    uint16_t low, high; /* nodes, counted from the model's first */
} dl_trees_node;

typedef struct dl_trees {
    dl_trees_node *nodes;
    uint32_t *roots;
    uint32_t root_count;
    float bias;
} dl_trees;

/* Reads the rows of `model` ("first"); every link is checked to lead on within its tree. Free with dl_trees_free. */
dl_status dl_trees_read(dl_trees *out, const dl_table *weights, const char *model, dl_error *err);
void dl_trees_free(dl_trees *trees);
float dl_trees_score(const dl_trees *trees, const float *features);

#endif
