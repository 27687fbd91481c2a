/* where.c - the place of an event: of the places told in its sentence and the two before it in the paragraph the one that
 * speaks most for being the scene, or none; weights in data/events/places.tsv, learned from coded news. */
#include "events/where.h"

#include "base/str.h"
#include "events/build.h"
#include "events/clause.h"
#include "syntax/tree.h"

/* For train/events/scenes.py: a build with -DDL_TRACE_SCENES tells on standard error what speaks for each place of each act. */
#ifdef DL_TRACE_SCENES
#include <stdio.h>
#define DL_TRACE_SCENE(...) fprintf(stderr, __VA_ARGS__)
#else
#define DL_TRACE_SCENE(...) ((void)0)
#endif

#define BIT(name) ((uint64_t)1 << SCENE_##name)

static const float cost_unknown = 0.8f; /* of a name that no gazetteer holds: what is known is told as well, mostly */
static const float weight_heard = 3; /* log odds that the model's own word adds, found on coded news */

enum { LOOK_BACK = 2 /* sentences */, FIRST_PLACES = 200 /* that tell where a page is about */, MOST_HOLDERS = 3, MOST_WORDS = 8 };

typedef struct scenes {
    const coder *c;
    dl_str theatre; /* ISO alpha-2 */
} scenes;

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

static bool in_phrase_of(const coder *c, const token_list *list, uint32_t token)
{
    for (size_t i = 0; i < list->count; i++) {
        uint32_t head = list->items[i];
        if (head == token) return true;
        if (c->mention_of[head] != DL_NONE && c->mention_of[head] == c->mention_of[token]) return true;
    }
    return false;
}

static bool is_any_word(const coder *c, uint32_t token, const word_id *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_word(c, token, words[i])) return true;
    return false;
}

/* How the sentence names a place: "in Kyiv", "strike on Kyiv", "from Iran", "Kyiv said", "Kyiv attack". */
static uint64_t manner_of(const coder *c, uint32_t head)
{
    const word_id on[] = {c->word_on, c->word_against, c->word_into}, of[] = {c->word_of, c->word_for},
                  away[] = {c->word_from, c->word_with, c->word_by, c->word_between, c->word_to, c->word_including};
    if (!c->text->parsed) {
        bool in = head > 0 && (is_word(c, head - 1, c->word_in) || is_word(c, head - 1, c->word_at) || is_word(c, head - 1, c->word_near));
        return in ? BIT(TOLD_IN) : BIT(BARE);
    }
    const dl_token *token = &c->text->tokens[head];
    uint32_t marker = dl_tree_case(c->text, head);
    switch (token->deprel) {
    case DL_DEP_APPOS: case DL_DEP_NMOD_UNMARKED: case DL_DEP_FLAT: return BIT(APPOSED);
    case DL_DEP_AMOD: case DL_DEP_COMPOUND: case DL_DEP_NMOD_POSS: return BIT(MODIFIER);
    default: break;
    }
    if (marker != DL_NONE && token->deprel != DL_DEP_NSUBJ) {
        if (is_any_word(c, marker, on, sizeof on / sizeof *on)) return BIT(TOLD_ON);
        if (is_any_word(c, marker, of, sizeof of / sizeof *of)) return BIT(TOLD_OF);
        return is_any_word(c, marker, away, sizeof away / sizeof *away) ? BIT(TOLD_AWAY) : BIT(TOLD_IN);
    }
    if (token->upos == DL_ADJ) return BIT(MODIFIER);
    if (token->deprel == DL_DEP_NSUBJ || token->deprel == DL_DEP_NSUBJ_PASS) return BIT(SUBJECT);
    return token->deprel == DL_DEP_OBJ ? BIT(OBJECT) : BIT(BARE);
}

static uint64_t exactness(const dl_place *place)
{
    switch (place->precision) {
    case DL_PRECISION_EXACT: return BIT(EXACT);
    case DL_PRECISION_CITY: return BIT(CITY);
    case DL_PRECISION_ADMIN2: return BIT(ADMIN2);
    case DL_PRECISION_ADMIN1: return BIT(ADMIN1);
    case DL_PRECISION_COUNTRY: return BIT(COUNTRY);
    default: return BIT(REGION);
    }
}

/* "Kyiv, Ukraine", "a village in Donetsk region": the wider place behind the narrower. */
static bool is_container(const coder *c, size_t index)
{
    const dl_place *items = c->in->places->items;
    if (index == 0) return false;
    uint32_t end = items[index - 1].first + items[index - 1].count;
    return items[index].first >= end && items[index].first <= end + 2 && exactness(&items[index]) != exactness(&items[index - 1]) &&
           items[index].precision != DL_PRECISION_CITY && items[index].precision != DL_PRECISION_EXACT;
}

static bool uses_force(dl_event_type type)
{
    return type == DL_ASSAULT || type == DL_COERCE || type == DL_PROTEST || type == DL_MOBILIZE || type == DL_RETREAT;
}

static bool is_speech(dl_event_type type)
{
    return type == DL_ACCUSE || type == DL_REQUEST || type == DL_REJECT || type == DL_THREATEN || type == DL_SUPPORT || type == DL_SANCTION ||
           type == DL_CONCEDE;
}

static uint64_t distance(const coder *c, const draft *d, uint32_t head)
{
    uint32_t verb = d->event.trigger_token, gap = head > verb ? head - verb : verb - head;
    uint32_t sentence = c->text->tokens[head].sentence, back = d->event.sentence - sentence;
    if (sentence != d->event.sentence) return back == 1 ? BIT(SENTENCE_BEFORE) : BIT(TWO_BEFORE);
    return (head < verb ? BIT(BEFORE) : 0) | (gap <= 5 ? BIT(NEAR) : gap <= 12 ? BIT(MIDDLE) : 0);
}

static uint64_t parties(const coder *c, const draft *d, uint32_t head)
{
    return (in_phrase_of(c, &d->actors, head) ? BIT(OF_ACTOR) : 0) | (in_phrase_of(c, &d->recipients, head) ? BIT(OF_RECIPIENT) : 0);
}

static uint64_t hanging(const coder *c, const drafts *all, size_t index, uint32_t head)
{
    if (c->text->tokens[head].sentence != all->items[index].event.sentence) return 0;
    uint32_t above = draft_above(c, all, head);
    return above == index ? BIT(ABOVE_OWN) : above != DL_NONE ? BIT(ABOVE_OTHER) : 0;
}

/* Of the acts told just before, in this paragraph: whether one took place there. */
static uint64_t chosen(const coder *c, const drafts *all, size_t index, const dl_place *place)
{
    const draft *d = &all->items[index];
    uint64_t found = 0;
    for (size_t i = index; i-- > 0 && index - i <= 6;) {
        const dl_event *before = &all->items[i].event;
        if (c->text->sentences[before->sentence].block != c->text->sentences[d->event.sentence].block) break;
        if (before->place == DL_NONE || !dl_str_eq(c->in->places->items[before->place].name, place->name)) continue;
        found |= before->sentence == d->event.sentence ? BIT(CHOSEN_NEAR) : BIT(CHOSEN_BEFORE);
    }
    return found;
}

/* "In Alder Ford, Alder County, Norland", where no gazetteer knows the town: what holds it is told as the town is. */
static uint32_t told_as(const coder *c, uint32_t head)
{
    for (int step = 0; c->text->parsed && step < MOST_HOLDERS; step++) {
        dl_deprel relation = (dl_deprel)c->text->tokens[head].deprel;
        uint32_t above = c->text->tokens[head].head;
        bool apposed = relation == DL_DEP_APPOS || relation == DL_DEP_NMOD_UNMARKED || relation == DL_DEP_FLAT;
        if (!apposed || above == DL_NONE || above > head || head - above > MOST_WORDS || place_at(c, above) != DL_NONE) return head;
        if (c->text->tokens[above].upos != DL_PROPN) return head;
        head = above;
    }
    return head;
}

static uint64_t signals_of(const scenes *s, const drafts *all, size_t index, size_t place_index)
{
    const coder *c = s->c;
    const draft *d = &all->items[index];
    const dl_place *place = &c->in->places->items[place_index];
    uint32_t head = head_token(c, place);
    dl_event_type type = d->event.type;
    uint32_t role = told_as(c, head);
    uint64_t bits = exactness(place) | manner_of(c, role) | distance(c, d, role) | parties(c, d, head) | hanging(c, all, index, role) |
                    chosen(c, all, index, place);
    bool country = bits & BIT(COUNTRY);
    if (place->adjective) bits |= BIT(ADJECTIVE);
    if (is_container(c, place_index)) bits |= BIT(CONTAINER);
    if (s->theatre.ptr && place->country.ptr && dl_str_eq(place->country, s->theatre)) bits |= BIT(THEATRE);
    if (is_speech(type)) bits |= BIT(SPEECH) | (country ? BIT(SPEECH_COUNTRY) : 0);
    if (uses_force(type)) bits |= (country ? BIT(MATERIAL_COUNTRY) : 0) | (bits & BIT(SENTENCE_BEFORE) ? BIT(MATERIAL_BEFORE) : 0);
    if (country && bits & BIT(MODIFIER)) bits |= BIT(COUNTRY_MODIFIER);
    if (country && bits & BIT(TOLD_IN)) bits |= BIT(COUNTRY_IN);
    if (country && bits & BIT(SUBJECT)) bits |= BIT(COUNTRY_SUBJECT);
    if (country && bits & BIT(OF_RECIPIENT)) bits |= BIT(COUNTRY_RECIPIENT);
    if ((bits & BIT(ABOVE_OWN)) && (bits & BIT(TOLD_IN))) bits |= BIT(OWN_IN);
    return bits;
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

static float score_of(const dl_events_data *data, uint64_t signals)
{
    float sum = 0;
    for (size_t k = 0; k < SCENE_SIGNAL_COUNT; k++)
        if (signals >> k & 1) sum += data->scene[k];
    return sum;
}

/* What the model thinks of a place as that of one of the event's triggers, the best of them. */
static float heard(const coder *c, const draft *d, const dl_place *place)
{
    float best = 0;
    for (size_t i = 0; i < d->member_count; i++)
        for (uint32_t t = place->first; t < place->first + place->count; t++) {
            float p = hints_argument(&c->hints, c->triggers.items[d->members[i]].hint_token, t, HINT_PLACE);
            if (p > best) best = p;
        }
    return best;
}

/* "In rebel-held Norland": who holds it, no place. */
static bool is_holder_named(const coder *c, uint32_t head)
{
    if (head + 2 >= sentence_end(c, head) || !dl_str_is(c->text->tokens[head + 1].norm, "-")) return false;
    return c->text->tokens[head + 2].upos == DL_VERB || dl_str_ends(c->text->tokens[head + 2].norm, "ed");
}

static void place_event(const scenes *s, drafts *all, size_t index)
{
    const coder *c = s->c;
    draft *d = &all->items[index];
    const dl_places *places = c->in->places;
    float best = c->data->no_scene[d->event.type];
    uint32_t from = d->event.sentence;
    for (int back = 0; back < LOOK_BACK && from > 0 && c->text->sentences[from - 1].block == c->text->sentences[d->event.sentence].block; back++) from--;
    uint32_t end = c->text->sentences[d->event.sentence].span.end;
    for (size_t i = first_place_from(places, c->text->sentences[from].span.start); i < places->count && places->items[i].span.start < end; i++) {
        uint32_t head = head_token(c, &places->items[i]);
        if (in_dateline(c, head) || is_holder_named(c, head)) continue;
        uint64_t signals = signals_of(s, all, index, i);
        float score = score_of(c->data, signals) + weight_heard * heard(c, d, &places->items[i]);
        if (!places->items[i].country.ptr) score -= cost_unknown;
        DL_TRACE_SCENE("C\t%zu\t%u\t%u\t%zu\t%llx\t%d\n", index, d->event.trigger.start, d->event.trigger.end, i, (unsigned long long)signals, (int)d->event.type);
        if (score <= best) continue;
        best = score, d->event.place = (uint32_t)i;
        d->place_own = c->text->tokens[head].sentence == d->event.sentence;
    }
}

/* The country of most of the page's places; ptr NULL where there is none. */
static dl_str theatre_of(const dl_places *places)
{
    dl_str best = {0};
    size_t most = 0;
    for (size_t i = 0; i < places->count && i < FIRST_PLACES; i++) {
        size_t count = 0;
        for (size_t k = 0; k < places->count && k < FIRST_PLACES; k++)
            count += places->items[i].country.ptr && places->items[k].country.ptr && dl_str_eq(places->items[i].country, places->items[k].country) &&
                     !places->items[k].adjective;
        if (count > most) most = count, best = places->items[i].country;
    }
    return best;
}

void place_events(coder *c, drafts *all)
{
    DL_TRACE_SCENE("D\t%zu\n", c->text->text.len);
    scenes s = {.c = c, .theatre = theatre_of(c->in->places)};
    for (size_t i = 0; i < all->count; i++) place_event(&s, all, i);
}

uint32_t place_at(const coder *c, uint32_t token)
{
    const dl_places *places = c->in->places;
    size_t low = 0, high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places->items[middle].first + places->items[middle].count <= token) low = middle + 1;
        else high = middle;
    }
    return low < places->count && places->items[low].first <= token ? (uint32_t)low : DL_NONE;
}
