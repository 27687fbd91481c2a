/* Whole pages of many makes, read as tests/cases/page/stories says: NAME.html with NAME.txt beside it, which has lines of
 * "key: value", an empty line, and the story. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/date.h"
#include "base/map.h"
#include "page/page.h"
#include "page/writer.h"

static struct {
    dl_lexicon *lexicon;
    dl_page_data *page;
    dl_arena arena;
} it;

static int open_data(void **state)
{
    (void)state;
    dl_arena_init(&it.arena, 0);
    dl_error err;
    if (dl_lexicon_open(&it.lexicon, DATELINE_TEST_DATA "/dateline.lexicon", &err) != DL_OK) return -1;
    return dl_page_open(&it.page, it.lexicon, &err) == DL_OK ? 0 : -1;
}

static int close_data(void **state)
{
    (void)state;
    dl_page_close(it.page);
    dl_lexicon_close(it.lexicon);
    dl_arena_free(&it.arena);
    return 0;
}

static dl_str load(const char *name, const char *ending)
{
    dl_map map;
    dl_str path = dl_arena_format(&it.arena, "%s/page/stories/%s.%s", DATELINE_TEST_CASES, name, ending);
    if (dl_map_open(&map, path.ptr, NULL) != DL_OK) fail_msg("%s cannot be read", path.ptr);
    dl_str text = dl_arena_str(&it.arena, (dl_str){(const char *)map.bytes, map.size});
    dl_map_close(&map);
    return text;
}

static dl_str joined(const dl_story *story)
{
    dl_str all = DL_STR("");
    for (size_t i = 0; i < story->author_count; i++)
        all = dl_arena_format(&it.arena, "%.*s%s%.*s", (int)all.len, all.ptr, i ? "; " : "", (int)story->authors[i].len, story->authors[i].ptr);
    return all;
}

static size_t captions_of(const dl_story *story)
{
    size_t count = 0;
    for (size_t i = 0; i < story->block_count; i++) count += story->blocks[i].kind == DL_BLOCK_CAPTION;
    return count;
}

static dl_str access_of(const dl_story *story)
{
    static const char *const NAMES[] = {[DL_ACCESS_UNKNOWN] = "unknown", [DL_ACCESS_FULL] = "full", [DL_ACCESS_TRUNCATED] = "truncated", [DL_ACCESS_BLOCKED] = "blocked"};
    return dl_str_of(NAMES[story->access]);
}

/* What the story says under a key of the expected file. */
static dl_str value_of(const dl_story *story, dl_str key)
{
    char day[16];
    if (dl_str_is(key, "title")) return story->title;
    if (dl_str_is(key, "authors")) return joined(story);
    if (dl_str_is(key, "published")) return dl_arena_str(&it.arena, dl_str_of(dl_date_format(story->published, day)));
    if (dl_str_is(key, "section")) return story->section;
    if (dl_str_is(key, "access")) return access_of(story);
    if (dl_str_is(key, "captions")) return dl_arena_format(&it.arena, "%zu", captions_of(story));
    fail_msg("no such key: %.*s", (int)key.len, key.ptr);
    return key;
}

static void check_page(const char *name)
{
    dl_story story;
    dl_error err;
    dl_str html = load(name, "html"), rest = load(name, "txt"), line;
    if (dl_page_read(it.page, &it.arena, html, (dl_str){0}, (dl_str){0}, &story, &err) != DL_OK) fail_msg("%s: %s", name, err.message);
    while (dl_str_next(&rest, '\n', &line) && line.len) {
        size_t colon = dl_str_find(line, DL_STR(": "), 0);
        dl_str got = value_of(&story, dl_str_slice(line, 0, colon)), want = dl_str_slice(line, colon + 2, line.len);
        if (!dl_str_eq(got, want)) fail_msg("%s: %.*s, not \"%.*s\"", name, (int)line.len, line.ptr, (int)got.len, got.ptr ? got.ptr : "");
    }
    rest = dl_str_trim(rest);
    if (!dl_str_eq(story.text, rest)) fail_msg("%s reads:\n%.*s", name, (int)story.text.len, story.text.ptr);
    dl_markup markup = {.text = html};
    if (dl_story_check(&story, html, &markup, &err) != DL_OK) fail_msg("%s: %s", name, err.message);
}

static void pages_of_every_make_are_read_as_they_should_be(void **state)
{
    (void)state;
    DIR *folder = opendir(DATELINE_TEST_CASES "/page/stories");
    assert_non_null(folder);
    int count = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        dl_str name = dl_str_of(entry->d_name);
        if (!dl_str_ends(name, ".html")) continue;
        check_page(dl_arena_format(&it.arena, "%.*s", (int)(name.len - 5), name.ptr).ptr);
        count++;
    }
    closedir(folder);
    assert_true(count >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pages_of_every_make_are_read_as_they_should_be)};
    return cmocka_run_group_tests(tests, open_data, close_data);
}
