/* export.h - inside the exports: rows on their way out. */
#ifndef DL_EXPORT_EXPORT_H
#define DL_EXPORT_EXPORT_H

#include "dateline/export.h"
#include "export/countries.h"
#include "export/rows.h"

typedef struct exporter {
    dl_store *store;
    const dl_export *wanted;
    dl_export_write *write;
    void *context;
    countries countries;      /* open for layouts of happenings */
    dl_json_out out, scratch; /* the row that is made */
    parquet *file;            /* of Parquet, else NULL */
    uint64_t rows;
    bool enough, failed; /* the reader has enough; out of memory */
    dl_error *err;
} exporter;

/* Sends the row in `out` on its way; false: enough, or out of memory. */
bool export_send(exporter *e);
cell_line export_line(exporter *e); /* of CSV, TSV or Parquet */
bool export_row(exporter *e);   /* ends a line of a layout, sends and counts it; false: no more */
bool export_is_full(const exporter *e); /* no further row is wanted, or could be made */
dl_str export_event_id(exporter *e, const dl_row *row); /* "DOCUMENT/V1", in `scratch` */
int64_t export_number(const dl_row *row);               /* the same as a number, for columns that are numbers */
static inline bool is_day(dl_date date) { return date.year && date.month && date.day; }

/* A layout: its heading, and what makes its rows. */
typedef struct layout {
    const char *columns;
    dl_status (*run)(exporter *e);
} layout;

/* happenings.c: a line each */
extern const char *const happening_columns, *const story_columns;
dl_status export_happenings(exporter *e);
dl_status export_stories(exporter *e); /* a line a page */

extern const layout layout_gdelt, layout_polecat;      /* layout_events.c: a row an event of a page */
extern const layout layout_ucdp_ged, layout_acled;     /* layout_happenings.c: a row a happening */

#endif
