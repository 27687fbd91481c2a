/* test_warc.c - archives from memory: places to go on from, counts, bounds; points in time; bodies of HTTP. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <zlib.h>

#include "feeds/digests.h"
#include "feeds/http.h"
#include "feeds/moment.h"
#include "feeds/warc.h"

/* ---- archives in memory ---- */

typedef struct memory {
    http_bytes bytes;
    size_t most; /* bytes given at once; 0: any number */
    uint64_t given;
} memory;

static int64_t read_memory(void *context, uint64_t offset, unsigned char *out, size_t room)
{
    memory *m = context;
    if (offset >= m->bytes.len) return 0;
    if (room > m->bytes.len - offset) room = m->bytes.len - (size_t)offset;
    if (m->most && room > m->most) room = m->most;
    memcpy(out, m->bytes.ptr + offset, room);
    m->given += room;
    return (int64_t)room;
}

static void put(memory *m, const void *bytes, size_t len)
{
    assert_true(http_reserve(&m->bytes, len + 1));
    memcpy(m->bytes.ptr + m->bytes.len, bytes, len);
    m->bytes.len += len;
}

static void put_gzip(memory *m, const void *bytes, size_t len)
{
    z_stream z = {0};
    unsigned char out[65536];
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (unsigned char *)(uintptr_t)bytes, z.avail_in = (unsigned)len;
    z.next_out = out, z.avail_out = sizeof out;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    put(m, out, sizeof out - z.avail_out);
    deflateEnd(&z);
}

static int record(char *out, size_t room, int number, int extra)
{
    char body[4096];
    int len = snprintf(body, sizeof body, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>Page %d%*s</p></body></html>", number, extra, "");
    return snprintf(out, room, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://a.example/%d>\r\nWARC-Date: 2025-10-14T09:00:00Z\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
                    number, len, body);
}

enum { BY_RECORD, AS_A_WHOLE, PLAIN };

static memory archive_of(int count, int kind)
{
    memory m = {0};
    char all[60000];
    size_t len = 0;
    for (int i = 0; i < count; i++) {
        size_t one = (size_t)record(all + len, sizeof all - len, i, 10 * i);
        if (kind == BY_RECORD) put_gzip(&m, all + len, one);
        if (kind == PLAIN) put(&m, all + len, one);
        len += one;
    }
    if (kind == AS_A_WHOLE) put_gzip(&m, all, len);
    return m;
}

static dl_archive *open_memory(memory *m)
{
    dl_archive *archive = NULL;
    dl_error err = {0};
    dl_archive_input input = {read_memory, m, m->bytes.len, false};
    if (dl_archive_open(&archive, &input, "memory", &err) != DL_OK) fail_msg("%s", err.message);
    return archive;
}

static void every_page_is_a_place_to_go_on_from(void **state)
{
    (void)state;
    enum { COUNT = 9 };
    for (int kind = BY_RECORD; kind <= PLAIN; kind++) {
        memory m = archive_of(COUNT, kind);
        dl_archive_place places[COUNT];
        dl_archived_page page;
        bool more;
        dl_archive *archive = open_memory(&m);
        for (int i = 0; i < COUNT; i++) {
            assert_int_equal(dl_archive_next(archive, &page, &more, NULL), DL_OK);
            assert_true(more);
            places[i] = page.next;
        }
        dl_archive_close(archive);
        for (int from = 0; from < COUNT; from++) {
            char url[64];
            archive = open_memory(&m);
            assert_int_equal(dl_archive_seek(archive, &places[from], NULL), DL_OK);
            for (int i = from + 1; i < COUNT; i++) {
                assert_int_equal(dl_archive_next(archive, &page, &more, NULL), DL_OK);
                snprintf(url, sizeof url, "http://a.example/%d", i);
                assert_true(more && dl_str_is(page.url, url));
                assert_int_equal(page.next.offset, places[i].offset);
                assert_int_equal(page.next.within, places[i].within);
            }
            assert_int_equal(dl_archive_next(archive, &page, &more, NULL), DL_OK);
            assert_false(more);
            dl_archive_close(archive);
        }
        free(m.bytes.ptr);
    }
}

static void a_file_that_comes_a_byte_at_a_time_reads_the_same(void **state)
{
    (void)state;
    for (int kind = BY_RECORD; kind <= PLAIN; kind++) {
        memory m = archive_of(5, kind);
        dl_archived_page page;
        bool more;
        m.most = 1;
        dl_archive *archive = open_memory(&m);
        for (int i = 0; i < 5; i++) {
            assert_int_equal(dl_archive_next(archive, &page, &more, NULL), DL_OK);
            assert_true(more);
            assert_int_equal(page.seen, 1760432400);
        }
        assert_int_equal(dl_archive_next(archive, &page, &more, NULL), DL_OK);
        assert_false(more);
        assert_int_equal(dl_archive_count(archive).pages, 5);
        assert_int_equal(dl_archive_count(archive).damaged, 0);
        dl_archive_close(archive);
        free(m.bytes.ptr);
    }
}

/* Beginnings of gzip members everywhere, each of which leads far on: going back behind each must not read the file again and again. */
static void hostile_beginnings_cost_linear_reading(void **state)
{
    (void)state;
    enum { COUNT = 200000, SIZE = 20 };
    memory m = archive_of(1, BY_RECORD);
    static const unsigned char fake[SIZE] = {0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 0, 5, 0, 0xFA, 0xFF, 'W', 'A', 'R', 'C', '/'};
    for (int i = 0; i < COUNT; i++) put(&m, fake, sizeof fake);
    dl_archived_page page;
    dl_archive *archive = open_memory(&m);
    bool more = true;
    for (int calls = 0; more && calls < COUNT + 10; calls++) (void)!dl_archive_next(archive, &page, &more, NULL);
    assert_false(more);
    assert_true(m.given < 40 * (uint64_t)m.bytes.len);
    dl_archive_close(archive);
    free(m.bytes.ptr);
}

static void what_is_no_archive_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "W", "<html>", "PK\3\4 and no more", "\x1F\x8B\x08", "HTTP/1.1 200 OK\r\n\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        memory m = {0};
        dl_archive *archive;
        dl_error err = {0};
        put(&m, texts[i], strlen(texts[i]));
        dl_archive_input input = {read_memory, &m, m.bytes.len, false};
        assert_int_equal(dl_archive_open(&archive, &input, "memory", &err), DL_BAD_DATA);
        assert_null(archive);
        assert_true(err.message[0]);
        free(m.bytes.ptr);
    }
}

/* ---- points in time ---- */

static void points_in_time_are_read_in_all_their_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"2025-10-14", 1760400000}, {"2025-10-14T12:30:00Z", 1760445000}, {"2025-10-14T12:30:00.125+02:00", 1760437800},
        {"2025-10-14T12:30Z", 1760445000}, {"Tue, 14 Oct 2025 12:30:00 GMT", 1760445000}, {"Tue, 14 Oct 2025 12:30:00 +0200", 1760437800},
        {"14 Oct 2025 08:30 EDT", 1760445000}, {"Tuesday, 14-Oct-25 12:30:00 GMT", 1760445000}, {" Tue,14 Oct 2025 12:30:00 -0530 ", 1760464800}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = 0;
        assert_true(moment_parse(dl_str_of(cases[i].text), &seconds));
        assert_int_equal(seconds, cases[i].seconds);
    }
}

static void what_is_no_point_in_time_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "yesterday evening", "2025-02-30", "2025-10-14T25:00:00Z", "2025-10-14T12:30:00 somewhere",
                                        "31 Feb 2025 10:00 GMT", "Tue, 14 Oct 99999 10:00 GMT", "2025-10-14X10:00:00Z"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t seconds;
        if (moment_parse(dl_str_of(texts[i]), &seconds)) fail_msg("%s was taken", texts[i]);
    }
}

/* ---- HTTP ---- */

static void chunks_are_joined_in_place(void **state)
{
    (void)state;
    static const struct {
        const char *body, *joined;
        bool whole;
    } cases[] = {{"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", "abcde", true}, {"3\nabc\n0\n\n", "abc", true},  {"<html>", "<html>", true},
                 {"3\r\nabc\r\n9\r\nde", "abcde", false},                  {"3\r\nabc\r\nzz", "abc", false}, {"", "", true},
                 {"ffffffffffffffff\r\nabc", "ffffffffffffffff\r\nabc", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char body[64];
        bool whole;
        strcpy(body, cases[i].body);
        size_t len = http_join_chunks((unsigned char *)body, strlen(body), &whole);
        assert_true(dl_str_is((dl_str){body, len}, cases[i].joined));
        assert_int_equal(whole, cases[i].whole);
    }
}

static void a_small_body_that_unpacks_to_more_than_allowed_is_refused(void **state)
{
    (void)state;
    memory m = {0};
    http_bytes out = {0};
    bool decoded;
    unsigned char *zeros = calloc(1, 1 << 20);
    assert_non_null(zeros);
    put_gzip(&m, zeros, 1 << 20);
    dl_str fields = DL_STR("Content-Encoding: gzip\r\n"), body = {(char *)m.bytes.ptr, m.bytes.len};
    assert_int_equal(http_decode(fields, body, &out, 1 << 19, &decoded, NULL), DL_LIMIT);
    assert_int_equal(http_decode(fields, body, &out, 1 << 20, &decoded, NULL), DL_OK);
    assert_true(decoded && out.len == 1 << 20);
    free(zeros);
    free(out.ptr);
    free(m.bytes.ptr);
}

static void fields_are_found_whatever_their_case(void **state)
{
    (void)state;
    dl_str lines = DL_STR("Content-Type : no\r\ncontent-TYPE: Text/HTML ; x=1; Charset=\"koi8-r\"\r\nContent-Type: second\r\n");
    dl_str type = http_field(lines, "Content-Type");
    assert_true(dl_str_is(http_media_type(type), "Text/HTML"));
    assert_true(dl_str_is(http_charset(type), "koi8-r"));
    assert_null(http_field(lines, "ETag").ptr);
    assert_null(http_charset(DL_STR("text/html")).ptr);
}

static void digests_that_were_added_are_known_and_no_others(void **state)
{
    (void)state;
    digest_set set = {0};
    for (int i = 0; i < 5000; i++) digest_add(&set, digest_of((dl_str){(char *)&i, sizeof i}));
    for (int i = 0; i < 10000; i++) assert_int_equal(digest_known(&set, digest_of((dl_str){(char *)&i, sizeof i})), i < 5000);
    digest_free(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_is_a_place_to_go_on_from), cmocka_unit_test(a_file_that_comes_a_byte_at_a_time_reads_the_same),
        cmocka_unit_test(hostile_beginnings_cost_linear_reading), cmocka_unit_test(what_is_no_archive_is_refused),
        cmocka_unit_test(points_in_time_are_read_in_all_their_forms), cmocka_unit_test(what_is_no_point_in_time_is_refused),
        cmocka_unit_test(chunks_are_joined_in_place), cmocka_unit_test(a_small_body_that_unpacks_to_more_than_allowed_is_refused),
        cmocka_unit_test(fields_are_found_whatever_their_case), cmocka_unit_test(digests_that_were_added_are_known_and_no_others)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
