/* boost.c - boosted trees over features in bins, quickly: the learner behind learn.py, which calls it as a shared library.
 *
 * Each tree grows leaf by leaf, the best split first (Shi 2007, "Best-first decision tree learning"), on sums of gradients by bin;
 * the larger child's sums are what the smaller one's leave of the parent's. Every tree sees a share of the columns and of the
 * groups (sites) only (Friedman 2002, "Stochastic gradient boosting"). All chance comes from one seed: the same input gives the
 * same trees. Columns that are mostly zero are kept as lists of the rows that are not. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BINS = 64, MOST_LEAVES = 32 };

typedef struct boost_settings {
    uint32_t trees, leaves, least;      /* least rows of a leaf */
    float rate, shrink;                 /* learning rate; L2 on a leaf's value */
    float columns, groups;              /* shares that a tree sees */
    uint32_t always;                    /* the last so many columns are seen by every tree */
    uint64_t seed;
} boost_settings;

/* A node of a tree, in order of the walk, low side first; a leaf has column -1. Goes low where bin <= limit. */
typedef struct boost_node {
    int32_t column, limit, low, high;
    float value;
} boost_node;

typedef struct sums {
    double gradient, hessian;
    uint32_t rows;
} sums;

typedef struct leaf {
    uint32_t begin, end;      /* its rows, in the order array */
    sums total, *bins;        /* BINS for each column seen */
    double gain;
    int32_t column, limit;    /* of the best split; column -1: none */
    int32_t node;
} leaf;

typedef struct booster {
    const uint8_t *bins;      /* rows of one column after those of another */
    const uint32_t *group;
    const uint8_t *label;
    const float *weight;      /* 0: not learned from */
    uint32_t rows, columns;
    const boost_settings *set;
    uint32_t **filled;        /* of sparse columns: rows whose bin is not 0; NULL: dense */
    uint32_t *filled_count;
    float *score, *gradient, *hessian;
    uint32_t *order, *spare, seen_count, *seen; /* rows that the tree sees; columns that it sees */
    uint8_t *leaf_of;         /* row -> leaf, 255: none */
    leaf leaves[MOST_LEAVES];
    uint64_t chance;
} booster;

static uint64_t draw(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15)); /* splitmix64 */
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static double share_of(uint64_t hash)
{
    return (double)(hash >> 11) * 0x1p-53;
}

static bool find_sparse(booster *b)
{
    b->filled = calloc(b->columns, sizeof *b->filled);
    b->filled_count = calloc(b->columns, sizeof *b->filled_count);
    if (!b->filled || !b->filled_count) return false;
    for (uint32_t c = 0; c < b->columns; c++) {
        const uint8_t *bins = b->bins + (size_t)c * b->rows;
        uint32_t count = 0;
        for (uint32_t i = 0; i < b->rows; i++) count += bins[i] != 0;
        if (count > b->rows / 5) continue;
        b->filled[c] = malloc((count + 1) * sizeof **b->filled);
        if (!b->filled[c]) return false;
        for (uint32_t i = 0; i < b->rows; i++)
            if (bins[i]) b->filled[c][b->filled_count[c]++] = i;
    }
    return true;
}

static void add(sums *to, const booster *b, uint32_t row)
{
    to->gradient += b->gradient[row];
    to->hessian += b->hessian[row];
    to->rows++;
}

static void take(sums *from, const sums *part)
{
    from->gradient -= part->gradient;
    from->hessian -= part->hessian;
    from->rows -= part->rows;
}

static void sum_bins(booster *b, leaf *l, uint8_t number)
{
    memset(l->bins, 0, (size_t)b->seen_count * BINS * sizeof *l->bins);
    for (uint32_t s = 0; s < b->seen_count; s++) {
        uint32_t c = b->seen[s];
        const uint8_t *bins = b->bins + (size_t)c * b->rows;
        sums *sum = l->bins + (size_t)s * BINS;
        if (b->filled[c]) {
            sums rest = l->total;
            for (uint32_t i = 0; i < b->filled_count[c]; i++)
                if (b->leaf_of[b->filled[c][i]] == number) add(&sum[bins[b->filled[c][i]]], b, b->filled[c][i]);
            for (int bin = 1; bin < BINS; bin++) take(&rest, &sum[bin]);
            sum[0] = rest;
        } else {
            for (uint32_t i = l->begin; i < l->end; i++) add(&sum[bins[b->order[i]]], b, b->order[i]);
        }
    }
}

static double worth(const booster *b, const sums *s)
{
    return s->gradient * s->gradient / (s->hessian + b->set->shrink);
}

static void find_split(const booster *b, leaf *l)
{
    l->column = -1;
    l->gain = 1e-9;
    double whole = worth(b, &l->total);
    for (uint32_t s = 0; s < b->seen_count; s++) {
        sums low = {0}, high = l->total;
        const sums *bin = l->bins + (size_t)s * BINS;
        for (int limit = 0; limit < BINS - 1 && high.rows > b->set->least; limit++) {
            if (!bin[limit].rows) continue;
            low.gradient += bin[limit].gradient, low.hessian += bin[limit].hessian, low.rows += bin[limit].rows;
            take(&high, &bin[limit]);
            if (low.rows < b->set->least || high.rows < b->set->least) continue;
            double gain = worth(b, &low) + worth(b, &high) - whole;
            if (gain <= l->gain) continue;
            l->gain = gain;
            l->column = (int32_t)b->seen[s];
            l->limit = limit;
        }
    }
}

/* Which columns and rows a tree sees. */
static void begin_tree(booster *b)
{
    uint64_t salt = draw(&b->chance);
    uint32_t count = 0;
    b->seen_count = 0;
    for (uint32_t c = 0; c < b->columns; c++)
        if (c + b->set->always >= b->columns || share_of(draw(&b->chance)) < b->set->columns) b->seen[b->seen_count++] = c;
    leaf *root = &b->leaves[0];
    root->total = (sums){0};
    for (uint32_t i = 0; i < b->rows; i++) {
        uint64_t hash = salt ^ b->group[i];
        b->leaf_of[i] = 255;
        if (b->weight[i] <= 0 || share_of(draw(&hash)) >= b->set->groups) continue;
        double p = 1 / (1 + exp(-(double)b->score[i]));
        b->gradient[i] = (float)(b->weight[i] * (p - b->label[i]));
        b->hessian[i] = (float)(b->weight[i] * p * (1 - p));
        b->leaf_of[i] = 0;
        add(&root->total, b, i);
        b->order[count++] = i;
    }
    root->begin = 0, root->end = count, root->node = 0;
    sum_bins(b, root, 0);
    find_split(b, root);
}

/* Splits leaf `from`; its low side stays in its place, the high side becomes leaf `to`. */
static void split(booster *b, uint32_t from, uint32_t to)
{
    leaf *low = &b->leaves[from], *high = &b->leaves[to];
    const uint8_t *bins = b->bins + (size_t)low->column * b->rows;
    uint32_t kept = low->begin, moved = 0;
    high->total = (sums){0};
    for (uint32_t i = low->begin; i < low->end; i++) {
        uint32_t row = b->order[i];
        if (bins[row] <= low->limit) {
            b->order[kept++] = row;
        } else {
            b->spare[moved++] = row;
            b->leaf_of[row] = (uint8_t)to;
            add(&high->total, b, row);
        }
    }
    memcpy(b->order + kept, b->spare, moved * sizeof *b->spare);
    high->begin = kept, high->end = low->end, low->end = kept;
    take(&low->total, &high->total);
    bool small_high = moved <= kept - low->begin;
    leaf *small = small_high ? high : low, *large = small_high ? low : high;
    if (large != low) { /* the parent's sums go with the larger child */
        sums *swap = low->bins;
        low->bins = high->bins, high->bins = swap;
    }
    sum_bins(b, small, (uint8_t)(small_high ? to : from));
    for (size_t i = 0; i < (size_t)b->seen_count * BINS; i++) take(&large->bins[i], &small->bins[i]);
    find_split(b, low);
    find_split(b, high);
}

/* Grows a tree into out[0 ..]; how many nodes. */
static uint32_t grow(booster *b, boost_node *out)
{
    uint32_t leaves = 1, nodes = 1;
    begin_tree(b);
    while (leaves < b->set->leaves) {
        uint32_t best = 0;
        for (uint32_t i = 1; i < leaves; i++)
            if (b->leaves[i].column >= 0 && (b->leaves[best].column < 0 || b->leaves[i].gain > b->leaves[best].gain)) best = i;
        leaf *l = &b->leaves[best];
        if (l->column < 0) break;
        out[l->node] = (boost_node){l->column, l->limit, (int32_t)nodes, (int32_t)nodes + 1, 0};
        split(b, best, leaves);
        l->node = (int32_t)nodes;
        b->leaves[leaves++].node = (int32_t)nodes + 1;
        nodes += 2;
    }
    for (uint32_t i = 0; i < leaves; i++) {
        const leaf *l = &b->leaves[i];
        out[l->node] = (boost_node){-1, 0, 0, 0, (float)(-b->set->rate * l->total.gradient / (l->total.hessian + b->set->shrink))};
    }
    return nodes;
}

static float walk(const uint8_t *bins, uint32_t rows, uint32_t row, const boost_node *tree)
{
    const boost_node *n = tree;
    while (n->column >= 0) n = &tree[bins[(size_t)n->column * rows + row] <= n->limit ? n->low : n->high];
    return n->value;
}

/* Learns set->trees trees; out has room for 2 * leaves nodes each. scores (rows) come out as those of every row, rows of weight 0
 * included, so that what was not learned from can be judged. Gives the bias, or NaN without memory. */
float boost_learn(const uint8_t *bins, uint32_t rows, uint32_t columns, const uint32_t *group, const uint8_t *label, const float *weight,
                  const boost_settings *set, boost_node *out, float *scores)
{
    booster b = {.bins = bins, .group = group, .label = label, .weight = weight, .rows = rows, .columns = columns, .set = set,
                 .score = scores, .chance = set->seed};
    b.gradient = malloc(rows * sizeof(float) + 1), b.hessian = malloc(rows * sizeof(float) + 1);
    b.order = malloc(rows * sizeof(uint32_t) + 1), b.spare = malloc(rows * sizeof(uint32_t) + 1);
    b.seen = malloc(columns * sizeof(uint32_t) + 1), b.leaf_of = malloc(rows + 1);
    bool ready = b.gradient && b.hessian && b.order && b.spare && b.seen && b.leaf_of && find_sparse(&b);
    for (int i = 0; i < MOST_LEAVES; i++) ready = (b.leaves[i].bins = malloc((size_t)columns * BINS * sizeof(sums))) && ready;
    double all = 0, right = 0;
    for (uint32_t i = 0; i < rows; i++) all += weight[i], right += label[i] ? weight[i] : 0;
    float bias = (float)log(right / (all - right));
    for (uint32_t i = 0; i < rows; i++) scores[i] = bias;
    for (uint32_t t = 0; ready && t < set->trees; t++) {
        boost_node *tree = out + (size_t)t * 2 * set->leaves;
        (void)grow(&b, tree);
        for (uint32_t i = 0; i < rows; i++) scores[i] += walk(bins, rows, i, tree);
    }
    for (int i = 0; i < MOST_LEAVES; i++) free(b.leaves[i].bins);
    for (uint32_t c = 0; b.filled && c < columns; c++) free(b.filled[c]);
    free(b.filled), free(b.filled_count), free(b.gradient), free(b.hessian), free(b.order), free(b.spare), free(b.seen), free(b.leaf_of);
    return ready ? bias : NAN;
}

/* Scores of rows by trees that were learned before. */
void boost_score(const uint8_t *bins, uint32_t rows, const boost_node *trees, uint32_t count, uint32_t leaves, float bias, float *scores)
{
    for (uint32_t i = 0; i < rows; i++) {
        scores[i] = bias;
        for (uint32_t t = 0; t < count; t++) scores[i] += walk(bins, rows, i, trees + (size_t)t * 2 * leaves);
    }
}
