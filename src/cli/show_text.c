/* show_text.c - the story with its fields marked. */
#include "cli/cli.h"

void show_document(const cli_settings *settings, const dl_document *document, dl_json_out *out)
{
    (void)settings;
    put_bytes(out, dl_document_story(document)->text);
    put_bytes(out, DL_STR("\n"));
}
