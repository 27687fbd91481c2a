/* svg.h - a small map and a timeline of happenings, as SVG without scripts, styles from outside or blank lines. */
#ifndef DL_EXPORT_SVG_H
#define DL_EXPORT_SVG_H

#include "base/json.h"
#include "dateline/monitor.h"

typedef struct svg_point {
    double lat, lon;
    int64_t weight; /* people killed: the area of the circle */
    dl_str label;
    uint32_t link;  /* of the entry "h<link>" in the page */
} svg_point;

typedef struct svg_day {
    dl_date date;
    uint32_t count;  /* happenings */
    int64_t killed;
    bool reported;
} svg_day;

/* Equirectangular, true to scale at the middle latitude; a grid in whole degrees. Nothing for no points. */
void svg_map(dl_json_out *out, const svg_point *points, size_t count);
void svg_timeline(dl_json_out *out, const svg_day *days, size_t count);

#endif
