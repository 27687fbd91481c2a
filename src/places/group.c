/* group.c - the distinct names of a page with all they may mean, which name stands inside which ("Bangor, Maine"), and
 * the nodes: mentions that name the same thing. A name has one sense a page unless the page itself says otherwise. */
#include <math.h>

#include "base/error.h"
#include "places/internal.h"

enum { MAX_CANDIDATES = 80 };

static void fill(const dl_places_data *data, candidate *c, dl_posting posting, size_t rank)
{
    dl_location at = dl_gazetteer_place(data->gazetteer, posting.place);
    *c = (candidate){.place = posting.place, .naming = posting.naming, .level = at.level, .letter = at.letter,
                     .capital = dl_str_is(at.feature, "PPLC"), .seat = dl_str_is(at.feature, "PPLA"),
                     .admin1 = at.admin1_place, .admin2 = at.admin2_place, .population = at.population,
                     .geonameid = at.geonameid, .lat = at.lat, .lon = at.lon};
    if (at.country.len == 2) c->country = (uint16_t)((unsigned char)at.country.ptr[0] << 8 | (unsigned char)at.country.ptr[1]);
    float *f = c->features;
    f[C_COUNTRY] = at.level == DL_LEVEL_COUNTRY;
    f[C_ADMIN1] = at.level == DL_LEVEL_ADMIN1;
    f[C_ADMIN2] = at.level == DL_LEVEL_ADMIN2;
    f[C_DISTRICT] = at.level == DL_LEVEL_DISTRICT;
    f[C_NATURE] = at.level == DL_LEVEL_NATURE;
    f[C_SITE] = at.level == DL_LEVEL_SITE;
    f[C_REGION] = at.level == DL_LEVEL_REGION;
    f[C_CAPITAL] = c->capital;
    f[C_SEAT] = c->seat;
    f[C_ALTERNATE] = posting.naming == DL_ALTERNATE;
    f[C_SHORTENED] = posting.naming == DL_SHORTENED;
    f[C_FIRST] = rank == 0;
    f[C_APPROXIMATE] = at.approximate;
}

static bool fits_mention(const mention *m, dl_naming naming)
{
    bool shortened = naming == DL_ABBREVIATED || naming == DL_ABBREVIATED_ALONE || naming == DL_POSTAL;
    if (m->abbreviation) return shortened;
    if (m->kind == MENTION_ADJECTIVE) return naming == DL_ADJECTIVE;
    return !shortened && naming != DL_ADJECTIVE;
}

static void add_own(const dl_places_data *data, candidate *c, uint32_t place)
{
    const dl_overlay_place *at = dl_overlay_place_at(data->overlay, place);
    *c = (candidate){.place = place, .own = true, .level = DL_LEVEL_SITE, .lat = at->lat, .lon = at->lon,
                     .admin1 = DL_NONE, .admin2 = DL_NONE};
    if (at->country.len == 2) c->country = (uint16_t)((unsigned char)at->country.ptr[0] << 8 | (unsigned char)at->country.ptr[1]);
    c->features[C_OVERLAY] = 1;
}

static bool lies_in(const candidate *inner, const candidate *outer)
{
    if (inner->own || outer->own || inner->place == outer->place || !inner->country || inner->country != outer->country) return false;
    if (outer->level == DL_LEVEL_COUNTRY) return inner->level != DL_LEVEL_COUNTRY;
    if (outer->level == DL_LEVEL_ADMIN1) return inner->admin1 == outer->place && inner->level != DL_LEVEL_ADMIN1;
    return outer->level == DL_LEVEL_ADMIN2 && inner->admin2 == outer->place && inner->level != DL_LEVEL_ADMIN1;
}

/* A second-level unit is often not known as such for its own seat. */
static bool lies_beside(const candidate *city, const candidate *unit)
{
    return unit->level == DL_LEVEL_ADMIN2 && city->admin1 == unit->admin1 && city->admin1 != DL_NONE &&
           fabs(city->lat - unit->lat) < 0.6 && fabs(city->lon - unit->lon) < 0.6;
}

/* Aleppo the governorate holds Aleppo the city: news that says just "Aleppo" means the city. */
static void mark_namesakes(candidate *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        candidate *unit = &items[i];
        if (unit->level != DL_LEVEL_ADMIN1 && unit->level != DL_LEVEL_ADMIN2) continue;
        for (size_t k = 0; k < count && unit->features[C_NAMESAKE] <= 0; k++) {
            candidate *city = &items[k];
            if (city->level != DL_LEVEL_CITY || !(lies_in(city, unit) || lies_beside(city, unit))) continue;
            unit->features[C_NAMESAKE] = 1;
            if (city->population < unit->population) unit->population = city->population;
            unit->features[C_SHORTENED] = 0;
            if (unit->naming != DL_SHORTENED) city->features[C_ALTERNATE] = unit->features[C_ALTERNATE];
        }
    }
}

/* By another's name, or by a part of its own, a place is hardly meant where one of its kind and country, and not much smaller, bears that name. A
 * hamlet of the name says nothing: many spellings of a town are names of others. */
static void mark_rivals(candidate *items, size_t count)
{
    uint8_t bearers[MAX_CANDIDATES + 1];
    size_t bearer_count = 0;
    for (size_t k = 0; k < count; k++)
        if (items[k].naming == DL_NAMED && items[k].country && !items[k].own) bearers[bearer_count++] = (uint8_t)k;
    for (size_t i = 0; i < count && bearer_count; i++) {
        candidate *c = &items[i];
        if (c->naming != DL_ALTERNATE && c->naming != DL_SHORTENED) continue;
        for (size_t k = 0; k < bearer_count && c->features[C_RIVAL] <= 0; k++) {
            const candidate *bearer = &items[bearers[k]];
            c->features[C_RIVAL] = bearer->country == c->country && bearer->level == c->level && bearer->population >= c->population / 4;
        }
    }
}

static dl_status gather(place_page *page, const mention *m, page_name *out, dl_error *err)
{
    const dl_places_data *data = page->data;
    size_t limit = m->hit.count < MAX_CANDIDATES ? m->hit.count : MAX_CANDIDATES;
    out->candidates = DL_NEW_ARRAY(page->arena, candidate, limit + 1);
    if (!out->candidates) return dl_fail_memory(err);
    if (m->own.place != DL_NONE && dl_overlay_place_at(data->overlay, m->own.place))
        add_own(data, &out->candidates[out->count++], m->own.place);
    for (uint32_t i = 0; i < m->hit.count && out->count < limit + 1; i++) {
        dl_posting posting = dl_gazetteer_posting(data->gazetteer, m->hit.first + i);
        if (fits_mention(m, posting.naming)) {
            fill(data, &out->candidates[out->count], posting, out->count);
            out->count++;
        }
    }
    mark_namesakes(out->candidates, out->count);
    mark_rivals(out->candidates, out->count);
    return DL_OK;
}

/* ---- names ---- */

static uint64_t name_hash(const mention *m)
{
    return dl_hash(m->key.ptr, m->key.len, (uint64_t)m->abbreviation << 1 | (m->kind == MENTION_ADJECTIVE));
}

static dl_status make_names(place_page *page, dl_error *err)
{
    size_t size = 16;
    while (size < 2 * page->mentions.count) size *= 2;
    uint32_t *slots = DL_NEW_ARRAY(page->arena, uint32_t, size);
    uint64_t *hashes = DL_NEW_ARRAY(page->arena, uint64_t, size);
    if (!slots || !hashes) return dl_fail_memory(err);
    for (size_t i = 0; i < page->mentions.count; i++) {
        mention *m = &page->mentions.items[i];
        if (!m->hit.count && m->own.place == DL_NONE) continue;
        uint64_t hash = name_hash(m);
        size_t at = (size_t)hash & (size - 1);
        while (slots[at] && hashes[at] != hash) at = (at + 1) & (size - 1);
        if (!slots[at]) {
            page_name *added = DL_VEC_PUSH(page->arena, &page->names);
            if (!added) return dl_fail_memory(err);
            *added = (page_name){.key = m->key, .last_held = DL_NONE, .bare = DL_NONE};
            dl_status status = gather(page, m, added, err);
            if (status != DL_OK) return status;
            slots[at] = (uint32_t)page->names.count;
            hashes[at] = hash;
        }
        m->name = slots[at] - 1;
    }
    return DL_OK;
}

/* ---- containers ---- */

static uint32_t container_of(const page_name *inner, const page_name *outer)
{
    for (size_t j = 0; j < outer->count; j++) {
        const candidate *around = &outer->candidates[j];
        if (around->level != DL_LEVEL_COUNTRY && around->level != DL_LEVEL_ADMIN1 && around->level != DL_LEVEL_ADMIN2) continue;
        /* "Lebanon, Syria" lists two countries */
        if (around->level == DL_LEVEL_COUNTRY && inner->count && inner->candidates[0].level == DL_LEVEL_COUNTRY) continue;
        for (size_t i = 0; i < inner->count; i++)
            if (lies_in(&inner->candidates[i], around)) return around->place;
    }
    return DL_NONE;
}

/* "a, b and c": what stands behind the mention goes on with a list, and does not hold it. */
static bool goes_on_listing(const place_page *page, size_t at)
{
    const page_words *w = &page->words;
    const mention *m = &page->mentions.items[at], *next = m + 1;
    size_t behind = m->first + m->count;
    if (at + 1 >= page->mentions.count || behind >= w->count) return false;
    uint8_t gap = w->items[behind].gap;
    bool joined = dl_str_is(w->items[behind].form, "and") || dl_str_is(w->items[behind].form, "or");
    if (joined) return (gap == DL_GAP_SPACE || gap == DL_GAP_COMMA) && next->first == behind + 1;
    if (gap != DL_GAP_COMMA || next->first != behind) return false;
    return next->name == DL_NONE || container_of(&page->names.items[m->name], &page->names.items[next->name]) == DL_NONE;
}

static bool has_country(const page_name *name, uint16_t country)
{
    for (size_t i = 0; i < name->count; i++)
        if (name->candidates[i].country == country) return true;
    return false;
}

/* "in Alderby, Norland", where the gazetteer knows an Alderby, but none in any Norland: this one it does not know. */
static bool is_elsewhere(const place_page *page, const mention *inner, const page_name *name, size_t last)
{
    enum { KNOWN_TO_ALL = 300000 }; /* people */
    const page_name *outer = &page->names.items[page->mentions.items[last].name];
    if (!name->count || !outer->count || name->candidates[0].own) return false;
    dl_level level = name->candidates[0].level;
    if (level == DL_LEVEL_COUNTRY || level == DL_LEVEL_REGION || level == DL_LEVEL_ADMIN1 || name->candidates[0].population > KNOWN_TO_ALL) return false;
    dl_level around = outer->candidates[0].level;
    if (around != DL_LEVEL_COUNTRY && around != DL_LEVEL_ADMIN1) return false;
    if (inner->first == 0 || !(page->words.classes[inner->first - 1] & (CLASS_PREPOSITION | CLASS_OF | CLASS_KIND))) return false;
    for (size_t i = 0; i < outer->count; i++)
        if (outer->candidates[i].level <= around && has_country(name, outer->candidates[i].country)) return false;
    return !goes_on_listing(page, last);
}

/* What the mention at `at` is told to lie in: the nearest of the names behind it that may hold it ("Bangor, Maine", "Alder village, Low Fen,
 * Norland"). A name of which none lies there is one that the gazetteer does not hold. */
static void link_container(place_page *page, size_t at)
{
    enum { STEPS = 3 };
    mention *inner = &page->mentions.items[at];
    const page_name *name = &page->names.items[inner->name];
    for (size_t k = at + 1; k < page->mentions.count && k <= at + STEPS; k++) {
        mention *outer = &page->mentions.items[k];
        if (!places_says_within(page, page->mentions.items[k - 1].span.end, outer->span.start)) return;
        if (outer->name == DL_NONE) continue;
        if (outer->kind == MENTION_ADJECTIVE || inner->name == outer->name) return;
        inner->container = container_of(name, &page->names.items[outer->name]);
        outer->contained |= inner->container != DL_NONE;
        if (inner->container != DL_NONE) return;
        if (is_elsewhere(page, inner, name, k)) {
            inner->name = DL_NONE;
            if (inner->kind == MENTION_NAME) inner->kind = MENTION_UNKNOWN;
            return;
        }
    }
}

static void link_containers(place_page *page)
{
    for (size_t i = 0; i + 1 < page->mentions.count; i++) {
        const mention *m = &page->mentions.items[i];
        if (m->name != DL_NONE && m->kind != MENTION_ADJECTIVE) link_container(page, i);
    }
}

/* ---- nodes ---- */

static uint32_t new_node(place_page *page, uint32_t name_index, uint32_t container, dl_error *err)
{
    const page_name *n = &page->names.items[name_index];
    node *added = DL_VEC_PUSH(page->arena, &page->nodes);
    bool first = n->bare == DL_NONE && n->last_held == DL_NONE; /* it takes the name's own; nothing is written to them before all nodes are made */
    candidate *copy = first ? n->candidates : dl_arena_alloc_raw(page->arena, (n->count + 1) * sizeof *copy);
    if (!added || !copy) {
        (void)dl_fail_memory(err);
        return DL_NONE;
    }
    if (n->count && !first) memcpy(copy, n->candidates, n->count * sizeof *copy);
    *added = (node){.key = n->key, .container = container, .candidates = copy, .count = n->count, .best = DL_NONE};
    return (uint32_t)page->nodes.count - 1;
}

/* Mentions with the same container share a node; those without take the one before them, else the first. */
static dl_status make_nodes(place_page *page, dl_error *err)
{
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < page->mentions.count; i++) {
            mention *m = &page->mentions.items[i];
            if (m->name == DL_NONE) continue;
            page_name *n = &page->names.items[m->name];
            if (round == 0 && m->container != DL_NONE) {
                if (n->last_held == DL_NONE || page->nodes.items[n->last_held].container != m->container) {
                    n->last_held = new_node(page, m->name, m->container, err);
                    if (n->last_held == DL_NONE) return DL_NO_MEMORY;
                    if (n->bare == DL_NONE) n->bare = n->last_held;
                }
                m->node = n->last_held;
            } else if (round == 1 && m->container != DL_NONE) {
                n->bare = m->node;
            } else if (round == 1) {
                if (n->bare == DL_NONE) n->bare = new_node(page, m->name, DL_NONE, err);
                if (n->bare == DL_NONE) return DL_NO_MEMORY;
                m->node = n->bare;
            }
        }
    return DL_OK;
}

static void add_beside(node *n, uint32_t other)
{
    for (uint32_t i = 0; i < n->beside_count; i++)
        if (n->beside[i] == other) return;
    if (n->beside_count < sizeof n->beside / sizeof *n->beside) n->beside[n->beside_count++] = other;
}

static void link_neighbours(place_page *page)
{
    enum { REACH = 25 }; /* words */
    for (size_t i = 0; i < page->mentions.count; i++) {
        const mention *m = &page->mentions.items[i];
        if (m->node == DL_NONE) continue;
        page->nodes.items[m->node].mentions++;
        for (size_t k = i + 1; k < page->mentions.count && k < i + 3; k++) {
            const mention *next = &page->mentions.items[k];
            if (next->node == DL_NONE || next->node == m->node || next->first > m->first + REACH) continue;
            add_beside(&page->nodes.items[m->node], next->node);
            add_beside(&page->nodes.items[next->node], m->node);
        }
    }
}

dl_status places_group(place_page *page, dl_error *err)
{
    dl_status status = make_names(page, err);
    if (status != DL_OK) return status;
    link_containers(page);
    status = make_nodes(page, err);
    if (status == DL_OK) link_neighbours(page);
    return status;
}
