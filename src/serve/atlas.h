/* atlas.h - all happenings of a store in memory, small, by week, so that maps, timelines and lists of hundreds of thousands are answered at once.
 *
 * A bucket holds the happenings that begin in one week (or those without a day), and is never changed. An atlas is a list of buckets, the last week first,
 * grouped as a view of the whole store groups them: pages of one story may tell of a happening weeks apart. When a large store changes, the weeks that the
 * change touches are made anew at once, each for itself, and all together as soon as that takes no more than a small part of the time; each time a new
 * list takes the place of the old one. Readers hold the list they began with. What is long (sentences, titles) stays in the store: a claim here
 * knows its document and item, which lead there. */
#ifndef DL_SERVE_ATLAS_H
#define DL_SERVE_ATLAS_H

#include "base/str.h"
#include "dateline/monitor.h"

typedef struct atlas_place {
    dl_str name, country, admin1, precision; /* ptr NULL where not known */
    int64_t geonameid, location;
    bool located;
    double lat, lon;
} atlas_place;

typedef struct atlas_claim {
    int64_t ref;         /* of the event: document number << 24 | place in the record, from 1 */
    float urgency;       /* doubt times the lives that hang on it */
    float confidence;
    uint32_t document;   /* these six: words of the bucket; 0 is none */
    uint32_t source, side, site, outlet, code;
    uint32_t location;   /* row of the store's locations; 0: none */
    uint32_t first_party, party_count; /* of the bucket's parties: pairs of words, name and code */
    dl_span span, sentence_span;       /* code points */
    dl_date published;
    uint8_t realis, stance, standing[DL_HARMS];
    bool background;
} atlas_claim;

typedef struct atlas_happening {
    uint32_t first, count; /* of the bucket's claims */
    uint32_t place;        /* of the bucket's places; DL_NONE */
    uint32_t mode;         /* word */
    uint32_t first_range;  /* of the bucket's ranges: those of the harms in `ranges`; their claims are the bucket's */
    uint32_t sources, pages;
    int64_t first_seen, last_seen;
    dl_date date, date_to;
    float confidence;      /* the best of its claims */
    uint8_t type, realis;  /* realis: set of 1u << DL_ACTUAL, ... */
    uint8_t ranges;        /* set of 1u << harm */
    bool actual, background;
    bool one_sided;        /* all who say so are of one side */
    bool contested;        /* somebody denies what others say, or the figures that stand differ */
    bool ceasefire;        /* a sentence about it speaks of a ceasefire */
} atlas_happening;

typedef struct atlas_bucket {
    dl_arena arena;
    uint32_t holders;
    dl_date first, last;   /* of the week; year 0: without a day */
    dl_date latest;        /* the last day that a happening reaches */
    atlas_happening *happenings;
    size_t count;
    atlas_claim *claims;
    size_t claim_count;
    dl_estimate *ranges;
    dl_str *words;         /* each once; words[0] is absent */
    size_t word_count;
    atlas_place *places;
    size_t place_count;
    uint32_t *parties;
} atlas_bucket;

typedef struct atlas {
    uint32_t holders;
    int64_t readings, corrections; /* the last of the store's log that it knows */
    int64_t schema;                /* of the store: another one after its derived tables were made anew */
    uint64_t edition;              /* grows with every new list */
    size_t wanted;                 /* weeks that are being made anew; 0: it knows all that the store holds */
    size_t count;
    size_t happenings, claims;     /* sums */
    atlas_bucket **buckets;        /* the last week first, the one without days at the end */
} atlas;

/* The range of one kind of harm; `known` false where no claim gives one. */
dl_estimate atlas_range(const atlas_bucket *bucket, const atlas_happening *happening, size_t harm);

/* ---- making one bucket ---- */

/* The Monday of the day's week; of a month or year, of its first day. */
dl_date atlas_week(dl_date day);
/* Makes the bucket of the week that begins on `monday`, or of what has no day (year 0), from the view's happenings from `from` to `to`. `monitor` may be
 * NULL: then nothing is known of ceasefires. */
dl_status atlas_bucket_of(atlas_bucket **out, const dl_view *view, size_t from, size_t to, const dl_monitor *monitor, dl_date monday, dl_error *err);
/* The same from a view of that week alone. */
dl_status atlas_bucket_make(atlas_bucket **out, dl_store *store, const dl_monitor *monitor, dl_date monday, dl_error *err);
void atlas_bucket_free(atlas_bucket *bucket); /* NULL is fine; only for buckets that nobody holds */

/* ---- keeping the atlas in step with its store ---- */

typedef struct atlas_keeper atlas_keeper;

/* Opens the store and begins to make the atlas in a thread of its own; with `at_once` it is whole when the call is done, and no thread runs. */
dl_status atlas_keeper_open(atlas_keeper **out, const char *store, const dl_monitor *monitor, bool at_once, dl_error *err);
void atlas_keeper_close(atlas_keeper *keeper); /* NULL is fine */
/* How many events a store may have to be made anew as a whole at every change. Only for one that was opened at once. */
void atlas_keeper_few(atlas_keeper *keeper, int64_t events);
/* The atlas as it is now, held until atlas_release. */
const atlas *atlas_hold(atlas_keeper *keeper);
void atlas_release(atlas_keeper *keeper, const atlas *held);
/* The store has changed by our own hand: look at once, and come back when the atlas knows of it (or after some seconds). */
void atlas_refresh(atlas_keeper *keeper);

/* ---- choosing ---- */

typedef struct atlas_filter {
    dl_date since, until;      /* year 0: does not matter */
    unsigned types, realis;    /* sets of 1u << type; 0: do not matter */
    bool box;
    double west, south, east, north; /* west may be greater than east: over the date line */
    dl_str side, source, actor, site, country; /* ptr NULL: do not matter */
    double confidence;         /* at least */
    uint32_t sources;          /* independent ones, at least */
    bool counted, actual, contested, located;
    const int64_t *locations;  /* sorted; NULL: do not matter */
    size_t location_count;
    const int64_t *events;     /* refs, sorted; NULL: do not matter */
    size_t event_count;
} atlas_filter;

typedef struct atlas_match {
    const atlas_bucket *bucket;
    const atlas_happening *happening;
} atlas_match;

typedef bool atlas_visit(void *context, const atlas_match *match); /* false: enough */

/* Visits the happenings that have a claim for which all holds, from the last day to the first. DL_NO_MEMORY alone. */
dl_status atlas_choose(const atlas *held, const atlas_filter *filter, dl_arena *arena, atlas_visit *visit, void *context, dl_error *err);
/* The happening that a claim of this ref is in; false where there is none. */
bool atlas_find(const atlas *held, int64_t ref, atlas_match *out);

#endif
