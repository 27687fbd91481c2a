/* test_statements.c - whole texts and the statements they must give; see
 * tests/cases/statements/statements.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../shared_engine.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

static dl_document *read_text(dl_str text)
{
    dl_options options = {.layers = DL_LAYER_STATEMENTS};
    return read_text_as_of(text, (dl_date){0}, &options);
}

/* The spans' words, joined by " + ". */
static dl_str words(dl_arena *arena, const dl_document *doc, const dl_span *spans, size_t count)
{
    dl_str out = DL_STR("");
    for (size_t i = 0; i < count; i++) {
        dl_str word = dl_span_str(dl_document_text(doc)->text, spans[i]);
        out = dl_arena_format(arena, "%.*s%s%.*s", (int)out.len, out.ptr, i ? " + " : "", (int)word.len,
                              word.ptr);
    }
    return out;
}

static dl_str name_of(const dl_document *doc, uint32_t entity)
{
    return entity == DL_NONE ? DL_STR("nobody") : dl_document_names(doc)->entities[entity].name;
}

static bool agrees(dl_str wanted, dl_str found)
{
    return dl_str_is(wanted, "-") || dl_str_eq(wanted, found);
}

static void expect_statement(const dl_document *doc, dl_str line)
{
    static const char *const kinds[] = {"direct", "indirect", "mixed"};
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_str fields[6] = {{0}}, rest = line;
    for (int i = 0; i < 6 && dl_str_next(&rest, '|', &fields[i]); i++)
        fields[i] = dl_str_trim(fields[i]);
    const dl_statements *all = dl_document_statements(doc);
    bool found = false;
    for (size_t i = 0; i < all->count && !found; i++) {
        const dl_statement *s = &all->items[i];
        dl_str cue = words(&arena, doc, s->cue, s->cue_count);
        found = agrees(fields[0], words(&arena, doc, s->speaker, s->speaker_count)) &&
                dl_str_find(cue, fields[1], 0) != SIZE_MAX &&
                agrees(fields[2], words(&arena, doc, s->content, s->content_count)) &&
                agrees(fields[3], dl_str_of(kinds[s->kind])) && agrees(fields[4], s->channel) && (!fields[5].ptr || agrees(fields[5], name_of(doc, s->entity)));
    }
    if (!found)
        for (size_t i = 0; i < all->count; i++) {
            dl_str speaker = words(&arena, doc, all->items[i].speaker, all->items[i].speaker_count);
            dl_str content = words(&arena, doc, all->items[i].content, all->items[i].content_count);
            print_message("found: %.*s | %.*s\n", (int)speaker.len, speaker.ptr, (int)content.len,
                          content.ptr);
        }
    dl_arena_free(&arena);
    if (!found) fail_msg("no statement %.*s", (int)line.len, line.ptr);
}

static dl_str with_breaks(char *out, dl_str line)
{
    size_t len = 0;
    for (size_t i = 0; i < line.len; i++) {
        bool is_break = line.ptr[i] == '\\' && i + 1 < line.len && line.ptr[i + 1] == 'n';
        out[len++] = is_break ? '\n' : line.ptr[i];
        i += is_break;
    }
    return (dl_str){out, len};
}

static void every_case_gives_its_statements(void **state)
{
    (void)state;
    dl_map map;
    char text[4096];
    assert_int_equal(dl_map_open(&map, DATELINE_TEST_CASES "/statements/statements.txt", NULL), DL_OK);
    dl_str rest = {(const char *)map.bytes, map.size}, line;
    dl_document *doc = NULL;
    size_t checked = 0;
    while (dl_str_next(&rest, '\n', &line)) {
        if (!line.len || line.ptr[0] == '#') continue;
        if (dl_str_starts(line, "text: ")) {
            dl_document_free(doc);
            doc = read_text(with_breaks(text, dl_str_slice(line, 6, line.len)));
        } else {
            expect_statement(doc, line);
            checked++;
        }
    }
    assert_true(checked > 5);
    dl_document_free(doc);
    dl_map_close(&map);
}

static void a_page_of_marks_alone_gives_no_statement_and_no_fault(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR("\" \" \" '' \" said \" . \"\n\n\" \" said \" said : : \" \""));
    const dl_statements *all = dl_document_statements(doc);
    for (size_t i = 0; i < all->count; i++)
        assert_true(all->items[i].content_count > 0);
    dl_document_free(doc);
}

static void a_sentence_of_cues_without_end_stays_cheap_and_whole(void **state)
{
    (void)state;
    enum { TIMES = 3000 };
    static char text[TIMES * 13 + 1];
    for (size_t i = 0; i < TIMES; i++)
        memcpy(text + 13 * i, "according to ", 13);
    dl_document *doc = read_text((dl_str){text, TIMES * 13});
    const dl_statements *all = dl_document_statements(doc);
    for (size_t i = 0; i < all->count; i++)
        for (size_t c = 0; c < all->items[i].content_count; c++)
            assert_true(all->items[i].content[c].start < all->items[i].content[c].end &&
                        all->items[i].content[c].end <= TIMES * 13);
    dl_document_free(doc);
}

static void what_nobody_said_and_the_writers_own_voice_are_no_statements(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR("The ministry did not say who had fired on the convoy. I believe that the port will open "
                                        "again. The mayor denied that the pier had burned."));
    const dl_statements *all = dl_document_statements(doc);
    assert_int_equal(all->count, 1);
    assert_true(dl_str_is(dl_span_str(dl_document_text(doc)->text, all->items[0].cue[0]), "denied"));
    dl_document_free(doc);
}

static void institutions_told_by_a_name_are_named_and_have_no_role(void **state)
{
    (void)state;
    dl_document *doc =
        read_text(DL_STR("Kenya's health ministry said on Monday that the clinics were open. A senior "
                         "official said that the roads were closed."));
    const dl_statements *all = dl_document_statements(doc);
    assert_int_equal(all->count, 2);
    assert_true(all->items[0].named);
    assert_int_equal(all->items[0].role.len, 0);
    assert_false(all->items[1].named);
    assert_true(dl_str_is(all->items[1].role, "senior official"));
    dl_document_free(doc);
}

static void what_people_seek_or_agree_to_is_no_statement(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR("Nine people seeking shelter were hurt in the raid. "
                                        "Kenya and Uganda agreed to a truce on Friday."));
    assert_int_equal(dl_document_statements(doc)->count, 0);
    dl_document_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_gives_its_statements),
        cmocka_unit_test(what_nobody_said_and_the_writers_own_voice_are_no_statements),
        cmocka_unit_test(institutions_told_by_a_name_are_named_and_have_no_role),
        cmocka_unit_test(what_people_seek_or_agree_to_is_no_statement),
        cmocka_unit_test(a_page_of_marks_alone_gives_no_statement_and_no_fault),
        cmocka_unit_test(a_sentence_of_cues_without_end_stays_cheap_and_whole),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
