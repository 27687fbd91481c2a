/* test_pairing.c - whether two claims of two pages tell of the same happening. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "monitor/pairing.h"

/* An attack in a town as page `number` of story 7 tells it. */
static dl_claim claim_of(int64_t number, int day, int64_t killed)
{
    return (dl_claim){.row = {.number = number, .story = 7, .type = DL_ASSAULT, .realis = DL_ACTUAL, .date = {2025, 10, (uint8_t)day}, .location = 1,
                              .located = true, .lat = 13.6, .lon = 25.3, .country = DL_STR("SD"), .admin1 = DL_STR("62"), .precision = DL_STR("city")},
                      .counts = {{.known = killed > 0, .min = killed, .max = killed}},
                      .source_key = DL_STR("outlet:example:")};
}

static dl_claim moved(dl_claim claim, double north)
{
    claim.row.location = 2;
    claim.row.lat += north;
    return claim;
}

static void main_claims_of_a_story_meet_unless_day_or_place_speaks_against_it(void **state)
{
    (void)state;
    dl_claim first = claim_of(1, 12, 3), same_day = claim_of(2, 12, 5), other_day = claim_of(2, 13, 5), placeless = claim_of(2, 12, 0);
    placeless.row.location = 0, placeless.row.located = false;
    assert_true(pair_is_of_story(&first, &same_day, true));
    assert_true(pair_is_of_story(&first, &placeless, true));
    assert_false(pair_is_of_story(&first, &other_day, true));
    dl_claim far = moved(same_day, 0.2);
    assert_false(pair_is_of_story(&first, &far, true));
}

static void a_shared_count_lets_day_and_place_differ_a_little(void **state)
{
    (void)state;
    dl_claim first = claim_of(1, 12, 3), next_day = claim_of(2, 13, 3), later = claim_of(2, 15, 3);
    dl_claim near = moved(next_day, 0.2), far = moved(next_day, 2);
    assert_true(pair_is_of_story(&first, &near, false));
    assert_false(pair_is_of_story(&first, &far, false));
    assert_false(pair_is_of_story(&first, &later, false));
    later.row.date_from_published = true; /* no words told that day */
    assert_true(pair_is_of_story(&first, &later, false));
}

static void what_is_told_of_a_month_stays_apart_what_is_told_of_no_day_does_not(void **state)
{
    (void)state;
    dl_claim first = claim_of(1, 12, 3), month = claim_of(2, 0, 3), none = claim_of(2, 0, 3);
    assert_false(pair_is_of_story(&first, &month, true));
    none.row.date = (dl_date){0};
    assert_true(pair_is_of_story(&first, &none, true));
}

static void other_claims_of_a_story_stay_apart(void **state)
{
    (void)state;
    dl_claim first = claim_of(1, 12, 3), second = claim_of(2, 12, 5);
    assert_false(pair_is_of_story(&first, &second, false)); /* one is not its page's main claim */
    second.row.story = 8;
    assert_false(pair_is_of_story(&first, &second, true));
    second = claim_of(1, 12, 3);
    assert_false(pair_is_of_story(&first, &second, true)); /* of one page */
    second = claim_of(2, 12, 90);
    assert_false(pair_is_of_story(&first, &second, true));
    second = claim_of(2, 12, 3);
    second.row.realis = DL_PLANNED;
    assert_false(pair_is_of_story(&first, &second, true));
}

static void a_unit_may_hold_a_town_in_it(void **state)
{
    (void)state;
    dl_claim town = claim_of(1, 12, 3), unit = moved(claim_of(2, 12, 5), 0.9);
    unit.row.precision = DL_STR("admin2");
    assert_true(pair_is_of_story(&town, &unit, true));
    unit.row.admin1 = DL_STR("61");
    assert_false(pair_is_of_story(&town, &unit, true));
    unit.row.precision = DL_STR("country");
    assert_true(pair_is_of_story(&town, &unit, true));
}

static void the_main_claim_of_a_page_counts_most_and_comes_first(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_claim claims[] = {claim_of(1, 12, 0), claim_of(1, 12, 3), claim_of(1, 12, 3), claim_of(2, 12, 0), claim_of(2, 12, 0), claim_of(1, 12, 9)};
    for (uint32_t i = 0; i < 6; i++) claims[i].row.item = i;
    claims[5].row.background = true;
    const bool expected[] = {false, true, false, true, false, false};
    const bool *main_claims = pair_main_claims(&arena, claims, 6);
    assert_non_null(main_claims);
    for (size_t i = 0; i < 6; i++) assert_int_equal(main_claims[i], expected[i]);
    dl_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(main_claims_of_a_story_meet_unless_day_or_place_speaks_against_it),
        cmocka_unit_test(a_shared_count_lets_day_and_place_differ_a_little),
        cmocka_unit_test(what_is_told_of_a_month_stays_apart_what_is_told_of_no_day_does_not),
        cmocka_unit_test(other_claims_of_a_story_stay_apart),
        cmocka_unit_test(a_unit_may_hold_a_town_in_it),
        cmocka_unit_test(the_main_claim_of_a_page_counts_most_and_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
