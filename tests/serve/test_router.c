/* test_router.c - who is answered, and what, without a socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <sys/stat.h>

#include "../store/room.h"
#include "serve/serve.h"

typedef struct asked {
    serve_request request;
    serve_answer answer;
    dl_json_out value; /* of the last member that was looked for */
} asked;

static char token_text[40];

static serve *server_with(serve_options options)
{
    serve *server;
    dl_error err = {0};
    options.store = store_path, options.at_once = true, options.now = 1000, options.readers = 1;
    if (serve_open(&server, &options, &err) != DL_OK) fail_msg("%s", err.message);
    return server;
}

static void fill_store(void)
{
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 100);
    add(store, attack("b", "fast", "Kulbus", 5), 200);
    dl_store_close(store);
}

static void ask_with(serve *server, asked *a, serve_request request)
{
    *a = (asked){.request = request};
    if (!a->request.host.ptr) a->request.host = DL_STR("127.0.0.1:8470");
    dl_arena_init(&a->request.arena, 0);
    serve_ask(server, &a->request, &a->answer);
    dl_arena_free(&a->request.arena);
}

static int status_of(serve *server, serve_request request)
{
    asked a;
    ask_with(server, &a, request);
    int status = a.answer.status;
    answer_free(&a.answer);
    return status;
}

/* Whether the body of the answer holds these words. */
static bool says(serve *server, const char *target, int status, const char *words)
{
    asked a;
    ask_with(server, &a, (serve_request){.target = dl_str_of(target)});
    bool found = a.answer.status == status && dl_str_find((dl_str){a.answer.body.bytes, a.answer.body.len}, dl_str_of(words), 0) != SIZE_MAX;
    if (!found) print_error("%s: %d %.*s\n", target, a.answer.status, (int)a.answer.body.len, a.answer.body.bytes ? a.answer.body.bytes : "");
    answer_free(&a.answer);
    return found;
}

#define GET(path) ((serve_request){.target = DL_STR(path)})

static void only_names_of_the_loopback_and_the_given_one_are_answered(void **state)
{
    (void)state;
    fill_store();
    serve *server = server_with((serve_options){.host = "monitor.example"});
    static const char *const good[] = {"127.0.0.1", "127.0.0.1:80", "127.3.2.1", "localhost", "LOCALHOST:8470", "[::1]:8470", "monitor.example", "monitor.example:443"};
    static const char *const bad[] = {"evil.example", "127.0.0.1.evil.example", "127.0.0", "localhost.evil.example", "10.0.0.1", "monitor.example.evil", "", "256.0.0.1", "127.0.0.1.1"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(status_of(server, (serve_request){.target = DL_STR("/api/v1/meta"), .host = dl_str_of(good[i])}), 200);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(status_of(server, (serve_request){.target = DL_STR("/api/v1/meta"), .host = dl_str_of(bad[i])}), 421);
    serve_close(server);
    server = server_with((serve_options){.addresses = true});
    assert_int_equal(status_of(server, (serve_request){.target = DL_STR("/api/v1/meta"), .host = DL_STR("10.0.0.1:8470")}), 200);
    assert_int_equal(status_of(server, (serve_request){.target = DL_STR("/api/v1/meta"), .host = DL_STR("[fe80::1]")}), 200);
    assert_int_equal(status_of(server, (serve_request){.target = DL_STR("/api/v1/meta"), .host = DL_STR("10.0.0.1.evil.example")}), 421);
    serve_close(server);
}

static void a_token_is_asked_of_everybody_and_taken_in_three_ways(void **state)
{
    (void)state;
    fill_store();
    serve *server = server_with((serve_options){.token = DL_STR("0123456789abcdef")});
    assert_int_equal(status_of(server, GET("/api/v1/meta")), 401);
    assert_int_equal(status_of(server, GET("/")), 401);
    assert_int_equal(status_of(server, (serve_request){.target = DL_STR("/api/v1/meta"), .authorization = DL_STR("Bearer 0123456789abcdef")}), 200);
    assert_int_equal(status_of(server, (serve_request){.target = DL_STR("/api/v1/meta"), .authorization = DL_STR("Bearer 0123456789abcdeg")}), 401);
    assert_int_equal(status_of(server, (serve_request){.target = DL_STR("/api/v1/meta"), .authorization = DL_STR("Bearer 0123456789abcdef0")}), 401);
    assert_int_equal(status_of(server, (serve_request){.target = DL_STR("/api/v1/meta"), .cookie = DL_STR("dateline=0123456789abcdef")}), 200);
    asked a;
    ask_with(server, &a, GET("/?token=0123456789abcdef"));
    assert_int_equal(a.answer.status, 303);
    assert_string_equal(a.answer.location, "/");
    assert_string_equal(a.answer.cookie, "dateline=0123456789abcdef; Path=/; HttpOnly; SameSite=Strict");
    answer_free(&a.answer);
    assert_int_equal(status_of(server, GET("/?token=wrong")), 401);
    serve_close(server);
}

static void what_is_asked_wrongly_is_told_as_a_problem(void **state)
{
    (void)state;
    fill_store();
    serve *server = server_with((serve_options){0});
    assert_true(says(server, "/api/v1/nothing", 404, "no such resource"));
    assert_true(says(server, "/api/v2/meta", 404, "/api/v1/"));
    assert_true(says(server, "/api/v1/happenings?frob=1", 400, "no parameter is called 'frob' here"));
    assert_true(says(server, "/api/v1/happenings?since=yesterday", 400, "'since' takes a day"));
    assert_true(says(server, "/api/v1/happenings?since=2025-02-30", 400, "'since' takes a day"));
    assert_true(says(server, "/api/v1/happenings?type=MURDER", 400, "'type' takes"));
    assert_true(says(server, "/api/v1/happenings?bbox=1,2,3", 400, "'bbox' takes"));
    assert_true(says(server, "/api/v1/happenings?near=nan,0", 400, "'near' takes"));
    assert_true(says(server, "/api/v1/happenings?confidence=0x1", 400, "'confidence' takes"));
    assert_true(says(server, "/api/v1/happenings?limit=0", 400, "'limit' takes"));
    assert_true(says(server, "/api/v1/happenings?cursor=n-1", 400, "'cursor' takes"));
    assert_true(says(server, "/api/v1/happenings?format=xml", 400, "'format' takes"));
    assert_true(says(server, "/api/v1/tolls?side=SDN", 400, "a view is asked for by"));
    assert_true(says(server, "/api/v1/pages/none", 404, "no page has this id"));
    assert_true(says(server, "/api/v1/happenings/a%3AV9", 404, "no happening"));
    assert_true(says(server, "/api/v1/happenings/a", 404, "no happening"));
    assert_true(says(server, "/api/v1/search", 400, "'q' is needed"));
    assert_true(says(server, "/index.html", 404, "the page is not installed"));
    assert_int_equal(status_of(server, (serve_request){.method = SERVE_OTHER, .target = DL_STR("/api/v1/meta")}), 405);
    assert_int_equal(status_of(server, (serve_request){.method = SERVE_POST, .target = DL_STR("/api/v1/meta")}), 405);
    assert_int_equal(status_of(server, (serve_request){.method = SERVE_POST, .target = DL_STR("/")}), 405);
    serve_close(server);
}

static void both_claims_stand_side_by_side_with_their_words(void **state)
{
    (void)state;
    fill_store();
    serve *server = server_with((serve_options){0});
    assert_true(says(server, "/api/v1/happenings", 200, "\"id\":\"a:V1\",\"type\":\"ASSAULT\""));
    assert_true(says(server, "/api/v1/happenings", 200, "\"killed\":{\"low\":5,\"best\":5,\"high\":5,\"open\":true,\"sources\":1,\"low_from\":{\"document\":\"b\",\"event\":\"V1\",\"span\":[7,13],"));
    assert_true(says(server, "/api/v1/happenings/b%3AV1", 200, "\"standing\":{\"killed\":\"replaced\"}"));
    assert_true(says(server, "/api/v1/happenings/b%3AV1", 200, "\"sides\":[{\"side\":\"SDNGOV\""));
    assert_true(says(server, "/api/v1/claims", 200, "\"claims\":[{\"source\":\"Ada Ruiz\""));
    assert_true(says(server, "/api/v1/pages/a", 200, "{\"item\":\"V1\",\"layer\":\"event\",\"part\":\"toll\",\"label\":\"ASSAULT\",\"span\":[14,23]}"));
    assert_true(says(server, "/api/v1/map", 200, "\"pins\":[{\"id\":\"a:V1\""));
    assert_true(says(server, "/api/v1/timeline", 200, "\"violence\":[{\"date\":\"2025-10-12\",\"count\":1,"));
    assert_true(says(server, "/api/v1/overview", 200, "\"attacks\":1"));
    serve_close(server);
}

static void an_answer_that_is_known_is_not_sent_again(void **state)
{
    (void)state;
    fill_store();
    serve *server = server_with((serve_options){0});
    asked a;
    char tag[80];
    ask_with(server, &a, GET("/api/v1/happenings"));
    assert_int_equal(a.answer.status, 200);
    strcpy(tag, a.answer.etag);
    answer_free(&a.answer);
    serve_request again = {.target = DL_STR("/api/v1/happenings"), .if_none_match = dl_str_of(tag)};
    ask_with(server, &a, again);
    assert_int_equal(a.answer.status, 304);
    assert_int_equal(a.answer.body.len, 0);
    answer_free(&a.answer);
    dl_store *store = open_store(DL_STORE_WRITE);
    add(store, attack("c", "fast", "Kulbus", 60), 300);
    dl_store_close(store);
    assert_int_equal(status_of(server, again), 200);
    serve_close(server);
}

/* ---- words ---- */

static void find_token(serve *server)
{
    asked a;
    ask_with(server, &a, GET("/api/v1/session"));
    dl_str body = {a.answer.body.bytes, a.answer.body.len};
    size_t at = dl_str_find(body, DL_STR("\"token\":\""), 0);
    assert_int_not_equal(at, SIZE_MAX);
    snprintf(token_text, sizeof token_text, "%.32s", body.ptr + at + 9);
    answer_free(&a.answer);
}

static serve_request post(const char *target, const char *body)
{
    return (serve_request){.method = SERVE_POST, .target = dl_str_of(target), .content_type = DL_STR("application/json"), .token = dl_str_of(token_text),
                           .host = DL_STR("127.0.0.1:8470"), .origin = DL_STR("http://127.0.0.1:8470"), .fetch_site = DL_STR("same-origin"), .body = dl_str_of(body)};
}

static void nothing_is_written_unless_it_was_allowed_and_comes_from_our_page(void **state)
{
    (void)state;
    fill_store();
    const char *word = "{\"item\":\"a:V1\",\"verdict\":\"reject\",\"author\":\"A. Ruiz\"}";
    serve *server = server_with((serve_options){0});
    assert_int_equal(status_of(server, post("/api/v1/review", word)), 403);
    serve_close(server);
    server = server_with((serve_options){.review = true});
    find_token(server);
    serve_request r = post("/api/v1/review", word);
    r.origin = DL_STR("http://evil.example");
    assert_int_equal(status_of(server, r), 403);
    r = post("/api/v1/review", word), r.origin = DL_STR("null");
    assert_int_equal(status_of(server, r), 403);
    r = post("/api/v1/review", word), r.fetch_site = DL_STR("same-site");
    assert_int_equal(status_of(server, r), 403);
    r = post("/api/v1/review", word), r.token = (dl_str){0};
    assert_int_equal(status_of(server, r), 403);
    r = post("/api/v1/review", word), r.content_type = DL_STR("text/plain");
    assert_int_equal(status_of(server, r), 415);
    assert_int_equal(status_of(server, GET("/api/v1/review/undo")), 405);
    dl_store *store = open_store(DL_STORE_READ);
    assert_int_equal(number(store, "SELECT count(*) FROM corrections"), 0);
    dl_store_close(store);
    serve_close(server);
}

static void words_that_are_none_are_refused(void **state)
{
    (void)state;
    fill_store();
    serve *server = server_with((serve_options){.review = true});
    find_token(server);
    static const char *const bad[] = {
        "", "[]", "{", "null", "{\"item\":\"a:V1\",\"verdict\":\"reject\"}", "{\"item\":\"a:V1\",\"verdict\":\"reject\",\"author\":\" \"}",
        "{\"item\":\"a:V9\",\"verdict\":\"reject\",\"author\":\"me\"}", "{\"item\":\"z:V1\",\"verdict\":\"reject\",\"author\":\"me\"}",
        "{\"item\":\"a:X1\",\"verdict\":\"reject\",\"author\":\"me\"}", "{\"item\":\"a:V1\",\"verdict\":\"delete\",\"author\":\"me\"}",
        "{\"item\":\"a:V1\",\"verdict\":\"correct\",\"author\":\"me\"}", "{\"item\":\"a:V1\",\"verdict\":\"reject\",\"author\":\"me\",\"more\":1}",
        "{\"item\":\"a:V1\",\"verdict\":\"correct\",\"field\":\"killed\",\"value\":\"many\",\"author\":\"me\"}",
        "{\"item\":\"a:V1\",\"verdict\":\"accept\",\"author\":\"me\",\"note\":\"undo of 7\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_int_equal(status_of(server, post("/api/v1/review", bad[i])), 400);
    assert_int_equal(status_of(server, post("/api/v1/review/undo", "{\"correction\":1,\"author\":\"me\"}")), 404);
    serve_close(server);
}

static void a_word_changes_the_views_at_once_and_can_be_taken_back(void **state)
{
    (void)state;
    fill_store();
    serve *server = server_with((serve_options){.review = true});
    find_token(server);
    assert_true(says(server, "/api/v1/review", 200, "\"item\":\"b:V1\""));
    assert_int_equal(status_of(server, post("/api/v1/review", "{\"item\":\"b:V1\",\"verdict\":\"correct\",\"field\":\"killed\",\"value\":[7,7],\"author\":\"A. Ruiz\",\"note\":\"the list\"}")), 200);
    assert_true(says(server, "/api/v1/happenings", 200, "\"killed\":{\"low\":7,\"best\":7,\"high\":7,\"open\":false,"));
    assert_true(says(server, "/api/v1/review", 200, "\"total\":1"));
    assert_true(says(server, "/api/v1/review?all=1", 200, "\"word\":1"));
    assert_true(says(server, "/api/v1/history/b%3AV1", 200, "\"author\":\"A. Ruiz\""));
    assert_int_equal(status_of(server, post("/api/v1/review/undo", "{\"correction\":1,\"author\":\"A. Ruiz\"}")), 200);
    assert_true(says(server, "/api/v1/happenings", 200, "\"killed\":{\"low\":5,\"best\":5,\"high\":5,\"open\":true,"));
    assert_true(says(server, "/api/v1/review", 200, "\"total\":2"));
    assert_int_equal(status_of(server, post("/api/v1/review/undo", "{\"correction\":1,\"author\":\"A. Ruiz\"}")), 409);
    assert_int_equal(status_of(server, post("/api/v1/review", "{\"item\":\"b:V1\",\"verdict\":\"reject\",\"author\":\"A. Ruiz\"}")), 200);
    assert_true(says(server, "/api/v1/happenings", 200, "\"killed\":{\"low\":3,"));
    assert_int_equal(status_of(server, post("/api/v1/review/undo", "{\"correction\":3,\"author\":\"A. Ruiz\"}")), 200);
    assert_true(says(server, "/api/v1/happenings", 200, "\"killed\":{\"low\":5,"));
    dl_store *store = open_store(DL_STORE_READ);
    assert_int_equal(number(store, "SELECT count(*) FROM corrections"), 4);
    sound(store);
    dl_store_close(store);
    serve_close(server);
}

/* ---- files ---- */

static void write_file(const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", store_folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void the_page_s_files_are_given_and_no_others(void **state)
{
    (void)state;
    char web[64], path[160];
    fill_store();
    snprintf(web, sizeof web, "%s/web", store_folder);
    assert_int_equal(mkdir(web, 0700), 0);
    static const char *const folders[] = {"web/js", "web/node_modules", "web/node_modules/leaflet"};
    for (size_t i = 0; i < 3; i++) snprintf(path, sizeof path, "%s/%s", store_folder, folders[i]), assert_int_equal(mkdir(path, 0700), 0);
    write_file("web/index.html", "<!doctype html>the page");
    write_file("web/js/app.js", "the script");
    write_file("web/.secret.js", "secret");
    write_file("web/notes.doc", "secret");
    write_file("secret.js", "secret");
    write_file("web/node_modules/leaflet/leaflet.js", "the map");
    write_file("web/node_modules/leaflet/other.js", "secret");
    write_file("web/vendor.txt", "# address, path\n/vendor/leaflet.js node_modules/leaflet/leaflet.js\n/vendor/up.js\tnode_modules/../../secret.js\n");
    snprintf(path, sizeof path, "%s/web/link.js", store_folder);
    assert_int_equal(symlink("../secret.js", path), 0);
    serve *server = server_with((serve_options){.web = web});
    assert_true(says(server, "/", 200, "the page"));
    assert_true(says(server, "/map?since=2025-01-01", 200, "the page"));
    assert_true(says(server, "/js/app.js", 200, "the script"));
    assert_true(says(server, "/vendor/leaflet.js", 200, "the map"));
    static const char *const no[] = {"/.secret.js", "/notes.doc", "/link.js", "/js", "/vendor.txt", "/node_modules/leaflet/leaflet.js", "/vendor/other.js", "/vendor/up.js",
                                     "/js//app.js", "/js/app.js/", "/%2e%2e/secret.js", "/js/%2e%2e%2fapp.js", "/js%2fapp.js/x.js", "/web/index.html"};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        asked a;
        ask_with(server, &a, (serve_request){.target = dl_str_of(no[i])});
        dl_str body = {a.answer.body.bytes, a.answer.body.len};
        if (dl_str_find(body, DL_STR("secret"), 0) != SIZE_MAX || (a.answer.status == 200 && dl_str_find(body, DL_STR("the page"), 0) == SIZE_MAX)) fail_msg("%s was given", no[i]);
        answer_free(&a.answer);
    }
    serve_close(server);
    static const char *const files[] = {"web/index.html", "web/js/app.js", "web/.secret.js", "web/notes.doc", "secret.js", "web/node_modules/leaflet/leaflet.js",
                                        "web/node_modules/leaflet/other.js", "web/vendor.txt", "web/link.js"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) snprintf(path, sizeof path, "%s/%s", store_folder, files[i]), unlink(path);
    for (size_t i = 3; i-- > 0;) snprintf(path, sizeof path, "%s/%s", store_folder, folders[i]), rmdir(path);
    rmdir(web);
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, new_folder, drop_folder)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(only_names_of_the_loopback_and_the_given_one_are_answered),
        IN_FOLDER(a_token_is_asked_of_everybody_and_taken_in_three_ways),
        IN_FOLDER(what_is_asked_wrongly_is_told_as_a_problem),
        IN_FOLDER(both_claims_stand_side_by_side_with_their_words),
        IN_FOLDER(an_answer_that_is_known_is_not_sent_again),
        IN_FOLDER(nothing_is_written_unless_it_was_allowed_and_comes_from_our_page),
        IN_FOLDER(words_that_are_none_are_refused),
        IN_FOLDER(a_word_changes_the_views_at_once_and_can_be_taken_back),
        IN_FOLDER(the_page_s_files_are_given_and_no_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
