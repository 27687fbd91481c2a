/* vocabulary.c - the words that patterns know, in a hash table made at opening, and the classes of digit tokens. */
#include "times/vocabulary.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"

static const char *const class_names[DL_TC_COUNT] = {
    "month", "bare_month", "weekday", "weekdays", "unit", "units", "part", "parts", "moment", "season", "seasons", "fall",
    "shift", "mod", "edge", "approx", "ampm", "zone", "num", "ord", "year", "yy", "decade", "day", "hour", "clock", "mil",
    "iso", "slash", "holiday", "dayref", "long", "freq", "ref", "future", "past", "qn", "abbr", "two", "plan", "hyphen", "defer", "timetable", "car", "sum"};

int dl_time_class_named(dl_str name)
{
    for (int i = 0; i < DL_TC_COUNT; i++)
        if (dl_str_is(name, class_names[i])) return i;
    return -1;
}

/* ---- the table ---- */

dl_time_word *dl_vocabulary_find(const dl_vocabulary *v, dl_str norm, bool add)
{
    if (!norm.len) return NULL;
    for (size_t at = dl_hash(norm.ptr, norm.len, 0) & v->mask;; at = (at + 1) & v->mask) {
        dl_time_word *word = &v->slots[at];
        if (v->taken[at] && dl_str_eq(word->norm, norm)) return word;
        if (v->taken[at]) continue;
        if (!add) return NULL;
        word->norm = norm;
        v->taken[at] = 1;
        return word;
    }
}

uint16_t dl_vocabulary_literal(dl_vocabulary *v, dl_str norm)
{
    dl_time_word *word = dl_vocabulary_find(v, norm, true);
    if (!word->literal && v->literals + 1 < DL_LITERALS) word->literal = ++v->literals;
    return word->literal;
}

static void add_class(dl_time_word *word, dl_word_class class_)
{
    if (word->count < DL_WORD_CLASSES) word->classes[word->count++] = class_;
    word->mask |= UINT64_C(1) << class_.class;
}

/* A value cell: a number, a unit's letter, or else its text alone. */
static int32_t cell_value(dl_str cell)
{
    bool minus = cell.len && cell.ptr[0] == '-';
    int64_t value = 0;
    if (dl_str_number(dl_str_slice(cell, minus, cell.len), &value) && value < 1000000) return (int32_t)(minus ? -value : value);
    return cell.len ? cell.ptr[0] : 0;
}

static dl_status read_words(dl_vocabulary *v, const dl_table *table, dl_error *err)
{
    int class_column = dl_table_column(table, "class"), value_column = dl_table_column(table, "value");
    for (size_t i = 0; i < dl_table_rows(table); i++) {
        dl_str key = dl_table_cell(table, i, 0), name = dl_table_cell(table, i, class_column);
        dl_str value = dl_table_cell(table, i, value_column);
        bool capital = dl_str_ends(name, "?");
        int class_ = dl_time_class_named(dl_str_slice(name, 0, name.len - capital));
        if (class_ < 0)
            return dl_fail(err, DL_BAD_DATA, "times/words", i, "'%.*s' is no class", (int)name.len, name.ptr);
        dl_time_word *word = dl_vocabulary_find(v, key, true);
        add_class(word, (dl_word_class){(uint8_t)class_, capital, cell_value(value), value});
        if (class_ == DL_TC_MONTH && !capital) add_class(word, (dl_word_class){DL_TC_BARE_MONTH, false, cell_value(value), value});
    }
    return DL_OK;
}

/* Notes that a phrase of `table` may begin with these words. */
static void note_first_words(dl_vocabulary *v, const dl_table *table, dl_time_class class_)
{
    for (size_t i = 0; i < dl_table_rows(table); i++) {
        dl_str key = dl_table_cell(table, i, 0);
        size_t len = 0;
        while (len < key.len && key.ptr[len] != ' ' && key.ptr[len] != '-') len++;
        if (len > 2 && dl_str_ends(dl_str_slice(key, 0, len), "'s")) len -= 2; /* a word of its own */
        dl_vocabulary_find(v, dl_str_slice(key, 0, len), true)->mask |= UINT64_C(1) << class_;
    }
}

dl_status dl_vocabulary_open(dl_vocabulary *out, const dl_lexicon *lexicon, dl_error *err)
{
    const dl_table *words, *numbers, *modifiers, *holidays;
    *out = (dl_vocabulary){0};
    dl_status status = dl_lexicon_table(lexicon, "times/words", &words, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "text/numbers", &numbers, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "times/modifiers", &modifiers, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "times/holidays", &holidays, err);
    if (status != DL_OK) return status;
    size_t rows = dl_table_rows(words) + dl_table_rows(numbers) + dl_table_rows(modifiers) + dl_table_rows(holidays);
    size_t size = 64;
    while (size < 2 * (rows + DL_LITERALS)) size *= 2;
    out->slots = calloc(size, sizeof *out->slots);
    out->taken = calloc(size, 1);
    if (!out->slots || !out->taken) return dl_fail_memory(err);
    out->mask = size - 1;
    note_first_words(out, numbers, DL_TC_NUM);
    note_first_words(out, modifiers, DL_TC_APPROX);
    note_first_words(out, holidays, DL_TC_HOLIDAY);
    return read_words(out, words, err);
}

void dl_vocabulary_close(dl_vocabulary *v)
{
    free(v->slots);
    free(v->taken);
    v->slots = NULL, v->taken = NULL;
}

/* ---- tokens with digits ---- */

/* Reads up to nine digits at *at. */
static bool take(dl_str str, size_t *at, int32_t *value)
{
    size_t start = *at;
    *value = 0;
    while (*at < str.len && dl_ascii_digit((unsigned char)str.ptr[*at]) && *at - start < 9)
        *value = *value * 10 + str.ptr[(*at)++] - '0';
    return *at > start;
}

static bool is_small(dl_str norm, int32_t most, int32_t *value, dl_str *tail)
{
    size_t at = 0;
    if (!take(norm, &at, value) || at > 2 || *value < 1 || *value > most) return false;
    *tail = dl_str_slice(norm, at, norm.len);
    return true;
}

static bool is_ordinal_tail(dl_str tail)
{
    return dl_str_is(tail, "st") || dl_str_is(tail, "nd") || dl_str_is(tail, "rd") || dl_str_is(tail, "th");
}

/* "09:30", "9:30:15", "5.30"; minutes of the day. */
static bool is_clock(dl_str norm, int32_t *value)
{
    size_t at = 0;
    int32_t hour, minute, second;
    if (!take(norm, &at, &hour) || at > 2 || at >= norm.len || hour > 24) return false;
    char mark = norm.ptr[at++];
    size_t start = at;
    if ((mark != ':' && mark != '.') || !take(norm, &at, &minute) || at - start != 2 || minute > 59) return false;
    *value = hour * 60 + minute;
    if (at == norm.len) return true;
    return mark == ':' && norm.ptr[at] == ':' && ++at < norm.len && take(norm, &at, &second) && at == norm.len && second < 61;
}

static bool is_decade(dl_str norm, int32_t *value)
{
    size_t start = norm.len && norm.ptr[0] == '\'', at = start;
    if (!take(norm, &at, value) || *value % 10 || (at - start != 4 && at - start != 2)) return false;
    dl_str tail = dl_str_slice(norm, at, norm.len);
    if (!dl_str_is(tail, "s") && !dl_str_is(tail, "'s")) return false;
    *value = at - start == 2 ? 190 + *value / 10 : *value / 10;
    return at - start == 2 ? *value >= 192 : *value >= 100 && *value < 215;
}

/* "2013", and the "2013's" that is one token. */
static bool is_year(dl_str norm, int32_t *value)
{
    size_t at = 0;
    if (!take(norm, &at, value) || at != 4 || *value < 1500 || *value >= 2150) return false;
    return norm.len == 4 || dl_str_is(dl_str_slice(norm, 4, norm.len), "'s");
}

static bool is_iso(dl_str norm)
{
    dl_date date;
    return norm.len == 10 && dl_date_parse_iso(norm, &date);
}

static bool is_slash(dl_str norm)
{
    size_t at = 0, groups = 0;
    int32_t value;
    char mark = 0;
    for (; at < norm.len && groups < 4; groups++) {
        if (groups && (norm.ptr[at] != '/' && norm.ptr[at] != '.' && norm.ptr[at] != '-')) return false;
        if (groups && mark && norm.ptr[at] != mark) return false;
        if (groups) mark = norm.ptr[at++];
        if (!take(norm, &at, &value)) return false;
    }
    return at == norm.len && (groups == 3 || (groups == 2 && dl_str_is(norm, "9/11")));
}

bool dl_digits_are(dl_time_class class_, dl_str norm, int32_t *value)
{
    dl_str tail = {0};
    size_t at = 0;
    *value = 0;
    switch (class_) {
    case DL_TC_DAY: return is_small(norm, 31, value, &tail) && (!tail.len || is_ordinal_tail(tail));
    case DL_TC_ORD: return is_small(norm, 31, value, &tail) && is_ordinal_tail(tail);
    case DL_TC_HOUR: return is_small(norm, 24, value, &tail) && !tail.len;
    case DL_TC_CLOCK: return is_clock(norm, value);
    case DL_TC_MIL: return norm.len == 4 && take(norm, &at, value) && at == 4 && *value < 2400 && *value % 100 < 60;
    case DL_TC_YEAR: return is_year(norm, value);
    case DL_TC_TWO: return norm.len == 2 && take(norm, &at, value) && at == 2;
    case DL_TC_YY:
        at = 1;
        if (norm.len != 3 || norm.ptr[0] != '\'' || !take(norm, &at, value) || at != 3) return false;
        *value += *value < 40 ? 2000 : 1900;
        return true;
    case DL_TC_DECADE: return is_decade(norm, value);
    case DL_TC_ISO: return is_iso(norm);
    case DL_TC_SLASH: return is_slash(norm) && !is_iso(norm);
    default: return false;
    }
}

uint64_t dl_digits_mask(dl_str norm)
{
    static const dl_time_class classes[] = {DL_TC_DAY,  DL_TC_ORD, DL_TC_HOUR,   DL_TC_CLOCK, DL_TC_MIL,
                                            DL_TC_YEAR, DL_TC_YY,  DL_TC_DECADE, DL_TC_ISO,   DL_TC_SLASH, DL_TC_TWO};
    unsigned char first = norm.len ? (unsigned char)norm.ptr[0] : 0;
    if (!dl_ascii_digit(first) && first != '\'') return 0;
    uint64_t mask = first == '\'' ? 0 : UINT64_C(1) << DL_TC_NUM;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        int32_t value;
        if (dl_digits_are(classes[i], norm, &value)) mask |= UINT64_C(1) << classes[i];
    }
    return mask;
}
