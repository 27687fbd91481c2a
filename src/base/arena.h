/* arena.h - memory that is given back all at once: one arena a document.
 *
 * Nothing allocated here is freed alone. Allocations return NULL when memory or the arena's own
 * limit is used up; the limit also serves tests that make allocation fail at every step. */
#ifndef DL_BASE_ARENA_H
#define DL_BASE_ARENA_H

#include "dateline/base.h"

typedef struct dl_arena_block dl_arena_block;

typedef struct dl_arena {
    dl_arena_block *head;
    size_t used;  /* bytes handed out so far */
    size_t limit; /* 0: none */
} dl_arena;

void dl_arena_init(dl_arena *arena, size_t limit);
void dl_arena_free(dl_arena *arena); /* the arena may be used again afterwards */
/* Forgets everything but keeps the largest block, for the next document of the same thread. */
void dl_arena_reset(dl_arena *arena);

/* `size` zeroed bytes, aligned for any type. */
void *dl_arena_alloc(dl_arena *arena, size_t size);
/* `size` bytes whose content is not set. */
void *dl_arena_alloc_raw(dl_arena *arena, size_t size);
/* An array of twice the capacity with the old items copied; used through DL_VEC_PUSH. */
void *dl_arena_grow(dl_arena *arena, void *items, size_t *capacity, size_t item_size);

#define DL_NEW(arena, type) ((type *)dl_arena_alloc((arena), sizeof(type)))
#define DL_NEW_ARRAY(arena, type, count)                                                                     \
    ((type *)((size_t)(count) > SIZE_MAX / sizeof(type) ? NULL : dl_arena_alloc((arena), (count) * sizeof(type))))

/* A growing array: typedef DL_VEC(dl_token) dl_token_vec; */
#define DL_VEC(type)                                                                                         \
    struct {                                                                                                 \
        type *items;                                                                                         \
        size_t count, capacity;                                                                              \
    }
/* A pointer to a new, zeroed last item, or NULL when out of memory. */
#define DL_VEC_PUSH(arena, vec)                                                                              \
    (((vec)->count < (vec)->capacity ||                                                                      \
      ((vec)->items = dl_arena_grow((arena), (vec)->items, &(vec)->capacity, sizeof *(vec)->items)))         \
         ? &(vec)->items[(vec)->count++]                                                                     \
         : NULL)

/* A copy of `str`, with a zero after it that is not counted. ptr is NULL when out of memory. */
dl_str dl_arena_str(dl_arena *arena, dl_str str);
/* Formats into the arena; ptr is NULL when out of memory. */
dl_str dl_arena_format(dl_arena *arena, const char *format, ...) DL_PRINTF(2, 3);

#endif
