/* values.c - from what a pattern took to a TIMEX3 value: lengths, sets, vague times, and days told from another day. */
#include "times/values.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "times/calendar.h"

enum { QUARTER_REACH = 10 }; /* sentences for which a quarter stays what is talked about */

const char *const dl_time_makes[DL_MAKE_COUNT + 1] = {
    "date", "years", "range", "dayref", "tonight", "lastnight", "shift", "shiftpart", "holiday", "quarter", "half", "decade",
    "century", "thepart", "time", "ago", "hence", "later", "that", "the", "duration", "a", "long", "vague", "vagueshift",
    "every", "freq", "ref", "yearago", "weekof", "thatseason", "skip", NULL};

bool dl_value_set(dl_value_maker *m, dl_time_type type, const char *format, ...)
{
    char text[64];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len <= 0 || (size_t)len >= sizeof text) return false;
    m->out->type = type;
    m->out->value = dl_arena_str(m->context->arena, (dl_str){text, (size_t)len});
    m->failed |= !m->out->value.ptr;
    return !m->failed;
}

static const dl_time_piece *piece(const dl_value_maker *m, dl_time_class class_)
{
    return dl_time_piece_of(m->match, class_, 0);
}

/* The unit told: of the pieces, or the pattern's own; 0: none. */
static char unit_of(const dl_value_maker *m)
{
    const dl_time_piece *unit = piece(m, DL_TC_UNIT);
    if (!unit) unit = piece(m, DL_TC_UNITS);
    return unit ? (char)unit->value : m->match->args->unit;
}

/* ---- lengths ---- */

static double number_of(const dl_value_maker *m)
{
    const dl_time_piece *number = piece(m, DL_TC_NUM);
    double n = m->match->args->has_n ? m->match->args->n : number ? number->number : 1;
    return n + 0.5 * m->match->args->half;
}

static bool is_vague(const dl_value_maker *m)
{
    const dl_time_piece *number = piece(m, DL_TC_NUM);
    return number && number->vague;
}

/* Units that ISO 8601 does not have, in those it has: decades, centuries, fortnights. */
static char plain_unit(char unit, double *n)
{
    switch (unit) {
    case 'E': *n *= 10; return 'Y';
    case 'C': *n *= 100; return 'Y';
    case 'F': *n *= 2; return 'W';
    case 'Q':
        if (*n == 1) return 'Q';
        *n *= 3;
        return 'M';
    default: return unit;
    }
}

static char upper(char unit)
{
    return unit >= 'a' && unit <= 'z' ? (char)(unit - 32) : unit;
}

static bool is_clock_unit(char unit)
{
    return unit == 'h' || unit == 'm' || unit == 's';
}

static bool set_length(dl_value_maker *m, dl_time_type type, double n, char unit)
{
    unit = plain_unit(unit, &n);
    const char *t = is_clock_unit(unit) ? "T" : "";
    double whole = floor(n), rest = n - whole;
    if (unit == 'K') return dl_value_set(m, type, "P%.0fWE", n);
    if (rest == 0) return dl_value_set(m, type, "P%s%.0f%c", t, n, upper(unit));
    int part = (int)lround(rest * (unit == 'Y' ? 12 : unit == 'D' ? 24 : 60));
    char smaller = unit == 'Y' ? 'M' : unit == 'D' || unit == 'm' ? unit == 'm' ? 's' : 'h' : 'm';
    if (unit == 'Y' || is_clock_unit(unit)) {
        if (whole == 0) return dl_value_set(m, type, "P%s%d%c", t, part, upper(smaller));
        return dl_value_set(m, type, "P%s%.0f%c%d%c", t, whole, upper(unit), part, upper(smaller));
    }
    if (unit == 'D' && whole == 0) return dl_value_set(m, type, "PT%dH", part);
    return dl_value_set(m, type, "P%.1f%c", n, upper(unit));
}

static bool set_vague_length(dl_value_maker *m, char unit)
{
    if (unit == 'E') return dl_value_set(m, DL_TIME_DURATION, "PXE");
    return dl_value_set(m, DL_TIME_DURATION, "P%sX%c", is_clock_unit(unit) ? "T" : "", unit == 'F' ? 'W' : upper(unit));
}

static bool make_duration(dl_value_maker *m)
{
    char unit = unit_of(m);
    if (!unit) return false;
    if (is_vague(m)) return set_vague_length(m, unit);
    return set_length(m, DL_TIME_DURATION, number_of(m), unit);
}

/* "a year": a length; of seconds, minutes and quarters it is more often a part or a place. */
static bool make_a(dl_value_maker *m)
{
    char unit = unit_of(m);
    if (unit == 's' || unit == 'Q' || unit == 'm' || unit == 'K') return false;
    if (m->context->rate) return false; /* "four flights a week" tells how many, not when */
    return make_duration(m);
}

static bool make_long(dl_value_maker *m)
{
    const dl_time_piece *word = piece(m, DL_TC_LONG);
    if (!word || !word->text.len) return false;
    return word->text.len > 1 ? set_vague_length(m, word->text.ptr[0]) : set_length(m, DL_TIME_DURATION, 1, word->text.ptr[0]);
}

static bool make_vague(dl_value_maker *m)
{
    return set_vague_length(m, unit_of(m));
}

/* "recent months" are a length, "coming months" and "past years" no more than the future and the past. */
static bool make_vagueshift(dl_value_maker *m)
{
    const dl_time_piece *shift = piece(m, DL_TC_SHIFT);
    int sign = shift ? shift->value : m->match->args->shift;
    char unit = unit_of(m);
    if (sign > 0) return dl_value_set(m, DL_TIME_DATE, "FUTURE_REF");
    if (sign == 0 || unit == 'Y' || unit == 'E' || unit == 'D') return dl_value_set(m, DL_TIME_DATE, sign ? "PAST_REF" : "PRESENT_REF");
    return set_vague_length(m, unit);
}

/* ---- sets and vague times ---- */

static bool make_every(dl_value_maker *m)
{
    const dl_time_piece *weekday = piece(m, DL_TC_WEEKDAY), *part = piece(m, DL_TC_PART), *month = piece(m, DL_TC_MONTH);
    const dl_time_piece *season = piece(m, DL_TC_SEASON), *day = piece(m, DL_TC_DAY);
    if (!weekday) weekday = piece(m, DL_TC_WEEKDAYS);
    if (!part) part = piece(m, DL_TC_PARTS);
    if (weekday && part) return dl_value_set(m, DL_TIME_SET, "XXXX-WXX-%dT%.2s", (int)weekday->value, part->text.ptr);
    if (weekday) return dl_value_set(m, DL_TIME_SET, "XXXX-WXX-%d", (int)weekday->value);
    if (month && day) return dl_value_set(m, DL_TIME_SET, "XXXX-%02d-%02d", (int)month->value, (int)day->value);
    if (month) return dl_value_set(m, DL_TIME_SET, "XXXX-%02d", (int)month->value);
    if (season) return dl_value_set(m, DL_TIME_SET, "XXXX-%.2s", season->text.ptr);
    if (part) return dl_value_set(m, DL_TIME_SET, "XXXX-XX-XXT%.2s", part->text.ptr);
    char unit = unit_of(m);
    return unit && !is_vague(m) && set_length(m, DL_TIME_SET, m->match->args->has_n || !piece(m, DL_TC_NUM) ? fmax(m->match->args->n, 1) : number_of(m), unit);
}

static bool set_text(dl_value_maker *m, dl_time_type type, dl_str text)
{
    return text.len && dl_value_set(m, type, "%.*s", (int)text.len, text.ptr);
}

static bool make_ref(dl_value_maker *m)
{
    const dl_time_piece *word = piece(m, DL_TC_REF);
    if (m->context->discourse) return false;
    dl_str ref = m->match->args->ref.len ? m->match->args->ref : word ? word->text : (dl_str){0};
    return !dl_str_is(ref, "none") && set_text(m, DL_TIME_DATE, ref);
}

/* ---- so long before or after a day ---- */

/* `date` moved by so many units, in the grain of the unit; halves of years count as months. */
static bool set_moved(dl_value_maker *m, dl_date from, char unit, double n, int sign)
{
    if (unit == 'C') n *= 10, unit = 'E';
    double whole = floor(n);
    if (whole != n && (unit == 'Y' || unit == 'E')) n *= unit == 'Y' ? 12 : 120, unit = 'M';
    dl_date to = n < 9999 ? dl_calendar_add(from, unit, sign * (int)floor(n)) : (dl_date){0};
    if (!to.year) return dl_value_set(m, DL_TIME_DATE, "%s", sign < 0 ? "PAST_REF" : "FUTURE_REF"); /* "3,000 years ago" */
    m->out->anchored = true;
    if (unit == 'E' || unit == 'C') unit = 'Y';
    return dl_value_grain(m, to, unit == 'F' ? 'W' : unit);
}

static bool make_ago(dl_value_maker *m, int sign)
{
    char unit = unit_of(m);
    const char *vague = sign < 0 ? "PAST_REF" : "FUTURE_REF";
    dl_date anchor = dl_value_anchor(m);
    if (is_vague(m) || !anchor.year || !unit) return dl_value_set(m, DL_TIME_DATE, "%s", vague);
    if (is_clock_unit(unit)) {
        int days = unit == 'h' ? (int)lround(fmin(number_of(m), 9600) / 24) : 0; /* "36 hours ago" */
        anchor = dl_calendar_add(anchor, 'D', sign * days);
        m->out->anchored = true;
        return anchor.year && dl_value_day(m, anchor, NULL);
    }
    return set_moved(m, anchor, unit, number_of(m), sign);
}

static bool make_later(dl_value_maker *m)
{
    int sign = m->match->args->sign < 0 ? -1 : 1;
    char unit = unit_of(m);
    dl_date from = dl_value_narrative(m);
    if (unit != 'D' && unit != 'W' && m->context->last_date.year) from = m->context->last_date;
    if (is_vague(m) || is_clock_unit(unit) || !from.year) return make_duration(m); /* "a few days later": of no known day */
    return set_moved(m, from, unit, number_of(m), sign);
}

/* "a year ago", "the year-earlier period": of a quarter, where one was told shortly before. */
static bool make_yearago(dl_value_maker *m)
{
    const dl_time_context *c = m->context;
    const dl_time_piece *quarter = piece(m, DL_TC_ORD);
    dl_date anchor = dl_value_anchor(m);
    if (quarter && quarter->value > 4) return false;
    m->out->anchored = true;
    if (quarter && anchor.year) return dl_value_set(m, DL_TIME_DATE, "%04d-Q%d", anchor.year - 1, (int)quarter->value);
    bool longer = c->long_sentence == c->sentence; /* "in the nine months ..., compared with ... a year earlier" */
    if (c->last_quarter && !longer && c->sentence - c->quarter_sentence < QUARTER_REACH)
        return dl_value_set(m, DL_TIME_DATE, "%04d-Q%d", c->quarter_year - 1, c->last_quarter);
    if (!anchor.year) return dl_value_set(m, DL_TIME_DATE, "PAST_REF");
    bool told = c->told_earlier && c->last_year && c->sentence - c->year_sentence < 2; /* "in 2005 ... a year earlier" */
    return dl_value_set(m, DL_TIME_DATE, "%04d", (told ? c->last_year : anchor.year) - 1);
}

/* "that day", "the following year", "the next weekend". */
static bool make_that(dl_value_maker *m)
{
    char unit = unit_of(m);
    dl_date from = dl_value_narrative(m);
    if (unit != 'D' && m->context->last_date.year) from = m->context->last_date;
    if (!from.year) return dl_value_set(m, DL_TIME_DATE, "PAST_REF");
    dl_date to = dl_calendar_add(from, unit == 'K' ? 'W' : unit, m->match->args->sign);
    m->out->anchored = true;
    return to.year && dl_value_grain(m, to, unit);
}

static bool make_tonight(dl_value_maker *m)
{
    dl_date day = dl_value_anchor(m);
    if (!day.year) return dl_value_set(m, DL_TIME_TIME, "PRESENT_REF");
    m->out->anchored = true;
    return dl_value_set(m, DL_TIME_TIME, "%04d-%02d-%02dTNI", day.year, day.month, day.day);
}

static bool make_thepart(dl_value_maker *m)
{
    const dl_time_piece *part = piece(m, DL_TC_PART);
    dl_date day = dl_value_narrative(m);
    if (!part) return false;
    if (!day.year) return dl_value_set(m, DL_TIME_TIME, "XXXX-XX-XXT%.2s", part->text.ptr);
    day = dl_calendar_add(day, 'D', m->match->args->sign);
    m->out->anchored = true;
    return day.year && dl_value_day(m, day, part);
}

/* "last night" was yesterday's, "this morning" is today's. */
static bool make_shiftpart(dl_value_maker *m)
{
    const dl_time_piece *shift = piece(m, DL_TC_SHIFT), *part = piece(m, DL_TC_PART);
    dl_date day = shift && shift->value > 0 ? dl_value_narrative(m) : dl_value_anchor(m);
    if (!shift || !part) return false;
    if (!day.year) return dl_value_set(m, DL_TIME_TIME, shift->value < 0 ? "PAST_REF" : "PRESENT_REF");
    day = dl_calendar_add(day, 'D', shift->value);
    m->out->anchored = true;
    return day.year && dl_value_day(m, day, part);
}

/* ---- decades and the rest ---- */

static bool make_decade(dl_value_maker *m)
{
    const dl_time_piece *decade = piece(m, DL_TC_DECADE), *yy = piece(m, DL_TC_YY);
    if (yy) return yy->value % 10 == 0 && dl_value_set(m, DL_TIME_DATE, "%d", (int)yy->value / 10);
    return decade && dl_value_set(m, DL_TIME_DATE, "%d", (int)decade->value);
}

static bool make_century(dl_value_maker *m)
{
    const dl_time_piece *nth = piece(m, DL_TC_DAY);
    if (!nth) nth = piece(m, DL_TC_ORD);
    return nth && nth->value > 1 && nth->value < 30 && dl_value_set(m, DL_TIME_DATE, "%02d", (int)nth->value - 1);
}

/* "1990-95"; of "1990-1995" the first year alone, as the second is an expression of its own. */
static bool make_years(dl_value_maker *m)
{
    const dl_time_piece *year = piece(m, DL_TC_YEAR), *end = piece(m, DL_TC_TWO);
    if (!year) return false;
    if (!end) return m->context->joined_year && dl_value_set(m, DL_TIME_DATE, "%04d", (int)year->value);
    int last = year->value / 100 * 100 + (int)end->value;
    return last > year->value && dl_value_set(m, DL_TIME_DATE, "%04d/%04d", (int)year->value, last);
}

/* Mods: the pattern's own, a modifier before ("about"), a word of beginning or end. */
static void set_mod(dl_value_maker *m)
{
    static const dl_time_class classes[] = {DL_TC_APPROX, DL_TC_EDGE, DL_TC_MOD};
    if (m->match->args->mod.len) {
        m->out->mod = m->match->args->mod;
        return;
    }
    for (size_t i = 0; i < m->match->piece_count; i++)
        if (m->match->pieces[i].mid) m->out->mod = DL_STR("MID");
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        const dl_time_piece *word = piece(m, classes[i]);
        if (!word) continue;
        m->out->mod = word->text;
        return;
    }
}

static bool make(dl_value_maker *m)
{
    const dl_time_piece *freq = piece(m, DL_TC_FREQ);
    switch ((dl_time_make)m->match->make) {
    case DL_MAKE_DATE: return dl_make_date(m);
    case DL_MAKE_YEARS: return make_years(m);
    case DL_MAKE_RANGE: return dl_make_range(m);
    case DL_MAKE_DAYREF: return dl_make_dayref(m);
    case DL_MAKE_TONIGHT:
    case DL_MAKE_LASTNIGHT: return make_tonight(m);
    case DL_MAKE_SHIFT: return dl_make_shift(m);
    case DL_MAKE_SHIFTPART: return make_shiftpart(m);
    case DL_MAKE_HOLIDAY: return dl_make_holiday(m);
    case DL_MAKE_QUARTER:
    case DL_MAKE_HALF: return dl_make_quarter(m);
    case DL_MAKE_DECADE: return make_decade(m);
    case DL_MAKE_CENTURY: return make_century(m);
    case DL_MAKE_THEPART: return make_thepart(m);
    case DL_MAKE_TIME: return dl_make_time(m);
    case DL_MAKE_AGO: return make_ago(m, -1);
    case DL_MAKE_HENCE: return make_ago(m, 1);
    case DL_MAKE_LATER: return make_later(m);
    case DL_MAKE_THAT: return make_that(m);
    case DL_MAKE_THE: return dl_make_the(m);
    case DL_MAKE_DURATION: return make_duration(m);
    case DL_MAKE_A: return make_a(m);
    case DL_MAKE_LONG: return make_long(m);
    case DL_MAKE_VAGUE: return make_vague(m);
    case DL_MAKE_VAGUESHIFT: return make_vagueshift(m);
    case DL_MAKE_EVERY: return make_every(m);
    case DL_MAKE_FREQ: return freq && m->context->adverb && !m->context->rate && set_text(m, DL_TIME_SET, freq->text);
    case DL_MAKE_REF: return make_ref(m);
    case DL_MAKE_YEARAGO: return make_yearago(m);
    case DL_MAKE_WEEK_OF: return dl_make_week_of(m);
    case DL_MAKE_THATSEASON: return dl_make_thatseason(m);
    case DL_MAKE_SKIP:
    case DL_MAKE_COUNT: break;
    }
    return false;
}

bool dl_time_value(dl_time_context *context, const dl_time_match *match, dl_time *out, bool *failed)
{
    dl_value_maker m = {context, match, out, false};
    bool made = make(&m);
    *failed |= m.failed;
    if (!made) return false;
    set_mod(&m);
    return true;
}

dl_date dl_time_told_day(dl_time_context *context, const dl_time_match *match)
{
    dl_time unused = {0};
    dl_value_maker m = {context, match, &unused, false};
    return dl_value_told_day(&m);
}
