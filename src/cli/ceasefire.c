/* ceasefire.c - `dateline ceasefire`: incidents before and after, by day and area, and who accuses whom. */
#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "cli/layout.h"
#include "cli/views.h"

enum { MOST_NAMES = 64 };

/* ---- a table ---- */

static const view_column columns[] = {{"day", 10}, {"incidents", 11}, {"killed", 18}, {"wounded", 18}, {"by whom, as said by whom; accused", 0}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void put_names(dl_json_out *out, const char *before, const dl_str *names, size_t count)
{
    if (count) put_bytes(out, dl_str_of(before));
    for (size_t i = 0; i < count; i++) put_format(out, "%s%.*s", i ? ", " : "", (int)names[i].len, names[i].ptr);
}

static dl_str party_words(printer *p, const dl_area_day *day)
{
    dl_json_out *out = &p->scratch;
    dl_json_out_clear(out);
    for (size_t i = 0; i < day->party_count; i++) {
        const dl_party_day *party = &day->parties[i];
        put_format(out, "%s%.*s", i ? "; " : "", (int)party->party.len, party->party.ptr);
        if (party->incidents) put_format(out, " %" PRIu32, party->incidents);
        put_names(out, " say ", party->said_by, party->said_count);
        put_names(out, ", deny ", party->denied_by, party->denied_count);
        put_names(out, ", accused by ", party->accused_by, party->accused_count);
    }
    return (dl_str){out->bytes, out->len};
}

static void table_day(printer *p, const char *name, const dl_area_day *day)
{
    char state[32], killed[64], wounded[64];
    snprintf(state, sizeof state, "%" PRIu32, day->incidents);
    const dl_str cells[COLUMNS] = {dl_str_of(name), day->state == DL_DAY_NO_REPORT ? DL_STR("no report") : dl_str_of(state),
                                   dl_str_of(estimate_words(&day->harms[0], killed)), dl_str_of(estimate_words(&day->harms[1], wounded)),
                                   party_words(p, day)};
    view_cells(p, columns, COLUMNS, cells);
}

static void table_total(printer *p, const char *name, const dl_area_day *day, size_t days)
{
    char state[32], killed[64], wounded[64], words[96];
    snprintf(state, sizeof state, "%" PRIu32, day->incidents);
    snprintf(words, sizeof words, "%" PRIu32 " of %zu days reported, %" PRIu32 " accusations", day->reported, days, day->accusations);
    const dl_str cells[COLUMNS] = {dl_str_of(name), dl_str_of(state), dl_str_of(estimate_words(&day->harms[0], killed)),
                                   dl_str_of(estimate_words(&day->harms[1], wounded)), dl_str_of(words)};
    put_style(&p->out, p->settings->colour, "\033[1m");
    view_cells(p, columns, COLUMNS, cells);
    put_style(&p->out, p->settings->colour, "\033[0m");
}

static void table_area(printer *p, const dl_area_days *area, const dl_happening *happenings, const dl_claim *claims)
{
    if (p->rows) put_bytes(&p->out, DL_STR("\n"));
    put_format(&p->out, "%.*s\n", (int)area->area.asked.len, area->area.asked.ptr);
    view_heading(p, columns, COLUMNS);
    for (size_t i = 0; i < area->day_count; i++) {
        const dl_area_day *day = &area->days[i];
        char name[16];
        if (i == area->day_count / 2) put_bytes(&p->out, DL_STR("---------- ceasefire\n"));
        table_day(p, dl_date_format(day->date, name), day);
        for (size_t k = 0; k < day->happening_count; k++) {
            const dl_happening *happening = &happenings[day->happenings[k]];
            for (uint32_t n = 0; n < happening->count; n++) view_claim_quote(p, &claims[happening->first + n]);
        }
        for (size_t k = 0; k < day->accusing_count; k++) view_claim_quote(p, &claims[day->accusing[k]]);
        for (size_t k = 0; !day->incidents && k < day->telling_count; k++) view_claim_quote(p, &claims[day->telling[k]]);
    }
    table_total(p, "before", &area->before, area->day_count / 2);
    table_total(p, "after", &area->after, area->day_count / 2);
}

/* ---- the command ---- */

static void json_lines(printer *p, const dl_area_days *area, const dl_happening *happenings, const dl_claim *claims)
{
    for (size_t i = 0; i < area->day_count; i++) json_area_day(&p->out, area, &area->days[i], happenings, claims), dl_json_newline(&p->out);
    json_area_total(&p->out, area, &area->before), dl_json_newline(&p->out);
    json_area_total(&p->out, area, &area->after), dl_json_newline(&p->out);
}

static void print_areas(printer *p, const dl_ceasefire *ceasefire)
{
    size_t count, ignored;
    const dl_area_days *areas = dl_ceasefire_areas(ceasefire, &count);
    for (size_t i = 0; i < count; i++) {
        const dl_happening *happenings = dl_view_happenings(areas[i].view, &ignored);
        const dl_claim *claims = dl_view_claims(areas[i].view, &ignored);
        switch (p->settings->format) {
        case FORMAT_TABLE: table_area(p, &areas[i], happenings, claims); break;
        case FORMAT_CSV: csv_area(&p->out, &areas[i], happenings, claims, !p->rows); break;
        default: json_lines(p, &areas[i], happenings, claims);
        }
        p->rows++;
        if (!printer_flush(p)) return;
    }
}

/* The parts of a list with commas, without spaces around them. */
static size_t split(const char *list, dl_str names[MOST_NAMES])
{
    dl_str rest = dl_str_of(list ? list : ""), name;
    size_t count = 0;
    while (count < MOST_NAMES && dl_str_next(&rest, ',', &name)) {
        name = dl_str_trim(name);
        if (name.len) names[count++] = name;
    }
    return count;
}

static dl_status ask_ceasefire(printer *p, dl_store *store, dl_error *err)
{
    dl_str areas[MOST_NAMES], parties[MOST_NAMES];
    dl_monitor *monitor;
    dl_ceasefire *ceasefire = NULL;
    dl_ceasefire_query query = {.since = p->settings->query.since, .days = p->settings->days ? p->settings->days : 7, .areas = areas,
                                .parties = parties, .km = p->settings->near_km};
    query.area_count = split(p->settings->areas, areas);
    query.party_count = split(p->settings->parties, parties);
    dl_status status = dl_monitor_open(&monitor, p->settings->data, err);
    if (status == DL_OK) status = dl_ceasefire_open(&ceasefire, monitor, store, &query, err);
    if (status == DL_OK) print_areas(p, ceasefire);
    dl_ceasefire_free(ceasefire);
    dl_monitor_close(monitor);
    return status;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_ceasefire, "fsdqv0", argc, argv);
    if (code >= 0) return code;
    code = choose_format(&settings, &command_ceasefire, 1u << FORMAT_TABLE | 1u << FORMAT_NDJSON | 1u << FORMAT_CSV);
    if (code >= 0) return code;
    if (!settings.query.since.year) return usage_error(&command_ceasefire, "--since DAY is the ceasefire's first day, and is needed");
    if (!settings.areas) return usage_error(&command_ceasefire, "--area NAME[,NAME]... is needed");
    if (settings.path_count) return usage_error(&command_ceasefire, "'%s' is no option; areas go behind --area", settings.paths[0]);
    return run_view(&command_ceasefire, &settings, ask_ceasefire);
}

const command command_ceasefire = {
    "ceasefire", "incidents before and after a day, by day and area, and who accuses whom",
    "Usage: dateline ceasefire --since DAY --area NAME[,NAME]... [OPTION]... --store FILE\n\n"
    "Prints, for each area and each of the days before and after, the attacks that some source says took place, with the range of killed and\n"
    "wounded, who is said to have done it and by whom, who denies it, and who accuses whom. 'no report' is a day of which no page of the\n"
    "store tells anything in that area: nothing is known of it. 0 is a day that pages tell of, but of no attack. What is planned, threatened,\n"
    "feared, denied or told as background is no incident.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "  -f, --format F       table, ndjson or csv: a table on a terminal, NDJSON in a pipe\n"
    "      --since DAY      the first day of the ceasefire, YYYY-MM-DD\n"
    "      --days N         days before and after; 7\n"
    "      --area LIST      countries, first-level units ('Khartoum state'), towns or sites, parted by commas\n"
    "      --parties LIST   beginnings of codes (SDNMIL,SDNREB): only incidents and accusations that one of them has a part in\n"
    "      --near-km N      how far around a town or site; 5\n"
    "  -d, --data FOLDER    the gazetteer and word lists\n\n"
    "Examples:\n"
    "  dateline ceasefire --store news.store --since 2025-09-10 --area 'Khartoum state,North Darfur'\n"
    "  dateline ceasefire --store news.store --since 2025-09-10 --days 14 --area SD --format csv > days.csv\n",
    run};
