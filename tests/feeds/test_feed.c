/* test_feed.c - feeds and sitemaps: which links are taken, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "feeds/feed.h"

static dl_arena arena;

static int begin(void **state)
{
    (void)state;
    dl_arena_init(&arena, 0);
    return 0;
}

static int end(void **state)
{
    (void)state;
    dl_arena_free(&arena);
    return 0;
}

static feed parsed(const char *xml)
{
    feed out;
    dl_error err = {0};
    if (feed_parse(&out, &arena, dl_str_of(xml), DL_STR("https://news.example/feeds/all"), &err) != DL_OK) fail_msg("%s", err.message);
    return out;
}

static void expect(const feed *found, size_t index, const char *url)
{
    assert_true(index < found->item_count);
    if (!dl_str_is(found->items[index].url, url)) fail_msg("%zu: %.*s", index, (int)found->items[index].url.len, found->items[index].url.ptr);
}

static void rss_gives_links_days_and_titles_of_its_items_only(void **state)
{
    (void)state;
    feed f = parsed(" \n<?xml version='1.0'?><rss version='2.0' xmlns:media='m' xmlns:atom='a'><channel><title>All</title><link>https://news.example/</link>"
                    "<image><title>No</title><link>https://news.example/logo</link></image>"
                    "<item><title>One &amp; <![CDATA[two]]></title><link> https://news.example/1 </link><guid isPermaLink='false'>77</guid>"
                    "<pubDate>Tue, 14 Oct 2025 12:30:00 GMT</pubDate><media:content url='x'><media:title>No</media:title></media:content></item>"
                    "<item><guid>https://news.example/2</guid></item>"
                    "<item><atom:link rel='self' href='/no'/><atom:link href='3'/></item>"
                    "<item><title>No link</title></item></channel></rss>");
    assert_int_equal(f.kind, FEED_RSS);
    assert_int_equal(f.item_count, 3);
    expect(&f, 0, "https://news.example/1");
    assert_true(dl_str_is(f.items[0].title, "One & two"));
    assert_true(dl_str_is(f.items[0].id, "77"));
    assert_int_equal(f.items[0].published, 1760445000);
    expect(&f, 1, "https://news.example/2");
    expect(&f, 2, "https://news.example/feeds/3");
}

static void atom_rdf_and_sitemaps_give_the_same(void **state)
{
    (void)state;
    feed f = parsed("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:link href='/'/><a:entry><a:link rel='edit' href='/no'/><a:link rel='alternate' href='/1'/>"
                    "<a:id>https://news.example/id</a:id><a:updated>2025-10-14T12:30:00Z</a:updated><a:published>2025-10-14T10:30:00Z</a:published></a:entry></a:feed>");
    assert_int_equal(f.kind, FEED_ATOM);
    assert_int_equal(f.item_count, 1);
    expect(&f, 0, "https://news.example/1");
    assert_int_equal(f.items[0].changed - f.items[0].published, 7200);
    f = parsed("<rdf:RDF xmlns:rdf='r' xmlns:dc='d'><channel/><item rdf:about='/1'><dc:date>2025-10-14</dc:date></item></rdf:RDF>");
    assert_int_equal(f.kind, FEED_RDF);
    expect(&f, 0, "https://news.example/1");
    assert_int_equal(f.items[0].published, 1760400000);
    f = parsed("<urlset xmlns:n='n' xmlns:image='i'><url><loc>/1</loc><lastmod>2025-10-15</lastmod><image:image><image:loc>/no</image:loc></image:image>"
               "<n:news><n:publication_date>2025-10-14</n:publication_date><n:title>One</n:title></n:news></url></urlset>");
    assert_int_equal(f.kind, FEED_SITEMAP);
    expect(&f, 0, "https://news.example/1");
    assert_int_equal(f.items[0].changed - f.items[0].published, 86400);
    assert_true(dl_str_is(f.items[0].title, "One"));
    f = parsed("<sitemapindex><sitemap><loc>/map.xml</loc></sitemap></sitemapindex>");
    assert_int_equal(f.kind, FEED_INDEX);
    expect(&f, 0, "https://news.example/map.xml");
}

static void unknown_entities_and_old_encodings_do_not_stop_a_feed(void **state)
{
    (void)state;
    feed f = parsed("<rss><channel><item><title>Before&nbsp;after</title><link>/1</link></item></channel></rss>");
    assert_true(dl_str_is(f.items[0].title, "Before after"));
    f = parsed("<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><title>\xC1\xEE\xE9</title><link>/1</link></item></channel></rss>");
    assert_true(dl_str_is(f.items[0].title, "\xD0\x91\xD0\xBE\xD0\xB9"));
}

static void what_was_read_before_a_fault_is_kept(void **state)
{
    (void)state;
    feed f;
    dl_error err = {0};
    dl_str cut = DL_STR("<rss><channel><item><link>/1</link></item><item><link>/2</li");
    assert_int_equal(feed_parse(&f, &arena, cut, DL_STR("https://a.example/"), &err), DL_BAD_DATA);
    assert_int_equal(f.item_count, 1);
    assert_true(err.offset > 0 && err.message[0]);
}

static void what_is_no_feed_or_a_trap_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "hello", "<html><body><a href='/1'>x</a></body></html>",
        "<!DOCTYPE r [<!ENTITY a 'b'>]><rss><channel><item><link>/&a;</link></item></channel></rss>",
        "<!DOCTYPE r [<!ENTITY % a SYSTEM 'file:///etc/passwd'>%a;]><rss/>"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        feed f;
        dl_error err = {0};
        assert_int_equal(feed_parse(&f, &arena, dl_str_of(texts[i]), DL_STR("https://a.example/"), &err), DL_BAD_DATA);
        assert_int_equal(f.item_count, 0);
    }
}

static void depth_and_number_are_bounded(void **state)
{
    (void)state;
    enum { ITEMS = FEED_MOST_ITEMS + 10, ROOM = 40 };
    feed f;
    char *text = malloc(ITEMS * ROOM + 100), *at = text;
    assert_non_null(text);
    at = stpcpy(at, "<rss><channel>");
    for (int i = 0; i < ITEMS; i++) at += sprintf(at, "<item><link>/%d</link></item>", i);
    assert_int_equal(feed_parse(&f, &arena, (dl_str){text, (size_t)(at - text)}, DL_STR("https://a.example/"), NULL), DL_LIMIT);
    assert_int_equal(f.item_count, FEED_MOST_ITEMS);
    at = stpcpy(text, "<rss>");
    for (int i = 0; i < 1000; i++) at = stpcpy(at, "<a>");
    assert_int_equal(feed_parse(&f, &arena, (dl_str){text, (size_t)(at - text)}, DL_STR("https://a.example/"), NULL), DL_LIMIT);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rss_gives_links_days_and_titles_of_its_items_only, begin, end),
        cmocka_unit_test_setup_teardown(atom_rdf_and_sitemaps_give_the_same, begin, end),
        cmocka_unit_test_setup_teardown(unknown_entities_and_old_encodings_do_not_stop_a_feed, begin, end),
        cmocka_unit_test_setup_teardown(what_was_read_before_a_fault_is_kept, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_feed_or_a_trap_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(depth_and_number_are_bounded, begin, end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
