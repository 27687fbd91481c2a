/* views.c - what the commands that answer from a store share: asking, and the pieces that their answers are made of. */
#include "cli/views.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "cli/layout.h"

/* ---- running ---- */

bool printer_flush(printer *p)
{
    if (!p->write_error && p->out.len && fwrite(p->out.bytes, 1, p->out.len, stdout) != p->out.len) p->write_error = errno;
    dl_json_out_clear(&p->out);
    return !p->write_error;
}

dl_str settings_words(const cli_settings *settings, dl_json_out *out)
{
    for (size_t i = 0; i < settings->path_count; i++) {
        if (i) put_bytes(out, DL_STR(" "));
        put_bytes(out, dl_str_of(settings->paths[i]));
    }
    return (dl_str){out->len ? out->bytes : NULL, out->len};
}

int choose_format(cli_settings *settings, const command *cmd, unsigned formats)
{
    if (!settings->format) settings->format = is_terminal(stdout) && formats & 1u << FORMAT_TABLE ? FORMAT_TABLE : FORMAT_NDJSON;
    return formats & 1u << settings->format ? -1 : usage_error(cmd, "%s does not write that format", cmd->name);
}

static int finish(printer *p, dl_status status, const dl_error *err)
{
    if (status == DL_OK && p->out.failed) status = DL_NO_MEMORY;
    printer_flush(p);
    if (fflush(stdout) != 0 && !p->write_error) p->write_error = errno;
    if (p->write_error == EPIPE) return EXIT_DONE; /* the reader had enough */
    if (p->write_error) fprintf(stderr, "dateline: standard output: %s\n", strerror(p->write_error));
    else if (status != DL_OK) report(err);
    if (p->write_error || status != DL_OK) return EXIT_USAGE;
    if (!p->rows) fputs("dateline: nothing was found\n", stderr);
    return p->rows ? EXIT_DONE : EXIT_SOME_FAILED;
}

int run_view(const command *cmd, cli_settings *settings, answer ask)
{
    printer p = {.settings = settings};
    dl_error err = {0};
    dl_store *store = settings_store(settings, cmd, DL_STORE_READ);
    if (!store) return EXIT_USAGE;
    dl_status status = ask(&p, store, &err);
    int code = finish(&p, status, &err);
    dl_json_out_free(&p.out);
    dl_json_out_free(&p.scratch);
    dl_store_close(store);
    return code;
}

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

/* {"document": ..., "event": "V1"} */
static void json_from(dl_json_out *out, const char *key, const dl_claim *claims, uint32_t index)
{
    char id[16];
    if (!claims || index == DL_NONE) return;
    snprintf(id, sizeof id, "V%" PRIu32, claims[index].row.item + 1);
    dl_json_key(out, key);
    dl_json_open(out, '{');
    view_json_text(out, "document", claims[index].row.document);
    view_json_text(out, "event", dl_str_of(id));
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

/* ---- tables ---- */

void view_cells(printer *p, const view_column *columns, size_t count, const dl_str *cells)
{
    size_t rest = (size_t)terminal_width();
    for (size_t i = 0; i < count; i++) {
        bool last = i == count - 1;
        size_t width = last ? (rest > 8 ? rest : 8) : columns[i].width;
        put_cell(&p->out, cells[i].ptr ? cells[i] : DL_STR(""), width, last);
        put_bytes(&p->out, last ? DL_STR("\n") : DL_STR(" "));
        rest = rest > width + 1 ? rest - width - 1 : 0;
    }
}

void view_heading(printer *p, const view_column *columns, size_t count)
{
    dl_str cells[16];
    for (size_t i = 0; i < count && i < 16; i++) cells[i] = dl_str_of(columns[i].heading);
    put_style(&p->out, p->settings->colour, "\033[1m");
    view_cells(p, columns, count < 16 ? count : 16, cells);
    put_style(&p->out, p->settings->colour, "\033[0m");
}

const char *estimate_words(const dl_estimate *e, char buffer[64])
{
    buffer[0] = '\0';
    if (!e->known) return buffer;
    const char *more = e->open ? "+" : "";
    if (e->low == e->high) snprintf(buffer, 64, "%" PRId64 "%s", e->high, more);
    else snprintf(buffer, 64, "%" PRId64 "-%" PRId64 "%s, best %" PRId64, e->low, e->high, more, e->best);
    return buffer;
}

void view_quote(printer *p, dl_str document, const char *event, dl_span span, dl_str text)
{
    size_t width = (size_t)terminal_width();
    dl_json_out_clear(&p->scratch);
    put_format(&p->scratch, "%.*s %s [%" PRIu32 ",%" PRIu32 "]: ", (int)document.len, document.ptr, event, span.start, span.end);
    put_bytes(&p->scratch, text);
    put_style(&p->out, p->settings->colour, "\033[2m");
    put_bytes(&p->out, DL_STR("      "));
    put_cell(&p->out, (dl_str){p->scratch.bytes, p->scratch.len}, width > 14 ? width - 6 : 8, true);
    put_style(&p->out, p->settings->colour, "\033[0m");
    put_bytes(&p->out, DL_STR("\n"));
}

void view_claim_quote(printer *p, const dl_claim *claim)
{
    char id[16];
    snprintf(id, sizeof id, "V%" PRIu32, claim->row.item + 1);
    view_quote(p, claim->row.document, id, claim->row.span, claim->row.sentence_text);
}
