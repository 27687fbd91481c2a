/* doctype.c - the parts of a doctype (WHATWG HTML, 13.2.5.53 to 13.2.5.68). */
#include "page/seek.h"
#include "page/tokenizer.h"

typedef struct cursor {
    const char *at, *end;
} cursor;

static bool skip_word(cursor *c, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(c->end - c->at) < len || !dl_str_eq_nocase((dl_str){c->at, len}, (dl_str){word, len})) return false;
    c->at += len;
    return true;
}

/* A quoted identifier, after white space. False if there is none; one that is cut leaves the cursor at the end. */
static bool read_identifier(cursor *c, dl_str *out, bool *whole)
{
    c->at = dl_seek_text(c->at, c->end);
    if (c->at == c->end || (*c->at != '"' && *c->at != '\'')) return false;
    const char *quote = dl_seek_byte(c->at + 1, c->end, *c->at);
    *out = (dl_str){c->at + 1, (size_t)(quote - c->at - 1)};
    *whole = quote < c->end;
    c->at = *whole ? quote + 1 : quote;
    return true;
}

/* Behind the name. True if all is well as far as quirks go; `end` is where '>' or the end of the text stands. */
static bool read_identifiers(cursor *c, bool closed, dl_doctype *out)
{
    bool whole;
    c->at = dl_seek_text(c->at, c->end);
    if (c->at == c->end) return closed;
    if (skip_word(c, "public")) {
        if (!read_identifier(c, &out->public_id, &whole) || !whole) return false;
        if (!read_identifier(c, &out->system_id, &whole)) return c->at == c->end && closed;
    } else if (!skip_word(c, "system") || !read_identifier(c, &out->system_id, &whole)) {
        return false;
    }
    if (!whole) return false;
    c->at = dl_seek_text(c->at, c->end);
    return c->at < c->end || closed; /* what follows the system identifier is ignored */
}

void dl_doctype_read(dl_str token, dl_doctype *out)
{
    *out = (dl_doctype){.force_quirks = true};
    bool closed = token.len && token.ptr[token.len - 1] == '>';
    cursor c = {token.ptr, token.ptr + token.len - closed};
    if (!skip_word(&c, "<!doctype")) return;
    c.at = dl_seek_text(c.at, c.end);
    if (c.at == c.end) return;
    const char *name = c.at;
    c.at = dl_seek_class_of(c.at, c.end, SEEK_SPACE);
    out->name = (dl_str){name, (size_t)(c.at - name)};
    out->force_quirks = !read_identifiers(&c, closed, out);
}
