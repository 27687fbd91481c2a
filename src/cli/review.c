/* review.c - `dateline review`: what a person should look at first, and the person's word on it. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/error.h"
#include "cli/happening_rows.h"
#include "cli/layout.h"

enum { ON_TERMINAL = 20, QUEUED = 3000 /* events, where nothing else is asked for */ };

/* ---- the queue ---- */

typedef struct entry {
    double doubt, weight;
    const dl_claim *claim;
} entry;

/* The more lives a wrong claim would miscount, the sooner it is looked at; a claim that no figure hangs on weighs one. */
static double weight_of(const dl_claim *claim)
{
    int64_t people = 0;
    for (size_t i = 0; i < DL_HARMS; i++)
        if (claim->standing[i] == DL_STANDING_CURRENT) people += claim->counts[i].min;
    return 1 + log2(1 + (double)people);
}

static int by_urgency(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    double x = a->doubt * a->weight, y = b->doubt * b->weight;
    if (x != y) return x > y ? -1 : 1;
    if (a->claim->row.number != b->claim->row.number) return a->claim->row.number < b->claim->row.number ? -1 : 1;
    return a->claim->row.item < b->claim->row.item ? -1 : 1;
}

static const view_column columns[] = {{"urgency", 7}, {"doubt", 5}, {"event", 10}, {"day", 10}, {"place", 18}, {"killed", 8}, {"wounded", 8}, {"who says so", 0}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void table_entry(printer *p, const entry *one)
{
    char urgency[16], doubt[16], day[16], killed[64], wounded[64];
    const dl_row *row = &one->claim->row;
    snprintf(urgency, sizeof urgency, "%.2f", one->doubt * one->weight);
    snprintf(doubt, sizeof doubt, "%.2f", one->doubt);
    const dl_str cells[COLUMNS] = {dl_str_of(urgency), dl_str_of(doubt), dl_str_of(dl_event_type_name(row->type)), dl_str_of(dl_date_format(row->date, day)),
                                   row->place, dl_str_of(count_words(one->claim, 0, killed)), dl_str_of(count_words(one->claim, 1, wounded)), one->claim->source};
    if (!p->rows) view_heading(p, columns, COLUMNS);
    view_cells(p, columns, COLUMNS, cells);
    view_claim_quote(p, one->claim);
}

static void json_entry(printer *p, const entry *one)
{
    dl_json_out *out = &p->out;
    dl_json_open(out, '{');
    dl_json_key(out, "urgency"), dl_json_real(out, one->doubt * one->weight, 2);
    dl_json_key(out, "doubt"), dl_json_real(out, one->doubt, 2);
    view_json_day(out, "date", one->claim->row.date);
    view_json_text(out, "place", one->claim->row.place);
    dl_json_key(out, "claim"), view_json_claim(out, one->claim);
    dl_json_close(out, '}');
    dl_json_newline(out);
}

static dl_status ask_queue(printer *p, dl_store *store, dl_error *err)
{
    dl_view *view;
    dl_query query = p->settings->query;
    dl_json_out words = {0};
    dl_str place = settings_words(p->settings, &words);
    if (place.len) query.place = place;
    bool chosen = query.since.year || query.until.year || query.place.len || query.near || query.type || query.actor.len || query.source.len || query.realis;
    if (!chosen) query.latest = QUEUED;
    dl_status status = dl_view_open(&view, store, &query, err);
    dl_json_out_free(&words);
    if (status != DL_OK) return status;
    size_t count;
    const dl_claim *claims = dl_view_claims(view, &count);
    entry *entries = malloc((count + 1) * sizeof *entries);
    for (size_t i = 0; entries && i < count; i++) entries[i] = (entry){1 - claims[i].row.confidence, weight_of(&claims[i]), &claims[i]};
    if (entries && count) qsort(entries, count, sizeof *entries, by_urgency);
    size_t most = p->settings->query.limit;
    for (size_t i = 0; entries && i < count && (!most || p->rows < most) && printer_flush(p); i++, p->rows++) {
        if (p->settings->format == FORMAT_TABLE) table_entry(p, &entries[i]);
        else json_entry(p, &entries[i]);
    }
    status = entries ? DL_OK : dl_fail_memory(err);
    free(entries);
    dl_view_free(view);
    return status;
}

/* ---- a person's word ---- */

/* "DOCUMENT:V3": the list's letter and the item's number, from 1, behind the last colon. */
static bool split_item(const char *text, dl_correction *out)
{
    static const char letters[] = "EPTSVN";
    static const unsigned layers[] = {DL_LAYER_ENTITIES, DL_LAYER_PLACES, DL_LAYER_TIMES, DL_LAYER_STATEMENTS, DL_LAYER_EVENTS, DL_LAYER_TALKS};
    const char *colon = strrchr(text, ':');
    const char *letter = colon && colon[1] ? strchr(letters, colon[1]) : NULL;
    int64_t number;
    if (!letter || !dl_str_number(dl_str_of(colon + 2), &number) || number < 1 || number > UINT32_MAX) return false;
    out->document = (dl_str){text, (size_t)(colon - text)};
    out->layer = layers[letter - letters];
    out->item = (uint32_t)(number - 1);
    return true;
}

/* FIELD=VALUE; a value that is no JSON is taken for a string. */
static bool split_field(const char *text, dl_correction *out, dl_json_out *value)
{
    dl_arena arena;
    const dl_json *ignored;
    const char *equals = strchr(text, '=');
    if (!equals || equals == text) return false;
    dl_str given = dl_str_of(equals + 1);
    dl_arena_init(&arena, 0);
    bool json = dl_json_parse(&ignored, &arena, given, false, NULL) == DL_OK;
    dl_arena_free(&arena);
    if (json) dl_json_raw(value, given);
    else dl_json_str(value, given);
    out->field = (dl_str){text, (size_t)(equals - text)};
    out->value = (dl_str){value->bytes, value->len};
    return !value->failed;
}

static int give_word(const cli_settings *settings)
{
    dl_error err = {0};
    dl_json_out value = {0};
    dl_correction word = {.author = dl_str_of(settings->author), .note = dl_str_of(settings->note),
                          .seen = settings->now == INT64_MIN ? (int64_t)time(NULL) : settings->now};
    word.verdict = settings->accept ? DL_VERDICT_ACCEPT : settings->reject ? DL_VERDICT_REJECT : DL_VERDICT_CORRECT;
    if (!split_item(settings->accept ? settings->accept : settings->reject ? settings->reject : settings->correct, &word))
        return usage_error(&command_review, "an item is named as DOCUMENT:V3 (E, P, T, S, V or N)");
    if (word.verdict == DL_VERDICT_CORRECT && !split_field(settings->set, &word, &value)) return usage_error(&command_review, "--set takes FIELD=VALUE");
    dl_store *store = settings_store(settings, &command_review, DL_STORE_WRITE);
    dl_status status = store ? dl_store_correct(store, &word, &err) : DL_USAGE;
    if (store && status != DL_OK) report(&err);
    dl_store_close(store);
    dl_json_out_free(&value);
    if (status == DL_OK) fputs("dateline: kept; the machine's word stays in the history\n", stderr);
    return status == DL_OK ? EXIT_DONE : EXIT_USAGE;
}

/* ---- the command ---- */

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_review, "fsqvN0", argc, argv);
    if (code >= 0) return code;
    int words = (settings.accept != NULL) + (settings.reject != NULL) + (settings.correct != NULL);
    if (words > 1) return usage_error(&command_review, "--accept, --reject and --correct go one at a time");
    if ((settings.set != NULL) != (settings.correct != NULL)) return usage_error(&command_review, "--correct and --set go together");
    if (words && !settings.author) return usage_error(&command_review, "--author NAME is needed: who says so");
    if (words) return give_word(&settings);
    code = choose_format(&settings, &command_review, 1u << FORMAT_TABLE | 1u << FORMAT_NDJSON);
    if (code >= 0) return code;
    if (settings.query.limit == SIZE_MAX) settings.query.limit = ON_TERMINAL;
    return run_view(&command_review, &settings, ask_queue);
}

const command command_review = {
    "review", "what a person should look at first, by doubt and weight; accept, correct, reject",
    "Usage: dateline review [OPTION]... --store FILE [PLACE]\n"
    "       dateline review --accept ITEM|--reject ITEM|--correct ITEM --set FIELD=VALUE --author NAME --store FILE\n\n"
    "Prints the events that a person should look at first: those the machine doubts most, weighed by how many lives hang on them. A person's\n"
    "word is kept as a claim of its own and wins in all views; the machine's word stays, and so does the word before. Where no days, place or\n"
    "other condition are given, it looks at the days of the last 3,000 events.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "  -f, --format F       table or ndjson\n"
    "      --since DAY, --until DAY, --place WHERE, --type TYPE, --actor WHO, ...: as for find\n"
    "      --limit N        rows at most; 20, 0 is all\n"
    "      --accept ITEM, --reject ITEM  the item as DOCUMENT:V3\n"
    "      --correct ITEM --set FIELD=VALUE  another value for a field of the record; JSON, else a string; null takes it away\n"
    "      --author NAME    who says so\n"
    "      --note TEXT      why\n"
    "      --now TIME       when; by default now\n\n"
    "Examples:\n"
    "  dateline review --store news.store --since 2025-09-01\n"
    "  dateline review --store news.store --correct page-17:V2 --set place=P3 --author 'A. Ruiz' --note 'the town, not the state'\n",
    run};
