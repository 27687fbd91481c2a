/* embedded.c - the story out of JSON, for pages whose text a script would have shown.
 *
 * A story is one long string (plain text or HTML), or an array below which many strings of prose stand in order. */
#include "page/embedded.h"

#include "base/error.h"

enum { LONG = 400, PROSE = 60, DEEPEST = 6 };

typedef struct found {
    const dl_markup *markup; /* what the JSON was read from */
    const dl_json *value;    /* a string, or an array */
    size_t base, bytes;      /* of the JSON in the markup; of prose */
} found;

static bool is_prose(const dl_json *value)
{
    dl_str text = value->text;
    if (value->kind != DL_JSON_STRING || text.len < PROSE || text.ptr[0] == '{' || dl_str_starts(text, "http")) return false;
    size_t spaces = 0, signs = 0, wide = 0;
    for (size_t i = 0; i < text.len && i < 400; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        spaces += c == ' ';
        wide += c >= 0xE3;
        signs += c == '{' || c == '}' || c == ';' || c == '=' || c == '_';
    }
    size_t seen = text.len < 400 ? text.len : 400;
    return (spaces * 14 > seen || wide * 5 > seen) && signs * 25 < seen;
}

/* The richest array or string below `value`; prose in an array counts once, at the array nearest to it that has three pieces. */
static size_t search(const dl_json *value, const dl_markup *markup, size_t base, found *best)
{
    if (value->kind == DL_JSON_STRING) {
        size_t bytes = is_prose(value) ? value->text.len : 0;
        if (bytes >= LONG && bytes > best->bytes) *best = (found){markup, value, base, bytes};
        return bytes;
    }
    size_t total = 0, pieces = 0;
    for (const dl_json *child = value->first; child; child = child->next) {
        size_t bytes = search(child, markup, base, best);
        pieces += bytes > 0;
        total += bytes;
    }
    if (value->kind == DL_JSON_ARRAY && pieces >= 3 && total >= LONG && total > best->bytes) *best = (found){markup, value, base, total};
    return value->kind == DL_JSON_ARRAY && pieces >= 3 ? 0 : total;
}

static bool is_html(dl_str text)
{
    return dl_str_find(text, DL_STR("<p"), 0) != SIZE_MAX || dl_str_find(text, DL_STR("<br"), 0) != SIZE_MAX || dl_str_find(text, DL_STR("</"), 0) != SIZE_MAX;
}

static dl_status write_html(dl_writer *w, const dl_markup *markup, dl_arena *arena, dl_error *err)
{
    dl_tree tree;
    dl_status status = dl_tree_parse(&tree, arena, markup, err);
    for (uint32_t node = 1; status == DL_OK && node < tree.count; node++) {
        const dl_node *n = &tree.nodes[node];
        if (n->kind == DL_NODE_TEXT && !(n->flags & DL_NODE_HIDDEN)) dl_writer_text(w, markup, n->start, n->end);
        else if (n->tag == DL_TAG_BR) dl_writer_line(w);
        else if (dl_tag_flags((dl_tag)n->tag) & DL_TAG_IS_BLOCK) dl_writer_block(w, n->tag >= DL_TAG_H1 && n->tag <= DL_TAG_H6 ? DL_BLOCK_HEADING : DL_BLOCK_PARAGRAPH);
    }
    return status;
}

static dl_status write_string(dl_writer *w, const dl_markup *from, const dl_json *value, size_t base, dl_arena *arena, dl_error *err)
{
    dl_markup *markup = DL_NEW(arena, dl_markup);
    if (!markup) return dl_fail_memory(err);
    dl_status status = dl_markup_unescape(markup, arena, from, (uint32_t)(base + value->start), (uint32_t)(base + value->end), err);
    if (status != DL_OK) return status;
    dl_writer_block(w, DL_BLOCK_PARAGRAPH);
    if (is_html(markup->text)) return write_html(w, markup, arena, err);
    for (size_t at = 0; at < markup->text.len;) {
        const char *line = memchr(markup->text.ptr + at, '\n', markup->text.len - at);
        size_t end = line ? (size_t)(line - markup->text.ptr) : markup->text.len;
        dl_writer_block(w, DL_BLOCK_PARAGRAPH);
        dl_writer_text(w, markup, (uint32_t)at, (uint32_t)end);
        at = end + 1;
    }
    return DL_OK;
}

static dl_status write_below(dl_writer *w, const dl_markup *from, const dl_json *value, size_t base, dl_arena *arena, dl_error *err, int depth)
{
    if (value->kind == DL_JSON_STRING) return is_prose(value) ? write_string(w, from, value, base, arena, err) : DL_OK;
    dl_status status = DL_OK;
    for (const dl_json *child = value->first; child && depth < DEEPEST && status == DL_OK; child = child->next)
        status = write_below(w, from, child, base, arena, err, depth + 1);
    return status;
}

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

/* JSON in a string, as in JSON.parse("{...}"). */
static void search_string(const dl_reading *r, dl_str text, size_t at, size_t end, dl_arena *arena, found *best)
{
    dl_markup *inner = DL_NEW(arena, dl_markup);
    uint32_t start = (uint32_t)(text.ptr + at + 1 - r->markup.text.ptr);
    const dl_json *root;
    if (!inner || dl_markup_unescape(inner, arena, &r->markup, start, start + (uint32_t)(end - at - 1), NULL) != DL_OK) return;
    if (dl_json_parse(&root, arena, inner->text, true, NULL) == DL_OK) (void)search(root, inner, 0, best);
}

/* The value at `at`, if it is one of some length; where it ends, else `at`. */
static size_t search_value(const dl_reading *r, dl_str text, size_t at, dl_arena *arena, found *best)
{
    const dl_json *root;
    char first = at + LONG < text.len ? text.ptr[at] : ' ';
    if (first == '"' || first == '\'') {
        size_t end = string_end(text, at);
        if (end > at + LONG && (text.ptr[at + 1] == '{' || text.ptr[at + 1] == '[')) search_string(r, text, at, end, arena, best);
        return end ? end : at;
    }
    if (first != '{' && first != '[') return at;
    dl_str rest = dl_str_slice(text, at, text.len);
    if (dl_json_parse(&root, arena, rest, true, NULL) != DL_OK) return at;
    (void)search(root, &r->markup, (size_t)(rest.ptr - r->markup.text.ptr), best);
    return at + root->end;
}

/* A script that is JSON (__NEXT_DATA__), or that hands JSON to a name or a call (window.__PRELOADED_STATE__ = {...}). It is
 * only read: what needs to be run to be known stays unknown. */
static void search_script(const dl_reading *r, dl_str text, dl_arena *arena, found *best)
{
    enum { TRIES = 24 };
    size_t at = search_value(r, text, 0, arena, best);
    for (int tries = 0; at < text.len && tries < TRIES;) {
        char c = text.ptr[at++];
        if (c != '=' && c != '(') continue;
        size_t value = value_at(text, at), end = search_value(r, text, value, arena, best);
        if (value < text.len && (text.ptr[value] == '{' || text.ptr[value] == '[')) tries++;
        at = end > value ? end : value;
    }
}

static void search_states(const dl_reading *r, dl_arena *arena, found *best)
{
    for (size_t i = 0; i < r->head.states.count; i++) {
        const dl_node *n = &r->tree.nodes[r->head.states.items[i]];
        dl_str text = dl_str_trim(dl_str_slice(r->markup.text, n->body, n->body_end));
        if (text.len >= LONG) search_script(r, text, arena, best);
    }
}

dl_status dl_embedded_write(const dl_reading *r, dl_arena *arena, dl_writer *writer, size_t *bytes, dl_error *err)
{
    found best = {0};
    const dl_json *body = dl_json_get(r->linked.article, "articleBody");
    if (body && body->kind == DL_JSON_STRING && body->text.len >= LONG) best = (found){&r->markup, body, r->linked.article_base, body->text.len};
    else search_states(r, arena, &best);
    *bytes = best.bytes;
    if (!best.value) return DL_OK;
    if (best.value->kind == DL_JSON_STRING) return write_string(writer, best.markup, best.value, best.base, arena, err);
    return write_below(writer, best.markup, best.value, best.base, arena, err, 0);
}
