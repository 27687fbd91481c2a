/* talk_rows.c - rounds of talks and how their issues moved, for programs and spreadsheets. */
#include <inttypes.h>
#include <stdio.h>

#include "export/view_rows.h"

static dl_str joined(dl_json_out *scratch, const dl_str *names, size_t count)
{
    dl_json_out_clear(scratch);
    for (size_t i = 0; i < count; i++) {
        if (i) put_bytes(scratch, DL_STR("; "));
        put_bytes(scratch, names[i]);
    }
    return (dl_str){scratch->bytes, scratch->len};
}

static dl_str speaker_of(const dl_issue_move *move)
{
    return move->issue->speaker.name.len ? move->issue->speaker.name : move->talk->site.len ? move->talk->site : move->talk->document;
}

/* ---- NDJSON ---- */

static void json_names(dl_json_out *out, const char *key, const dl_str *names, size_t count)
{
    dl_json_key(out, key);
    dl_json_open(out, '[');
    for (size_t i = 0; i < count; i++) dl_json_str(out, names[i]);
    dl_json_close(out, ']');
}

static void json_from(dl_json_out *out, const dl_talk_row *talk, dl_span span, dl_span sentence, dl_str text)
{
    char id[16];
    snprintf(id, sizeof id, "N%" PRIu32, talk->item + 1);
    view_json_text(out, "document", talk->document);
    view_json_text(out, "talk", dl_str_of(id));
    view_json_span(out, "span", span);
    view_json_span(out, "sentence_span", sentence);
    view_json_text(out, "text", text);
    view_json_text(out, "url", talk->url);
    view_json_text(out, "outlet", talk->site);
    view_json_day(out, "published", talk->published);
}

static void json_round(dl_json_out *out, const dl_round *round)
{
    dl_json_open(out, '{');
    if (round->number) dl_json_key(out, "round"), dl_json_int(out, round->number);
    view_json_day(out, "date", round->date);
    view_json_day(out, "date_to", round->date_to);
    view_json_text(out, "place", round->place);
    view_json_text(out, "country", round->country);
    json_names(out, "mediators", round->mediators, round->mediator_count);
    json_names(out, "delegates", round->delegates, round->delegate_count);
    view_json_text(out, "outcome", round->outcome);
    dl_json_key(out, "told_by");
    dl_json_open(out, '[');
    for (size_t i = 0; i < round->talk_count; i++) {
        dl_json_open(out, '{');
        json_from(out, round->talks[i], round->talks[i]->quote.span, round->talks[i]->quote.sentence_span, round->talks[i]->quote.sentence_text);
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
    if (round->talks_left_out) dl_json_key(out, "told_more"), dl_json_int(out, (int64_t)round->talks_left_out);
    if (round->next_from) {
        const dl_quote *quote = &round->next_from->next_quote;
        dl_json_key(out, "next");
        dl_json_open(out, '{');
        view_json_day(out, "date", round->next_date);
        view_json_text(out, "place", round->next_place);
        json_from(out, round->next_from, quote->span, quote->sentence_span, quote->sentence_text);
        dl_json_close(out, '}');
    }
    dl_json_close(out, '}');
}

static void json_move(dl_json_out *out, const dl_issue_move *move)
{
    dl_json_open(out, '{');
    view_json_day(out, "date", move->date);
    view_json_text(out, "status", move->status);
    view_json_text(out, "before", move->before);
    dl_json_key(out, "moved"), dl_json_bool(out, move->moved);
    view_json_text(out, "speaker", move->issue->speaker.name);
    view_json_text(out, "code", move->issue->speaker.code);
    if (move->issue->statement.ptr) view_json_text(out, "statement", move->issue->statement), view_json_span(out, "statement_span", move->issue->statement_span);
    json_from(out, move->talk, move->issue->quote.span, move->issue->quote.sentence_span, move->issue->quote.sentence_text);
    dl_json_close(out, '}');
}

void json_process_members(dl_json_out *out, const dl_process *process)
{
    json_names(out, "parties", process->parties, process->party_count);
    dl_json_key(out, "rounds");
    dl_json_open(out, '[');
    for (size_t i = 0; i < process->round_count; i++) json_round(out, &process->rounds[i]);
    dl_json_close(out, ']');
    dl_json_key(out, "issues");
    dl_json_open(out, '[');
    for (size_t i = 0; i < process->topic_count; i++) {
        const dl_topic *topic = &process->topics[i];
        dl_json_open(out, '{');
        view_json_text(out, "topic", topic->topic);
        view_json_text(out, "status", topic->moves[topic->move_count - 1].status);
        dl_json_key(out, "moves");
        dl_json_open(out, '[');
        for (size_t k = 0; k < topic->move_count; k++) json_move(out, &topic->moves[k]);
        dl_json_close(out, ']');
        if (topic->moves_left_out) dl_json_key(out, "moves_more"), dl_json_int(out, (int64_t)topic->moves_left_out);
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
}

void json_process(dl_json_out *out, const dl_process *process)
{
    dl_json_open(out, '{');
    json_process_members(out, process);
    dl_json_close(out, '}');
}

/* ---- CSV ---- */

static void csv_from(dl_json_out *out, const dl_talk_row *talk, dl_span span, dl_span sentence, dl_str text)
{
    csv_text(out, talk->document);
    csv_number(out, "N%" PRIu32, talk->item + 1);
    csv_number(out, "%" PRIu32, span.start), csv_number(out, "%" PRIu32, span.end);
    csv_number(out, "%" PRIu32, sentence.start), csv_number(out, "%" PRIu32, sentence.end);
    csv_text(out, text), csv_text(out, talk->url), csv_text(out, talk->site);
    view_csv_day(out, talk->published);
    csv_end(out);
}

static void csv_round(dl_json_out *out, dl_json_out *scratch, const dl_process *process, const dl_round *round)
{
    csv_text(out, DL_STR("round"));
    csv_text(out, joined(scratch, process->parties, process->party_count));
    if (round->number) csv_number(out, "%" PRId32, round->number);
    else csv_empty(out);
    view_csv_day(out, round->date), view_csv_day(out, round->date_to);
    csv_text(out, round->place);
    csv_text(out, joined(scratch, round->mediators, round->mediator_count));
    csv_text(out, joined(scratch, round->delegates, round->delegate_count));
    csv_text(out, round->outcome);
    view_csv_day(out, round->next_date);
    csv_text(out, round->next_place);
    for (int i = 0; i < 6; i++) csv_empty(out);
    const dl_talk_row *talk = round->talks[0];
    csv_from(out, talk, talk->quote.span, talk->quote.sentence_span, talk->quote.sentence_text);
}

static void csv_move(dl_json_out *out, dl_json_out *scratch, const dl_process *process, const dl_topic *topic, const dl_issue_move *move)
{
    int32_t number = process->rounds[move->round].number;
    csv_text(out, DL_STR("issue"));
    csv_text(out, joined(scratch, process->parties, process->party_count));
    if (number) csv_number(out, "%" PRId32, number);
    else csv_empty(out);
    view_csv_day(out, move->date);
    for (int i = 0; i < 7; i++) csv_empty(out);
    csv_text(out, topic->topic), csv_text(out, move->status), csv_text(out, move->before);
    csv_number(out, "%d", move->moved);
    csv_text(out, speaker_of(move)), csv_text(out, move->issue->speaker.code);
    csv_from(out, move->talk, move->issue->quote.span, move->issue->quote.sentence_span, move->issue->quote.sentence_text);
}

void csv_process(dl_json_out *out, const dl_process *process, bool first)
{
    dl_json_out scratch = {0};
    if (first)
        put_bytes(out, DL_STR("level,parties,round,date,date_to,place,mediators,delegates,outcome,next_date,next_place,topic,status,before,moved,"
                                  "speaker,speaker_code,document,talk,start,end,sentence_start,sentence_end,text,url,outlet,published\r\n"));
    for (size_t i = 0; i < process->round_count; i++) csv_round(out, &scratch, process, &process->rounds[i]);
    for (size_t i = 0; i < process->topic_count; i++)
        for (size_t k = 0; k < process->topics[i].move_count; k++) csv_move(out, &scratch, process, &process->topics[i], &process->topics[i].moves[k]);
    if (scratch.failed) out->failed = true;
    dl_json_out_free(&scratch);
}
