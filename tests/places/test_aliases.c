/* test_aliases.c - spellings of places at war, each in a sentence of its country, against their GeoNames id. */
#include "room.h"

static bool check(room *it, dl_str name, int64_t id, dl_str country_name)
{
    dl_str text = dl_arena_format(&it->arena, "Fighting was reported in %.*s on Monday, officials in %.*s said.", (int)name.len,
                                  name.ptr, (int)country_name.len, country_name.ptr);
    dl_places found = find_places(it, text, NULL, 0, true);
    char words[96];
    snprintf(words, sizeof words, "%.*s", (int)name.len, name.ptr);
    const dl_place *place = place_named(&found, text, words);
    if (place && place->geonameid == id) return true;
    print_error("%s: %s%lld (%.*s), not %lld; %.*s\n", words, place ? "resolved to " : "not found ", place ? (long long)place->geonameid : 0,
                place ? (int)place->name.len : 0, place ? place->name.ptr : "", (long long)id, place ? (int)place->why.len : 0,
                place ? place->why.ptr : "");
    return false;
}

static void every_spelling_leads_to_its_place(void **state)
{
    room *it = *state;
    dl_map map = map_file(DATELINE_TEST_CASES "/places/aliases.tsv");
    dl_str rest = {(const char *)map.bytes, map.size}, line;
    size_t lines = 0, wrong = 0;
    while (dl_str_next(&rest, '\n', &line)) {
        dl_str name, number, country = {0}, country_name = {0};
        int64_t id;
        if (!line.len || line.ptr[0] == '#' || !dl_str_next(&line, '\t', &name) || !dl_str_next(&line, '\t', &number)) continue;
        if (!dl_str_number(number, &id)) continue; /* the heading */
        bool whole = dl_str_next(&line, '\t', &country) && dl_str_next(&line, '\t', &country_name);
        assert_true(whole);
        lines++;
        wrong += !check(it, name, id, country_name);
        dl_arena_reset(&it->arena);
    }
    dl_map_close(&map);
    assert_true(lines >= 150);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_spelling_leads_to_its_place)};
    return cmocka_run_group_tests(tests, open_room, close_room);
}
