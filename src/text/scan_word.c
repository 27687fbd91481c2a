/* scan_word.c - words: what stays together and what is parted (UD English: English Web Treebank). */
#include "text/scan.h"

enum { FAR = 128 }; /* bytes of look-ahead and look-back inside a word */

/* ---- dots ---- */

static bool is_upper(const dl_scanner *s, size_t at)
{
    return at < s->end && s->text.ptr[at] >= 'A' && s->text.ptr[at] <= 'Z';
}

/* Start of the part of a dotted word that ends at `end`. */
static size_t part_start(const dl_scanner *s, size_t start, size_t end)
{
    size_t at = end;
    while (at > start && end - at < FAR && s->text.ptr[at - 1] != '.') at--;
    return at;
}

/* End of "name.name.com" from `start`, if its last part is an ending of hosts or files; else `end`. */
static size_t domain_end(const dl_scanner *s, size_t start, size_t end)
{
    size_t at = end, part = end;
    while (at < s->end && at - start < FAR && s->text.ptr[at] == '.') {
        part = at + 1;
        at = part;
        for (;;) {
            at = dl_scan_run(s, at);
            if (at < s->end && (s->text.ptr[at] == '-' || s->text.ptr[at] == '_') && dl_scan_run(s, at + 1) > at + 1) at++;
            else break;
        }
        if (at == part) {
            at = part - 1; /* a dot with nothing behind it closes the sentence */
            break;
        }
    }
    return at > part && dl_scan_find(s, s->data->domains, part, at).count ? at : end;
}

/* The character after the chunk's white space: what the next word begins with. */
static char next_word(const dl_scanner *s, size_t at)
{
    for (size_t n = 0; at < s->text.len && n < FAR; at++, n++)
        if (!dl_ascii_space((unsigned char)s->text.ptr[at])) return s->text.ptr[at];
    return 0;
}

/* Whether the dot at `dot` belongs to the word before it. */
static bool is_abbreviation(const dl_scanner *s, size_t start, size_t dot)
{
    size_t part = part_start(s, start, dot);
    if (part > start && dot - part == 1) return true; /* U.S. p.m. */
    char next = next_word(s, dot + 1);
    if (dot - start == 1 && is_upper(s, start) && s->text.ptr[start] != 'I')
        return next && (dl_ascii_alpha((unsigned char)next) || next == ',' || (unsigned char)next >= 0x80);
    dl_rows rows = dl_scan_find(s, s->data->abbreviations, start, dot);
    if (!rows.count) return false;
    dl_str when = dl_table_cell(s->data->abbreviations, rows.first, s->data->abbreviation_when);
    if (dl_str_starts(when, "capital") && !is_upper(s, start)) return false;
    if (dl_str_ends(when, "number") && !dl_ascii_digit((unsigned char)next)) return false;
    return !dl_str_is(when, "dotted");
}

/* Goes on behind the dot at `dot` where it parts no words; *closed when the word ends with it. */
static size_t over_dot(const dl_scanner *s, size_t start, size_t dot, bool *closed)
{
    dl_char_class next = dl_scan_class(s, dot + 1);
    if (next == DL_CHAR_LETTER || next == DL_CHAR_DIGIT) {
        size_t part = part_start(s, start, dot), end = dl_scan_run(s, dot + 1);
        if (dot - part == 1 && end - dot == 2 && dl_ascii_alpha((unsigned char)s->text.ptr[part]) && next == DL_CHAR_LETTER)
            return end;
        size_t domain = domain_end(s, start, dot);
        if (domain > dot) return domain;
    } else if (dot + 1 < s->end && s->text.ptr[dot + 1] == '.') {
        return dot;
    }
    if (!is_abbreviation(s, start, dot)) return dot;
    *closed = true;
    return dot + 1;
}

/* ---- other marks inside words ---- */

/* The "UN" of "UN-led", not the prefix of "un-American" or of "UN-AMERICAN". */
static bool is_acronym(const dl_scanner *s, size_t start, size_t hyphen)
{
    size_t capitals = start;
    while (capitals < hyphen && s->text.ptr[capitals] >= 'A' && s->text.ptr[capitals] <= 'Z') capitals++;
    char next = s->text.ptr[hyphen + 1];
    return capitals == hyphen && hyphen - start > 1 && next >= 'a' && next <= 'z';
}

static size_t over_hyphen(const dl_scanner *s, size_t start, size_t hyphen)
{
    size_t after = hyphen + 1;
    dl_char_class next = dl_scan_class(s, after);
    if (next != DL_CHAR_LETTER && !(next == DL_CHAR_DIGIT && hyphen - start == 3)) return hyphen;
    if (is_acronym(s, start, hyphen)) return hyphen;
    return dl_scan_find(s, s->data->prefixes, start, hyphen).count ? dl_scan_run(s, after) : hyphen;
}

static size_t over_ampersand(const dl_scanner *s, size_t start, size_t at)
{
    bool single = at - start == 1 && dl_scan_run(s, at + 1) == at + 2;
    bool capitals = at - start <= 4 && is_upper(s, at - 1) && is_upper(s, at + 1);
    return single || capitals ? dl_scan_run(s, at + 1) : at;
}

static size_t over_slash(const dl_scanner *s, size_t start, size_t at)
{
    size_t end = dl_scan_run(s, at + 1);
    return at - start == 1 && end - at == 2 && dl_scan_class(s, at + 1) == DL_CHAR_LETTER ? end : at;
}

/* "US$" before an amount. */
static size_t over_dollar(const dl_scanner *s, size_t start, size_t at, bool *closed)
{
    if (at - start > 2 || !is_upper(s, start) || !is_upper(s, at - 1)) return at;
    if (dl_scan_class(s, at + 1) != DL_CHAR_DIGIT && at + 1 < s->end) return at;
    *closed = true;
    return at + 1;
}

/* End of the word that has come to `end`, one mark and its letters further; `end` itself when the mark parts. */
static size_t go_on(const dl_scanner *s, size_t start, size_t end, bool *closed)
{
    size_t apostrophe = dl_apostrophe_at(s->text, end);
    if (apostrophe) return dl_scan_class(s, end + apostrophe) == DL_CHAR_LETTER ? dl_scan_run(s, end + apostrophe) : end;
    switch (s->text.ptr[end]) {
    case '.': return over_dot(s, start, end, closed);
    case '-': return over_hyphen(s, start, end);
    case '&': return over_ampersand(s, start, end);
    case '/': return over_slash(s, start, end);
    case '$': return over_dollar(s, start, end, closed);
    case '_': return dl_scan_run(s, end + 1);
    default: return end;
    }
}

/* End of an e-mail address that begins at `start`, or `start`. */
static size_t address_end(const dl_scanner *s, size_t start)
{
    size_t at = s->at_sign;
    if (at >= s->end || at < start || at - start > FAR) return start;
    for (size_t i = start; i < at; i++) {
        unsigned char byte = (unsigned char)s->text.ptr[i];
        if (byte < 0x80 && !dl_ascii_alpha(byte) && !dl_ascii_digit(byte) && !strchr("._%+-", byte)) return start;
    }
    size_t end = dl_scan_run(s, at + 1);
    if (end == at + 1) return start;
    while (end < s->end && strchr("._-%", s->text.ptr[end]) && dl_scan_run(s, end + 1) > end + 1)
        end = dl_scan_run(s, end + 1);
    return end;
}

/* ---- words that are two ---- */

/* Where the last clitic of [start, end) begins ("'s", "n't"), or `end`. `from` is the last apostrophe. */
static size_t clitic_start(const dl_scanner *s, size_t start, size_t end)
{
    static const char *const clitics[] = {"s", "m", "d", "re", "ve", "ll"};
    size_t at = end, len = 0;
    while (at > start && end - at < 6 && !(len = dl_apostrophe_at(s->text, at))) at--;
    if (!len || at <= start) return end;
    dl_str tail = dl_str_slice(s->text, at + len, end);
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++)
        if (dl_str_eq_nocase(tail, dl_str_of(clitics[i]))) return at;
    bool not_word = dl_str_eq_nocase(tail, DL_STR("t")) && (s->text.ptr[at - 1] | 0x20) == 'n';
    return not_word && at - 1 > start ? at - 1 : end;
}

bool dl_scan_may_be_contraction(const dl_scanner *s, size_t start, size_t end)
{
    if (end - start < 2 || end - start > 8) return false;
    unsigned first = (unsigned)(s->text.ptr[start] | 0x20) - 'a', second = (unsigned)(s->text.ptr[start + 1] | 0x20) - 'a';
    if (first >= 26 || second >= 26) return first >= 26 || dl_apostrophe_at(s->text, start + 1);
    return s->data->contraction_pairs[first] >> second & 1;
}

static size_t listed_split(const dl_scanner *s, size_t start, size_t end)
{
    if (!dl_scan_may_be_contraction(s, start, end)) return end;
    dl_rows rows = dl_scan_find(s, s->data->contractions, start, end);
    if (!rows.count) return end;
    int64_t split = 0;
    dl_str_number(dl_table_cell(s->data->contractions, rows.first, s->data->contraction_split), &split);
    return split > 0 && (size_t)split < end - start ? start + (size_t)split : end;
}

static void emit_word(dl_scanner *s, size_t start, size_t end)
{
    size_t cuts[3], count = 0, tail = end;
    size_t listed = listed_split(s, start, end);
    if (listed < end) {
        cuts[count++] = listed;
    } else {
        while (count < 3) {
            size_t cut = clitic_start(s, start, tail);
            if (cut == tail) break;
            cuts[count++] = tail = cut;
        }
    }
    size_t at = start;
    while (count) {
        size_t cut = cuts[--count];
        dl_scan_emit(s, at, cut, at > start ? DL_TOKEN_JOINED : 0);
        at = cut;
    }
    dl_scan_emit(s, at, end, at > start ? DL_TOKEN_JOINED : 0);
}

size_t dl_scan_word(dl_scanner *s, size_t start)
{
    size_t end = address_end(s, start);
    if (end > start) {
        dl_scan_emit(s, start, end, 0);
        return end;
    }
    end = dl_scan_run(s, start);
    for (bool closed = false; end < s->end && !closed;) {
        size_t next = go_on(s, start, end, &closed);
        if (next == end) break;
        end = next;
    }
    emit_word(s, start, end);
    return end;
}
