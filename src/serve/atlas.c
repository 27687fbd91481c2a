/* atlas.c - the atlas kept in step with its store, by a thread of its own.
 *
 * The keeper looks at the numbers that only grow: the last reading and the last correction. A store of few events is grouped anew as a whole. In a larger one
 * documents behind newer numbers touch the weeks in which they tell events now, and those in which the atlas has them from before: these are made
 * anew at once, and the whole when the last time that was done is SPARE times as long ago as it took. */
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "serve/atlas.h"
#include "store/database.h"
#include "store/query.h"

enum { LOOK_EVERY_MS = 1000, REFRESH_S = 10, FEW_EVENTS = 5000, MOST_EVENTS = 1000000, WEEKS_FIRST = 2, SPARE = 10 };

struct atlas_keeper {
    dl_store *store;
    const dl_monitor *monitor;
    pthread_t thread;
    bool running, closing, asked;
    bool whole_begun;       /* the store is being gone through for the whole; somebody who waits for less may interrupt it */
    pthread_mutex_t lock;   /* of all below, and of the holders of atlases and buckets */
    pthread_cond_t wake, done;
    uint64_t looks;         /* that were asked for and are finished */
    atlas *now;
    /* of the keeper's thread alone */
    bool piecemeal;         /* some weeks were made for themselves since the whole was */
    bool too_many;          /* events, for a view of the whole */
    int64_t few;            /* events: the whole is made at every change */
    int64_t whole_at, whole_took; /* milliseconds: when the whole was made last, and how long that took */
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
    atlas_bucket **all;   /* takes the place of all; NULL: only what is put changes */
    size_t all_count;
    int64_t readings, corrections, schema;
    size_t wanted;
} change;

static atlas *copy_of(const atlas *old, const change *c)
{
    atlas *next = calloc(1, sizeof *next);
    atlas_bucket **buckets = calloc((c->all ? c->all_count : old->count) + 1, sizeof *buckets);
    if (!next || !buckets) {
        free(next);
        free(buckets);
        return NULL;
    }
    *next = (atlas){.holders = 1, .readings = c->readings, .corrections = c->corrections, .schema = c->schema, .edition = old->edition + 1, .wanted = c->wanted, .buckets = buckets};
    for (size_t i = 0; c->all && i < c->all_count; i++) buckets[next->count++] = c->all[i];
    for (size_t i = 0; !c->all && i < old->count; i++)
        if (!c->put || !same_week(old->buckets[i], c->monday)) buckets[next->count++] = old->buckets[i];
    if (c->put && c->bucket->count) buckets[next->count++] = c->bucket;
    qsort(buckets, next->count, sizeof *buckets, later_first);
    for (size_t i = 0; i < next->count; i++) next->happenings += buckets[i]->count, next->claims += buckets[i]->claim_count;
    return next;
}

/* Takes the bucket, or all of them. Only the keeper's thread replaces the list, so that it may read it without the lock. */
static dl_status publish(atlas_keeper *keeper, const change *c, dl_error *err)
{
    atlas *next = copy_of(keeper->now, c);
    bool kept = next && c->put && c->bucket->count;
    if (next) {
        pthread_mutex_lock(&keeper->lock);
        for (size_t i = 0; i < next->count && !c->all; i++)
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

/* ---- the whole ---- */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

typedef DL_VEC(atlas_bucket *) bucket_list;

/* The view's happenings come by day, those without one at the end: a week is a run of them. */
static dl_status cut_into_weeks(const atlas_keeper *keeper, const dl_view *view, dl_arena *arena, bucket_list *out, dl_error *err)
{
    size_t count;
    const dl_happening *happenings = dl_view_happenings(view, &count);
    dl_status status = DL_OK;
    for (size_t from = 0, to = 0; from < count && status == DL_OK; from = to) {
        dl_date day = happenings[from].date, monday = day.year ? atlas_week(day) : day;
        for (to = from + 1; to < count; to++) {
            dl_date other = happenings[to].date.year ? atlas_week(happenings[to].date) : happenings[to].date;
            if (other.year != monday.year || other.month != monday.month || other.day != monday.day) break;
        }
        atlas_bucket **slot = DL_VEC_PUSH(arena, out);
        if (!slot) return dl_fail_memory(err);
        status = atlas_bucket_of(slot, view, from, to, keeper->monitor, monday, err);
        if (status != DL_OK) out->count--;
    }
    return status;
}

static void set_whole_begun(atlas_keeper *keeper, bool begun)
{
    pthread_mutex_lock(&keeper->lock);
    keeper->whole_begun = begun;
    pthread_mutex_unlock(&keeper->lock);
}

/* With the lock held. */
static void interrupt_whole(atlas_keeper *keeper)
{
    if (keeper->whole_begun) sqlite3_interrupt(keeper->store->db);
}

static dl_status make_whole(atlas_keeper *keeper, change c, dl_error *err)
{
    int64_t start = now_ms();
    const dl_query all = {0};
    bucket_list buckets = {0};
    dl_arena arena;
    dl_view *view;
    set_whole_begun(keeper, true);
    dl_status status = dl_view_open(&view, keeper->store, &all, err);
    set_whole_begun(keeper, false);
    if (status != DL_OK) return status;
    dl_arena_init(&arena, 0);
    atlas_bucket *none = NULL;
    status = cut_into_weeks(keeper, view, &arena, &buckets, err);
    dl_view_free(view);
    c.all = buckets.count ? buckets.items : &none, c.all_count = buckets.count;
    if (status == DL_OK) status = publish(keeper, &c, err);
    for (size_t i = 0; i < buckets.count && status != DL_OK; i++) atlas_bucket_free(buckets.items[i]);
    dl_arena_free(&arena);
    if (status == DL_OK) keeper->piecemeal = false;
    keeper->whole_at = now_ms(), keeper->whole_took = keeper->whole_at - start;
    return status;
}

/* More than MOST_EVENTS are never held at once: weeks stand for themselves. */
static dl_status count_events(atlas_keeper *keeper, bool *few, dl_error *err)
{
    int64_t count = 0;
    dl_status status = read_max(keeper->store, "SELECT count(*) FROM (SELECT 1 FROM events LIMIT 1000001)", &count, err);
    *few = count <= keeper->few;
    if (count > MOST_EVENTS) keeper->too_many = true;
    return status;
}

static bool is_whole_due(const atlas_keeper *keeper)
{
    return !keeper->too_many && now_ms() - keeper->whole_at >= SPARE * keeper->whole_took;
}

/* Of a store just opened the last weeks first; of a change what it touches. */
static dl_status make_pieces(atlas_keeper *keeper, const change *seen, bool whole_follows, dl_error *err)
{
    const atlas *old = keeper->now;
    change c = {.readings = old->readings, .corrections = old->corrections, .schema = old->schema};
    week_list weeks = {0};
    dl_arena arena;
    dl_arena_init(&arena, 0);
    bool fresh = !old->readings || seen->schema != old->schema;
    dl_status status = find_weeks(keeper, seen->schema, &arena, &weeks, err);
    if (fresh && whole_follows && weeks.count > WEEKS_FIRST) weeks.count = WEEKS_FIRST;
    c.wanted = weeks.count;
    if (status == DL_OK) status = make_weeks(keeper, &weeks, c, err);
    dl_arena_free(&arena);
    keeper->piecemeal = true;
    return status;
}

/* `idle`: nobody waits for it. */
static dl_status look(atlas_keeper *keeper, bool idle, dl_error *err)
{
    change seen = {0};
    bool few = false;
    dl_status status = read_max(keeper->store, "SELECT max(id) FROM readings", &seen.readings, err);
    if (status == DL_OK) status = read_max(keeper->store, "SELECT max(id) FROM corrections", &seen.corrections, err);
    if (status == DL_OK) status = read_max(keeper->store, "PRAGMA schema_version", &seen.schema, err);
    if (status != DL_OK) return status;
    const atlas *old = keeper->now;
    bool same = seen.readings == old->readings && seen.corrections == old->corrections && seen.schema == old->schema;
    bool fresh = !old->readings || seen.schema != old->schema;
    if (same && !(keeper->piecemeal && idle && is_whole_due(keeper))) return DL_OK;
    if (!same) status = count_events(keeper, &few, err);
    if (status != DL_OK) return status;
    if (same || few) return make_whole(keeper, seen, err);
    bool whole_follows = fresh && !keeper->too_many;
    status = make_pieces(keeper, &seen, whole_follows, err);
    if (status != DL_OK || is_closing(keeper)) return status;
    /* until the whole is made anew a claim may be missing that a week's own view cannot see, or be there twice */
    seen.wanted = !whole_follows && !keeper->too_many;
    if (!whole_follows) return publish(keeper, &seen, err);
    status = make_whole(keeper, seen, err);
    if (status == DL_NO_MEMORY) keeper->too_many = true; /* next time by weeks */
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
        bool idle = !keeper->asked;
        keeper->asked = false;
        pthread_mutex_unlock(&keeper->lock);
        (void)!look(keeper, idle, NULL);
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
        (void)!look(keeper, true, NULL);
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += REFRESH_S;
    pthread_mutex_lock(&keeper->lock);
    uint64_t wanted = keeper->looks + 2; /* the one under way may have begun before the change */
    for (int code = 0; keeper->looks < wanted && !keeper->closing && code == 0;) {
        keeper->asked = true;
        interrupt_whole(keeper);
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
    keeper->few = FEW_EVENTS;
    dl_status status = dl_store_open(&keeper->store, store, DL_STORE_READ, err);
    if (status == DL_OK && at_once) status = look(keeper, true, err);
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

void atlas_keeper_few(atlas_keeper *keeper, int64_t events)
{
    keeper->few = events;
}

void atlas_keeper_close(atlas_keeper *keeper)
{
    if (!keeper) return;
    pthread_mutex_lock(&keeper->lock);
    keeper->closing = true;
    interrupt_whole(keeper);
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
