/* authors.c - names out of bylines, and the vote on a page's bylines. */
#include "page/authors.h"

#include "base/error.h"
#include "base/utf8.h"
#include "page/site.h"
#include "page/writer.h"

enum { MOST_NAMES = 24, LONGEST_NAME = 90 };

dl_status dl_byline_words_open(dl_byline_words *out, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "page/bylines", &out->words, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "page/metas", &out->metas, err);
    if (status != DL_OK) return status;
    out->kind = dl_table_column(out->words, "kind");
    out->meta_kind = dl_table_column(out->metas, "kind");
    out->meta_rank = dl_table_column(out->metas, "rank");
    return DL_OK;
}

/* Folded words of `text` parted by single spaces, punctuation left out. */
static dl_str key_of(dl_arena *arena, dl_str text)
{
    dl_str folded = dl_utf8_fold(arena, text);
    char *out = (char *)(uintptr_t)folded.ptr;
    size_t len = 0;
    for (size_t i = 0; i < folded.len; i++) {
        unsigned char c = (unsigned char)folded.ptr[i];
        bool sign = c >= 0x80 || dl_ascii_alpha(c) || dl_ascii_digit(c);
        if (sign) out[len++] = (char)c;
        else if (len && out[len - 1] != ' ') out[len++] = ' ';
    }
    while (len && out[len - 1] == ' ') len--;
    return (dl_str){out, len};
}

static bool is_kind(const dl_byline_words *words, dl_str key, const char *kind)
{
    dl_rows rows = dl_table_find(words->words, key);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (dl_str_is(dl_table_cell(words->words, row, words->kind), kind)) return true;
    return false;
}

/* Bytes of the words at the start of `text` that introduce a byline ("By", "Text von:"), or 0. */
static size_t prefix_length(const dl_byline_words *words, dl_arena *arena, dl_str text)
{
    size_t best = 0, at = 0;
    for (int word = 0; word < 4 && at < text.len; word++) {
        while (at < text.len && !dl_ascii_space((unsigned char)text.ptr[at]) && text.ptr[at] != ':') at++;
        if (at < text.len && is_kind(words, key_of(arena, dl_str_slice(text, 0, at)), "prefix")) best = at + 1;
        while (at < text.len && (dl_ascii_space((unsigned char)text.ptr[at]) || text.ptr[at] == ':')) at++;
    }
    return best;
}

static bool has_digit(dl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (dl_ascii_digit((unsigned char)text.ptr[i])) return true;
    return false;
}

static bool is_address(dl_str text)
{
    return dl_str_find(text, DL_STR("@"), 0) != SIZE_MAX || dl_str_find(text, DL_STR("://"), 0) != SIZE_MAX ||
           dl_str_find(text, DL_STR("www."), 0) != SIZE_MAX;
}

static dl_status add_name(dl_authors *out, const dl_byline_words *words, dl_arena *arena, dl_str name, dl_error *err)
{
    name = dl_str_trim(name);
    while (name.len && strchr(".,;:-|/*\"'", name.ptr[0])) name = dl_str_trim(dl_str_slice(name, 1, name.len));
    while (name.len && strchr(",;:-|/*\"'", name.ptr[name.len - 1])) name = dl_str_trim(dl_str_slice(name, 0, name.len - 1));
    size_t bracket = dl_str_find(name, DL_STR("("), 0);
    if (bracket != SIZE_MAX && bracket > 2) name = dl_str_trim(dl_str_slice(name, 0, bracket));
    if (name.len < 2 || name.len > LONGEST_NAME || out->names.count >= MOST_NAMES) return DL_OK;
    if (is_address(name) || (has_digit(name) && (name.len > 20 || dl_ascii_digit((unsigned char)name.ptr[0])))) return DL_OK;
    dl_str key = key_of(arena, name);
    if (!key.len || is_kind(words, key, "role") || is_kind(words, key, "nobody") || is_kind(words, key, "prefix")) return DL_OK;
    for (size_t i = 0; i < out->names.count; i++)
        if (dl_str_eq(key_of(arena, out->names.items[i]), key)) return DL_OK;
    dl_str *slot = DL_VEC_PUSH(arena, &out->names);
    if (!slot) return dl_fail_memory(err);
    *slot = name;
    return DL_OK;
}

/* End of the name that begins at `at`; *next is where the one behind it begins. */
static size_t name_end(const dl_byline_words *words, dl_arena *arena, dl_str text, size_t at, size_t *next)
{
    for (size_t i = at; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == ',' || c == ';' || c == '|' || c == '&' || c == '\n' || (c == '/' && i > at)) return *next = i + 1, i;
        unsigned char u = (unsigned char)c;
        if (u == 0xC2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] == 0xB7) return *next = i + 2, i;
        if (u == 0xE2 && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0x80 && ((unsigned char)text.ptr[i + 2] == 0xA2 || ((unsigned char)text.ptr[i + 2] & 0xFE) == 0x92 || ((unsigned char)text.ptr[i + 2] & 0xFE) == 0x94) && text.ptr[i - (i > 0)] == ' ')
            return *next = i + 3, i;
        if (c != ' ' || i == at) continue;
        size_t end = i + 1;
        while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != ',' && end - i < 12) end++;
        if (end < text.len && text.ptr[end] == ' ' && is_kind(words, key_of(arena, dl_str_slice(text, i + 1, end)), "joint"))
            return *next = end + 1, i;
    }
    *next = text.len;
    return text.len;
}

dl_status dl_authors_add(dl_authors *out, const dl_byline_words *words, dl_arena *arena, dl_str byline, dl_error *err)
{
    byline = dl_str_trim(byline);
    if (byline.len > 600 || (is_address(byline) && dl_str_find(byline, DL_STR(" "), 0) == SIZE_MAX)) return DL_OK;
    dl_status status = DL_OK;
    for (size_t at = 0, next; at < byline.len && status == DL_OK; at = next) {
        dl_str rest = dl_str_slice(byline, at, byline.len);
        at += prefix_length(words, arena, rest);
        while (at < byline.len && dl_ascii_space((unsigned char)byline.ptr[at])) at++;
        if (at >= byline.len) break;
        size_t end = name_end(words, arena, byline, at, &next);
        status = add_name(out, words, arena, dl_str_slice(byline, at, end), err);
    }
    return status;
}

/* ---- where bylines stand ---- */

typedef struct seeker {
    dl_authors *out;
    const dl_byline_words *words;
    const dl_reading *reading;
    dl_arena *arena;
    dl_error *err;
} seeker;

static dl_status add(seeker *s, dl_str byline)
{
    return byline.len ? dl_authors_add(s->out, s->words, s->arena, dl_plain_text(s->arena, byline), s->err) : DL_OK;
}

static dl_status add_linked(seeker *s, const dl_json *value, int depth)
{
    if (!value || depth > 4) return DL_OK;
    if (value->kind == DL_JSON_STRING) return is_address(value->text) ? DL_OK : add(s, value->text);
    if (value->kind == DL_JSON_OBJECT) {
        const dl_json *person = dl_linked_follow(&s->reading->linked, value), *name = dl_json_get(person, "name");
        return add_linked(s, name ? name : dl_json_get(person, "author"), depth + 1);
    }
    dl_status status = DL_OK;
    for (const dl_json *one = value->first; one && status == DL_OK; one = one->next) status = add_linked(s, one, depth + 1);
    return status;
}

static dl_status add_metas(seeker *s)
{
    for (int64_t rank = 1; rank <= 3 && !s->out->names.count; rank++)
        for (size_t i = 0; i < s->reading->head.metas.count; i++) {
            const dl_meta *meta = &s->reading->head.metas.items[i];
            dl_rows rows = dl_table_find(s->words->metas, meta->key);
            int64_t have;
            if (!rows.count || !dl_str_is(dl_table_cell(s->words->metas, rows.first, s->words->meta_kind), "author")) continue;
            if (!dl_str_number(dl_table_cell(s->words->metas, rows.first, s->words->meta_rank), &have) || have != rank) continue;
            if (is_address(meta->value)) continue;
            dl_status status = add(s, meta->value);
            if (status != DL_OK) return status;
        }
    return DL_OK;
}

/* How plainly an element says that it names the author: 3 microdata or rel, 2 a byline, 1 something of an author. */
static int rate_element(const dl_tree *tree, uint32_t node)
{
    dl_str prop = dl_attr_raw(tree, node, "itemprop"), rel = dl_attr_raw(tree, node, "rel"), class = dl_attr_raw(tree, node, "class");
    if (dl_str_eq_nocase(prop, DL_STR("author")) || dl_str_eq_nocase(rel, DL_STR("author"))) return 3;
    dl_str id = dl_attr_raw(tree, node, "id");
    static const char *const PLAIN[] = {"author-name", "author_name", "authorname", "author__name", "byline-name", "byline__name", "autor-name"};
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++)
        if (dl_str_find_nocase(class, dl_str_of(PLAIN[i]), 0) != SIZE_MAX) return 3;
    if (dl_str_find_nocase(class, DL_STR("byline"), 0) != SIZE_MAX || dl_str_find_nocase(id, DL_STR("byline"), 0) != SIZE_MAX) return 2;
    if (dl_str_find_nocase(class, DL_STR("author"), 0) != SIZE_MAX || dl_str_find_nocase(class, DL_STR("autor"), 0) != SIZE_MAX ||
        dl_str_find_nocase(class, DL_STR("auteur"), 0) != SIZE_MAX)
        return 1;
    return 0;
}

static bool in_comments(const dl_reading *r, uint32_t node)
{
    for (size_t low = 0, high = r->blocks.list.count; low < high;) {
        size_t middle = (low + high) / 2;
        const dl_page_block *b = &r->blocks.list.items[middle];
        if (b->end <= node) {
            low = middle + 1;
        } else if (middle > low) {
            high = middle;
        } else {
            const dl_cue_set foreign = (dl_cue_set)1 << DL_CUE_COMMENT | (dl_cue_set)1 << DL_CUE_RELATED | (dl_cue_set)1 << DL_CUE_TEASER;
            return (b->far & foreign) || (b->where & (DL_IN_NAV | DL_IN_FOOTER));
        }
    }
    return true;
}

static dl_status add_elements(seeker *s)
{
    const dl_reading *r = s->reading;
    for (int want = 3; want >= 1 && !s->out->names.count; want--)
        for (size_t i = 0, taken = 0; i < r->head.props.count && taken < 3; i++) {
            uint32_t node = r->head.props.items[i];
            if (r->tree.nodes[node].next - node > 40 || rate_element(&r->tree, node) != want || in_comments(r, node)) continue;
            dl_str text = dl_tree_text(&r->tree, node, s->arena);
            if (text.len < 3 || text.len > 120) continue;
            size_t before = s->out->names.count;
            dl_status status = add(s, text);
            if (status != DL_OK) return status;
            taken += s->out->names.count > before;
        }
    return DL_OK;
}

/* A short block right behind the headline that begins as bylines do. */
static dl_status add_text(seeker *s)
{
    const dl_reading *r = s->reading;
    if (r->survey.headline == DL_NONE) return DL_OK;
    for (uint32_t i = r->survey.headline + 1; i < r->blocks.list.count && i < r->survey.headline + 9; i++) {
        const dl_page_block *b = &r->blocks.list.items[i];
        if (b->letters > 70 || !(b->phrases & (1u << DL_PHRASE_BYLINE))) continue;
        dl_writer writer;
        dl_story story;
        dl_writer_init(&writer, s->arena);
        for (uint32_t node = b->first; node < b->end; node++) {
            const dl_node *n = &r->tree.nodes[node];
            if (n->kind == DL_NODE_TEXT) dl_writer_text(&writer, r->tree.markup, n->start, n->end);
            else if (n->tag == DL_TAG_BR) dl_writer_line(&writer);
        }
        if (dl_writer_finish(&writer, &story, s->err) != DL_OK) return DL_NO_MEMORY;
        size_t line = dl_str_find(story.text, DL_STR("\n"), 0); /* place and day stand on the next */
        if (prefix_length(s->words, s->arena, story.text))
            return add(s, line == SIZE_MAX ? story.text : dl_str_slice(story.text, 0, line));
    }
    return DL_OK;
}

/* Whether every name so far is the site's own: then a person may still stand elsewhere. */
static bool only_site(const seeker *s)
{
    for (size_t i = 0; i < s->out->names.count; i++)
        if (!dl_names_site(s->arena, s->out->names.items[i], s->reading->site, s->reading->url)) return false;
    return true;
}

/* What one place adds, unless there are names of people already; names of the site give way. */
static dl_status try_place(seeker *s, dl_status (*place)(seeker *))
{
    if (!only_site(s)) return DL_OK;
    dl_authors kept = *s->out;
    *s->out = (dl_authors){0};
    dl_status status = place(s);
    if (status == DL_OK && kept.names.count && only_site(s)) *s->out = kept;
    return status;
}

static dl_status add_article(seeker *s)
{
    const dl_json *article = s->reading->linked.article;
    return article ? add_linked(s, dl_json_get(article, "author"), 0) : DL_OK;
}

dl_status dl_authors_choose(dl_authors *out, const dl_byline_words *words, const dl_reading *reading, dl_arena *arena,
                            dl_error *err)
{
    *out = (dl_authors){0};
    seeker s = {out, words, reading, arena, err};
    dl_status status = try_place(&s, add_article);
    if (status == DL_OK) status = try_place(&s, add_metas);
    if (status == DL_OK) status = try_place(&s, add_elements);
    if (status == DL_OK) status = try_place(&s, add_text);
    return status;
}
