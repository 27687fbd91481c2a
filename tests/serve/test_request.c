/* test_request.c - a target taken apart, or refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "serve/request.h"

static bool read_target(serve_request *request, const char *target)
{
    const char *why = NULL;
    *request = (serve_request){.target = dl_str_of(target)};
    dl_arena_init(&request->arena, 0);
    bool fine = request_read(request, &why);
    if (!fine) assert_true(why && *why);
    return fine;
}

static void a_path_falls_into_its_parts_and_a_query_into_its_parameters(void **state)
{
    (void)state;
    serve_request r;
    assert_true(read_target(&r, "/api/v1/pages/page%2F17%3AV3?since=2025-01-01&place=El+Fasher&empty=&flag"));
    assert_int_equal(r.segment_count, 4);
    assert_true(dl_str_is(r.segments[3], "page/17:V3"));
    assert_int_equal(r.param_count, 4);
    assert_true(dl_str_is(request_param(&r, "place"), "El Fasher"));
    assert_null(request_param(&r, "empty").ptr);
    assert_null(request_param(&r, "other").ptr);
    assert_true(dl_str_is(request_stranger(&r), "since"));
    (void)request_param(&r, "since"), (void)request_param(&r, "flag");
    assert_null(request_stranger(&r).ptr);
    dl_arena_free(&r.arena);
}

static void what_is_no_clean_path_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "api", "http://else.example/", "*", "/../etc/passwd", "/a/./b", "/%2e%2e/x", "/a%", "/a%4", "/a%zz", "/a%00b", "/a%0d%0ab",
                                      "/a%ff", "/a?x=%", "/a?x=%c3%28", "/a?%0a=1", "/1/2/3/4/5/6/7/8/9", "/a?x=\x01"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        serve_request r;
        if (read_target(&r, bad[i])) fail_msg("'%s' was taken", bad[i]);
        dl_arena_free(&r.arena);
    }
}

static void what_is_too_long_or_too_much_is_refused(void **state)
{
    (void)state;
    static char target[SERVE_LONGEST_TARGET + 2] = "/";
    serve_request r;
    memset(target + 1, 'a', SERVE_LONGEST_TARGET);
    assert_false(read_target(&r, target));
    dl_arena_free(&r.arena);
    target[SERVE_LONGEST_TARGET] = '\0';
    assert_true(read_target(&r, target));
    dl_arena_free(&r.arena);
    strcpy(target, "/a?");
    for (int i = 0; i <= SERVE_PARAMS; i++) strcat(target, "x=1&");
    assert_false(read_target(&r, target));
    dl_arena_free(&r.arena);
}

static void a_cookie_is_found_by_its_whole_name(void **state)
{
    (void)state;
    serve_request r = {.cookie = DL_STR("a=1; xdateline=no; dateline=yes; b=2")};
    assert_true(dl_str_is(request_cookie(&r, "dateline"), "yes"));
    assert_null(request_cookie(&r, "c").ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_falls_into_its_parts_and_a_query_into_its_parameters),
        cmocka_unit_test(what_is_no_clean_path_is_refused),
        cmocka_unit_test(what_is_too_long_or_too_much_is_refused),
        cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
