/* times.c - the times room: finds time expressions sentence by sentence and gives them values. */
#include "times/times.h"

#include <stdlib.h>

#include "base/error.h"
#include "times/calendar.h"
#include "times/values.h"

struct dl_times_data {
    dl_time_patterns *patterns;
};

typedef DL_VEC(dl_time) time_vec;

dl_status dl_times_open(dl_times_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = NULL;
    dl_times_data *data = calloc(1, sizeof *data);
    if (!data) return dl_fail_memory(err);
    dl_status status = dl_time_patterns_open(&data->patterns, lexicon, dl_time_makes, err);
    if (status != DL_OK) {
        dl_times_close(data);
        return status;
    }
    *out = data;
    return DL_OK;
}

void dl_times_close(dl_times_data *data)
{
    if (!data) return;
    dl_time_patterns_close(data->patterns);
    free(data);
}

/* "the nine months", "for the year": longer than the quarter that was talked about. */
static bool is_long(const dl_time_match *match, const dl_time *time)
{
    const dl_time_piece *number = dl_time_piece_of(match, DL_TC_NUM, 0), *unit = dl_time_piece_of(match, DL_TC_UNITS, 0);
    if (!unit) unit = dl_time_piece_of(match, DL_TC_UNIT, 0);
    if (!unit || (time->type != DL_TIME_DATE && time->type != DL_TIME_DURATION)) return false;
    if (unit->value == 'M') return number && !number->vague && number->number >= 6 && number->number <= 12;
    return unit->value == 'Y' && (match->make == DL_MAKE_THE || (match->make == DL_MAKE_DURATION && match->args->has_n));
}

/* Of a company's quarter, which may be over though the calendar's is not: only what is told as to come. */
static bool is_ahead(const dl_time_context *context, const dl_time *time)
{
    int32_t today = dl_date_to_days(context->published);
    return dl_date_to_days(time->from) > today || (dl_date_to_days(time->to) > today && context->tense == DL_TENSE_FUTURE);
}

/* What later expressions are told from. */
static void remember(dl_time_context *context, const dl_time_match *match, const dl_time *time)
{
    const dl_time_piece *year = dl_time_piece_of(match, DL_TC_YEAR, 0);
    if (year) context->last_year = year->value, context->year_sentence = context->sentence;
    bool ahead = context->published.year && time->from.year && is_ahead(context, time);
    bool earlier = match->make == DL_MAKE_YEARAGO || (match->make == DL_MAKE_SHIFT && !dl_time_piece_of(match, DL_TC_ORD, 0) && context->sum);
    if (time->value.len == 7 && time->value.ptr[5] == 'Q' && time->from.year && !ahead && !earlier) {
        context->last_quarter = time->value.ptr[6] - '0';
        context->quarter_year = time->from.year;
        context->quarter_sentence = context->sentence;
        context->long_sentence = DL_NONE;
    }
    if (is_long(match, time)) context->long_sentence = context->sentence;
    if (time->from.year && time->type == DL_TIME_DATE) context->last_date = time->from;
    if (!time->from.year || dl_date_to_days(time->to) - dl_date_to_days(time->from) > 1) return;
    context->last_day = time->from;
    context->last_end = time->first + time->count;
    context->last_sentence = context->sentence;
    if (!context->published.year) context->last_year = time->from.year;
}

static float confidence_of(const dl_time *time)
{
    if (time->value.len > 4 && dl_str_ends(time->value, "_REF")) return 0.6F;
    return time->anchored ? 0.85F : 0.95F;
}

/* "the quarter ended Sept. 30" tells which quarter by its end. */
static void note_quarter(const dl_times_data *data, dl_time_context *context, const dl_text *text, const dl_time_match *match, size_t next)
{
    const dl_time_piece *unit = dl_time_piece_of(match, DL_TC_UNIT, 0);
    int32_t month;
    if (match->make != DL_MAKE_THE || !unit || unit->value != 'Q' || next + 1 >= text->token_count) return;
    if (!dl_str_is(text->tokens[next].norm, "ended") && !dl_str_is(text->tokens[next].norm, "ending")) return;
    if (!dl_time_patterns_word(data->patterns, text->tokens[next + 1].norm, DL_TC_MONTH, &month) || !context->published.year) return;
    context->last_quarter = month == 1 ? 4 : (month + 1) / 3; /* that of its middle month */
    context->quarter_year = context->published.year - (month > context->published.month) - (month == 1);
    context->quarter_sentence = context->sentence;
}

/* The year that the end of a span gives to its beginning: "from 28 December to 3 January 2024"; 0: none. */
static int year_behind(const dl_times_data *data, const dl_text *text, const dl_time_token *tokens, const dl_time_match *match, size_t next)
{
    static const char *const joints[] = {"to", "-", "through", "until", "till", "and"};
    const dl_time_piece *month = dl_time_piece_of(match, DL_TC_MONTH, 0);
    if (!month || dl_time_piece_of(match, DL_TC_YEAR, 0) || next + 1 >= text->token_count) return 0;
    if (text->tokens[next + 1].sentence != text->tokens[next - 1].sentence) return 0;
    bool joined = false;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) joined |= dl_str_is(text->tokens[next].norm, joints[i]);
    if (!joined) return 0;
    dl_time_match end;
    dl_time_patterns_match(data->patterns, text, tokens, next + 1, &end);
    const dl_time_piece *end_month = end.count ? dl_time_piece_of(&end, DL_TC_MONTH, 0) : NULL;
    const dl_time_piece *year = end.count ? dl_time_piece_of(&end, DL_TC_YEAR, 0) : NULL;
    return end_month && year ? year->value - (month->value > end_month->value) : 0;
}

static bool is_year(const dl_text *text, size_t token)
{
    if (token >= text->token_count || text->tokens[token].norm.len != 4) return false;
    int64_t value;
    return dl_str_number(text->tokens[token].norm, &value) && value >= 1000 && value < 2150;
}

/* Lent "through January": the end of what was told in the past may lie ahead. */
static bool is_end_word(dl_str norm)
{
    return dl_str_is(norm, "through") || dl_str_is(norm, "until") || dl_str_is(norm, "till");
}

static bool is_one_of(dl_str norm, const char *const *words)
{
    for (; *words; words++)
        if (dl_str_is(norm, *words)) return true;
    return false;
}

/* A sum of money, or the word that compares with one, right before the expression: "a loss of 12 million last year". */
static bool behind_sum(const dl_times_data *data, const dl_text *text, size_t first, size_t token)
{
    int32_t value;
    if (token > first && dl_str_is(text->tokens[token - 1].norm, ",")) token--;
    return token > first && dl_time_patterns_word(data->patterns, text->tokens[token - 1].norm, DL_TC_SUM, &value);
}

static bool tells_day(const dl_time_match *match)
{
    if (match->make != DL_MAKE_DATE && match->make != DL_MAKE_DAYREF && match->make != DL_MAKE_TIME) return false;
    bool day = dl_time_piece_of(match, DL_TC_DAY, 0) && dl_time_piece_of(match, DL_TC_MONTH, 0);
    return day || dl_time_piece_of(match, DL_TC_WEEKDAY, 0) || dl_time_piece_of(match, DL_TC_DAYREF, 0);
}

/* The day told behind one or two clock times: "at 8:02 a.m. (0002 GMT) on Saturday", "between 10am and 2pm on Sunday". */
static dl_date day_behind(const dl_times_data *data, dl_time_context *context, const dl_text *text, const dl_time_match *match, size_t next)
{
    static const char *const between[] = {"(", ")", ",", "and", "to", "-", "on", NULL};
    if (match->make != DL_MAKE_TIME || tells_day(match)) return (dl_date){0};
    uint32_t sentence = text->tokens[next - 1].sentence;
    for (int steps = 0; steps < 8 && next < text->token_count && text->tokens[next].sentence == sentence; steps++) {
        if (is_one_of(text->tokens[next].norm, between)) {
            next++;
            continue;
        }
        dl_time_match later;
        dl_time_patterns_match(data->patterns, text, context->tokens, next, &later);
        if (later.count && tells_day(&later)) return dl_time_told_day(context, &later);
        if (!later.count || later.make != DL_MAKE_TIME) break;
        next += later.count;
    }
    return (dl_date){0};
}

/* "put off", "granted": among the few words before `token`. */
static bool is_deferred(const dl_times_data *data, const dl_text *text, size_t first, size_t token)
{
    int32_t value;
    for (size_t i = token, steps = 0; i > first && steps < 6; steps++)
        if (dl_time_patterns_word(data->patterns, text->tokens[--i].norm, DL_TC_DEFER, &value)) return true;
    return false;
}

/* The token of "until" or "to" before an expression, "at least" passed over: "will be shut until at least Monday". */
static size_t joint_before(const dl_text *text, size_t first, size_t token)
{
    const dl_token *tokens = text->tokens;
    bool at_least = token >= first + 3 && dl_str_is(tokens[token - 1].norm, "least") && dl_str_is(tokens[token - 2].norm, "at");
    return token - (at_least ? 3 : 1);
}

/* What lasts until a weekday or was moved to it: the day lies ahead of what is so now, and of what was put off or granted. */
static dl_tense until_when(const dl_times_data *data, const dl_text *text, size_t first, size_t token, dl_tense tense)
{
    size_t joint = joint_before(text, first, token);
    dl_str word = text->tokens[joint].norm;
    bool until = is_end_word(word);
    if (!until && !dl_str_is(word, "to") && !dl_str_is(word, "for")) return tense;
    if (is_deferred(data, text, first, joint)) return DL_TENSE_FUTURE;
    if (!until) return tense;
    return tense == DL_TENSE_PAST ? DL_TENSE_UNKNOWN : tense == DL_TENSE_PRESENT ? DL_TENSE_FUTURE : tense;
}

/* The first day of a span that goes on to the expression: the one told last, "Thursday into" or "Thursday to" before it. */
static dl_date day_before(const dl_time_context *context, const dl_text *text, size_t first, size_t token)
{
    static const char *const joints[] = {"to", "into", "through", "-", NULL};
    bool joined = token >= first + 2 && token - 1 == context->last_end && is_one_of(text->tokens[token - 1].norm, joints);
    return joined ? context->last_day : (dl_date){0};
}

/* What the words about the expression say of it, where the text is parsed. */
static void look_around(const dl_times_data *data, dl_time_context *context, const dl_text *text, size_t token, const dl_time_match *match)
{
    const dl_token *tokens = text->tokens;
    size_t first = text->sentences[tokens[token].sentence].first;
    context->sentence = tokens[token].sentence;
    uint32_t block = text->sentences[context->sentence].block;
    context->caption = block < context->story->block_count && context->story->blocks[block].kind == DL_BLOCK_CAPTION;
    context->tense = dl_tense_at(data->patterns, text, token, match->count);
    if (context->tense == DL_TENSE_SCHEDULED) context->tense = context->caption ? DL_TENSE_PRESENT : DL_TENSE_FUTURE;
    uint8_t before = token > first ? tokens[token - 1].upos : DL_UPOS_NONE;
    context->rate = before == DL_NOUN || before == DL_NUM || before == DL_SYM;
    context->named = before == DL_PROPN;
    bool comma = token + match->count < text->token_count && dl_str_is(tokens[token + match->count].norm, ",");
    context->discourse = comma && token == first && match->count == 1 && dl_str_is(tokens[token].norm, "now");
    context->adverb = tokens[token].upos == DL_ADV || tokens[token].upos == DL_UPOS_NONE;
    if (token > first) context->tense = until_when(data, text, first, token, context->tense);
    dl_str last = tokens[token + match->count - 1].norm;
    context->told_earlier = dl_str_is(last, "earlier") || dl_str_is(last, "before");
    context->sum = behind_sum(data, text, first, token);
    context->day_before = day_before(context, text, first, token);
    context->day_behind = day_behind(data, context, text, match, token + match->count);
    note_quarter(data, context, text, match, token + match->count);
    context->joined_year = is_year(text, token + match->count + 1);
    context->year_hint = year_behind(data, text, context->tokens, match, token + match->count);
}

/* Where the expression ends whose last token is `token`: "2013's" is one, the year is not. */
static size_t end_of(const dl_text *text, const dl_time_match *match, size_t token)
{
    const dl_time_piece *year = dl_time_piece_of(match, DL_TC_YEAR, 0);
    dl_span span = text->tokens[token].span;
    bool owner = year && year->token == token && dl_ascii_digit((unsigned char)text->text.ptr[span.start]);
    return owner && text->tokens[token].norm.len > 4 ? span.start + 4 : span.end;
}

/* The expression at `token`, if there is one, at the end of *out; *count: tokens to go on by. */
static bool take_one(const dl_times_data *data, dl_time_context *context, const dl_text *text, size_t token, time_vec *out, size_t *count)
{
    dl_time_match match;
    dl_time_patterns_match(data->patterns, text, context->tokens, token, &match);
    *count = match.count ? match.count : 1;
    if (!match.count) return true;
    look_around(data, context, text, token, &match);
    dl_time time = {.span = {text->tokens[token].span.start, end_of(text, &match, token + match.count - 1)},
                    .first = (uint32_t)token,
                    .count = (uint32_t)match.count};
    bool failed = false;
    if (!dl_time_value(context, &match, &time, &failed)) return !failed;
    dl_date to = time.to;
    if (time.type == DL_TIME_DATE || time.type == DL_TIME_TIME) dl_calendar_cover(time.value, &time.from, &time.to);
    if (to.year) time.to = to;
    time.confidence = confidence_of(&time);
    remember(context, &match, &time);
    dl_time *kept = DL_VEC_PUSH(context->arena, out);
    if (kept) *kept = time;
    return kept != NULL;
}

dl_status dl_times_find(const dl_times_data *data, dl_arena *arena, const dl_text *text, const dl_story *story,
                        dl_times *out, dl_error *err)
{
    *out = (dl_times){0};
    time_vec times = {0};
    dl_time_context context = {.arena = arena, .story = story, .tokens = dl_time_patterns_read(data->patterns, arena, text),
                               .long_sentence = DL_NONE};
    if (!context.tokens) return dl_fail_memory(err);
    if (dl_date_is_valid(story->published)) context.published = story->published;
    for (size_t token = 0, count; token < text->token_count; token += count)
        if (!take_one(data, &context, text, token, &times, &count)) return dl_fail_memory(err);
    out->items = times.items;
    out->count = times.count;
    return DL_OK;
}
