/* counties.c - towns and the second-level units around them, named on the same page: of many places called Huntsville and many
 * Walker Counties, only one lies in one of the other. Linear in the number of candidates. */

#include <math.h>

#include "base/error.h"
#include "places/internal.h"

enum { KEY_UNIT_NAMED = 1, KEY_TOWN_INSIDE }; /* the unit is named; a town is named that may lie in it */

/* The two nodes of most weight that tell one thing: one of them may be the node that asks. */
typedef struct county_slot {
    uint64_t key; /* 0: free */
    uint32_t node[2];
    float weight[2];
} county_slot;

typedef struct counties {
    county_slot *slots;
    size_t mask;
} counties;

static county_slot *slot_of(const counties *c, int kind, uint32_t unit)
{
    uint64_t key = (uint64_t)kind << 32 | unit;
    size_t at = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & c->mask;
    while (c->slots[at].key && c->slots[at].key != key) at = (at + 1) & c->mask;
    if (!c->slots[at].key) c->slots[at] = (county_slot){.node = {DL_NONE, DL_NONE}};
    return &c->slots[at];
}

static void note(const counties *c, int kind, uint32_t unit, uint32_t teller, float weight)
{
    county_slot *slot = slot_of(c, kind, unit);
    slot->key = (uint64_t)kind << 32 | unit;
    if (slot->node[0] == teller || slot->node[1] == teller) return;
    int weaker = slot->node[0] == DL_NONE || (slot->node[1] != DL_NONE && slot->weight[0] < slot->weight[1]) ? 0 : 1;
    if (slot->node[weaker] != DL_NONE && slot->weight[weaker] >= weight) return;
    slot->node[weaker] = teller, slot->weight[weaker] = weight;
}

/* The most that another node than `asker` tells of it, at most 1. */
static float told_by_others(const counties *c, int kind, uint32_t unit, uint32_t asker)
{
    const county_slot *slot = slot_of(c, kind, unit);
    float most = 0;
    for (int i = 0; i < 2; i++)
        if (slot->node[i] != DL_NONE && slot->node[i] != asker && slot->weight[i] > most) most = slot->weight[i];
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

dl_status places_describe_counties(place_page *page, dl_error *err)
{
    size_t count = 0;
    for (size_t i = 0; i < page->nodes.count; i++) count += page->nodes.items[i].count;
    counties c = {.mask = 63};
    while (c.mask + 1 < 2 * count) c.mask = c.mask * 2 + 1;
    c.slots = DL_NEW_ARRAY(page->arena, county_slot, c.mask + 1);
    if (!c.slots) return dl_fail_memory(err);
    for (size_t i = 0; i < page->nodes.count; i++) {
        const node *n = &page->nodes.items[i];
        for (size_t k = 0; k < n->count; k++) {
            if (is_unit(&n->candidates[k])) note(&c, KEY_UNIT_NAMED, n->candidates[k].place, (uint32_t)i, (float)n->weight);
            if (is_town(&n->candidates[k]) && !is_own_unit(page, &n->candidates[k])) note(&c, KEY_TOWN_INSIDE, n->candidates[k].admin2, (uint32_t)i, (float)n->weight);
        }
    }
    for (size_t i = 0; i < page->nodes.count; i++)
        for (size_t k = 0; k < page->nodes.items[i].count; k++) {
            candidate *here = &page->nodes.items[i].candidates[k];
            float named = is_town(here) ? told_by_others(&c, KEY_UNIT_NAMED, here->admin2, (uint32_t)i) : 0;
            here->features[C_COUNTY_NAMED] = named > 0 && !is_own_unit(page, here) ? named : 0;
            here->features[C_TOWN_NAMED] = is_unit(here) ? told_by_others(&c, KEY_TOWN_INSIDE, here->place, (uint32_t)i) : 0;
        }
    return DL_OK;
}
