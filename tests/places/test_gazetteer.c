/* test_gazetteer.c - the mapped gazetteer: keys, look-ups, damaged files. */
#include "room.h"

#include <unistd.h>

#include "places/gazetteer_format.h"
#include "places/words.h"

static void assert_same_key(const char *a, const char *b)
{
    char left[DL_PLACE_KEY_SIZE], right[DL_PLACE_KEY_SIZE];
    dl_str x = {left, dl_place_key(left, dl_str_of(a))}, y = {right, dl_place_key(right, dl_str_of(b))};
    if (!x.len || !dl_str_eq(x, y)) fail_msg("'%s' is '%.*s' but '%s' is '%.*s'", a, (int)x.len, x.ptr, b, (int)y.len, y.ptr);
}

static void spellings_of_one_name_share_a_key(void **state)
{
    (void)state;
    assert_same_key("El Fasher", "al-Fasher");
    assert_same_key("Deir ez-Zor", "Deir al Zor");
    assert_same_key("As-Suwayda", "Al Suwayda");
    assert_same_key("Sana'a", "Sanaa");
    assert_same_key("Sana\xe2\x80\x99" "a", "SANAA");
    assert_same_key("St. Louis", "Saint Louis");
    assert_same_key("Fort-de-France", "fort de france");
    assert_same_key("U.S.", "US");
    assert_same_key("Cox's Bazar", "Coxs Bazar");
    assert_same_key("N'Djam\xc3\xa9na", "Ndjamena");
}

static void a_name_without_words_or_too_long_has_no_key(void **state)
{
    (void)state;
    char key[DL_PLACE_KEY_SIZE], name[400];
    assert_int_equal(dl_place_key(key, DL_STR("")), 0);
    assert_int_equal(dl_place_key(key, DL_STR(" - . ")), 0);
    assert_int_equal(dl_place_key(key, DL_STR("a b c d e f g h i j k")), 0);
    memset(name, 'x', sizeof name);
    assert_int_equal(dl_place_key(key, (dl_str){name, sizeof name}), 0);
}

static dl_location first_of(const dl_gazetteer *gazetteer, const char *name, uint32_t geonameid)
{
    char key[DL_PLACE_KEY_SIZE];
    dl_key_hit hit = dl_gazetteer_find(gazetteer, (dl_str){key, dl_place_key(key, dl_str_of(name))});
    for (uint32_t i = 0; i < hit.count; i++) {
        dl_location at = dl_gazetteer_place(gazetteer, dl_gazetteer_posting(gazetteer, hit.first + i).place);
        if (at.geonameid == geonameid) return at;
    }
    fail_msg("'%s' does not name %u", name, geonameid);
    return (dl_location){0};
}

static void places_are_found_with_what_is_known_of_them(void **state)
{
    (void)state;
    dl_gazetteer *gazetteer;
    assert_int_equal(dl_gazetteer_open(&gazetteer, GAZETTEER, true, NULL), DL_OK);
    assert_true(dl_gazetteer_count(gazetteer) > 250000);
    dl_location at = first_of(gazetteer, "El Fasher", 379555);
    assert_true(dl_str_is(at.country, "SD") && dl_str_is(at.admin1, "55") && dl_str_is(at.feature, "PPLA"));
    assert_true(at.lat > 13.5 && at.lat < 13.7 && at.lon > 25.2 && at.lon < 25.5);
    assert_int_equal(at.level, DL_LEVEL_CITY);
    assert_int_equal(dl_gazetteer_place(gazetteer, at.admin1_place).geonameid, 408666); /* North Darfur */
    assert_int_equal(first_of(gazetteer, "Syrian", 163843).level, DL_LEVEL_COUNTRY);
    assert_int_equal(first_of(gazetteer, "Rapides Parish", 4338356).level, DL_LEVEL_ADMIN2);
    assert_true(dl_str_is(first_of(gazetteer, "Crimea", 703883).country, "UA"));
    dl_gazetteer_close(gazetteer);
}

static void what_does_not_exist_is_told_as_nothing(void **state)
{
    (void)state;
    dl_gazetteer *gazetteer;
    assert_int_equal(dl_gazetteer_open(&gazetteer, GAZETTEER, false, NULL), DL_OK);
    assert_int_equal(dl_gazetteer_find(gazetteer, DL_STR("no such place at all")).count, 0);
    assert_int_equal(dl_gazetteer_find(gazetteer, DL_STR("")).count, 0);
    assert_true(dl_gazetteer_find(gazetteer, DL_STR("al")).is_prefix);
    assert_int_equal(dl_gazetteer_place(gazetteer, UINT32_MAX).name.len, 0);
    assert_int_equal(dl_gazetteer_place(gazetteer, dl_gazetteer_posting(gazetteer, UINT32_MAX).place).index, 0);
    dl_gazetteer_close(gazetteer);
}

/* ---- damaged files ---- */

/* A small image with nothing in it but an index of two slots, which opens. */
typedef struct tiny {
    dl_image_header header;
    gaz_contents contents;
    gaz_slot slots[2];
} tiny;

static tiny tiny_image(void)
{
    tiny out = {.header = {.version = GAZETTEER_VERSION, .size = sizeof(tiny)}};
    memcpy(out.header.magic, GAZETTEER_MAGIC, 8);
    for (int i = 0; i < GAZ_PARTS; i++) out.contents.offset[i] = offsetof(tiny, slots);
    out.contents.count[GAZ_SLOTS] = 2;
    return out;
}

static dl_status open_bytes(const void *bytes, size_t size, bool verify, dl_error *err)
{
    char path[] = "/tmp/gazetteer-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    close(fd);
    dl_gazetteer *gazetteer;
    dl_status status = dl_gazetteer_open(&gazetteer, path, verify, err);
    if (status == DL_OK) {
        (void)dl_gazetteer_find(gazetteer, DL_STR("kyiv"));
        dl_gazetteer_close(gazetteer);
    } else {
        assert_null(gazetteer);
    }
    unlink(path);
    return status;
}

static void a_sound_empty_gazetteer_opens(void **state)
{
    (void)state;
    tiny image = tiny_image();
    assert_int_equal(open_bytes(&image, sizeof image, false, NULL), DL_OK);
}

static void a_cut_file_is_refused_at_its_end(void **state)
{
    (void)state;
    tiny image = tiny_image();
    dl_error err;
    assert_int_equal(open_bytes(&image, 5, false, &err), DL_BAD_DATA);
    assert_int_equal(err.offset, 5);
    size_t cut = sizeof image.header + 10;
    image.header.size = cut;
    assert_int_equal(open_bytes(&image, cut, false, &err), DL_BAD_DATA);
    assert_int_equal(err.offset, cut);
}

static void a_part_outside_the_file_is_refused_where_it_is_told(void **state)
{
    (void)state;
    for (int i = 0; i < GAZ_PARTS; i++) {
        tiny image = tiny_image();
        dl_error err;
        image.contents.offset[i] = 1 << 20;
        assert_int_equal(open_bytes(&image, sizeof image, false, &err), DL_BAD_DATA);
        assert_int_equal(err.offset, sizeof image.header + (size_t)i * 8);
        image = tiny_image();
        image.contents.count[i] = 1 << 20;
        assert_int_equal(open_bytes(&image, sizeof image, false, &err), DL_BAD_DATA);
        image = tiny_image();
        image.contents.offset[i]++;
        assert_int_equal(open_bytes(&image, sizeof image, false, &err), DL_BAD_DATA);
    }
}

static void an_index_of_no_power_of_two_is_refused(void **state)
{
    (void)state;
    tiny image = tiny_image();
    dl_error err;
    image.contents.count[GAZ_SLOTS] = 1;
    assert_int_equal(open_bytes(&image, sizeof image, false, &err), DL_BAD_DATA);
    assert_true(err.offset > sizeof image.header);
}

static void a_wrong_sum_is_seen_only_when_asked(void **state)
{
    (void)state;
    tiny image = tiny_image();
    image.header.checksum = 1;
    dl_error err;
    assert_int_equal(open_bytes(&image, sizeof image, false, &err), DL_OK);
    assert_int_equal(open_bytes(&image, sizeof image, true, &err), DL_BAD_DATA);
}

static void full_slots_do_not_hang_the_search(void **state)
{
    (void)state;
    tiny image = tiny_image();
    image.slots[0] = image.slots[1] = (gaz_slot){1, 1};
    assert_int_equal(open_bytes(&image, sizeof image, false, NULL), DL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_one_name_share_a_key),
        cmocka_unit_test(a_name_without_words_or_too_long_has_no_key),
        cmocka_unit_test(places_are_found_with_what_is_known_of_them),
        cmocka_unit_test(what_does_not_exist_is_told_as_nothing),
        cmocka_unit_test(a_sound_empty_gazetteer_opens),
        cmocka_unit_test(a_cut_file_is_refused_at_its_end),
        cmocka_unit_test(a_part_outside_the_file_is_refused_where_it_is_told),
        cmocka_unit_test(an_index_of_no_power_of_two_is_refused),
        cmocka_unit_test(a_wrong_sum_is_seen_only_when_asked),
        cmocka_unit_test(full_slots_do_not_hang_the_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
