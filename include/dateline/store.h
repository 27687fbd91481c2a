/* store.h - records kept in one file: what every page said, as it said it, and what is to be found in it.
 *
 * A store is an SQLite database. At its bottom lies a log to which rows are only ever added: revisions of documents, readings of
 * revisions (one for each engine and model), the claims of each reading, and the corrections of people, which win. All other
 * tables are made from the log and can be made again at any time. docs/store.md tells the tables.
 *
 * A store handle belongs to one thread at a time. Any number of processes may read a store while one writes; writers wait for each
 * other. What was committed outlives the process and the machine's power. */
#ifndef DATELINE_STORE_H
#define DATELINE_STORE_H

#include "dateline/document.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dl_store dl_store;

typedef enum dl_store_mode {
    DL_STORE_READ,  /* the file must be there; nothing is written */
    DL_STORE_WRITE, /* the file must be there; an older schema is brought up to date */
    DL_STORE_CREATE /* as WRITE, and a file that is not there or empty becomes a new store */
} dl_store_mode;

/* Opens the store at `path` into *out; close with dl_store_close. A file that is no store is DL_BAD_DATA and left alone. */
DL_API DL_CHECK dl_status dl_store_open(dl_store **out, const char *path, dl_store_mode mode, dl_error *err);
DL_API void dl_store_close(dl_store *store); /* NULL is fine; what was not committed is undone */

/* Where the word lists lie that pages are grouped by, when the first page is added; NULL, or no call: where an engine would look. */
DL_API DL_CHECK dl_status dl_store_use_data(dl_store *store, const char *data_dir, dl_error *err);

/* ---- adding ---- */

/* A transaction: waits for other writers, then all that follows is kept at once by the commit, or not at all. After a failure inside
 * one, roll back. Calls that write outside a transaction make one of their own. */
DL_API DL_CHECK dl_status dl_store_begin(dl_store *store, dl_error *err);
DL_API DL_CHECK dl_status dl_store_commit(dl_store *store, dl_error *err);
DL_API void dl_store_rollback(dl_store *store);

typedef enum dl_addition {
    DL_ADDED,    /* a document that was not there */
    DL_REVISED,  /* the page says something else than before: a new revision, the older ones stay */
    DL_REREAD,   /* a known revision, read by an engine or model that had not read it */
    DL_UNCHANGED /* known already: the store is as before */
} dl_addition;

typedef struct dl_added {
    dl_addition what;
    uint32_t revision; /* 1, 2, ... */
} dl_added;

/* Adds the record of one page, as seen at `seen` (seconds since 1970, UTC). It must have all layers of DL_LAYER_DEFAULT, else
 * DL_USAGE. */
DL_API DL_CHECK dl_status dl_store_add(dl_store *store, const dl_document *document, int64_t seen, dl_added *out, dl_error *err);

/* ---- following ---- */

/* What is known of an address that is followed: a file ("file:" and its path), an archive in one, a feed, a page, or a site of which to keep
 * away for a while. Kept beside the log, so that following goes on where it stopped; put in the transaction of the page that it is about. Strings
 * with ptr NULL are not told. */
typedef struct dl_followed {
    dl_str address;
    dl_str source;         /* where the address was found */
    dl_str etag, modified; /* validators of HTTP: ETag and Last-Modified */
    dl_str place;          /* how far an archive was read; whoever reads it knows the form */
    int64_t size, changed; /* of a file: bytes, and when it was last changed (ns since 1970) */
    int64_t digest;        /* of its bytes, or the beginning of them */
    int64_t status;        /* of the last answer (HTTP), 0 where there was none */
    int64_t failures;      /* in a row */
    int64_t not_before;    /* do not ask before (seconds since 1970) */
    int64_t seen;          /* when last looked at */
} dl_followed;

/* *known false: nothing is known of the address. Strings are lent until the next call on the store. */
DL_API DL_CHECK dl_status dl_store_followed(dl_store *store, dl_str address, dl_followed *out, bool *known, dl_error *err);
/* Replaces what is known of the address. */
DL_API DL_CHECK dl_status dl_store_follow(dl_store *store, const dl_followed *followed, dl_error *err);

/* ---- correcting ---- */

typedef enum dl_verdict { DL_VERDICT_ACCEPT, DL_VERDICT_CORRECT, DL_VERDICT_REJECT } dl_verdict;

/* What a person says of one item of a document's current reading. It is kept beside the machine's claims, wins over them in all
 * derived tables, and follows its words into later readings and revisions for as long as they stand there. */
typedef struct dl_correction {
    dl_str document; /* id of the record */
    unsigned layer;  /* one DL_LAYER_*; DL_LAYER_PAGE for what the page says of itself */
    uint32_t item;   /* place in the layer, from 0; 0 for the page */
    dl_verdict verdict;
    dl_str field, value; /* for DL_VERDICT_CORRECT: a member of the item as in the record, and its JSON ("null" takes it away) */
    dl_str author;       /* who says so */
    dl_str note;         /* ptr NULL: none */
    int64_t seen;
} dl_correction;

/* DL_USAGE where there is no such document or item, DL_BAD_DATA where the record would no longer be one. */
DL_API DL_CHECK dl_status dl_store_correct(dl_store *store, const dl_correction *correction, dl_error *err);

/* ---- finding ---- */

typedef enum dl_row_kind { DL_ROWS_EVENTS, DL_ROWS_SENTENCES } dl_row_kind;

/* All that is given must hold. Strings with ptr NULL, days with year 0 and zeros do not matter. */
typedef struct dl_query {
    dl_row_kind rows;  /* sentences heed text, since, until (the page's day) and source (its outlet) only */
    dl_str text;       /* these words, in one sentence; "a phrase" in quotes, word* for its beginning */
    dl_event_type type;
    dl_str actor;      /* on either side: the beginning of a code ("SDN", "SDNREB") or whole words of a name */
    dl_str place;      /* whole words of a name, a country's ISO 3166-1 alpha-2 code, or a GeoNames number */
    bool near;         /* within `km` of the point */
    double lat, lon, km;
    const int64_t *locations; /* at one of these rows (dl_store_locations); NULL: does not matter */
    size_t location_count;
    const int64_t *named;     /* or one of these is named in the event's sentence; goes with `locations` */
    size_t named_count;
    dl_str phrases;           /* or one of these phrases, a line each, stands in the event's sentence; goes with `named` */
    const int64_t *events;    /* one of these: document number << 24 | place in the record, from 1; NULL: does not matter */
    size_t event_count;
    bool counted;         /* with a count of people killed, wounded, captured or missing */
    dl_date since, until; /* first and last day of the event, both included */
    bool undated;         /* without a day */
    size_t latest;        /* on the days on which the last so many events lie (a few more, for whole days); 0: does not matter */
    unsigned realis;      /* set of 1u << DL_ACTUAL, ... */
    dl_str source;        /* who says so: speaker (as for actor) or outlet (whole words of the site's name) */
    size_t limit;         /* rows at most; 0: no limit */
    bool by_document;     /* events in the order in which documents came in, then by place in the document: no sorting, so that any
                             number of rows comes in constant memory */
} dl_query;

typedef struct dl_party {
    dl_str name, code; /* code ptr NULL where not known */
} dl_party;

/* One row, lent for the length of the visit. Spans count code points of the document's text, as in the record. */
typedef struct dl_row {
    int64_t number;           /* of the document: the order in which they came in */
    dl_str document, url, site, title;
    dl_date published;
    int64_t seen;             /* when this revision was first seen */
    uint32_t sentence;        /* its place in the document, DL_NONE where the words are those of the title */
    dl_span sentence_span;
    dl_str sentence_text;
    /* of an event; type is DL_EVENT_NONE in rows of sentences */
    dl_event_type type;
    uint32_t item;            /* place in the record's events, from 0 */
    dl_str mode, cameo, weapon, critical_site; /* ptr NULL where none */
    dl_span span;             /* of the trigger */
    dl_realis realis;
    bool background;
    dl_date date, date_to;
    bool date_from_published;
    dl_str place, country, admin1; /* ptr NULL where not known */
    int64_t geonameid;        /* 0: none */
    int64_t location;         /* row of dl_store_locations, 0: none */
    dl_str precision;         /* as in the record: "exact", "city", ...; ptr NULL where not known */
    bool located;             /* lat and lon are known */
    double lat, lon;
    const dl_party *actors, *recipients;
    size_t actor_count, recipient_count;
    dl_range killed, wounded, captured, missing, killed_or_wounded;
    int64_t story;            /* that its page is in: equal for pages that mainly report the same */
    dl_party source;          /* name.ptr NULL: the outlet itself */
    double confidence;
} dl_row;

typedef bool dl_visit(void *context, const dl_row *row); /* false: enough */

/* Visits events from the last day to the first, those without a day at the end (but see by_document); sentences by the page's day likewise. Within a day
 * in the order in which documents came in, then by place in the document. */
DL_API DL_CHECK dl_status dl_store_find(dl_store *store, const dl_query *query, dl_visit *visit, void *context, dl_error *err);

/* ---- stories ---- */

/* A document and the story it is in, told by the name of the story's first document; lent for the length of the visit. False: enough. */
typedef bool dl_story_visit(void *context, dl_str document, dl_str story);

/* Visits all documents in the order in which they came in. */
DL_API DL_CHECK dl_status dl_store_visit_stories(dl_store *store, dl_story_visit *visit, void *context, dl_error *err);

/* ---- soundness ---- */

typedef struct dl_store_counts {
    uint64_t documents, revisions, readings, claims, corrections, events, faults;
} dl_store_counts;

typedef void dl_fault(void *context, const char *sentence);

/* Verifies that the file is sound, that every claim's span lies inside its text, that every derived table says what the log says,
 * and that the indexes of text and places are in step with it; calls `fault` (may be NULL) for each breach. What is found is no failure
 * of the call. In DL_STORE_READ the index of text is left out. */
DL_API DL_CHECK dl_status dl_store_check(dl_store *store, dl_fault *fault, void *context, dl_store_counts *counts, dl_error *err);

/* Makes all derived tables anew from the log. */
DL_API DL_CHECK dl_status dl_store_rebuild(dl_store *store, dl_error *err);

#ifdef __cplusplus
}
#endif
#endif
