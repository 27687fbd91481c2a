/* view.c - a question put to the store: its claims, their happenings, the ranges. */
#include <stdlib.h>

#include "base/error.h"
#include "monitor/view.h"

/* 0, 1, 2, ... from `first`: the claims of a happening as a list. */
static const uint32_t *claim_list(dl_view *view, uint32_t first, uint32_t count)
{
    uint32_t *out = DL_NEW_ARRAY(&view->arena, uint32_t, count ? count : 1);
    for (uint32_t i = 0; out && i < count; i++) out[i] = first + i;
    return out;
}

static dl_status estimate_happening(dl_view *view, dl_happening *happening, dl_error *err)
{
    dl_status status = view_stand(view, happening, err);
    if (status != DL_OK) return status;
    const uint32_t *list = claim_list(view, happening->first, happening->count);
    if (!list) return dl_fail_memory(err);
    for (size_t harm = 0; harm < DL_HARMS; harm++) happening->harms[harm] = view_estimate(view, list, happening->count, harm);
    return DL_OK;
}

static dl_status fill(dl_view *view, dl_store *store, const dl_query *query, dl_error *err)
{
    dl_status status = view_collect(view, store, query, err);
    if (status == DL_OK) status = view_group(view, err);
    for (size_t i = 0; i < view->happenings.count && status == DL_OK; i++) status = estimate_happening(view, &view->happenings.items[i], err);
    return status;
}

dl_status dl_view_open(dl_view **out, dl_store *store, const dl_query *query, dl_error *err)
{
    *out = NULL;
    dl_view *view = calloc(1, sizeof *view);
    if (!view) return dl_fail_memory(err);
    dl_arena_init(&view->arena, 0);
    dl_status status = fill(view, store, query, err);
    if (status != DL_OK) {
        dl_view_free(view);
        return status;
    }
    *out = view;
    return DL_OK;
}

void dl_view_free(dl_view *view)
{
    if (!view) return;
    dl_arena_free(&view->arena);
    free(view);
}

const dl_claim *dl_view_claims(const dl_view *view, size_t *count)
{
    *count = view->claims.count;
    return view->claims.items;
}

const dl_happening *dl_view_happenings(const dl_view *view, size_t *count)
{
    *count = view->happenings.count;
    return view->happenings.items;
}

/* ---- tolls ---- */

static bool same_place_and_day(const dl_happening *a, const dl_happening *b)
{
    return date_order(a->date, b->date) == 0 && date_order(a->date_to, b->date_to) == 0 && dl_str_eq(a->place, b->place) &&
           dl_str_eq(a->country, b->country);
}

dl_status dl_view_tolls(dl_view *view, const dl_toll **out, size_t *count, dl_error *err)
{
    DL_VEC(dl_toll) tolls = {0};
    for (uint32_t i = 0; i < view->happenings.count; i++) {
        const dl_happening *happening = &view->happenings.items[i];
        dl_toll *toll = i && same_place_and_day(happening - 1, happening) ? &tolls.items[tolls.count - 1] : DL_VEC_PUSH(&view->arena, &tolls);
        if (!toll) return dl_fail_memory(err);
        if (!toll->count)
            *toll = (dl_toll){.date = happening->date, .date_to = happening->date_to, .place = happening->place, .country = happening->country,
                              .admin1 = happening->admin1, .first = i};
        toll->count++;
        for (size_t harm = 0; harm < DL_HARMS; harm++) estimate_add(&toll->harms[harm], &happening->harms[harm]);
    }
    *out = tolls.items;
    *count = tolls.count;
    return DL_OK;
}

/* ---- sides ---- */

static dl_status add_side(dl_view *view, const dl_happening *happening, dl_str name, dl_side *out, dl_error *err)
{
    uint32_t *claims = DL_NEW_ARRAY(&view->arena, uint32_t, happening->count);
    if (!claims) return dl_fail_memory(err);
    *out = (dl_side){.side = name, .claims = claims};
    for (uint32_t i = happening->first; i < happening->first + happening->count; i++)
        if (dl_str_eq(view->claims.items[i].side, name)) claims[out->claim_count++] = i;
    for (size_t harm = 0; harm < DL_HARMS; harm++) out->harms[harm] = view_estimate(view, claims, out->claim_count, harm);
    return DL_OK;
}

static int by_name(const void *left, const void *right)
{
    return dl_str_cmp(((const dl_side *)left)->side, ((const dl_side *)right)->side);
}

dl_status dl_view_sides(dl_view *view, const dl_happening *happening, const dl_side **out, size_t *count, dl_error *err)
{
    DL_VEC(dl_side) sides = {0};
    for (uint32_t i = happening->first; i < happening->first + happening->count; i++) {
        bool known = false;
        for (size_t k = 0; k < sides.count; k++) known = known || dl_str_eq(sides.items[k].side, view->claims.items[i].side);
        if (known) continue;
        dl_side *side = DL_VEC_PUSH(&view->arena, &sides);
        if (!side) return dl_fail_memory(err);
        dl_status status = add_side(view, happening, view->claims.items[i].side, side, err);
        if (status != DL_OK) return status;
    }
    if (sides.count) qsort(sides.items, sides.count, sizeof *sides.items, by_name);
    *out = sides.items;
    *count = sides.count;
    return DL_OK;
}

/* ---- words for values ---- */

static bool is_state(dl_str sector)
{
    return dl_str_is(sector, "GOV") || dl_str_is(sector, "MIL") || dl_str_is(sector, "COP") || dl_str_is(sector, "SPY");
}

/* A government, its army and its police are one side. */
static bool is_own(dl_str side, dl_str actor)
{
    if (side.len < 3 || actor.len < 3 || !dl_str_eq(dl_str_slice(side, 0, 3), dl_str_slice(actor, 0, 3))) return false;
    if (side.len < 6 || actor.len < 6) return side.len == actor.len;
    dl_str mine = dl_str_slice(side, 3, 6), theirs = dl_str_slice(actor, 3, 6);
    return dl_str_eq(mine, theirs) || (is_state(mine) && is_state(theirs));
}

/* Another side: an armed or political one, not "gunmen" of the speaker's own country. */
static bool is_other(dl_str side, dl_str actor)
{
    if (actor.len < 3 || is_own(side, actor)) return false;
    if (side.len < 3 || !dl_str_eq(dl_str_slice(side, 0, 3), dl_str_slice(actor, 0, 3))) return true;
    if (actor.len < 6) return false;
    dl_str sector = dl_str_slice(actor, 3, 6);
    return !dl_str_is(sector, "CVL") && !dl_str_is(sector, "CRM");
}

dl_stance dl_claim_stance(const dl_claim *claim)
{
    const dl_row *row = &claim->row;
    bool other = false, own = false;
    if (row->realis == DL_DENIED || row->realis == DL_NEGATED || row->type == DL_REJECT) return DL_STANCE_DENIES;
    if (row->realis != DL_ACTUAL && row->realis != DL_ONGOING) return DL_STANCE_EXPECTS;
    if (row->type == DL_ACCUSE) return DL_STANCE_ACCUSES;
    if (!claim->side.ptr) return DL_STANCE_REPORTS;
    for (size_t i = 0; i < row->actor_count; i++) {
        other = other || is_other(claim->side, row->actors[i].code);
        own = own || is_own(claim->side, row->actors[i].code);
    }
    return own == other ? DL_STANCE_AFFIRMS : own ? DL_STANCE_CLAIMS : DL_STANCE_ACCUSES;
}

const char *dl_stance_name(dl_stance stance)
{
    static const char *const names[] = {"reports", "affirms", "claims", "accuses", "denies", "expects"};
    return names[stance];
}

const char *dl_standing_name(dl_standing standing)
{
    static const char *const names[] = {"", "current", "replaced", "repeated", "reprint", "background", "not actual"};
    return names[standing];
}

const char *dl_harm_name(size_t harm)
{
    static const char *const names[] = {"killed", "wounded", "captured", "missing"};
    return harm < DL_HARMS ? names[harm] : "";
}
