/* gazetteer.h - place names and where they are.
 *
 * A gazetteer is a read-only file mapped into memory: opening is cheap, any number of threads may read one at once,
 * and results live until it is closed. Keys are made by words.h. Every number in the file is checked where it is
 * used, so a damaged file gives wrong answers at worst. */
#ifndef DL_PLACES_GAZETTEER_H
#define DL_PLACES_GAZETTEER_H

#include "base/str.h"

typedef struct dl_gazetteer dl_gazetteer;

/* How a key names a place. */
typedef enum dl_naming {
    DL_NAMED,          /* the place's own name */
    DL_ALTERNATE,      /* another name of it */
    DL_SHORTENED,      /* a unit's name without its kind: "Rapides" for Rapides Parish */
    DL_ADJECTIVE,      /* "Syrian" */
    DL_ABBREVIATED,    /* read only behind a comma or in a dateline: "Tex." */
    DL_ABBREVIATED_ALONE, /* read anywhere: "Calif." */
    DL_POSTAL,         /* capitals behind a comma: "TX" */
    DL_NAMING_COUNT
} dl_naming;

typedef enum dl_level { /* what kind of thing a place is, from large to small */
    DL_LEVEL_REGION, DL_LEVEL_COUNTRY, DL_LEVEL_ADMIN1, DL_LEVEL_ADMIN2, DL_LEVEL_CITY, DL_LEVEL_DISTRICT,
    DL_LEVEL_NATURE, DL_LEVEL_SITE, DL_LEVEL_COUNT
} dl_level;

typedef struct dl_location {
    uint32_t index;     /* in the gazetteer */
    uint32_t geonameid; /* 0: none */
    dl_str own_id;      /* for places without one */
    dl_str name, country, admin1, feature;
    char letter;        /* GeoNames feature class */
    dl_level level;
    double lat, lon;
    uint32_t population, admin1_place, admin2_place; /* DL_NONE where there is none */
    bool approximate;
} dl_location;

typedef struct dl_posting {
    uint32_t place;
    dl_naming naming;
} dl_posting;

typedef struct dl_key_hit {
    uint32_t first, count; /* postings, the most populous place first; count 0: none */
    bool is_prefix;        /* a longer key begins with this one and a space */
} dl_key_hit;

/* `verify` reads the whole file to check its sum. DL_BAD_DATA names the byte. */
dl_status dl_gazetteer_open(dl_gazetteer **out, const char *path, bool verify, dl_error *err);
void dl_gazetteer_close(dl_gazetteer *gazetteer); /* NULL is fine */
size_t dl_gazetteer_count(const dl_gazetteer *gazetteer);

dl_key_hit dl_gazetteer_find(const dl_gazetteer *gazetteer, dl_str key);
dl_posting dl_gazetteer_posting(const dl_gazetteer *gazetteer, uint32_t index);
/* All zero for an index that does not exist. */
dl_location dl_gazetteer_place(const dl_gazetteer *gazetteer, uint32_t index);

#endif
