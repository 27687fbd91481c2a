/* parquet.h - rows as an Apache Parquet file: one table of columns, each cell a value or null.
 *
 * Rows are gathered into groups of bounded size; what is finished is appended to `out`, whose owner may send it on and empty it between any two
 * calls. Pages are plain values behind definition levels, packed with gzip; there are no dictionaries and no statistics. */
#ifndef DL_EXPORT_PARQUET_H
#define DL_EXPORT_PARQUET_H

#include "base/put.h"

typedef struct parquet parquet;

/* `columns`: names parted by commas, ":i" behind those of whole numbers, ":r" of numbers, ":b" of truth values; else text (UTF-8). NULL: out of
 * memory. Free with parquet_free. */
parquet *parquet_new(dl_json_out *out, const char *columns);
void parquet_free(parquet *file); /* NULL is fine */

/* Cells, from the first column to the last. A value of another type than its column's is null. */
void parquet_text(parquet *file, dl_str text);
void parquet_int(parquet *file, int64_t value);
void parquet_real(parquet *file, double value);
void parquet_flag(parquet *file, bool value);
void parquet_null(parquet *file);

bool parquet_end_row(parquet *file); /* false: out of memory */
bool parquet_finish(parquet *file);  /* the last group and the footer */

#endif
