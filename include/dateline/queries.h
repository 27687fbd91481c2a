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
    bool by_document;         /* in the order in which documents came in alone: the least reading, and no sorting */
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

/* ---- whole layers, for exports; in the order in which documents came in, one row at a time ---- */

/* Which pages: all that is given must hold. */
typedef struct dl_page_query {
    dl_str text;          /* pages with a sentence or title, statements in a sentence with these words, as in dl_query */
    dl_date since, until; /* of the page's day */
    dl_str source;        /* words of the outlet's name; of statements and claims also their speaker, as in dl_query */
    size_t limit;         /* rows at most; 0: no limit */
} dl_page_query;

/* A document as its current reading has it; lent for the length of the visit. */
typedef struct dl_page_row {
    int64_t number;
    dl_str document, url, site, title, language, section, published, modified, access; /* ptr NULL where not told; days as text */
    dl_str text, engine, model;
    int64_t first_seen, changed; /* when the page, and its current revision, were first seen */
    uint32_t revision, events, statements, corrections;
} dl_page_row;

/* What somebody says. The span is that of its first words in the text. */
typedef struct dl_statement_row {
    int64_t number;
    dl_str document, url, site, title, published;
    int64_t seen;
    uint32_t item; /* place in the record's statements, from 0 */
    dl_str kind, role, channel;
    bool named;
    dl_party speaker; /* name.ptr NULL: nobody is named */
    dl_span span;
    dl_str text;
    uint32_t sentence; /* DL_NONE: none holds its cue */
    double confidence;
} dl_statement_row;

/* A claim of the log, current or not, or (verdict.ptr not NULL) the word of a person on one. */
typedef struct dl_claim_row {
    dl_str document, engine, model, layer, item; /* item: "V1"; ptr NULL for the page */
    uint32_t revision;
    bool current; /* of the reading that the derived tables are made from; corrections hold while their words stand */
    bool anchored;
    dl_span span;
    dl_str speaker, value; /* value: JSON */
    int64_t seen;
    dl_str verdict, field, author, note;
} dl_claim_row;

typedef bool dl_visit_page(void *context, const dl_page_row *row); /* false: enough */
typedef bool dl_visit_statement(void *context, const dl_statement_row *row);
typedef bool dl_visit_claim(void *context, const dl_claim_row *row);

DL_API DL_CHECK dl_status dl_store_pages(dl_store *store, const dl_page_query *query, dl_visit_page *visit, void *context, dl_error *err);
DL_API DL_CHECK dl_status dl_store_statements(dl_store *store, const dl_page_query *query, dl_visit_statement *visit, void *context, dl_error *err);
/* The claims in the order in which they were made, then people's corrections in theirs. Of claims `text` does not matter. */
DL_API DL_CHECK dl_status dl_store_claims(dl_store *store, const dl_page_query *query, dl_visit_claim *visit, void *context, dl_error *err);

/* The claims of one document, by its name: of its first reading first; then people's corrections, the first first. A document that is not there has none. */
DL_API DL_CHECK dl_status dl_store_history(dl_store *store, dl_str document, dl_visit_claim *visit, void *context, dl_error *err);

#ifdef __cplusplus
}
#endif
#endif
