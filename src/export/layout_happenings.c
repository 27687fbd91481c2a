/* layout_happenings.c - rows in the columns of UCDP GED and of ACLED: one for each happening.
 *
 * Both count an event once, whatever the number of reports, so that these rows are happenings: what is only planned, feared, denied or told
 * as background makes none. docs/export.md says what fills each column and why others stay empty. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/date.h"
#include "dateline/monitor.h"
#include "export/codes.h"
#include "export/happening_cells.h"

typedef void happening_row(exporter *e, const dl_happening *happening, const dl_claim *claims); /* all of its cells */
typedef bool is_wanted(const dl_happening *happening, const dl_claim *claims);

static dl_status run_happenings(exporter *e, dl_event_type type, bool counted, is_wanted *wanted, happening_row *make)
{
    dl_view *view = NULL;
    size_t count, claim_count;
    dl_query query = e->wanted->query;
    if (query.type && query.type != type) return DL_OK;
    query.type = type;
    query.counted = query.counted || counted;
    dl_status status = e->countries.table ? DL_OK : countries_open(&e->countries, e->wanted->data_dir, e->err);
    if (status == DL_OK) status = dl_view_open(&view, e->store, &query, e->err);
    if (status != DL_OK) return status;
    const dl_happening *happenings = dl_view_happenings(view, &count);
    const dl_claim *claims = dl_view_claims(view, &claim_count);
    for (size_t i = 0; i < count; i++) {
        const dl_claim *of = claims + happenings[i].first;
        if (!happenings[i].actual || !wanted(&happenings[i], of)) continue;
        make(e, &happenings[i], of);
        if (!export_row(e)) break;
    }
    dl_view_free(view);
    return DL_OK;
}

/* ---- days ---- */

static dl_date first_day(dl_date date)
{
    return (dl_date){date.year, date.month ? date.month : 1, date.day ? date.day : 1};
}

static dl_date last_day(dl_date date)
{
    uint8_t month = date.month ? date.month : 12;
    return (dl_date){date.year, month, date.day ? date.day : (uint8_t)dl_days_in_month(date.year, month)};
}

/* Days that it may have taken, first and last among them; 0 where no day is known. */
static int32_t days_of(const dl_happening *happening)
{
    if (!happening->date.year) return 0;
    dl_date to = happening->date_to.year ? happening->date_to : happening->date;
    return dl_date_to_days(last_day(to)) - dl_date_to_days(first_day(happening->date)) + 1;
}

/* ---- UCDP GED ---- */

/* Use of armed force that killed somebody (at least, by the highest count). */
static bool is_deadly(const dl_happening *happening, const dl_claim *claims)
{
    (void)claims;
    return happening->type == DL_ASSAULT && happening->harms[0].known && happening->harms[0].high > 0;
}

/* 1 state-based, 2 non-state, 3 one-sided; 0 where the sides are not known. */
static int type_of_violence(const dl_row *row)
{
    side_kind a = kind_of_side(row->actors, row->actor_count), b = kind_of_side(row->recipients, row->recipient_count);
    if (a == SIDE_UNKNOWN || b == SIDE_UNKNOWN || a == SIDE_CIVILIANS) return 0;
    if (b == SIDE_CIVILIANS) return 3;
    return a == SIDE_STATE || b == SIDE_STATE ? 1 : 2;
}

/* Cells of half a degree, 720 a row, from the south-west corner, from 1 (PRIO-GRID). */
static int64_t grid_cell(double lat, double lon)
{
    int64_t row = (int64_t)floor((lat + 90) * 2), column = (int64_t)floor((lon + 180) * 2);
    return (row > 359 ? 359 : row) * 720 + (column > 719 ? 719 : column) + 1;
}

static void ged_where(exporter *e, const dl_happening *happening)
{
    const cell_line line = export_line(e);
    int precision = happening_in_town(happening) ? 1 : happening_place_is(happening, "admin2") ? 3 : happening_place_is(happening, "admin1") ? 4 : happening_place_is(happening, "country") ? 6 : 0;
    const dl_str none = {0};
    if (precision) cell_int(&line, precision);
    else cell_none(&line, 1);
    cell_words(&line, happening->place);
    cell_none(&line, 1); /* where_description */
    cell_words(&line, happening_place_is(happening, "admin1") ? happening->place : none);
    cell_words(&line, happening_place_is(happening, "admin2") ? happening->place : none);
    cell_point(&line, happening);
    if (happening->located) {
        char point[64];
        snprintf(point, sizeof point, "POINT (%.5f %.5f)", happening->lon, happening->lat);
        cell_name(&line, point);
        cell_int(&line, grid_cell(happening->lat, happening->lon));
    } else {
        cell_none(&line, 2);
    }
    country where = countries_find(&e->countries, happening->country);
    cell_words(&line, where.ucdp_name), cell_digits(&line, where.gw), cell_name(&line, where.ucdp_region);
}

static void ged_when(exporter *e, const dl_happening *happening)
{
    const cell_line line = export_line(e);
    int32_t days = days_of(happening);
    if (!days) {
        cell_none(&line, 4);
        return;
    }
    cell_int(&line, happening->date_to.year ? 2 : 1); /* event_clarity: told of one day, or of several together */
    cell_int(&line, days == 1 ? 1 : days <= 6 ? 2 : days == 7 ? 3 : days <= 31 ? 4 : 5);
    cell_day(&line, first_day(happening->date));
    cell_day(&line, last_day(happening->date_to.year ? happening->date_to : happening->date));
}

static void ged_deaths(exporter *e, const dl_happening *happening, const dl_row *row)
{
    const cell_line line = export_line(e);
    const dl_estimate *killed = &happening->harms[0];
    bool civilians = kind_of_side(row->recipients, row->recipient_count) == SIDE_CIVILIANS;
    cell_none(&line, 2);
    if (civilians) cell_int(&line, killed->best), cell_none(&line, 1);
    else cell_none(&line, 1), cell_int(&line, killed->best);
    cell_int(&line, killed->best), cell_int(&line, killed->high), cell_int(&line, killed->low);
}

static void ged_row(exporter *e, const dl_happening *happening, const dl_claim *claims)
{
    const cell_line line = export_line(e);
    const dl_row *row = happening_teller(happening, claims);
    int violence = type_of_violence(row);
    cell_int(&line, export_number(&claims->row));
    cell_words(&line, export_event_id(e, &claims->row));
    if (happening->date.year) cell_int(&line, happening->date.year);
    else cell_none(&line, 1);
    cell_none(&line, 2); /* active_year, code_status */
    if (violence) cell_int(&line, violence);
    else cell_none(&line, 1);
    cell_none(&line, 8); /* conflict_dset_id to side_a_new_id */
    cell_parties(&line, row->actors, row->actor_count, false);
    cell_none(&line, 2);
    if (violence == 3) cell_name(&line, "Civilians");
    else cell_parties(&line, row->recipients, row->recipient_count, false);
    cell_int(&line, happening->pages);
    cell_pages(e, happening, claims, url_of), cell_pages(e, happening, claims, outlet_of);
    cell_pages(e, happening, claims, day_of), cell_pages(e, happening, claims, title_of);
    cell_speakers(e, happening, claims);
    ged_where(e, happening);
    ged_when(e, happening);
    ged_deaths(e, happening, row);
    cell_none(&line, 2); /* gwnoa, gwnob */
}

static dl_status run_ged(exporter *e)
{
    return run_happenings(e, DL_ASSAULT, true, is_deadly, ged_row);
}

const layout layout_ucdp_ged = {
    "id:i,relid,year:i,active_year,code_status,type_of_violence:i,conflict_dset_id,conflict_new_id:i,conflict_name,dyad_dset_id,dyad_new_id:i,dyad_name,"
    "side_a_dset_id,side_a_new_id:i,side_a,side_b_dset_id,side_b_new_id:i,side_b,number_of_sources:i,source_article,source_office,source_date,"
    "source_headline,source_original,where_prec:i,where_coordinates,where_description,adm_1,adm_2,latitude:r,longitude:r,geom_wkt,priogrid_gid:i,country,"
    "country_id:i,region,event_clarity:i,date_prec:i,date_start,date_end,deaths_a:i,deaths_b:i,deaths_civilians:i,deaths_unknown:i,best:i,high:i,low:i,"
    "gwnoa,gwnob",
    run_ged};

/* ---- ACLED ---- */

typedef struct acled_kind {
    const char *disorder, *event, *sub_event; /* "" where it takes more than the record tells */
} acled_kind;

static const char political[] = "Political violence";

/* Modes that tell the kind by themselves. */
static const struct {
    const char *mode;
    acled_kind kind;
} acled_modes[] = {
    {"aerial", {political, "Explosions/Remote violence", "Air/drone strike"}},
    {"heavy", {political, "Explosions/Remote violence", "Shelling/artillery/missile attack"}},
    {"explosive", {political, "Explosions/Remote violence", "Remote explosive/landmine/IED"}},
    {"suicide", {political, "Explosions/Remote violence", "Suicide bomb"}},
    {"clash", {political, "Battles", "Armed clash"}},
    {"abduct", {political, "Violence against civilians", "Abduction/forced disappearance"}},
    {"sexual", {political, "Violence against civilians", "Sexual violence"}},
};

static acled_kind kind_of_assault(const dl_happening *happening, const dl_row *row)
{
    for (size_t i = 0; i < sizeof acled_modes / sizeof *acled_modes; i++)
        if (dl_str_is(happening->mode, acled_modes[i].mode)) return acled_modes[i].kind;
    side_kind by = kind_of_side(row->actors, row->actor_count), to = kind_of_side(row->recipients, row->recipient_count);
    if (dl_str_is(happening->mode, "territory")) {
        const char *sub = by == SIDE_STATE ? "Government regains territory" : by == SIDE_ARMED ? "Non-state actor overtakes territory" : "";
        return (acled_kind){political, "Battles", sub};
    }
    if (to == SIDE_CIVILIANS) return (acled_kind){political, "Violence against civilians", "Attack"};
    if (to == SIDE_UNKNOWN || by == SIDE_UNKNOWN || by == SIDE_CIVILIANS) return (acled_kind){political, "", ""};
    return (acled_kind){political, "Battles", "Armed clash"};
}

/* CAMEO 145 is a violent protest or riot. */
static acled_kind acled_kind_of(const dl_happening *happening, const dl_row *row)
{
    if (happening->type == DL_ASSAULT) return kind_of_assault(happening, row);
    if (happening->type == DL_COERCE) return (acled_kind){"Strategic developments", "Strategic developments", "Arrests"};
    if (dl_str_starts(row->cameo, "145")) return (acled_kind){"Demonstrations", "Riots", "Violent demonstration"};
    return (acled_kind){"Demonstrations", "Protests", ""};
}

static bool is_acled(const dl_happening *happening, const dl_claim *claims)
{
    (void)claims;
    return happening->type != DL_COERCE || dl_str_is(happening->mode, "arrest");
}

/* actor, assoc_actor, inter: the first party, the others. */
static void acled_actor(const cell_line *line, const dl_party *parties, size_t count)
{
    cell_parties(line, parties, count ? 1 : 0, false);
    cell_parties(line, count ? parties + 1 : parties, count ? count - 1 : 0, false);
    cell_none(line, 1);
}

static void acled_when(const cell_line *line, const dl_happening *happening)
{
    int32_t days = days_of(happening);
    if (is_day(happening->date)) cell_day(line, happening->date);
    else cell_none(line, 1);
    if (days) cell_int(line, happening->date.year), cell_int(line, days == 1 ? 1 : days <= 7 ? 2 : 3);
    else cell_none(line, 2);
}

static void acled_where(const exporter *e, const cell_line *line, const dl_happening *happening)
{
    const dl_str none = {0};
    country where = countries_find(&e->countries, happening->country);
    cell_digits(line, where.numeric), cell_words(line, where.region), cell_words(line, where.name);
    cell_words(line, happening_place_is(happening, "admin1") ? happening->place : none);
    cell_words(line, happening_place_is(happening, "admin2") ? happening->place : none);
    cell_none(line, 1);
    cell_words(line, happening->place);
    cell_point(line, happening);
    if (happening_in_town(happening)) cell_int(line, 1);
    else if (happening_place_is(happening, "admin2")) cell_int(line, 2);
    else if (happening_place_is(happening, "admin1") || happening_place_is(happening, "country")) cell_int(line, 3);
    else cell_none(line, 1);
}

static void acled_row(exporter *e, const dl_happening *happening, const dl_claim *claims)
{
    const cell_line line = export_line(e);
    const dl_row *row = happening_teller(happening, claims);
    const acled_kind kind = acled_kind_of(happening, row);
    bool at_civilians = happening->type == DL_ASSAULT && kind_of_side(row->recipients, row->recipient_count) == SIDE_CIVILIANS;
    cell_words(&line, export_event_id(e, &claims->row));
    acled_when(&line, happening);
    cell_name(&line, kind.disorder), cell_name(&line, kind.event), cell_name(&line, kind.sub_event);
    acled_actor(&line, row->actors, row->actor_count), acled_actor(&line, row->recipients, row->recipient_count);
    cell_none(&line, 1); /* interaction */
    cell_name(&line, at_civilians ? "Civilian targeting" : "");
    acled_where(e, &line, happening);
    cell_pages(e, happening, claims, outlet_of);
    cell_none(&line, 1); /* source_scale */
    cell_words(&line, row->sentence_text);
    if (happening->harms[0].known) cell_int(&line, happening->harms[0].best);
    else cell_none(&line, 1);
    cell_none(&line, 1); /* tags */
    cell_int(&line, happening->last_seen);
}

/* Type by type: happenings are of one, and so no more claims are held at a time than those of one. */
static dl_status run_acled(exporter *e)
{
    static const dl_event_type types[] = {DL_ASSAULT, DL_PROTEST, DL_COERCE};
    dl_status status = DL_OK;
    for (size_t i = 0; i < sizeof types / sizeof *types && status == DL_OK && !export_is_full(e); i++)
        status = run_happenings(e, types[i], false, is_acled, acled_row);
    return status;
}

const layout layout_acled = {
    "event_id_cnty,event_date,year:i,time_precision:i,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,"
    "interaction,civilian_targeting,iso:i,region,country,admin1,admin2,admin3,location,latitude:r,longitude:r,geo_precision:i,source,source_scale,notes,"
    "fatalities:i,tags,timestamp:i",
    run_acled};
