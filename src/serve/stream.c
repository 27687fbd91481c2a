/* stream.c - a ring of bytes between the thread that makes an answer and the one that sends it. */
#include "serve/stream.h"

#include <pthread.h>
#include <stdlib.h>
#include <zlib.h>

enum { RING = 256 * 1024, ZIP_PIECE = 32 * 1024, ZIP_LEVEL = 4, GZIP_WINDOW = 15 + 16 };

struct serve_stream {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t room;
    char *ring;
    size_t first, count;
    bool ended, failed, abandoned;
    stream_call *ready; /* to be called when there is something; NULL */
    void *ready_context;
    stream_maker maker;
    bool zip;
};

struct stream_out {
    serve_stream *stream;
    z_stream z;
};

/* ---- in ---- */

static void call_ready(serve_stream *s)
{
    stream_call *ready = s->ready;
    s->ready = NULL;
    if (ready) ready(s->ready_context);
}

static bool put(serve_stream *s, const char *bytes, size_t count)
{
    pthread_mutex_lock(&s->lock);
    while (count && !s->abandoned) {
        while (s->count == RING && !s->abandoned) pthread_cond_wait(&s->room, &s->lock);
        if (s->abandoned) break;
        size_t at = (s->first + s->count) % RING, piece = RING - at;
        if (piece > RING - s->count) piece = RING - s->count;
        if (piece > count) piece = count;
        memcpy(s->ring + at, bytes, piece);
        s->count += piece, bytes += piece, count -= piece;
        call_ready(s);
    }
    bool read = !s->abandoned;
    pthread_mutex_unlock(&s->lock);
    return read;
}

static bool deflate_all(stream_out *out, const char *bytes, size_t count, int flush)
{
    char piece[ZIP_PIECE];
    int code = Z_OK;
    out->z.next_in = (Bytef *)bytes, out->z.avail_in = (uInt)count;
    do {
        out->z.next_out = (Bytef *)piece, out->z.avail_out = sizeof piece;
        code = deflate(&out->z, flush);
        if (code == Z_STREAM_ERROR || !put(out->stream, piece, sizeof piece - out->z.avail_out)) return false;
    } while (out->z.avail_out == 0 || (flush == Z_FINISH && code != Z_STREAM_END));
    return true;
}

bool stream_send(stream_out *out, const char *bytes, size_t count)
{
    enum { MOST = 1 << 30 };
    if (!out->stream->zip) return put(out->stream, bytes, count);
    for (; count > MOST; bytes += MOST, count -= MOST)
        if (!deflate_all(out, bytes, MOST, Z_NO_FLUSH)) return false;
    return deflate_all(out, bytes, count, Z_NO_FLUSH);
}

static void *work(void *context)
{
    serve_stream *s = context;
    stream_out out = {.stream = s};
    bool ready = !s->zip || deflateInit2(&out.z, ZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    bool done = ready && s->maker.make(s->maker.context, &out, NULL) == DL_OK;
    if (done && s->zip) done = deflate_all(&out, "", 0, Z_FINISH);
    if (ready && s->zip) deflateEnd(&out.z);
    pthread_mutex_lock(&s->lock);
    s->ended = true, s->failed = s->failed || !done;
    call_ready(s);
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ---- out ---- */

long stream_take(serve_stream *s, char *to, size_t room, stream_call *wait, stream_call *ready, void *context)
{
    pthread_mutex_lock(&s->lock);
    long taken = 0;
    while (room && s->count && !s->abandoned) {
        size_t piece = RING - s->first < s->count ? RING - s->first : s->count;
        if (piece > room) piece = room;
        memcpy(to, s->ring + s->first, piece);
        s->first = (s->first + piece) % RING;
        s->count -= piece, to += piece, room -= piece, taken += (long)piece;
    }
    if (taken) pthread_cond_signal(&s->room);
    else if (s->ended) taken = s->failed ? -2 : -1;
    else if (ready) wait(context), s->ready = ready, s->ready_context = context;
    pthread_mutex_unlock(&s->lock);
    return taken;
}

serve_stream *stream_begin(const stream_maker *maker, bool zip)
{
    serve_stream *s = calloc(1, sizeof *s);
    if (s) s->ring = malloc(RING);
    if (!s || !s->ring || pthread_mutex_init(&s->lock, NULL) != 0) {
        if (s) free(s->ring);
        free(s);
        maker->free(maker->context);
        return NULL;
    }
    pthread_cond_init(&s->room, NULL);
    s->maker = *maker;
    s->zip = zip;
    if (pthread_create(&s->thread, NULL, work, s) == 0) return s;
    pthread_cond_destroy(&s->room);
    pthread_mutex_destroy(&s->lock);
    free(s->ring);
    free(s);
    maker->free(maker->context);
    return NULL;
}

void stream_cut(serve_stream *s)
{
    pthread_mutex_lock(&s->lock);
    if (!s->abandoned && !s->ended) s->maker.stop(s->maker.context);
    s->abandoned = true;
    s->ended = s->failed = true;
    s->count = 0;
    pthread_cond_signal(&s->room);
    call_ready(s);
    pthread_mutex_unlock(&s->lock);
}

void stream_end(serve_stream *s)
{
    if (!s) return;
    pthread_mutex_lock(&s->lock);
    if (!s->abandoned && !s->ended) s->maker.stop(s->maker.context);
    s->abandoned = true;
    s->ready = NULL;
    pthread_cond_signal(&s->room);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    s->maker.free(s->maker.context);
    pthread_cond_destroy(&s->room);
    pthread_mutex_destroy(&s->lock);
    free(s->ring);
    free(s);
}
