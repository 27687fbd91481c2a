/* view.h - the claims and happenings of one question, in one arena. */
#ifndef DL_MONITOR_VIEW_H
#define DL_MONITOR_VIEW_H

#include "base/str.h"
#include "dateline/monitor.h"

struct dl_view {
    dl_arena arena;
    DL_VEC(dl_claim) claims;
    DL_VEC(dl_happening) happenings;
};

/* claims.c: fills view->claims, in the order by which happenings are found: day, then page. */
dl_status view_collect(dl_view *view, dl_store *store, const dl_query *query, dl_error *err);
/* happenings.c: which claims tell of the same happening. */
dl_status view_group(dl_view *view, dl_error *err);
/* standing.c: which counts of a happening's claims stand. */
dl_status view_stand(dl_view *view, const dl_happening *happening, dl_error *err);
/* estimate.c: the range of those of `claims` that stand. */
dl_estimate view_estimate(const dl_view *view, const uint32_t *claims, size_t count, size_t harm);
/* Adds up lows, bests and highs. */
void estimate_add(dl_estimate *sum, const dl_estimate *one);

/* -1, 0, 1 as pages told them: the page's day, then the order in which they came in, then the place in the page. */
int claim_order(const dl_claim *a, const dl_claim *b);
int date_order(dl_date a, dl_date b);
/* Days from a to b; both known to the day. */
int32_t days_between(dl_date a, dl_date b);
double distance_km(double lat1, double lon1, double lat2, double lon2);
bool is_told_as_fact(const dl_claim *claim); /* actual or ongoing, and not as background */

#endif
