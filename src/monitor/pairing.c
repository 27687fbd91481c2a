/* pairing.c - whether two claims tell of the same happening.
 *
 * Whatever the pages, two claims do for which all of this holds:
 *   type   the same; what is only planned, feared or threatened stays apart from what is said to have happened or is denied, and what is
 *          told as background stays apart from news;
 *   place  the same town or site; or two points no more than NEAR_KM apart; or the same unit or country, or a unit and a place in it, if a count
 *          is the same too;
 *   day    the same; or, if no words of the page gave the day, the day before, if a count is the same;
 *   site   where both name what was hit, they share a word, or a count is the same;
 *   toll   the counts may be of one thing: they overlap, or the greater is at most FACTOR times the smaller with SLACK added to it, or one side says
 *          that nobody was hurt. Of one source in one page they must overlap: a page that gives two figures tells of two things.
 * The same sentence, of the same day, is the same happening wherever its place was found.
 * What happened within a day in one place with like tolls and no site named is thus taken for one happening, as the one-per-day rule of
 * VIINA has it (Zhukov 2023). Happenings across a store that are learned from pages replace this rule, not what builds on it. *
 * Pages that are grouped into one story (docs/stories.md, learned) mainly report one happening. Of two such pages, two claims told as fact do if their counts
 * may be of one thing and they share a count or are the main claims of their pages, and if day and place do not speak against it: STORY_DAYS apart at most where
 * a page's day of publication stands for the day, else the same; NEAR_KM apart, or one inside the other, or not told. With a count shared they may be a day, and
 * STORY_KM, apart. */
#include "monitor/pairing.h"

#include "base/date.h"

enum { FACTOR = 4, SLACK = 10, STORY_DAYS = 40 };
static const double NEAR_KM = 5, STORY_KM = 30;

/* ---- counts ---- */

/* "At least 3" may be 5, hardly 90. */
static int64_t most(dl_range range)
{
    if (!range.open) return range.max;
    return range.min > INT64_MAX / FACTOR - SLACK ? INT64_MAX : (range.min + SLACK) * FACTOR;
}

static bool overlap(dl_range a, dl_range b)
{
    return most(a) >= b.min && most(b) >= a.min;
}

static bool is_alike(dl_range a, dl_range b)
{
    int64_t less = a.min < b.min ? a.min : b.min, more = a.min < b.min ? b.min : a.min;
    if (overlap(a, b) || less == 0) return true;
    return more / FACTOR <= less + SLACK;
}

static bool share_a_count(const dl_claim *a, const dl_claim *b)
{
    for (size_t i = 0; i < DL_HARMS; i++)
        if (a->counts[i].known && b->counts[i].known && a->counts[i].min == b->counts[i].min && a->counts[i].min > 0) return true;
    return false;
}

bool pair_counts_agree(const dl_claim *a, const dl_claim *b)
{
    bool same_voice = a->row.number == b->row.number && dl_str_eq(a->source_key, b->source_key);
    for (size_t i = 0; i < DL_HARMS; i++) {
        if (!a->counts[i].known || !b->counts[i].known) continue;
        if (same_voice ? !overlap(a->counts[i], b->counts[i]) : !is_alike(a->counts[i], b->counts[i])) return false;
    }
    return true;
}

/* ---- kind, place, day, site ---- */

int pair_kind(const dl_claim *claim)
{
    if (claim->row.background) return 2;
    return claim->row.realis == DL_PLANNED || claim->row.realis == DL_POSSIBLE || claim->row.realis == DL_THREATENED;
}

static bool is_point(const dl_row *row)
{
    return row->located && (dl_str_is(row->precision, "exact") || dl_str_is(row->precision, "city"));
}

static bool is_unit_of(const dl_row *unit, const dl_row *place)
{
    return dl_str_is(unit->precision, "admin1") && unit->admin1.len && dl_str_eq(unit->country, place->country) && dl_str_eq(unit->admin1, place->admin1);
}

static bool same_place(const dl_claim *a, const dl_claim *b)
{
    const dl_row *x = &a->row, *y = &b->row;
    if (!x->location && !y->location) return x->number == y->number && share_a_count(a, b);
    if (!x->location || !y->location) return false;
    if (is_point(x) && is_point(y)) return distance_km(x->lat, x->lon, y->lat, y->lon) <= NEAR_KM;
    bool same = x->location == y->location || (x->geonameid && x->geonameid == y->geonameid);
    return (same || is_unit_of(x, y) || is_unit_of(y, x)) && share_a_count(a, b);
}

static bool same_day(const dl_claim *a, const dl_claim *b)
{
    if (date_order(a->row.date, b->row.date) == 0 && date_order(a->row.date_to, b->row.date_to) == 0) return true;
    if (!dl_date_is_valid(a->row.date) || !dl_date_is_valid(b->row.date)) return false;
    const dl_claim *later = date_order(a->row.date, b->row.date) < 0 ? b : a, *earlier = later == a ? b : a;
    return later->row.date_from_published && days_between(earlier->row.date, later->row.date) == 1 && share_a_count(a, b);
}

/* Words of four letters and more, so that "the" and "of" join nothing. */
static bool share_a_word(dl_str a, dl_str b)
{
    dl_str word;
    while (dl_str_next(&a, ' ', &word))
        if (word.len >= 4 && dl_str_find_nocase(b, word, 0) != SIZE_MAX) return true;
    return false;
}

static bool sites_agree(const dl_claim *a, const dl_claim *b)
{
    dl_str x = a->row.critical_site, y = b->row.critical_site;
    return !x.len || !y.len || dl_str_eq_nocase(x, y) || share_a_word(x, y) || share_a_count(a, b);
}

static bool is_copy(const dl_claim *a, const dl_claim *b)
{
    return a->row.number != b->row.number && a->row.item == b->row.item && dl_str_eq(a->row.sentence_text, b->row.sentence_text);
}

bool pair_is_same(const dl_claim *a, const dl_claim *b)
{
    if (a->row.type != b->row.type || pair_kind(a) != pair_kind(b) || !same_day(a, b) || !pair_counts_agree(a, b)) return false;
    return is_copy(a, b) || (same_place(a, b) && sites_agree(a, b));
}

/* ---- pages of one story ---- */

static bool days_fit(const dl_claim *a, const dl_claim *b, bool counted)
{
    dl_date x = a->row.date, y = b->row.date;
    if (!x.year || !y.year) return true;
    if (!dl_date_is_valid(x) || !dl_date_is_valid(y)) return false; /* what is told of a month or a year may be a total */
    int32_t apart = days_between(x, y);
    int32_t most_apart = a->row.date_from_published || b->row.date_from_published ? STORY_DAYS : counted;
    return apart <= most_apart && apart >= -most_apart;
}

/* Of a second-level unit only its first-level one is known here: it may hold what lies in that. */
static bool holds(const dl_row *unit, const dl_row *place)
{
    bool same_unit = unit->admin1.len && dl_str_eq(unit->country, place->country) && dl_str_eq(unit->admin1, place->admin1);
    return is_unit_of(unit, place) || (same_unit && dl_str_is(unit->precision, "admin2")) || (dl_str_is(unit->precision, "country") && dl_str_eq(unit->country, place->country));
}

static bool places_fit(const dl_claim *a, const dl_claim *b, bool counted)
{
    const dl_row *x = &a->row, *y = &b->row;
    if (!x->location || !y->location || x->location == y->location || holds(x, y) || holds(y, x)) return true;
    return x->located && y->located && distance_km(x->lat, x->lon, y->lat, y->lon) <= (counted ? STORY_KM : NEAR_KM);
}

bool pair_is_of_story(const dl_claim *a, const dl_claim *b, bool main)
{
    if (!a->row.story || a->row.story != b->row.story || a->row.number == b->row.number || a->row.type != b->row.type) return false;
    if (!is_told_as_fact(a) || !is_told_as_fact(b) || !pair_counts_agree(a, b)) return false;
    bool counted = share_a_count(a, b);
    return (main || counted) && days_fit(a, b, counted) && places_fit(a, b, counted);
}

/* ---- main claims ---- */

static bool weighs_more(const dl_claim *a, const dl_claim *b)
{
    for (size_t harm = 0; harm < 2; harm++) {
        int64_t x = a->counts[harm].known ? a->counts[harm].min : 0, y = b->counts[harm].known ? b->counts[harm].min : 0;
        if (x != y) return x > y;
    }
    return a->row.item < b->row.item;
}

const bool *pair_main_claims(dl_arena *arena, const dl_claim *claims, size_t count)
{
    size_t size = 64;
    while (size < 2 * count) size *= 2;
    bool *main = DL_NEW_ARRAY(arena, bool, count + 1);
    uint32_t *best = DL_NEW_ARRAY(arena, uint32_t, size); /* by page and type: the claim, from 1 */
    if (!main || !best) return NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_told_as_fact(&claims[i])) continue;
        uint64_t key = (uint64_t)claims[i].row.number << 8 | (uint64_t)claims[i].row.type;
        size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (size - 1);
        const dl_claim *there;
        while (best[at] && (there = &claims[best[at] - 1], there->row.number != claims[i].row.number || there->row.type != claims[i].row.type))
            at = (at + 1) & (size - 1);
        if (best[at] && !weighs_more(&claims[i], &claims[best[at] - 1])) continue;
        if (best[at]) main[best[at] - 1] = false;
        main[i] = true;
        best[at] = i + 1;
    }
    return main;
}
