/* test_atlas.c - the happenings of a store by week, and kept in step with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../store/room.h"
#include "base/date.h"
#include "serve/atlas.h"

/* A page on one attack on another day than the 12th of October 2025; "" for none. */
static dl_document *attack_on(const char *id, const char *day, int killed)
{
    dl_document *made = attack(id, "fast", "Kulbus", killed);
    char *json, *from, *to;
    size_t size;
    dl_error err = {0};
    assert_int_equal(dl_document_json(made, 0, &json, &size, &err), DL_OK);
    dl_document_free(made);
    char *whole = strndup(json, size), *copy = calloc(size + 32, 1);
    dl_free(json);
    json = whole;
    from = strstr(json, "\"date\":\"2025-10-12\"");
    assert_non_null(from);
    memcpy(copy, json, (size_t)(from - json));
    to = copy + (from - json);
    to += *day ? sprintf(to, "\"date\":\"%s\"", day) : sprintf(to, "\"weapon\":\"rifle\"");
    strcpy(to, from + strlen("\"date\":\"2025-10-12\""));
    if (dl_document_read(&made, copy, strlen(copy), &err) != DL_OK) fail_msg("%s: %s", err.message, copy);
    free(json);
    free(copy);
    return made;
}

static void add_on(const char *id, const char *day, int killed)
{
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack_on(id, day, killed), 100);
    dl_store_close(store);
}

static atlas_keeper *keeper_of(void)
{
    atlas_keeper *keeper;
    dl_error err = {0};
    if (atlas_keeper_open(&keeper, store_path, NULL, true, &err) != DL_OK) fail_msg("%s", err.message);
    return keeper;
}

static bool note_day(void *context, const atlas_match *match)
{
    char day[16], *text = context;
    strcat(text, dl_date_format(match->happening->date, day));
    strcat(text, " ");
    return true;
}

static void days_are(atlas_keeper *keeper, const atlas_filter *filter, const char *expected)
{
    char text[1024] = "";
    dl_arena arena;
    const atlas *held = atlas_hold(keeper);
    dl_arena_init(&arena, 0);
    assert_int_equal(atlas_choose(held, filter, &arena, note_day, text, NULL), DL_OK);
    assert_string_equal(text, expected);
    dl_arena_free(&arena);
    atlas_release(keeper, held);
}

static void weeks_begin_on_monday_and_hold_what_is_known_to_the_month_only(void **state)
{
    (void)state;
    assert_int_equal(dl_date_to_days(atlas_week((dl_date){2025, 10, 12})), dl_date_to_days((dl_date){2025, 10, 6}));
    assert_int_equal(dl_date_to_days(atlas_week((dl_date){2025, 10, 6})), dl_date_to_days((dl_date){2025, 10, 6}));
    assert_int_equal(dl_date_to_days(atlas_week((dl_date){2025, 9, 0})), dl_date_to_days((dl_date){2025, 9, 1}));
    assert_int_equal(dl_date_to_days(atlas_week((dl_date){2025, 0, 0})), dl_date_to_days((dl_date){2024, 12, 30}));
}

static void every_happening_is_there_once_the_last_day_first_and_those_without_a_day_at_the_end(void **state)
{
    (void)state;
    static const char *const days[] = {"2025-09-01", "2025-09", "2025", "2025-08-31", "2025-10-12", "2025-10-05", "2025-10-06", "2024-12-31", "2025-01-01", ""};
    for (int i = 0; i < 10; i++) {
        char id[8];
        snprintf(id, sizeof id, "p%d", i);
        add_on(id, days[i], *days[i] ? 3 + i * 20 : 9000); /* unlike the others: one without a day may else be of any of its story */
    }
    atlas_keeper *keeper = keeper_of();
    days_are(keeper, &(atlas_filter){0}, "2025-10-12 2025-10-06 2025-10-05 2025-09-01 2025-09 2025-08-31 2025-01-01 2025 2024-12-31  ");
    days_are(keeper, &(atlas_filter){.since = {2025, 9, 1}, .until = {2025, 10, 6}}, "2025-10-06 2025-10-05 2025-09-01 ");
    atlas_keeper_close(keeper);
}

static void a_claim_leads_to_its_happening(void **state)
{
    (void)state;
    atlas_match match;
    add_on("a", "2025-10-12", 3);
    add_on("b", "2025-10-12", 5);
    add_on("c", "2025-10-12", 400);
    atlas_keeper *keeper = keeper_of();
    const atlas *held = atlas_hold(keeper);
    assert_int_equal(held->happenings, 2);
    assert_int_equal(held->claims, 3);
    assert_true(atlas_find(held, INT64_C(2) << 24 | 1, &match));
    assert_int_equal(match.happening->count, 2);
    assert_int_equal(atlas_range(match.bucket, match.happening, 0).high, 5);
    assert_true(atlas_find(held, INT64_C(3) << 24 | 1, &match));
    assert_int_equal(atlas_range(match.bucket, match.happening, 0).low, 400);
    assert_false(atlas_range(match.bucket, match.happening, 1).known);
    assert_false(atlas_find(held, INT64_C(3) << 24 | 2, &match));
    atlas_release(keeper, held);
    atlas_keeper_close(keeper);
}

static void filters_ask_of_one_claim_together(void **state)
{
    (void)state;
    add_on("a", "2025-10-12", 3);
    atlas_keeper *keeper = keeper_of();
    const char *there = "2025-10-12 ";
    days_are(keeper, &(atlas_filter){.side = DL_STR("SDNGOV")}, there);
    days_are(keeper, &(atlas_filter){.side = DL_STR("SDNREB")}, "");
    days_are(keeper, &(atlas_filter){.actor = DL_STR("SDNREB")}, there);
    days_are(keeper, &(atlas_filter){.actor = DL_STR("rebels")}, there);
    days_are(keeper, &(atlas_filter){.actor = DL_STR("reb")}, "");
    days_are(keeper, &(atlas_filter){.source = DL_STR("ruiz")}, there);
    days_are(keeper, &(atlas_filter){.source = DL_STR("The Example")}, there);
    days_are(keeper, &(atlas_filter){.types = 1u << DL_ASSAULT, .counted = true, .actual = true, .located = true}, there);
    days_are(keeper, &(atlas_filter){.types = 1u << DL_PROTEST}, "");
    days_are(keeper, &(atlas_filter){.realis = 1u << DL_DENIED}, "");
    days_are(keeper, &(atlas_filter){.confidence = 0.85}, there);
    days_are(keeper, &(atlas_filter){.confidence = 0.86}, "");
    days_are(keeper, &(atlas_filter){.sources = 2}, "");
    days_are(keeper, &(atlas_filter){.box = true, .west = 25, .south = 13, .east = 26, .north = 14}, there);
    days_are(keeper, &(atlas_filter){.box = true, .west = 170, .south = 13, .east = 26, .north = 14}, there); /* over the date line */
    days_are(keeper, &(atlas_filter){.box = true, .west = 26, .south = 13, .east = 25, .north = 14}, "");
    days_are(keeper, &(atlas_filter){.country = DL_STR("SD")}, there);
    days_are(keeper, &(atlas_filter){.country = DL_STR("UA")}, "");
    atlas_keeper_close(keeper);
}

static void pages_that_come_in_later_change_the_weeks_of_a_large_store_alone(void **state)
{
    (void)state;
    add_on("a", "2025-10-12", 3);
    add_on("b", "2025-08-31", 3);
    atlas_keeper *keeper = keeper_of();
    atlas_keeper_few(keeper, 1);
    const atlas *before = atlas_hold(keeper);
    add_on("c", "2025-10-11", 50);
    atlas_refresh(keeper);
    const atlas *after = atlas_hold(keeper);
    assert_int_equal(before->count, 2);
    assert_int_equal(after->count, 2);
    assert_ptr_equal(before->buckets[1], after->buckets[1]);
    assert_ptr_not_equal(before->buckets[0], after->buckets[0]);
    assert_int_equal(before->happenings, 2);
    assert_int_equal(after->happenings, 3);
    assert_int_equal(after->wanted, 1); /* the whole is to follow */
    atlas_release(keeper, before);
    atlas_release(keeper, after);
    atlas_keeper_close(keeper);
}

/* Two pages of one story, one of them without a day: a view of the whole store takes them for one, that of a week cannot. */
static void a_happening_that_pages_tell_of_apart_is_one_as_in_a_view_of_the_whole(void **state)
{
    (void)state;
    dl_view *view;
    size_t count;
    add_on("a", "2025-10-12", 3);
    add_on("b", "", 3);
    atlas_keeper *keeper = keeper_of();
    dl_store *store = open_store(DL_STORE_READ);
    assert_int_equal(dl_view_open(&view, store, &(dl_query){0}, NULL), DL_OK);
    (void)dl_view_happenings(view, &count);
    const atlas *held = atlas_hold(keeper);
    assert_int_equal(count, 1);
    assert_int_equal(held->happenings, count);
    assert_int_equal(held->buckets[0]->happenings[0].count, 2);
    atlas_release(keeper, held);
    atlas_keeper_few(keeper, 1);
    add_on("c", "", 3);
    atlas_refresh(keeper); /* the piece first */
    size_t happenings = 0;
    for (int i = 0; i < 10000 && happenings != 1; i++) { /* the whole as soon as its time has come: after some milliseconds */
        usleep(1000);
        atlas_refresh(keeper);
        held = atlas_hold(keeper);
        happenings = held->happenings;
        atlas_release(keeper, held);
    }
    assert_int_equal(happenings, 1);
    dl_view_free(view);
    dl_store_close(store);
    atlas_keeper_close(keeper);
}

static void a_correction_moves_a_happening_from_one_week_to_another_or_away(void **state)
{
    (void)state;
    add_on("a", "2025-10-12", 3);
    add_on("b", "2025-08-31", 3);
    atlas_keeper *keeper = keeper_of();
    dl_store *store = open_store(DL_STORE_WRITE);
    dl_correction word = {.document = DL_STR("a"), .layer = DL_LAYER_EVENTS, .verdict = DL_VERDICT_CORRECT, .field = DL_STR("date"), .value = DL_STR("\"2025-11-20\""),
                          .author = DL_STR("me"), .seen = 5};
    assert_int_equal(dl_store_correct(store, &word, NULL), DL_OK);
    atlas_refresh(keeper);
    days_are(keeper, &(atlas_filter){0}, "2025-11-20 2025-08-31 ");
    word = (dl_correction){.document = DL_STR("a"), .layer = DL_LAYER_EVENTS, .verdict = DL_VERDICT_REJECT, .author = DL_STR("me"), .seen = 6};
    assert_int_equal(dl_store_correct(store, &word, NULL), DL_OK);
    atlas_refresh(keeper);
    days_are(keeper, &(atlas_filter){0}, "2025-08-31 ");
    dl_store_close(store);
    atlas_keeper_close(keeper);
}

static void tables_made_anew_are_looked_at_as_a_whole(void **state)
{
    (void)state;
    add_on("a", "2025-10-12", 3);
    add_on("b", "2025-08-31", 3);
    atlas_keeper *keeper = keeper_of();
    const atlas *before = atlas_hold(keeper);
    dl_store *store = open_store(DL_STORE_WRITE);
    assert_int_equal(dl_store_rebuild(store, NULL), DL_OK);
    dl_store_close(store);
    atlas_refresh(keeper);
    const atlas *after = atlas_hold(keeper);
    assert_int_equal(after->count, 2);
    assert_ptr_not_equal(before->buckets[1], after->buckets[1]);
    days_are(keeper, &(atlas_filter){0}, "2025-10-12 2025-08-31 ");
    atlas_release(keeper, before);
    atlas_release(keeper, after);
    atlas_keeper_close(keeper);
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, new_folder, drop_folder)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weeks_begin_on_monday_and_hold_what_is_known_to_the_month_only),
        IN_FOLDER(every_happening_is_there_once_the_last_day_first_and_those_without_a_day_at_the_end),
        IN_FOLDER(a_claim_leads_to_its_happening),
        IN_FOLDER(filters_ask_of_one_claim_together),
        IN_FOLDER(pages_that_come_in_later_change_the_weeks_of_a_large_store_alone),
        IN_FOLDER(a_happening_that_pages_tell_of_apart_is_one_as_in_a_view_of_the_whole),
        IN_FOLDER(tables_made_anew_are_looked_at_as_a_whole),
        IN_FOLDER(a_correction_moves_a_happening_from_one_week_to_another_or_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
