/* conllu.c - reading trees from CoNLL-U.
 *
 * Ten tab-separated columns a word: ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC. Positions are kept as byte
 * offsets of the input, so that a fault is told where it is. */
#include "syntax/conllu.h"

#include "base/error.h"
#include "base/str.h"
#include "base/utf8.h"
#include "syntax/labels.h"
#include "syntax/tree.h"

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC, COLUMNS };

typedef struct reader {
    dl_arena *arena;
    dl_str input;
    DL_VEC(dl_token) tokens;
    DL_VEC(dl_sentence) sentences;
    char *text; /* holds all forms and the spaces between them */
    size_t length;
    uint32_t first;          /* token of the sentence being read */
    int64_t joined_last;     /* last word id of the multiword token being read, 0 outside */
    int64_t joined_first;
    dl_span joined_span;
    bool joined_space;       /* white space follows the multiword token */
    dl_error *err;
} reader;

static dl_status bad(reader *r, dl_str at, const char *what)
{
    return dl_fail(r->err, DL_BAD_DATA, "CoNLL-U", (size_t)(at.ptr - r->input.ptr), "%s", what);
}

static dl_span append(reader *r, dl_str form, bool space)
{
    dl_span span = {(uint32_t)r->length, (uint32_t)(r->length + form.len)};
    memcpy(r->text + r->length, form.ptr, form.len);
    r->length += form.len;
    if (space) r->text[r->length++] = ' ';
    return span;
}

static dl_str value_of(dl_str column)
{
    return dl_str_is(column, "_") ? (dl_str){0} : column;
}

static bool has_item(dl_str misc, const char *item)
{
    dl_str part;
    while (dl_str_next(&misc, '|', &part))
        if (dl_str_is(part, item)) return true;
    return false;
}

static void read_name(dl_token *token, dl_str misc)
{
    dl_str part;
    while (dl_str_next(&misc, '|', &part)) {
        if (!dl_str_starts(part, "Name=") || part.len < 8) continue;
        token->name = dl_name_type_of(dl_str_slice(part, 7, part.len));
        if (token->name && part.ptr[5] == 'B') token->flags |= DL_TOKEN_NAME_BEGIN;
        token->name_score = token->name ? 1 : 0;
    }
}

/* "3-4": the surface form of the words that follow. */
static dl_status read_range(reader *r, const dl_str *column)
{
    dl_str rest = column[ID], first, last;
    if (!dl_str_next(&rest, '-', &first) || !dl_str_next(&rest, '-', &last) || !dl_str_number(first, &r->joined_first) ||
        !dl_str_number(last, &r->joined_last) || r->joined_last < r->joined_first ||
        r->joined_first != (int64_t)(r->tokens.count - r->first) + 1)
        return bad(r, column[ID], "the range of a multiword token is two numbers in order, before its words");
    r->joined_space = !has_item(column[MISC], "SpaceAfter=No");
    r->joined_span = append(r, column[FORM], r->joined_space);
    return DL_OK;
}

/* Where a word of a multiword token lies: at the next place where its form is found, else all of it. */
static dl_span place_joined(reader *r, dl_str form, int64_t id)
{
    dl_span whole = r->joined_span;
    uint32_t start = id == r->joined_first ? whole.start : r->tokens.items[r->tokens.count - 2].span.end;
    if (start + form.len <= whole.end && memcmp(r->text + start, form.ptr, form.len) == 0)
        return (dl_span){start, id == r->joined_last ? whole.end : (uint32_t)(start + form.len)};
    return whole;
}

static dl_status read_columns(reader *r, dl_token *token, const dl_str *column, int64_t id)
{
    int64_t head = 0;
    dl_str text = value_of(column[HEAD]);
    if (text.ptr && !dl_str_number(text, &head)) return bad(r, text, "a head is a number");
    if (head > INT32_MAX || (int64_t)r->first + head > INT32_MAX) return bad(r, text, "the head is too large");
    token->head = head == 0 || head == id ? DL_NONE : r->first + (uint32_t)head - 1;
    token->lemma = value_of(column[LEMMA]);
    token->feats = value_of(column[FEATS]);
    token->upos = dl_upos_of(column[UPOS]);
    token->deprel = dl_deprel_of(column[DEPREL]);
    read_name(token, column[MISC]);
    return DL_OK;
}

static dl_status read_word(reader *r, const dl_str *column)
{
    int64_t id;
    if (!dl_str_number(column[ID], &id) || id != (int64_t)(r->tokens.count - r->first) + 1)
        return bad(r, column[ID], "word numbers count from 1 without a gap");
    if (column[FORM].len == 0) return bad(r, column[FORM], "a word has no form");
    dl_token *token = DL_VEC_PUSH(r->arena, &r->tokens);
    if (!token) return dl_fail_memory(r->err);
    *token = (dl_token){.sentence = (uint32_t)r->sentences.count};
    bool inside = id <= r->joined_last;
    if (inside) {
        token->span = place_joined(r, column[FORM], id);
        if (id > r->joined_first) token->flags |= DL_TOKEN_JOINED;
    }
    bool space = inside ? id == r->joined_last && r->joined_space : !has_item(column[MISC], "SpaceAfter=No");
    if (!inside) token->span = append(r, column[FORM], space);
    if (space) token->flags |= DL_TOKEN_SPACE_AFTER;
    token->norm = dl_utf8_fold(r->arena, column[FORM]);
    return token->norm.ptr ? read_columns(r, token, column, id) : dl_fail_memory(r->err);
}

static dl_status end_sentence(reader *r, dl_str at)
{
    uint32_t count = (uint32_t)r->tokens.count - r->first;
    r->joined_last = 0;
    if (count == 0) return DL_OK;
    for (uint32_t i = r->first; i < r->first + count; i++)
        if (r->tokens.items[i].head != DL_NONE && r->tokens.items[i].head >= r->first + count)
            return bad(r, at, "a head before this line is beyond its sentence");
    dl_sentence *s = DL_VEC_PUSH(r->arena, &r->sentences);
    if (!s) return dl_fail_memory(r->err);
    uint32_t end = r->tokens.items[r->tokens.count - 1].span.end;
    *s = (dl_sentence){{r->tokens.items[r->first].span.start, end}, r->first, count, 0};
    r->tokens.items[r->tokens.count - 1].flags |= DL_TOKEN_SPACE_AFTER;
    r->length = end;
    r->text[r->length++] = '\n';
    r->first = (uint32_t)r->tokens.count;
    return DL_OK;
}

static dl_status read_line(reader *r, dl_str line)
{
    if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
    if (line.len == 0) return end_sentence(r, line);
    if (line.ptr[0] == '#') return DL_OK;
    dl_str column[COLUMNS], rest = line;
    int count = 0;
    while (count < COLUMNS && dl_str_next(&rest, '\t', &column[count])) count++;
    if (count < COLUMNS) return bad(r, line, "a word line has ten columns");
    if (dl_str_find(column[ID], DL_STR("."), 0) != SIZE_MAX) return DL_OK; /* empty node */
    if (dl_str_find(column[ID], DL_STR("-"), 0) != SIZE_MAX) return read_range(r, column);
    return read_word(r, column);
}

dl_status dl_conllu_read(dl_text *out, dl_arena *arena, dl_str conllu, dl_error *err)
{
    *out = (dl_text){0};
    if (conllu.len > INT32_MAX) return dl_fail(err, DL_LIMIT, "CoNLL-U", 0, "over 2 GiB");
    if (!conllu.ptr) conllu = DL_STR("");
    reader r = {.arena = arena, .input = conllu, .err = err};
    r.text = dl_arena_alloc_raw(arena, conllu.len + 2); /* a form and its space are shorter than its line */
    if (!r.text) return dl_fail_memory(err);
    dl_str rest = conllu, line;
    dl_status status = DL_OK;
    while (status == DL_OK && dl_str_next(&rest, '\n', &line)) status = read_line(&r, line);
    if (status == DL_OK) status = end_sentence(&r, dl_str_slice(conllu, conllu.len, conllu.len));
    if (status != DL_OK) return status;
    *out = (dl_text){.text = {r.text, r.length}, .tokens = r.tokens.items, .token_count = r.tokens.count,
                     .sentences = r.sentences.items, .sentence_count = r.sentences.count};
    dl_tree_link(out);
    return DL_OK;
}
