/* bytes.h - numbers, words and days as bytes, for what lies in a table in one piece.
 *
 * Whole numbers have seven bits a byte, the lowest first; what may be negative is folded (0, -1, 1, -2, ...); a string has its length and one before it,
 * 0 where there is none. Every length is checked when it is read: a store may come from anyone. */
#ifndef DL_STORE_BYTES_H
#define DL_STORE_BYTES_H

#include "base/str.h"

typedef struct byte_writer {
    dl_arena *arena;
    unsigned char *bytes;
    size_t len, capacity;
    bool failed; /* out of memory */
} byte_writer;

void bytes_put_raw(byte_writer *w, const void *bytes, size_t len);
void bytes_put_number(byte_writer *w, uint64_t number);
void bytes_put_signed(byte_writer *w, int64_t number);
void bytes_put_str(byte_writer *w, dl_str text);
void bytes_put_date(byte_writer *w, dl_date date);
void bytes_put_span(byte_writer *w, dl_span span);
void bytes_put_real(byte_writer *w, double value);
dl_str bytes_written(const byte_writer *w); /* ptr NULL when out of memory */

/* What is not there reads as 0, and sets `bad`. */
typedef struct byte_reader {
    const unsigned char *at, *end;
    bool bad;
} byte_reader;

uint64_t bytes_get_number(byte_reader *r);
int64_t bytes_get_signed(byte_reader *r);
size_t bytes_get_count(byte_reader *r, size_t most); /* of things that take a byte each, at least: no more than are left, nor than `most` */
dl_str bytes_get_str(byte_reader *r);                /* lent by the bytes */
dl_date bytes_get_date(byte_reader *r);
dl_span bytes_get_span(byte_reader *r);
double bytes_get_real(byte_reader *r);

#endif
