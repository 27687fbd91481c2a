/* atlas.c - the atlas kept in step with its store: which weeks a change touches, made anew by a thread of its own.
 *
 * The keeper looks at the numbers that only grow: the last reading and the last correction. Documents behind newer ones touch the weeks
 * in which they tell events now, and those in which the atlas has them from before. */
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "serve/atlas.h"
#include "store/query.h"

enum { LOOK_EVERY_MS = 1000, REFRESH_S = 10 };

struct atlas_keeper {
    dl_store *store;
    const dl_monitor *monitor;
    pthread_t thread;
    bool running, closing, asked;
    pthread_mutex_t lock;   /* of all below, and of the holders of atlases and buckets */
    pthread_cond_t wake, done;
    uint64_t looks;         /* that were asked for and are finished */
    atlas *now;
};

/* ---- holding ---- */

static void let_go(atlas *a)
{
    if (--a->holders) return;
    for (size_t i = 0; i < a->count; i++)
        if (!--a->buckets[i]->holders) atlas_bucket_free(a->buckets[i]);
    free(a->buckets);
    free(a);
}

const atlas *atlas_hold(atlas_keeper *keeper)
{
    pthread_mutex_lock(&keeper->lock);
    atlas *held = keeper->now;
    held->holders++;
    pthread_mutex_unlock(&keeper->lock);
    return held;
}

void atlas_release(atlas_keeper *keeper, const atlas *held)
{
    if (!held) return;
    pthread_mutex_lock(&keeper->lock);
    let_go((atlas *)held);
    pthread_mutex_unlock(&keeper->lock);
}

static int later_first(const void *left, const void *right)
{
    const atlas_bucket *a = *(atlas_bucket *const *)left, *b = *(atlas_bucket *const *)right;
    int x = a->first.year * 512 + a->first.month * 32 + a->first.day, y = b->first.year * 512 + b->first.month * 32 + b->first.day;
    return x > y ? -1 : x < y;
}

static bool same_week(const atlas_bucket *bucket, dl_date monday)
{
    return bucket->first.year == monday.year && bucket->first.month == monday.month && bucket->first.day == monday.day;
}

/* What the next list has other than this one. */
typedef struct change {
    bool put;             /* `bucket` takes the place of the one of its week; an empty one is left out */
    atlas_bucket *bucket;
    dl_date monday;
    int64_t readings, corrections, schema;
    size_t wanted;
} change;

static atlas *copy_of(const atlas *old, const change *c)
{
    atlas *next = calloc(1, sizeof *next);
    atlas_bucket **buckets = calloc(old->count + 1, sizeof *buckets);
    if (!next || !buckets) {
        free(next);
        free(buckets);
        return NULL;
    }
    *next = (atlas){.holders = 1, .readings = c->readings, .corrections = c->corrections, .schema = c->schema, .edition = old->edition + 1, .wanted = c->wanted, .buckets = buckets};
    for (size_t i = 0; i < old->count; i++)
        if (!c->put || !same_week(old->buckets[i], c->monday)) buckets[next->count++] = old->buckets[i];
    if (c->put && c->bucket->count) buckets[next->count++] = c->bucket;
    qsort(buckets, next->count, sizeof *buckets, later_first);
    for (size_t i = 0; i < next->count; i++) next->happenings += buckets[i]->count, next->claims += buckets[i]->claim_count;
    return next;
}

/* Takes the bucket. Only the keeper's thread replaces the list, so that it may read it without the lock. */
static dl_status publish(atlas_keeper *keeper, const change *c, dl_error *err)
{
    atlas *next = copy_of(keeper->now, c);
    bool kept = next && c->put && c->bucket->count;
    if (next) {
        pthread_mutex_lock(&keeper->lock);
        for (size_t i = 0; i < next->count; i++)
            if (next->buckets[i] != c->bucket) next->buckets[i]->holders++;
        let_go(keeper->now);
        keeper->now = next;
        pthread_mutex_unlock(&keeper->lock);
    }
    if (c->put && !kept) atlas_bucket_free(c->bucket);
    return next ? DL_OK : dl_fail_memory(err);
}

/* ---- what has changed ---- */

typedef DL_VEC(dl_date) week_list;

static bool add_week(dl_arena *arena, week_list *weeks, dl_date monday)
{
    for (size_t i = weeks->count; i-- > 0;)
        if (weeks->items[i].year == monday.year && weeks->items[i].month == monday.month && weeks->items[i].day == monday.day) return true;
    dl_date *slot = DL_VEC_PUSH(arena, weeks);
    if (slot) *slot = monday;
    return slot != NULL;
}

static dl_status read_max(dl_store *store, const char *sql, int64_t *out, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_status status = store_prepare(store, &statement, sql, err);
    if (status != DL_OK) return status;
    status = store_number(store, statement, 0, out, err);
    sqlite3_finalize(statement);
    return status;
}

/* Weeks with events, the last first: each step jumps below the week just found. */
static dl_status all_weeks(dl_store *store, dl_arena *arena, week_list *weeks, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_date below = {9999, 12, 31};
    bool row = true;
    dl_status status = store_prepare(store, &statement, "SELECT date FROM events WHERE date < ?1 ORDER BY date DESC LIMIT 1", err);
    while (status == DL_OK && row) {
        store_bind_date(statement, 1, below);
        status = store_step(store, statement, &row, err);
        dl_date day = status == DL_OK && row ? query_day(statement, 0) : (dl_date){0};
        row = row && day.year;
        if (row && !add_week(arena, weeks, below = atlas_week(day))) status = dl_fail_memory(err);
        if (below.day == 1) below.day = 0; /* as text a month comes before its first day */
        if (!below.day && below.month == 1) below.month = 0;
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    if (status == DL_OK && !add_week(arena, weeks, (dl_date){0})) status = dl_fail_memory(err);
    return status;
}

/* Documents that were read or corrected since. */
#define CHANGED "(SELECT r.document FROM readings g JOIN revisions r ON r.id = g.revision WHERE g.id > ?1 UNION SELECT document FROM corrections WHERE id > ?2)"

static dl_status weeks_of_events(dl_store *store, const atlas *old, dl_arena *arena, week_list *weeks, dl_error *err)
{
    sqlite3_stmt *statement;
    bool row = true;
    dl_status status = store_prepare(store, &statement, "SELECT DISTINCT date FROM events WHERE document IN " CHANGED, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, old->readings), sqlite3_bind_int64(statement, 2, old->corrections);
    while (status == DL_OK && (status = store_step(store, statement, &row, err)) == DL_OK && row) {
        dl_date day = query_day(statement, 0);
        if (!add_week(arena, weeks, day.year ? atlas_week(day) : day)) status = dl_fail_memory(err);
    }
    sqlite3_finalize(statement);
    return status;
}

static int by_number(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

static dl_status weeks_from_before(dl_store *store, const atlas *old, dl_arena *arena, week_list *weeks, dl_error *err)
{
    DL_VEC(int64_t) documents = {0};
    sqlite3_stmt *statement;
    bool row = true;
    dl_status status = store_prepare(store, &statement, "SELECT document FROM " CHANGED " ORDER BY document", err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, old->readings), sqlite3_bind_int64(statement, 2, old->corrections);
    while (status == DL_OK && (status = store_step(store, statement, &row, err)) == DL_OK && row) {
        int64_t *slot = DL_VEC_PUSH(arena, &documents);
        if (slot) *slot = sqlite3_column_int64(statement, 0);
        else status = dl_fail_memory(err);
    }
    sqlite3_finalize(statement);
    for (size_t i = 0; i < old->count && status == DL_OK && documents.count; i++) {
        const atlas_bucket *bucket = old->buckets[i];
        bool touched = false;
        for (size_t k = 0; k < bucket->claim_count && !touched; k++) {
            int64_t number = bucket->claims[k].ref >> 24;
            touched = bsearch(&number, documents.items, documents.count, sizeof number, by_number) != NULL;
        }
        if (touched && !add_week(arena, weeks, bucket->first)) status = dl_fail_memory(err);
    }
    return status;
}

/* ---- one look at the store ---- */

static bool is_closing(atlas_keeper *keeper)
{
    pthread_mutex_lock(&keeper->lock);
    bool closing = keeper->closing;
    pthread_mutex_unlock(&keeper->lock);
    return closing;
}

static dl_status make_weeks(atlas_keeper *keeper, const week_list *weeks, change c, dl_error *err)
{
    dl_status status = DL_OK;
    c.put = true;
    for (size_t i = 0; i < weeks->count && status == DL_OK && !is_closing(keeper); i++) {
        c.monday = weeks->items[i];
        status = atlas_bucket_make(&c.bucket, keeper->store, keeper->monitor, c.monday, err);
        if (status == DL_OK) status = publish(keeper, &c, err);
    }
    return status;
}

/* All weeks where the atlas is empty or the derived tables are others (a location has another row then); else those that were touched. */
static dl_status find_weeks(atlas_keeper *keeper, int64_t schema, dl_arena *arena, week_list *weeks, dl_error *err)
{
    const atlas *old = keeper->now;
    if (old->readings && schema == old->schema) {
        dl_status status = weeks_of_events(keeper->store, old, arena, weeks, err);
        return status == DL_OK ? weeks_from_before(keeper->store, old, arena, weeks, err) : status;
    }
    dl_status status = all_weeks(keeper->store, arena, weeks, err);
    for (size_t i = 0; i < old->count && status == DL_OK; i++)
        if (!add_week(arena, weeks, old->buckets[i]->first)) status = dl_fail_memory(err);
    return status;
}

static dl_status look(atlas_keeper *keeper, dl_error *err)
{
    change seen = {0};
    const atlas *old = keeper->now;
    week_list weeks = {0};
    dl_arena arena;
    dl_status status = read_max(keeper->store, "SELECT max(id) FROM readings", &seen.readings, err);
    if (status == DL_OK) status = read_max(keeper->store, "SELECT max(id) FROM corrections", &seen.corrections, err);
    if (status == DL_OK) status = read_max(keeper->store, "PRAGMA schema_version", &seen.schema, err);
    if (status != DL_OK || (seen.readings == old->readings && seen.corrections == old->corrections && seen.schema == old->schema)) return status;
    change c = {.readings = old->readings, .corrections = old->corrections, .schema = old->schema};
    dl_arena_init(&arena, 0);
    status = find_weeks(keeper, seen.schema, &arena, &weeks, err);
    c.wanted = weeks.count;
    if (status == DL_OK) status = make_weeks(keeper, &weeks, c, err);
    if (status == DL_OK && !is_closing(keeper)) status = publish(keeper, &seen, err);
    dl_arena_free(&arena);
    return status;
}

/* ---- the thread ---- */

static void sleep_a_while(atlas_keeper *keeper)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LOOK_EVERY_MS / 1000;
    while (!keeper->closing && !keeper->asked && pthread_cond_timedwait(&keeper->wake, &keeper->lock, &until) == 0) {}
}

/* A look that fails (no memory, a store that is busy) is tried again at the next one. */
static void *keep(void *context)
{
    atlas_keeper *keeper = context;
    pthread_mutex_lock(&keeper->lock);
    while (!keeper->closing) {
        keeper->asked = false;
        pthread_mutex_unlock(&keeper->lock);
        (void)!look(keeper, NULL);
        pthread_mutex_lock(&keeper->lock);
        keeper->looks++;
        pthread_cond_broadcast(&keeper->done);
        sleep_a_while(keeper);
    }
    pthread_mutex_unlock(&keeper->lock);
    return NULL;
}

void atlas_refresh(atlas_keeper *keeper)
{
    struct timespec until;
    if (!keeper->running) {
        (void)!look(keeper, NULL);
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += REFRESH_S;
    pthread_mutex_lock(&keeper->lock);
    uint64_t wanted = keeper->looks + 2; /* the one under way may have begun before the change */
    for (int code = 0; keeper->looks < wanted && !keeper->closing && code == 0;) {
        keeper->asked = true;
        pthread_cond_signal(&keeper->wake);
        code = pthread_cond_timedwait(&keeper->done, &keeper->lock, &until);
    }
    pthread_mutex_unlock(&keeper->lock);
}

/* ---- opening and closing ---- */

static bool begin(atlas_keeper *keeper)
{
    pthread_condattr_t clock;
    if (pthread_mutex_init(&keeper->lock, NULL) != 0) return false;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&keeper->wake, &clock);
    pthread_cond_init(&keeper->done, &clock);
    pthread_condattr_destroy(&clock);
    keeper->now = calloc(1, sizeof *keeper->now);
    if (keeper->now) keeper->now->holders = 1, keeper->now->wanted = 1;
    return keeper->now != NULL;
}

dl_status atlas_keeper_open(atlas_keeper **out, const char *store, const dl_monitor *monitor, bool at_once, dl_error *err)
{
    *out = NULL;
    atlas_keeper *keeper = calloc(1, sizeof *keeper);
    if (!keeper || !begin(keeper)) {
        free(keeper);
        return dl_fail_memory(err);
    }
    keeper->monitor = monitor;
    dl_status status = dl_store_open(&keeper->store, store, DL_STORE_READ, err);
    if (status == DL_OK && at_once) status = look(keeper, err);
    if (status == DL_OK && !at_once) {
        keeper->running = pthread_create(&keeper->thread, NULL, keep, keeper) == 0;
        if (!keeper->running) status = dl_fail(err, DL_IO, store, 0, "no thread could be started");
    }
    if (status != DL_OK) {
        atlas_keeper_close(keeper);
        return status;
    }
    *out = keeper;
    return DL_OK;
}

void atlas_keeper_close(atlas_keeper *keeper)
{
    if (!keeper) return;
    pthread_mutex_lock(&keeper->lock);
    keeper->closing = true;
    pthread_cond_signal(&keeper->wake);
    pthread_mutex_unlock(&keeper->lock);
    if (keeper->running) pthread_join(keeper->thread, NULL);
    let_go(keeper->now);
    dl_store_close(keeper->store);
    pthread_cond_destroy(&keeper->wake);
    pthread_cond_destroy(&keeper->done);
    pthread_mutex_destroy(&keeper->lock);
    free(keeper);
}
