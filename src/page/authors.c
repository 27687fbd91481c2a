/* authors.c - where bylines stand on a page, and which of them is believed. */
#include "page/authors.h"

#include "base/error.h"
#include "page/site.h"
#include "page/writer.h"

/* Near is what stands a few blocks around the headline. */
enum { NEAR_BEFORE = 4, NEAR_BEHIND = 12, MOST_ELEMENTS = 8, LONGEST_ELEMENT = 160 };

typedef struct seeker {
    dl_authors *out;
    const dl_byline_words *words;
    const dl_reading *reading;
    dl_arena *arena;
    dl_error *err;
    bool none;      /* no place so far gave a name */
    uint8_t *rates; /* of each of head.props: rate_element's */
} seeker;

static bool is_site(const seeker *s, dl_str name)
{
    return dl_names_site(s->arena, name, s->reading->site, s->reading->url);
}

/* What a name is worth. */
enum { OF_SITE, OF_LOGIN, OF_WIRE, OF_PERSON };

static int worth(const seeker *s, dl_str name)
{
    if (is_site(s, name)) return OF_SITE;
    if (dl_byline_is(s->words, s->arena, name, "agency")) return OF_WIRE;
    return dl_has_small_word(s->words, s->arena, name) ? OF_LOGIN : OF_PERSON;
}

static int best_worth(const seeker *s)
{
    int best = 0;
    for (size_t i = 0; i < s->out->names.count; i++) {
        int one = worth(s, s->out->names.items[i]);
        if (one > best) best = one;
    }
    return best;
}

/* Adds a byline. Beside people the site's own name, which it tells along, goes; behind the site's name nothing but whole
 * names of people counts ("example.org, Berlin, Germany"). */
static dl_status add(seeker *s, dl_str byline)
{
    size_t before = s->out->names.count, kept = before;
    dl_status status = dl_authors_add(s->out, s->words, s->arena, dl_plain_text(s->arena, byline), s->err);
    if (status != DL_OK || s->out->names.count < before + 2) return status;
    dl_str *names = s->out->names.items;
    bool person = false;
    for (size_t i = before; i < s->out->names.count; i++)
        person |= worth(s, names[i]) == OF_PERSON && (!is_site(s, names[before]) || dl_str_find(names[i], DL_STR(" "), 0) != SIZE_MAX);
    for (size_t i = before; i < s->out->names.count; i++)
        if (person ? !is_site(s, names[i]) : !is_site(s, names[before]) || i == before) names[kept++] = names[i];
    s->out->names.count = kept;
    return DL_OK;
}

/* ---- JSON-LD ---- */

/* A name that data give as one. If it joins the site's with a wire's ("The Post and AFP") it stays one. */
static dl_status add_given(seeker *s, dl_str name)
{
    size_t before = s->out->names.count;
    dl_status status = add(s, name);
    bool joined = status == DL_OK && s->out->names.count == before + 1 && is_site(s, s->out->names.items[before]) && name.len < 60 &&
                  name.len > s->out->names.items[before].len + 4 && dl_str_find(name, DL_STR(","), 0) == SIZE_MAX;
    if (joined) s->out->names.items[before] = dl_plain_text(s->arena, name);
    return status;
}

static dl_status add_linked(seeker *s, const dl_json *value, int depth)
{
    if (!value || depth > 4) return DL_OK;
    if (value->kind == DL_JSON_STRING) return dl_is_address(value->text) ? DL_OK : add_given(s, value->text);
    if (value->kind == DL_JSON_OBJECT) {
        const dl_json *person = dl_linked_follow(&s->reading->linked, value), *name = dl_json_get(person, "name");
        return add_linked(s, name ? name : dl_json_get(person, "author"), depth + 1);
    }
    dl_status status = DL_OK;
    for (const dl_json *one = value->first; one && status == DL_OK; one = one->next) status = add_linked(s, one, depth + 1);
    return status;
}

static dl_status add_article(seeker *s)
{
    const dl_json *article = s->reading->linked.article;
    dl_status status = add_linked(s, dl_json_get(article, "author"), 0);
    if (status == DL_OK && !s->out->names.count) status = add_linked(s, dl_json_get(article, "creator"), 0);
    return status;
}

/* ---- meta elements ---- */

static dl_status add_metas(seeker *s, int64_t wanted)
{
    for (size_t i = 0; i < s->reading->head.metas.count; i++) {
        const dl_meta *meta = &s->reading->head.metas.items[i];
        dl_rows rows = dl_table_find(s->words->metas, meta->key);
        int64_t rank;
        if (!rows.count || !dl_str_is(dl_table_cell(s->words->metas, rows.first, s->words->meta_kind), "author")) continue;
        if (!dl_str_number(dl_table_cell(s->words->metas, rows.first, s->words->meta_rank), &rank) || rank != wanted) continue;
        if (dl_is_address(meta->value)) continue;
        dl_status status = add(s, meta->value);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}

static dl_status add_metas_1(seeker *s)
{
    return add_metas(s, 1);
}
static dl_status add_metas_2(seeker *s)
{
    return add_metas(s, 2);
}
static dl_status add_metas_3(seeker *s)
{
    return add_metas(s, 3);
}

/* twitter:label1 "Written by", twitter:data1 "Nora Blum": what cards show in two lines, in the site's language. */
static dl_status add_card(seeker *s)
{
    static const char *const PAIRS[][2] = {{"twitter:label1", "twitter:data1"}, {"twitter:label2", "twitter:data2"}};
    for (size_t i = 0; i < 2; i++)
        if (dl_byline_is(s->words, s->arena, dl_head_get(&s->reading->head, PAIRS[i][0]), "prefix"))
            return add(s, dl_head_get(&s->reading->head, PAIRS[i][1]));
    return DL_OK;
}

/* ---- elements ---- */

/* Whether one of the path's folders says that a page about an author follows ("/author/nora-blum"). */
static bool leads_to_author(dl_str href)
{
    static const char *const FOLDERS[] = {"/author/", "/authors/", "/autor/", "/autoren/", "/auteur/", "/auteurs/"};
    for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++)
        if (dl_str_find_nocase(href, dl_str_of(FOLDERS[i]), 0) != SIZE_MAX) return true;
    return false;
}

static bool has(dl_str text, const char *word)
{
    return dl_str_find_nocase(text, dl_str_of(word), 0) != SIZE_MAX;
}

/* How plainly an element says that it names the author: 3 microdata, RDFa or rel, 2 a byline, 1 something of an author. */
static int rate_element(const dl_tree *tree, uint32_t node)
{
    static const char *const PLAIN[] = {"author-name", "author_name", "authorname", "author__name", "byline-name", "byline__name", "autor-name"};
    dl_str property = dl_attr_raw(tree, node, "property"), class = dl_attr_raw(tree, node, "class");
    if (dl_str_eq_nocase(dl_attr_raw(tree, node, "itemprop"), DL_STR("author")) || dl_str_eq_nocase(dl_attr_raw(tree, node, "rel"), DL_STR("author")) ||
        dl_str_eq_nocase(property, DL_STR("author")) || dl_str_eq_nocase(property, DL_STR("schema:author")))
        return 3;
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++)
        if (has(class, PLAIN[i])) return 3;
    if (has(class, "byline") || has(dl_attr_raw(tree, node, "id"), "byline")) return 2;
    if (tree->nodes[node].tag == DL_TAG_A && leads_to_author(dl_attr_raw(tree, node, "href"))) return 2;
    static const char *const BESIDE[] = {"bio", "desc", "date", "role", "position", "social", "quote"};
    bool beside = false;
    for (size_t i = 0; i < sizeof BESIDE / sizeof *BESIDE; i++) beside |= has(class, BESIDE[i]);
    return !beside && (has(class, "author") || has(class, "autor") || has(class, "auteur"));
}

/* Index of the block that holds a node, or of the next. */
static uint32_t block_of(const dl_reading *r, uint32_t node)
{
    size_t low = 0, high = r->blocks.list.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->blocks.list.items[middle].end <= node) low = middle + 1;
        else high = middle;
    }
    return (uint32_t)low;
}

static bool is_near(const dl_reading *r, uint32_t block)
{
    return r->survey.headline != DL_NONE && block + NEAR_BEFORE >= r->survey.headline && block <= r->survey.headline + NEAR_BEHIND;
}

/* Names of those who comment or wrote other stories; beside the headline what a grid or card is matters not. */
static bool is_others(const dl_reading *r, uint32_t block)
{
    if (block >= r->blocks.list.count) return true;
    const dl_page_block *b = &r->blocks.list.items[block];
    const dl_cue_set comment = (dl_cue_set)1 << DL_CUE_COMMENT, others = (dl_cue_set)1 << DL_CUE_RELATED | (dl_cue_set)1 << DL_CUE_TEASER;
    const dl_cue_set image = (dl_cue_set)1 << DL_CUE_CAPTION | (dl_cue_set)1 << DL_CUE_FIGURE | (dl_cue_set)1 << DL_CUE_CREDIT | (dl_cue_set)1 << DL_CUE_VIDEO;
    if ((b->far & comment) || (b->where & (DL_IN_NAV | DL_IN_FOOTER | DL_IN_CAPTION)) || (b->near & image)) return true;
    return (b->far & others) && !is_near(r, block);
}

/* An element without one inside that says so too, but for its text. */
static bool is_innermost(const seeker *s, size_t prop)
{
    const dl_reading *r = s->reading;
    uint32_t node = r->head.props.items[prop], end = r->tree.nodes[node].next;
    for (size_t i = prop + 1; i < r->head.props.count && r->head.props.items[i] < end; i++) {
        uint32_t inner = r->head.props.items[i];
        if (s->rates[i] > 0 && dl_tree_text(&r->tree, inner, s->arena).len > 4) return false;
    }
    return true;
}

static dl_status add_element(seeker *s, size_t prop, int want, bool near, uint32_t *last, bool *taken)
{
    const dl_reading *r = s->reading;
    uint32_t node = r->head.props.items[prop];
    *taken = false;
    if (s->rates[prop] != want || r->tree.nodes[node].next - node > 60) return DL_OK;
    uint32_t block = block_of(r, node);
    if (is_others(r, block) || (near && !is_near(r, block)) || (*last != DL_NONE && block > *last + 4)) return DL_OK;
    if (!is_innermost(s, prop)) return DL_OK;
    dl_str text = dl_tree_text(&r->tree, node, s->arena);
    size_t before = s->out->names.count;
    if (text.len < 3 || text.len > LONGEST_ELEMENT || (before && dl_tells_of_person(s->words, s->arena, text))) return DL_OK;
    dl_status status = add(s, text);
    *taken = s->out->names.count > before;
    if (*taken) *last = block;
    return status;
}

static dl_status rate_elements(seeker *s)
{
    const dl_head *head = &s->reading->head;
    if (s->rates || !head->props.count) return DL_OK;
    s->rates = dl_arena_alloc(s->arena, head->props.count);
    if (!s->rates) return dl_fail_memory(s->err);
    for (size_t i = 0; i < head->props.count; i++) s->rates[i] = (uint8_t)rate_element(&s->reading->tree, head->props.items[i]);
    return DL_OK;
}

static dl_status add_elements(seeker *s, bool near)
{
    dl_status status = rate_elements(s);
    for (int want = 3; want >= 1 && !s->out->names.count; want--) {
        uint32_t last = DL_NONE;
        size_t count = 0;
        for (size_t i = 0; i < s->reading->head.props.count && count < MOST_ELEMENTS && status == DL_OK; i++) {
            bool taken;
            status = add_element(s, i, want, near, &last, &taken);
            count += taken;
        }
    }
    return status;
}

static dl_status add_near_elements(seeker *s)
{
    return add_elements(s, true);
}
/* Far from the headline, where names of others stand too: better than nothing, but not than the site's own name. */
static dl_status add_any_elements(seeker *s)
{
    return s->none ? add_elements(s, false) : DL_OK;
}

/* ---- visible text ---- */

static dl_str block_text(const seeker *s, const dl_page_block *b)
{
    dl_writer writer;
    dl_story story;
    dl_writer_init(&writer, s->arena);
    for (uint32_t node = b->first; node < b->end; node++) {
        const dl_node *n = &s->reading->tree.nodes[node];
        if (n->kind == DL_NODE_TEXT) dl_writer_text(&writer, s->reading->tree.markup, n->start, n->end);
        else if (n->tag == DL_TAG_BR) dl_writer_line(&writer);
    }
    return dl_writer_finish(&writer, &story, s->err) == DL_OK ? story.text : (dl_str){0};
}

/* The names in "Nora Blum | 6 March 2024": what stands before the first bar or comma if a figure follows; else empty. */
static dl_str before_date(const seeker *s, dl_str text)
{
    size_t end = 0;
    while (end < text.len && text.ptr[end] != '|' && text.ptr[end] != ',' && text.ptr[end] != '\n') end++;
    size_t next = end + 1;
    while (next < text.len && dl_ascii_space((unsigned char)text.ptr[next])) next++;
    if (next >= text.len || !dl_ascii_digit((unsigned char)text.ptr[next])) return (dl_str){0};
    dl_str names = dl_str_slice(text, 0, end);
    return dl_is_only_names(s->words, s->arena, names) ? names : (dl_str){0};
}

/* A short block right behind the headline that begins as bylines do, or holds names and a date. */
static dl_status add_text(seeker *s)
{
    const dl_reading *r = s->reading;
    if (r->survey.headline == DL_NONE) return DL_OK;
    for (uint32_t i = r->survey.headline + 1; i < r->blocks.list.count && i < r->survey.headline + 9; i++) {
        const dl_page_block *b = &r->blocks.list.items[i];
        bool byline = b->phrases & (1u << DL_PHRASE_BYLINE);
        if (b->letters > 70 || (!byline && b->digits < 6)) continue;
        dl_str text = block_text(s, b);
        if (!text.ptr) return DL_NO_MEMORY;
        size_t line = dl_str_find(text, DL_STR("\n"), 0); /* place and day stand on the next */
        if (byline && dl_byline_prefix(s->words, s->arena, text)) return add(s, line == SIZE_MAX ? text : dl_str_slice(text, 0, line));
        dl_str names = b->digits < 6 ? (dl_str){0} : before_date(s, text);
        if (names.len) return add(s, names);
    }
    return DL_OK;
}

static bool may_be_signature(const dl_page_block *b)
{
    return b->letters >= 5 && b->letters <= 60 && !b->digits && !b->linked && !(b->phrases & ~(1u << DL_PHRASE_BYLINE)) && b->capitals >= 2 && !(b->tag >= DL_TAG_H1 && b->tag <= DL_TAG_H6) &&
           !(b->where & (DL_IN_NAV | DL_IN_FOOTER | DL_IN_ASIDE | DL_IN_CONTROL | DL_IN_LIST | DL_IN_CAPTION));
}

/* A line of names alone before the story's first paragraph or right behind its last, as many small papers sign. */
static dl_status add_signature(seeker *s)
{
    const dl_page_block *list = s->reading->blocks.list.items;
    uint32_t count = (uint32_t)s->reading->blocks.list.count, first = 0, last = count;
    while (first < count && !(list[first].kept && list[first].letters > 100)) first++;
    while (last > first && !(list[last - 1].kept && list[last - 1].letters > 100)) last--;
    if (first >= last) return DL_OK;
    const uint32_t places[] = {first - 1, first - 2, last, last + 1}, headline = s->reading->survey.headline;
    for (size_t i = 0; i < 4 && !s->out->names.count; i++) {
        if (places[i] >= count || !may_be_signature(&list[places[i]])) continue;
        if (i > 1 && !list[places[i]].kept && !(list[places[i]].where & DL_IN_EMPHASIS)) continue;
        dl_str text = block_text(s, &list[places[i]]);
        bool kicker = i < 2 && (headline == DL_NONE || places[i] <= headline) && !dl_byline_prefix(s->words, s->arena, text);
        if (kicker) continue;
        dl_status status = dl_is_only_names(s->words, s->arena, text) ? add(s, text) : DL_OK;
        if (status != DL_OK) return status;
    }
    return DL_OK;
}

/* ---- the vote ---- */

/* What one place adds, unless there are people already; a wire outvotes the site's own name, a person both. It is the
 * place's first name that counts. */
static dl_status try_place(seeker *s, dl_status (*place)(seeker *))
{
    int have = best_worth(s);
    if (have == OF_PERSON) return DL_OK;
    dl_authors kept = *s->out;
    s->none = !kept.names.count;
    *s->out = (dl_authors){0};
    dl_status status = place(s);
    if (status != DL_OK) return status;
    int first = s->out->names.count ? worth(s, s->out->names.items[0]) : OF_SITE;
    bool better = s->out->names.count && (!kept.names.count || (first > have && first > OF_LOGIN));
    if (!better) *s->out = kept;
    return DL_OK;
}

dl_status dl_authors_choose(dl_authors *out, const dl_byline_words *words, const dl_reading *reading, dl_arena *arena,
                            dl_error *err)
{
    static dl_status (*const PLACES[])(seeker *) = {add_article, add_metas_1, add_card, add_metas_2, add_near_elements,
                                                    add_metas_3, add_text, add_any_elements, add_signature};
    *out = (dl_authors){0};
    seeker s = {out, words, reading, arena, err, true, NULL};
    dl_status status = DL_OK;
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES && status == DL_OK; i++) status = try_place(&s, PLACES[i]);
    return status;
}
