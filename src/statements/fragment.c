/* fragment.c - a few quoted words inside somebody else's sentence, with no verb of saying: 'praised the crews as "a
 * brave force"', 'defended his "hard choice"'. They are the words of who does what the verb tells, if that can speak; the
 * content is the whole phrase. Single words in marks are more often the writer's distance than anybody's words. */
#include "statements/cue.h"
#include "statements/speaker.h"
#include "statements/work.h"

enum { CLIMB = 12, FEWEST_WORDS = 2 };

/* Two words at least that begin in lower case: no title of a book or name of a boat. */
static bool is_wording(const dl_text *text, const quote *q)
{
    uint32_t lower = 0;
    for (uint32_t t = q->first; t <= q->last && lower < FEWEST_WORDS; t++) {
        char c = text->text.ptr[text->tokens[t].span.start];
        lower += c >= 'a' && c <= 'z';
    }
    return lower >= FEWEST_WORDS;
}

/* The verb before the quotation that it depends on, and the head of the verb's phrase that holds it. */
static uint32_t verb_of(const statements_work *work, const quote *q, uint32_t *phrase)
{
    const dl_text *text = work->text;
    *phrase = q->first;
    for (int step = 0; step < CLIMB; step++) {
        uint32_t head = text->tokens[*phrase].head;
        if (head == DL_NONE) return DL_NONE;
        if (text->tokens[head].upos == DL_VERB && (head < q->first || head > q->last))
            return head < q->first && work->quote_of[head] == DL_NONE ? head : DL_NONE;
        *phrase = head;
    }
    return DL_NONE;
}

bool statements_take_fragment(statements_work *work, uint32_t index)
{
    const dl_text *text = work->text;
    quote *q = &work->quotes.items[index];
    uint32_t sentence = text->tokens[q->first].sentence, phrase;
    if (q->single || !q->closed || text->tokens[q->last].sentence != sentence || !is_wording(text, q)) return true;
    uint32_t verb = verb_of(work, q, &phrase);
    uint32_t subject = verb == DL_NONE ? DL_NONE : statements_subject(text, verb);
    if (subject == DL_NONE || subject >= verb || !statements_may_speak(work, subject)) return true;
    uint32_t first = statements_within(text->tokens[phrase].left, verb + 1, q->first);
    uint32_t last = statements_within(text->tokens[phrase].right, q->last, statements_end(text, sentence) - 1);
    draft *item = statements_new(work, verb, "somebody's words in quotation marks");
    if (!item) return false;
    item->cue = (dl_token_range){verb, verb};
    item->confidence = 0.5F;
    if (statements_add_content(work, item, first, last)) statements_set_speaker(work, item, subject);
    if (item->speaker_head == DL_NONE) work->drafts.count--;
    else q->statement = (uint32_t)work->drafts.count - 1;
    return true;
}
