/* test_stream.c - long answers through a ring, and answers kept for those who ask again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/error.h"
#include "serve/cache.h"
#include "serve/stream.h"

/* ---- streams ---- */

typedef struct teller {
    size_t pieces;
    bool fails;
    pthread_mutex_t lock;
    bool stopped, freed, refused;
} teller;

static char byte_at(size_t at)
{
    return (char)('a' + at * 7 % 26);
}

static dl_status tell(void *context, stream_out *out, dl_error *err)
{
    teller *t = context;
    char piece[1000];
    for (size_t i = 0; i < t->pieces; i++) {
        for (size_t k = 0; k < sizeof piece; k++) piece[k] = byte_at(i * sizeof piece + k);
        if (stream_send(out, piece, sizeof piece)) continue;
        pthread_mutex_lock(&t->lock);
        t->refused = true;
        pthread_mutex_unlock(&t->lock);
        return DL_OK;
    }
    return t->fails ? dl_fail_memory(err) : DL_OK;
}

static void note_stop(void *context)
{
    teller *t = context;
    pthread_mutex_lock(&t->lock);
    t->stopped = true;
    pthread_mutex_unlock(&t->lock);
}

static void note_free(void *context)
{
    ((teller *)context)->freed = true;
}

static serve_stream *begin(teller *t, bool zip)
{
    serve_stream *stream = stream_begin(&(stream_maker){tell, note_stop, note_free, t}, zip);
    assert_non_null(stream);
    return stream;
}

/* Waiting as a server does: `wait` before the other thread may say that there is more. */
typedef struct waiter {
    pthread_mutex_t lock;
    pthread_cond_t more;
    bool waits;
} waiter;

static void wait_for_more(void *context)
{
    waiter *w = context;
    pthread_mutex_lock(&w->lock);
    assert_false(w->waits);
    w->waits = true;
    pthread_mutex_unlock(&w->lock);
}

static void there_is_more(void *context)
{
    waiter *w = context;
    pthread_mutex_lock(&w->lock);
    if (!w->waits) abort(); /* before `wait` was done, or twice */
    w->waits = false;
    pthread_cond_signal(&w->more);
    pthread_mutex_unlock(&w->lock);
}

/* All bytes of the stream; the end is told in *last. */
static size_t take_all(serve_stream *stream, char *to, size_t room, long *last)
{
    waiter w = {.lock = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER};
    size_t have = 0;
    while ((*last = stream_take(stream, to + have, room - have < 777 ? room - have : 777, wait_for_more, there_is_more, &w)) >= 0) {
        have += (size_t)*last;
        pthread_mutex_lock(&w.lock);
        while (w.waits) pthread_cond_wait(&w.more, &w.lock);
        pthread_mutex_unlock(&w.lock);
    }
    return have;
}

enum { PIECES = 2000, BYTES = PIECES * 1000 };

static void all_bytes_come_through_in_their_order(void **state)
{
    (void)state;
    teller t = {.pieces = PIECES, .lock = PTHREAD_MUTEX_INITIALIZER};
    char *bytes = malloc(BYTES + 1000);
    long last;
    serve_stream *stream = begin(&t, false);
    assert_int_equal(take_all(stream, bytes, BYTES + 1000, &last), BYTES);
    assert_int_equal(last, -1);
    for (size_t i = 0; i < BYTES; i++)
        if (bytes[i] != byte_at(i)) fail_msg("byte %zu is another", i);
    stream_end(stream);
    assert_true(t.freed);
    assert_false(t.stopped);
    free(bytes);
}

static void a_zipped_stream_unzips_to_the_same(void **state)
{
    (void)state;
    teller t = {.pieces = PIECES, .lock = PTHREAD_MUTEX_INITIALIZER};
    char *zipped = malloc(BYTES), *bytes = malloc(BYTES + 1000);
    long last;
    serve_stream *stream = begin(&t, true);
    size_t count = take_all(stream, zipped, BYTES, &last);
    stream_end(stream);
    assert_int_equal(last, -1);
    assert_true(count < BYTES / 4);
    z_stream z = {.next_in = (Bytef *)zipped, .avail_in = (uInt)count, .next_out = (Bytef *)bytes, .avail_out = BYTES + 1000};
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, BYTES);
    for (size_t i = 0; i < BYTES; i++)
        if (bytes[i] != byte_at(i)) fail_msg("byte %zu is another", i);
    inflateEnd(&z);
    free(zipped), free(bytes);
}

static void a_failure_on_the_way_cuts_the_answer_off(void **state)
{
    (void)state;
    teller t = {.pieces = 3, .fails = true, .lock = PTHREAD_MUTEX_INITIALIZER};
    char bytes[10000];
    long last;
    serve_stream *stream = begin(&t, false);
    assert_int_equal(take_all(stream, bytes, sizeof bytes, &last), 3000);
    assert_int_equal(last, -2);
    stream_end(stream);
}

static void whoever_tells_is_stopped_when_nobody_reads_on(void **state)
{
    (void)state;
    teller t = {.pieces = 1000000, .lock = PTHREAD_MUTEX_INITIALIZER};
    char bytes[100];
    serve_stream *stream = begin(&t, false);
    while (stream_take(stream, bytes, sizeof bytes, NULL, NULL, NULL) == 0) {}
    stream_cut(stream);
    assert_int_equal(stream_take(stream, bytes, sizeof bytes, NULL, NULL, NULL), -2);
    stream_end(stream);
    assert_true(t.stopped && t.refused && t.freed);
    t = (teller){.pieces = 1000000, .lock = PTHREAD_MUTEX_INITIALIZER};
    stream_end(begin(&t, true));
    assert_true(t.refused && t.freed);
}

/* ---- answers kept ---- */

static void keep(answer_cache *cache, const char *target, const char *tag, const char *body)
{
    serve_answer answer = {.status = 200, .type = "text/plain"};
    snprintf(answer.etag, sizeof answer.etag, "%s", tag);
    put_bytes(&answer.body, dl_str_of(body));
    cache_put(cache, dl_str_of(target), &answer);
    answer_free(&answer);
}

static bool gives(answer_cache *cache, const char *target, const char *tag, const char *body)
{
    serve_answer answer = {.status = 200};
    snprintf(answer.etag, sizeof answer.etag, "%s", tag);
    bool given = cache_get(cache, dl_str_of(target), &answer) && dl_str_is((dl_str){answer.body.bytes, answer.body.len}, body);
    if (given) assert_string_equal(answer.type, "text/plain");
    answer_free(&answer);
    return given;
}

static void an_answer_is_kept_for_its_target_and_state_alone(void **state)
{
    (void)state;
    answer_cache *cache = cache_new(1000);
    keep(cache, "/a", "1", "first");
    keep(cache, "/b", "1", "second");
    assert_true(gives(cache, "/a", "1", "first"));
    assert_false(gives(cache, "/c", "1", "first"));
    assert_false(gives(cache, "/a", "2", "first"));
    assert_false(gives(cache, "/a", "1", "first")); /* what is old was let go */
    keep(cache, "/b", "2", "other");
    assert_true(gives(cache, "/b", "2", "other"));
    keep(cache, "/d", "", "of no state");
    assert_false(gives(cache, "/d", "", "of no state"));
    cache_free(cache);
}

static void what_was_asked_for_longest_ago_goes_first(void **state)
{
    (void)state;
    answer_cache *cache = cache_new(800);
    char body[100] = "", target[8];
    memset(body, 'x', 90);
    for (int i = 0; i < 8; i++) {
        snprintf(target, sizeof target, "/%d", i);
        keep(cache, target, "1", body);
    }
    assert_true(gives(cache, "/0", "1", body));
    keep(cache, "/8", "1", body);
    assert_true(gives(cache, "/8", "1", body));
    assert_true(gives(cache, "/0", "1", body));
    assert_false(gives(cache, "/1", "1", body));
    char large[200] = "";
    memset(large, 'y', 150);
    keep(cache, "/9", "1", large); /* more than an eighth of the room */
    assert_false(gives(cache, "/9", "1", large));
    cache_free(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_bytes_come_through_in_their_order),
        cmocka_unit_test(a_zipped_stream_unzips_to_the_same),
        cmocka_unit_test(a_failure_on_the_way_cuts_the_answer_off),
        cmocka_unit_test(whoever_tells_is_stopped_when_nobody_reads_on),
        cmocka_unit_test(an_answer_is_kept_for_its_target_and_state_alone),
        cmocka_unit_test(what_was_asked_for_longest_ago_goes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
