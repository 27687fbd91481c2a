/* overlay.c - a gazetteer of the user's own: read whole, its keys sorted and searched by halves. */
#include "places/overlay.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/json.h"
#include "base/map.h"
#include "places/words.h"

typedef struct overlay_key {
    dl_str key;
    uint32_t place;
} overlay_key;

struct dl_overlay {
    dl_arena arena;
    dl_map map;
    DL_VEC(dl_overlay_place) places;
    DL_VEC(overlay_key) keys;
};

enum { NAME, ALTERNATES, LAT, LON, COUNTRY, FEATURE, ID, COLUMNS };
static const char *const column_names[COLUMNS] = {"name", "alternates", "lat", "lon", "country", "feature", "id"};

static bool number(dl_str text, double *out)
{
    char copy[40], *end;
    text = dl_str_trim(text);
    if (!text.len || text.len >= sizeof copy) return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    *out = strtod(copy, &end); /* the library never sets a locale */
    return end == copy + text.len && isfinite(*out);
}

static dl_status add_key(dl_overlay *overlay, dl_str name, uint32_t place, dl_error *err)
{
    char key[DL_PLACE_KEY_SIZE];
    size_t len = dl_place_key(key, name);
    if (!len) return DL_OK;
    overlay_key *slot = DL_VEC_PUSH(&overlay->arena, &overlay->keys);
    dl_str copy = dl_arena_str(&overlay->arena, (dl_str){key, len});
    if (!slot || !copy.ptr) return dl_fail_memory(err);
    *slot = (overlay_key){copy, place};
    return DL_OK;
}

static dl_status add_place(dl_overlay *overlay, const dl_str cells[COLUMNS], const char *path, size_t offset, dl_error *err)
{
    dl_overlay_place place = {cells[ID], cells[NAME], cells[COUNTRY], cells[FEATURE], 0, 0};
    if (!number(cells[LAT], &place.lat) || !number(cells[LON], &place.lon) || fabs(place.lat) > 90 || fabs(place.lon) > 180)
        return dl_fail(err, DL_BAD_DATA, path, offset, "the point lies on no map");
    if (!place.name.len) return dl_fail(err, DL_BAD_DATA, path, offset, "the place has no name");
    if (place.country.len != 0 && place.country.len != 2)
        return dl_fail(err, DL_BAD_DATA, path, offset, "the country is no ISO 3166-1 code of two letters");
    dl_overlay_place *slot = DL_VEC_PUSH(&overlay->arena, &overlay->places);
    if (!slot) return dl_fail_memory(err);
    *slot = place;
    uint32_t index = (uint32_t)overlay->places.count - 1;
    dl_status status = add_key(overlay, place.name, index, err);
    dl_str rest = cells[ALTERNATES], name;
    while (status == DL_OK && dl_str_next(&rest, '|', &name)) status = add_key(overlay, name, index, err);
    return status;
}

static bool read_heading(dl_str line, int columns[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++) columns[i] = -1;
    dl_str cell;
    for (int n = 0; dl_str_next(&line, '\t', &cell); n++)
        for (int i = 0; i < COLUMNS; i++)
            if (dl_str_is(dl_str_trim(cell), column_names[i])) columns[i] = n;
    return columns[NAME] >= 0 && columns[LAT] >= 0 && columns[LON] >= 0;
}

static dl_status read_tsv(dl_overlay *overlay, dl_str input, const char *path, dl_error *err)
{
    int columns[COLUMNS];
    bool headed = false;
    dl_str rest = input, line, cell;
    while (dl_str_next(&rest, '\n', &line)) {
        size_t offset = (size_t)(line.ptr - input.ptr);
        if (!dl_str_trim(line).len || line.ptr[0] == '#') continue;
        if (!headed) {
            headed = true;
            if (!read_heading(line, columns))
                return dl_fail(err, DL_BAD_DATA, path, offset, "the first line does not name the columns name, lat and lon");
            continue;
        }
        dl_str cells[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) cells[i] = DL_STR("");
        for (int n = 0; dl_str_next(&line, '\t', &cell); n++)
            for (int i = 0; i < COLUMNS; i++)
                if (columns[i] == n) cells[i] = dl_str_trim(cell);
        dl_status status = add_place(overlay, cells, path, offset, err);
        if (status != DL_OK) return status;
    }
    return headed ? DL_OK : dl_fail(err, DL_BAD_DATA, path, 0, "the file is empty");
}

static dl_status read_feature(dl_overlay *overlay, const dl_json *feature, const char *path, dl_error *err)
{
    const dl_json *geometry = dl_json_get(feature, "geometry"), *properties = dl_json_get(feature, "properties");
    const dl_json *point = dl_json_get(geometry, "coordinates");
    if (!dl_str_is(dl_json_text(dl_json_get(geometry, "type")), "Point") || !point || point->count < 2)
        return dl_fail(err, DL_BAD_DATA, path, feature->start, "the feature is no Point");
    dl_str cells[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
        const dl_json *value = dl_json_get(properties, column_names[i]);
        cells[i] = value && (value->kind == DL_JSON_STRING || value->kind == DL_JSON_NUMBER) ? value->text : DL_STR("");
    }
    cells[LON] = point->first->text;
    cells[LAT] = point->first->next->text;
    return add_place(overlay, cells, path, feature->start, err);
}

static dl_status read_geojson(dl_overlay *overlay, dl_str input, const char *path, dl_error *err)
{
    const dl_json *root;
    dl_status status = dl_json_parse(&root, &overlay->arena, input, false, err);
    if (status != DL_OK) return status;
    const dl_json *features = dl_json_get(root, "features");
    if (!features || features->kind != DL_JSON_ARRAY)
        return dl_fail(err, DL_BAD_DATA, path, 0, "not a GeoJSON FeatureCollection");
    for (const dl_json *f = features->first; f && status == DL_OK; f = f->next) status = read_feature(overlay, f, path, err);
    return status;
}

static int by_key(const void *a, const void *b)
{
    const overlay_key *x = a, *y = b;
    int order = dl_str_cmp(x->key, y->key);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

dl_status dl_overlay_open(dl_overlay **out, const char *path, dl_error *err)
{
    *out = NULL;
    dl_overlay *overlay = calloc(1, sizeof *overlay);
    if (!overlay) return dl_fail_memory(err);
    dl_arena_init(&overlay->arena, 0);
    dl_status status = dl_map_open(&overlay->map, path, err);
    dl_str input = {(const char *)overlay->map.bytes, overlay->map.size}, body = dl_str_trim(input);
    if (status == DL_OK)
        status = body.len && body.ptr[0] == '{' ? read_geojson(overlay, input, path, err) : read_tsv(overlay, input, path, err);
    if (status != DL_OK) {
        dl_overlay_close(overlay);
        return status;
    }
    if (overlay->keys.count) qsort(overlay->keys.items, overlay->keys.count, sizeof *overlay->keys.items, by_key);
    *out = overlay;
    return DL_OK;
}

void dl_overlay_close(dl_overlay *overlay)
{
    if (!overlay) return;
    dl_map_close(&overlay->map);
    dl_arena_free(&overlay->arena);
    free(overlay);
}

dl_overlay_hit dl_overlay_find(const dl_overlay *overlay, dl_str key)
{
    dl_overlay_hit hit = {DL_NONE, false};
    if (!overlay) return hit;
    size_t low = 0, high = overlay->keys.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (dl_str_cmp(overlay->keys.items[middle].key, key) < 0) low = middle + 1;
        else high = middle;
    }
    for (size_t i = low; i < overlay->keys.count; i++) {
        dl_str have = overlay->keys.items[i].key;
        if (dl_str_eq(have, key)) {
            if (hit.place == DL_NONE) hit.place = overlay->keys.items[i].place;
        } else if (have.len > key.len && have.ptr[key.len] == ' ' && memcmp(have.ptr, key.ptr, key.len) == 0) {
            hit.is_prefix = true;
            break;
        } else break;
    }
    return hit;
}

const dl_overlay_place *dl_overlay_place_at(const dl_overlay *overlay, uint32_t index)
{
    return overlay && index < overlay->places.count ? &overlay->places.items[index] : NULL;
}
