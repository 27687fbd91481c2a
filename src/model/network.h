/* network.h - the two networks that turn words into vectors, behind model.h. */
#ifndef DL_MODEL_NETWORK_H
#define DL_MODEL_NETWORK_H

#include "model/words.h"

enum {
    DL_MAX_LAYERS = 24,
    DL_MAX_DIM = 1024,
    DL_PART_WORDS = 256, /* longest stretch of words analysed together; docs/model-format.md */
    DL_BATCH_ROWS = 192, /* rows that go through a network at once, where a single sequence has no more */
    DL_INNER_ROWS = 64   /* rows of the wide inner layer at once, to stay in the second cache */
};

typedef struct dl_norm {
    const float *gain, *shift;
} dl_norm;

typedef struct dl_encoder_layer {
    dl_linear qkv, out, up, down;
    dl_norm norm1, norm2;
} dl_encoder_layer;

typedef struct dl_encoder {
    uint32_t dim, layer_count, heads, ffn, window, cls, sep;
    dl_wordpiece wordpiece;
    const int8_t *word;
    const float *word_scale, *position, *shape;
    dl_norm norm;
    dl_encoder_layer layers[DL_MAX_LAYERS];
} dl_encoder;

typedef struct dl_feature_table {
    int kind;
    uint32_t rows, width;
    const int8_t *weight;
    const float *scale;
} dl_feature_table;

typedef struct dl_convolution {
    dl_linear linear;
    dl_norm norm;
    uint32_t width, dilation;
} dl_convolution;

typedef struct dl_convolutions {
    uint32_t dim, layer_count, feature_count, features_width, widest; /* widest input row of a layer */
    dl_feature_table features[DL_MAX_FEATURES];
    dl_linear mix;
    dl_norm mix_norm;
    dl_convolution layers[DL_MAX_LAYERS];
} dl_convolutions;

/* Sums of a layer's weights and the check that none is -128; `linear` is a loaded layer. Set by model.c. */
typedef struct dl_loader {
    const dl_model_file *file;
    const dl_kernels *kernels;
    int32_t **sums; /* grows: memory of all start sums, freed with the model */
    size_t sum_count, sum_room;
} dl_loader;

dl_status dl_load_linear(dl_loader *loader, const char *name, uint32_t in, uint32_t out_width, dl_linear *out, dl_error *err);
dl_status dl_load_norm(dl_loader *loader, const char *name, uint32_t dim, dl_norm *out, dl_error *err);

dl_status dl_encoder_open(dl_encoder *out, dl_loader *loader, dl_error *err);
void dl_encoder_close(dl_encoder *encoder);
dl_status dl_convolutions_open(dl_convolutions *out, dl_loader *loader, dl_error *err);

/* Sentence parts, of at most DL_PART_WORDS words each, one after the other in `words`. */
typedef struct dl_parts {
    const dl_model_word *words;
    const uint32_t *first; /* [count + 1]: first word of each part */
    const bool *opens;     /* whether a part begins its sentence */
    size_t count;
} dl_parts;

/* Memory for a run over at most `words` words at once, `parts` parts; out of an arena once a document. */
typedef struct dl_network_memory {
    float *x, *y, *wide, *inner, *scratch; /* see encoder.c and convolution.c */
    dl_quantised q, q_inner;
    uint32_t *pieces; /* [word][DL_MAX_PIECES] */
    uint8_t *piece_count, *piece_shape;
    void *sequences;
    size_t rows;
} dl_network_memory;

dl_status dl_encoder_memory(const dl_encoder *encoder, dl_arena *arena, size_t words, size_t parts, dl_network_memory *out, dl_error *err);
dl_status dl_convolutions_memory(const dl_convolutions *net, dl_arena *arena, size_t words, dl_network_memory *out, dl_error *err);

/* vectors[word][dim]. */
void dl_encoder_run(const dl_encoder *encoder, const dl_kernels *k, dl_network_memory *memory, dl_parts parts, float *vectors);
void dl_convolutions_run(const dl_convolutions *net, const dl_kernels *k, dl_network_memory *memory, dl_parts parts, float *vectors);

/* `size` bytes aligned to a cache line, or NULL. */
void *dl_aligned(dl_arena *arena, size_t size);

#endif
