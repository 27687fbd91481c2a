/* view_rows.c - claims, ranges and happenings for programs and spreadsheets. */
#include "export/view_rows.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/date.h"

/* ---- JSON ---- */

void view_json_text(dl_json_out *out, const char *key, dl_str text)
{
    if (!text.ptr) return;
    dl_json_key(out, key);
    dl_json_str(out, text);
}

void view_json_day(dl_json_out *out, const char *key, dl_date date)
{
    char text[16];
    if (date.year) view_json_text(out, key, dl_str_of(dl_date_format(date, text)));
}

void view_json_span(dl_json_out *out, const char *key, dl_span span)
{
    dl_json_key(out, key);
    dl_json_open(out, '[');
    dl_json_int(out, span.start);
    dl_json_int(out, span.end);
    dl_json_close(out, ']');
}

void view_json_range(dl_json_out *out, const char *key, dl_range range)
{
    if (!range.known) return;
    dl_json_key(out, key);
    dl_json_open(out, '[');
    dl_json_int(out, range.min);
    if (range.open) dl_json_null(out);
    else dl_json_int(out, range.max);
    dl_json_close(out, ']');
}

/* {"document": ..., "event": "V1", "span": ..., "sentence_span": ...} */
static void json_from(dl_json_out *out, const char *key, const dl_claim *claims, uint32_t index)
{
    char id[16];
    if (!claims || index == DL_NONE) return;
    snprintf(id, sizeof id, "V%" PRIu32, claims[index].row.item + 1);
    dl_json_key(out, key);
    dl_json_open(out, '{');
    view_json_text(out, "document", claims[index].row.document);
    view_json_text(out, "event", dl_str_of(id));
    view_json_span(out, "span", claims[index].row.span);
    view_json_span(out, "sentence_span", claims[index].row.sentence_span);
    dl_json_close(out, '}');
}

void view_json_estimate(dl_json_out *out, const char *key, const dl_estimate *estimate, const dl_claim *claims)
{
    if (!estimate->known) return;
    dl_json_key(out, key);
    dl_json_open(out, '{');
    dl_json_key(out, "low"), dl_json_int(out, estimate->low);
    dl_json_key(out, "best"), dl_json_int(out, estimate->best);
    dl_json_key(out, "high"), dl_json_int(out, estimate->high);
    dl_json_key(out, "open"), dl_json_bool(out, estimate->open);
    dl_json_key(out, "sources"), dl_json_int(out, estimate->sources);
    json_from(out, "low_from", claims, estimate->low_claim);
    json_from(out, "best_from", claims, estimate->best_claim);
    json_from(out, "high_from", claims, estimate->high_claim);
    dl_json_close(out, '}');
}

static void json_standing(dl_json_out *out, const dl_claim *claim)
{
    bool any = false;
    for (size_t i = 0; i < DL_HARMS; i++) any = any || claim->standing[i];
    if (!any) return;
    dl_json_key(out, "standing");
    dl_json_open(out, '{');
    for (size_t i = 0; i < DL_HARMS; i++)
        if (claim->standing[i]) view_json_text(out, dl_harm_name(i), dl_str_of(dl_standing_name(claim->standing[i])));
    dl_json_close(out, '}');
}

static void json_parties(dl_json_out *out, const char *key, const dl_party *parties, size_t count)
{
    if (!count) return;
    dl_json_key(out, key);
    dl_json_open(out, '[');
    for (size_t i = 0; i < count; i++) {
        dl_json_open(out, '{');
        view_json_text(out, "name", parties[i].name);
        view_json_text(out, "code", parties[i].code);
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
}

void view_json_claim(dl_json_out *out, const dl_claim *claim)
{
    char id[16];
    const dl_row *row = &claim->row;
    snprintf(id, sizeof id, "V%" PRIu32, row->item + 1);
    dl_json_open(out, '{');
    view_json_text(out, "source", claim->source);
    view_json_text(out, "code", claim->source_code);
    view_json_text(out, "side", claim->side);
    view_json_text(out, "stance", dl_str_of(dl_stance_name(dl_claim_stance(claim))));
    view_json_text(out, "type", dl_str_of(dl_event_type_name(row->type)));
    view_json_text(out, "realis", dl_str_of(dl_realis_name(row->realis)));
    if (row->background) dl_json_key(out, "background"), dl_json_bool(out, true);
    for (size_t i = 0; i < DL_HARMS; i++) view_json_range(out, dl_harm_name(i), claim->counts[i]);
    json_standing(out, claim);
    json_parties(out, "actor", row->actors, row->actor_count);
    json_parties(out, "recipient", row->recipients, row->recipient_count);
    view_json_text(out, "weapon", row->weapon);
    view_json_text(out, "site", row->critical_site);
    dl_json_key(out, "confidence"), dl_json_real(out, row->confidence, 2);
    view_json_text(out, "document", row->document);
    view_json_text(out, "event", dl_str_of(id));
    view_json_span(out, "span", row->span);
    dl_json_key(out, "sentence"), dl_json_int(out, row->sentence);
    view_json_span(out, "sentence_span", row->sentence_span);
    view_json_text(out, "text", row->sentence_text);
    view_json_text(out, "url", row->url);
    view_json_text(out, "outlet", row->site);
    view_json_day(out, "published", row->published);
    dl_json_close(out, '}');
}

void view_json_place(dl_json_out *out, const dl_happening *happening)
{
    if (!happening->place.ptr) return;
    dl_json_key(out, "place");
    dl_json_open(out, '{');
    view_json_text(out, "name", happening->place);
    view_json_text(out, "country", happening->country);
    view_json_text(out, "admin1", happening->admin1);
    if (happening->geonameid) dl_json_key(out, "geonameid"), dl_json_int(out, happening->geonameid);
    if (happening->located) {
        dl_json_key(out, "lat"), dl_json_real(out, happening->lat, 5);
        dl_json_key(out, "lon"), dl_json_real(out, happening->lon, 5);
    }
    dl_json_close(out, '}');
}

void view_json_happening(dl_json_out *out, const dl_happening *happening, const dl_claim *claims)
{
    char seen[32];
    view_json_text(out, "type", dl_str_of(dl_event_type_name(happening->type)));
    view_json_text(out, "mode", happening->mode);
    view_json_day(out, "date", happening->date);
    view_json_day(out, "date_to", happening->date_to);
    view_json_place(out, happening);
    dl_json_key(out, "pages"), dl_json_int(out, happening->pages);
    view_json_text(out, "first_seen", dl_str_of(time_text(happening->first_seen, seen)));
    view_json_text(out, "last_seen", dl_str_of(time_text(happening->last_seen, seen)));
    for (size_t i = 0; i < DL_HARMS; i++) view_json_estimate(out, dl_harm_name(i), &happening->harms[i], claims);
}

/* ---- CSV ---- */

void view_csv_day(dl_json_out *out, dl_date date)
{
    char text[16];
    csv_number(out, "%s", dl_date_format(date, text));
}

void view_csv_estimate(dl_json_out *out, const dl_estimate *estimate)
{
    if (!estimate->known) {
        for (int i = 0; i < 4; i++) csv_empty(out);
        return;
    }
    csv_number(out, "%" PRId64, estimate->low);
    csv_number(out, "%" PRId64, estimate->best);
    csv_number(out, "%" PRId64, estimate->high);
    csv_number(out, "%d", estimate->open);
}

void view_csv_range(dl_json_out *out, dl_range range)
{
    if (!range.known) {
        for (int i = 0; i < 4; i++) csv_empty(out);
        return;
    }
    csv_number(out, "%" PRId64, range.min);
    csv_empty(out);
    if (range.open) csv_empty(out);
    else csv_number(out, "%" PRId64, range.max);
    csv_number(out, "%d", range.open);
}

void view_csv_where(dl_json_out *out, const dl_claim *claim)
{
    if (!claim) {
        for (int i = 0; i < 10; i++) csv_empty(out);
        return;
    }
    const dl_row *row = &claim->row;
    csv_text(out, row->document);
    csv_number(out, "V%" PRIu32, row->item + 1);
    csv_number(out, "%" PRIu32, row->span.start), csv_number(out, "%" PRIu32, row->span.end);
    csv_number(out, "%" PRIu32, row->sentence_span.start), csv_number(out, "%" PRIu32, row->sentence_span.end);
    csv_text(out, row->sentence_text), csv_text(out, row->url), csv_text(out, row->site);
    view_csv_day(out, row->published);
}

/* ---- words ---- */

const char *estimate_words(const dl_estimate *e, char buffer[64])
{
    buffer[0] = '\0';
    if (!e->known) return buffer;
    const char *more = e->open ? "+" : "";
    if (e->low == e->high) snprintf(buffer, 64, "%" PRId64 "%s", e->high, more);
    else snprintf(buffer, 64, "%" PRId64 "-%" PRId64 "%s, best %" PRId64, e->low, e->high, more, e->best);
    return buffer;
}
