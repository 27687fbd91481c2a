/* parquet.c - a writer of Apache Parquet files (format 2.x; parquet-format, README.md and parquet.thrift).
 *
 * "PAR1", the groups, the footer, its length, "PAR1". A group holds for each column one page: a header, then, packed, the definition levels (a bit a
 * row: 1 where there is a value) and the values that are there. The footer tells the columns and where their pages lie. */
#include "export/parquet.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "export/thrift.h"

enum {
    GROUP_ROWS = 1 << 16, GROUP_BYTES = 8 << 20,
    /* of parquet.thrift */
    TYPE_BOOLEAN = 0, TYPE_INT64 = 2, TYPE_DOUBLE = 5, TYPE_BYTE_ARRAY = 6,
    OPTIONAL = 1, CONVERTED_UTF8 = 0, LOGICAL_STRING = 1, DATA_PAGE = 0, ENCODING_PLAIN = 0, ENCODING_RLE = 3, CODEC_GZIP = 2,
    GZIP_WINDOW = 15 + 16, GZIP_LEVEL = 6
};
static const dl_str magic = {"PAR1", 4};

typedef struct column {
    dl_str name;
    int type;
    dl_json_out values; /* plain, of the group that is made */
    dl_json_out levels; /* a bit a row */
    uint32_t flags;     /* truth values so far */
} column;

/* A page that was written. */
typedef struct chunk {
    int64_t offset, packed, plain; /* header and data */
} chunk;

struct parquet {
    dl_json_out *out;
    column *columns;
    size_t column_count, at; /* the cell that comes next */
    int64_t rows, written;   /* rows of the group; bytes of the file */
    int64_t all_rows;
    chunk *chunks;           /* group by group */
    int64_t *groups;         /* rows of each */
    size_t group_count, group_room;
    bool failed;
};

/* ---- columns ---- */

static int type_of(dl_str *name)
{
    size_t len = name->len;
    if (len < 3 || name->ptr[len - 2] != ':') return TYPE_BYTE_ARRAY;
    char letter = name->ptr[len - 1];
    name->len -= 2;
    return letter == 'i' ? TYPE_INT64 : letter == 'r' ? TYPE_DOUBLE : TYPE_BOOLEAN;
}

static void append(parquet *file, dl_str bytes)
{
    put_bytes(file->out, bytes);
    file->written += (int64_t)bytes.len;
}

parquet *parquet_new(dl_json_out *out, const char *columns)
{
    parquet *file = calloc(1, sizeof *file);
    dl_str rest = dl_str_of(columns), name;
    size_t count = 1;
    for (const char *c = columns; *c; c++) count += *c == ',';
    if (file) file->columns = calloc(count, sizeof *file->columns);
    if (!file || !file->columns) {
        free(file);
        return NULL;
    }
    file->out = out;
    while (dl_str_next(&rest, ',', &name)) {
        column *made = &file->columns[file->column_count++];
        made->type = type_of(&name);
        made->name = name;
    }
    append(file, magic);
    return file;
}

void parquet_free(parquet *file)
{
    if (!file) return;
    for (size_t i = 0; i < file->column_count; i++) dl_json_out_free(&file->columns[i].values), dl_json_out_free(&file->columns[i].levels);
    free(file->columns);
    free(file->chunks);
    free(file->groups);
    free(file);
}

/* ---- cells ---- */

static void put_bit(dl_json_out *bits, uint64_t number, bool bit)
{
    if (number % 8 == 0) put_bytes(bits, DL_STR("\0"));
    if (bit && !bits->failed) bits->bytes[bits->len - 1] = (char)((unsigned char)bits->bytes[bits->len - 1] | 1u << number % 8);
}

static void put_little(dl_json_out *out, uint64_t value, size_t bytes)
{
    char little[8];
    for (size_t i = 0; i < bytes; i++) little[i] = (char)(value >> (8 * i));
    put_bytes(out, (dl_str){little, bytes});
}

/* The column of the next cell where it takes a value of this type; else the cell is null. */
static column *next_cell(parquet *file, int type)
{
    if (file->at >= file->column_count) return NULL;
    column *to = &file->columns[file->at++];
    bool there = to->type == type;
    put_bit(&to->levels, (uint64_t)file->rows, there);
    return there ? to : NULL;
}

void parquet_null(parquet *file)
{
    next_cell(file, -1);
}

void parquet_text(parquet *file, dl_str text)
{
    column *to = next_cell(file, text.len && text.len <= INT32_MAX ? TYPE_BYTE_ARRAY : -1);
    if (!to) return;
    put_little(&to->values, text.len, 4);
    put_bytes(&to->values, text);
}

void parquet_int(parquet *file, int64_t value)
{
    column *to = next_cell(file, TYPE_INT64);
    if (to) put_little(&to->values, (uint64_t)value, 8);
}

void parquet_real(parquet *file, double value)
{
    uint64_t bits;
    column *to = next_cell(file, TYPE_DOUBLE);
    memcpy(&bits, &value, sizeof bits);
    if (to) put_little(&to->values, bits, 8);
}

void parquet_flag(parquet *file, bool value)
{
    column *to = next_cell(file, TYPE_BOOLEAN);
    if (to) put_bit(&to->values, to->flags++, value);
}

/* ---- pages ---- */

/* Definition levels as one bit-packed run of the RLE hybrid, behind their length; then the values. */
static void put_page(const parquet *file, const column *from, dl_json_out *page)
{
    dl_json_out run = {0};
    thrift_varint(&run, (uint64_t)(file->rows + 7) / 8 << 1 | 1);
    put_little(page, run.len + from->levels.len, 4);
    put_bytes(page, (dl_str){run.bytes, run.len});
    put_bytes(page, (dl_str){from->levels.bytes, from->levels.len});
    put_bytes(page, (dl_str){from->values.bytes, from->values.len});
    page->failed |= run.failed || from->levels.failed || from->values.failed;
    dl_json_out_free(&run);
}

static bool pack(dl_str plain, dl_json_out *out)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK) return false;
    stream.next_in = (unsigned char *)(uintptr_t)plain.ptr;
    stream.avail_in = (uInt)plain.len;
    int told = Z_OK;
    while (told == Z_OK) {
        unsigned char buffer[16384];
        stream.next_out = buffer;
        stream.avail_out = sizeof buffer;
        told = deflate(&stream, Z_FINISH);
        put_bytes(out, (dl_str){(const char *)buffer, sizeof buffer - stream.avail_out});
    }
    deflateEnd(&stream);
    return told == Z_STREAM_END && !out->failed;
}

static void put_header(const parquet *file, dl_json_out *out, size_t plain, size_t packed)
{
    thrift t = {.out = out};
    thrift_open(&t);
    thrift_i32(&t, 1, DATA_PAGE);
    thrift_i32(&t, 2, (int32_t)plain);
    thrift_i32(&t, 3, (int32_t)packed);
    thrift_struct(&t, 5);
    thrift_i32(&t, 1, (int32_t)file->rows);
    thrift_i32(&t, 2, ENCODING_PLAIN);
    thrift_i32(&t, 3, ENCODING_RLE);
    thrift_i32(&t, 4, ENCODING_RLE);
    thrift_close(&t);
    thrift_close(&t);
}

static bool write_column(parquet *file, column *from, chunk *told)
{
    dl_json_out page = {0}, packed = {0}, header = {0};
    put_page(file, from, &page);
    bool fine = !page.failed && page.len <= INT32_MAX && pack((dl_str){page.bytes, page.len}, &packed);
    if (fine) put_header(file, &header, page.len, packed.len);
    *told = (chunk){file->written, (int64_t)(header.len + packed.len), (int64_t)(header.len + page.len)};
    append(file, (dl_str){header.bytes, header.len});
    append(file, (dl_str){packed.bytes, packed.len});
    fine = fine && !header.failed;
    dl_json_out_free(&page), dl_json_out_free(&packed), dl_json_out_free(&header);
    dl_json_out_clear(&from->values), dl_json_out_clear(&from->levels);
    from->flags = 0;
    return fine;
}

static bool make_room(parquet *file)
{
    if (file->group_count < file->group_room) return true;
    size_t room = file->group_room ? file->group_room * 2 : 16;
    chunk *chunks = realloc(file->chunks, room * file->column_count * sizeof *chunks);
    if (chunks) file->chunks = chunks;
    int64_t *groups = realloc(file->groups, room * sizeof *groups);
    if (groups) file->groups = groups;
    if (chunks && groups) file->group_room = room;
    return chunks && groups;
}

static void end_group(parquet *file)
{
    if (!file->rows || file->failed) return;
    file->failed = !make_room(file);
    for (size_t i = 0; i < file->column_count && !file->failed; i++)
        file->failed = !write_column(file, &file->columns[i], &file->chunks[file->group_count * file->column_count + i]);
    if (file->failed) return;
    file->groups[file->group_count++] = file->rows;
    file->all_rows += file->rows;
    file->rows = 0;
}

bool parquet_end_row(parquet *file)
{
    size_t bytes = 0;
    while (file->at < file->column_count) parquet_null(file);
    file->at = 0;
    file->rows++;
    for (size_t i = 0; i < file->column_count; i++) bytes += file->columns[i].values.len;
    if (file->rows == GROUP_ROWS || bytes >= GROUP_BYTES) end_group(file);
    return !file->failed && !file->out->failed;
}

/* ---- the footer ---- */

static void put_schema(const parquet *file, thrift *t)
{
    thrift_list(t, 2, THRIFT_STRUCT, file->column_count + 1);
    thrift_open(t);
    thrift_text(t, 4, DL_STR("rows"));
    thrift_i32(t, 5, (int32_t)file->column_count);
    thrift_close(t);
    for (size_t i = 0; i < file->column_count; i++) {
        const column *c = &file->columns[i];
        thrift_open(t);
        thrift_i32(t, 1, c->type);
        thrift_i32(t, 3, OPTIONAL);
        thrift_text(t, 4, c->name);
        if (c->type == TYPE_BYTE_ARRAY) {
            thrift_i32(t, 6, CONVERTED_UTF8);
            thrift_struct(t, 10);
            thrift_struct(t, LOGICAL_STRING), thrift_close(t);
            thrift_close(t);
        }
        thrift_close(t);
    }
}

static void put_chunk(const column *c, const chunk *told, int64_t rows, thrift *t)
{
    thrift_open(t);
    thrift_i64(t, 2, told->offset);
    thrift_struct(t, 3);
    thrift_i32(t, 1, c->type);
    thrift_list(t, 2, THRIFT_I32, 2), thrift_element(t, ENCODING_PLAIN), thrift_element(t, ENCODING_RLE);
    thrift_list(t, 3, THRIFT_BINARY, 1), thrift_element_text(t, c->name);
    thrift_i32(t, 4, CODEC_GZIP);
    thrift_i64(t, 5, rows);
    thrift_i64(t, 6, told->plain), thrift_i64(t, 7, told->packed);
    thrift_i64(t, 9, told->offset);
    thrift_close(t);
    thrift_close(t);
}

static void put_group(const parquet *file, size_t number, thrift *t)
{
    const chunk *chunks = file->chunks + number * file->column_count;
    int64_t bytes = 0;
    for (size_t i = 0; i < file->column_count; i++) bytes += chunks[i].plain;
    thrift_open(t);
    thrift_list(t, 1, THRIFT_STRUCT, file->column_count);
    for (size_t i = 0; i < file->column_count; i++) put_chunk(&file->columns[i], &chunks[i], file->groups[number], t);
    thrift_i64(t, 2, bytes);
    thrift_i64(t, 3, file->groups[number]);
    thrift_close(t);
}

bool parquet_finish(parquet *file)
{
    dl_json_out footer = {0}, length = {0};
    thrift t = {.out = &footer};
    end_group(file);
    thrift_open(&t);
    thrift_i32(&t, 1, 1); /* version */
    put_schema(file, &t);
    thrift_i64(&t, 3, file->all_rows);
    thrift_list(&t, 4, THRIFT_STRUCT, file->group_count);
    for (size_t i = 0; i < file->group_count; i++) put_group(file, i, &t);
    thrift_text(&t, 6, DL_STR("dateline"));
    thrift_close(&t);
    put_little(&length, footer.len, 4);
    append(file, (dl_str){footer.bytes, footer.len});
    append(file, (dl_str){length.bytes, length.len});
    append(file, magic);
    bool fine = !file->failed && !file->out->failed && !footer.failed && !length.failed;
    dl_json_out_free(&footer), dl_json_out_free(&length);
    return fine;
}
