/* check.c - `dateline check`: whether pages give sound records. */
#include "cli/cli.h"
#include "record/record.h"

static dl_status make_check(const cli_settings *settings, const item *it, const dl_document *document, dl_json_out *out,
                           dl_error *err)
{
    (void)it;
    (void)settings;
    dl_status status = dl_record_check(document, err);
    if (status == DL_OK)
        put_format(out, "%.*s: sound\n", (int)document->id.len, document->id.ptr);
    return status;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_check, "ijpumdg", argc, argv);
    if (code >= 0) return code;
    settings.layers = DL_LAYER_DEFAULT | DL_LAYER_TOKENS;
    return run_inputs(&settings, make_check, NULL, NULL, NULL);
}

const command command_check = {
    "check", "whether each page gives a sound record: spans inside the text, references that lead somewhere",
    "Usage: dateline check [OPTION]... FILE|FOLDER|-...\n\n"
    "Codes each document and checks what must hold of every record; exit 1 names those where it does not.\n\n"
    "  -i, --input KIND     html, text or ndjson\n"
    "  -p, --published DAY, -u, --url URL, -j, --jobs N, -m, --model NAME, -d, --data FOLDER: as for extract\n\n"
    "Example:\n"
    "  dateline check examples/\n",
    run};
