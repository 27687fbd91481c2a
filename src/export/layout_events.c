/* layout_events.c - rows in the columns of GDELT 2.0 events and of POLECAT: one for each event of a page.
 *
 * Columns in their order as in the files of those systems; docs/export.md says what fills each and why others stay empty. */
#include <stdio.h>

#include "export/codes.h"
#include "export/export.h"

/* Who does it and to whom. Of a joint act (talks, an agreement) all are actors: the second stands for the other side. */
typedef struct dyad {
    const dl_party *actors, *recipients;
    size_t actor_count, recipient_count;
} dyad;

static dyad dyad_of(const dl_row *row)
{
    dyad d = {row->actors, row->recipients, row->actor_count, row->recipient_count};
    if (!d.recipient_count && d.actor_count > 1) d.recipients = d.actors + 1, d.recipient_count = d.actor_count - 1, d.actor_count = 1;
    return d;
}

static bool is_place(const dl_row *row, const char *precision)
{
    return dl_str_is(row->precision, precision);
}

static bool is_town(const dl_row *row)
{
    return is_place(row, "city") || is_place(row, "exact");
}

static dl_status run_with(exporter *e, unsigned realis, dl_visit *visit)
{
    dl_query query = e->wanted->query;
    query.rows = DL_ROWS_EVENTS;
    query.by_document = true;
    query.realis = realis;
    query.limit = 0; /* rows are counted below: what a layout leaves out is none */
    return dl_store_find(e->store, &query, visit, e, e->err);
}

/* ---- GDELT ---- */

static void gdelt_date(const cell_line *line, dl_date date)
{
    if (is_day(date)) cell_int(line, date.year * 10000 + date.month * 100 + date.day);
    else cell_none(line, 1);
    if (date.year && date.month) cell_int(line, date.year * 100 + date.month);
    else cell_none(line, 1);
    if (date.year) cell_int(line, date.year);
    else cell_none(line, 1);
    /* FractionDate: months of 30 days, as its values show */
    if (is_day(date)) cell_real(line, date.year + ((date.month - 1) * 30 + date.day) / 365.0, 4);
    else cell_none(line, 1);
}

/* Code, Name, CountryCode, KnownGroupCode, EthnicCode, two religions, three types. */
static void gdelt_actor(const cell_line *line, const dl_party *party)
{
    enum { CELLS = 10, BEHIND_GROUP = 3, OTHER_TYPES = 2 };
    if (!party) {
        cell_none(line, CELLS);
        return;
    }
    cell_words(line, party->code);
    cell_words(line, party->name);
    cell_words(line, code_country(party->code));
    cell_words(line, code_body(party->code));
    cell_none(line, BEHIND_GROUP);
    cell_words(line, code_sector(party->code));
    cell_none(line, OTHER_TYPES);
}

/* The quarters of CAMEO's twenty roots. Readers of GDELT differ on 09 and 14: these stay empty. */
static void quad_class(const cell_line *line, dl_str cameo)
{
    int root = cameo.len >= 2 ? (cameo.ptr[0] - '0') * 10 + cameo.ptr[1] - '0' : 0;
    if (root >= 1 && root <= 5) cell_int(line, 1);
    else if (root >= 6 && root <= 8) cell_int(line, 2);
    else if (root >= 10 && root <= 13) cell_int(line, 3);
    else if (root >= 15 && root <= 20) cell_int(line, 4);
    else cell_none(line, 1);
}

/* Type, FullName, CountryCode, ADM1Code, ADM2Code, Lat, Long, FeatureID. */
static void gdelt_place(const cell_line *line, const dl_row *row)
{
    bool american = dl_str_is(row->country, "US");
    if (is_place(row, "country")) cell_int(line, 1);
    else if (is_place(row, "admin1")) cell_int(line, american ? 2 : 5);
    else if (is_town(row)) cell_int(line, american ? 3 : 4);
    else cell_none(line, 1);
    cell_words(line, row->place);
    cell_none(line, 3); /* FIPS 10-4 codes */
    if (row->located) cell_real(line, row->lat, 5), cell_real(line, row->lon, 5);
    else cell_none(line, 2);
    cell_none(line, 1);
}

static void gdelt_added(const cell_line *line, int64_t seen)
{
    char text[32], digits[32];
    size_t len = 0;
    for (const char *at = time_text(seen, text); *at; at++)
        if (dl_ascii_digit((unsigned char)*at)) digits[len++] = *at;
    digits[len] = '\0';
    cell_digits(line, dl_str_of(digits));
}

static bool send_gdelt(void *context, const dl_row *row)
{
    exporter *e = context;
    const cell_line line = export_line(e);
    const dyad d = dyad_of(row);
    if (row->background) return true;
    cell_int(&line, export_number(row));
    gdelt_date(&line, row->date);
    gdelt_actor(&line, d.actor_count ? d.actors : NULL), gdelt_actor(&line, d.recipient_count ? d.recipients : NULL);
    cell_none(&line, 1); /* IsRootEvent */
    cell_words(&line, row->cameo);
    cell_words(&line, row->cameo.len > 3 ? dl_str_slice(row->cameo, 0, 3) : row->cameo);
    cell_words(&line, row->cameo.len > 2 ? dl_str_slice(row->cameo, 0, 2) : row->cameo);
    quad_class(&line, row->cameo);
    cell_none(&line, 2); /* GoldsteinScale, NumMentions */
    cell_int(&line, 1), cell_int(&line, 1); /* NumSources, NumArticles: the row is one page's */
    cell_none(&line, 1 + 8 + 8);            /* AvgTone, where the actors are */
    gdelt_place(&line, row);
    gdelt_added(&line, row->seen);
    cell_words(&line, row->url);
    return export_row(e);
}

#define ACTOR_COLUMNS(n)                                                                                                             \
    "Actor" n "Code,Actor" n "Name,Actor" n "CountryCode,Actor" n "KnownGroupCode,Actor" n "EthnicCode,Actor" n "Religion1Code,Actor" n \
    "Religion2Code,Actor" n "Type1Code,Actor" n "Type2Code,Actor" n "Type3Code,"
#define GEO_COLUMNS(of)                                                                                                                   \
    of "Geo_Type:i," of "Geo_FullName," of "Geo_CountryCode," of "Geo_ADM1Code," of "Geo_ADM2Code," of "Geo_Lat:r," of "Geo_Long:r," of "Geo_FeatureID,"

static dl_status run_gdelt(exporter *e)
{
    return run_with(e, 1u << DL_ACTUAL | 1u << DL_ONGOING, send_gdelt);
}

const layout layout_gdelt = {
    "GLOBALEVENTID:i,SQLDATE:i,MonthYear:i,Year:i,FractionDate:r," ACTOR_COLUMNS("1") ACTOR_COLUMNS("2")
    "IsRootEvent:i,EventCode,EventBaseCode,EventRootCode,QuadClass:i,GoldsteinScale:r,NumMentions:i,NumSources:i,NumArticles:i,AvgTone:r,"
    GEO_COLUMNS("Actor1") GEO_COLUMNS("Actor2") GEO_COLUMNS("Action") "DATEADDED:i,SOURCEURL",
    run_gdelt};

/* ---- POLECAT ---- */

/* PLOVER's four quarters of its types, in the order of the codebook. */
static const char *plover_quad(dl_event_type type)
{
    switch (type) {
    case DL_AGREE: case DL_CONSULT: case DL_SUPPORT: case DL_CONCEDE: return "VERBAL COOPERATION";
    case DL_COOPERATE: case DL_AID: case DL_RETREAT: return "MATERIAL COOPERATION";
    case DL_REQUEST: case DL_ACCUSE: case DL_REJECT: case DL_THREATEN: return "VERBAL CONFLICT";
    case DL_EVENT_NONE: case DL_EVENT_TYPE_COUNT: return "";
    default: return "MATERIAL CONFLICT";
    }
}

/* The contexts by which PLOVER tells what has not happened, or not now, from what has. */
static const char *plover_context(const dl_row *row)
{
    if (row->realis == DL_PLANNED) return "future";
    if (row->realis == DL_POSSIBLE) return "hypothetical";
    return row->background ? "historical" : "";
}

static void cell_parts(const cell_line *line, const dl_party *parties, size_t count, dl_str part(dl_str code))
{
    dl_json_out joined = {0};
    for (size_t i = 0; i < count; i++) {
        dl_str one = part(parties[i].code);
        if (joined.len && one.len) put_bytes(&joined, DL_STR("; "));
        put_bytes(&joined, one);
    }
    cell_words(line, (dl_str){joined.bytes, joined.len});
    line->out->failed |= joined.failed;
    dl_json_out_free(&joined);
}

/* Name, Country, COW, Primary Sector, Sectors, Title, Name Raw, Wikipedia ID. */
static void polecat_actor(const cell_line *line, const dl_party *parties, size_t count)
{
    cell_parties(line, parties, count, false);
    cell_parts(line, parties, count, code_country);
    cell_none(line, 1);
    cell_parts(line, parties, count ? 1 : 0, code_sector);
    cell_parts(line, parties, count, code_sector);
    cell_none(line, 3);
}

/* Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename, Feature Type. */
static void polecat_place(const cell_line *line, const dl_row *row)
{
    const dl_str none = {0};
    cell_words(line, row->place);
    cell_words(line, is_town(row) ? row->place : none);
    cell_words(line, is_place(row, "admin2") ? row->place : none);
    cell_words(line, is_place(row, "admin1") ? row->place : none);
    cell_words(line, row->country);
    if (row->located) cell_real(line, row->lat, 5), cell_real(line, row->lon, 5);
    else cell_none(line, 2);
    if (row->geonameid) cell_int(line, row->geonameid);
    else cell_none(line, 1);
    cell_none(line, 2);
}

static bool send_polecat(void *context, const dl_row *row)
{
    exporter *e = context;
    const cell_line line = export_line(e);
    const dyad d = dyad_of(row);
    cell_words(&line, export_event_id(e, row));
    if (is_day(row->date)) cell_day(&line, row->date);
    else cell_none(&line, 1);
    cell_name(&line, dl_event_type_name(row->type));
    cell_words(&line, row->mode);
    cell_none(&line, 1); /* Intensity */
    cell_name(&line, plover_quad(row->type));
    cell_name(&line, plover_context(row));
    polecat_actor(&line, d.actors, d.actor_count), polecat_actor(&line, d.recipients, d.recipient_count);
    polecat_place(&line, row);
    cell_words(&line, row->site);
    cell_day(&line, row->published);
    cell_none(&line, 5); /* Story People to Version */
    return export_row(e);
}

static dl_status run_polecat(exporter *e)
{
    return run_with(e, 1u << DL_ACTUAL | 1u << DL_ONGOING | 1u << DL_PLANNED | 1u << DL_POSSIBLE, send_polecat);
}

const layout layout_polecat = {
    "Event ID,Event Date,Event Type,Event Mode,Intensity:r,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,Primary Actor Sector,Actor Sectors,"
    "Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,"
    "Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude:r,Longitude:r,GeoNames ID:i,"
    "Raw Placename,Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version",
    run_polecat};
