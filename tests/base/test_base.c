/* test_base.c - arena, strings, UTF-8, JSON and dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/json.h"
#include "base/utf8.h"

static void an_arena_with_a_limit_refuses_what_goes_over(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arena_init(&arena, 64);
    assert_non_null(dl_arena_alloc(&arena, 40));
    assert_null(dl_arena_alloc(&arena, 40));
    dl_arena_free(&arena);
}

static void a_vector_keeps_its_items_while_it_grows(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    DL_VEC(int) numbers = {0};
    for (int i = 0; i < 1000; i++) *DL_VEC_PUSH(&arena, &numbers) = i;
    for (int i = 0; i < 1000; i++) assert_int_equal(numbers.items[i], i);
    dl_arena_free(&arena);
}

static void utf8_refuses_what_the_standard_refuses(void **state)
{
    (void)state;
    assert_int_equal(dl_utf8_valid_prefix(DL_STR("ab\xC0\x80")), 2);          /* overlong */
    assert_int_equal(dl_utf8_valid_prefix(DL_STR("\xED\xA0\x80")), 0);        /* surrogate */
    assert_int_equal(dl_utf8_valid_prefix(DL_STR("\xF4\x90\x80\x80")), 0);    /* beyond U+10FFFF */
    assert_int_equal(dl_utf8_valid_prefix(DL_STR("Kyiv \xE2\x80\x94 \xF0\x9F\x95\x8A")), 13);
}

static void folding_takes_case_accents_and_curly_marks_off(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_str folded = dl_utf8_fold(&arena, DL_STR("Gala\xC8\x9Bi\xE2\x80\x99s \xC5\x81\xC3\xB3" "d\xC5\xBA"));
    assert_true(dl_str_is(folded, "galati's lodz"));
    dl_arena_free(&arena);
}

static void code_points_are_counted_across_strides(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    char text[401];
    for (int i = 0; i < 200; i++) text[2 * i] = (char)0xC3, text[2 * i + 1] = (char)0xA9;
    dl_codepoints index;
    assert_int_equal(dl_codepoints_build(&index, &arena, (dl_str){text, 400}, NULL), DL_OK);
    for (uint32_t i = 0; i <= 200; i++) {
        assert_int_equal(dl_codepoints_at(&index, 2 * i), i);
        assert_int_equal(dl_codepoints_byte(&index, i), 2 * i);
    }
    dl_arena_free(&arena);
}

static void json_out_escapes_and_parts_values(void **state)
{
    (void)state;
    dl_json_out out = {0};
    dl_json_open(&out, '{');
    dl_json_key(&out, "a\"b");
    dl_json_str(&out, DL_STR("x\n\x01\xFF\xC3\xA9"));
    dl_json_key(&out, "n");
    dl_json_open(&out, '[');
    dl_json_int(&out, -5);
    dl_json_real(&out, 0.5, 2);
    dl_json_real(&out, -0.001, 2);
    dl_json_close(&out, ']');
    dl_json_close(&out, '}');
    dl_str got = {out.bytes, out.len};
    assert_true(dl_str_is(got, "{\"a\\\"b\":\"x\\n\\u0001\xEF\xBF\xBD\xC3\xA9\",\"n\":[-5,0.5,0]}"));
    dl_json_out_free(&out);
}

static void json_in_tells_the_byte_of_a_fault(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        dl_status status;
        size_t offset;
    } cases[] = {{"{\"a\":1,}", DL_BAD_DATA, 7}, {"[1,2", DL_BAD_DATA, 4},        {"\"a", DL_BAD_DATA, 2},
                 {"[01]", DL_BAD_DATA, 1},       {"\"\\uD800\"", DL_BAD_DATA, 1}, {"1 2", DL_BAD_DATA, 2},
                 {"nul", DL_BAD_DATA, 0},        {"\"a\nb\"", DL_BAD_DATA, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_arena arena;
        dl_arena_init(&arena, 0);
        const dl_json *value;
        dl_error err;
        assert_int_equal(dl_json_parse(&value, &arena, dl_str_of(cases[i].text), false, &err), cases[i].status);
        assert_int_equal(err.offset, cases[i].offset);
        dl_arena_free(&arena);
    }
}

static void json_in_refuses_what_is_nested_too_deeply(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    char text[1000];
    memset(text, '[', sizeof text);
    const dl_json *value;
    assert_int_equal(dl_json_parse(&value, &arena, (dl_str){text, sizeof text}, false, NULL), DL_LIMIT);
    dl_arena_free(&arena);
}

static void json_strings_are_unescaped_and_keep_their_bytes(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    const dl_json *value;
    dl_str text = DL_STR("{\"k\":\"\\u00e9\\ud83d\\ude00\\/\"}");
    assert_int_equal(dl_json_parse(&value, &arena, text, false, NULL), DL_OK);
    const dl_json *k = dl_json_get(value, "k");
    assert_true(dl_str_is(dl_json_text(k), "\xC3\xA9\xF0\x9F\x98\x80/"));
    assert_int_equal(k->start, 6);
    assert_int_equal(k->end, 26);
    dl_arena_free(&arena);
}

static void days_and_dates_answer_each_other(void **state)
{
    (void)state;
    for (int32_t day = -200000; day < 200000; day += 37) assert_int_equal(dl_date_to_days(dl_date_from_days(day)), day);
    assert_int_equal(dl_date_weekday((dl_date){2022, 2, 24}), 3);
    assert_int_equal(dl_days_in_month(2024, 2), 29);
    assert_int_equal(dl_days_in_month(1900, 2), 28);
    dl_date date;
    assert_true(dl_date_parse_iso(DL_STR("2025-10-14T09:00:00Z"), &date));
    assert_false(dl_date_parse_iso(DL_STR("2025-02-30"), &date));
    assert_false(dl_date_parse_iso(DL_STR("2025-10-140"), &date));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_with_a_limit_refuses_what_goes_over),
        cmocka_unit_test(a_vector_keeps_its_items_while_it_grows),
        cmocka_unit_test(utf8_refuses_what_the_standard_refuses),
        cmocka_unit_test(folding_takes_case_accents_and_curly_marks_off),
        cmocka_unit_test(code_points_are_counted_across_strides),
        cmocka_unit_test(json_out_escapes_and_parts_values),
        cmocka_unit_test(json_in_tells_the_byte_of_a_fault),
        cmocka_unit_test(json_in_refuses_what_is_nested_too_deeply),
        cmocka_unit_test(json_strings_are_unescaped_and_keep_their_bytes),
        cmocka_unit_test(days_and_dates_answer_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
