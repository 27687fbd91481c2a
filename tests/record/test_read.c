/* test_read.c - records that were written read back the same; what is no record is refused with its byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "record/record.h"
#include "../shared_engine.h"

static const char *const stories[] = {
    "Shelling killed at least 11 people in Kharkiv on Tuesday, Governor Olena Hrytsenko said.\n\nThe army denied that it had fired.",
    "Ménaka – des hommes armés… “No one was hurt”, said the mayor of Gao. \U0001F54A Dozens fled to Niamey on Monday.",
    "Delegates of Sudan's army and the RSF ended a third round of talks in Jeddah without a ceasefire, mediators said on Friday.",
    "Rain fell."};

static void a_record_reads_back_and_is_written_byte_for_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        dl_document *made = read_text_as_of(dl_str_of(stories[i]), (dl_date){2025, 10, 15}, NULL), *back;
        char *json, *again;
        size_t size, again_size;
        dl_error err;
        assert_int_equal(dl_document_json(made, 0, &json, &size, NULL), DL_OK);
        assert_int_equal(dl_document_read(&back, json, size, &err), DL_OK);
        assert_int_equal(dl_document_json(back, 0, &again, &again_size, NULL), DL_OK);
        assert_int_equal(again_size, size);
        assert_memory_equal(again, json, size);
        assert_int_equal(dl_document_events(back)->count, dl_document_events(made)->count);
        assert_int_equal(dl_document_names(back)->mention_count, dl_document_names(made)->mention_count);
        dl_free(json), dl_free(again);
        dl_document_free(made), dl_document_free(back);
    }
}

static void a_record_names_who_read_it(void **state)
{
    (void)state;
    dl_document *made = read_text_as_of(dl_str_of("Rain fell."), (dl_date){0}, NULL);
    dl_str model = dl_document_model(made), version = dl_document_engine(made);
    assert_true(dl_str_starts(model, "accurate+"));
    assert_true(dl_str_starts(version, dl_version()));
    dl_document_free(made);
}

#define RECORD(rest) "{\"schema\":\"dateline/1\",\"id\":\"x\",\"text\":\"Zwei T\xC3\xB6te in Kiew.\",\"sentences\":[[0,18]]" rest "}"

/* The byte is that of the first `at` behind the text. */
static const struct {
    const char *json, *at, *told;
} faults[] = {
    {"[]", "[", "object"},
    {"{\"schema\":\"dateline/1\",\"id\":\"x\"}", "{", "\"text\" is missing"},
    {"{\"schema\":\"dateline/9\",\"id\":\"x\",\"text\":\"\"}", "dateline/9", "schema"},
    {"{\"schema\":\"dateline/1\",\"id\":7,\"text\":\"\"}", "7", "\"id\" is not a string"},
    {"{\"schema\":\"dateline/1\",\"id\":\"\",\"text\":\"\"}", "\",\"text", "empty"},
    {RECORD(",\"blocks\":[{\"span\":[0,19],\"kind\":\"paragraph\"}]"), "[0,19]", "outside the text"},
    {RECORD(",\"blocks\":[{\"span\":[3,3],\"kind\":\"paragraph\"}]"), "[3,3]", "outside the text"},
    {RECORD(",\"blocks\":[{\"span\":[0,1.5],\"kind\":\"paragraph\"}]"), "1.5", "whole number"},
    {RECORD(",\"blocks\":[{\"span\":[0,4],\"kind\":\"poem\"}]"), "poem", "word"},
    {RECORD(",\"entities\":[{\"type\":\"GPE\",\"name\":\"Kiew\",\"mentions\":[]}]"), "[]", "without a mention"},
    {RECORD(",\"times\":[{\"span\":[0,4],\"type\":\"DATE\"}]"), "{\"span\"", "without a value"},
    {RECORD(",\"places\":[{\"span\":[13,17],\"name\":\"Kiew\",\"lat\":91,\"lon\":30}]"), "{\"span\"", "on no map"},
    {RECORD(",\"statements\":[{\"content\":[[0,4]],\"cue\":[],\"speaker\":[],\"entity\":\"E1\"}]"), "E1", "not there"},
    {RECORD(",\"events\":[{\"type\":\"ASSAULT\",\"trigger\":[0,4],\"sentence\":1}]"), "1}", "sentence"},
    {RECORD(",\"events\":[{\"type\":\"ASSAULT\",\"trigger\":[0,4],\"sentence\":0,\"killed\":[3,2]}]"), "[3,2]", "ends before"},
    {RECORD(",\"events\":[{\"type\":\"ASSAULT\",\"trigger\":[0,4],\"sentence\":0,\"date\":\"2025-02-30\"}]"), "2025-02-30", "day"},
    {RECORD(",\"events\":[{\"trigger\":[0,4],\"sentence\":0}]"), "{\"trigger\"", "type"},
    {RECORD(",\"title\":\"a\\u0000b\""), "a\\u0000b", "U+0000"},
    {RECORD(",\"url\":\"\xFF\""), "\xFF", "UTF-8"},
};

static void what_is_no_record_is_refused_with_its_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        dl_document *document;
        dl_error err = {0};
        const char *json = faults[i].json, *text = strstr(json, "[[0,18]]"), *at = strstr(text ? text + 8 : json, faults[i].at);
        assert_int_equal(dl_document_read(&document, json, strlen(json), &err), DL_BAD_DATA);
        assert_null(document);
        if (err.offset != (size_t)(at - json) || !strstr(err.message, faults[i].told))
            fail_msg("%s\ngave byte %zu, \"%s\"; expected %zu, \"%s\"", json, err.offset, err.message, (size_t)(at - json), faults[i].told);
    }
}

static void every_cut_of_a_record_is_refused(void **state)
{
    (void)state;
    static const char whole[] = RECORD(",\"events\":[{\"type\":\"ASSAULT\",\"trigger\":[0,4],\"sentence\":0,\"killed\":[3,null]}]");
    dl_document *document;
    for (size_t len = 0; len + 1 < sizeof whole; len++) {
        dl_error err = {0};
        assert_int_equal(dl_document_read(&document, whole, len, &err), DL_BAD_DATA);
        assert_in_range(err.offset, 0, len);
    }
    assert_int_equal(dl_document_read(&document, whole, sizeof whole - 1, NULL), DL_OK);
    const dl_event *event = &dl_document_events(document)->items[0];
    assert_true(event->killed.known && event->killed.open && event->killed.min == 3);
    assert_int_equal(event->trigger.end, 4);
    dl_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_reads_back_and_is_written_byte_for_byte),
        cmocka_unit_test(a_record_names_who_read_it),
        cmocka_unit_test(what_is_no_record_is_refused_with_its_byte),
        cmocka_unit_test(every_cut_of_a_record_is_refused),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
