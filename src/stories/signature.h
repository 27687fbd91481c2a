/* signature.h - what a page is made of. */
#ifndef DL_STORIES_SIGNATURE_H
#define DL_STORIES_SIGNATURE_H

#include "stories/data.h"

/* A signature just made, with what is not kept. */
typedef struct fresh_signature {
    dl_signature signature;
    const uint16_t *rarity[VECTOR_COUNT]; /* how much each term tells, in 256ths */
    const uint16_t *posted_weights;       /* beside SET_POSTED */
} fresh_signature;

dl_status story_signature(const dl_stories *stories, const dl_document *document, dl_arena *arena, fresh_signature *out, dl_error *err);

typedef struct story_term {
    uint32_t id, value;
    uint16_t rarity;
} story_term;
/* Sorts terms by id; `spare` is as long. Equal ids keep their order. */
void story_sort(story_term *terms, story_term *spare, size_t count);

#endif
