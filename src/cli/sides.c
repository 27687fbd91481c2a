/* sides.c - `dateline sides`: what each side says of a happening. */
#include <inttypes.h>

#include "base/date.h"
#include "cli/happening_rows.h"
#include "cli/layout.h"

static const view_column columns[] = {{"side", 8}, {"who says so", 30}, {"what", 9}, {"killed", 9}, {"wounded", 9}, {"who to whom", 0}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void put_parties(dl_json_out *out, const dl_party *parties, size_t count)
{
    if (!count) put_bytes(out, DL_STR("?"));
    for (size_t i = 0; i < count; i++) {
        if (i) put_bytes(out, DL_STR(", "));
        put_bytes(out, parties[i].name);
        if (parties[i].code.len) put_format(out, " (%.*s)", (int)parties[i].code.len, parties[i].code.ptr);
    }
}

static void table_claim(printer *p, const dl_claim *claim)
{
    char killed[64], wounded[64];
    const char *why = why_not(claim);
    dl_json_out_clear(&p->scratch);
    put_parties(&p->scratch, claim->row.actors, claim->row.actor_count);
    put_bytes(&p->scratch, DL_STR(" > "));
    put_parties(&p->scratch, claim->row.recipients, claim->row.recipient_count);
    if (*why) put_format(&p->scratch, " (%s)", why);
    const dl_str cells[COLUMNS] = {claim->side.ptr ? claim->side : DL_STR("-"), claim->source, dl_str_of(dl_stance_name(dl_claim_stance(claim))),
                                   dl_str_of(count_words(claim, 0, killed)), dl_str_of(count_words(claim, 1, wounded)),
                                   {p->scratch.bytes, p->scratch.len}};
    view_cells(p, columns, COLUMNS, cells);
    view_claim_quote(p, claim);
}

static dl_status table_happening(printer *p, dl_view *view, const dl_happening *happening, const dl_claim *claims, dl_error *err)
{
    const dl_side *sides;
    size_t count;
    char day[16], killed[64], wounded[64];
    dl_status status = dl_view_sides(view, happening, &sides, &count, err);
    if (status != DL_OK) return status;
    if (p->rows) put_bytes(&p->out, DL_STR("\n"));
    put_style(&p->out, p->settings->colour, "\033[1m");
    put_format(&p->out, "%s  %.*s  %s", dl_date_format(happening->date, day), happening->place.ptr ? (int)happening->place.len : 10,
               happening->place.ptr ? happening->place.ptr : "(no place)", dl_event_type_name(happening->type));
    if (happening->harms[0].known) put_format(&p->out, "  killed %s", estimate_words(&happening->harms[0], killed));
    if (happening->harms[1].known) put_format(&p->out, "  wounded %s", estimate_words(&happening->harms[1], wounded));
    put_style(&p->out, p->settings->colour, "\033[0m");
    put_bytes(&p->out, DL_STR("\n"));
    view_heading(p, columns, COLUMNS);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sides[i].claim_count; k++) table_claim(p, &claims[sides[i].claims[k]]);
    return DL_OK;
}

/* Happenings that only one source tells are left out unless all are asked for. */
static bool is_worth(const printer *p, const dl_happening *happening, const dl_claim *claims)
{
    if (p->settings->all) return true;
    for (uint32_t i = 1; i < happening->count; i++)
        if (!dl_str_eq(claims[happening->first].source_key, claims[happening->first + i].source_key)) return true;
    return false;
}

static dl_status print_sides(printer *p, dl_view *view, dl_error *err)
{
    size_t count, ignored;
    const dl_toll *tolls;
    const dl_happening *happenings = dl_view_happenings(view, &count);
    const dl_claim *claims = dl_view_claims(view, &ignored);
    dl_status status = DL_OK;
    size_t most = p->settings->query.limit;
    if (p->settings->format == FORMAT_CSV) {
        status = dl_view_tolls(view, &tolls, &count, err);
        for (size_t i = 0; i < count && status == DL_OK; i++, p->rows++) status = csv_toll(&p->out, view, &tolls[i], happenings, claims, !p->rows, err);
        return status;
    }
    for (size_t i = 0; i < count && status == DL_OK && (!most || p->rows < most); i++) {
        if (!is_worth(p, &happenings[i], claims)) continue;
        if (p->settings->format == FORMAT_TABLE) status = table_happening(p, view, &happenings[i], claims, err);
        else status = json_happening(&p->out, view, &happenings[i], claims, err), dl_json_newline(&p->out);
        p->rows++;
        if (!printer_flush(p)) break;
    }
    return status;
}

static dl_status ask_sides(printer *p, dl_store *store, dl_error *err)
{
    dl_view *view;
    dl_query query = p->settings->query;
    dl_json_out words = {0};
    dl_str place = settings_words(p->settings, &words);
    if (place.len) query.place = place;
    if (!query.type) query.type = DL_ASSAULT;
    dl_status status = dl_view_open(&view, store, &query, err);
    if (status == DL_OK) status = print_sides(p, view, err);
    dl_view_free(view);
    dl_json_out_free(&words);
    return status;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_sides, "fsqA0", argc, argv);
    if (code >= 0) return code;
    code = choose_format(&settings, &command_sides, 1u << FORMAT_TABLE | 1u << FORMAT_NDJSON | 1u << FORMAT_CSV);
    if (code >= 0) return code;
    if (settings.query.limit == SIZE_MAX) settings.query.limit = 0;
    return run_view(&command_sides, &settings, ask_sides);
}

const command command_sides = {
    "sides", "what each side says of a happening: figures, blame, denials",
    "Usage: dateline sides [OPTION]... --store FILE [PLACE]\n\n"
    "Prints each happening that more than one source tells of, with every claim by side: who says so, whether it affirms, claims (its own side\n"
    "did it), accuses, denies, or expects it, the figures, and who did what to whom. CSV holds the levels day, happening, side and claim of all\n"
    "happenings, as toll does.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "  -f, --format F       table, ndjson or csv: a table on a terminal, NDJSON in a pipe\n"
    "      --since DAY, --until DAY  first and last day, YYYY-MM-DD\n"
    "      --type TYPE      of event; ASSAULT\n"
    "      --near LAT,LON, --km N, --place WHERE, --actor WHO: as for find\n"
    "      --all            happenings too that one source alone tells of\n"
    "      --limit N        happenings at most\n\n"
    "Examples:\n"
    "  dateline sides --store news.store Kutum --since 2025-09-07 --until 2025-09-07\n",
    run};
