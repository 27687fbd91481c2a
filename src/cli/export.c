/* export.c - `dateline export`: what a store holds, a line each. */
#include <errno.h>
#include <string.h>

#include "cli/cli.h"

typedef struct exporter {
    dl_json_out out;
    int write_error;
} exporter;

static bool print_story(void *context, dl_str document, dl_str story)
{
    exporter *e = context;
    dl_json_out_clear(&e->out);
    dl_json_open(&e->out, '{');
    dl_json_key(&e->out, "id"), dl_json_str(&e->out, document);
    dl_json_key(&e->out, "cluster"), dl_json_str(&e->out, story);
    dl_json_close(&e->out, '}');
    dl_json_newline(&e->out);
    if (fwrite(e->out.bytes, 1, e->out.len, stdout) != e->out.len) e->write_error = errno;
    return !e->write_error && !e->out.failed;
}

static int export_stories(dl_store *store)
{
    exporter e = {0};
    dl_error err = {0};
    dl_status status = dl_store_visit_stories(store, print_story, &e, &err);
    if (fflush(stdout) != 0 && !e.write_error) e.write_error = errno;
    if (status == DL_OK && e.out.failed) status = DL_NO_MEMORY, strcpy(err.message, "out of memory");
    dl_json_out_free(&e.out);
    if (e.write_error == EPIPE) return EXIT_DONE; /* the reader had enough */
    if (e.write_error) fprintf(stderr, "dateline: standard output: %s\n", strerror(e.write_error));
    else if (status != DL_OK) report(&err);
    return e.write_error || status != DL_OK ? EXIT_USAGE : EXIT_DONE;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_export, "fsW0", argc, argv);
    if (code >= 0) return code;
    if (!settings.what || strcmp(settings.what, "stories") != 0) return usage_error(&command_export, "--what takes stories");
    if (settings.format && settings.format != FORMAT_NDJSON) return usage_error(&command_export, "export writes ndjson");
    if (settings.path_count) return usage_error(&command_export, "export takes no inputs");
    dl_store *store = settings_store(&settings, &command_export, DL_STORE_READ);
    if (!store) return EXIT_USAGE;
    code = export_stories(store);
    dl_store_close(store);
    return code;
}

const command command_export = {
    "export", "what a store holds, for other programs",
    "Usage: dateline export [OPTION]... --store FILE --what KIND\n\n"
    "Prints NDJSON, in an order that depends on the store alone.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "      --what stories   for each page its id and its cluster: pages with the same cluster mainly report the same happening; it is\n"
    "                       called by the id of its first page\n\n"
    "Examples:\n"
    "  dateline export --store news.store --what stories\n",
    run};
