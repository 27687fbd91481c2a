/* test_spanning.c - best trees against all trees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "syntax/spanning.h"

enum { MOST = 5, STRIDE = 16 };

static uint32_t draw(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

/* Whether the heads form a tree with one root; gives its score. */
static bool tree_score(const float *scores, const uint32_t *heads, size_t count, double *score)
{
    size_t roots = 0;
    *score = 0;
    for (size_t w = 0; w < count; w++) {
        size_t steps = 0;
        if (heads[w] == w + 1) return false;
        roots += heads[w] == 0;
        for (uint32_t at = (uint32_t)w + 1; at != 0; at = heads[at - 1])
            if (steps++ > count) return false;
        *score += scores[w * STRIDE + heads[w]];
    }
    return roots == 1;
}

static double best_of_all(const float *scores, size_t count)
{
    uint32_t heads[MOST];
    double best = -1e30, score;
    size_t all = 1;
    for (size_t i = 0; i < count; i++) all *= count + 1;
    for (size_t code = 0; code < all; code++) {
        size_t rest = code;
        for (size_t w = 0; w < count; w++, rest /= count + 1) heads[w] = (uint32_t)(rest % (count + 1));
        if (tree_score(scores, heads, count, &score) && score > best) best = score;
    }
    return best;
}

static void small_trees_are_the_best_of_all(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_spanning *memory = dl_spanning_new(&arena, MOST);
    assert_non_null(memory);
    uint64_t seed = 1;
    for (int round = 0; round < 1500; round++) {
        float scores[MOST * STRIDE];
        size_t count = 1 + draw(&seed) % MOST;
        for (size_t i = 0; i < MOST * STRIDE; i++) scores[i] = (float)(draw(&seed) % 64) / 4 - (i % STRIDE == 0 && round % 2 ? 0 : 4);
        uint32_t heads[MOST];
        double score;
        dl_spanning_tree(memory, scores, count, STRIDE, heads);
        assert_true(tree_score(scores, heads, count, &score));
        assert_true(score == best_of_all(scores, count));
    }
    dl_arena_free(&arena);
}

static void the_lower_head_wins_where_scores_are_equal(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_spanning *memory = dl_spanning_new(&arena, 3);
    float scores[3 * STRIDE] = {0};
    scores[0 * STRIDE + 0] = 5;
    uint32_t heads[3];
    for (size_t w = 1; w < 3; w++) scores[w * STRIDE] = -1;
    dl_spanning_tree(memory, scores, 3, STRIDE, heads);
    assert_int_equal(heads[0], 0);
    assert_int_equal(heads[1], 1);
    assert_int_equal(heads[2], 1);
    dl_arena_free(&arena);
}

/* Nested circles: every word is best under its neighbour. */
static void long_chains_of_circles_end_in_a_tree(void **state)
{
    (void)state;
    enum { LONG = DL_SPANNING_WORDS, WIDE = LONG + 1 };
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_spanning *memory = dl_spanning_new(&arena, LONG);
    float *scores = dl_arena_alloc(&arena, (size_t)LONG * WIDE * sizeof *scores);
    uint32_t *heads = dl_arena_alloc(&arena, LONG * sizeof *heads);
    assert_true(memory && scores && heads);
    for (int kind = 0; kind < 3; kind++) {
        for (size_t w = 0; w < LONG; w++)
            for (size_t h = 0; h < WIDE; h++) {
                size_t far = h > w + 1 ? h - w - 1 : w + 1 - h;
                scores[w * WIDE + h] = kind == 0 ? -(float)far : kind == 1 ? (float)((w * 31 + h * 17) % 101) : 0;
            }
        dl_spanning_tree(memory, scores, LONG, WIDE, heads);
        size_t roots = 0;
        for (size_t w = 0; w < LONG; w++) {
            size_t steps = 0;
            roots += heads[w] == 0;
            for (uint32_t at = (uint32_t)w + 1; at != 0; at = heads[at - 1]) assert_true(steps++ <= LONG);
        }
        assert_int_equal(roots, 1);
    }
    dl_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_trees_are_the_best_of_all),
        cmocka_unit_test(the_lower_head_wins_where_scores_are_equal),
        cmocka_unit_test(long_chains_of_circles_end_in_a_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
