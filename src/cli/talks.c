/* talks.c - `dateline talks`: rounds, issues and how they moved; the report of a delegation to its capital. */
#include <inttypes.h>

#include "base/date.h"
#include "cli/layout.h"
#include "cli/markdown.h"
#include "cli/views.h"

static void put_names(dl_json_out *out, const dl_str *names, size_t count, const char *between)
{
    for (size_t i = 0; i < count; i++) {
        if (i) put_bytes(out, dl_str_of(between));
        put_bytes(out, names[i]);
    }
}

static dl_str joined(printer *p, const dl_str *names, size_t count)
{
    dl_json_out_clear(&p->scratch);
    put_names(&p->scratch, names, count, "; ");
    return (dl_str){p->scratch.bytes, p->scratch.len};
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

/* ---- a table ---- */

static const view_column round_columns[] = {{"round", 6}, {"day", 10}, {"place", 18}, {"mediators", 20}, {"next", 0}};
static const view_column issue_columns[] = {{"issue", 22}, {"day", 10}, {"status", 22}, {"who says so", 0}};

static void table_talk_quote(printer *p, const dl_talk_row *talk, dl_span span, dl_str text)
{
    char id[16];
    snprintf(id, sizeof id, "N%" PRIu32, talk->item + 1);
    view_quote(p, talk->document, id, span, text);
}

static void table_round(printer *p, const dl_round *round)
{
    char number[16] = "", day[16], next[16];
    dl_json_out where = {0};
    dl_str mediators = joined(p, round->mediators, round->mediator_count);
    if (round->number) snprintf(number, sizeof number, "%" PRId32, round->number);
    if (round->next_from) put_format(&where, "%s %.*s", dl_date_format(round->next_date, next), (int)round->next_place.len, round->next_place.ptr ? round->next_place.ptr : "");
    const dl_str cells[] = {dl_str_of(number), dl_str_of(dl_date_format(round->date, day)), round->place, mediators, {where.bytes, where.len}};
    view_cells(p, round_columns, 5, cells);
    for (size_t i = 0; i < round->talk_count; i++) table_talk_quote(p, round->talks[i], round->talks[i]->quote.span, round->talks[i]->quote.sentence_text);
    if (round->next_from) table_talk_quote(p, round->next_from, round->next_from->next_quote.span, round->next_from->next_quote.sentence_text);
    dl_json_out_free(&where);
}

static void table_move(printer *p, dl_str topic, const dl_issue_move *move)
{
    char day[16], status[64];
    snprintf(status, sizeof status, move->moved ? "%.*s, was %.*s" : "%.*s%.*s", (int)(move->status.len < 24 ? move->status.len : 24), move->status.ptr,
             move->moved ? (int)(move->before.len < 24 ? move->before.len : 24) : 0, move->moved ? move->before.ptr : "");
    const dl_str cells[] = {topic, dl_str_of(dl_date_format(move->date, day)), dl_str_of(status), speaker_of(move)};
    view_cells(p, issue_columns, 4, cells);
    table_talk_quote(p, move->talk, move->issue->quote.span, move->issue->quote.sentence_text);
}

static void table_process(printer *p, const dl_process *process)
{
    if (p->rows) put_bytes(&p->out, DL_STR("\n"));
    put_style(&p->out, p->settings->colour, "\033[1m");
    put_bytes(&p->out, joined(p, process->parties, process->party_count));
    put_style(&p->out, p->settings->colour, "\033[0m");
    put_bytes(&p->out, DL_STR("\n"));
    view_heading(p, round_columns, 5);
    for (size_t i = 0; i < process->round_count; i++) table_round(p, &process->rounds[i]);
    if (process->topic_count) view_heading(p, issue_columns, 4);
    for (size_t i = 0; i < process->topic_count; i++)
        for (size_t k = 0; k < process->topics[i].move_count; k++) table_move(p, k ? DL_STR("") : process->topics[i].topic, &process->topics[i].moves[k]);
}

/* ---- the report to the capital ---- */

static bool is_ours(const printer *p, dl_str code)
{
    dl_str party = dl_str_of(p->settings->brief);
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

static void brief_issue(printer *p, const dl_topic *topic)
{
    dl_json_out *out = &p->out;
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
        if (move->issue->speaker.code.len) put_format(out, " (%.*s%s)", (int)move->issue->speaker.code.len, move->issue->speaker.code.ptr, is_ours(p, move->issue->speaker.code) ? ", ours" : "");
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

static void brief_process(printer *p, const dl_process *process)
{
    dl_json_out *out = &p->out;
    if (!process->round_count) return;
    if (p->rows) put_bytes(out, DL_STR("\n"));
    put_bytes(out, DL_STR("# Report to "));
    markdown_text(out, dl_str_of(p->settings->brief));
    put_bytes(out, DL_STR(": talks of "));
    put_names(out, process->parties, process->party_count, ", ");
    put_bytes(out, DL_STR("\n\n"));
    brief_round(out, &process->rounds[process->round_count - 1], "- **Last:**");
    brief_next(out, &process->rounds[process->round_count - 1]);
    brief_moves(out, process);
    put_bytes(out, DL_STR("\n## Issues\n"));
    for (size_t i = 0; i < process->topic_count; i++) brief_issue(p, &process->topics[i]);
    put_bytes(out, DL_STR("\n## Rounds before\n\n"));
    if (process->round_count == 1) put_bytes(out, DL_STR("None that pages tell of.\n"));
    for (size_t i = process->round_count - 1; i-- > 0;) brief_round(out, &process->rounds[i], "-");
}

/* ---- the command ---- */

static dl_status ask_talks(printer *p, dl_store *store, dl_error *err)
{
    const cli_settings *settings = p->settings;
    dl_negotiations *negotiations;
    dl_talk_query query = {.since = settings->query.since, .until = settings->query.until, .topic = dl_str_of(settings->topic),
                           .party = dl_str_of(settings->brief ? settings->brief : settings->query.actor.ptr)};
    dl_status status = dl_negotiations_open(&negotiations, store, &query, err);
    if (status != DL_OK) return status;
    size_t count;
    const dl_process *processes = dl_negotiations_processes(negotiations, &count);
    for (size_t i = 0; i < count && printer_flush(p); i++, p->rows++) {
        switch (settings->format) {
        case FORMAT_TABLE: table_process(p, &processes[i]); break;
        case FORMAT_CSV: csv_process(&p->out, &processes[i], !p->rows); break;
        case FORMAT_MARKDOWN: brief_process(p, &processes[i]); break;
        default: json_process(&p->out, &processes[i]), dl_json_newline(&p->out);
        }
    }
    dl_negotiations_free(negotiations);
    return DL_OK;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_talks, "fsqv0", argc, argv);
    if (code >= 0) return code;
    if (settings.brief && !settings.format) settings.format = FORMAT_MARKDOWN;
    code = choose_format(&settings, &command_talks, 1u << FORMAT_TABLE | 1u << FORMAT_NDJSON | 1u << FORMAT_CSV | 1u << FORMAT_MARKDOWN);
    if (code >= 0) return code;
    if ((settings.format == FORMAT_MARKDOWN) != (settings.brief != NULL)) return usage_error(&command_talks, "--brief PARTY and --format markdown go together");
    if (settings.path_count) return usage_error(&command_talks, "'%s' is no option; a party goes behind --actor or --brief", settings.paths[0]);
    return run_view(&command_talks, &settings, ask_talks);
}

const command command_talks = {
    "talks", "rounds of talks, their issues and how these moved; the report of a delegation",
    "Usage: dateline talks [OPTION]... --store FILE\n\n"
    "Prints, for each set of parties, the rounds with day, place, mediators and the next date, and each issue with every word on its state: what\n"
    "it was before, who says so, and where. With --brief the report that a party's delegation would send to its capital, in Markdown.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "  -f, --format F       table, ndjson or csv: a table on a terminal, NDJSON in a pipe\n"
    "      --actor WHO      talks that it is a party of: the beginning of a code\n"
    "      --brief PARTY    the report to this party: the beginning of its code (SDN, SDNREB, UKR)\n"
    "      --topic TOPIC    of an issue: prisoners, ceasefire, nuclear plant, ...\n"
    "      --since DAY, --until DAY  of the pages, YYYY-MM-DD\n\n"
    "Examples:\n"
    "  dateline talks --store news.store --actor SDN\n"
    "  dateline talks --store news.store --brief SDNREB > report.md\n",
    run};
