/* sentences.c - where one sentence ends and the next begins. */
#include "text/sentences.h"

#include "base/utf8.h"

/* ---- looking at tokens ---- */

static dl_str form(dl_str text, const dl_token *token)
{
    return dl_span_str(text, token->span);
}

static bool starts_upper(dl_str text, const dl_token *token)
{
    size_t at = token->span.start;
    return dl_utf8_is_upper(dl_utf8_next(text, &at));
}

static bool is_stop(dl_str form)
{
    unsigned char c = (unsigned char)form.ptr[0];
    return c == '.' || c == '!' || c == '?' || dl_str_is(form, "\xE2\x80\xA6");
}

static bool is_closer(dl_str form)
{
    return dl_str_is(form, "\"") || dl_str_is(form, "''") || dl_str_is(form, "'") || dl_str_is(form, ")") ||
           dl_str_is(form, "]") || dl_str_is(form, "\xE2\x80\x9D") || dl_str_is(form, "\xE2\x80\x99");
}

/* Words that, with a capital, begin sentences far more often than names. */
static bool is_starter(const dl_token *token)
{
    static const char *const words[] = {"the", "he", "she", "it", "they", "we", "in", "on", "at", "but", "and", "this",
                                        "that", "these", "there", "a", "an", "if", "when", "after", "i", "his", "as"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dl_str_is(token->norm, words[i])) return true;
    return false;
}

/* ---- the decision ---- */

typedef struct view {
    const dl_text_data *data;
    dl_str text;
    const dl_token *tokens;
    size_t count;
} view;

static bool after_abbreviation(const view *v, size_t i)
{
    const dl_token *word = &v->tokens[i], *next = &v->tokens[i + 1];
    dl_str bare = dl_str_slice(word->norm, 0, word->norm.len - 1);
    dl_rows rows = dl_table_find(v->data->abbreviations, bare);
    dl_str kind = dl_table_cell(v->data->abbreviations, rows.first, v->data->abbreviation_kind);
    if (!rows.count) kind = DL_STR("");
    if (dl_str_is(kind, "title") || dl_str_is(kind, "number") || bare.len == 1) return false;
    return starts_upper(v->text, next) && is_starter(next);
}

/* Whether a sentence ends after token i, which is not the block's last. */
static bool ends_after(const view *v, size_t i)
{
    const dl_token *token = &v->tokens[i], *next = &v->tokens[i + 1];
    dl_str word = form(v->text, token);
    if (!(token->flags & DL_TOKEN_SPACE_AFTER)) return false;
    if (word.len > 1 && word.ptr[word.len - 1] == '.' && word.ptr[0] != '.') return after_abbreviation(v, i);
    size_t last = i;
    while (last > 0 && is_closer(form(v->text, &v->tokens[last])) && i - last < 4) last--;
    dl_str stop = form(v->text, &v->tokens[last]);
    if (!is_stop(stop)) return false;
    if (is_closer(form(v->text, next)) && next->span.end - next->span.start == 1 && (next->flags & DL_TOKEN_SPACE_AFTER))
        return false;
    bool lower = !starts_upper(v->text, next) && dl_utf8_is_letter((unsigned char)v->text.ptr[next->span.start]);
    if (last < i || stop.ptr[0] != '.' || stop.len > 1) return !lower;
    return true;
}

static bool push(dl_arena *arena, dl_token *tokens, size_t first, size_t end, uint32_t block, dl_sentence_vec *out)
{
    dl_sentence *sentence = DL_VEC_PUSH(arena, out);
    if (!sentence) return false;
    *sentence = (dl_sentence){.span = {tokens[first].span.start, tokens[end - 1].span.end},
                              .first = (uint32_t)first,
                              .count = (uint32_t)(end - first),
                              .block = block};
    for (size_t i = first; i < end; i++) tokens[i].sentence = (uint32_t)(out->count - 1);
    return true;
}

bool dl_sentences_find(const dl_text_data *data, dl_arena *arena, dl_str text, dl_token *tokens, size_t first,
                       size_t count, uint32_t block, dl_sentence_vec *out)
{
    view v = {data, text, tokens + first, count - first};
    size_t start = 0;
    for (size_t i = 0; i < v.count; i++) {
        if (i + 1 < v.count && !ends_after(&v, i)) continue;
        if (!push(arena, tokens, first + start, first + i + 1, block, out)) return false;
        start = i + 1;
    }
    return true;
}
