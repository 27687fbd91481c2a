/* rows.h - rows of a store for people. */
#ifndef DL_CLI_ROWS_H
#define DL_CLI_ROWS_H

#include "cli/cli.h"
#include "export/rows.h"

/* `first` puts the heading before the row. */
void row_table(dl_json_out *out, dl_json_out *scratch, const cli_settings *settings, const dl_row *row, bool first);

#endif
