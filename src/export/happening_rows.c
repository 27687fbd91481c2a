/* happening_rows.c - what is claimed of the happenings of a place and day, for programs and spreadsheets. */
#include <inttypes.h>

#include "export/view_rows.h"

/* ---- NDJSON ---- */

static dl_status json_sides(dl_json_out *out, dl_view *view, const dl_happening *happening, const dl_claim *claims, dl_error *err)
{
    const dl_side *sides;
    size_t count;
    dl_status status = dl_view_sides(view, happening, &sides, &count, err);
    dl_json_key(out, "sides");
    dl_json_open(out, '[');
    for (size_t i = 0; status == DL_OK && i < count; i++) {
        dl_json_open(out, '{');
        dl_json_key(out, "side"), dl_json_str(out, sides[i].side);
        for (size_t k = 0; k < DL_HARMS; k++) view_json_estimate(out, dl_harm_name(k), &sides[i].harms[k], claims);
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
    return status;
}

dl_status json_happening(dl_json_out *out, dl_view *view, const dl_happening *happening, const dl_claim *claims, dl_error *err)
{
    dl_json_open(out, '{');
    view_json_happening(out, happening, claims);
    dl_status status = json_sides(out, view, happening, claims, err);
    dl_json_key(out, "claims");
    dl_json_open(out, '[');
    for (uint32_t i = 0; i < happening->count; i++) view_json_claim(out, &claims[happening->first + i]);
    dl_json_close(out, ']');
    dl_json_close(out, '}');
    return status;
}

dl_status json_toll(dl_json_out *out, dl_view *view, const dl_toll *toll, const dl_happening *happenings, const dl_claim *claims, dl_error *err)
{
    dl_status status = DL_OK;
    dl_json_open(out, '{');
    view_json_day(out, "date", toll->date);
    view_json_day(out, "date_to", toll->date_to);
    view_json_place(out, &happenings[toll->first]);
    for (size_t i = 0; i < DL_HARMS; i++) view_json_estimate(out, dl_harm_name(i), &toll->harms[i], toll->count == 1 ? claims : NULL);
    dl_json_key(out, "happenings");
    dl_json_open(out, '[');
    for (uint32_t i = 0; i < toll->count && status == DL_OK; i++) status = json_happening(out, view, &happenings[toll->first + i], claims, err);
    dl_json_close(out, ']');
    dl_json_close(out, '}');
    return status;
}

/* ---- CSV ---- */

typedef struct csv_line {
    const char *level;
    const dl_toll *toll;
    uint32_t happening; /* from 1 within its place and day; 0: all of them */
    dl_str side, source;
} csv_line;

static void csv_head(dl_json_out *out, const csv_line *line)
{
    csv_text(out, dl_str_of(line->level));
    view_csv_day(out, line->toll->date), view_csv_day(out, line->toll->date_to);
    csv_text(out, line->toll->place), csv_text(out, line->toll->country), csv_text(out, line->toll->admin1);
    if (line->happening) csv_number(out, "%" PRIu32, line->happening);
    else csv_empty(out);
    csv_text(out, line->side), csv_text(out, line->source);
}

static void csv_estimates(dl_json_out *out, const csv_line *line, const dl_estimate *harms)
{
    csv_head(out, line);
    for (size_t i = 0; i < 2; i++) {
        view_csv_estimate(out, &harms[i]);
        if (harms[i].known) csv_number(out, "%" PRIu32, harms[i].sources);
        else csv_empty(out);
    }
    csv_empty(out), csv_empty(out), csv_empty(out), csv_empty(out);
    view_csv_where(out, NULL);
    csv_end(out);
}

static void csv_claim(dl_json_out *out, csv_line line, const dl_claim *claim)
{
    line.level = "claim";
    line.side = claim->side;
    line.source = claim->source;
    csv_head(out, &line);
    for (size_t i = 0; i < 2; i++) view_csv_range(out, claim->counts[i]), csv_empty(out);
    csv_text(out, dl_str_of(dl_realis_name(claim->row.realis)));
    csv_text(out, dl_str_of(dl_stance_name(dl_claim_stance(claim))));
    for (size_t i = 0; i < 2; i++) csv_text(out, dl_str_of(dl_standing_name(claim->standing[i])));
    view_csv_where(out, claim);
    csv_end(out);
}

static dl_status csv_happening(dl_json_out *out, dl_view *view, csv_line line, const dl_happening *happening, const dl_claim *claims, dl_error *err)
{
    const dl_side *sides;
    size_t count;
    dl_status status = dl_view_sides(view, happening, &sides, &count, err);
    if (status != DL_OK) return status;
    line.level = "happening";
    csv_estimates(out, &line, happening->harms);
    for (size_t i = 0; i < count; i++) {
        line.level = "side", line.side = sides[i].side;
        csv_estimates(out, &line, sides[i].harms);
    }
    for (uint32_t i = 0; i < happening->count; i++) csv_claim(out, line, &claims[happening->first + i]);
    return DL_OK;
}

dl_status csv_toll(dl_json_out *out, dl_view *view, const dl_toll *toll, const dl_happening *happenings, const dl_claim *claims, bool first, dl_error *err)
{
    dl_status status = DL_OK;
    csv_line line = {.level = "day", .toll = toll};
    if (first)
        put_bytes(out, DL_STR("level,date,date_to,place,country,admin1,happening,side,source,killed_low,killed_best,killed_high,killed_open,"
                                  "killed_sources,wounded_low,wounded_best,wounded_high,wounded_open,wounded_sources,realis,stance,"
                                  "killed_standing,wounded_standing," VIEW_CSV_WHERE "\r\n"));
    csv_estimates(out, &line, toll->harms);
    for (uint32_t i = 0; i < toll->count && status == DL_OK; i++) {
        line.happening = i + 1;
        status = csv_happening(out, view, line, &happenings[toll->first + i], claims, err);
    }
    return status;
}
