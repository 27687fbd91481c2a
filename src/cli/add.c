/* add.c - `dateline add`: pages and records into a store.
 *
 * Pages are read by several threads; one thread writes. It gathers documents without holding the store and then writes them in one
 * transaction, so that other writers wait for milliseconds only. A line on stdout says that a page is in the store for good. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "base/error.h"
#include "cli/adder.h"
#include "record/record.h"

/* Large batches write less: what many pages touch is written once. A page just read takes megabytes, a record that was made elsewhere
 * far less, so that memory is the measure. */
enum { MOST_BATCH = 512, BATCH_MS = 2000 };
static const size_t batch_bytes = 128 << 20;

typedef struct waiting {
    dl_document *document;
    char *input; /* for the acknowledgement */
    dl_followed *mark; /* of the item; also without a document */
    int64_t seen;      /* INT64_MIN: now */
    dl_added added;
} waiting;

struct adder {
    const cli_settings *settings;
    dl_store *store;
    pthread_mutex_t lock; /* of the engine, which is opened when the first page needs it: records don't */
    dl_engine *engine;
    dl_error engine_err;
    atomic_bool engine_failed; /* flags that one thread sets and others look at */
    waiting batch[MOST_BATCH];
    size_t count, bytes;
    struct timespec first; /* when the batch began */
    size_t done[4], failed, lost; /* by dl_addition; failed inputs; those of a batch that could not be written */
    atomic_bool unwritable, unread; /* the store failed; stdout did */
    char note[200];               /* what the summary tells beside */
    dl_json_out out;
};

/* ---- reading ---- */

static const dl_engine *shared_engine(adder *a)
{
    pthread_mutex_lock(&a->lock);
    if (!a->engine && !a->engine_failed) {
        a->engine = open_engine_for(a->settings, &a->engine_err);
        a->engine_failed = !a->engine;
    }
    const dl_engine *engine = a->engine;
    pthread_mutex_unlock(&a->lock);
    return engine;
}

void adder_work(void *context, parcel *p)
{
    adder *a = context;
    const dl_engine *engine = NULL;
    if (p->item.record) p->status = dl_record_read(&p->document, p->item.record, &p->err);
    else if (!(engine = shared_engine(a))) p->status = dl_fail(&p->err, a->engine_err.status, a->engine_err.source, a->engine_err.offset, "%s", a->engine_err.message);
    else p->status = read_item(a->settings, engine, p);
    if (p->status == DL_OK && (p->document->layers & DL_LAYER_DEFAULT) != DL_LAYER_DEFAULT)
        p->status = dl_fail(&p->err, DL_BAD_DATA, NULL, 0, "the record lacks layers; a store takes records of dateline extract with all of them");
}

/* ---- writing ---- */

static void acknowledge(adder *a, const waiting *w)
{
    static const char *const words[] = {"added", "revised", "reread", "unchanged"};
    dl_str id = dl_document_id(w->document), input = dl_str_of(w->input);
    if (a->settings->format == FORMAT_TABLE) {
        put_format(&a->out, "%-9s  %.*s  %s\n", words[w->added.what], (int)id.len, id.ptr, w->input);
        return;
    }
    dl_json_open(&a->out, '{');
    dl_json_key(&a->out, "id"), dl_json_str(&a->out, id);
    dl_json_key(&a->out, "status"), dl_json_str(&a->out, dl_str_of(words[w->added.what]));
    dl_json_key(&a->out, "revision"), dl_json_int(&a->out, w->added.revision);
    dl_json_key(&a->out, "input"), dl_json_str(&a->out, input);
    dl_json_close(&a->out, '}');
    dl_json_newline(&a->out);
}

/* A page of an archive was seen when its crawler saw it, unless that cannot be. */
static dl_status write_one(adder *a, waiting *w, int64_t now, dl_error *err)
{
    enum { WEB = 662688000 }; /* 1991 */
    bool told = a->settings->now == INT64_MIN && w->seen >= WEB && w->seen <= now;
    dl_status status = w->document ? dl_store_add(a->store, w->document, told ? w->seen : now, &w->added, err) : DL_OK;
    return status == DL_OK && w->mark ? dl_store_follow(a->store, w->mark, err) : status;
}

static dl_status write_batch(adder *a, dl_error *err)
{
    int64_t now = a->settings->now == INT64_MIN ? (int64_t)time(NULL) : a->settings->now;
    dl_status status = dl_store_begin(a->store, err);
    if (status != DL_OK) return status;
    for (size_t i = 0; i < a->count && status == DL_OK; i++)
        status = write_one(a, &a->batch[i], now, err);
    if (status == DL_OK) status = dl_store_commit(a->store, err);
    if (status != DL_OK) dl_store_rollback(a->store);
    return status;
}

static void tell(adder *a)
{
    dl_json_out_clear(&a->out);
    for (size_t i = 0; i < a->count; i++) {
        if (!a->batch[i].document) continue;
        acknowledge(a, &a->batch[i]);
        a->done[a->batch[i].added.what]++;
    }
    a->unread = (a->out.len && fwrite(a->out.bytes, 1, a->out.len, stdout) != a->out.len) || fflush(stdout) != 0 || a->out.failed;
}

/* Writes what has gathered; after a failure nothing more is taken. */
void adder_flush(adder *a)
{
    dl_error err = {0};
    if (!a->count) return;
    if (write_batch(a, &err) == DL_OK) {
        tell(a);
    } else {
        report(&err);
        for (size_t i = 0; i < a->count; i++) a->lost += a->batch[i].document != NULL;
        a->unwritable = true;
    }
    for (size_t i = 0; i < a->count; i++) {
        dl_document_free(a->batch[i].document);
        free(a->batch[i].input);
        free(a->batch[i].mark);
    }
    a->count = a->bytes = 0;
}

static bool batch_is_old(const adder *a)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - a->first.tv_sec) * 1000 + (now.tv_nsec - a->first.tv_nsec) / 1000000 >= BATCH_MS;
}

/* A page that can't be read is done with too: it is marked, so that it is not fetched again. */
static bool take_mark(const adder *a, const parcel *p)
{
    if (!p->item.mark || p->item.only_mark) return p->item.mark != NULL;
    return !a->engine_failed && (p->status == DL_OK || p->status == DL_BAD_DATA || p->status == DL_LIMIT);
}

static void gather(adder *a, parcel *p)
{
    if (!a->count) clock_gettime(CLOCK_MONOTONIC, &a->first);
    if (p->document) a->bytes += p->document->arena.used;
    if (p->item.mark && p->status != DL_OK) p->item.mark->failures++;
    a->batch[a->count++] = (waiting){p->document, p->item.name, p->item.mark, p->item.seen, {DL_ADDED, 0}};
    p->document = NULL;
    p->item.name = NULL;
    p->item.mark = NULL;
}

bool adder_take(void *context, parcel *p)
{
    adder *a = context;
    bool flush = p->item.flush;
    if (p->status != DL_OK) {
        a->failed++;
        report(&p->err);
    }
    if (p->document ? p->status == DL_OK : take_mark(a, p)) gather(a, p);
    if (flush || a->count == MOST_BATCH || a->bytes > batch_bytes || (a->count && batch_is_old(a))) adder_flush(a);
    return adder_works(a);
}

int adder_finish(adder *a, run_end end)
{
    size_t good = a->done[DL_ADDED] + a->done[DL_REVISED] + a->done[DL_REREAD] + a->done[DL_UNCHANGED];
    fprintf(stderr, "dateline: %zu added, %zu revised, %zu reread, %zu unchanged, %zu failed%s\n", a->done[DL_ADDED], a->done[DL_REVISED],
            a->done[DL_REREAD], a->done[DL_UNCHANGED], a->failed, a->note);
    if (a->lost) fprintf(stderr, "dateline: %zu pages that were read are not in the store; add them again\n", a->lost);
    if (end == RUN_INTERRUPTED) return EXIT_INTERRUPTED;
    if (a->failed || a->unwritable || a->unread) return good ? EXIT_SOME_FAILED : EXIT_USAGE;
    return EXIT_DONE;
}

/* Documents come and go by the batch: what they leave is wanted again at once, so don't give it back to the system. */
static void keep_memory(void)
{
#if defined(M_TRIM_THRESHOLD) && defined(M_MMAP_THRESHOLD)
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    mallopt(M_TOP_PAD, 64 << 20); /* the heaps of other threads stay, too */
#endif
}

adder *adder_new(const cli_settings *settings, const command *cmd)
{
    adder *a = calloc(1, sizeof *a);
    if (!a) {
        fputs("dateline: out of memory\n", stderr);
        return NULL;
    }
    keep_memory();
    a->settings = settings;
    pthread_mutex_init(&a->lock, NULL);
    a->store = settings_store(settings, cmd, DL_STORE_CREATE);
    dl_error err = {0};
    if (a->store && dl_store_use_data(a->store, settings->data, &err) == DL_OK) return a;
    if (a->store) report(&err);
    adder_free(a);
    return NULL;
}

void adder_free(adder *a)
{
    dl_store_close(a->store);
    dl_engine_close(a->engine);
    dl_json_out_free(&a->out);
    pthread_mutex_destroy(&a->lock);
    free(a);
}

bool adder_works(const adder *a)
{
    return !a->unwritable && !a->unread && !a->engine_failed;
}

void adder_note(adder *a, const char *note)
{
    snprintf(a->note, sizeof a->note, "%s", note);
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_add, "fijpumdgsN", argc, argv);
    if (code >= 0) return code;
    if (!settings.format) settings.format = is_terminal(stdout) ? FORMAT_TABLE : FORMAT_NDJSON;
    if (settings.format != FORMAT_TABLE && settings.format != FORMAT_NDJSON) return usage_error(&command_add, "add writes table or ndjson");
    adder *a = adder_new(&settings, &command_add);
    if (!a) return EXIT_USAGE;
    pipeline line = {.work = adder_work, .take = adder_take, .context = a};
    run_end end = run_pipeline(&settings, &line);
    adder_flush(a);
    code = adder_finish(a, end);
    adder_free(a);
    return code;
}

const command command_add = {
    "add", "pages, or records made elsewhere, into a store",
    "Usage: dateline add [OPTION]... --store FILE FILE|FOLDER|-...\n\n"
    "Codes each page and keeps its record in the store, which is made if it is not there. Lines of NDJSON that are records of\n"
    "dateline extract are taken as they are. Adding the same page again changes nothing; a changed page adds a revision. Each page\n"
    "is acknowledged on stdout once it is safe on disk; counts go to stderr.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "      --now TIME       when the pages were seen (2025-10-14T12:30:00Z); by default now\n"
    "  -f, --format F       how pages are acknowledged: table or ndjson\n"
    "  -i, --input KIND     html, text or ndjson (default: seen from name and content)\n"
    "  -p, --published DAY  the day the text was published, YYYY-MM-DD; wins over the page's own\n"
    "  -u, --url URL        the page's address (one input)\n"
    "  -j, --jobs N         threads that read pages\n"
    "  -m, --model NAME     accurate or fast\n"
    "  -g, --gazetteer FILE places of your own (TSV or GeoJSON), searched first\n"
    "  -d, --data FOLDER    models and word lists\n\n"
    "Examples:\n"
    "  dateline add --store news.store pages/\n"
    "  dateline extract -j 16 pages.ndjson.gz | dateline add --store news.store -\n",
    run};
