/* moons.c - feasts that go by the moon, as days of the Gregorian calendar.
 *
 * Islamic months begin by the rule of Umm al-Qura, the calendar of Saudi Arabia: with the day after a new moon that
 * comes before sunset at Mecca, else one day later; where months are declared by sight, a day may differ. New moons:
 * Meeus, "Astronomical Algorithms", chapter 49, its largest terms (good to half an hour). The Hebrew calendar is
 * arithmetic: Reingold and Dershowitz, "Calendrical Calculations". */
#include <math.h>

#include "times/calendar.h"

enum { UNIX_JULIAN_DAY = 2440588, MECCA_SUNSET = 13, /* hour UTC by which the moon must be new to be seen to set after the sun */
       FIRST_YEAR = 1700, LAST_YEAR = 2200 };

/* When the moon is new for the `k`th time after the first new moon of 2000: days and their fraction since 1970, UTC. */
static double new_moon(int k)
{
    const double radians = 0.017453292519943295;
    double t = k / 1236.85, e = 1 - 0.002516 * t;
    double sun = (2.5534 + 29.10535670 * k) * radians;
    double moon = (201.5643 + 385.81693528 * k + 0.0107582 * t * t) * radians;
    double node = (160.7108 + 390.67050284 * k - 0.0016118 * t * t) * radians;
    double julian = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t;
    julian += -0.40720 * sin(moon) + 0.17241 * e * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * node) +
              0.00739 * e * sin(moon - sun) - 0.00514 * e * sin(moon + sun) + 0.00208 * e * e * sin(2 * sun);
    return julian + 0.5 - UNIX_JULIAN_DAY - 0.0008; /* from dynamical to universal time */
}

dl_date dl_calendar_islamic(int year, int month, int date)
{
    if (year < 1100 || year > 1630 || month < 1 || month > 12) return (dl_date){0};
    double moon = new_moon((year - 1421) * 12 + month + 2); /* 1 Muharram 1421 came with the fourth new moon of 2000 */
    double day = floor(moon);
    int32_t first = (int32_t)day + ((moon - day) * 24 < MECCA_SUNSET ? 1 : 2);
    return dl_date_from_days(first + date - 1);
}

/* Days from the epoch of the Hebrew calendar to the new year's day of `year`, put off once at most. */
static int32_t hebrew_elapsed(int year)
{
    int32_t months = (235 * year - 234) / 19, parts = 12084 + 13753 * months;
    int32_t days = 29 * months + parts / 25920;
    return 3 * (days + 1) % 7 < 3 ? days + 1 : days;
}

static int32_t hebrew_new_year(int year)
{
    int32_t before = hebrew_elapsed(year - 1), here = hebrew_elapsed(year), after = hebrew_elapsed(year + 1);
    return here + (after - here == 356 ? 2 : here - before == 382 ? 1 : 0);
}

dl_date dl_calendar_rosh_hashanah(int year)
{
    const int32_t epoch = -2092590; /* days since 1970 */
    if (year < FIRST_YEAR || year > LAST_YEAR) return (dl_date){0};
    return dl_date_from_days(epoch + hebrew_new_year(year + 3761));
}

dl_date dl_calendar_hanukkah(int year)
{
    dl_date start = dl_calendar_rosh_hashanah(year);
    if (!start.year) return start;
    int32_t length = hebrew_new_year(year + 3762) - hebrew_new_year(year + 3761);
    return dl_date_from_days(dl_date_to_days(start) + (length % 10 == 5 ? 84 : 83)); /* 25 Kislev; Heshvan has 29 or 30 days */
}

dl_date dl_calendar_lunar_new_year(int year)
{
    if (year < FIRST_YEAR || year > LAST_YEAR) return (dl_date){0};
    int32_t earliest = dl_date_to_days((dl_date){(int16_t)year, 1, 21});
    for (int k = (int)((year - 2000) * 12.3685) - 2, end = k + 6; k < end; k++) {
        int32_t day = (int32_t)floor(new_moon(k) + 8 / 24.0); /* in China */
        if (day >= earliest) return dl_date_from_days(day);
    }
    return (dl_date){0};
}
