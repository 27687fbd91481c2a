/* test_library.c - libraries loaded on first use: what is there, what is not, what is too old. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "base/library.h"

typedef struct maths {
    __typeof__(sqrt) *root;
    __typeof__(pow) *power;
} maths;

static const library_function known[] = {{"pow", offsetof(maths, power)}, {"sqrt", offsetof(maths, root)}};

static void functions_land_in_their_fields(void **state)
{
    static const char *const names[] = {"libm.so.6", NULL};
    maths m = {0};
    (void)state;
    assert_int_equal(library_load(names, "to count", known, 2, &m, NULL), DL_OK);
    assert_true(m.root(49) == 7);
    assert_true(m.power(2, 10) == 1024);
}

static void the_first_library_that_is_there_is_taken(void **state)
{
    static const char *const names[] = {"libdateline-none.so.1", "libm.so.6", NULL};
    maths m = {0};
    (void)state;
    assert_int_equal(library_load(names, "to count", known, 2, &m, NULL), DL_OK);
    assert_true(m.root(9) == 3);
}

static void a_missing_library_is_named_with_what_it_is_for(void **state)
{
    static const char *const names[] = {"libdateline-none.so.1", "libdateline-none.so.2", NULL};
    maths m = {0};
    dl_error err;
    (void)state;
    assert_int_equal(library_load(names, "to count", known, 2, &m, &err), DL_IO);
    assert_non_null(strstr(err.message, "libdateline-none.so.1 is needed to count"));
    assert_true(m.root == NULL);
}

static void a_library_without_a_function_is_called_too_old(void **state)
{
    static const char *const names[] = {"libm.so.6", NULL};
    static const library_function wanted[] = {{"sqrt", offsetof(maths, root)}, {"dateline_none", offsetof(maths, power)}};
    maths m = {0};
    dl_error err;
    (void)state;
    assert_int_equal(library_load(names, "to count", wanted, 2, &m, &err), DL_IO);
    assert_string_equal(err.message, "libm.so.6 is too old to count: it has no dateline_none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_land_in_their_fields),
        cmocka_unit_test(the_first_library_that_is_there_is_taken),
        cmocka_unit_test(a_missing_library_is_named_with_what_it_is_for),
        cmocka_unit_test(a_library_without_a_function_is_called_too_old),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
