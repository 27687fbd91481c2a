/* encoding_guess.c - a page that names no encoding: which one makes it look most like some language?
 *
 * A stretch of the page is decoded in every candidate encoding. What is counted is how common its letters beyond
 * ASCII are in each language, and what real text hardly ever does: letters of two scripts side by side, runs of accented
 * letters, capitals inside words, control characters. */
#include "page/encoding_guess.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum { SAMPLE_BYTES = 24 * 1024, PLANE = 0x10000, FIRST_CJK = 0x2E80, LAST_LATIN = 0x24F };
enum { PRIOR = 4 }; /* few letters prove little: so many of the best fit are taken for windows-1252 beforehand */

/* What one decoding of the sample shows. */
typedef struct profile {
    uint32_t *counts;   /* of each character of the basic plane */
    uint32_t beyond;    /* characters beyond ASCII */
    uint32_t marks;     /* of these, punctuation that any language may use */
    uint32_t cjk;       /* of these, characters of Chinese, Japanese and Korean */
    uint32_t bad;       /* controls and what the encoding does not have */
    uint32_t foreign_pairs; /* letter beside ASCII letter */
    uint32_t own_pairs;     /* letter beside letter, both beyond ASCII */
    uint32_t inner_capitals; /* capital right behind a small letter */
} profile;

static bool is_mark(uint32_t point)
{
    return (point >= 0x2013 && point <= 0x203A) || point == 0xA0 || point == 0xAB || point == 0xBB || point == 0xA7 ||
           point == 0xA9 || point == 0xAE || point == 0xB0 || point == 0xB7 || point == 0x20AC || point == 0x2116;
}

static void count_point(profile *p, uint32_t before, uint32_t point)
{
    bool letter = dl_utf8_is_letter(point), after_letter = dl_utf8_is_letter(before);
    if (letter && after_letter) {
        if (before < 0x80 && point < 0x80) return;
        if (before >= 0x80 && point >= 0x80) p->own_pairs++;
        else p->foreign_pairs++;
        if (dl_utf8_is_upper(point) && !dl_utf8_is_upper(before)) p->inner_capitals++;
    }
    if (point < 0x80) return;
    p->beyond++;
    if (point < PLANE) p->counts[point]++;
    if (point < 0xA0 || point == 0xFFFD) p->bad++;
    else if (is_mark(point)) p->marks++;
    else if (point >= FIRST_CJK && point < 0xFB00) p->cjk++;
}

static void take_profile(profile *p, dl_str text)
{
    uint32_t *counts = p->counts;
    memset(counts, 0, PLANE * sizeof *counts);
    *p = (profile){.counts = counts};
    uint32_t before = ' ';
    for (size_t at = 0; at < text.len;) {
        uint32_t point = dl_utf8_next(text, &at);
        count_point(p, before, point);
        before = point;
    }
}

/* How well a profile fits a language: a sum over its characters, at best about 3 for each. */
static double fit(const profile *p, dl_str letters)
{
    size_t total = dl_utf8_length(letters), rank = 0, first = 0;
    double sum = 0, listed = 0;
    bool latin = dl_utf8_next(letters, &first) <= LAST_LATIN;
    first = 0;
    bool cjk = dl_utf8_next(letters, &first) >= FIRST_CJK;
    for (size_t at = 0; at < letters.len; rank++) {
        uint32_t point = dl_utf8_next(letters, &at);
        uint32_t capital = (uint32_t)utf8proc_toupper((utf8proc_int32_t)point);
        double weight = cjk ? 8 : 3 - (double)(3 * rank / total) * 0.8;
        uint32_t small = point < PLANE ? p->counts[point] : 0;
        uint32_t large = capital != point && capital < PLANE ? p->counts[capital] : 0;
        sum += weight * small + (weight - 0.8) * large;
        listed += small + large;
    }
    double unlisted = p->beyond - p->marks - listed - (cjk ? p->cjk : 0);
    if (unlisted < 0) unlisted = 0;
    sum += p->marks;
    sum -= 3 * unlisted + 8.0 * p->bad + 2.0 * p->inner_capitals;
    sum -= cjk ? 0 : latin ? 2.0 * p->own_pairs : 2.0 * p->foreign_pairs;
    return sum;
}

/* From the first byte beyond ASCII on. */
static dl_str sample_of(dl_str bytes)
{
    size_t at = 0;
    while (at < bytes.len && (unsigned char)bytes.ptr[at] < 0x80) at++;
    size_t left = bytes.len - at;
    return dl_str_slice(bytes, at, at + (left < SAMPLE_BYTES ? left : SAMPLE_BYTES));
}

static bool lists(dl_str names, dl_str name)
{
    dl_str field;
    while (dl_str_next(&names, ' ', &field))
        if (dl_str_eq(field, name)) return true;
    return false;
}

/* The best fit of any language written in `name`, for each character. */
static double best_fit(const dl_encodings *encodings, const profile *p, dl_str name)
{
    double best = -1e9;
    for (size_t row = 0; row < dl_table_rows(encodings->letters); row++) {
        if (!lists(dl_table_cell(encodings->letters, row, encodings->language_encodings), name)) continue;
        double value = fit(p, dl_table_cell(encodings->letters, row, encodings->language_letters));
        if (value > best) best = value;
    }
    if (dl_str_is(name, "windows-1252")) best += 3 * PRIOR;
    return best / (p->beyond + PRIOR);
}

/* Whether ISO-2022-JP's switch to two-byte letters occurs. */
static bool has_escapes(dl_str bytes)
{
    const char *escape = bytes.len ? memchr(bytes.ptr, 0x1B, bytes.len) : NULL;
    return escape && dl_str_find(bytes, DL_STR("\x1B$B"), (size_t)(escape - bytes.ptr)) != SIZE_MAX;
}

dl_str dl_encoding_guess(const dl_encodings *encodings, dl_str bytes)
{
    static const char *const candidates[] = {
        "windows-1252", "windows-1251", "windows-1250", "windows-1256", "windows-1254", "windows-1253", "windows-1255",
        "windows-1257", "koi8-r",       "koi8-u",       "iso-8859-2",   "shift_jis",    "gbk",          "euc-kr",
        "big5",         "euc-jp",       "windows-874",  "ibm866",       "iso-8859-5",
    };
    dl_str best = DL_STR("windows-1252");
    if (dl_utf8_valid_prefix(bytes) == bytes.len) return has_escapes(bytes) ? DL_STR("iso-2022-jp") : DL_STR("utf-8");
    dl_arena arena;
    dl_arena_init(&arena, 0);
    profile p = {.counts = DL_NEW_ARRAY(&arena, uint32_t, PLANE)};
    double most = -1e9;
    dl_str sample = sample_of(bytes);
    for (size_t i = 0; p.counts && i < sizeof candidates / sizeof *candidates; i++) {
        dl_arena scratch;
        dl_markup text;
        dl_encoding encoding = dl_encoding_named(encodings, dl_str_of(candidates[i]));
        dl_arena_init(&scratch, 0);
        if (dl_encoding_decode(&text, &scratch, sample, &encoding, NULL) == DL_OK) {
            take_profile(&p, text.text);
            double value = best_fit(encodings, &p, encoding.name);
            if (value > most) {
                most = value;
                best = dl_str_of(candidates[i]);
            }
        }
        dl_arena_free(&scratch);
    }
    dl_arena_free(&arena);
    return best;
}
