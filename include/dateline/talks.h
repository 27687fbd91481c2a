/* talks.h - negotiations: parties, delegates, rounds, issues and what comes next. */
#ifndef DATELINE_TALKS_H
#define DATELINE_TALKS_H

#include "dateline/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dl_issue_status { DL_ISSUE_OPEN, DL_ISSUE_AGREED, DL_ISSUE_REJECTED, DL_ISSUE_PROPOSED } dl_issue_status;

typedef struct dl_issue {
    dl_span span;
    dl_str topic; /* of data/talks: "territory", "prisoners", ... */
    dl_issue_status status;
} dl_issue;

typedef struct dl_talk {
    dl_span span; /* the words that name the talks best */
    uint32_t sentence;
    const dl_str *parties, *mediators; /* codes, or names where there is no code */
    size_t party_count, mediator_count;
    const uint32_t *delegates; /* entities */
    size_t delegate_count;
    uint32_t place; /* index in places, DL_NONE */
    dl_date date, date_to;
    int32_t round; /* 0: not told */
    dl_date next_date;
    uint32_t next_place; /* DL_NONE */
    dl_span next_span;   /* empty: no next round told */
    dl_str outcome;      /* ptr NULL where not told */
    const dl_issue *issues;
    size_t issue_count;
    float confidence;
} dl_talk;

typedef struct dl_talks {
    dl_talk *items;
    size_t count;
} dl_talks;

#ifdef __cplusplus
}
#endif
#endif
