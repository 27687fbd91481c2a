/* places.h - toponyms found in the text and resolved against the gazetteer. */
#ifndef DATELINE_PLACES_H
#define DATELINE_PLACES_H

#include "dateline/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dl_precision {
    DL_PRECISION_NONE, DL_PRECISION_EXACT, DL_PRECISION_CITY, DL_PRECISION_ADMIN2, DL_PRECISION_ADMIN1,
    DL_PRECISION_COUNTRY, DL_PRECISION_REGION
} dl_precision;

typedef struct dl_place {
    dl_span span;
    uint32_t first, count; /* tokens */
    dl_str name;           /* gazetteer's name, or the words of the text where unresolved */
    int64_t geonameid;     /* 0: none */
    dl_str gazetteer_id;   /* for places that GeoNames does not number; ptr NULL else */
    bool resolved;         /* lat and lon are set */
    double lat, lon;       /* WGS 84 degrees */
    dl_str country;        /* ISO 3166-1 alpha-2; ptr NULL where not known */
    dl_str admin1, feature; /* GeoNames code of the first-level unit; feature code such as "PPLA" */
    dl_precision precision;
    bool adjective;        /* named by its adjective ("Russian forces"): the country spoken of, hardly the scene */
    bool nearby;           /* in no gazetteer; the point is that of the place named before it */
    uint32_t entity;       /* index in names, DL_NONE */
    float confidence;
    dl_str why;            /* what decided, for `show --why`; ptr NULL unless asked for */
} dl_place;

typedef struct dl_places {
    dl_place *items; /* in order of their start */
    size_t count;
} dl_places;

#ifdef __cplusplus
}
#endif
#endif
