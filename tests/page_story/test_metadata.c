/* What a page says of itself: title, site, days, authors, section and language, by the vote of its voices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "page/bylines.h"
#include "page/dates.h"
#include "page/language.h"
#include "page/page.h"
#include "page/site.h"

static struct {
    dl_lexicon *lexicon;
    dl_page_data *page;
    dl_date_words dates;
    dl_byline_words bylines;
    dl_language_words languages;
    dl_arena arena;
} it;

static int open_data(void **state)
{
    (void)state;
    dl_arena_init(&it.arena, 0);
    dl_error err;
    if (dl_lexicon_open(&it.lexicon, DATELINE_TEST_DATA "/dateline.lexicon", &err) != DL_OK) return -1;
    if (dl_page_open(&it.page, it.lexicon, &err) != DL_OK) return -1;
    if (dl_date_words_open(&it.dates, it.lexicon, &err) != DL_OK) return -1;
    if (dl_language_words_open(&it.languages, it.lexicon, &err) != DL_OK) return -1;
    return dl_byline_words_open(&it.bylines, it.lexicon, &err) == DL_OK ? 0 : -1;
}

static int close_data(void **state)
{
    (void)state;
    dl_page_close(it.page);
    dl_lexicon_close(it.lexicon);
    dl_arena_free(&it.arena);
    return 0;
}

#define STORY "<p>Shells fell on the market of Velin on Sunday morning, shortly after the stalls had opened, and the mayor said that four people were killed.</p>" \
              "<p>Rescuers searched the ruins of the hall until dusk, while families waited behind the cordon for news of those who were still missing.</p>" \
              "<p>The army denied that it had fired, and the other side said that it would let observers see the craters on Monday.</p>"
#define MARKET "Shells hit the market of Velin"

/* A page with `head` in its head, `top` before the story and `end` behind it. */
static dl_story read_page(const char *head, const char *top, const char *end, const char *url)
{
    dl_str html = dl_arena_format(&it.arena, "<!doctype html><html lang=en><head><meta charset=utf-8>%s</head><body>%s<article>" STORY "%s</article></body></html>", head, top, end);
    dl_story story;
    dl_error err;
    assert_int_equal(dl_page_read(it.page, &it.arena, html, (dl_str){0}, dl_str_of(url), &story, &err), DL_OK);
    return story;
}

static void check(const char *what, dl_str got, const char *want)
{
    if (!dl_str_is(got, want)) fail_msg("%s is \"%.*s\", not \"%s\"", what, (int)got.len, got.ptr ? got.ptr : "", want);
}

static dl_str joined(const dl_story *story)
{
    dl_str all = DL_STR("");
    for (size_t i = 0; i < story->author_count; i++)
        all = dl_arena_format(&it.arena, "%.*s%s%.*s", (int)all.len, all.ptr, i ? "|" : "", (int)story->authors[i].len, story->authors[i].ptr);
    return all;
}

static dl_str day(dl_date date)
{
    char text[16];
    return dl_arena_str(&it.arena, dl_str_of(dl_date_format(date, text)));
}

#define POST "https://www.velinpost.example/n/market"

/* ---- title and site ---- */

static void a_title_is_what_the_voices_agree_on(void **state)
{
    (void)state;
    static const struct { const char *head, *top, *want; } CASES[] = {
        /* the site at the end, at the beginning, by its host */
        {"<title>" MARKET " | The Velin Post</title><meta property=og:site_name content='The Velin Post'>", "", MARKET},
        {"<title>The Velin Post - " MARKET "</title><meta property=og:site_name content='The Velin Post'>", "", MARKET},
        {"<title>" MARKET " \xE2\x80\x93 VelinPost</title>", "", MARKET},
        {"<title>" MARKET " \xC2\xBB World \xC2\xBB Velin Post</title><meta property=og:title content='" MARKET "'>", "", MARKET},
        /* an h1 in the bread crumbs */
        {"<title>Velin: market shelled, four dead</title><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"" MARKET "\"}</script>",
         "<nav><ul><li>Home</li><li><h1>Velin: market shelled, four dead</h1></li></ul></nav><h2>" MARKET "</h2>", MARKET},
        {"<title>Velin: market shelled, four dead</title><meta property=og:title content='" MARKET "'>",
         "<div class=breadcrumbs><h1>Velin: market shelled, four dead</h1></div><h2>" MARKET "</h2>", MARKET},
        /* a heading that leads home is the site's name */
        {"<title>" MARKET " : Notes from the Valley</title>", "<h1><a href='/'>Notes from the Valley</a></h1><h1>" MARKET "</h1>", MARKET},
        /* a kicker that two voices have belongs to the title; one of the shown headline alone does not */
        {"<meta property=og:title content='Attack on town: " MARKET "'><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Attack on town: " MARKET "\"}</script>",
         "<h1>" MARKET "</h1>", "Attack on town: " MARKET},
        {"<meta property=og:title content='" MARKET "'>", "<h1><span>War in the valley</span> " MARKET "</h1>", MARKET},
        {"<meta property=og:title content='Attack on town: " MARKET "'>", "<h1>War in the valley - " MARKET "</h1>", MARKET},
        {"<title>The Velin market was hit by heavy shells - rescuers search until dusk</title><meta property=og:title content='The market of Velin was hit - rescuers search until dusk'>",
         "<h1>The Velin market was hit by heavy shells - rescuers search until dusk</h1>", "The Velin market was hit by heavy shells - rescuers search until dusk"},
        /* a year before is no kicker */
        {"<meta property=og:title content='guide to the shelters of Velin'>", "<h1>2025 guide to the shelters of Velin</h1>", "2025 guide to the shelters of Velin"},
        /* h1s that say something else */
        {"<title>" MARKET "</title>", "<h1>Menu</h1><h1>" MARKET "</h1>", MARKET},
        {"<meta name=sailthru.title content='" MARKET "'>", "", MARKET},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dl_story story = read_page(CASES[i].head, CASES[i].top, "", POST);
        check(CASES[i].head, story.title, CASES[i].want);
    }
}

static void the_site_is_named_by_the_page_or_by_what_only_its_title_has(void **state)
{
    (void)state;
    static const struct { const char *head, *want; } CASES[] = {
        {"<meta property=og:site_name content='The Velin Post'>", "The Velin Post"},
        {"<script type=application/ld+json>{\"@graph\":[{\"@type\":\"NewsArticle\",\"publisher\":{\"@id\":\"#p\"}},{\"@id\":\"#p\",\"@type\":\"Organization\",\"name\":\"Velin Post\"}]}</script>", "Velin Post"},
        {"<title>" MARKET " | World | Valley Messenger</title><meta property=og:title content='" MARKET "'>", "Valley Messenger"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        check(CASES[i].head, read_page(CASES[i].head, "", "", POST).site, CASES[i].want);
}

/* ---- days ---- */

static void the_day_of_publishing_comes_from_the_surest_voice(void **state)
{
    (void)state;
    static const struct { const char *head, *top, *url, *want, *from; } CASES[] = {
        {"<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-03-06\",\"dateModified\":\"2024-04-01\"}</script>",
         "<time>2 April 2024</time>", POST, "2024-03-06", "json-ld"},
        {"<meta property=article:published_time content='2024-03-06T09:00:00+01:00'><meta property=article:modified_time content='2024-04-01'>", "", POST, "2024-03-06", "meta"},
        {"", "<span itemprop=datePublished content='2024-03-06'></span>", POST, "2024-03-06", "microdata"},
        {"", "<span property='schema:datePublished' content='2024-03-06'></span>", POST, "2024-03-06", "microdata"},
        {"", "", "https://velinpost.example/2024/march/06/market", "2024-03-06", "url"},
        {"", "", "https://velinpost.example/news/06-03-2024", "2024-03-06", "url"},
        {"", "", "https://velinpost.example/story/24/03/06/999999/market", "", ""},
        {"", "<h1>" MARKET "</h1><abbr class=published title='2024-03-06T10:00:00+01:00'>yesterday</abbr>", POST, "2024-03-06", "time"},
        {"<title>" MARKET "</title>", "<div>Friday, 8 March 2024</div><ul><li>Velin</li><li>World</li><li>Sport</li><li>Trade</li></ul><h1>" MARKET "</h1><p>6 March 2024, 10:40</p>", POST, "2024-03-06", "text"},
        {"<title>Notes</title>", "<p><a href=/1>6 March 2024</a></p><p>The hall had been built anew on 2 May 2019.</p>", POST, "2024-03-06", "text"},
        {"<meta name=lastmod content='2024-03-06'>", "", POST, "2024-03-06", "meta"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dl_story story = read_page(CASES[i].head, CASES[i].top, "", CASES[i].url);
        check(CASES[i].url, day(story.published), CASES[i].want);
        check("published_from", story.published_from, CASES[i].from);
    }
}

static void a_moment_in_utc_is_the_day_that_it_was_at_the_site(void **state)
{
    (void)state;
    static const char UTC[] = "<meta property=article:published_time content='2024-03-07T02:49:09Z'>";
    dl_story story = read_page(UTC, "", "", "https://velinpost.example/2024/03/06/market/");
    check("by the address", day(story.published), "2024-03-06");
    check("the moment", story.published_time, "2024-03-07T02:49:09Z");
    story = read_page(UTC, "<h1>" MARKET "</h1><time datetime='2024-03-06 18:49:09'>today</time>", "", POST);
    check("by the time element", day(story.published), "2024-03-06");
    check("its zone", story.published_time, "2024-03-06T18:49:09-08:00");
    story = read_page(UTC, "<h1>" MARKET "</h1><time datetime='2024-03-05 11:00:00'>a time</time>", "", POST);
    check("another moment", day(story.published), "2024-03-07");
    story = read_page(UTC, "", "", "https://velinpost.example/2024/03/01/market/");
    check("another day", day(story.published), "2024-03-07");
}

static void a_moment_in_utc_is_the_day_that_it_was_in_the_country_of_the_address(void **state)
{
    (void)state;
    static const struct { const char *moment, *url, *want; } CASES[] = {
        {"2024-03-06T23:40:00Z", "https://post.example/n/market", "2024-03-06"},
        {"2024-01-06T23:40:00Z", "https://velinpost.de/n/market", "2024-01-07"},
        {"2024-01-06T22:40:00Z", "https://velinpost.de/n/market", "2024-01-06"},
        {"2024-07-06T22:40:00Z", "https://velinpost.de/n/market", "2024-07-07"},
        {"2024-07-06T01:10:00Z", "https://velinpost.ca/n/market", "2024-07-05"},
        {"2024-07-06T05:00:00Z", "https://velinpost.ca/n/market", "2024-07-06"}, /* midnight has passed in the east alone */
        {"2024-07-06T00:00:00Z", "https://velinpost.ca/n/market", "2024-07-06"}, /* a day without a time */
        {"2024-07-06T15:30:00Z", "https://velinpost.com.au:443/n/market", "2024-07-06"},
        {"2024-07-06T16:30:00Z", "https://velinpost.com.au:443/n/market", "2024-07-07"},
        {"2024-07-06T01:10:00Z", "https://velinpost.ca/2024/07/06/market", "2024-07-06"}, /* the address says so */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dl_str head = dl_arena_format(&it.arena, "<meta property=article:published_time content='%s'>", CASES[i].moment);
        dl_story story = read_page(head.ptr, "", "", CASES[i].url);
        check(CASES[i].url, day(story.published), CASES[i].want);
        check("the moment", story.published_time, CASES[i].moment);
    }
}

static void day_and_month_are_told_apart_by_the_folder_of_the_image(void **state)
{
    (void)state;
    static const char DATE[] = "<h1>" MARKET "</h1><p class=date>03/06/2024</p>";
    check("American", day(read_page("", DATE, "", POST).published), "2024-03-06");
    check("by the image", day(read_page("<meta property=og:image content='https://velinpost.example/uploads/2024/06/a.jpg'>", DATE, "", POST).published), "2024-06-03");
}

static void days_are_read_in_other_digits_and_with_months_named_twice(void **state)
{
    (void)state;
    static const struct { const char *text, *want; } CASES[] = {
        {"\xD9\xA1\xD9\xA3/\xD9\xA0\xD9\xA3/\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA4", "2024-03-13"},
        {"24 \xD9\x86\xD9\x8A\xD8\xB3\xD8\xA7\xD9\x86 / \xD8\xA3\xD8\xA8\xD8\xB1\xD9\x8A\xD9\x84 2024", "2024-04-24"},
        {"\xEF\xBC\x92\xEF\xBC\x90\xEF\xBC\x92\xEF\xBC\x94\xE5\xB9\xB4\xEF\xBC\x93\xE6\x9C\x88\xEF\xBC\x96\xE6\x97\xA5", "2024-03-06"},
        {"23-03-2024", "2024-03-23"},
        {"১৬ ফেব্রুয়ারি ২০২৪, ১০:৩০", "2024-02-16"},
        {"6 მარტი, 2024", "2024-03-06"},
        {"۶ مارچ ۲۰۲۴ء", "2024-03-06"},
        {"۱ فروردین ۱۴۰۳", "2024-03-20"},      /* a leap year of both calendars */
        {"چهارشنبه ۳۰ اسفند ۱۴۰۳ - ۱۲:۱۰", "2025-03-20"},
        {"۱۲ دی ۱۴۰۳", "2025-01-01"},
        {"1399/07/30", "2020-10-21"},
        {"30 اسفند 1400", ""},                  /* no leap year */
        {"1420/02/01", ""},                     /* may be lunar */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dl_stamp stamp = {0};
        size_t at = 0;
        bool found = dl_stamp_find(&it.dates, dl_stamp_fold(&it.arena, dl_str_of(CASES[i].text)), false, &at, &stamp);
        check(CASES[i].text, found ? day(stamp.date) : DL_STR(""), CASES[i].want);
    }
}

/* ---- authors ---- */

static void bylines_give_people_and_nothing_of_what_is_told_of_them(void **state)
{
    (void)state;
    static const struct { const char *byline, *want; } CASES[] = {
        {"Nora Blum, Frankfurt", "Nora Blum"},
        {"Nora Blum, Ph.D.", "Nora Blum"},
        {"Nora Blum, Head of Sales and Marketing", "Nora Blum"},
        {"Nora Blum, professor at the university of Velin, Velin Post", "Nora Blum|Velin Post"},
        {"Nora Blum Staff Writer", "Nora Blum"},
        {"By Nora Blum on Friday March 8", "Nora Blum"},
        {"Nora Blum March 8, 2024", "Nora Blum"},
        {"By Nora Blum and Jan Ott, Edited by Uwe Lind", "Nora Blum|Jan Ott"},
        {"Edited by Uwe Lind", ""},
        {"This report was written by Nora Blum", "Nora Blum"},
        {"Nora Blum nora@post.example", "Nora Blum"},
        {"Tom May", "Tom May"},
        {"Jan E Ott", "Jan E Ott"},
        {"Nora Blum, dpa", "Nora Blum|dpa"},
        {"Nora van der Blum & Jan Ott", "Nora van der Blum|Jan Ott"},
        {"Nora Blum - Velin Desk Team", "Nora Blum"},
        {"8 March 2024", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dl_authors authors = {0};
        assert_int_equal(dl_authors_add(&authors, &it.bylines, &it.arena, dl_str_of(CASES[i].byline), NULL), DL_OK);
        dl_story story = {.authors = authors.names.items, .author_count = authors.names.count};
        check(CASES[i].byline, joined(&story), CASES[i].want);
    }
}

static void authors_come_from_the_place_that_names_people(void **state)
{
    (void)state;
    static const char SITE[] = "<meta property=og:site_name content='The Velin Post'><title>" MARKET "</title>";
    static const struct { const char *head, *top, *end, *want; } CASES[] = {
        {"<script type=application/ld+json>{\"@graph\":[{\"@type\":\"NewsArticle\",\"author\":[{\"@id\":\"#a\"},{\"@type\":\"Person\",\"name\":[\"Jan Ott\"]}]},"
         "{\"@id\":\"#a\",\"@type\":\"Person\",\"name\":\"Nora Blum\"}]}</script>", "", "", "Nora Blum|Jan Ott"},
        {"<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":\"Nora Blum, Jan Ott and Uwe Lind\"}</script>", "", "", "Nora Blum|Jan Ott|Uwe Lind"},
        {"<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"creator\":{\"name\":\"Nora Blum\"}}</script>", "", "", "Nora Blum"},
        {"<meta name=author content='The Velin Post'><meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Nora Blum'>", "", "", "Nora Blum"},
        {"<meta name=twitter:label1 content='Reading time'><meta name=twitter:data1 content='Four Minutes'>", "", "", ""},
        {"", "<h1>" MARKET "</h1><ul class=metaAuthorList><li class=metaAuthorList-item><a href='/people/7'>Nora Blum</a></li></ul>", "", "Nora Blum"},
        {"", "<h1>" MARKET "</h1><a href='/author/nora-blum/'>Nora Blum</a>", "", "Nora Blum"},
        {"", "<h1>" MARKET "</h1><p><span property=author>Nora Blum</span></p>", "", "Nora Blum"},
        {"", "<h1>" MARKET "</h1><div class=author><span class=name>By Nora Blum</span> <span class=role>Reporter</span></div>", "", "Nora Blum"},
        {"", "<h1>" MARKET "</h1><p>Nora Blum | 06.03.2024</p>", "", "Nora Blum"},
        {"<meta name=author content='The Velin Post'>", "<h1>" MARKET "</h1>", "<p><strong>Nora Blum</strong></p>", "Nora Blum"},
        {"<meta name=author content='The Velin Post'>", "<h1>" MARKET "</h1>", "<p>Read More Stories</p>", "The Velin Post"},
        {"<meta name=author content='The Velin Post'>", "<h1>" MARKET "</h1><p class=byline>Reuters</p>", "", "Reuters"},
        {"<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"The Velin Post and AFP\"}}</script>", "", "", "The Velin Post and AFP"},
        {"<meta name=author content='The Velin Post, Velin, Valley'>", "", "", "The Velin Post"},
        {"", "<h1>" MARKET "</h1><p class=byline>By Nora Blum, The Velin Post</p>", "", "Nora Blum"},
        {"", "<h1>" MARKET "</h1>", "<div id=comments class=comments><span class=comment-author>Angry Reader</span></div>", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dl_str head = dl_arena_format(&it.arena, "%s%s", SITE, CASES[i].head);
        dl_story story = read_page(head.ptr, CASES[i].top, CASES[i].end, POST);
        check(dl_arena_format(&it.arena, "author in %s%s%s", CASES[i].head, CASES[i].top, CASES[i].end).ptr, joined(&story), CASES[i].want);
    }
}

/* ---- section and language ---- */

static void a_section_is_no_front_page_no_site_and_no_date(void **state)
{
    (void)state;
    static const struct { const char *head, *top, *url, *want; } CASES[] = {
        {"<meta property=article:section content=World>", "", POST, "World"},
        {"<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleSection\":[\"news\",\"Middle East\"]}</script>", "", POST, "Middle East"},
        {"<script type=application/ld+json>{\"@type\":\"BreadcrumbList\",\"itemListElement\":[{\"name\":\"Home\"},{\"item\":{\"name\":\"Politik\"}},{\"name\":\"" MARKET "\"}]}</script>", "", POST, "Politik"},
        {"<title>" MARKET "</title>", "<ol class=breadcrumb><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ol><h1>" MARKET "</h1>", POST, "World"},
        {"", "", "https://velinpost.example/en/news/public-service/market", "public service"},
        {"<meta name=category content='Public Service'>", "", "https://velinpost.example/public-service/market", "Public Service"},
        {"<meta property=article:section content=public-service><meta name=category content='Public Service'>", "", POST, "Public Service"},
        {"", "", "https://velinpost.example/2024/03/06/market", ""},
        {"", "", "https://velinpost.example/en-us/market", ""},
        {"<meta property=article:section content='velinpost.example'>", "", POST, ""},
        {"<meta property=article:section content='News'>", "", POST, "News"},
        {"<meta property=article:section content='2024'>", "", POST, ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dl_story story = read_page(CASES[i].head, CASES[i].top, "", CASES[i].url);
        check(dl_arena_format(&it.arena, "section in %s%s%s", CASES[i].head, CASES[i].top, CASES[i].url).ptr, story.section, CASES[i].want);
    }
}

static void a_language_is_told_by_letters_and_small_words(void **state)
{
    (void)state;
    static const struct { const char *text, *want; } CASES[] = {
        {"The shells fell on the market and four of the people who were there have died, said the mayor.", "en"},
        {"Die Granaten fielen auf den Markt, und vier der Menschen, die dort waren, sind nach Angaben des Rates tot.", "de"},
        {"Les obus sont tomb\xC3\xA9s sur le march\xC3\xA9 et quatre personnes ont \xC3\xA9t\xC3\xA9 tu\xC3\xA9""es, selon le maire qui est sur place.", "fr"},
        {"Los proyectiles cayeron sobre el mercado y cuatro de las personas que estaban all\xC3\xAD murieron, seg\xC3\xBAn la alcaldesa.", "es"},
        {"As granadas ca\xC3\xADram no mercado e quatro pessoas foram mortas, segundo a prefeita, que n\xC3\xA3o falou mais.", "pt"},
        {"\xD0\xA1\xD0\xBD\xD0\xB0\xD1\x80\xD1\x8F\xD0\xB4\xD1\x8B \xD1\x83\xD0\xBF\xD0\xB0\xD0\xBB\xD0\xB8 \xD0\xBD\xD0\xB0 \xD1\x80\xD1\x8B\xD0\xBD\xD0\xBE\xD0\xBA, \xD1\x87\xD0\xB5\xD1\x82\xD0\xB2\xD0\xB5\xD1\x80\xD0\xBE \xD0\xBF\xD0\xBE\xD0\xB3\xD0\xB8\xD0\xB1\xD0\xBB\xD0\xB8, \xD1\x81\xD0\xBA\xD0\xB0\xD0\xB7\xD0\xB0\xD0\xBB \xD0\xBC\xD1\x8D\xD1\x80", "ru"},
        {"\xD0\xA1\xD0\xBD\xD0\xB0\xD1\x80\xD1\x8F\xD0\xB4\xD0\xB8 \xD0\xB2\xD0\xBF\xD0\xB0\xD0\xBB\xD0\xB8 \xD0\xBD\xD0\xB0 \xD1\x80\xD0\xB8\xD0\xBD\xD0\xBE\xD0\xBA \xD1\x96 \xD1\x87\xD0\xBE\xD1\x82\xD0\xB8\xD1\x80\xD0\xB8 \xD0\xBB\xD1\x8E\xD0\xB4\xD0\xB8\xD0\xBD\xD0\xB8 \xD0\xB7\xD0\xB0\xD0\xB3\xD0\xB8\xD0\xBD\xD1\x83\xD0\xBB\xD0\xB8 \xD0\xB2 \xD0\xBC\xD1\x96\xD1\x81\xD1\x82\xD1\x96", "uk"},
        {"42 17 99", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        check(CASES[i].text, dl_language_guess(&it.languages, dl_str_of(CASES[i].text), &it.arena), CASES[i].want);
}

static dl_str language_of(const char *tag, const char *text)
{
    dl_str html = dl_arena_format(&it.arena, "<!doctype html><html %s><head><meta charset=utf-8></head><body><article><p>%s</p></article></body></html>", tag, text);
    dl_story story;
    dl_error err;
    assert_int_equal(dl_page_read(it.page, &it.arena, html, (dl_str){0}, dl_str_of(POST), &story, &err), DL_OK);
    return story.language;
}

#define GERMAN "Die Granaten fielen am Sonntag auf den Markt von Velin, und vier der Menschen, die dort waren, sind nach Angaben des Rates tot. " \
               "Die Helfer suchten bis zum Abend in den Ruinen der Halle, w\xC3\xA4hrend die Familien auf Nachricht von den Vermissten warteten. Der Rat wird sich nicht vor Montag mit dem Fall befassen."

static void a_told_language_is_believed_unless_the_story_plainly_is_in_another(void **state)
{
    (void)state;
    check("a tag", language_of("lang=de_at", GERMAN), "de-AT");
    check("a template's default", language_of("lang=en-US", GERMAN), "de");
    check("no tag", language_of("", GERMAN), "de");
    check("no tag at all", language_of("lang='{{lang}}'", GERMAN), "de");
    check("another Latin tag", language_of("lang=nds", GERMAN), "nds");
}

/* ---- hostile pages ---- */

static void repeated_signs_and_endless_values_are_read_in_no_time(void **state)
{
    (void)state;
    static const char *const UNITS[] = {" | ", "<a", " and ", "/2024/", "by ", ", ", "\xD9\xA1", "<span class=author>", "a-", "1/2/"};
    enum { LENGTH = 400000 };
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        size_t len = strlen(UNITS[i]), size = 0;
        char *many = dl_arena_alloc(&it.arena, LENGTH + 64);
        while (size + len < LENGTH) memcpy(many + size, UNITS[i], len), size += len;
        dl_str html = dl_arena_format(&it.arena, "<title>%s</title><meta property=og:title content=\"%s\"><meta name=author content=\"%s\"><meta name=date content=\"%s\">"
                                                 "<meta property=article:section content=\"%s\"><h1>%s</h1><p class=byline>%s</p>", many, many, many, many, many, many, many);
        dl_story story;
        dl_error err;
        dl_arena arena;
        dl_arena_init(&arena, 0);
        assert_int_equal(dl_page_read(it.page, &arena, html, (dl_str){0}, (dl_str){many, size}, &story, &err), DL_OK);
        assert_true(arena.used < (size_t)LENGTH * 600); /* memory tells of work: it grows with the page, not with its square */
        dl_arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_is_what_the_voices_agree_on),
        cmocka_unit_test(the_site_is_named_by_the_page_or_by_what_only_its_title_has),
        cmocka_unit_test(the_day_of_publishing_comes_from_the_surest_voice),
        cmocka_unit_test(a_moment_in_utc_is_the_day_that_it_was_at_the_site),
        cmocka_unit_test(a_moment_in_utc_is_the_day_that_it_was_in_the_country_of_the_address),
        cmocka_unit_test(day_and_month_are_told_apart_by_the_folder_of_the_image),
        cmocka_unit_test(days_are_read_in_other_digits_and_with_months_named_twice),
        cmocka_unit_test(bylines_give_people_and_nothing_of_what_is_told_of_them),
        cmocka_unit_test(authors_come_from_the_place_that_names_people),
        cmocka_unit_test(a_section_is_no_front_page_no_site_and_no_date),
        cmocka_unit_test(a_language_is_told_by_letters_and_small_words),
        cmocka_unit_test(a_told_language_is_believed_unless_the_story_plainly_is_in_another),
        cmocka_unit_test(repeated_signs_and_endless_values_are_read_in_no_time),
    };
    return cmocka_run_group_tests(tests, open_data, close_data);
}
