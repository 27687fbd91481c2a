/* What the reading half of the page room promises: stories, days, names and access. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "page/bylines.h"
#include "page/dates.h"
#include "page/page.h"
#include "page/writer.h"

static struct {
    dl_lexicon *lexicon;
    dl_page_data *page;
    dl_date_words dates;
    dl_byline_words bylines;
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

#define HEAD "<!doctype html><html lang=en><head><meta charset=utf-8><title>Bridge over the Marn collapses - The Example Post</title>" \
             "<meta property='og:site_name' content='The Example Post'>"
#define NAV "<nav><ul><li><a href=/w>World</a></li><li><a href=/s>Sport</a></li><li><a href=/b>Business</a></li></ul></nav>"
#define P1 "<p>The old road bridge over the Marn collapsed on Tuesday night after two days of heavy rain, officials in the district said.</p>"
#define P2 "<p>Three people were pulled from the water alive, and divers were still searching for a lorry that was crossing at the time.</p>"
#define P3 "<p>\"We had warned the ministry about those pillars for years,\" the mayor, Ilse Anders, told reporters at the scene.</p>"
#define P4 "<p>Engineers will examine the remaining spans on Wednesday, and the road stays closed until further notice.</p>"
#define FOOT "<footer><p>Copyright The Example Post. All rights reserved.</p></footer>"

static const char PAGE[] =
    HEAD "<meta property='og:title' content='Bridge over the Marn collapses'>"
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge over the Marn collapses\","
    "\"datePublished\":\"2024-03-06T07:15:00+01:00\",\"author\":[{\"@type\":\"Person\",\"name\":\"Nora Blum\"},{\"name\":\"Jan Ott\"}]}</script>"
    "</head><body>" NAV "<main><article><h1>Bridge over the Marn collapses</h1><div class=article-body>" P1
    "<figure><img src=b.jpg><figcaption>The bridge as it stood last summer, seen from the northern bank of the river.</figcaption></figure>" P2
    "<div class='related-articles'><h3>Related</h3><ul><li><a href=/1>Rain floods cellars</a></li><li><a href=/2>Ferry is back</a></li></ul></div>" P3 P4
    "</div></article></main><aside class=newsletter><p>Sign up for our daily newsletter.</p></aside>" FOOT "</body></html>";

static dl_story read_page(const char *html, size_t size)
{
    dl_story story;
    dl_error err;
    assert_int_equal(dl_page_read(it.page, &it.arena, (dl_str){html, size}, (dl_str){0}, DL_STR("https://post.example/n/1"), &story, &err), DL_OK);
    return story;
}

static bool tells(const dl_story *story, const char *words)
{
    return dl_str_find(story->text, dl_str_of(words), 0) != SIZE_MAX;
}

static void a_story_has_its_paragraphs_and_nothing_of_what_stands_around(void **state)
{
    (void)state;
    dl_story story = read_page(PAGE, sizeof PAGE - 1);
    assert_true(tells(&story, "The old road bridge over the Marn collapsed on Tuesday night"));
    assert_true(tells(&story, "divers were still searching for a lorry"));
    assert_true(tells(&story, "told reporters at the scene"));
    assert_true(tells(&story, "the road stays closed until further notice."));
    assert_false(tells(&story, "Sport"));
    assert_false(tells(&story, "Ferry is back"));
    assert_false(tells(&story, "newsletter"));
    assert_false(tells(&story, "All rights reserved"));
}

static void the_headline_is_the_title_without_the_site_and_not_in_the_text(void **state)
{
    (void)state;
    dl_story story = read_page(PAGE, sizeof PAGE - 1);
    assert_true(dl_str_is(story.title, "Bridge over the Marn collapses"));
    assert_true(dl_str_is(story.site, "The Example Post"));
    assert_false(tells(&story, "Bridge over the Marn collapses"));
}

static void a_caption_that_is_kept_is_marked_as_one(void **state)
{
    (void)state;
    dl_story story = read_page(PAGE, sizeof PAGE - 1);
    for (size_t i = 0; i < story.block_count; i++)
        if (dl_str_find(dl_span_str(story.text, story.blocks[i].span), DL_STR("seen from the northern bank"), 0) != SIZE_MAX)
            assert_int_equal(story.blocks[i].kind, DL_BLOCK_CAPTION);
}

static void every_byte_of_a_story_leads_back_to_the_page(void **state)
{
    (void)state;
    dl_story story = read_page(PAGE, sizeof PAGE - 1);
    dl_error err;
    dl_markup markup = {.text = {PAGE, sizeof PAGE - 1}};
    assert_int_equal(dl_story_check(&story, markup.text, &markup, &err), DL_OK);
}

static void people_and_the_day_come_from_the_linked_data(void **state)
{
    (void)state;
    dl_story story = read_page(PAGE, sizeof PAGE - 1);
    assert_int_equal(story.author_count, 2);
    assert_true(dl_str_is(story.authors[0], "Nora Blum"));
    assert_true(dl_str_is(story.authors[1], "Jan Ott"));
    assert_int_equal(story.published.day, 6);
    assert_true(dl_str_is(story.published_time, "2024-03-06T07:15:00+01:00"));
    assert_true(dl_str_is(story.published_from, "json-ld"));
    assert_int_equal(story.access, DL_ACCESS_FULL);
}

static void a_cut_story_is_said_to_be_cut_in_the_words_of_the_page(void **state)
{
    (void)state;
    static const char CUT[] = HEAD "</head><body>" NAV "<article><h1>Bridge over the Marn collapses</h1><div class=article-body>" P1 P2
        "<p>The ministry, which had been told of cracks in the pillars as early as last spring, had planned to...</p></div>"
        "<div class=paywall><p>To continue reading, subscribe now. Already a subscriber? Log in.</p></div></article>" FOOT "</body></html>";
    dl_story story = read_page(CUT, sizeof CUT - 1);
    assert_int_equal(story.access, DL_ACCESS_TRUNCATED);
    assert_true(dl_str_starts(story.notice, "To continue reading"));
    assert_false(tells(&story, "Already a subscriber"));
}

#define STORY(more) HEAD "</head><body>" NAV "<article><h1>Bridge over the Marn collapses</h1><div class=article-body>" P1 P2 P3 P4 "</div>" more "</article>" FOOT "</body></html>"

static void an_offer_behind_a_short_story_does_not_make_it_a_cut_one(void **state)
{
    (void)state;
    static const char WHOLE[] = STORY("<div class=promo><p>Try the paper for four weeks: start your free trial.</p></div>");
    dl_story story = read_page(WHOLE, sizeof WHOLE - 1);
    assert_int_equal(story.access, DL_ACCESS_FULL);
    assert_null(story.notice.ptr);
}

static void a_page_that_calls_itself_free_is_believed_before_a_stray_notice(void **state)
{
    (void)state;
    static const char FREE[] = HEAD "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":true}</script>"
        "</head><body>" NAV "<article><h1>Bridge over the Marn collapses</h1><div class=article-body>" P1 P2 P3 P4
        "</div><p>Subscribe to continue receiving our letters.</p></article>" FOOT "</body></html>";
    dl_story story = read_page(FREE, sizeof FREE - 1);
    assert_int_equal(story.access, DL_ACCESS_FULL);
}

static void a_notice_that_the_story_is_kept_back_is_enough_with_little_text(void **state)
{
    (void)state;
    static const char KEPT[] = STORY("<div class=paywall><p>This story is for subscribers only.</p></div>");
    dl_story story = read_page(KEPT, sizeof KEPT - 1);
    assert_int_equal(story.access, DL_ACCESS_TRUNCATED);
    assert_true(dl_str_starts(story.notice, "This story is for subscribers"));
}

/* The ways in which pages serve what a script would put right: none, words written backwards, letters moved on in the
 * alphabet, letters of each word shuffled, and all of the text backwards for a style that turns it. */
enum { CLEAR_TEXT, WORDS_TURNED, LETTERS_MOVED, LETTERS_SHUFFLED, ALL_TURNED, WAYS_COUNT };

static void scramble_word(char *word, size_t len, int way)
{
    for (size_t i = 0; i < len && way == LETTERS_MOVED; i++)
        if (word[i] >= 'a' && word[i] <= 'z') word[i] = (char)('a' + (word[i] - 'a' + 7) % 26);
    for (size_t i = 0; i < len / 2 && way == WORDS_TURNED; i++) {
        char swap = word[i];
        word[i] = word[len - 1 - i], word[len - 1 - i] = swap;
    }
    for (size_t i = 0, j = 0; i + 1 < len && way == LETTERS_SHUFFLED; i++) {
        j = (j * 5 + len + 3 * i + 1) % len;
        char swap = word[i];
        word[i] = word[j], word[j] = swap;
    }
}

static char *scrambled_text(const char *text, int way)
{
    size_t len = strlen(text);
    char *out = dl_arena_alloc(&it.arena, len + 1);
    memcpy(out, text, len + 1);
    if (way == ALL_TURNED) {
        for (size_t i = 0; i < len; i++) out[i] = text[len - 1 - i];
        return out;
    }
    for (size_t at = 0; at < len; at++) {
        size_t end = at;
        while (end < len && text[end] != ' ') end++;
        scramble_word(out + at, end - at, way);
        at = end;
    }
    return out;
}

static void scrambled_paragraphs_are_no_story_and_make_it_a_cut_one(void **state)
{
    (void)state;
    static const char CLEAR[] = "the bridge had been closed to heavy lorries since the spring when the engineers of the district found that the "
        "pillars on the northern bank had moved by the width of a hand and that the river had washed out the stones under them "
        "but the ministry had let the smaller cars go on over the bridge and had put off the works until the end of the year";
    static const char SECOND[] = "what the ministry knew of the state of the pillars will be the matter of an inquiry that the mayor of the town and "
        "the families of those who were in the water have asked for and that the district may open before the end of the month";
    static const char THIRD[] = "divers of the fire service went back to the river on the morning after the collapse and looked for the driver of the "
        "lorry with lamps and sonar while people of the villages on the northern bank stood by in the rain and waited for news";
    size_t capacity = 8192;
    char *page = dl_arena_alloc(&it.arena, capacity);
    for (int way = CLEAR_TEXT; way < WAYS_COUNT; way++) {
        int size = snprintf(page, capacity, "%s<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>"
            "</head><body><article><h1>Bridge over the Marn collapses</h1><div class=article-body>%s%s%s%s<p>%s.</p><p>%s.</p><p>%s.</p></div></article></body></html>",
            HEAD, P1, P2, P3, P4, CLEAR, scrambled_text(SECOND, way), scrambled_text(THIRD, way));
        dl_story story = read_page(page, (size_t)size);
        assert_true(tells(&story, "washed out the stones"));
        if (story.access != (way == CLEAR_TEXT ? DL_ACCESS_FULL : DL_ACCESS_TRUNCATED)) fail_msg("way %d is not seen", way);
        assert_int_equal(tells(&story, scrambled_text("sonar", way)), way == CLEAR_TEXT);
    }
}

#define LONG_TEXT "The ferry between the two banks of the Marn will run by night until a new bridge stands, the district said on Friday. " \
    "It carries cars and people without charge, and lorries of up to seven tonnes for a small fee. " \
    "The crossing takes twelve minutes at high water. The first boat left the northern quay at ten on Friday evening, with a school class on board. " \
    "Until the end of May a second boat will help out on market days, and the bus from the station waits for the last crossing. " \
    "The district pays for the service out of the money that had been set aside for the repair of the old pillars."

static void a_story_that_stands_only_in_a_scripts_state_is_read_from_there(void **state)
{
    (void)state;
    static const struct { const char *name, *script; } WAYS[] = {
        {"a script that is JSON", "<script id=__NEXT_DATA__ type='application/json'>{\"page\":{\"kind\":1,\"body\":\"" LONG_TEXT "\"}}</script>"},
        {"JSON given to a name", "<script>window.Place=window.Place||{};Place.kind='n';Place.content={\"body\":\"" LONG_TEXT "\",\"tags\":[\"ferries\"]};</script>"},
        {"JSON in a string", "<script>window.__STATE__ = JSON.parse(\"{\\\"body\\\":\\\"" LONG_TEXT "\\\",\\\"tags\\\":[\\\"ferries\\\"]}\");</script>"},
    };
    char page[8192];
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        int size = snprintf(page, sizeof page, "%s</head><body><div id=root></div>%s</body></html>", HEAD, WAYS[i].script);
        assert_true(size > 0 && (size_t)size < sizeof page);
        dl_story story = read_page(page, (size_t)size);
        if (!tells(&story, "will run by night until a new bridge stands")) fail_msg("%s is not read", WAYS[i].name);
        dl_error err;
        dl_markup markup = {.text = {page, (size_t)size}};
        if (dl_story_check(&story, markup.text, &markup, &err) != DL_OK) fail_msg("%s: %s", WAYS[i].name, err.message);
    }
}

static void no_page_is_too_strange_to_be_read(void **state)
{
    (void)state;
    static const char *const PAGES[] = {"", "<", "<p", "<html></html>", "plain words", "<table><tr><td>1<td>2</table>",
                                        "<script type='application/ld+json'>{\"@type\":", "\xff\xfe\x00", "<p>&#x110000;&;&#;"};
    for (size_t i = 0; i < sizeof PAGES / sizeof *PAGES; i++) {
        dl_story story = read_page(PAGES[i], strlen(PAGES[i]));
        assert_non_null(story.text.ptr);
    }
}

static void deep_and_wide_pages_take_time_in_proportion(void **state)
{
    (void)state;
    size_t size = 0, capacity = 1 << 20;
    char *page = dl_arena_alloc(&it.arena, capacity);
    while (size + 64 < capacity) size += (size_t)snprintf(page + size, 64, "<div class=a><b><p>w%zu ", size);
    dl_story story = read_page(page, size);
    assert_true(story.text.len < size);
}

/* ---- days ---- */

static void days_are_read_in_the_ways_pages_write_them(void **state)
{
    (void)state;
    static const struct { const char *text, *want; bool month_first; } CASES[] = {
        {"2024-03-06", "2024-03-06", false},
        {"2024-03-06T07:15:30Z", "2024-03-06T07:15:30Z", false},
        {"2024-03-06 07:15:30 -0500", "2024-03-06T07:15:30-05:00", false},
        {"20240306", "2024-03-06", false},
        {"Published 6 March 2024", "2024-03-06", false},
        {"March 6th, 2024 at 3:05 pm", "2024-03-06T15:05:00", false},
        {"Wed, 06 Mar 2024 07:15:00 GMT", "2024-03-06T07:15:00Z", false},
        {"6. M\xC3\xA4rz 2024, 07:15 Uhr", "2024-03-06T07:15:00", false},
        {"le 6 mars 2024", "2024-03-06", false},
        {"6 de marzo de 2024", "2024-03-06", false},
        {"06.03.2024", "2024-03-06", true},
        {"03/06/2024", "2024-03-06", true},
        {"06/03/2024", "2024-03-06", false},
        {"23/03/2024", "2024-03-23", true},
        {"2024\xE5\xB9\xB4" "3\xE6\x9C\x88" "6\xE6\x97\xA5", "2024-03-06", false},
        {"6 \xD0\xBC\xD0\xB0\xD1\x80\xD1\x82\xD0\xB0 2024", "2024-03-06", false},
        {"31 February 2024", "", false},
        {"call 555-2024-77", "", false},
        {"version 3.4 of 12", "", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dl_stamp stamp = {0};
        size_t at = 0;
        dl_str folded = dl_utf8_fold(&it.arena, dl_str_of(CASES[i].text));
        bool found = dl_stamp_find(&it.dates, folded, CASES[i].month_first, &at, &stamp);
        if (!found) stamp = (dl_stamp){0};
        dl_str got = dl_stamp_format(&stamp, &it.arena);
        if (!dl_str_is(got, CASES[i].want)) fail_msg("\"%s\" gave \"%.*s\"", CASES[i].text, (int)got.len, got.ptr ? got.ptr : "");
    }
}

/* ---- names ---- */

static void bylines_are_split_into_clean_names(void **state)
{
    (void)state;
    static const struct { const char *byline, *want; } CASES[] = {
        {"By Nora Blum", "Nora Blum"},
        {"By Nora Blum and Jan Ott", "Nora Blum|Jan Ott"},
        {"Von Nora Blum, Jan Ott und Uwe Lind", "Nora Blum|Jan Ott|Uwe Lind"},
        {"Par Nora Blum et Jan Ott", "Nora Blum|Jan Ott"},
        {"Nora Blum; Nora Blum", "Nora Blum"},
        {"Nora Blum, Staff Writer", "Nora Blum"},
        {"Nora Blum (nora@post.example)", "Nora Blum"},
        {"https://post.example/nora", ""},
        {"admin", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dl_authors authors = {0};
        dl_error err;
        assert_int_equal(dl_authors_add(&authors, &it.bylines, &it.arena, dl_str_of(CASES[i].byline), &err), DL_OK);
        dl_str got = DL_STR("");
        for (size_t k = 0; k < authors.names.count; k++)
            got = dl_arena_format(&it.arena, "%.*s%s%.*s", (int)got.len, got.ptr, k ? "|" : "", (int)authors.names.items[k].len, authors.names.items[k].ptr);
        if (!dl_str_is(got, CASES[i].want)) fail_msg("\"%s\" gave \"%.*s\"", CASES[i].byline, (int)got.len, got.ptr);
    }
}

static void a_page_is_read_or_memory_is_said_to_be_short(void **state)
{
    (void)state;
    for (size_t limit = 1000; limit < 1200000; limit += limit / 3) {
        dl_arena small;
        dl_arena_init(&small, limit);
        dl_story story;
        dl_error err;
        dl_status status = dl_page_read(it.page, &small, (dl_str){PAGE, sizeof PAGE - 1}, (dl_str){0}, (dl_str){0}, &story, &err);
        assert_true(status == DL_OK || status == DL_NO_MEMORY);
        dl_arena_free(&small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_story_has_its_paragraphs_and_nothing_of_what_stands_around),
        cmocka_unit_test(the_headline_is_the_title_without_the_site_and_not_in_the_text),
        cmocka_unit_test(a_caption_that_is_kept_is_marked_as_one),
        cmocka_unit_test(every_byte_of_a_story_leads_back_to_the_page),
        cmocka_unit_test(people_and_the_day_come_from_the_linked_data),
        cmocka_unit_test(a_cut_story_is_said_to_be_cut_in_the_words_of_the_page),
        cmocka_unit_test(an_offer_behind_a_short_story_does_not_make_it_a_cut_one),
        cmocka_unit_test(a_page_that_calls_itself_free_is_believed_before_a_stray_notice),
        cmocka_unit_test(a_notice_that_the_story_is_kept_back_is_enough_with_little_text),
        cmocka_unit_test(scrambled_paragraphs_are_no_story_and_make_it_a_cut_one),
        cmocka_unit_test(a_story_that_stands_only_in_a_scripts_state_is_read_from_there),
        cmocka_unit_test(no_page_is_too_strange_to_be_read),
        cmocka_unit_test(deep_and_wide_pages_take_time_in_proportion),
        cmocka_unit_test(days_are_read_in_the_ways_pages_write_them),
        cmocka_unit_test(bylines_are_split_into_clean_names),
        cmocka_unit_test(a_page_is_read_or_memory_is_said_to_be_short),
    };
    return cmocka_run_group_tests(tests, open_data, close_data);
}
