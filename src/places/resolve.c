/* resolve.c - which of a name's places is meant.
 *
 * Each candidate is weighed by what it is (population, kind, how it is named), by what the page says outright (the
 * container behind it, the kind of place beside it), and by the company it keeps: every name spreads its weight over
 * the countries, units and map cells of its likely places, and a candidate is backed by what the other names have put
 * where it lies. Two rounds let clear names settle the others. Linear in the number of names. */
#include <math.h>

#include "base/error.h"
#include "places/internal.h"

enum { ROUNDS = 3, SPREAD = 8, NOTHING = 20 /* e to the minus 20 */ };

typedef struct mass_sum {
    uint32_t key; /* 0: a free slot */
    float sum;
} mass_sum;

typedef struct mass { /* weight by key: country, unit, cell */
    mass_sum *slots;
    size_t size;
    double total;
} mass;

enum { KEY_COUNTRY = 1, KEY_UNIT, KEY_CELL };

static uint32_t mass_key(uint32_t kind, uint32_t value) /* values stay under 2^30: places have 28 bits at most */
{
    return kind << 30 | (value + 1);
}

static mass_sum *mass_slot(const mass *m, uint32_t key)
{
    size_t at = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (m->size - 1);
    while (m->slots[at].key && m->slots[at].key != key) at = (at + 1) & (m->size - 1);
    return &m->slots[at];
}

static void mass_add(mass *m, uint32_t key, double weight)
{
    mass_sum *slot = mass_slot(m, key);
    slot->key = key;
    slot->sum += (float)weight;
}

static double mass_get(const mass *m, uint32_t key)
{
    return mass_slot(m, key)->sum; /* of a free slot 0 */
}

/* Whole degrees from the south pole and from 180 west; degrees are within their bounds. */
static int cell_row(double lat) { return (int)(lat + 90); }
static int cell_column(double lon) { return (int)(lon + 180) % 360; }
static uint32_t cell(int row, int column) { return (uint32_t)(row < 0 ? 0 : row) * 360 + (uint32_t)(column < 0 ? column + 360 : column >= 360 ? column - 360 : column); }

static bool is_point(const candidate *c)
{
    return c->level != DL_LEVEL_COUNTRY && c->level != DL_LEVEL_REGION;
}

static uint32_t unit_of(const candidate *c)
{
    return c->admin1;
}

static void spread(mass *m, const node *n, double sign)
{
    for (size_t i = 0, used = 0; i < n->count && used < SPREAD; i++) {
        const candidate *c = &n->candidates[i];
        if (c->share < 0.02f) continue;
        used++;
        double weight = sign * n->weight * c->share;
        if (c->country) mass_add(m, mass_key(KEY_COUNTRY, c->country), weight);
        if (is_point(c) && unit_of(c) != DL_NONE) mass_add(m, mass_key(KEY_UNIT, unit_of(c)), weight);
        if (is_point(c)) mass_add(m, mass_key(KEY_CELL, cell(cell_row(c->lat), cell_column(c->lon))), weight);
    }
}

static dl_status mass_open(mass *m, dl_arena *arena, size_t nodes, dl_error *err)
{
    m->size = 64;
    while (m->size < nodes * SPREAD * 3 * 2) m->size *= 2;
    m->slots = m->size <= SIZE_MAX / sizeof *m->slots ? dl_arena_alloc_raw(arena, m->size * sizeof *m->slots) : NULL;
    return m->slots ? DL_OK : dl_fail_memory(err);
}

static void mass_fill(mass *m, const place_page *page)
{
    memset(m->slots, 0, m->size * sizeof *m->slots);
    m->total = 0;
    for (size_t i = 0; i < page->nodes.count; i++) {
        spread(m, &page->nodes.items[i], 1);
        m->total += page->nodes.items[i].weight;
    }
}

static double near_mass(const mass *m, const candidate *c)
{
    double sum = 0;
    int row = cell_row(c->lat), column = cell_column(c->lon);
    for (int r = -1; r <= 1; r++)
        for (int k = -1; k <= 1; k++)
            sum += mass_get(m, mass_key(KEY_CELL, cell(row + r, column + k))) * (r == 0 && k == 0 ? 1 : 0.7);
    return sum;
}

static const double PER_DEGREE = 111.2, REACH = 150; /* kilometres; at REACH nearness has fallen to 1/e */

/* How near two places are, 1 for the same; `least`: below it 0 will do. The cosine is at least 1 - m * m / 2 and e^z at
 * least 1 + z + z * z / 2, so that most pairs are found too far apart without either. */
static double nearness(const candidate *a, const candidate *b, double least)
{
    const double to_radians = 0.017453292519943295;
    double mean = (a->lat + b->lat) / 2 * to_radians, dlat = fabs(a->lat - b->lat), dlon = fabs(a->lon - b->lon);
    if (dlon > 180) dlon = 360 - dlon;
    double low = fmax(dlat, dlon * (1 - mean * mean / 2)) * (PER_DEGREE / REACH);
    if (low > NOTHING || least * (1 + low + low * low / 2) >= 1) return 0;
    double x = dlon * cos(mean);
    return exp(-PER_DEGREE * sqrt(x * x + dlat * dlat) / REACH);
}

static float next_to(const place_page *page, const node *n, const candidate *c)
{
    double most = 0;
    for (uint32_t i = 0; i < n->beside_count; i++) {
        const node *other = &page->nodes.items[n->beside[i]];
        if (other->best >= other->count) continue;
        const candidate *there = &other->candidates[other->best];
        if (!is_point(there)) {
            if (there->level == DL_LEVEL_COUNTRY && there->country == c->country) most = fmax(most, 0.3);
            continue;
        }
        if (there->share <= most) continue; /* no nearness makes it more */
        double closeness = nearness(c, there, most / there->share) * there->share;
        if (closeness > most) most = closeness;
    }
    return (float)most;
}

/* ---- features ---- */

static bool is_inside(const place_page *page, const candidate *c, uint32_t container)
{
    dl_location around = dl_gazetteer_place(page->data->gazetteer, container);
    if (around.country.len != 2) return false;
    uint16_t country = (uint16_t)((unsigned char)around.country.ptr[0] << 8 | (unsigned char)around.country.ptr[1]);
    if (country != c->country || c->place == container) return false;
    if (around.level == DL_LEVEL_COUNTRY) return true;
    return c->admin1 == container || c->admin2 == container;
}

static void describe_kind(const node *n, candidate *c)
{
    if (!n->kind_bits) return;
    bool fits = (n->kind_bits & CLASS_KIND_ADMIN1 && (c->level == DL_LEVEL_ADMIN1 || c->level == DL_LEVEL_REGION)) ||
                (n->kind_bits & CLASS_KIND_ADMIN2 && c->level == DL_LEVEL_ADMIN2) ||
                (n->kind_bits & CLASS_KIND_CITY && (c->level == DL_LEVEL_CITY || c->level == DL_LEVEL_DISTRICT)) ||
                (n->kind_bits & CLASS_KIND_NATURE && c->level == DL_LEVEL_NATURE);
    c->features[C_KIND_FITS] = fits;
    c->features[C_KIND_CLASHES] = !fits;
}

static void describe_fixed(const place_page *page, node *n, const dl_locale *locale)
{
    for (size_t i = 0; i < n->count; i++) {
        candidate *c = &n->candidates[i];
        c->features[C_POPULATION] = log10f((float)c->population + 1) / 7;
        c->features[C_HINT] = places_locale_of(locale, c->country);
        if (n->container != DL_NONE) {
            bool inside = !c->own && is_inside(page, c, n->container);
            c->features[C_CONTAINED] = inside;
            c->features[C_NOT_CONTAINED] = !inside;
        }
        describe_kind(n, c);
    }
}

static void describe_company(const place_page *page, mass *m, node *n)
{
    spread(m, n, -1);
    double others = m->total - n->weight;
    if (others < 0.05) others = 0.05;
    for (size_t i = 0; i < n->count; i++) {
        candidate *c = &n->candidates[i];
        float *f = c->features;
        double country = c->country ? mass_get(m, mass_key(KEY_COUNTRY, c->country)) : 0;
        double unit = unit_of(c) != DL_NONE ? mass_get(m, mass_key(KEY_UNIT, unit_of(c))) : 0;
        double scale = others < 1 ? 1 : others; /* one faint name is little company */
        f[C_COUNTRY_SHARE] = (float)fmax(0, country / scale);
        f[C_UNIT_SHARE] = is_point(c) ? (float)fmax(0, unit / scale) : 0;
        f[C_NEAR_SHARE] = is_point(c) ? (float)fmax(0, near_mass(m, c) / scale) : 0;
        f[C_PARENT] = c->level == DL_LEVEL_ADMIN1 ? f[C_UNIT_SHARE] : 0;
        f[C_NEXT] = is_point(c) ? next_to(page, n, c) : 0;
    }
    spread(m, n, 1);
}

/* ---- choice ---- */

static void choose(const dl_weights *weights, node *n)
{
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < n->count; i++) {
        candidate *c = &n->candidates[i];
        double score = dl_weights_sum(c->features, weights->candidate, C_COUNT);
        c->score = (float)score;
        if (score > most) most = score, n->best = (uint32_t)i;
    }
    for (size_t i = 0; i < n->count; i++) sum += n->candidates[i].share = expf(n->candidates[i].score - (float)most);
    for (size_t i = 0; i < n->count; i++) n->candidates[i].share /= (float)sum;
}

static void weigh_nodes(place_page *page)
{
    for (size_t i = 0; i < page->nodes.count; i++) page->nodes.items[i].weight = 0;
    for (size_t i = 0; i < page->mentions.count; i++) {
        const mention *m = &page->mentions.items[i];
        if (m->node >= page->nodes.count) continue;
        node *n = &page->nodes.items[m->node];
        n->weight = fmax(n->weight, m->likely * (m->kind == MENTION_ADJECTIVE ? 0.5 : 1));
        n->kind_bits |= m->kind_bits;
        n->dateline |= m->dateline;
    }
    for (size_t i = 0; i < page->nodes.count; i++) {
        node *n = &page->nodes.items[i];
        n->weight *= (1 + 0.3 * log((double)(n->mentions ? n->mentions : 1))) * (n->dateline ? 2 : 1);
    }
}

static void mark_outer(place_page *page)
{
    for (size_t i = 1; i < page->mentions.count; i++) {
        const mention *inner = &page->mentions.items[i - 1], *outer = &page->mentions.items[i];
        if (inner->container == DL_NONE || outer->node >= page->nodes.count) continue;
        node *n = &page->nodes.items[outer->node];
        for (size_t k = 0; k < n->count; k++)
            if (!n->candidates[k].own && n->candidates[k].place == inner->container) n->candidates[k].features[C_CONTAINS] = 1;
    }
}

dl_status places_resolve(place_page *page, dl_error *err)
{
    mass m;
    dl_locale locale = places_locale(page);
    dl_status status = mass_open(&m, page->arena, page->nodes.count, err);
    if (status != DL_OK) return status;
    weigh_nodes(page);
    mark_outer(page);
    status = places_describe_counties(page, err);
    if (status != DL_OK) return status;
    for (size_t i = 0; i < page->nodes.count; i++) {
        if (page->resolved) break; /* what is fixed was told the time before */
        describe_fixed(page, &page->nodes.items[i], &locale);
        choose(&page->data->weights, &page->nodes.items[i]);
    }
    for (int round = 0; round < ROUNDS; round++) {
        mass_fill(&m, page);
        for (size_t i = 0; i < page->nodes.count; i++) describe_company(page, &m, &page->nodes.items[i]);
        for (size_t i = 0; i < page->nodes.count; i++) choose(&page->data->weights, &page->nodes.items[i]);
    }
    page->resolved = true;
    return DL_OK;
}

const candidate *places_best(const place_page *page, const mention *m)
{
    if (m->node >= page->nodes.count) return NULL;
    const node *n = &page->nodes.items[m->node];
    return n->best < n->count ? &n->candidates[n->best] : NULL;
}
