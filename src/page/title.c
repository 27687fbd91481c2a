/* title.c - the headline: og:title, h1, JSON-LD headline and <title> vote, the site's name taken off. */
#include "page/title.h"

#include "base/utf8.h"
#include "page/writer.h"

dl_str dl_plain_text(dl_arena *arena, dl_str text)
{
    if (!text.ptr) return text;
    char *untagged = dl_arena_alloc_raw(arena, text.len + 1);
    if (!untagged) return (dl_str){0};
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '<' && i + 1 < text.len && (dl_ascii_alpha((unsigned char)text.ptr[i + 1]) || text.ptr[i + 1] == '/')) {
            const char *end = memchr(text.ptr + i, '>', text.len - i);
            if (end && end - (text.ptr + i) < 200) {
                i = (size_t)(end - text.ptr);
                untagged[len++] = ' ';
                continue;
            }
        }
        untagged[len++] = text.ptr[i];
    }
    dl_markup markup = {.text = {untagged, len}};
    dl_writer writer;
    dl_story story;
    dl_writer_init(&writer, arena);
    dl_writer_text(&writer, &markup, 0, (uint32_t)len);
    return dl_writer_finish(&writer, &story, NULL) == DL_OK ? story.text : (dl_str){0};
}

dl_str dl_site_name(const dl_head *head, const dl_linked *linked, dl_arena *arena)
{
    dl_str name = dl_head_get(head, "og:site_name");
    if (!name.ptr && linked->article)
        name = dl_linked_text(dl_linked_follow(linked, dl_json_get(linked->article, "publisher")), "name");
    if (!name.ptr) name = dl_head_get(head, "application-name");
    for (size_t i = 0; i < linked->objects.count && !name.ptr; i++) {
        const dl_json *object = linked->objects.items[i].object;
        if (dl_linked_is(object, "WebSite") || dl_linked_is(object, "NewsMediaOrganization")) name = dl_linked_text(object, "name");
    }
    if (!name.ptr) return name;
    name = dl_plain_text(arena, name);
    return name.len > 100 ? (dl_str){0} : name;
}

/* Letters and digits only, folded: for comparing names. */
static dl_str bare(dl_arena *arena, dl_str text)
{
    dl_str folded = dl_utf8_fold(arena, text);
    if (!folded.ptr) return folded;
    char *out = (char *)(uintptr_t)folded.ptr;
    size_t len = 0;
    for (size_t i = 0; i < folded.len; i++) {
        unsigned char c = (unsigned char)folded.ptr[i];
        if (c >= 0x80 || dl_ascii_alpha(c) || dl_ascii_digit(c)) out[len++] = (char)c;
    }
    return (dl_str){out, len};
}

/* "example" of "https://www.example.co.uk/a". */
static dl_str host_word(dl_str url)
{
    size_t at = dl_str_find(url, DL_STR("://"), 0);
    if (at == SIZE_MAX) return (dl_str){0};
    dl_str host = dl_str_slice(url, at + 3, url.len), part, best = {0};
    const char *slash = memchr(host.ptr, '/', host.len);
    if (slash) host.len = (size_t)(slash - host.ptr);
    while (dl_str_next(&host, '.', &part))
        if (part.len > best.len && !dl_str_is(part, "www")) best = part;
    return best;
}

/* Whether a part of a title is the site speaking of itself. */
static bool names_site(dl_arena *arena, dl_str part, dl_str site, dl_str host)
{
    dl_str have = bare(arena, part), want = bare(arena, site), word = bare(arena, host);
    if (!have.len || have.len > 60) return false;
    if (want.len > 1 && (dl_str_eq(have, want) || (have.len < want.len + 12 && have.len >= want.len && dl_str_find(have, want, 0) != SIZE_MAX) ||
                     (have.len > 3 && dl_str_find(want, have, 0) != SIZE_MAX)))
        return true;
    return word.len > 2 && have.len < word.len + 12 &&
           (dl_str_find(have, word, 0) != SIZE_MAX || (have.len > 3 && dl_str_find(word, have, 0) != SIZE_MAX));
}

bool dl_names_site(dl_arena *arena, dl_str name, dl_str site, dl_str url)
{
    return names_site(arena, name, site, host_word(url));
}

/* Where the next separator of a title's parts begins ("a | b", "a - b"), and its length; SIZE_MAX if none. */
static size_t separator(dl_str title, size_t from, size_t *len)
{
    static const char *const SIGNS[] = {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xB7 ", " \xC2\xBB ", " \xE2\x80\xA2 ",
                                        " :: ", " / ", " < ", " \xC2\xAB ", "\xEF\xBD\x9C", " \xE2\x80\xB9 ", " \xE2\x80\xBA ", " // ", "|"};
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        size_t at = dl_str_find(title, dl_str_of(SIGNS[i]), from);
        if (at < best) best = at, *len = strlen(SIGNS[i]);
    }
    return best;
}

static dl_str without_site(dl_arena *arena, dl_str title, dl_str site, dl_str url)
{
    dl_str host = host_word(url);
    for (int round = 0; round < 3; round++) {
        size_t last = SIZE_MAX, last_len = 0, first = SIZE_MAX, first_len = 0, len;
        for (size_t at = separator(title, 0, &len); at != SIZE_MAX; at = separator(title, at + len, &len)) {
            if (first == SIZE_MAX) first = at, first_len = len;
            last = at, last_len = len;
        }
        if (last == SIZE_MAX) break;
        if (names_site(arena, dl_str_slice(title, last + last_len, title.len), site, host)) title = dl_str_trim(dl_str_slice(title, 0, last));
        else if (names_site(arena, dl_str_slice(title, 0, first), site, host)) title = dl_str_trim(dl_str_slice(title, first + first_len, title.len));
        else break;
    }
    return title;
}

static bool same(dl_arena *arena, dl_str a, dl_str b)
{
    dl_str left = bare(arena, a), right = bare(arena, b);
    return left.len && dl_str_eq(left, right);
}

/* The longer title begins with the shorter, and a separator follows: the rest is the site or its section. */
static bool extends(dl_arena *arena, dl_str longer, dl_str shorter)
{
    dl_str left = bare(arena, longer), right = bare(arena, shorter);
    return right.len >= 12 && left.len > right.len &&
           (memcmp(left.ptr, right.ptr, right.len) == 0 ||
            memcmp(left.ptr + left.len - right.len, right.ptr, right.len) == 0);
}

/* Share of the words of `text` that stand in `other` too. */
static float words_shared(dl_arena *arena, dl_str text, dl_str other)
{
    dl_str folded = dl_utf8_fold(arena, text), within = dl_utf8_fold(arena, other), word;
    size_t words = 0, found = 0;
    while (dl_str_next(&folded, ' ', &word)) {
        if (word.len < 3) continue;
        words++;
        found += dl_str_find(within, word, 0) != SIZE_MAX;
    }
    return words ? (float)found / (float)words : 1.0f;
}

typedef struct candidates {
    dl_str og, linked, title, h1;
} candidates;

/* Whether some other voice of the page speaks of the same thing. */
static bool is_backed(dl_arena *arena, dl_str h1, const candidates *c)
{
    if (!c->og.len && !c->linked.len && !c->title.len) return true;
    return (c->og.len && words_shared(arena, h1, c->og) >= 0.3f) || (c->linked.len && words_shared(arena, h1, c->linked) >= 0.3f) ||
           (c->title.len && words_shared(arena, h1, c->title) >= 0.3f);
}

static bool ends_in(dl_arena *arena, dl_str longer, dl_str shorter)
{
    dl_str left = bare(arena, longer), right = bare(arena, shorter);
    return right.len >= 16 && left.len > right.len && memcmp(left.ptr + left.len - right.len, right.ptr, right.len) == 0;
}

/* The h1 that the rest of the head speaks of; else the longest that is not the site's name. */
static dl_str choose_heading(const dl_head *head, const dl_tree *tree, dl_arena *arena, const candidates *c, dl_str site, dl_str url)
{
    dl_str longest = {0};
    const dl_str others[] = {c->og, c->linked, c->title};
    size_t shown = head->headings.count < 12 ? head->headings.count : 12;
    for (size_t i = 0; i < shown; i++) {
        dl_str text = dl_tree_text(tree, head->headings.items[i], arena);
        if (!text.len || text.len > 400) continue;
        for (size_t k = 0; k < 3; k++) {
            if (!others[k].len) continue;
            if (same(arena, text, others[k]) || extends(arena, others[k], text)) return text;
            if (ends_in(arena, text, others[k])) return others[k]; /* a kicker stands before it */
        }
        if (text.len > longest.len && !dl_names_site(arena, text, site, url) && is_backed(arena, text, c)) longest = text;
    }
    return longest;
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

dl_str dl_title_choose(const dl_head *head, const dl_linked *linked, const dl_tree *tree, dl_str site, dl_str url,
                       dl_arena *arena)
{
    candidates c = {0};
    c.og = without_site(arena, dl_plain_text(arena, dl_head_get(head, "og:title")), site, url);
    if (!c.og.len) c.og = without_site(arena, dl_plain_text(arena, dl_head_get(head, "twitter:title")), site, url);
    if (linked->is_article) c.linked = without_site(arena, dl_plain_text(arena, dl_linked_text(linked->article, "headline")), site, url);
    c.title = without_site(arena, head->title, site, url);
    c.h1 = choose_heading(head, tree, arena, &c, site, url);
    if (!c.h1.len && !c.og.len && !c.linked.len && !c.title.len) return second_heading(tree, arena);
    if (!c.h1.len) return c.og.len ? c.og : c.linked.len ? c.linked : c.title;
    if (!c.og.len || same(arena, c.h1, c.og) || extends(arena, c.og, c.h1)) return c.h1;
    if (c.linked.len) return same(arena, c.og, c.linked) ? c.og : c.h1;
    bool alone = !same(arena, c.h1, c.title) && !same(arena, c.og, c.title);
    return alone ? c.og : c.h1;
}
