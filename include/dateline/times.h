/* times.h - time expressions with TIMEX3 values (ISO-TimeML; TIDES/TIMEX2 guidelines). */
#ifndef DATELINE_TIMES_H
#define DATELINE_TIMES_H

#include "dateline/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dl_time_type { DL_TIME_DATE, DL_TIME_TIME, DL_TIME_DURATION, DL_TIME_SET } dl_time_type;

typedef struct dl_time {
    dl_span span;
    uint32_t first, count; /* tokens */
    dl_time_type type;
    dl_str value;      /* "2025-10-12", "2025-W41", "PT2H", "PRESENT_REF" */
    dl_str mod;        /* TIMEX3 mod, "APPROX"; ptr NULL where none */
    dl_date from, to;  /* days covered, where the value tells them; year 0 else */
    bool anchored;     /* resolved against the page's date or an earlier day of the text */
    float confidence;
} dl_time;

typedef struct dl_times {
    dl_time *items; /* in order of their start, not overlapping */
    size_t count;
} dl_times;

#ifdef __cplusplus
}
#endif
#endif
