/* util.c - what the passes of the names room share: an index of strings, keys and spans of token ranges. */
#include "base/error.h"
#include "names/work.h"

static struct name_slot *slot_of(const name_index *index, dl_str key)
{
    size_t mask = index->size - 1, at = (size_t)dl_hash(key.ptr, key.len, 0) & mask;
    while (index->slots[at].key.len && !dl_str_eq(index->slots[at].key, key)) at = (at + 1) & mask;
    return &index->slots[at];
}

static bool grow(name_index *index, dl_arena *arena)
{
    name_index bigger = {.size = index->size ? index->size * 2 : 64, .used = index->used};
    bigger.slots = dl_arena_alloc(arena, bigger.size * sizeof *bigger.slots);
    if (!bigger.slots) return false;
    for (size_t i = 0; i < index->size; i++)
        if (index->slots[i].key.len) *slot_of(&bigger, index->slots[i].key) = index->slots[i];
    *index = bigger;
    return true;
}

bool name_index_put(name_index *index, dl_arena *arena, dl_str key, uint32_t value)
{
    if (!key.len) return true;
    if ((index->used + 1) * 2 > index->size && !grow(index, arena)) return false;
    struct name_slot *slot = slot_of(index, key);
    index->used += slot->key.len == 0;
    slot->key = key;
    slot->value = value;
    return true;
}

uint32_t name_index_get(const name_index *index, dl_str key)
{
    if (!index->size || !key.len) return DL_NONE;
    const struct name_slot *slot = slot_of(index, key);
    return slot->key.len ? slot->value : DL_NONE;
}

dl_str names_key(dl_arena *arena, const dl_text *text, uint32_t first, uint32_t count)
{
    size_t len = 0;
    for (uint32_t i = first; i < first + count; i++) len += text->tokens[i].norm.len + 1;
    char *bytes = dl_arena_alloc_raw(arena, len + 1);
    if (!bytes) return (dl_str){0};
    len = 0;
    for (uint32_t i = first; i < first + count; i++) {
        dl_str norm = text->tokens[i].norm;
        if (norm.len) memcpy(bytes + len, norm.ptr, norm.len);
        len += norm.len;
        if (i + 1 < first + count && text->tokens[i].flags & DL_TOKEN_SPACE_AFTER) bytes[len++] = ' ';
    }
    return (dl_str){bytes, len};
}

dl_span names_token_span(const dl_text *text, uint32_t first, uint32_t count)
{
    return (dl_span){text->tokens[first].span.start, text->tokens[first + count - 1].span.end};
}

uint32_t names_head(const dl_text *text, uint32_t first, uint32_t count)
{
    uint32_t last = first + count - 1;
    if (!text->parsed) return last;
    for (uint32_t i = first; i <= last; i++) {
        uint32_t head = text->tokens[i].head;
        if ((head == DL_NONE || head < first || head > last) && text->tokens[i].upos != DL_PUNCT) return i;
    }
    return last;
}

bool names_push_mention(names_work *work, uint32_t first, uint32_t count, uint32_t head, uint32_t entity,
                        dl_mention_kind kind)
{
    dl_mention *mention = DL_VEC_PUSH(work->arena, &work->mentions);
    if (!mention) return false;
    *mention = (dl_mention){names_token_span(work->text, first, count), first, count, head, entity, kind};
    work->entities.items[entity].last_token = first + count - 1;
    return true;
}
