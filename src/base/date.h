/* date.h - calendar days (proleptic Gregorian; H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
#ifndef DL_BASE_DATE_H
#define DL_BASE_DATE_H

#include "base/str.h"

int32_t dl_date_to_days(dl_date date); /* days since 1970-01-01; month and day must be known */
dl_date dl_date_from_days(int32_t days);
int dl_date_weekday(dl_date date); /* 0 Monday ... 6 Sunday */
int dl_days_in_month(int year, int month);
bool dl_date_is_valid(dl_date date); /* a whole day that exists, years 1 to 9999 */
/* "2025-10-14", at the start of `text`; what follows (a time) is not looked at. */
bool dl_date_parse_iso(dl_str text, dl_date *out);
/* "2025-10-14", "2025-10" or "2025" as far as known, with a zero; "" for no date. */
const char *dl_date_format(dl_date date, char out[16]);

#endif
