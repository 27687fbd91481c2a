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

/* What later expressions are told from. */
static void remember(dl_time_context *context, const dl_time_match *match, const dl_time *time)
{
    const dl_time_piece *year = dl_time_piece_of(match, DL_TC_YEAR, 0);
    if (year) context->last_year = year->value;
    if (time->value.len == 7 && time->value.ptr[5] == 'Q' && time->from.year && match->make != DL_MAKE_YEARAGO) {
        context->last_quarter = time->value.ptr[6] - '0';
        context->quarter_year = time->from.year;
        context->quarter_sentence = context->sentence;
    }
    if (time->from.year && time->type == DL_TIME_DATE) context->last_date = time->from;
    if (!time->from.year || dl_date_to_days(time->to) - dl_date_to_days(time->from) > 1) return;
    context->last_day = time->from;
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

/* What the words about the expression say of it, where the text is parsed. */
static void look_around(const dl_times_data *data, dl_time_context *context, const dl_text *text, size_t token, const dl_time_match *match)
{
    const dl_token *tokens = text->tokens;
    size_t first = text->sentences[tokens[token].sentence].first;
    context->sentence = tokens[token].sentence;
    context->tense = dl_tense_at(data->patterns, text, token, match->count);
    uint8_t before = token > first ? tokens[token - 1].upos : DL_UPOS_NONE;
    context->rate = before == DL_NOUN || before == DL_NUM || before == DL_SYM;
    context->named = before == DL_PROPN;
    context->adverb = tokens[token].upos == DL_ADV || tokens[token].upos == DL_UPOS_NONE;
    if (token > first && context->tense == DL_TENSE_PAST && is_end_word(tokens[token - 1].norm)) context->tense = DL_TENSE_UNKNOWN;
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
    dl_time_context context = {.arena = arena, .tokens = dl_time_patterns_read(data->patterns, arena, text)};
    if (!context.tokens) return dl_fail_memory(err);
    if (dl_date_is_valid(story->published)) context.published = story->published;
    for (size_t token = 0, count; token < text->token_count; token += count)
        if (!take_one(data, &context, text, token, &times, &count)) return dl_fail_memory(err);
    out->items = times.items;
    out->count = times.count;
    return DL_OK;
}
