/* run.c - documents through the engine on several threads, results out in order.
 *
 * A ring of slots: the reader (this thread) fills the slot of the next sequence number, any worker takes the
 * oldest filled one, the writer prints done slots strictly in sequence. Every wait is on one condition. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "cli/cli.h"
#include "record/record.h"

typedef enum slot_state { SLOT_FREE, SLOT_FILLED, SLOT_TAKEN, SLOT_DONE } slot_state;

typedef struct slot {
    slot_state state;
    item item;
    dl_json_out out;
    dl_status status;
    dl_error err;
} slot;

typedef struct runner {
    const cli_settings *settings;
    const dl_engine *engine;
    make_output make;
    const char *between;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    slot *slots;
    size_t slot_count, filled, taken, written;
    bool end;              /* no more slots will be filled */
    size_t printed, failed;
    int write_error;       /* errno of stdout */
} runner;

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static void process(const runner *run, slot *s)
{
    dl_json_out_clear(&s->out);
    s->status = s->item.status;
    s->err = s->item.err;
    if (s->status != DL_OK) return;
    dl_document *document;
    dl_options options = {.layers = run->settings->layers, .why = run->settings->why};
    s->status = dl_extract(run->engine, &s->item.input, &options, &document, &s->err);
    if (s->status == DL_OK && s->item.warning.ptr) dl_document_warn(document, s->item.warning);
    if (s->status == DL_OK) s->status = run->make(run->settings, &s->item, document, &s->out, &s->err);
    if (s->status == DL_OK && s->out.failed) s->status = dl_fail_memory(&s->err);
    if (s->status != DL_OK && !s->err.source[0] && s->item.name)
        snprintf(s->err.source, sizeof s->err.source, "%s", s->item.name);
    dl_document_free(document);
}

static void *work(void *argument)
{
    runner *run = argument;
    pthread_mutex_lock(&run->lock);
    for (;;) {
        while (run->taken == run->filled && !run->end) pthread_cond_wait(&run->changed, &run->lock);
        if (run->taken == run->filled) break;
        slot *s = &run->slots[run->taken++ % run->slot_count];
        s->state = SLOT_TAKEN;
        pthread_mutex_unlock(&run->lock);
        process(run, s);
        pthread_mutex_lock(&run->lock);
        s->state = SLOT_DONE;
        pthread_cond_broadcast(&run->changed);
    }
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

static void print_slot(runner *run, slot *s)
{
    if (s->status != DL_OK) {
        run->failed++;
        report(&s->err);
    } else if (!run->write_error && s->out.len) {
        if (run->printed && run->between) fputs(run->between, stdout);
        if (fwrite(s->out.bytes, 1, s->out.len, stdout) != s->out.len) run->write_error = errno;
        run->printed++;
    } else {
        run->printed++;
    }
    item_free(&s->item);
}

/* Prints what is done, in order; waits for the slot that is next when `must`. Called with the lock held. */
static void print_done(runner *run, bool must)
{
    while (run->written < run->filled) {
        slot *s = &run->slots[run->written % run->slot_count];
        while (must && s->state != SLOT_DONE) pthread_cond_wait(&run->changed, &run->lock);
        if (s->state != SLOT_DONE) return;
        print_slot(run, s);
        s->state = SLOT_FREE;
        run->written++;
        must = false;
    }
}

static void progress(const runner *run, time_t started)
{
    double seconds = difftime(time(NULL), started);
    fprintf(stderr, "\r%zu done, %zu failed, %.0f/s ", run->written, run->failed,
            seconds > 0 ? (double)run->written / seconds : 0.0);
}

static void feed(runner *run, input_list *inputs)
{
    bool show = is_terminal(stderr) && !is_terminal(stdout);
    time_t started = time(NULL);
    item next;
    while (!interrupted && !run->write_error && inputs_next(inputs, &next)) {
        pthread_mutex_lock(&run->lock);
        print_done(run, run->filled - run->written == run->slot_count);
        slot *s = &run->slots[run->filled % run->slot_count];
        s->item = next;
        s->state = SLOT_FILLED;
        run->filled++;
        pthread_cond_broadcast(&run->changed);
        pthread_mutex_unlock(&run->lock);
        if (show && run->written % 100 == 99) progress(run, started);
    }
    pthread_mutex_lock(&run->lock);
    run->end = true;
    pthread_cond_broadcast(&run->changed);
    while (run->written < run->filled) print_done(run, true);
    pthread_mutex_unlock(&run->lock);
    if (show) {
        progress(run, started);
        fputc('\n', stderr);
    }
}

/* Starts the workers; at least one must start. */
static size_t start(runner *run, pthread_t *threads, size_t wanted)
{
    size_t count = 0;
    while (count < wanted && pthread_create(&threads[count], NULL, work, run) == 0) count++;
    return count;
}

static int exit_code(const runner *run)
{
    if (run->write_error) {
        if (run->write_error == EPIPE) return EXIT_SOME_FAILED; /* the reader had enough */
        fprintf(stderr, "dateline: standard output: %s\n", strerror(run->write_error));
        return EXIT_USAGE;
    }
    if (interrupted) return EXIT_INTERRUPTED;
    if (run->failed) fprintf(stderr, "dateline: %zu done, %zu failed\n", run->printed, run->failed);
    return !run->failed ? EXIT_DONE : run->printed ? EXIT_SOME_FAILED : EXIT_USAGE;
}

static int run_with_engine(runner *run, const char *before, const char *after)
{
    size_t jobs = (size_t)run->settings->jobs;
    pthread_t *threads = calloc(jobs, sizeof *threads);
    input_list *inputs = inputs_open(run->settings);
    run->slot_count = jobs * 4;
    run->slots = calloc(run->slot_count, sizeof *run->slots);
    size_t started = threads && inputs && run->slots ? start(run, threads, jobs) : 0;
    if (started) {
        if (before) fputs(before, stdout);
        feed(run, inputs);
        if (after) fputs(after, stdout);
        if (fflush(stdout) != 0 && !run->write_error) run->write_error = errno;
    } else {
        fputs("dateline: out of memory\n", stderr);
    }
    for (size_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
    for (size_t i = 0; run->slots && i < run->slot_count; i++) dl_json_out_free(&run->slots[i].out);
    free(run->slots);
    free(threads);
    inputs_close(inputs);
    return started ? exit_code(run) : EXIT_USAGE;
}

int run_inputs(const cli_settings *settings, make_output make, const char *before, const char *between, const char *after)
{
    dl_engine *engine;
    dl_error err = {0};
    dl_engine_options options = {.data_dir = settings->data, .model = settings->model, .overlay = settings->overlay};
    if (dl_engine_open(&engine, &options, &err) != DL_OK) {
        report(&err);
        return EXIT_USAGE;
    }
    signal(SIGINT, on_interrupt);
    runner run = {.settings = settings, .engine = engine, .make = make, .between = between,
                  .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    int code = run_with_engine(&run, before, after);
    dl_engine_close(engine);
    return code;
}
