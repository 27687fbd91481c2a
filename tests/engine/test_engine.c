/* test_engine.c - the whole library as a caller meets it: faults, threads, memory. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/map.h"
#include "base/str.h"
#include "dateline/dateline.h"
#include "record/record.h"

static const char *const pages[] = {"strike.html", "talks.html", "ceasefire.html", "plant.html", "sanctions.html",
                                    "protest.html", "paywalled.html", "wild.html", "script.html"};
enum { PAGE_COUNT = sizeof pages / sizeof *pages };

static dl_engine *engine;

static int open_engine(void **state)
{
    (void)state;
    dl_error err = {0};
    dl_engine_options options = {.data_dir = DATELINE_TEST_DATA, .model = "fast"};
    dl_status status = dl_engine_open(&engine, &options, &err);
    if (status != DL_OK) print_error("%s: %s\n", err.source, err.message);
    return status;
}

static int close_engine(void **state)
{
    (void)state;
    dl_engine_close(engine);
    return 0;
}

static dl_map open_page(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", DATELINE_EXAMPLES, name);
    dl_map map;
    assert_int_equal(dl_map_open(&map, path, NULL), DL_OK);
    return map;
}

static dl_input input_of(const dl_map *map)
{
    return (dl_input){.kind = DL_INPUT_HTML, .bytes = {(const char *)map->bytes, map->size}};
}

static void every_page_gives_a_sound_record(void **state)
{
    (void)state;
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        dl_map map = open_page(pages[i]);
        dl_input input = input_of(&map);
        dl_document *document;
        dl_error err = {0};
        assert_int_equal(dl_extract(engine, &input, NULL, &document, &err), DL_OK);
        if (dl_record_check(document, &err) != DL_OK) fail_msg("%s: %s", pages[i], err.message);
        assert_true(dl_document_story(document)->text.len > 200);
        dl_document_free(document);
        dl_map_close(&map);
    }
}

static void text_that_is_no_utf8_is_refused_with_its_byte(void **state)
{
    (void)state;
    static const struct {
        dl_str text;
        size_t offset;
    } cases[] = {{{"ab\xFF", 3}, 2}, {{"a\0b", 3}, 1}, {{"\xED\xA0\x80", 3}, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_input input = {.kind = DL_INPUT_TEXT, .bytes = cases[i].text};
        dl_document *document;
        dl_error err = {0};
        assert_int_equal(dl_extract(engine, &input, NULL, &document, &err), DL_BAD_DATA);
        assert_null(document);
        assert_int_equal(err.offset, cases[i].offset);
    }
}

/* Allocation fails at ever later points until it does not; each failure must be told and leave nothing behind. */
static void memory_that_ends_anywhere_is_told(void **state)
{
    (void)state;
    dl_map map = open_page("talks.html");
    dl_input input = input_of(&map);
    size_t failures = 0;
    for (size_t limit = 64;; limit += limit / 32 + 64) {
        dl_options options = {.memory_limit = limit, .why = true};
        dl_document *document;
        dl_error err = {0};
        dl_status status = dl_extract(engine, &input, &options, &document, &err);
        if (status == DL_OK) {
            dl_document_free(document);
            break;
        }
        assert_int_equal(status, DL_NO_MEMORY);
        assert_null(document);
        failures++;
        assert_true(limit < (size_t)1 << 30);
    }
    assert_true(failures > 20);
    dl_map_close(&map);
}

typedef struct outputs {
    char *json[PAGE_COUNT];
    size_t size[PAGE_COUNT];
} outputs;

static void *extract_all(void *argument)
{
    outputs *out = argument;
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        dl_map map = open_page(pages[i]);
        dl_input input = input_of(&map);
        dl_document *document;
        if (dl_extract(engine, &input, NULL, &document, NULL) == DL_OK &&
            dl_document_json(document, 0, &out->json[i], &out->size[i], NULL) != DL_OK)
            out->json[i] = NULL;
        dl_document_free(document);
        dl_map_close(&map);
    }
    return NULL;
}

static void threads_share_an_engine_and_say_the_same(void **state)
{
    (void)state;
    enum { THREADS = 3 };
    static outputs results[THREADS];
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, extract_all, &results[i]), 0);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (int t = 0; t < THREADS; t++)
        for (size_t i = 0; i < PAGE_COUNT; i++) {
            assert_non_null(results[t].json[i]);
            assert_int_equal(results[t].size[i], results[0].size[i]);
            assert_memory_equal(results[t].json[i], results[0].json[i], results[0].size[i]);
        }
    for (int t = 0; t < THREADS; t++)
        for (size_t i = 0; i < PAGE_COUNT; i++) dl_free(results[t].json[i]);
}

static void layer_names_are_read(void **state)
{
    (void)state;
    assert_int_equal(dl_layers_parse("events,places"), DL_LAYER_EVENTS | DL_LAYER_PLACES);
    assert_int_equal(dl_layers_parse("events,moods"), 0);
    assert_int_equal(dl_layers_parse(""), 0);
}

static void a_folder_without_data_is_told(void **state)
{
    (void)state;
    dl_engine *none;
    dl_error err = {0};
    dl_engine_options options = {.data_dir = "/nonexistent"};
    assert_int_equal(dl_engine_open(&none, &options, &err), DL_IO);
    assert_null(none);
    assert_non_null(strstr(err.source, "/nonexistent"));
}

static void an_engine_for_some_layers_makes_those_and_no_others(void **state)
{
    (void)state;
    dl_engine *some;
    dl_document *document;
    dl_error err = {0};
    dl_engine_options few = {.data_dir = DATELINE_TEST_DATA, .model = "fast", .layers = DL_LAYER_TIMES};
    dl_options times = {.layers = DL_LAYER_TIMES}, events = {.layers = DL_LAYER_EVENTS};
    dl_input input = {.kind = DL_INPUT_TEXT, .bytes = DL_STR("Shells fell on the port on Monday."), .published = {2025, 3, 5}};
    assert_int_equal(dl_engine_open(&some, &few, &err), DL_OK);
    assert_int_equal(dl_extract(some, &input, &times, &document, &err), DL_OK);
    assert_int_equal(dl_document_times(document)->count, 1);
    assert_true(dl_document_text(document)->parsed);
    dl_document_free(document);
    assert_int_equal(dl_extract(some, &input, &events, &document, &err), DL_USAGE);
    assert_null(document);
    dl_engine_close(some);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_gives_a_sound_record),
        cmocka_unit_test(text_that_is_no_utf8_is_refused_with_its_byte),
        cmocka_unit_test(memory_that_ends_anywhere_is_told),
        cmocka_unit_test(threads_share_an_engine_and_say_the_same),
        cmocka_unit_test(layer_names_are_read),
        cmocka_unit_test(a_folder_without_data_is_told),
        cmocka_unit_test(an_engine_for_some_layers_makes_those_and_no_others),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
