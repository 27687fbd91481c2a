/* check.c - `dateline check`: whether pages give sound records, and whether a store is sound. */
#include <unistd.h>

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

static void tell_fault(void *context, const char *sentence)
{
    const cli_settings *settings = context;
    fprintf(stderr, "dateline: %s: %s\n", settings->store, sentence);
}

static int check_store(cli_settings *settings)
{
    dl_error err = {0};
    dl_store_counts counts;
    bool guarded = settings->store && access(settings->store, W_OK) != 0; /* then all but the indexes of words is checked */
    dl_store *store = settings_store(settings, &command_check, guarded && !settings->repair ? DL_STORE_READ : DL_STORE_WRITE);
    if (!store) return EXIT_USAGE;
    dl_status status = settings->repair ? dl_store_rebuild(store, &err) : DL_OK;
    if (status == DL_OK) status = dl_store_check(store, tell_fault, settings, &counts, &err);
    dl_store_close(store);
    if (status != DL_OK) {
        report(&err);
        return EXIT_USAGE;
    }
    printf("%s: %llu documents, %llu revisions, %llu readings, %llu claims, %llu corrections, %llu events: ", settings->store,
           (unsigned long long)counts.documents, (unsigned long long)counts.revisions, (unsigned long long)counts.readings,
           (unsigned long long)counts.claims, (unsigned long long)counts.corrections, (unsigned long long)counts.events);
    if (counts.faults) printf("%llu faults\n", (unsigned long long)counts.faults);
    else puts("sound");
    return counts.faults ? EXIT_SOME_FAILED : EXIT_DONE;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_check, "ijpumdgsR0", argc, argv);
    if (code >= 0) return code;
    if (!settings.path_count) return check_store(&settings);
    if (settings.repair || settings.store_given) return usage_error(&command_check, "check takes a store or pages, not both");
    settings.layers = DL_LAYER_DEFAULT | DL_LAYER_TOKENS;
    return run_inputs(&settings, make_check, NULL, NULL, NULL);
}

const command command_check = {
    "check", "whether each page gives a sound record, or whether a store is sound",
    "Usage: dateline check [OPTION]... FILE|FOLDER|-...\n"
    "       dateline check --store FILE [--repair]\n\n"
    "Codes each document and checks what must hold of every record; exit 1 names those where it does not. Of a store it checks the\n"
    "file, every claim's span, that all derived tables say what the log of claims says, and the indexes of text and places.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "      --repair         first make all derived tables anew from the log\n"
    "  -i, --input KIND     html, text or ndjson\n"
    "  -p, --published DAY, -u, --url URL, -j, --jobs N, -m, --model NAME, -d, --data FOLDER: as for extract\n\n"
    "Examples:\n"
    "  dateline check examples/\n"
    "  dateline check --store news.store\n",
    run};
