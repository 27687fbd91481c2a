/* lists.c - victims listed before a word of harm, "two guards, a nurse and her son were killed", read by the order of the words: a
 * parser often hangs the members of such a list on other words. */
#include "base/str.h"
#include "casualties/data.h"

enum { LONGEST = 48, LEAST_GROUPS = 2 }; /* tokens */

static const victims nobody = {.head = DL_NONE, .number_token = DL_NONE};

static bool is_and(const reader *r, uint32_t token)
{
    return norm_is(r, token, "and") || norm_is(r, token, "&");
}

static bool is_separator(const reader *r, uint32_t token)
{
    return norm_is(r, token, ",") || is_and(r, token);
}

static bool opens_group(const reader *r, uint32_t token)
{
    return cue_length(r, token, "determiner") > 0;
}

static bool may_be_listed(const reader *r, uint32_t token)
{
    harm_word word;
    switch (r->text->tokens[token].upos) {
    case DL_ADJ: case DL_NOUN: case DL_PROPN: case DL_NUM: case DL_DET: case DL_UPOS_NONE: break;
    default:
        if (is_separator(r, token) || opens_group(r, token) || norm_is(r, token, "of") || norm_is(r, token, "-") || noun_kind(r, token) == 'p') break;
        return norm_is(r, token, "at") && norm_is(r, token + 1, "least");
    }
    return !harm_at(r, token, &word) || word.part == PART_NOUN;
}

/* The first token of the words before `end` that may make a list. */
static uint32_t list_start(const reader *r, uint32_t end)
{
    uint32_t start = end;
    while (start > r->first && end - start < LONGEST && may_be_listed(r, start - 1)) start--;
    return start;
}

static counted *number_first_at(reader *r, uint32_t token)
{
    for (size_t i = 0; i < r->number_count; i++)
        if (r->numbers[i].first == token) return &r->numbers[i];
    return NULL;
}

/* One past the words of the group that begins at `from`: up to a comma, "and" or another group's number. */
static uint32_t group_end(reader *r, uint32_t from, uint32_t end)
{
    counted *own = number_first_at(r, from);
    uint32_t t = own ? own->last + 1 : from + 1;
    while (t < end && !is_separator(r, t) && !number_first_at(r, t)) t++;
    return t < end ? t : end;
}

/* The noun that a group is about: its last one, before "of". */
static uint32_t group_head(const reader *r, uint32_t from, uint32_t end)
{
    uint32_t last = from;
    while (last + 1 < end && !norm_is(r, last + 1, "of")) last++;
    return last;
}

/* One group, [from, end): not told where it is none of people. */
static victims group_of(reader *r, uint32_t from, uint32_t end, const harm_word *word)
{
    victims v = {.head = group_head(r, from, end), .number_token = DL_NONE, .sure = 0.8f, .last = end - 1};
    counted *n = number_first_at(r, from);
    if (n && (n->none || (n->used && !r->shared) || counts_no_people(r, n))) return nobody;
    if (n && n->last + 1 >= end) v.head = DL_NONE; /* "two guards and five [were hurt]" */
    bool many = v.head != DL_NONE && norm_is(r, v.head, "number") && norm_is(r, v.head + 1, "of") && end > v.head + 2 && noun_kind(r, end - 1) == 'p';
    char kind = v.head == DL_NONE ? 0 : many ? 'p' : noun_kind(r, v.head);
    bool person = kind == 'p' || (v.head != DL_NONE && is_named_person(r, v.head));
    if (v.head != DL_NONE && (kind == 't' || (!person && (!n || word->people_only)))) return nobody;
    v.range = n ? n->range : bare_count(r, v.head);
    if (n) v.number_token = n->core;
    v.told = v.range.known;
    v.span = (dl_span){r->text->tokens[from].span.start, r->text->tokens[end - 1].span.end};
    return v;
}

/* "A doctor, Ali Naji, and ...": the name of the one told before. */
static bool is_name_of(const reader *r, const victims *before, const victims *v, uint32_t from)
{
    bool one = before->told && !before->range.open && before->range.max == 1 && before->head != DL_NONE;
    if (!one || v->number_token != DL_NONE || v->head == DL_NONE || is_and(r, from - 1)) return false;
    bool named = is_named_person(r, v->head), earlier = is_named_person(r, before->head);
    if (named != earlier && !named) return norm_is(r, from, "a") || norm_is(r, from, "an") || norm_is(r, from, "the");
    return named && !earlier;
}

/* "Five judges and magistrates": one number for both. */
static bool shares_number(const reader *r, const victims *before, const victims *v)
{
    bool numbered = before->told && before->number_token != DL_NONE && (before->range.open || before->range.max > 1);
    bool bare = v->number_token == DL_NONE && v->head != DL_NONE && v->range.open && is_plural(r, v->head);
    if (!numbered || !bare || norm_is(r, v->head, "others")) return false;
    bool people = before->head != DL_NONE && noun_kind(r, before->head) == 'p'; /* not "ten Army and police officers" */
    return !people || v->span.start == r->text->tokens[v->head].span.start;
}

static void add(victims *to, const victims *group)
{
    if (!to->told) {
        *to = *group;
        return;
    }
    to->range = dl_casualties_sum(to->range, group->range);
    if (to->number_token == DL_NONE) to->number_token = group->number_token;
    to->span.end = group->span.end, to->last = group->last;
}

/* What stands before the list makes it no subject: "including", "by", "killed [two] and". */
static bool is_bound(const reader *r, uint32_t start, bool passive)
{
    harm_word word;
    if (start == r->first) return false;
    for (uint32_t back = 1; back <= 3 && start >= r->first + back; back++)
        if (cue_length(r, start - back, "subset") >= back) return true;
    uint8_t upos = r->text->tokens[start - 1].upos;
    if (upos == DL_ADP || harm_at(r, start - 1, &word)) return true;
    return passive && upos == DL_VERB;
}

/* Where the next group begins behind the separators at `token`; DL_NONE where they are none. */
static uint32_t past_separators(const reader *r, uint32_t token, uint32_t end)
{
    uint32_t t = token;
    while (t < end && is_separator(r, t)) t++;
    return t == token || t >= end ? DL_NONE : t;
}

static bool has_owner(const reader *r, uint32_t token)
{
    return norm_is(r, token, "his") || norm_is(r, token, "her") || norm_is(r, token, "their");
}

/* "General and chief of staff Ali Naji", "a ward chief and council member was killed": a further office of one person, without an article
 * of its own; but "his wife and daughter", and "a guard and driver were killed". */
static bool is_second_office(const reader *r, const victims *v, uint32_t before, uint32_t from, uint32_t end)
{
    if (v->number_token != DL_NONE || v->head == DL_NONE || is_plural(r, v->head) || is_named_person(r, v->head) || opens_group(r, from)) return false;
    return !has_owner(r, before) && !norm_is(r, end, "were") && !norm_is(r, end, "are") && !norm_is(r, end, "have");
}

/* A list that begins at `start` and takes in all up to `end`, its last group behind "and". */
static victims list_from(reader *r, uint32_t start, uint32_t end, const harm_word *word)
{
    victims all = nobody, before = nobody;
    size_t groups = 0;
    for (uint32_t from = start, to, last = start; from < end; from = past_separators(r, to, end)) {
        to = group_end(r, from, end);
        victims v = group_of(r, from, to, word);
        if (!v.told) return nobody;
        if (to == end && !is_and(r, from - 1)) return nobody;
        if (groups && is_second_office(r, &v, last, from, end)) return nobody;
        if (shares_number(r, &before, &v)) v.range = count_exactly(0);
        if (!is_name_of(r, &before, &v, from)) add(&all, &v), groups++;
        before = v, last = from;
        if (to == end) break;
    }
    return groups >= LEAST_GROUPS ? all : nobody;
}

static void take_numbers(reader *r, uint32_t from, uint32_t end)
{
    for (size_t i = 0; i < r->number_count; i++)
        if (r->numbers[i].core >= from && r->numbers[i].core < end) r->numbers[i].used = true;
}

victims victims_listed_before(reader *r, const harm_word *word)
{
    uint32_t end = word->first;
    while (end > r->first && (r->text->tokens[end - 1].upos == DL_AUX || r->text->tokens[end - 1].upos == DL_ADV || cue_length(r, end - 1, "be"))) end--;
    if (end == r->first || is_separator(r, end - 1)) return nobody; /* "Ali Naji, a trader and clerk, was hurt": an apposition */
    uint32_t start = list_start(r, end);
    while (start < end && is_separator(r, start)) start++;
    for (uint32_t from = start; from < end; from++) {
        if (from > start && !number_first_at(r, from) && !opens_group(r, from)) continue;
        if (from > r->first && is_separator(r, from - 1)) break; /* the list begins before it */
        victims v = is_bound(r, from, end < word->first) ? nobody : list_from(r, from, end, word);
        if (!v.told) continue;
        take_numbers(r, from, end);
        return v;
    }
    return nobody;
}

/* "The murder of the rector, five priests and two women": the list ends where a clause or a preposition begins. */
victims victims_listed_behind(reader *r, const harm_word *word, int64_t more_than)
{
    uint32_t from = word->last + 1, end;
    if (word->part == PART_NOUN && !norm_is(r, from++, "of")) return nobody;
    for (end = from; end < r->end && end - from < LONGEST && may_be_listed(r, end); end++) {}
    while (end > from && is_separator(r, end - 1)) end--;
    bool clause = end < r->end && (r->text->tokens[end].upos == DL_VERB || r->text->tokens[end].upos == DL_AUX);
    if (clause && word->part != PART_NOUN) return nobody; /* "killed a guard and a nurse said" */
    victims v = from < end ? list_from(r, from, end, word) : nobody;
    if (!v.told || v.range.min <= more_than) return nobody;
    take_numbers(r, from, end);
    return v;
}
