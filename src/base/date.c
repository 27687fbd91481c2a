/* date.c - calendar days. */
#include "base/date.h"

#include <stdio.h>

int32_t dl_date_to_days(dl_date date)
{
    int32_t year = date.year - (date.month <= 2), era = (year >= 0 ? year : year - 399) / 400;
    int32_t of_era = year - era * 400;
    int32_t of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

dl_date dl_date_from_days(int32_t days)
{
    days += 719468;
    int32_t era = (days >= 0 ? days : days - 146096) / 146097, of_era = days - era * 146097;
    int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    int32_t day = of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    return (dl_date){(int16_t)(year + era * 400 + (month <= 2)), (uint8_t)month, (uint8_t)day};
}

int dl_date_weekday(dl_date date)
{
    int32_t days = dl_date_to_days(date) + 3; /* 1970-01-01 was a Thursday */
    return (int)((days % 7 + 7) % 7);
}

int dl_days_in_month(int year, int month)
{
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month < 1 || month > 12 ? 0 : month == 2 && leap ? 29 : lengths[month - 1];
}

bool dl_date_is_valid(dl_date date)
{
    return date.year >= 1 && date.year <= 9999 && date.day >= 1 && date.day <= dl_days_in_month(date.year, date.month);
}

bool dl_date_parse_iso(dl_str text, dl_date *out)
{
    int64_t year, month, day;
    if (text.len < 10 || text.ptr[4] != '-' || text.ptr[7] != '-') return false;
    if (!dl_str_number(dl_str_slice(text, 0, 4), &year) || !dl_str_number(dl_str_slice(text, 5, 7), &month) ||
        !dl_str_number(dl_str_slice(text, 8, 10), &day))
        return false;
    if (text.len > 10 && dl_ascii_digit((unsigned char)text.ptr[10])) return false;
    dl_date date = {(int16_t)year, (uint8_t)month, (uint8_t)day};
    if (!dl_date_is_valid(date)) return false;
    *out = date;
    return true;
}

const char *dl_date_format(dl_date date, char out[16])
{
    if (!date.year) out[0] = '\0';
    else if (!date.month) snprintf(out, 16, "%04d", date.year);
    else if (!date.day) snprintf(out, 16, "%04d-%02d", date.year, date.month);
    else snprintf(out, 16, "%04d-%02d-%02d", date.year, date.month, date.day);
    return out;
}
