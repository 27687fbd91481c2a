/* tally.h - happenings counted by words of all buckets. */
#ifndef DL_SERVE_TALLY_H
#define DL_SERVE_TALLY_H

#include "serve/sums.h"

typedef struct tally_item {
    dl_str name, second; /* of units: country and code */
    uint32_t count, last_happening; /* a happening counts once */
    dl_date last;
    double lat, lon;
    uint32_t points;
    harm_sums sums;
} tally_item;

typedef struct tally {
    dl_arena *arena;
    DL_VEC(tally_item) items;
    uint32_t *slots;
    size_t slot_count;
    bool failed;
} tally;

/* The item of the name, counted for this happening (numbered from 1, each once); NULL when out of memory. */
tally_item *tally_count(tally *t, dl_str name, dl_str second, uint32_t happening, dl_date date);
/* A place at which the happening lies, and its figures. */
void tally_point(tally_item *item, const atlas_place *place, const atlas_match *match);
/* The most frequent first; how many of them there are, `most` at most. */
size_t tally_sort(tally *t, size_t most);

#endif
