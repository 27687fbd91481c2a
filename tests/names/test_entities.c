/* test_entities.c - whole texts and the entities they must give; see tests/cases/names/entities.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/map.h"
#include "base/str.h"
#include "../shared_engine.h"

static dl_document *read_text(dl_str text)
{
    dl_options options = {.layers = DL_LAYER_ENTITIES};
    return read_text_as_of(text, (dl_date){2025, 10, 14}, &options);
}

static bool agrees(dl_str wanted, dl_str found)
{
    return dl_str_is(wanted, "-") || dl_str_eq(wanted, found);
}

static void expect_entity(const dl_document *doc, dl_str line)
{
    dl_str fields[4], rest = line;
    for (int i = 0; i < 4; i++) {
        assert_true(dl_str_next(&rest, '|', &fields[i]));
        fields[i] = dl_str_trim(fields[i]);
    }
    const dl_names *names = dl_document_names(doc);
    for (size_t i = 0; i < names->entity_count; i++) {
        const dl_entity *entity = &names->entities[i];
        if (dl_str_is(fields[0], dl_name_type_name(entity->type)) && dl_str_eq(fields[1], entity->name) &&
            agrees(fields[2], entity->role) && agrees(fields[3], entity->code))
            return;
    }
    fail_msg("no entity %.*s", (int)line.len, line.ptr);
}

static void every_case_gives_its_entities(void **state)
{
    (void)state;
    dl_map map;
    assert_int_equal(dl_map_open(&map, DATELINE_TEST_CASES "/names/entities.txt", NULL), DL_OK);
    dl_str rest = {(const char *)map.bytes, map.size}, line;
    dl_document *doc = NULL;
    size_t checked = 0;
    while (dl_str_next(&rest, '\n', &line)) {
        if (!line.len || line.ptr[0] == '#') continue;
        if (dl_str_starts(line, "text: ")) {
            dl_document_free(doc);
            doc = read_text(dl_str_slice(line, 6, line.len));
        } else {
            expect_entity(doc, line);
            checked++;
        }
    }
    assert_true(checked > 5);
    dl_document_free(doc);
    dl_map_close(&map);
}

static void mentions_stand_in_the_order_of_the_text_and_point_at_entities(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR("Police in Juba, the capital of South Sudan, said that rebels led by a former general had fled. "
                                        "The police gave no names. Rebels denied it."));
    const dl_names *names = dl_document_names(doc);
    assert_true(names->mention_count >= 4);
    for (size_t i = 0; i < names->mention_count; i++) {
        assert_true(names->mentions[i].entity < names->entity_count);
        assert_true(names->mentions[i].span.start < names->mentions[i].span.end);
        if (i) assert_true(names->mentions[i - 1].first <= names->mentions[i].first);
    }
    dl_document_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_gives_its_entities),
        cmocka_unit_test(mentions_stand_in_the_order_of_the_text_and_point_at_entities),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
