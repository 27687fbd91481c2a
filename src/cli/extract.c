/* extract.c - `dateline extract`: the whole record. */
#include "base/error.h"
#include "cli/cli.h"
#include "record/record.h"

static dl_status make_record(const cli_settings *settings, const item *it, const dl_document *document, dl_json_out *out,
                           dl_error *err)
{
    (void)it;
    (void)err;
    if (settings->format == FORMAT_TABLE) {
        table_document(settings, document, out);
        return DL_OK;
    }
    dl_record_write(out, document, settings->layers ? settings->layers : DL_LAYER_DEFAULT);
    if (settings->format == FORMAT_NDJSON) dl_json_newline(out);
    return DL_OK;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_extract, "fijlpumdgGw", argc, argv);
    if (code >= 0) return code;
    if (!settings.format) settings.format = is_terminal(stdout) ? FORMAT_TABLE : FORMAT_NDJSON;
    if (settings.format == FORMAT_JSON) return run_inputs(&settings, make_record, "[", ",\n", "]\n");
    if (settings.format == FORMAT_TEXT || settings.format == FORMAT_MARKDOWN)
        return usage_error(&command_extract, "extract writes table, ndjson or json");
    return run_inputs(&settings, make_record, NULL, settings.format == FORMAT_TABLE ? "\n" : NULL, NULL);
}

const command command_extract = {
    "extract", "the whole record of each page: events, tolls, statements, places, times, talks",
    "Usage: dateline extract [OPTION]... FILE|FOLDER|-...\n\n"
    "Writes one record a document (schema dateline/1): a table on a terminal, NDJSON in a pipe.\n\n"
    "  -f, --format F       table, ndjson or json (an array)\n"
    "  -l, --layers LIST    page,sentences,tokens,entities,places,times,statements,events,talks (default: all but tokens)\n"
    "  -p, --published DAY  the day the text was published, YYYY-MM-DD; wins over the page's own\n"
    "  -u, --url URL        the page's address (one input)\n"
    "  -i, --input KIND     html, text or ndjson (default: seen from name and content)\n"
    "  -j, --jobs N         threads; the output is the same for any N\n"
    "  -m, --model NAME     accurate or fast\n"
    "  -g, --gazetteer FILE places of your own (TSV or GeoJSON), searched first\n"
    "      --given places   resolve just the spans that NDJSON lines give in \"places\"\n"
    "  -w, --why            write what decided each field\n"
    "  -d, --data FOLDER    models and word lists\n\n"
    "Examples:\n"
    "  dateline extract page.html\n"
    "  dateline extract --layers places,times -j 2 pages.ndjson.gz > places.ndjson\n"
    "  curl -s https://example.org/story | dateline extract --url https://example.org/story -\n",
    run};
