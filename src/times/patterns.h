/* patterns.h - inside the times room: the patterns of data/times, compiled, and their matching.
 *
 * A pattern is a row of elements; an element is one or more words or classes ("a|an", "<unit:DW>"), "?" if it may be
 * missing, "^" if it stands before the expression and "+" if behind it (both are looked at, not taken), "!" if it must
 * not stand there. "@name" stands for any pattern whose key is "@name". Matching tries everything within a bound of
 * steps and keeps the longest. */
#ifndef DL_TIMES_PATTERNS_H
#define DL_TIMES_PATTERNS_H

#include "base/lexicon.h"
#include "dateline/text.h"
#include "text/numbers.h"

typedef enum dl_time_class {
    DL_TC_MONTH, DL_TC_BARE_MONTH, DL_TC_WEEKDAY, DL_TC_WEEKDAYS, DL_TC_UNIT, DL_TC_UNITS, DL_TC_PART, DL_TC_PARTS,
    DL_TC_MOMENT, DL_TC_SEASON, DL_TC_SEASONS, DL_TC_FALL, DL_TC_SHIFT, DL_TC_MOD, DL_TC_EDGE, DL_TC_APPROX, DL_TC_AMPM,
    DL_TC_ZONE, DL_TC_NUM, DL_TC_ORD, DL_TC_YEAR, DL_TC_YY, DL_TC_DECADE, DL_TC_DAY, DL_TC_HOUR, DL_TC_CLOCK, DL_TC_MIL,
    DL_TC_ISO, DL_TC_SLASH, DL_TC_HOLIDAY, DL_TC_DAYREF, DL_TC_LONG, DL_TC_FREQ, DL_TC_REF, DL_TC_FUTURE, DL_TC_PAST,
    DL_TC_QN, DL_TC_ABBR, DL_TC_TWO, DL_TC_PLAN, DL_TC_HYPHEN, DL_TC_DEFER, DL_TC_TIMETABLE, DL_TC_CAR, DL_TC_SUM, DL_TC_COUNT
} dl_time_class;

/* What one element took from the text. */
typedef struct dl_time_piece {
    uint8_t class;
    bool vague;       /* a number that was not told: "several" */
    bool mid;         /* "mid-" stood before it */
    uint32_t token;
    int32_t value;    /* by class: month 1-12, weekday 1-7, year, hour * 60 + minute, ... */
    double number, number_to; /* DL_TC_NUM */
    dl_str text;      /* value cell of the word list where it is no number; the form for ISO and slash dates */
} dl_time_piece;

enum { DL_TIME_PIECES = 16 };

/* Constants of a pattern's `args` cell. */
typedef struct dl_time_args {
    int32_t shift, sign, dayref, n, half;
    bool has_shift, has_dayref, has_n;
    char unit; /* 0: none */
    dl_str mod, ref;
} dl_time_args;

typedef struct dl_time_match {
    size_t count; /* tokens; 0: no match */
    uint32_t make;
    const dl_time_args *args;
    dl_time_piece pieces[DL_TIME_PIECES];
    size_t piece_count;
} dl_time_match;

typedef struct dl_time_patterns dl_time_patterns;

/* What a token is to the patterns. */
typedef struct dl_time_token {
    const struct dl_time_word *word; /* NULL: no pattern knows it */
    uint64_t mask;                   /* classes that it may begin */
} dl_time_token;

/* `makes` names what a pattern may make, NULL at its end; a match tells the index. */
dl_status dl_time_patterns_open(dl_time_patterns **out, const dl_lexicon *lexicon, const char *const *makes, dl_error *err);
void dl_time_patterns_close(dl_time_patterns *patterns); /* NULL is fine */

/* What each token of the text is; NULL without memory. */
const dl_time_token *dl_time_patterns_read(const dl_time_patterns *patterns, dl_arena *arena, const dl_text *text);
/* The longest match at `token`, inside its sentence; `tokens` as read of the text. */
void dl_time_patterns_match(const dl_time_patterns *patterns, const dl_text *text, const dl_time_token *tokens, size_t token,
                            dl_time_match *out);
/* Value of the word `norm` in a class whose values are numbers; false if it is not of the class. */
bool dl_time_patterns_word(const dl_time_patterns *patterns, dl_str norm, dl_time_class class_, int32_t *value);

const dl_time_piece *dl_time_piece_of(const dl_time_match *match, dl_time_class class_, size_t nth); /* NULL: none */

#endif
