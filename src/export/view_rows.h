/* view_rows.h - the monitor's answers for programs and spreadsheets: claims, ranges, happenings, tolls, talks, ceasefires, sites.
 *
 * Spans count code points of the page's text. Every object that tells a figure names the claims that it comes from. */
#ifndef DL_EXPORT_VIEW_ROWS_H
#define DL_EXPORT_VIEW_ROWS_H

#include "dateline/monitor.h"
#include "export/csv.h"

/* ---- JSON: members of an open object ---- */
void view_json_text(dl_json_out *out, const char *key, dl_str text); /* nothing for ptr NULL */
void view_json_day(dl_json_out *out, const char *key, dl_date date); /* nothing for year 0 */
void view_json_span(dl_json_out *out, const char *key, dl_span span);
void view_json_range(dl_json_out *out, const char *key, dl_range range); /* nothing where not known */
/* {"low", "best", "high", "open", "sources"} and from which claims; nothing where not known. `claims` NULL: a sum. */
void view_json_estimate(dl_json_out *out, const char *key, const dl_estimate *estimate, const dl_claim *claims);
void view_json_claim(dl_json_out *out, const dl_claim *claim); /* a whole object */
/* Members of a happening: type, day, place, ranges. */
void view_json_happening(dl_json_out *out, const dl_happening *happening, const dl_claim *claims);
void view_json_place(dl_json_out *out, const dl_happening *happening);

/* ---- CSV ---- */
void view_csv_day(dl_json_out *out, dl_date date);
void view_csv_estimate(dl_json_out *out, const dl_estimate *estimate); /* four cells: low, best, high, open */
void view_csv_range(dl_json_out *out, dl_range range);                 /* the same four: best is empty */
/* Cells of where a claim stands: document, event, start, end, sentence_start, sentence_end, text, url, outlet, published. */
#define VIEW_CSV_WHERE "document,event,start,end,sentence_start,sentence_end,text,url,outlet,published"
void view_csv_where(dl_json_out *out, const dl_claim *claim); /* NULL: empty cells */

/* "5-12, best 8"; "at least 12" as "12+"; "" where not known. */
const char *estimate_words(const dl_estimate *estimate, char buffer[64]);

/* ---- happenings and tolls ---- */
/* The happening as an object with its sides and claims. */
dl_status json_happening(dl_json_out *out, dl_view *view, const dl_happening *happening, const dl_claim *claims, dl_error *err);
/* An object with the sums and the happenings. */
dl_status json_toll(dl_json_out *out, dl_view *view, const dl_toll *toll, const dl_happening *happenings, const dl_claim *claims, dl_error *err);
/* Lines of the levels day, happening, side, claim; the heading before the first. */
dl_status csv_toll(dl_json_out *out, dl_view *view, const dl_toll *toll, const dl_happening *happenings, const dl_claim *claims, bool first, dl_error *err);

/* ---- talks ---- */
void json_process(dl_json_out *out, const dl_process *process); /* an object */
void json_process_members(dl_json_out *out, const dl_process *process); /* in an open object */
/* Lines of rounds and issues; the heading before the first. */
void csv_process(dl_json_out *out, const dl_process *process, bool first);

/* The report to `party` (the beginning of its code) on one process, in Markdown. */
void brief_process(dl_json_out *out, const dl_process *process, dl_str party, bool first);

/* ---- digests ---- */
/* The days from `first` to `last` on one page, in HTML or Markdown, every figure linked to its sentence; `query` chooses by all but days. *claims: how
 * many of them it was made from. */
dl_status write_digest(dl_json_out *out, dl_store *store, const dl_query *query, dl_date first, dl_date last, bool html, size_t *claims, dl_error *err);

/* ---- ceasefires ---- */
void json_area_day(dl_json_out *out, const dl_area_days *area, const dl_area_day *day, const dl_happening *happenings, const dl_claim *claims);
void json_area_total(dl_json_out *out, const dl_area_days *area, const dl_area_day *sum); /* area->before or area->after */
/* Lines of all days, then of the sums; the heading before the first. */
void csv_area(dl_json_out *out, const dl_area_days *area, const dl_happening *happenings, const dl_claim *claims, bool first);

/* ---- sites ---- */
const char *site_item_id(const dl_site_item *told, char buffer[16]); /* "V3" */
void json_site_item(dl_json_out *out, const dl_site_item *told);
void csv_site_item(dl_json_out *out, const dl_site_item *told, bool first);

#endif
