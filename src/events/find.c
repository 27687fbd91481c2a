/* find.c - triggers: words of the text that answer a pattern. */
#include "base/error.h"
#include "base/str.h"
#include "events/clause.h"
#include "syntax/tree.h"

enum { MAX_GAP = 4 }; /* tokens between a verb and a further word of its pattern: "opened heavy fire" */

static bool is_hyphen(const coder *c, uint32_t token)
{
    return dl_str_is(c->text->tokens[token].norm, "-");
}

/* Words of a nominal pattern stand together, hyphens or not. Gives the last token or DL_NONE. */
static uint32_t match_nominal(const coder *c, const pattern *p, uint32_t token)
{
    uint32_t end = sentence_end(c, token), at = token;
    for (size_t i = 1; i < p->word_count; i++) {
        at++;
        if (at < end && is_hyphen(c, at)) at++;
        if (at >= end || !is_word(c, at, p->words[i])) return DL_NONE;
    }
    return at;
}

static bool begins_time(const coder *c, uint32_t token)
{
    const dl_times *times = c->in->times;
    size_t low = 0, high = times->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (times->items[middle].first < token) low = middle + 1;
        else high = middle;
    }
    return low < times->count && times->items[low].first == token;
}

/* Further words of a verbal pattern follow in order, with little between, or as the object, however long its phrase is; "called on Monday"
 * is no "call on". */
static uint32_t match_verbal(const coder *c, const pattern *p, uint32_t token)
{
    uint32_t end = sentence_end(c, token), at = token;
    for (size_t i = 1; i < p->word_count; i++) {
        uint32_t next = at + 1, limit = next + MAX_GAP < end ? next + MAX_GAP : end;
        while (next < limit && !is_word(c, next, p->words[i])) {
            if (dl_str_is(c->text->tokens[next].norm, ",") || clause_is_verb(c, next)) return DL_NONE;
            next++;
        }
        if (next >= limit) {
            next = c->text->parsed ? dl_tree_object(c->text, token) : DL_NONE;
            if (next == DL_NONE || next <= at || !is_word(c, next, p->words[i])) return DL_NONE;
        }
        at = next;
    }
    bool preposition = p->word_count > 1 && c->text->tokens[at].upos == DL_ADP;
    return preposition && begins_time(c, at + 1) ? DL_NONE : at;
}

static bool has_auxiliary(const coder *c, uint32_t token)
{
    return c->text->parsed && dl_tree_child(c->text, token, DL_DEP_AUX) != DL_NONE;
}

static bool may_be_verb(const coder *c, uint32_t token)
{
    const dl_token *t = &c->text->tokens[token];
    if (t->upos == DL_UPOS_NONE || t->upos == DL_VERB || t->upos == DL_AUX) return true;
    if (t->upos == DL_NOUN && has_auxiliary(c, token)) return true; /* "has cancelled", taken for a noun */
    /* participles tagged as adjectives: "the besieged town"; "ready to" */
    bool before_to = token + 1 < c->text->token_count && is_word(c, token + 1, c->word_to);
    bool inflected = dl_str_ends(t->norm, "ed") || dl_str_ends(t->norm, "ing");
    if (t->upos == DL_X || t->upos == DL_PART) return inflected; /* words that the model does not know */
    return t->upos == DL_ADJ && (before_to || inflected);
}

static bool may_be_noun(const coder *c, uint32_t first, uint32_t last)
{
    const dl_token *t = &c->text->tokens[last];
    if (t->upos == DL_NOUN || t->upos == DL_PROPN || t->upos == DL_UPOS_NONE || t->upos == DL_NUM || t->upos == DL_X) return true;
    return first != last && t->upos != DL_VERB; /* "search and rescue", "persona non grata" */
}

/* In a noun's phrase the last word is the head, unless the tree says otherwise ("persona non grata"). */
static uint32_t head_of(const coder *c, const pattern *p, uint32_t first, uint32_t last)
{
    if (!p->noun || !c->text->parsed) return p->noun ? last : first;
    for (uint32_t t = first; t <= last; t++) {
        uint32_t head = c->text->tokens[t].head;
        if ((head < first || head > last) && c->text->tokens[t].upos != DL_ADP) return t;
    }
    return last;
}

static bool answers(const coder *c, const pattern *p, uint32_t token, uint32_t *last)
{
    if (p->noun) {
        *last = match_nominal(c, p, token);
        return *last != DL_NONE && may_be_noun(c, token, *last) && conditions_hold(c, p, head_of(c, p, token, *last));
    }
    if (!may_be_verb(c, token)) return false;
    *last = match_verbal(c, p, token);
    return *last != DL_NONE && conditions_hold(c, p, token);
}

/* The longest pattern that starts here and whose conditions hold. */
static const pattern *pattern_at(const coder *c, uint32_t token, uint32_t *last)
{
    const pattern *best = NULL;
    const token_view *view = &c->views[token];
    for (size_t f = 0; f < view->form_count; f++) {
        size_t count;
        const pattern *patterns = patterns_of(c->data, view->forms[f], &count);
        for (size_t i = 0; i < count; i++) {
            uint32_t end;
            if (best && patterns[i].word_count <= best->word_count) break;
            if (!answers(c, &patterns[i], token, &end)) continue;
            best = &patterns[i];
            *last = end;
            break;
        }
    }
    return best;
}

static bool is_anaphor(const coder *c, const pattern *p, uint32_t head)
{
    if (!p->noun) return false;
    uint32_t start = clause_phrase_start(c, head);
    return is_word(c, start, c->word_the) || is_word(c, start, c->word_this) || is_word(c, start, c->word_that);
}

/* The model's span round a word ends where its probability does. */
static uint32_t hint_token(const coder *c, uint32_t first, uint32_t last)
{
    if (!c->hints.event) return last;
    uint32_t best = first;
    for (uint32_t t = first; t <= last; t++)
        if (hints_type(&c->hints, t, DL_EVENT_NONE) > hints_type(&c->hints, best, DL_EVENT_NONE)) best = t;
    uint32_t end = sentence_end(c, first);
    while (best + 1 < end && dl_str_starts(dl_signal_best(c->hints.event, best + 1), "I-")) best++;
    return best;
}

static bool is_specific(const pattern *p)
{
    if (p->word_count > 1) return true;
    for (size_t i = 0; i < p->condition_count; i++)
        if (!p->conditions[i].negated) return true;
    return false;
}

/* Where the model is sure of another type than the lists, it is taken, with the general slots of that type. */
static void heed_model(const coder *c, trigger *t)
{
    t->score = 1;
    if (!c->hints.event) return;
    float probability, own = hints_type(&c->hints, t->hint_token, (dl_event_type)t->type);
    dl_event_type best = hints_best_type(&c->hints, t->hint_token, &probability);
    bool sure = t->specific ? probability > 0.95f && own < 0.03f : probability > 0.8f && own < 0.1f;
    if (best != DL_EVENT_NONE && best != (dl_event_type)t->type && (!t->listed || sure)) {
        t->pattern = &c->data->general[best][t->pattern->noun];
        t->type = (uint8_t)best;
        t->mode = (dl_str){0};
        t->rule = "type of the model";
    }
    t->score = hints_type(&c->hints, t->hint_token, DL_EVENT_NONE);
}

static dl_status add_trigger(coder *c, const pattern *p, uint32_t first, uint32_t last, dl_error *err)
{
    trigger *t = DL_VEC_PUSH(c->arena, &c->triggers);
    if (!t) return dl_fail_memory(err);
    uint32_t head = head_of(c, p, first, last);
    uint32_t end = p->noun || last <= first + MAX_GAP ? last : first;
    *t = (trigger){.pattern = p, .token = head, .first = first, .last = last, .sentence = c->text->tokens[first].sentence, .type = p->type,
                   .mode = p->mode, .governor = DL_NONE, .group = (uint32_t)c->triggers.count - 1};
    t->span = (dl_span){c->text->tokens[first].span.start, c->text->tokens[end].span.end};
    t->effect = p->type == DL_ASSAULT && is_class(c, head, c->class_effect);
    t->listed = p->word_count > 0;
    t->specific = is_specific(p);
    t->hint_token = hint_token(c, first, end);
    heed_model(c, t);
    t->anaphor = is_anaphor(c, p, head);
    return DL_OK;
}

/* Where the lists know nothing, a span of the model; gives how many tokens it takes, 0 for none. */
static uint32_t model_span(const coder *c, uint32_t token, uint32_t end)
{
    if (!c->hints.event || !dl_str_starts(dl_signal_best(c->hints.event, token), "B-")) return 0;
    uint32_t last = token;
    while (last + 1 < end && dl_str_starts(dl_signal_best(c->hints.event, last + 1), "I-")) last++;
    return last + 1 - token;
}

static bool is_free(const coder *c, size_t from, uint32_t first, uint32_t last)
{
    for (size_t i = from; i < c->triggers.count; i++) {
        const trigger *t = &c->triggers.items[i];
        if (t->first <= last && first <= t->last) return false;
    }
    return true;
}

static uint32_t head_in(const coder *c, uint32_t first, uint32_t last)
{
    for (uint32_t t = first; t <= last && c->text->parsed; t++) {
        uint32_t head = c->text->tokens[t].head;
        if (head < first || head > last) return t;
    }
    return last;
}

/* The lists know the word for this type, and rule this use of it out: "heart attack". */
static bool is_refused(const coder *c, uint32_t token, dl_event_type type)
{
    for (size_t f = 0; f < c->views[token].form_count; f++) {
        size_t count;
        const pattern *patterns = patterns_of(c->data, c->views[token].forms[f], &count);
        for (size_t i = 0; i < count; i++)
            if (patterns[i].word_count == 1 && patterns[i].type == type && is_excluded(c, &patterns[i], token)) return true;
    }
    return false;
}

static dl_status find_by_model(coder *c, const dl_sentence *sentence, size_t from, dl_error *err)
{
    uint32_t end = sentence->first + sentence->count;
    for (uint32_t t = sentence->first; t < end && c->triggers.count - from < MAX_SENTENCE_TRIGGERS; t++) {
        uint32_t count = model_span(c, t, end);
        if (!count) continue;
        float probability;
        dl_event_type type = hints_best_type(&c->hints, t + count - 1, &probability);
        if (type == DL_EVENT_NONE || !is_free(c, from, t, t + count - 1)) continue;
        uint32_t head = head_in(c, t, t + count - 1);
        uint8_t upos = c->text->tokens[head].upos;
        if (upos != DL_VERB && upos != DL_NOUN && upos != DL_ADJ && upos != DL_PROPN) continue;
        if (is_refused(c, head, type)) continue;
        dl_status status = add_trigger(c, &c->data->general[type][!clause_is_verb(c, head)], t, t + count - 1, err);
        if (status != DL_OK) return status;
        c->triggers.items[c->triggers.count - 1].token = head;
        t += count - 1;
    }
    return DL_OK;
}

/* Back into the order of the text, after the model's were added behind the others; both runs are in order. */
static void sort_triggers(coder *c, size_t from)
{
    for (size_t i = from + 1; i < c->triggers.count; i++) {
        trigger moving = c->triggers.items[i];
        size_t at = i;
        for (; at > from && c->triggers.items[at - 1].token > moving.token; at--) c->triggers.items[at] = c->triggers.items[at - 1];
        c->triggers.items[at] = moving;
    }
    for (size_t i = from; i < c->triggers.count; i++) c->triggers.items[i].group = (uint32_t)i;
}

static dl_status find_in_sentence(coder *c, const dl_sentence *sentence, dl_error *err)
{
    size_t from = c->triggers.count;
    uint32_t end = sentence->first + sentence->count, last = 0;
    for (uint32_t t = sentence->first; t < end && c->triggers.count - from < MAX_SENTENCE_TRIGGERS; t++) {
        const pattern *p = c->views[t].form_count ? pattern_at(c, t, &last) : NULL;
        if (!p) continue;
        dl_status status = add_trigger(c, p, t, last, err);
        if (status != DL_OK) return status;
        if (p->noun) t = last;
    }
    dl_status status = find_by_model(c, sentence, from, err);
    if (status == DL_OK) status = find_duties(c, sentence, from, err);
    sort_triggers(c, from);
    return status;
}

dl_status find_triggers(coder *c, dl_error *err)
{
    for (size_t s = 0; s < c->text->sentence_count; s++) {
        dl_status status = find_in_sentence(c, &c->text->sentences[s], err);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}
