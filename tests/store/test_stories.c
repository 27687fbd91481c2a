/* test_stories.c - the stories of a store: kept in step with its pages, and told by its check. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../stories/pages.h"
#include "room.h"

static void add_pages(dl_store *store)
{
    add(store, page("flood", "Harrow floods Millford", FLOOD, "2025-03-04"), 100);
    add(store, page("talks", "Fishing talks go on", TALKS, "2025-03-05"), 100);
    add(store, page("bridge", "Millford without its bridge", FLOOD_AGAIN, "2025-03-05"), 100);
}

static bool print_story(void *context, dl_str document, dl_str story)
{
    char *out = context;
    sprintf(out + strlen(out), "%.*s:%.*s ", (int)document.len, document.ptr, (int)story.len, story.ptr);
    return true;
}

static void expect_stories(dl_store *store, const char *expected)
{
    char told[512] = "";
    dl_error err = {0};
    if (dl_store_visit_stories(store, print_story, told, &err) != DL_OK) fail_msg("%s", err.message);
    assert_string_equal(told, expected);
}

static void a_story_is_called_by_its_first_page(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add_pages(store);
    expect_stories(store, "flood:flood talks:talks bridge:flood ");
    sound(store);
    dl_store_close(store);
}

static void pages_with_the_same_words_are_one_story(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    add(store, attack("b", "fast", "Kulbus", 3), 100);
    expect_stories(store, "a:a b:a ");
    dl_store_close(store);
}

static void adding_pages_again_leaves_their_stories(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add_pages(store);
    int64_t changes = sqlite3_total_changes64(store->db);
    add_pages(store);
    assert_int_equal(sqlite3_total_changes64(store->db), changes);
    dl_store_close(store);
}

static void a_revision_moves_its_page_only(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add_pages(store);
    add(store, page("flood", "Fishing talks", TALKS "Nothing was signed.", "2025-03-05"), 200);
    expect_stories(store, "flood:flood talks:flood bridge:bridge ");
    assert_int_equal(number(store, "SELECT count(*) FROM stories"), 2);
    sound(store);
    dl_store_close(store);
}

static void a_page_that_belongs_to_two_stories_joins_them(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add_pages(store);
    number(store, "INSERT INTO stories VALUES(9, 1)"); /* as if the two reports had not been found alike */
    number(store, "UPDATE grouped SET story = 9 WHERE document = 3");
    number(store, "UPDATE stories SET pages = 1 WHERE id = 1");
    expect_stories(store, "flood:flood talks:talks bridge:bridge ");
    add(store, page("both", "Harrow floods Millford: without its bridge", FLOOD FLOOD_AGAIN, "2025-03-05"), 100);
    expect_stories(store, "flood:flood talks:talks bridge:flood both:flood ");
    sound(store);
    dl_store_close(store);
}

static void a_rebuild_gives_the_same_stories(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add_pages(store);
    assert_int_equal(dl_store_rebuild(store, NULL), DL_OK);
    expect_stories(store, "flood:flood talks:talks bridge:flood ");
    sound(store);
    dl_store_close(store);
}

static void check_sees_what_is_amiss(void **state)
{
    (void)state;
    static const char *const harms[] = {"DELETE FROM grouped WHERE document = 2", "UPDATE signatures SET signature = x'00' WHERE document = 1",
                                        "DELETE FROM signatures WHERE document = 1",
                                        "UPDATE stories SET pages = 7 WHERE id = 1", "DELETE FROM postings WHERE document = 3"};
    dl_store *store = open_store(DL_STORE_CREATE);
    add_pages(store);
    for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
        number(store, harms[i]);
        assert_true(check(store, NULL).faults > 0);
        assert_int_equal(dl_store_rebuild(store, NULL), DL_OK);
        sound(store);
    }
    dl_store_close(store);
}

static void without_word_lists_nothing_is_added(void **state)
{
    (void)state;
    dl_error err = {0};
    dl_store *store = open_store(DL_STORE_CREATE);
    assert_int_equal(dl_store_use_data(store, "/nowhere", NULL), DL_OK);
    dl_document *document = page("flood", "Harrow floods Millford", FLOOD, NULL);
    assert_int_equal(dl_store_add(store, document, 100, NULL, &err), DL_IO);
    assert_non_null(strstr(err.source, "/nowhere"));
    dl_document_free(document);
    assert_int_equal(number(store, "SELECT count(*) FROM documents"), 0);
    dl_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_story_is_called_by_its_first_page, new_folder, drop_folder),
        cmocka_unit_test_setup_teardown(pages_with_the_same_words_are_one_story, new_folder, drop_folder),
        cmocka_unit_test_setup_teardown(adding_pages_again_leaves_their_stories, new_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_revision_moves_its_page_only, new_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_page_that_belongs_to_two_stories_joins_them, new_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_rebuild_gives_the_same_stories, new_folder, drop_folder),
        cmocka_unit_test_setup_teardown(check_sees_what_is_amiss, new_folder, drop_folder),
        cmocka_unit_test_setup_teardown(without_word_lists_nothing_is_added, new_folder, drop_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
