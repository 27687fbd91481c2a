/* events.h - who did what to whom, when and where, with the toll and the source.
 *
 * Types, modes and contexts are PLOVER's (Open Event Data Alliance, 2023); cameo is the closest code of the CAMEO
 * codebook (Schrodt 2012). */
#ifndef DATELINE_EVENTS_H
#define DATELINE_EVENTS_H

#include "dateline/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dl_event_type {
    DL_EVENT_NONE, DL_AGREE, DL_CONSULT, DL_SUPPORT, DL_CONCEDE, DL_COOPERATE, DL_AID, DL_RETREAT, DL_REQUEST,
    DL_ACCUSE, DL_REJECT, DL_THREATEN, DL_PROTEST, DL_SANCTION, DL_MOBILIZE, DL_COERCE, DL_ASSAULT,
    DL_EVENT_TYPE_COUNT
} dl_event_type;

typedef enum dl_realis {
    DL_ACTUAL, DL_ONGOING, DL_PLANNED, DL_POSSIBLE, DL_THREATENED, DL_NEGATED, DL_DENIED
} dl_realis;

typedef struct dl_participant {
    dl_span span;
    uint32_t head;   /* token */
    uint32_t entity; /* DL_NONE */
    dl_str name;     /* as in the text, or of the entity */
    dl_str code;     /* ptr NULL where not known */
    bool inherited;  /* taken from an earlier sentence of the paragraph */
} dl_participant;

typedef struct dl_event {
    dl_event_type type;
    dl_str mode;              /* of the codebook; ptr NULL where none */
    const dl_str *contexts;
    size_t context_count;
    dl_str cameo;             /* ptr NULL where none */
    dl_span trigger;
    uint32_t trigger_token, sentence;
    const dl_span *also;      /* further words of the text that tell of the same event */
    size_t also_count;
    const dl_participant *actors, *recipients;
    size_t actor_count, recipient_count;
    uint32_t place;           /* index in places, DL_NONE */
    uint32_t time;            /* index in times, DL_NONE */
    dl_date date, date_to;    /* year 0: not known; date_to only for a span of days */
    bool date_from_published; /* no words gave it: told as of the page's date */
    dl_range killed, wounded, captured, missing, killed_or_wounded;
    const dl_span *casualty_spans;
    size_t casualty_span_count;
    dl_str weapon, site;      /* words of the text */
    dl_span weapon_span, site_span;
    bool background;          /* told only as what went before, or a total over many happenings */
    dl_realis realis;
    uint32_t source;          /* index in statements, DL_NONE */
    float confidence;
    dl_str why;
} dl_event;

typedef struct dl_events {
    dl_event *items; /* in order of their trigger */
    size_t count;
} dl_events;

DL_API const char *dl_event_type_name(dl_event_type type); /* "ASSAULT" */
DL_API const char *dl_realis_name(dl_realis realis);       /* "actual" */

#ifdef __cplusplus
}
#endif
#endif
