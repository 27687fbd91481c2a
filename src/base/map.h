/* map.h - whole files, read-only in memory. */
#ifndef DL_BASE_MAP_H
#define DL_BASE_MAP_H

#include "dateline/base.h"

typedef struct dl_map {
    const unsigned char *bytes;
    size_t size;
} dl_map;

/* Maps a regular file; an empty one gives size 0 and bytes NULL. */
dl_status dl_map_open(dl_map *out, const char *path, dl_error *err);
void dl_map_close(dl_map *map);
/* Gives the pages of an opened map back; they come anew where they are looked at. Whoever has read a file through to check it need not
 * hold it whole. Not for memory that no dl_map_open gave. */
void dl_map_release(const dl_map *map);

/* Every image that dateline maps begins so; all numbers are little-endian. The checksum is
 * dl_hash over all bytes behind the header, with seed 0. */
typedef struct dl_image_header {
    char magic[8];     /* "DLxxxxxx", one for each kind of file */
    uint32_t version;  /* of that kind's layout */
    uint32_t reserved; /* 0 */
    uint64_t size;     /* of the whole file */
    uint64_t checksum;
} dl_image_header;

/* Opens and checks magic, version, size; `verify` also the checksum. DL_BAD_DATA names the byte. */
dl_status dl_map_open_image(dl_map *out, const char *path, const char magic[8], uint32_t version, bool verify,
                            dl_error *err);
/* The same checks on bytes that are already in memory; `source` is for messages. */
dl_status dl_map_check_image(const dl_map *map, const char *source, const char magic[8], uint32_t version, bool verify,
                             dl_error *err);

#endif
