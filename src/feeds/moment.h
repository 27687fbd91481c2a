/* moment.h - points in time as feeds, archives and HTTP write them. */
#ifndef DL_FEEDS_MOMENT_H
#define DL_FEEDS_MOMENT_H

#include "base/str.h"

/* "2025-10-14", "2025-10-14T12:30:00.5+02:00" (RFC 3339, W3C-DTF from the day on), "Tue, 14 Oct 2025 12:30:00 GMT" (RFC 822, 1123 and 850).
 * Seconds since 1970; a day alone is its midnight in UTC, a time without a zone is UTC. */
bool moment_parse(dl_str text, int64_t *out);

#endif
