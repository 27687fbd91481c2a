/* site.c - a critical site: events at it, near it, or in sentences that name it; issues of talks and statements about it. */
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "base/utf8.h"
#include "monitor/monitor.h"

static const double DEFAULT_KM = 30, AT_KM = 2;

typedef struct place_of_sentence {
    int64_t document;
    uint32_t sentence;
} place_of_sentence;

struct dl_site {
    dl_arena arena;
    dl_area near, at; /* around the site; the site itself */
    dl_view *view;
    DL_VEC(dl_site_item) items;
    DL_VEC(place_of_sentence) told; /* sentences that gave an item already */
    const dl_table *words;
    int kind_column, types_column;
    dl_status status;
    dl_error *err;
};

static const char *const kind_names[] = {"attack", "occupation", "power", "staff", "radiation", "cooling", "threat", "demand", "accusation", "talks",
                                         "statement", "other"};

const char *dl_site_kind_name(dl_site_kind kind)
{
    return kind_names[kind];
}

/* ---- what an event is about ---- */

static bool is_letter(dl_str text, size_t at)
{
    return at < text.len && (dl_ascii_alpha((unsigned char)text.ptr[at]) || (unsigned char)text.ptr[at] >= 0x80);
}

static bool has_words(dl_str text, dl_str words)
{
    for (size_t at = 0; (at = dl_str_find_nocase(text, words, at)) != SIZE_MAX; at++)
        if ((!at || !is_letter(text, at - 1)) && !is_letter(text, at + words.len)) return true;
    return false;
}

static bool has_type(dl_str types, dl_event_type type)
{
    dl_str one;
    while (dl_str_next(&types, ' ', &one))
        if (dl_str_is(one, dl_event_type_name(type))) return true;
    return false;
}

static dl_site_kind kind_of_type(dl_event_type type)
{
    switch (type) {
    case DL_ASSAULT: return DL_SITE_ATTACK;
    case DL_THREATEN: return DL_SITE_THREAT;
    case DL_REQUEST: return DL_SITE_DEMAND;
    case DL_ACCUSE:
    case DL_REJECT: return DL_SITE_ACCUSATION;
    case DL_CONSULT:
    case DL_AGREE: return DL_SITE_TALKS;
    default: return DL_SITE_OTHER;
    }
}

/* People hurt make it an attack whatever else it cut. */
static dl_site_kind kind_of(const dl_site *site, const dl_row *row)
{
    bool hurt = row->killed.known || row->wounded.known;
    for (size_t i = 0; i < dl_table_rows(site->words) && !hurt; i++) {
        if (!has_type(dl_table_cell(site->words, i, site->types_column), row->type)) continue;
        if (!has_words(row->sentence_text, dl_table_cell(site->words, i, 0))) continue;
        dl_str kind = dl_table_cell(site->words, i, site->kind_column);
        for (size_t k = 0; k < sizeof kind_names / sizeof *kind_names; k++)
            if (dl_str_is(kind, kind_names[k])) return (dl_site_kind)k;
    }
    return kind_of_type(row->type);
}

/* ---- items ---- */

static dl_site_item *add_item(dl_site *site, int64_t document, uint32_t sentence)
{
    dl_site_item *item = DL_VEC_PUSH(&site->arena, &site->items);
    place_of_sentence *place = DL_VEC_PUSH(&site->arena, &site->told);
    if (!item || !place) {
        site->status = dl_fail_memory(site->err);
        return NULL;
    }
    *place = (place_of_sentence){document, sentence};
    *item = (dl_site_item){0};
    return item;
}

static bool is_at(const dl_site *site, const dl_row *row)
{
    for (size_t i = 0; i < site->at.location_count; i++)
        if (site->at.locations[i] == row->location) return true;
    return false;
}

/* An event that only names the site, wherever it took place, is told as of the site. */
static void add_event(dl_site *site, const dl_claim *claim)
{
    const dl_row *row = &claim->row;
    dl_site_item *item = add_item(site, row->number, row->sentence);
    if (!item) return;
    double away = row->located ? distance_km(row->lat, row->lon, site->near.lat, site->near.lon) : 0;
    bool near = row->location && !is_at(site, row) && away <= site->near.km;
    *item = (dl_site_item){.kind = kind_of(site, row), .date = row->date, .place = near ? row->place : site->near.name, .km = near ? away : 0,
                           .source = claim->source, .source_code = claim->source_code, .claim = claim, .document = row->document, .url = row->url,
                           .site = row->site, .title = row->title, .published = row->published, .letter = 'V', .item = row->item,
                           .quote = {row->span, row->sentence_span, row->sentence, row->sentence_text}};
}

static int by_place(const void *left, const void *right)
{
    const place_of_sentence *a = left, *b = right;
    if (a->document != b->document) return a->document < b->document ? -1 : 1;
    return a->sentence < b->sentence ? -1 : a->sentence > b->sentence;
}

static dl_str copy(dl_site *site, dl_str text)
{
    if (!text.ptr) return text;
    dl_str out = dl_arena_str(&site->arena, text);
    if (!out.ptr && site->status == DL_OK) site->status = dl_fail_memory(site->err);
    return out;
}

static void set_page(dl_site *site, dl_site_item *item, dl_str document, dl_str url, dl_str outlet, dl_str title)
{
    item->document = copy(site, document), item->url = copy(site, url), item->site = copy(site, outlet), item->title = copy(site, title);
    item->place = site->near.name;
}

static void set_source(dl_site *site, dl_site_item *item, dl_party speaker)
{
    item->source = speaker.name.len ? copy(site, speaker.name) : item->site.len ? item->site : item->document;
    item->source_code = speaker.name.len ? copy(site, speaker.code) : (dl_str){0};
}

/* Issues whose sentence names the site; an event of the same sentence does not keep them out. */
static bool names_site(const dl_site *site, dl_str sentence)
{
    return has_words(sentence, site->near.name) || has_words(sentence, site->near.asked);
}

static bool take_talk(void *context, const dl_talk_row *talk)
{
    dl_site *site = context;
    for (size_t i = 0; i < talk->issue_count && site->status == DL_OK; i++) {
        const dl_issue_row *issue = &talk->issues[i];
        if (!names_site(site, issue->quote.sentence_text)) continue;
        dl_site_item *item = add_item(site, talk->number, issue->quote.sentence);
        if (!item) return false;
        *item = (dl_site_item){.kind = DL_SITE_TALKS, .date = talk->published, .published = talk->published, .letter = 'N', .item = talk->item, .quote = issue->quote};
        item->quote.sentence_text = copy(site, issue->quote.sentence_text);
        item->status = copy(site, issue->status);
        set_page(site, item, talk->document, talk->url, talk->site, talk->title);
        set_source(site, item, issue->speaker);
    }
    return site->status == DL_OK;
}

typedef struct mention_taker {
    dl_site *site;
    size_t told; /* sentences told before statements came */
} mention_taker;

static bool take_mention(void *context, const dl_mention_row *row)
{
    mention_taker *taker = context;
    dl_site *site = taker->site;
    place_of_sentence here = {row->number, row->quote.sentence};
    if (taker->told && bsearch(&here, site->told.items, taker->told, sizeof here, by_place)) return true;
    dl_site_item *item = add_item(site, row->number, row->quote.sentence);
    if (!item) return false;
    *item = (dl_site_item){.kind = DL_SITE_STATEMENT, .date = row->published, .published = row->published, .letter = 'S', .item = row->item, .quote = row->quote};
    item->quote.sentence_text = copy(site, row->quote.sentence_text);
    set_page(site, item, row->document, row->url, row->site, row->title);
    set_source(site, item, row->speaker);
    return site->status == DL_OK;
}

static int by_day(const void *left, const void *right)
{
    const dl_site_item *a = left, *b = right;
    int order = date_order(a->date, b->date);
    if (!order) order = date_order(a->published, b->published);
    if (!order) order = dl_str_cmp(a->document, b->document);
    if (!order) order = a->quote.span.start < b->quote.span.start ? -1 : a->quote.span.start > b->quote.span.start;
    return order ? order : (int)a->letter - (int)b->letter;
}

/* ---- the answer ---- */

static dl_status find_events(dl_site *site, dl_store *store, const dl_site_query *query, dl_error *err)
{
    dl_str phrases = dl_arena_format(&site->arena, "%.*s\n%.*s", (int)site->near.name.len, site->near.name.ptr, (int)site->near.asked.len, site->near.asked.ptr);
    if (!phrases.ptr) return dl_fail_memory(err);
    dl_query all = {.phrases = phrases, .locations = site->near.locations, .location_count = site->near.location_count, .named = site->at.locations,
                    .named_count = site->at.location_count, .since = query->since, .until = query->until};
    dl_status status = dl_view_open(&site->view, store, &all, err);
    for (size_t i = 0; status == DL_OK && i < site->view->claims.count; i++) {
        add_event(site, &site->view->claims.items[i]);
        status = site->status;
    }
    return status;
}

static dl_status find_words(dl_site *site, dl_store *store, const dl_site_query *query, dl_error *err)
{
    dl_talk_query talks = {.since = query->since, .until = query->until, .named = site->at.locations, .named_count = site->at.location_count};
    dl_status status = dl_store_talks(store, &talks, take_talk, site, err);
    if (status == DL_OK) status = site->status;
    if (status != DL_OK) return status;
    if (site->told.count) qsort(site->told.items, site->told.count, sizeof *site->told.items, by_place);
    mention_taker taker = {site, site->told.count};
    status = dl_store_mentions(store, site->at.locations, site->at.location_count, query->since, query->until, take_mention, &taker, err);
    return status == DL_OK ? site->status : status;
}

static dl_status fill(dl_site *site, const dl_monitor *monitor, dl_store *store, const dl_site_query *query, dl_error *err)
{
    dl_status status = dl_lexicon_table(monitor->lexicon, "monitor/site_words", &site->words, err);
    if (status != DL_OK) return status;
    site->kind_column = dl_table_column(site->words, "kind"), site->types_column = dl_table_column(site->words, "types");
    status = area_find(&site->near, monitor, store, &site->arena, query->name, AREA_SITE, query->km > 0 ? query->km : DEFAULT_KM, err);
    if (status == DL_OK) status = area_find(&site->at, monitor, store, &site->arena, query->name, AREA_SITE, AT_KM, err);
    if (status == DL_OK) status = find_events(site, store, query, err);
    if (status == DL_OK) status = find_words(site, store, query, err);
    if (site->items.count) qsort(site->items.items, site->items.count, sizeof *site->items.items, by_day);
    return status;
}

dl_status dl_site_open(dl_site **out, const dl_monitor *monitor, dl_store *store, const dl_site_query *query, dl_error *err)
{
    *out = NULL;
    dl_site *site = calloc(1, sizeof *site);
    if (!site) return dl_fail_memory(err);
    dl_arena_init(&site->arena, 0);
    site->err = err;
    dl_status status = fill(site, monitor, store, query, err);
    if (status != DL_OK) {
        dl_site_free(site);
        return status;
    }
    *out = site;
    return DL_OK;
}

void dl_site_free(dl_site *site)
{
    if (!site) return;
    dl_view_free(site->view);
    dl_arena_free(&site->arena);
    free(site);
}

const dl_area *dl_site_area(const dl_site *site)
{
    return &site->near;
}

const dl_site_item *dl_site_items(const dl_site *site, size_t *count)
{
    *count = site->items.count;
    return site->items.items;
}

dl_view *dl_site_view(const dl_site *site)
{
    return site->view;
}
