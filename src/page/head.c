/* head.c - gathering meta elements, links, JSON and marked-up properties in one pass. */
#include "page/head.h"

#include "base/error.h"
#include "page/seek.h"
#include "page/writer.h"

enum { MOST = 400 }; /* of each kind; pages with more repeat themselves */

typedef struct gatherer {
    dl_head *head;
    const dl_tree *tree;
    dl_arena *arena;
    bool failed;
} gatherer;

static dl_str lower(dl_arena *arena, dl_str text)
{
    char *out = dl_arena_alloc_raw(arena, text.len + 1);
    if (!out) return (dl_str){0};
    for (size_t i = 0; i < text.len; i++) out[i] = (char)dl_ascii_lower((unsigned char)text.ptr[i]);
    return (dl_str){out, text.len};
}

static void add_meta(gatherer *g, uint32_t node)
{
    static const char *const KEYS[] = {"property", "name", "itemprop", "http-equiv"};
    dl_str value = dl_str_trim(dl_attr_get(g->tree, node, "content", g->arena));
    if (!value.len || g->head->metas.count >= MOST) return;
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        dl_str key = dl_str_trim(dl_attr_raw(g->tree, node, KEYS[i]));
        if (!key.len) continue;
        dl_meta *meta = DL_VEC_PUSH(g->arena, &g->head->metas);
        if (!meta) {
            g->failed = true;
            return;
        }
        *meta = (dl_meta){lower(g->arena, key), value, node};
    }
}

static void add_link(gatherer *g, uint32_t node)
{
    dl_str rel = dl_attr_raw(g->tree, node, "rel");
    if (dl_str_eq_nocase(rel, DL_STR("canonical")) && !g->head->canonical.ptr)
        g->head->canonical = dl_str_trim(dl_attr_get(g->tree, node, "href", g->arena));
    if (dl_str_eq_nocase(rel, DL_STR("amphtml")) && !g->head->amp.ptr)
        g->head->amp = dl_str_trim(dl_attr_get(g->tree, node, "href", g->arena));
}

static dl_str script_text(const dl_tree *tree, uint32_t node)
{
    const dl_node *n = &tree->nodes[node];
    return dl_str_slice(tree->markup->text, n->body, n->body_end);
}

/* The JSON value in a script's text: comment and CDATA wrappers are stepped over. */
static dl_str json_part(dl_str text)
{
    size_t at = 0;
    while (at < text.len && text.ptr[at] != '{' && text.ptr[at] != '[') {
        if (dl_str_starts(dl_str_slice(text, at, text.len), "[CDATA[")) at += 7;
        else if (dl_str_starts(dl_str_slice(text, at, text.len), "<![CDATA[")) at += 9;
        else at++;
    }
    return dl_str_slice(text, at, text.len);
}

/* "isAccessibleForFree": false, quoted or not, in the text of a script. */
static bool says_not_free(dl_str json)
{
    static const char KEY[] = "isAccessibleForFree\"";
    size_t at = dl_str_find(json, dl_str_of(KEY), 0);
    if (at == SIZE_MAX) return false;
    for (at += strlen(KEY); at < json.len && (dl_ascii_space((unsigned char)json.ptr[at]) || json.ptr[at] == ':' || json.ptr[at] == '"');) at++;
    return json.len - at >= 5 && dl_str_eq_nocase(dl_str_slice(json, at, at + 5), DL_STR("false"));
}

static void add_script(gatherer *g, uint32_t node)
{
    dl_str type = dl_str_trim(dl_attr_raw(g->tree, node, "type"));
    dl_str text = script_text(g->tree, node);
    if (dl_str_eq_nocase(type, DL_STR("application/ld+json"))) {
        if (g->head->linked.count >= 40) return;
        dl_str json = json_part(text);
        const dl_json *root;
        g->head->not_free |= says_not_free(json);
        if (!json.len || dl_json_parse(&root, g->arena, json, true, NULL) != DL_OK) return;
        dl_embedded *e = DL_VEC_PUSH(g->arena, &g->head->linked);
        if (e) *e = (dl_embedded){root, node, (size_t)(json.ptr - g->tree->markup->text.ptr)};
        else g->failed = true;
    } else if (text.len > 600 && g->head->states.count < 60) {
        uint32_t *state = DL_VEC_PUSH(g->arena, &g->head->states);
        if (state) *state = node;
        else g->failed = true;
    }
}

static void note(gatherer *g, uint32_t **items, size_t *count, size_t *capacity, uint32_t node)
{
    if (*count >= MOST) return;
    if (*count == *capacity) {
        uint32_t *more = dl_arena_grow(g->arena, *items, capacity, sizeof **items);
        if (!more) {
            g->failed = true;
            return;
        }
        *items = more;
    }
    (*items)[(*count)++] = node;
}
#define NOTE(g, vec, node) note((g), &(vec).items, &(vec).count, &(vec).capacity, (node))

/* Whether a tag holds itemprop, RDFa's properties, datetime, byline or a word for author anywhere: each is looked for by
 * two of its bytes. The first letter of the last three may be large ("metaAuthor"). */
static bool tells_something(const char *start, const char *end)
{
    static const char PAIRS[8] = {'i', 't', 'd', 'a', 'y', 'l', 'u', 't'};
    static const char *const WORDS[] = {"itemprop", "datetime", "datePublished", "dateModified", "yline", "uthor", "utor", "uteur"};
    for (const char *at = start; (at = dl_seek_pair(at, end, PAIRS)) < end; at++) {
        dl_str rest = {at, (size_t)(end - at)};
        for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
            if (WORDS[i][0] == *at && dl_str_starts(rest, WORDS[i])) return true;
    }
    return false;
}

/* Elements that may bear itemprop, rel=author or datetime; those that carry text in the story seldom do. */
static void look_at_element(gatherer *g, uint32_t node)
{
    const dl_node *n = &g->tree->nodes[node];
    if (n->body - n->start <= (uint32_t)n->name_len + 12) return;
    const char *bytes = g->tree->markup->text.ptr;
    if (tells_something(bytes + n->start, bytes + n->body)) NOTE(g, g->head->props, node);
}

static void look_at(gatherer *g, uint32_t node)
{
    dl_head *head = g->head;
    switch (g->tree->nodes[node].tag) {
    case DL_TAG_META: add_meta(g, node); break;
    case DL_TAG_LINK: add_link(g, node); break;
    case DL_TAG_SCRIPT: add_script(g, node); break;
    case DL_TAG_HTML:
        if (!head->language.ptr) head->language = dl_str_trim(dl_attr_get(g->tree, node, "lang", g->arena));
        break;
    case DL_TAG_TITLE:
        if (!head->title.ptr) {
            const dl_node *n = &g->tree->nodes[node];
            dl_writer writer;
            dl_story story;
            dl_writer_init(&writer, g->arena);
            dl_writer_text(&writer, g->tree->markup, n->body, n->body_end);
            if (dl_writer_finish(&writer, &story, NULL) == DL_OK) head->title = story.text;
            head->title_node = node;
        }
        break;
    case DL_TAG_H1: NOTE(g, head->headings, node); break;
    case DL_TAG_TIME: case DL_TAG_ABBR: NOTE(g, head->times, node); break;
    case DL_TAG_A: case DL_TAG_SPAN: case DL_TAG_DIV: case DL_TAG_P: case DL_TAG_ADDRESS: case DL_TAG_LI:
    case DL_TAG_STRONG: case DL_TAG_UL: case DL_TAG_UNKNOWN: case DL_TAG_H2: case DL_TAG_H3:
    case DL_TAG_H4: case DL_TAG_H5: case DL_TAG_H6: case DL_TAG_TD: case DL_TAG_CITE: case DL_TAG_SECTION:
    case DL_TAG_EM: case DL_TAG_I: case DL_TAG_B: case DL_TAG_SMALL: case DL_TAG_DD: case DL_TAG_FONT: look_at_element(g, node); break;
    default: break;
    }
}

dl_status dl_head_read(dl_head *out, const dl_tree *tree, dl_arena *arena, dl_error *err)
{
    *out = (dl_head){.title_node = DL_NONE};
    gatherer g = {out, tree, arena, false};
    for (uint32_t node = 1; node < tree->count && !g.failed; node++)
        if (tree->nodes[node].kind == DL_NODE_ELEMENT) look_at(&g, node);
    return g.failed ? dl_fail_memory(err) : DL_OK;
}

dl_str dl_head_get(const dl_head *head, const char *key)
{
    for (size_t i = 0; i < head->metas.count; i++)
        if (dl_str_is(head->metas.items[i].key, key)) return head->metas.items[i].value;
    return (dl_str){0};
}
