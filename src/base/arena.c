/* arena.c - memory that is given back all at once. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = alignof(max_align_t), FIRST_BLOCK = 64 * 1024, LARGEST_STEP = 4 * 1024 * 1024 };

struct dl_arena_block {
    dl_arena_block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

void dl_arena_init(dl_arena *arena, size_t limit)
{
    *arena = (dl_arena){.limit = limit};
}

void dl_arena_free(dl_arena *arena)
{
    for (dl_arena_block *block = arena->head; block;) {
        dl_arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->head = NULL;
    arena->used = 0;
}

void dl_arena_reset(dl_arena *arena)
{
    dl_arena_block *largest = arena->head;
    for (dl_arena_block *block = arena->head; block; block = block->next)
        if (block->size > largest->size) largest = block;
    for (dl_arena_block *block = arena->head; block;) {
        dl_arena_block *next = block->next;
        if (block != largest) free(block);
        block = next;
    }
    arena->head = largest;
    arena->used = 0;
    if (largest) {
        largest->next = NULL;
        largest->used = 0;
    }
}

static dl_arena_block *add_block(dl_arena *arena, size_t needed)
{
    size_t size = arena->head ? arena->head->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_STEP) size = LARGEST_STEP;
    if (size < needed) size = needed;
    dl_arena_block *block = malloc(sizeof *block + size);
    if (!block) return NULL;
    block->next = arena->head;
    block->size = size;
    block->used = 0;
    arena->head = block;
    return block;
}

void *dl_arena_alloc_raw(dl_arena *arena, size_t size)
{
    if (size > SIZE_MAX - 2 * ALIGN - sizeof(dl_arena_block)) return NULL;
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (arena->limit && size > arena->limit - arena->used) return NULL;
    dl_arena_block *block = arena->head;
    if (!block || block->size - block->used < size) block = add_block(arena, size);
    if (!block) return NULL;
    void *result = block->bytes + block->used;
    block->used += size;
    arena->used += size;
    return result;
}

void *dl_arena_alloc(dl_arena *arena, size_t size)
{
    void *result = dl_arena_alloc_raw(arena, size);
    if (result) memset(result, 0, size);
    return result;
}

void *dl_arena_grow(dl_arena *arena, void *items, size_t *capacity, size_t item_size)
{
    size_t old = *capacity, wanted = old ? old * 2 : 8;
    if (wanted < old || wanted > SIZE_MAX / item_size) return NULL;
    unsigned char *grown = dl_arena_alloc_raw(arena, wanted * item_size);
    if (!grown) return NULL;
    if (old) memcpy(grown, items, old * item_size);
    memset(grown + old * item_size, 0, (wanted - old) * item_size);
    *capacity = wanted;
    return grown;
}

dl_str dl_arena_str(dl_arena *arena, dl_str str)
{
    char *copy = str.ptr ? dl_arena_alloc_raw(arena, str.len + 1) : NULL;
    if (!copy) return (dl_str){0};
    memcpy(copy, str.ptr, str.len);
    copy[str.len] = '\0';
    return (dl_str){copy, str.len};
}

dl_str dl_arena_format(dl_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = length < 0 ? NULL : dl_arena_alloc_raw(arena, (size_t)length + 1);
    if (text) vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(args);
    return text ? (dl_str){text, (size_t)length} : (dl_str){0};
}
