/* digests.c - bodies that were seen already, in an open table. */
#include "feeds/digests.h"

#include <stdlib.h>

uint64_t digest_of(dl_str bytes)
{
    uint64_t digest = dl_hash(bytes.ptr, bytes.len, 0x646967657374);
    return digest ? digest : 1;
}

static size_t slot_of(const digest_set *set, uint64_t digest)
{
    size_t at = (size_t)digest & (set->size - 1);
    while (set->slots[at] && set->slots[at] != digest) at = (at + 1) & (set->size - 1);
    return at;
}

bool digest_known(const digest_set *set, uint64_t digest)
{
    return set->size && set->slots[slot_of(set, digest)] == digest;
}

static bool grow(digest_set *set)
{
    enum { LEAST = 1024, MOST = 1 << 24 };
    digest_set larger = {.size = set->size ? set->size * 2 : LEAST, .count = set->count};
    if (set->size >= MOST || !(larger.slots = calloc(larger.size, sizeof *larger.slots))) return false;
    for (size_t i = 0; i < set->size; i++)
        if (set->slots[i]) larger.slots[slot_of(&larger, set->slots[i])] = set->slots[i];
    free(set->slots);
    *set = larger;
    return true;
}

void digest_add(digest_set *set, uint64_t digest)
{
    if (set->count * 4 >= set->size * 3 && !grow(set)) return;
    size_t at = slot_of(set, digest);
    if (!set->slots[at]) set->count++;
    set->slots[at] = digest;
}

void digest_free(digest_set *set)
{
    free(set->slots);
    *set = (digest_set){0};
}
