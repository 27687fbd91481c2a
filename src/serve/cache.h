/* cache.h - answers kept for those who ask the same again while nothing has changed. */
#ifndef DL_SERVE_CACHE_H
#define DL_SERVE_CACHE_H

#include "serve/request.h"

typedef struct answer_cache answer_cache;

answer_cache *cache_new(size_t most_bytes); /* NULL when out of memory */
void cache_free(answer_cache *cache);       /* NULL is fine */
/* Fills the answer's body and type with what was kept for this target under this tag. */
bool cache_get(answer_cache *cache, dl_str target, serve_answer *answer);
/* Keeps a copy of a finished answer (status 200, not zipped); what cannot be kept is not. */
void cache_put(answer_cache *cache, dl_str target, const serve_answer *answer);

#endif
