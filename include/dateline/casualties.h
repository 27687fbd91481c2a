/* casualties.h - counts of people killed, wounded, captured or missing, as ranges. */
#ifndef DATELINE_CASUALTIES_H
#define DATELINE_CASUALTIES_H

#include "dateline/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dl_harm {
    DL_HARM_KILLED, DL_HARM_WOUNDED, DL_HARM_CAPTURED, DL_HARM_MISSING, DL_HARM_KILLED_OR_WOUNDED
} dl_harm;

typedef struct dl_casualty {
    dl_harm harm;
    dl_range count;
    dl_span span;           /* the words of the count and whom it counts: "at least five people" */
    dl_span harm_span;      /* "were killed" */
    uint32_t sentence;
    uint32_t number_token;  /* DL_NONE for a bare plural */
    uint32_t victim_token;  /* head noun of the victims, DL_NONE */
    uint32_t harm_token;    /* the verb or noun of harm */
    dl_str victims;         /* "civilians", lower case lemma; ptr NULL where not told */
    bool subset;            /* part of another count: "including three children" */
    bool cumulative;        /* a running total, no incident's toll */
    bool anyone;            /* counts people of whatever kind: "five people", "seven persons" */
    float confidence;
} dl_casualty;

typedef struct dl_casualties {
    dl_casualty *items; /* in order of the harm's place */
    size_t count;
} dl_casualties;

#ifdef __cplusplus
}
#endif
#endif
