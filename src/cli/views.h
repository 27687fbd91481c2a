/* views.h - asking a store, and claims, ranges and happenings for people. */
#ifndef DL_CLI_VIEWS_H
#define DL_CLI_VIEWS_H

#include "cli/cli.h"
#include "export/view_rows.h"

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

/* ---- tables ---- */
typedef struct view_column {
    const char *heading;
    size_t width; /* of the last column the rest of the line */
} view_column;
void view_heading(printer *p, const view_column *columns, size_t count);
void view_cells(printer *p, const view_column *columns, size_t count, const dl_str *cells);
/* The claim's words below its line: document, event, span, sentence. */
void view_quote(printer *p, dl_str document, const char *event, dl_span span, dl_str text);
void view_claim_quote(printer *p, const dl_claim *claim);

#endif
