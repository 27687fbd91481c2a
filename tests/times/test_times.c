/* test_times.c - time expressions and their values against a case file; the days they cover; hostile texts. */
#include "../text/room.h"
#include "base/date.h"
#include "times/calendar.h"
#include "times/times.h"

static dl_times find(room *it, dl_str bytes, dl_date published)
{
    dl_times_data *data;
    dl_story story;
    dl_text text;
    dl_times times;
    assert_int_equal(dl_times_open(&data, it->lexicon, NULL), DL_OK);
    assert_int_equal(dl_page_plain(&it->arena, bytes, &story, NULL), DL_OK);
    story.published = published;
    assert_int_equal(dl_text_split(it->data, &it->arena, &story, &text, NULL), DL_OK);
    assert_int_equal(dl_times_find(data, &it->arena, &text, &story, &times, NULL), DL_OK);
    dl_times_close(data);
    return times;
}

static void check_values(room *it, dl_str input, dl_str expected)
{
    static const char *const types[] = {"DATE", "TIME", "DURATION", "SET"};
    size_t bar = dl_str_find(input, DL_STR(" | "), 0);
    assert_true(bar != SIZE_MAX);
    dl_date published = {0};
    dl_date_parse_iso(input, &published);
    dl_str text = dl_str_slice(input, bar + 3, input.len);
    dl_times times = find(it, text, published);
    dl_str got = DL_STR("");
    for (size_t i = 0; i < times.count; i++) {
        const dl_time *t = &times.items[i];
        dl_str words = dl_span_str(text, t->span);
        got = dl_arena_format(&it->arena, "%.*s%s%.*s %s %.*s%s%.*s", (int)got.len, got.ptr, i ? " ; " : "", (int)words.len, words.ptr,
                              types[t->type], (int)t->value.len, t->value.ptr, t->mod.len ? " " : "", (int)t->mod.len, t->mod.len ? t->mod.ptr : "");
    }
    if (!times.count) got = DL_STR("-");
    if (!dl_str_eq(got, expected))
        fail_msg("\"%.*s\"\n  got      %.*s\n  expected %.*s", (int)input.len, input.ptr, (int)got.len, got.ptr, (int)expected.len, expected.ptr);
}

static void expressions_have_the_values_of_the_cases(void **state)
{
    for_each_case(*state, DATELINE_TEST_CASES "/times/values.txt", check_values);
}

static void assert_cover(const char *value, const char *from, const char *to)
{
    dl_date a, b;
    char text[16];
    assert_true(dl_calendar_cover(dl_str_of(value), &a, &b));
    assert_string_equal(dl_date_format(a, text), from);
    assert_string_equal(dl_date_format(b, text), to);
}

static void values_cover_the_days_they_tell(void **state)
{
    (void)state;
    assert_cover("2024-02", "2024-02-01", "2024-02-29");
    assert_cover("2025-W01", "2024-12-30", "2025-01-05");
    assert_cover("2025-W41-WE", "2025-10-11", "2025-10-12");
    assert_cover("2025-Q3", "2025-07-01", "2025-09-30");
    assert_cover("2025-H2", "2025-07-01", "2025-12-31");
    assert_cover("2024-WI", "2024-12-01", "2025-02-28");
    assert_cover("199", "1990-01-01", "1999-12-31");
    assert_cover("2025-10-11TNI", "2025-10-11", "2025-10-11");
    assert_cover("2024-11-03/2024-11-05", "2024-11-03", "2024-11-05");
    dl_date a, b;
    assert_false(dl_calendar_cover(DL_STR("PAST_REF"), &a, &b));
    assert_false(dl_calendar_cover(DL_STR("2025-02-30"), &a, &b));
    assert_false(dl_calendar_cover(DL_STR("P2Y"), &a, &b));
    assert_false(dl_calendar_cover(DL_STR("XXXX-10"), &a, &b));
}

static void moving_days_fall_where_the_almanac_has_them(void **state)
{
    (void)state;
    struct {
        const char *rule;
        int year;
        const char *day;
    } cases[] = {{"easter+0", 2024, "2024-03-31"},   {"easter+0", 2025, "2025-04-20"}, {"orthodox+0", 2024, "2024-05-05"},
                 {"11-4-4", 2025, "2025-11-27"},     {"05-l-1", 2025, "2025-05-26"},   {"11-1-1+1", 2024, "2024-11-05"},
                 {"easter-2", 2024, "2024-03-29"},   {"islamic-9-1~29", 2025, "2025-03-01"}, {"islamic-10-1", 2024, "2024-04-10"},
                 {"islamic-10-1", 2021, "2021-05-13"}, {"islamic-12-10", 2023, "2023-06-28"},  {"tishri+9", 1973, "1973-10-06"},
                 {"tishri+21", 2023, "2023-10-07"},  {"passover+0~7", 2024, "2024-04-23"},   {"hanukkah+0", 2024, "2024-12-26"},
                 {"hanukkah+0", 2023, "2023-12-08"}, {"lunar", 2025, "2025-01-29"},          {"lunar", 1968, "1968-01-30"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[16];
        assert_string_equal(dl_date_format(dl_calendar_holiday(dl_str_of(cases[i].rule), cases[i].year), text), cases[i].day);
    }
    assert_int_equal(dl_calendar_holiday(DL_STR("13-01"), 2025).year, 0);
    assert_int_equal(dl_calendar_holiday(DL_STR("02-5-5"), 2025).year, 0);
}

static void a_night_between_two_days_covers_both(void **state)
{
    dl_times times = find(*state, DL_STR("It burned on the night of 11-12 October."), (dl_date){2025, 10, 14});
    assert_int_equal(times.count, 1);
    assert_int_equal(times.items[0].from.day, 11);
    assert_int_equal(times.items[0].to.day, 12);
    assert_true(times.items[0].anchored);
}

static void long_texts_of_one_word_are_read(void **state)
{
    static const char *const pieces[] = {"the ", "May ", "early ", "last ", "12 ", "first quarter ", "two weeks ", "10-", "of the end ", "more than about "};
    room *it = *state;
    enum { SIZE = 1 << 17 };
    char *bytes = malloc(SIZE);
    assert_non_null(bytes);
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        size_t len = strlen(pieces[p]), size = SIZE / len * len;
        for (size_t i = 0; i < size; i++) bytes[i] = pieces[p][i % len];
        dl_arena_free(&it->arena);
        dl_times times = find(it, (dl_str){bytes, size}, (dl_date){2025, 10, 14});
        for (size_t i = 1; i < times.count; i++) assert_true(times.items[i].span.start >= times.items[i - 1].span.end);
    }
    free(bytes);
    dl_arena_free(&it->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_have_the_values_of_the_cases),
        cmocka_unit_test(values_cover_the_days_they_tell),
        cmocka_unit_test(moving_days_fall_where_the_almanac_has_them),
        cmocka_unit_test(a_night_between_two_days_covers_both),
        cmocka_unit_test(long_texts_of_one_word_are_read),
    };
    return cmocka_run_group_tests(tests, open_room, close_room);
}
