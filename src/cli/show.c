/* show.c - `dateline show`: the story with what was found in it, for a person to read. */
#include "cli/cli.h"

static dl_status make_show(const cli_settings *settings, const item *it, const dl_document *document, dl_json_out *out,
                           dl_error *err)
{
    if (settings->html) return show_html(it, document, out, err);
    show_document(settings, document, out);
    return DL_OK;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_show, "ijpumdgwH", argc, argv);
    if (code >= 0) return code;
    return run_inputs(&settings, make_show, NULL, settings.html ? NULL : "\n", NULL);
}

const command command_show = {
    "show", "the story with its fields marked, and what decided each (--why)",
    "Usage: dateline show [OPTION]... FILE|FOLDER|-...\n\n"
    "Prints each story with the words behind every field marked, followed by the fields.\n\n"
    "      --html           give the page back with the fields marked in place; its scripts are turned off\n"
    "  -w, --why            say what decided each field\n"
    "  -p, --published DAY  the day it was published, YYYY-MM-DD\n"
    "  -u, --url URL        the page's address (one input)\n"
    "  -i, --input KIND     html, text or ndjson\n"
    "  -j, --jobs N, -m, --model NAME, -g, --gazetteer FILE, -d, --data FOLDER: as for extract\n\n"
    "Example:\n"
    "  dateline show --why examples/strike.html\n"
    "  dateline show --html page.html > marked.html\n",
    run};
