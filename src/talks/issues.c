/* issues.c - what is negotiated, and how far it has come: the word that governs the issue decides, else the nearest. */
#include "base/error.h"
#include "base/str.h"
#include "syntax/tree.h"
#include "talks/data.h"
#include "text/match.h"

enum { REACH = 14, CLIMB = 4, NEGATION = 3, LONGEST_LIST = 40 }; /* tokens between a cue and its issue; steps up the tree; tokens before a cue; sentences */

static bool is_negated(const talks_reader *r, uint32_t first, uint32_t token)
{
    for (uint32_t back = 1; back <= NEGATION && token >= first + back; back++) {
        uint32_t t = token - back;
        if (talks_is(r, t, "not") || talks_is(r, t, "n't") || talks_is(r, t, "no") || talks_is(r, t, "never") || talks_is(r, t, "without")) return true;
    }
    return false;
}

static bool status_at(const talks_reader *r, uint32_t first, uint32_t token, dl_issue_status *out)
{
    static const struct {
        const char *kind;
        dl_issue_status status;
    } states[] = {{"agreed", DL_ISSUE_AGREED}, {"rejected", DL_ISSUE_REJECTED}, {"proposed", DL_ISSUE_PROPOSED}, {"open", DL_ISSUE_OPEN}};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (!talks_cue_at(r, token, states[i].kind)) continue;
        *out = states[i].status;
        if (*out == DL_ISSUE_AGREED && is_negated(r, first, token)) *out = DL_ISSUE_OPEN; /* "lists were handed over but not agreed" */
        return true;
    }
    return false;
}

/* The words above the issue in the tree: "rejected a ceasefire", "an exchange of prisoners remained open". */
static bool status_above(const talks_reader *r, const dl_sentence *s, uint32_t last, dl_issue_status *out)
{
    uint32_t token = last;
    for (int step = 0; step < CLIMB && r->text->parsed; step++) {
        token = r->text->tokens[token].head;
        if (token == DL_NONE || token < s->first || token >= s->first + s->count) return false;
        if (status_at(r, s->first, token, out)) return true;
    }
    return false;
}

/* The cue before the issue goes before one behind it: "agreed on a ceasefire", "the ceasefire was rejected". */
static bool status_near(const talks_reader *r, const dl_sentence *s, uint32_t first, uint32_t last, dl_issue_status *out)
{
    for (uint32_t back = 1; back <= REACH && first >= s->first + back; back++)
        if (status_at(r, s->first, first - back, out)) return true;
    for (uint32_t at = last + 1; at < s->first + s->count && at <= last + REACH; at++)
        if (status_at(r, s->first, at, out)) return true;
    return false;
}

/* The line that opens a list, "three questions stayed open:", told of a sentence that stands in the list; DL_NONE. */
static uint32_t list_opening(const talks_reader *r, uint32_t sentence)
{
    const dl_text *text = r->text;
    uint32_t block = text->sentences[sentence].block, at = sentence;
    while (at > 0 && text->sentences[at].block == block && sentence - at < LONGEST_LIST) at--;
    bool list = block < r->in->story->block_count && r->in->story->blocks[block].kind == DL_BLOCK_LIST;
    if (text->sentences[at].block == block || !text->sentences[at].count || !list) return DL_NONE;
    return talks_is(r, talks_sentence_end(r, at) - 1, ":") ? at : DL_NONE;
}

static bool status_of_list(const talks_reader *r, uint32_t sentence, dl_issue_status *out)
{
    uint32_t opening = list_opening(r, sentence);
    if (opening == DL_NONE) return false;
    const dl_sentence *s = &r->text->sentences[opening];
    for (uint32_t t = s->first; t < s->first + s->count; t++)
        if (status_at(r, s->first, t, out)) return true;
    return false;
}

static bool is_told(const issue_vec *issues, dl_str topic, dl_issue_status status)
{
    for (size_t i = 0; i < issues->count; i++)
        if (dl_str_eq(issues->items[i].topic, topic) && issues->items[i].status == status) return true;
    return false;
}

static dl_status add(const talks_reader *r, issue_vec *out, dl_span span, dl_str topic, dl_issue_status status, dl_error *err)
{
    if (is_told(out, topic, status)) return DL_OK;
    dl_issue *issue = DL_VEC_PUSH(r->arena, out);
    if (!issue) return dl_fail_memory(err);
    *issue = (dl_issue){span, topic, status};
    return DL_OK;
}

static bool status_of(const talks_reader *r, const dl_sentence *s, uint32_t first, uint32_t last, dl_issue_status *out)
{
    if (first > s->first + 1 && (talks_is(r, first - 1, "without") || talks_is(r, first - 2, "without"))) {
        *out = DL_ISSUE_OPEN; /* "an agreement on aid, but without a ceasefire" */
        return true;
    }
    return status_above(r, s, last, out) || status_near(r, s, first, last, out);
}

/* Whether a new line begins between two tokens: lists have an item a line. */
static bool line_between(const talks_reader *r, uint32_t before, uint32_t token)
{
    dl_span gap = {r->text->tokens[before].span.end, r->text->tokens[token].span.start};
    return gap.end > gap.start && dl_str_find(dl_span_str(r->text->text, gap), DL_STR("\n"), 0) != SIZE_MAX;
}

bool talks_names_issue(const talks_reader *r, uint32_t sentence)
{
    const dl_sentence *s = &r->text->sentences[sentence];
    dl_rows rows;
    for (uint32_t t = s->first; t < s->first + s->count; t++)
        if (dl_match_longest(r->data->issues, r->text, t, true, &rows)) return true;
    return false;
}

dl_status talks_read_issues(const talks_reader *r, uint32_t sentence, issue_vec *out, dl_error *err)
{
    const dl_sentence *s = &r->text->sentences[sentence];
    dl_issue_status listed, status;
    bool list = status_of_list(r, sentence, &listed), told = false; /* a line of a list tells its issue first */
    for (uint32_t t = s->first; t < s->first + s->count; t++) {
        dl_rows rows;
        if (list && t > s->first && line_between(r, t - 1, t)) told = false;
        size_t count = told ? 0 : dl_match_longest(r->data->issues, r->text, t, true, &rows);
        if (!count) continue;
        uint32_t last = t + (uint32_t)count - 1;
        if (list || status_of(r, s, t, last, &status)) {
            dl_span span = {r->text->tokens[t].span.start, r->text->tokens[last].span.end};
            dl_str topic = dl_table_cell(r->data->issues, rows.first, r->data->topic);
            dl_status done = add(r, out, span, topic, list ? listed : status, err);
            if (done != DL_OK) return done;
            told = list;
        }
        t = last;
    }
    return DL_OK;
}
