/* happenings.c - which claims tell of the same happening.
 *
 * One pass over the claims by day. A claim joins the first happening of its day that has a claim which tells the same (pairing.c), else one that
 * pages of its own story tell of in the same way, else it begins one. */
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "monitor/pairing.h"
#include "monitor/view.h"

enum { MOST_OPEN = 256, MOST_LINKS = 64 };

/* A happening while its claims are being found. */
typedef struct group {
    uint32_t first, last; /* claims, as a chain */
    uint32_t count;
    dl_event_type type;   /* of all of them, and so is the kind: what differs in these is never one happening */
    int kind;
} group;

/* A happening that a page of a story tells of. */
typedef struct link {
    uint32_t group, before; /* before: the link of the story before it, DL_NONE */
} link;

typedef struct story_slot {
    int64_t story;
    uint32_t last; /* its last link, from 1; 0: free */
} story_slot;

typedef struct grouper {
    dl_view *view;
    DL_VEC(group) groups;
    DL_VEC(link) links;
    story_slot *stories; /* open addressing */
    size_t slot_count;
    const bool *main;    /* of each claim: its page's main claim of its type */
    uint32_t *next; /* of each claim: the next of its group */
    uint32_t open;  /* the first group that a claim of this day may join */
    dl_error *err;
} grouper;

/* ---- groups ---- */

/* The claim must fit one claim of the group, and contradict none of its own page. Long groups are asked for their first and last claims only. */
static bool fits(const grouper *g, const group *candidate, const dl_claim *claim, int kind)
{
    const dl_claim *claims = g->view->claims.items;
    bool found = false;
    uint32_t tries = 0;
    if (candidate->type != claim->row.type || candidate->kind != kind) return false;
    for (uint32_t i = candidate->first; i != DL_NONE && tries < MOST_OPEN; i = g->next[i], tries++) {
        if (claims[i].row.number == claim->row.number && !pair_counts_agree(&claims[i], claim)) return false;
        found = found || pair_is_same(&claims[i], claim);
    }
    return found || pair_is_same(&claims[candidate->last], claim);
}

static bool is_over(const grouper *g, const group *candidate, const dl_claim *claim)
{
    const dl_row *first = &g->view->claims.items[candidate->first].row;
    if (!dl_date_is_valid(first->date) || !dl_date_is_valid(claim->row.date)) return date_order(first->date, claim->row.date) != 0;
    return days_between(first->date, claim->row.date) > 1;
}

/* ---- groups of a story ---- */

static story_slot *slot_of(const grouper *g, int64_t story)
{
    size_t at = (size_t)((uint64_t)story * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (g->slot_count - 1);
    while (g->stories[at].last && g->stories[at].story != story) at = (at + 1) & (g->slot_count - 1);
    return &g->stories[at];
}

static dl_status put_link(grouper *g, int64_t story, uint32_t group_number)
{
    story_slot *slot = slot_of(g, story);
    if (!story || (slot->last && g->links.items[slot->last - 1].group == group_number)) return DL_OK;
    link *new = DL_VEC_PUSH(&g->view->arena, &g->links);
    if (!new) return dl_fail_memory(g->err);
    *new = (link){group_number, slot->last ? slot->last - 1 : DL_NONE};
    *slot = (story_slot){story, (uint32_t)g->links.count};
    return DL_OK;
}

/* Some claim of another page of the story tells the same, and none of the group contradicts. */
static bool fits_story(const grouper *g, const group *candidate, uint32_t index)
{
    const dl_claim *claims = g->view->claims.items, *claim = &claims[index];
    bool found = false;
    uint32_t tries = 0;
    for (uint32_t i = candidate->first; i != DL_NONE && tries < MOST_OPEN; i = g->next[i], tries++) {
        if (claims[i].row.number == claim->row.number && !pair_counts_agree(&claims[i], claim)) return false;
        found = found || pair_is_of_story(&claims[i], claim, g->main[i] && g->main[index]);
    }
    return found;
}

static uint32_t find_by_story(const grouper *g, uint32_t index)
{
    int64_t story = g->view->claims.items[index].row.story;
    uint32_t tries = 0;
    if (!story) return DL_NONE;
    for (uint32_t at = slot_of(g, story)->last; at && tries < MOST_LINKS; tries++) {
        const link *one = &g->links.items[at - 1];
        if (fits_story(g, &g->groups.items[one->group], index)) return one->group;
        at = one->before == DL_NONE ? 0 : one->before + 1;
    }
    return DL_NONE;
}

/* ---- one claim ---- */

static uint32_t find_by_day(grouper *g, const dl_claim *claim)
{
    while (g->open < g->groups.count && is_over(g, &g->groups.items[g->open], claim)) g->open++;
    uint32_t from = g->groups.count > MOST_OPEN && g->groups.count - MOST_OPEN > g->open ? (uint32_t)g->groups.count - MOST_OPEN : g->open;
    int kind = pair_kind(claim);
    for (uint32_t i = from; i < g->groups.count; i++)
        if (fits(g, &g->groups.items[i], claim, kind)) return i;
    return DL_NONE;
}

static dl_status place_claim(grouper *g, uint32_t index)
{
    const dl_claim *claim = &g->view->claims.items[index];
    uint32_t number = find_by_day(g, claim);
    if (number == DL_NONE) number = find_by_story(g, index);
    if (number != DL_NONE) {
        group *joined = &g->groups.items[number];
        g->next[joined->last] = index;
        joined->last = index;
        joined->count++;
    } else {
        group *fresh = DL_VEC_PUSH(&g->view->arena, &g->groups);
        if (!fresh) return dl_fail_memory(g->err);
        *fresh = (group){index, index, 1, claim->row.type, pair_kind(claim)};
        number = (uint32_t)g->groups.count - 1;
    }
    return put_link(g, claim->row.story, number);
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
    for (g.slot_count = 64; g.slot_count < 2 * view->claims.count;) g.slot_count *= 2;
    g.stories = DL_NEW_ARRAY(&view->arena, story_slot, g.slot_count);
    g.main = pair_main_claims(&view->arena, view->claims.items, view->claims.count);
    if (!g.stories || !g.main) return dl_fail_memory(err);
    for (uint32_t i = 0; i < view->claims.count && status == DL_OK; i++) status = place_claim(&g, i);
    for (uint32_t i = 0; i < g.groups.count && status == DL_OK; i++) {
        dl_happening *happening = DL_VEC_PUSH(&view->arena, &view->happenings);
        if (happening) make_happening(&g, i, happening);
        else status = dl_fail_memory(err);
    }
    if (status == DL_OK) arrange(&g);
    return status;
}
