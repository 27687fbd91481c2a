/* when.c - the day of an event: the time expression that hangs on its words, else one its sentence tells, else the
 * page's date. */
#include "base/date.h"
#include "base/str.h"
#include "events/build.h"
#include "events/clause.h"

enum { LONGEST_SPAN = 25, BACKGROUND_AGE = 60 }; /* days */
enum { OPENING = 3 };                            /* words that open a sentence */

static int32_t length_in_days(const dl_time *time)
{
    if (!time->to.year || !time->to.day) return 0;
    return dl_date_to_days(time->to) - dl_date_to_days(time->from);
}

static bool tells_day(const dl_time *time)
{
    return (time->type == DL_TIME_DATE || time->type == DL_TIME_TIME) && time->from.year && time->from.day &&
           length_in_days(time) <= LONGEST_SPAN;
}

static size_t first_time_from(const dl_times *times, uint32_t byte)
{
    size_t low = 0, high = times->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (times->items[middle].span.start < byte) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* The draft that a time expression dates: the one above it, else the only one of its sentence. */
static uint32_t dated_by(const coder *c, const drafts *all, const dl_time *time)
{
    uint32_t token = time->first;
    for (uint32_t t = time->first; t < time->first + time->count && c->text->parsed; t++) {
        uint32_t head = c->text->tokens[t].head;
        if (head < time->first || head >= time->first + time->count) token = t;
    }
    return draft_above(c, all, token);
}

static void set_time(const coder *c, draft *d, size_t index)
{
    const dl_time *time = &c->in->times->items[index];
    d->event.time = (uint32_t)index;
    d->time_own = true;
    if (!tells_day(time)) return;
    d->event.date = time->from;
    if (time->to.year && length_in_days(time) > 0) d->event.date_to = time->to;
}

/* "The May 5 Front": a day within a name dates nothing; "for the first time since May" tells another day. */
static bool is_named_or_since(const coder *c, const dl_time *time)
{
    uint32_t mention = c->mention_of[time->first];
    if (mention != DL_NONE) {
        const dl_mention *m = &c->in->names->mentions[mention];
        bool longer = m->first < time->first || m->first + m->count > time->first + time->count;
        if (longer && m->kind == DL_MENTION_NAME && c->in->names->entities[m->entity].type == DL_NAME_ORG) return true;
    }
    return time->first > 0 && is_word(c, time->first - 1, c->word_since);
}

static bool is_dating(const dl_time *time)
{
    return time->type == DL_TIME_DATE || time->type == DL_TIME_TIME;
}

static void date_sentence(coder *c, drafts *all, size_t from, size_t to)
{
    dl_span span = c->text->sentences[all->items[from].event.sentence].span;
    const dl_times *times = c->in->times;
    size_t stray = SIZE_MAX;
    for (size_t i = first_time_from(times, span.start); i < times->count && times->items[i].span.start < span.end; i++) {
        if (!is_dating(&times->items[i]) || in_dateline(c, times->items[i].first) || is_named_or_since(c, &times->items[i])) continue;
        uint32_t owner = dated_by(c, all, &times->items[i]);
        if (owner == DL_NONE || owner < from || owner >= to) stray = stray == SIZE_MAX ? i : stray;
        else if (!all->items[owner].time_own || !all->items[owner].event.date.year) set_time(c, &all->items[owner], i);
    }
    for (size_t d = from; d < to && stray != SIZE_MAX; d++)
        if (!all->items[d].time_own) set_time(c, &all->items[d], stray);
}

static bool is_told_as_news(const draft *d)
{
    return d->event.realis != DL_PLANNED && d->event.realis != DL_POSSIBLE && d->event.realis != DL_THREATENED && !d->event.background;
}

static void fall_back(const coder *c, draft *d)
{
    dl_date published = c->in->story->published;
    if (d->event.date.year && published.year && published.day) {
        int32_t age = dl_date_to_days(published) - dl_date_to_days(d->event.date);
        if (age > BACKGROUND_AGE) d->event.background = true;
    }
    if (d->time_own || !is_told_as_news(d) || !published.year) return;
    d->event.date = published;
    d->event.date_from_published = true;
}

/* "Hours later", "later that day", "the same day" at the head of a sentence: the day of what was told just before. */
static bool goes_on(const coder *c, const draft *d)
{
    uint32_t first = c->text->sentences[d->event.sentence].first, end = sentence_end(c, first);
    for (uint32_t t = first; t < end && t < first + OPENING; t++)
        if (is_class(c, t, vocabulary_class(&c->data->words, DL_STR("same day")))) return true;
    return false;
}

static void take_day_before(const coder *c, drafts *all, size_t index)
{
    draft *d = &all->items[index];
    if (d->time_own || !index || !is_told_as_news(d) || !goes_on(c, d)) return;
    const draft *before = &all->items[index - 1];
    if (before->event.sentence + 1 != d->event.sentence || !before->event.date.year || before->event.date_from_published) return;
    d->event.date = before->event.date;
    d->time_own = true;
}

void date_events(coder *c, drafts *all)
{
    for (size_t from = 0, to; from < all->count; from = to) {
        for (to = from; to < all->count && all->items[to].event.sentence == all->items[from].event.sentence;) to++;
        date_sentence(c, all, from, to);
    }
    for (size_t i = 0; i < all->count; i++) {
        take_day_before(c, all, i);
        fall_back(c, &all->items[i]);
    }
}
