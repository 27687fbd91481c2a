/* test_correct.c - the word of people wins, is kept apart, and follows its words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "room.h"

static dl_status correct(dl_store *store, const char *id, unsigned layer, dl_verdict verdict, const char *field, const char *value, dl_error *err)
{
    dl_correction c = {.document = dl_str_of(id), .layer = layer, .verdict = verdict, .field = dl_str_of(field), .value = dl_str_of(value),
                       .author = DL_STR("Mia"), .note = DL_STR("see the ministry's list"), .seen = 500};
    return dl_store_correct(store, &c, err);
}

static void set(dl_store *store, unsigned layer, const char *field, const char *value)
{
    dl_error err = {0};
    if (correct(store, "a", layer, DL_VERDICT_CORRECT, field, value, &err) != DL_OK) fail_msg("%s", err.message);
}

static dl_store *one_page(void)
{
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    return store;
}

static void a_correction_wins_and_the_machines_word_is_kept(void **state)
{
    (void)state;
    dl_store *store = one_page();
    set(store, DL_LAYER_EVENTS, "killed", "[7,7]");
    assert_int_equal(number(store, "SELECT min FROM casualties"), 7);
    assert_int_equal(number(store, "SELECT max FROM casualties"), 7);
    assert_int_equal(number(store, "SELECT count(*) FROM history WHERE field = 'killed' AND value = '[3,null]' AND author IS NULL"), 1);
    assert_int_equal(number(store, "SELECT count(*) FROM history WHERE field = 'killed' AND value = '[7,7]' AND author = 'Mia' AND start = 7"), 1);
    assert_int_equal(number(store, "SELECT corrections FROM pages"), 1);
    sound(store);
    dl_store_close(store);
}

static void the_last_of_two_corrections_counts(void **state)
{
    (void)state;
    dl_store *store = one_page();
    set(store, DL_LAYER_EVENTS, "killed", "[7,7]");
    set(store, DL_LAYER_EVENTS, "killed", "[8,8]");
    set(store, DL_LAYER_EVENTS, "wounded", "[2,null]");
    assert_int_equal(number(store, "SELECT min FROM casualties WHERE harm = 'killed'"), 8);
    assert_int_equal(number(store, "SELECT min FROM casualties WHERE harm = 'wounded'"), 2);
    sound(store);
    dl_store_close(store);
}

static void a_place_is_moved_and_found_where_it_is_now(void **state)
{
    (void)state;
    dl_store *store = one_page();
    assert_int_equal(dl_store_begin(store, NULL), DL_OK);
    set(store, DL_LAYER_PLACES, "lat", "14.36667");
    set(store, DL_LAYER_PLACES, "lon", "22.46667");
    assert_int_equal(dl_store_commit(store, NULL), DL_OK);
    assert_int_equal(number(store, "SELECT round(lat * 100000) FROM locations l JOIN events e ON e.location = l.id"), 1436667);
    sound(store);
    dl_store_close(store);
}

static void a_field_is_taken_away_by_null(void **state)
{
    (void)state;
    dl_store *store = one_page();
    set(store, DL_LAYER_EVENTS, "place", "null");
    set(store, DL_LAYER_EVENTS, "mode", "\"aerial\"");
    assert_int_equal(number(store, "SELECT location IS NULL AND mode = 'aerial' FROM events"), 1);
    sound(store);
    dl_store_close(store);
}

static void what_the_page_says_of_itself_can_be_mended(void **state)
{
    (void)state;
    dl_store *store = one_page();
    set(store, DL_LAYER_PAGE, "published", "\"2025-10-13\"");
    set(store, DL_LAYER_PAGE, "section", "\"World\"");
    assert_int_equal(number(store, "SELECT published = '2025-10-13' AND section = 'World' FROM pages"), 1);
    sound(store);
    dl_store_close(store);
}

static void a_rejected_item_is_gone_and_comes_back_when_accepted(void **state)
{
    (void)state;
    dl_store *store = one_page();
    assert_int_equal(correct(store, "a", DL_LAYER_EVENTS, DL_VERDICT_REJECT, NULL, NULL, NULL), DL_OK);
    assert_int_equal(number(store, "SELECT count(*) FROM events"), 0);
    assert_int_equal(number(store, "SELECT count(*) FROM participants"), 0);
    assert_int_equal(number(store, "SELECT count(*) FROM claims WHERE layer = 7"), 1);
    sound(store);
    assert_int_equal(correct(store, "a", DL_LAYER_EVENTS, DL_VERDICT_ACCEPT, NULL, NULL, NULL), DL_OK);
    assert_int_equal(number(store, "SELECT count(*) FROM events"), 1);
    sound(store);
    dl_store_close(store);
}

static void what_pointed_at_a_rejected_item_points_nowhere(void **state)
{
    (void)state;
    dl_store *store = one_page();
    assert_int_equal(correct(store, "a", DL_LAYER_PLACES, DL_VERDICT_REJECT, NULL, NULL, NULL), DL_OK);
    assert_int_equal(correct(store, "a", DL_LAYER_STATEMENTS, DL_VERDICT_REJECT, NULL, NULL, NULL), DL_OK);
    assert_int_equal(number(store, "SELECT location IS NULL AND source IS NULL FROM events"), 1);
    sound(store);
    dl_store_close(store);
}

static void a_correction_follows_into_another_reading_and_revision(void **state)
{
    (void)state;
    dl_store *store = one_page();
    set(store, DL_LAYER_EVENTS, "wounded", "[5,5]");
    add(store, attack("a", "accurate", "Kulbus", 3), 200);
    assert_int_equal(number(store, "SELECT min FROM casualties WHERE harm = 'wounded'"), 5);
    /* the same words in a page whose title changed */
    dl_document *changed = attack("a", "accurate", "Kulbus", 3);
    changed->story.title = DL_STR("Raid on Kulbus");
    assert_int_equal(add(store, changed, 300).what, DL_REVISED);
    assert_int_equal(number(store, "SELECT min FROM casualties WHERE harm = 'wounded'"), 5);
    sound(store);
    dl_store_close(store);
}

static void a_correction_rests_where_its_words_no_longer_stand(void **state)
{
    (void)state;
    dl_store *store = one_page();
    set(store, DL_LAYER_EVENTS, "wounded", "[5,5]");
    assert_int_equal(add(store, attack("a", "fast", "Kulbus", 12), 200).what, DL_REVISED);
    assert_int_equal(number(store, "SELECT count(*) FROM casualties WHERE harm = 'wounded'"), 0);
    assert_int_equal(number(store, "SELECT count(*) FROM corrections"), 1);
    assert_int_equal(number(store, "SELECT corrections FROM pages"), 0);
    sound(store);
    dl_store_close(store);
}

static void a_correction_that_would_break_the_record_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *field, *value;
        dl_status status;
    } bad[] = {{"killed", "[7,2]", DL_BAD_DATA}, {"trigger", "[7,700]", DL_BAD_DATA}, {"type", "\"PICNIC\"", DL_BAD_DATA}, {"place", "\"P9\"", DL_BAD_DATA},
               {"killed", "seven", DL_BAD_DATA}, {"killed", "[7,7", DL_BAD_DATA}, {"killed", "1,\"type\":\"AID\"", DL_BAD_DATA}, {"id", "\"V2\"", DL_USAGE},
               {"", "1", DL_USAGE}};
    dl_store *store = one_page();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dl_error err = {0};
        if (correct(store, "a", DL_LAYER_EVENTS, DL_VERDICT_CORRECT, bad[i].field, bad[i].value, &err) != bad[i].status)
            fail_msg("%s = %s: %s", bad[i].field, bad[i].value, err.message);
        assert_true(err.message[0]);
    }
    assert_int_equal(number(store, "SELECT count(*) FROM corrections"), 0);
    sound(store);
    dl_store_close(store);
}

static void what_is_not_there_cannot_be_corrected(void **state)
{
    (void)state;
    dl_store *store = one_page();
    dl_correction none = {.document = DL_STR("a"), .layer = DL_LAYER_EVENTS, .item = 1, .verdict = DL_VERDICT_ACCEPT, .author = DL_STR("Mia")};
    assert_int_equal(dl_store_correct(store, &none, NULL), DL_USAGE);
    assert_int_equal(correct(store, "b", DL_LAYER_EVENTS, DL_VERDICT_ACCEPT, NULL, NULL, NULL), DL_USAGE);
    assert_int_equal(correct(store, "a", DL_LAYER_TOKENS, DL_VERDICT_ACCEPT, NULL, NULL, NULL), DL_USAGE);
    assert_int_equal(correct(store, "a", DL_LAYER_TIMES, DL_VERDICT_ACCEPT, NULL, NULL, NULL), DL_USAGE);
    dl_store_close(store);
}

static void a_rebuild_keeps_corrections(void **state)
{
    (void)state;
    dl_store *store = one_page();
    set(store, DL_LAYER_EVENTS, "killed", "[7,7]");
    number(store, "DELETE FROM casualties");
    assert_int_equal(dl_store_rebuild(store, NULL), DL_OK);
    assert_int_equal(number(store, "SELECT min FROM casualties"), 7);
    sound(store);
    dl_store_close(store);
}

#define STORE_TEST(name) cmocka_unit_test_setup_teardown(name, new_folder, drop_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(a_correction_wins_and_the_machines_word_is_kept),
        STORE_TEST(the_last_of_two_corrections_counts),
        STORE_TEST(a_place_is_moved_and_found_where_it_is_now),
        STORE_TEST(a_field_is_taken_away_by_null),
        STORE_TEST(what_the_page_says_of_itself_can_be_mended),
        STORE_TEST(a_rejected_item_is_gone_and_comes_back_when_accepted),
        STORE_TEST(what_pointed_at_a_rejected_item_points_nowhere),
        STORE_TEST(a_correction_follows_into_another_reading_and_revision),
        STORE_TEST(a_correction_rests_where_its_words_no_longer_stand),
        STORE_TEST(a_correction_that_would_break_the_record_is_refused),
        STORE_TEST(what_is_not_there_cannot_be_corrected),
        STORE_TEST(a_rebuild_keeps_corrections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
