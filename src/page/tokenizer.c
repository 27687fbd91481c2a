/* tokenizer.c - the states of the tokenizer (WHATWG HTML, 13.2.5), each as a search for where it ends.
 *
 * The standard goes character by character; here a state that only copies is a search for the bytes that leave it. */
#include "page/tokenizer.h"

#include "page/seek.h"

void dl_tokenizer_init(dl_tokenizer *tokenizer, dl_str text)
{
    const char *begin = text.len ? text.ptr : "";
    *tokenizer = (dl_tokenizer){.begin = begin, .end = begin + text.len, .at = begin};
}

static uint32_t offset(const dl_tokenizer *t, const char *at)
{
    return (uint32_t)(at - t->begin);
}

/* Whether [at, end) begins with `word` (lower case) in any case. */
static bool begins(const char *at, const char *end, const char *word, size_t len)
{
    return (size_t)(end - at) >= len && dl_str_eq_nocase((dl_str){at, len}, (dl_str){word, len});
}

/* ---- attributes ---- */

/* Before the value, behind '='. Leaves *at behind the value; false when the text ends inside it. */
static bool read_value(const char **at, const char *end, dl_attribute *out)
{
    const char *p = dl_seek_text(*at, end);
    out->value = out->value_end = p;
    if (p < end && (*p == '"' || *p == '\'')) {
        const char *quote = dl_seek_byte(p + 1, end, *p);
        out->value = p + 1;
        out->value_end = quote;
        *at = quote < end ? quote + 1 : end;
        return quote < end;
    }
    out->value_end = dl_seek_class_of(p, end, SEEK_VALUE_END);
    *at = out->value_end;
    return true;
}

dl_attribute_step dl_attribute_next(const char **at, const char *end, dl_attribute *out)
{
    const char *p = *at;
    for (;; p++) {
        if (p >= end) break;
        if (*p == '>') {
            *at = p + 1;
            return DL_ATTRIBUTES_END;
        }
        if (*p == '/' && p + 1 < end && p[1] == '>') {
            *at = p + 2;
            return DL_ATTRIBUTES_SELF_CLOSING;
        }
        if (*p != '/' && !dl_seek_is(*p, SEEK_SPACE)) break;
    }
    if (p >= end) {
        *at = end;
        return DL_ATTRIBUTES_CUT;
    }
    out->name = p; /* its first byte may be '=' */
    p = out->name_end = dl_seek_class_of(p + 1, end, SEEK_NAME_END);
    if (p < end && *p != '=' && *p != '>') p = dl_seek_text(p, end);
    if (p < end && *p == '=') {
        *at = p + 1;
        return read_value(at, end, out) ? DL_ATTRIBUTE : DL_ATTRIBUTES_CUT;
    }
    out->value = out->value_end = out->name_end;
    *at = p;
    return DL_ATTRIBUTE;
}

/* ---- tags ---- */

static dl_tag tag_of(const char *name, const char *name_end, const char *end)
{
    size_t len = (size_t)(name_end - name);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (end - name >= 8) {
        uint64_t word;
        memcpy(&word, name, 8);
        word |= UINT64_C(0x2020202020202020);
        return dl_tag_of_word(len < 8 ? word & ((UINT64_C(1) << (8 * len)) - 1) : word, name, len);
    }
#endif
    return dl_tag_of(name, len);
}

/* A tag whose name begins at `name`. A tag that the end of the text cuts gives no token at all. */
static void read_tag(dl_tokenizer *t, dl_html_token *token, dl_token_kind kind, const char *start, const char *name)
{
    const char *at = dl_seek_class_of(name, t->end, SEEK_TAG_END);
    dl_attribute attribute;
    dl_attribute_step step;
    const char *name_end = at;
    while ((step = dl_attribute_next(&at, t->end, &attribute)) == DL_ATTRIBUTE) t->steps++;
    t->at = at;
    if (step == DL_ATTRIBUTES_CUT) {
        t->at = t->end;
        *token = (dl_html_token){.kind = DL_HTML_END_OF_FILE, .start = offset(t, start), .end = offset(t, t->end)};
        return;
    }
    *token = (dl_html_token){.kind = kind,
                             .tag = tag_of(name, name_end, t->end),
                             .self_closing = step == DL_ATTRIBUTES_SELF_CLOSING,
                             .start = offset(t, start),
                             .end = offset(t, at),
                             .name = {offset(t, name), offset(t, name_end)}};
    if (kind == DL_HTML_START_TAG) t->last_start = (dl_str){name, (size_t)(name_end - name)};
}

/* ---- comments and doctypes ---- */

static void set_comment(dl_tokenizer *t, dl_html_token *token, const char *start, const char *data, const char *data_end,
                        const char *end)
{
    *token = (dl_html_token){.kind = DL_HTML_COMMENT,
                             .mode = DL_MODE_RAWTEXT,
                             .start = offset(t, start),
                             .end = offset(t, end),
                             .name = {offset(t, data), offset(t, data_end)}};
    t->at = end;
}

/* What the end of the text cuts: dashes that might have begun the end are no data. */
static const char *cut_comment(const char *data, const char *end)
{
    if (end - data >= 3 && memcmp(end - 3, "--!", 3) == 0) return end - 3;
    if (end - data >= 2 && memcmp(end - 2, "--", 2) == 0) return end - 2;
    return end - data >= 1 && end[-1] == '-' ? end - 1 : end;
}

/* `data` points behind "<!--". It ends at "-->" or "--!>", or at once at ">" or "->". */
static void read_comment(dl_tokenizer *t, dl_html_token *token, const char *start, const char *data)
{
    for (const char *at = data;; at++, t->steps++) {
        at = dl_seek_byte(at, t->end, '>');
        if (at == t->end) {
            set_comment(t, token, start, data, cut_comment(data, t->end), t->end);
            return;
        }
        size_t before = (size_t)(at - data);
        const char *end = NULL;
        if (before >= 2 && at[-1] == '-' && at[-2] == '-') end = at - 2;
        else if (before >= 3 && at[-1] == '!' && at[-2] == '-' && at[-3] == '-') end = at - 3;
        else if (before == 0 || (before == 1 && at[-1] == '-')) end = data;
        if (end) {
            set_comment(t, token, start, data, end, at + 1);
            return;
        }
    }
}

/* Everything up to the next '>' is a comment, whatever it was meant to be. */
static void read_bogus_comment(dl_tokenizer *t, dl_html_token *token, const char *start, const char *data)
{
    const char *end = dl_seek_byte(data, t->end, '>');
    set_comment(t, token, start, data, end, end < t->end ? end + 1 : end);
}

/* `start` points at "<!". True if there is a token; a CDATA section only changes the state. */
static bool read_declaration(dl_tokenizer *t, dl_html_token *token, const char *start)
{
    const char *at = start + 2;
    if (begins(at, t->end, "--", 2)) {
        read_comment(t, token, start, at + 2);
    } else if (begins(at, t->end, "doctype", 7)) {
        read_bogus_comment(t, token, start, at);
        token->kind = DL_HTML_DOCTYPE; /* even quotes do not keep a '>' from ending it */
    } else if (t->in_foreign && t->end - at >= 7 && memcmp(at, "[CDATA[", 7) == 0) {
        t->at = at + 7;
        t->state = DL_HTML_CDATA;
        return false;
    } else {
        read_bogus_comment(t, token, start, at);
    }
    return true;
}

/* ---- text ---- */

static void set_text(dl_tokenizer *t, dl_html_token *token, const char *end, dl_text_mode mode)
{
    *token = (dl_html_token){.kind = DL_HTML_TEXT, .mode = mode, .start = offset(t, t->at), .end = offset(t, end)};
    t->at = end;
}

/* Whether '<' at `at` begins anything but text. */
static bool begins_markup(const char *at, const char *end)
{
    if (at + 1 >= end) return false;
    if (dl_seek_is(at[1], SEEK_ALPHA) || at[1] == '!' || at[1] == '?') return true;
    return at[1] == '/' && at + 2 < end;
}

/* Markup at `start`. False if it gave no token: "</>", or a CDATA section. */
static bool read_markup(dl_tokenizer *t, dl_html_token *token, const char *start)
{
    switch (start[1]) {
    case '!':
        return read_declaration(t, token, start);
    case '?':
        read_bogus_comment(t, token, start, start + 1);
        return true;
    case '/':
        if (start[2] == '>') {
            t->at = start + 3;
            return false;
        }
        if (dl_seek_is(start[2], SEEK_ALPHA)) read_tag(t, token, DL_HTML_END_TAG, start, start + 2);
        else read_bogus_comment(t, token, start, start + 2);
        return true;
    default:
        read_tag(t, token, DL_HTML_START_TAG, start, start + 1);
        return true;
    }
}

/* True if there is a token. */
static bool next_in_data(dl_tokenizer *t, dl_html_token *token)
{
    const char *at = dl_seek_byte(t->at, t->end, '<');
    for (; at < t->end && !begins_markup(at, t->end); t->steps++) at = dl_seek_byte(at + 1, t->end, '<');
    if (at > t->at) {
        set_text(t, token, at, DL_MODE_DATA);
        return true;
    }
    return read_markup(t, token, at);
}

static bool next_in_cdata(dl_tokenizer *t, dl_html_token *token)
{
    const char *at = t->at;
    for (;; at++) {
        at = dl_seek_byte(at, t->end, ']');
        if (at == t->end || (t->end - at >= 3 && at[1] == ']' && at[2] == '>')) break;
    }
    bool text = at > t->at;
    if (text) set_text(t, token, at, DL_MODE_CDATA);
    if (at < t->end) {
        t->at = at + 3;
        t->state = DL_HTML_DATA;
    }
    return text;
}

/* Whether an end tag for the last start tag stands at `at` ("</name" and then white space, '/' or '>'). */
static bool is_appropriate_end(const dl_tokenizer *t, const char *at)
{
    size_t len = t->last_start.len;
    if ((size_t)(t->end - at) < len + 3 || at[1] != '/' || len == 0) return false;
    return dl_seek_is(at[2 + len], SEEK_TAG_END) && dl_str_eq_nocase((dl_str){at + 2, len}, t->last_start);
}

/* Text up to `at`, or the end tag at `at` (which may be the end of the text). */
static bool text_or_end(dl_tokenizer *t, dl_html_token *token, const char *at, dl_text_mode mode)
{
    if (at > t->at) {
        set_text(t, token, at, mode);
        return true;
    }
    t->state = DL_HTML_DATA;
    if (at == t->end) return false;
    read_tag(t, token, DL_HTML_END_TAG, at, at + 2);
    return true;
}

static const char *find_raw_end(dl_tokenizer *t)
{
    const char *at = dl_seek_byte(t->at, t->end, '<');
    for (; at < t->end && !is_appropriate_end(t, at); t->steps++) at = dl_seek_byte(at + 1, t->end, '<');
    return at;
}

/* Whether the word "script" as a whole stands at `at`. */
static bool is_script_word(const char *at, const char *end)
{
    return begins(at, end, "script", 6) && at + 6 < end && dl_seek_is(at[6], SEEK_TAG_END);
}

/* Inside "<!--" in a script: up to "-->" the end tag counts unless a "<script" came before it. Gives the end tag,
 * the byte behind "-->", or the end of the text. `at` points at the "--" of "<!--". */
static const char *skip_script_comment(dl_tokenizer *t, const char *at)
{
    bool doubled = false;
    const char *dashes = at;
    for (at += 2; at < t->end; at++, t->steps++) {
        at = dl_seek_class_of(at, t->end, SEEK_ANGLE);
        if (at == t->end) break;
        if (*at == '>' && at - dashes >= 2 && at[-1] == '-' && at[-2] == '-') return at + 1;
        if (*at == '>') continue;
        bool closing = at + 1 < t->end && at[1] == '/';
        if (!doubled && is_appropriate_end(t, at)) return at;
        if (closing == doubled && is_script_word(at + 1 + closing, t->end)) doubled = !doubled;
    }
    return t->end;
}

static const char *find_script_end(dl_tokenizer *t)
{
    const char *at = t->at;
    for (;; t->steps++) {
        at = dl_seek_byte(at, t->end, '<');
        if (at == t->end || is_appropriate_end(t, at)) return at;
        if (t->end - at >= 4 && memcmp(at, "<!--", 4) == 0) at = skip_script_comment(t, at + 2);
        else at++;
    }
}

void dl_tokenizer_next(dl_tokenizer *t, dl_html_token *token)
{
    while (t->at < t->end) {
        bool found = false;
        t->steps++;
        switch (t->state) {
        case DL_HTML_DATA: found = next_in_data(t, token); break;
        case DL_HTML_RCDATA: found = text_or_end(t, token, find_raw_end(t), DL_MODE_RCDATA); break;
        case DL_HTML_RAWTEXT: found = text_or_end(t, token, find_raw_end(t), DL_MODE_RAWTEXT); break;
        case DL_HTML_SCRIPT: found = text_or_end(t, token, find_script_end(t), DL_MODE_RAWTEXT); break;
        case DL_HTML_PLAINTEXT:
            set_text(t, token, t->end, DL_MODE_RAWTEXT);
            found = true;
            break;
        case DL_HTML_CDATA: found = next_in_cdata(t, token); break;
        }
        if (found) return;
    }
    *token = (dl_html_token){.kind = DL_HTML_END_OF_FILE, .start = offset(t, t->end), .end = offset(t, t->end)};
}
