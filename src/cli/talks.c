/* talks.c - `dateline talks`: rounds, issues and how they moved; the report of a delegation to its capital. */
#include <inttypes.h>

#include "base/date.h"
#include "cli/layout.h"
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
        case FORMAT_MARKDOWN: brief_process(&p->out, &processes[i], dl_str_of(settings->brief), !p->rows); break;
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
