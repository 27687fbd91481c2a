/* test_find.c - questions to a store find what they ask for, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "room.h"

static dl_store *store;

/* Four pages: a and b in Kulbus (Sudan), c in Kulbus Heights, d moved to the date line. */
static int open_pages(void **state)
{
    if (new_folder(state)) return -1;
    store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    add(store, attack("b", "fast", "Kulbus", 20), 100);
    add(store, attack("c", "fast", "Kulbus Heights", 7), 100);
    add(store, attack("d", "fast", "Taveuni", 9), 100);
    const struct {
        const char *id, *field, *value;
        unsigned layer;
    } edits[] = {{"b", "date", "\"2025-10-14\"", DL_LAYER_EVENTS}, {"c", "date", "null", DL_LAYER_EVENTS}, {"c", "realis", "\"denied\"", DL_LAYER_EVENTS},
                 {"d", "lat", "-16.9", DL_LAYER_PLACES}, {"d", "lon", "179.99", DL_LAYER_PLACES}, {"d", "country", "\"FJ\"", DL_LAYER_PLACES},
                 {"d", "type", "\"PROTEST\"", DL_LAYER_EVENTS}, {"d", "name", "\"Farmers\"", DL_LAYER_ENTITIES}};
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        dl_correction c = {.document = dl_str_of(edits[i].id), .layer = edits[i].layer, .verdict = DL_VERDICT_CORRECT, .field = dl_str_of(edits[i].field),
                           .value = dl_str_of(edits[i].value), .author = DL_STR("test"), .seen = 1};
        if (dl_store_correct(store, &c, NULL) != DL_OK) return -1;
    }
    return 0;
}

static int close_pages(void **state)
{
    dl_store_close(store);
    return drop_folder(state);
}

static bool add_id(void *context, const dl_row *row)
{
    char *ids = context;
    strncat(ids, row->document.ptr, row->document.len);
    return true;
}

static void finds(dl_query query, const char *expected)
{
    char ids[64] = "";
    dl_error err = {0};
    if (dl_store_find(store, &query, add_id, ids, &err) != DL_OK) fail_msg("%s", err.message);
    assert_string_equal(ids, expected);
}

static void the_last_day_comes_first_and_no_day_last(void **state)
{
    (void)state;
    finds((dl_query){0}, "badc");
    finds((dl_query){.limit = 2}, "ba");
}

static void words_stand_in_the_events_sentence(void **state)
{
    (void)state;
    finds((dl_query){.text = DL_STR("rebels KULBUS")}, "bac");
    finds((dl_query){.text = DL_STR("\"Kulbus Heights\"")}, "c");
    finds((dl_query){.text = DL_STR("\"Heights Kulbus\"")}, "");
    finds((dl_query){.text = DL_STR("Tave*")}, "d");
    finds((dl_query){.text = DL_STR("Tave")}, "");
    finds((dl_query){.text = DL_STR("20 people")}, "b");
}

static void nothing_in_the_words_is_an_operator(void **state)
{
    (void)state;
    finds((dl_query){.text = DL_STR("NOT OR AND")}, "");
    finds((dl_query){.text = DL_STR("body:x ^( \"open *")}, "");
    finds((dl_query){.text = DL_STR("'; DROP TABLE events; --")}, "");
    finds((dl_query){.text = DL_STR("\"\" * \"")}, "");
    finds((dl_query){.actor = DL_STR("%")}, "");
    finds((dl_query){.place = DL_STR("' OR 1 = 1 --")}, "");
    finds((dl_query){0}, "badc");
}

static void types_and_realis_are_told_apart(void **state)
{
    (void)state;
    finds((dl_query){.type = DL_PROTEST}, "d");
    finds((dl_query){.realis = 1u << DL_ACTUAL}, "bad");
    finds((dl_query){.realis = 1u << DL_DENIED | 1u << DL_PLANNED}, "c");
}

static void actors_are_found_by_code_and_by_whole_words(void **state)
{
    (void)state;
    finds((dl_query){.actor = DL_STR("SDN")}, "badc");
    finds((dl_query){.actor = DL_STR("SDNREB")}, "badc");
    finds((dl_query){.actor = DL_STR("SDNMIL")}, "");
    finds((dl_query){.actor = DL_STR("rebels")}, "badc");
    finds((dl_query){.actor = DL_STR("rebel")}, "");
}

static void places_are_found_by_name_country_and_number(void **state)
{
    (void)state;
    finds((dl_query){.place = DL_STR("kulbus")}, "bac");
    finds((dl_query){.place = DL_STR("Heights")}, "c");
    finds((dl_query){.place = DL_STR("SD")}, "bac");
    finds((dl_query){.place = DL_STR("FJ")}, "d");
    finds((dl_query){.place = DL_STR("106")}, "ba");
}

static void distance_counts_over_the_date_line(void **state)
{
    (void)state;
    finds((dl_query){.near = true, .lat = 13.6, .lon = 25.3, .km = 10}, "bac");
    finds((dl_query){.near = true, .lat = 13.6, .lon = 25.3, .km = 1}, "");
    finds((dl_query){.near = true, .lat = -16.9, .lon = -179.99, .km = 10}, "d");
    finds((dl_query){.near = true, .lat = 90, .lon = 0, .km = 8500}, "bac");
    finds((dl_query){.near = true, .lat = 0, .lon = 0, .km = 20100}, "badc");
}

static void days_include_both_ends(void **state)
{
    (void)state;
    finds((dl_query){.since = {2025, 10, 12}, .until = {2025, 10, 12}}, "ad");
    finds((dl_query){.since = {2025, 10, 13}}, "b");
    finds((dl_query){.until = {2025, 10, 13}}, "ad");
}

static void the_latest_are_those_of_whole_days(void **state)
{
    (void)state;
    finds((dl_query){.latest = 1}, "bad"); /* two of them on one day */
    finds((dl_query){.latest = 1, .until = {2025, 10, 12}}, "ad");
    finds((dl_query){.latest = 100}, "badc");
}

static void sources_are_speakers_and_outlets(void **state)
{
    (void)state;
    finds((dl_query){.source = DL_STR("Ada Ruiz")}, "badc");
    finds((dl_query){.source = DL_STR("SDNGOV")}, "badc");
    finds((dl_query){.source = DL_STR("the example")}, "badc");
    finds((dl_query){.source = DL_STR("Examp")}, "");
}

static void all_conditions_must_hold(void **state)
{
    (void)state;
    finds((dl_query){.text = DL_STR("killed"), .place = DL_STR("SD"), .since = {2025, 10, 13}, .actor = DL_STR("SDNREB"), .type = DL_ASSAULT}, "b");
    finds((dl_query){.text = DL_STR("killed"), .place = DL_STR("FJ"), .type = DL_ASSAULT}, "");
}

static bool look(void *context, const dl_row *row)
{
    *(int *)context += 1;
    dl_str trigger = dl_str_slice(row->sentence_text, row->span.start - row->sentence_span.start, row->span.end - row->sentence_span.start);
    assert_true(dl_str_is(trigger, "killed"));
    assert_true(dl_str_is(row->sentence_text, "Rebels killed 20 people in Kulbus, Governor Ada Ruiz said."));
    assert_int_equal(row->actor_count, 1);
    assert_true(dl_str_is(row->actors[0].name, "Rebels") && dl_str_is(row->actors[0].code, "SDNREB"));
    assert_true(dl_str_is(row->recipients[0].code, "SDNCVL"));
    assert_true(row->killed.known && row->killed.open && row->killed.min == 20);
    assert_false(row->wounded.known);
    assert_true(dl_str_is(row->source.name, "Ada Ruiz"));
    assert_true(row->located && row->lat == 13.62793);
    assert_int_equal(row->date.day, 14);
    return true;
}

static void a_row_carries_its_sentence_and_everything_that_is_known(void **state)
{
    (void)state;
    int rows = 0;
    dl_query query = {.text = DL_STR("20")};
    assert_int_equal(dl_store_find(store, &query, look, &rows, NULL), DL_OK);
    assert_int_equal(rows, 1);
}

static void sentences_and_titles_are_found(void **state)
{
    (void)state;
    finds((dl_query){.rows = DL_ROWS_SENTENCES, .text = DL_STR("Taveuni")}, "dd"); /* the title, then the sentence */
    finds((dl_query){.rows = DL_ROWS_SENTENCES, .text = DL_STR("Attack")}, "abcd");
    finds((dl_query){.rows = DL_ROWS_SENTENCES, .text = DL_STR("killed"), .until = {2025, 10, 13}}, "");
}

static bool stop(void *context, const dl_row *row)
{
    (void)row;
    *(int *)context += 1;
    return false;
}

static void a_visitor_that_has_enough_is_heard(void **state)
{
    (void)state;
    int rows = 0;
    assert_int_equal(dl_store_find(store, &(dl_query){0}, stop, &rows, NULL), DL_OK);
    assert_int_equal(rows, 1);
}

static void an_event_of_several_days_counts_by_each_of_them(void **state)
{
    (void)state;
    dl_correction c = {.document = DL_STR("a"), .layer = DL_LAYER_EVENTS, .verdict = DL_VERDICT_CORRECT, .field = DL_STR("date_to"),
                       .value = DL_STR("\"2025-10-20\""), .author = DL_STR("test")};
    assert_int_equal(dl_store_correct(store, &c, NULL), DL_OK);
    finds((dl_query){.since = {2025, 10, 15}}, "a");
    finds((dl_query){.since = {2025, 10, 20}, .until = {2025, 10, 20}}, "a");
    finds((dl_query){.since = {2025, 10, 21}}, "");
}

static void the_store_is_sound_after_all_this(void **state)
{
    (void)state;
    sound(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_day_comes_first_and_no_day_last),
        cmocka_unit_test(words_stand_in_the_events_sentence),
        cmocka_unit_test(nothing_in_the_words_is_an_operator),
        cmocka_unit_test(types_and_realis_are_told_apart),
        cmocka_unit_test(actors_are_found_by_code_and_by_whole_words),
        cmocka_unit_test(places_are_found_by_name_country_and_number),
        cmocka_unit_test(distance_counts_over_the_date_line),
        cmocka_unit_test(days_include_both_ends),
        cmocka_unit_test(the_latest_are_those_of_whole_days),
        cmocka_unit_test(sources_are_speakers_and_outlets),
        cmocka_unit_test(all_conditions_must_hold),
        cmocka_unit_test(a_row_carries_its_sentence_and_everything_that_is_known),
        cmocka_unit_test(sentences_and_titles_are_found),
        cmocka_unit_test(a_visitor_that_has_enough_is_heard),
        cmocka_unit_test(an_event_of_several_days_counts_by_each_of_them),
        cmocka_unit_test(the_store_is_sound_after_all_this),
    };
    return cmocka_run_group_tests(tests, open_pages, close_pages);
}
