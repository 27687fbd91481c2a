/* patterns.c - the patterns of data/times, compiled at opening, and their matching by bounded backtracking. */
#include "times/patterns.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/utf8.h"
#include "text/match.h"
#include "times/vocabulary.h"

enum { RULES = 512, ALTERNATIVES = 24, STEPS = 6000, GROUP_DEPTH = 6, LITERAL_WORDS = DL_LITERALS / 64 };

typedef struct alternative {
    int8_t class;     /* -1: a word */
    uint16_t literal;
    char only[10];   /* values allowed, as letters; "" allows all */
} alternative;

typedef struct element {
    bool optional, before, after, negated;
    int32_t group; /* index, -1: none */
    uint8_t count;
    alternative *alternatives;
} element;

typedef struct token_set {
    uint64_t classes;
    uint64_t literals[LITERAL_WORDS];
} token_set;

/* How a pattern may begin: what its first two tokens must be. */
typedef struct beginning {
    token_set first, second;
    bool none, one; /* it may take no token, or just one */
} beginning;

typedef struct pattern {
    element *elements;
    size_t count;
    uint32_t make;
    dl_time_args args;
    beginning begins;
} pattern;

typedef struct group {
    dl_str name;
    pattern *patterns;
    size_t count, capacity;
    beginning begins; /* as any of them */
} group;

/* A set of the first group's patterns. */
typedef struct rule_set {
    uint64_t bits[RULES / 64];
} rule_set;

typedef struct rule_index {
    rule_set by_class[DL_TC_COUNT], by_literal[DL_LITERALS];
} rule_index;

struct dl_time_patterns {
    dl_arena arena;
    dl_vocabulary vocabulary;
    dl_numbers *numbers;
    const dl_table *modifiers, *holidays;
    int modifier_mod, holiday_day;
    DL_VEC(group) groups; /* the first holds what makes times */
    rule_index first, second; /* rules by what their first and second token may be */
    rule_set short_rules;     /* rules that one element may be all of */
};

/* ---- reading patterns ---- */

static bool bad(dl_error *err, size_t row, dl_str what)
{
    dl_fail(err, DL_BAD_DATA, "times/patterns", row, "'%.*s' can't be read", (int)what.len, what.ptr);
    return false;
}

static bool read_class(alternative *out, dl_str name)
{
    size_t colon = dl_str_find(name, DL_STR(":"), 0);
    dl_str only = colon == SIZE_MAX ? (dl_str){0} : dl_str_slice(name, colon + 1, name.len);
    int class_ = dl_time_class_named(dl_str_slice(name, 0, colon == SIZE_MAX ? name.len : colon));
    if (class_ < 0 || only.len >= sizeof out->only) return false;
    out->class = (int8_t)class_;
    if (only.len) memcpy(out->only, only.ptr, only.len);
    return true;
}

static bool read_alternative(dl_time_patterns *p, element *e, dl_str word)
{
    if (e->count == ALTERNATIVES || !word.len) return false;
    alternative *out = &e->alternatives[e->count++];
    *out = (alternative){.class = -1};
    if (word.len > 2 && word.ptr[0] == '<' && word.ptr[word.len - 1] == '>')
        return read_class(out, dl_str_slice(word, 1, word.len - 1));
    out->literal = dl_vocabulary_literal(&p->vocabulary, word);
    return out->literal > 0;
}

static int32_t find_group(const dl_time_patterns *p, dl_str name)
{
    for (size_t i = 1; i < p->groups.count; i++)
        if (dl_str_eq(p->groups.items[i].name, name)) return (int32_t)i;
    return -1;
}

static bool read_element(dl_time_patterns *p, element *e, dl_str word)
{
    alternative list[ALTERNATIVES];
    *e = (element){.group = -1, .alternatives = list};
    if (word.len > 1 && (word.ptr[0] == '^' || word.ptr[0] == '+')) {
        e->before = word.ptr[0] == '^', e->after = !e->before;
        word = dl_str_slice(word, 1, word.len);
        if (word.len > 1 && word.ptr[0] == '!') e->negated = true, word = dl_str_slice(word, 1, word.len);
    }
    if (word.len > 1 && word.ptr[word.len - 1] == '?') e->optional = true, word.len--;
    if (word.len > 1 && word.ptr[0] == '@') return (e->group = find_group(p, word)) > 0;
    dl_str part;
    while (dl_str_next(&word, '|', &part))
        if (!read_alternative(p, e, part)) return false;
    e->alternatives = DL_NEW_ARRAY(&p->arena, alternative, e->count);
    if (e->alternatives) memcpy(e->alternatives, list, e->count * sizeof *list);
    return e->alternatives && e->count > 0;
}

static void read_arg(dl_time_args *args, dl_str name, dl_str value)
{
    bool minus = value.len && value.ptr[0] == '-';
    int64_t number = 0;
    dl_str_number(dl_str_slice(value, minus, value.len), &number);
    int32_t n = (int32_t)(minus ? -number : number);
    if (dl_str_is(name, "shift")) args->shift = n, args->has_shift = true;
    else if (dl_str_is(name, "sign")) args->sign = n;
    else if (dl_str_is(name, "dayref")) args->dayref = n, args->has_dayref = true;
    else if (dl_str_is(name, "n")) args->n = n, args->has_n = true;
    else if (dl_str_is(name, "half")) args->half = n;
    else if (dl_str_is(name, "unit")) args->unit = value.len ? value.ptr[0] : 0;
    else if (dl_str_is(name, "mod")) args->mod = value;
    else if (dl_str_is(name, "ref")) args->ref = value;
}

static dl_time_args read_args(dl_str cell)
{
    dl_time_args args = {0};
    dl_str word;
    while (cell.len && dl_str_next(&cell, ' ', &word)) {
        size_t equals = dl_str_find(word, DL_STR("="), 0);
        if (equals != SIZE_MAX) read_arg(&args, dl_str_slice(word, 0, equals), dl_str_slice(word, equals + 1, word.len));
    }
    return args;
}

static bool read_make(pattern *out, const char *const *makes, dl_str name)
{
    for (out->make = 0; makes[out->make]; out->make++)
        if (dl_str_is(name, makes[out->make])) return true;
    return false;
}

static void join(token_set *to, const token_set *more)
{
    to->classes |= more->classes;
    for (size_t i = 0; i < LITERAL_WORDS; i++) to->literals[i] |= more->literals[i];
}

static void join_beginnings(beginning *to, const beginning *more)
{
    join(&to->first, &more->first);
    join(&to->second, &more->second);
    to->none |= more->none, to->one |= more->one;
}

/* Classes that may go on over several tokens: "twenty-five", "more than", "New Year's Day", "nineteen ninety". What is
 * second to a rule that begins with one of them stands behind these. */
enum { SEVERAL = 4 };
static const dl_time_class several[SEVERAL] = {DL_TC_NUM, DL_TC_APPROX, DL_TC_HOLIDAY, DL_TC_YEAR};
static const uint64_t several_mask = UINT64_C(1) << DL_TC_NUM | UINT64_C(1) << DL_TC_APPROX | UINT64_C(1) << DL_TC_HOLIDAY | UINT64_C(1) << DL_TC_YEAR;

static beginning element_begins(const dl_time_patterns *p, const element *e)
{
    if (e->before || e->after) return (beginning){.none = true};
    beginning out = {.one = true};
    if (e->group > 0) out = p->groups.items[e->group].begins;
    for (size_t j = 0; j < e->count; j++) {
        const alternative *a = &e->alternatives[j];
        if (a->class >= 0) out.first.classes |= UINT64_C(1) << a->class;
        else out.first.literals[a->literal / 64] |= UINT64_C(1) << a->literal % 64;
    }
    out.none |= e->optional;
    return out;
}

/* How the pattern may begin: its elements one behind the other. */
static beginning pattern_begins(const dl_time_patterns *p, const pattern *read)
{
    beginning out = {.none = true};
    for (size_t i = 0; i < read->count; i++) {
        beginning next = element_begins(p, &read->elements[i]);
        if (out.one) join(&out.second, &next.first);
        if (out.none) {
            join(&out.first, &next.first);
            join(&out.second, &next.second);
        }
        out.one = (out.one && next.none) || (out.none && next.one);
        out.none = out.none && next.none;
    }
    return out;
}

static void index_rule(rule_index *index, const token_set *set, size_t rule)
{
    uint64_t bit = UINT64_C(1) << rule % 64;
    for (size_t c = 0; c < DL_TC_COUNT; c++)
        if (set->classes >> c & 1) index->by_class[c].bits[rule / 64] |= bit;
    for (size_t l = 0; l < DL_LITERALS; l++)
        if (set->literals[l / 64] >> l % 64 & 1) index->by_literal[l].bits[rule / 64] |= bit;
}

/* Rules by how they may begin, so that a token tries only those that may match. */
static void index_rules(dl_time_patterns *p)
{
    const group *rules = &p->groups.items[0];
    for (size_t i = 0; i < rules->count; i++) {
        const beginning *begins = &rules->patterns[i].begins;
        index_rule(&p->first, &begins->first, i);
        index_rule(&p->second, &begins->second, i);
        if (begins->one) p->short_rules.bits[i / 64] |= UINT64_C(1) << i % 64;
    }
}

static group *group_for(dl_time_patterns *p, dl_str key)
{
    bool named = key.ptr[0] == '@';
    int32_t at = named ? find_group(p, key) : 0;
    if (at >= 0) return &p->groups.items[at];
    group *new_group = DL_VEC_PUSH(&p->arena, &p->groups);
    if (new_group) *new_group = (group){.name = key};
    return new_group;
}

static dl_status read_pattern(dl_time_patterns *p, const dl_table *table, size_t row, const char *const *makes, dl_error *err)
{
    dl_str key = dl_table_cell(table, row, 0), cell = dl_table_cell(table, row, dl_table_column(table, "pattern"));
    pattern read = {.args = read_args(dl_table_cell(table, row, dl_table_column(table, "args")))};
    dl_str make = dl_table_cell(table, row, dl_table_column(table, "make")), word;
    if (key.ptr[0] != '@' && !read_make(&read, makes, make)) return bad(err, row, make), DL_BAD_DATA;
    element elements[DL_TIME_PIECES];
    while (dl_str_next(&cell, ' ', &word)) {
        if (!word.len) continue;
        if (read.count == DL_TIME_PIECES || !read_element(p, &elements[read.count++], word))
            return bad(err, row, word), DL_BAD_DATA;
    }
    read.elements = DL_NEW_ARRAY(&p->arena, element, read.count);
    if (!read.elements) return dl_fail_memory(err);
    memcpy(read.elements, elements, read.count * sizeof *elements);
    read.begins = pattern_begins(p, &read);
    group *to = group_for(p, key);
    if (!to) return dl_fail_memory(err);
    if (to->count == to->capacity) {
        to->patterns = dl_arena_grow(&p->arena, to->patterns, &to->capacity, sizeof *to->patterns);
        if (!to->patterns) return dl_fail_memory(err);
    }
    if (to->count == RULES) return dl_fail(err, DL_LIMIT, "times/patterns", row, "there are over %d patterns of a kind", RULES);
    to->patterns[to->count++] = read;
    join_beginnings(&to->begins, &read.begins);
    return DL_OK;
}

/* Rows lie sorted by key, so that groups ("@...") come first, in the order of their names; a group may name only groups
 * before it. */
static dl_status read_patterns(dl_time_patterns *p, const dl_lexicon *lexicon, const char *const *makes, dl_error *err)
{
    const dl_table *table;
    dl_status status = dl_lexicon_table(lexicon, "times/patterns", &table, err);
    group *rules = DL_VEC_PUSH(&p->arena, &p->groups);
    if (status == DL_OK && !rules) status = dl_fail_memory(err);
    for (size_t i = 0; status == DL_OK && i < dl_table_rows(table); i++) status = read_pattern(p, table, i, makes, err);
    if (status == DL_OK) index_rules(p);
    return status;
}

dl_status dl_time_patterns_open(dl_time_patterns **out, const dl_lexicon *lexicon, const char *const *makes, dl_error *err)
{
    *out = NULL;
    dl_time_patterns *p = calloc(1, sizeof *p);
    if (!p) return dl_fail_memory(err);
    dl_arena_init(&p->arena, 0);
    dl_status status = dl_numbers_open(&p->numbers, lexicon, err);
    if (status == DL_OK) status = dl_vocabulary_open(&p->vocabulary, lexicon, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "times/modifiers", &p->modifiers, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "times/holidays", &p->holidays, err);
    if (status == DL_OK) status = read_patterns(p, lexicon, makes, err);
    if (status != DL_OK) {
        dl_time_patterns_close(p);
        return status;
    }
    p->modifier_mod = dl_table_column(p->modifiers, "mod");
    p->holiday_day = dl_table_column(p->holidays, "day");
    *out = p;
    return DL_OK;
}

void dl_time_patterns_close(dl_time_patterns *p)
{
    if (!p) return;
    dl_numbers_close(p->numbers);
    dl_vocabulary_close(&p->vocabulary);
    dl_arena_free(&p->arena);
    free(p);
}

/* ---- matching ---- */

/* What was last taken of a class that is costly to take; token 0 is kept as 1. */
typedef struct remembered {
    size_t token, taken;
    dl_time_piece piece;
} remembered;

typedef struct matcher {
    const dl_time_patterns *patterns;
    const dl_text *text;
    size_t start, first, end; /* the token asked about; its sentence */
    size_t steps;
    const dl_time_token *tokens;
    remembered number, approx, holiday;
    dl_time_match now, *best;
} matcher;

typedef struct frame {
    const pattern *pattern;
    size_t at;
    const struct frame *up;
} frame;

/* The norm of a token; of "mid-November", which is one token, that of the second part. */
static dl_str norm_of(const dl_text *text, size_t token)
{
    dl_str norm = text->tokens[token].norm;
    return norm.len > 4 && memcmp(norm.ptr, "mid-", 4) == 0 ? dl_str_slice(norm, 4, norm.len) : norm;
}

const dl_time_token *dl_time_patterns_read(const dl_time_patterns *patterns, dl_arena *arena, const dl_text *text)
{
    dl_time_token *tokens = DL_NEW_ARRAY(arena, dl_time_token, text->token_count + 1);
    for (size_t i = 0; tokens && i < text->token_count; i++) {
        dl_str norm = norm_of(text, i);
        tokens[i].word = dl_vocabulary_find(&patterns->vocabulary, norm, false);
        tokens[i].mask = (tokens[i].word ? tokens[i].word->mask : 0) | dl_digits_mask(norm);
        if (text->tokens[i].upos == DL_VERB && dl_str_is(norm, "last")) tokens[i].mask &= ~(UINT64_C(1) << DL_TC_SHIFT); /* "to last 24 hours" */
    }
    return tokens;
}

static bool is_capital(const matcher *m, size_t token)
{
    size_t at = m->text->tokens[token].span.start;
    if (norm_of(m->text, token).ptr != m->text->tokens[token].norm.ptr) at += 4; /* "mid-" */
    return dl_utf8_is_upper(dl_utf8_next(m->text->text, &at));
}

/* "nineteen ninety-four" */
static size_t take_spoken_year(const matcher *m, size_t token, int32_t century, dl_time_piece *out)
{
    dl_number n;
    if (token + 1 >= m->end || !dl_number_at(m->patterns->numbers, m->text, token + 1, &n)) return 0;
    if (n.core_first != token + 1 || n.digits || n.ordinal || n.value < 10 || n.value > 99) return 0;
    out->value = century * 100 + (int32_t)n.value;
    return 1 + n.core_count;
}

static size_t take_word_class(const matcher *m, size_t token, const alternative *a, dl_time_piece *out)
{
    const dl_time_word *word = m->tokens[token].word;
    for (size_t i = 0; word && i < word->count; i++) {
        const dl_word_class *c = &word->classes[i];
        if (c->class != a->class || (c->capital && !is_capital(m, token))) continue;
        if (a->only[0] && !strchr(a->only, (char)c->value)) continue;
        out->value = c->value;
        out->text = c->text;
        if (c->class == DL_TC_ABBR || c->class == DL_TC_BARE_MONTH) out->class = DL_TC_MONTH;
        return c->class == DL_TC_YEAR ? take_spoken_year(m, token, c->value, out) : 1;
    }
    return 0;
}

static size_t take_number(const matcher *m, size_t token, dl_time_piece *out)
{
    dl_number n;
    if (!dl_number_at(m->patterns->numbers, m->text, token, &n)) return 0;
    if (n.core_first != token || n.none || n.ordinal) return 0;
    if (n.digits && m->text->tokens[token].norm.len == 4 && n.value >= 1900 && n.value < 2100) return 0;
    out->number = n.value;
    out->number_to = n.range.open || n.range.max < n.value ? n.value : (double)n.range.max;
    out->vague = n.vague;
    return n.core_count;
}

static size_t take_phrase(const matcher *m, size_t token, const dl_table *table, int column, dl_time_piece *out)
{
    dl_rows rows;
    size_t count = dl_match_longest(table, m->text, token, false, &rows);
    if (count) out->text = dl_table_cell(table, rows.first, column);
    return count;
}

/* "5.30" is a clock's time only before "pm"; the marks of "5:30" suffice. */
static bool is_clock(const matcher *m, size_t token)
{
    if (!memchr(m->text->tokens[token].norm.ptr, '.', m->text->tokens[token].norm.len)) return true;
    return token + 1 < m->end && m->tokens[token + 1].mask >> DL_TC_AMPM & 1;
}

/* The hyphen of "2000-strong", not the dash of "in 2014 - a year of war". */
static bool is_glued(const matcher *m, size_t token)
{
    const dl_token *t = &m->text->tokens[token];
    return token > m->first && t[-1].span.end == t->span.start && token + 1 < m->end && t[1].span.start == t->span.end;
}

static size_t take_costly(matcher *m, size_t token, int class_, dl_time_piece *out)
{
    remembered *last = class_ == DL_TC_NUM ? &m->number : class_ == DL_TC_APPROX ? &m->approx : &m->holiday;
    if (last->token != token + 1) {
        last->token = token + 1;
        last->piece = *out;
        if (class_ == DL_TC_NUM) last->taken = take_number(m, token, &last->piece);
        else if (class_ == DL_TC_APPROX)
            last->taken = take_phrase(m, token, m->patterns->modifiers, m->patterns->modifier_mod, &last->piece);
        else
            last->taken = is_capital(m, token) ? take_phrase(m, token, m->patterns->holidays, m->patterns->holiday_day, &last->piece) : 0;
    }
    *out = last->piece;
    return last->taken;
}

/* Tokens that the alternative takes at `token`; 0: none. */
static size_t take(matcher *m, size_t token, const alternative *a, dl_time_piece *out)
{
    const dl_time_token *at = &m->tokens[token];
    if (a->class < 0) return at->word && at->word->literal == a->literal;
    if (!(at->mask >> a->class & 1)) return 0;
    *out = (dl_time_piece){.class = (uint8_t)a->class, .token = (uint32_t)token};
    dl_str norm = norm_of(m->text, token);
    unsigned char first = (unsigned char)norm.ptr[0];
    out->mid = norm.ptr != m->text->tokens[token].norm.ptr;
    if (a->class == DL_TC_HYPHEN) return is_glued(m, token);
    if (a->class == DL_TC_NUM || a->class == DL_TC_APPROX || a->class == DL_TC_HOLIDAY) return take_costly(m, token, a->class, out);
    if (!dl_ascii_digit(first) && first != '\'') return take_word_class(m, token, a, out);
    if (!dl_digits_are((dl_time_class)a->class, norm, &out->value)) return take_word_class(m, token, a, out);
    out->text = norm;
    return a->class != DL_TC_CLOCK || is_clock(m, token);
}

static bool is_in(const matcher *m, const token_set *set, size_t token)
{
    const dl_time_word *word = m->tokens[token].word;
    if (m->tokens[token].mask & set->classes) return true;
    return word && word->literal && (set->literals[word->literal / 64] >> word->literal % 64 & 1);
}

static bool may_start(const matcher *m, const beginning *begins, size_t token)
{
    if (!is_in(m, &begins->first, token)) return false;
    if (begins->one || (m->tokens[token].mask & begins->first.classes & several_mask)) return true;
    return token + 1 < m->end && is_in(m, &begins->second, token + 1);
}

static bool looks_like(matcher *m, const element *e, size_t token, bool exists)
{
    dl_time_piece piece;
    for (size_t i = 0; exists && i < e->count; i++)
        if (take(m, token, &e->alternatives[i], &piece)) return true;
    return false;
}

static void record(matcher *m, const pattern *top, size_t token)
{
    size_t count = token - m->start;
    if (count <= m->best->count) return;
    memcpy(m->best->pieces, m->now.pieces, m->now.piece_count * sizeof *m->now.pieces);
    m->best->piece_count = m->now.piece_count;
    m->best->count = count;
    m->best->make = top->make;
    m->best->args = &top->args;
}

static void go(matcher *m, const frame *f, size_t token);

static void go_into_group(matcher *m, const frame *f, size_t token, const group *g)
{
    if (token >= m->end || !may_start(m, &g->begins, token)) return;
    for (size_t i = 0; i < g->count; i++) {
        if (!may_start(m, &g->patterns[i].begins, token)) continue;
        frame inner = {&g->patterns[i], 0, f};
        go(m, &inner, token);
    }
}

static void go_over_element(matcher *m, const frame *f, size_t token, const element *e, const frame *next)
{
    if (e->group > 0) {
        go_into_group(m, f, token, &m->patterns->groups.items[e->group]);
        return;
    }
    if (token >= m->end) return;
    const dl_time_token *at = &m->tokens[token];
    for (size_t i = 0; i < e->count; i++) {
        const alternative *a = &e->alternatives[i];
        if (a->class < 0 ? !at->word || at->word->literal != a->literal : !(at->mask >> a->class & 1)) continue;
        dl_time_piece piece;
        size_t taken = a->class < 0 ? 1 : take(m, token, a, &piece);
        if (!taken) continue;
        size_t before = m->now.piece_count;
        if (a->class >= 0) {
            if (before == DL_TIME_PIECES) continue;
            m->now.pieces[m->now.piece_count++] = piece;
        }
        go(m, next, token + taken);
        m->now.piece_count = before;
    }
}

static void go(matcher *m, const frame *f, size_t token)
{
    if (m->steps++ > STEPS) return;
    if (f->at == f->pattern->count) {
        if (!f->up) {
            record(m, f->pattern, token);
            return;
        }
        frame after = {f->up->pattern, f->up->at + 1, f->up->up};
        go(m, &after, token);
        return;
    }
    const element *e = &f->pattern->elements[f->at];
    frame next = {f->pattern, f->at + 1, f->up};
    if (e->before || e->after) {
        bool exists = e->before ? m->start > m->first : token < m->end;
        if (looks_like(m, e, e->before ? m->start - 1 : token, exists) != e->negated) go(m, &next, token);
        return;
    }
    go_over_element(m, f, token, e, &next);
    if (e->optional) go(m, &next, token);
}

/* Adds the rules that a token fits by its word or by one of the classes of `mask`. */
static void add_rules(const rule_index *index, const dl_time_token *token, uint64_t mask, rule_set *out)
{
    const dl_time_word *word = token->word;
    for (size_t i = 0; word && word->literal && i < RULES / 64; i++) out->bits[i] |= index->by_literal[word->literal].bits[i];
    for (size_t c = 0; mask; c++, mask >>= 1)
        for (size_t i = 0; mask & 1 && i < RULES / 64; i++) out->bits[i] |= index->by_class[c].bits[i];
}

/* The rules of `first` that may go on with `token`, or end before it. */
static void keep_rules(const matcher *m, size_t token, rule_set *first)
{
    rule_set second = m->patterns->short_rules;
    if (token < m->end) add_rules(&m->patterns->second, &m->tokens[token], m->tokens[token].mask, &second);
    for (size_t i = 0; i < RULES / 64; i++) first->bits[i] &= second.bits[i];
}

/* The rules that may match by their first element and what stands behind it; false: none. */
static bool find_rules(matcher *m, rule_set *out)
{
    const dl_time_patterns *p = m->patterns;
    const dl_time_token *start = &m->tokens[m->start];
    uint64_t any = 0;
    *out = (rule_set){{0}};
    add_rules(&p->first, start, start->mask & ~several_mask, out);
    keep_rules(m, m->start + 1, out);
    for (size_t c = 0; c < SEVERAL; c++) {
        const alternative whole = {.class = (int8_t)several[c]};
        dl_time_piece piece;
        size_t taken = take(m, m->start, &whole, &piece);
        if (!taken) continue;
        rule_set begun = p->first.by_class[several[c]];
        keep_rules(m, m->start + taken, &begun);
        for (size_t i = 0; i < RULES / 64; i++) out->bits[i] |= begun.bits[i];
    }
    for (size_t i = 0; i < RULES / 64; i++) any |= out->bits[i];
    return any != 0;
}

static void try_rules(matcher *m, const rule_set *may)
{
    const group *rules = &m->patterns->groups.items[0];
    for (size_t i = 0; i < rules->count; i++) {
        if (!may->bits[i / 64]) i |= 63; /* on to the next word */
        else if (may->bits[i / 64] >> i % 64 & 1) {
            frame top = {&rules->patterns[i], 0, NULL};
            m->now.piece_count = 0;
            m->steps = 0;
            go(m, &top, m->start);
        }
    }
}

void dl_time_patterns_match(const dl_time_patterns *patterns, const dl_text *text, const dl_time_token *tokens, size_t token,
                            dl_time_match *out)
{
    out->count = 0;
    if (!tokens[token].mask && !(tokens[token].word && tokens[token].word->literal)) return;
    const dl_sentence *sentence = &text->sentences[text->tokens[token].sentence];
    rule_set may;
    matcher m; /* what was matched is filled as it is found */
    m.patterns = patterns, m.text = text, m.tokens = tokens, m.start = token, m.best = out;
    m.first = sentence->first, m.end = (size_t)sentence->first + sentence->count;
    m.number.token = m.approx.token = m.holiday.token = 0;
    if (find_rules(&m, &may)) try_rules(&m, &may);
}

bool dl_time_patterns_word(const dl_time_patterns *patterns, dl_str norm, dl_time_class class_, int32_t *value)
{
    const dl_time_word *word = dl_vocabulary_find(&patterns->vocabulary, norm, false);
    for (size_t i = 0; word && i < word->count; i++) {
        if (word->classes[i].class != class_) continue;
        *value = word->classes[i].value;
        return true;
    }
    return false;
}

const dl_time_piece *dl_time_piece_of(const dl_time_match *match, dl_time_class class_, size_t nth)
{
    for (size_t i = 0; i < match->piece_count; i++)
        if (match->pieces[i].class == class_ && nth-- == 0) return &match->pieces[i];
    return NULL;
}
