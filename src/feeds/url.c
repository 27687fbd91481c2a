/* url.c - addresses of the web: made absolute and brought into one form. */
#include "feeds/url.h"

typedef struct parts {
    dl_str scheme, authority, path, query; /* query with its "?" */
    bool has_authority;
} parts;

static bool is_scheme(dl_str text, size_t *len)
{
    size_t i = 0;
    while (i < text.len && (dl_ascii_alpha((unsigned char)text.ptr[i]) || (i && (dl_ascii_digit((unsigned char)text.ptr[i]) || strchr("+-.", text.ptr[i]))))) i++;
    *len = i;
    return i > 0 && i < text.len && text.ptr[i] == ':';
}

static size_t first_of(dl_str text, const char *marks)
{
    size_t i = 0;
    while (i < text.len && !(text.ptr[i] && strchr(marks, text.ptr[i]))) i++;
    return i;
}

static parts split(dl_str text)
{
    parts p = {0};
    size_t len;
    text = dl_str_slice(text, 0, first_of(text, "#"));
    if (is_scheme(text, &len)) {
        p.scheme = dl_str_slice(text, 0, len);
        text = dl_str_slice(text, len + 1, text.len);
    }
    if (dl_str_starts(text, "//")) {
        text = dl_str_slice(text, 2, text.len);
        len = first_of(text, "/?");
        p.has_authority = true;
        p.authority = dl_str_slice(text, 0, len);
        text = dl_str_slice(text, len, text.len);
    }
    len = first_of(text, "?");
    p.path = dl_str_slice(text, 0, len);
    p.query = dl_str_slice(text, len, text.len);
    return p;
}

/* ---- writing ---- */

typedef struct writer {
    char bytes[URL_LIMIT + 1];
    size_t len;
    bool full;
} writer;

static void put(writer *w, dl_str text)
{
    if (text.len > URL_LIMIT - w->len) w->full = true;
    else if (text.len) memcpy(w->bytes + w->len, text.ptr, text.len), w->len += text.len;
}

static void put_byte(writer *w, char byte)
{
    put(w, (dl_str){&byte, 1});
}

/* What may stand in a path or a query as it is; "%" stays, for it begins what is encoded already. */
static void put_encoded(writer *w, dl_str text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (byte > ' ' && byte < 0x7F && !strchr("\"<>\\^`{|}", byte)) put_byte(w, (char)byte);
        else put(w, (dl_str){(char[]){'%', hex[byte >> 4], hex[byte & 15]}, 3});
    }
}

static bool put_authority(writer *w, dl_str authority, bool secure)
{
    size_t host = authority.len && authority.ptr[0] == '[' ? first_of(authority, "]") + 1 : first_of(authority, ":");
    int64_t port = secure ? 443 : 80;
    if (!host || host > authority.len) return false;
    for (size_t i = 0; i < host; i++) {
        unsigned char byte = dl_ascii_lower((unsigned char)authority.ptr[i]);
        if (!dl_ascii_alpha(byte) && !dl_ascii_digit(byte) && byte < 0x80 && !strchr(authority.ptr[0] == '[' ? ":.[]" : "-._", byte)) return false;
        if (!byte) return false;
        put_byte(w, (char)byte);
    }
    if (host == authority.len || host + 1 == authority.len) return host == authority.len || authority.ptr[host] == ':';
    if (authority.ptr[host] != ':' || !dl_str_number(dl_str_slice(authority, host + 1, authority.len), &port) || port < 1 || port > 65535) return false;
    if (port == (secure ? 443 : 80)) return true;
    char digits[6];
    size_t count = 0;
    for (; port; port /= 10) digits[count++] = (char)('0' + port % 10);
    put_byte(w, ':');
    while (count) put_byte(w, digits[--count]);
    return true;
}

/* RFC 3986, 5.2.4. What stands in `w` from `root` on is the path so far. */
static void put_path(writer *w, dl_str path)
{
    size_t root = w->len;
    dl_str segment;
    if (path.len && path.ptr[0] == '/') path = dl_str_slice(path, 1, path.len);
    put_byte(w, '/');
    while (dl_str_next(&path, '/', &segment)) {
        bool up = dl_str_is(segment, ".."), here = dl_str_is(segment, ".");
        if (up && w->len > root + 1) {
            w->len--;
            while (w->len > root + 1 && w->bytes[w->len - 1] != '/') w->len--;
        }
        if (up || here) continue;
        put_encoded(w, segment);
        if (path.ptr) put_byte(w, '/');
    }
}

/* Tabs and line breaks inside an address are nothing (WHATWG URL, 4.4), and so cannot hide a segment. */
static dl_str without_breaks(dl_arena *arena, dl_str text)
{
    size_t len = 0;
    char *out = NULL;
    if (first_of(text, "\t\r\n") == text.len) return text;
    out = dl_arena_alloc_raw(arena, text.len);
    for (size_t i = 0; out && i < text.len; i++)
        if (text.ptr[i] != '\t' && text.ptr[i] != '\r' && text.ptr[i] != '\n') out[len++] = text.ptr[i];
    return (dl_str){out, len};
}

static dl_str merged_path(dl_arena *arena, const parts *base, dl_str path)
{
    size_t end = base->path.len;
    while (end && base->path.ptr[end - 1] != '/') end--;
    return dl_arena_format(arena, "%.*s%.*s", (int)end, base->path.ptr ? base->path.ptr : "", (int)path.len, path.ptr ? path.ptr : "");
}

dl_str url_resolve(dl_arena *arena, dl_str base_text, dl_str reference)
{
    writer w = {.len = 0};
    reference = without_breaks(arena, dl_str_trim(reference));
    if (!reference.ptr || reference.len > URL_LIMIT || base_text.len > URL_LIMIT || (!reference.len && !base_text.len)) return (dl_str){0};
    parts base = split(base_text.ptr ? base_text : DL_STR("")), ref = split(reference);
    if (!ref.scheme.len) {
        ref.scheme = base.scheme;
        if (!ref.has_authority) {
            if (!ref.path.len && !ref.query.len) ref.query = base.query;
            if (!ref.path.len) ref.path = base.path;
            else if (ref.path.ptr[0] != '/') ref.path = merged_path(arena, &base, ref.path);
            ref.authority = base.authority;
        }
    }
    bool secure = dl_str_eq_nocase(ref.scheme, DL_STR("https"));
    if (!secure && !dl_str_eq_nocase(ref.scheme, DL_STR("http"))) return (dl_str){0};
    put(&w, secure ? DL_STR("https://") : DL_STR("http://"));
    if (!ref.authority.len || !put_authority(&w, ref.authority, secure)) return (dl_str){0};
    put_path(&w, ref.path);
    put_encoded(&w, ref.query);
    return w.full ? (dl_str){0} : dl_arena_str(arena, (dl_str){w.bytes, w.len});
}

dl_str url_origin(dl_str url)
{
    size_t scheme = dl_str_find(url, DL_STR("://"), 0);
    size_t from = scheme == SIZE_MAX ? url.len : scheme + 3;
    return dl_str_slice(url, 0, from + first_of(dl_str_slice(url, from, url.len), "/?#"));
}

dl_str url_path(dl_str url)
{
    size_t origin = url_origin(url).len;
    return origin < url.len ? dl_str_slice(url, origin, url.len) : DL_STR("/");
}

/* ---- IP addresses ---- */

typedef struct network {
    unsigned char bytes[16];
    int bits;
} network;

static bool lies_in(const unsigned char *address, const network *net)
{
    int whole = net->bits / 8, rest = net->bits % 8;
    if (memcmp(address, net->bytes, (size_t)whole) != 0) return false;
    return !rest || ((address[whole] ^ net->bytes[whole]) & (0xFF << (8 - rest))) == 0;
}

static bool private_4(const unsigned char *address)
{
    static const network nets[] = {
        {{0}, 8},         {{10}, 8},          {{100, 64}, 10},   {{127}, 8},         {{169, 254}, 16}, {{172, 16}, 12},     {{192, 0, 0}, 24}, {{192, 0, 2}, 24},
        {{192, 88, 99}, 24}, {{192, 168}, 16}, {{198, 18}, 15}, {{198, 51, 100}, 24}, {{203, 0, 113}, 24}, {{224}, 4}, {{240}, 4}};
    for (size_t i = 0; i < sizeof nets / sizeof *nets; i++)
        if (lies_in(address, &nets[i])) return true;
    return false;
}

bool address_is_private(const unsigned char *bytes, size_t len)
{
    static const network global = {{0x20}, 3}, mapped = {{[10] = 0xFF, [11] = 0xFF}, 96}, translated = {{0, 0x64, 0xFF, 0x9B}, 96}, relayed = {{0x20, 2}, 16};
    static const network reserved[] = {{{0x20, 1, 0x0D, 0xB8}, 32}, {{0x20, 1}, 23}, {{0x3F, 0xFF}, 20}};
    if (len == 4) return private_4(bytes);
    if (len != 16) return true;
    if (lies_in(bytes, &mapped) || lies_in(bytes, &translated)) return private_4(bytes + 12);
    if (lies_in(bytes, &relayed)) return private_4(bytes + 2);
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (lies_in(bytes, &reserved[i])) return true;
    return !lies_in(bytes, &global);
}
