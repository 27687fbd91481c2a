/* csv.h - lines of cells: CSV (RFC 4180) and TSV that spreadsheets read as data, or rows of a Parquet file.
 *
 * A text that a spreadsheet would take for a formula gets an apostrophe before it; in Parquet it stays as it is. */
#ifndef DL_EXPORT_CSV_H
#define DL_EXPORT_CSV_H

#include "base/put.h"
#include "export/parquet.h"

/* Cells of one line of CSV. */
void csv_text(dl_json_out *out, dl_str text);
void csv_number(dl_json_out *out, const char *format, ...) DL_PRINTF(2, 3);
void csv_empty(dl_json_out *out);
void csv_end(dl_json_out *out); /* of the line */

const char *time_text(int64_t seconds, char buffer[32]); /* "2025-10-14T12:30:00Z" */

/* Cells of one line of any kind. */
typedef struct cell_line {
    dl_json_out *out;
    bool tabs; /* parted by tabs, without quotes: tabs and line breaks in a text become spaces */
    parquet *file; /* NULL: text; else the cells go there */
} cell_line;

void cell_words(const cell_line *line, dl_str text); /* ptr NULL: empty */
void cell_name(const cell_line *line, const char *text);
void cell_int(const cell_line *line, int64_t value);
void cell_digits(const cell_line *line, dl_str digits); /* a whole number; empty where it is none */
void cell_real(const cell_line *line, double value, int decimals);
void cell_flag(const cell_line *line, bool value); /* 1 or 0 */
void cell_none(const cell_line *line, size_t count); /* so many empty cells */
void cell_day(const cell_line *line, dl_date date); /* YYYY-MM-DD, as far as known */
void cell_end(const cell_line *line);
/* The heading, as it comes: names parted by commas, with or without types as parquet_new takes them. */
void cell_heading(const cell_line *line, const char *names);

#endif
