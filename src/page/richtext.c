/* richtext.c - trees of JSON nodes into paragraphs. */
#include "page/richtext.h"

#include "base/error.h"
#include "base/utf8.h"

enum { PROSE = 60, DEEPEST = 40, LONGEST_TYPE = 48 };

static const char *const KINDS[DL_RICH_COUNT] = {"", "content", "type", "paragraph", "heading", "quote", "item", "caption", "break", "skip"};

dl_status dl_rich_words_open(dl_rich_words *out, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "page/richtext", &out->table, err);
    if (status == DL_OK) out->kind = dl_table_column(out->table, "kind");
    return status;
}

/* The first kind from `low` to `high` that the table gives a word. */
static dl_rich_kind look_up(const dl_rich_words *words, dl_str word, dl_rich_kind low, dl_rich_kind high)
{
    dl_rows rows = dl_table_find(words->table, word);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        for (int kind = low; kind <= (int)high; kind++)
            if (dl_str_is(dl_table_cell(words->table, row, words->kind), KINDS[kind])) return (dl_rich_kind)kind;
    return DL_RICH_NONE;
}

/* The kind of a member's key, whatever its case. */
static dl_rich_kind kind_of_key(const dl_rich_words *words, dl_str key)
{
    char lower[LONGEST_TYPE];
    if (!key.len || key.len > sizeof lower) return DL_RICH_NONE;
    for (size_t i = 0; i < key.len; i++) lower[i] = (char)dl_ascii_lower((unsigned char)key.ptr[i]);
    return look_up(words, (dl_str){lower, key.len}, DL_RICH_CONTENT, DL_RICH_TYPE);
}

bool dl_rich_is_content(const dl_rich_words *words, dl_str key)
{
    return kind_of_key(words, key) == DL_RICH_CONTENT;
}

/* "ParagraphBlock", "core/list-item" as words: "paragraph block", "core list item". */
static size_t part_words(dl_str type, char out[2 * LONGEST_TYPE])
{
    size_t len = 0;
    bool small = false;
    for (size_t i = 0; i < type.len && len + 2 < 2 * LONGEST_TYPE; i++) {
        unsigned char c = (unsigned char)type.ptr[i];
        bool word = dl_ascii_alpha(c) || dl_ascii_digit(c), large = word && c >= 'A' && c <= 'Z';
        if ((!word || (large && small)) && len && out[len - 1] != ' ') out[len++] = ' ';
        if (word) out[len++] = (char)dl_ascii_lower(c);
        small = word && !large;
    }
    while (len && out[len - 1] == ' ') len--;
    return len;
}

static bool is_of_story(dl_rich_kind kind)
{
    return kind >= DL_RICH_PARAGRAPH && kind <= DL_RICH_CAPTION;
}

/* What two words or one of a type say; "skip" outvotes the rest. */
static dl_rich_kind kind_of_type(const dl_rich_words *words, dl_str type)
{
    char text[2 * LONGEST_TYPE];
    if (!type.len || type.len > LONGEST_TYPE) return DL_RICH_NONE;
    size_t len = part_words(type, text), previous = SIZE_MAX;
    dl_rich_kind found = DL_RICH_NONE;
    for (size_t at = 0, end; at < len; previous = at, at = end + 1) {
        for (end = at; end < len && text[end] != ' ';) end++;
        dl_rich_kind kinds[2] = {look_up(words, (dl_str){text + at, end - at}, DL_RICH_PARAGRAPH, DL_RICH_SKIP), DL_RICH_NONE};
        if (previous != SIZE_MAX) kinds[1] = look_up(words, (dl_str){text + previous, end - previous}, DL_RICH_PARAGRAPH, DL_RICH_SKIP);
        for (int i = 0; i < 2; i++) {
            if (kinds[i] == DL_RICH_SKIP) return DL_RICH_SKIP;
            if (kinds[i] != DL_RICH_NONE) found = kinds[i];
        }
    }
    return found;
}

dl_rich_kind dl_rich_kind_of(const dl_rich_words *words, const dl_json *node)
{
    dl_rich_kind found = DL_RICH_NONE;
    if (node->kind != DL_JSON_OBJECT) return found;
    for (const dl_json *member = node->first; member; member = member->next) {
        if (member->kind != DL_JSON_STRING || kind_of_key(words, member->key) != DL_RICH_TYPE) continue;
        dl_rich_kind kind = kind_of_type(words, member->text);
        if (kind == DL_RICH_SKIP) return kind;
        if (kind != DL_RICH_NONE) found = kind;
    }
    return found;
}

bool dl_rich_is_prose(dl_str text)
{
    if (text.len < PROSE || text.ptr[0] == '{' || dl_str_starts(text, "http")) return false;
    size_t spaces = 0, signs = 0, wide = 0, seen = text.len < 400 ? text.len : 400;
    for (size_t i = 0; i < seen; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        spaces += c == ' ';
        wide += c >= 0xE3;
        signs += c == '{' || c == '}' || c == '[' || c == ';' || c == '=' || c == '_';
    }
    return (spaces * 14 > seen || wide * 5 > seen) && signs * 25 < seen;
}

/* ---- references ---- */

/* A key that names a thing: "Paragraph:7", "$Story:3.body.0". */
static bool names_a_thing(dl_str key)
{
    return key.len && (key.ptr[0] == '$' || memchr(key.ptr, ':', key.len));
}

static const dl_json *richest_in_names(const dl_json *value, size_t *most, int depth)
{
    const dl_json *best = NULL;
    size_t names = 0;
    for (const dl_json *child = value->first; child && depth < DEEPEST; child = child->next) {
        names += child->kind == DL_JSON_OBJECT && names_a_thing(child->key);
        const dl_json *below = child->first ? richest_in_names(child, most, depth + 1) : NULL;
        if (below) best = below;
    }
    if (names <= *most) return best;
    *most = names;
    return value;
}

static uint32_t slot_of(const dl_rich_cache *cache, dl_str key)
{
    uint32_t at = (uint32_t)dl_hash(key.ptr, key.len, 0) & cache->mask;
    while (cache->slots[at] && !dl_str_eq(cache->slots[at]->key, key)) at = (at + 1) & cache->mask;
    return at;
}

void dl_rich_cache_find(dl_rich_cache *out, const dl_json *root, dl_arena *arena)
{
    *out = (dl_rich_cache){0};
    size_t names = 2;
    const dl_json *object = richest_in_names(root, &names, 0);
    if (!object) return;
    uint32_t size = 16;
    while (size < object->count * 2) size *= 2;
    out->slots = dl_arena_alloc(arena, size * sizeof *out->slots);
    if (!out->slots) return;
    out->mask = size - 1;
    for (const dl_json *member = object->first; member; member = member->next)
        if (member->kind == DL_JSON_OBJECT) out->slots[slot_of(out, member->key)] = member;
}

const dl_json *dl_rich_follow(const dl_rich_cache *cache, const dl_json *value)
{
    if (!cache->mask || value->kind != DL_JSON_OBJECT || value->count > 4) return value;
    dl_str key = dl_json_text(dl_json_get(value, "__ref"));
    if (!key.len && dl_str_is(dl_json_text(dl_json_get(value, "type")), "id")) key = dl_json_text(dl_json_get(value, "id"));
    const dl_json *found = key.len ? cache->slots[slot_of(cache, key)] : NULL;
    return found ? found : value;
}

/* ---- text ---- */

/* The string that a node gives as its own text, or NULL: then its text is that of its children. */
static const dl_json *own_text(const dl_rich *rich, const dl_json *node)
{
    for (const dl_json *member = node->first; member; member = member->next)
        if (member->kind == DL_JSON_STRING && member->text.len && dl_rich_is_content(rich->words, member->key)) return member;
    return NULL;
}

static bool spend(dl_rich *rich)
{
    if (!rich->budget) return false;
    rich->budget--;
    return true;
}

static size_t bytes_below(dl_rich *rich, const dl_json *node, int depth)
{
    if (depth > DEEPEST || !spend(rich)) return 0;
    node = dl_rich_follow(&rich->cache, node);
    if (node->kind == DL_JSON_STRING) return node->text.len;
    if (dl_rich_kind_of(rich->words, node) == DL_RICH_SKIP) return 0;
    const dl_json *own = node->kind == DL_JSON_OBJECT ? own_text(rich, node) : NULL;
    if (own) return own->text.len;
    size_t total = 0;
    for (const dl_json *child = node->first; child; child = child->next)
        if (node->kind == DL_JSON_ARRAY || (child->first && dl_rich_is_content(rich->words, child->key)))
            total += bytes_below(rich, child, depth + 1);
    return total;
}

size_t dl_rich_bytes(dl_rich *rich, const dl_json *node)
{
    return bytes_below(rich, node, 0);
}

/* ---- writing ---- */

typedef struct rich_writer {
    dl_rich *rich;
    dl_writer *writer;
    dl_arena *arena;
    dl_error *err;
    bool item; /* what was written last was an item of a list */
} rich_writer;

static bool is_html(dl_str text)
{
    return dl_str_find(text, DL_STR("<p"), 0) != SIZE_MAX || dl_str_find(text, DL_STR("<br"), 0) != SIZE_MAX || dl_str_find(text, DL_STR("</"), 0) != SIZE_MAX;
}

static dl_status write_html(rich_writer *w, const dl_markup *markup)
{
    dl_tree tree;
    dl_status status = dl_tree_parse(&tree, w->arena, markup, w->err);
    for (uint32_t node = 1; status == DL_OK && node < tree.count; node++) {
        const dl_node *n = &tree.nodes[node];
        bool heading = n->tag >= DL_TAG_H1 && n->tag <= DL_TAG_H6;
        if (n->kind == DL_NODE_TEXT && !(n->flags & DL_NODE_HIDDEN)) dl_writer_text(w->writer, markup, n->start, n->end);
        else if (n->tag == DL_TAG_BR) dl_writer_line(w->writer);
        else if (dl_tag_flags((dl_tag)n->tag) & DL_TAG_IS_BLOCK) dl_writer_block(w->writer, heading ? DL_BLOCK_HEADING : DL_BLOCK_PARAGRAPH);
    }
    return status;
}

/* Plain text, each line a block; within a block that is open, its lines go on with it. */
static void write_lines(rich_writer *w, const dl_markup *markup, bool within)
{
    for (size_t at = 0; at < markup->text.len;) {
        const char *line = memchr(markup->text.ptr + at, '\n', markup->text.len - at);
        size_t end = line ? (size_t)(line - markup->text.ptr) : markup->text.len;
        if (!within) dl_writer_block(w->writer, DL_BLOCK_PARAGRAPH);
        dl_writer_text(w->writer, markup, (uint32_t)at, (uint32_t)end);
        if (within && line) dl_writer_line(w->writer);
        at = end + 1;
    }
}

static dl_status write_string(rich_writer *w, const dl_json *value, bool within)
{
    dl_markup *markup = DL_NEW(w->arena, dl_markup);
    if (!markup) return dl_fail_memory(w->err);
    size_t base = w->rich->base;
    dl_status status = dl_markup_unescape(markup, w->arena, w->rich->markup, (uint32_t)(base + value->start), (uint32_t)(base + value->end), w->err);
    if (status != DL_OK) return status;
    if (!within) {
        dl_writer_block(w->writer, DL_BLOCK_PARAGRAPH);
        w->item = false;
    }
    if (is_html(markup->text)) return write_html(w, markup);
    write_lines(w, markup, within);
    return DL_OK;
}

/* Begins the block that a node of a kind is. */
static void begin_node(rich_writer *w, dl_rich_kind kind)
{
    static const dl_block_kind BLOCKS[DL_RICH_COUNT] = {
        [DL_RICH_HEADING] = DL_BLOCK_HEADING, [DL_RICH_QUOTE] = DL_BLOCK_QUOTE, [DL_RICH_ITEM] = DL_BLOCK_LIST,
        [DL_RICH_CAPTION] = DL_BLOCK_CAPTION, [DL_RICH_PARAGRAPH] = DL_BLOCK_PARAGRAPH};
    if (kind == DL_RICH_ITEM && w->item) dl_writer_line(w->writer);
    else dl_writer_block(w->writer, BLOCKS[kind]);
    w->item = kind == DL_RICH_ITEM;
}

/* A string by itself is text if it reads so; a short one among paragraphs ("Nobody was hurt.") if it has a space. */
static bool is_text(dl_str text, bool among)
{
    if (dl_rich_is_prose(text)) return true;
    bool code = !text.len || memchr("{[<#./", text.ptr[0], 6) || dl_str_starts(text, "http");
    return among && !code && text.len < PROSE && memchr(text.ptr, ' ', text.len);
}

static dl_status write_node(rich_writer *w, const dl_json *node, bool within, int depth);

/* The children of a node: of an array all, of an object those under keys for content, or, where it has none, all prose. */
static dl_status write_children(rich_writer *w, const dl_json *node, bool within, int depth)
{
    bool array = node->kind == DL_JSON_ARRAY, known = array;
    for (const dl_json *child = node->first; child && !known; child = child->next)
        known = child->first && dl_rich_is_content(w->rich->words, child->key);
    dl_status status = DL_OK;
    for (const dl_json *child = node->first; child && status == DL_OK; child = child->next) {
        if (known && !array && !(child->first && dl_rich_is_content(w->rich->words, child->key))) continue;
        if (!known && child->kind == DL_JSON_STRING && !dl_rich_is_prose(child->text)) continue;
        status = write_node(w, child, within, depth + 1);
    }
    return status;
}

static dl_status write_node(rich_writer *w, const dl_json *node, bool within, int depth)
{
    if (depth > DEEPEST || !spend(w->rich)) return DL_OK;
    node = dl_rich_follow(&w->rich->cache, node);
    if (node->kind == DL_JSON_STRING) return within || is_text(node->text, true) ? write_string(w, node, within) : DL_OK;
    if (!node->first) return DL_OK;
    dl_rich_kind kind = dl_rich_kind_of(w->rich->words, node);
    if (kind == DL_RICH_SKIP) return DL_OK;
    bool block = is_of_story(kind) && !within;
    if (block) begin_node(w, kind);
    else if (kind != DL_RICH_NONE) dl_writer_line(w->writer); /* a break; a paragraph inside a quote or an item */
    const dl_json *own = node->kind == DL_JSON_OBJECT ? own_text(w->rich, node) : NULL;
    dl_status status = DL_OK;
    if (own) {
        if (block || within || is_text(own->text, true)) status = write_string(w, own, block || within);
    } else {
        status = write_children(w, node, within || block, depth);
    }
    if (block && !w->item) dl_writer_block(w->writer, DL_BLOCK_PARAGRAPH);
    return status;
}

dl_status dl_rich_write(dl_rich *rich, const dl_json *value, dl_writer *writer, dl_arena *arena, dl_error *err)
{
    rich_writer w = {.rich = rich, .writer = writer, .arena = arena, .err = err};
    return write_node(&w, value, false, 0);
}

dl_status dl_rich_write_heading(dl_rich *rich, const dl_json *text, dl_writer *writer, dl_arena *arena, dl_error *err)
{
    rich_writer w = {.rich = rich, .writer = writer, .arena = arena, .err = err};
    if (text->kind != DL_JSON_STRING) return DL_OK;
    dl_writer_block(writer, DL_BLOCK_HEADING);
    return write_string(&w, text, true);
}
