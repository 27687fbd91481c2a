/* meet.c - where rules and the language model meet in this room.
 *
 * The model has two heads for statements: `saying` marks cues and speakers, `content` marks words that are
 * somebody's saying. The rules draw the edges; the model weighs what a verb means here. In this order:
 *  1. each statement of the rules is measured: how sure the model is of the cue and of the content's words;
 *  2. what it has no notion of goes ("seeking aid", "agreed to a truce"), and so does a verb within
 * somebody's content that it does not take for a cue; a cue that it is sure of, beside a content that it
 * takes for the writer's words, is read again by its marks alone;
 *  3. a content grows by words that it takes for said, shrinks by those that it knows to be the writer's, and
 *     a speaker whom it does not know gives way to one that it marks;
 *  4. cues that only the model sees are read with the content and speaker that it marks beside them. */
#include "base/error.h"
#include "statements/speaker.h"
#include "statements/work.h"
#include "syntax/signals.h"

/* Chosen on the articles, items and a quarter of the PolNeAR documents of the dev halves, in steps of 0.1. */
#define HALF         0.5F
#define SURE         0.6F
#define DOUBT        0.6F  /* cue and content together below it: dropped */
#define DOUBT_NESTED 0.15F /* the cue within somebody's content */
#define NOT_SAID     0.1F  /* a word of the content: the writer's */
#define NO_CONTENT   0.2F  /* the mean of a content: read again */
#define NO_SPEAKER   0.2F  /* a speaker's head */

enum { NEIGHBOURS = 32 }; /* cues of a sentence that are looked at */

typedef struct meeting {
    statements_work *work;
    const dl_signal *saying, *content;
    int cue[2], speaker[2], said[2]; /* labels B- and I- */
    uint32_t *by_cue;                /* drafts in order of their cues */
    size_t count;
} meeting;

static bool listen(statements_work *work, meeting *out)
{
    const dl_text *text = work->text;
    *out = (meeting){
        .work = work, .saying = dl_signal_find(text, "saying"), .content = dl_signal_find(text, "content")};
    if (!out->saying || !out->content) return false;
    static const char *const names[] = {"B-CUE", "I-CUE", "B-SPEAKER", "I-SPEAKER"};
    for (int i = 0; i < 2; i++) {
        out->cue[i] = dl_signal_label(out->saying, names[i]);
        out->speaker[i] = dl_signal_label(out->saying, names[2 + i]);
    }
    out->said[0] = dl_signal_label(out->content, "B-CONTENT");
    out->said[1] = dl_signal_label(out->content, "I-CONTENT");
    return out->cue[0] >= 0 && out->said[0] >= 0;
}

static float heard(const dl_signal *signal, uint32_t token, const int labels[2])
{
    return dl_signal_probability(signal, token, labels[0]) + dl_signal_probability(signal, token, labels[1]);
}

static void measure(const meeting *m, draft *item)
{
    const statements_work *work = m->work;
    float cue = 0, content = 0;
    uint32_t words = 0;
    for (uint32_t t = item->cue.first; item->cue.first != DL_NONE && t <= item->cue.last; t++) {
        float p = heard(m->saying, t, m->cue);
        if (p > cue) cue = p;
    }
    for (uint32_t i = 0; i < item->content_count; i++)
        for (uint32_t t = item->content[i].first; t <= item->content[i].last && words < MAX_LOOK; t++) {
            if (work->text->tokens[t].upos == DL_PUNCT) continue;
            content += heard(m->content, t, m->said);
            words++;
        }
    item->heard_cue = cue;
    item->heard_content = words ? content / (float)words : 0;
}

/* ---- 2. what goes ---- */

static bool overlaps(dl_token_range range, uint32_t first, uint32_t last)
{
    return range.first != DL_NONE && range.first <= last && first <= range.last;
}

static bool is_content_of(const draft *item, uint32_t first, uint32_t last)
{
    for (uint32_t i = 0; i < item->content_count; i++)
        if (overlaps(item->content[i], first, last)) return true;
    return false;
}

/* Drafts whose cues stand in the tokens [first, end), as indices [from, to) of `by_cue`. */
static void near(const meeting *m, uint32_t first, uint32_t end, size_t *from, size_t *to)
{
    size_t low = 0, high = m->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->work->drafts.items[m->by_cue[middle]].cue_token < first)
            low = middle + 1;
        else
            high = middle;
    }
    *from = *to = low;
    while (*to < m->count && *to - low < NEIGHBOURS && m->work->drafts.items[m->by_cue[*to]].cue_token < end)
        ++*to;
}

/* Another draft of the cue's sentence that `holds` the tokens. */
static const draft *other_of_sentence(const meeting *m, const draft *item, uint32_t first, uint32_t last,
                                      bool (*holds)(const draft *, uint32_t, uint32_t))
{
    const dl_text *text = m->work->text;
    uint32_t sentence = text->tokens[item->cue_token].sentence;
    size_t from, to;
    near(m, statements_first(text, sentence), statements_end(text, sentence), &from, &to);
    for (; from < to; from++) {
        const draft *other = &m->work->drafts.items[m->by_cue[from]];
        if (other != item && !other->dropped && holds(other, first, last)) return other;
    }
    return NULL;
}

static bool is_doubted(const meeting *m, const draft *item)
{
    if (item->heard_cue + item->heard_content < DOUBT) return true;
    return item->heard_cue < DOUBT_NESTED &&
           other_of_sentence(m, item, item->cue_token, item->cue_token, is_content_of);
}

/* ---- 3. edges ---- */

static bool is_cue_or_speaker_of(const draft *item, uint32_t first, uint32_t last)
{
    return overlaps(item->cue, first, last) || overlaps(item->speaker, first, last);
}

static bool is_said(const meeting *m, uint32_t token, float sure)
{
    return m->work->text->tokens[token].upos == DL_PUNCT || heard(m->content, token, m->said) >= sure;
}

/* Words behind the rules' last one that the model takes for said. */
static bool lengthen(const meeting *m, const draft *item, dl_token_range *range, uint32_t end)
{
    const dl_text *text = m->work->text;
    uint32_t last = range->last, gained = 0;
    while (last + 1 < end && is_said(m, last + 1, SURE) && last - range->last < MAX_LOOK &&
           !other_of_sentence(m, item, last + 1, last + 1, is_cue_or_speaker_of)) {
        last++;
        gained += text->tokens[last].upos != DL_PUNCT;
    }
    while (last > range->last && text->tokens[last].upos == DL_PUNCT && !statements_is_mark(text, last))
        last--;
    if (gained < 2) return false;
    range->last = last;
    return true;
}

/* Words at the end that the model knows to be the writer's. */
static void shorten(const meeting *m, dl_token_range *range)
{
    const statements_work *work = m->work;
    uint32_t last = range->last, lost = 0;
    while (last > range->first &&
           (work->text->tokens[last].upos == DL_PUNCT || heard(m->content, last, m->said) < NOT_SAID)) {
        lost += work->text->tokens[last].upos != DL_PUNCT;
        last--;
    }
    bool quoted = work->quote_of[last] != DL_NONE || work->quote_of[range->last] != DL_NONE;
    if (lost >= 3 && last > range->first + 1 && !quoted) range->last = last;
}

static void mend_end(const meeting *m, draft *item)
{
    const dl_text *text = m->work->text;
    dl_token_range *range = &item->content[item->content_count - 1];
    uint32_t sentence = text->tokens[item->cue_token].sentence, end = statements_end(text, sentence);
    if (range->first < item->cue_token || text->tokens[range->last].sentence != sentence) return;
    if (item->said && lengthen(m, item, range, end)) return;
    shorten(m, range);
}

/* ---- 4. speakers, and what only the model hears ---- */

/* The span of speakers nearest to the cue in its sentence that no content holds. */
static bool speaker_near(const meeting *m, const draft *item, dl_signal_span *out)
{
    const dl_text *text = m->work->text;
    uint32_t sentence = text->tokens[item->cue_token].sentence, end = statements_end(text, sentence);
    uint32_t best = DL_NONE;
    dl_signal_span span;
    for (uint32_t t = statements_first(text, sentence); t < end; t = span.last + 1) {
        if (!dl_signal_next_span(text, m->saying, t, &span) || span.first >= end) break;
        if (!dl_str_is(span.type, "SPEAKER") || span.probability < SURE) continue;
        if (is_content_of(item, span.first, span.last) || overlaps(item->cue, span.first, span.last))
            continue;
        bool behind = span.first > item->cue_token;
        uint32_t gap = behind ? span.first - item->cue_token : item->cue_token - span.last;
        if (gap < best) {
            best = gap;
            *out = span;
        }
    }
    return best != DL_NONE;
}

static uint32_t head_of(const dl_text *text, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++) {
        const dl_token *t = &text->tokens[i];
        if (t->upos != DL_PUNCT && (t->head == DL_NONE || t->head < first || t->head > last)) return i;
    }
    return last;
}

static void take_speaker(const meeting *m, draft *item, const dl_signal_span *span)
{
    item->speaker = (dl_token_range){span->first, span->last};
    item->speaker_head = head_of(m->work->text, span->first, span->last);
}

static void mend_speaker(const meeting *m, draft *item)
{
    if (item->speaker_head != DL_NONE && heard(m->saying, item->speaker_head, m->speaker) > NO_SPEAKER)
        return;
    dl_signal_span span;
    if (!speaker_near(m, item, &span) ||
        other_of_sentence(m, item, span.last, span.last, is_cue_or_speaker_of))
        return;
    take_speaker(m, item, &span);
}

/* The run of said words nearest to the cue, behind or before it, that no other statement has. */
static void add_run(const meeting *m, draft *item, bool behind)
{
    const dl_text *text = m->work->text;
    uint32_t sentence = text->tokens[item->cue_token].sentence;
    uint32_t low = statements_first(text, sentence), high = statements_end(text, sentence);
    uint32_t room = behind ? high - item->cue.last - 1 : item->cue.first - low;
    dl_token_range run = {DL_NONE, DL_NONE};
    for (uint32_t step = 0; step < room && step < MAX_LOOK; step++) {
        uint32_t token = behind ? item->cue.last + 1 + step : item->cue.first - 1 - step;
        bool said = is_said(m, token, HALF) && !overlaps(item->speaker, token, token);
        if (run.first == DL_NONE && (!said || text->tokens[token].upos == DL_PUNCT)) continue;
        if (!said) break;
        if (run.first == DL_NONE) run = (dl_token_range){token, token};
        *(behind ? &run.last : &run.first) = token;
    }
    if (run.first == DL_NONE || run.last - run.first < 2) return;
    if (!other_of_sentence(m, item, run.first, run.last, is_content_of))
        statements_add_content(m->work, item, run.first, run.last);
}

static void read_as_heard(const meeting *m, draft *item)
{
    dl_signal_span span;
    item->speaker = (dl_token_range){DL_NONE, DL_NONE};
    item->speaker_head = DL_NONE;
    item->content_count = 0;
    if (speaker_near(m, item, &span)) take_speaker(m, item, &span);
    add_run(m, item, true);
    if (!item->content_count) add_run(m, item, false);
}

/* A cue that the model is sure of, whose content of the rules it takes for the writer's words, is read as
 * heard. */
static void read_again(const meeting *m, draft *item)
{
    draft other = *item;
    read_as_heard(m, &other);
    if (!other.content_count || other.speaker_head == DL_NONE) return;
    measure(m, &other);
    *item = other;
}

/* Has a statement, or was found to say nothing ("did not say who"). */
static bool is_known_cue(const meeting *m, const dl_signal_span *cue)
{
    for (uint32_t t = cue->first; m->work->unsaid && t <= cue->last; t++)
        if (m->work->unsaid[t]) return true;
    draft nobody = {.cue_token = cue->first};
    return other_of_sentence(m, &nobody, cue->first, cue->last, is_cue_or_speaker_of) != NULL;
}

static bool add_heard(const meeting *m, const dl_signal_span *cue)
{
    statements_work *work = m->work;
    draft *item = statements_new(work, head_of(work->text, cue->first, cue->last), "cue of the model");
    if (!item) return false;
    item->cue = item->clause = (dl_token_range){cue->first, cue->last};
    item->said = true;
    item->confidence = 0.5F;
    read_as_heard(m, item);
    if (!item->content_count) {
        work->drafts.count--;
        return true;
    }
    measure(m, item);
    return true;
}

static bool hear_cues(const meeting *m)
{
    const statements_work *work = m->work;
    dl_signal_span span;
    for (uint32_t t = 0; dl_signal_next_span(work->text, m->saying, t, &span); t = span.last + 1) {
        if (!dl_str_is(span.type, "CUE") || span.probability < HALF || is_known_cue(m, &span)) continue;
        uint32_t index = work->quote_of[span.first];
        if (index != DL_NONE && !work->quotes.items[index].single) continue; /* its speaker tells that */
        if (!add_heard(m, &span)) return false;
    }
    return true;
}

/* ---- the meeting ---- */

/* On dev data the share of right contents rises about so with what the model holds of cue and content. */
static float confidence(const draft *item)
{
    return 0.3F + 0.35F * (item->heard_cue + item->heard_content);
}

/* Drafts with a cue, in order of their cues. */
static bool order_by_cue(meeting *m)
{
    const statements_work *work = m->work;
    size_t tokens = work->text->token_count, drafts = work->drafts.count;
    uint32_t *first = DL_NEW_ARRAY(work->arena, uint32_t, tokens + 1);
    uint32_t *next = DL_NEW_ARRAY(work->arena, uint32_t, drafts + 1);
    m->by_cue = DL_NEW_ARRAY(work->arena, uint32_t, drafts + 1);
    if (!first || !next || !m->by_cue) return false;
    memset(first, 0xFF, (tokens + 1) * sizeof *first);
    for (size_t i = drafts; i-- > 0;) {
        uint32_t cue = work->drafts.items[i].cue_token;
        if (cue == DL_NONE) continue;
        next[i] = first[cue];
        first[cue] = (uint32_t)i;
    }
    m->count = 0;
    for (size_t t = 0; t < tokens; t++)
        for (uint32_t i = first[t]; i != DL_NONE; i = next[i])
            m->by_cue[m->count++] = i;
    return true;
}

static void weigh(const meeting *m)
{
    statements_work *work = m->work;
    for (size_t i = 0; i < m->count; i++)
        measure(m, &work->drafts.items[m->by_cue[i]]);
    for (size_t i = 0; i < m->count; i++) {
        draft *item = &work->drafts.items[m->by_cue[i]];
        if (item->heard_cue >= SURE && item->heard_content < NO_CONTENT) read_again(m, item);
        item->dropped = is_doubted(m, item);
    }
    for (size_t i = 0; i < m->count; i++) {
        draft *item = &work->drafts.items[m->by_cue[i]];
        if (item->dropped) continue;
        mend_end(m, item);
        mend_speaker(m, item);
    }
}

/* Quotations belong to the statements that are left. */
static void give_quotes(statements_work *work)
{
    for (size_t i = 0; i < work->quotes.count; i++)
        work->quotes.items[i].statement = DL_NONE;
    for (size_t i = 0; i < work->drafts.count; i++)
        if (!work->drafts.items[i].dropped) statements_take_quotes(work, (uint32_t)i);
}

dl_status statements_meet(statements_work *work, dl_error *err)
{
    meeting m;
    if (!listen(work, &m)) return DL_OK;
    if (!order_by_cue(&m)) return dl_fail_memory(err);
    weigh(&m);
    if (!hear_cues(&m)) return dl_fail_memory(err);
    for (size_t i = 0; i < work->drafts.count; i++)
        if (work->drafts.items[i].heard_cue >= 0)
            work->drafts.items[i].confidence = confidence(&work->drafts.items[i]);
    give_quotes(work);
    return DL_OK;
}
