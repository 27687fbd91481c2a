/* site_rows.c - what pages tell of a site, for programs and spreadsheets. */
#include <inttypes.h>
#include <stdio.h>

#include "export/view_rows.h"

const char *site_item_id(const dl_site_item *told, char buffer[16])
{
    snprintf(buffer, 16, "%c%" PRIu32, told->letter, told->item + 1);
    return buffer;
}

/* ---- NDJSON ---- */

void json_site_item(dl_json_out *out, const dl_site_item *told)
{
    char id[16];
    dl_json_open(out, '{');
    view_json_text(out, "kind", dl_str_of(dl_site_kind_name(told->kind)));
    view_json_day(out, "date", told->date);
    view_json_text(out, "place", told->place);
    dl_json_key(out, "km"), dl_json_real(out, told->km, 1);
    view_json_text(out, "source", told->source);
    view_json_text(out, "code", told->source_code);
    view_json_text(out, "status", told->status);
    if (told->claim) dl_json_key(out, "happening"), dl_json_int(out, told->claim->happening + 1), dl_json_key(out, "claim"), view_json_claim(out, told->claim);
    view_json_text(out, "document", told->document);
    view_json_text(out, "item", dl_str_of(site_item_id(told, id)));
    view_json_span(out, "span", told->quote.span);
    view_json_span(out, "sentence_span", told->quote.sentence_span);
    view_json_text(out, "text", told->quote.sentence_text);
    view_json_text(out, "url", told->url);
    view_json_text(out, "outlet", told->site);
    view_json_day(out, "published", told->published);
    dl_json_close(out, '}');
}

/* ---- CSV ---- */

void csv_site_item(dl_json_out *out, const dl_site_item *told, bool first)
{
    const dl_claim *claim = told->claim;
    char id[16];
    if (first)
        put_bytes(out, DL_STR("date,kind,place,km,source,source_code,type,realis,background,happening,killed_low,killed_best,killed_high,killed_open,"
                              "wounded_low,wounded_best,wounded_high,wounded_open,status,document,item,start,end,sentence_start,sentence_end,text,"
                              "url,outlet,published\r\n"));
    view_csv_day(out, told->date);
    csv_text(out, dl_str_of(dl_site_kind_name(told->kind))), csv_text(out, told->place);
    csv_number(out, "%.0f", told->km);
    csv_text(out, told->source), csv_text(out, told->source_code);
    csv_text(out, claim ? dl_str_of(dl_event_type_name(claim->row.type)) : (dl_str){0});
    csv_text(out, claim ? dl_str_of(dl_realis_name(claim->row.realis)) : (dl_str){0});
    if (claim) csv_number(out, "%d", claim->row.background), csv_number(out, "%" PRIu32, claim->happening + 1);
    else csv_empty(out), csv_empty(out);
    for (size_t i = 0; i < 2; i++) view_csv_range(out, claim ? claim->counts[i] : (dl_range){0});
    csv_text(out, told->status);
    csv_text(out, told->document), csv_text(out, dl_str_of(site_item_id(told, id)));
    csv_number(out, "%" PRIu32, told->quote.span.start), csv_number(out, "%" PRIu32, told->quote.span.end);
    csv_number(out, "%" PRIu32, told->quote.sentence_span.start), csv_number(out, "%" PRIu32, told->quote.sentence_span.end);
    csv_text(out, told->quote.sentence_text), csv_text(out, told->url), csv_text(out, told->site);
    view_csv_day(out, told->published);
    csv_end(out);
}
