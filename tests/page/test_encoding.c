/* test_encoding.c - which encoding a page is in, and what it says in it; cases in tests/cases/page/encoding.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "page/encoding.h"
#include "page/writer.h"
#include "cases.h"

typedef struct tables {
    dl_lexicon *lexicon;
    dl_encodings encodings;
} tables;

static tables data;

static int open_tables(void **state)
{
    (void)state;
    if (dl_lexicon_open(&data.lexicon, DATELINE_TEST_DATA "/dateline.lexicon", NULL) != DL_OK) return -1;
    return dl_encodings_open(&data.encodings, data.lexicon, NULL) == DL_OK ? 0 : -1;
}

static int close_tables(void **state)
{
    (void)state;
    dl_lexicon_close(data.lexicon);
    return 0;
}

/* The text of the page, whose every run must lead back to it. */
static dl_str text_of(dl_arena *arena, dl_str page, const dl_encoding *encoding)
{
    dl_markup *markup = DL_NEW(arena, dl_markup);
    dl_tree tree;
    dl_writer writer;
    dl_story story;
    dl_error err;
    assert_int_equal(dl_encoding_decode(markup, arena, page, encoding, NULL), DL_OK);
    assert_int_equal(dl_tree_parse(&tree, arena, markup, NULL), DL_OK);
    dl_writer_init(&writer, arena);
    dl_writer_subtree(&writer, &tree, 0);
    assert_int_equal(dl_writer_finish(&writer, &story, NULL), DL_OK);
    if (dl_story_check(&story, page, markup, &err) != DL_OK) fail_msg("byte %zu: %s", err.offset, err.message);
    return story.text;
}

static void every_page_is_read_in_its_encoding(void **state)
{
    (void)state;
    cases file;
    page_case test;
    size_t run = 0, failed = 0;
    assert_true(cases_open(&file, "encoding.txt"));
    while (cases_next(&file, &test)) {
        dl_arena arena;
        dl_arena_init(&arena, 0);
        dl_str page = case_value(&test, "page"), wanted = case_value(&test, "text");
        dl_encoding encoding = dl_encoding_sniff(&data.encodings, page, case_value(&test, "transport"));
        dl_str text = text_of(&arena, page, &encoding);
        run++;
        if (!dl_str_eq(encoding.name, case_value(&test, "encoding")) || (wanted.ptr && !dl_str_eq(text, wanted))) {
            failed++;
            print_error("encoding.txt:%zu: %.*s '%.*s'\n", test.line, (int)encoding.name.len, encoding.name.ptr,
                        (int)text.len, text.ptr);
        }
        dl_arena_free(&arena);
    }
    cases_close(&file);
    assert_true(run > 40);
    assert_int_equal(failed, 0);
}

static void every_converter_of_the_table_exists(void **state)
{
    (void)state;
    for (size_t row = 0; row < dl_table_rows(data.encodings.labels); row++) {
        dl_arena arena;
        dl_markup markup;
        dl_arena_init(&arena, 0);
        dl_encoding encoding = {.name = dl_table_cell(data.encodings.labels, row, data.encodings.name),
                                .converter = dl_table_cell(data.encodings.labels, row, data.encodings.converter)};
        assert_int_equal(dl_encoding_decode(&markup, &arena, DL_STR("a b"), &encoding, NULL), DL_OK);
        if (encoding.converter.len && !dl_str_is(markup.text, "a b"))
            fail_msg("%.*s: '%.*s'", (int)encoding.name.len, encoding.name.ptr, (int)markup.text.len, markup.text.ptr);
        dl_arena_free(&arena);
        dl_arena_init(&arena, 1);
        assert_int_equal(dl_encoding_decode(&markup, &arena, DL_STR("\xE9"), &encoding, NULL),
                         dl_str_is(encoding.name, "utf-8") ? DL_OK : DL_NO_MEMORY);
        dl_arena_free(&arena);
    }
}

static void both_ways_between_page_and_text_agree(void **state)
{
    (void)state;
    dl_arena arena;
    dl_markup markup;
    dl_arena_init(&arena, 0);
    dl_encoding encoding = dl_encoding_named(&data.encodings, DL_STR("Shift_JIS"));
    dl_str page = DL_STR("ab\x93\xFA\x96{\xB1 c\x81");
    assert_int_equal(dl_encoding_decode(&markup, &arena, page, &encoding, NULL), DL_OK);
    const uint32_t text[] = {0, 1, 2, 5, 8, 11, 12, 13, 16}, bytes[] = {0, 1, 2, 4, 6, 7, 8, 9, 10};
    assert_int_equal(markup.text.len, 16);
    for (size_t i = 0; i + 1 < sizeof text / sizeof *text; i++) {
        dl_span back = dl_markup_page(&markup, text[i], text[i + 1]), forth = dl_markup_text(&markup, bytes[i], bytes[i + 1]);
        assert_int_equal(back.start, bytes[i]);
        assert_int_equal(back.end, bytes[i + 1]);
        assert_int_equal(forth.start, text[i]);
        assert_int_equal(forth.end, text[i + 1]);
    }
    dl_arena_free(&arena);
}

static void an_empty_page_is_a_page(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_encoding encoding = dl_encoding_sniff(&data.encodings, (dl_str){0}, (dl_str){0});
    assert_true(dl_str_is(encoding.name, "utf-8"));
    const char *const names[] = {"utf-8", "windows-1252", "gbk", "utf-16le", "iso-2022-jp", "replacement", "x-user-defined"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        encoding = dl_encoding_named(&data.encodings, dl_str_of(names[i]));
        assert_int_equal(text_of(&arena, (dl_str){0}, &encoding).len, 0);
    }
    dl_markup markup = {.text = {0}};
    dl_tree tree;
    assert_int_equal(dl_tree_parse(&tree, &arena, &markup, NULL), DL_OK);
    assert_int_equal(tree.count, 1);
    assert_int_equal(dl_tree_name(&tree, 0).len, 0);
    assert_null(dl_attr_raw(&tree, 0, "class").ptr);
    assert_int_equal(dl_tree_text(&tree, 0, &arena).len, 0);
    dl_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_is_read_in_its_encoding),
        cmocka_unit_test(every_converter_of_the_table_exists),
        cmocka_unit_test(both_ways_between_page_and_text_agree),
        cmocka_unit_test(an_empty_page_is_a_page),
    };
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
