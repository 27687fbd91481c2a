/* rows.h - rows of a store for programs and spreadsheets. */
#ifndef DL_EXPORT_ROWS_H
#define DL_EXPORT_ROWS_H

#include "dateline/queries.h"
#include "export/csv.h"

/* Events and sentences; `first` puts the heading before the row. */
void row_csv(dl_json_out *out, const dl_row *row, bool first);
void row_json(dl_json_out *out, const dl_row *row);

/* Layers: an object; the names of the cells, and the cells. */
void page_json(dl_json_out *out, const dl_page_row *row);
void statement_json(dl_json_out *out, const dl_statement_row *row);
void claim_json(dl_json_out *out, const dl_claim_row *row);
extern const char *const event_columns, *const page_columns, *const statement_columns, *const claim_columns;
void cell_parties(const cell_line *line, const dl_party *parties, size_t count, bool codes); /* one cell: "A; B" */
void event_cells(const cell_line *line, const dl_row *row);
void page_cells(const cell_line *line, const dl_page_row *row);
void statement_cells(const cell_line *line, const dl_statement_row *row);
void claim_cells(const cell_line *line, const dl_claim_row *row);

#endif
