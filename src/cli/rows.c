/* rows.c - rows of a store as NDJSON, CSV and lines of a table. */
#include "cli/rows.h"

#include <inttypes.h>

#include "base/date.h"
#include "cli/layout.h"

/* ---- NDJSON ---- */

static void json_text(dl_json_out *out, const char *key, dl_str text)
{
    if (!text.ptr) return;
    dl_json_key(out, key);
    dl_json_str(out, text);
}

static void json_day(dl_json_out *out, const char *key, dl_date date)
{
    char text[16];
    if (date.year) json_text(out, key, dl_str_of(dl_date_format(date, text)));
}

static void json_span(dl_json_out *out, const char *key, dl_span span)
{
    dl_json_key(out, key);
    dl_json_open(out, '[');
    dl_json_int(out, span.start);
    dl_json_int(out, span.end);
    dl_json_close(out, ']');
}

static void json_range(dl_json_out *out, const char *key, dl_range range)
{
    if (!range.known) return;
    dl_json_key(out, key);
    dl_json_open(out, '[');
    dl_json_int(out, range.min);
    if (range.open) dl_json_null(out);
    else dl_json_int(out, range.max);
    dl_json_close(out, ']');
}

static void json_party(dl_json_out *out, const dl_party *party)
{
    dl_json_open(out, '{');
    json_text(out, "name", party->name);
    json_text(out, "code", party->code);
    dl_json_close(out, '}');
}

static void json_parties(dl_json_out *out, const char *key, const dl_party *parties, size_t count)
{
    dl_json_key(out, key);
    dl_json_open(out, '[');
    for (size_t i = 0; i < count; i++) json_party(out, &parties[i]);
    dl_json_close(out, ']');
}

static void json_place(dl_json_out *out, const dl_row *row)
{
    if (!row->place.ptr) return;
    dl_json_key(out, "place");
    dl_json_open(out, '{');
    json_text(out, "name", row->place);
    json_text(out, "country", row->country);
    json_text(out, "admin1", row->admin1);
    if (row->geonameid) dl_json_key(out, "geonameid"), dl_json_int(out, row->geonameid);
    if (row->located) {
        dl_json_key(out, "lat"), dl_json_real(out, row->lat, 5);
        dl_json_key(out, "lon"), dl_json_real(out, row->lon, 5);
    }
    dl_json_close(out, '}');
}

static void json_event(dl_json_out *out, const dl_row *row)
{
    char id[16];
    snprintf(id, sizeof id, "V%" PRIu32, row->item + 1);
    json_text(out, "event", dl_str_of(id));
    json_text(out, "type", dl_str_of(dl_event_type_name(row->type)));
    json_text(out, "mode", row->mode);
    json_text(out, "cameo", row->cameo);
    json_text(out, "realis", dl_str_of(dl_realis_name(row->realis)));
    dl_json_key(out, "background"), dl_json_bool(out, row->background);
    json_day(out, "date", row->date);
    json_day(out, "date_to", row->date_to);
    if (row->date_from_published) json_text(out, "from", DL_STR("published"));
    json_place(out, row);
    json_parties(out, "actor", row->actors, row->actor_count);
    json_parties(out, "recipient", row->recipients, row->recipient_count);
    json_range(out, "killed", row->killed);
    json_range(out, "wounded", row->wounded);
    json_range(out, "captured", row->captured);
    json_range(out, "missing", row->missing);
    json_range(out, "killed_or_wounded", row->killed_or_wounded);
    json_text(out, "weapon", row->weapon);
    json_text(out, "site", row->critical_site);
    if (row->source.name.ptr) dl_json_key(out, "source"), json_party(out, &row->source);
    json_span(out, "span", row->span);
    dl_json_key(out, "confidence"), dl_json_real(out, row->confidence, 2);
}

void row_json(dl_json_out *out, const dl_row *row)
{
    char seen[32];
    dl_json_open(out, '{');
    json_text(out, "document", row->document);
    if (row->type) json_event(out, row);
    if (row->sentence != DL_NONE) {
        dl_json_key(out, "sentence"), dl_json_int(out, row->sentence);
        json_span(out, "sentence_span", row->sentence_span);
    }
    json_text(out, "text", row->sentence_text);
    json_text(out, "url", row->url);
    json_text(out, "outlet", row->site);
    json_text(out, "title", row->title);
    json_day(out, "published", row->published);
    json_text(out, "seen", dl_str_of(time_text(row->seen, seen)));
    dl_json_close(out, '}');
}

/* ---- CSV ---- */

static void csv_day(dl_json_out *out, dl_date date)
{
    char text[16];
    csv_number(out, "%s", dl_date_format(date, text));
}

/* Two cells; the second is empty for "at least". */
static void csv_range(dl_json_out *out, dl_range range)
{
    if (range.known) csv_number(out, "%" PRId64, range.min);
    else csv_empty(out);
    if (range.known && !range.open) csv_number(out, "%" PRId64, range.max);
    else csv_empty(out);
}

static void csv_parties(dl_json_out *out, const dl_party *parties, size_t count)
{
    for (int codes = 0; codes < 2; codes++) {
        dl_json_out joined = {0};
        for (size_t i = 0; i < count; i++) {
            dl_str part = codes ? parties[i].code : parties[i].name;
            if (joined.len && part.len) put_bytes(&joined, DL_STR("; "));
            put_bytes(&joined, part);
        }
        csv_text(out, (dl_str){joined.bytes, joined.len});
        out->failed |= joined.failed;
        dl_json_out_free(&joined);
    }
}

static void csv_point(dl_json_out *out, const dl_row *row)
{
    if (row->geonameid) csv_number(out, "%" PRId64, row->geonameid);
    else csv_empty(out);
    if (row->located) csv_number(out, "%.5f", row->lat), csv_number(out, "%.5f", row->lon);
    else csv_empty(out), csv_empty(out);
}

static void csv_event(dl_json_out *out, const dl_row *row)
{
    csv_number(out, "V%" PRIu32, row->item + 1);
    csv_text(out, dl_str_of(dl_event_type_name(row->type)));
    csv_text(out, row->mode);
    csv_text(out, row->cameo);
    csv_text(out, dl_str_of(dl_realis_name(row->realis)));
    csv_number(out, "%d", row->background);
    csv_day(out, row->date), csv_day(out, row->date_to);
    csv_text(out, row->place), csv_text(out, row->country), csv_text(out, row->admin1);
    csv_point(out, row);
    csv_parties(out, row->actors, row->actor_count);
    csv_parties(out, row->recipients, row->recipient_count);
    csv_range(out, row->killed), csv_range(out, row->wounded);
    csv_text(out, row->weapon), csv_text(out, row->critical_site);
    csv_parties(out, &row->source, 1);
    csv_number(out, "%" PRIu32, row->span.start), csv_number(out, "%" PRIu32, row->span.end);
    csv_number(out, "%.2f", row->confidence);
}

void row_csv(dl_json_out *out, const dl_row *row, bool first)
{
    char seen[32];
    if (first)
        put_format(out, "document,%ssentence,sentence_start,sentence_end,text,url,outlet,title,published,seen\r\n",
                   row->type ? "event,type,mode,cameo,realis,background,date,date_to,place,country,admin1,geonameid,lat,lon,actors,actor_codes,"
                               "recipients,recipient_codes,killed_min,killed_max,wounded_min,wounded_max,weapon,site,source,source_code,start,"
                               "end,confidence," : "");
    csv_text(out, row->document);
    if (row->type) csv_event(out, row);
    bool titled = row->sentence == DL_NONE;
    if (titled) csv_empty(out), csv_empty(out), csv_empty(out);
    else csv_number(out, "%" PRIu32, row->sentence), csv_number(out, "%" PRIu32, row->sentence_span.start), csv_number(out, "%" PRIu32, row->sentence_span.end);
    csv_text(out, row->sentence_text), csv_text(out, row->url), csv_text(out, row->site), csv_text(out, row->title);
    csv_day(out, row->published);
    csv_number(out, "%s", time_text(row->seen, seen));
    csv_end(out);
}

/* ---- a table ---- */

typedef struct column {
    const char *heading;
    size_t width;
} column;

static const column columns[] = {{"day", 10}, {"place", 16}, {"event", 20}, {"actor", 22}, {"recipient", 22}, {"killed", 7}, {"wounded", 7},
                                 {"realis", 9}, {"who says so", 24}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void heading(dl_json_out *out, bool colour)
{
    put_style(out, colour, "\033[1m");
    for (size_t i = 0; i < COLUMNS; i++) {
        put_cell(out, dl_str_of(columns[i].heading), columns[i].width, i == COLUMNS - 1);
        put_bytes(out, i == COLUMNS - 1 ? DL_STR("\n") : DL_STR(" "));
    }
    put_style(out, colour, "\033[0m");
}

static void put_column(dl_json_out *out, size_t index, dl_str text)
{
    put_cell(out, text.ptr ? text : DL_STR(""), columns[index].width, index == COLUMNS - 1);
    put_bytes(out, index == COLUMNS - 1 ? DL_STR("\n") : DL_STR(" "));
}

static dl_str joined(dl_json_out *scratch, const dl_party *parties, size_t count)
{
    dl_json_out_clear(scratch);
    for (size_t i = 0; i < count; i++) {
        if (i) put_bytes(scratch, DL_STR(", "));
        put_bytes(scratch, parties[i].name);
        if (parties[i].code.len) put_format(scratch, " (%.*s)", (int)parties[i].code.len, parties[i].code.ptr);
    }
    return (dl_str){scratch->bytes, scratch->len};
}

static void table_event(dl_json_out *out, dl_json_out *scratch, const dl_row *row)
{
    char day[16], killed[48], wounded[48];
    put_column(out, 0, dl_str_of(dl_date_format(row->date, day)));
    put_column(out, 1, row->place);
    dl_json_out_clear(scratch);
    put_format(scratch, "%s %.*s", dl_event_type_name(row->type), (int)row->mode.len, row->mode.len ? row->mode.ptr : "");
    put_column(out, 2, (dl_str){scratch->bytes, scratch->len});
    put_column(out, 3, joined(scratch, row->actors, row->actor_count));
    put_column(out, 4, joined(scratch, row->recipients, row->recipient_count));
    put_column(out, 5, dl_str_of(range_words(row->killed, killed)));
    put_column(out, 6, dl_str_of(range_words(row->wounded, wounded)));
    put_column(out, 7, row->background ? DL_STR("earlier") : dl_str_of(dl_realis_name(row->realis)));
    put_column(out, 8, row->source.name.ptr ? row->source.name : row->site);
}

/* The row's words below it, with where they stand. */
static void table_words(dl_json_out *out, dl_json_out *scratch, const cli_settings *settings, const dl_row *row)
{
    dl_json_out_clear(scratch);
    put_format(scratch, "%.*s", (int)row->document.len, row->document.ptr);
    if (row->type) put_format(scratch, " V%" PRIu32, row->item + 1);
    dl_span span = row->type ? row->span : row->sentence_span;
    if (row->sentence == DL_NONE) put_bytes(scratch, DL_STR(" title"));
    else put_format(scratch, " [%" PRIu32 ",%" PRIu32 "]", span.start, span.end);
    put_bytes(scratch, DL_STR(": "));
    put_bytes(scratch, row->sentence_text);
    put_style(out, settings->colour, "\033[2m");
    put_bytes(out, DL_STR("  "));
    size_t width = (size_t)terminal_width();
    put_cell(out, (dl_str){scratch->bytes, scratch->len}, width > 2 ? width - 2 : 1, true);
    put_style(out, settings->colour, "\033[0m");
    put_bytes(out, DL_STR("\n"));
}

void row_table(dl_json_out *out, dl_json_out *scratch, const cli_settings *settings, const dl_row *row, bool first)
{
    if (row->type) {
        if (first) heading(out, settings->colour);
        table_event(out, scratch, row);
    } else {
        char day[16];
        put_cell(out, dl_str_of(dl_date_format(row->published, day)), 10, false);
        put_bytes(out, DL_STR(" "));
        put_cell(out, row->site.ptr ? row->site : DL_STR(""), 30, true);
        put_bytes(out, DL_STR("\n"));
    }
    table_words(out, scratch, settings, row);
}
