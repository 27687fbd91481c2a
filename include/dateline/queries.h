/* queries.h - what a store knows beside its events: places, talks, and who said what of them. */
#ifndef DATELINE_QUERIES_H
#define DATELINE_QUERIES_H

#include "dateline/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A place that some page names, each once; lent for the length of the visit. */
typedef struct dl_place_row {
    int64_t id; /* as in dl_query.locations */
    dl_str name, gazetteer_id, country, admin1, feature, precision; /* ptr NULL where not known */
    int64_t geonameid;                                              /* 0: none */
    bool located;
    double lat, lon;
} dl_place_row;

typedef bool dl_visit_place(void *context, const dl_place_row *row); /* false: enough */

DL_API DL_CHECK dl_status dl_store_locations(dl_store *store, dl_visit_place *visit, void *context, dl_error *err);

/* Words of a page: where they stand, and the sentence around them. Spans count code points. */
typedef struct dl_quote {
    dl_span span, sentence_span;
    uint32_t sentence; /* DL_NONE where none holds it */
    dl_str sentence_text;
} dl_quote;

typedef struct dl_issue_row {
    dl_str topic, status;
    dl_quote quote;
    dl_party speaker;     /* whose statement holds the words; name.ptr NULL: nobody's */
    dl_str statement;     /* the statement's words; ptr NULL */
    dl_span statement_span;
} dl_issue_row;

typedef struct dl_talk_row {
    int64_t number; /* of the document */
    dl_str document, url, site, title;
    dl_date published;
    int64_t seen;
    uint32_t item; /* place in the record's talks, from 0 */
    dl_quote quote, next_quote; /* next_quote.sentence is DL_NONE where no next round is told */
    int32_t round; /* 0: not told */
    dl_date date, date_to, next_date;
    dl_str place, country, next_place, outcome; /* ptr NULL where not told */
    int64_t location;                           /* 0: none */
    const dl_str *parties, *mediators, *delegates;
    size_t party_count, mediator_count, delegate_count;
    const dl_issue_row *issues;
    size_t issue_count;
    uint32_t mark; /* 0; for whoever keeps the row */
} dl_talk_row;

typedef bool dl_visit_talk(void *context, const dl_talk_row *row); /* false: enough */

typedef struct dl_talk_query {
    dl_date since, until;     /* of the page */
    dl_str party;             /* beginning of a code or a whole name, among parties and mediators; ptr NULL: any */
    dl_str topic;             /* of an issue; ptr NULL: any */
    const int64_t *named;     /* pages that name one of these places; NULL: any */
    size_t named_count;
} dl_talk_query;

/* Visits talks from the first page's day to the last, then in the order in which documents came in. */
DL_API DL_CHECK dl_status dl_store_talks(dl_store *store, const dl_talk_query *query, dl_visit_talk *visit, void *context, dl_error *err);

/* A statement that names a place. */
typedef struct dl_mention_row {
    int64_t number; /* of the document */
    dl_str document, url, site, title;
    dl_date published;
    int64_t seen;
    uint32_t item; /* place in the record's statements, from 0 */
    dl_party speaker; /* name.ptr NULL: nobody is named */
    dl_str statement;
    dl_quote quote;   /* where the place is named */
} dl_mention_row;

typedef bool dl_visit_mention(void *context, const dl_mention_row *row); /* false: enough */

/* Visits the statements that name one of `locations`, each once, by the day of its page, from `since` to `until` where these are known. */
DL_API DL_CHECK dl_status dl_store_mentions(dl_store *store, const int64_t *locations, size_t count, dl_date since, dl_date until,
                                            dl_visit_mention *visit, void *context, dl_error *err);

#ifdef __cplusplus
}
#endif
#endif
