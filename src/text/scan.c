/* scan.c - a block into chunks, and a chunk into tokens. */
#include "text/scan.h"

#include "base/utf8.h"

/* The key for word lists; borrows the text's own bytes where they are lower case already. */
static dl_str norm_of(dl_scanner *s, size_t start, size_t end)
{
    bool upper = false;
    for (size_t i = start; i < end; i++) {
        unsigned char byte = (unsigned char)s->text.ptr[i];
        if (byte >= 0x80) return dl_utf8_fold(s->arena, dl_str_slice(s->text, start, end));
        upper |= byte == '`' || dl_ascii_lower(byte) != byte;
    }
    if (!upper) return dl_str_slice(s->text, start, end);
    char *out = dl_arena_alloc_raw(s->arena, end - start);
    if (!out) return (dl_str){0};
    for (size_t i = start; i < end; i++) {
        unsigned char byte = (unsigned char)s->text.ptr[i];
        out[i - start] = (char)(byte == '`' ? '\'' : dl_ascii_lower(byte));
    }
    return (dl_str){out, end - start};
}

static void push(dl_scanner *s, size_t start, size_t end, dl_str norm, uint8_t flags)
{
    dl_token *token = DL_VEC_PUSH(s->arena, &s->out);
    if (token) {
        *token = (dl_token){.span = {(uint32_t)start, (uint32_t)end}, .norm = norm, .head = DL_NONE, .flags = flags};
    }
    s->failed |= !token || !norm.ptr;
    s->previous = end;
}

void dl_scan_emit(dl_scanner *s, size_t start, size_t end, uint8_t flags)
{
    push(s, start, end, norm_of(s, start, end), flags);
}

size_t dl_scan_run(const dl_scanner *s, size_t at)
{
    while (at < s->end) {
        size_t len;
        dl_char_class class = dl_char_at(s->text, at, &len);
        if (class != DL_CHAR_LETTER && class != DL_CHAR_DIGIT) break;
        at += len;
    }
    return at;
}

dl_char_class dl_scan_class(const dl_scanner *s, size_t at)
{
    size_t len;
    return at < s->end ? dl_char_at(s->text, at, &len) : DL_CHAR_SPACE;
}

dl_rows dl_scan_find(const dl_scanner *s, const dl_table *table, size_t start, size_t end)
{
    char key[32];
    if (end - start > sizeof key) return (dl_rows){0, 0};
    for (size_t i = start; i < end; i++) key[i - start] = (char)dl_ascii_lower((unsigned char)s->text.ptr[i]);
    return dl_table_find(table, (dl_str){key, end - start});
}

static bool starts(const dl_scanner *s, size_t at, const char *prefix)
{
    size_t len = strlen(prefix);
    return s->end - at > len && dl_str_eq_nocase(dl_str_slice(s->text, at, at + len), dl_str_of(prefix));
}

/* End of a URL at `at`, or `at`. It runs to the end of the chunk, without the marks that close a sentence. */
static size_t url_end(const dl_scanner *s, size_t at)
{
    char first = (char)(s->text.ptr[at] | 0x20);
    if (first != 'h' && first != 'w' && first != 'f' && first != 'm') return at;
    if (!starts(s, at, "http://") && !starts(s, at, "https://") && !starts(s, at, "www.") && !starts(s, at, "ftp://") &&
        !starts(s, at, "mailto:"))
        return at;
    size_t end = s->end;
    const char *angle = memchr(s->text.ptr + at, '>', end - at);
    if (angle) end = (size_t)(angle - s->text.ptr);
    while (end > at && strchr(".,;:!?'\")]}>*", s->text.ptr[end - 1])) end--;
    return end;
}

static size_t take(dl_scanner *s, size_t at, bool fresh)
{
    size_t len;
    if (fresh) {
        size_t url = url_end(s, at);
        if (url > at) {
            dl_scan_emit(s, at, url, 0);
            return url;
        }
    }
    switch (dl_char_at(s->text, at, &len)) {
    case DL_CHAR_LETTER: return dl_scan_word(s, at);
    case DL_CHAR_DIGIT: return dl_scan_number(s, at);
    default: return dl_scan_mark(s, at);
    }
}

/* `fresh`: nothing or only marks stood before in the chunk; there URLs may begin. A chunk is looked at for URLs a few
 * times at most, so that a megabyte of brackets costs no more than one of letters. */
static void scan_chunk(dl_scanner *s)
{
    int looks = 0;
    for (size_t at = s->start; at < s->end && !s->failed;) {
        bool fresh = looks < 4 && dl_scan_class(s, at) == DL_CHAR_LETTER;
        looks += fresh;
        at = take(s, at, fresh);
    }
    if (!s->failed && s->out.count) s->out.items[s->out.count - 1].flags |= DL_TOKEN_SPACE_AFTER;
}

/* What a chunk holds, one bit a kind of byte; 0 is white space. */
enum { LOWER = 1, UPPER = 2, DIGIT = 4, MARK = 8, WIDE = 16 };

static unsigned kind_of(unsigned char byte)
{
    if (byte >= 0x80) return WIDE;
    if (byte >= 'a' && byte <= 'z') return LOWER;
    if (byte <= ' ' || byte == 0x7F) return 0;
    return dl_ascii_alpha(byte) ? UPPER : dl_ascii_digit(byte) ? DIGIT : MARK;
}

/* End of the chunk at `at`; *kinds: what it holds. */
static size_t chunk_end(dl_scanner *s, size_t at, size_t end, unsigned *kinds)
{
    s->at_sign = SIZE_MAX;
    *kinds = 0;
    while (at < end) {
        size_t len = 1;
        unsigned kind = kind_of((unsigned char)s->text.ptr[at]);
        if (!kind || (kind == WIDE && dl_char_wide(s->text, at, &len) == DL_CHAR_SPACE)) break;
        if (kind == MARK && s->text.ptr[at] == '@' && s->at_sign == SIZE_MAX) s->at_sign = at;
        *kinds |= kind;
        at += len;
    }
    if (s->at_sign == SIZE_MAX) s->at_sign = at;
    return at;
}

void dl_scan_block(dl_scanner *s, size_t start, size_t end)
{
    s->text.len = end;
    s->single_open = false;
    for (size_t at = start; at < end && !s->failed;) {
        size_t len;
        if (dl_char_at(s->text, at, &len) == DL_CHAR_SPACE) {
            at += len;
            continue;
        }
        unsigned kinds;
        s->start = at;
        s->end = chunk_end(s, at, end, &kinds);
        if (kinds == LOWER && !dl_scan_may_be_contraction(s, at, s->end)) /* most words */
            push(s, at, s->end, dl_str_slice(s->text, at, s->end), DL_TOKEN_SPACE_AFTER);
        else
            scan_chunk(s);
        at = s->end;
    }
}
