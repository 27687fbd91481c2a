/* conllu_out.c - writing trees as CoNLL-U. */
#include <stdio.h>

#include "base/error.h"
#include "base/put.h"
#include "base/str.h"
#include "base/utf8.h"
#include "syntax/conllu.h"

static void put(dl_json_out *out, dl_str str)
{
    if (out->capacity - out->len < str.len || out->failed) {
        put_bytes(out, str); /* which makes room */
        return;
    }
    if (str.len) memcpy(out->bytes + out->len, str.ptr, str.len);
    out->len += str.len;
}

static void put_text(dl_json_out *out, const char *text)
{
    put(out, dl_str_of(text));
}

static void put_number(dl_json_out *out, uint32_t number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number);
    put_text(out, digits);
}

/* A column, or "_" where there is nothing; white space that would break the line becomes a space. */
static void put_column(dl_json_out *out, dl_str value)
{
    if (value.len == 0) {
        put_text(out, "_");
        return;
    }
    for (size_t start = 0, i = 0; i <= value.len; i++) {
        if (i < value.len && (unsigned char)value.ptr[i] >= ' ') continue;
        put(out, dl_str_slice(value, start, i));
        if (i < value.len) put_text(out, " ");
        start = i + 1;
    }
}

static void put_cell(dl_json_out *out, dl_str value)
{
    put_column(out, value);
    put_text(out, "\t");
}

/* UPOS to DEPS, after FORM. */
static void put_analysis(dl_json_out *out, const dl_text *text, uint32_t token, uint32_t first)
{
    const dl_token *t = &text->tokens[token];
    put_cell(out, t->lemma);
    put_cell(out, dl_str_of(dl_upos_name((dl_upos)t->upos)));
    put_cell(out, (dl_str){0});
    put_cell(out, t->feats);
    if (t->deprel) put_number(out, t->head == DL_NONE ? 0 : t->head - first + 1);
    put_text(out, t->deprel ? "\t" : "_\t"); /* a text that was only tagged has no trees */
    put_cell(out, dl_str_of(dl_deprel_name((dl_deprel)t->deprel)));
    put_cell(out, (dl_str){0});
}

static void put_misc(dl_json_out *out, const dl_text *text, const dl_codepoints *index, uint32_t token, bool joined)
{
    const dl_token *t = &text->tokens[token];
    put_text(out, "Span=");
    put_number(out, dl_codepoints_at(index, t->span.start));
    put_text(out, ":");
    put_number(out, dl_codepoints_at(index, t->span.end));
    if (t->name) {
        put_text(out, t->flags & DL_TOKEN_NAME_BEGIN ? "|Name=B-" : "|Name=I-");
        put_text(out, dl_name_type_name((dl_name_type)t->name));
    }
    if (!joined && !(t->flags & DL_TOKEN_SPACE_AFTER)) put_text(out, "|SpaceAfter=No");
    put_text(out, "\n");
}

/* Words from `token` on that were written as one. */
static uint32_t joined_end(const dl_text *text, uint32_t token, uint32_t end)
{
    uint32_t last = token + 1;
    while (last < end && text->tokens[last].flags & DL_TOKEN_JOINED) last++;
    return last;
}

static void put_range(dl_json_out *out, const dl_text *text, uint32_t token, uint32_t last, uint32_t first)
{
    dl_span span = {text->tokens[token].span.start, text->tokens[last - 1].span.end};
    put_number(out, token - first + 1);
    put_text(out, "-");
    put_number(out, last - first);
    put_text(out, "\t");
    put_cell(out, dl_span_str(text->text, span));
    put_text(out, "_\t_\t_\t_\t_\t_\t_\t");
    put_text(out, text->tokens[last - 1].flags & DL_TOKEN_SPACE_AFTER ? "_\n" : "SpaceAfter=No\n");
}

static void put_sentence(dl_json_out *out, const dl_text *text, const dl_codepoints *index, size_t number)
{
    const dl_sentence *s = &text->sentences[number];
    put_text(out, "# sent_id = ");
    put_number(out, (uint32_t)number + 1);
    put_text(out, "\n# text = ");
    put_column(out, dl_span_str(text->text, s->span));
    put_text(out, "\n");
    uint32_t end = s->first + s->count, joined = s->first;
    for (uint32_t i = s->first; i < end; i++) {
        uint32_t last = joined_end(text, i, end);
        if (i >= joined && last > i + 1) {
            put_range(out, text, i, last, s->first);
            joined = last;
        }
        put_number(out, i - s->first + 1);
        put_text(out, "\t");
        put_cell(out, dl_span_str(text->text, text->tokens[i].span));
        put_analysis(out, text, i, s->first);
        put_misc(out, text, index, i, i < joined);
    }
    put_text(out, "\n");
}

dl_status dl_conllu_write(dl_json_out *out, const dl_text *text, dl_error *err)
{
    dl_arena arena;
    dl_codepoints index;
    dl_arena_init(&arena, 0);
    dl_status status = dl_codepoints_build(&index, &arena, text->text, err);
    for (size_t i = 0; status == DL_OK && i < text->sentence_count; i++) put_sentence(out, text, &index, i);
    dl_arena_free(&arena);
    return status == DL_OK && out->failed ? dl_fail_memory(err) : status;
}

/* A word line that was read: its first two columns and its last are kept. */
static void rewrite_word(dl_json_out *out, const dl_text *text, uint32_t token, dl_str line)
{
    dl_str rest = line, column = {0};
    for (int i = 0; dl_str_next(&rest, '\t', &column); i++)
        if (i < 2) put_cell(out, column);
        else if (i == 2) put_analysis(out, text, token, text->sentences[text->tokens[token].sentence].first);
    put(out, column);
    put_text(out, "\n");
}

dl_status dl_conllu_rewrite(dl_json_out *out, dl_str conllu, const dl_text *text, dl_error *err)
{
    dl_str rest = conllu, line;
    uint32_t token = 0;
    while (dl_str_next(&rest, '\n', &line)) {
        if (!rest.ptr && line.len == 0) break; /* after the last newline */
        dl_str id = dl_str_slice(line, 0, line.len), numbers = line;
        if (!dl_str_next(&numbers, '\t', &id)) id = line;
        int64_t number;
        if (dl_str_number(id, &number) && token < text->token_count) rewrite_word(out, text, token++, line);
        else if (line.len == 0 || line.ptr[0] == '#' || dl_str_find(id, DL_STR("."), 0) == SIZE_MAX) {
            put(out, line);
            put_text(out, "\n");
        }
    }
    return out->failed ? dl_fail_memory(err) : DL_OK;
}
