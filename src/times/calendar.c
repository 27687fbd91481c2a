/* calendar.c - arithmetic on days, ISO weeks, holidays, and the days a value covers. */
#include "times/calendar.h"

static dl_date day(int year, int month, int day_)
{
    return (dl_date){(int16_t)year, (uint8_t)month, (uint8_t)day_};
}

static dl_date add_days(dl_date date, int days)
{
    dl_date out = dl_date_from_days(dl_date_to_days(date) + days);
    return dl_date_is_valid(out) ? out : (dl_date){0};
}

static dl_date add_months(dl_date date, int months)
{
    int total = date.year * 12 + date.month - 1 + months;
    int year = total / 12, month = total % 12 + 1;
    if (total < 12 || year > 9999) return (dl_date){0};
    int last = dl_days_in_month(year, month);
    return day(year, month, date.day < last ? date.day : last);
}

dl_date dl_calendar_add(dl_date date, char unit, int count)
{
    if (!dl_date_is_valid(date) || count > 200000 || count < -200000) return (dl_date){0};
    switch (unit) {
    case 'D': return add_days(date, count);
    case 'W': return add_days(date, 7 * count);
    case 'F': return add_days(date, 14 * count);
    case 'M': return add_months(date, count);
    case 'Q': return add_months(date, 3 * count);
    case 'Y': return add_months(date, 12 * count);
    case 'E': return add_months(date, 120 * count);
    case 'C': return add_months(date, 1200 * count);
    default: return date;
    }
}

int dl_calendar_iso_week(dl_date date, int *year)
{
    int32_t days = dl_date_to_days(date);
    dl_date thursday = dl_date_from_days(days - dl_date_weekday(date) + 3);
    *year = thursday.year;
    return (dl_date_to_days(thursday) - dl_date_to_days(day(thursday.year, 1, 1))) / 7 + 1;
}

dl_date dl_calendar_week_start(int year, int week)
{
    dl_date fourth = day(year, 1, 4);
    return dl_date_from_days(dl_date_to_days(fourth) - dl_date_weekday(fourth) + 7 * (week - 1));
}

dl_date dl_calendar_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    return day(year, n / 31, n % 31 + 1);
}

dl_date dl_calendar_orthodox_easter(int year)
{
    int a = year % 4, b = year % 7, c = year % 19, d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7;
    int n = d + e + 114;
    return add_days(day(year, n / 31, n % 31 + 1), 13); /* Julian to Gregorian */
}

/* ---- holidays ---- */

static int read_int(dl_str *rest) /* digits with an optional sign, as far as they go */
{
    int sign = 1, value = 0;
    if (rest->len && (*rest->ptr == '+' || *rest->ptr == '-')) {
        sign = *rest->ptr == '-' ? -1 : 1;
        rest->ptr++, rest->len--;
    }
    while (rest->len && dl_ascii_digit((unsigned char)*rest->ptr) && value < 10000) {
        value = value * 10 + *rest->ptr - '0';
        rest->ptr++, rest->len--;
    }
    return sign * value;
}

static bool skip_dash(dl_str *rest)
{
    if (!rest->len || *rest->ptr != '-') return false;
    rest->ptr++, rest->len--;
    return true;
}

/* "11-4-4+1": weekday `which` (1 Monday) for the nth time in a month, some days later. */
static dl_date nth_weekday(int year, int month, dl_str rest)
{
    bool last = *rest.ptr == 'l';
    int nth = 0;
    if (last) rest.ptr++, rest.len--;
    else nth = read_int(&rest);
    if (!skip_dash(&rest)) return (dl_date){0};
    int which = read_int(&rest) - 1, more = rest.len ? read_int(&rest) : 0;
    dl_date first = day(year, month, 1);
    int date = 1 + (which - dl_date_weekday(first) + 7) % 7;
    if (last)
        while (date + 7 <= dl_days_in_month(year, month)) date += 7;
    else date += 7 * (nth - 1);
    if (date < 1 || date > dl_days_in_month(year, month)) return (dl_date){0};
    return add_days(day(year, month, date), more);
}

/* "islamic-9-1": the one that falls into a year of ours; the earlier where two do. */
static dl_date islamic_in(int year, dl_str rest)
{
    int month = skip_dash(&rest) ? read_int(&rest) : 0, date = skip_dash(&rest) ? read_int(&rest) : 1;
    int around = (year - 622) * 33 / 32;
    for (int hijri = around - 1; hijri <= around + 2; hijri++) {
        dl_date out = dl_calendar_islamic(hijri, month, date);
        if (out.year == year) return out;
    }
    return (dl_date){0};
}

/* Rules that begin with a word; false: it does not. */
static bool named_rule(dl_str rule, int year, dl_date *out)
{
    static const struct {
        const char *name;
        dl_date (*start)(int year);
        int32_t shift;
    } rules[] = {{"easter", dl_calendar_easter, 0},           {"orthodox", dl_calendar_orthodox_easter, 0},
                 {"tishri", dl_calendar_rosh_hashanah, 0},    {"passover", dl_calendar_rosh_hashanah, -163},
                 {"hanukkah", dl_calendar_hanukkah, 0},       {"lunar", dl_calendar_lunar_new_year, 0}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        size_t len = strlen(rules[i].name);
        if (!dl_str_starts(rule, rules[i].name)) continue;
        dl_str rest = dl_str_slice(rule, len, rule.len);
        dl_date start = rules[i].start(year);
        *out = start.year ? add_days(start, rules[i].shift + read_int(&rest)) : start;
        return true;
    }
    if (!dl_str_starts(rule, "islamic")) return false;
    *out = islamic_in(year, dl_str_slice(rule, 7, rule.len));
    return true;
}

dl_date dl_calendar_holiday_end(dl_str rule, dl_date first)
{
    const char *mark = rule.len ? memchr(rule.ptr, '~', rule.len) : NULL;
    if (!mark || !first.year) return first;
    dl_str rest = dl_str_slice(rule, (size_t)(mark - rule.ptr) + 1, rule.len);
    return add_days(first, read_int(&rest) - 1);
}

dl_date dl_calendar_holiday(dl_str rule, int year)
{
    dl_date named;
    dl_str rest = rule;
    if (year < 1583 || year > 9998) return (dl_date){0};
    if (named_rule(rule, year, &named)) return named;
    int month = read_int(&rest);
    if (month < 1 || month > 12 || !skip_dash(&rest) || !rest.len) return (dl_date){0};
    if (memchr(rest.ptr, '-', rest.len)) return nth_weekday(year, month, rest);
    dl_date out = day(year, month, read_int(&rest));
    return dl_date_is_valid(out) ? out : (dl_date){0};
}

/* ---- coverage ---- */

static bool digits(dl_str str, size_t at, size_t count, int *out)
{
    if (at + count > str.len) return false;
    *out = 0;
    for (size_t i = at; i < at + count; i++) {
        if (!dl_ascii_digit((unsigned char)str.ptr[i])) return false;
        *out = *out * 10 + str.ptr[i] - '0';
    }
    return true;
}

static bool months(int year, int first, int count, dl_date *from, dl_date *to)
{
    int last = first + count - 1, end_year = year + (last - 1) / 12, end = (last - 1) % 12 + 1;
    *from = day(year, first, 1);
    *to = day(end_year, end, dl_days_in_month(end_year, end));
    return dl_date_is_valid(*from) && dl_date_is_valid(*to);
}

static bool cover_week(dl_str v, int year, dl_date *from, dl_date *to)
{
    int week;
    if (!digits(v, 6, 2, &week) || week < 1 || week > 53) return false;
    *from = dl_calendar_week_start(year, week);
    if (v.len > 8) *from = add_days(*from, 5); /* -WE */
    *to = add_days(dl_calendar_week_start(year, week), 6);
    return from->year && to->year;
}

static bool cover_part_of_year(dl_str v, int year, dl_date *from, dl_date *to)
{
    dl_str part = dl_str_slice(v, 5, v.len);
    int n;
    if (part.ptr[0] == 'W' && part.len > 2 && part.ptr[1] != 'I') return cover_week(v, year, from, to);
    if (part.ptr[0] == 'Q' && digits(part, 1, 1, &n) && n >= 1 && n <= 4) return months(year, 3 * n - 2, 3, from, to);
    if (part.ptr[0] == 'H' && digits(part, 1, 1, &n) && n >= 1 && n <= 2) return months(year, 6 * n - 5, 6, from, to);
    if (dl_str_is(part, "SP")) return months(year, 3, 3, from, to);
    if (dl_str_is(part, "SU")) return months(year, 6, 3, from, to);
    if (dl_str_is(part, "FA")) return months(year, 9, 3, from, to);
    if (dl_str_is(part, "WI")) return months(year, 12, 3, from, to);
    return false;
}

static bool cover_one(dl_str v, dl_date *from, dl_date *to)
{
    int year, month, date;
    if (v.len == 3 && digits(v, 0, 3, &year) && year > 0) {
        *from = day(year * 10, 1, 1), *to = day(year * 10 + 9, 12, 31);
        return true;
    }
    if (v.len == 2 && digits(v, 0, 2, &year) && year > 0) {
        *from = day(year * 100, 1, 1), *to = day(year * 100 + 99, 12, 31);
        return true;
    }
    if (!digits(v, 0, 4, &year) || year < 1) return false;
    if (v.len == 4) return months(year, 1, 12, from, to);
    if (v.len < 7 || v.ptr[4] != '-') return false;
    if (!digits(v, 5, 2, &month)) return cover_part_of_year(v, year, from, to);
    if (month < 1 || month > 12) return false;
    if (v.len == 7) return months(year, month, 1, from, to);
    if (v.len < 10 || v.ptr[7] != '-' || !digits(v, 8, 2, &date)) return false;
    *from = *to = day(year, month, date);
    return dl_date_is_valid(*from);
}

bool dl_calendar_cover(dl_str value, dl_date *from, dl_date *to)
{
    const char *slash = value.len ? memchr(value.ptr, '/', value.len) : NULL;
    *from = *to = (dl_date){0};
    dl_date first, last;
    if (!slash) {
        if (!cover_one(value, &first, &last)) return false;
        *from = first, *to = last;
        return true;
    }
    size_t at = (size_t)(slash - value.ptr);
    dl_date ignored;
    if (!cover_one(dl_str_slice(value, 0, at), &first, &ignored)) return false;
    if (!cover_one(dl_str_slice(value, at + 1, value.len), &ignored, &last)) return false;
    *from = first, *to = last;
    return true;
}
