/* cache.c - a table of answers by target; the one that was asked for longest ago goes first. */
#include "serve/cache.h"

#include <pthread.h>
#include <stdlib.h>

enum { SLOTS = 512, LARGEST_PART = 8 }; /* an answer takes an eighth of the room at most */

typedef struct kept {
    char *bytes; /* target, then body */
    size_t target_len, body_len;
    const char *type;
    char etag[80];
    uint64_t used; /* when last asked for */
} kept;

struct answer_cache {
    pthread_mutex_t lock;
    kept slots[SLOTS];
    size_t bytes, most;
    uint64_t clock;
};

answer_cache *cache_new(size_t most_bytes)
{
    answer_cache *cache = calloc(1, sizeof *cache);
    if (!cache) return NULL;
    pthread_mutex_init(&cache->lock, NULL);
    cache->most = most_bytes;
    return cache;
}

static void drop(answer_cache *cache, kept *one)
{
    if (!one->bytes) return;
    cache->bytes -= one->target_len + one->body_len;
    free(one->bytes);
    *one = (kept){0};
}

void cache_free(answer_cache *cache)
{
    if (!cache) return;
    for (size_t i = 0; i < SLOTS; i++) drop(cache, &cache->slots[i]);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static kept *find(answer_cache *cache, dl_str target)
{
    for (size_t i = 0; i < SLOTS; i++) {
        kept *one = &cache->slots[i];
        if (one->bytes && dl_str_eq((dl_str){one->bytes, one->target_len}, target)) return one;
    }
    return NULL;
}

bool cache_get(answer_cache *cache, dl_str target, serve_answer *answer)
{
    pthread_mutex_lock(&cache->lock);
    kept *one = find(cache, target);
    bool fresh = one && strcmp(one->etag, answer->etag) == 0;
    if (one && !fresh) drop(cache, one);
    if (fresh) {
        one->used = ++cache->clock;
        answer->type = one->type;
        dl_json_raw(&answer->body, (dl_str){one->bytes + one->target_len, one->body_len});
    }
    pthread_mutex_unlock(&cache->lock);
    return fresh && !answer->body.failed;
}

/* A free slot, or the one that was asked for longest ago; until there is room for so many bytes. */
static kept *make_room(answer_cache *cache, size_t bytes)
{
    kept *oldest = NULL, *empty = NULL;
    do {
        oldest = empty = NULL;
        for (size_t i = 0; i < SLOTS; i++) {
            kept *one = &cache->slots[i];
            if (!one->bytes) empty = one;
            else if (!oldest || one->used < oldest->used) oldest = one;
        }
        if (empty && cache->bytes + bytes <= cache->most) return empty;
        if (oldest) drop(cache, oldest);
    } while (oldest);
    return empty;
}

void cache_put(answer_cache *cache, dl_str target, const serve_answer *answer)
{
    size_t bytes = target.len + answer->body.len;
    if (!answer->etag[0] || !answer->body.len || answer->filename[0] || bytes > cache->most / LARGEST_PART) return;
    char *copy = malloc(bytes);
    if (!copy) return;
    memcpy(copy, target.ptr, target.len);
    memcpy(copy + target.len, answer->body.bytes, answer->body.len);
    pthread_mutex_lock(&cache->lock);
    kept *one = find(cache, target);
    if (one) drop(cache, one);
    one = make_room(cache, bytes);
    *one = (kept){.bytes = copy, .target_len = target.len, .body_len = answer->body.len, .type = answer->type, .used = ++cache->clock};
    memcpy(one->etag, answer->etag, sizeof one->etag);
    cache->bytes += bytes;
    pthread_mutex_unlock(&cache->lock);
}
