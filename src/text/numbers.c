/* numbers.c - counts in digits and words, as ranges.
 *
 * modifier* core (("to" | "-" | "or" | "and" after "between") core)? modifier?
 * A core is digits with a scale word ("1.2 million") or number words put together by the usual rules of English. */
#include "text/numbers.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "text/match.h"

struct dl_numbers {
    const dl_table *words, *modifiers;
    int kind, value, ordinal, open, of;
    int modifier_kind, modifier_place;
};

static const double LARGEST = 1e15;

typedef struct core {
    size_t next;  /* token behind it */
    double value;
    double scale; /* last scale word, 1 without */
    bool ordinal, open, vague, none, digits;
} core;

typedef struct reader {
    const dl_numbers *numbers;
    const dl_text *text;
    size_t end; /* of the sentence */
} reader;

/* A number word as the table tells it. */
typedef struct word {
    size_t count;
    dl_str kind;
    double value, of;
    bool ordinal, open;
} word;

dl_status dl_numbers_open(dl_numbers **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = NULL;
    dl_numbers *numbers = calloc(1, sizeof *numbers);
    if (!numbers) return dl_fail_memory(err);
    dl_status status = dl_lexicon_table(lexicon, "text/numbers", &numbers->words, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "text/number_modifiers", &numbers->modifiers, err);
    if (status != DL_OK) {
        dl_numbers_close(numbers);
        return status;
    }
    numbers->kind = dl_table_column(numbers->words, "kind");
    numbers->value = dl_table_column(numbers->words, "value");
    numbers->ordinal = dl_table_column(numbers->words, "ordinal");
    numbers->open = dl_table_column(numbers->words, "open");
    numbers->of = dl_table_column(numbers->words, "of");
    numbers->modifier_kind = dl_table_column(numbers->modifiers, "kind");
    numbers->modifier_place = dl_table_column(numbers->modifiers, "place");
    *out = numbers;
    return DL_OK;
}

void dl_numbers_close(dl_numbers *numbers)
{
    free(numbers);
}

/* ---- words ---- */

static bool is(const reader *r, size_t token, const char *norm)
{
    return token < r->end && dl_str_is(r->text->tokens[token].norm, norm);
}

static bool tight(const reader *r, size_t token) /* nothing between this token and the next */
{
    return token + 1 < r->end && !(r->text->tokens[token].flags & DL_TOKEN_SPACE_AFTER);
}

static double number_cell(const dl_table *table, size_t row, int column)
{
    int64_t value = 0;
    return dl_str_number(dl_table_cell(table, row, column), &value) ? (double)value : 0;
}

static bool word_at(const reader *r, size_t token, word *out)
{
    dl_rows rows;
    const dl_numbers *n = r->numbers;
    if (token >= r->end) return false;
    *out = (word){.count = dl_match_longest(n->words, r->text, token, false, &rows)};
    if (!out->count) return false;
    out->kind = dl_table_cell(n->words, rows.first, n->kind);
    out->value = number_cell(n->words, rows.first, n->value);
    out->of = number_cell(n->words, rows.first, n->of);
    out->ordinal = dl_table_cell(n->words, rows.first, n->ordinal).len > 0;
    out->open = dl_table_cell(n->words, rows.first, n->open).len > 0;
    return true;
}

static bool is_kind(const word *w, const char *kind)
{
    return dl_str_is(w->kind, kind);
}

/* hundred, thousand ..., dozen: what a number before it is multiplied by. */
static bool multiplies(const word *w)
{
    return is_kind(w, "hundred") || is_kind(w, "scale") || is_kind(w, "dozen");
}

/* ---- digits ---- */

/* "1,200", "3.5", "22nd"; false for times, dates and names with digits. */
static bool read_digits(dl_str norm, double *value, bool *ordinal)
{
    double whole = 0, unit = 1;
    bool point = false;
    size_t i = 0;
    for (; i < norm.len; i++) {
        char c = norm.ptr[i];
        if (c == ',' && !point) continue;
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (!dl_ascii_digit((unsigned char)c)) break;
        if (point) whole += (c - '0') * (unit /= 10);
        else whole = whole * 10 + (c - '0');
        if (whole > LARGEST) return false;
    }
    dl_str tail = dl_str_slice(norm, i, norm.len);
    *ordinal = dl_str_is(tail, "st") || dl_str_is(tail, "nd") || dl_str_is(tail, "rd") || dl_str_is(tail, "th");
    *value = whole;
    return i > 0 && dl_ascii_digit((unsigned char)norm.ptr[i - 1]) && (!tail.len || *ordinal);
}

static bool digits_core(const reader *r, size_t token, core *out)
{
    *out = (core){.next = token + 1, .scale = 1, .digits = true};
    if (!read_digits(r->text->tokens[token].norm, &out->value, &out->ordinal)) return false;
    if (!out->ordinal && out->value > 0 && r->text->tokens[token].norm.len <= 3 && is(r, token + 1, "000")) out->value *= 1000, out->next++; /* "2 000" */
    word w;
    if (out->ordinal || !word_at(r, out->next, &w)) return true;
    bool suffix = is_kind(&w, "suffix") && tight(r, token);
    if ((!suffix && (!multiplies(&w) || w.count > 1)) || w.ordinal) return true;
    out->value *= w.value;
    out->scale = w.value;
    out->next += w.count;
    return true;
}

/* ---- number words put together ---- */

/* Whether a digit, teen or tens word may be added to `current`: "twenty" + "five", not "five" + "five". */
static bool has_room(const word *w, double current)
{
    long below = (long)fmod(current, 100);
    return is_kind(w, "digit") ? w->value > 0 && below % 10 == 0 && below != 10 : below == 0;
}

typedef struct sum {
    double total, current, scale; /* scale: the last one added, LARGEST at first */
    size_t words;
} sum;

static bool add(sum *to, const word *w)
{
    if (is_kind(w, "digit") || is_kind(w, "teen") || is_kind(w, "tens")) {
        if (to->words && !has_room(w, to->current)) return false;
        to->current += w->value;
    } else if (is_kind(w, "hundred") || is_kind(w, "dozen")) {
        if (to->current >= 100 || (to->words && to->current == 0)) return false;
        to->current = (to->current > 0 ? to->current : 1) * w->value;
    } else if (is_kind(w, "scale")) {
        if (w->value >= to->scale || (to->words && to->current == 0)) return false;
        to->total += (to->current > 0 ? to->current : 1) * w->value;
        to->current = 0;
        to->scale = w->value;
    } else {
        return false;
    }
    to->words++;
    return true;
}

/* Skips what may stand between two number words: a hyphen, or "and" after a hundred or thousand. */
static size_t skip_joint(const reader *r, size_t token, const sum *so_far)
{
    if (is(r, token, "-") && tight(r, token - 1) && tight(r, token)) return token + 1;
    if (is(r, token, "and") && (so_far->current >= 100 || (so_far->current == 0 && so_far->total > 0))) return token + 1;
    return token;
}

static bool words_core(const reader *r, size_t token, core *out)
{
    sum so_far = {.scale = LARGEST};
    word w;
    *out = (core){.next = token, .scale = 1};
    for (size_t at = token; word_at(r, at, &w); at = skip_joint(r, out->next, &so_far)) {
        if (at > token && w.count > 1 && is(r, at, "a")) break; /* "twenty a hundred" */
        if (!add(&so_far, &w)) break;
        out->next = at + w.count;
        out->ordinal = w.ordinal;
        if (multiplies(&w)) out->scale = w.value;
        if (w.ordinal || is_kind(&w, "dozen")) break;
    }
    out->value = so_far.total + so_far.current;
    return so_far.words > 0 && out->value <= LARGEST;
}

/* "dozens", "tens of thousands", "several hundred", "half a dozen", "no". */
static bool whole_core(const reader *r, size_t token, const word *first, core *out)
{
    bool vague = is_kind(first, "vague");
    *out = (core){.next = token + first->count, .value = first->value, .scale = 1, .open = first->open, .vague = vague,
                  .none = is_kind(first, "none")};
    if (out->none) return true;
    word next;
    size_t at = out->next + is(r, out->next, "of");
    if (!word_at(r, at, &next)) return true;
    if (at > out->next && next.of > 0) {
        out->value *= next.of;
    } else if (multiplies(&next) && !next.ordinal && next.count == 1) {
        out->value = 2 * next.value;
    } else {
        return true;
    }
    out->next = at + next.count;
    return true;
}

static bool core_at(const reader *r, size_t token, core *out)
{
    if (token >= r->end) return false;
    unsigned char byte = (unsigned char)r->text->tokens[token].norm.ptr[0];
    if (dl_ascii_digit(byte) || byte == '.') return digits_core(r, token, out);
    word w;
    if (!word_at(r, token, &w) || is_kind(&w, "suffix")) return false;
    return is_kind(&w, "vague") || is_kind(&w, "fixed") || is_kind(&w, "none") ? whole_core(r, token, &w, out)
                                                                            : words_core(r, token, out);
}

/* "two and a half" */
static void add_half(const reader *r, core *to)
{
    if (!is(r, to->next, "and") || !is(r, to->next + 1, "a") || to->vague || to->ordinal || to->value > 1000) return;
    double part = is(r, to->next + 2, "half") ? 0.5 : is(r, to->next + 2, "quarter") ? 0.25 : 0;
    if (part == 0) return;
    to->value += part;
    to->next += 3;
}

/* ---- ranges and modifiers ---- */

/* "five to seven", "5-7", "five or six", "between 5 and 7"; *upper is the second number. */
static bool range_at(const reader *r, size_t token, core *lower, core *upper)
{
    size_t at = lower->next;
    bool between = token > 0 && dl_str_is(r->text->tokens[token - 1].norm, "between");
    bool from = token > 0 && dl_str_is(r->text->tokens[token - 1].norm, "from");
    bool dash = is(r, at, "-") && (tight(r, at - 1) || tight(r, at)); /* not "June 3 - Fourteen people" */
    bool joint = (is(r, at, "to") && !from) || is(r, at, "or") || dash || (between && is(r, at, "and"));
    if (!joint || lower->ordinal || lower->vague || lower->none || !core_at(r, at + 1, upper)) return false;
    if (upper->ordinal || upper->vague || upper->none) return false;
    if (lower->scale == 1 && upper->scale > 1 && lower->value < 1000 && lower->digits == upper->digits)
        lower->value *= upper->scale;
    return upper->value > lower->value;
}

/* Tokens of the modifier at `token` that stands in `place`; its kind. */
static size_t modifier_at(const reader *r, size_t token, const char *place, dl_str *kind)
{
    dl_rows rows;
    const dl_numbers *n = r->numbers;
    if (token >= r->end) return 0;
    size_t count = dl_match_longest(n->modifiers, r->text, token, false, &rows);
    for (uint32_t i = rows.first; count && i < rows.first + rows.count; i++) {
        if (!dl_str_is(dl_table_cell(n->modifiers, i, n->modifier_place), place)) continue;
        *kind = dl_table_cell(n->modifiers, i, n->modifier_kind);
        return count;
    }
    return 0;
}

static void widen(dl_number *to, dl_str kind)
{
    dl_range *range = &to->range;
    if (dl_str_is(kind, "about")) {
        to->approx = true;
    } else if (dl_str_is(kind, "at least") || dl_str_is(kind, "above")) {
        range->min += dl_str_is(kind, "above") && !to->vague;
        range->max = range->min;
        range->open = true;
    } else if (dl_str_is(kind, "at most") || dl_str_is(kind, "below")) {
        range->max -= dl_str_is(kind, "below") && range->max > 0;
        range->min = 0;
        range->open = false;
    }
}

static void fill(dl_number *out, size_t first, const core *lower, const core *upper)
{
    const core *top = upper ? upper : lower;
    *out = (dl_number){.core_first = first, .core_count = top->next - first, .value = lower->value, .vague = lower->vague,
                       .ordinal = lower->ordinal, .none = lower->none, .digits = lower->digits};
    out->fraction = lower->value != floor(lower->value);
    out->range = (dl_range){.known = true, .open = lower->open, .min = (int64_t)lower->value, .max = (int64_t)top->value};
}

bool dl_number_at(const dl_numbers *numbers, const dl_text *text, size_t token, dl_number *out)
{
    if (token >= text->token_count) return false;
    const dl_sentence *sentence = &text->sentences[text->tokens[token].sentence];
    reader r = {numbers, text, (size_t)sentence->first + sentence->count};
    dl_str kinds[4];
    size_t at = token, before = 0, len;
    while (before < 3 && (len = modifier_at(&r, at, "before", &kinds[before])) > 0) at += len, before++;
    core lower, upper;
    if (!core_at(&r, at, &lower) || (before && (lower.none || lower.ordinal))) return false;
    if (!lower.none && !lower.open) add_half(&r, &lower);
    bool range = range_at(&r, at, &lower, &upper);
    fill(out, at, &lower, range ? &upper : NULL);
    size_t end = out->core_first + out->core_count;
    for (size_t i = before; i-- > 0;) widen(out, kinds[i]);
    len = lower.none || lower.ordinal ? 0 : modifier_at(&r, end, "after", &kinds[3]);
    if (len) widen(out, kinds[3]);
    else if (is(&r, end, "-") && is(&r, end + 1, "odd")) len = 2, out->approx = true;
    out->count = end + len - token;
    return true;
}
