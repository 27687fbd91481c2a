/* scan_mark.c - punctuation and symbols. */
#include "text/scan.h"

static size_t same_run(const dl_scanner *s, size_t at, const char *set)
{
    while (at < s->end && s->text.ptr[at] && strchr(set, s->text.ptr[at])) at++;
    return at;
}

/* ---- apostrophes and single quotation marks ---- */

static bool is_clitic(dl_str tail)
{
    static const char *const clitics[] = {"s", "m", "d", "re", "ve", "ll"};
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++)
        if (dl_str_eq_nocase(tail, dl_str_of(clitics[i]))) return true;
    return false;
}

/* An apostrophe right after a word: "U.S.'s", "parents'", or the end of a quotation. */
static size_t closing_apostrophe(dl_scanner *s, size_t at, size_t after)
{
    size_t tail = dl_scan_run(s, after);
    if (tail > after && is_clitic(dl_str_slice(s->text, after, tail))) {
        dl_scan_emit(s, at, tail, DL_TOKEN_JOINED);
        return tail;
    }
    unsigned char before = (unsigned char)(s->text.ptr[at - 1] | 0x20);
    bool possessive = (before == 's' || before == 'x' || before == 'z') && !s->single_open && tail == after;
    s->single_open = false;
    dl_scan_emit(s, at, after, possessive ? DL_TOKEN_JOINED : 0);
    return after;
}

/* End of "'72", "'80s", "'em", "'s" at `at`, or `at`. */
static size_t elision_end(const dl_scanner *s, size_t at, size_t after)
{
    size_t end = dl_scan_run(s, after);
    if (end - after >= 2 && end - after <= 3 && dl_ascii_digit((unsigned char)s->text.ptr[after]) &&
        dl_ascii_digit((unsigned char)s->text.ptr[after + 1]))
        return end;
    if (end - after == 1 && (s->text.ptr[after] | 0x20) == 's') return end;
    size_t len = end - after;
    if (len == 0 || len > 8) return at;
    char key[16] = "'";
    for (size_t i = 0; i < len; i++) key[1 + i] = (char)dl_ascii_lower((unsigned char)s->text.ptr[after + i]);
    return dl_table_find(s->data->elisions, (dl_str){key, 1 + len}).count ? end : at;
}

static size_t apostrophe(dl_scanner *s, size_t at, size_t len)
{
    size_t after = at + len;
    bool adjacent = at > s->start && s->previous == at;
    if (adjacent) {
        unsigned char before = (unsigned char)s->text.ptr[at - 1];
        if (before >= 0x80 || dl_ascii_alpha(before) || dl_ascii_digit(before) || before == '.')
            return closing_apostrophe(s, at, after);
    }
    size_t twice = dl_apostrophe_at(s->text, after);
    if (twice && after < s->end) {
        dl_scan_emit(s, at, after + twice, 0);
        return after + twice;
    }
    size_t end = elision_end(s, at, after);
    if (end == at) {
        end = after;
        s->single_open = !adjacent || dl_scan_run(s, after) > after;
    }
    dl_scan_emit(s, at, end, 0);
    return end;
}

/* ---- the others ---- */

static size_t emoticon_end(const dl_scanner *s, size_t at)
{
    size_t len = s->end - at;
    if (len < 2 || len > 4) return at;
    return dl_scan_find(s, s->data->emoticons, at, s->end).count ? s->end : at;
}

/* A symbol with the selectors and joined symbols that follow it (an emoji sequence). */
static size_t symbol_end(const dl_scanner *s, size_t at, size_t len)
{
    size_t end = at + len;
    if (len < 3) return end;
    while (end < s->end) {
        size_t next;
        dl_char_class class = dl_char_at(s->text, end, &next);
        bool joiner = s->end - end > 3 && memcmp(s->text.ptr + end, "\xE2\x80\x8D", 3) == 0;
        if (class != DL_CHAR_EXTEND && !joiner) break;
        end += next;
        if (joiner && dl_char_at(s->text, end, &next) == DL_CHAR_MARK) end += next;
    }
    return end;
}

static bool begins_word(const dl_scanner *s, size_t at)
{
    return at == s->start || (s->previous == at && strchr("([{\"'", s->text.ptr[at - 1]) != NULL);
}

/* End of the mark at `at`, which is no apostrophe. */
static size_t mark_end(const dl_scanner *s, size_t at, size_t len)
{
    dl_char_class next = dl_scan_class(s, at + 1);
    switch (s->text.ptr[at]) {
    case '.':
        if (next == DL_CHAR_DIGIT && begins_word(s, at)) return dl_scan_run(s, at + 1);
        return same_run(s, at, ".");
    case '!':
    case '?': return same_run(s, at, "!?");
    case '-': return same_run(s, at, "-");
    case '*': return same_run(s, at, "*");
    case '=': return same_run(s, at, "=");
    case '_': return same_run(s, at, "_");
    case '~': return same_run(s, at, "~");
    case '<': return at + 1 < s->end && s->text.ptr[at + 1] == '<' ? at + 2 : at + 1;
    case '>': return at + 1 < s->end && s->text.ptr[at + 1] == '>' ? at + 2 : at + 1;
    case '+':
        if (next == DL_CHAR_DIGIT && begins_word(s, at)) return dl_scan_run(s, at + 1);
        return same_run(s, at, "+");
    case '@':
    case '#':
        if (next == DL_CHAR_LETTER && begins_word(s, at)) {
            size_t end = dl_scan_run(s, at + 1);
            while (end < s->end && s->text.ptr[end] == '_') end = dl_scan_run(s, end + 1);
            return end;
        }
        return same_run(s, at, s->text.ptr[at] == '#' ? "#" : "@");
    default: return symbol_end(s, at, len);
    }
}

size_t dl_scan_mark(dl_scanner *s, size_t at)
{
    size_t len, quote = dl_apostrophe_at(s->text, at);
    if (quote) return apostrophe(s, at, quote);
    dl_char_at(s->text, at, &len);
    size_t end = at == s->start ? emoticon_end(s, at) : at;
    if (end == at) end = mark_end(s, at, len);
    dl_scan_emit(s, at, end, 0);
    return end;
}
