/* trees.h - boosted decision trees, read from a table.
 *
 * A model is a sum of small trees; 1 / (1 + exp(-sum)) is the share of cases like this one that were right
 * (Friedman 2001, "Greedy function approximation"). All trees are asked at once, feature by feature
 * (Lucchese and others 2015, "QuickScorer"). */
#ifndef DL_BASE_TREES_H
#define DL_BASE_TREES_H

#include "base/lexicon.h"

typedef struct dl_trees_node {
    float limit;      /* goes low where feature <= limit; of a leaf, its value */
    int16_t feature;  /* -1: a leaf */
    uint16_t low, high; /* nodes, counted from the model's first */
} dl_trees_node;

/* A test that failed takes the leaves on its low side away; the lowest leaf left is where the tree ends. */
typedef struct dl_trees_test {
    float limit;
    uint16_t tree, feature;
    uint32_t leaves; /* bits of those that stay */
} dl_trees_test;

/* The tests of one feature: none fails where the value is not above the lowest limit, as it mostly is. */
typedef struct dl_trees_gate {
    float lowest;
    uint32_t feature, first, end;
} dl_trees_gate;

enum { DL_TREES_LEAVES = 32, DL_TREES_MOST = 256 };

typedef struct dl_trees {
    dl_trees_node *nodes;   /* as read */
    uint32_t *roots;
    uint32_t root_count, node_count;
    float bias;
    dl_trees_test *tests;   /* by feature, then by limit; this and what follows only with dl_trees_read */
    dl_trees_gate *gates;   /* of each feature that has any */
    uint32_t test_count, gate_count;
    float *leaves;          /* DL_TREES_LEAVES a tree */
} dl_trees;

/* Index of a feature by its name, -1 where there is none. */
typedef int dl_feature_of(dl_str name);

/* Reads the rows of `model` ("first") of a table with the columns model, tree, feature, limit, low, high (a row is a node: where
 * feature <= limit go to node `low` of the tree, else to `high`; a leaf's limit is its value); every link is checked to lead on
 * within its tree. `file` names the table in errors. Free with dl_trees_free. */
dl_status dl_trees_read(dl_trees *out, const dl_table *weights, const char *file, const char *model, dl_feature_of *feature_of, dl_error *err);
/* The same without what dl_trees_score needs: of any number of trees, for dl_forest_plant (forest.h). */
dl_status dl_trees_read_nodes(dl_trees *out, const dl_table *weights, const char *file, const char *model, dl_feature_of *feature_of, dl_error *err);
void dl_trees_free(dl_trees *trees);
float dl_trees_score(const dl_trees *trees, const float *features);

#endif
