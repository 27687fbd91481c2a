/* overlay.h - a gazetteer of the user's own, searched before the built one.
 *
 * A TSV file whose first line names the columns (name, lat, lon; alternates, country, feature, id if wanted; '#' at a
 * line's start is a comment), or a GeoJSON FeatureCollection of Points whose properties bear the same names. */
#ifndef DL_PLACES_OVERLAY_H
#define DL_PLACES_OVERLAY_H

#include "base/str.h"

typedef struct dl_overlay dl_overlay;

typedef struct dl_overlay_place {
    dl_str id, name, country, feature;
    double lat, lon;
} dl_overlay_place;

typedef struct dl_overlay_hit {
    uint32_t place; /* DL_NONE: none */
    bool is_prefix;
} dl_overlay_hit;

/* DL_BAD_DATA names the line's byte. */
dl_status dl_overlay_open(dl_overlay **out, const char *path, dl_error *err);
void dl_overlay_close(dl_overlay *overlay); /* NULL is fine */
dl_overlay_hit dl_overlay_find(const dl_overlay *overlay, dl_str key); /* overlay may be NULL */
const dl_overlay_place *dl_overlay_place_at(const dl_overlay *overlay, uint32_t index);

#endif
