/* table.c - a document as a short table for a terminal. */
#include "base/date.h"
#include "cli/cli.h"

void table_document(const cli_settings *settings, const dl_document *document, dl_json_out *out)
{
    (void)settings;
    dl_str id = dl_document_id(document);
    put_format(out, "%.*s: %zu events\n", (int)id.len, id.ptr, dl_document_events(document)->count);
}
