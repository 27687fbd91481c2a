/* build_gazetteer.c - builds the mapped gazetteer (layout: src/places/gazetteer_format.h) from the packed list and
 * the readable lists beside it.
 *
 * Usage: build_gazetteer OUTPUT PLACES.tsv.gz LISTS_DIR   A fault is told as FILE:LINE: message, exit 1.
 *
 * A row of a list with a GeoNames id mends that row of the packed list: its point where one is given, more names, its
 * name. A row with an id of its own joins a packed row of the same country, kind and name that lies near, else it is
 * a new place. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/map.h"
#include "places/gazetteer.h"
#include "places/gazetteer_format.h"
#include "places/words.h"

enum { PREFIX = 15, MAX_CELLS = 16 };

typedef struct row {
    dl_str id, name, admin1, admin2, country, code;
    char letter;
    bool approximate;
    uint32_t geonameid, population;
    double lat, lon;
} row;

typedef struct entry { /* one key of one place */
    uint32_t key, place; /* offset in key_bytes */
    uint16_t len;
    uint8_t naming;
} entry;

typedef struct builder {
    dl_arena arena;
    DL_VEC(row) rows;
    DL_VEC(entry) entries;
    DL_VEC(char) key_bytes;
} builder;

static const char *key_base; /* qsort has no context */
static const row *row_base;

static _Noreturn void die(const char *path, size_t line, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", path, line, what);
    exit(1);
}

static void *must(void *memory)
{
    if (!memory) die("build_gazetteer", 0, "out of memory");
    return memory;
}

static dl_str read_packed(builder *b, const char *path)
{
    gzFile file = gzopen(path, "rb");
    if (!file) die(path, 0, strerror(errno));
    size_t capacity = 1 << 25, len = 0;
    char *bytes = must(malloc(capacity));
    for (;;) {
        int got = gzread(file, bytes + len, (unsigned)(capacity - len));
        if (got < 0) die(path, 0, "the file is damaged");
        if (got == 0) break;
        len += (size_t)got;
        if (len == capacity) bytes = must(realloc(bytes, capacity *= 2));
    }
    if (gzclose(file) != Z_OK) die(path, 0, "the file is cut off");
    dl_str copy = dl_arena_str(&b->arena, (dl_str){bytes, len});
    must((void *)(uintptr_t)copy.ptr);
    free(bytes);
    return copy;
}

/* ---- keys ---- */

static void add_key_bytes(builder *b, dl_str key, uint32_t place, int naming)
{
    uint32_t at = (uint32_t)b->key_bytes.count;
    while (b->key_bytes.capacity - b->key_bytes.count < key.len)
        b->key_bytes.items = must(dl_arena_grow(&b->arena, b->key_bytes.items, &b->key_bytes.capacity, 1));
    memcpy(b->key_bytes.items + at, key.ptr, key.len);
    b->key_bytes.count += key.len;
    entry *e = must(DL_VEC_PUSH(&b->arena, &b->entries));
    *e = (entry){at, place, (uint16_t)key.len, (uint8_t)naming};
}

static void add_name(builder *b, dl_str name, uint32_t place, dl_naming naming)
{
    char key[DL_PLACE_KEY_SIZE];
    size_t len = dl_place_key(key, name);
    if (!len) return;
    add_key_bytes(b, (dl_str){key, len}, place, naming);
    for (size_t i = 0; i < len; i++)
        if (key[i] == ' ') add_key_bytes(b, (dl_str){key, i}, place, PREFIX);
}

static void add_names(builder *b, dl_str names, uint32_t place, dl_naming naming)
{
    dl_str name;
    while (dl_str_next(&names, '|', &name)) add_name(b, dl_str_trim(name), place, naming);
}

/* "Rapides Parish", "Helmand Province", "Donetsk Oblast" are also called by the first word. */
static void add_short_name(builder *b, dl_str name, uint32_t place)
{
    static const char *const kinds[] = {" County",   " Parish",     " Province", " Governorate", " Oblast", " oblast", " Region",
                                        " District", " Department", " State",    " Prefecture",  " Raion",  " Division"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dl_str_ends(name, kinds[i])) {
            add_name(b, dl_str_slice(name, 0, name.len - strlen(kinds[i])), place, DL_SHORTENED);
            return;
        }
}

/* ---- rows ---- */

static double number(dl_str cell)
{
    char text[32];
    size_t len = cell.len < sizeof text - 1 ? cell.len : sizeof text - 1;
    memcpy(text, cell.ptr, len);
    text[len] = 0;
    char *end;
    double value = strtod(text, &end);
    return cell.len && end == text + len && isfinite(value) ? value : NAN;
}

static size_t cells_of(dl_str line, dl_str cells[MAX_CELLS])
{
    size_t n = 0;
    dl_str cell;
    for (size_t i = 0; i < MAX_CELLS; i++) cells[i] = DL_STR("");
    while (n < MAX_CELLS && dl_str_next(&line, '\t', &cell)) cells[n++] = cell;
    return n;
}

static uint32_t add_row(builder *b, row value, const char *path, size_t line)
{
    if (!(fabs(value.lat) <= 90 && fabs(value.lon) <= 180)) die(path, line, "the point lies on no map");
    if (value.country.len != 0 && value.country.len != 2) die(path, line, "the country is no two letters");
    if (value.code.len > 6) die(path, line, "the feature code is over six letters");
    if (value.name.len > 255 || value.id.len > 255) die(path, line, "the name is too long");
    int64_t id;
    value.geonameid = dl_str_number(value.id, &id) && id > 0 && id < UINT32_MAX ? (uint32_t)id : 0;
    row *added = must(DL_VEC_PUSH(&b->arena, &b->rows));
    *added = value;
    return (uint32_t)(b->rows.count - 1);
}

static void read_places(builder *b, const char *path)
{
    dl_str input = read_packed(b, path), line, c[MAX_CELLS];
    for (size_t n = 1; dl_str_next(&input, '\n', &line); n++) {
        if (n == 1 || !line.len) continue;
        if (cells_of(line, c) != 11) die(path, n, "not eleven cells");
        bool approximate = c[9].len && c[9].ptr[0] == '~';
        if (approximate) c[9] = dl_str_slice(c[9], 1, c[9].len);
        int64_t population = 0;
        dl_str_number(c[10], &population);
        if (population > UINT32_MAX) population = UINT32_MAX;
        uint32_t at = add_row(b, (row){.id = c[0], .name = c[1], .lat = number(c[3]), .lon = number(c[4]), .country = c[5],
                                       .admin1 = c[6], .admin2 = c[7], .letter = c[8].len ? c[8].ptr[0] : 'P', .code = c[9],
                                       .approximate = approximate, .population = (uint32_t)population}, path, n);
        add_name(b, c[1], at, DL_NAMED);
        add_names(b, c[2], at, DL_ALTERNATE);
        if (c[8].len && c[8].ptr[0] == 'A') add_short_name(b, c[1], at);
    }
}

/* ---- lists ---- */

/* Where nobody lives, a number that stands for how well a place is known beside namesakes with people: what is on these
 * lists is there because news speaks of it. */
static uint32_t prominence(char letter)
{
    switch (letter) {
    case 'L': case 'A': return 2000000;
    case 'H': case 'T': return 1000000;
    case 'P': return 5000;
    default: return 100000;
    }
}

static dl_str read_list(builder *b, const char *dir, const char *name, char path[512])
{
    snprintf(path, 512, "%s/%s", dir, name);
    return read_packed(b, path); /* zlib reads plain files too */
}

static uint32_t row_with_id(const builder *b, dl_str id)
{
    for (size_t i = 0; i < b->rows.count; i++)
        if (dl_str_eq(b->rows.items[i].id, id)) return (uint32_t)i;
    return GAZ_NONE;
}

static uint32_t country_row(const builder *b, dl_str country)
{
    for (size_t i = 0; i < b->rows.count; i++)
        if (dl_str_is(b->rows.items[i].code, "PCLI") && dl_str_eq(b->rows.items[i].country, country)) return (uint32_t)i;
    return GAZ_NONE;
}

static uint32_t unit_row(const builder *b, dl_str country, dl_str admin1)
{
    for (size_t i = 0; i < b->rows.count; i++) {
        const row *r = &b->rows.items[i];
        if (dl_str_is(r->code, "ADM1") && dl_str_eq(r->country, country) && dl_str_eq(r->admin1, admin1)) return (uint32_t)i;
    }
    return GAZ_NONE;
}

/* Whether a place already has one of these names. */
static bool shares_name(const builder *b, uint32_t place, size_t entry_from, dl_str name, dl_str names)
{
    char key[DL_PLACE_KEY_SIZE];
    dl_str list[2] = {name, names}, each;
    for (int k = 0; k < 2; k++)
        while (dl_str_next(&list[k], '|', &each)) {
            size_t len = dl_place_key(key, each);
            for (size_t i = entry_from; i < b->entries.count && b->entries.items[i].place == place; i++) {
                const entry *e = &b->entries.items[i];
                if (e->naming != PREFIX && e->len == len && memcmp(b->key_bytes.items + e->key, key, len) == 0) return true;
            }
        }
    return false;
}

/* A packed row of the same country, kind and name near by; packed rows and their entries are in the same order. */
static uint32_t same_place(const builder *b, const row *value, dl_str names, size_t packed_entries)
{
    double reach = dl_str_is(value->code, "ADM1") ? 3 : 0.4;
    bool city = value->letter == 'P', unit = dl_str_is(value->code, "ADM1");
    if (!city && !unit) return GAZ_NONE;
    size_t low = 0;
    for (uint32_t i = 0; i < b->rows.count; i++) {
        while (low < packed_entries && b->entries.items[low].place < i) low++;
        const row *r = &b->rows.items[i];
        if (!dl_str_eq(r->country, value->country) || fabs(r->lat - value->lat) > reach || fabs(r->lon - value->lon) > reach) continue;
        if (unit ? !dl_str_is(r->code, "ADM1") : r->letter != 'P') continue;
        if (low < packed_entries && shares_name(b, i, low, value->name, names)) return i;
    }
    return GAZ_NONE;
}

static void read_extra(builder *b, const char *dir, const char *name, size_t packed_entries)
{
    char path[512];
    dl_str input = read_list(b, dir, name, path), line, c[MAX_CELLS];
    bool headed = false;
    for (size_t n = 1; dl_str_next(&input, '\n', &line); n++) {
        if (!line.len || line.ptr[0] == '#') continue;
        size_t cells = cells_of(line, c);
        if (!headed) { headed = true; continue; }
        if (cells != 8) die(path, n, "not eight cells");
        row value = {.id = c[0], .name = c[1], .lat = number(c[3]), .lon = number(c[4]), .country = c[5], .admin1 = DL_STR(""),
                     .admin2 = DL_STR(""), .letter = c[6].len ? c[6].ptr[0] : 'P', .code = c[7]};
        value.population = prominence(value.letter);
        int64_t id;
        bool numbered = dl_str_number(c[0], &id);
        uint32_t at = numbered ? row_with_id(b, c[0]) : same_place(b, &value, c[2], packed_entries);
        if (numbered && at == GAZ_NONE) die(path, n, "no packed place has this id");
        if (at == GAZ_NONE) at = add_row(b, value, path, n);
        else if (numbered && !isnan(value.lat)) b->rows.items[at].lat = value.lat, b->rows.items[at].lon = value.lon;
        b->rows.items[at].name = c[1]; /* the name that news uses */
        if (!b->rows.items[at].population) b->rows.items[at].population = prominence(b->rows.items[at].letter);
        add_name(b, c[1], at, DL_NAMED);
        add_names(b, c[2], at, DL_ALTERNATE);
    }
}

static void read_countries(builder *b, const char *dir)
{
    char path[512];
    dl_str input = read_list(b, dir, "countries.tsv", path), line, c[MAX_CELLS];
    bool headed = false;
    for (size_t n = 1; dl_str_next(&input, '\n', &line); n++) {
        if (!line.len || line.ptr[0] == '#') continue;
        size_t cells = cells_of(line, c);
        if (!headed) { headed = true; continue; }
        if (cells < 3) die(path, n, "not five cells");
        uint32_t at = country_row(b, c[0]);
        if (at == GAZ_NONE) continue;
        b->rows.items[at].lat = number(c[1]), b->rows.items[at].lon = number(c[2]);
        if (!(fabs(number(c[1])) <= 90 && fabs(number(c[2])) <= 180)) die(path, n, "the point lies on no map");
        add_names(b, c[3], at, DL_NAMED);
        add_names(b, c[4], at, DL_ADJECTIVE);
    }
}

static void read_adjectives(builder *b, const char *dir)
{
    char path[512];
    dl_str input = read_list(b, dir, "adjectives.tsv", path), line, c[MAX_CELLS];
    bool headed = false;
    for (size_t n = 1; dl_str_next(&input, '\n', &line); n++) {
        if (!line.len || line.ptr[0] == '#') continue;
        cells_of(line, c);
        if (!headed) { headed = true; continue; }
        uint32_t at = row_with_id(b, c[1]);
        if (at == GAZ_NONE) die(path, n, "no place has this id");
        add_name(b, c[0], at, DL_ADJECTIVE);
    }
}

static void read_abbreviations(builder *b, const char *dir)
{
    char path[512];
    dl_str input = read_list(b, dir, "abbreviations.tsv", path), line, c[MAX_CELLS];
    bool headed = false;
    for (size_t n = 1; dl_str_next(&input, '\n', &line); n++) {
        if (!line.len || line.ptr[0] == '#') continue;
        cells_of(line, c);
        if (!headed) { headed = true; continue; }
        uint32_t at = unit_row(b, c[1], c[2]);
        if (at == GAZ_NONE) die(path, n, "there is no such unit");
        bool postal = c[0].len == 2 && c[0].ptr[1] >= 'A' && c[0].ptr[1] <= 'Z';
        add_name(b, c[0], at, postal ? DL_POSTAL : c[3].len ? DL_ABBREVIATED_ALONE : DL_ABBREVIATED);
    }
}

/* ---- image ---- */

typedef struct bytes {
    unsigned char *at;
    size_t len, capacity;
} bytes;

static size_t append(bytes *to, const void *from, size_t len)
{
    while (to->capacity - to->len < len) to->at = must(realloc(to->at, to->capacity = to->capacity ? to->capacity * 2 : 1 << 20));
    size_t at = to->len;
    if (len) memcpy(to->at + at, from, len);
    to->len += len;
    return at;
}

static int by_key(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = dl_str_cmp((dl_str){key_base + x->key, x->len}, (dl_str){key_base + y->key, y->len});
    if (order) return order;
    uint32_t px = row_base[x->place].population, py = row_base[y->place].population;
    if (px != py) return px < py ? 1 : -1;
    if (x->place != y->place) return x->place < y->place ? -1 : 1;
    return (int)x->naming - (int)y->naming;
}

static int by_path(const void *a, const void *b)
{
    const row *x = &row_base[*(const uint32_t *)a], *y = &row_base[*(const uint32_t *)b];
    int order = dl_str_cmp(x->country, y->country);
    if (!order) order = dl_str_cmp(x->admin1, y->admin1);
    if (!order) order = dl_str_cmp(x->admin2, y->admin2);
    return order ? order : (x > y) - (x < y);
}

typedef struct image {
    bytes part[GAZ_PARTS];
    size_t count[GAZ_PARTS];
} image;

static uint32_t add_text(image *out, dl_str text)
{
    return (uint32_t)append(&out->part[GAZ_TEXT], text.ptr, text.len);
}

static uint8_t feature_index(image *out, char letter, dl_str code)
{
    gaz_feature feature = {.letter = letter};
    memcpy(feature.code, code.ptr, code.len);
    gaz_feature *have = (gaz_feature *)(void *)out->part[GAZ_FEATURES].at;
    for (size_t i = 0; i < out->count[GAZ_FEATURES]; i++)
        if (memcmp(&have[i], &feature, sizeof feature) == 0) return (uint8_t)i;
    if (out->count[GAZ_FEATURES] == 255) die("build_gazetteer", 0, "over 255 feature codes");
    append(&out->part[GAZ_FEATURES], &feature, sizeof feature);
    return (uint8_t)out->count[GAZ_FEATURES]++;
}

/* Units of the first and second level, in the order of their path, to be searched. */
typedef struct paths {
    uint32_t *rows;
    size_t count;
} paths;

static paths unit_paths(const builder *b, const char *code)
{
    paths out = {must(malloc((b->rows.count + 1) * sizeof *out.rows)), 0};
    for (uint32_t i = 0; i < b->rows.count; i++) {
        const row *r = &b->rows.items[i];
        if (dl_str_is(r->code, code) && r->admin1.len && (code[3] == '1' || r->admin2.len)) out.rows[out.count++] = i;
    }
    qsort(out.rows, out.count, sizeof *out.rows, by_path);
    return out;
}

static uint32_t find_path(const paths *units, const row *r, bool second)
{
    size_t low = 0, high = units->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const row *u = &row_base[units->rows[middle]];
        int order = dl_str_cmp(u->country, r->country);
        if (!order) order = dl_str_cmp(u->admin1, r->admin1);
        if (!order && second) order = dl_str_cmp(u->admin2, r->admin2);
        if (order == 0) return (uint32_t)middle;
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return GAZ_NONE;
}

static void write_places(builder *b, image *out)
{
    paths first = unit_paths(b, "ADM1"), second = unit_paths(b, "ADM2");
    if (first.count >= 0xFFFF) die("build_gazetteer", 0, "too many first-level units");
    for (size_t i = 0; i < first.count; i++) {
        const row *r = &b->rows.items[first.rows[i]];
        gaz_unit unit = {.code = add_text(out, r->admin1), .place = first.rows[i], .code_len = (uint8_t)r->admin1.len};
        memcpy(unit.country, r->country.ptr, 2);
        append(&out->part[GAZ_UNITS], &unit, sizeof unit);
    }
    out->count[GAZ_UNITS] = first.count;
    for (size_t i = 0; i < b->rows.count; i++) {
        const row *r = &b->rows.items[i];
        uint32_t unit = r->admin1.len ? find_path(&first, r, false) : GAZ_NONE;
        uint32_t within = r->admin2.len ? find_path(&second, r, true) : GAZ_NONE;
        gaz_place place = {.geonameid = r->geonameid, .lat = (int32_t)lround(r->lat * 1e5), .lon = (int32_t)lround(r->lon * 1e5),
                           .name = add_text(out, r->name), .name_len = (uint8_t)r->name.len, .population = r->population,
                           .admin2 = within == GAZ_NONE ? GAZ_NONE : second.rows[within],
                           .unit = unit == GAZ_NONE ? 0xFFFF : (uint16_t)unit, .approximate = r->approximate,
                           .feature = feature_index(out, r->letter, r->code)};
        if (!r->geonameid) place.own_id = add_text(out, r->id), place.own_id_len = (uint8_t)r->id.len;
        if (r->country.len) memcpy(place.country, r->country.ptr, 2);
        append(&out->part[GAZ_PLACES], &place, sizeof place);
    }
    out->count[GAZ_PLACES] = b->rows.count;
    free(first.rows), free(second.rows);
}

static void write_keys(builder *b, image *out)
{
    const entry *e = b->entries.items;
    for (size_t i = 0, end; i < b->entries.count; i = end) {
        gaz_key key = {.text = add_text(out, (dl_str){key_base + e[i].key, e[i].len}), .len = e[i].len,
                       .first = (uint32_t)out->count[GAZ_POSTINGS]};
        uint32_t last = GAZ_NONE;
        for (end = i; end < b->entries.count && e[end].len == e[i].len && memcmp(key_base + e[end].key, key_base + e[i].key, e[i].len) == 0; end++) {
            if (e[end].naming == PREFIX) key.is_prefix = 1;
            else if (e[end].place != last) {
                uint32_t posting = e[end].place | (uint32_t)e[end].naming << GAZ_PLACE_BITS;
                append(&out->part[GAZ_POSTINGS], &posting, sizeof posting);
                out->count[GAZ_POSTINGS]++, key.count++;
                last = e[end].place;
            }
        }
        append(&out->part[GAZ_KEYS], &key, sizeof key);
        out->count[GAZ_KEYS]++;
    }
}

static void write_slots(image *out)
{
    size_t count = 16;
    while (count < 2 * out->count[GAZ_KEYS]) count *= 2;
    gaz_slot *slots = must(calloc(count, sizeof *slots));
    const gaz_key *keys = (const gaz_key *)(const void *)out->part[GAZ_KEYS].at;
    for (size_t i = 0; i < out->count[GAZ_KEYS]; i++) {
        uint64_t hash = dl_hash(out->part[GAZ_TEXT].at + keys[i].text, keys[i].len, 0);
        size_t at = (size_t)hash & 0xFFFFFFFFu & (count - 1);
        while (slots[at].key) at = (at + 1) & (count - 1);
        slots[at] = (gaz_slot){(uint32_t)(hash >> 32), (uint32_t)i + 1};
    }
    append(&out->part[GAZ_SLOTS], slots, count * sizeof *slots);
    out->count[GAZ_SLOTS] = count;
    free(slots);
}

static void write_file(image *out, const char *path)
{
    static const unsigned char zeros[8];
    dl_image_header header = {.version = GAZETTEER_VERSION};
    gaz_contents contents = {0};
    bytes file = {0};
    memcpy(header.magic, GAZETTEER_MAGIC, 8);
    append(&file, &header, sizeof header);
    append(&file, &contents, sizeof contents);
    out->count[GAZ_TEXT] = out->part[GAZ_TEXT].len;
    for (int i = 0; i < GAZ_PARTS; i++) {
        append(&file, zeros, (8 - file.len % 8) % 8);
        contents.offset[i] = append(&file, out->part[i].at, out->part[i].len);
        contents.count[i] = (uint32_t)out->count[i];
        free(out->part[i].at);
    }
    memcpy(file.at + sizeof header, &contents, sizeof contents);
    header.size = file.len;
    header.checksum = dl_hash(file.at + sizeof header, file.len - sizeof header, 0);
    memcpy(file.at, &header, sizeof header);
    FILE *to = fopen(path, "wb");
    bool written = to && fwrite(file.at, 1, file.len, to) == file.len;
    if (to && fclose(to) != 0) written = false;
    free(file.at);
    if (!written) {
        remove(path);
        die(path, 0, strerror(errno));
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: build_gazetteer OUTPUT PLACES.tsv.gz LISTS_DIR\n");
        return 2;
    }
    static const char *const lists[] = {"units.tsv", "regions.tsv", "water.tsv", "sites.tsv", "villages.tsv", "aliases.tsv"};
    builder b = {0};
    dl_arena_init(&b.arena, 0);
    read_places(&b, argv[2]);
    size_t packed_entries = b.entries.count;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) read_extra(&b, argv[3], lists[i], packed_entries);
    read_countries(&b, argv[3]);
    read_adjectives(&b, argv[3]);
    read_abbreviations(&b, argv[3]);
    key_base = b.key_bytes.items;
    row_base = b.rows.items;
    qsort(b.entries.items, b.entries.count, sizeof *b.entries.items, by_key);
    image out = {0};
    write_places(&b, &out);
    write_keys(&b, &out);
    write_slots(&out);
    write_file(&out, argv[1]);
    dl_arena_free(&b.arena);
    return 0;
}
