/* trees.c - reading and walking boosted trees. */
#include "base/trees.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/str.h"

/* "-12.0625": the locale has no say in it. */
static bool read_decimal(dl_str text, float *out)
{
    bool minus = text.len && text.ptr[0] == '-', fraction = false;
    double value = 0, scale = 1;
    size_t digits = 0;
    for (size_t i = minus; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '.' && !fraction) {
            fraction = true;
        } else if (dl_ascii_digit((unsigned char)c) && digits++ < 18) {
            value = value * 10 + (c - '0');
            if (fraction) scale *= 10;
        } else {
            return false;
        }
    }
    *out = (float)((minus ? -value : value) / scale);
    return digits > 0;
}

enum { NAMES = 1024 };

typedef struct columns {
    int tree, feature, limit, low, high;
    dl_feature_of *feature_of;
    struct known_name {
        dl_str name;
        int index;
    } known[NAMES]; /* what was asked for last, by hash: the same few names stand in thousands of rows */
} columns;

static int feature_index(columns *c, dl_str name)
{
    if (!name.len) return c->feature_of(name);
    struct known_name *known = &c->known[dl_hash(name.ptr, name.len, 0) % NAMES];
    if (!dl_str_eq(known->name, name)) *known = (struct known_name){name, c->feature_of(name)};
    return known->index;
}

static bool read_node(const dl_table *table, size_t row, columns *c, uint32_t first, uint32_t at, dl_trees_node *out)
{
    dl_str feature = dl_table_cell(table, row, c->feature);
    if (!read_decimal(dl_table_cell(table, row, c->limit), &out->limit)) return false;
    out->feature = -1;
    if (dl_str_is(feature, "leaf")) return true;
    int64_t low, high;
    int index = feature_index(c, feature);
    if (index < 0 || !dl_str_number(dl_table_cell(table, row, c->low), &low) ||
        !dl_str_number(dl_table_cell(table, row, c->high), &high))
        return false;
    if (low + first <= at || high + first <= at || low + first > UINT16_MAX || high + first > UINT16_MAX) return false;
    out->feature = (int16_t)index;
    out->low = (uint16_t)(low + first);
    out->high = (uint16_t)(high + first);
    return true;
}

/* ---- from nodes to tests ---- */

/* Numbers the leaves under a node from *used on, low side first, and notes what each test takes away. */
static bool number_leaves(dl_trees *trees, uint32_t at, uint32_t tree, uint32_t *used, int depth)
{
    const dl_trees_node *node = &trees->nodes[at];
    if (node->feature < 0) {
        if (*used >= DL_TREES_LEAVES) return false;
        trees->leaves[tree * DL_TREES_LEAVES + (*used)++] = node->limit;
        return true;
    }
    uint32_t first = *used;
    if (depth >= DL_TREES_LEAVES || !number_leaves(trees, node->low, tree, used, depth + 1)) return false;
    if (*used >= DL_TREES_LEAVES) return false;
    uint32_t low = (UINT32_C(1) << *used) - (UINT32_C(1) << first);
    trees->tests[trees->test_count++] = (dl_trees_test){node->limit, (uint16_t)tree, (uint16_t)node->feature, ~low};
    return number_leaves(trees, node->high, tree, used, depth + 1);
}

static int by_feature(const void *a, const void *b)
{
    const dl_trees_test *left = a, *right = b;
    if (left->feature != right->feature) return left->feature < right->feature ? -1 : 1;
    if (left->limit != right->limit) return left->limit < right->limit ? -1 : 1;
    return left->tree != right->tree ? (left->tree < right->tree ? -1 : 1) : (left->leaves > right->leaves) - (left->leaves < right->leaves);
}

static dl_status make_tests(dl_trees *trees, bool *sound, dl_error *err)
{
    size_t most = (size_t)trees->root_count * DL_TREES_LEAVES;
    trees->leaves = calloc(most, sizeof *trees->leaves);
    trees->tests = calloc(most, sizeof *trees->tests);
    trees->gates = calloc(most, sizeof *trees->gates);
    if (!trees->leaves || !trees->tests || !trees->gates) return dl_fail_memory(err);
    for (uint32_t t = 0, used = 0; t < trees->root_count && *sound; t++, used = 0)
        *sound = number_leaves(trees, trees->roots[t], t, &used, 0);
    qsort(trees->tests, trees->test_count, sizeof *trees->tests, by_feature);
    for (uint32_t i = 0; i < trees->test_count; i++) {
        const dl_trees_test *test = &trees->tests[i];
        if (!i || test->feature != test[-1].feature)
            trees->gates[trees->gate_count++] = (dl_trees_gate){test->limit, test->feature, i, 0};
        trees->gates[trees->gate_count - 1].end = i + 1;
    }
    return DL_OK;
}

static bool read_nodes(dl_trees *out, const dl_table *weights, dl_rows rows, columns *c)
{
    dl_str tree = {0};
    for (uint32_t i = 0; i < rows.count; i++) {
        dl_str name = dl_table_cell(weights, rows.first + i, c->tree);
        if (dl_str_is(name, "bias")) {
            if (!read_decimal(dl_table_cell(weights, rows.first + i, c->limit), &out->bias)) return false;
            continue;
        }
        if (!dl_str_eq(name, tree)) out->roots[out->root_count++] = out->node_count;
        tree = name;
        dl_trees_node *node = &out->nodes[out->node_count];
        if (!read_node(weights, rows.first + i, c, out->roots[out->root_count - 1], out->node_count, node)) return false;
        if (node->feature >= 0 && (node->low >= rows.count || node->high >= rows.count)) return false;
        out->node_count++;
    }
    return out->root_count > 0;
}

static dl_status fail_unsound(dl_trees *out, const char *file, const char *model, dl_error *err)
{
    dl_trees_free(out);
    return dl_fail(err, DL_BAD_DATA, file, 0, "the trees of model %s do not hold together", model);
}

dl_status dl_trees_read_nodes(dl_trees *out, const dl_table *weights, const char *file, const char *model, dl_feature_of *feature_of, dl_error *err)
{
    *out = (dl_trees){0};
    columns c = {dl_table_column(weights, "tree"), dl_table_column(weights, "feature"), dl_table_column(weights, "limit"),
                 dl_table_column(weights, "low"), dl_table_column(weights, "high"), feature_of, {{{0}, 0}}};
    dl_rows rows = dl_table_find(weights, dl_str_of(model));
    out->nodes = calloc(rows.count + 1, sizeof *out->nodes);
    out->roots = calloc(rows.count + 1, sizeof *out->roots);
    if (!out->nodes || !out->roots) return dl_trees_free(out), dl_fail_memory(err);
    return read_nodes(out, weights, rows, &c) ? DL_OK : fail_unsound(out, file, model, err);
}

dl_status dl_trees_read(dl_trees *out, const dl_table *weights, const char *file, const char *model, dl_feature_of *feature_of, dl_error *err)
{
    dl_status status = dl_trees_read_nodes(out, weights, file, model, feature_of, err);
    if (status != DL_OK) return status;
    bool sound = out->root_count <= DL_TREES_MOST;
    if (sound) status = make_tests(out, &sound, err);
    if (status != DL_OK) return dl_trees_free(out), status;
    return sound ? DL_OK : fail_unsound(out, file, model, err);
}

void dl_trees_free(dl_trees *trees)
{
    free(trees->nodes);
    free(trees->roots);
    free(trees->leaves);
    free(trees->tests);
    free(trees->gates);
    *trees = (dl_trees){0};
}

float dl_trees_score(const dl_trees *trees, const float *features)
{
    uint32_t left[DL_TREES_MOST];
    memset(left, 0xFF, trees->root_count * sizeof *left);
    for (const dl_trees_gate *gate = trees->gates, *last = gate + trees->gate_count; gate < last; gate++) {
        float value = features[gate->feature];
        if (value <= gate->lowest) continue;
        const dl_trees_test *test = &trees->tests[gate->first], *end = &trees->tests[gate->end];
        for (; test < end && !(value <= test->limit); test++) left[test->tree] &= test->leaves;
    }
    float sum = trees->bias;
    for (uint32_t t = 0; t < trees->root_count; t++)
        sum += trees->leaves[t * DL_TREES_LEAVES + (uint32_t)__builtin_ctz(left[t])];
    return 1 / (1 + expf(-sum));
}
