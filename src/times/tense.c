/* tense.c - whether what is told at a time expression lies before or after the telling. */
#include "times/tense.h"

enum { REACH = 14, CLIMB = 12 };

/* ---- words alone ---- */

static bool ends_clause(dl_str norm)
{
    return norm.len == 1 && strchr(";:", norm.ptr[0]);
}

static bool past_form(dl_str norm)
{
    return norm.len > 4 && dl_str_ends(norm, "ed") && !dl_str_ends(norm, "eed") && !dl_str_is(norm, "hundred");
}

static dl_tense told_by_word(const dl_time_patterns *patterns, const dl_text *text, size_t token)
{
    dl_str norm = text->tokens[token].norm;
    int32_t value;
    if (dl_time_patterns_word(patterns, norm, DL_TC_FUTURE, &value)) return DL_TENSE_FUTURE;
    if (dl_time_patterns_word(patterns, norm, DL_TC_PAST, &value)) return DL_TENSE_PAST;
    return past_form(norm) ? DL_TENSE_PAST : DL_TENSE_UNKNOWN;
}

/* "will be held", "is to be signed": a word of the future shortly before a past form wins over it. */
static bool future_before(const dl_time_patterns *patterns, const dl_text *text, size_t token, size_t start)
{
    int32_t value;
    for (size_t n = 0; token > start && n < 4; n++) {
        token--;
        if (dl_time_patterns_word(patterns, text->tokens[token].norm, DL_TC_FUTURE, &value)) return true;
        if (ends_clause(text->tokens[token].norm)) return false;
    }
    return false;
}

static dl_tense from_words(const dl_time_patterns *patterns, const dl_text *text, size_t first, size_t count)
{
    const dl_sentence *sentence = &text->sentences[text->tokens[first].sentence];
    size_t start = sentence->first, end = start + sentence->count;
    for (size_t i = first, n = 0; i > start && n < REACH; n++) {
        dl_tense told = told_by_word(patterns, text, --i);
        if (ends_clause(text->tokens[i].norm)) break;
        if (told == DL_TENSE_PAST && future_before(patterns, text, i, start)) return DL_TENSE_FUTURE;
        if (told != DL_TENSE_UNKNOWN) return told;
    }
    for (size_t i = first + count, n = 0; i < end && n < REACH; i++, n++) {
        dl_tense told = told_by_word(patterns, text, i);
        if (ends_clause(text->tokens[i].norm)) break;
        if (told != DL_TENSE_UNKNOWN) return told;
    }
    return DL_TENSE_UNKNOWN;
}

/* ---- the tree ---- */

static bool has_feat(const dl_token *token, const char *feat)
{
    return token->feats.ptr && dl_str_find(token->feats, dl_str_of(feat), 0) != SIZE_MAX;
}

static bool is_verb(const dl_token *token)
{
    return token->upos == DL_VERB || token->upos == DL_AUX;
}

/* What the auxiliaries of a verb or predicate say, told before its own form. */
static dl_tense from_auxiliaries(const dl_time_patterns *patterns, const dl_text *text, size_t verb)
{
    const dl_sentence *sentence = &text->sentences[text->tokens[verb].sentence];
    dl_tense tense = DL_TENSE_UNKNOWN;
    size_t end = (size_t)sentence->first + sentence->count;
    size_t from = verb > sentence->first + REACH ? verb - REACH : sentence->first;
    for (size_t i = from; i < end && i < verb + 6; i++) {
        const dl_token *child = &text->tokens[i];
        int32_t value;
        if (child->head != verb) continue;
        if (child->deprel != DL_DEP_AUX && child->deprel != DL_DEP_AUX_PASS && child->deprel != DL_DEP_COP) continue;
        if (dl_time_patterns_word(patterns, child->norm, DL_TC_FUTURE, &value)) return DL_TENSE_FUTURE;
        if (has_feat(child, "Tense=Past") || dl_time_patterns_word(patterns, child->norm, DL_TC_PAST, &value) ||
            dl_str_is(child->norm, "has") || dl_str_is(child->norm, "have") || dl_str_is(child->norm, "'ve"))
            return DL_TENSE_PAST;
        if (tense == DL_TENSE_UNKNOWN) tense = DL_TENSE_PRESENT;
    }
    return tense;
}

/* "is to resume", "are to meet", "is to be held", "due to arrive". */
static bool is_to(const dl_time_patterns *patterns, const dl_text *text, size_t verb)
{
    int32_t value;
    static const char *const forms[] = {"is", "are", "'s", "'re", "am"};
    uint32_t head = text->tokens[verb].head;
    size_t first = text->sentences[text->tokens[verb].sentence].first;
    size_t at = verb > first && dl_str_is(text->tokens[verb - 1].norm, "be") ? verb - 1 : verb;
    if (at < first + 2 || !dl_str_is(text->tokens[at - 1].norm, "to")) return false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (dl_str_is(text->tokens[at - 2].norm, forms[i])) return true;
    if (text->tokens[at - 2].upos == DL_ADJ && dl_time_patterns_word(patterns, text->tokens[at - 2].norm, DL_TC_FUTURE, &value)) return true;
    return head != DL_NONE && text->tokens[head].upos == DL_AUX && has_feat(&text->tokens[head], "Tense=Pres");
}

/* "an agreement to buy it in January" */
static bool is_planned(const dl_time_patterns *patterns, const dl_text *text, size_t verb)
{
    const dl_token *token = &text->tokens[verb];
    int32_t value;
    if (token->deprel != DL_DEP_ACL || token->head == DL_NONE || verb == 0 || !dl_str_is(text->tokens[verb - 1].norm, "to")) return false;
    return dl_time_patterns_word(patterns, text->tokens[token->head].norm, DL_TC_PLAN, &value);
}

/* "would dare travel": the modal stands shortly before, whatever verb the tree gives it to. */
static bool behind_modal(const dl_time_patterns *patterns, const dl_text *text, size_t verb)
{
    size_t first = text->sentences[text->tokens[verb].sentence].first;
    int32_t value;
    for (size_t i = verb, step = 0; i > first && step < 3; step++) {
        const dl_token *before = &text->tokens[--i];
        if (!is_verb(before) && before->upos != DL_ADV && before->upos != DL_PART) return false;
        if (before->upos == DL_AUX && dl_time_patterns_word(patterns, before->norm, DL_TC_FUTURE, &value)) return true;
    }
    return false;
}

static dl_tense of_verb(const dl_time_patterns *patterns, const dl_text *text, size_t verb)
{
    const dl_token *token = &text->tokens[verb];
    dl_tense told = from_auxiliaries(patterns, text, verb);
    int32_t value;
    bool plans = (token->upos == DL_VERB || token->upos == DL_ADJ) && dl_time_patterns_word(patterns, token->norm, DL_TC_FUTURE, &value);
    if (told == DL_TENSE_FUTURE || plans) return DL_TENSE_FUTURE; /* what is planned for a day lies ahead */
    if (told != DL_TENSE_PAST && (is_to(patterns, text, verb) || is_planned(patterns, text, verb))) return DL_TENSE_FUTURE;
    if (told == DL_TENSE_UNKNOWN && has_feat(token, "VerbForm=Inf") && behind_modal(patterns, text, verb)) return DL_TENSE_FUTURE;
    if (told == DL_TENSE_PAST || told == DL_TENSE_PRESENT) return told; /* "is held", whatever the participle */
    if (has_feat(token, "Tense=Past") || (!token->feats.ptr && past_form(token->norm))) return DL_TENSE_PAST;
    if (has_feat(token, "Tense=Pres") && has_feat(token, "VerbForm=Fin") && token->lemma.len &&
        dl_time_patterns_word(patterns, token->lemma, DL_TC_TIMETABLE, &value))
        return DL_TENSE_SCHEDULED;
    return has_feat(token, "Tense=Pres") && has_feat(token, "VerbForm=Fin") ? DL_TENSE_PRESENT : DL_TENSE_UNKNOWN;
}

/* "due in court on Monday" */
static bool is_due(const dl_time_patterns *patterns, const dl_token *token)
{
    int32_t value;
    return token->upos == DL_ADJ && dl_time_patterns_word(patterns, token->norm, DL_TC_FUTURE, &value);
}

/* The tense of the nearest verb or predicate above that has one. */
static dl_tense from_tree(const dl_time_patterns *patterns, const dl_text *text, size_t first, size_t count)
{
    uint32_t at = (uint32_t)first;
    for (size_t i = first; i < first + count; i++) { /* leave the expression by its head */
        uint32_t head = text->tokens[i].head;
        if (head == DL_NONE || head < first || head >= first + count) at = (uint32_t)i;
    }
    for (int step = 0; step < CLIMB && at != DL_NONE; step++, at = text->tokens[at].head) {
        bool predicate = is_verb(&text->tokens[at]) || text->tokens[at].head == DL_NONE || is_due(patterns, &text->tokens[at]);
        if (!predicate) continue;
        dl_tense told = of_verb(patterns, text, at);
        if (told != DL_TENSE_UNKNOWN) return told;
    }
    return DL_TENSE_UNKNOWN;
}

/* The word right before: "said Thursday" is told, whatever follows; "since March" lies behind. */
static dl_tense from_neighbour(const dl_time_patterns *patterns, const dl_text *text, size_t first)
{
    int32_t value;
    if (first == text->sentences[text->tokens[first].sentence].first) return DL_TENSE_UNKNOWN;
    const dl_token *before = &text->tokens[first - 1];
    if (dl_str_is(before->norm, "since")) return DL_TENSE_PAST;
    if (dl_str_is(before->norm, "of") && first >= 2 && dl_str_is(before[-1].norm, "ahead")) return DL_TENSE_FUTURE;
    if (dl_time_patterns_word(patterns, before->norm, DL_TC_FUTURE, &value)) return DL_TENSE_UNKNOWN;
    if (dl_str_is(before->norm, "said") || dl_str_is(before->norm, "told")) return DL_TENSE_PAST;
    return before->upos == DL_VERB && has_feat(before, "Tense=Past") && has_feat(before, "VerbForm=Fin") ? DL_TENSE_PAST : DL_TENSE_UNKNOWN;
}

dl_tense dl_tense_at(const dl_time_patterns *patterns, const dl_text *text, size_t first, size_t count)
{
    dl_tense beside = from_neighbour(patterns, text, first);
    if (beside != DL_TENSE_UNKNOWN) return beside;
    dl_tense told = text->parsed ? from_tree(patterns, text, first, count) : DL_TENSE_UNKNOWN;
    return told != DL_TENSE_UNKNOWN ? told : from_words(patterns, text, first, count);
}
