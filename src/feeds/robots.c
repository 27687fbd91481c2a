/* robots.c - what a site's robots.txt allows.
 *
 * One pass over the lines gathers the rules for our token and those for "*"; the latter count only where no group names us. */
#include "feeds/robots.h"

#include "base/error.h"

typedef DL_VEC(robots_rule) rule_vec;

typedef struct group {
    rule_vec rules;
    double delay;
    bool named, open; /* some group was for it; the lines at hand are */
} group;

typedef struct parser {
    dl_arena *arena;
    dl_str agent;
    group own, all;
    DL_VEC(dl_str) sitemaps;
    bool in_names; /* the last line of a group was a user-agent */
    bool failed;
} parser;

/* ---- one form for paths ---- */

static int hex(char c)
{
    return dl_ascii_digit((unsigned char)c) ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

static bool unreserved(unsigned char c)
{
    return dl_ascii_alpha(c) || dl_ascii_digit(c) || (c && strchr("-._~", c));
}

/* Encoded letters and digits plain, other encoded bytes in upper case, bytes beyond ASCII encoded (RFC 9309, 2.2.2). `literal`: "*" and "$"
 * are no signs and come encoded. Out of memory: ptr NULL. */
static dl_str normal(dl_arena *arena, dl_str path, bool literal)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = dl_arena_alloc_raw(arena, 3 * path.len + 1);
    size_t len = 0;
    for (size_t i = 0; out && i < path.len; i++) {
        unsigned char byte = (unsigned char)path.ptr[i];
        bool encoded = byte == '%' && path.len - i > 2 && hex(path.ptr[i + 1]) >= 0 && hex(path.ptr[i + 2]) >= 0;
        if (encoded) byte = (unsigned char)(hex(path.ptr[i + 1]) * 16 + hex(path.ptr[i + 2])), i += 2;
        bool plain = encoded ? unreserved(byte) : byte < 0x80 && !(literal && (byte == '*' || byte == '$'));
        if (plain) out[len++] = (char)byte;
        else out[len++] = '%', out[len++] = digits[byte >> 4], out[len++] = digits[byte & 15];
    }
    return (dl_str){out, len};
}

/* ---- lines ---- */

static void name_line(parser *p, dl_str value)
{
    size_t len = 0;
    while (len < value.len && (dl_ascii_alpha((unsigned char)value.ptr[len]) || value.ptr[len] == '-' || value.ptr[len] == '_')) len++;
    if (!p->in_names) p->own.open = p->all.open = false;
    p->in_names = true;
    if (dl_str_starts(value, "*")) p->all.open = p->all.named = true;
    else if (len && dl_str_eq_nocase(dl_str_slice(value, 0, len), p->agent)) p->own.open = p->own.named = true;
}

static void rule_line(parser *p, dl_str path, bool allow)
{
    group *const groups[] = {&p->own, &p->all};
    p->in_names = false;
    if (!path.len) return; /* "Disallow:" forbids nothing */
    for (size_t i = 0; i < 2; i++) {
        if (!groups[i]->open) continue;
        robots_rule *rule = DL_VEC_PUSH(p->arena, &groups[i]->rules);
        if (rule) *rule = (robots_rule){normal(p->arena, path, false), allow};
        if (!rule || !rule->path.ptr) p->failed = true;
    }
}

/* "10", "0.5"; no locale. */
static double seconds(dl_str value)
{
    size_t dot = dl_str_find(value, DL_STR("."), 0);
    int64_t whole, part = 0;
    if (!dl_str_number(dl_str_slice(value, 0, dot == SIZE_MAX ? value.len : dot), &whole)) return -1;
    if (dot == SIZE_MAX || dot + 1 == value.len) return (double)whole;
    dl_str digits = dl_str_slice(value, dot + 1, value.len);
    if (digits.len > 6 || !dl_str_number(digits, &part)) return -1;
    double scale = 1;
    for (size_t i = 0; i < digits.len; i++) scale *= 10;
    return (double)whole + (double)part / scale;
}

static void delay_line(parser *p, dl_str value)
{
    double delay = seconds(value);
    p->in_names = false;
    if (p->own.open) p->own.delay = delay;
    if (p->all.open) p->all.delay = delay;
}

static void line(parser *p, dl_str text)
{
    dl_str name, value = text;
    size_t comment = dl_str_find(text, DL_STR("#"), 0);
    if (comment != SIZE_MAX) value = dl_str_slice(text, 0, comment);
    if (!dl_str_next(&value, ':', &name) || !value.ptr) return;
    name = dl_str_trim(name), value = dl_str_trim(value);
    if (dl_str_eq_nocase(name, DL_STR("user-agent"))) name_line(p, value);
    else if (dl_str_eq_nocase(name, DL_STR("allow"))) rule_line(p, value, true);
    else if (dl_str_eq_nocase(name, DL_STR("disallow"))) rule_line(p, value, false);
    else if (dl_str_eq_nocase(name, DL_STR("crawl-delay"))) delay_line(p, value);
    else if (dl_str_eq_nocase(name, DL_STR("sitemap")) && value.len) {
        dl_str *sitemap = DL_VEC_PUSH(p->arena, &p->sitemaps);
        if (sitemap) *sitemap = value;
        else p->failed = true;
    }
}

dl_status robots_parse(robots *out, dl_arena *arena, dl_str bytes, dl_str agent, dl_error *err)
{
    parser p = {.arena = arena, .agent = agent, .own.delay = -1, .all.delay = -1};
    *out = (robots){.delay = -1};
    if (bytes.len > ROBOTS_LIMIT) bytes.len = ROBOTS_LIMIT;
    if (dl_str_starts(bytes, "\xEF\xBB\xBF")) bytes = dl_str_slice(bytes, 3, bytes.len);
    dl_str text, part;
    while (dl_str_next(&bytes, '\n', &text) && !p.failed)
        while (dl_str_next(&text, '\r', &part)) line(&p, part);
    if (p.failed) return dl_fail_memory(err);
    const group *mine = p.own.named ? &p.own : &p.all;
    *out = (robots){mine->rules.items, mine->rules.count, p.sitemaps.items, p.sitemaps.count, mine->delay};
    return DL_OK;
}

/* ---- matching ---- */

/* Pieces between stars are found one after the other, each as early as can be: linear in the path for each rule. */
static bool matches(dl_str pattern, dl_str path)
{
    bool ends = dl_str_ends(pattern, "$"), first = true;
    if (ends) pattern.len--;
    dl_str piece;
    size_t at = 0;
    while (dl_str_next(&pattern, '*', &piece)) {
        bool last = !pattern.ptr;
        if (first) {
            if (piece.len > path.len || memcmp(piece.ptr, path.ptr, piece.len) != 0) return false;
            at = piece.len;
            if (last) return !ends || at == path.len;
        } else if (last && ends) {
            return path.len - at >= piece.len && memcmp(path.ptr + path.len - piece.len, piece.ptr, piece.len) == 0;
        } else {
            size_t hit = piece.len ? dl_str_find(path, piece, at) : at;
            if (hit == SIZE_MAX) return false;
            at = hit + piece.len;
        }
        first = false;
    }
    return true;
}

bool robots_allows(const robots *rules, dl_str path)
{
    dl_arena arena;
    if (dl_str_is(path, "/robots.txt")) return true;
    dl_arena_init(&arena, 0);
    dl_str normalised = normal(&arena, path, true);
    bool allowed = normalised.ptr != NULL;
    size_t longest = 0;
    for (size_t i = 0; i < rules->rule_count && normalised.ptr; i++) {
        const robots_rule *rule = &rules->rules[i];
        if (rule->path.len < longest || (rule->path.len == longest && !rule->allow && longest) || !matches(rule->path, normalised)) continue;
        allowed = rule->allow;
        longest = rule->path.len;
    }
    dl_arena_free(&arena);
    return allowed;
}
