/* test_torture.c - hostile pages: work grows with the page, never faster, and depth is bounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "page/writer.h"
#include "torture.h"

enum { SMALL = 100 * 1000, STEPS_A_BYTE = 8 };

typedef struct work {
    uint64_t tree, writer;
    size_t memory;
    unsigned depth;
} work;

static work read_page(const torture *kind, size_t size)
{
    dl_arena arena;
    dl_tree tree;
    dl_writer writer;
    dl_story story;
    char *page = malloc(size);
    assert_non_null(page);
    torture_fill(kind, page, size);
    dl_arena_init(&arena, 0);
    dl_markup markup = {.text = {page, size}};
    assert_int_equal(dl_tree_parse(&tree, &arena, &markup, NULL), DL_OK);
    dl_writer_init(&writer, &arena);
    dl_writer_subtree(&writer, &tree, 0);
    assert_int_equal(dl_writer_finish(&writer, &story, NULL), DL_OK);
    assert_int_equal(dl_story_check(&story, markup.text, &markup, NULL), DL_OK);
    work done = {tree.steps, writer.steps, arena.used, 0};
    for (uint32_t i = 0; i < tree.count; i++)
        if (tree.nodes[i].depth > done.depth) done.depth = tree.nodes[i].depth;
    dl_arena_free(&arena);
    free(page);
    return done;
}

static void work_grows_no_faster_than_the_page(void **state)
{
    (void)state;
    for (int i = 0; i < TORTURE_COUNT; i++) {
        work once = read_page(&tortures[i], SMALL), twice = read_page(&tortures[i], 2 * SMALL);
        bool linear = twice.tree <= 2 * once.tree + once.tree / 10 + 2000 &&
                      twice.writer <= 2 * once.writer + once.writer / 10 + 2000;
        bool bounded = once.tree <= (uint64_t)STEPS_A_BYTE * SMALL && once.writer <= (uint64_t)STEPS_A_BYTE * SMALL;
        if (!linear || !bounded)
            fail_msg("%s: %llu and %llu steps of the tree, %llu and %llu of the writer", tortures[i].name,
                     (unsigned long long)once.tree, (unsigned long long)twice.tree, (unsigned long long)once.writer,
                     (unsigned long long)twice.writer);
    }
}

static void memory_grows_no_faster_than_the_page(void **state)
{
    (void)state;
    for (int i = 0; i < TORTURE_COUNT; i++) {
        work once = read_page(&tortures[i], SMALL), twice = read_page(&tortures[i], 2 * SMALL);
        /* arrays double, so that one more doubling may fall between the two */
        if (twice.memory > 4 * once.memory + 100000 || once.memory > (size_t)128 * SMALL)
            fail_msg("%s: %zu and %zu bytes", tortures[i].name, once.memory, twice.memory);
    }
}

static void depth_stays_within_its_limit(void **state)
{
    (void)state;
    unsigned deepest = 0;
    for (int i = 0; i < TORTURE_COUNT; i++) {
        work done = read_page(&tortures[i], SMALL);
        assert_true(done.depth <= DL_TREE_MAX_DEPTH);
        if (done.depth > deepest) deepest = done.depth;
    }
    assert_int_equal(deepest, DL_TREE_MAX_DEPTH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_grows_no_faster_than_the_page),
        cmocka_unit_test(memory_grows_no_faster_than_the_page),
        cmocka_unit_test(depth_stays_within_its_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
