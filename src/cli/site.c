/* site.c - `dateline site`: all that pages tell of a critical site and its surroundings. */
#include <inttypes.h>

#include "base/date.h"
#include "cli/happening_rows.h"
#include "cli/layout.h"

/* ---- a table ---- */

static const view_column columns[] = {{"day", 10}, {"what", 11}, {"place", 22}, {"km", 4}, {"killed", 8}, {"wounded", 8}, {"who says so", 0}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void table_item(printer *p, const dl_site_item *told)
{
    char day[16], km[16], killed[64] = "", wounded[64] = "", id[16], who[200];
    const dl_claim *claim = told->claim;
    const char *note = claim && claim->row.background ? " (earlier)" : "";
    snprintf(km, sizeof km, "%.0f", told->km);
    snprintf(who, sizeof who, "%.*s%s%s%s%s", (int)(told->source.len < 100 ? told->source.len : 100), told->source.ptr, note,
             claim && claim->row.realis != DL_ACTUAL ? " (" : "", claim && claim->row.realis != DL_ACTUAL ? dl_realis_name(claim->row.realis) : "",
             claim && claim->row.realis != DL_ACTUAL ? ")" : "");
    if (claim) (void)count_words(claim, 0, killed), (void)count_words(claim, 1, wounded);
    const dl_str cells[COLUMNS] = {dl_str_of(dl_date_format(told->date, day)), dl_str_of(dl_site_kind_name(told->kind)), told->place, dl_str_of(km),
                                   dl_str_of(killed), dl_str_of(wounded), dl_str_of(who)};
    if (!p->rows) view_heading(p, columns, COLUMNS);
    view_cells(p, columns, COLUMNS, cells);
    view_quote(p, told->document, site_item_id(told, id), told->quote.span, told->quote.sentence_text);
}

/* ---- the command ---- */

static void print_items(printer *p, const dl_site *site)
{
    size_t count;
    const dl_site_item *items = dl_site_items(site, &count);
    size_t most = p->settings->query.limit;
    for (size_t i = 0; i < count && (!most || p->rows < most); i++, p->rows++) {
        switch (p->settings->format) {
        case FORMAT_TABLE: table_item(p, &items[i]); break;
        case FORMAT_CSV: csv_site_item(&p->out, &items[i], !p->rows); break;
        default: json_site_item(&p->out, &items[i]), dl_json_newline(&p->out);
        }
        if (!printer_flush(p)) return;
    }
}

static dl_status ask_site(printer *p, dl_store *store, dl_error *err)
{
    dl_monitor *monitor;
    dl_site *site = NULL;
    dl_json_out words = {0};
    const cli_settings *settings = p->settings;
    dl_site_query query = {.name = settings_words(settings, &words), .km = settings->near_km, .since = settings->query.since, .until = settings->query.until};
    dl_status status = dl_monitor_open(&monitor, settings->data, err);
    if (status == DL_OK) status = dl_site_open(&site, monitor, store, &query, err);
    if (status == DL_OK) print_items(p, site);
    dl_site_free(site);
    dl_monitor_close(monitor);
    dl_json_out_free(&words);
    return status;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_site, "fsdqv0", argc, argv);
    if (code >= 0) return code;
    code = choose_format(&settings, &command_site, 1u << FORMAT_TABLE | 1u << FORMAT_NDJSON | 1u << FORMAT_CSV);
    if (code >= 0) return code;
    if (!settings.path_count) return usage_error(&command_site, "no site was named");
    if (settings.query.limit == SIZE_MAX) settings.query.limit = 0;
    return run_view(&command_site, &settings, ask_site);
}

const command command_site = {
    "site", "all at or near a critical site: attacks, occupation, power, staff, talks, statements",
    "Usage: dateline site NAME [OPTION]... --store FILE\n\n"
    "Prints by day what pages tell of a site (a plant, a dam, a base; any name of the gazetteer will do): events at it or within --near-km of\n"
    "it, events whose sentence names it, issues of talks about it, and statements that name it. What is planned, denied or told as background\n"
    "is marked so.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "  -f, --format F       table, ndjson or csv: a table on a terminal, NDJSON in a pipe\n"
    "      --near-km N      how far around; 30\n"
    "      --since DAY, --until DAY  first and last day, YYYY-MM-DD\n"
    "      --limit N        rows at most\n"
    "  -d, --data FOLDER    the gazetteer and word lists\n\n"
    "Examples:\n"
    "  dateline site --store news.store 'Zaporizhzhia Nuclear Power Plant' --since 2025-09-01\n"
    "  dateline site --store news.store ZNPP --near-km 10 --format csv > plant.csv\n",
    run};
