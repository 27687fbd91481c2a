/* calendar.h - inside the times room: arithmetic on days, ISO weeks, holidays. */
#ifndef DL_TIMES_CALENDAR_H
#define DL_TIMES_CALENDAR_H

#include "base/date.h"

/* `count` units later (earlier if negative). Units: D W M Y Q(uarter) E (decade) C(entury) F(ortnight). A day that the
 * month does not have becomes its last. Year 0 when it leaves the years 1 to 9999. */
dl_date dl_calendar_add(dl_date date, char unit, int count);
int dl_calendar_iso_week(dl_date date, int *year); /* ISO 8601: 1 to 53, with the year it belongs to */
dl_date dl_calendar_week_start(int year, int week); /* its Monday */
dl_date dl_calendar_easter(int year);               /* Gregorian; Meeus, "Astronomical Algorithms" ch. 8 */
dl_date dl_calendar_orthodox_easter(int year);      /* as a Gregorian day, 1900 to 2099 */
/* moons.c; year 0 outside the years 1700 to 2200. */
dl_date dl_calendar_islamic(int year, int month, int date); /* of the Hijra */
dl_date dl_calendar_rosh_hashanah(int year);
dl_date dl_calendar_hanukkah(int year);
dl_date dl_calendar_lunar_new_year(int year);
/* The day of a rule of data/times/holidays.tsv in a year; year 0 if the rule can't be read. */
dl_date dl_calendar_holiday(dl_str rule, int year);
/* Its last day: the same day, but for what the rule says lasts longer. */
dl_date dl_calendar_holiday_end(dl_str rule, dl_date first);
/* First and last day that a TIMEX3 value covers; false where it tells no days. */
bool dl_calendar_cover(dl_str value, dl_date *from, dl_date *to);

#endif
