/* server.c - the server's parts opened and closed, and readers lent to one answer each. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "serve/room.h"
#include "serve/pool.h"
#include "store/database.h"

enum { READERS = 4, CACHE_BYTES = 64 * 1024 * 1024 };

/* ---- readers ---- */

dl_store *pool_take(serve *server)
{
    pthread_mutex_lock(&server->lock);
    while (!server->free_count) pthread_cond_wait(&server->free_reader, &server->lock);
    dl_store *reader = server->readers[--server->free_count];
    pthread_mutex_unlock(&server->lock);
    return reader;
}

void pool_give(serve *server, dl_store *reader)
{
    pthread_mutex_lock(&server->lock);
    server->readers[server->free_count++] = reader;
    pthread_cond_signal(&server->free_reader);
    pthread_mutex_unlock(&server->lock);
}

bool pool_take_stream(serve *server)
{
    enum { MOST_STREAMS = 4 };
    pthread_mutex_lock(&server->lock);
    bool taken = server->streams < MOST_STREAMS;
    server->streams += taken;
    pthread_mutex_unlock(&server->lock);
    return taken;
}

void pool_give_stream(serve *server)
{
    pthread_mutex_lock(&server->lock);
    server->streams--;
    pthread_mutex_unlock(&server->lock);
}

static dl_status open_readers(serve *server, unsigned count, dl_error *err)
{
    dl_status status = DL_OK;
    if (count > SERVE_MOST_READERS) count = SERVE_MOST_READERS;
    for (unsigned i = 0; i < count && status == DL_OK; i++) {
        status = dl_store_open(&server->readers[i], server->store, DL_STORE_READ, err);
        if (status == DL_OK) server->reader_count = server->free_count = i + 1;
        if (status == DL_OK) status = store_script(server->readers[i], "PRAGMA cache_size = -16384", err); /* 16 MiB each: they are several */
    }
    return status;
}

/* ---- opening ---- */

static bool make_nonce(char out[SERVE_TOKEN])
{
    unsigned char bytes[(SERVE_TOKEN - 1) / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) return false;
    for (size_t i = 0; i < sizeof bytes; i++) snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

static bool copy_options(serve *server, const serve_options *options)
{
    server->store = strdup(options->store);
    if (options->data) server->data = strdup(options->data);
    if (options->host) server->host = strdup(options->host);
    if (options->token.ptr) server->token = strndup(options->token.ptr, options->token.len);
    server->review = options->review;
    server->addresses = options->addresses;
    server->now = options->now;
    return server->store && (server->data || !options->data) && (server->host || !options->host) && (server->token || !options->token.ptr);
}

static dl_status open_parts(serve *server, const serve_options *options, dl_error *err)
{
    if (!make_nonce(server->nonce)) return dl_fail(err, DL_IO, NULL, 0, "the system gives no random bytes: %s", strerror(errno));
    server->web = options->web ? open(options->web, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (options->web && server->web < 0) return dl_fail(err, DL_IO, options->web, 0, "%s", strerror(errno));
    server->cache = cache_new(CACHE_BYTES);
    if (!server->cache) return dl_fail_memory(err);
    dl_status status = open_readers(server, options->readers ? options->readers : READERS, err);
    /* without a gazetteer all but ceasefires and sites is told */
    if (status == DL_OK && dl_monitor_open(&server->monitor, options->data, &server->no_monitor) != DL_OK) server->monitor = NULL;
    if (status == DL_OK && server->monitor) status = unit_names_open(&server->names, server->monitor, err);
    return status == DL_OK ? atlas_keeper_open(&server->keeper, options->store, server->monitor, options->at_once, err) : status;
}

dl_status serve_open(serve **out, const serve_options *options, dl_error *err)
{
    *out = NULL;
    serve *server = calloc(1, sizeof *server);
    if (!server) return dl_fail_memory(err);
    server->web = -1;
    pthread_mutex_init(&server->lock, NULL);
    pthread_mutex_init(&server->write_lock, NULL);
    pthread_cond_init(&server->free_reader, NULL);
    dl_status status = copy_options(server, options) ? open_parts(server, options, err) : dl_fail_memory(err);
    if (status != DL_OK) {
        serve_close(server);
        return status;
    }
    *out = server;
    return DL_OK;
}

void serve_close(serve *server)
{
    if (!server) return;
    atlas_keeper_close(server->keeper);
    for (unsigned i = 0; i < server->reader_count; i++) dl_store_close(server->readers[i]);
    dl_store_close(server->writer);
    cache_free(server->cache);
    unit_names_close(&server->names);
    dl_monitor_close(server->monitor);
    if (server->web >= 0) close(server->web);
    pthread_cond_destroy(&server->free_reader);
    pthread_mutex_destroy(&server->write_lock);
    pthread_mutex_destroy(&server->lock);
    free(server->store);
    free(server->data);
    free(server->host);
    free(server->token);
    free(server);
}
