/* test_store.c - what goes in stays, once, and every derived table says what the log says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "room.h"

/* ---- adding ---- */

static void a_new_store_is_sound_and_empty(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    dl_store_counts counts = check(store, print_fault);
    assert_int_equal(counts.faults, 0);
    assert_int_equal(counts.documents, 0);
    dl_store_close(store);
}

static void adding_twice_changes_nothing(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    assert_int_equal(add(store, attack("a", "fast", "Kulbus", 3), 100).what, DL_ADDED);
    int64_t changes = sqlite3_total_changes64(store->db);
    assert_int_equal(add(store, attack("a", "fast", "Kulbus", 3), 200).what, DL_UNCHANGED);
    assert_int_equal(sqlite3_total_changes64(store->db), changes);
    dl_store_counts counts = check(store, print_fault);
    assert_int_equal(counts.faults, 0);
    assert_int_equal(counts.claims, 6);
    assert_int_equal(number(store, "SELECT first_seen FROM pages"), 100);
    dl_store_close(store);
}

static void a_changed_page_is_a_revision_and_the_old_one_stays(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    dl_added added = add(store, attack("a", "fast", "Kulbus", 11), 200);
    assert_int_equal(added.what, DL_REVISED);
    assert_int_equal(added.revision, 2);
    assert_int_equal(number(store, "SELECT min FROM casualties"), 11);
    assert_int_equal(number(store, "SELECT count(*) FROM history WHERE field = 'killed'"), 2);
    assert_int_equal(number(store, "SELECT changed - first_seen FROM pages"), 100);
    assert_int_equal(add(store, attack("a", "fast", "Kulbus", 3), 300).what, DL_UNCHANGED);
    assert_int_equal(number(store, "SELECT min FROM casualties"), 11);
    sound(store);
    dl_store_close(store);
}

static void another_model_gives_another_reading_of_the_same_revision(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    dl_added added = add(store, attack("a", "accurate", "Kulbus", 3), 200);
    assert_int_equal(added.what, DL_REREAD);
    assert_int_equal(added.revision, 1);
    assert_int_equal(number(store, "SELECT count(*) FROM events"), 1);
    assert_int_equal(number(store, "SELECT reading FROM pages"), 2);
    sound(store);
    dl_store_close(store);
}

static void names_and_places_are_kept_once(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    add(store, attack("b", "fast", "Kulbus", 4), 100);
    add(store, attack("c", "fast", "Geneina", 4), 100);
    assert_int_equal(number(store, "SELECT count(*) FROM locations"), 2);
    assert_int_equal(number(store, "SELECT count(*) FROM location_boxes"), 2);
    assert_int_equal(number(store, "SELECT count(*) FROM actors WHERE name = 'Rebels'"), 1);
    sound(store);
    dl_store_close(store);
}

static void a_record_without_all_layers_is_refused(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    dl_document *part = record_of("{'schema':'dateline/1','id':'x','text':'Rain.','sentences':[[0,5]]}");
    dl_error err = {0};
    assert_int_equal(dl_store_add(store, part, 1, NULL, &err), DL_USAGE);
    assert_non_null(strstr(err.message, "layers"));
    dl_document_free(part);
    dl_store_close(store);
}

/* ---- transactions ---- */

static void what_is_rolled_back_was_never_there(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    assert_int_equal(dl_store_begin(store, NULL), DL_OK);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    dl_store_rollback(store);
    assert_int_equal(check(store, print_fault).documents, 0);
    assert_int_equal(add(store, attack("a", "fast", "Kulbus", 3), 100).what, DL_ADDED);
    sound(store);
    dl_store_close(store);
}

static void what_was_not_committed_goes_with_the_handle(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    assert_int_equal(dl_store_begin(store, NULL), DL_OK);
    add(store, attack("b", "fast", "Kulbus", 3), 100);
    dl_store_close(store);
    store = open_store(DL_STORE_WRITE);
    assert_int_equal(check(store, print_fault).documents, 1);
    dl_store_close(store);
}

static void a_full_disk_is_told_and_leaves_the_store_as_it_was(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    number(store, "PRAGMA max_page_count = 1"); /* no page more than there are */
    dl_status status = DL_OK;
    dl_error err = {0};
    char id[16];
    for (int i = 0; i < 2000 && status == DL_OK; i++) {
        snprintf(id, sizeof id, "b%d", i);
        dl_document *document = attack(id, "fast", "Kulbus", i % 100);
        status = dl_store_add(store, document, 100, NULL, &err);
        dl_document_free(document);
    }
    assert_int_equal(status, DL_IO);
    assert_non_null(strstr(err.message, "disk is full"));
    sound(store);
    dl_store_close(store);
}

static void readers_see_the_last_commit_while_a_writer_writes(void **state)
{
    (void)state;
    dl_store *writer = open_store(DL_STORE_CREATE), *reader = open_store(DL_STORE_READ);
    add(writer, attack("a", "fast", "Kulbus", 3), 100);
    assert_int_equal(dl_store_begin(writer, NULL), DL_OK);
    add(writer, attack("b", "fast", "Kulbus", 3), 100);
    assert_int_equal(check(reader, print_fault).documents, 1);
    assert_int_equal(dl_store_commit(writer, NULL), DL_OK);
    assert_int_equal(check(reader, print_fault).documents, 2);
    dl_store_close(reader);
    dl_store_close(writer);
}

static void two_writers_take_turns(void **state)
{
    (void)state;
    dl_store *one = open_store(DL_STORE_CREATE), *two = open_store(DL_STORE_CREATE);
    char id[16];
    for (int i = 0; i < 40; i++) {
        snprintf(id, sizeof id, "a%d", i);
        add(i % 2 ? one : two, attack(id, i % 3 ? "fast" : "accurate", "Kulbus", i), 100);
    }
    assert_int_equal(check(one, print_fault).documents, 40);
    sound(two);
    dl_store_close(one);
    dl_store_close(two);
}

/* ---- files ---- */

static void refused(dl_store_mode mode, dl_status expected, const char *told)
{
    dl_store *store;
    dl_error err = {0};
    assert_int_equal(dl_store_open(&store, store_path, mode, &err), expected);
    assert_null(store);
    if (!strstr(err.message, told)) fail_msg("\"%s\" does not say \"%s\"", err.message, told);
}

static void write_file(const char *bytes, size_t size)
{
    FILE *file = fopen(store_path, "wb");
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void a_file_that_is_not_there_is_only_made_by_adding(void **state)
{
    (void)state;
    struct stat info;
    refused(DL_STORE_READ, DL_IO, "No such file");
    refused(DL_STORE_WRITE, DL_IO, "No such file");
    assert_int_not_equal(stat(store_path, &info), 0);
}

static void a_foreign_file_is_refused_and_left_alone(void **state)
{
    (void)state;
    static const char text[] = "These are notes on the harvest, and no store of anything. They go on for a while, as notes do.";
    char back[sizeof text] = {0};
    write_file(text, sizeof text - 1);
    refused(DL_STORE_CREATE, DL_BAD_DATA, "no store");
    refused(DL_STORE_READ, DL_BAD_DATA, "no store");
    FILE *file = fopen(store_path, "rb");
    assert_int_equal(fread(back, 1, sizeof back, file), sizeof text - 1);
    fclose(file);
    assert_string_equal(back, text);
}

static void a_database_of_something_else_is_refused(void **state)
{
    (void)state;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(store_path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE recipes(name TEXT)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    refused(DL_STORE_CREATE, DL_BAD_DATA, "no dateline store");
}

static void an_empty_file_becomes_a_store(void **state)
{
    (void)state;
    write_file("", 0);
    refused(DL_STORE_WRITE, DL_BAD_DATA, "no dateline store");
    dl_store *store = open_store(DL_STORE_CREATE);
    sound(store);
    dl_store_close(store);
}

static void a_store_of_a_newer_dateline_is_refused(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    number(store, "PRAGMA user_version = 99");
    dl_store_close(store);
    refused(DL_STORE_READ, DL_BAD_DATA, "newer dateline");
    refused(DL_STORE_CREATE, DL_BAD_DATA, "newer dateline");
}

/* Version 2 had no cards, kept signatures beside the stories and names of entities among the actors. */
static void an_older_store_is_brought_up_to_date_when_it_is_written_to(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    number(store, "PRAGMA foreign_keys = OFF");
    assert_int_equal(sqlite3_exec(store->db, "DROP TABLE cards; DROP TABLE signatures; DROP TABLE entities; DROP TABLE grouped;"
                                             "CREATE TABLE entities(document INTEGER, item INTEGER, actor INTEGER, PRIMARY KEY(document, item)) WITHOUT ROWID;"
                                             "CREATE TABLE grouped(document INTEGER PRIMARY KEY, story INTEGER, signature BLOB NOT NULL);"
                                             "INSERT INTO grouped VALUES(1, 1, x'00'); PRAGMA user_version = 2;", NULL, NULL, NULL), SQLITE_OK);
    dl_store_close(store);
    refused(DL_STORE_READ, DL_BAD_DATA, "older schema");
    store = open_store(DL_STORE_WRITE);
    sound(store);
    assert_int_equal(number(store, "SELECT count(*) FROM cards"), 1);
    assert_int_equal(number(store, "SELECT count(*) FROM entities WHERE name = 'Ada Ruiz'"), 1);
    assert_int_equal(check(store, print_fault).documents, 1);
    dl_store_close(store);
    store = open_store(DL_STORE_READ);
    dl_store_close(store);
}

static void a_store_opened_to_read_is_not_written(void **state)
{
    (void)state;
    dl_store_close(open_store(DL_STORE_CREATE));
    dl_store *store = open_store(DL_STORE_READ);
    dl_document *document = attack("a", "fast", "Kulbus", 3);
    dl_error err = {0};
    assert_int_equal(dl_store_add(store, document, 100, NULL, &err), DL_USAGE);
    assert_non_null(strstr(err.message, "reading only"));
    dl_document_free(document);
    dl_store_close(store);
}

/* ---- the log ---- */

static void the_log_refuses_to_forget(void **state)
{
    (void)state;
    static const char *const tables[] = {"documents", "revisions", "readings", "engines", "claims", "corrections"};
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    dl_correction accept = {.document = DL_STR("a"), .layer = DL_LAYER_EVENTS, .verdict = DL_VERDICT_ACCEPT, .author = DL_STR("me")};
    assert_int_equal(dl_store_correct(store, &accept, NULL), DL_OK);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[64];
        char *message = NULL;
        snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
        assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, &message), SQLITE_CONSTRAINT_TRIGGER);
        assert_string_equal(message, "the log is only added to");
        sqlite3_free(message);
        snprintf(sql, sizeof sql, "UPDATE %s SET id = id + 1000", tables[i]);
        assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL), SQLITE_CONSTRAINT_TRIGGER);
    }
    sound(store);
    dl_store_close(store);
}

/* Each of these, done behind the store's back, is found; what concerns derived tables is repaired. */
static const struct {
    const char *sql;
    bool repaired;
} damages[] = {
    {"UPDATE events SET type = 'AID'", true},
    {"UPDATE events SET date = NULL", true},
    {"DELETE FROM participants WHERE role = 1", true},
    {"INSERT INTO casualties VALUES(1, 1, 'wounded', 2, 2)", true},
    {"UPDATE places SET start = start + 1", true},
    {"DELETE FROM issues", true},
    {"UPDATE sentences SET stop = stop - 1", true},
    {"INSERT INTO search(search) VALUES('delete-all')", true},
    {"INSERT INTO search(rowid, body) VALUES(7, 'nothing')", true},
    {"INSERT INTO actor_words(actor_words) VALUES('delete-all')", true},
    {"UPDATE actors SET name = 'Nobody' WHERE id = 2", true},
    {"DELETE FROM location_boxes", true},
    {"UPDATE locations SET lat = 50", true},
    {"DELETE FROM pages", true},
    {"UPDATE cards SET card = x'0100'", true},
    {"DELETE FROM cards", true},
    {"UPDATE talk_cards SET card = x'0100'", true},
    {"DELETE FROM talk_cards", true},
    {"DROP TRIGGER claims_stay; UPDATE claims SET value = replace(value, 'ASSAULT', 'PILLAGE')", false},
    {"DROP TRIGGER claims_stay; UPDATE claims SET value = replace(value, '[7,13]', '[7,1300]')", false},
    {"DROP TRIGGER claims_are_kept; DELETE FROM claims WHERE id = 3", false},
    {"DROP TRIGGER revisions_stay; UPDATE revisions SET text = replace(text, 'Rebels', 'Rabble')", false},
    {"DROP TRIGGER revisions_stay; UPDATE revisions SET number = 2", false},
    {"DROP TRIGGER readings_stay; UPDATE readings SET claim_count = 5", false},
};

static void every_damage_is_found_and_what_is_derived_is_repaired(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        dl_store *store = open_store(DL_STORE_CREATE);
        add(store, attack("a", "fast", "Kulbus", 3), 100);
        sound(store);
        number(store, "PRAGMA foreign_keys = OFF");
        if (sqlite3_exec(store->db, damages[i].sql, NULL, NULL, NULL) != SQLITE_OK) fail_msg("%s: %s", damages[i].sql, sqlite3_errmsg(store->db));
        if (!check(store, NULL).faults) fail_msg("not found: %s", damages[i].sql);
        dl_status status = dl_store_rebuild(store, NULL);
        if (damages[i].repaired && status != DL_OK) fail_msg("no rebuild: %s", damages[i].sql);
        if (damages[i].repaired && check(store, print_fault).faults) fail_msg("not repaired: %s", damages[i].sql);
        dl_store_close(store);
        unlink(store_path);
    }
}

static void a_file_with_a_torn_page_is_found_out(void **state)
{
    (void)state;
    dl_store *store = open_store(DL_STORE_CREATE);
    char id[16];
    for (int i = 0; i < 50; i++) {
        snprintf(id, sizeof id, "a%d", i);
        add(store, attack(id, "fast", "Kulbus", i), 100);
    }
    dl_store_close(store);
    FILE *file = fopen(store_path, "r+b");
    char zeros[4096] = {0};
    fseek(file, 20 * 4096, SEEK_SET);
    fwrite(zeros, 1, sizeof zeros, file);
    fclose(file);
    dl_error err = {0};
    dl_store_counts counts = {0};
    dl_status status = dl_store_open(&store, store_path, DL_STORE_READ, &err);
    if (status == DL_OK) status = dl_store_check(store, NULL, NULL, &counts, &err);
    assert_true(status == DL_BAD_DATA || counts.faults > 0);
    dl_store_close(store);
}

#define STORE_TEST(name) cmocka_unit_test_setup_teardown(name, new_folder, drop_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(a_new_store_is_sound_and_empty),
        STORE_TEST(adding_twice_changes_nothing),
        STORE_TEST(a_changed_page_is_a_revision_and_the_old_one_stays),
        STORE_TEST(another_model_gives_another_reading_of_the_same_revision),
        STORE_TEST(names_and_places_are_kept_once),
        STORE_TEST(a_record_without_all_layers_is_refused),
        STORE_TEST(what_is_rolled_back_was_never_there),
        STORE_TEST(what_was_not_committed_goes_with_the_handle),
        STORE_TEST(a_full_disk_is_told_and_leaves_the_store_as_it_was),
        STORE_TEST(readers_see_the_last_commit_while_a_writer_writes),
        STORE_TEST(two_writers_take_turns),
        STORE_TEST(a_file_that_is_not_there_is_only_made_by_adding),
        STORE_TEST(a_foreign_file_is_refused_and_left_alone),
        STORE_TEST(a_database_of_something_else_is_refused),
        STORE_TEST(an_empty_file_becomes_a_store),
        STORE_TEST(a_store_of_a_newer_dateline_is_refused),
        STORE_TEST(an_older_store_is_brought_up_to_date_when_it_is_written_to),
        STORE_TEST(a_store_opened_to_read_is_not_written),
        STORE_TEST(the_log_refuses_to_forget),
        STORE_TEST(every_damage_is_found_and_what_is_derived_is_repaired),
        STORE_TEST(a_file_with_a_torn_page_is_found_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
