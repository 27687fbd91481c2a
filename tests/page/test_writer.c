/* test_writer.c - text and the way back to the page. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/map.h"
#include "page/encoding.h"
#include "page/writer.h"

typedef struct sheet {
    dl_arena arena;
    dl_str bytes;
    dl_markup markup;
    dl_tree tree;
    dl_writer writer;
    dl_story story;
} sheet;

static void open_sheet(sheet *s, dl_str bytes, dl_encoding encoding)
{
    *s = (sheet){.bytes = bytes};
    dl_arena_init(&s->arena, 0);
    assert_int_equal(dl_encoding_decode(&s->markup, &s->arena, bytes, &encoding, NULL), DL_OK);
    assert_int_equal(dl_tree_parse(&s->tree, &s->arena, &s->markup, NULL), DL_OK);
    dl_writer_init(&s->writer, &s->arena);
}

static void open_utf8(sheet *s, const char *page)
{
    open_sheet(s, dl_str_of(page), (dl_encoding){.name = DL_STR("utf-8")});
}

static void finish(sheet *s)
{
    dl_error err;
    assert_int_equal(dl_writer_finish(&s->writer, &s->story, NULL), DL_OK);
    if (dl_story_check(&s->story, s->bytes, &s->markup, &err) != DL_OK) fail_msg("byte %zu: %s", err.offset, err.message);
}

static void expect_text(sheet *s, const char *text)
{
    if (!dl_str_is(s->story.text, text))
        fail_msg("wanted '%s', got '%.*s'", text, (int)s->story.text.len, s->story.text.ptr);
}

/* The page bytes behind the first place of `words` in the story. */
static void expect_page(const sheet *s, const char *words, const char *page)
{
    size_t at = dl_str_find(s->story.text, dl_str_of(words), 0);
    assert_int_not_equal(at, SIZE_MAX);
    dl_span span = dl_story_page_span(&s->story, (dl_span){(uint32_t)at, (uint32_t)(at + strlen(words))});
    dl_str got = dl_span_str(s->bytes, span);
    if (!dl_str_is(got, page)) fail_msg("wanted '%s', got '%.*s'", page, (int)got.len, got.ptr);
}

static void white_space_is_made_one_and_references_are_decoded(void **state)
{
    (void)state;
    sheet s;
    open_utf8(&s, "<p>\n  Two  <b>soldiers</b>\n were&nbsp;&nbsp;killed &amp;\tburied&period; </p>");
    dl_writer_subtree(&s.writer, &s.tree, 0);
    finish(&s);
    expect_text(&s, "Two soldiers were killed & buried.");
    expect_page(&s, "Two soldiers", "Two  <b>soldiers");
    expect_page(&s, "&", "&amp;");
    expect_page(&s, "d.", "d&period;");
    expect_page(&s, "were killed", "were&nbsp;&nbsp;killed");
    dl_arena_free(&s.arena);
}

static void blocks_are_parted_and_breaks_map_to_the_gap(void **state)
{
    (void)state;
    sheet s;
    open_utf8(&s, "<h2>Front</h2><p> </p><p>One.</p>");
    for (uint32_t i = 1; i < s.tree.count; i = s.tree.nodes[i].next) {
        dl_writer_block(&s.writer, s.tree.nodes[i].tag == DL_TAG_H2 ? DL_BLOCK_HEADING : DL_BLOCK_PARAGRAPH);
        dl_writer_subtree(&s.writer, &s.tree, i);
    }
    finish(&s);
    expect_text(&s, "Front\n\nOne.");
    assert_int_equal(s.story.block_count, 2);
    assert_int_equal(s.story.blocks[0].kind, DL_BLOCK_HEADING);
    assert_int_equal(s.story.blocks[1].span.start, 7);
    assert_int_equal(s.story.blocks[1].span.end, 11);
    expect_page(&s, "\n\n", "</h2><p> </p><p>");
    dl_arena_free(&s.arena);
}

static void line_breaks_and_inner_blocks_part_words(void **state)
{
    (void)state;
    sheet s;
    open_utf8(&s, "<div>one <br> two<br><br>three<p>four</p>five<div></div><script>no()</script>six</div>");
    dl_writer_subtree(&s.writer, &s.tree, 0);
    finish(&s);
    expect_text(&s, "one\ntwo\nthree four five six");
    dl_arena_free(&s.arena);
}

static void invisible_characters_are_left_out(void **state)
{
    (void)state;
    sheet s;
    open_utf8(&s, "war\xC2\xADtime &shy;\xE2\x80\x8B\xEF\xBB\xBF" "a\xE2\x80\x89" "b\x01\xE2\x80\x8E" "c \xE3\x80\x80 d");
    dl_writer_subtree(&s.writer, &s.tree, 0);
    finish(&s);
    expect_text(&s, "wartime a bc d");
    dl_arena_free(&s.arena);
}

static void bytes_that_are_no_utf8_become_one_replacement_each(void **state)
{
    (void)state;
    sheet s;
    open_utf8(&s, "\xEF\xBB\xBF" "a\xFF" "b\xE2\x82 c");
    dl_writer_subtree(&s.writer, &s.tree, 0);
    finish(&s);
    expect_text(&s, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD\xEF\xBF\xBD c");
    expect_page(&s, "c", "c");
    dl_arena_free(&s.arena);
}

static void a_legacy_page_leads_back_to_its_own_bytes(void **state)
{
    (void)state;
    sheet s;
    dl_encoding encoding = {.name = DL_STR("windows-1251"), .converter = DL_STR("CP1251")};
    open_sheet(&s, DL_STR("<p>\xCA\xE8\xBF\xE2 (Kyiv)  \xA0 &mdash; ok\x88</p>"), encoding);
    dl_writer_subtree(&s.writer, &s.tree, 0);
    finish(&s);
    expect_text(&s, "\xD0\x9A\xD0\xB8\xD1\x97\xD0\xB2 (Kyiv) \xE2\x80\x94 ok\xE2\x82\xAC");
    expect_page(&s, "\xD0\xB8\xD1\x97", "\xE8\xBF");
    expect_page(&s, "Kyiv", "Kyiv");
    expect_page(&s, "\xE2\x80\x94", "&mdash;");
    expect_page(&s, "\xE2\x82\xAC", "\x88");
    dl_arena_free(&s.arena);
}

static void a_json_string_leads_back_to_its_escapes(void **state)
{
    (void)state;
    sheet s;
    const char *page = "<script>{\"articleBody\":\"He said \\\"no\\\".\\n\\u0412 \\ud83d\\ude00 &amp; \\u0026lt;\"}</script>";
    open_utf8(&s, page);
    const char *start = strstr(page, "He said"), *end = strstr(page, "\"}");
    dl_markup body;
    assert_int_equal(dl_markup_unescape(&body, &s.arena, &s.markup, (uint32_t)(start - page), (uint32_t)(end - page), NULL),
                     DL_OK);
    dl_writer_text(&s.writer, &body, 0, (uint32_t)body.text.len);
    finish(&s);
    expect_text(&s, "He said \"no\". \xD0\x92 \xF0\x9F\x98\x80 & <");
    expect_page(&s, "no", "no");
    expect_page(&s, "\"no\"", "\\\"no\\\"");
    expect_page(&s, "\xF0\x9F\x98\x80", "\\ud83d\\ude00");
    expect_page(&s, "<", "\\u0026lt;");
    dl_arena_free(&s.arena);
}

static void markup_inside_a_json_string_is_parsed_as_a_page_of_its_own(void **state)
{
    (void)state;
    sheet s;
    dl_encoding latin = {.name = DL_STR("windows-1252"), .converter = DL_STR("CP1252")};
    dl_str page = DL_STR("{\"body\":\"\\u003cp\\u003eCaf\xE9 \\u003cb\\u003ebombed\\u003c\\/b\\u003e<p>\"}");
    open_sheet(&s, page, latin);
    size_t start = dl_str_find(s.markup.text, DL_STR("\\u003cp"), 0), end = dl_str_find(s.markup.text, DL_STR("\"}"), 0);
    dl_markup body;
    dl_tree tree;
    assert_int_equal(dl_markup_unescape(&body, &s.arena, &s.markup, (uint32_t)start, (uint32_t)end, NULL), DL_OK);
    assert_int_equal(dl_tree_parse(&tree, &s.arena, &body, NULL), DL_OK);
    dl_writer_subtree(&s.writer, &tree, 0);
    finish(&s);
    expect_text(&s, "Caf\xC3\xA9 bombed");
    expect_page(&s, "\xC3\xA9", "\xE9");
    expect_page(&s, "bombed", "bombed");
    dl_arena_free(&s.arena);
}

static void a_writer_goes_back_to_where_it_stood(void **state)
{
    (void)state;
    sheet s;
    open_utf8(&s, "keep this not that");
    dl_writer_text(&s.writer, &s.markup, 0, 9);
    dl_writer_mark mark = dl_writer_here(&s.writer);
    dl_writer_text(&s.writer, &s.markup, 9, 18);
    dl_writer_block(&s.writer, DL_BLOCK_QUOTE);
    dl_writer_text(&s.writer, &s.markup, 0, 4);
    dl_writer_back(&s.writer, &mark);
    dl_writer_text(&s.writer, &s.markup, 13, 18);
    finish(&s);
    expect_text(&s, "keep this that");
    assert_int_equal(s.story.block_count, 1);
    expect_page(&s, "that", "that");
    dl_arena_free(&s.arena);
}

static void a_false_run_is_found(void **state)
{
    (void)state;
    sheet s;
    open_utf8(&s, "one &amp; two");
    dl_writer_subtree(&s.writer, &s.tree, 0);
    finish(&s);
    dl_run *runs = (dl_run *)(uintptr_t)s.story.runs;
    for (size_t i = 0; i < s.story.run_count; i++) {
        dl_run kept = runs[i];
        runs[i].page++;
        assert_int_equal(dl_story_check(&s.story, s.bytes, &s.markup, NULL), DL_BAD_DATA);
        runs[i] = kept;
        runs[i].text_len++;
        assert_int_equal(dl_story_check(&s.story, s.bytes, &s.markup, NULL), DL_BAD_DATA);
        runs[i] = kept;
    }
    s.story.text.len--;
    assert_int_equal(dl_story_check(&s.story, s.bytes, &s.markup, NULL), DL_BAD_DATA);
    dl_arena_free(&s.arena);
}

static void check_file(const char *path)
{
    dl_map map;
    sheet s;
    assert_int_equal(dl_map_open(&map, path, NULL), DL_OK);
    open_sheet(&s, (dl_str){(const char *)map.bytes, map.size}, (dl_encoding){.name = DL_STR("utf-8")});
    for (uint32_t i = 1; i < s.tree.count; i++) {
        if (s.tree.nodes[i].kind != DL_NODE_TEXT || (s.tree.nodes[i].flags & DL_NODE_BLANK)) continue;
        dl_writer_block(&s.writer, DL_BLOCK_PARAGRAPH);
        dl_writer_subtree(&s.writer, &s.tree, i);
    }
    finish(&s);
    assert_true(s.story.block_count > 0);
    dl_map_close(&map);
    dl_arena_free(&s.arena);
}

static void every_example_page_leads_back_to_its_bytes(void **state)
{
    (void)state;
    DIR *folder = opendir(DATELINE_EXAMPLES);
    size_t pages = 0;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[1024];
        if (!dl_str_ends(dl_str_of(entry->d_name), ".html")) continue;
        snprintf(path, sizeof path, "%s/%s", DATELINE_EXAMPLES, entry->d_name);
        check_file(path);
        pages++;
    }
    closedir(folder);
    assert_true(pages > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_is_made_one_and_references_are_decoded),
        cmocka_unit_test(blocks_are_parted_and_breaks_map_to_the_gap),
        cmocka_unit_test(line_breaks_and_inner_blocks_part_words),
        cmocka_unit_test(invisible_characters_are_left_out),
        cmocka_unit_test(bytes_that_are_no_utf8_become_one_replacement_each),
        cmocka_unit_test(a_legacy_page_leads_back_to_its_own_bytes),
        cmocka_unit_test(a_json_string_leads_back_to_its_escapes),
        cmocka_unit_test(markup_inside_a_json_string_is_parsed_as_a_page_of_its_own),
        cmocka_unit_test(a_writer_goes_back_to_where_it_stood),
        cmocka_unit_test(a_false_run_is_found),
        cmocka_unit_test(every_example_page_leads_back_to_its_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
