/* run.c - documents through the engine, results printed in order. */
#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "cli/cli.h"
#include "record/record.h"

typedef struct printer {
    const cli_settings *settings;
    const dl_engine *engine;
    make_output make;
    const char *between;
    size_t printed, failed;
    int write_error; /* errno of stdout */
} printer;

dl_status read_item(const cli_settings *settings, const dl_engine *engine, parcel *p)
{
    dl_options options = {.layers = settings->layers, .why = settings->why};
    dl_status status = dl_extract(engine, &p->item.input, &options, &p->document, &p->err);
    if (status == DL_OK && p->item.hint.year && !dl_document_story(p->document)->published.year) {
        dl_document_free(p->document); /* the page tells no day, but who led to it did */
        p->document = NULL;
        p->item.input.published = p->item.hint;
        status = dl_extract(engine, &p->item.input, &options, &p->document, &p->err);
    }
    if (status == DL_OK && p->item.warning.ptr) dl_document_warn(p->document, p->item.warning);
    return status;
}

static void print_work(void *context, parcel *p)
{
    const printer *print = context;
    p->status = read_item(print->settings, print->engine, p);
    if (p->status == DL_OK) p->status = print->make(print->settings, &p->item, p->document, &p->out, &p->err);
    if (p->status == DL_OK && p->out.failed) p->status = dl_fail_memory(&p->err);
    dl_document_free(p->document);
    p->document = NULL;
}

static bool print_take(void *context, parcel *p)
{
    printer *print = context;
    if (p->status != DL_OK) {
        print->failed++;
        report(&p->err);
        return true;
    }
    if (p->out.len) {
        if (print->printed && print->between) fputs(print->between, stdout);
        if (fwrite(p->out.bytes, 1, p->out.len, stdout) != p->out.len) print->write_error = errno;
    }
    print->printed++;
    return !print->write_error;
}

static int exit_code(const printer *print, run_end end)
{
    if (end == RUN_FAILED) return EXIT_USAGE;
    if (print->write_error) {
        if (print->write_error == EPIPE) return EXIT_SOME_FAILED; /* the reader had enough */
        fprintf(stderr, "dateline: standard output: %s\n", strerror(print->write_error));
        return EXIT_USAGE;
    }
    if (end == RUN_INTERRUPTED) return EXIT_INTERRUPTED;
    if (print->failed) fprintf(stderr, "dateline: %zu done, %zu failed\n", print->printed, print->failed);
    return !print->failed ? EXIT_DONE : print->printed ? EXIT_SOME_FAILED : EXIT_USAGE;
}

dl_engine *open_engine_for(const cli_settings *settings, dl_error *err)
{
    dl_engine *engine;
    dl_engine_options options = {.data_dir = settings->data, .model = settings->model, .overlay = settings->overlay, .layers = settings->layers};
    return dl_engine_open(&engine, &options, err) == DL_OK ? engine : NULL;
}

int run_inputs(const cli_settings *settings, make_output make, const char *before, const char *between, const char *after)
{
    dl_error err = {0};
    dl_engine *engine = open_engine_for(settings, &err);
    if (!engine) {
        report(&err);
        return EXIT_USAGE;
    }
    printer print = {.settings = settings, .engine = engine, .make = make, .between = between};
    pipeline line = {.work = print_work, .take = print_take, .context = &print};
    if (before) fputs(before, stdout);
    run_end end = run_pipeline(settings, &line);
    if (after && end != RUN_FAILED) fputs(after, stdout);
    if (fflush(stdout) != 0 && !print.write_error) print.write_error = errno;
    dl_engine_close(engine);
    return exit_code(&print, end);
}
