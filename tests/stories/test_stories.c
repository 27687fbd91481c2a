/* test_stories.c - pages on one happening come together, others stay apart, and a signature is what its bytes say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "pages.h"
#include "stories/data.h"

static dl_stories *stories;

static int open_stories(void **state)
{
    (void)state;
    return dl_stories_open(&stories, DATELINE_TEST_DATA, NULL) == DL_OK ? 0 : -1;
}

static int close_stories(void **state)
{
    (void)state;
    dl_stories_close(stories);
    return 0;
}

static dl_grouping *new_grouping(void)
{
    dl_grouping *grouping;
    assert_int_equal(dl_grouping_new(&grouping, stories, NULL), DL_OK);
    return grouping;
}

static uint32_t add(dl_grouping *grouping, const char *title, const char *text, const char *published)
{
    uint32_t story;
    dl_document *document = page("x", title, text, published);
    assert_int_equal(dl_grouping_add(grouping, document, &story, NULL), DL_OK);
    dl_document_free(document);
    return story;
}

static void two_reports_of_one_happening_are_one_story(void **state)
{
    (void)state;
    dl_grouping *g = new_grouping();
    assert_int_equal(add(g, "Harrow floods Millford", FLOOD, "2025-03-04"), 0);
    assert_int_equal(add(g, "Fishing talks go on", TALKS, "2025-03-05"), 1);
    assert_int_equal(add(g, "Millford without its bridge", FLOOD_AGAIN, "2025-03-05"), 0);
    assert_int_equal(add(g, "Theatre opens", THEATRE, "2025-03-05"), 3);
    dl_grouping_free(g);
}

static void the_order_of_pages_does_not_matter_to_clear_cases(void **state)
{
    (void)state;
    dl_grouping *g = new_grouping();
    assert_int_equal(add(g, "Theatre opens", THEATRE, NULL), 0);
    assert_int_equal(add(g, "Millford without its bridge", FLOOD_AGAIN, NULL), 1);
    assert_int_equal(add(g, "Harrow floods Millford", FLOOD, NULL), 1);
    assert_int_equal(add(g, "Fishing talks go on", TALKS, NULL), 3);
    assert_int_equal(dl_grouping_count(g), 4);
    assert_int_equal(dl_grouping_story(g, 2), 1);
    dl_grouping_free(g);
}

static void a_cut_reprint_belongs_to_its_original(void **state)
{
    (void)state;
    dl_grouping *g = new_grouping();
    char cut[241] = "";
    memcpy(cut, FLOOD, 240);
    add(g, "Fishing talks go on", TALKS, "2025-03-05");
    add(g, "Harrow floods Millford", FLOOD, "2025-03-04");
    assert_int_equal(add(g, "Harrow floods Millford", cut, "2025-03-04"), 1);
    dl_grouping_free(g);
}

static void a_page_without_words_is_a_story_of_its_own(void **state)
{
    (void)state;
    dl_grouping *g = new_grouping();
    assert_int_equal(add(g, "", "", NULL), 0);
    assert_int_equal(add(g, "", "the and of", NULL), 1);
    assert_int_equal(add(g, "Harrow floods Millford", FLOOD, NULL), 2);
    dl_grouping_free(g);
}

static void the_same_pages_in_the_same_order_give_the_same_odds(void **state)
{
    (void)state;
    int32_t odds[2];
    for (int i = 0; i < 2; i++) {
        dl_grouping *g = new_grouping();
        story_placement placement;
        add(g, "Harrow floods Millford", FLOOD, "2025-03-04");
        dl_document *again = page("x", "Millford without its bridge", FLOOD_AGAIN, "2025-03-05");
        assert_int_equal(dl_grouping_place(g, again, &placement, NULL), DL_OK);
        assert_int_equal(placement.candidate_count, 1);
        odds[i] = placement.candidates[0].odds;
        dl_document_free(again);
        dl_grouping_free(g);
    }
    assert_int_equal(odds[0], odds[1]);
}

/* ---- signatures ---- */

static void same_terms(const story_terms *a, const story_terms *b)
{
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->ids, b->ids, a->count * sizeof *a->ids);
    if (a->weights) assert_memory_equal(a->weights, b->weights, a->count * sizeof *a->weights);
}

static void a_signature_survives_its_bytes(void **state)
{
    (void)state;
    dl_arena arena;
    dl_signature before, after;
    dl_str bytes;
    dl_arena_init(&arena, 0);
    dl_document *document = page("x", "Harrow floods Millford", FLOOD, "2025-03-04");
    assert_int_equal(dl_stories_sign(stories, document, &arena, &before, NULL), DL_OK);
    assert_int_equal(dl_signature_pack(&before, &arena, &bytes, NULL), DL_OK);
    assert_int_equal(dl_signature_unpack(&after, &arena, bytes, NULL), DL_OK);
    assert_int_equal(before.day, after.day);
    assert_int_equal(before.day, 20151);
    assert_int_equal(before.words, after.words);
    assert_true(before.sets[SET_POSTED].count > 20);
    for (size_t i = 0; i < VECTOR_COUNT; i++) same_terms(&before.vectors[i], &after.vectors[i]);
    for (size_t i = 0; i < SET_COUNT; i++) same_terms(&before.sets[i], &after.sets[i]);
    for (size_t len = 0; len < bytes.len; len++)
        assert_int_equal(dl_signature_unpack(&after, &arena, (dl_str){bytes.ptr, len}, NULL), DL_BAD_DATA);
    dl_document_free(document);
    dl_arena_free(&arena);
}

static void ages_are_told_from_other_numbers(void **state)
{
    (void)state;
    dl_arena arena;
    dl_signature signature;
    const uint32_t ages[] = {17, 34, 52, 71};
    dl_arena_init(&arena, 0);
    dl_document *document = page("x", "A crane falls", "A 17-year-old pupil and a man of 34 years of age were hurt as a crane damaged 12 barges and 1,200 sacks on pier 9. "
                                                     "Ada Quill, 52, saw it; so did a pilot aged 71.", NULL);
    assert_int_equal(dl_stories_sign(stories, document, &arena, &signature, NULL), DL_OK);
    assert_int_equal(signature.sets[SET_AGES].count, 4);
    assert_memory_equal(signature.sets[SET_AGES].ids, ages, sizeof ages);
    dl_document_free(document);
    dl_arena_free(&arena);
}

static int32_t odds_of(const dl_stories *of, const int32_t features[PAIR_COUNT])
{
    story_candidate candidate = {0};
    memcpy(candidate.features, features, sizeof candidate.features);
    story_odds(of, &candidate, 1);
    return candidate.odds;
}

static void candidates_are_judged_alike_however_many_stand_beside(void **state)
{
    (void)state;
    enum { COUNT = 11 };
    story_candidate all[COUNT] = {{0}};
    for (int i = 0; i < COUNT; i++) {
        for (int k = 0; k < PAIR_COUNT; k++) all[i].features[k] = i * 500 + k;
        if (i % 3 == 1) all[i].features[PAIR_GAP] = ABSENT;
    }
    story_odds(stories, all, COUNT);
    for (int i = 0; i < COUNT; i++) assert_int_equal(all[i].odds, odds_of(stories, all[i].features));
}

static void pages_without_days_are_judged_by_trees_of_their_own(void **state)
{
    (void)state;
    int32_t features[PAIR_COUNT] = {0}, dated, undated;
    features[PAIR_TEXT] = features[PAIR_LEAD] = UNIT / 2;
    dated = odds_of(stories, features);
    features[PAIR_GAP] = ABSENT;
    undated = odds_of(stories, features);
    assert_int_not_equal(dated, undated);
}

static void every_vector_has_the_length_of_all_others(void **state)
{
    (void)state;
    dl_arena arena;
    dl_signature signature;
    dl_arena_init(&arena, 0);
    dl_document *document = page("x", "Harrow floods Millford", FLOOD, NULL);
    assert_int_equal(dl_stories_sign(stories, document, &arena, &signature, NULL), DL_OK);
    for (size_t i = 0; i < VECTOR_COUNT; i++) {
        double sum = 0;
        for (size_t k = 0; k < signature.vectors[i].count; k++) sum += (double)signature.vectors[i].weights[k] * signature.vectors[i].weights[k];
        if (signature.vectors[i].count) assert_true(sum > 0.99 * VECTOR_NORM * VECTOR_NORM && sum < 1.01 * VECTOR_NORM * VECTOR_NORM);
    }
    dl_document_free(document);
    dl_arena_free(&arena);
}

static void memory_that_runs_out_is_told_at_every_step(void **state)
{
    (void)state;
    dl_signature signature;
    dl_document *document = page("x", "Harrow floods Millford", FLOOD, NULL);
    dl_status status = DL_NO_MEMORY;
    size_t failures = 0;
    for (size_t limit = 1; status != DL_OK; limit += limit / 4 + 64, failures++) {
        dl_arena arena;
        dl_arena_init(&arena, limit);
        status = dl_stories_sign(stories, document, &arena, &signature, NULL);
        if (status != DL_OK) assert_int_equal(status, DL_NO_MEMORY);
        dl_arena_free(&arena);
    }
    assert_true(failures > 5);
    dl_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_reports_of_one_happening_are_one_story),
        cmocka_unit_test(the_order_of_pages_does_not_matter_to_clear_cases),
        cmocka_unit_test(a_cut_reprint_belongs_to_its_original),
        cmocka_unit_test(a_page_without_words_is_a_story_of_its_own),
        cmocka_unit_test(the_same_pages_in_the_same_order_give_the_same_odds),
        cmocka_unit_test(a_signature_survives_its_bytes),
        cmocka_unit_test(ages_are_told_from_other_numbers),
        cmocka_unit_test(candidates_are_judged_alike_however_many_stand_beside),
        cmocka_unit_test(pages_without_days_are_judged_by_trees_of_their_own),
        cmocka_unit_test(every_vector_has_the_length_of_all_others),
        cmocka_unit_test(memory_that_runs_out_is_told_at_every_step),
    };
    return cmocka_run_group_tests(tests, open_stories, close_stories);
}
