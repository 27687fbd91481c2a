/* ceasefire_rows.c - the days before and after a ceasefire, for programs and spreadsheets. */
#include <inttypes.h>

#include "export/view_rows.h"

/* ---- NDJSON ---- */

static void json_names(dl_json_out *out, const char *key, const dl_str *names, size_t count)
{
    dl_json_key(out, key);
    dl_json_open(out, '[');
    for (size_t i = 0; i < count; i++) dl_json_str(out, names[i]);
    dl_json_close(out, ']');
}

static void json_parties(dl_json_out *out, const dl_area_day *day)
{
    dl_json_key(out, "parties");
    dl_json_open(out, '[');
    for (size_t i = 0; i < day->party_count; i++) {
        const dl_party_day *party = &day->parties[i];
        dl_json_open(out, '{');
        view_json_text(out, "party", party->party);
        dl_json_key(out, "incidents"), dl_json_int(out, party->incidents);
        json_names(out, "said_by", party->said_by, party->said_count);
        json_names(out, "denied_by", party->denied_by, party->denied_count);
        dl_json_key(out, "accusations"), dl_json_int(out, party->accusations);
        json_names(out, "accused_by", party->accused_by, party->accused_count);
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
}

static void json_head(dl_json_out *out, const char *level, const dl_area_days *area, const dl_area_day *day, const dl_claim *claims)
{
    view_json_text(out, "level", dl_str_of(level));
    view_json_text(out, "area", area->area.asked);
    view_json_day(out, "date", day->date);
    view_json_text(out, "period", day->after ? DL_STR("after") : DL_STR("before"));
    view_json_text(out, "state", dl_str_of(dl_day_state_name(day->state)));
    if (!day->date.year) dl_json_key(out, "days_reported"), dl_json_int(out, day->reported);
    dl_json_key(out, "incidents"), dl_json_int(out, day->incidents);
    for (size_t i = 0; i < DL_HARMS; i++) view_json_estimate(out, dl_harm_name(i), &day->harms[i], day->incidents == 1 ? claims : NULL);
    dl_json_key(out, "accusations"), dl_json_int(out, day->accusations);
    dl_json_key(out, "pages"), dl_json_int(out, day->pages);
}

void json_area_day(dl_json_out *out, const dl_area_days *area, const dl_area_day *day, const dl_happening *happenings, const dl_claim *claims)
{
    dl_json_open(out, '{');
    json_head(out, "day", area, day, claims);
    json_parties(out, day);
    dl_json_key(out, "happenings");
    dl_json_open(out, '[');
    for (size_t i = 0; i < day->happening_count; i++) {
        const dl_happening *happening = &happenings[day->happenings[i]];
        dl_json_open(out, '{');
        view_json_happening(out, happening, claims);
        dl_json_key(out, "claims");
        dl_json_open(out, '[');
        for (uint32_t k = 0; k < happening->count; k++) view_json_claim(out, &claims[happening->first + k]);
        dl_json_close(out, ']');
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
    dl_json_key(out, "violations");
    dl_json_open(out, '[');
    for (size_t i = 0; i < day->accusing_count; i++) view_json_claim(out, &claims[day->accusing[i]]);
    dl_json_close(out, ']');
    dl_json_key(out, "told");
    dl_json_open(out, '[');
    for (size_t i = 0; !day->incidents && i < day->telling_count; i++) view_json_claim(out, &claims[day->telling[i]]);
    dl_json_close(out, ']');
    dl_json_close(out, '}');
}

void json_area_total(dl_json_out *out, const dl_area_days *area, const dl_area_day *sum)
{
    dl_json_open(out, '{');
    json_head(out, "total", area, sum, NULL);
    dl_json_close(out, '}');
}

/* ---- CSV ---- */

static void csv_names(dl_json_out *out, const dl_str *names, size_t count)
{
    dl_json_out joined = {0};
    for (size_t i = 0; i < count; i++) {
        if (i) put_bytes(&joined, DL_STR("; "));
        put_bytes(&joined, names[i]);
    }
    csv_text(out, (dl_str){joined.bytes, joined.len});
    if (joined.failed) out->failed = true;
    dl_json_out_free(&joined);
}

typedef struct csv_line {
    const char *level;
    const dl_area_days *area;
    const dl_area_day *day;
} csv_line;

static void csv_head(dl_json_out *out, csv_line line, bool figures)
{
    csv_text(out, dl_str_of(line.level)), csv_text(out, line.area->area.asked);
    view_csv_day(out, line.day->date);
    csv_text(out, line.day->after ? DL_STR("after") : DL_STR("before"));
    csv_text(out, figures ? dl_str_of(dl_day_state_name(line.day->state)) : (dl_str){0});
    bool told = figures && line.day->state != DL_DAY_NO_REPORT;
    if (figures && !line.day->date.year) csv_number(out, "%" PRIu32, line.day->reported);
    else csv_empty(out);
    if (told) csv_number(out, "%" PRIu32, line.day->incidents);
    else csv_empty(out);
    for (size_t i = 0; i < 2; i++) view_csv_estimate(out, figures ? &line.day->harms[i] : &(dl_estimate){0});
    if (figures) csv_number(out, "%" PRIu32, line.day->accusations), csv_number(out, "%" PRIu32, line.day->pages);
    else csv_empty(out), csv_empty(out);
}

static void csv_no_party(dl_json_out *out)
{
    for (int i = 0; i < 6; i++) csv_empty(out);
}

static void csv_party(dl_json_out *out, csv_line line, const dl_party_day *party)
{
    line.level = "party";
    csv_head(out, line, false);
    csv_text(out, party->party);
    csv_number(out, "%" PRIu32, party->incidents);
    csv_names(out, party->said_by, party->said_count), csv_names(out, party->denied_by, party->denied_count);
    csv_number(out, "%" PRIu32, party->accusations);
    csv_names(out, party->accused_by, party->accused_count);
    view_csv_where(out, NULL);
    csv_end(out);
}

static void csv_claim(dl_json_out *out, csv_line line, const char *level, const dl_claim *claim)
{
    line.level = level;
    csv_head(out, line, false);
    csv_no_party(out);
    view_csv_where(out, claim);
    csv_end(out);
}

static void csv_figures(dl_json_out *out, csv_line line)
{
    csv_head(out, line, true);
    csv_no_party(out);
    view_csv_where(out, NULL);
    csv_end(out);
}

void csv_area(dl_json_out *out, const dl_area_days *area, const dl_happening *happenings, const dl_claim *claims, bool first)
{
    if (first)
        put_bytes(out, DL_STR("level,area,date,period,state,days_reported,incidents,killed_low,killed_best,killed_high,killed_open,wounded_low,"
                                  "wounded_best,wounded_high,wounded_open,accusations,pages,party,party_incidents,said_by,denied_by,"
                                  "party_accusations,accused_by," VIEW_CSV_WHERE "\r\n"));
    for (size_t i = 0; i < area->day_count; i++) {
        const dl_area_day *day = &area->days[i];
        csv_line line = {"day", area, day};
        csv_figures(out, line);
        for (size_t k = 0; k < day->party_count; k++) csv_party(out, line, &day->parties[k]);
        for (size_t k = 0; k < day->happening_count; k++) {
            const dl_happening *happening = &happenings[day->happenings[k]];
            for (uint32_t n = 0; n < happening->count; n++) csv_claim(out, line, "claim", &claims[happening->first + n]);
        }
        for (size_t k = 0; k < day->accusing_count; k++) csv_claim(out, line, "violation", &claims[day->accusing[k]]);
    }
    csv_figures(out, (csv_line){"total", area, &area->before});
    csv_figures(out, (csv_line){"total", area, &area->after});
}
