/* test_robots.c - robots.txt by RFC 9309; addresses of the web and of private networks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <arpa/inet.h>
#include <cmocka.h>

#include "feeds/robots.h"
#include "feeds/url.h"

typedef struct robots_case {
    const char *text, *path;
    bool allowed;
} robots_case;

static void rules_decide_as_the_standard_says(void **state)
{
    (void)state;
    static const robots_case cases[] = {
        {"", "/a", true},
        {"User-agent: *\nDisallow: /\n", "/a", false},
        {"User-agent: *\nDisallow: /\n", "/robots.txt", true},
        {"User-agent: *\nDisallow:\n", "/a", true},
        {"Disallow: /\n", "/a", true}, /* a rule of no group */
        {"user-agent:*\r\ndisallow:/x # why\r\n", "/xy", false},
        {"User-agent: *\rDisallow: /x\r", "/x", false},
        {"\xEF\xBB\xBFUser-agent: *\nDisallow: /x\n", "/x", false},
        {"User-agent: *\nDisallow: /\nUser-agent: dateline\nAllow: /\n", "/a", true}, /* ours alone counts */
        {"User-agent: DATELINE/2.0 (x)\nDisallow: /a\n", "/a", false},
        {"User-agent: datelinebot\nDisallow: /a\n", "/a", true},
        {"User-agent: other\nUser-agent: dateline\nDisallow: /a\n", "/a", false},
        {"User-agent: dateline\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: dateline\nDisallow: /b\n", "/b", false}, /* groups join */
        {"User-agent: dateline\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: dateline\nDisallow: /b\n", "/c", true},
        {"User-agent: *\nAllow: /p\nDisallow: /\n", "/page", true}, /* the longest */
        {"User-agent: *\nDisallow: /page\nAllow: /page\n", "/page", true},
        {"User-agent: *\nAllow: /page\nDisallow: /page\n", "/page", true},
        {"User-agent: *\nAllow: /folder\nDisallow: /folder/secret\n", "/folder/secret/x", false},
        {"User-agent: *\nDisallow: /*.php\n", "/a/index.php?x", false},
        {"User-agent: *\nDisallow: /*.php$\n", "/a/index.php?x", true},
        {"User-agent: *\nDisallow: /*.php$\n", "/a.php/index.php", false},
        {"User-agent: *\nDisallow: /a*b*c\n", "/axxbxxc", false},
        {"User-agent: *\nDisallow: /a*b*c\n", "/axxcxxb", true},
        {"User-agent: *\nDisallow: /a$b\n", "/a", true},
        {"User-agent: *\nDisallow: /a%3cd\n", "/a%3Cd", false},
        {"User-agent: *\nDisallow: /a%2fb\n", "/a/b", true}, /* an encoded slash is none */
        {"User-agent: *\nDisallow: /%7Ejoe\n", "/~joe/x", false},
        {"User-agent: *\nDisallow: /\xD0\xB0\n", "/%D0%B0", false},
        {"User-agent: *\nDisallow: /a%2A\n", "/a*", false},
        {"User-agent: *\nDisallow: /a%2A\n", "/ab", true},
        {"User-agent: *\nNonsense: /x\nDisallow: /b\nSitemap: https://a.example/s\nDisallow: /c\n", "/c", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_arena arena;
        robots rules;
        dl_arena_init(&arena, 0);
        assert_int_equal(robots_parse(&rules, &arena, dl_str_of(cases[i].text), DL_STR("dateline"), NULL), DL_OK);
        if (robots_allows(&rules, dl_str_of(cases[i].path)) != cases[i].allowed) fail_msg("case %zu: %s", i, cases[i].text);
        dl_arena_free(&arena);
    }
}

static void delays_and_sitemaps_are_read(void **state)
{
    (void)state;
    dl_arena arena;
    robots rules;
    dl_arena_init(&arena, 0);
    dl_str text = DL_STR("Sitemap: https://a.example/1.xml\nUser-agent: *\nCrawl-delay: 7\n\nUser-agent: dateline\nCrawl-delay: 2.5\nSitemap: /2.xml\n");
    assert_int_equal(robots_parse(&rules, &arena, text, DL_STR("dateline"), NULL), DL_OK);
    assert_true(rules.delay == 2.5);
    assert_int_equal(rules.sitemap_count, 2);
    assert_true(dl_str_is(rules.sitemaps[1], "/2.xml"));
    assert_int_equal(robots_parse(&rules, &arena, text, DL_STR("other"), NULL), DL_OK);
    assert_true(rules.delay == 7);
    dl_arena_free(&arena);
}

static void many_stars_cost_no_more_than_the_path_is_long(void **state)
{
    (void)state;
    enum { RULES = 2000, STARS = 100 };
    dl_arena arena;
    robots rules;
    char *text = malloc(RULES * (2 * STARS + 32)), *at = text, path[2048];
    assert_non_null(text);
    dl_arena_init(&arena, 0);
    at = stpcpy(at, "User-agent: *\n");
    for (int i = 0; i < RULES; i++) {
        at = stpcpy(at, "Disallow: /");
        for (int star = 0; star < STARS; star++) at = stpcpy(at, "*a");
        at = stpcpy(at, "b\n");
    }
    memset(path, 'a', sizeof path);
    path[0] = '/';
    assert_int_equal(robots_parse(&rules, &arena, (dl_str){text, (size_t)(at - text)}, DL_STR("dateline"), NULL), DL_OK);
    assert_int_equal(rules.rule_count, RULES);
    assert_true(robots_allows(&rules, (dl_str){path, sizeof path}));
    dl_arena_free(&arena);
    free(text);
}

static void addresses_are_made_absolute_and_alike(void **state)
{
    (void)state;
    static const struct {
        const char *base, *reference, *url;
    } cases[] = {
        {NULL, "HTTP://News.Example:80/a/../b/./c?x=1#top", "http://news.example/b/c?x=1"},
        {NULL, " https://news.example ", "https://news.example/"},
        {NULL, "https://news.example:8443?q", "https://news.example:8443/?q"},
        {NULL, "https://news.example/a b/\xD0\xB0\"", "https://news.example/a%20b/%D0%B0%22"},
        {NULL, "https://[2001:DB8::1]:443/x", "https://[2001:db8::1]/x"},
        {"https://a.example/b/c/d?q", "e", "https://a.example/b/c/e"},
        {"https://a.example/b/c/d?q", ".\r./x\ty/.\n", "https://a.example/b/xy/"},
        {"https://a.example/b/c/d?q", "../e?f", "https://a.example/b/e?f"},
        {"https://a.example/b/c/d?q", "../../../e", "https://a.example/e"},
        {"https://a.example/b/c/d?q", "/e/", "https://a.example/e/"},
        {"https://a.example/b/c/d?q", "//x.example/e", "https://x.example/e"},
        {"https://a.example/b/c/d?q", "?r", "https://a.example/b/c/d?r"},
        {"https://a.example/b/c/d?q", "#r", "https://a.example/b/c/d?q"},
        {"https://a.example", "e", "https://a.example/e"},
        {"https://a.example/b", "javascript:alert(1)", NULL},
        {NULL, "file:///etc/passwd", NULL}, {NULL, "ftp://a.example/", NULL}, {NULL, "/b", NULL}, {NULL, "", NULL},
        {NULL, "https://user@a.example/", NULL}, {NULL, "https://user:word@a.example/", NULL}, {NULL, "https:///x", NULL},
        {NULL, "https://a.example:0/", NULL}, {NULL, "https://a.example:99999/", NULL}, {NULL, "https://a.example:x/", NULL},
        {NULL, "https://a example/", NULL}, {NULL, "https://a%2e.example/", NULL}, {NULL, "https://a\\b/", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_arena arena;
        dl_arena_init(&arena, 0);
        dl_str url = url_resolve(&arena, dl_str_of(cases[i].base), dl_str_of(cases[i].reference));
        if (cases[i].url ? !dl_str_is(url, cases[i].url) : url.ptr != NULL) fail_msg("%s gave %.*s", cases[i].reference, (int)url.len, url.ptr ? url.ptr : "");
        if (url.ptr) assert_true(dl_str_eq(url_resolve(&arena, (dl_str){0}, url), url)); /* the form is its own */
        dl_arena_free(&arena);
    }
    assert_true(dl_str_is(url_origin(DL_STR("https://a.example:8443/b?c")), "https://a.example:8443"));
    assert_true(dl_str_is(url_path(DL_STR("https://a.example:8443/b?c")), "/b?c"));
}

static void private_addresses_are_known_in_all_their_dress(void **state)
{
    (void)state;
    static const char *const hidden[] = {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
                                         "::", "::1", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "::127.0.0.1"};
    static const char *const open[] = {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "192.169.0.1", "1.1.1.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"};
    unsigned char bytes[16];
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden + sizeof open / sizeof *open; i++) {
        bool expected = i < sizeof hidden / sizeof *hidden;
        const char *text = expected ? hidden[i] : open[i - sizeof hidden / sizeof *hidden];
        bool six = strchr(text, ':') != NULL;
        assert_int_equal(inet_pton(six ? AF_INET6 : AF_INET, text, bytes), 1);
        if (address_is_private(bytes, six ? 16 : 4) != expected) fail_msg("%s", text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rules_decide_as_the_standard_says), cmocka_unit_test(delays_and_sitemaps_are_read),
                                       cmocka_unit_test(many_stars_cost_no_more_than_the_path_is_long), cmocka_unit_test(addresses_are_made_absolute_and_alike),
                                       cmocka_unit_test(private_addresses_are_known_in_all_their_dress)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
