/* reading.c - from bytes to blocks and what is known of them. */
#include "page/reading.h"

#include "page/site.h"
#include "page/title.h"

static dl_str first_of(dl_str a, dl_str b)
{
    return a.len ? a : b;
}

static void add_people(dl_reading *r, dl_arena *arena, const dl_json *value, int depth)
{
    enum { MOST = 8 };
    if (!value || depth > 2) return;
    if (value->kind == DL_JSON_ARRAY) {
        int count = 0;
        for (const dl_json *one = value->first; one && count++ < MOST; one = one->next) add_people(r, arena, one, depth + 1);
    } else if (value->kind == DL_JSON_OBJECT) {
        add_people(r, arena, dl_json_get(dl_linked_follow(&r->linked, value), "name"), depth + 1);
    } else {
        dl_str name = dl_json_text(value);
        if (name.len < 90 && dl_str_find(name, DL_STR("://"), 0) == SIZE_MAX) dl_shingles_add_words(&r->hints.people, arena, name);
    }
}

/* Names in the page's data; those of its bylines are not known yet. */
static void fill_people(dl_reading *r, dl_arena *arena)
{
    if (r->linked.article) add_people(r, arena, dl_json_get(r->linked.article, "author"), 0);
    dl_str name = dl_head_get(&r->head, "author");
    if (name.len && name.len < 90 && dl_str_find(name, DL_STR("://"), 0) == SIZE_MAX) dl_shingles_add_words(&r->hints.people, arena, name);
}

static void fill_hints(dl_reading *r, dl_arena *arena)
{
    const dl_json *article = r->linked.article;
    r->hints.title = r->title;
    dl_str summary = first_of(dl_head_get(&r->head, "og:description"), dl_head_get(&r->head, "description"));
    if (!summary.len && article) summary = dl_linked_text(article, "description");
    r->hints.description = dl_plain_text(arena, summary);
    dl_shingles_make(&r->hints.summary, arena, r->hints.description);
    if (article) {
        dl_str body = dl_linked_text(article, "articleBody");
        if (body.len >= 200) dl_shingles_make(&r->hints.body, arena, dl_plain_text(arena, body));
    }
    fill_people(r, arena);
    r->hints.is_article = r->linked.is_article || dl_str_is(dl_head_get(&r->head, "og:type"), "article");
}

dl_status dl_reading_prepare(dl_reading *out, const dl_encodings *encodings, const dl_cues *cues, dl_arena *arena,
                             dl_str bytes, dl_str charset_hint, dl_str url, dl_error *err)
{
    *out = (dl_reading){.url = url};
    out->encoding = dl_encoding_sniff(encodings, bytes, charset_hint);
    dl_status status = dl_encoding_decode(&out->markup, arena, bytes, &out->encoding, err);
    if (status == DL_OK) status = dl_tree_parse(&out->tree, arena, &out->markup, err);
    if (status == DL_OK) status = dl_head_read(&out->head, &out->tree, arena, err);
    if (status == DL_OK) status = dl_linked_read(&out->linked, &out->head, arena, err);
    if (status != DL_OK) return status;
    if (!out->url.len) out->url = first_of(out->head.canonical, dl_head_get(&out->head, "og:url"));
    out->site = dl_site_name(&out->head, &out->linked, arena);
    out->title = dl_title_choose(&out->head, &out->linked, &out->tree, out->site, out->url, arena);
    fill_hints(out, arena);
    return dl_reading_cut(out, cues, arena, err);
}

dl_status dl_reading_cut(dl_reading *r, const dl_cues *cues, dl_arena *arena, dl_error *err)
{
    dl_status status = dl_page_blocks_find(&r->blocks, cues, &r->tree, arena, err);
    if (status == DL_OK) status = dl_page_blocks_phrases(&r->blocks, cues, arena, err);
    if (status == DL_OK) status = dl_page_survey_make(&r->survey, &r->blocks, &r->hints, arena, err);
    return status;
}
