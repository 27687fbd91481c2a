/* export.h - what a store holds, as lines for other programs.
 *
 * Rows come in an order that depends on the store alone, and one by one: memory does not grow with their number, but for happenings,
 * which hold the claims asked for; layouts of happenings (UCDP GED, ACLED) hold those of one type at a time. docs/export.md tells each column. */
#ifndef DATELINE_EXPORT_H
#define DATELINE_EXPORT_H

#include "dateline/store.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dl_export_what {
    DL_EXPORT_EVENTS,     /* of current readings, by document */
    DL_EXPORT_CLAIMS,     /* the log: all readings of all revisions, then people's corrections */
    DL_EXPORT_STATEMENTS, /* of current readings, by document */
    DL_EXPORT_PAGES,      /* documents with their current text */
    DL_EXPORT_HAPPENINGS, /* by day, then place: what is told of each across pages */
    DL_EXPORT_STORIES     /* for each page its id and its cluster, the id of its story's first page */
} dl_export_what;

typedef enum dl_export_format {
    DL_EXPORT_NDJSON, /* an object a line */
    DL_EXPORT_CSV,    /* RFC 4180, UTF-8, with a heading; no cell is a formula */
    DL_EXPORT_TSV,    /* as CSV, but parted by tabs, without quotes */
    DL_EXPORT_GEOJSON, /* RFC 7946; events only */
    DL_EXPORT_PARQUET /* Apache Parquet, the columns of CSV with their types; bytes, no lines */
} dl_export_format;

/* Columns of another system; events only, as CSV, TSV or Parquet. */
typedef enum dl_export_layout { DL_LAYOUT_NONE, DL_LAYOUT_UCDP_GED, DL_LAYOUT_GDELT, DL_LAYOUT_POLECAT, DL_LAYOUT_ACLED } dl_export_layout;

typedef struct dl_export {
    dl_export_what what;
    dl_export_format format;
    dl_export_layout layout;
    bool bare;      /* CSV and TSV without their heading */
    dl_query query; /* events and happenings: all of it but rows and by_document. Others: text, since, until (the page's day), source, limit, and
                       no more; of claims not even text, of stories only limit. A layout decides on realis and background by itself */
    const char *data_dir; /* where the word lists lie that name countries, for UCDP GED and ACLED; NULL: where an engine would look */
} dl_export;

/* Takes the next bytes, of text whole lines; false: no more are wanted, which is no failure. */
typedef bool dl_export_write(void *context, const char *bytes, size_t count);

/* *rows (may be NULL) counts the rows written. DL_USAGE where what, format, layout and query do not go together. */
DL_API DL_CHECK dl_status dl_store_export(dl_store *store, const dl_export *wanted, dl_export_write *write, void *context, uint64_t *rows, dl_error *err);

#ifdef __cplusplus
}
#endif
#endif
