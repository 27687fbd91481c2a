/* counties.c - towns and the second-level units around them, named on the same page: of many places called Huntsville and many
 * Walker Counties, only one lies in one of the other. Linear in the number of candidates. */

#include <math.h>

#include "base/error.h"
#include "places/internal.h"

/* The nodes of most weight that tell one thing: one of the two may be the node that asks. */
typedef struct tellers {
    uint32_t node[2]; /* + 1; 0: none */
    float weight[2];
} tellers;

typedef struct county { /* a unit that the page may name */
    uint32_t unit; /* place + 1; 0: a free slot */
    tellers named, inside; /* who names it, who names a town that may lie in it */
} county;

typedef struct counties {
    county *slots;
    size_t mask;
} counties;

static county *slot_of(const counties *c, uint32_t unit)
{
    size_t at = (size_t)(((uint64_t)unit * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & c->mask;
    while (c->slots[at].unit && c->slots[at].unit != unit + 1) at = (at + 1) & c->mask;
    return &c->slots[at];
}

static void note(tellers *t, size_t teller, double weight)
{
    if (t->node[0] == teller + 1 || t->node[1] == teller + 1) return;
    int weaker = t->weight[0] <= t->weight[1] ? 0 : 1;
    if (t->weight[weaker] >= (float)weight) return;
    t->node[weaker] = (uint32_t)teller + 1, t->weight[weaker] = (float)weight;
}

/* The most that another node than `asker` tells, at most 1. */
static float told_by_others(const tellers *t, size_t asker)
{
    float most = 0;
    for (int i = 0; i < 2; i++)
        if (t->node[i] && t->node[i] != asker + 1 && t->weight[i] > most) most = t->weight[i];
    return most < 1 ? most : 1;
}

static bool is_town(const candidate *c)
{
    return (c->level == DL_LEVEL_CITY || c->level == DL_LEVEL_DISTRICT) && c->admin2 != DL_NONE && !c->own;
}

static bool is_unit(const candidate *c)
{
    return c->level == DL_LEVEL_ADMIN2 && !c->own;
}

/* An independent city is its own unit: whoever names it twice tells nothing new. */
static bool is_own_unit(const place_page *page, const candidate *town)
{
    dl_location unit = dl_gazetteer_place(page->data->gazetteer, town->admin2);
    return fabs(unit.lat - town->lat) < 0.001 && fabs(unit.lon - town->lon) < 0.001;
}

/* Units first, so that of the towns only those in named units need be noted. */
static void fill(const counties *c, const place_page *page, bool towns)
{
    for (size_t i = 0; i < page->nodes.count; i++) {
        const node *n = &page->nodes.items[i];
        for (size_t k = 0; k < n->count; k++) {
            const candidate *here = &n->candidates[k];
            if (!towns && is_unit(here)) {
                county *slot = slot_of(c, here->place);
                slot->unit = here->place + 1;
                note(&slot->named, i, n->weight);
            } else if (towns && is_town(here)) {
                county *slot = slot_of(c, here->admin2);
                if (slot->unit && !is_own_unit(page, here)) note(&slot->inside, i, n->weight);
            }
        }
    }
}

dl_status places_describe_counties(place_page *page, dl_error *err)
{
    size_t count = 0;
    for (size_t i = 0; i < page->nodes.count; i++)
        for (size_t k = 0; k < page->nodes.items[i].count; k++) count += is_unit(&page->nodes.items[i].candidates[k]);
    if (!count) return DL_OK; /* nor was there any the round before */
    counties c = {.mask = 15};
    while (c.mask + 1 < 2 * count) c.mask = c.mask * 2 + 1;
    c.slots = DL_NEW_ARRAY(page->arena, county, c.mask + 1);
    if (!c.slots) return dl_fail_memory(err);
    fill(&c, page, false);
    fill(&c, page, true);
    for (size_t i = 0; i < page->nodes.count; i++)
        for (size_t k = 0; k < page->nodes.items[i].count; k++) {
            candidate *here = &page->nodes.items[i].candidates[k];
            if (is_unit(here)) here->features[C_TOWN_NAMED] = told_by_others(&slot_of(&c, here->place)->inside, i);
            if (!is_town(here)) continue;
            const county *slot = slot_of(&c, here->admin2);
            here->features[C_COUNTY_NAMED] = slot->unit && !is_own_unit(page, here) ? told_by_others(&slot->named, i) : 0;
        }
    return DL_OK;
}
