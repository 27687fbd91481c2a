/* gazetteer_format.h - the records of a gazetteer image, shared by its reader and its builder.
 *
 * File: dl_image_header | gaz_contents | the parts, each at a multiple of 8. Keys are found through slots, an
 * open-addressed table of a power of two that is never full; a key's postings lie together, the most populous place
 * first. Text is one run of bytes that names, keys and codes point into. */
#ifndef DL_PLACES_GAZETTEER_FORMAT_H
#define DL_PLACES_GAZETTEER_FORMAT_H

#include <stdint.h>

#define GAZETTEER_MAGIC "DLPLACES"
enum { GAZETTEER_VERSION = 1 };
#define GAZ_NONE UINT32_MAX /* no place */

typedef enum gaz_part { GAZ_PLACES, GAZ_UNITS, GAZ_FEATURES, GAZ_KEYS, GAZ_POSTINGS, GAZ_SLOTS, GAZ_TEXT, GAZ_PARTS } gaz_part;

typedef struct gaz_contents { /* by gaz_part: where it starts in the file, and how many items it has */
    uint64_t offset[GAZ_PARTS];
    uint32_t count[GAZ_PARTS], reserved;
} gaz_contents;

typedef struct gaz_place {
    uint32_t geonameid;           /* 0: GeoNames does not number it */
    int32_t lat, lon;             /* 1e-5 degrees */
    uint32_t name, own_id;        /* in the text */
    uint32_t population;          /* where nobody lives, a stand-in for how well the place is known */
    uint32_t admin2;              /* place of the second-level unit it lies in, or GAZ_NONE */
    uint16_t unit;                /* of the first level; 0xFFFF: none */
    uint8_t name_len, own_id_len; /* own_id_len 0: none */
    char country[2];              /* zeros: in no one country */
    uint8_t feature, approximate; /* the point is only that of the unit around it */
} gaz_place;

typedef struct gaz_unit { /* first-level units: a country's code of it and its place */
    uint32_t code, place;
    char country[2];
    uint8_t code_len, reserved;
} gaz_unit;

typedef struct gaz_feature {
    char letter, code[7]; /* GeoNames class and feature code, zero-padded */
} gaz_feature;

typedef struct gaz_key {
    uint32_t text, first, count; /* postings; count 0 where it is only the beginning of longer keys */
    uint16_t len;
    uint8_t is_prefix, reserved;
} gaz_key;

/* A posting: the place and, above it, how the key names it (dl_naming of gazetteer.h). */
enum { GAZ_PLACE_BITS = 28 };

typedef struct gaz_slot {
    uint32_t tag, key; /* high half of the key's hash; index of the key plus one, 0: free */
} gaz_slot;

#endif
