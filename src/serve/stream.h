/* stream.h - a long answer, made by a thread of its own while it is sent: whoever makes it waits while nobody reads. */
#ifndef DL_SERVE_STREAM_H
#define DL_SERVE_STREAM_H

#include "serve/request.h"

/* Writes all; `send` gives false when nobody reads any more. What fails on the way can only cut the answer off. */
typedef struct stream_out stream_out;
typedef dl_status stream_make(void *context, stream_out *out, dl_error *err);
bool stream_send(stream_out *out, const char *bytes, size_t count);

/* Whoever makes an answer. `stop` is called, from another thread, when nobody will read on: `make` should come to its end soon. `free` is called at the
 * end, in either thread. */
typedef struct stream_maker {
    stream_make *make;
    void (*stop)(void *context);
    void (*free)(void *context);
    void *context;
} stream_maker;

/* Begins; NULL where no thread could be started: then `free` was called, too. */
serve_stream *stream_begin(const stream_maker *maker, bool zip);
/* Takes up to `room` bytes. 0: none yet: `wait(context)` was called, and `ready(context)` will be once, from the other thread and never before
 * `wait` is done, when there are some (neither, where `ready` is NULL); -1: the end; -2: it was cut off. */
typedef void stream_call(void *context);
long stream_take(serve_stream *stream, char *to, size_t room, stream_call *wait, stream_call *ready, void *context);
/* Nobody will read on: whoever waits for more finds it cut off. From any thread, until stream_end. */
void stream_cut(serve_stream *stream);
void stream_end(serve_stream *stream); /* NULL is fine; waits for its thread */

#endif
