/* monitor.h - questions that an analyst puts to a store: tolls, what each side says, ceasefires, talks, sites.
 *
 * A view holds claims, each the word of one source on one event of one page, and the happenings that they tell of. Figures are never
 * mixed away: every range names the claims that it comes from, and every claim its page, its sentence and the words in it. */
#ifndef DATELINE_MONITOR_H
#define DATELINE_MONITOR_H

#include "dateline/queries.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { DL_HARMS = 4 }; /* killed, wounded, captured, missing: the first four of dl_harm */

/* Whether a claim's count stands in the ranges of its happening, and if not, why. */
typedef enum dl_standing {
    DL_STANDING_NONE,       /* the claim gives no such count */
    DL_STANDING_CURRENT,    /* the last word of its source */
    DL_STANDING_REPLACED,   /* the same source gave another count later */
    DL_STANDING_REPEATED,   /* the same source gave the same count in another page */
    DL_STANDING_REPRINT,    /* the same words stand in another page */
    DL_STANDING_BACKGROUND, /* told of what went before, or a total over many happenings */
    DL_STANDING_NOT_ACTUAL  /* planned, possible, threatened, negated or denied */
} dl_standing;

typedef struct dl_claim {
    dl_row row;         /* the event that makes the claim */
    dl_str source;      /* who says so: the speaker, else the outlet, else the page's id */
    dl_str source_code; /* the speaker's; ptr NULL where not known */
    dl_str side;        /* country and sector of the speaker's code: "SDNMIL"; ptr NULL for outlets and where not known */
    dl_str source_key;  /* equal for the same source */
    dl_range counts[DL_HARMS];
    dl_standing standing[DL_HARMS];
    uint32_t of[DL_HARMS]; /* the claim that replaced it, or that it repeats or reprints; DL_NONE */
    uint32_t happening;
} dl_claim;

/* The range of the claims that stand. `best` is the count that most sources give as their last word; of equals the one told last, then the
 * lower. `high` is the highest number named; `open` tells that its claim has no upper bound ("at least 12"). */
typedef struct dl_estimate {
    bool known, open;
    int64_t low, best, high;
    uint32_t low_claim, best_claim, high_claim;
    uint32_t sources; /* that stand */
} dl_estimate;

typedef struct dl_happening {
    dl_event_type type;
    dl_str mode; /* ptr NULL where no claim gives one */
    dl_date date, date_to;
    dl_str place, country, admin1, precision; /* of the claim that places it best; ptr NULL where none does */
    int64_t geonameid, location;
    bool located;
    double lat, lon;
    bool actual; /* some claim says that it happened, not as background */
    dl_estimate harms[DL_HARMS];
    uint32_t first, count;  /* of the view's claims, in the order in which pages told them */
    uint32_t pages;         /* documents, reprints among them */
    int64_t first_seen, last_seen;
} dl_happening;

typedef struct dl_view dl_view;

/* The claims that answer `query` (rows and limit do not matter) and their happenings, from the first day to the last, those without a day at
 * the end; within a day by place. Free with dl_view_free. */
DL_API DL_CHECK dl_status dl_view_open(dl_view **out, dl_store *store, const dl_query *query, dl_error *err);
DL_API void dl_view_free(dl_view *view); /* NULL is fine */
DL_API const dl_claim *dl_view_claims(const dl_view *view, size_t *count);
DL_API const dl_happening *dl_view_happenings(const dl_view *view, size_t *count);

/* ---- tolls ---- */

/* All happenings of one place and day. The sums add up lows, bests and highs of happenings; their claims are those of the happenings. */
typedef struct dl_toll {
    dl_date date, date_to;
    dl_str place, country, admin1;
    uint32_t first, count; /* of the view's happenings */
    dl_estimate harms[DL_HARMS];
} dl_toll;

/* What the sources of one side say of one happening. */
typedef struct dl_side {
    dl_str side; /* ptr NULL: outlets, and sources whose side is not known */
    dl_estimate harms[DL_HARMS];
    const uint32_t *claims;
    size_t claim_count;
} dl_side;

/* Lent by the view. */
DL_API DL_CHECK dl_status dl_view_tolls(dl_view *view, const dl_toll **out, size_t *count, dl_error *err);
DL_API DL_CHECK dl_status dl_view_sides(dl_view *view, const dl_happening *happening, const dl_side **out, size_t *count, dl_error *err);

/* What a claim does with what happened. */
typedef enum dl_stance {
    DL_STANCE_REPORTS,  /* the outlet, or a source whose side is not known, tells it */
    DL_STANCE_AFFIRMS,  /* a source says that it happened */
    DL_STANCE_ADMITS,   /* ... and that its own side did it */
    DL_STANCE_ACCUSES,  /* ... and that another side did it */
    DL_STANCE_DENIES,
    DL_STANCE_EXPECTS   /* plans, threatens, fears */
} dl_stance;

DL_API dl_stance dl_claim_stance(const dl_claim *claim);
DL_API const char *dl_stance_name(dl_stance stance);     /* "affirms" */
DL_API const char *dl_standing_name(dl_standing standing); /* "current"; "" for DL_STANDING_NONE */
DL_API const char *dl_harm_name(size_t harm);            /* "killed" */

#ifdef __cplusplus
}
#endif
#endif
