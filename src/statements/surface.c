/* surface.c - speaker and clause of a verb of saying by the order of words. */
#include "statements/surface.h"

enum { REACH = 24 };

static bool is_boundary(const dl_text *text, uint32_t token)
{
    static const char *const marks[] = {
        ",", ":", ";", "--", "-", "(", "\xE2\x80\x95", "\xE2\x80\x94", "\xE2\x80\x93", NULL};
    return statements_is_any(statements_norm(text, token), marks) || statements_is_mark(text, token);
}

static bool is_noun(const dl_token *t)
{
    return t->upos == DL_NOUN || t->upos == DL_PROPN || t->upos == DL_PRON;
}

/* Words that a noun phrase may hold, read from its end. A hyphen inside a word does not end it. */
static bool in_phrase(const statements_work *work, uint32_t token)
{
    const dl_text *text = work->text;
    const dl_token *t = &text->tokens[token];
    switch ((dl_upos)t->upos) {
    case DL_NOUN:
    case DL_PROPN:
    case DL_PRON:
    case DL_ADJ:
    case DL_DET:
    case DL_NUM:
    case DL_SYM:
    case DL_X:
    case DL_CCONJ: return true;
    case DL_PART: return dl_str_is(t->norm, "'s") || dl_str_is(t->norm, "'");
    case DL_ADP: return statements_word_is(work->data, t->norm, WORD_PHRASE);
    case DL_PUNCT:
        return (dl_str_is(t->norm, "-") || dl_str_is(t->norm, "/")) && token > 0 &&
               !(text->tokens[token - 1].flags & DL_TOKEN_SPACE_AFTER);
    default: return false;
    }
}

static bool skipped_before(const dl_token *t)
{
    return t->upos == DL_AUX || t->upos == DL_ADV || (t->upos == DL_PART && !dl_str_is(t->norm, "'s"));
}

/* The word that the others of a phrase hang on. */
static uint32_t head_in(const dl_text *text, uint32_t first, uint32_t last)
{
    uint32_t fallback = DL_NONE;
    for (uint32_t i = first; i <= last; i++) {
        const dl_token *t = &text->tokens[i];
        if (t->upos == DL_ADP && fallback != DL_NONE) break;
        if (!is_noun(t)) continue;
        fallback = i;
        if (t->head == DL_NONE || t->head < first || t->head > last) return i;
    }
    bool alone = first == last && (text->tokens[first].upos == DL_DET || text->tokens[first].upos == DL_NUM ||
                                   text->tokens[first].upos == DL_ADJ);
    return fallback == DL_NONE && alone ? first : fallback; /* "all agreed", "many say" */
}

static bool has_predicate(const dl_text *text, uint32_t first, uint32_t end)
{
    if (end > first + MAX_LOOK) first = end - MAX_LOOK;
    for (uint32_t i = first; i < end; i++)
        if (text->tokens[i].upos == DL_VERB || text->tokens[i].upos == DL_AUX || statements_is_mark(text, i))
            return true;
    return false;
}

/* "Ann Lee (D-Wis.) said": a bracket behind a name is stepped over. */
static uint32_t over_bracket(const dl_text *text, uint32_t end, uint32_t first)
{
    if (end == first || !dl_str_is(text->tokens[end - 1].norm, ")")) return end;
    for (uint32_t i = end - 1; i > first && end - i < 12; i--)
        if (dl_str_is(text->tokens[i - 1].norm, "(")) return i - 1;
    return end;
}

static surface before_verb(const statements_work *work, uint32_t verb, uint32_t last, uint32_t first)
{
    const dl_text *text = work->text;
    surface out = {.subject = {DL_NONE, DL_NONE}, .head = DL_NONE, .first = verb, .last = last};
    uint32_t end = verb;
    while (end > first && skipped_before(&text->tokens[end - 1]))
        end--;
    uint32_t start = over_bracket(text, end, first);
    while (start > first && verb - start < REACH && in_phrase(work, start - 1))
        start--;
    bool before_it = start > first + 1 && text->tokens[start - 1].upos == DL_VERB &&
                     dl_str_ends(text->tokens[start - 1].norm, "ed");
    if (start < end && before_it && is_boundary(text, start - 2)) start--; /* ", retired general Lee said" */
    while (start < end && (text->tokens[start].upos == DL_CCONJ || text->tokens[start].upos == DL_ADP))
        start++;
    if (start == end ||
        (start > first && !is_boundary(text, start - 1) && text->tokens[start - 1].upos != DL_CCONJ &&
         text->tokens[start - 1].upos != DL_SCONJ && text->tokens[start - 1].upos != DL_ADV &&
         text->tokens[start - 1].upos != DL_ADP))
        return out;
    out.head = head_in(text, start, end - 1);
    if (out.head == DL_NONE) return out;
    out.subject = (dl_token_range){start, end - 1};
    out.first = start;
    bool parted = start > first && is_boundary(text, start - 1);
    bool medial = parted && last + 1 < text->token_count && statements_is(text, last + 1, ",") &&
                  statements_is(text, start - 1, ",");
    out.set_off = parted && (medial || has_predicate(text, first, start - 1));
    return out;
}

/* "Leo Burman, director of the centre and a professor, said": the name that an apposition up to the verb
 * describes. It begins with the sentence or behind a quotation. */
static surface with_apposition(const statements_work *work, uint32_t verb, uint32_t last, uint32_t first)
{
    const dl_text *text = work->text;
    surface out = {.subject = {DL_NONE, DL_NONE}, .head = DL_NONE, .first = verb, .last = last};
    uint32_t end = verb;
    while (end > first && skipped_before(&text->tokens[end - 1]))
        end--;
    if (end == first || !statements_is(text, end - 1, ",")) return out;
    uint32_t start = end - 1, reach = 3 * REACH;
    while (start > first && verb - start < reach && !statements_is_mark(text, start - 1) &&
           !statements_is(text, start - 1, ":"))
        start--;
    bool quoted = start > first && statements_is_mark(text, start - 1);
    if (start > first && !quoted) return out;
    if (text->tokens[start].upos == DL_CCONJ) start++;
    uint32_t stop = start;
    while (stop < end - 1 && in_phrase(work, stop))
        stop++;
    if (stop == start || stop >= end - 1 || !statements_is(text, stop, ",")) return out;
    out.head = head_in(text, start, stop - 1);
    if (out.head == DL_NONE || text->tokens[start].upos == DL_ADP) {
        out.head = DL_NONE;
        return out;
    }
    out.subject = (dl_token_range){start, end - 2};
    out.first = start;
    out.set_off = quoted;
    return out;
}

/* "said Ann Lee, the head of the board who ...": the words behind the comma up to a quotation or the
 * sentence's end, unless a clause goes on there ("said Ann Lee, adding that", ", as the ...", "and"). */
static uint32_t apposition_end(const dl_text *text, uint32_t stop, uint32_t end)
{
    if (stop + 2 >= end || !statements_is(text, stop, ",")) return stop;
    const dl_token *next = &text->tokens[stop + 1];
    bool noun = is_noun(next) || next->upos == DL_DET || next->upos == DL_ADJ || next->upos == DL_NUM ||
                dl_str_is(next->norm, "who");
    if (!noun || dl_str_is(next->norm, "it") || dl_str_is(next->norm, "he") || dl_str_is(next->norm, "she"))
        return stop;
    uint32_t at = stop + 1;
    if (end > at + MAX_LOOK) end = at + MAX_LOOK;
    while (at < end && !statements_is_mark(text, at) && !statements_is(text, at, ".") &&
           !statements_is(text, at, ";")) {
        if (statements_is(text, at, ",") && at + 1 < end &&
            (dl_str_ends(text->tokens[at + 1].norm, "ing") || text->tokens[at + 1].upos == DL_SCONJ ||
             text->tokens[at + 1].upos == DL_CCONJ))
            break;
        at++;
    }
    while (at > stop && statements_is(text, at - 1, ","))
        at--;
    return at;
}

static surface after_verb(const statements_work *work, uint32_t verb, uint32_t last, uint32_t first,
                          uint32_t end)
{
    const dl_text *text = work->text;
    surface out = {.subject = {DL_NONE, DL_NONE}, .head = DL_NONE, .first = verb, .last = last};
    uint32_t start = last + 1, stop = start;
    while (stop < end && stop - start < REACH &&
           (in_phrase(work, stop) || (stop > start && dl_str_is(text->tokens[stop].norm, "(")))) {
        const dl_token *t = &text->tokens[stop];
        if (dl_str_is(t->norm, "(")) { /* "said Ann Lee (D-Wis.), head of" */
            uint32_t close = stop;
            while (close < end && close - stop < 12 && !dl_str_is(text->tokens[close].norm, ")"))
                close++;
            if (close == end || !dl_str_is(text->tokens[close].norm, ")")) break;
            stop = close + 1;
            continue;
        }
        if (t->upos == DL_ADP && !dl_str_is(t->norm, "of") && !dl_str_is(t->norm, "for") &&
            !dl_str_is(t->norm, "from"))
            break;
        stop++;
    }
    if (stop == start || (stop < end && text->tokens[stop].upos == DL_AUX)) return out;
    out.head = head_in(text, start, stop - 1);
    if (out.head == DL_NONE) return out;
    out.inverted = true;
    stop = apposition_end(text, stop, end);
    uint32_t next = stop < end && statements_is(text, stop, ",") ? stop + 1 : stop;
    if (next < end && next > stop &&
        (text->tokens[next].upos == DL_AUX || text->tokens[next].upos == DL_VERB) &&
        !dl_str_ends(text->tokens[next].norm, "ing")) {
        out.head =
            DL_NONE; /* "said Lee, the guard's head, had gone": what follows is a clause with its subject */
        out.inverted = false;
        return out;
    }
    out.subject = (dl_token_range){start, stop - 1};
    out.last = stop - 1;
    out.set_off = has_predicate(text, first, verb) || statements_is_mark(text, verb - 1);
    return out;
}

surface statements_surface(const statements_work *work, uint32_t verb, uint32_t last, bool may_invert)
{
    const dl_text *text = work->text;
    uint32_t first = statements_first(text, text->tokens[verb].sentence),
             end = statements_end(text, text->tokens[verb].sentence);
    bool after_mark = verb > first && is_boundary(text, verb - 1);
    bool subject_may_follow = last + 1 < end && is_noun(&text->tokens[last + 1]);
    subject_may_follow |=
        last + 1 < end && (text->tokens[last + 1].upos == DL_DET || text->tokens[last + 1].upos == DL_ADJ ||
                           text->tokens[last + 1].upos == DL_NUM);
    if (may_invert && after_mark && subject_may_follow && !statements_is(text, last + 1, "that") &&
        has_predicate(text, first, verb)) {
        surface out = after_verb(work, verb, last, first, end);
        if (out.head != DL_NONE) return out;
    }
    surface out = before_verb(work, verb, last, first);
    return out.head == DL_NONE ? with_apposition(work, verb, last, first) : out;
}
