/* find.c - `dateline find`: events and sentences of a store. */
#include <errno.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/rows.h"

enum { ON_TERMINAL = 50 };

typedef struct finder {
    const cli_settings *settings;
    dl_json_out out, scratch;
    size_t count;
    int write_error;
} finder;

static void write_out(finder *find)
{
    if (find->out.len && fwrite(find->out.bytes, 1, find->out.len, stdout) != find->out.len) find->write_error = errno;
    dl_json_out_clear(&find->out);
}

static bool print_row(void *context, const dl_row *row)
{
    finder *find = context;
    switch (find->settings->format) {
    case FORMAT_TABLE: row_table(&find->out, &find->scratch, find->settings, row, find->count == 0); break;
    case FORMAT_CSV: row_csv(&find->out, row, find->count == 0); break;
    default: row_json(&find->out, row), dl_json_newline(&find->out);
    }
    find->count++;
    write_out(find);
    return !find->write_error;
}

/* The words behind the options, parted by spaces. */
static void join_words(dl_json_out *out, const cli_settings *settings)
{
    for (size_t i = 0; i < settings->path_count; i++) {
        if (i) put_bytes(out, DL_STR(" "));
        put_bytes(out, dl_str_of(settings->paths[i]));
    }
}

static int finish(const finder *find, dl_status status, const dl_error *err)
{
    if (find->write_error == EPIPE) return EXIT_DONE; /* the reader had enough */
    if (find->write_error) fprintf(stderr, "dateline: standard output: %s\n", strerror(find->write_error));
    else if (status != DL_OK) report(err);
    if (find->write_error || status != DL_OK) return EXIT_USAGE;
    if (find->count == find->settings->query.limit && find->count && find->settings->format == FORMAT_TABLE)
        fprintf(stderr, "dateline: the first %zu rows; --limit 0 shows all\n", find->count);
    if (!find->count) fputs("dateline: nothing was found\n", stderr);
    return find->count ? EXIT_DONE : EXIT_SOME_FAILED;
}

static int find_in(dl_store *store, cli_settings *settings)
{
    finder find = {.settings = settings};
    dl_json_out words = {0};
    dl_error err = {0};
    join_words(&words, settings);
    settings->query.text = (dl_str){words.len ? words.bytes : NULL, words.len};
    dl_status status = dl_store_find(store, &settings->query, print_row, &find, &err);
    if (fflush(stdout) != 0 && !find.write_error) find.write_error = errno;
    dl_json_out_free(&words);
    dl_json_out_free(&find.out);
    dl_json_out_free(&find.scratch);
    return finish(&find, status, &err);
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_find, "fsq0", argc, argv);
    if (code >= 0) return code;
    if (!settings.format) settings.format = is_terminal(stdout) ? FORMAT_TABLE : FORMAT_NDJSON;
    if (settings.query.limit == SIZE_MAX) settings.query.limit = settings.format == FORMAT_TABLE ? ON_TERMINAL : 0;
    if (settings.format != FORMAT_TABLE && settings.format != FORMAT_NDJSON && settings.format != FORMAT_CSV)
        return usage_error(&command_find, "find writes table, ndjson or csv");
    if (settings.query.km && !settings.query.near) return usage_error(&command_find, "--km goes with --near");
    dl_store *store = settings_store(&settings, &command_find, DL_STORE_READ);
    if (!store) return EXIT_USAGE;
    code = find_in(store, &settings);
    dl_store_close(store);
    return code;
}

const command command_find = {
    "find", "events of a store by words, type, actor, place, distance, day and source",
    "Usage: dateline find [OPTION]... --store FILE [WORD]...\n\n"
    "Prints events, the last day first and those without a day at the end; within a day in the order in which pages came in. Each row\n"
    "tells its document, its sentence and where both stand. Words must all be in the event's sentence; \"two words\" in quotes stand\n"
    "together, word* is a beginning. All that is asked must hold.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "  -f, --format F       table, ndjson or csv: a table on a terminal, NDJSON in a pipe\n"
    "      --type TYPE      ASSAULT, PROTEST, CONSULT, ... (PLOVER)\n"
    "      --actor WHO      on either side: the beginning of a code (SDN, SDNREB) or words of a name\n"
    "      --place WHERE    words of a name, a country's two letters (SD), or a GeoNames number; a country or a first-level\n"
    "                       unit holds what lies in it\n"
    "      --near LAT,LON   within --km of a point\n"
    "      --km N           25 by default\n"
    "      --since DAY, --until DAY  first and last day, YYYY-MM-DD\n"
    "      --realis LIST    actual, ongoing, planned, possible, threatened, negated, denied\n"
    "      --source WHO     who says so: a speaker (as for --actor) or words of the outlet's name\n"
    "      --what KIND      events, or sentences (these heed words, days of the page, and the outlet)\n"
    "      --limit N        rows at most; 0 is no limit and the default but for tables, which show 50\n\n"
    "Examples:\n"
    "  dateline find --store news.store --type ASSAULT --place Kharkiv --since 2025-10-01\n"
    "  dateline find --store news.store --near 47.51,34.58 --km 30 --format csv > plant.csv\n"
    "  dateline find --store news.store --what sentences '\"third round\" Geneva'\n",
    run};
