/* happenings.c - what a store holds as happenings: a line each, with its ranges and the claims that they come from. */
#include <inttypes.h>
#include <stdio.h>

#include "export/happening_cells.h"
#include "export/view_rows.h"

const char *const happening_columns =
    "happening,type,mode,date,date_to,place,country,admin1,precision,geonameid:i,lat:r,lon:r,actual:b,pages:i,claims:i,"
    "killed_low:i,killed_best:i,killed_high:i,killed_open:b,killed_sources:i,wounded_low:i,wounded_best:i,wounded_high:i,wounded_open:b,wounded_sources:i,"
    "captured_low:i,captured_best:i,captured_high:i,captured_open:b,captured_sources:i,missing_low:i,missing_best:i,missing_high:i,missing_open:b,"
    "missing_sources:i,actors,actor_codes,recipients,recipient_codes,outlets,speakers,first_seen,last_seen,"
    "document,event,start:i,end:i,sentence_start:i,sentence_end:i,text,url,outlet,published";

/* ---- cells ---- */

static void cell_estimate(const cell_line *line, const dl_estimate *harm)
{
    if (!harm->known) {
        cell_none(line, 5);
        return;
    }
    cell_int(line, harm->low), cell_int(line, harm->best), cell_int(line, harm->high);
    cell_flag(line, harm->open);
    cell_int(line, harm->sources);
}

static void cell_place(const cell_line *line, const dl_happening *happening)
{
    cell_words(line, happening->place), cell_words(line, happening->country), cell_words(line, happening->admin1);
    cell_words(line, happening->precision);
    if (happening->geonameid) cell_int(line, happening->geonameid);
    else cell_none(line, 1);
    cell_point(line, happening);
}

/* The claim that tells most, and where its words stand. */
static void cell_teller(const cell_line *line, const dl_row *row)
{
    char event[16];
    snprintf(event, sizeof event, "V%" PRIu32, row->item + 1);
    cell_words(line, row->document), cell_name(line, event);
    cell_int(line, row->span.start), cell_int(line, row->span.end);
    cell_int(line, row->sentence_span.start), cell_int(line, row->sentence_span.end);
    cell_words(line, row->sentence_text), cell_words(line, row->url), cell_words(line, row->site);
    cell_day(line, row->published);
}

static void happening_cells(exporter *e, const dl_happening *happening, const dl_claim *claims)
{
    const cell_line line = export_line(e);
    const dl_row *row = happening_teller(happening, claims);
    char seen[32];
    cell_words(&line, export_event_id(e, &claims->row));
    cell_name(&line, dl_event_type_name(happening->type)), cell_words(&line, happening->mode);
    cell_day(&line, happening->date), cell_day(&line, happening->date_to);
    cell_place(&line, happening);
    cell_flag(&line, happening->actual);
    cell_int(&line, happening->pages), cell_int(&line, happening->count);
    for (size_t i = 0; i < DL_HARMS; i++) cell_estimate(&line, &happening->harms[i]);
    cell_parties(&line, row->actors, row->actor_count, false), cell_parties(&line, row->actors, row->actor_count, true);
    cell_parties(&line, row->recipients, row->recipient_count, false), cell_parties(&line, row->recipients, row->recipient_count, true);
    cell_pages(e, happening, claims, outlet_of), cell_speakers(e, happening, claims);
    cell_name(&line, time_text(happening->first_seen, seen)), cell_name(&line, time_text(happening->last_seen, seen));
    cell_teller(&line, row);
}

/* ---- lines ---- */

static dl_status send_happening(exporter *e, dl_view *view, const dl_happening *happening, const dl_claim *claims)
{
    if (e->wanted->format != DL_EXPORT_NDJSON) {
        happening_cells(e, happening, claims + happening->first);
        export_row(e);
        return DL_OK;
    }
    dl_status status = json_happening(&e->out, view, happening, claims, e->err);
    dl_json_newline(&e->out);
    e->rows++;
    export_send(e);
    return status;
}

dl_status export_happenings(exporter *e)
{
    dl_view *view;
    size_t count, claim_count;
    dl_status status = dl_view_open(&view, e->store, &e->wanted->query, e->err);
    if (status != DL_OK) return status;
    const dl_happening *happenings = dl_view_happenings(view, &count);
    const dl_claim *claims = dl_view_claims(view, &claim_count);
    for (size_t i = 0; i < count && status == DL_OK && !export_is_full(e); i++) status = send_happening(e, view, &happenings[i], claims);
    dl_view_free(view);
    return status;
}

/* ---- stories ---- */

const char *const story_columns = "id,cluster";

static bool send_story(void *context, dl_str document, dl_str story)
{
    exporter *e = context;
    const cell_line line = export_line(e);
    if (e->wanted->format != DL_EXPORT_NDJSON) {
        cell_words(&line, document), cell_words(&line, story);
        return export_row(e);
    }
    dl_json_open(&e->out, '{');
    view_json_text(&e->out, "id", document), view_json_text(&e->out, "cluster", story);
    dl_json_close(&e->out, '}');
    dl_json_newline(&e->out);
    e->rows++;
    return export_send(e) && !export_is_full(e);
}

dl_status export_stories(exporter *e)
{
    return dl_store_visit_stories(e->store, send_story, e, e->err);
}
