/* dates.c - the vote on the day a page was published: JSON-LD, meta, microdata, time elements, address, visible text. */
#include "page/dates.h"

#include "base/error.h"
#include "base/utf8.h"
#include "page/writer.h"

dl_status dl_date_words_open(dl_date_words *out, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "page/months", &out->months, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "page/metas", &out->metas, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "page/zones", &out->zones, err);
    if (status != DL_OK) return status;
    out->winter = dl_table_column(out->zones, "winter_west");
    out->month = dl_table_column(out->months, "month");
    out->kind = dl_table_column(out->metas, "kind");
    out->rank = dl_table_column(out->metas, "rank");
    return DL_OK;
}

/* What the rating of a block must pass: for a day where there may be no other, one that is plainly the page's, one by the headline. */
static const float ANY = -7, PLAIN = 0, NEAR_HEADLINE = 4;

/* How far from the headline a time element may stand, in blocks; those in lists of other stories stand beyond FOREIGN. */
enum { NEAR = 60, FOREIGN = 100000 };

typedef struct voter {
    const dl_date_words *words;
    const dl_reading *reading;
    dl_arena *arena;
    bool month_first; /* 3/4/2024 is the 4th of March */
    bool own_digits;  /* digits may be those of another script, which blocks don't count */
    dl_date image;    /* year and month in the address of the page's image; month 0 if none */
} voter;

/* Seconds since 1970, or milliseconds, as some pages have it. */
static bool read_unix(dl_str text, dl_stamp *out)
{
    int64_t seconds;
    if ((text.len != 10 && text.len != 13) || !dl_str_number(text, &seconds)) return false;
    if (text.len == 13) seconds /= 1000;
    if (seconds < 631152000 || seconds > 2524608000) return false;
    int64_t of_day = seconds % 86400;
    *out = (dl_stamp){.date = dl_date_from_days((int32_t)(seconds / 86400)), .timed = true, .zoned = true};
    out->hour = (uint8_t)(of_day / 3600), out->minute = (uint8_t)(of_day / 60 % 60), out->second = (uint8_t)(of_day % 60);
    return true;
}

/* Where day and month may be the other way round, the folder of the page's image tells ("uploads/2024/01/a.jpg"). */
static void settle(const voter *v, dl_stamp *stamp)
{
    bool other = stamp->ambiguous && v->image.month && v->image.year == stamp->date.year && v->image.month == stamp->date.day;
    if (other) stamp->date = (dl_date){stamp->date.year, stamp->date.day, stamp->date.month};
}

static bool find_stamp(const voter *v, dl_str text, dl_stamp *out)
{
    dl_str folded = dl_stamp_fold(v->arena, text);
    size_t at = 0;
    if (!folded.len || !dl_stamp_find(v->words, folded, v->month_first, &at, out)) return false;
    settle(v, out);
    return true;
}

static bool read_stamp(const voter *v, dl_str text, dl_stamp *out)
{
    if (!text.len || text.len > 200) return false;
    return read_unix(text, out) || find_stamp(v, text, out);
}

static bool from_linked(const voter *v, const char *key, dl_stamp *out)
{
    const dl_linked *linked = &v->reading->linked;
    if (linked->article && read_stamp(v, dl_linked_text(linked->article, key), out)) return true;
    for (size_t i = 0; i < linked->objects.count && i < 12; i++)
        if (linked->objects.items[i].depth <= 1 && read_stamp(v, dl_linked_text(linked->objects.items[i].object, key), out)) return true;
    return false;
}

static bool from_metas(const voter *v, const char *kind, dl_stamp *out)
{
    int64_t best = INT64_MAX;
    for (size_t i = 0; i < v->reading->head.metas.count; i++) {
        const dl_meta *meta = &v->reading->head.metas.items[i];
        dl_rows rows = dl_table_find(v->words->metas, meta->key);
        int64_t rank;
        dl_stamp stamp;
        if (!rows.count || !dl_str_is(dl_table_cell(v->words->metas, rows.first, v->words->kind), kind)) continue;
        if (!dl_str_number(dl_table_cell(v->words->metas, rows.first, v->words->rank), &rank) || rank >= best) continue;
        if (!read_stamp(v, meta->value, &stamp)) continue;
        best = rank;
        *out = stamp;
    }
    return best != INT64_MAX;
}

/* datetime, content, an abbr's title (hAtom) or the text of an element. */
static bool read_element(const voter *v, uint32_t node, dl_stamp *out)
{
    const dl_tree *tree = &v->reading->tree;
    return read_stamp(v, dl_attr_get(tree, node, "datetime", v->arena), out) ||
           read_stamp(v, dl_attr_get(tree, node, "content", v->arena), out) ||
           (tree->nodes[node].tag == DL_TAG_ABBR && read_stamp(v, dl_attr_get(tree, node, "title", v->arena), out)) ||
           (tree->nodes[node].next - node < 12 && read_stamp(v, dl_tree_text(tree, node, v->arena), out));
}

/* Microdata's itemprop, or RDFa's property with or without a prefix ("schema:datePublished"). */
static bool has_property(const dl_tree *tree, uint32_t node, dl_str name)
{
    if (dl_str_eq_nocase(dl_attr_raw(tree, node, "itemprop"), name)) return true;
    dl_str property = dl_attr_raw(tree, node, "property");
    if (property.len < name.len) return false;
    size_t prefix = property.len - name.len;
    return dl_str_eq_nocase(dl_str_slice(property, prefix, property.len), name) && (!prefix || property.ptr[prefix - 1] == ':');
}

static bool from_nodes(const voter *v, const uint32_t *nodes, size_t count, dl_str name, dl_stamp *out)
{
    for (size_t i = 0; i < count; i++)
        if (has_property(&v->reading->tree, nodes[i], name) && read_element(v, nodes[i], out)) return true;
    return false;
}

static bool from_props(const voter *v, const char *prop, dl_stamp *out)
{
    const dl_head *head = &v->reading->head;
    return from_nodes(v, head->props.items, head->props.count, dl_str_of(prop), out) ||
           from_nodes(v, head->times.items, head->times.count, dl_str_of(prop), out);
}

/* The block that holds a node, or the one before it. */
static uint32_t block_at(const dl_reading *r, uint32_t node)
{
    size_t low = 0, high = r->blocks.list.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->blocks.list.items[middle].end <= node) low = middle + 1;
        else high = middle;
    }
    return (uint32_t)low;
}

static bool is_foreign(const dl_page_block *b)
{
    const dl_cue_set cues = (dl_cue_set)1 << DL_CUE_COMMENT | (dl_cue_set)1 << DL_CUE_RELATED | (dl_cue_set)1 << DL_CUE_TEASER |
                            (dl_cue_set)1 << DL_CUE_ASIDE | (dl_cue_set)1 << DL_CUE_NAV | (dl_cue_set)1 << DL_CUE_EVENT |
                            (dl_cue_set)1 << DL_CUE_EMBED;
    return (b->far & cues) || (b->where & (DL_IN_NAV | DL_IN_ASIDE | DL_IN_FOOTER));
}

/* The time element that stands nearest to the headline, outside lists of other stories. */
static bool from_times(const voter *v, int64_t farthest, dl_stamp *out)
{
    const dl_reading *r = v->reading;
    int64_t best = farthest;
    for (size_t i = 0; i < r->head.times.count && i < 60; i++) {
        uint32_t node = r->head.times.items[i], at = block_at(r, node);
        dl_stamp stamp;
        int64_t away = r->survey.headline == DL_NONE ? at : (int64_t)at - r->survey.headline;
        if (away < 0) away = -away + 10;
        if (at < r->blocks.list.count && is_foreign(&r->blocks.list.items[at])) away += FOREIGN;
        dl_str class = dl_attr_raw(&r->tree, node, "class");
        if (dl_str_find_nocase(class, DL_STR("updat"), 0) != SIZE_MAX || dl_str_find_nocase(class, DL_STR("modif"), 0) != SIZE_MAX) away += 3;
        if (away >= best || !read_element(v, node, &stamp)) continue;
        best = away;
        *out = stamp;
    }
    return best < farthest;
}

/* Whether a year in four figures begins here. */
static bool year_begins(dl_str url, size_t at)
{
    int64_t year;
    if (at + 8 > url.len || (at && dl_ascii_digit((unsigned char)url.ptr[at - 1]))) return false;
    return dl_str_number(dl_str_slice(url, at, at + 4), &year) && year >= 1990 && year < 2050;
}

/* Whether a day before month and year begins here: "29-10-2021". */
static bool day_begins(dl_str url, size_t at)
{
    static const char FORM[] = "00-00-0000";
    if (at + 10 > url.len) return false;
    for (size_t i = 0; i < 10; i++)
        if (FORM[i] == '0' ? !dl_ascii_digit((unsigned char)url.ptr[at + i]) : url.ptr[at + i] != '-') return false;
    return true;
}

/* A whole day in the address: first as folders ("/2024/03/06/", "/2024/march/06/", "/06-03-2024"), then in any place
 * ("-20240306"). */
static bool from_url(const voter *v, dl_stamp *out)
{
    dl_str url = v->reading->url;
    if (url.len > 1000) return false;
    for (int folders = 1; folders >= 0; folders--)
        for (size_t at = 8; at + 8 <= url.len; at++) {
            size_t from = 0;
            bool folder = url.ptr[at - 1] == '/';
            if (folders ? !folder || !(year_begins(url, at) || day_begins(url, at)) : !year_begins(url, at)) continue;
            size_t end = at + (folders ? 20 : 10);
            dl_str part = dl_utf8_lower(v->arena, dl_str_slice(url, at, end < url.len ? end : url.len));
            if (dl_stamp_find(v->words, part, false, &from, out) && from >= 8) return out->timed = false, true;
        }
    return false;
}

/* How likely the date in a block is the page's own. What stands well before the headline is often today's date. */
static float rate_place(const dl_reading *r, uint32_t i)
{
    if (r->survey.headline == DL_NONE) return 0;
    int64_t away = (int64_t)i - r->survey.headline;
    if (away >= 0) return away <= 3 ? 3 : away <= 8 ? 1.5f : away > 60 ? -1 : 0;
    return away >= -3 ? 1.5f : -1;
}

static float rate_block(const dl_reading *r, uint32_t i)
{
    const dl_page_block *b = &r->blocks.list.items[i];
    const dl_cue_set date = (dl_cue_set)1 << DL_CUE_DATE | (dl_cue_set)1 << DL_CUE_META | (dl_cue_set)1 << DL_CUE_AUTHOR;
    float rating = 0, place = rate_place(r, i);
    if (b->near & ((dl_cue_set)1 << DL_CUE_DATE)) rating += 3;
    else if (b->near & date) rating += 1;
    if (b->phrases & ((1u << DL_PHRASE_DATE) | (1u << DL_PHRASE_BYLINE))) rating += 1.5f;
    if (b->letters < 30) rating += 2;
    else if (b->letters < 90) rating += 1;
    else if (b->letters > 400) rating -= 3;
    if (b->linked * 2 > b->letters) rating -= place == 3 || b->letters < 24 ? 1 : 3; /* a date that is a permalink */
    if (is_foreign(b)) rating -= place == 3 && b->letters < 40 ? 1 : 4;
    if (b->phrases & (1u << DL_PHRASE_COPYRIGHT)) rating -= 1;
    if (b->kept && b->letters > 120) rating -= 1;
    return rating + place;
}

static dl_str block_text(const voter *v, const dl_page_block *b)
{
    dl_writer writer;
    dl_story story;
    dl_writer_init(&writer, v->arena);
    for (uint32_t node = b->first; node < b->end; node++) {
        const dl_node *n = &v->reading->tree.nodes[node];
        if (n->kind == DL_NODE_TEXT && !(n->flags & DL_NODE_HIDDEN)) dl_writer_text(&writer, v->reading->tree.markup, n->start, n->end);
        else if (n->kind == DL_NODE_ELEMENT) dl_writer_space(&writer);
    }
    return dl_writer_finish(&writer, &story, NULL) == DL_OK ? story.text : (dl_str){0};
}

/* The best rated block with a date in it; the first among equals. Quick to look: only blocks with digits are read. */
static bool from_text(const voter *v, float least, dl_stamp *out)
{
    const dl_reading *r = v->reading;
    float best = least;
    for (uint32_t i = 0; i < r->blocks.list.count; i++) {
        const dl_page_block *b = &r->blocks.list.items[i];
        if ((b->digits < 3 && !(v->own_digits && b->letters < 160)) || b->letters > 3000) continue;
        float rating = rate_block(r, i);
        dl_stamp stamp;
        if (rating <= best || !find_stamp(v, block_text(v, b), &stamp)) continue;
        best = rating;
        *out = stamp;
    }
    return best > least;
}

static bool months_come_first(dl_str language)
{
    if (!language.len) return true;
    return dl_str_eq_nocase(language, DL_STR("en")) || dl_str_find_nocase(language, DL_STR("en-us"), 0) == 0 ||
           dl_str_find_nocase(language, DL_STR("en_us"), 0) == 0;
}

/* Languages whose pages may write digits of their own. */
static bool has_own_digits(dl_str language)
{
    static const char *const LANGUAGES[] = {"ar", "fa", "ur", "ps", "ckb", "bn", "hi", "mr", "ne", "my", "th", "km"};
    for (size_t i = 0; i < sizeof LANGUAGES / sizeof *LANGUAGES; i++) {
        size_t len = strlen(LANGUAGES[i]);
        bool begins = language.len >= len && dl_str_eq_nocase(dl_str_slice(language, 0, len), dl_str_of(LANGUAGES[i]));
        if (begins && (language.len == len || language.ptr[len] == '-' || language.ptr[len] == '_')) return true;
    }
    return false;
}

/* Year and month among the folders of the page's image. */
static dl_date image_month(const dl_head *head)
{
    dl_str image = dl_head_get(head, "og:image");
    int64_t year, month;
    for (size_t at = 8; at + 9 <= image.len && image.len < 600; at++) {
        if (image.ptr[at] != '/' || image.ptr[at + 5] != '/' || image.ptr[at + 8] != '/' || !year_begins(image, at + 1)) continue;
        bool whole = dl_str_number(dl_str_slice(image, at + 1, at + 5), &year) && dl_str_number(dl_str_slice(image, at + 6, at + 8), &month);
        if (whole && month >= 1 && month <= 12) return (dl_date){(int16_t)year, (uint8_t)month, 0};
    }
    return (dl_date){0};
}

/* Whether `local` may be the day, somewhere on Earth, of a moment in UTC on another day. */
static bool may_be_local(const dl_stamp *utc, dl_date local)
{
    if (!utc->timed || !utc->zoned || utc->zone || !local.year) return false;
    int32_t away = dl_date_to_days(local) - dl_date_to_days(utc->date);
    return (away == -1 && utc->hour < 12) || (away == 1 && utc->hour >= 10);
}

/* Whether `local` is the moment `utc` told where the site is; then its zone is known too. */
static bool is_same_moment(const dl_stamp *utc, dl_stamp *local)
{
    if (!local->timed || (local->second && local->second != utc->second)) return false;
    int minutes = (dl_date_to_days(local->date) - dl_date_to_days(utc->date)) * 1440 + (local->hour - utc->hour) * 60 + local->minute - utc->minute;
    if (minutes % 15 || minutes < -12 * 60 || minutes > 14 * 60 || (local->zoned && local->zone != minutes)) return false;
    *local = (dl_stamp){.date = local->date, .timed = true, .zoned = true, .hour = local->hour, .minute = local->minute, .second = utc->second, .zone = (int16_t)minutes};
    return true;
}

/* The country's domain at the end of the address's host. */
static dl_str top_domain(dl_str url)
{
    size_t from = dl_str_find(url, DL_STR("://"), 0);
    if (from == SIZE_MAX) return (dl_str){0};
    size_t end = from += 3;
    while (end < url.len && !memchr("/?#:", url.ptr[end], 4)) end++;
    size_t start = end;
    while (start > from && url.ptr[start - 1] != '.') start--;
    return dl_str_slice(url, start, end);
}

static bool read_minutes(dl_str text, int64_t *out)
{
    bool west = dl_str_starts(text, "-");
    if (!dl_str_number(dl_str_slice(text, west, text.len), out)) return false;
    if (west) *out = -*out;
    return true;
}

/* The clocks of the site's country, from west to east, at some time of the year; false if nothing is known of them. */
static bool find_zones(const voter *v, int month, int64_t *west, int64_t *east)
{
    const dl_table *zones = v->words->zones;
    dl_rows rows = dl_table_find(zones, dl_utf8_lower(v->arena, top_domain(v->reading->url)));
    int64_t minutes[4];
    for (int i = 0; i < 4; i++)
        if (!rows.count || !read_minutes(dl_table_cell(zones, rows.first, v->words->winter + i), &minutes[i])) return false;
    bool winter = month >= 11 || month <= 2, summer = month >= 4 && month <= 9;
    *west = winter || (!summer && minutes[0] < minutes[2]) ? minutes[0] : minutes[2];
    *east = winter || (!summer && minutes[1] > minutes[3]) ? minutes[1] : minutes[3];
    return true;
}

/* The day of a moment in UTC where the site's country is, if it is the same all over the country. Midnight in UTC is a day without a time. */
static bool from_zone(const voter *v, const dl_stamp *utc, dl_date *day)
{
    int64_t west, east, at = utc->hour * 60 + utc->minute;
    if ((!at && !utc->second) || !find_zones(v, utc->date.month, &west, &east)) return false;
    int64_t first = at + west < 0 ? -1 : (at + west) / 1440, last = at + east < 0 ? -1 : (at + east) / 1440;
    if (first != last) return false;
    *day = dl_date_from_days(dl_date_to_days(utc->date) + (int32_t)first);
    return true;
}

/* Many systems tell the moment in UTC; the day is the one that the address, or the same moment in local time, has; or else the one that it
 * was in the country of the address. */
static void choose_day(const voter *v, dl_page_dates *dates)
{
    dl_stamp local;
    const dl_stamp *utc = &dates->published;
    dates->day = utc->date;
    if (!utc->timed || !utc->zoned || utc->zone) return;
    bool told = (from_times(v, NEAR, &local) && is_same_moment(utc, &local)) || (from_text(v, NEAR_HEADLINE, &local) && is_same_moment(utc, &local));
    if (told) dates->published = local, dates->day = local.date;
    else if (from_url(v, &local)) dates->day = may_be_local(utc, local.date) ? local.date : utc->date;
    else (void)from_zone(v, utc, &dates->day);
}

/* From the surest voice to the least: docs/reading.md. */
static void choose_published(const voter *v, dl_page_dates *out)
{
    if (from_linked(v, "datePublished", &out->published)) out->published_from = DL_STR("json-ld");
    else if (from_metas(v, "published", &out->published)) out->published_from = DL_STR("meta");
    else if (from_props(v, "datePublished", &out->published)) out->published_from = DL_STR("microdata");
    else if (from_url(v, &out->published)) out->published_from = DL_STR("url");
    else if (from_times(v, NEAR, &out->published)) out->published_from = DL_STR("time");
    else if (from_text(v, NEAR_HEADLINE, &out->published)) out->published_from = DL_STR("text");
    else if (from_times(v, FOREIGN, &out->published)) out->published_from = DL_STR("time");
    else if (from_text(v, PLAIN, &out->published)) out->published_from = DL_STR("text");
    else if (out->modified.date.year) out->published = out->modified, out->published_from = DL_STR("meta");
    else if (from_linked(v, "dateCreated", &out->published) || from_linked(v, "uploadDate", &out->published)) out->published_from = DL_STR("json-ld");
    else if (from_text(v, ANY, &out->published)) out->published_from = DL_STR("text");
}

dl_page_dates dl_page_dates_choose(const dl_date_words *words, const dl_reading *reading, dl_arena *arena)
{
    dl_str language = reading->head.language;
    voter v = {words, reading, arena, months_come_first(language), has_own_digits(language), image_month(&reading->head)};
    dl_page_dates out = {0};
    if (!from_linked(&v, "dateModified", &out.modified) && !from_metas(&v, "modified", &out.modified))
        (void)from_props(&v, "dateModified", &out.modified);
    choose_published(&v, &out);
    choose_day(&v, &out);
    return out;
}
