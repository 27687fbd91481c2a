/* flat.c - statements where there is no tree: a verb of saying and the quotation or clause beside it, by
 * position alone. */
#include "base/error.h"
#include "statements/work.h"

enum { SPEAKER_REACH = 12 };

static bool stops_speaker(const dl_text *text, uint32_t token)
{
    return statements_is(text, token, ",") || statements_is(text, token, ";") ||
           statements_is(text, token, ":") || statements_is(text, token, ".") ||
           statements_is_mark(text, token);
}

/* "said X, ..." or "X said": the words on the side that has them. */
static dl_token_range speaker_beside(const dl_text *text, uint32_t verb, uint32_t first, uint32_t end)
{
    uint32_t left = verb, right = verb;
    while (left > first && verb - left < SPEAKER_REACH && !stops_speaker(text, left - 1))
        left--;
    if (left < verb) return (dl_token_range){left, verb - 1};
    while (right + 1 < end && right - verb < SPEAKER_REACH && !stops_speaker(text, right + 1))
        right++;
    return right > verb ? (dl_token_range){verb + 1, right} : (dl_token_range){DL_NONE, DL_NONE};
}

static void add_sides(statements_work *work, draft *item, uint32_t verb, uint32_t first, uint32_t end)
{
    const dl_text *text = work->text;
    uint32_t left = verb, right = verb;
    if (item->speaker.first != DL_NONE) {
        left = item->speaker.first < left ? item->speaker.first : left;
        right = item->speaker.last > right ? item->speaker.last : right;
    }
    bool inserted =
        left > first && (statements_is(text, left - 1, ",") || statements_is_mark(text, left - 1));
    if (inserted) statements_add_content(work, item, first, left - 1);
    uint32_t that = right + 1;
    while (that < end && that < right + 8 && !statements_is(text, that, "that") &&
           !statements_is(text, that, ",") && !statements_is_mark(text, that))
        that++;
    bool has_that = that < end && (statements_is(text, that, "that") || statements_is_mark(text, that));
    if (!inserted || (right + 1 < end && statements_is(text, right + 1, ",")))
        statements_add_content(work, item, has_that ? that : right + 1, end - 1);
}

static bool read_verb(statements_work *work, uint32_t verb)
{
    const dl_text *text = work->text;
    uint32_t sentence = text->tokens[verb].sentence, first = statements_first(text, sentence),
             end = statements_end(text, sentence);
    draft *item = statements_new(work, verb, "verb, no tree");
    if (!item) return false;
    item->confidence = 0.4F;
    item->said = true;
    item->speaker = speaker_beside(text, verb, first, end);
    item->speaker_head = item->speaker.first == DL_NONE ? DL_NONE : item->speaker.last;
    item->clause = (dl_token_range){item->speaker.first < verb ? item->speaker.first : verb, verb};
    add_sides(work, item, verb, first, end);
    if (!item->content_count)
        work->drafts.count--;
    else
        statements_take_quotes(work, (uint32_t)work->drafts.count - 1);
    return true;
}

dl_status statements_flat_find(statements_work *work, dl_error *err)
{
    for (uint32_t i = 0; i < work->text->token_count; i++)
        if (work->quote_of[i] == DL_NONE &&
            statements_word_is(work->data, statements_norm(work->text, i), WORD_REPORT) &&
            !read_verb(work, i))
            return dl_fail_memory(err);
    return DL_OK;
}
