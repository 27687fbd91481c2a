/* embedded.c - the story out of JSON, for pages whose text a script would have shown.
 *
 * A story is one long string (plain text or HTML), an array below which much prose stands in order, or a tree of nodes
 * (richtext.h). It is looked for in JSON-LD, in scripts that are or hold JSON, and in attributes ("data-props"). */
#include "page/embedded.h"

#include "base/error.h"

enum { LONG = 300, MOST_NODES = 400000, DEEPEST = 100 };

typedef struct found {
    dl_rich rich;         /* where its JSON stands, and what its references name */
    const dl_json *value; /* a string, an array or an object */
    size_t bytes;         /* of prose */
    bool live;            /* the value is a live blog's posts */
} found;

/* Looks through one JSON document for something better. */
typedef struct seeker {
    dl_rich rich;
    found *best;
} seeker;

static void consider(seeker *s, const dl_json *value, size_t bytes)
{
    if (bytes < LONG || bytes <= s->best->bytes) return;
    *s->best = (found){s->rich, value, bytes, false};
}

/* Bytes of text in what reads as a paragraph, 0 for captions of buttons and the like. */
static size_t paragraph_bytes(seeker *s, const dl_json *node)
{
    enum { SHORTEST = 40 };
    size_t bytes = dl_rich_bytes(&s->rich, node);
    return bytes < SHORTEST ? 0 : bytes;
}

/* The richest array or string below `value`; prose in an array counts once, at the array nearest to it that has three pieces. */
static size_t search(seeker *s, const dl_json *value, int depth)
{
    if (depth > DEEPEST || !s->rich.budget) return 0;
    s->rich.budget--;
    const dl_json *target = dl_rich_follow(&s->rich.cache, value);
    if (value->kind == DL_JSON_STRING) {
        size_t bytes = dl_rich_is_prose(value->text) ? value->text.len : 0;
        consider(s, value, bytes);
        return bytes;
    }
    dl_rich_kind kind = dl_rich_kind_of(s->rich.words, target);
    if (kind == DL_RICH_SKIP) return 0;
    if (kind != DL_RICH_NONE && depth) return paragraph_bytes(s, target);
    if (target != value) return 0; /* looked at where it stands */
    size_t total = 0, pieces = 0;
    for (const dl_json *child = value->first; child; child = child->next) {
        size_t bytes = search(s, child, depth + 1);
        pieces += bytes > 0;
        total += bytes;
    }
    bool array = value->kind == DL_JSON_ARRAY && pieces >= 3;
    if (array) consider(s, value, total);
    return array ? 0 : total;
}

static void search_root(const dl_rich_words *words, const dl_json *root, const dl_markup *markup, size_t base, dl_arena *arena, found *best)
{
    seeker s = {.rich = {.words = words, .markup = markup, .base = base, .budget = MOST_NODES}, .best = best};
    dl_rich_cache_find(&s.rich.cache, root, arena);
    (void)search(&s, root, 0);
}

/* ---- scripts ---- */

typedef struct page_search {
    const dl_reading *r;
    const dl_rich_words *words;
    dl_arena *arena;
    found *best;
} page_search;

/* Behind `at`, where white space may stand, begins JSON; or an escaped string that may hold some. */
static size_t value_at(dl_str text, size_t at)
{
    while (at < text.len && dl_ascii_space((unsigned char)text.ptr[at])) at++;
    return at;
}

/* The end of a string literal whose quote stands at `at`, or 0. */
static size_t string_end(dl_str text, size_t at)
{
    for (size_t i = at + 1; i < text.len; i++) {
        if (text.ptr[i] == '\\') i++;
        else if (text.ptr[i] == text.ptr[at]) return i;
        else if (text.ptr[i] == '\n') return 0;
    }
    return 0;
}

static void search_markup(const page_search *p, const dl_markup *markup)
{
    const dl_json *root;
    if (dl_json_parse(&root, p->arena, markup->text, true, NULL) == DL_OK) search_root(p->words, root, markup, 0, p->arena, p->best);
}

/* JSON in a string, as in JSON.parse("{...}"). */
static void search_string(const page_search *p, dl_str text, size_t at, size_t end)
{
    dl_markup *inner = DL_NEW(p->arena, dl_markup);
    uint32_t start = (uint32_t)(text.ptr + at + 1 - p->r->markup.text.ptr);
    if (inner && dl_markup_unescape(inner, p->arena, &p->r->markup, start, start + (uint32_t)(end - at - 1), NULL) == DL_OK) search_markup(p, inner);
}

/* The value at `at`, if it is one of some length; where it ends, else `at`. */
static size_t search_value(const page_search *p, dl_str text, size_t at)
{
    const dl_json *root;
    char first = at + LONG < text.len ? text.ptr[at] : ' ';
    if (first == '"' || first == '\'') {
        size_t end = string_end(text, at);
        if (end > at + LONG && (text.ptr[at + 1] == '{' || text.ptr[at + 1] == '[')) search_string(p, text, at, end);
        return end ? end : at;
    }
    if (first != '{' && first != '[') return at;
    dl_str rest = dl_str_slice(text, at, text.len);
    if (dl_json_parse(&root, p->arena, rest, true, NULL) != DL_OK) return at;
    search_root(p->words, root, &p->r->markup, (size_t)(rest.ptr - p->r->markup.text.ptr), p->arena, p->best);
    return at + root->end;
}

/* A script that is JSON (__NEXT_DATA__), or that hands JSON to a name or a call (window.__PRELOADED_STATE__ = {...}). It is
 * only read: what needs to be run to be known stays unknown. */
static void search_script(const page_search *p, dl_str text)
{
    enum { TRIES = 24 };
    size_t at = search_value(p, text, 0);
    for (int tries = 0; at < text.len && tries < TRIES;) {
        char c = text.ptr[at++];
        if (c != '=' && c != '(') continue;
        size_t value = value_at(text, at), end = search_value(p, text, value);
        if (value < text.len && (text.ptr[value] == '{' || text.ptr[value] == '[')) tries++;
        at = end > value ? end : value;
    }
}

static void search_states(const page_search *p)
{
    for (size_t i = 0; i < p->r->head.states.count; i++) {
        const dl_node *n = &p->r->tree.nodes[p->r->head.states.items[i]];
        dl_str text = dl_str_trim(dl_str_slice(p->r->markup.text, n->body, n->body_end));
        if (text.len >= LONG) search_script(p, text);
    }
}

/* ---- attributes ---- */

/* What a component is made of may stand in an attribute: data-react-props='{"story": ...}'. */
static void search_attributes(const page_search *p)
{
    enum { TRIES = 24 };
    const dl_tree *tree = &p->r->tree;
    int tries = 0;
    for (uint32_t node = 1; node < tree->count && tries < TRIES; node++) {
        const dl_node *n = &tree->nodes[node];
        if (n->kind != DL_NODE_ELEMENT || n->body - n->start < LONG) continue;
        dl_attr attr;
        for (uint32_t cursor = 0; dl_attr_next(tree, node, &cursor, &attr) && tries < TRIES;) {
            dl_str value = dl_span_str(tree->markup->text, attr.value);
            size_t at = value_at(value, 0);
            if (value.len < LONG || (value.ptr[at] != '{' && value.ptr[at] != '[')) continue;
            dl_markup *inner = DL_NEW(p->arena, dl_markup);
            tries++;
            if (inner && dl_markup_dereference(inner, p->arena, tree->markup, attr.value.start, attr.value.end, NULL) == DL_OK) search_markup(p, inner);
        }
    }
}

/* ---- live blogs ---- */

static const dl_json *post_body(const dl_json *post)
{
    const dl_json *body = dl_json_get(post, "articleBody");
    if (!body) body = dl_json_get(post, "text");
    return body && body->kind == DL_JSON_STRING ? body : NULL;
}

/* schema.org's liveBlogUpdate: two posts or more. */
static void search_live(const page_search *p)
{
    const dl_linked *linked = &p->r->linked;
    for (size_t i = 0; i < linked->objects.count; i++) {
        const dl_linked_object *o = &linked->objects.items[i];
        const dl_json *posts = dl_json_get(o->object, "liveBlogUpdate");
        if (!posts || posts->kind != DL_JSON_ARRAY || posts->count < 2) continue;
        size_t bytes = 0;
        for (const dl_json *post = posts->first; post; post = post->next) bytes += post_body(post) ? post_body(post)->text.len : 0;
        if (bytes < LONG || bytes <= p->best->bytes) continue;
        *p->best = (found){{.words = p->words, .markup = &p->r->markup, .base = p->r->head.linked.items[o->source].base}, posts, bytes, true};
    }
}

/* Posts in the order of the page, each below its headline, if that is not how the post begins. */
static dl_status write_live(found *best, dl_writer *writer, dl_arena *arena, dl_error *err)
{
    dl_status status = DL_OK;
    for (const dl_json *post = best->value->first; post && status == DL_OK; post = post->next) {
        const dl_json *headline = dl_json_get(post, "headline"), *body = post_body(post);
        if (!body) continue;
        dl_str title = dl_json_text(headline);
        bool own = title.len && dl_str_find(body->text, title, 0) == SIZE_MAX;
        if (own) status = dl_rich_write_heading(&best->rich, headline, writer, arena, err);
        if (status == DL_OK) status = dl_rich_write(&best->rich, body, writer, arena, err);
    }
    return status;
}

bool dl_embedded_is_live(const dl_reading *r)
{
    return r->linked.article && dl_linked_is(r->linked.article, "LiveBlogPosting");
}

dl_status dl_embedded_write(const dl_reading *r, const dl_rich_words *words, dl_arena *arena, dl_writer *writer, size_t *bytes, dl_error *err)
{
    found best = {0};
    page_search p = {r, words, arena, &best};
    const dl_json *body = dl_json_get(r->linked.article, "articleBody");
    if (body && body->kind == DL_JSON_STRING && body->text.len >= LONG) {
        best = (found){{.words = words, .markup = &r->markup, .base = r->linked.article_base}, body, body->text.len, false};
    }
    search_live(&p);
    if (!best.value) {
        search_states(&p);
        search_attributes(&p);
    }
    *bytes = best.bytes;
    if (!best.value) return DL_OK;
    best.rich.budget = MOST_NODES;
    return best.live ? write_live(&best, writer, arena, err) : dl_rich_write(&best.rich, best.value, writer, arena, err);
}
