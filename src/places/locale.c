/* locale.c - what a page's own words tell of the country it is written in: a sheriff and a township stand in the United
 * States, gardai in Ireland, lakhs of rupees in India; and the top-level domain of its site. */
#include "places/internal.h"

enum { SEEN = 32, ENOUGH = 2 }; /* so many different words make it sure */

static void add(dl_locale *locale, uint16_t country)
{
    size_t i = 0;
    while (i < locale->count && locale->countries[i] != country) i++;
    if (i == DL_LOCALES) return;
    if (i == locale->count) locale->countries[locale->count++] = country;
    locale->words[i]++;
    locale->total++;
}

/* Country of a site's top-level domain: "kyivpost.ua". */
static uint16_t domain_country(const dl_story *story)
{
    dl_str site = story ? (story->site.len ? story->site : story->url) : (dl_str){0};
    if (story && story->url.len) {
        size_t from = dl_str_find(story->url, DL_STR("://"), 0);
        from = from == SIZE_MAX ? 0 : from + 3;
        size_t to = from;
        while (to < story->url.len && story->url.ptr[to] != '/' && story->url.ptr[to] != ':') to++;
        site = dl_str_slice(story->url, from, to);
    }
    if (site.len < 4 || site.ptr[site.len - 3] != '.') return 0;
    unsigned char a = (unsigned char)site.ptr[site.len - 2] & 0xDF, b = (unsigned char)site.ptr[site.len - 1] & 0xDF;
    if (a == 'U' && b == 'K') return 'G' << 8 | 'B';
    return a >= 'A' && a <= 'Z' && b >= 'A' && b <= 'Z' ? (uint16_t)(a << 8 | b) : 0;
}

static void add_word(const dl_places_data *data, dl_locale *locale, dl_str form)
{
    int class_ = dl_table_column(data->words, "class"), level = dl_table_column(data->words, "level");
    dl_rows rows = dl_table_find(data->words, form);
    for (uint32_t i = 0; i < rows.count; i++) {
        dl_str code = dl_table_cell(data->words, rows.first + i, level);
        if (!dl_str_is(dl_table_cell(data->words, rows.first + i, class_), "locale") || code.len != 2) continue;
        add(locale, (uint16_t)((unsigned char)code.ptr[0] << 8 | (unsigned char)code.ptr[1]));
    }
}

dl_locale places_locale(const place_page *page)
{
    dl_locale locale = {.domain = domain_country(page->story)};
    dl_str seen[SEEN];
    size_t count = 0;
    for (size_t i = 0; i < page->words.count && count < SEEN; i++) {
        if (!(page->words.classes[i] & CLASS_LOCALE)) continue;
        dl_str form = page->words.items[i].form;
        size_t k = 0;
        while (k < count && !dl_str_eq(seen[k], form)) k++;
        if (k < count) continue;
        seen[count++] = form;
        add_word(page->data, &locale, form);
    }
    return locale;
}

float places_locale_of(const dl_locale *locale, uint16_t country)
{
    if (!country) return 0;
    if (country == locale->domain) return 1;
    for (size_t i = 0; i < locale->count; i++) {
        if (locale->countries[i] != country) continue;
        float share = (float)locale->words[i] / (float)locale->total;
        return locale->words[i] < ENOUGH ? share * (float)locale->words[i] / ENOUGH : share;
    }
    return 0;
}
