/* compile_lexicon.c - compiles data/DIR/FILE.tsv into one lexicon image (layout: src/base/lexicon.c).
 *
 * Usage: compile_lexicon OUTPUT ROOT DIR/FILE.tsv ...   A fault is told as FILE:LINE: message, exit 1. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/lexicon_format.h"
#include "base/map.h"
#include "base/str.h"

typedef struct buffer {
    unsigned char *bytes;
    size_t len, capacity;
} buffer;

typedef struct row {
    dl_str *cells;
    size_t order;
} row;

static void die(const char *path, size_t line, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", path, line, what);
    exit(1);
}

static size_t append(buffer *to, const void *bytes, size_t len)
{
    while (to->capacity - to->len < len) {
        to->capacity = to->capacity ? to->capacity * 2 : 1 << 16;
        to->bytes = realloc(to->bytes, to->capacity);
        if (!to->bytes) die("compile_lexicon", 0, "out of memory");
    }
    size_t at = to->len;
    if (len) memcpy(to->bytes + at, bytes, len);
    to->len += len;
    return at;
}

static void align(buffer *to)
{
    static const unsigned char zeros[8];
    append(to, zeros, (8 - to->len % 8) % 8);
}

static lexicon_cell add_text(buffer *text, dl_str str)
{
    return (lexicon_cell){(uint32_t)append(text, str.ptr, str.len), (uint32_t)str.len};
}

static int by_key(const void *a, const void *b)
{
    const row *left = a, *right = b;
    int order = dl_str_cmp(left->cells[0], right->cells[0]);
    return order ? order : (left->order > right->order) - (left->order < right->order);
}

static void check_key(const char *path, size_t line, dl_str key)
{
    if (!key.len) die(path, line, "the first column is empty");
    for (size_t i = 0; i < key.len; i++) {
        if (key.ptr[i] >= 'A' && key.ptr[i] <= 'Z') die(path, line, "the key is not in lower case");
        if (key.ptr[i] == ' ' && (i == 0 || i + 1 == key.len || key.ptr[i + 1] == ' '))
            die(path, line, "the key's words are not parted by single spaces");
    }
}

static size_t parse(const char *path, dl_arena *arena, dl_str input, dl_str **names, row **rows, size_t *count)
{
    size_t columns = 0, line_number = 0, capacity = 0;
    dl_str line;
    while (dl_str_next(&input, '\n', &line)) {
        line_number++;
        if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
        if (!line.len || line.ptr[0] == '#') continue;
        dl_str cells[64], rest = line, cell;
        size_t n = 0;
        while (dl_str_next(&rest, '\t', &cell)) {
            if (n == 64) die(path, line_number, "over 64 columns");
            cells[n++] = dl_str_trim(cell);
        }
        if (columns && n > columns) die(path, line_number, "more cells than columns");
        size_t width = columns ? columns : n;
        dl_str *kept = DL_NEW_ARRAY(arena, dl_str, width);
        if (!kept) die(path, line_number, "out of memory");
        for (size_t i = 0; i < width; i++) kept[i] = i < n ? cells[i] : DL_STR("");
        if (!columns) {
            columns = n;
            *names = kept;
            continue;
        }
        check_key(path, line_number, kept[0]);
        if (*count == capacity) *rows = dl_arena_grow(arena, *rows, &capacity, sizeof **rows);
        (*rows)[*count] = (row){kept, *count};
        (*count)++;
    }
    if (!columns) die(path, line_number, "no line that names the columns");
    return columns;
}

static lexicon_slot *slot_for(lexicon_slot *slots, uint32_t slot_count, const buffer *text, dl_str key)
{
    for (uint32_t at = (uint32_t)dl_hash(key.ptr, key.len, 0) & (slot_count - 1);; at = (at + 1) & (slot_count - 1)) {
        lexicon_slot *slot = &slots[at];
        dl_str have = {(const char *)text->bytes + slot->key.offset, slot->key.len};
        if (!slot->key.len || dl_str_eq(have, key)) return slot;
    }
}

/* Whether a token may end before byte `at` of a key: at a space, or beside a mark ("cease-fire", "people's"). */
static bool is_break(dl_str key, size_t at)
{
    unsigned char left = (unsigned char)key.ptr[at - 1], right = (unsigned char)key.ptr[at];
    bool word_left = left >= 0x80 || dl_ascii_alpha(left) || dl_ascii_digit(left);
    bool word_right = right >= 0x80 || dl_ascii_alpha(right) || dl_ascii_digit(right);
    return left != ' ' && (!word_left || !word_right);
}

/* Fills the slots; gives how many are taken. */
static uint32_t fill_slots(lexicon_slot *slots, uint32_t slot_count, const buffer *text, const row *rows, size_t count, const lexicon_cell *keys,
                           size_t columns)
{
    for (size_t i = 0; i < count; i++) {
        dl_str key = rows[i].cells[0];
        lexicon_cell cell = keys[i * columns];
        lexicon_slot *slot = slot_for(slots, slot_count, text, key);
        if (!(slot->count & ~LEXICON_PREFIX)) *slot = (lexicon_slot){cell, (uint32_t)i, slot->count};
        slot->count++;
        for (size_t j = 1; j < key.len; j++) {
            if (!is_break(key, j)) continue;
            lexicon_slot *prefix = slot_for(slots, slot_count, text, dl_str_slice(key, 0, j));
            if (!prefix->key.len) prefix->key = (lexicon_cell){cell.offset, (uint32_t)j};
            prefix->count |= LEXICON_PREFIX;
        }
    }
    uint32_t taken = 0;
    for (uint32_t i = 0; i < slot_count; i++) taken += slots[i].key.len > 0;
    return taken;
}

static uint32_t power_above(size_t least)
{
    uint32_t power = 16;
    while (power < least) power *= 2;
    return power;
}

/* First with room for every key and prefix as if none came twice, then with what they need. */
static uint32_t build_slots(lexicon_slot **out, const buffer *text, const row *rows, size_t count, const lexicon_cell *keys, size_t columns)
{
    size_t entries = 1 + count;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 1; j < rows[i].cells[0].len; j++) entries += is_break(rows[i].cells[0], j);
    uint32_t slot_count = power_above(2 * entries);
    lexicon_slot *slots = calloc(slot_count, sizeof *slots);
    if (!slots) die("compile_lexicon", 0, "out of memory");
    uint32_t taken = fill_slots(slots, slot_count, text, rows, count, keys, columns);
    slot_count = power_above((size_t)taken + taken / 3 + 1);
    memset(slots, 0, slot_count * sizeof *slots);
    fill_slots(slots, slot_count, text, rows, count, keys, columns);
    *out = slots;
    return slot_count;
}

static lexicon_table compile(buffer *file, const char *root, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", root, name);
    dl_map map;
    dl_error err;
    if (dl_map_open(&map, path, &err) != DL_OK) die(path, 0, err.message);
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_str *names = NULL;
    row *rows = NULL;
    size_t count = 0;
    size_t columns = parse(path, &arena, (dl_str){(const char *)map.bytes, map.size}, &names, &rows, &count);
    if (count) qsort(rows, count, sizeof *rows, by_key);

    buffer text = {0}, cells = {0}, headings = {0};
    lexicon_table table = {.columns = (uint32_t)columns, .rows = (uint32_t)count};
    table.name = add_text(&text, dl_str_slice(dl_str_of(name), 0, strlen(name) - strlen(".tsv")));
    for (size_t c = 0; c < columns; c++) {
        lexicon_cell cell = add_text(&text, names[c]);
        append(&headings, &cell, sizeof cell);
    }
    for (size_t r = 0; r < count; r++)
        for (size_t c = 0; c < columns; c++) {
            lexicon_cell cell = add_text(&text, rows[r].cells[c]);
            append(&cells, &cell, sizeof cell);
        }
    lexicon_slot *slots;
    table.slot_count = build_slots(&slots, &text, rows, count, (const lexicon_cell *)(const void *)cells.bytes, columns);
    table.column_names = append(file, headings.bytes, headings.len), align(file);
    table.cells = append(file, cells.bytes, cells.len), align(file);
    table.slots = append(file, slots, table.slot_count * sizeof *slots), align(file);
    table.text = append(file, text.bytes, text.len), align(file);
    table.text_size = text.len;
    free(slots), free(text.bytes), free(cells.bytes), free(headings.bytes);
    dl_arena_free(&arena);
    dl_map_close(&map);
    return table;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: compile_lexicon OUTPUT ROOT DIR/FILE.tsv ...\n");
        return 2;
    }
    uint32_t tables = (uint32_t)(argc - 3);
    dl_image_header header = {.version = LEXICON_VERSION};
    memcpy(header.magic, LEXICON_MAGIC, 8);
    lexicon_counts counts = {.tables = tables};
    buffer file = {0};
    append(&file, &header, sizeof header);
    append(&file, &counts, sizeof counts);
    size_t records = file.len;
    lexicon_table empty = {0};
    for (uint32_t i = 0; i < tables; i++) append(&file, &empty, sizeof empty);
    for (uint32_t i = 0; i < tables; i++) {
        lexicon_table table = compile(&file, argv[2], argv[3 + i]);
        memcpy(file.bytes + records + i * sizeof table, &table, sizeof table);
    }
    header.size = file.len;
    header.checksum = dl_hash(file.bytes + sizeof header, file.len - sizeof header, 0);
    memcpy(file.bytes, &header, sizeof header);
    FILE *out = fopen(argv[1], "wb");
    bool written = out && fwrite(file.bytes, 1, file.len, out) == file.len;
    if (out && fclose(out) != 0) written = false;
    free(file.bytes);
    if (!written) {
        fprintf(stderr, "%s: %s\n", argv[1], strerror(errno));
        remove(argv[1]);
        return 1;
    }
    return 0;
}
