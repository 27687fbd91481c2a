/* where.c - the place of an event: the most exact of those that hang on its words, else of its sentence, else that of
 * the event before it in the paragraph. */
#include "base/str.h"
#include "events/build.h"
#include "events/clause.h"
#include "syntax/tree.h"

enum { NO_PLACE = -1000 };

static uint32_t head_token(const coder *c, const dl_place *place)
{
    uint32_t last = place->first + place->count - 1;
    if (!c->text->parsed) return last;
    for (uint32_t t = place->first; t <= last; t++) {
        uint32_t head = c->text->tokens[t].head;
        if (head < place->first || head > last) return t;
    }
    return last;
}

static int exactness(const dl_place *place)
{
    switch (place->precision) {
    case DL_PRECISION_EXACT: return 5;
    case DL_PRECISION_CITY: return 5;
    case DL_PRECISION_ADMIN2: return 4;
    case DL_PRECISION_ADMIN1: return 3;
    case DL_PRECISION_REGION: return 2;
    case DL_PRECISION_COUNTRY: return 1;
    default: return 2;
    }
}

static bool in_phrase_of(const coder *c, const token_list *list, uint32_t token)
{
    for (size_t i = 0; i < list->count; i++) {
        uint32_t head = list->items[i];
        if (head == token) return true;
        if (c->mention_of[head] != DL_NONE && c->mention_of[head] == c->mention_of[token]) return true;
    }
    return false;
}

/* "in", "at", "near", "across" ...: how places are told; "Kyiv said" or "from Iran" are none. */
static int how_told(const coder *c, uint32_t head)
{
    if (!c->text->parsed)
        return head > 0 && (is_word(c, head - 1, c->word_in) || is_word(c, head - 1, c->word_at) || is_word(c, head - 1, c->word_near)) ? 2 : 0;
    const dl_token *token = &c->text->tokens[head];
    uint32_t marker = dl_tree_case(c->text, head);
    if (token->deprel == DL_DEP_APPOS || token->deprel == DL_DEP_NMOD_UNMARKED || token->deprel == DL_DEP_FLAT) return 1;
    if (marker == DL_NONE)
        return token->deprel == DL_DEP_NSUBJ || token->deprel == DL_DEP_AMOD || token->deprel == DL_DEP_NMOD_POSS || token->upos == DL_ADJ ? -6 : 0;
    if (is_word(c, marker, c->word_from) || is_word(c, marker, c->word_with) || is_word(c, marker, c->word_by) ||
        is_word(c, marker, c->word_between) || is_word(c, marker, c->word_to) || is_word(c, marker, c->word_including))
        return -3;
    if (is_word(c, marker, c->word_of) || is_word(c, marker, c->word_against) || is_word(c, marker, c->word_for)) return 0;
    return 3;
}

static int place_score(const coder *c, const drafts *all, size_t index, const dl_place *place)
{
    const draft *d = &all->items[index];
    uint32_t head = head_token(c, place);
    if (in_phrase_of(c, &d->actors, head) || in_dateline(c, head)) return NO_PLACE;
    int score = exactness(place) + how_told(c, head);
    uint32_t above = draft_above(c, all, head);
    if (above == index) score += 6;
    else if (above != DL_NONE) score -= 4;
    return score;
}

static size_t first_place_from(const dl_places *places, uint32_t byte)
{
    size_t low = 0, high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places->items[middle].span.start < byte) low = middle + 1;
        else high = middle;
    }
    return low;
}

static void place_in_sentence(const coder *c, drafts *all, size_t index)
{
    draft *d = &all->items[index];
    dl_span span = c->text->sentences[d->event.sentence].span;
    int best = 1;
    const dl_places *places = c->in->places;
    for (size_t i = first_place_from(places, span.start); i < places->count && places->items[i].span.start < span.end; i++) {
        int score = place_score(c, all, index, &places->items[i]);
        if (score > best) best = score, d->event.place = (uint32_t)i, d->place_own = true;
    }
}

static bool takes_place_before(const draft *d)
{
    return d->event.type == DL_ASSAULT || d->event.type == DL_COERCE || d->event.type == DL_PROTEST || d->event.type == DL_AID;
}

void place_events(coder *c, drafts *all)
{
    for (size_t i = 0; i < all->count; i++) {
        draft *d = &all->items[i];
        place_in_sentence(c, all, i);
        if (d->event.place != DL_NONE || i == 0 || !takes_place_before(d)) continue;
        const draft *before = &all->items[i - 1];
        const dl_sentence *here = &c->text->sentences[d->event.sentence], *there = &c->text->sentences[before->event.sentence];
        if (here->block == there->block && d->event.sentence - before->event.sentence <= 2) d->event.place = before->event.place;
    }
}
