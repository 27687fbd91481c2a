/* test_view.c - happenings of a store and the ranges of what is claimed of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../store/room.h"
#include "dateline/monitor.h"

static dl_view *view_of(dl_store *store, const dl_query *query)
{
    dl_view *view = NULL;
    dl_error err = {0};
    if (dl_view_open(&view, store, query, &err) != DL_OK) fail_msg("%s", err.message);
    return view;
}

static void the_last_word_of_a_source_replaces_its_earlier_one_which_stays(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    add(store, attack("b", "fast", "Kulbus", 11), 200);
    dl_view *view = view_of(store, &(dl_query){.counted = true});
    size_t count, claims;
    const dl_happening *happening = dl_view_happenings(view, &count);
    const dl_claim *claim = dl_view_claims(view, &claims);
    assert_int_equal(count, 1);
    assert_int_equal(claims, 2);
    assert_int_equal(happening->pages, 2);
    assert_int_equal(happening->harms[0].low, 11);
    assert_int_equal(happening->harms[0].sources, 1);
    assert_true(happening->harms[0].open);
    assert_int_equal(claim[0].standing[0], DL_STANDING_REPLACED);
    assert_int_equal(claim[0].of[0], 1);
    assert_int_equal(claim[1].standing[0], DL_STANDING_CURRENT);
    dl_view_free(view);
    dl_store_close(store);
}

static void the_same_words_in_another_page_count_once(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    add(store, attack("b", "fast", "Kulbus", 3), 200);
    dl_view *view = view_of(store, &(dl_query){0});
    size_t count;
    const dl_claim *claim = dl_view_claims(view, &count);
    assert_int_equal(claim[0].standing[0], DL_STANDING_CURRENT);
    assert_int_equal(claim[1].standing[0], DL_STANDING_REPRINT);
    assert_int_equal(claim[1].of[0], 0);
    dl_view_free(view);
    dl_store_close(store);
}

static void far_apart_places_and_tolls_are_two_happenings(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    add(store, attack("b", "fast", "Kulbus", 90), 200);
    dl_view *view = view_of(store, &(dl_query){0});
    size_t count;
    const dl_toll *tolls;
    dl_view_happenings(view, &count);
    assert_int_equal(count, 2);
    assert_int_equal(dl_view_tolls(view, &tolls, &count, NULL), DL_OK);
    assert_int_equal(count, 1);
    assert_int_equal(tolls->count, 2);
    assert_int_equal(tolls->harms[0].low, 93);
    dl_view_free(view);
    dl_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_last_word_of_a_source_replaces_its_earlier_one_which_stays, new_folder, drop_folder),
        cmocka_unit_test_setup_teardown(the_same_words_in_another_page_count_once, new_folder, drop_folder),
        cmocka_unit_test_setup_teardown(far_apart_places_and_tolls_are_two_happenings, new_folder, drop_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
