/* test_places.c - toponyms found in texts and resolved, against a case file; spans given; a user's own places; memory
 * that ends; texts made to be slow. */
#include "room.h"

#include <unistd.h>

/* "words|id" with id a GeoNames number, an id of ours, or "-" for a name without a place. */
static bool is_as_expected(const dl_places *found, dl_str text, dl_str line)
{
    dl_str words, id;
    if (!dl_str_next(&line, '|', &words) || !dl_str_next(&line, '|', &id)) fail_msg("bad case line");
    for (size_t i = 0; i < found->count; i++) {
        const dl_place *place = &found->items[i];
        int64_t number;
        if (!dl_str_eq(dl_span_str(text, place->span), words)) continue;
        if (dl_str_is(id, "-")) return place->geonameid == 0 && !place->gazetteer_id.len;
        if (dl_str_number(id, &number) ? place->geonameid == number : dl_str_eq(place->gazetteer_id, id)) return true;
    }
    return false;
}

static void print_found(const dl_places *found, dl_str text)
{
    for (size_t i = 0; i < found->count; i++) {
        const dl_place *p = &found->items[i];
        dl_str words = dl_span_str(text, p->span);
        print_error("    found %.*s|%lld %.*s %.*s (%.2f) %.*s\n", (int)words.len, words.ptr, (long long)p->geonameid, (int)p->name.len,
                    p->name.ptr, (int)p->country.len, p->country.len ? p->country.ptr : "", (double)p->confidence, (int)p->why.len,
                    p->why.len ? p->why.ptr : "");
    }
}

/* A case is a line of text, then "= words|id" for each place expected and "! words" for words that are none. */
static void texts_give_the_places_of_the_cases(void **state)
{
    room *it = *state;
    dl_map map = map_file(DATELINE_TEST_CASES "/places/texts.txt");
    dl_str rest = {(const char *)map.bytes, map.size}, line, text = {0};
    dl_places found = {0};
    size_t cases = 0, wrong = 0;
    while (dl_str_next(&rest, '\n', &line)) {
        if (!line.len || line.ptr[0] == '#') continue;
        bool expected = dl_str_starts(line, "= "), denied = dl_str_starts(line, "! ");
        if (!expected && !denied) {
            text = line;
            found = find_places(it, text, NULL, 0, true);
            cases++;
            continue;
        }
        dl_str rule = dl_str_slice(line, 2, line.len);
        bool right = expected;
        if (expected) right = is_as_expected(&found, text, rule);
        else {
            char words[128];
            snprintf(words, sizeof words, "%.*s", (int)rule.len, rule.ptr);
            right = !place_named(&found, text, words);
        }
        if (right) continue;
        wrong++;
        print_error("%.*s\n  in: %.*s\n", (int)line.len, line.ptr, (int)text.len, text.ptr);
        print_found(&found, text);
    }
    dl_map_close(&map);
    assert_true(cases >= 20);
    assert_int_equal(wrong, 0);
}

static void given_spans_are_resolved_and_none_is_added(void **state)
{
    room *it = *state;
    dl_str text = DL_STR("The convoy left Nyala for El Fasher, aid workers in Sudan said.");
    dl_span given[2] = {{26, 35}, {52, 57}};
    dl_places found = find_places(it, text, given, 2, false);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.items[0].geonameid, 379555);
    assert_int_equal(found.items[0].span.start, 26);
    assert_true(dl_str_is(found.items[1].country, "SD"));
    assert_null(found.items[0].why.ptr);
}

static void a_given_span_that_no_gazetteer_knows_stays_a_name(void **state)
{
    room *it = *state;
    dl_str text = DL_STR("They met in Qwxzyville.");
    dl_span given[1] = {{12, 22}};
    dl_places found = find_places(it, text, given, 1, false);
    assert_int_equal(found.count, 1);
    assert_false(found.items[0].resolved);
    assert_true(dl_str_is(found.items[0].name, "Qwxzyville"));
}

static void a_name_that_no_gazetteer_knows_lies_in_what_the_text_says_holds_it(void **state)
{
    room *it = *state;
    dl_str text = DL_STR("A mine killed two herders in Zurmokhel, Qavestan District, Balochistan, Pakistan. Talks were held in the Zurmokhan region of Somalia. "
                         "In Zurmobad the army spoke of Yemen.");
    dl_span given[5];
    static const char *const words[] = {"Zurmokhel", "Balochistan", "Zurmokhan", "Somalia", "Zurmobad"};
    for (size_t i = 0; i < 5; i++) {
        uint32_t start = (uint32_t)dl_str_find_nocase(text, dl_str_of(words[i]), 0);
        given[i] = (dl_span){start, start + (uint32_t)strlen(words[i])};
    }
    dl_places found = find_places(it, text, given, 5, false);
    const dl_place *town = place_named(&found, text, "Zurmokhel"), *unit = place_named(&found, text, "Balochistan");
    assert_true(town && unit && town->nearby && !town->geonameid);
    assert_true(dl_str_is(town->country, "PK") && dl_str_eq(town->admin1, unit->admin1));
    assert_int_equal(town->precision, DL_PRECISION_ADMIN1);
    assert_true(dl_str_is(place_named(&found, text, "Zurmokhan")->country, "SO"));
    assert_int_equal(place_named(&found, text, "Zurmokhan")->precision, DL_PRECISION_COUNTRY);
    assert_false(dl_str_is(place_named(&found, text, "Zurmobad")->country, "YE")); /* "the army spoke of" holds nothing */
}

static void odd_given_spans_do_no_harm(void **state)
{
    room *it = *state;
    dl_str text = DL_STR("Kyiv, Ukraine");
    dl_span given[4] = {{0, 0}, {0, 13}, {4, 6}, {13, 13}};
    dl_places found = find_places(it, text, given, 4, true);
    assert_int_equal(found.count, 4);
}

static void places_come_in_order_with_words_on_the_text(void **state)
{
    room *it = *state;
    dl_str text = DL_STR("In Kharkiv and Sumy, near Russia, shelling went on; Kamal Adwan Hospital in Gaza was hit, \xe2\x80\x9cKyiv\xe2\x80\x9d said.");
    dl_places found = find_places(it, text, NULL, 0, false);
    assert_true(found.count >= 4);
    for (size_t i = 0; i < found.count; i++) {
        assert_true(found.items[i].span.start < found.items[i].span.end && found.items[i].span.end <= text.len);
        assert_true(found.items[i].confidence >= 0 && found.items[i].confidence <= 1);
        if (i) assert_true(found.items[i - 1].span.start <= found.items[i].span.start);
    }
}

static void every_allocation_may_fail(void **state)
{
    room *it = *state;
    dl_str text = DL_STR("KYIV, Ukraine (AP) - Shelling hit Kharkiv, Sumy and Springfield, Ill., near Royal Street in Paris, Texas.");
    dl_text tokens = {.text = text};
    dl_names names = {0};
    dl_story story = {.text = text};
    bool done = false;
    for (size_t limit = 64; limit < (1 << 22) && !done; limit += limit < 20000 ? 509 : limit / 3) {
        dl_arena arena;
        dl_places out;
        dl_error err = {0};
        dl_arena_init(&arena, limit);
        dl_status status = dl_places_find(it->data, &arena, &tokens, &names, &story, NULL, 0, false, true, &out, &err);
        assert_true(status == DL_OK || status == DL_NO_MEMORY);
        done = status == DL_OK;
        dl_arena_free(&arena);
    }
    assert_true(done);
}

/* Would take minutes if any part were worse than linear. */
/* "Houston" after "Xano Houston": the names room has joined the two. */
static void a_surname_of_a_person_named_in_full_is_no_place(void **state)
{
    room *it = *state;
    dl_str text = DL_STR("Xano Houston spoke in Austin, Texas. The trust lies in Houston.");
    dl_mention mentions[] = {{.span = {0, 12}, .count = 2}, {.span = {22, 28}, .count = 1, .entity = 1}, {.span = {55, 62}, .count = 1}};
    dl_entity entities[] = {{.type = DL_NAME_PERSON, .name = DL_STR("Xano Houston")}, {.type = DL_NAME_PERSON, .name = DL_STR("Ann Austin"), .head_mention = 1}};
    dl_names names = {entities, 2, mentions, 3}, nobody = {0};
    dl_text tokens = {.text = text};
    dl_story story = {.text = text};
    dl_places with, without;
    dl_error err = {0};
    assert_int_equal(dl_places_find(it->data, &it->arena, &tokens, &nobody, &story, NULL, 0, false, false, &without, &err), DL_OK);
    assert_int_equal(dl_places_find(it->data, &it->arena, &tokens, &names, &story, NULL, 0, false, false, &with, &err), DL_OK);
    assert_int_equal(with.count, without.count - 1);
    assert_true(without.items[without.count - 1].span.start == 55 && with.items[with.count - 1].span.start != 55);
    assert_non_null(place_named(&with, text, "Austin")); /* of whom the page tells no more than the surname */
}

static void long_texts_of_names_are_read_in_step_with_their_length(void **state)
{
    room *it = *state;
    enum { COPIES = 20000 };
    static const char piece[] = "Springfield, San Antonio, St. St. St. Washington U.S. Al-Al-Al ";
    size_t len = COPIES * (sizeof piece - 1);
    char *bytes = malloc(len);
    assert_non_null(bytes);
    for (size_t i = 0; i < COPIES; i++) memcpy(bytes + i * (sizeof piece - 1), piece, sizeof piece - 1);
    dl_places found = find_places(it, (dl_str){bytes, len}, NULL, 0, false);
    assert_true(found.count > 0);
    free(bytes);
    dl_arena_reset(&it->arena);
}

/* ---- a gazetteer of the user's own ---- */

static void write_file(char path[], const char *content)
{
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, content, strlen(content)), strlen(content));
    close(fd);
}

static void check_overlay(const char *content)
{
    char path[] = "/tmp/overlay-XXXXXX";
    void *state;
    write_file(path, content);
    open_room_with(&state, path);
    room *it = state;
    dl_str text = DL_STR("Troops held Checkpoint Ormond and the town of Vadaljevo on Sunday.");
    dl_places found = find_places(it, text, NULL, 0, false);
    const dl_place *place = place_named(&found, text, "Vadaljevo");
    assert_non_null(place);
    assert_true(place->resolved && place->lat > 12.4 && place->lat < 12.6 && place->lon > 31 && place->lon < 32);
    assert_true(dl_str_is(place->gazetteer_id, "own-7") && dl_str_is(place->country, "SD"));
    close_room(&state);
    unlink(path);
}

static void places_of_the_users_own_are_found_first(void **state)
{
    (void)state;
    check_overlay("# mine\nid\tname\talternates\tlat\tlon\tcountry\nown-7\tVadalyevo\tVadaljevo|Vad\t12.5\t31.5\tSD\n");
    check_overlay("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[31.5,12.5]},"
                  "\"properties\":{\"name\":\"Vadaljevo\",\"id\":\"own-7\",\"country\":\"SD\"}}]}");
}

static void a_bad_overlay_is_refused_with_its_byte(void **state)
{
    room *it = *state;
    static const struct { const char *content; size_t offset; } cases[] = {
        {"", 0}, {"name\tlat\n", 0}, {"name\tlat\tlon\nX\t95\t0\n", 13}, {"name\tlat\tlon\nX\tabc\t0\n", 13}, {"{\"a\":1}", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[] = "/tmp/overlay-XXXXXX";
        dl_places_data *data;
        dl_error err = {0};
        write_file(path, cases[i].content);
        assert_int_equal(dl_places_open(&data, it->lexicon, GAZETTEER, path, &err), DL_BAD_DATA);
        assert_null(data);
        assert_int_equal(err.offset, cases[i].offset);
        assert_string_equal(err.source, path);
        unlink(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_give_the_places_of_the_cases),
        cmocka_unit_test(given_spans_are_resolved_and_none_is_added),
        cmocka_unit_test(a_given_span_that_no_gazetteer_knows_stays_a_name),
        cmocka_unit_test(a_name_that_no_gazetteer_knows_lies_in_what_the_text_says_holds_it),
        cmocka_unit_test(odd_given_spans_do_no_harm),
        cmocka_unit_test(places_come_in_order_with_words_on_the_text),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(a_surname_of_a_person_named_in_full_is_no_place),
        cmocka_unit_test(long_texts_of_names_are_read_in_step_with_their_length),
        cmocka_unit_test(places_of_the_users_own_are_found_first),
        cmocka_unit_test(a_bad_overlay_is_refused_with_its_byte),
    };
    return cmocka_run_group_tests(tests, open_room, close_room);
}
