/* cues.c - words of the lists of the talks room found in the text. */
#include "base/str.h"
#include "talks/data.h"
#include "text/match.h"

size_t talks_cue_at(const talks_reader *r, size_t token, const char *kind)
{
    dl_rows rows;
    size_t count = dl_match_longest(r->data->cues, r->text, token, true, &rows);
    for (uint32_t i = 0; count && i < rows.count; i++)
        if (dl_str_is(dl_table_cell(r->data->cues, rows.first + i, r->data->kind), kind)) return count;
    return 0;
}

uint32_t talks_cue_in(const talks_reader *r, uint32_t from, uint32_t to, const char *kind)
{
    for (uint32_t t = from; t < to; t++)
        if (talks_cue_at(r, t, kind)) return t;
    return DL_NONE;
}

bool talks_is(const talks_reader *r, size_t token, const char *norm)
{
    return token < r->text->token_count && dl_str_is(r->text->tokens[token].norm, norm);
}

uint32_t talks_sentence_end(const talks_reader *r, uint32_t sentence)
{
    return r->text->sentences[sentence].first + r->text->sentences[sentence].count;
}

bool talks_is_coming(const talks_reader *r, uint32_t sentence)
{
    return talks_cue_in(r, r->text->sentences[sentence].first, talks_sentence_end(r, sentence), "coming") != DL_NONE;
}
