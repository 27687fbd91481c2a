/* details.c - which round it is, how it ended, when and where the sides meet again. */
#include "base/date.h"
#include "base/str.h"
#include "syntax/tree.h"
#include "talks/data.h"

enum { MAX_ROUND = 1000, OUTCOME = 12 };

int32_t talks_round_at(const talks_reader *r, uint32_t token)
{
    dl_number number;
    if (!talks_is(r, token, "round") && !talks_is(r, token, "rounds")) return 0;
    uint32_t first = r->text->sentences[r->text->tokens[token].sentence].first;
    for (uint32_t back = 1; back <= 2 && token >= first + back; back++)
        if (dl_number_at(r->data->numbers, r->text, token - back, &number) && number.ordinal && number.value >= 1 && number.value < MAX_ROUND)
            return (int32_t)number.value;
    return 0;
}

static size_t first_from(const dl_span *spans, size_t stride, size_t count, uint32_t byte)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const dl_span *span = (const dl_span *)(const void *)((const char *)(const void *)spans + middle * stride);
        if (span->start < byte) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* The day told in a sentence that lies after the talks themselves. */
static dl_date day_after(const talks_reader *r, dl_span sentence, dl_date after)
{
    const dl_times *times = r->in->times;
    if (!times->count) return (dl_date){0};
    for (size_t i = first_from(&times->items[0].span, sizeof *times->items, times->count, sentence.start); i < times->count && times->items[i].span.start < sentence.end; i++) {
        const dl_time *t = &times->items[i];
        bool day = (t->type == DL_TIME_DATE || t->type == DL_TIME_TIME) && t->from.year && t->from.day;
        if (!day || (t->to.year && (t->to.year != t->from.year || t->to.month != t->from.month || t->to.day != t->from.day))) continue;
        if (!after.year || dl_date_to_days(t->from) > dl_date_to_days(after)) return t->from;
    }
    return (dl_date){0};
}

/* The place told by "in" or "at". */
static uint32_t place_in(const talks_reader *r, dl_span sentence)
{
    const dl_places *places = r->in->places;
    if (!places->count) return DL_NONE;
    for (size_t i = first_from(&places->items[0].span, sizeof *places->items, places->count, sentence.start); i < places->count && places->items[i].span.start < sentence.end; i++) {
        uint32_t first = places->items[i].first;
        if (first && (talks_is(r, first - 1, "in") || talks_is(r, first - 1, "at"))) return (uint32_t)i;
    }
    return DL_NONE;
}

/* What stands before a name that means a government, or a town that is talked about: "with Moscow", "the siege of El Obeid". */
static bool is_spoken_of(const talks_reader *r, uint32_t place)
{
    uint32_t first = r->in->places->items[place].first;
    if (!first || r->text->tokens[first].sentence != r->text->tokens[first - 1].sentence) return false;
    return talks_cue_at(r, first - 1, "spoken of") == 1;
}

uint32_t talks_venue(const talks_reader *r, const dl_event *e)
{
    if (e->place == DL_NONE || !is_spoken_of(r, e->place)) return e->place;
    for (uint32_t s = e->sentence; s <= e->sentence + 1 && s < r->text->sentence_count; s++) {
        uint32_t found = place_in(r, r->text->sentences[s].span);
        if (found != DL_NONE) return found;
    }
    return DL_NONE;
}

/* "A second round will begin in ...": a word of meeting that is new beside the talks told of, in a sentence that looks ahead. */
static bool is_next_round(const talks_reader *r, const talk_draft *draft, uint32_t sentence, uint32_t token, uint32_t *first)
{
    if (!talks_cue_at(r, token, "round") || token == draft->trigger_token) return false;
    int32_t number = talks_round_at(r, token);
    if (number && number == draft->talk.round) return false;
    uint32_t start = r->text->sentences[sentence].first;
    for (uint32_t back = 1; back <= 2 && token >= start + back; back++)
        if (talks_cue_at(r, token - back, "new")) *first = token - back, number = number ? number : -1;
    for (uint32_t back = 1; number > 0 && back <= 2 && token >= start + back; back++)
        if (r->text->tokens[token - back].upos != DL_DET) *first = token - back;
    return number != 0;
}

static void read_next(const talks_reader *r, uint32_t sentence, talk_draft *draft)
{
    dl_talk *talk = &draft->talk;
    const dl_sentence *s = &r->text->sentences[sentence];
    if (talk->next_span.end > talk->next_span.start) return;
    bool coming = talks_is_coming(r, sentence);
    uint32_t end = talks_sentence_end(r, sentence), found = DL_NONE, first = DL_NONE, last = DL_NONE;
    for (uint32_t t = s->first; t < end && found == DL_NONE; t++) {
        first = t;
        if (coming && is_next_round(r, draft, sentence, t, &first)) found = last = t;
        size_t again = found == DL_NONE ? talks_cue_at(r, t, "again") : 0; /* "will meet again", "talks resume" */
        if (again && t > s->first) found = t, last = t + (uint32_t)again - 1;
    }
    if (found == DL_NONE || (!coming && !day_after(r, s->span, talk->date).year)) return; /* "when they meet again on August 2" */
    talk->next_span = (dl_span){r->text->tokens[first].span.start, r->text->tokens[last].span.end};
    talk->next_date = day_after(r, s->span, talk->date);
    talk->next_place = place_in(r, s->span);
}

/* From the word that tells it to the next mark: "without a breakthrough", "agreement on two routes for convoys". */
static void read_outcome(const talks_reader *r, uint32_t sentence, dl_talk *talk)
{
    uint32_t end = talks_sentence_end(r, sentence), t = talks_cue_in(r, r->text->sentences[sentence].first, end, "outcome");
    if (t == DL_NONE || talk->outcome.ptr) return;
    uint32_t last = t + (uint32_t)talks_cue_at(r, t, "outcome") - 1;
    while (last + 1 < end && last < t + OUTCOME && r->text->tokens[last + 1].upos != DL_PUNCT) last++;
    talk->outcome = dl_str_slice(r->text->text, r->text->tokens[t].span.start, r->text->tokens[last].span.end);
}

void talks_read_details(const talks_reader *r, uint32_t sentence, talk_draft *draft)
{
    uint32_t end = talks_sentence_end(r, sentence);
    bool own = sentence == draft->talk.sentence;
    for (uint32_t t = r->text->sentences[sentence].first; t < end && !draft->talk.round && (own || !talks_is_coming(r, sentence)); t++)
        draft->talk.round = talks_round_at(r, t);
    if (own || sentence == draft->talk.sentence + 1) read_outcome(r, sentence, &draft->talk);
    read_next(r, sentence, draft);
}
