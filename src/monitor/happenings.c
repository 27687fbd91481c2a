/* happenings.c - which claims tell of the same happening.
 *
 * One pass over the claims by day. A claim joins the first happening of its day for which all of this holds, else it begins one:
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
 * VIINA has it (Zhukov 2023). Happenings across a store that are learned from pages replace this rule, not what builds on it. */
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "monitor/view.h"

enum { FACTOR = 4, SLACK = 10, MOST_OPEN = 256 };
static const double NEAR_KM = 5;

/* A happening while its claims are being found. */
typedef struct group {
    uint32_t first, last; /* claims, as a chain */
    uint32_t count;
} group;

typedef struct grouper {
    dl_view *view;
    DL_VEC(group) groups;
    uint32_t *next; /* of each claim: the next of its group */
    uint32_t open;  /* the first group that a claim of this day may join */
    dl_error *err;
} grouper;

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

static bool counts_agree(const dl_claim *a, const dl_claim *b)
{
    bool same_voice = a->row.number == b->row.number && dl_str_eq(a->source_key, b->source_key);
    for (size_t i = 0; i < DL_HARMS; i++) {
        if (!a->counts[i].known || !b->counts[i].known) continue;
        if (same_voice ? !overlap(a->counts[i], b->counts[i]) : !is_alike(a->counts[i], b->counts[i])) return false;
    }
    return true;
}

/* ---- kind, place, day, site ---- */

static int kind_of(const dl_claim *claim)
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

static bool is_same(const dl_claim *a, const dl_claim *b)
{
    if (a->row.type != b->row.type || kind_of(a) != kind_of(b) || !same_day(a, b) || !counts_agree(a, b)) return false;
    return is_copy(a, b) || (same_place(a, b) && sites_agree(a, b));
}

/* ---- groups ---- */

/* The claim must fit one claim of the group, and contradict none of its own page. Long groups are asked for their first and last claims only. */
static bool fits(const grouper *g, const group *candidate, const dl_claim *claim)
{
    const dl_claim *claims = g->view->claims.items;
    bool found = false;
    uint32_t tries = 0;
    for (uint32_t i = candidate->first; i != DL_NONE && tries < MOST_OPEN; i = g->next[i], tries++) {
        if (claims[i].row.number == claim->row.number && !counts_agree(&claims[i], claim)) return false;
        found = found || is_same(&claims[i], claim);
    }
    return found || is_same(&claims[candidate->last], claim);
}

static bool is_over(const grouper *g, const group *candidate, const dl_claim *claim)
{
    const dl_row *first = &g->view->claims.items[candidate->first].row;
    if (!dl_date_is_valid(first->date) || !dl_date_is_valid(claim->row.date)) return date_order(first->date, claim->row.date) != 0;
    return days_between(first->date, claim->row.date) > 1;
}

static dl_status place_claim(grouper *g, uint32_t index)
{
    const dl_claim *claim = &g->view->claims.items[index];
    while (g->open < g->groups.count && is_over(g, &g->groups.items[g->open], claim)) g->open++;
    uint32_t from = g->groups.count > MOST_OPEN && g->groups.count - MOST_OPEN > g->open ? (uint32_t)g->groups.count - MOST_OPEN : g->open;
    for (uint32_t i = from; i < g->groups.count; i++) {
        group *candidate = &g->groups.items[i];
        if (!fits(g, candidate, claim)) continue;
        g->next[candidate->last] = index;
        candidate->last = index;
        candidate->count++;
        return DL_OK;
    }
    group *fresh = DL_VEC_PUSH(&g->view->arena, &g->groups);
    if (!fresh) return dl_fail_memory(g->err);
    *fresh = (group){index, index, 1};
    return DL_OK;
}

/* ---- a happening from its group ---- */

static int precision_rank(dl_str precision)
{
    static const char *const ranks[] = {"region", "country", "admin1", "admin2", "city", "exact"};
    for (int i = 0; i < 6; i++)
        if (dl_str_is(precision, ranks[i])) return i + 1;
    return 0;
}

static void take_place(dl_happening *happening, const dl_row *row)
{
    if (!row->location || (happening->location && precision_rank(row->precision) <= precision_rank(happening->precision))) return;
    happening->place = row->place, happening->country = row->country, happening->admin1 = row->admin1, happening->precision = row->precision;
    happening->geonameid = row->geonameid, happening->location = row->location, happening->located = row->located;
    happening->lat = row->lat, happening->lon = row->lon;
}

static void take_claim(dl_happening *happening, const dl_claim *claim)
{
    const dl_row *row = &claim->row;
    if (!happening->mode.ptr) happening->mode = row->mode;
    take_place(happening, row);
    happening->actual = happening->actual || is_told_as_fact(claim);
    if (!happening->count || row->seen < happening->first_seen) happening->first_seen = row->seen;
    if (!happening->count || row->seen > happening->last_seen) happening->last_seen = row->seen;
    happening->count++;
}

static void make_happening(const grouper *g, uint32_t index, dl_happening *out)
{
    const dl_row *first = &g->view->claims.items[g->groups.items[index].first].row;
    *out = (dl_happening){.type = first->type, .date = first->date, .date_to = first->date_to, .first = index};
    for (uint32_t i = g->groups.items[index].first; i != DL_NONE; i = g->next[i]) take_claim(out, &g->view->claims.items[i]);
}

static int by_day_and_place(const void *left, const void *right)
{
    const dl_happening *a = left, *b = right;
    bool dated[] = {a->date.year != 0, b->date.year != 0};
    if (dated[0] != dated[1]) return dated[0] ? -1 : 1;
    int order = date_order(a->date, b->date);
    if (!order) order = dl_str_cmp(a->place, b->place);
    if (!order) order = a->location < b->location ? -1 : a->location > b->location;
    if (!order) order = date_order(a->date_to, b->date_to);
    return order ? order : a->first < b->first ? -1 : a->first > b->first;
}

static int by_happening(const void *left, const void *right)
{
    const dl_claim *a = left, *b = right;
    if (a->happening != b->happening) return a->happening < b->happening ? -1 : 1;
    return claim_order(a, b);
}

/* Sorts the happenings, then lays the claims of each together. */
static void arrange(grouper *g)
{
    dl_view *view = g->view;
    qsort(view->happenings.items, view->happenings.count, sizeof *view->happenings.items, by_day_and_place);
    for (uint32_t i = 0; i < view->happenings.count; i++)
        for (uint32_t k = g->groups.items[view->happenings.items[i].first].first; k != DL_NONE; k = g->next[k]) view->claims.items[k].happening = i;
    qsort(view->claims.items, view->claims.count, sizeof *view->claims.items, by_happening);
    uint32_t first = 0;
    for (uint32_t i = 0; i < view->happenings.count; i++) {
        dl_happening *happening = &view->happenings.items[i];
        happening->first = first;
        for (uint32_t k = first; k < first + happening->count; k++)
            if (k == first || view->claims.items[k].row.number != view->claims.items[k - 1].row.number) happening->pages++;
        first += happening->count;
    }
}

dl_status view_group(dl_view *view, dl_error *err)
{
    grouper g = {.view = view, .err = err};
    dl_status status = DL_OK;
    if (!view->claims.count) return DL_OK;
    g.next = DL_NEW_ARRAY(&view->arena, uint32_t, view->claims.count);
    if (!g.next) return dl_fail_memory(err);
    memset(g.next, 0xFF, view->claims.count * sizeof *g.next);
    for (uint32_t i = 0; i < view->claims.count && status == DL_OK; i++) status = place_claim(&g, i);
    for (uint32_t i = 0; i < g.groups.count && status == DL_OK; i++) {
        dl_happening *happening = DL_VEC_PUSH(&view->arena, &view->happenings);
        if (happening) make_happening(&g, i, happening);
        else status = dl_fail_memory(err);
    }
    if (status == DL_OK) arrange(&g);
    return status;
}
