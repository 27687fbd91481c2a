/* test_casualties.c - texts and the counts they must give; see tests/cases/casualties/counts.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "casualties/casualties.h"
#include "syntax/signals.h"
#include "../shared_engine.h"

static dl_document *read_text(dl_str text)
{
    dl_options options = {.layers = DL_LAYER_EVENTS};
    return read_text_as_of(text, (dl_date){0}, &options);
}

static dl_str written(char *out, size_t size, const dl_casualty *c)
{
    static const char *const harms[] = {"killed", "wounded", "captured", "missing", "killed_or_wounded"};
    int len = c->count.open ? snprintf(out, size, "%s %lld -", harms[c->harm], (long long)c->count.min)
                            : snprintf(out, size, "%s %lld %lld", harms[c->harm], (long long)c->count.min, (long long)c->count.max);
    return (dl_str){out, (size_t)len};
}

static void expect_count(const dl_document *doc, size_t index, dl_str line)
{
    char found[64] = "none";
    const dl_casualties *all = dl_document_casualties(doc);
    dl_str text = DL_STR("none");
    if (index < all->count) text = written(found, sizeof found, &all->items[index]);
    if (!dl_str_eq(text, line))
        fail_msg("%.*s: expected %.*s, found %.*s", (int)dl_document_text(doc)->text.len, dl_document_text(doc)->text.ptr, (int)line.len,
                 line.ptr, (int)text.len, text.ptr);
}

static void every_case_gives_its_counts(void **state)
{
    (void)state;
    dl_map map;
    assert_int_equal(dl_map_open(&map, DATELINE_TEST_CASES "/casualties/counts.txt", NULL), DL_OK);
    dl_str rest = {(const char *)map.bytes, map.size}, line;
    dl_document *doc = NULL;
    size_t index = 0, checked = 0;
    while (dl_str_next(&rest, '\n', &line)) {
        if (!line.len || line.ptr[0] == '#') continue;
        if (dl_str_starts(line, "text: ")) {
            dl_document_free(doc);
            doc = read_text(dl_str_slice(line, 6, line.len));
            index = 0;
        } else {
            expect_count(doc, index++, line);
            checked++;
        }
    }
    assert_true(checked > 10);
    dl_document_free(doc);
    dl_map_close(&map);
}

static int64_t killed_in_first_attack(const char *text)
{
    dl_document *doc = read_text(dl_str_of(text));
    const dl_events *events = dl_document_events(doc);
    int64_t killed = -1;
    for (size_t i = 0; i < events->count && killed < 0; i++)
        if (events->items[i].type == DL_ASSAULT && events->items[i].killed.known) killed = events->items[i].killed.min;
    dl_document_free(doc);
    return killed;
}

static void victims_told_to_be_more_are_added_to_those_of_the_attack(void **state)
{
    (void)state;
    assert_int_equal(killed_in_first_attack("The minister was shot dead in an ambush in which two of his guards were also killed."), 3);
    assert_int_equal(killed_in_first_attack("Four soldiers were killed in a raid on a border post. Two civilians were also killed in the attack."), 6);
    assert_int_equal(killed_in_first_attack("Four soldiers were killed in a raid on a border post. Four people were killed in the attack, the army said."), 4);
}

static void a_number_tells_how_many_a_bare_plural_meant(void **state)
{
    (void)state;
    assert_int_equal(killed_in_first_attack("Two massacres of villagers killed thirty people near the river."), 30);
}

static void spans_of_counts_lie_inside_their_sentence(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR("Six men were killed. In the north, two women and a child were wounded by a mine."));
    const dl_casualties *all = dl_document_casualties(doc);
    assert_true(all->count >= 2);
    for (size_t i = 0; i < all->count; i++) {
        dl_span sentence = dl_document_text(doc)->sentences[all->items[i].sentence].span;
        assert_true(all->items[i].span.start >= sentence.start && all->items[i].span.end <= sentence.end);
        assert_true(all->items[i].span.start < all->items[i].span.end);
    }
    dl_document_free(doc);
}

enum { TOLL_LABELS = 5 };
static const dl_str toll_labels[TOLL_LABELS] = {{"O", 1}, {"B-KILLED", 8}, {"I-KILLED", 8}, {"B-WOUNDED", 9}, {"I-WOUNDED", 9}};

/* The counts of a text whose token `at` the model gives `label` with a probability of 0.95. */
static void counts_with_signal(dl_str sentence, uint32_t at, uint8_t label, dl_harm harm, int64_t number)
{
    dl_document *doc = read_text(sentence);
    dl_text text = *dl_document_text(doc);
    uint8_t best[64] = {0}, probabilities[64 * TOLL_LABELS] = {0};
    assert_true(text.token_count < 64);
    for (size_t t = 0; t < text.token_count; t++) probabilities[t * TOLL_LABELS] = 255;
    best[at] = label, probabilities[at * TOLL_LABELS] = 13, probabilities[at * TOLL_LABELS + label] = 242;
    dl_signal toll = {.name = {"toll", 4}, .labels = toll_labels, .label_count = TOLL_LABELS, .spans = true, .best = best,
                      .probabilities = probabilities};
    dl_signals signals = {.items = &toll, .count = 1};
    text.signals = &signals;

    dl_lexicon *lexicon;
    dl_casualties_data *data;
    dl_casualties found;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    assert_int_equal(dl_lexicon_open(&lexicon, DATELINE_TEST_DATA "/dateline.lexicon", NULL), DL_OK);
    assert_int_equal(dl_casualties_open(&data, lexicon, NULL), DL_OK);
    assert_int_equal(dl_casualties_find(data, &arena, &text, dl_document_names(doc), &found, NULL), DL_OK);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].harm, harm);
    assert_int_equal(found.items[0].count.min, number);
    dl_casualties_close(data);
    dl_lexicon_close(lexicon);
    dl_arena_free(&arena);
    dl_document_free(doc);
}

static void the_model_adds_a_count_that_no_rule_knows(void **state)
{
    (void)state;
    counts_with_signal(DL_STR("The mountain kept seven porters for good."), 3, 1, DL_HARM_KILLED, 7);
}

static void a_word_of_harm_goes_before_the_model(void **state)
{
    (void)state;
    counts_with_signal(DL_STR("Six porters were killed."), 0, 3, DL_HARM_KILLED, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_gives_its_counts),
        cmocka_unit_test(the_model_adds_a_count_that_no_rule_knows),
        cmocka_unit_test(a_word_of_harm_goes_before_the_model),
        cmocka_unit_test(victims_told_to_be_more_are_added_to_those_of_the_attack),
        cmocka_unit_test(a_number_tells_how_many_a_bare_plural_meant),
        cmocka_unit_test(spans_of_counts_lie_inside_their_sentence),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
