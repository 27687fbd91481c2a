/* test_tree.c - markup into nodes, by the cases of tests/cases/page/tree.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "page/tree.h"
#include "page/writer.h"
#include "cases.h"

typedef struct outline {
    char bytes[4096];
    size_t len;
} outline;

static void put(outline *out, const char *format, dl_str what)
{
    size_t left = sizeof out->bytes - out->len;
    int written = snprintf(out->bytes + out->len, left, format, (int)what.len, what.ptr);
    assert_true(written >= 0 && (size_t)written < left);
    out->len += (size_t)written;
}

/* "p('one' b('two')) p" */
static void put_children(outline *out, const dl_tree *tree, uint32_t parent, dl_arena *arena)
{
    const char *between = "";
    for (uint32_t child = dl_tree_first(tree, parent); child != DL_NONE; child = dl_tree_sibling(tree, child)) {
        const dl_node *node = &tree->nodes[child];
        assert_int_equal(node->parent, parent);
        put(out, "%.*s", dl_str_of(between));
        if (node->kind == DL_NODE_TEXT) {
            put(out, "'%.*s'", dl_tree_text(tree, child, arena));
        } else {
            put(out, "%.*s", dl_tree_name(tree, child));
            if (dl_tree_first(tree, child) != DL_NONE) {
                put(out, "(%.*s", DL_STR(""));
                put_children(out, tree, child, arena);
                put(out, ")%.*s", DL_STR(""));
            }
        }
        between = " ";
    }
}

/* What must hold for every page: nodes nest, in the array and in the bytes. */
static void check_tree(const dl_tree *tree)
{
    size_t size = tree->markup->text.len;
    for (uint32_t i = 0; i < tree->count; i++) {
        const dl_node *node = &tree->nodes[i];
        assert_true(node->start <= node->body && node->body <= node->end && node->end <= size);
        assert_true(node->body_end <= node->end);
        assert_true(node->next > i && node->next <= tree->count);
        if (i == 0) continue;
        assert_true(node->parent < i);
        assert_true(node->next <= tree->nodes[node->parent].next);
        assert_true(node->start >= tree->nodes[node->parent].start);
        assert_int_equal(node->depth, tree->nodes[node->parent].depth + 1);
    }
}

static void every_case_gives_its_tree(void **state)
{
    (void)state;
    cases file;
    page_case test;
    size_t failed = 0, run = 0;
    assert_true(cases_open(&file, "tree.txt"));
    while (cases_next(&file, &test)) {
        dl_arena arena;
        dl_tree tree;
        outline out = {.len = 0};
        dl_arena_init(&arena, 0);
        dl_markup markup = {.text = case_value(&test, "page")};
        assert_int_equal(dl_tree_parse(&tree, &arena, &markup, NULL), DL_OK);
        check_tree(&tree);
        put_children(&out, &tree, 0, &arena);
        dl_str wanted = case_value(&test, "tree"), got = {out.bytes, out.len};
        run++;
        if (!dl_str_eq(got, wanted)) {
            failed++;
            print_error("tree.txt:%zu\n  wanted %.*s\n  got    %.*s\n", test.line, (int)wanted.len, wanted.ptr,
                        (int)got.len, got.ptr);
        }
        dl_arena_free(&arena);
    }
    cases_close(&file);
    assert_true(run > 0);
    assert_int_equal(failed, 0);
}

static void attributes_are_read_from_the_start_tag_when_asked_for(void **state)
{
    (void)state;
    dl_arena arena;
    dl_tree tree;
    dl_arena_init(&arena, 0);
    dl_markup markup = {.text = DL_STR("<a  Href='/a?b&amp;c&copy=1' class=x>y</a><b/><i title=\"a > b\" title=c>")};
    assert_int_equal(dl_tree_parse(&tree, &arena, &markup, NULL), DL_OK);
    assert_true(dl_str_is(dl_attr_get(&tree, 1, "href", &arena), "/a?b&c&copy=1"));
    assert_true(dl_str_is(dl_attr_raw(&tree, 1, "class"), "x"));
    assert_null(dl_attr_raw(&tree, 1, "id").ptr);
    assert_null(dl_attr_raw(&tree, 2, "id").ptr); /* a text has none */
    assert_true(dl_str_is(dl_attr_raw(&tree, 4, "title"), "a > b"));
    dl_arena_free(&arena);
}

static void every_tag_is_found_by_its_name_in_any_case(void **state)
{
    (void)state;
    for (dl_tag tag = DL_TAG_UNKNOWN + 1; tag < DL_TAG_COUNT; tag++) {
        dl_str name = dl_tag_name(tag);
        char upper[32];
        for (size_t i = 0; i < name.len; i++)
            upper[i] = dl_ascii_alpha((unsigned char)name.ptr[i]) ? (char)(name.ptr[i] & ~0x20) : name.ptr[i];
        assert_int_equal(dl_tag_of(name.ptr, name.len), tag);
        assert_int_equal(dl_tag_of(upper, name.len), tag);
        assert_int_equal(dl_tag_of(name.ptr, name.len - 1) == tag, false);
    }
    assert_int_equal(dl_tag_of("blockquotf", 10), DL_TAG_UNKNOWN);
    assert_int_equal(dl_tag_of("h\x11", 2), DL_TAG_UNKNOWN);
    assert_int_equal(dl_tag_of("figcaptioo", 10), DL_TAG_UNKNOWN);
    assert_int_equal(dl_tag_of("", 0), DL_TAG_UNKNOWN);
}

static void memory_that_runs_out_is_reported_at_every_step(void **state)
{
    (void)state;
    char page[8192];
    for (size_t i = 0; i + 8 <= sizeof page; i += 8) memcpy(page + i, "<p>a<b>c", 8);
    dl_markup markup = {.text = {page, sizeof page}};
    for (size_t limit = 1000; limit < 200000; limit += 20000) {
        dl_arena arena;
        dl_tree tree;
        dl_arena_init(&arena, limit);
        dl_status status = dl_tree_parse(&tree, &arena, &markup, NULL);
        assert_true(status == DL_OK || status == DL_NO_MEMORY);
        if (limit == 1000) assert_int_equal(status, DL_NO_MEMORY);
        dl_arena_free(&arena);
    }
}

static void a_page_with_too_many_nodes_is_cut_and_says_so(void **state)
{
    (void)state;
    size_t size = ((size_t)DL_TREE_MAX_NODES + 10) * 3;
    char *page = malloc(size);
    dl_arena arena;
    dl_tree tree;
    assert_non_null(page);
    for (size_t i = 0; i < size; i += 3) memcpy(page + i, "<p>", 3);
    dl_markup markup = {.text = {page, size}};
    dl_arena_init(&arena, 0);
    assert_int_equal(dl_tree_parse(&tree, &arena, &markup, NULL), DL_OK);
    assert_true(tree.cut);
    assert_int_equal(tree.count, DL_TREE_MAX_NODES);
    assert_int_equal(tree.nodes[0].next, tree.count);
    assert_int_equal(tree.nodes[tree.count - 1].next, tree.count);
    dl_arena_free(&arena);
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_gives_its_tree),
        cmocka_unit_test(attributes_are_read_from_the_start_tag_when_asked_for),
        cmocka_unit_test(every_tag_is_found_by_its_name_in_any_case),
        cmocka_unit_test(memory_that_runs_out_is_reported_at_every_step),
        cmocka_unit_test(a_page_with_too_many_nodes_is_cut_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
