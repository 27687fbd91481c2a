/* brief.c - the report of a delegation to its capital, in Markdown. */
#include <inttypes.h>

#include "base/date.h"
#include "export/markdown.h"
#include "export/view_rows.h"

static void put_names(dl_json_out *out, const dl_str *names, size_t count, const char *between)
{
    for (size_t i = 0; i < count; i++) {
        if (i) put_bytes(out, dl_str_of(between));
        put_bytes(out, names[i]);
    }
}

static dl_str speaker_of(const dl_issue_move *move)
{
    return move->issue->speaker.name.len ? move->issue->speaker.name : move->talk->site.len ? move->talk->site : move->talk->document;
}

/* The statement on the issue, else its sentence. */
static dl_str words_of(const dl_issue_row *issue, dl_span *span)
{
    *span = issue->statement.ptr ? issue->statement_span : issue->quote.sentence_span;
    return issue->statement.ptr ? issue->statement : issue->quote.sentence_text;
}

static bool is_ours(dl_str party, dl_str code)
{
    return party.len && code.len >= party.len && dl_str_eq(dl_str_slice(code, 0, party.len), party);
}

static void brief_source(dl_json_out *out, const dl_talk_row *talk, dl_span span)
{
    char day[16];
    put_bytes(out, DL_STR(" ("));
    markdown_link(out, talk->site.len ? talk->site : talk->document, talk->url);
    put_format(out, ", %s, ", dl_date_format(talk->published, day));
    markdown_text(out, talk->document);
    put_format(out, " N%" PRIu32 " [%" PRIu32 ",%" PRIu32 "])", talk->item + 1, span.start, span.end);
}

static void brief_quote(dl_json_out *out, const dl_talk_row *talk, dl_span span, dl_str text)
{
    put_bytes(out, DL_STR("\xE2\x80\x9C"));
    markdown_text(out, text);
    put_bytes(out, DL_STR("\xE2\x80\x9D"));
    brief_source(out, talk, span);
    put_bytes(out, DL_STR("\n"));
}

static void brief_round(dl_json_out *out, const dl_round *round, const char *label)
{
    char day[16];
    put_format(out, "%s ", label);
    if (round->number) put_format(out, "round %" PRId32 ", ", round->number);
    put_bytes(out, dl_str_of(dl_date_format(round->date, day)));
    if (round->place.ptr) put_bytes(out, DL_STR(", ")), markdown_text(out, round->place);
    if (round->mediator_count) put_bytes(out, DL_STR("; mediators ")), put_names(out, round->mediators, round->mediator_count, ", ");
    if (round->delegate_count) put_bytes(out, DL_STR("; delegates ")), put_names(out, round->delegates, round->delegate_count, ", ");
    if (round->outcome.ptr) put_bytes(out, DL_STR("; outcome: ")), markdown_text(out, round->outcome);
    put_bytes(out, DL_STR(".\n  - "));
    brief_quote(out, round->talks[0], round->talks[0]->quote.sentence_span, round->talks[0]->quote.sentence_text);
}

static void brief_next(dl_json_out *out, const dl_round *last)
{
    char day[16];
    put_bytes(out, DL_STR("- **Next:** "));
    if (!last->next_from) {
        put_bytes(out, DL_STR("no page tells of a next round.\n"));
        return;
    }
    put_bytes(out, last->next_date.year ? dl_str_of(dl_date_format(last->next_date, day)) : DL_STR("day not told"));
    if (last->next_place.ptr) put_bytes(out, DL_STR(", ")), markdown_text(out, last->next_place);
    put_bytes(out, DL_STR(".\n  - "));
    brief_quote(out, last->next_from, last->next_from->next_quote.sentence_span, last->next_from->next_quote.sentence_text);
}

static void brief_issue(dl_json_out *out, dl_str party, const dl_topic *topic)
{
    put_bytes(out, DL_STR("\n### "));
    markdown_text(out, topic->topic);
    put_bytes(out, DL_STR(": "));
    markdown_text(out, topic->moves[topic->move_count - 1].status);
    put_bytes(out, DL_STR("\n\n"));
    for (size_t i = topic->move_count; i-- > 0;) {
        const dl_issue_move *move = &topic->moves[i];
        char day[16];
        dl_span span;
        dl_str words = words_of(move->issue, &span);
        put_format(out, "- %s **", dl_date_format(move->date, day));
        markdown_text(out, move->status);
        put_bytes(out, DL_STR("**"));
        if (move->moved) put_bytes(out, DL_STR(" (was ")), markdown_text(out, move->before), put_bytes(out, DL_STR(")"));
        put_bytes(out, DL_STR(", "));
        markdown_text(out, speaker_of(move));
        if (move->issue->speaker.code.len) put_format(out, " (%.*s%s)", (int)move->issue->speaker.code.len, move->issue->speaker.code.ptr, is_ours(party, move->issue->speaker.code) ? ", ours" : "");
        put_bytes(out, DL_STR(": "));
        brief_quote(out, move->talk, span, words);
    }
}

/* The last state before round `round` and the last in it. */
static bool moved_in(const dl_topic *topic, uint32_t round, dl_str *from, dl_str *to)
{
    *from = *to = (dl_str){0};
    for (size_t i = 0; i < topic->move_count; i++)
        if (topic->moves[i].round < round) *from = topic->moves[i].status;
        else if (topic->moves[i].round == round) *to = topic->moves[i].status;
    return to->ptr && !dl_str_eq(*from, *to);
}

static void brief_moves(dl_json_out *out, const dl_process *process)
{
    uint32_t last = (uint32_t)process->round_count - 1;
    bool any = false;
    put_bytes(out, DL_STR("\n## What moved in the last round\n\n"));
    for (size_t i = 0; i < process->topic_count; i++) {
        dl_str from, to;
        if (!moved_in(&process->topics[i], last, &from, &to)) continue;
        put_bytes(out, DL_STR("- "));
        markdown_text(out, process->topics[i].topic);
        put_bytes(out, DL_STR(": "));
        markdown_text(out, from.ptr ? from : DL_STR("not raised"));
        put_bytes(out, DL_STR(" \xE2\x86\x92 "));
        markdown_text(out, to);
        put_bytes(out, DL_STR("\n"));
        any = true;
    }
    if (!any) put_bytes(out, DL_STR("Nothing that pages tell of.\n"));
}

void brief_process(dl_json_out *out, const dl_process *process, dl_str party, bool first)
{
    if (!process->round_count) return;
    if (!first) put_bytes(out, DL_STR("\n"));
    put_bytes(out, DL_STR("# Report to "));
    markdown_text(out, party);
    put_bytes(out, DL_STR(": talks of "));
    put_names(out, process->parties, process->party_count, ", ");
    put_bytes(out, DL_STR("\n\n"));
    brief_round(out, &process->rounds[process->round_count - 1], "- **Last:**");
    brief_next(out, &process->rounds[process->round_count - 1]);
    brief_moves(out, process);
    put_bytes(out, DL_STR("\n## Issues\n"));
    for (size_t i = 0; i < process->topic_count; i++) brief_issue(out, party, &process->topics[i]);
    put_bytes(out, DL_STR("\n## Rounds before\n\n"));
    if (process->round_count == 1) put_bytes(out, DL_STR("None that pages tell of.\n"));
    for (size_t i = process->round_count - 1; i-- > 0;) brief_round(out, &process->rounds[i], "-");
}
