/* site.c - the site's name: where it is told, and where a title carries it along. */
#include "page/site.h"

#include "base/utf8.h"
#include "page/writer.h"

enum { LONGEST_TITLE = 1000 }; /* longer ones are not taken apart */

dl_str dl_plain_text(dl_arena *arena, dl_str text)
{
    if (!text.ptr) return text;
    char *untagged = dl_arena_alloc_raw(arena, text.len + 1);
    if (!untagged) return (dl_str){0};
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '<' && i + 1 < text.len && (dl_ascii_alpha((unsigned char)text.ptr[i + 1]) || text.ptr[i + 1] == '/')) {
            const char *end = memchr(text.ptr + i, '>', text.len - i < 200 ? text.len - i : 200);
            if (end) {
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

dl_str dl_bare_name(dl_arena *arena, dl_str text)
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

/* A member of an object that may be spelt out or stand elsewhere as {"@id"}. */
static dl_str name_of(const dl_linked *linked, const dl_json *object, const char *key)
{
    const dl_json *value = dl_json_get(object, key);
    if (value && value->kind == DL_JSON_ARRAY) value = value->first;
    return value && value->kind == DL_JSON_STRING ? value->text : dl_linked_text(dl_linked_follow(linked, value), "name");
}

static dl_str name_in_objects(const dl_linked *linked)
{
    dl_str name = linked->article ? name_of(linked, linked->article, "publisher") : (dl_str){0};
    for (size_t i = 0; i < linked->objects.count && !name.len; i++) {
        const dl_json *object = linked->objects.items[i].object;
        if (dl_linked_is(object, "WebSite") || dl_linked_is(object, "NewsMediaOrganization")) name = dl_linked_text(object, "name");
    }
    return name;
}

/* The last part of <title> where what stands before it is the page's other title. */
static dl_str name_in_title(const dl_head *head, const dl_linked *linked, dl_arena *arena)
{
    dl_str title = head->title, other = dl_head_get(head, "og:title");
    if (!other.len && linked->article) other = dl_linked_text(linked->article, "headline");
    if (!other.len || title.len > LONGEST_TITLE || other.len > LONGEST_TITLE) return (dl_str){0};
    dl_str want = dl_bare_name(arena, dl_plain_text(arena, other));
    size_t len;
    for (size_t at = dl_title_separator(title, 0, &len); at != SIZE_MAX; at = dl_title_separator(title, at + len, &len)) {
        if (!want.len || !dl_str_eq(dl_bare_name(arena, dl_str_slice(title, 0, at)), want)) continue;
        for (size_t next = at; next != SIZE_MAX; next = dl_title_separator(title, at + len, &len)) at = next;
        return dl_str_slice(title, at + len, title.len);
    }
    return (dl_str){0};
}

dl_str dl_site_name(const dl_head *head, const dl_linked *linked, dl_arena *arena)
{
    dl_str name = dl_head_get(head, "og:site_name");
    if (!name.len) name = name_in_objects(linked);
    if (!name.len) name = dl_head_get(head, "application-name");
    if (!name.len) name = dl_head_get(head, "apple-mobile-web-app-title");
    if (!name.len) name = name_in_title(head, linked, arena);
    if (!name.len) return (dl_str){0};
    name = dl_plain_text(arena, name);
    return name.len > 100 ? (dl_str){0} : name;
}

/* The parts of "news.example.co.uk" that may be a name: the longest, and others of five letters or more. */
static bool next_host_word(dl_str *host, size_t longest, dl_str *word)
{
    while (dl_str_next(host, '.', word))
        if (host->ptr && (word->len > 4 || (word->len > 2 && word->len == longest))) return true;
    return false;
}

static size_t longest_word(dl_str host)
{
    size_t longest = 0;
    for (dl_str word; dl_str_next(&host, '.', &word);)
        if (host.ptr && word.len > longest && !dl_str_is(word, "www")) longest = word.len;
    return longest;
}

static dl_str host_of(dl_str url)
{
    size_t at = dl_str_find(url, DL_STR("://"), 0);
    if (at == SIZE_MAX) return (dl_str){0};
    dl_str host = dl_str_slice(url, at + 3, url.len);
    const char *slash = memchr(host.ptr, '/', host.len);
    if (slash) host.len = (size_t)(slash - host.ptr);
    return host;
}

/* A name (bare) and what the site is called (bare): the same, or one within the other with little around it. */
static bool is_within(dl_str have, dl_str want, size_t slack)
{
    if (dl_str_eq(have, want)) return true;
    if (have.len >= want.len) return have.len < want.len + slack && dl_str_find(have, want, 0) != SIZE_MAX;
    return have.len > 3 && dl_str_find(want, have, 0) != SIZE_MAX;
}

/* Whether a part of a title is the site speaking of itself. */
bool dl_names_site(dl_arena *arena, dl_str name, dl_str site, dl_str url)
{
    if (name.len > 120) return false;
    dl_str have = dl_bare_name(arena, name), want = dl_bare_name(arena, site), host = host_of(url), word;
    if (!have.len || have.len > 60) return false;
    if (want.len > 1 && is_within(have, want, 12)) return true;
    size_t longest = longest_word(host);
    while (next_host_word(&host, longest, &word)) {
        dl_str bare = dl_bare_name(arena, word);
        if (bare.len > 2 && is_within(have, bare, bare.len > 11 ? 16 : 12)) return true;
    }
    return false;
}

size_t dl_title_separator(dl_str title, size_t from, size_t *len)
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

dl_str dl_without_site(dl_arena *arena, dl_str title, dl_str site, dl_str url)
{
    if (title.len > LONGEST_TITLE) return title;
    for (int round = 0; round < 3; round++) {
        size_t last = SIZE_MAX, last_len = 0, first = SIZE_MAX, first_len = 0, len;
        for (size_t at = dl_title_separator(title, 0, &len); at != SIZE_MAX; at = dl_title_separator(title, at + len, &len)) {
            if (first == SIZE_MAX) first = at, first_len = len;
            last = at, last_len = len;
        }
        if (last == SIZE_MAX) break;
        if (dl_names_site(arena, dl_str_slice(title, last + last_len, title.len), site, url)) title = dl_str_trim(dl_str_slice(title, 0, last));
        else if (dl_names_site(arena, dl_str_slice(title, 0, first), site, url)) title = dl_str_trim(dl_str_slice(title, first + first_len, title.len));
        else break;
    }
    return title;
}

