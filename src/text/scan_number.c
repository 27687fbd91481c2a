/* scan_number.c - numbers with their points, groups and endings. */
#include "text/scan.h"

static size_t digits(const dl_scanner *s, size_t at)
{
    while (at < s->end && dl_ascii_digit((unsigned char)s->text.ptr[at])) at++;
    return at;
}

/* End of "2025-10-12" or of a telephone number: three or more groups of digits, or three and four digits. */
static size_t hyphen_groups(const dl_scanner *s, size_t start, size_t first)
{
    size_t end = first, groups = 1, last = first - start;
    while (end < s->end && s->text.ptr[end] == '-' && groups < 6) {
        size_t next = digits(s, end + 1);
        if (next == end + 1) break;
        last = next - end - 1;
        groups++;
        end = next;
    }
    bool word_follows = end < s->end && s->text.ptr[end] == '-' && dl_scan_class(s, end + 1) == DL_CHAR_LETTER;
    if (word_follows || groups < 2) return first;
    return groups > 2 || (first - start == 3 && last == 4) ? end : first;
}

/* One separator and its digits further, or `end`. */
static size_t go_on(const dl_scanner *s, size_t end)
{
    char mark = s->text.ptr[end];
    size_t next = digits(s, end + 1);
    if (next == end + 1) return end;
    if (mark == ',') return next - end == 4 ? next : end;
    return mark == '.' || mark == ':' || mark == '/' ? next : end;
}

static bool is_ordinal(dl_str tail)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "s"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (dl_str_eq_nocase(tail, dl_str_of(endings[i]))) return true;
    return false;
}

/* Letters right after the digits: an ordinal's ending or part of a name ("3rd", "83N") belongs to the number, a unit
 * is a word of its own ("10km", "5pm"). */
static size_t over_letters(const dl_scanner *s, size_t end)
{
    size_t apostrophe = dl_apostrophe_at(s->text, end);
    if (apostrophe) {
        size_t tail = end + apostrophe;
        bool plural = tail < s->end && s->text.ptr[tail] == 's' && dl_scan_run(s, tail) == tail + 1;
        return plural ? tail + 1 : end;
    }
    size_t tail = dl_scan_run(s, end);
    if (tail == end || is_ordinal(dl_str_slice(s->text, end, tail))) return tail;
    if (tail + 2 < s->end && s->text.ptr[tail] == '.' && tail - end == 1 && (s->text.ptr[tail + 1] | 0x20) == 'm') return end;
    return dl_scan_find(s, s->data->units, end, tail).count ? end : tail;
}

size_t dl_scan_number(dl_scanner *s, size_t start)
{
    size_t end = digits(s, start);
    size_t groups = end < s->end && s->text.ptr[end] == '-' ? hyphen_groups(s, start, end) : end;
    if (groups > end) {
        end = groups;
    } else {
        for (size_t next; end < s->end && (next = go_on(s, end)) > end;) end = next;
        if (end < s->end) end = over_letters(s, end);
    }
    dl_scan_emit(s, start, end, 0);
    return end;
}
