/* happening_rows.c - what is claimed of the happenings of a place and day, for programs and spreadsheets. */
#include "cli/happening_rows.h"

#include <inttypes.h>

#include "cli/layout.h"

bool is_counted(const dl_estimate *harms, size_t count)
{
    for (size_t i = 0; i < count; i++)
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

dl_status json_happening(printer *p, dl_view *view, const dl_happening *happening, const dl_claim *claims, dl_error *err)
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

dl_status json_toll(printer *p, dl_view *view, const dl_toll *toll, const dl_happening *happenings, const dl_claim *claims, dl_error *err)
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

static dl_status csv_happening(printer *p, dl_view *view, csv_line line, const dl_happening *happening, const dl_claim *claims, dl_error *err)
{
    const dl_side *sides;
    size_t count;
    dl_status status = dl_view_sides(view, happening, &sides, &count, err);
    if (status != DL_OK) return status;
    line.level = "happening";
    csv_estimates(p, &line, happening->harms);
    for (size_t i = 0; i < count; i++) {
        line.level = "side", line.side = sides[i].side;
        csv_estimates(p, &line, sides[i].harms);
    }
    for (uint32_t i = 0; i < happening->count; i++) csv_claim(p, line, &claims[happening->first + i]);
    return DL_OK;
}

dl_status csv_toll(printer *p, dl_view *view, const dl_toll *toll, const dl_happening *happenings, const dl_claim *claims, dl_error *err)
{
    dl_status status = DL_OK;
    csv_line line = {.level = "day", .toll = toll};
    if (!p->rows)
        put_bytes(&p->out, DL_STR("level,date,date_to,place,country,admin1,happening,side,source,killed_low,killed_best,killed_high,killed_open,"
                                  "killed_sources,wounded_low,wounded_best,wounded_high,wounded_open,wounded_sources,realis,stance,"
                                  "killed_standing,wounded_standing," VIEW_CSV_WHERE "\r\n"));
    csv_estimates(p, &line, toll->harms);
    for (uint32_t i = 0; i < toll->count && status == DL_OK; i++) {
        line.happening = i + 1;
        status = csv_happening(p, view, line, &happenings[toll->first + i], claims, err);
    }
    return status;
}

/* ---- words for tables ---- */

const char *count_words(const dl_claim *claim, size_t harm, char buffer[64])
{
    char range[48];
    range_words(claim->counts[harm], range);
    bool stands = claim->standing[harm] == DL_STANDING_CURRENT || !claim->counts[harm].known;
    snprintf(buffer, 64, stands ? "%s" : "(%s)", range);
    return buffer;
}

/* Why a count in brackets is not counted. */
const char *why_not(const dl_claim *claim)
{
    for (size_t i = 0; i < DL_HARMS; i++)
        if (claim->standing[i] == DL_STANDING_NOT_ACTUAL) return dl_realis_name(claim->row.realis);
        else if (claim->standing[i] > DL_STANDING_CURRENT) return dl_standing_name(claim->standing[i]);
    return "";
}
