/* views.h - claims, ranges and happenings for people, programs and spreadsheets. */
#ifndef DL_CLI_VIEWS_H
#define DL_CLI_VIEWS_H

#include "cli/cli.h"
#include "dateline/monitor.h"

/* Results as they grow, and whether they could be written. */
typedef struct printer {
    const cli_settings *settings;
    dl_json_out out, scratch;
    size_t rows;
    int write_error;
} printer;

/* Opens the store, asks, prints and closes; what remains of a command once its settings are read. */
typedef dl_status (*answer)(printer *p, dl_store *store, dl_error *err);
int run_view(const command *cmd, cli_settings *settings, answer ask);
/* Sends what `p->out` holds on its way; false: nobody reads any more. */
bool printer_flush(printer *p);
/* The words behind the options, parted by spaces, in memory of `out`; ptr NULL for none. */
dl_str settings_words(const cli_settings *settings, dl_json_out *out);
/* Sets settings->format to a default, and refuses those that the command does not write (a set of 1u << FORMAT_*); -1 to go on. */
int choose_format(cli_settings *settings, const command *cmd, unsigned formats);

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

/* ---- tables ---- */
typedef struct view_column {
    const char *heading;
    size_t width; /* of the last column the rest of the line */
} view_column;
void view_heading(printer *p, const view_column *columns, size_t count);
void view_cells(printer *p, const view_column *columns, size_t count, const dl_str *cells);
/* "5-12, best 8"; "at least 12" as "12+"; "" where not known. */
const char *estimate_words(const dl_estimate *estimate, char buffer[64]);
/* The claim's words below its line: document, event, span, sentence. */
void view_quote(printer *p, dl_str document, const char *event, dl_span span, dl_str text);
void view_claim_quote(printer *p, const dl_claim *claim);

#endif
