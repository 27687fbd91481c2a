/* loose.c - quotations without a cue of their own, speakers before a colon.
 *
 * A quotation goes on with the statement before it when it follows in the same paragraph ("..." said X.
 * "..."), when the paragraph before left its quotation open, or when a cue before it ends in a colon. A
 * paragraph that is one quotation is the last speaker's. Short quotations inside a sentence are somebody's
 * words only where a cue says so, or what fragment.c asks for. */
#include "base/error.h"
#include "statements/speaker.h"
#include "statements/work.h"

static uint32_t words_in(const dl_text *text, const quote *q)
{
    uint32_t words = 0;
    for (uint32_t t = q->first; t <= q->last && words < 64; t++)
        words += dl_ascii_alpha((unsigned char)text->text.ptr[text->tokens[t].span.start]) ||
                 (unsigned char)text->text.ptr[text->tokens[t].span.start] >= 0x80;
    return words;
}

/* A quotation that stands for itself: it begins a sentence and is longer than a phrase. */
static bool is_saying(const statements_work *work, const quote *q)
{
    const dl_text *text = work->text;
    uint32_t first = statements_first(text, text->tokens[q->first].sentence);
    bool begins = q->first <= first + 1 || q->first == first;
    return begins && words_in(text, q) >= 3;
}

static bool fills_its_sentence(const statements_work *work, const quote *q)
{
    const dl_text *text = work->text;
    uint32_t end = statements_end(text, text->tokens[q->last].sentence);
    return q->last + 2 >= end;
}

/* Where a cue before the quotation ended its sentence with a colon and has nothing else: "He continued:". */
static bool after_colon(const statements_work *work, const quote *q)
{
    return q->first > 0 && statements_is(work->text, q->first - 1, ":");
}

typedef struct last_said {
    uint32_t draft;      /* the statement quoted or told last, DL_NONE */
    uint32_t block, end; /* of its last content or cue token */
} last_said;

static uint32_t draft_end(const draft *item)
{
    uint32_t end = item->cue.first == DL_NONE ? 0 : item->cue.last;
    for (uint32_t i = 0; i < item->content_count; i++)
        if (item->content[i].last > end) end = item->content[i].last;
    return end;
}

static bool continue_last(statements_work *work, uint32_t index, uint32_t draft_index)
{
    quote *q = &work->quotes.items[index];
    draft *item = &work->drafts.items[draft_index];
    if (item->content_count == MAX_RANGES) return false;
    q->statement = draft_index;
    return statements_add_content(work, item, q->first, q->last);
}

static bool new_from_last(statements_work *work, uint32_t index, uint32_t last)
{
    const quote *q = &work->quotes.items[index];
    dl_token_range speaker =
        last == DL_NONE ? (dl_token_range){DL_NONE, DL_NONE} : work->drafts.items[last].speaker;
    uint32_t head = last == DL_NONE ? DL_NONE : work->drafts.items[last].speaker_head;
    draft *item = statements_new(work, DL_NONE, "quotation alone");
    if (!item) return false;
    item->said = true;
    item->confidence = last == DL_NONE ? 0.3F : 0.5F;
    item->speaker = speaker;
    item->speaker_head = head;
    statements_add_content(work, item, q->first, q->last);
    work->quotes.items[index].statement = (uint32_t)work->drafts.count - 1;
    if (!item->content_count) work->drafts.count--;
    return true;
}

static bool is_dash(const dl_text *text, uint32_t token)
{
    static const char *const dashes[] = {"-", "--", "\xE2\x80\x95", "\xE2\x80\x94", "\xE2\x80\x93", NULL};
    return statements_is_any(dl_span_str(text->text, text->tokens[token].span), dashes);
}

/* "..." - Ann Lee: a name behind a dash signs the quotation. 1 done, 0 not so, -1 out of memory. */
static int read_signature(statements_work *work, uint32_t index)
{
    const dl_text *text = work->text;
    quote *q = &work->quotes.items[index];
    uint32_t dash = q->last + 1, end = dash + 1;
    if (!q->closed || dash + 1 >= text->token_count || !is_dash(text, dash) ||
        statements_block_of(text, dash) != statements_block_of(text, q->first))
        return 0;
    while (end < text->token_count && end < dash + 7 &&
           text->tokens[end].sentence == text->tokens[dash + 1].sentence &&
           (text->tokens[end].upos == DL_PROPN || text->tokens[end].name))
        end++;
    bool alone =
        end == text->token_count || text->tokens[end].upos == DL_PUNCT ||
        text->tokens[end].sentence != text->tokens[end - 1].sentence ||
        dl_str_find(dl_str_slice(text->text, text->tokens[end - 1].span.end, text->tokens[end].span.start),
                    DL_STR("\n"), 0) != SIZE_MAX;
    if (end == dash + 1 || !alone) return 0;
    draft *item = statements_new(work, dash, "signed quotation");
    if (!item) return -1;
    item->said = true;
    item->speaker = (dl_token_range){dash + 1, end - 1};
    item->speaker_head = dash + 1;
    item->content[item->content_count++] = (dl_token_range){q->first, q->last};
    q->statement = (uint32_t)work->drafts.count - 1;
    return 1;
}

/* The draft that a quotation's own paragraph or the one before it ends with, by position. */
static bool place_quote(statements_work *work, uint32_t index, uint32_t last)
{
    const dl_text *text = work->text;
    quote *q = &work->quotes.items[index];
    int signature = read_signature(work, index);
    if (signature) return signature > 0;
    if (q->continues && index > 0 && work->quotes.items[index - 1].statement != DL_NONE &&
        continue_last(work, index, work->quotes.items[index - 1].statement))
        return true;
    if (!is_saying(work, q) && !after_colon(work, q)) return statements_take_fragment(work, index);
    bool near = last != DL_NONE && work->drafts.items[last].said &&
                draft_end(&work->drafts.items[last]) < q->first &&
                statements_block_of(text, draft_end(&work->drafts.items[last])) ==
                    statements_block_of(text, q->first);
    if (near && fills_its_sentence(work, q)) return continue_last(work, index, last) || true;
    if (!fills_its_sentence(work, q) || q->single) return true;
    return new_from_last(work, index, last);
}

/* ---- "NAME: ..." ---- */

static uint32_t speaker_colon(const statements_work *work, uint32_t first, uint32_t end)
{
    const dl_text *text = work->text;
    uint32_t at = first;
    if (at < end && statements_is_mark(text, at)) at++;
    for (uint32_t t = at; t < end && t < at + 6; t++) {
        if (statements_is(text, t, ":")) return t > at ? t : DL_NONE;
        dl_str word = dl_span_str(text->text, text->tokens[t].span);
        bool upper = word.len && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z';
        if (!upper && !statements_is(text, t, ".") && (unsigned char)word.ptr[0] < 0x80) return DL_NONE;
    }
    return DL_NONE;
}

static bool is_speaker_name(const statements_work *work, uint32_t first, uint32_t colon)
{
    const dl_text *text = work->text;
    bool capitals = true;
    for (uint32_t t = first; t < colon; t++) {
        dl_str word = dl_span_str(text->text, text->tokens[t].span);
        for (size_t i = 0; i < word.len; i++)
            if (word.ptr[i] >= 'a' && word.ptr[i] <= 'z') capitals = false;
    }
    uint32_t last = colon - 1;
    return (capitals && colon - first <= 3 && text->tokens[last].upos != DL_NUM) ||
           (text->tokens[last].name == DL_NAME_PERSON && colon - first <= 4);
}

static bool read_interview(statements_work *work, uint32_t sentence, uint32_t block_end)
{
    const dl_text *text = work->text;
    uint32_t first = statements_first(text, sentence);
    if (sentence > 0 && text->sentences[sentence - 1].block == text->sentences[sentence].block) return true;
    uint32_t colon = speaker_colon(work, first, statements_end(text, sentence));
    if (colon == DL_NONE || colon + 2 >= block_end) return true;
    if (statements_is_mark(text, first)) first++;
    if (!is_speaker_name(work, first, colon)) return true;
    draft *item = statements_new(work, colon, "speaker and colon");
    if (!item) return false;
    item->said = true;
    item->speaker = (dl_token_range){first, colon - 1};
    item->speaker_head = colon - 1;
    item->cue_token = colon;
    item->content[0] = (dl_token_range){colon + 1, block_end - 1};
    item->content_count = 1;
    statements_take_quotes(work, (uint32_t)work->drafts.count - 1);
    return true;
}

static bool read_interviews(statements_work *work)
{
    const dl_text *text = work->text;
    for (uint32_t s = 0; s < text->sentence_count;) {
        uint32_t next = s + 1;
        while (next < text->sentence_count && text->sentences[next].block == text->sentences[s].block)
            next++;
        uint32_t end = text->sentences[next - 1].first + text->sentences[next - 1].count;
        if (!read_interview(work, s, end)) return false;
        s = next;
    }
    return true;
}

/* Drafts by the place of their cue, so that quotes and drafts can be walked together. */
static bool order_by_cue(const statements_work *work, uint32_t **out)
{
    size_t count = work->drafts.count;
    uint32_t *at_token = DL_NEW_ARRAY(work->arena, uint32_t, work->text->token_count + 1);
    if (!at_token) return false;
    for (size_t i = 0; i < work->text->token_count; i++)
        at_token[i] = DL_NONE;
    for (uint32_t i = 0; i < count; i++) {
        const draft *item = &work->drafts.items[i];
        uint32_t token = item->cue_token == DL_NONE ? item->content[0].first : item->cue_token;
        if (item->said && !item->dropped && item->speaker.first != DL_NONE) at_token[token] = i;
    }
    *out = at_token;
    return true;
}

dl_status statements_loose_find(statements_work *work, dl_error *err)
{
    uint32_t *at_token;
    if (!read_interviews(work) || !order_by_cue(work, &at_token)) return dl_fail_memory(err);
    uint32_t last = DL_NONE;
    size_t next = 0;
    for (uint32_t token = 0; token < work->text->token_count; token++) {
        if (next < work->quotes.count && work->quotes.items[next].first == token) {
            if (work->quotes.items[next].statement == DL_NONE && !place_quote(work, (uint32_t)next, last))
                return dl_fail_memory(err);
            next++;
        }
        if (at_token[token] != DL_NONE && work->quote_of[token] == DL_NONE) last = at_token[token];
    }
    return DL_OK;
}
