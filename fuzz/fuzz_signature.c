/* fuzz_signature.c - any bytes are read as a page's signature or refused; what was read is in order and bounded, packs to the same bytes, and can be
 * held against itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "stories/pair.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "fuzz_signature: %s\n", what);
    abort();
}

static void require_order(const story_terms *terms)
{
    require(terms->count <= MOST_TERMS, "a signature has more terms than one may have");
    for (size_t i = 1; i < terms->count; i++) require(terms->ids[i] > terms->ids[i - 1], "terms are not in rising order");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_arena arena;
    dl_signature signature;
    dl_str packed;
    dl_arena_init(&arena, 0);
    if (dl_signature_unpack(&signature, &arena, (dl_str){(const char *)data, size}, NULL) == DL_OK) {
        for (size_t i = 0; i < VECTOR_COUNT; i++) require_order(&signature.vectors[i]);
        for (size_t i = 0; i < SET_COUNT; i++) require_order(&signature.sets[i]);
        require(dl_signature_pack(&signature, &arena, &packed, NULL) == DL_OK, "what was read is not packed");
        require(packed.len == size && memcmp(packed.ptr, data, size) == 0, "what was read is packed otherwise");
        scatter *text = DL_NEW(&arena, scatter);
        require(text != NULL, "no memory");
        story_scatter(text, &signature.vectors[VECTOR_TEXT]);
        require(story_cosine(text, &signature.vectors[VECTOR_TEXT]) <= UNIT, "a page is more like itself than it can be");
    }
    dl_arena_free(&arena);
    return 0;
}
