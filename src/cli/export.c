/* export.c - `dateline export`: what a store holds, for other programs. */
#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "cli/views.h"
#include "dateline/export.h"

static bool write_bytes(void *context, const char *bytes, size_t count)
{
    int *write_error = context;
    if (fwrite(bytes, 1, count, stdout) != count) *write_error = errno;
    return !*write_error;
}

static int finish(int write_error, dl_status status, dl_error *err)
{
    if (fflush(stdout) != 0 && !write_error) write_error = errno;
    if (write_error == EPIPE) return EXIT_DONE; /* the reader had enough */
    if (write_error) fprintf(stderr, "dateline: standard output: %s\n", strerror(write_error));
    else if (status != DL_OK) report(err);
    return write_error || status != DL_OK ? EXIT_USAGE : EXIT_DONE;
}

static int find_word(const char *const *words, const char *word)
{
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], word) == 0) return i;
    return -1;
}

/* What is wanted, from the words of the options; -1 to go on. GDELT's files are parted by tabs and have no heading, POLECAT's have one. */
static int read_wanted(dl_export *wanted, const cli_settings *settings)
{
    static const char *const whats[] = {"events", "claims", "statements", "pages", "happenings", "stories", NULL};
    static const char *const layouts[] = {"ucdp-ged", "gdelt", "polecat", "acled", NULL};
    int what = find_word(whats, settings->what ? settings->what : "events"), layout = settings->layout ? find_word(layouts, settings->layout) : -1;
    if (what < 0) return usage_error(&command_export, "--what takes events, claims, statements, pages, happenings or stories, not '%s'", settings->what);
    if (settings->layout && layout < 0) return usage_error(&command_export, "--layout takes ucdp-ged, gdelt, polecat or acled, not '%s'", settings->layout);
    wanted->what = (dl_export_what)what;
    wanted->layout = (dl_export_layout)(layout + 1);
    bool tabs = wanted->layout == DL_LAYOUT_GDELT || wanted->layout == DL_LAYOUT_POLECAT;
    switch (settings->format) {
    case FORMAT_DEFAULT: wanted->format = !wanted->layout ? DL_EXPORT_NDJSON : tabs ? DL_EXPORT_TSV : DL_EXPORT_CSV; break;
    case FORMAT_NDJSON: wanted->format = DL_EXPORT_NDJSON; break;
    case FORMAT_CSV: wanted->format = DL_EXPORT_CSV; break;
    case FORMAT_TSV: wanted->format = DL_EXPORT_TSV; break;
    case FORMAT_GEOJSON: wanted->format = DL_EXPORT_GEOJSON; break;
    case FORMAT_PARQUET:
        wanted->format = DL_EXPORT_PARQUET;
        if (is_terminal(stdout)) return usage_error(&command_export, "Parquet is not written to a terminal; say where to with > FILE");
        break;
    default: return usage_error(&command_export, "export writes ndjson, csv, tsv, geojson or parquet");
    }
    wanted->bare = wanted->layout == DL_LAYOUT_GDELT && wanted->format == DL_EXPORT_TSV;
    return -1;
}

static int export_rows(dl_store *store, cli_settings *settings, dl_export *wanted)
{
    int write_error = 0;
    dl_json_out words = {0};
    dl_error err = {0};
    wanted->query = settings->query;
    wanted->data_dir = settings->data;
    if (wanted->query.limit == SIZE_MAX) wanted->query.limit = 0;
    wanted->query.text = settings_words(settings, &words);
    dl_status status = dl_store_export(store, wanted, write_bytes, &write_error, NULL, &err);
    dl_json_out_free(&words);
    return finish(write_error, status, &err);
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    dl_export wanted = {0};
    int code = settings_parse(&settings, &command_export, "fsdqW0", argc, argv);
    if (code >= 0) return code;
    if ((code = read_wanted(&wanted, &settings)) >= 0) return code;
    if (settings.query.km && !settings.query.near) return usage_error(&command_export, "--km goes with --near");
    dl_store *store = settings_store(&settings, &command_export, DL_STORE_READ);
    if (!store) return EXIT_USAGE;
    code = export_rows(store, &settings, &wanted);
    dl_store_close(store);
    return code;
}

const command command_export = {
    "export", "what a store holds, for other programs",
    "Usage: dateline export [OPTION]... --store FILE [WORD]...\n\n"
    "Prints all rows of a kind, in an order that depends on the store alone: as pages came in, then as they stand in the page.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "      --what KIND      events (the default), statements and pages of current readings; claims, the log of all readings with people's\n"
    "                       corrections; happenings with their ranges, sides and claims; or stories: for each page its id and its cluster,\n"
    "                       which is called by the id of its first page. Pages with the same cluster mainly report the same happening\n"
    "  -f, --format F       ndjson (the default), csv or tsv with a heading and safe for spreadsheets, geojson (events),\n"
    "                       parquet (the columns of csv, or of a layout, with their types)\n"
    "      --layout NAME    events in the columns of ucdp-ged or acled (a row a happening, as CSV), gdelt or polecat (a row an event of a\n"
    "                       page, parted by tabs); what a column asks for and no page tells stays empty. docs/export.md tells which\n"
    "  -d, --data FOLDER    word lists, which name the countries of ucdp-ged and acled\n\n"
    "Words and the options of dateline find choose events and happenings:\n"
    "  --type, --actor, --place, --near, --km, --since, --until, --realis, --source, --limit\n"
    "Statements, pages and claims heed days (of the page), source and limit, the former two words as well.\n\n"
    "Examples:\n"
    "  dateline export --store news.store --format csv > events.csv\n"
    "  dateline export --store news.store --format geojson --type ASSAULT --since 2025-10-01 > map.geojson\n"
    "  dateline export --store news.store --format parquet > events.parquet\n"
    "  dateline export --store news.store --layout ucdp-ged > ged.csv\n"
    "  dateline export --store news.store --what claims --until 2025-10-31 > log.ndjson\n",
    run};
