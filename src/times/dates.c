/* dates.c - calendar values: dates completed from the page's date, shifted units, quarters, clock times.
 *
 * A day without a year is the nearest one on the side that the tense tells; without a tense, the nearest at all. */
#include "times/calendar.h"
#include "times/values.h"

static const dl_time_piece *piece(const dl_value_maker *m, dl_time_class class_)
{
    return dl_time_piece_of(m->match, class_, 0);
}

static dl_date make_day(int year, int month, int day)
{
    return (dl_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

static int32_t days_between(dl_date from, dl_date to)
{
    return dl_date_to_days(to) - dl_date_to_days(from);
}

dl_date dl_value_anchor(dl_value_maker *m)
{
    return m->context->published.year ? m->context->published : m->context->last_day;
}

dl_date dl_value_narrative(dl_value_maker *m)
{
    return m->context->last_day.year ? m->context->last_day : m->context->published;
}

bool dl_value_day(dl_value_maker *m, dl_date d, const dl_time_piece *part)
{
    if (part) return dl_value_set(m, DL_TIME_TIME, "%04d-%02d-%02dT%.*s", d.year, d.month, d.day, (int)part->text.len, part->text.ptr);
    return dl_value_set(m, DL_TIME_DATE, "%04d-%02d-%02d", d.year, d.month, d.day);
}

bool dl_value_grain(dl_value_maker *m, dl_date d, char unit)
{
    int year, week = dl_calendar_iso_week(d, &year);
    switch (unit) {
    case 'D': return dl_value_day(m, d, NULL);
    case 'W': return dl_value_set(m, DL_TIME_DATE, "%04d-W%02d", year, week);
    case 'K': return dl_value_set(m, DL_TIME_DATE, "%04d-W%02d-WE", year, week);
    case 'M': return dl_value_set(m, DL_TIME_DATE, "%04d-%02d", d.year, d.month);
    case 'Q': return dl_value_set(m, DL_TIME_DATE, "%04d-Q%d", d.year, (d.month + 2) / 3);
    case 'Y': return dl_value_set(m, DL_TIME_DATE, "%04d", d.year);
    case 'E': return dl_value_set(m, DL_TIME_DATE, "%03d", d.year / 10);
    case 'C': return dl_value_set(m, DL_TIME_DATE, "%02d", d.year / 100);
    default: return false;
    }
}

/* ---- days and months without a year ---- */

/* Length of the way from the anchor to the days [from, to]: 0 inside, negative before it. */
static int32_t way(dl_date anchor, dl_date from, dl_date to)
{
    int32_t a = days_between(anchor, from), b = days_between(anchor, to);
    return a > 0 ? a : b < 0 ? b : 0;
}

/* The year of a month or a day of it (day 0: the month), 0 without an anchor. */
static int year_for(dl_value_maker *m, int month, int day)
{
    dl_date anchor = dl_value_anchor(m);
    if (m->context->year_hint) return m->context->year_hint;
    if (!m->context->published.year && m->context->last_year) anchor = make_day(m->context->last_year, anchor.month ? anchor.month : 7, anchor.day ? anchor.day : 1);
    if (!anchor.year) return 0;
    m->out->anchored = true;
    int best = 0;
    int32_t best_way = 0;
    for (int year = anchor.year - 1; year <= anchor.year + 1; year++) {
        int last = dl_days_in_month(year, month);
        if (day > last || year < 1) continue;
        int32_t to = way(anchor, make_day(year, month, day ? day : 1), make_day(year, month, day ? day : last));
        if (to > 0) to += m->context->tense == DL_TENSE_PAST ? (day ? 200 : 300) : m->context->tense == DL_TENSE_FUTURE ? 0 : 30;
        if (to < 0 && m->context->tense == DL_TENSE_FUTURE) to -= 300;
        if (!best || (to < 0 ? -to : to) < (best_way < 0 ? -best_way : best_way)) best = year, best_way = to;
    }
    return best;
}

/* The weekday (1 Monday) nearest the anchor: with sign -1 before or on it, +1 on or after it; `strictly` not on it. */
static dl_date weekday_near(dl_date anchor, int weekday, int sign, bool strictly)
{
    int step = sign < 0 ? -(((dl_date_weekday(anchor) - (weekday - 1)) % 7 + 7) % 7)
                        : ((weekday - 1 - dl_date_weekday(anchor)) % 7 + 7) % 7;
    if (step == 0 && strictly) step = sign < 0 ? -7 : 7;
    return dl_calendar_add(anchor, 'D', step);
}

static dl_date told_weekday(dl_value_maker *m, const dl_time_piece *weekday)
{
    dl_date anchor = dl_value_anchor(m);
    if (!anchor.year) return (dl_date){0};
    m->out->anchored = true;
    if (m->context->day_before.year) return weekday_near(m->context->day_before, weekday->value, 1, true);
    return weekday_near(anchor, weekday->value, m->context->tense == DL_TENSE_FUTURE ? 1 : -1, false);
}

/* "10/12/2025": month first as in the United States, day first where it can't be a month or where dots part them. */
static dl_date slash_day(dl_str form)
{
    int32_t parts[3] = {0}, count = 0;
    char mark = 0;
    for (size_t i = 0; i < form.len && count < 3; i++) {
        if (dl_ascii_digit((unsigned char)form.ptr[i])) parts[count] = parts[count] * 10 + form.ptr[i] - '0';
        else mark = form.ptr[i], count++;
    }
    if (parts[0] > 1000) return make_day(parts[0], parts[1], parts[2]);
    if (count == 1) return make_day(2001, parts[0], parts[1]); /* 9/11 */
    int year = parts[2] >= 100 ? parts[2] : parts[2] < 40 ? 2000 + parts[2] : 1900 + parts[2];
    bool day_first = mark == '.' || parts[0] > 12;
    return day_first ? make_day(year, parts[1], parts[0]) : make_day(year, parts[0], parts[1]);
}

/* Day of the month among the pieces; 0: none. */
static int day_piece(const dl_value_maker *m, size_t nth)
{
    const dl_time_piece *day = dl_time_piece_of(m->match, DL_TC_DAY, nth);
    if (!day && nth == 0) day = piece(m, DL_TC_ORD);
    return day ? day->value : 0;
}

static int year_piece(const dl_value_maker *m)
{
    const dl_time_piece *year = piece(m, DL_TC_YEAR), *spelt = piece(m, DL_TC_NUM);
    if (!year) year = piece(m, DL_TC_YY);
    if (!year && spelt && spelt->number >= 1000 && spelt->number < 2150) return (int)spelt->number; /* "the year two thousand" */
    return year ? year->value : 0;
}

dl_date dl_value_told_day(dl_value_maker *m)
{
    const dl_time_piece *iso = piece(m, DL_TC_ISO), *slash = piece(m, DL_TC_SLASH), *month = piece(m, DL_TC_MONTH);
    const dl_time_piece *weekday = piece(m, DL_TC_WEEKDAY), *dayref = piece(m, DL_TC_DAYREF);
    dl_date out = {0};
    if (iso) dl_date_parse_iso(iso->text, &out);
    else if (slash) out = slash_day(slash->text);
    else if (month && day_piece(m, 0)) {
        int year = year_piece(m);
        out = make_day(year ? year : year_for(m, month->value, day_piece(m, 0)), month->value, day_piece(m, 0));
    } else if (weekday) out = told_weekday(m, weekday);
    else if (dayref && m->context->published.year) {
        m->out->anchored = true;
        out = dl_calendar_add(m->context->published, 'D', dayref->value);
    }
    return dl_date_is_valid(out) ? out : (dl_date){0};
}

/* ---- dates ---- */

static bool set_season(dl_value_maker *m, const dl_time_piece *season, int year)
{
    if (year) return dl_value_set(m, DL_TIME_DATE, "%04d-%.2s", year, season->text.ptr);
    return dl_value_set(m, DL_TIME_DATE, "XXXX-%.2s", season->text.ptr);
}

/* First month of a season: 3, 6, 9 or 12. */
static int season_month(const dl_time_piece *season)
{
    char a = season->text.ptr[0], b = season->text.ptr[1];
    return a == 'S' ? b == 'P' ? 3 : 6 : a == 'F' ? 9 : 12;
}

static const dl_time_piece *season_piece(const dl_value_maker *m)
{
    const dl_time_piece *season = piece(m, DL_TC_SEASON);
    return season ? season : piece(m, DL_TC_FALL);
}

/* Values without what is missing: a month or a weekday of no known year. */
static bool set_relative(dl_value_maker *m)
{
    const dl_time_piece *month = piece(m, DL_TC_MONTH), *weekday = piece(m, DL_TC_WEEKDAY), *part = piece(m, DL_TC_PART);
    int day = day_piece(m, 0);
    if (month && day) return dl_value_set(m, DL_TIME_DATE, "XXXX-%02d-%02d", (int)month->value, day);
    if (month) return dl_value_set(m, DL_TIME_DATE, "XXXX-%02d", (int)month->value);
    if (weekday && part) return dl_value_set(m, DL_TIME_TIME, "XXXX-WXX-%dT%.2s", (int)weekday->value, part->text.ptr);
    return weekday && dl_value_set(m, DL_TIME_DATE, "XXXX-WXX-%d", (int)weekday->value);
}

static bool made_month(dl_value_maker *m, const dl_time_piece *month)
{
    int year = year_piece(m);
    if (!year) year = year_for(m, month->value, 0);
    return year ? dl_value_set(m, DL_TIME_DATE, "%04d-%02d", year, (int)month->value) : set_relative(m);
}

static bool made_year(dl_value_maker *m, int year)
{
    const dl_time_piece *season = season_piece(m);
    if (season) return set_season(m, season, year ? year : year_for(m, season_month(season), 0));
    if (!year && m->match->args->unit == 'Y') {
        year = dl_value_anchor(m).year;
        m->out->anchored = true;
    }
    return year && dl_value_set(m, DL_TIME_DATE, "%04d", year);
}

bool dl_make_date(dl_value_maker *m)
{
    const dl_time_piece *month = piece(m, DL_TC_MONTH), *part = piece(m, DL_TC_PART);
    bool day = day_piece(m, 0) || piece(m, DL_TC_ISO) || piece(m, DL_TC_SLASH) || piece(m, DL_TC_WEEKDAY);
    if (day) {
        dl_date told = dl_value_told_day(m);
        if (told.year) return dl_value_day(m, told, part);
        if (month && day_piece(m, 0) > dl_days_in_month(2000, month->value)) return false;
        return !piece(m, DL_TC_SLASH) && !piece(m, DL_TC_ISO) && !year_piece(m) && set_relative(m);
    }
    if (m->context->named && m->match->count == 1 && !month) return false; /* "Expo 1970" */
    return month ? made_month(m, month) : made_year(m, year_piece(m));
}

bool dl_make_range(dl_value_maker *m)
{
    const dl_time_piece *month = piece(m, DL_TC_MONTH), *part = piece(m, DL_TC_PART);
    int first = day_piece(m, 0), last = day_piece(m, 1), year = year_piece(m);
    if (!month) return false;
    if (!year) year = year_for(m, month->value, last);
    if (!year) return false;
    dl_date from = make_day(year, month->value, first), to = make_day(year, month->value, last);
    if (!dl_date_is_valid(from) || !dl_date_is_valid(to) || days_between(from, to) <= 0) return false;
    if (part && days_between(from, to) == 1) return dl_value_day(m, from, part) && (m->out->to = to, true);
    return dl_value_set(m, DL_TIME_DATE, "%04d-%02d-%02d/%04d-%02d-%02d", from.year, from.month, from.day, to.year, to.month, to.day);
}

bool dl_make_dayref(dl_value_maker *m)
{
    const dl_time_piece *dayref = piece(m, DL_TC_DAYREF), *part = piece(m, DL_TC_PART);
    int shift = m->match->args->has_dayref ? m->match->args->dayref : dayref ? dayref->value : 0;
    dl_date today = m->context->published;
    if (!today.year) return dl_value_set(m, DL_TIME_DATE, shift < 0 ? "PAST_REF" : shift > 0 ? "FUTURE_REF" : "PRESENT_REF");
    m->out->anchored = true;
    dl_date day = dl_calendar_add(today, 'D', shift);
    return day.year && dl_value_day(m, day, part);
}

/* ---- last, this, next ---- */

static int shift_of(const dl_value_maker *m)
{
    const dl_time_piece *shift = piece(m, DL_TC_SHIFT);
    return m->match->args->has_shift ? m->match->args->shift : shift ? shift->value : 0;
}

/* The year of the last, this or next months [first, first + count) of a year. */
static int shifted_year(dl_date anchor, int first, int count, int shift)
{
    for (int year = anchor.year + 1; year >= anchor.year - 1; year--) {
        int end = first + count - 1;
        dl_date from = make_day(year, first, 1);
        dl_date to = make_day(year + (end - 1) / 12, (end - 1) % 12 + 1, 28);
        if (shift < 0 && days_between(to, anchor) > 3) return year;
        if (shift > 0 && days_between(anchor, from) > 0 && (year == anchor.year || days_between(anchor, make_day(year - 1, first, 1)) <= 0)) return year;
    }
    return shift == 0 ? anchor.year : anchor.year + shift;
}

static bool shift_weekday(dl_value_maker *m, dl_date anchor, int shift)
{
    const dl_time_piece *weekday = piece(m, DL_TC_WEEKDAY), *month = piece(m, DL_TC_MONTH);
    if (month && day_piece(m, 0)) return dl_make_date(m);
    int sign = shift ? shift : m->context->tense == DL_TENSE_PAST ? -1 : 1;
    dl_date day = weekday_near(anchor, weekday->value, sign, shift != 0);
    return day.year && dl_value_day(m, day, piece(m, DL_TC_PART));
}

/* The weekend that was last before the anchor, is of its week, or comes after. */
static bool shift_weekend(dl_value_maker *m, dl_date anchor, int shift)
{
    if (m->match->args->sign > 0 && dl_date_weekday(anchor) >= 5) shift = 1; /* "the coming weekend", told on one */
    dl_date day = dl_calendar_add(anchor, 'W', shift);
    return day.year && dl_value_grain(m, day, 'K');
}

static bool shift_unit(dl_value_maker *m, dl_date anchor, char unit, int shift)
{
    if (unit == 'K') return shift_weekend(m, anchor, shift);
    if (unit == 'M' || unit == 'Q') anchor.day = 1;
    dl_date moved = dl_calendar_add(anchor, unit, shift);
    return moved.year && dl_value_grain(m, moved, unit);
}

/* "a profit in the third quarter, compared with a loss of 12 million last year" */
static bool is_quarter_compared(const dl_value_maker *m, const dl_time_piece *unit, int shift)
{
    const dl_time_context *c = m->context;
    if (!c->sum || shift != -1 || !unit || unit->value != 'Y' || m->match->count != 2 || !c->last_quarter) return false;
    return c->long_sentence != c->sentence && c->sentence - c->quarter_sentence < 3;
}

bool dl_make_shift(dl_value_maker *m)
{
    const dl_time_piece *unit = piece(m, DL_TC_UNIT), *month = piece(m, DL_TC_MONTH), *season = season_piece(m);
    dl_date anchor = dl_value_anchor(m);
    int shift = shift_of(m);
    if (!anchor.year) {
        if (piece(m, DL_TC_WEEKDAY) || month) return set_relative(m);
        return dl_value_set(m, DL_TIME_DATE, shift < 0 ? "PAST_REF" : shift > 0 ? "FUTURE_REF" : "PRESENT_REF");
    }
    m->out->anchored = true;
    if (is_quarter_compared(m, unit, shift))
        return dl_value_set(m, DL_TIME_DATE, "%04d-Q%d", m->context->quarter_year - 1, m->context->last_quarter);
    if (piece(m, DL_TC_ORD) && !month) return dl_make_quarter(m);
    if (piece(m, DL_TC_WEEKDAY) && !unit) return shift_weekday(m, anchor, shift);
    if (month) {
        int year = unit ? anchor.year + shift : shifted_year(anchor, month->value, 1, shift), day = day_piece(m, 0);
        if (day && dl_date_is_valid(make_day(year, month->value, day))) return dl_value_day(m, make_day(year, month->value, day), NULL);
        return dl_value_set(m, DL_TIME_DATE, "%04d-%02d", year, (int)month->value);
    }
    if (season && unit) return set_season(m, season, anchor.year + shift);
    if (season) return set_season(m, season, shifted_year(anchor, season_month(season), 3, shift));
    char letter = unit ? (char)unit->value : m->match->args->unit;
    return letter && shift_unit(m, anchor, letter, shift);
}

static bool set_holiday(dl_value_maker *m, dl_str rule, dl_date first)
{
    dl_date last = dl_calendar_holiday_end(rule, first);
    if (!first.year || dl_date_to_days(first) == dl_date_to_days(last)) return first.year && dl_value_day(m, first, NULL);
    return dl_value_set(m, DL_TIME_DATE, "%04d-%02d-%02d/%04d-%02d-%02d", first.year, first.month, first.day, last.year, last.month, last.day);
}

bool dl_make_holiday(dl_value_maker *m)
{
    const dl_time_piece *holiday = piece(m, DL_TC_HOLIDAY);
    dl_date anchor = dl_value_anchor(m), best = {0};
    int year = year_piece(m), shift = shift_of(m);
    if (!holiday || (!year && !anchor.year)) return false;
    if (!year && piece(m, DL_TC_UNIT)) year = anchor.year + shift, m->out->anchored = true; /* "Ramadan last year" */
    if (year) return set_holiday(m, holiday->text, dl_calendar_holiday(holiday->text, year));
    m->out->anchored = true;
    for (int y = anchor.year - 1; y <= anchor.year + 1; y++) {
        dl_date day = dl_calendar_holiday(holiday->text, y);
        if (!day.year) continue;
        int32_t to = days_between(anchor, day), old = best.year ? days_between(anchor, best) : 0;
        bool past = shift < 0 || m->context->tense == DL_TENSE_PAST, future = shift > 0 || m->context->tense == DL_TENSE_FUTURE;
        if ((past && to > 0) || (future && to < 0)) continue;
        if (!best.year || (to < 0 ? -to : to) < (old < 0 ? -old : old)) best = day;
    }
    return set_holiday(m, holiday->text, best);
}

/* "that summer", "the following autumn": of, after or before the last date told. A winter is named by its December. */
bool dl_make_thatseason(dl_value_maker *m)
{
    const dl_time_piece *season = season_piece(m);
    dl_date from = m->context->last_date.year ? m->context->last_date : dl_value_anchor(m);
    int sign = m->match->args->sign;
    if (!season) return false;
    if (!from.year) return set_season(m, season, 0);
    int first = season_month(season), year = from.year;
    if (sign > 0) year += first <= from.month;
    else if (sign < 0) year -= first + 2 >= from.month;
    else year -= first == 12 && from.month < 6;
    m->out->anchored = true;
    return set_season(m, season, year);
}

/* ---- quarters, halves, and "the year" ---- */

/* The year of the months `first` to `last` that lies nearest; what is past or to come has its side, but a company still
 * expects a quarter's figures when the quarter is over. */
static int quarter_year(const dl_value_maker *m, dl_date anchor, int first, int last)
{
    int best = 0;
    int32_t best_way = 0;
    for (int year = anchor.year - 1; year <= anchor.year + 1; year++) {
        int32_t to = way(anchor, make_day(year, first, 1), make_day(year, last, dl_days_in_month(year, last)));
        bool future = m->context->tense == DL_TENSE_FUTURE;
        if (to > 0 && !future) to += 400;
        if (to < 0) to = future ? 90 - to : -to;
        if (!best || to < best_way) best = year, best_way = to;
    }
    return best;
}

bool dl_make_quarter(dl_value_maker *m)
{
    const dl_time_piece *nth = piece(m, DL_TC_ORD);
    if (!nth) nth = piece(m, DL_TC_QN);
    bool half = m->match->make == DL_MAKE_HALF;
    dl_date anchor = dl_value_anchor(m);
    int year = year_piece(m), n = nth ? nth->value : m->match->args->n, count = half ? 2 : 4;
    if (!n && m->context->last_quarter) n = m->context->last_quarter; /* "the 2012 quarter" */
    if (!n) return year && dl_value_set(m, DL_TIME_DATE, "%04d", year);
    if (n < 1 || n > count) return false;
    if (!year && !anchor.year) return dl_value_set(m, DL_TIME_DATE, half ? "XXXX-H%d" : "XXXX-Q%d", n);
    if (!year) {
        bool shifted = piece(m, DL_TC_SHIFT) || m->match->args->has_shift;
        m->out->anchored = true;
        year = shifted ? anchor.year + shift_of(m) : quarter_year(m, anchor, (n - 1) * 12 / count + 1, n * 12 / count);
    }
    return dl_value_set(m, DL_TIME_DATE, half ? "%04d-H%d" : "%04d-Q%d", year, n);
}

/* "the week", "the end of the month": of the page's date; "the quarter": the one told last; "the weekend": the last or the
 * next by the tense. */
bool dl_make_the(dl_value_maker *m)
{
    const dl_time_piece *told = piece(m, DL_TC_UNIT);
    char unit = told ? (char)told->value : m->match->args->unit;
    dl_date anchor = dl_value_anchor(m);
    if (!unit || !anchor.year) return false;
    m->out->anchored = true;
    if (unit == 'Q' && m->context->last_quarter)
        return dl_value_set(m, DL_TIME_DATE, "%04d-Q%d", m->context->quarter_year, m->context->last_quarter);
    if (unit == 'Q') return told && shift_unit(m, anchor, 'Q', -1);
    if (unit == 'K') {
        bool before = m->context->tense != DL_TENSE_FUTURE && dl_date_weekday(anchor) < 5;
        return shift_weekend(m, anchor, before ? -1 : 0);
    }
    return shift_unit(m, anchor, unit, 0);
}

/* "the week of 6 October", "the week ending 10 October" */
bool dl_make_week_of(dl_value_maker *m)
{
    dl_date day = dl_value_told_day(m);
    return day.year && dl_value_grain(m, day, 'W');
}

/* ---- clock ---- */

/* Minutes of the day; -1: none told. */
static int clock_minutes(const dl_value_maker *m)
{
    const dl_time_piece *clock = piece(m, DL_TC_CLOCK), *hour = piece(m, DL_TC_HOUR), *mil = piece(m, DL_TC_MIL);
    const dl_time_piece *ampm = piece(m, DL_TC_AMPM), *part = piece(m, DL_TC_PART);
    int minutes = clock ? clock->value : hour ? hour->value * 60 : mil ? mil->value / 100 * 60 + mil->value % 100 : -1;
    if (minutes < 0 || mil) return minutes;
    bool after_noon = (ampm && ampm->value) || (!ampm && part && part->text.ptr[0] != 'M' && minutes < 12 * 60);
    if (ampm && minutes >= 13 * 60) return minutes;
    if (ampm && minutes >= 12 * 60) minutes -= 12 * 60;
    return after_noon ? minutes + 12 * 60 : minutes;
}

bool dl_make_time(dl_value_maker *m)
{
    const dl_time_piece *moment = piece(m, DL_TC_MOMENT);
    dl_date day = dl_value_told_day(m);
    if (!day.year && m->context->day_behind.year) {
        day = m->context->day_behind;
        m->out->anchored = true;
    }
    if (!day.year) {
        day = dl_value_narrative(m);
        if (m->context->published.year && m->context->last_sentence != m->context->sentence) day = m->context->published;
        m->out->anchored = true;
    }
    if (moment) {
        if (day.year) return dl_value_day(m, day, moment);
        return dl_value_set(m, DL_TIME_TIME, "XXXX-XX-XXT%.*s", (int)moment->text.len, moment->text.ptr);
    }
    int minutes = clock_minutes(m);
    if (minutes < 0) return false;
    if (!day.year) return dl_value_set(m, DL_TIME_TIME, "XXXX-XX-XXT%02d:%02d", minutes / 60, minutes % 60);
    return dl_value_set(m, DL_TIME_TIME, "%04d-%02d-%02dT%02d:%02d", day.year, day.month, day.day, minutes / 60, minutes % 60);
}
