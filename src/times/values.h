/* values.h - inside the times room: from what a pattern took to a TIMEX3 value. */
#ifndef DL_TIMES_VALUES_H
#define DL_TIMES_VALUES_H

#include "base/date.h"
#include "dateline/page.h"
#include "dateline/times.h"
#include "times/patterns.h"
#include "times/tense.h"

/* What patterns may make; the order of dl_time_makes. */
typedef enum dl_time_make {
    DL_MAKE_DATE, DL_MAKE_YEARS, DL_MAKE_RANGE, DL_MAKE_DAYREF, DL_MAKE_TONIGHT, DL_MAKE_LASTNIGHT, DL_MAKE_SHIFT,
    DL_MAKE_SHIFTPART, DL_MAKE_HOLIDAY, DL_MAKE_QUARTER, DL_MAKE_HALF, DL_MAKE_DECADE, DL_MAKE_CENTURY, DL_MAKE_THEPART,
    DL_MAKE_TIME, DL_MAKE_AGO, DL_MAKE_HENCE, DL_MAKE_LATER, DL_MAKE_THAT, DL_MAKE_THE, DL_MAKE_DURATION, DL_MAKE_A,
    DL_MAKE_LONG, DL_MAKE_VAGUE, DL_MAKE_VAGUESHIFT, DL_MAKE_EVERY, DL_MAKE_FREQ, DL_MAKE_REF, DL_MAKE_YEARAGO,
    DL_MAKE_WEEK_OF, DL_MAKE_THATSEASON, DL_MAKE_SKIP, DL_MAKE_COUNT
} dl_time_make;

extern const char *const dl_time_makes[DL_MAKE_COUNT + 1]; /* names, NULL at the end */

/* What has been read so far; days have year 0 where unknown. */
typedef struct dl_time_context {
    dl_arena *arena;
    const dl_time_token *tokens; /* of the text */
    const dl_story *story;
    dl_date published;
    dl_date last_day;   /* the last day told, for "the next day" */
    int last_year;      /* the last year told in words, 0 */
    uint32_t year_sentence; /* of last_year */
    dl_date last_date;  /* first day of the last date told, however coarse */
    int last_quarter, quarter_year; /* of the last quarter told, 0 */
    uint32_t quarter_sentence;
    uint32_t long_sentence; /* where a longer period is what is compared: "in the nine months", DL_NONE */
    bool caption;       /* of a picture */
    bool told_earlier;  /* it ends in "earlier" or "before": counted from what was told, not from now */
    bool sum;           /* a sum of money or its comparison stands right before: "12 million last year" */
    dl_date day_before; /* where a span of days begins right before: of "Thursday" in "Thursday to Saturday" */
    dl_date day_behind; /* of a clock time whose day is told after it: "at 8:02 a.m. (0002 GMT) on Saturday" */
    uint32_t last_sentence, last_end; /* of last_day; the token behind it */
    uint32_t sentence;
    int year_hint;      /* told behind: "from 28 April to 3 May 2024"; 0: none */
    bool joined_year;   /* a year follows behind a hyphen: "1990-1995" */
    bool rate;          /* "a week" stands behind what is counted: "four flights a week" */
    bool named;         /* a name stands right before: of "Expo 1970" the year is part */
    bool discourse;     /* "Now, ..." begins the sentence and tells no time */
    bool adverb;        /* "daily" of "they met daily" */
    dl_tense tense;
} dl_time_context;

/* Sets type, value, mod and anchored of *out. False: nothing is to be told; with out of memory, *failed. */
bool dl_time_value(dl_time_context *context, const dl_time_match *match, dl_time *out, bool *failed);
/* The day that a match tells, year 0 where it tells none. */
dl_date dl_time_told_day(dl_time_context *context, const dl_time_match *match);

/* ---- dates.c: the makers of calendar values ---- */

/* A value being put together; all strings lie in the arena. */
typedef struct dl_value_maker {
    dl_time_context *context;
    const dl_time_match *match;
    dl_time *out;
    bool failed;
} dl_value_maker;

bool dl_value_set(dl_value_maker *maker, dl_time_type type, const char *format, ...) DL_PRINTF(3, 4);
dl_date dl_value_anchor(dl_value_maker *maker);     /* the page's date, else the last day told */
dl_date dl_value_narrative(dl_value_maker *maker);  /* the last day told, else the page's date */
/* `date` in the grain of `unit` ("2025-W41", "2025-10"); false for units below a day. */
bool dl_value_grain(dl_value_maker *maker, dl_date date, char unit);
bool dl_value_day(dl_value_maker *maker, dl_date date, const dl_time_piece *part);
/* The calendar day that the pieces tell (ISO, slash, month and day, weekday, "yesterday"); year 0: none or not known. */
dl_date dl_value_told_day(dl_value_maker *maker);

bool dl_make_date(dl_value_maker *maker);
bool dl_make_range(dl_value_maker *maker);
bool dl_make_dayref(dl_value_maker *maker);
bool dl_make_shift(dl_value_maker *maker);
bool dl_make_holiday(dl_value_maker *maker);
bool dl_make_quarter(dl_value_maker *maker);
bool dl_make_the(dl_value_maker *maker);
bool dl_make_week_of(dl_value_maker *maker);
bool dl_make_thatseason(dl_value_maker *maker);
bool dl_make_time(dl_value_maker *maker);

#endif
