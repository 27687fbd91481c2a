/* test_forest.c - trees asked about many cases at once say what they say one by one. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/forest.h"

enum { TREES = 300, NODES = TREES * (2 * DL_FOREST_LEAVES - 1), FEATURES = 40, CASES = 2 * DL_FOREST_LANES + 3 };

typedef struct wood {
    dl_trees trees;
    dl_trees_node nodes[NODES];
    uint32_t roots[TREES], node_count, chance;
    float cases[CASES][FEATURES];
} wood;

static uint32_t draw(wood *w, uint32_t below)
{
    w->chance = w->chance * 1664525u + 1013904223u;
    return (w->chance >> 8) % below;
}

/* Eighths from -8 to 8: what eleven bits hold. */
static float draw_value(wood *w)
{
    return ((float)draw(w, 129) - 64) / 8;
}

/* A node with `leaves` leaves below it, in the order that files have: the low side right behind it. */
static uint32_t grow(wood *w, uint32_t leaves)
{
    uint32_t at = w->node_count++;
    w->nodes[at] = (dl_trees_node){draw_value(w) / 8, -1, 0, 0};
    if (leaves == 1) return at;
    uint32_t low = 1 + draw(w, leaves - 1);
    w->nodes[at].limit = draw_value(w);
    w->nodes[at].feature = (int16_t)draw(w, FEATURES);
    w->nodes[at].low = (uint16_t)grow(w, low);
    w->nodes[at].high = (uint16_t)grow(w, leaves - low);
    return at;
}

static wood *plant(uint32_t seed)
{
    wood *w = calloc(1, sizeof *w);
    assert_non_null(w);
    w->chance = seed;
    for (uint32_t t = 0; t < TREES; t++) w->roots[t] = grow(w, 1 + draw(w, DL_FOREST_LEAVES));
    for (size_t i = 0; i < CASES * FEATURES; i++) w->cases[i / FEATURES][i % FEATURES] = draw_value(w);
    w->trees = (dl_trees){.nodes = w->nodes, .roots = w->roots, .root_count = TREES, .node_count = w->node_count, .bias = 0.25f};
    return w;
}

static float walk(const wood *w, const float *features)
{
    float sum = w->trees.bias;
    for (uint32_t t = 0; t < TREES; t++) {
        const dl_trees_node *n = &w->nodes[w->roots[t]];
        while (n->feature >= 0) n = &w->nodes[features[n->feature] <= n->limit ? n->low : n->high];
        sum += n->limit;
    }
    return 1 / (1 + expf(-sum));
}

static void a_forest_says_what_walks_through_its_trees_say(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 5; seed++) {
        wood *w = plant(seed);
        dl_forest forest;
        float scores[CASES];
        assert_int_equal(dl_forest_plant(&forest, &w->trees, "trees", NULL), DL_OK);
        for (size_t i = 0; i < CASES; i += DL_FOREST_LANES)
            dl_forest_score(&forest, w->cases[i], FEATURES, CASES - i < DL_FOREST_LANES ? CASES - i : DL_FOREST_LANES, scores + i);
        for (size_t i = 0; i < CASES; i++) assert_true(fabsf(scores[i] - walk(w, w->cases[i])) < 1e-3f);
        dl_forest_free(&forest);
        free(w);
    }
}

static void all_machines_say_the_same_to_the_last_bit(void **state)
{
    (void)state;
    wood *w = plant(7);
    dl_forest forest;
    float plain[DL_FOREST_LANES], wide[DL_FOREST_LANES];
    assert_int_equal(dl_forest_plant(&forest, &w->trees, "trees", NULL), DL_OK);
    assert_true(dl_forest_score_with(&forest, false, w->cases[0], FEATURES, DL_FOREST_LANES, plain));
    if (dl_forest_score_with(&forest, true, w->cases[0], FEATURES, DL_FOREST_LANES, wide)) assert_memory_equal(plain, wide, sizeof plain);
    dl_forest_free(&forest);
    free(w);
}

static void a_case_does_not_mind_its_neighbours(void **state)
{
    (void)state;
    wood *w = plant(11);
    dl_forest forest;
    float together[DL_FOREST_LANES], alone;
    assert_int_equal(dl_forest_plant(&forest, &w->trees, "trees", NULL), DL_OK);
    dl_forest_score(&forest, w->cases[0], FEATURES, DL_FOREST_LANES, together);
    for (size_t i = 0; i < DL_FOREST_LANES; i++) {
        dl_forest_score(&forest, w->cases[i], FEATURES, 1, &alone);
        assert_memory_equal(&alone, &together[i], sizeof alone);
    }
    dl_forest_free(&forest);
    free(w);
}

static void values_beyond_all_bounds_go_to_one_end(void **state)
{
    (void)state;
    dl_trees_node nodes[] = {{1, 0, 1, 2}, {-0.5f, -1, 0, 0}, {0.5f, -1, 0, 0}};
    uint32_t roots[] = {0};
    float scores[6];
    float cases[6] = {INFINITY, 1e30f, 1.25f, 1, -1e30f, -INFINITY};
    dl_trees trees = {.nodes = nodes, .roots = roots, .root_count = 1, .node_count = 3};
    dl_forest forest;
    assert_int_equal(dl_forest_plant(&forest, &trees, "trees", NULL), DL_OK);
    dl_forest_score(&forest, cases, 1, 6, scores);
    for (int i = 0; i < 6; i++) assert_true(i < 3 ? scores[i] > 0.6f : scores[i] < 0.4f);
    dl_forest_free(&forest);
}

static void a_tree_of_too_many_leaves_is_refused(void **state)
{
    (void)state;
    wood *w = plant(13);
    dl_forest forest;
    dl_error err;
    w->node_count = 0;
    w->roots[0] = grow(w, DL_FOREST_LEAVES + 1);
    w->trees.root_count = 1, w->trees.node_count = w->node_count;
    assert_int_equal(dl_forest_plant(&forest, &w->trees, "trees", &err), DL_BAD_DATA);
    assert_string_equal(err.source, "trees");
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_forest_says_what_walks_through_its_trees_say),
        cmocka_unit_test(all_machines_say_the_same_to_the_last_bit),
        cmocka_unit_test(a_case_does_not_mind_its_neighbours),
        cmocka_unit_test(values_beyond_all_bounds_go_to_one_end),
        cmocka_unit_test(a_tree_of_too_many_leaves_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
