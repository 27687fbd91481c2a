/* draft.c - putting a statement together: content ranges without their edges, widened to whole quotes. */
#include "statements/work.h"

bool statements_is_any(dl_str word, const char *const *list)
{
    for (; *list; list++)
        if (dl_str_is(word, *list)) return true;
    return false;
}

uint32_t statements_block_of(const dl_text *text, uint32_t token)
{
    return text->sentences[text->tokens[token].sentence].block;
}

uint32_t statements_first(const dl_text *text, uint32_t sentence)
{
    return text->sentences[sentence].first;
}

uint32_t statements_end(const dl_text *text, uint32_t sentence)
{
    return text->sentences[sentence].first + text->sentences[sentence].count;
}

bool statements_in_time(const statements_work *work, uint32_t token)
{
    size_t low = 0, high = work->times ? work->times->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (work->times->items[middle].first + work->times->items[middle].count <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return work->times && low < work->times->count && work->times->items[low].first <= token;
}

draft *statements_new(statements_work *work, uint32_t cue_token, const char *why)
{
    draft *item = DL_VEC_PUSH(work->arena, &work->drafts);
    if (!item) return NULL;
    dl_token_range none = {DL_NONE, DL_NONE};
    item->cue = cue_token == DL_NONE ? none : (dl_token_range){cue_token, cue_token};
    item->speaker = none;
    item->clause = item->cue;
    item->cue_token = cue_token;
    item->speaker_head = DL_NONE;
    item->why = why;
    item->confidence = 0.7F;
    item->dropped = false;
    item->heard_cue = item->heard_content = -1;
    return item;
}

static bool is_edge(const dl_text *text, uint32_t token, bool at_end)
{
    static const char *const edges[] = {",", ";", ":", ".", "-", "--", "(", NULL};
    dl_str word = statements_norm(text, token);
    return statements_is_any(word, edges) || (!at_end && dl_str_is(word, ")"));
}

dl_token_range statements_trim(const dl_text *text, uint32_t first, uint32_t last)
{
    while (first <= last && last != DL_NONE && is_edge(text, first, false))
        first++;
    while (last != DL_NONE && last > first && is_edge(text, last, true))
        last--;
    if (first > last ||
        (first == last && text->tokens[first].upos == DL_PUNCT && !statements_is_mark(text, first)))
        return (dl_token_range){DL_NONE, DL_NONE};
    return (dl_token_range){first, last};
}

/* A quote that begins or ends outside the range is taken whole, unless the cue is itself inside it. */
static void widen(const statements_work *work, const draft *item, dl_token_range *range)
{
    uint32_t cue_quote = item->cue_token == DL_NONE ? DL_NONE : work->quote_of[item->cue_token];
    uint32_t left = work->quote_of[range->first], right = work->quote_of[range->last];
    if (left != DL_NONE && left != cue_quote) range->first = work->quotes.items[left].first;
    if (right != DL_NONE && right != cue_quote) range->last = work->quotes.items[right].last;
    const dl_text *text = work->text;
    if (range->first > 0 && work->quote_of[range->first - 1] != DL_NONE &&
        work->quote_of[range->first - 1] != cue_quote &&
        work->quotes.items[work->quote_of[range->first - 1]].first == range->first - 1)
        range->first--;
    if (range->last + 1 < text->token_count && work->quote_of[range->last + 1] != DL_NONE &&
        work->quotes.items[work->quote_of[range->last + 1]].last == range->last + 1)
        range->last++;
}

bool statements_add_content(statements_work *work, draft *item, uint32_t first, uint32_t last)
{
    if (first == DL_NONE || last == DL_NONE || first > last || item->content_count == MAX_RANGES)
        return false;
    dl_token_range range = statements_trim(work->text, first, last);
    if (range.first == DL_NONE) return false;
    widen(work, item, &range);
    for (uint32_t i = 0; i < item->content_count; i++) /* the same quote reached twice */
        if (item->content[i].first <= range.last && range.first <= item->content[i].last) {
            if (range.first < item->content[i].first) item->content[i].first = range.first;
            if (range.last > item->content[i].last) item->content[i].last = range.last;
            return true;
        }
    item->content[item->content_count++] = range;
    return true;
}

/* First quotation that ends at or behind `token`. */
static size_t quote_from(const statements_work *work, uint32_t token)
{
    size_t low = 0, high = work->quotes.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (work->quotes.items[middle].last < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void statements_take_quotes(statements_work *work, uint32_t draft_index)
{
    enum { QUOTES = 64 };
    const draft *item = &work->drafts.items[draft_index];
    for (uint32_t r = 0; r < item->content_count; r++) {
        size_t first = quote_from(work, item->content[r].first);
        for (size_t q = first; q < work->quotes.count && q < first + QUOTES &&
                               work->quotes.items[q].first <= item->content[r].last;
             q++)
            if (work->quotes.items[q].statement == DL_NONE) work->quotes.items[q].statement = draft_index;
    }
}
