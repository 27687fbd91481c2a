/* dates.c - the vote on the day a page was published: JSON-LD, meta, microdata, time elements, address, visible text. */
#include "page/dates.h"

#include "base/error.h"
#include "base/utf8.h"
#include "page/writer.h"

dl_status dl_date_words_open(dl_date_words *out, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "page/months", &out->months, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "page/metas", &out->metas, err);
    if (status != DL_OK) return status;
    out->month = dl_table_column(out->months, "month");
    out->kind = dl_table_column(out->metas, "kind");
    out->rank = dl_table_column(out->metas, "rank");
    return DL_OK;
}

typedef struct voter {
    const dl_date_words *words;
    const dl_reading *reading;
    dl_arena *arena;
    bool month_first; /* 3/4/2024 is the 4th of March */
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

static bool read_stamp(const voter *v, dl_str text, dl_stamp *out)
{
    if (!text.len || text.len > 200) return false;
    if (read_unix(text, out)) return true;
    dl_str folded = dl_utf8_fold(v->arena, text);
    size_t at = 0;
    return folded.len && dl_stamp_find(v->words, folded, v->month_first, &at, out);
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

/* datetime, content or the text of an element. */
static bool read_element(const voter *v, uint32_t node, dl_stamp *out)
{
    const dl_tree *tree = &v->reading->tree;
    return read_stamp(v, dl_attr_get(tree, node, "datetime", v->arena), out) ||
           read_stamp(v, dl_attr_get(tree, node, "content", v->arena), out) ||
           (tree->nodes[node].next - node < 12 && read_stamp(v, dl_tree_text(tree, node, v->arena), out));
}

static bool from_props(const voter *v, const char *prop, dl_stamp *out)
{
    const dl_reading *r = v->reading;
    for (size_t i = 0; i < r->head.props.count; i++) {
        uint32_t node = r->head.props.items[i];
        if (dl_str_eq_nocase(dl_attr_raw(&r->tree, node, "itemprop"), dl_str_of(prop)) && read_element(v, node, out)) return true;
    }
    for (size_t i = 0; i < r->head.times.count; i++) {
        uint32_t node = r->head.times.items[i];
        if (dl_str_eq_nocase(dl_attr_raw(&r->tree, node, "itemprop"), dl_str_of(prop)) && read_element(v, node, out)) return true;
    }
    return false;
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
static bool from_times(const voter *v, dl_stamp *out)
{
    const dl_reading *r = v->reading;
    int64_t best = INT64_MAX;
    for (size_t i = 0; i < r->head.times.count && i < 60; i++) {
        uint32_t node = r->head.times.items[i], at = block_at(r, node);
        dl_stamp stamp;
        int64_t away = r->survey.headline == DL_NONE ? at : (int64_t)at - r->survey.headline;
        if (away < 0) away = -away + 10;
        if (at < r->blocks.list.count && is_foreign(&r->blocks.list.items[at])) away += 1000;
        dl_str class = dl_attr_raw(&r->tree, node, "class");
        if (dl_str_find_nocase(class, DL_STR("updat"), 0) != SIZE_MAX || dl_str_find_nocase(class, DL_STR("modif"), 0) != SIZE_MAX) away += 3;
        if (away >= best || !read_element(v, node, &stamp)) continue;
        best = away;
        *out = stamp;
    }
    return best < 60;
}

static bool from_url(const voter *v, dl_stamp *out)
{
    dl_str url = v->reading->url;
    for (size_t at = dl_str_find(url, DL_STR("/"), 8); at != SIZE_MAX && at + 1 < url.len; at = dl_str_find(url, DL_STR("/"), at + 1)) {
        dl_str part = dl_str_slice(url, at + 1, url.len);
        size_t from = 0;
        if (!dl_ascii_digit((unsigned char)part.ptr[0]) || part.len < 8) continue;
        if (part.ptr[0] != '2' && part.ptr[0] != '1') continue;
        if (dl_stamp_find(v->words, part, false, &from, out) && from <= 11) return out->timed = false, true;
    }
    for (size_t at = 0; at + 8 <= url.len; at++) {
        size_t from = 0;
        bool begins = dl_ascii_digit((unsigned char)url.ptr[at]) && (!at || !dl_ascii_digit((unsigned char)url.ptr[at - 1]));
        if (begins && url.ptr[at] == '2' && dl_stamp_find(v->words, dl_str_slice(url, at, at + 10 < url.len ? at + 10 : url.len), false, &from, out) && from >= 8)
            return out->timed = false, true;
    }
    return false;
}

static float rate_block(const dl_reading *r, uint32_t i)
{
    const dl_page_block *b = &r->blocks.list.items[i];
    const dl_cue_set date = (dl_cue_set)1 << DL_CUE_DATE | (dl_cue_set)1 << DL_CUE_META | (dl_cue_set)1 << DL_CUE_AUTHOR;
    float rating = 0;
    if (b->near & ((dl_cue_set)1 << DL_CUE_DATE)) rating += 3;
    else if (b->near & date) rating += 1;
    if (b->phrases & ((1u << DL_PHRASE_DATE) | (1u << DL_PHRASE_BYLINE))) rating += 1.5f;
    if (b->letters < 30) rating += 2;
    else if (b->letters < 90) rating += 1;
    else if (b->letters > 400) rating -= 3;
    if (b->linked * 2 > b->letters) rating -= 3;
    if (is_foreign(b)) rating -= 4;
    if (r->survey.headline != DL_NONE) {
        int64_t away = (int64_t)i - r->survey.headline;
        if (away < 0) away = 2 - away;
        rating += away <= 3 ? 3 : away <= 8 ? 1.5f : away > 60 ? -1 : 0;
    }
    if (b->phrases & (1u << DL_PHRASE_COPYRIGHT)) rating -= 1;
    if (b->kept && b->letters > 120) rating -= 1;
    return rating;
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
static bool from_text(const voter *v, dl_stamp *out)
{
    const dl_reading *r = v->reading;
    float best = -7;
    for (uint32_t i = 0; i < r->blocks.list.count; i++) {
        const dl_page_block *b = &r->blocks.list.items[i];
        if (b->digits < 3 || b->letters > 3000) continue;
        float rating = rate_block(r, i);
        dl_stamp stamp;
        if (rating <= best) continue;
        dl_str folded = dl_utf8_fold(v->arena, block_text(v, b));
        size_t at = 0;
        if (!folded.len || !dl_stamp_find(v->words, folded, v->month_first, &at, &stamp)) continue;
        best = rating;
        *out = stamp;
    }
    return best > -7;
}

static bool months_come_first(dl_str language)
{
    if (!language.len) return true;
    return dl_str_eq_nocase(language, DL_STR("en")) || dl_str_find_nocase(language, DL_STR("en-us"), 0) == 0 ||
           dl_str_find_nocase(language, DL_STR("en_us"), 0) == 0;
}

dl_page_dates dl_page_dates_choose(const dl_date_words *words, const dl_reading *reading, dl_arena *arena)
{
    voter v = {words, reading, arena, months_come_first(reading->head.language)};
    dl_page_dates out = {0};
    if (!from_linked(&v, "dateModified", &out.modified) && !from_metas(&v, "modified", &out.modified))
        (void)from_props(&v, "dateModified", &out.modified);
    if (from_linked(&v, "datePublished", &out.published)) out.published_from = DL_STR("json-ld");
    else if (from_metas(&v, "published", &out.published)) out.published_from = DL_STR("meta");
    else if (from_props(&v, "datePublished", &out.published)) out.published_from = DL_STR("microdata");
    else if (from_url(&v, &out.published)) out.published_from = DL_STR("url");
    else if (from_times(&v, &out.published)) out.published_from = DL_STR("time");
    else if (from_text(&v, &out.published)) out.published_from = DL_STR("text");
    else if (out.modified.date.year) {
        out.published = out.modified;
        out.published_from = DL_STR("meta");
    } else if (from_linked(&v, "dateCreated", &out.published) || from_linked(&v, "uploadDate", &out.published)) {
        out.published_from = DL_STR("json-ld");
    }
    return out;
}
