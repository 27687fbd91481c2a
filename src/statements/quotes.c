/* quotes.c - passages between quotation marks.
 *
 * Marks are read paragraph by paragraph. A passage whose closing mark is missing ends with its paragraph;
 * when the next paragraph opens with a mark it goes on there (the custom for long quotes). Straight marks
 * open or close by the spaces beside them. */
#include "base/error.h"
#include "statements/work.h"

typedef enum mark {
    MARK_NONE,
    MARK_OPEN,
    MARK_CLOSE,
    MARK_EITHER,
    MARK_OPEN_SINGLE,
    MARK_CLOSE_SINGLE,
    MARK_EITHER_SINGLE
} mark;

static mark mark_at(const dl_text *text, uint32_t token)
{
    static const struct {
        const char *bytes;
        mark kind;
    } marks[] = {{"\"", MARK_EITHER},
                 {"\xE2\x80\x9C", MARK_OPEN},
                 {"\xE2\x80\x9D", MARK_CLOSE},
                 {"\xE2\x80\x9E", MARK_OPEN},
                 {"\xC2\xAB", MARK_OPEN},
                 {"\xC2\xBB", MARK_CLOSE},
                 {"''", MARK_EITHER},
                 {"``", MARK_OPEN},
                 {"\xE2\x80\x98", MARK_OPEN_SINGLE},
                 {"\xE2\x80\x99", MARK_CLOSE_SINGLE},
                 {"'", MARK_EITHER_SINGLE}};
    dl_str word = dl_span_str(text->text, text->tokens[token].span);
    if (!word.len || word.len > 3) return MARK_NONE;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (dl_str_is(word, marks[i].bytes)) return marks[i].kind;
    return MARK_NONE;
}

bool statements_is_mark(const dl_text *text, uint32_t token)
{
    return mark_at(text, token) != MARK_NONE;
}

static bool space_before(const dl_text *text, uint32_t token, uint32_t block_first)
{
    return token == block_first || text->tokens[token - 1].flags & DL_TOKEN_SPACE_AFTER;
}

static bool space_after(const dl_text *text, uint32_t token)
{
    return text->tokens[token].flags & DL_TOKEN_SPACE_AFTER;
}

/* Straight marks by their spaces; `inside` decides where those don't. */
static mark settle(const dl_text *text, uint32_t token, uint32_t block_first, bool inside)
{
    mark found = mark_at(text, token);
    bool before = space_before(text, token, block_first), after = space_after(text, token),
         single = found == MARK_EITHER_SINGLE;
    if (found == MARK_CLOSE && !inside && before && !after)
        return MARK_OPEN; /* a closing mark put where one opens */
    if (found != MARK_EITHER && found != MARK_EITHER_SINGLE) return found;
    bool ended = inside && token > block_first && text->tokens[token - 1].upos == DL_PUNCT &&
                 !statements_is(text, token - 1, ",");
    if (ended && before && !single)
        return MARK_CLOSE; /* '... the edge. "He' with its space on the wrong side */
    bool opens = before != after ? before : !inside;
    if (opens) return single ? MARK_OPEN_SINGLE : MARK_OPEN;
    return single ? MARK_CLOSE_SINGLE : MARK_CLOSE;
}

/* A quotation opened by a curly mark is not closed by a straight one: that belongs to a quotation within. */
static bool closes(const dl_text *text, uint32_t open, uint32_t close)
{
    return (mark_at(text, open) == MARK_EITHER) == (mark_at(text, close) == MARK_EITHER);
}

static quote *add(statements_work *work, uint32_t first, uint32_t last, bool closed, bool single)
{
    quote *item = DL_VEC_PUSH(work->arena, &work->quotes);
    if (!item) return NULL;
    *item = (quote){.first = first, .last = last, .closed = closed, .single = single, .statement = DL_NONE};
    for (uint32_t i = first; i <= last; i++)
        work->quote_of[i] = (uint32_t)work->quotes.count - 1;
    return item;
}

/* Where a single mark at `open` is closed: a mark with a space or punctuation after it and two words or more
 * before. */
static uint32_t single_close(const dl_text *text, uint32_t open, uint32_t end)
{
    for (uint32_t i = open + 1; i < end && i < open + MAX_LOOK; i++) {
        mark found = settle(text, i, open, true);
        if (found == MARK_OPEN || found == MARK_CLOSE) return DL_NONE;
        if (found == MARK_CLOSE_SINGLE && i > open + 2 &&
            (i + 1 == end || space_after(text, i) || text->tokens[i + 1].upos == DL_PUNCT))
            return i;
    }
    return DL_NONE;
}

static bool read_block(statements_work *work, uint32_t first, uint32_t end, bool *left_open)
{
    const dl_text *text = work->text;
    uint32_t open = DL_NONE;
    bool was_open = *left_open;
    *left_open = false;
    for (uint32_t i = first; i < end; i++) {
        mark found = settle(text, i, first, open != DL_NONE);
        if (found == MARK_OPEN && open == DL_NONE) {
            open = i;
        } else if (found == MARK_CLOSE && open != DL_NONE && closes(text, open, i)) {
            quote *item = add(work, open, i, true, false);
            if (!item) return false;
            item->continues = was_open && open == first;
            open = DL_NONE;
        } else if (found == MARK_OPEN_SINGLE && open == DL_NONE) {
            uint32_t close = single_close(text, i, end);
            if (close == DL_NONE) continue;
            if (!add(work, i, close, true, true)) return false;
            i = close;
        }
    }
    if (open == DL_NONE) return true;
    quote *item = add(work, open, end - 1, false, false);
    if (!item) return false;
    item->continues = was_open && open == first;
    *left_open = true;
    return true;
}

dl_status statements_quotes_find(statements_work *work, dl_error *err)
{
    const dl_text *text = work->text;
    work->quote_of = DL_NEW_ARRAY(work->arena, uint32_t, text->token_count + 1);
    if (!work->quote_of) return dl_fail_memory(err);
    for (size_t i = 0; i < text->token_count; i++)
        work->quote_of[i] = DL_NONE;
    bool left_open = false;
    for (size_t s = 0; s < text->sentence_count;) {
        size_t next = s + 1;
        while (next < text->sentence_count && text->sentences[next].block == text->sentences[s].block)
            next++;
        uint32_t first = text->sentences[s].first,
                 end = text->sentences[next - 1].first + text->sentences[next - 1].count;
        if (!read_block(work, first, end, &left_open)) return dl_fail_memory(err);
        s = next;
    }
    return DL_OK;
}
