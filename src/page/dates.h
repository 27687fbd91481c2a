/* dates.h - days and times of day as pages write them, and which of a page's dates is the day it was published. */
#ifndef DL_PAGE_DATES_H
#define DL_PAGE_DATES_H

#include "base/date.h"
#include "dateline/page.h"
#include "page/reading.h"

typedef struct dl_stamp {
    dl_date date;
    bool timed, zoned;
    bool ambiguous; /* 3/4/2024: day and month may be the other way round */
    uint8_t hour, minute, second;
    int16_t zone; /* minutes east of UTC */
} dl_stamp;

typedef struct dl_date_words {
    const dl_table *months, *metas, *zones;
    int month, kind, rank, winter; /* columns; the first of the zones' four */
} dl_date_words;

dl_status dl_date_words_open(dl_date_words *out, const dl_lexicon *lexicon, dl_error *err);

/* Folded as dl_utf8_fold does, and digits of other scripts made ASCII: what dl_stamp_find reads. ptr NULL when out of memory. */
dl_str dl_stamp_fold(dl_arena *arena, dl_str text);
/* The first date in `text`, which is folded; `*at` (from where to look) moves behind it. Years 1990 to 2049. */
bool dl_stamp_find(const dl_date_words *words, dl_str folded, bool month_first, size_t *at, dl_stamp *out);
/* ISO 8601, as much as is known. */
dl_str dl_stamp_format(const dl_stamp *stamp, dl_arena *arena);

typedef struct dl_page_dates {
    dl_stamp published, modified; /* year 0 where not told */
    dl_date day; /* of publishing, where the site is: may be the day before or behind that of a stamp in UTC */
    dl_basis published_from;
} dl_page_dates;

/* The vote is told in docs/reading.md. */
dl_page_dates dl_page_dates_choose(const dl_date_words *words, const dl_reading *reading, dl_arena *arena);

#endif
