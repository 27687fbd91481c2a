/* thrift.c - Thrift's compact protocol (doc/specs/thrift-compact-protocol.md of Apache Thrift). */
#include "export/thrift.h"

static void put_byte(dl_json_out *out, unsigned byte)
{
    char c = (char)byte;
    put_bytes(out, (dl_str){&c, 1});
}

void thrift_varint(dl_json_out *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7) put_byte(out, (unsigned)(value & 0x7F) | 0x80);
    put_byte(out, (unsigned)value);
}

static uint64_t zigzag(int64_t value)
{
    return (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
}

void thrift_open(thrift *t)
{
    t->last[t->depth++] = 0;
}

void thrift_close(thrift *t)
{
    put_byte(t->out, 0);
    t->depth--;
}

/* Fields come in rising order, at most 15 apart. */
static void put_field(thrift *t, int field, thrift_type type)
{
    int16_t *last = &t->last[t->depth - 1];
    put_byte(t->out, (unsigned)(field - *last) << 4 | (unsigned)type);
    *last = (int16_t)field;
}

void thrift_struct(thrift *t, int field)
{
    put_field(t, field, THRIFT_STRUCT);
    thrift_open(t);
}

void thrift_i32(thrift *t, int field, int32_t value)
{
    put_field(t, field, THRIFT_I32);
    thrift_varint(t->out, zigzag(value));
}

void thrift_i64(thrift *t, int field, int64_t value)
{
    put_field(t, field, THRIFT_I64);
    thrift_varint(t->out, zigzag(value));
}

void thrift_element_text(thrift *t, dl_str value)
{
    thrift_varint(t->out, value.len);
    put_bytes(t->out, value);
}

void thrift_text(thrift *t, int field, dl_str value)
{
    put_field(t, field, THRIFT_BINARY);
    thrift_element_text(t, value);
}

void thrift_list(thrift *t, int field, thrift_type of, size_t count)
{
    put_field(t, field, THRIFT_LIST);
    put_byte(t->out, (unsigned)(count < 15 ? count : 15) << 4 | (unsigned)of);
    if (count >= 15) thrift_varint(t->out, count);
}

void thrift_element(thrift *t, int64_t value)
{
    thrift_varint(t->out, zigzag(value));
}
