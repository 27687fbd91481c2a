/* heads.h - what stands on the word vectors: linear heads, arcs and relations. */
#ifndef DL_MODEL_HEADS_H
#define DL_MODEL_HEADS_H

#include "model/model.h"
#include "model/network.h"

typedef struct dl_head {
    dl_str name;
    bool has_hidden;
    dl_linear hidden, out;
    dl_strings labels;
    const float *transitions;
} dl_head;

/* A label for a pair of words, one seen as head, the other as dependent: relations of the tree, arguments of triggers. */
typedef struct dl_pairs {
    uint32_t width; /* 0: the model has none */
    dl_linear dep, head, bilinear, prior;
    dl_strings labels;
} dl_pairs;

enum { DL_PAIR_BATCH = 8, DL_MAX_PAIR_LABELS = 256 };

typedef struct dl_heads {
    uint32_t dim, head_count, arc_dim, root_relation; /* root_relation: its label, UINT32_MAX where there is none */
    dl_head heads[DL_MODEL_MAX_HEADS];
    dl_linear arc_dep, arc_head, arc_bilinear;
    const float *arc_root;
    dl_pairs relations, arguments;
} dl_heads;

dl_status dl_heads_open(dl_heads *out, dl_loader *loader, dl_error *err);

typedef struct dl_pairs_memory {
    float *dep, *head;    /* [words][width] */
    float *forms, *prior; /* of DL_PAIR_BATCH heads: [labels x width], [labels] */
} dl_pairs_memory;

typedef struct dl_heads_memory {
    float *scores[DL_MODEL_MAX_HEADS]; /* [words][16 x panels] */
    float *hidden;                     /* [words][widest hidden layer or arc or relation width] */
    float *arc_dep, *arc_head;
    float *transposed, *arcs;          /* of one part */
    dl_pairs_memory relations, arguments;
    dl_quantised q, q_hidden;
} dl_heads_memory;

dl_status dl_heads_memory_new(const dl_heads *heads, dl_arena *arena, size_t words, dl_heads_memory *out, dl_error *err);
/* All that does not depend on the tree, for `words` word vectors; where `wanted` is not NULL, only the linear heads that it marks and, with
 * `trees`, what arcs and relations need. */
void dl_heads_run(const dl_heads *heads, const dl_kernels *k, dl_heads_memory *memory, const float *vectors, size_t words, const bool *wanted,
                  bool trees);
/* Arc scores among `count` words from `first` on: [count][dl_round_up(count + 1)]. */
void dl_heads_arcs(const dl_heads *heads, const dl_kernels *k, dl_heads_memory *memory, size_t first, size_t count);
/* Probabilities of each argument label, for every word of the part under one trigger: out[w * 16 x panels + label]. */
void dl_heads_arguments(const dl_heads *heads, const dl_kernels *k, dl_heads_memory *memory, size_t first, size_t count, size_t trigger,
                        float *out);
void dl_heads_relate(const dl_heads *heads, const dl_kernels *k, dl_heads_memory *memory, size_t first, size_t count,
                     const uint32_t *head_of, uint32_t *relations);

#endif
