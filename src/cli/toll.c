/* toll.c - `dateline toll`: how many were hurt, by place and day, and who says so. */
#include <inttypes.h>

#include "base/date.h"
#include "cli/layout.h"
#include "cli/happening_rows.h"

/* ---- a table ---- */

static const view_column columns[] = {{"day", 10}, {"place", 22}, {"killed", 18}, {"wounded", 18}, {"who says so", 0}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void table_claim(printer *p, const dl_claim *claim)
{
    char day[16], killed[64], wounded[64], who[256];
    const char *why = why_not(claim);
    snprintf(who, sizeof who, "%.*s%s%.*s%s%s%s", (int)(claim->source.len < 120 ? claim->source.len : 120), claim->source.ptr, claim->side.len ? " " : "",
             (int)claim->side.len, claim->side.len ? claim->side.ptr : "", *why ? " (" : "", why, *why ? ")" : "");
    dl_json_out_clear(&p->scratch);
    put_format(&p->scratch, "  told %s", dl_date_format(claim->row.published, day));
    const dl_str cells[COLUMNS] = {DL_STR(""), {p->scratch.bytes, p->scratch.len}, dl_str_of(count_words(claim, 0, killed)),
                                   dl_str_of(count_words(claim, 1, wounded)), dl_str_of(who)};
    view_cells(p, columns, COLUMNS, cells);
    view_claim_quote(p, claim);
}

static void table_toll(printer *p, const dl_toll *toll, const dl_happening *happenings, const dl_claim *claims)
{
    char day[16], killed[64], wounded[64], sources[64];
    uint32_t pages = 0;
    if (!p->rows) view_heading(p, columns, COLUMNS);
    for (uint32_t i = 0; i < toll->count; i++) pages += happenings[toll->first + i].pages;
    snprintf(sources, sizeof sources, "%" PRIu32 " happening%s, %" PRIu32 " page%s", toll->count, toll->count == 1 ? "" : "s", pages, pages == 1 ? "" : "s");
    const dl_str cells[COLUMNS] = {dl_str_of(dl_date_format(toll->date, day)), toll->place.ptr ? toll->place : DL_STR("(no place)"),
                                   dl_str_of(estimate_words(&toll->harms[0], killed)), dl_str_of(estimate_words(&toll->harms[1], wounded)),
                                   dl_str_of(sources)};
    put_style(&p->out, p->settings->colour, "\033[1m");
    view_cells(p, columns, COLUMNS, cells);
    put_style(&p->out, p->settings->colour, "\033[0m");
    for (uint32_t i = 0; i < toll->count; i++)
        for (uint32_t k = 0; k < happenings[toll->first + i].count; k++) table_claim(p, &claims[happenings[toll->first + i].first + k]);
}

/* ---- the command ---- */

static dl_status print_tolls(printer *p, dl_view *view, dl_error *err)
{
    const dl_toll *tolls;
    size_t count, ignored;
    const dl_happening *happenings = dl_view_happenings(view, &ignored);
    const dl_claim *claims = dl_view_claims(view, &ignored);
    dl_status status = dl_view_tolls(view, &tolls, &count, err);
    size_t most = p->settings->query.limit;
    for (size_t i = 0; i < count && status == DL_OK && (!most || p->rows < most); i++) {
        if (!p->settings->all && !is_counted(tolls[i].harms, TOLL_HARMS)) continue;
        switch (p->settings->format) {
        case FORMAT_TABLE: table_toll(p, &tolls[i], happenings, claims); break;
        case FORMAT_CSV: status = csv_toll(&p->out, view, &tolls[i], happenings, claims, !p->rows, err); break;
        default: status = json_toll(&p->out, view, &tolls[i], happenings, claims, err), dl_json_newline(&p->out);
        }
        p->rows++;
        if (!printer_flush(p)) break;
    }
    return status;
}

static dl_status ask_toll(printer *p, dl_store *store, dl_error *err)
{
    dl_view *view;
    dl_query query = p->settings->query;
    dl_json_out words = {0};
    dl_str place = settings_words(p->settings, &words);
    if (place.len) query.place = place;
    query.counted = true;
    dl_status status = dl_view_open(&view, store, &query, err);
    if (status == DL_OK) status = print_tolls(p, view, err);
    dl_view_free(view);
    dl_json_out_free(&words);
    return status;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_toll, "fsqA0", argc, argv);
    if (code >= 0) return code;
    code = choose_format(&settings, &command_toll, 1u << FORMAT_TABLE | 1u << FORMAT_NDJSON | 1u << FORMAT_CSV);
    if (code >= 0) return code;
    if (settings.query.limit == SIZE_MAX) settings.query.limit = 0;
    return run_view(&command_toll, &settings, ask_toll);
}

const command command_toll = {
    "toll", "killed and wounded by place and day, lowest to highest, and who says so",
    "Usage: dateline toll [OPTION]... --store FILE [PLACE]\n\n"
    "Prints, for each place and day, the range of what was claimed: lowest, best, highest; below it each claim with its source and words. A\n"
    "source's last word counts: an update replaces what the same source said before, which stays to be seen. Reprints and repetitions\n"
    "count once. Totals over many happenings, what is told as background, and what is planned, threatened, possible, denied or negated never\n"
    "count; such figures stand in brackets. The best figure is the one that most sources give; of equals the one told last.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "  -f, --format F       table, ndjson or csv: a table on a terminal, NDJSON in a pipe\n"
    "      --since DAY, --until DAY  first and last day, YYYY-MM-DD\n"
    "      --near LAT,LON, --km N, --place WHERE, --type TYPE, --actor WHO, --source WHO: as for find\n"
    "      --all            places and days too where no figure counts\n"
    "      --limit N        places and days at most\n\n"
    "Examples:\n"
    "  dateline toll --store news.store 'El Fasher' --since 2025-10-12 --until 2025-10-12\n"
    "  dateline toll --store news.store --place SD --format csv > tolls.csv\n",
    run};
