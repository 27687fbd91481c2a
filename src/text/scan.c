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

void dl_scan_emit(dl_scanner *s, size_t start, size_t end, uint8_t flags)
{
    dl_token *token = DL_VEC_PUSH(s->arena, &s->out);
    if (token) {
        *token = (dl_token){.span = {(uint32_t)start, (uint32_t)end}, .norm = norm_of(s, start, end)};
        token->head = DL_NONE;
        token->flags = flags;
    }
    s->failed |= !token || !token->norm.ptr;
    s->previous = end;
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
        s->start = at, s->end = end, s->at_sign = SIZE_MAX;
        while (at < end && dl_char_at(s->text, at, &len) != DL_CHAR_SPACE) {
            if (s->text.ptr[at] == '@' && s->at_sign == SIZE_MAX) s->at_sign = at;
            at += len;
        }
        s->end = at;
        if (s->at_sign == SIZE_MAX) s->at_sign = at;
        scan_chunk(s);
    }
}
