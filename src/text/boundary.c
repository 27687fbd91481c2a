/* boundary.c - the places where a sentence may end, and what is seen there. */
#include "text/boundary.h"

#include "base/utf8.h"

enum { CLOSERS = 4 }; /* marks that may stand between a full stop and the end of its sentence */

/* ---- looking at tokens ---- */

static dl_str form(const dl_boundary_view *v, size_t i)
{
    return dl_span_str(v->text, v->tokens[i].span);
}

static bool is_stop(dl_str f)
{
    return f.ptr[0] == '!' || f.ptr[0] == '?' || (f.ptr[0] == '.' && (f.len == 1 || f.ptr[1] == '.' || f.ptr[1] == '?')) ||
           dl_str_is(f, "\xE2\x80\xA6");
}

static bool is_closer(dl_str f)
{
    char first = f.ptr[0];
    if (f.len == 1) return first == '"' || first == '\'' || first == ')' || first == ']';
    if (f.len == 2) return dl_str_is(f, "''") || dl_str_is(f, "\xC2\xBB");
    return f.len == 3 && (dl_str_is(f, "\xE2\x80\x9D") || dl_str_is(f, "\xE2\x80\x99"));
}

static bool is_dash(dl_str f)
{
    return dl_str_is(f, "-") || dl_str_is(f, "--") || dl_str_is(f, "\xE2\x80\x93") || dl_str_is(f, "\xE2\x80\x94");
}

static bool is_address(dl_str f)
{
    return f.len > 6 && (memchr(f.ptr, '@', f.len) || dl_str_starts(f, "http") || dl_str_starts(f, "www."));
}

/* An abbreviation or initialism: a word that ends with its own full stop. */
static bool is_dotted(dl_str f)
{
    return f.len > 1 && f.ptr[f.len - 1] == '.' && f.ptr[0] != '.';
}

/* Marks that part items: "***", "==", ">>", smileys. */
static bool is_rule(dl_str f)
{
    if (f.len < 2 || f.len > 80) return false;
    return !dl_ascii_alpha((unsigned char)f.ptr[0]) && !dl_ascii_digit((unsigned char)f.ptr[0]) && (unsigned char)f.ptr[0] < 0x80 &&
           !dl_ascii_alpha((unsigned char)f.ptr[1]) && !dl_ascii_digit((unsigned char)f.ptr[1]) && !is_closer(f) &&
           f.ptr[0] != '`' && f.ptr[0] != '$';
}

/* The salutation of a letter: "Thanks," before a capital. */
static bool is_salutation(const dl_boundary_view *v, size_t i, const dl_boundary_state *state)
{
    unsigned char next = (unsigned char)v->text.ptr[v->tokens[i + 1].span.start];
    return i - state->start <= 3 && next >= 'A' && next <= 'Z';
}

/* "08/17/2000", as stands at the head of a letter, or an address. */
static bool heads_item(dl_str f)
{
    if (is_address(f)) return true;
    const char *slash = f.len >= 8 && dl_ascii_digit((unsigned char)f.ptr[0]) ? memchr(f.ptr, '/', f.len) : NULL;
    return slash && memchr(slash + 1, '/', f.len - (size_t)(slash + 1 - f.ptr));
}

static bool newline_after(const dl_boundary_view *v, size_t i)
{
    size_t from = v->tokens[i].span.end, to = v->tokens[i + 1].span.start;
    if (to == from + 1) return v->text.ptr[from] == '\n';
    return to > from && memchr(v->text.ptr + from, '\n', to - from) != NULL;
}

/* A closing mark behind a full stop; brackets close sentences of their own. */
static bool closes(const dl_boundary_view *v, size_t i, dl_str f)
{
    size_t at = i;
    while (at > 0 && i - at < CLOSERS && is_closer(form(v, at))) at--;
    return is_stop(form(v, at)) || is_dotted(form(v, at)) || f.ptr[0] == ')' || f.ptr[0] == ']';
}

static bool mark_may_end(const dl_boundary_view *v, size_t i, dl_str f, const dl_boundary_state *state)
{
    char first = f.ptr[0];
    if (is_stop(f) || is_dotted(f) || is_address(f) || is_rule(f)) return true;
    if (f.len == 1 && (first == ':' || first == ';')) return true;
    if (f.len == 1 && first == ',') return is_salutation(v, i, state);
    if (is_dash(f)) return v->tokens[i].flags & DL_TOKEN_SPACE_AFTER;
    return is_closer(f) && closes(v, i, f);
}

bool dl_boundary_is_candidate(const dl_boundary_view *v, size_t i, const dl_boundary_state *state)
{
    dl_str f = form(v, i);
    bool letter = dl_ascii_alpha((unsigned char)f.ptr[0]);
    if (letter ? is_dotted(f) || is_address(f) : mark_may_end(v, i, f, state)) return true;
    return (v->tokens[i].flags & DL_TOKEN_SPACE_AFTER) && (newline_after(v, i) || heads_item(form(v, i + 1)));
}

/* ---- values ---- */

static dl_str shape(const dl_boundary_view *v, size_t i)
{
    if (i >= v->count) return DL_STR("end");
    dl_str f = form(v, i);
    size_t at = 0;
    uint32_t point = dl_utf8_next(f, &at);
    if (dl_utf8_is_upper(point)) {
        if (at >= f.len) return DL_STR("letter");
        return dl_utf8_is_upper(dl_utf8_next(f, &at)) ? DL_STR("caps") : DL_STR("cap");
    }
    if (point < 0x80 ? dl_ascii_alpha((unsigned char)point) : dl_utf8_is_letter(point))
        return is_address(f) ? DL_STR("url") : DL_STR("a");
    if (point < 0x80 && dl_ascii_digit((unsigned char)point)) return f.len > 2 && memchr(f.ptr, ':', f.len) ? DL_STR("time") : DL_STR("0");
    if (point == '(' || point == '[') return DL_STR("(");
    if (point == ')' || point == ']') return DL_STR(")");
    if (point == 0x201C || point == 0x2018 || point == 0xAB || dl_str_is(f, "``")) return DL_STR("open");
    if (point == 0x201D || point == 0x2019 || point == 0xBB || dl_str_is(f, "''")) return DL_STR("close");
    if (point == '"' || point == '\'') {
        bool before = i == 0 || (v->tokens[i - 1].flags & DL_TOKEN_SPACE_AFTER), after = v->tokens[i].flags & DL_TOKEN_SPACE_AFTER;
        return before == after ? DL_STR("\"") : before ? DL_STR("open") : DL_STR("close");
    }
    if (is_dash(f)) return DL_STR("-");
    if (is_stop(f)) return DL_STR(".");
    return point == ',' || point == ';' || point == ':' ? DL_STR(",") : DL_STR("mark");
}

/* What ends the candidate: the stop itself by kind. */
static dl_str stop_kind(const dl_boundary_view *v, size_t i)
{
    dl_str f = form(v, i);
    if (f.ptr[0] == '.' && f.len == 1) return DL_STR(".");
    if (dl_str_is(f, "\xE2\x80\xA6") || (f.ptr[0] == '.' && f.len > 1 && f.ptr[1] == '.')) return DL_STR("...");
    if (f.ptr[0] == '!' || f.ptr[0] == '?') return f.ptr[0] == '!' ? DL_STR("!") : DL_STR("?");
    if (is_address(f)) return DL_STR("url");
    if (is_dotted(f)) return DL_STR("dotted");
    if (f.len == 1 && strchr(":;,", f.ptr[0])) return f;
    if (is_dash(f)) return DL_STR("-");
    if (is_closer(f)) return DL_STR("closer");
    if (is_rule(f)) return DL_STR("rule");
    return newline_after(v, i) ? DL_STR("line") : DL_STR("none");
}

/* Kind of a dotted word: of the list, or "initial", "initials". */
static dl_str dotted_kind(const dl_boundary_view *v, dl_str norm)
{
    dl_str bare = dl_str_slice(norm, 0, norm.len - 1);
    dl_rows rows = dl_table_find(v->data->abbreviations, bare);
    if (rows.count) return dl_table_cell(v->data->abbreviations, rows.first, v->data->abbreviation_kind);
    if (bare.len == 1) return DL_STR("initial");
    return memchr(bare.ptr, '.', bare.len) ? DL_STR("initials") : DL_STR("unlisted");
}

static dl_str length_bucket(size_t len)
{
    return len <= 1 ? DL_STR("1") : len <= 3 ? DL_STR("3") : len <= 6 ? DL_STR("6") : len <= 40 ? DL_STR("40") : DL_STR("long");
}

/* ---- features ---- */

enum {
    BIAS, STOP, STOP_NEXT, STOP_SPACE_NEXT, STOP_CLOSER_NEXT, STOP_LINE_NEXT, WORD, WORD_SHAPE_NEXT, DOTTED, DOTTED_NEXT,
    DOTTED_WORD_NEXT, NEXT, NEXT_STOP, NEXT_TWO, LENGTH, LENGTH_NEXT, INSIDE, INSIDE_NEXT, STOP_NEXT_TWO, FORM
};

static const char *const template_names[] = {
    "bias", "stop", "stop,next", "stop,space,next", "stop,closer,next", "stop,line,next", "word", "stop,wordshape,next",
    "dotted", "dotted,nextshape", "dotted,next", "next", "stop,nextword", "next,second", "stop,length", "stop,length,next",
    "inside", "stop,inside,next", "stop,next,second", "form"};

const char *dl_boundary_template_name(unsigned template_)
{
    return template_ < sizeof template_names / sizeof *template_names ? template_names[template_] : NULL;
}

typedef struct visitor {
    dl_boundary_visit visit;
    void *context;
} visitor;

static void give(const visitor *to, unsigned template_, dl_str a, dl_str b, dl_str c)
{
    char bytes[96];
    size_t len = 0;
    const dl_str parts[] = {a, b, c};
    for (size_t i = 0; i < 3; i++) {
        if (!parts[i].ptr) continue;
        if (parts[i].len + 1 > sizeof bytes - len) return;
        if (i) bytes[len++] = '|';
        memcpy(bytes + len, parts[i].ptr, parts[i].len);
        len += parts[i].len;
    }
    to->visit(to->context, template_, (dl_str){bytes, len});
}

void dl_boundary_features(const dl_boundary_view *v, size_t i, const dl_boundary_state *state, dl_boundary_visit visit,
                          void *context)
{
    visitor to = {visit, context};
    const dl_str none = {0};
    size_t at = i;
    while (at > state->start && i - at < CLOSERS && is_closer(form(v, at))) at--;
    dl_str stop = stop_kind(v, at), next = shape(v, i + 1), second = shape(v, i + 2), next_word = v->tokens[i + 1].norm;
    dl_str closer = at == i ? DL_STR("") : form(v, i).ptr[0] == ')' || form(v, i).ptr[0] == ']' ? DL_STR(")") : DL_STR("\"");
    bool space = v->tokens[i].flags & DL_TOKEN_SPACE_AFTER, line = space && newline_after(v, i);
    give(&to, BIAS, DL_STR(""), none, none);
    give(&to, STOP, stop, closer, none);
    give(&to, STOP_NEXT, stop, next, none);
    give(&to, STOP_SPACE_NEXT, stop, space ? DL_STR("space") : DL_STR("tight"), next);
    give(&to, STOP_CLOSER_NEXT, stop, closer, next);
    if (line) give(&to, STOP_LINE_NEXT, stop, next, none);
    if (at > state->start) {
        give(&to, WORD, stop, v->tokens[at - 1].norm, none);
        give(&to, WORD_SHAPE_NEXT, stop, shape(v, at - 1), next);
    }
    if (dl_str_is(stop, "dotted")) {
        dl_str kind = dotted_kind(v, v->tokens[at].norm);
        give(&to, DOTTED, kind, none, none);
        give(&to, DOTTED_NEXT, kind, next, none);
        give(&to, DOTTED_WORD_NEXT, kind, next_word, next);
        give(&to, FORM, v->tokens[at].norm, next, none);
    }
    give(&to, NEXT, next_word, next, none);
    give(&to, NEXT_STOP, stop, next_word, next);
    give(&to, NEXT_TWO, next, second, none);
    give(&to, STOP_NEXT_TWO, stop, next, second);
    dl_str length = length_bucket(i + 1 - state->start);
    give(&to, LENGTH, stop, length, none);
    give(&to, LENGTH_NEXT, stop, length, next);
    dl_str inside = state->brackets > 0 ? DL_STR("(") : state->quote_open ? DL_STR("\"") : DL_STR("");
    give(&to, INSIDE, inside, none, none);
    give(&to, INSIDE_NEXT, stop, inside, next);
}

void dl_boundary_step(const dl_boundary_view *v, size_t i, dl_boundary_state *state)
{
    dl_str f = form(v, i);
    if (f.len > 3 || dl_ascii_alpha((unsigned char)f.ptr[0])) return;
    if (f.ptr[0] == '(' || f.ptr[0] == '[') state->brackets++;
    else if ((f.ptr[0] == ')' || f.ptr[0] == ']') && state->brackets > 0) state->brackets--;
    else if (dl_str_is(f, "\"")) state->quote_open = !state->quote_open;
    else if (dl_str_is(f, "\xE2\x80\x9C") || dl_str_is(f, "``")) state->quote_open = true;
    else if (dl_str_is(f, "\xE2\x80\x9D") || dl_str_is(f, "''")) state->quote_open = false;
}
