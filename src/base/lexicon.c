/* lexicon.c - the word lists of data/, used in place from a mapped image.
 *
 * File: dl_image_header | counts | table records | per table: cell offsets, row-major | slots | text.
 * A slot is {key, first row, row count and whether longer keys begin with it}. Slots are an open-addressed
 * table of a power of two, a quarter free at least. All offsets are checked once, at opening. */
#include "base/lexicon.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/lexicon_format.h"
#include "base/map.h"

struct dl_table {
    dl_str name;
    const lexicon_cell *columns, *cells; /* names; rows * column_count */
    const lexicon_slot *slots;
    const char *text;
    uint32_t column_count, rows, slot_count;
};

struct dl_lexicon {
    dl_map map;
    uint32_t table_count;
    dl_table *tables;
    char *names; /* of the tables, copied: each lies in another page of the map, and all are looked through for one */
};

/* A part of the map: `count` items of `size` bytes at `offset`, or NULL when it does not lie inside. */
static const void *part(const dl_map *map, uint64_t offset, uint64_t count, size_t size)
{
    if (offset % 4 || offset > map->size || count > (map->size - offset) / size) return NULL;
    return map->bytes + offset;
}

static bool cells_are_inside(const lexicon_cell *cells, size_t count, uint64_t text_size)
{
    for (size_t i = 0; i < count; i++)
        if (cells[i].offset > text_size || cells[i].len > text_size - cells[i].offset) return false;
    return true;
}

static uint32_t row_count(const lexicon_slot *slot)
{
    return slot->count & ~LEXICON_PREFIX;
}

static bool slots_are_sound(const lexicon_slot *slots, uint32_t count, uint32_t rows)
{
    bool empty = false;
    if (count == 0 || (count & (count - 1))) return false;
    for (uint32_t i = 0; i < count; i++) {
        empty |= slots[i].key.len == 0;
        if (slots[i].first > rows || row_count(&slots[i]) > rows - slots[i].first) return false;
    }
    return empty;
}

static dl_status read_table(dl_lexicon *lexicon, const lexicon_table *record, dl_table *table, const char *path,
                            dl_error *err)
{
    const dl_map *map = &lexicon->map;
    size_t at = (size_t)((const unsigned char *)record - map->bytes);
    const char *text = part(map, record->text, record->text_size, 1);
    uint64_t cells = (uint64_t)record->rows * record->columns;
    *table = (dl_table){.column_count = record->columns, .rows = record->rows, .slot_count = record->slot_count};
    table->columns = part(map, record->column_names, record->columns, sizeof(lexicon_cell));
    table->cells = part(map, record->cells, cells, sizeof(lexicon_cell));
    table->slots = part(map, record->slots, record->slot_count, sizeof(lexicon_slot));
    table->text = text;
    if (!text || !table->columns || !table->cells || !table->slots)
        return dl_fail(err, DL_BAD_DATA, path, at, "a table lies outside the file");
    if (!cells_are_inside(&record->name, 1, record->text_size) ||
        !cells_are_inside(table->columns, record->columns, record->text_size) ||
        !cells_are_inside(table->cells, cells, record->text_size))
        return dl_fail(err, DL_BAD_DATA, path, at, "a cell lies outside its table");
    if (!slots_are_sound(table->slots, record->slot_count, record->rows))
        return dl_fail(err, DL_BAD_DATA, path, at, "a table's index is damaged");
    for (uint32_t i = 0; i < record->slot_count; i++)
        if (!cells_are_inside(&table->slots[i].key, 1, record->text_size))
            return dl_fail(err, DL_BAD_DATA, path, at, "a key lies outside its table");
    table->name = (dl_str){text + record->name.offset, record->name.len};
    return DL_OK;
}

static dl_status read_tables(dl_lexicon *lexicon, const char *path, dl_error *err)
{
    const lexicon_counts *counts = part(&lexicon->map, sizeof(dl_image_header), 1, sizeof *counts);
    if (!counts) return dl_fail(err, DL_BAD_DATA, path, sizeof(dl_image_header), "the file ends inside its counts");
    const lexicon_table *records = part(&lexicon->map, sizeof(dl_image_header) + sizeof *counts, counts->tables, sizeof *records);
    if (!records) return dl_fail(err, DL_BAD_DATA, path, sizeof(dl_image_header), "the file ends inside its tables");
    lexicon->tables = calloc(counts->tables ? counts->tables : 1, sizeof *lexicon->tables);
    if (!lexicon->tables) return dl_fail_memory(err);
    lexicon->table_count = counts->tables;
    for (uint32_t i = 0; i < counts->tables; i++) {
        dl_status status = read_table(lexicon, &records[i], &lexicon->tables[i], path, err);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}

static dl_status copy_names(dl_lexicon *lexicon, dl_error *err)
{
    size_t size = 0;
    for (uint32_t i = 0; i < lexicon->table_count; i++) size += lexicon->tables[i].name.len;
    char *to = lexicon->names = malloc(size + 1);
    if (!to) return dl_fail_memory(err);
    for (uint32_t i = 0; i < lexicon->table_count; i++) {
        dl_str *name = &lexicon->tables[i].name;
        memcpy(to, name->ptr, name->len);
        name->ptr = to;
        to += name->len;
    }
    return DL_OK;
}

dl_status dl_lexicon_open(dl_lexicon **out, const char *path, dl_error *err)
{
    *out = NULL;
    dl_lexicon *lexicon = calloc(1, sizeof *lexicon);
    if (!lexicon) return dl_fail_memory(err);
    dl_status status = dl_map_open_image(&lexicon->map, path, LEXICON_MAGIC, LEXICON_VERSION, true, err);
    if (status == DL_OK) status = read_tables(lexicon, path, err);
    if (status == DL_OK) status = copy_names(lexicon, err);
    if (status != DL_OK) {
        dl_lexicon_close(lexicon);
        return status;
    }
    dl_lexicon_release(lexicon);
    *out = lexicon;
    return DL_OK;
}

void dl_lexicon_release(const dl_lexicon *lexicon)
{
    dl_map_release(&lexicon->map);
}

void dl_lexicon_close(dl_lexicon *lexicon)
{
    if (!lexicon) return;
    dl_map_close(&lexicon->map);
    free(lexicon->tables);
    free(lexicon->names);
    free(lexicon);
}

dl_status dl_lexicon_table(const dl_lexicon *lexicon, const char *name, const dl_table **out, dl_error *err)
{
    *out = NULL;
    for (uint32_t i = 0; i < lexicon->table_count && !*out; i++)
        if (dl_str_is(lexicon->tables[i].name, name)) *out = &lexicon->tables[i];
    return *out ? DL_OK : dl_fail(err, DL_BAD_DATA, name, 0, "the lexicon has no such table");
}

size_t dl_table_rows(const dl_table *table)
{
    return table->rows;
}

static dl_str cell_text(const dl_table *table, lexicon_cell cell)
{
    return (dl_str){table->text + cell.offset, cell.len};
}

int dl_table_column(const dl_table *table, const char *name)
{
    for (uint32_t i = 0; i < table->column_count; i++)
        if (dl_str_is(cell_text(table, table->columns[i]), name)) return (int)i;
    return -1;
}

dl_str dl_table_cell(const dl_table *table, size_t row, int column)
{
    if (column < 0 || (uint32_t)column >= table->column_count || row >= table->rows) return DL_STR("");
    return cell_text(table, table->cells[row * table->column_count + (size_t)column]);
}

static const lexicon_slot *find_slot(const dl_table *table, dl_str key)
{
    if (!key.len) return NULL;
    uint32_t mask = table->slot_count - 1;
    for (uint32_t at = (uint32_t)dl_hash(key.ptr, key.len, 0) & mask;; at = (at + 1) & mask) {
        const lexicon_slot *slot = &table->slots[at];
        if (!slot->key.len) return NULL;
        if (dl_str_eq(cell_text(table, slot->key), key)) return slot;
    }
}

dl_rows dl_table_find(const dl_table *table, dl_str key)
{
    const lexicon_slot *slot = find_slot(table, key);
    return slot ? (dl_rows){slot->first, row_count(slot)} : (dl_rows){0, 0};
}

bool dl_table_is_prefix(const dl_table *table, dl_str words)
{
    const lexicon_slot *slot = find_slot(table, words);
    return slot && slot->count & LEXICON_PREFIX;
}
