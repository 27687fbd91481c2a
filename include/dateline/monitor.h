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
    DL_STANCE_CLAIMS,   /* ... and that its own side did it */
    DL_STANCE_ACCUSES,  /* ... and that another side did it */
    DL_STANCE_DENIES,
    DL_STANCE_EXPECTS   /* plans, threatens, fears */
} dl_stance;

DL_API dl_stance dl_claim_stance(const dl_claim *claim);
DL_API const char *dl_stance_name(dl_stance stance);     /* "affirms" */
DL_API const char *dl_standing_name(dl_standing standing); /* "current"; "" for DL_STANDING_NONE */
DL_API const char *dl_harm_name(size_t harm);            /* "killed" */

/* ---- places and words ---- */

/* The gazetteer, and the words that views look for. Read-only; may be shared by threads. */
typedef struct dl_monitor dl_monitor;

/* Opens the data of `data_dir`; NULL finds it as an engine does. Close with dl_monitor_close. */
DL_API DL_CHECK dl_status dl_monitor_open(dl_monitor **out, const char *data_dir, dl_error *err);
DL_API void dl_monitor_close(dl_monitor *monitor); /* NULL is fine */

/* A country, a first-level unit ("North Darfur", "Khartoum state"), a town or a site, and the places of the store that lie in it. */
typedef struct dl_area {
    dl_str asked, name, country, admin1; /* name: the gazetteer's; admin1.ptr NULL unless it is a unit */
    bool located;
    double lat, lon, km; /* km: how far around the point its places may lie, 0 for countries and units */
    const int64_t *locations;
    size_t location_count;
} dl_area;

/* ---- ceasefires ---- */

typedef struct dl_ceasefire_query {
    dl_date since;        /* the first day after it */
    int32_t days;         /* before and after, 1 to 366 */
    const dl_str *areas;
    size_t area_count;
    const dl_str *parties; /* beginnings of codes; incidents of others are left out. None: all */
    size_t party_count;
    double km;             /* around towns and sites; 0: 5 km */
} dl_ceasefire_query;

typedef enum dl_day_state {
    DL_DAY_NO_REPORT,   /* no page tells anything of that day in that area: it may have been anything but is not known to be quiet */
    DL_DAY_NO_INCIDENT, /* pages tell of the day, but of no attack */
    DL_DAY_INCIDENTS
} dl_day_state;

/* A party to the conflict on one day: what it is said to have done, and what it is accused of. */
typedef struct dl_party_day {
    dl_str party; /* country and sector */
    uint32_t incidents, accusations;
    const dl_str *said_by, *accused_by, *denied_by; /* sides, or outlets; sorted */
    size_t said_count, accused_count, denied_count;
} dl_party_day;

typedef struct dl_area_day {
    dl_date date;
    bool after;
    dl_day_state state;
    uint32_t incidents, accusations, pages; /* pages that tell of the day */
    uint32_t reported;                      /* of a total: days that some page tells of */
    dl_estimate harms[DL_HARMS];
    const uint32_t *happenings, *accusing, *telling; /* incidents; claims that accuse; all claims that tell of the day */
    size_t happening_count, accusing_count, telling_count;
    const dl_party_day *parties; /* sorted by code */
    size_t party_count;
} dl_area_day;

typedef struct dl_area_days {
    dl_area area;
    dl_view *view; /* that the numbers of happenings and claims are of */
    const dl_area_day *days;
    size_t day_count;
    dl_area_day before, after; /* sums */
} dl_area_days;

typedef struct dl_ceasefire dl_ceasefire;

/* DL_USAGE where an area is not known. Free with dl_ceasefire_free. */
DL_API DL_CHECK dl_status dl_ceasefire_open(dl_ceasefire **out, const dl_monitor *monitor, dl_store *store, const dl_ceasefire_query *query,
                                            dl_error *err);
DL_API void dl_ceasefire_free(dl_ceasefire *ceasefire); /* NULL is fine */
DL_API const dl_area_days *dl_ceasefire_areas(const dl_ceasefire *ceasefire, size_t *count);
DL_API const char *dl_day_state_name(dl_day_state state); /* "no report" */

/* ---- talks ---- */

/* What a page says of an issue, against what was said before. */
typedef struct dl_issue_move {
    dl_date date; /* the page's day */
    dl_str status, before; /* before.ptr NULL: the first word on it */
    bool moved;            /* the status is another than before */
    const dl_talk_row *talk;
    const dl_issue_row *issue;
    uint32_t round;        /* of the process's rounds */
} dl_issue_move;

typedef struct dl_topic {
    dl_str topic;
    const dl_issue_move *moves; /* in the order in which pages told them */
    size_t move_count;
    size_t moves_left_out;      /* by whoever tells only some of them; 0 as the monitor gives it */
} dl_topic;

typedef struct dl_round {
    int32_t number; /* 0: not told */
    dl_date date, date_to;
    dl_str place, country, outcome;
    const dl_str *mediators, *delegates; /* sorted */
    size_t mediator_count, delegate_count;
    const dl_talk_row *const *talks; /* that tell of it */
    size_t talk_count;
    size_t talks_left_out; /* as moves_left_out */
    dl_date next_date; /* as last told */
    dl_str next_place;
    const dl_talk_row *next_from; /* NULL where no next round is told */
} dl_round;

/* All rounds between the same parties. Parties are the codes that pages give, mediators left out; pages that name fewer of them belong to the
 * process whose countries include theirs. */
typedef struct dl_process {
    const dl_str *parties; /* sorted */
    size_t party_count;
    const dl_round *rounds; /* by day */
    size_t round_count;
    const dl_topic *topics; /* sorted by name */
    size_t topic_count;
} dl_process;

typedef struct dl_negotiations dl_negotiations;

/* Talks of pages from `since` to `until`; with query->party the processes that it is a party of. Free with dl_negotiations_free. */
DL_API DL_CHECK dl_status dl_negotiations_open(dl_negotiations **out, dl_store *store, const dl_talk_query *query, dl_error *err);
DL_API void dl_negotiations_free(dl_negotiations *negotiations); /* NULL is fine */
DL_API const dl_process *dl_negotiations_processes(const dl_negotiations *negotiations, size_t *count);

/* ---- sites ---- */

typedef enum dl_site_kind {
    DL_SITE_ATTACK, DL_SITE_OCCUPATION, DL_SITE_POWER, DL_SITE_STAFF, DL_SITE_RADIATION, DL_SITE_COOLING, DL_SITE_THREAT, DL_SITE_DEMAND,
    DL_SITE_ACCUSATION, DL_SITE_TALKS, DL_SITE_STATEMENT, DL_SITE_OTHER
} dl_site_kind;

/* One thing that a page tells of the site or its surroundings: an event, an issue of talks, or a statement. */
typedef struct dl_site_item {
    dl_site_kind kind;
    dl_date date;      /* of the event; of the page for issues and statements */
    dl_str place;      /* where; the site itself for what only names it */
    double km;         /* from the site, 0 at it */
    dl_str source, source_code; /* who says so; source_code.ptr NULL where not known */
    dl_str status;     /* of an issue; ptr NULL else */
    const dl_claim *claim; /* of an event; NULL else */
    dl_str document, url, site, title;
    dl_date published;
    char letter;       /* of the record's list: V, N or S */
    uint32_t item;     /* place in that list, from 0 */
    dl_quote quote;
} dl_site_item;

typedef struct dl_site_query {
    dl_str name;
    double km;         /* 0: 30 */
    dl_date since, until; /* of events; of pages for issues and statements */
} dl_site_query;

typedef struct dl_site dl_site;

/* Whether a place has the name, so that a site may be asked for by it. */
DL_API bool dl_site_is_known(const dl_monitor *monitor, dl_str name);
/* All that pages tell of a site and of what lies within `km` of it, by day. DL_USAGE where no place has the name. Free with dl_site_free. */
DL_API DL_CHECK dl_status dl_site_open(dl_site **out, const dl_monitor *monitor, dl_store *store, const dl_site_query *query, dl_error *err);
DL_API void dl_site_free(dl_site *site); /* NULL is fine */
DL_API const dl_area *dl_site_area(const dl_site *site);
DL_API const dl_site_item *dl_site_items(const dl_site *site, size_t *count);
DL_API dl_view *dl_site_view(const dl_site *site); /* of the items that are events */
DL_API const char *dl_site_kind_name(dl_site_kind kind); /* "attack" */

#ifdef __cplusplus
}
#endif
#endif
