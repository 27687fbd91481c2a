/* test_numbers.c - numbers in words and digits against a case file. */
#include "room.h"
#include "text/numbers.h"

static void check_number(room *it, dl_str input, dl_str expected)
{
    dl_numbers *numbers;
    assert_int_equal(dl_numbers_open(&numbers, it->lexicon, NULL), DL_OK);
    dl_text text = split(it, input);
    dl_number n;
    bool found = false;
    for (size_t i = 0; i < text.token_count && !found; i++) found = dl_number_at(numbers, &text, i, &n);
    dl_numbers_close(numbers);
    dl_str got = DL_STR("none");
    if (found) {
        char top[32] = ")";
        if (!n.range.open) snprintf(top, sizeof top, "%lld]", (long long)n.range.max);
        got = dl_arena_format(&it->arena, "%zu [%lld,%s%s%s%s%s%s", n.count, (long long)n.range.min, top, n.approx ? " ~" : "",
                              n.vague ? " ?" : "", n.ordinal ? " th" : "", n.fraction ? " x" : "", n.none ? " -" : "");
    }
    if (!dl_str_eq(got, expected))
        fail_msg("\"%.*s\": got %.*s, expected %.*s", (int)input.len, input.ptr, (int)got.len, got.ptr, (int)expected.len, expected.ptr);
}

static void numbers_are_read_as_the_cases_say(void **state)
{
    for_each_case(*state, DATELINE_TEST_CASES "/text/numbers.txt", check_number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_are_read_as_the_cases_say)};
    return cmocka_run_group_tests(tests, open_room, close_room);
}
