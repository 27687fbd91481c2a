/* conllu_out.c - writing trees as CoNLL-U. */
#include <stdio.h>

#include "base/error.h"
#include "base/str.h"
#include "base/utf8.h"
#include "syntax/conllu.h"

typedef struct writer {
    dl_arena *arena;
    DL_VEC(char) bytes;
    bool failed;
} writer;

static void put(writer *w, dl_str str)
{
    while (!w->failed && w->bytes.capacity - w->bytes.count < str.len) {
        char *grown = dl_arena_grow(w->arena, w->bytes.items, &w->bytes.capacity, 1);
        if (grown) w->bytes.items = grown;
        else w->failed = true;
    }
    if (w->failed || str.len == 0) return;
    memcpy(w->bytes.items + w->bytes.count, str.ptr, str.len);
    w->bytes.count += str.len;
}

static void put_text(writer *w, const char *text)
{
    put(w, dl_str_of(text));
}

static void put_number(writer *w, uint32_t number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number);
    put_text(w, digits);
}

/* A column, or "_" where there is nothing; white space that would break the line becomes a space. */
static void put_column(writer *w, dl_str value)
{
    if (value.len == 0) {
        put_text(w, "_");
        return;
    }
    for (size_t start = 0, i = 0; i <= value.len; i++) {
        if (i < value.len && (unsigned char)value.ptr[i] >= ' ') continue;
        put(w, dl_str_slice(value, start, i));
        if (i < value.len) put_text(w, " ");
        start = i + 1;
    }
}

static void put_cell(writer *w, dl_str value)
{
    put_column(w, value);
    put_text(w, "\t");
}

/* UPOS to DEPS, after FORM. */
static void put_analysis(writer *w, const dl_text *text, uint32_t token, uint32_t first)
{
    const dl_token *t = &text->tokens[token];
    put_cell(w, t->lemma);
    put_cell(w, dl_str_of(dl_upos_name((dl_upos)t->upos)));
    put_cell(w, (dl_str){0});
    put_cell(w, t->feats);
    if (t->deprel) put_number(w, t->head == DL_NONE ? 0 : t->head - first + 1);
    put_text(w, t->deprel ? "\t" : "_\t"); /* a text that was only tagged has no trees */
    put_cell(w, dl_str_of(dl_deprel_name((dl_deprel)t->deprel)));
    put_cell(w, (dl_str){0});
}

static void put_misc(writer *w, const dl_text *text, const dl_codepoints *index, uint32_t token, bool joined)
{
    const dl_token *t = &text->tokens[token];
    put_text(w, "Span=");
    put_number(w, dl_codepoints_at(index, t->span.start));
    put_text(w, ":");
    put_number(w, dl_codepoints_at(index, t->span.end));
    if (t->name) {
        put_text(w, t->flags & DL_TOKEN_NAME_BEGIN ? "|Name=B-" : "|Name=I-");
        put_text(w, dl_name_type_name((dl_name_type)t->name));
    }
    if (!joined && !(t->flags & DL_TOKEN_SPACE_AFTER)) put_text(w, "|SpaceAfter=No");
    put_text(w, "\n");
}

/* Words from `token` on that were written as one. */
static uint32_t joined_end(const dl_text *text, uint32_t token, uint32_t end)
{
    uint32_t last = token + 1;
    while (last < end && text->tokens[last].flags & DL_TOKEN_JOINED) last++;
    return last;
}

static void put_range(writer *w, const dl_text *text, uint32_t token, uint32_t last, uint32_t first)
{
    dl_span span = {text->tokens[token].span.start, text->tokens[last - 1].span.end};
    put_number(w, token - first + 1);
    put_text(w, "-");
    put_number(w, last - first);
    put_text(w, "\t");
    put_cell(w, dl_span_str(text->text, span));
    put_text(w, "_\t_\t_\t_\t_\t_\t_\t");
    put_text(w, text->tokens[last - 1].flags & DL_TOKEN_SPACE_AFTER ? "_\n" : "SpaceAfter=No\n");
}

static void put_sentence(writer *w, const dl_text *text, const dl_codepoints *index, size_t number)
{
    const dl_sentence *s = &text->sentences[number];
    put_text(w, "# sent_id = ");
    put_number(w, (uint32_t)number + 1);
    put_text(w, "\n# text = ");
    put_column(w, dl_span_str(text->text, s->span));
    put_text(w, "\n");
    uint32_t end = s->first + s->count, joined = s->first;
    for (uint32_t i = s->first; i < end; i++) {
        uint32_t last = joined_end(text, i, end);
        if (i >= joined && last > i + 1) {
            put_range(w, text, i, last, s->first);
            joined = last;
        }
        put_number(w, i - s->first + 1);
        put_text(w, "\t");
        put_cell(w, dl_span_str(text->text, text->tokens[i].span));
        put_analysis(w, text, i, s->first);
        put_misc(w, text, index, i, i < joined);
    }
    put_text(w, "\n");
}

dl_status dl_conllu_write(dl_str *out, dl_arena *arena, const dl_text *text, dl_error *err)
{
    writer w = {.arena = arena};
    dl_codepoints index;
    dl_status status = dl_codepoints_build(&index, arena, text->text, err);
    if (status != DL_OK) return status;
    for (size_t i = 0; i < text->sentence_count; i++) put_sentence(&w, text, &index, i);
    if (w.failed) return dl_fail_memory(err);
    *out = (dl_str){w.bytes.items, w.bytes.count};
    return DL_OK;
}

/* A word line that was read: its first two columns and its last are kept. */
static void rewrite_word(writer *w, const dl_text *text, uint32_t token, dl_str line)
{
    dl_str rest = line, column = {0};
    for (int i = 0; dl_str_next(&rest, '\t', &column); i++)
        if (i < 2) put_cell(w, column);
        else if (i == 2) put_analysis(w, text, token, text->sentences[text->tokens[token].sentence].first);
    put(w, column);
    put_text(w, "\n");
}

dl_status dl_conllu_rewrite(dl_str *out, dl_arena *arena, dl_str conllu, const dl_text *text, dl_error *err)
{
    writer w = {.arena = arena};
    dl_str rest = conllu, line;
    uint32_t token = 0;
    while (dl_str_next(&rest, '\n', &line)) {
        if (!rest.ptr && line.len == 0) break; /* after the last newline */
        dl_str id = dl_str_slice(line, 0, line.len), numbers = line;
        if (!dl_str_next(&numbers, '\t', &id)) id = line;
        int64_t number;
        if (dl_str_number(id, &number) && token < text->token_count) rewrite_word(&w, text, token++, line);
        else if (line.len == 0 || line.ptr[0] == '#' || dl_str_find(id, DL_STR("."), 0) == SIZE_MAX) {
            put(&w, line);
            put_text(&w, "\n");
        }
    }
    if (w.failed) return dl_fail_memory(err);
    *out = (dl_str){w.bytes.items, w.bytes.count};
    return DL_OK;
}
