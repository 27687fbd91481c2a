/* gazetteer.c - the place-name table, used in place from its mapped file (layout: gazetteer_format.h). */
#include "places/gazetteer.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/map.h"
#include "places/gazetteer_format.h"

struct dl_gazetteer {
    dl_map map;
    const gaz_place *places;
    const gaz_unit *units;
    const gaz_feature *features;
    const gaz_key *keys;
    const uint32_t *postings;
    const gaz_slot *slots;
    const char *text;
    uint32_t count[GAZ_PARTS];
};

static const size_t item_size[GAZ_PARTS] = {sizeof(gaz_place), sizeof(gaz_unit), sizeof(gaz_feature), sizeof(gaz_key),
                                            sizeof(uint32_t),  sizeof(gaz_slot), 1};

static dl_status find_parts(dl_gazetteer *gaz, const void *part[GAZ_PARTS], const char *path, dl_error *err)
{
    const size_t at = sizeof(dl_image_header);
    if (gaz->map.size < at + sizeof(gaz_contents))
        return dl_fail(err, DL_BAD_DATA, path, gaz->map.size, "the file ends inside its table of contents");
    gaz_contents contents;
    memcpy(&contents, gaz->map.bytes + at, sizeof contents);
    for (int i = 0; i < GAZ_PARTS; i++) {
        uint64_t offset = contents.offset[i];
        size_t here = at + (size_t)i * sizeof offset;
        if (offset % 8) return dl_fail(err, DL_BAD_DATA, path, here, "a part does not start at a multiple of 8");
        if (offset > gaz->map.size || contents.count[i] > (gaz->map.size - offset) / item_size[i])
            return dl_fail(err, DL_BAD_DATA, path, here, "a part lies outside the file");
        part[i] = gaz->map.bytes + offset;
        gaz->count[i] = contents.count[i];
    }
    uint32_t slots = gaz->count[GAZ_SLOTS];
    if (slots < 2 || (slots & (slots - 1)) || gaz->count[GAZ_KEYS] >= slots)
        return dl_fail(err, DL_BAD_DATA, path, at + sizeof contents.offset + GAZ_SLOTS * sizeof(uint32_t),
                       "the index has an impossible size");
    return DL_OK;
}

dl_status dl_gazetteer_open(dl_gazetteer **out, const char *path, bool verify, dl_error *err)
{
    *out = NULL;
    dl_gazetteer *gaz = calloc(1, sizeof *gaz);
    if (!gaz) return dl_fail_memory(err);
    const void *part[GAZ_PARTS] = {0};
    dl_status status = dl_map_open_image(&gaz->map, path, GAZETTEER_MAGIC, GAZETTEER_VERSION, verify, err);
    if (status == DL_OK) status = find_parts(gaz, part, path, err);
    if (status != DL_OK) {
        dl_gazetteer_close(gaz);
        return status;
    }
    gaz->places = part[GAZ_PLACES];
    gaz->units = part[GAZ_UNITS];
    gaz->features = part[GAZ_FEATURES];
    gaz->keys = part[GAZ_KEYS];
    gaz->postings = part[GAZ_POSTINGS];
    gaz->slots = part[GAZ_SLOTS];
    gaz->text = part[GAZ_TEXT];
    *out = gaz;
    return DL_OK;
}

void dl_gazetteer_close(dl_gazetteer *gaz)
{
    if (!gaz) return;
    dl_map_close(&gaz->map);
    free(gaz);
}

size_t dl_gazetteer_count(const dl_gazetteer *gaz)
{
    return gaz->count[GAZ_PLACES];
}

static dl_str text_at(const dl_gazetteer *gaz, uint32_t offset, size_t len)
{
    uint32_t size = gaz->count[GAZ_TEXT];
    return offset <= size && len <= size - offset ? (dl_str){gaz->text + offset, len} : DL_STR("");
}

dl_key_hit dl_gazetteer_find(const dl_gazetteer *gaz, dl_str key)
{
    uint64_t hash = dl_hash(key.ptr, key.len, 0);
    uint32_t mask = gaz->count[GAZ_SLOTS] - 1, tag = (uint32_t)(hash >> 32);
    for (uint32_t step = 0, at = (uint32_t)hash & mask; step <= mask; step++, at = (at + 1) & mask) {
        const gaz_slot *slot = &gaz->slots[at];
        if (!slot->key || slot->key > gaz->count[GAZ_KEYS]) break;
        if (slot->tag != tag) continue;
        const gaz_key *entry = &gaz->keys[slot->key - 1];
        if (!dl_str_eq(text_at(gaz, entry->text, entry->len), key)) continue;
        bool sound = entry->first <= gaz->count[GAZ_POSTINGS] && entry->count <= gaz->count[GAZ_POSTINGS] - entry->first;
        return (dl_key_hit){entry->first, sound ? entry->count : 0, entry->is_prefix != 0};
    }
    return (dl_key_hit){0, 0, false};
}

dl_posting dl_gazetteer_posting(const dl_gazetteer *gaz, uint32_t index)
{
    uint32_t posting = index < gaz->count[GAZ_POSTINGS] ? gaz->postings[index] : 0;
    uint32_t naming = posting >> GAZ_PLACE_BITS;
    return (dl_posting){posting & ((1u << GAZ_PLACE_BITS) - 1), naming < DL_NAMING_COUNT ? (dl_naming)naming : DL_ALTERNATE};
}

static dl_level level_of(char letter, dl_str code)
{
    switch (letter) {
    case 'A':
        if (dl_str_starts(code, "ADM2") || dl_str_starts(code, "ADM3")) return DL_LEVEL_ADMIN2;
        return dl_str_starts(code, "ADM1") ? DL_LEVEL_ADMIN1 : DL_LEVEL_COUNTRY;
    case 'P': return dl_str_is(code, "PPLX") ? DL_LEVEL_DISTRICT : DL_LEVEL_CITY;
    case 'L': return dl_str_is(code, "VAL") || dl_str_is(code, "PRK") ? DL_LEVEL_NATURE : DL_LEVEL_REGION;
    case 'H': case 'T': case 'V': return DL_LEVEL_NATURE;
    default: return DL_LEVEL_SITE;
    }
}

static size_t bounded_length(const char *text, size_t size)
{
    const char *end = memchr(text, 0, size);
    return end ? (size_t)(end - text) : size;
}

static double degrees(int32_t value, double most)
{
    double out = value / 1e5;
    return out < -most ? -most : out > most ? most : out;
}

dl_location dl_gazetteer_place(const dl_gazetteer *gaz, uint32_t index)
{
    dl_location out = {.index = index, .admin1_place = DL_NONE, .admin2_place = DL_NONE, .name = DL_STR("")};
    if (index >= gaz->count[GAZ_PLACES]) return out;
    const gaz_place *place = &gaz->places[index];
    out.geonameid = place->geonameid;
    out.name = text_at(gaz, place->name, place->name_len);
    out.own_id = text_at(gaz, place->own_id, place->own_id_len);
    out.lat = degrees(place->lat, 90), out.lon = degrees(place->lon, 180);
    out.population = place->population;
    out.approximate = place->approximate;
    out.country = (dl_str){place->country, place->country[0] ? 2 : 0};
    if (place->unit < gaz->count[GAZ_UNITS]) {
        const gaz_unit *unit = &gaz->units[place->unit];
        out.admin1 = text_at(gaz, unit->code, unit->code_len);
        if (unit->place < gaz->count[GAZ_PLACES]) out.admin1_place = unit->place;
    }
    if (place->admin2 < gaz->count[GAZ_PLACES]) out.admin2_place = place->admin2;
    if (place->feature < gaz->count[GAZ_FEATURES]) {
        const gaz_feature *feature = &gaz->features[place->feature];
        out.letter = feature->letter;
        out.feature = (dl_str){feature->code, bounded_length(feature->code, sizeof feature->code)};
    }
    out.level = level_of(out.letter, out.feature);
    return out;
}
