/* title.c - the headline: og:title, h1, JSON-LD headline and <title> vote, the site's name taken off. */
#include "page/title.h"

#include "base/utf8.h"
#include "page/site.h"
#include "page/writer.h"

enum { LONGEST = 400, MOST_HEADINGS = 12, TRAIL_DEPTH = 6 };

static bool same(dl_arena *arena, dl_str a, dl_str b)
{
    dl_str left = dl_bare_name(arena, a), right = dl_bare_name(arena, b);
    return left.len && dl_str_eq(left, right);
}

/* The longer title begins with the shorter: the rest is the site or its section. */
static bool begins_with(dl_arena *arena, dl_str longer, dl_str shorter)
{
    dl_str left = dl_bare_name(arena, longer), right = dl_bare_name(arena, shorter);
    return right.len >= 12 && left.len > right.len && memcmp(left.ptr, right.ptr, right.len) == 0;
}

/* The longer title ends in the shorter, and more than a word or a number stands before it: a kicker. */
static bool ends_in(dl_arena *arena, dl_str longer, dl_str shorter)
{
    dl_str left = dl_bare_name(arena, longer), right = dl_bare_name(arena, shorter);
    return right.len >= 12 && left.len > right.len + 4 && memcmp(left.ptr + left.len - right.len, right.ptr, right.len) == 0;
}

/* Share of the words of `text` that stand in `other` too; of long words the stem is enough. */
static float words_shared(dl_arena *arena, dl_str text, dl_str other)
{
    dl_str folded = dl_utf8_fold(arena, text), within = dl_utf8_fold(arena, other), word;
    size_t words = 0, found = 0;
    while (dl_str_next(&folded, ' ', &word)) {
        if (word.len < 3) continue;
        words++;
        found += dl_str_find(within, word.len > 8 ? dl_str_slice(word, 0, word.len - 2) : word, 0) != SIZE_MAX;
    }
    return words ? (float)found / (float)words : 1.0f;
}

/* What the page's voices say, the site's name taken off. */
typedef struct voices {
    dl_str og, linked, title;
    dl_str h1;    /* the heading that is believed */
    dl_str trail; /* an h1 in the trail of bread crumbs: written for search engines */
} voices;

typedef struct chooser {
    const dl_head *head;
    const dl_tree *tree;
    dl_arena *arena;
    dl_str site, url;
    voices v;
} chooser;

static bool is_backed(const chooser *c, dl_str h1)
{
    const dl_str others[] = {c->v.og, c->v.linked, c->v.title};
    bool none = true;
    for (size_t i = 0; i < 3; i++) {
        if (others[i].len && words_shared(c->arena, h1, others[i]) >= 0.3f) return true;
        none &= !others[i].len;
    }
    return none;
}

/* In the trail of bread crumbs, where some systems put an h1 for search engines while the shown headline is an h2. */
static bool is_in_trail(const dl_tree *tree, uint32_t node)
{
    for (int step = 0; step < TRAIL_DEPTH && node != DL_NONE && node != 0; step++, node = tree->nodes[node].parent) {
        if (tree->nodes[node].tag == DL_TAG_NAV) return true;
        if (step < 4 && dl_str_find_nocase(dl_attr_raw(tree, node, "class"), DL_STR("breadcrumb"), 0) != SIZE_MAX) return true;
    }
    return false;
}

static bool is_home(dl_str href, dl_str url)
{
    if (dl_str_is(href, "/")) return true;
    size_t host = dl_str_find(url, DL_STR("://"), 0);
    if (host == SIZE_MAX || href.len < 4) return false;
    const char *slash = memchr(url.ptr + host + 3, '/', url.len - host - 3);
    if (!slash) return false;
    dl_str home = {url.ptr, (size_t)(slash - url.ptr)};
    return dl_str_starts(href, "http") && href.len <= home.len + 1 && href.len >= home.len && memcmp(href.ptr, home.ptr, home.len) == 0;
}

/* A heading that links to the front page, or lies in such a link, is the site's name. */
static bool links_home(const chooser *c, uint32_t node)
{
    const dl_node *n = &c->tree->nodes[node];
    if (n->parent != DL_NONE && c->tree->nodes[n->parent].tag == DL_TAG_A && is_home(dl_attr_raw(c->tree, n->parent, "href"), c->url)) return true;
    for (uint32_t inner = node + 1; inner < n->next && inner < node + 6; inner++)
        if (c->tree->nodes[inner].tag == DL_TAG_A && is_home(dl_attr_raw(c->tree, inner, "href"), c->url)) return true;
    return false;
}

/* How well a heading agrees with the head: 3 it says the same as a voice, 2 a voice goes on from it, 1 a voice ends in it. */
static int rate_heading(const chooser *c, dl_str text)
{
    const dl_str others[] = {c->v.og, c->v.linked, c->v.title};
    int best = 0;
    for (size_t i = 0; i < 3; i++) {
        if (!others[i].len) continue;
        int rating = same(c->arena, text, others[i]) ? 3 : begins_with(c->arena, others[i], text) ? 2 : ends_in(c->arena, others[i], text);
        if (rating > best) best = rating;
    }
    return best;
}

/* The voice that a heading ends in: what stands before is a kicker of its own. */
static dl_str without_kicker(const chooser *c, dl_str text)
{
    const dl_str others[] = {c->v.og, c->v.linked, c->v.title};
    for (size_t i = 0; i < 3; i++)
        if (others[i].len && ends_in(c->arena, text, others[i])) return others[i];
    return (dl_str){0};
}

/* The h1 that the rest of the head speaks of; else the longest that shares words with it. */
static void choose_heading(chooser *c)
{
    dl_str longest = {0}, bared = {0};
    int best = 0;
    size_t shown = c->head->headings.count < MOST_HEADINGS ? c->head->headings.count : MOST_HEADINGS;
    for (size_t i = 0; i < shown; i++) {
        uint32_t node = c->head->headings.items[i];
        dl_str text = dl_tree_text(c->tree, node, c->arena);
        if (!text.len || text.len > LONGEST || links_home(c, node)) continue;
        if (is_in_trail(c->tree, node)) {
            if (!c->v.trail.len) c->v.trail = text;
            continue;
        }
        int rating = rate_heading(c, text);
        if (rating > best) best = rating, c->v.h1 = text;
        if (!bared.len) bared = without_kicker(c, text);
        if (text.len > longest.len && !dl_names_site(c->arena, text, c->site, c->url) && is_backed(c, text)) longest = text;
    }
    if (!best) c->v.h1 = bared.len ? bared : longest;
}

/* For pages that name themselves nowhere: the first heading of the second rank near the top. */
static dl_str second_heading(const dl_tree *tree, dl_arena *arena)
{
    for (uint32_t node = 1; node < tree->count && node < 4000; node++) {
        if (tree->nodes[node].kind != DL_NODE_ELEMENT || tree->nodes[node].tag != DL_TAG_H2) continue;
        dl_str text = dl_tree_text(tree, node, arena);
        if (text.len > 15 && text.len < 300) return text;
    }
    return (dl_str){0};
}

/* The first of the voices of that kind that a page fills. */
static dl_str first_meta(const chooser *c)
{
    static const char *const KEYS[] = {"og:title", "twitter:title", "parsely-title", "sailthru.title", "citation_title",
                                       "dcterms.title", "dc.title", "headline"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        dl_str value = dl_head_get(c->head, KEYS[i]);
        if (!value.len || value.len > LONGEST * 2) continue;
        value = dl_without_site(c->arena, dl_plain_text(c->arena, value), c->site, c->url);
        if (value.len) return value;
    }
    return (dl_str){0};
}

/* Where kickers differ and what follows is the same ("Storm: The bridge fell" and "Marn - The bridge fell"), the common end. */
static dl_str common_end(const chooser *c)
{
    dl_str h1 = c->v.h1;
    for (size_t at = 0; at + 2 < h1.len && h1.len < LONGEST; at++) {
        bool parted = h1.ptr[at] == ':' || (h1.ptr[at] == ' ' && (h1.ptr[at + 1] == '-' || h1.ptr[at + 1] == '|' || (unsigned char)h1.ptr[at + 1] == 0xE2));
        if (!parted) continue;
        const char *space = memchr(h1.ptr + at + 1, ' ', h1.len - at - 1);
        if (!space) return (dl_str){0};
        dl_str end = dl_str_slice(h1, (size_t)(space - h1.ptr) + 1, h1.len);
        dl_str kicker = dl_str_slice(h1, 0, at), og = c->v.og;
        if (end.len <= 20 || end.len <= kicker.len || og.len <= end.len || !ends_in(c->arena, og, end)) return (dl_str){0};
        return words_shared(c->arena, kicker, dl_str_slice(og, 0, og.len - end.len)) < 0.3f ? end : (dl_str){0};
    }
    return (dl_str){0};
}

/* With an h1 in the bread crumbs: the next voice that says something else is the headline that is shown. */
static dl_str choose_beside_trail(const chooser *c)
{
    const dl_str others[] = {c->v.h1, c->v.linked, c->v.og};
    for (size_t i = 0; i < 3; i++)
        if (others[i].len && !same(c->arena, others[i], c->v.trail)) return others[i];
    return c->v.trail;
}

static dl_str choose(const chooser *c)
{
    const voices *v = &c->v;
    if (v->trail.len) return choose_beside_trail(c);
    if (!v->h1.len && v->linked.len && same(c->arena, v->linked, v->title)) return v->linked;
    if (!v->h1.len) return v->og.len ? v->og : v->linked.len ? v->linked : v->title;
    if (!v->og.len || same(c->arena, v->h1, v->og) || begins_with(c->arena, v->og, v->h1)) return v->h1;
    bool agreed = v->linked.len && same(c->arena, v->og, v->linked);
    if (ends_in(c->arena, v->og, v->h1)) return agreed ? v->og : v->h1;
    if (agreed) return v->og;
    dl_str end = common_end(c);
    if (end.len) return end;
    if (v->linked.len) return v->h1;
    bool alone = v->title.len && !same(c->arena, v->h1, v->title) && !same(c->arena, v->og, v->title);
    return alone ? v->og : v->h1;
}

dl_str dl_title_choose(const dl_head *head, const dl_linked *linked, const dl_tree *tree, dl_str site, dl_str url,
                       dl_arena *arena)
{
    chooser c = {.head = head, .tree = tree, .arena = arena, .site = site, .url = url};
    c.v.og = first_meta(&c);
    dl_str headline = linked->is_article ? dl_linked_text(linked->article, "headline") : (dl_str){0};
    if (headline.len < LONGEST * 2) c.v.linked = dl_without_site(arena, dl_plain_text(arena, headline), site, url);
    if (head->title.len < LONGEST * 2) c.v.title = dl_without_site(arena, head->title, site, url);
    choose_heading(&c);
    dl_str title = choose(&c);
    return title.len ? title : second_heading(tree, arena);
}
