/* toll.c - `dateline toll`: how many were hurt, by place and day, and who says so. */
#include <inttypes.h>

#include "base/date.h"
#include "cli/layout.h"
#include "cli/views.h"

static bool is_counted(const dl_estimate harms[DL_HARMS])
{
    for (size_t i = 0; i < DL_HARMS; i++)
        if (harms[i].known) return true;
    return false;
}

/* ---- NDJSON ---- */

static dl_status json_sides(printer *p, dl_view *view, const dl_happening *happening, const dl_claim *claims, dl_error *err)
{
    const dl_side *sides;
    size_t count;
    dl_status status = dl_view_sides(view, happening, &sides, &count, err);
    dl_json_key(&p->out, "sides");
    dl_json_open(&p->out, '[');
    for (size_t i = 0; status == DL_OK && i < count; i++) {
        dl_json_open(&p->out, '{');
        dl_json_key(&p->out, "side"), dl_json_str(&p->out, sides[i].side);
        for (size_t k = 0; k < DL_HARMS; k++) view_json_estimate(&p->out, dl_harm_name(k), &sides[i].harms[k], claims);
        dl_json_close(&p->out, '}');
    }
    dl_json_close(&p->out, ']');
    return status;
}

static dl_status json_happening(printer *p, dl_view *view, const dl_happening *happening, const dl_claim *claims, dl_error *err)
{
    dl_json_open(&p->out, '{');
    view_json_happening(&p->out, happening, claims);
    dl_status status = json_sides(p, view, happening, claims, err);
    dl_json_key(&p->out, "claims");
    dl_json_open(&p->out, '[');
    for (uint32_t i = 0; i < happening->count; i++) view_json_claim(&p->out, &claims[happening->first + i]);
    dl_json_close(&p->out, ']');
    dl_json_close(&p->out, '}');
    return status;
}

static dl_status json_toll(printer *p, dl_view *view, const dl_toll *toll, const dl_happening *happenings, const dl_claim *claims, dl_error *err)
{
    dl_status status = DL_OK;
    dl_json_open(&p->out, '{');
    view_json_day(&p->out, "date", toll->date);
    view_json_day(&p->out, "date_to", toll->date_to);
    view_json_place(&p->out, &happenings[toll->first]);
    for (size_t i = 0; i < DL_HARMS; i++) view_json_estimate(&p->out, dl_harm_name(i), &toll->harms[i], toll->count == 1 ? claims : NULL);
    dl_json_key(&p->out, "happenings");
    dl_json_open(&p->out, '[');
    for (uint32_t i = 0; i < toll->count && status == DL_OK; i++) status = json_happening(p, view, &happenings[toll->first + i], claims, err);
    dl_json_close(&p->out, ']');
    dl_json_close(&p->out, '}');
    dl_json_newline(&p->out);
    return status;
}

/* ---- CSV ---- */

typedef struct csv_line {
    const char *level;
    const dl_toll *toll;
    uint32_t happening; /* from 1 within its place and day; 0: all of them */
    dl_str side, source;
} csv_line;

static void csv_head(printer *p, const csv_line *line)
{
    csv_text(&p->out, dl_str_of(line->level));
    view_csv_day(&p->out, line->toll->date), view_csv_day(&p->out, line->toll->date_to);
    csv_text(&p->out, line->toll->place), csv_text(&p->out, line->toll->country), csv_text(&p->out, line->toll->admin1);
    if (line->happening) csv_number(&p->out, "%" PRIu32, line->happening);
    else csv_empty(&p->out);
    csv_text(&p->out, line->side), csv_text(&p->out, line->source);
}

static void csv_estimates(printer *p, const csv_line *line, const dl_estimate *harms)
{
    csv_head(p, line);
    for (size_t i = 0; i < 2; i++) {
        view_csv_estimate(&p->out, &harms[i]);
        if (harms[i].known) csv_number(&p->out, "%" PRIu32, harms[i].sources);
        else csv_empty(&p->out);
    }
    csv_empty(&p->out), csv_empty(&p->out), csv_empty(&p->out), csv_empty(&p->out);
    view_csv_where(&p->out, NULL);
    csv_end(&p->out);
}

static void csv_claim(printer *p, csv_line line, const dl_claim *claim)
{
    line.level = "claim";
    line.side = claim->side;
    line.source = claim->source;
    csv_head(p, &line);
    for (size_t i = 0; i < 2; i++) view_csv_range(&p->out, claim->counts[i]), csv_empty(&p->out);
    csv_text(&p->out, dl_str_of(dl_realis_name(claim->row.realis)));
    csv_text(&p->out, dl_str_of(dl_stance_name(dl_claim_stance(claim))));
    for (size_t i = 0; i < 2; i++) csv_text(&p->out, dl_str_of(dl_standing_name(claim->standing[i])));
    view_csv_where(&p->out, claim);
    csv_end(&p->out);
}

static dl_status csv_toll(printer *p, dl_view *view, const dl_toll *toll, const dl_happening *happenings, const dl_claim *claims, dl_error *err)
{
    csv_line line = {.level = "day", .toll = toll};
    if (!p->rows)
        put_bytes(&p->out, DL_STR("level,date,date_to,place,country,admin1,happening,side,source,killed_low,killed_best,killed_high,killed_open,"
                                  "killed_sources,wounded_low,wounded_best,wounded_high,wounded_open,wounded_sources,realis,stance,"
                                  "killed_standing,wounded_standing," VIEW_CSV_WHERE "\r\n"));
    csv_estimates(p, &line, toll->harms);
    for (uint32_t i = 0; i < toll->count; i++) {
        const dl_happening *happening = &happenings[toll->first + i];
        const dl_side *sides;
        size_t count;
        dl_status status = dl_view_sides(view, happening, &sides, &count, err);
        if (status != DL_OK) return status;
        line.happening = i + 1;
        line.level = "happening", line.side = (dl_str){0};
        csv_estimates(p, &line, happening->harms);
        for (size_t k = 0; k < count; k++) {
            line.level = "side", line.side = sides[k].side;
            if (is_counted(sides[k].harms)) csv_estimates(p, &line, sides[k].harms);
        }
        for (uint32_t k = 0; k < happening->count; k++) csv_claim(p, line, &claims[happening->first + k]);
    }
    return DL_OK;
}

/* ---- a table ---- */

static const view_column columns[] = {{"day", 10}, {"place", 22}, {"killed", 18}, {"wounded", 18}, {"who says so", 0}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *count_words(const dl_claim *claim, size_t harm, char buffer[64])
{
    char range[48];
    range_words(claim->counts[harm], range);
    bool stands = claim->standing[harm] == DL_STANDING_CURRENT || !claim->counts[harm].known;
    snprintf(buffer, 64, stands ? "%s" : "(%s)", range);
    return buffer;
}

/* Why a count in brackets is not counted. */
static const char *why_not(const dl_claim *claim)
{
    for (size_t i = 0; i < DL_HARMS; i++)
        if (claim->standing[i] == DL_STANDING_NOT_ACTUAL) return dl_realis_name(claim->row.realis);
        else if (claim->standing[i] > DL_STANDING_CURRENT) return dl_standing_name(claim->standing[i]);
    return "";
}

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
        if (!p->settings->all && !is_counted(tolls[i].harms)) continue;
        switch (p->settings->format) {
        case FORMAT_TABLE: table_toll(p, &tolls[i], happenings, claims); break;
        case FORMAT_CSV: status = csv_toll(p, view, &tolls[i], happenings, claims, err); break;
        default: status = json_toll(p, view, &tolls[i], happenings, claims, err);
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
