/* map.c - happenings on a map: alone where they are few, else gathered in the cells of a grid.
 *
 * The grid is that of the web's tiles (spherical Mercator), each divided into 4 by 4 cells of 64 pixels; a cluster stands where its happenings lie on
 * average. Countries and units are no points: what is known no better is counted, not pinned, unless asked for. */
#include <math.h>
#include <stdlib.h>

#include "serve/sums.h"

enum { CELLS_A_TILE = 4, MOST_ZOOM = 18, FEW_PINS = 300, MOST_PINS = 2000, MOST_CELLS = 4000 };

typedef struct cell_sum {
    int64_t key; /* row and column of the grid */
    double lat, lon, west, south, east, north;
    uint32_t count, actual, one_sided, contested, sources;
    uint32_t types[DL_EVENT_TYPE_COUNT];
    dl_str place, country; /* that all its happenings share; ptr NULL: none */
    dl_date since, until;
    harm_sums sums;
} cell_sum;

typedef struct mapper {
    dl_arena *arena;
    int zoom;
    bool coarse; /* units and countries are wanted, too */
    DL_VEC(atlas_match) points;
    size_t unplaced, coarse_count;
    bool failed;
} mapper;

static bool is_point(const atlas_place *place)
{
    return dl_str_is(place->precision, "exact") || dl_str_is(place->precision, "city") || dl_str_is(place->precision, "admin2");
}

static bool take_point(void *context, const atlas_match *match)
{
    mapper *m = context;
    uint32_t place = match->happening->place;
    if (place == DL_NONE || !match->bucket->places[place].located) {
        m->unplaced++;
        return true;
    }
    if (!is_point(&match->bucket->places[place])) {
        m->coarse_count++;
        if (!m->coarse) return true;
    }
    atlas_match *slot = DL_VEC_PUSH(m->arena, &m->points);
    if (slot) *slot = *match;
    else m->failed = true;
    return slot != NULL;
}

/* ---- cells ---- */

static const atlas_place *place_of(const atlas_match *match)
{
    return &match->bucket->places[match->happening->place];
}

static int64_t cell_of(const mapper *m, const atlas_place *place)
{
    const double pi = 3.14159265358979323846, cells = ldexp(CELLS_A_TILE, m->zoom);
    double lat = place->lat > 85 ? 85 : place->lat < -85 ? -85 : place->lat;
    double column = (place->lon + 180) / 360 * cells, row = (1 - asinh(tan(lat * pi / 180)) / pi) / 2 * cells;
    return (int64_t)row << 32 | (int64_t)column;
}

typedef struct celled {
    int64_t key;
    uint32_t index;
} celled;

static int by_cell(const void *left, const void *right)
{
    const celled *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static int order(dl_date a, dl_date b)
{
    int x = a.year * 512 + a.month * 32 + a.day, y = b.year * 512 + b.month * 32 + b.day;
    return x < y ? -1 : x > y;
}

static void add_to_cell(cell_sum *cell, const atlas_match *match)
{
    const atlas_happening *h = match->happening;
    const atlas_place *place = place_of(match);
    if (!cell->count) cell->west = cell->east = place->lon, cell->south = cell->north = place->lat, cell->place = place->name, cell->country = place->country;
    if (!dl_str_eq(cell->place, place->name)) cell->place = (dl_str){0};
    if (!dl_str_eq(cell->country, place->country)) cell->country = (dl_str){0};
    cell->lat += place->lat, cell->lon += place->lon;
    cell->west = fmin(cell->west, place->lon), cell->east = fmax(cell->east, place->lon);
    cell->south = fmin(cell->south, place->lat), cell->north = fmax(cell->north, place->lat);
    cell->count++;
    cell->actual += h->actual, cell->one_sided += h->one_sided, cell->contested += h->contested;
    if (h->sources > cell->sources) cell->sources = h->sources;
    if (h->type < DL_EVENT_TYPE_COUNT) cell->types[h->type]++;
    if (h->date.year && (!cell->since.year || order(h->date, cell->since) < 0)) cell->since = h->date;
    if (h->date.year && order(h->date, cell->until) > 0) cell->until = h->date;
    sums_add(&cell->sums, match);
}

static void put_cell(dl_json_out *out, const cell_sum *cell)
{
    dl_json_open(out, '{');
    dl_json_key(out, "lat"), dl_json_real(out, cell->lat / cell->count, 5);
    dl_json_key(out, "lon"), dl_json_real(out, cell->lon / cell->count, 5);
    dl_json_key(out, "bbox"), dl_json_open(out, '[');
    dl_json_real(out, cell->west, 5), dl_json_real(out, cell->south, 5), dl_json_real(out, cell->east, 5), dl_json_real(out, cell->north, 5);
    dl_json_close(out, ']');
    if (cell->place.len) view_json_text(out, "place", cell->place);
    if (cell->country.len) view_json_text(out, "country", cell->country);
    dl_json_key(out, "count"), dl_json_int(out, cell->count);
    dl_json_key(out, "actual"), dl_json_int(out, cell->actual);
    dl_json_key(out, "sources"), dl_json_int(out, cell->sources);
    dl_json_key(out, "one_sided"), dl_json_int(out, cell->one_sided);
    dl_json_key(out, "contested"), dl_json_int(out, cell->contested);
    dl_json_key(out, "types"), dl_json_open(out, '{');
    for (int i = 1; i < DL_EVENT_TYPE_COUNT; i++)
        if (cell->types[i]) dl_json_key(out, dl_event_type_name((dl_event_type)i)), dl_json_int(out, cell->types[i]);
    dl_json_close(out, '}');
    view_json_day(out, "since", cell->since), view_json_day(out, "until", cell->until);
    put_sums(out, &cell->sums);
    dl_json_close(out, '}');
}

static dl_status put_clusters(serve_call *call, const mapper *m)
{
    celled *cells = DL_NEW_ARRAY(call->arena, celled, m->points.count + 1);
    if (!cells) return dl_fail_memory(call->err);
    for (uint32_t i = 0; i < m->points.count; i++) cells[i] = (celled){cell_of(m, place_of(&m->points.items[i])), i};
    qsort(cells, m->points.count, sizeof *cells, by_cell);
    for (size_t i = 0, count = 0; i < m->points.count && count < MOST_CELLS; count++) {
        cell_sum cell = {.key = cells[i].key};
        for (; i < m->points.count && cells[i].key == cell.key; i++) add_to_cell(&cell, &m->points.items[cells[i].index]);
        put_cell(call->out, &cell);
    }
    return DL_OK;
}

/* ---- the map ---- */

dl_status get_map(serve_call *call)
{
    question q;
    int64_t zoom, pins;
    mapper m = {.arena = call->arena};
    dl_json_out *out = call->out;
    dl_status status = ask_question(call, &q);
    if (status == DL_OK) status = ask_number(call, "zoom", 0, MOST_ZOOM, 3, &zoom);
    if (status == DL_OK) status = ask_number(call, "pins", 0, MOST_PINS, FEW_PINS, &pins);
    if (status == DL_OK) status = ask_flag(call, "coarse", &m.coarse);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK) m.zoom = (int)zoom, status = atlas_choose(call->atlas, &q.filter, call->arena, take_point, &m, call->err);
    if (status == DL_OK && m.failed) status = dl_fail_memory(call->err);
    if (status != DL_OK) return status;
    bool alone = m.points.count <= (size_t)pins;
    dl_json_open(out, '{');
    dl_json_key(out, "clusters"), dl_json_open(out, '[');
    if (!alone) status = put_clusters(call, &m);
    dl_json_close(out, ']');
    dl_json_key(out, "pins"), dl_json_open(out, '[');
    for (size_t i = 0; alone && i < m.points.count; i++) {
        dl_json_open(out, '{');
        put_match(call, &m.points.items[i]);
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
    dl_json_key(out, "total"), dl_json_int(out, (int64_t)m.points.count);
    dl_json_key(out, "unplaced"), dl_json_int(out, (int64_t)m.unplaced);
    dl_json_key(out, "coarse"), dl_json_int(out, (int64_t)m.coarse_count);
    put_generation(call);
    dl_json_close(out, '}');
    return status;
}
