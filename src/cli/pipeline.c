/* pipeline.c - inputs through several threads, results taken in order.
 *
 * A ring of slots: this thread fills the slot of the next sequence number, any worker takes the oldest filled one, one more thread takes
 * done slots strictly in sequence. Every wait is on one condition. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "cli/cli.h"

typedef enum slot_state { SLOT_FREE, SLOT_FILLED, SLOT_TAKEN, SLOT_DONE } slot_state;

typedef struct slot {
    slot_state state;
    parcel parcel;
} slot;

typedef struct runner {
    const pipeline *line;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    slot *slots;
    size_t slot_count, filled, taken, written, failed;
    bool end, stopped; /* no more slots will be filled; the taker had enough */
} runner;

static atomic_int interrupted; /* any thread may be the one that is interrupted, so sig_atomic_t is not enough */

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static void process(const runner *run, parcel *p)
{
    dl_json_out_clear(&p->out);
    p->status = p->item.status;
    p->err = p->item.err;
    if (p->status == DL_OK && !p->item.only_mark) run->line->work(run->line->context, p);
    if (p->status != DL_OK && !p->err.source[0] && p->item.name) snprintf(p->err.source, sizeof p->err.source, "%s", p->item.name);
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
        process(run, &s->parcel);
        pthread_mutex_lock(&run->lock);
        s->state = SLOT_DONE;
        pthread_cond_broadcast(&run->changed);
    }
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

static void progress(const runner *run, time_t started, bool last)
{
    double seconds = difftime(time(NULL), started);
    fprintf(stderr, "\r%zu done, %zu failed, %.0f/s %s", run->written, run->failed, seconds > 0 ? (double)run->written / seconds : 0.0,
            last ? "\n" : "");
}

static void take_parcel(runner *run, parcel *p)
{
    if (p->status != DL_OK) run->failed++;
    bool more = run->stopped || run->line->take(run->line->context, p);
    dl_document_free(p->document);
    p->document = NULL;
    item_free(&p->item);
    if (more) return;
    pthread_mutex_lock(&run->lock);
    run->stopped = true;
    pthread_mutex_unlock(&run->lock);
}

static void *take(void *argument)
{
    runner *run = argument;
    bool show = is_terminal(stderr) && !is_terminal(stdout) && !run->line->quiet;
    time_t started = time(NULL);
    pthread_mutex_lock(&run->lock);
    for (;;) {
        slot *s = &run->slots[run->written % run->slot_count];
        while (s->state != SLOT_DONE && !(run->end && run->written == run->filled)) pthread_cond_wait(&run->changed, &run->lock);
        if (s->state != SLOT_DONE) break;
        pthread_mutex_unlock(&run->lock);
        take_parcel(run, &s->parcel);
        if (show && run->written % 100 == 99) progress(run, started, false);
        pthread_mutex_lock(&run->lock);
        s->state = SLOT_FREE;
        run->written++;
        pthread_cond_broadcast(&run->changed);
    }
    pthread_mutex_unlock(&run->lock);
    if (show) progress(run, started, true);
    return NULL;
}

/* Waits for a free slot; false when no more are wanted. */
static bool fill(runner *run, item *next)
{
    pthread_mutex_lock(&run->lock);
    while (!run->stopped && run->filled - run->written == run->slot_count) pthread_cond_wait(&run->changed, &run->lock);
    bool wanted = !run->stopped;
    if (wanted) {
        slot *s = &run->slots[run->filled % run->slot_count];
        s->parcel.item = *next;
        s->state = SLOT_FILLED;
        run->filled++;
        pthread_cond_broadcast(&run->changed);
    }
    pthread_mutex_unlock(&run->lock);
    if (!wanted) item_free(next);
    return wanted;
}

static void feed(runner *run, input_list *inputs)
{
    item next;
    while (!interrupted && (inputs ? inputs_next(inputs, &next) : run->line->next(run->line->source, &next)) && fill(run, &next)) {}
    pthread_mutex_lock(&run->lock);
    run->end = true;
    pthread_cond_broadcast(&run->changed);
    pthread_mutex_unlock(&run->lock);
}

/* Starts the workers and the taker, the latter as the last; of the workers at least one must start. */
static size_t start(runner *run, pthread_t *threads, size_t jobs)
{
    size_t count = 0;
    while (count < jobs && pthread_create(&threads[count], NULL, work, run) == 0) count++;
    if (count && pthread_create(&threads[count], NULL, take, run) == 0) return count + 1;
    pthread_mutex_lock(&run->lock);
    run->end = true;
    pthread_cond_broadcast(&run->changed);
    pthread_mutex_unlock(&run->lock);
    for (size_t i = 0; i < count; i++) pthread_join(threads[i], NULL);
    return 0;
}

static bool run_threads(runner *run, const cli_settings *settings, input_list *inputs)
{
    size_t jobs = (size_t)settings->jobs;
    pthread_t *threads = calloc(jobs + 1, sizeof *threads);
    size_t started = threads ? start(run, threads, jobs) : 0;
    if (started) feed(run, inputs);
    for (size_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
    free(threads);
    return started > 0;
}

bool was_interrupted(void)
{
    return interrupted != 0;
}

run_end run_pipeline(const cli_settings *settings, const pipeline *line)
{
    runner run = {.line = line, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    run.slot_count = (size_t)settings->jobs * 4;
    run.slots = calloc(run.slot_count, sizeof *run.slots);
    input_list *inputs = line->next ? NULL : inputs_open(settings);
    signal(SIGINT, on_interrupt);
    if (line->next) signal(SIGTERM, on_interrupt); /* what runs for ever is ended so */
    bool ran = run.slots && (inputs || line->next) && run_threads(&run, settings, inputs);
    if (!ran) fputs("dateline: out of memory\n", stderr);
    for (size_t i = 0; run.slots && i < run.slot_count; i++) dl_json_out_free(&run.slots[i].parcel.out);
    free(run.slots);
    inputs_close(inputs);
    return !ran ? RUN_FAILED : interrupted ? RUN_INTERRUPTED : run.stopped ? RUN_STOPPED : RUN_DONE;
}
