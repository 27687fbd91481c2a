/* moment.c - points in time as feeds, archives and HTTP write them. */
#include "feeds/moment.h"

#include "base/date.h"

/* "12:30", "12:30:00", "12:30:00.25" at the start of *rest, which moves on; seconds of the day. */
static bool clock_time(dl_str *rest, int64_t *seconds)
{
    int64_t parts[3] = {0};
    for (size_t i = 0; i < 3; i++) {
        if (i && (!rest->len || rest->ptr[0] != ':')) return i == 2;
        if (i) *rest = dl_str_slice(*rest, 1, rest->len);
        if (rest->len < 2 || !dl_str_number(dl_str_slice(*rest, 0, 2), &parts[i]) || parts[i] > (i ? 60 : 24)) return false;
        *rest = dl_str_slice(*rest, 2, rest->len);
        *seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
    }
    if (rest->len && (rest->ptr[0] == '.' || rest->ptr[0] == ','))
        do *rest = dl_str_slice(*rest, 1, rest->len);
        while (rest->len && dl_ascii_digit((unsigned char)rest->ptr[0]));
    return true;
}

/* Hours that the zones of RFC 822 are ahead of UTC. */
static bool named_zone(dl_str name, int64_t *hours)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"Z", 0}, {"UT", 0}, {"UTC", 0}, {"GMT", 0}, {"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (dl_str_eq_nocase(name, dl_str_of(zones[i].name))) {
            *hours = zones[i].hours;
            return true;
        }
    return false;
}

/* Seconds ahead of UTC; nothing is UTC. */
static bool zone(dl_str text, int64_t *ahead)
{
    int64_t hours = 0, minutes = 0;
    text = dl_str_trim(text);
    *ahead = 0;
    if (!text.len) return true;
    if (text.ptr[0] != '+' && text.ptr[0] != '-') {
        bool known = named_zone(text, &hours);
        *ahead = hours * 3600;
        return known;
    }
    bool colon = text.len == 6 && text.ptr[3] == ':';
    if (text.len != 3 && text.len != 5 && !colon) return false;
    if (!dl_str_number(dl_str_slice(text, 1, 3), &hours)) return false;
    if (text.len > 3 && !dl_str_number(dl_str_slice(text, text.len - 2, text.len), &minutes)) return false;
    *ahead = (hours * 3600 + minutes * 60) * (text.ptr[0] == '-' ? -1 : 1);
    return hours <= 14 && minutes < 60;
}

static bool with_time(dl_date day, dl_str rest, int64_t *out)
{
    int64_t seconds = 0, ahead = 0;
    if (rest.len && (!clock_time(&rest, &seconds) || !zone(rest, &ahead))) return false;
    *out = (int64_t)dl_date_to_days(day) * 86400 + seconds - ahead;
    return true;
}

static int month_of(dl_str name)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int i = 0; i < 12 && name.len >= 3; i++)
        if (dl_str_eq_nocase(dl_str_slice(name, 0, 3), (dl_str){months + 3 * i, 3})) return i + 1;
    return 0;
}

/* A word ended by a space, a dash or a comma. */
static dl_str word(dl_str *rest)
{
    *rest = dl_str_trim(*rest);
    size_t len = 0;
    while (len < rest->len && rest->ptr[len] != ' ' && rest->ptr[len] != '-' && rest->ptr[len] != ',') len++;
    dl_str found = dl_str_slice(*rest, 0, len);
    *rest = dl_str_slice(*rest, len < rest->len ? len + 1 : len, rest->len);
    return found;
}

static bool mail_date(dl_str text, int64_t *out)
{
    int64_t number[2];
    dl_str first = word(&text);
    if (first.len && dl_ascii_alpha((unsigned char)first.ptr[0])) first = word(&text); /* the day of the week */
    dl_str month = word(&text), year = word(&text);
    if (!dl_str_number(first, &number[0]) || !dl_str_number(year, &number[1]) || number[0] > 31) return false;
    if (number[1] < 100) number[1] += number[1] < 70 ? 2000 : 1900;
    dl_date day = {(int16_t)(number[1] <= 9999 ? number[1] : 0), (uint8_t)month_of(month), (uint8_t)number[0]};
    return dl_date_is_valid(day) && with_time(day, dl_str_trim(text), out);
}

bool moment_parse(dl_str text, int64_t *out)
{
    dl_date day;
    text = dl_str_trim(text);
    if (text.len < 10 || text.len > 64) return false;
    if (!dl_date_parse_iso(text, &day)) return mail_date(text, out);
    if (text.len > 10 && text.ptr[10] != 'T' && text.ptr[10] != 't' && text.ptr[10] != ' ') return false;
    return with_time(day, dl_str_slice(text, text.len > 10 ? 11 : 10, text.len), out);
}
