/* kernels.h - the arithmetic of the language model, one set of functions an instruction set.
 *
 * All sets give the same bits: matrices are multiplied in integers, and float work is done in sixteen lanes that
 * stand for the same numbers everywhere, multiply-adds fused in the same places, sums folded in one fixed order. So a result never
 * depends on the machine, nor on what shares a batch. Strides and widths are counted in elements; widths of vectors
 * are multiples of 16. Nothing allocates. */
#ifndef DL_MODEL_KERNELS_H
#define DL_MODEL_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DL_LANES = 16 };

/* A quantised linear layer as docs/model-format.md lays it out; lives in the mapped file. */
typedef struct dl_linear {
    const int8_t *weight; /* [panels][in / 4][16][4] */
    const float *scale;   /* [16 * panels] */
    const float *bias;
    const int32_t *start; /* -128 x the sum of each output's weights, for unsigned activations */
    uint32_t in, panels;
} dl_linear;

/* Rows of activations in eight bits, in the form that one kernel set likes. */
typedef struct dl_quantised {
    uint8_t *q;   /* [rows][width] */
    float *scale; /* [rows]: x = q x scale */
} dl_quantised;

typedef struct dl_kernels {
    const char *name;
    void (*quantise)(dl_quantised out, const float *x, size_t rows, size_t width, size_t stride);
    /* out[row][o], o below 16 * panels; with GELU where asked. */
    void (*linear)(float *out, size_t stride, dl_quantised x, size_t rows, const dl_linear *layer, bool gelu);
    /* out = norm(x + y) x gain + shift, a row; y may be NULL, out may be x or y. */
    void (*normalise)(float *out, const float *x, const float *y, const float *gain, const float *shift, size_t rows, size_t width,
                      float epsilon);
    /* out = row x scale + a + b */
    void (*embed)(float *out, const int8_t *row, float scale, const float *a, const float *b, size_t width);
    /* out += row x scale */
    void (*add_row)(float *out, const int8_t *row, float scale, size_t width);
    /* Self-attention of one sequence of `count` rows: qkv [count][3 x heads x size] -> out [count][heads x size]. `scratch`
     * holds dl_attention_scratch(count, size) floats. Queries are scaled already. */
    void (*attend)(float *out, const float *qkv, size_t count, size_t heads, size_t size, float *scratch);
    /* out[i][j] = a[i] . b[j] for j below `columns`, rounded up to 16: `b` transposed is [width][columns rounded up]. */
    void (*products)(float *out, const float *a, size_t rows, const float *b_transposed, size_t columns, size_t width);
    /* out[r] = t[r] . x */
    void (*dots)(float *out, const float *t, const float *x, size_t rows, size_t width);
    /* Scores into probabilities, in place; room for `count` rounded up to 16. */
    void (*soften)(float *scores, size_t count);
    /* start = -128 x the sum of each output's weights; gives the lowest weight. */
    int (*weigh)(int32_t *start, const int8_t *weight, size_t panels, size_t in);
} dl_kernels;

/* The fastest set that this machine can run. */
const dl_kernels *dl_kernels_best(void);
/* The set with this number, slowest and plainest first; NULL beyond the last, or where the machine can't run it (`*known` tells which). */
const dl_kernels *dl_kernels_at(size_t number, bool *known);

static inline size_t dl_round_up(size_t n)
{
    return (n + DL_LANES - 1) / DL_LANES * DL_LANES;
}
static inline size_t dl_attention_scratch(size_t count, size_t size)
{
    return (size + 8) * dl_round_up(count);
}

#endif
