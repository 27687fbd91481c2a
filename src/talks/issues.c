/* issues.c - what is negotiated, and how far it has come: the cue nearest to the issue in its sentence decides. */
#include "base/error.h"
#include "base/str.h"
#include "talks/data.h"
#include "text/match.h"

enum { REACH = 14 }; /* tokens between a cue and its issue */

size_t talks_cue_at(const talks_reader *r, size_t token, const char *kind)
{
    dl_rows rows;
    size_t count = dl_match_longest(r->data->cues, r->text, token, true, &rows);
    for (uint32_t i = 0; count && i < rows.count; i++)
        if (dl_str_is(dl_table_cell(r->data->cues, rows.first + i, r->data->kind), kind)) return count;
    return 0;
}

static bool status_at(const talks_reader *r, size_t token, dl_issue_status *out)
{
    static const struct {
        const char *kind;
        dl_issue_status status;
    } states[] = {{"agreed", DL_ISSUE_AGREED}, {"rejected", DL_ISSUE_REJECTED}, {"proposed", DL_ISSUE_PROPOSED}, {"open", DL_ISSUE_OPEN}};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (talks_cue_at(r, token, states[i].kind)) {
            *out = states[i].status;
            return true;
        }
    return false;
}

/* The cue before the issue goes before one behind it: "agreed on a ceasefire", "the ceasefire was rejected". */
static dl_issue_status status_of(const talks_reader *r, const dl_sentence *s, size_t first, size_t last)
{
    dl_issue_status status = DL_ISSUE_OPEN;
    for (size_t back = 1; back <= REACH && first >= s->first + back; back++)
        if (status_at(r, first - back, &status)) return status;
    for (size_t at = last + 1; at < s->first + s->count && at <= last + REACH; at++)
        if (status_at(r, at, &status)) return status;
    return status;
}

static bool is_told(const issue_vec *issues, dl_str topic, dl_issue_status status)
{
    for (size_t i = 0; i < issues->count; i++)
        if (dl_str_eq(issues->items[i].topic, topic) && issues->items[i].status == status) return true;
    return false;
}

dl_status talks_read_issues(const talks_reader *r, uint32_t sentence, issue_vec *out, dl_error *err)
{
    const dl_sentence *s = &r->text->sentences[sentence];
    for (size_t t = s->first; t < s->first + s->count; t++) {
        dl_rows rows;
        size_t count = dl_match_longest(r->data->issues, r->text, t, true, &rows);
        if (!count) continue;
        size_t last = t + count - 1;
        dl_str topic = dl_table_cell(r->data->issues, rows.first, r->data->topic);
        dl_issue_status status = status_of(r, s, t, last);
        if (!is_told(out, topic, status)) {
            dl_issue *issue = DL_VEC_PUSH(r->arena, out);
            if (!issue) return dl_fail_memory(err);
            *issue = (dl_issue){{r->text->tokens[t].span.start, r->text->tokens[last].span.end}, topic, status};
        }
        t = last;
    }
    return DL_OK;
}
