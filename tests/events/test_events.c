/* test_events.c - texts and the events they must give; see tests/cases/events/events.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/map.h"
#include "base/str.h"
#include "../shared_engine.h"

static dl_document *read_text(dl_str text)
{
    dl_options options = {.why = true};
    return read_text_as_of(text, (dl_date){2025, 3, 14}, &options);
}

static bool code_agrees(dl_str wanted, const dl_participant *items, size_t count)
{
    return dl_str_is(wanted, "-") || (count && dl_str_eq(wanted, items[0].code));
}

static bool agrees(const dl_document *doc, const dl_event *e, const dl_str *wanted)
{
    char day[16];
    int64_t killed;
    dl_str words = dl_span_str(dl_document_text(doc)->text, e->trigger);
    bool told = dl_str_find(words, wanted[1], 0) != SIZE_MAX;
    for (size_t i = 0; i < e->also_count; i++)
        told = told || dl_str_find(dl_span_str(dl_document_text(doc)->text, e->also[i]), wanted[1], 0) != SIZE_MAX;
    return told && dl_str_is(wanted[0], dl_event_type_name(e->type)) && code_agrees(wanted[2], e->actors, e->actor_count) &&
           code_agrees(wanted[3], e->recipients, e->recipient_count) &&
           (!dl_str_number(wanted[4], &killed) || (e->killed.known && e->killed.min == killed)) &&
           (dl_str_is(wanted[5], "-") || dl_str_is(wanted[5], dl_date_format(e->date, day)));
}

static void expect_event(const dl_document *doc, dl_str line)
{
    dl_str fields[6] = {{0}}, rest = line;
    for (int i = 0; i < 6 && dl_str_next(&rest, '|', &fields[i]); i++) fields[i] = dl_str_trim(fields[i]);
    const dl_events *all = dl_document_events(doc);
    for (size_t i = 0; i < all->count; i++)
        if (agrees(doc, &all->items[i], fields)) return;
    for (size_t i = 0; i < all->count; i++) {
        dl_str words = dl_span_str(dl_document_text(doc)->text, all->items[i].trigger);
        print_message("found: %s %.*s (%.*s)\n", dl_event_type_name(all->items[i].type), (int)words.len, words.ptr,
                      (int)all->items[i].why.len, all->items[i].why.ptr);
    }
    fail_msg("no event %.*s", (int)line.len, line.ptr);
}

static void expect_none(const dl_document *doc, dl_str type)
{
    const dl_events *all = dl_document_events(doc);
    for (size_t i = 0; i < all->count; i++)
        if (dl_str_is(type, dl_event_type_name(all->items[i].type)))
            fail_msg("an event of type %.*s in: %.*s", (int)type.len, type.ptr, (int)dl_document_text(doc)->text.len,
                     dl_document_text(doc)->text.ptr);
}

static void every_case_gives_its_events(void **state)
{
    (void)state;
    dl_map map;
    assert_int_equal(dl_map_open(&map, DATELINE_TEST_CASES "/events/events.txt", NULL), DL_OK);
    dl_str rest = {(const char *)map.bytes, map.size}, line;
    dl_document *doc = NULL;
    size_t checked = 0;
    while (dl_str_next(&rest, '\n', &line)) {
        if (!line.len || line.ptr[0] == '#') continue;
        if (dl_str_starts(line, "text: ")) {
            dl_document_free(doc);
            doc = read_text(dl_str_slice(line, 6, line.len));
            continue;
        }
        if (dl_str_starts(line, "no ")) expect_none(doc, dl_str_slice(line, 3, line.len));
        else expect_event(doc, line);
        checked++;
    }
    assert_true(checked > 8);
    dl_document_free(doc);
    dl_map_close(&map);
}

static void events_lie_in_their_text_in_order(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR("Rebels attacked a base on Monday. The army shelled their camp, killing two. Talks were held in Geneva."));
    const dl_events *all = dl_document_events(doc);
    size_t length = dl_document_text(doc)->text.len;
    for (size_t i = 0; i < all->count; i++) {
        const dl_event *e = &all->items[i];
        assert_true(e->trigger.start < e->trigger.end && e->trigger.end <= length);
        assert_true(e->type > DL_EVENT_NONE && e->type < DL_EVENT_TYPE_COUNT);
        assert_true(e->confidence >= 0 && e->confidence <= 1);
        if (i) assert_true(all->items[i - 1].sentence <= e->sentence);
    }
    dl_document_free(doc);
}

static void text_of_triggers_alone_is_read_without_a_fault(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_str text = DL_STR("");
    for (int i = 0; i < 60; i++)
        text = dl_arena_format(&arena, "%.*s attack killed 3 bomb strike of talks with and by killing, no 5 wounded", (int)text.len, text.ptr);
    dl_document *doc = read_text(text);
    assert_true(dl_document_events(doc)->count < 200);
    dl_document_free(doc);
    dl_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_gives_its_events),
        cmocka_unit_test(events_lie_in_their_text_in_order),
        cmocka_unit_test(text_of_triggers_alone_is_read_without_a_fault),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
