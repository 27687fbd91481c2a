/* room.h - what the tests of the text room share: the word lists, and a text split in one call. */
#ifndef TESTS_TEXT_ROOM_H
#define TESTS_TEXT_ROOM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "page/page.h"
#include "text/text.h"

typedef struct room {
    dl_lexicon *lexicon;
    dl_text_data *data;
    dl_arena arena;
} room;

static inline int open_room(void **state)
{
    static room it;
    it = (room){0};
    dl_arena_init(&it.arena, 0);
    if (dl_lexicon_open(&it.lexicon, DATELINE_TEST_DATA "/dateline.lexicon", NULL) != DL_OK) return 1;
    if (dl_text_open(&it.data, it.lexicon, NULL) != DL_OK) return 1;
    *state = &it;
    return 0;
}

static inline int close_room(void **state)
{
    room *it = *state;
    dl_text_close(it->data);
    dl_lexicon_close(it->lexicon);
    dl_arena_free(&it->arena);
    return 0;
}

static inline dl_text split(room *it, dl_str bytes)
{
    dl_story story;
    dl_text text;
    assert_int_equal(dl_page_plain(&it->arena, bytes, &story, NULL), DL_OK);
    assert_int_equal(dl_text_split(it->data, &it->arena, &story, &text, NULL), DL_OK);
    return text;
}

/* Calls `check(it, input, expected)` for each "input => expected" of a case file; '#' starts a comment and "\n" in the
 * input stands for a line break. */
static inline void for_each_case(room *it, const char *path, void (*check)(room *, dl_str, dl_str))
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char line[4096], input[4096];
    size_t cases = 0;
    while (fgets(line, sizeof line, file)) {
        dl_str all = dl_str_trim(dl_str_of(line));
        size_t arrow = dl_str_find(all, DL_STR(" => "), 0);
        if (!all.len || all.ptr[0] == '#') continue;
        if (arrow == SIZE_MAX) fail_msg("%s: a line without ' => ': %s", path, line);
        size_t len = 0;
        for (size_t i = 0; i < arrow; i++) {
            bool newline = all.ptr[i] == '\\' && i + 1 < arrow && all.ptr[i + 1] == 'n';
            input[len++] = newline ? '\n' : all.ptr[i];
            i += newline;
        }
        check(it, (dl_str){input, len}, dl_str_slice(all, arrow + 4, all.len));
        cases++;
    }
    fclose(file);
    assert_true(cases > 0);
}

#endif
