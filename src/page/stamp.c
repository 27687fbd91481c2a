/* stamp.c - reading dates and times of day in the ways pages write them. */
#include <stdio.h>

#include "base/utf8.h"
#include "page/dates.h"

typedef struct cursor {
    const dl_date_words *words;
    dl_str text;
    size_t at;
} cursor;

static unsigned char peek(const cursor *c, size_t ahead)
{
    return c->at + ahead < c->text.len ? (unsigned char)c->text.ptr[c->at + ahead] : 0;
}

/* A run of at most nine digits; its length, or 0. */
static size_t take_number(cursor *c, int64_t *out)
{
    size_t len = 0;
    *out = 0;
    while (dl_ascii_digit(peek(c, len)) && len < 15) *out = *out * 10 + (peek(c, len++) - '0');
    if (dl_ascii_digit(peek(c, len))) return 0;
    c->at += len;
    return len;
}

static void skip_spaces(cursor *c)
{
    while (c->at < c->text.len && dl_ascii_space(peek(c, 0))) c->at++;
}

static bool is_letter(unsigned char ch)
{
    return ch >= 0x80 || dl_ascii_alpha(ch);
}

static dl_str take_word(cursor *c)
{
    size_t start = c->at;
    while (is_letter(peek(c, 0))) c->at++;
    return dl_str_slice(c->text, start, c->at);
}

static int month_of(const cursor *c, dl_str word)
{
    dl_rows rows = dl_table_find(c->words->months, word);
    int64_t month = 0;
    if (rows.count) (void)dl_str_number(dl_table_cell(c->words->months, rows.first, c->words->month), &month);
    return (int)month;
}

static bool is_year(int64_t year)
{
    return year >= 1990 && year <= 2049;
}

/* Months of the solar Hijri calendar are SOLAR + 1 to SOLAR + 12 (data/page/months.tsv). Its years behind 1409 are as well those of
 * the lunar one, in figures. */
enum { SOLAR = 100, SOLAR_FIRST = 1369, SOLAR_LAST = 1428, SOLAR_SURE = 1409 };

/* The calendar's leap years repeat after 33 (R. Borkowski, "The Persian calendar for 3000 years", 1996: true from 1178 to 1633). */
static bool is_solar_leap(int64_t year)
{
    static const uint8_t LEAPS[] = {1, 5, 9, 13, 17, 22, 26, 30};
    for (size_t i = 0; i < sizeof LEAPS; i++)
        if (year % 33 == LEAPS[i]) return true;
    return false;
}

static bool set_solar(dl_stamp *out, int64_t year, int64_t month, int64_t day)
{
    int64_t longest = month <= 6 ? 31 : month < 12 || is_solar_leap(year) ? 30 : 29;
    if (year < SOLAR_FIRST || year > SOLAR_LAST || month < 1 || month > 12 || day < 1 || day > longest) return false;
    int64_t days = dl_date_to_days((dl_date){1990, 3, 21}); /* 1 Farvardin 1369 */
    for (int64_t before = SOLAR_FIRST; before < year; before++) days += 365 + is_solar_leap(before);
    days += month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
    out->date = dl_date_from_days((int32_t)(days + day - 1));
    return true;
}

static bool set_date(dl_stamp *out, int64_t year, int64_t month, int64_t day)
{
    if (month > SOLAR) return set_solar(out, year, month - SOLAR, day);
    if (year >= SOLAR_FIRST && year <= SOLAR_SURE) return set_solar(out, year, month, day);
    if (!is_year(year) || month < 1 || month > 12 || day < 1 || day > 31) return false;
    dl_date date = {(int16_t)year, (uint8_t)month, (uint8_t)day};
    if (!dl_date_is_valid(date)) return false;
    out->date = date;
    return true;
}

/* Between year, month and day in figures: "-", "/", ". " or the words of East Asia. */
static bool take_separator(cursor *c)
{
    skip_spaces(c);
    unsigned char ch = peek(c, 0);
    if (ch == '-' || ch == '/' || ch == '.') {
        c->at++;
    } else if (ch == 0xE1 || ch == 0xE5 || ch == 0xE6) {
        size_t start = c->at;
        while (peek(c, 0) >= 0x80 && c->at - start < 12) c->at++;
    } else {
        return false;
    }
    skip_spaces(c);
    return true;
}

/* Letters between day and month, or month and year, that mean nothing: ordinals, "de", "of", commas. */
static void skip_filler(cursor *c)
{
    static const char *const FILLERS[] = {"st", "nd", "rd", "th", "er", "de", "del", "of", "d", "den", "do", "da", "a", "o", "i", "m", "g", "el", "di"};
    for (int round = 0; round < 4; round++) {
        while (c->at < c->text.len && (dl_ascii_space(peek(c, 0)) || peek(c, 0) == '.' || peek(c, 0) == ',' || peek(c, 0) == '\'' || peek(c, 0) == '-' || peek(c, 0) == '/')) c->at++;
        if (peek(c, 0) == 0xC2) c->at += 2; /* ordinal signs */
        cursor word = *c;
        dl_str text = take_word(&word);
        bool filler = false;
        for (size_t i = 0; i < sizeof FILLERS / sizeof *FILLERS && !filler; i++) filler = dl_str_is(text, FILLERS[i]);
        if (!filler) return;
        *c = word;
    }
}

static bool year_first(cursor *c, int64_t year, dl_stamp *out)
{
    int64_t month, day;
    cursor figures = *c;
    if (take_separator(&figures)) {
        size_t len = take_number(&figures, &month);
        if (len && len <= 2 && take_separator(&figures)) {
            len = take_number(&figures, &day);
            if (len && len <= 2 && set_date(out, year, month, day)) return *c = figures, true;
        }
    }
    skip_filler(c);
    month = month_of(c, take_word(c));
    if (!month) return false;
    skip_filler(c);
    size_t len = take_number(c, &day);
    return len && len <= 2 && set_date(out, year, month, day);
}

/* Arabic pages write a month in both of its names: "24 nisan / abril 2020". */
static void skip_month(cursor *c)
{
    cursor second = *c;
    if (!month_of(&second, take_word(&second))) return;
    skip_filler(&second);
    *c = second;
}

static bool day_or_month_first(cursor *c, int64_t first, bool month_first, dl_stamp *out)
{
    unsigned char sign = peek(c, 0);
    int64_t second, year;
    cursor figures = *c;
    if (sign == '.' || sign == '/' || sign == '-') {
        figures.at++;
        skip_spaces(&figures);
        size_t len = take_number(&figures, &second);
        if (len && len <= 2 && peek(&figures, 0) == sign) {
            figures.at++;
            skip_spaces(&figures);
            len = take_number(&figures, &year);
            if (len == 2 && year < 50) year += 2000;
            bool swap = second > 12 || (sign != '.' && month_first && first <= 12);
            out->ambiguous = sign != '.' && first <= 12 && second <= 12;
            if ((len == 4 || len == 2) && set_date(out, year, swap ? first : second, swap ? second : first)) return *c = figures, true;
        }
    }
    skip_filler(c);
    int month = month_of(c, take_word(c));
    if (!month) return false;
    skip_filler(c);
    skip_month(c);
    size_t len = take_number(c, &year);
    if (len == 2) year += 2000;
    return (len == 4 || len == 2) && set_date(out, year, month, first);
}

static bool month_word_first(cursor *c, int month, dl_stamp *out)
{
    int64_t day, year;
    skip_filler(c);
    size_t len = take_number(c, &day);
    if (!len || len > 2) return false;
    skip_filler(c);
    if (take_number(c, &year) != 4) return false;
    return set_date(out, year, month, day);
}

/* "+02:00", "+0200", "Z", "GMT". */
static void take_zone(cursor *c, dl_stamp *out)
{
    if (peek(c, 0) == ' ') c->at++;
    unsigned char sign = peek(c, 0);
    dl_str rest = dl_str_slice(c->text, c->at, c->text.len);
    if (sign == 'z' && !is_letter(peek(c, 1))) out->zoned = true;
    if (dl_str_starts(rest, "gmt") || dl_str_starts(rest, "utc")) out->zoned = true;
    if (sign != '+' && sign != '-') return;
    c->at++;
    int64_t hours, minutes = 0;
    size_t len = take_number(c, &hours);
    if (len == 4) minutes = hours % 100, hours /= 100;
    else if (len == 2 && peek(c, 0) == ':') c->at++, (void)take_number(c, &minutes);
    else if (len != 2) return;
    if (hours > 14 || minutes > 59) return;
    out->zoned = true;
    out->zone = (int16_t)((hours * 60 + minutes) * (sign == '-' ? -1 : 1));
}

static void take_time(cursor *c, dl_stamp *out)
{
    for (int i = 0; i < 8 && !dl_ascii_digit(peek(c, 0)) && c->at < c->text.len; i++) c->at++;
    int64_t hour, minute, second = 0;
    size_t len = take_number(c, &hour);
    if (!len || len > 2 || hour > 23 || (peek(c, 0) != ':' && peek(c, 0) != '.' && peek(c, 0) != 'h')) return;
    c->at++;
    if (take_number(c, &minute) != 2 || minute > 59) return;
    if (peek(c, 0) == ':') {
        c->at++;
        if (take_number(c, &second) != 2 || second > 59) second = 0;
        if (peek(c, 0) == '.') {
            int64_t fraction;
            c->at++;
            (void)take_number(c, &fraction);
        }
    }
    skip_spaces(c);
    if (peek(c, 0) == 'p' && (peek(c, 1) == 'm' || peek(c, 1) == '.') && hour < 12) hour += 12;
    else if (peek(c, 0) == 'a' && (peek(c, 1) == 'm' || peek(c, 1) == '.') && hour == 12) hour = 0;
    out->timed = true;
    out->hour = (uint8_t)hour, out->minute = (uint8_t)minute, out->second = (uint8_t)second;
    take_zone(c, out);
}

static bool read_at(cursor *c, bool month_first, dl_stamp *out)
{
    if (!dl_ascii_digit(peek(c, 0))) {
        int month = month_of(c, take_word(c));
        return month && month_word_first(c, month, out);
    }
    int64_t number;
    size_t len = take_number(c, &number);
    if (len == 8) return set_date(out, number / 10000, number / 100 % 100, number % 100);
    if (len == 4 && (is_year(number) || (number >= SOLAR_FIRST && number <= SOLAR_LAST))) return year_first(c, number, out);
    return len && len <= 2 && number && number <= 31 && day_or_month_first(c, number, month_first, out);
}

/* The digit that a character of another script stands for, or -1. Tens of digits lie together in Unicode. */
static int foreign_digit(uint32_t point)
{
    static const uint32_t ZEROS[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66,
                                     0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0xFF10};
    for (size_t i = 0; i < sizeof ZEROS / sizeof *ZEROS; i++)
        if (point >= ZEROS[i] && point < ZEROS[i] + 10) return (int)(point - ZEROS[i]);
    return -1;
}

dl_str dl_stamp_fold(dl_arena *arena, dl_str text)
{
    dl_str folded = dl_utf8_fold(arena, text);
    size_t plain = 0;
    while (plain < folded.len && (unsigned char)folded.ptr[plain] < 0xD9) plain++;
    if (plain == folded.len) return folded;
    char *out = dl_arena_alloc_raw(arena, folded.len);
    if (!out) return (dl_str){0};
    memcpy(out, folded.ptr, plain);
    size_t len = plain;
    for (size_t at = plain; at < folded.len;) {
        size_t from = at;
        int digit = foreign_digit(dl_utf8_next(folded, &at));
        if (digit >= 0) out[len++] = (char)('0' + digit);
        else while (from < at) out[len++] = folded.ptr[from++];
    }
    return (dl_str){out, len};
}

bool dl_stamp_find(const dl_date_words *words, dl_str folded, bool month_first, size_t *at, dl_stamp *out)
{
    bool inside = false;
    for (size_t i = *at; i < folded.len; i++) {
        unsigned char ch = (unsigned char)folded.ptr[i];
        bool sign = is_letter(ch) || dl_ascii_digit(ch);
        bool begins = sign && (!inside || (dl_ascii_digit(ch) && !dl_ascii_digit((unsigned char)folded.ptr[i - 1])));
        inside = sign;
        if (!begins) continue;
        cursor c = {words, folded, i};
        *out = (dl_stamp){0};
        if (!read_at(&c, month_first, out)) continue;
        *at = c.at;
        take_time(&c, out);
        return true;
    }
    return false;
}

dl_str dl_stamp_format(const dl_stamp *s, dl_arena *arena)
{
    if (!s->date.year) return (dl_str){0};
    if (!s->timed) return dl_arena_format(arena, "%04d-%02d-%02d", s->date.year, s->date.month, s->date.day);
    char zone[16] = "";
    int minutes = s->zone < 0 ? -s->zone : s->zone;
    if (s->zoned && !s->zone) snprintf(zone, sizeof zone, "Z");
    else if (s->zoned) snprintf(zone, sizeof zone, "%c%02d:%02d", s->zone < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return dl_arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d%s", s->date.year, s->date.month, s->date.day, s->hour,
                           s->minute, s->second, zone);
}
