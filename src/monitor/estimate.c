/* estimate.c - lowest, best and highest of the counts that stand. */
#include "monitor/view.h"

static int64_t highest(dl_range range)
{
    return range.open ? range.min : range.max;
}

/* Sources whose count begins with the same number. */
static uint32_t votes(const dl_view *view, const uint32_t *claims, size_t count, size_t harm, int64_t number)
{
    uint32_t votes = 0;
    for (size_t i = 0; i < count; i++) {
        const dl_claim *claim = &view->claims.items[claims[i]];
        votes += claim->standing[harm] == DL_STANDING_CURRENT && claim->counts[harm].min == number;
    }
    return votes;
}

static bool is_better(const dl_claim *a, const dl_claim *b, uint32_t votes_a, uint32_t votes_b, size_t harm)
{
    if (votes_a != votes_b) return votes_a > votes_b;
    int order = date_order(a->row.published, b->row.published);
    if (order) return order > 0;
    return a->counts[harm].min < b->counts[harm].min;
}

dl_estimate view_estimate(const dl_view *view, const uint32_t *claims, size_t count, size_t harm)
{
    dl_estimate out = {.low_claim = DL_NONE, .best_claim = DL_NONE, .high_claim = DL_NONE};
    uint32_t most = 0;
    for (size_t i = 0; i < count; i++) {
        const dl_claim *claim = &view->claims.items[claims[i]];
        dl_range range = claim->counts[harm];
        if (claim->standing[harm] != DL_STANDING_CURRENT) continue;
        if (!out.known || range.min < out.low) out.low = range.min, out.low_claim = claims[i];
        if (!out.known || highest(range) > out.high) out.high = highest(range), out.open = range.open, out.high_claim = claims[i];
        else if (highest(range) == out.high) out.open = out.open && range.open;
        uint32_t mine = votes(view, claims, count, harm, range.min);
        if (!out.known || is_better(claim, &view->claims.items[out.best_claim], mine, most, harm))
            out.best = range.min, out.best_claim = claims[i], most = mine;
        out.known = true;
        out.sources++;
    }
    return out;
}

void estimate_add(dl_estimate *sum, const dl_estimate *one)
{
    if (!one->known) return;
    if (!sum->known) {
        *sum = *one;
        return;
    }
    sum->low += one->low, sum->best += one->best, sum->high += one->high;
    sum->open = sum->open || one->open;
    sum->sources += one->sources;
}
