/* section.c - the vote on the section a page stands in. */
#include "page/section.h"

#include "base/utf8.h"
#include "page/site.h"
#include "page/writer.h"

enum { LONGEST = 60, MOST_CRUMBS = 12, TRAIL_BLOCKS = 20 };

dl_status dl_section_words_open(dl_section_words *out, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "page/sections", &out->words, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "page/metas", &out->metas, err);
    if (status != DL_OK) return status;
    out->kind = dl_table_column(out->words, "kind");
    out->meta_kind = dl_table_column(out->metas, "kind");
    out->meta_rank = dl_table_column(out->metas, "rank");
    return DL_OK;
}

typedef struct voter {
    const dl_section_words *words;
    const dl_reading *reading;
    dl_arena *arena;
    dl_str specific, generic;
} voter;

static bool is_kind(const voter *v, dl_str name, const char *kind)
{
    dl_rows rows = dl_table_find(v->words->words, dl_utf8_fold(v->arena, name));
    return rows.count && dl_str_is(dl_table_cell(v->words->words, rows.first, v->words->kind), kind);
}

static bool has_letters(dl_str name)
{
    size_t letters = 0, digits = 0;
    for (size_t i = 0; i < name.len; i++) {
        letters += (unsigned char)name.ptr[i] >= 0x80 || dl_ascii_alpha((unsigned char)name.ptr[i]);
        digits += dl_ascii_digit((unsigned char)name.ptr[i]);
    }
    return letters > 1 && digits * 2 < letters;
}

static bool has_capital(dl_str name)
{
    for (size_t at = 0; at < name.len;)
        if (dl_utf8_is_upper(dl_utf8_next(name, &at))) return true;
    return false;
}

/* The name of the site, or a part of its host. */
static bool is_site(const voter *v, dl_str bare)
{
    const dl_reading *r = v->reading;
    size_t at = dl_str_find(r->url, DL_STR("://"), 0);
    if (dl_str_eq(bare, dl_bare_name(v->arena, r->site))) return true;
    if (at == SIZE_MAX) return false;
    dl_str host = dl_str_slice(r->url, at + 3, r->url.len), part;
    const char *slash = memchr(host.ptr, '/', host.len);
    if (slash) host.len = (size_t)(slash - host.ptr);
    dl_str whole = dl_bare_name(v->arena, host);
    if (whole.len >= bare.len && memcmp(whole.ptr + whole.len - bare.len, bare.ptr, bare.len) == 0) return true;
    while (dl_str_next(&host, '.', &part) && host.ptr)
        if (dl_str_eq(bare, dl_bare_name(v->arena, part))) return true;
    return false;
}

/* Not the front page, the site, the story, a date or a number. */
static bool is_section(const voter *v, dl_str name)
{
    if (name.len < 2 || name.len > LONGEST || !has_letters(name) || is_kind(v, name, "none")) return false;
    if (dl_str_find(name, DL_STR("://"), 0) != SIZE_MAX || dl_str_find(name, DL_STR("{"), 0) != SIZE_MAX) return false;
    dl_str bare = dl_bare_name(v->arena, name);
    return bare.len && !is_site(v, bare) && !dl_str_eq(bare, dl_bare_name(v->arena, v->reading->title));
}

/* One voice. The same name in capitals takes the place of one in small letters ("public-service", "Public Service"). */
static void hear(voter *v, dl_str name)
{
    if (!name.len || name.len > 400) return;
    name = dl_plain_text(v->arena, name);
    bool slug = !has_capital(name);
    for (size_t i = 0; i < name.len; i++)
        if ((slug && i && name.ptr[i] == '_') || name.ptr[i] == ',' || name.ptr[i] == '/' || name.ptr[i] == '|' || name.ptr[i] == ';') name.len = i;
    name = dl_str_trim(name);
    if (!is_section(v, name)) return;
    dl_str *place = is_kind(v, name, "generic") ? &v->generic : &v->specific;
    bool nicer = place->len && has_capital(name) && !has_capital(*place) &&
                 dl_str_eq(dl_bare_name(v->arena, name), dl_bare_name(v->arena, *place));
    if (!place->len || nicer) *place = name;
}

static void hear_json(voter *v, const dl_json *value)
{
    if (value && value->kind == DL_JSON_OBJECT) value = dl_json_get(value, "name");
    if (value && value->kind == DL_JSON_STRING) hear(v, value->text);
    if (!value || value->kind != DL_JSON_ARRAY) return;
    size_t count = 0;
    for (const dl_json *one = value->first; one && count < MOST_CRUMBS; one = one->next, count++)
        if (one->kind == DL_JSON_STRING) hear(v, one->text);
}

static void hear_metas(voter *v)
{
    for (int64_t wanted = 1; wanted <= 3; wanted++)
        for (size_t i = 0; i < v->reading->head.metas.count; i++) {
            const dl_meta *meta = &v->reading->head.metas.items[i];
            dl_rows rows = dl_table_find(v->words->metas, meta->key);
            int64_t rank;
            if (!rows.count || !dl_str_is(dl_table_cell(v->words->metas, rows.first, v->words->meta_kind), "section")) continue;
            if (dl_str_number(dl_table_cell(v->words->metas, rows.first, v->words->meta_rank), &rank) && rank == wanted) hear(v, meta->value);
        }
}

/* schema.org's BreadcrumbList: names stand in the entries or in their items. */
static void hear_crumbs(voter *v)
{
    const dl_linked *linked = &v->reading->linked;
    for (size_t i = 0; i < linked->objects.count; i++) {
        if (!dl_linked_is(linked->objects.items[i].object, "BreadcrumbList")) continue;
        const dl_json *list = dl_json_get(linked->objects.items[i].object, "itemListElement");
        size_t count = 0;
        for (const dl_json *one = list ? list->first : NULL; one && count < MOST_CRUMBS; one = one->next, count++) {
            dl_str name = dl_linked_text(one, "name");
            hear(v, name.len ? name : dl_linked_text(dl_json_get(one, "item"), "name"));
        }
        return;
    }
}

/* Links of a trail that is shown before the headline. */
static void hear_trail(voter *v)
{
    const dl_reading *r = v->reading;
    uint32_t headline = r->survey.headline, first = headline != DL_NONE && headline > TRAIL_BLOCKS ? headline - TRAIL_BLOCKS : 0;
    for (uint32_t i = first; headline != DL_NONE && i < headline; i++) {
        const dl_page_block *b = &r->blocks.list.items[i];
        if (!((b->near | b->far) & ((dl_cue_set)1 << DL_CUE_BREADCRUMB))) continue;
        for (uint32_t node = b->first; node < b->end; node++)
            if (r->tree.nodes[node].kind == DL_NODE_TEXT && dl_tree_ancestor(&r->tree, node, DL_TAG_A) != DL_NONE)
                hear(v, dl_tree_text(&r->tree, node, v->arena));
    }
}

/* Where the path of an address begins and ends, without the slash at its end. */
static dl_str path_of(dl_str url)
{
    size_t host = dl_str_find(url, DL_STR("://"), 0), at = host == SIZE_MAX ? 0 : host + 3;
    while (host != SIZE_MAX && at < url.len && url.ptr[at] != '/') at++;
    dl_str path = dl_str_slice(url, at, url.len);
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '?' || path.ptr[i] == '#') path.len = i;
    while (path.len && path.ptr[path.len - 1] == '/') path.len--;
    return path;
}

/* How the page names a folder of its address, where it links to it. */
static void hear_link_to(voter *v, dl_str folder)
{
    enum { MOST_NODES = 12 };
    const dl_tree *tree = &v->reading->tree;
    for (uint32_t node = 1; node < tree->count && !v->specific.len; node++) {
        const dl_node *n = &tree->nodes[node];
        if (n->tag != DL_TAG_A || n->next == node + 1 || n->next - node > MOST_NODES || n->body - n->start < folder.len) continue;
        if (dl_str_eq(path_of(dl_str_trim(dl_attr_raw(tree, node, "href"))), folder)) hear(v, dl_tree_text(tree, node, v->arena));
    }
}

/* A language or country as sites have them for a first folder: "en", "en-us". */
static bool is_locale(dl_str folder)
{
    return folder.len == 2 || (folder.len == 5 && (folder.ptr[2] == '-' || folder.ptr[2] == '_'));
}

static void hear_address(voter *v)
{
    dl_str url = v->reading->url, folder;
    size_t host = dl_str_find(url, DL_STR("://"), 0);
    if (host == SIZE_MAX || url.len > 1000) return;
    dl_str path = dl_str_slice(url, host + 3, url.len);
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '?' || path.ptr[i] == '#') path.len = i;
    bool beyond = false; /* the host is no folder, and the last is the story */
    for (int count = 0; dl_str_next(&path, '/', &folder) && path.ptr && count < 4; beyond = true, count++) {
        bool plain = beyond && folder.len > 2 && folder.len <= 30 && !is_locale(folder);
        for (size_t i = 0; i < folder.len && plain; i++) plain = dl_ascii_alpha((unsigned char)folder.ptr[i]) || folder.ptr[i] == '-' || folder.ptr[i] == '_';
        if (!plain || !path.len) continue;
        dl_str whole = path_of(url);
        hear_link_to(v, dl_str_slice(whole, 0, (size_t)(folder.ptr + folder.len - whole.ptr)));
        char *words = dl_arena_alloc_raw(v->arena, folder.len);
        for (size_t i = 0; words && i < folder.len; i++) words[i] = folder.ptr[i] == '-' || folder.ptr[i] == '_' ? ' ' : folder.ptr[i];
        if (words) hear(v, (dl_str){words, folder.len});
    }
}

dl_str dl_section_choose(const dl_section_words *words, const dl_reading *reading, dl_arena *arena)
{
    voter v = {.words = words, .reading = reading, .arena = arena};
    hear_json(&v, dl_json_get(reading->linked.article, "articleSection"));
    hear_metas(&v);
    hear_crumbs(&v);
    if (!v.specific.len) hear_trail(&v);
    if (!v.specific.len) hear_address(&v);
    return v.specific.len ? v.specific : v.generic;
}
