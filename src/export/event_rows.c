/* event_rows.c - events and sentences of a store as NDJSON and CSV. */
#include "export/rows.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/date.h"
#include "export/csv.h"

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

/* ---- cells ---- */

/* Two cells; the second is empty for "at least". */
static void cell_range(const cell_line *line, dl_range range)
{
    if (range.known) cell_int(line, range.min);
    else cell_none(line, 1);
    if (range.known && !range.open) cell_int(line, range.max);
    else cell_none(line, 1);
}

void cell_parties(const cell_line *line, const dl_party *parties, size_t count, bool codes)
{
    dl_json_out joined = {0};
    for (size_t i = 0; i < count; i++) {
        dl_str part = codes ? parties[i].code : parties[i].name;
        if (joined.len && part.len) put_bytes(&joined, DL_STR("; "));
        put_bytes(&joined, part);
    }
    cell_words(line, (dl_str){joined.bytes, joined.len});
    line->out->failed |= joined.failed;
    dl_json_out_free(&joined);
}

static void cell_place(const cell_line *line, const dl_row *row)
{
    cell_words(line, row->place), cell_words(line, row->country), cell_words(line, row->admin1), cell_words(line, row->precision);
    if (row->geonameid) cell_int(line, row->geonameid);
    else cell_none(line, 1);
    if (row->located) cell_real(line, row->lat, 5), cell_real(line, row->lon, 5);
    else cell_none(line, 2);
}

static void cell_kind(const cell_line *line, const dl_row *row)
{
    char id[16];
    snprintf(id, sizeof id, "V%" PRIu32, row->item + 1);
    cell_name(line, id);
    cell_name(line, dl_event_type_name(row->type));
    cell_words(line, row->mode), cell_words(line, row->cameo);
    cell_name(line, dl_realis_name(row->realis));
    cell_flag(line, row->background);
    cell_day(line, row->date), cell_day(line, row->date_to);
    cell_name(line, row->date_from_published ? "published" : "");
}

static void cell_words_of(const cell_line *line, const dl_row *row)
{
    char seen[32];
    if (row->sentence == DL_NONE) cell_none(line, 3);
    else cell_int(line, row->sentence), cell_int(line, row->sentence_span.start), cell_int(line, row->sentence_span.end);
    cell_words(line, row->sentence_text), cell_words(line, row->url), cell_words(line, row->site), cell_words(line, row->title);
    cell_day(line, row->published);
    cell_name(line, time_text(row->seen, seen));
}

#define WORDS_OF "sentence:i,sentence_start:i,sentence_end:i,text,url,outlet,title,published,seen"

const char *const event_columns = "document,event,type,mode,cameo,realis,background:b,date,date_to,date_from,place,country,admin1,precision,geonameid:i,"
                                  "lat:r,lon:r,actors,actor_codes,recipients,recipient_codes,killed_min:i,killed_max:i,wounded_min:i,wounded_max:i,captured_min:i,"
                                  "captured_max:i,missing_min:i,missing_max:i,killed_or_wounded_min:i,killed_or_wounded_max:i,weapon,site,source,source_code,"
                                  "start:i,end:i,confidence:r," WORDS_OF;

void event_cells(const cell_line *line, const dl_row *row)
{
    const dl_range ranges[] = {row->killed, row->wounded, row->captured, row->missing, row->killed_or_wounded};
    cell_words(line, row->document);
    cell_kind(line, row);
    cell_place(line, row);
    cell_parties(line, row->actors, row->actor_count, false), cell_parties(line, row->actors, row->actor_count, true);
    cell_parties(line, row->recipients, row->recipient_count, false), cell_parties(line, row->recipients, row->recipient_count, true);
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) cell_range(line, ranges[i]);
    cell_words(line, row->weapon), cell_words(line, row->critical_site);
    cell_words(line, row->source.name), cell_words(line, row->source.code);
    cell_int(line, row->span.start), cell_int(line, row->span.end);
    cell_real(line, row->confidence, 2);
    cell_words_of(line, row);
}

void row_csv(dl_json_out *out, const dl_row *row, bool first)
{
    const cell_line line = {.out = out};
    if (first) cell_heading(&line, row->type ? event_columns : "document," WORDS_OF);
    if (row->type) {
        event_cells(&line, row);
    } else {
        cell_words(&line, row->document);
        cell_words_of(&line, row);
    }
    cell_end(&line);
}
