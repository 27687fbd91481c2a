/* pair.c - how alike two pages are, feature by feature. */
#include "stories/pair.h"

enum { FEW_SHINGLES = 4, MOST_DAYS = 1000, DOT_BITS = 28 /* of VECTOR_NORM squared */ };

static uint32_t slot_of(uint32_t id)
{
    return (id ^ id >> 15) & (SCATTER_SLOTS - 1);
}

void story_scatter(scatter *out, const story_terms *vector)
{
    for (size_t i = 0; i < vector->count && i < SCATTER_SLOTS / 2; i++) {
        uint32_t at = slot_of(vector->ids[i]);
        while (out->ids[at]) at = (at + 1) & (SCATTER_SLOTS - 1);
        out->ids[at] = vector->ids[i];
        out->weights[at] = vector->weights[i];
    }
}

static int32_t share_of(uint64_t dot)
{
    int32_t share = (int32_t)((dot * UNIT) >> DOT_BITS);
    return share > UNIT ? UNIT : share;
}

int32_t story_cosine(const scatter *a, const story_terms *b)
{
    uint64_t dot = 0;
    for (size_t i = 0; i < b->count; i++) {
        uint32_t id = b->ids[i], at = slot_of(id);
        while (a->ids[at] && a->ids[at] != id) at = (at + 1) & (SCATTER_SLOTS - 1);
        dot += (uint64_t)a->weights[at] * b->weights[i]; /* of a free slot 0 */
    }
    return share_of(dot);
}

int32_t story_cosine_sorted(const story_terms *a, const story_terms *b)
{
    uint64_t dot = 0;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        if (a->ids[i] == b->ids[k]) dot += (uint64_t)a->weights[i++] * b->weights[k++];
        else if (a->ids[i] < b->ids[k]) i++;
        else k++;
    }
    return share_of(dot);
}

static int32_t cosine(const dl_signature *a, const dl_signature *b, story_vector which)
{
    const story_terms *x = &a->vectors[which], *y = &b->vectors[which];
    return x->count && y->count ? story_cosine_sorted(x, y) : ABSENT;
}

/* ---- sets ---- */

static uint32_t shared(const story_terms *a, const story_terms *b, uint32_t up_to)
{
    uint32_t count = 0;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        if (a->ids[i] > up_to || b->ids[k] > up_to) break;
        if (a->ids[i] == b->ids[k]) count++, i++, k++;
        else if (a->ids[i] < b->ids[k]) i++;
        else k++;
    }
    return count;
}

/* Days between the nearest two. */
static int32_t nearest(const story_terms *a, const story_terms *b)
{
    uint32_t best = MOST_DAYS;
    if (!a->count || !b->count) return ABSENT;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        uint32_t x = a->ids[i], y = b->ids[k], away = x > y ? x - y : y - x;
        if (away < best) best = away;
        if (x < y) i++;
        else k++;
    }
    return (int32_t)best;
}

/* Days between a page's own and the nearest that the other tells. */
static int32_t nearest_to(const story_terms *told, int32_t day)
{
    const uint32_t own = (uint32_t)(day + DAY_ZERO);
    return day == NO_DAY ? ABSENT : nearest(told, &(story_terms){&own, NULL, 1});
}

/* Of both ways the fewer: a later page tells the day on which the first one came. */
static int32_t told_gap(const dl_signature *a, const dl_signature *b)
{
    int32_t one = nearest_to(&a->sets[SET_TOLD_DAYS], b->day), other = nearest_to(&b->sets[SET_TOLD_DAYS], a->day);
    if (one == ABSENT || other == ABSENT) return one > other ? one : other;
    return one < other ? one : other;
}

static uint32_t count_up_to(const story_terms *set, uint32_t up_to)
{
    uint32_t count = 0;
    while (count < set->count && set->ids[count] <= up_to) count++;
    return count;
}

/* How much of the shorter page's wording is in the longer one. Of a long page only the lowest hashes are kept: beyond the last of them it
 * tells nothing. */
static int32_t contained(const story_terms *a, const story_terms *b)
{
    uint32_t up_to = UINT32_MAX;
    if (a->count == MOST_SHINGLES && a->ids[a->count - 1] < up_to) up_to = a->ids[a->count - 1];
    if (b->count == MOST_SHINGLES && b->ids[b->count - 1] < up_to) up_to = b->ids[b->count - 1];
    uint32_t x = count_up_to(a, up_to), y = count_up_to(b, up_to), fewer = x < y ? x : y;
    return fewer < FEW_SHINGLES ? ABSENT : (int32_t)(shared(a, b, up_to) * 1000 / fewer);
}

static int32_t share_of_fewer(const story_terms *a, const story_terms *b)
{
    uint32_t fewer = a->count < b->count ? a->count : b->count;
    return fewer ? (int32_t)(shared(a, b, UINT32_MAX) * 1000 / fewer) : ABSENT;
}

/* What the rarest name of both pages tells. */
static int32_t rarest_shared(const fresh_signature *fresh, const dl_signature *other, story_vector which)
{
    const story_terms *a = &fresh->signature.vectors[which], *b = &other->vectors[which];
    int32_t best = 0;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        if (a->ids[i] == b->ids[k]) {
            if (fresh->rarity[which][i] > best) best = fresh->rarity[which][i];
            i++, k++;
        } else if (a->ids[i] < b->ids[k]) {
            i++;
        } else {
            k++;
        }
    }
    return best;
}

/* How much of the one title is in the other's beginning, of both ways the more. */
static int32_t title_in_lead(const dl_signature *a, const dl_signature *b)
{
    const story_terms *x = &a->vectors[VECTOR_TITLE], *y = &b->vectors[VECTOR_TITLE];
    int32_t one = x->count ? story_cosine_sorted(x, &b->vectors[VECTOR_LEAD]) : ABSENT;
    int32_t other = y->count ? story_cosine_sorted(y, &a->vectors[VECTOR_LEAD]) : ABSENT;
    return one > other ? one : other;
}

static int32_t gap(int32_t a, int32_t b)
{
    if (a == NO_DAY || b == NO_DAY) return ABSENT;
    int64_t days = a > b ? (int64_t)a - b : (int64_t)b - a;
    return days > MOST_DAYS ? MOST_DAYS : (int32_t)days;
}

void story_pair(const fresh_signature *fresh, const scatter *pairs, const dl_signature *other, int32_t out[PAIR_COUNT])
{
    const dl_signature *mine = &fresh->signature;
    uint32_t fewer = mine->words < other->words ? mine->words : other->words, more = mine->words < other->words ? other->words : mine->words;
    out[PAIR_PAIRS] = story_cosine(pairs, &other->vectors[VECTOR_PAIRS]);
    out[PAIR_PLACES] = cosine(mine, other, VECTOR_PLACES);
    out[PAIR_AREAS] = cosine(mine, other, VECTOR_AREAS);
    out[PAIR_PEOPLE] = cosine(mine, other, VECTOR_PEOPLE);
    out[PAIR_NAMES] = cosine(mine, other, VECTOR_NAMES);
    out[PAIR_NUMBERS] = cosine(mine, other, VECTOR_NUMBERS);
    out[PAIR_TITLE] = cosine(mine, other, VECTOR_TITLE);
    out[PAIR_GAP] = gap(mine->day, other->day);
    out[PAIR_EVENT_DAY] = nearest(&mine->sets[SET_EVENT_DAYS], &other->sets[SET_EVENT_DAYS]);
    out[PAIR_TOLD_DAYS] = share_of_fewer(&mine->sets[SET_TOLD_DAYS], &other->sets[SET_TOLD_DAYS]);
    out[PAIR_TOLLS] = share_of_fewer(&mine->sets[SET_TOLLS], &other->sets[SET_TOLLS]);
    out[PAIR_TOLD_GAP] = told_gap(mine, other);
    out[PAIR_AGES] = share_of_fewer(&mine->sets[SET_AGES], &other->sets[SET_AGES]);
    out[PAIR_WORDS] = (int32_t)fewer;
    out[PAIR_LENGTHS] = more ? (int32_t)(fewer * 1000 / more) : 0;
    out[PAIR_CONTAINED] = contained(&mine->sets[SET_SHINGLES], &other->sets[SET_SHINGLES]);
    out[PAIR_TITLE_IN_LEAD] = title_in_lead(mine, other);
    out[PAIR_SHARED_NAMES] = (int32_t)(shared(&mine->vectors[VECTOR_NAMES], &other->vectors[VECTOR_NAMES], UINT32_MAX) +
                                       shared(&mine->vectors[VECTOR_PEOPLE], &other->vectors[VECTOR_PEOPLE], UINT32_MAX));
    int32_t name = rarest_shared(fresh, other, VECTOR_NAMES), person = rarest_shared(fresh, other, VECTOR_PEOPLE);
    out[PAIR_RAREST] = name > person ? name : person;
}
