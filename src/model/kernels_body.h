/* kernels_body.h - the kernels written over the lanes of one lanes_*.h; included by kernels_*.c, once each.
 *
 * Nothing here may depend on how wide a register is: only lanes_* and ilanes_* calls, whose results are the same in all sets. */
#include <math.h>

#include "model/kernels.h"

#define UNROLLED _Pragma("GCC unroll 16")
#define INLINE static inline __attribute__((always_inline))

/* Phi, the normal distribution's integral, as 1/2 + x P(x^2): a least-maximum fit of x Phi(x) on [-4.2, 4.2] by iterated
 * reweighting, exact at the ends; GELU is right to 7.5e-5 everywhere. */
INLINE lanes gelu(lanes x)
{
    static const float p[] = {-9.017506557e-10f, 7.941321433e-08f,  -3.037926449e-06f, 6.689061979e-05f,
                              -9.506568798e-04f, 9.298226547e-03f, -6.552819614e-02f, 3.984658688e-01f};
    lanes u = lanes_min(lanes_max(x, lanes_set(-4.2f)), lanes_set(4.2f));
    lanes t = lanes_mul(u, u), sum = lanes_set(p[0]);
    UNROLLED
    for (int i = 1; i < 8; i++) sum = lanes_fused(sum, t, lanes_set(p[i]));
    return lanes_mul(x, lanes_fused(sum, u, lanes_set(0.5f)));
}

/* e^x for x not above 0, to a relative 3e-6; below -87 as at -87. Taylor's polynomial on [-ln 2 / 2, ln 2 / 2]. */
INLINE lanes exponential(lanes x)
{
    static const float p[] = {1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f};
    x = lanes_max(x, lanes_set(-87.0f));
    ilanes n = lanes_round(lanes_mul(x, lanes_set(1.44269504f)));
    lanes r = lanes_fused(lanes_of_ints(n), lanes_set(-0.69314718f), x), sum = lanes_set(p[0]);
    UNROLLED
    for (int i = 1; i < 6; i++) sum = lanes_fused(sum, r, lanes_set(p[i]));
    return lanes_shift(sum, n);
}

static void quantise(dl_quantised out, const float *x, size_t rows, size_t width, size_t stride)
{
    for (size_t row = 0; row < rows; row++, x += stride) {
        lanes highest = lanes_set(0);
        for (size_t i = 0; i < width; i += DL_LANES) highest = lanes_max(highest, lanes_abs(lanes_load(x + i)));
        float most = lanes_highest(highest);
        lanes factor = lanes_set(most < 1e-20f ? 0 : 127.0f / most);
        uint8_t *q = out.q + row * width;
        for (size_t i = 0; i < width; i += DL_LANES)
            lanes_store_activation(q + i, lanes_round(lanes_mul(lanes_load(x + i), factor)));
        out.scale[row] = most / 127.0f;
    }
}

/* `rows` rows of activations (up to 8) against `panels` panels of weights (up to 3), into sums[row][panel][16]. The sums are
 * variables of their own and not an array, and are put down before more is done with them, because compilers keep only
 * such in registers; what lies beyond the constants `rows` and `panels` falls away. */
#define EACH_ROW(do_row) do_row(0) do_row(1) do_row(2) do_row(3) do_row(4) do_row(5) do_row(6) do_row(7)
#define ROW_START(r) ilanes s##r##0 = start0, s##r##1 = start1, s##r##2 = start2;
#define ROW_STEP(r)                                                                                                          \
    if (r < rows) {                                                                                                          \
        const uint8_t *four = q + (size_t)r * in + k;                                                                        \
        s##r##0 = ilanes_dot(s##r##0, four, w0);                                                                             \
        if (panels > 1) s##r##1 = ilanes_dot(s##r##1, four, w1);                                                             \
        if (panels > 2) s##r##2 = ilanes_dot(s##r##2, four, w2);                                                             \
    }
#define ROW_END(r)                                                                                                           \
    if (r < rows) {                                                                                                          \
        int32_t *to = sums + r * panels * DL_LANES;                                                                          \
        ilanes_store(to, s##r##0);                                                                                           \
        if (panels > 1) ilanes_store(to + 16, s##r##1);                                                                      \
        if (panels > 2) ilanes_store(to + 32, s##r##2);                                                                      \
    }

INLINE void multiply(int32_t *restrict sums, const uint8_t *q, size_t in, const int8_t *w0, const int32_t *start, const int rows,
                     const int panels)
{
    size_t size = in * DL_LANES;
    const int8_t *w1 = panels > 1 ? w0 + size : w0, *w2 = panels > 2 ? w1 + size : w0;
    ilanes start0 = ilanes_start(start), start1 = panels > 1 ? ilanes_start(start + 16) : start0,
           start2 = panels > 2 ? ilanes_start(start + 32) : start0;
    EACH_ROW(ROW_START)
    for (size_t k = 0; k < in; k += 4, w0 += 64, w1 += 64, w2 += 64) {
        EACH_ROW(ROW_STEP)
    }
    EACH_ROW(ROW_END)
}

/* Each size a function of its own, for the sake of register allocation. */
#define MULTIPLY(name, rows, panels)                                                                                         \
    static __attribute__((noinline)) void name(int32_t *sums, const uint8_t *q, size_t in, const int8_t *weight,             \
                                               const int32_t *start)                                                         \
    {                                                                                                                        \
        multiply(sums, q, in, weight, start, rows, panels);                                                                  \
    }
MULTIPLY(multiply_tile, TILE_ROWS, TILE_PANELS)
MULTIPLY(multiply_pair, 2, TILE_PANELS)
MULTIPLY(multiply_row, 1, TILE_PANELS)
MULTIPLY(multiply_tile_panel, TILE_ROWS, 1)
MULTIPLY(multiply_row_panel, 1, 1)

/* From exact sums to floats: s x (scale x row scale) + bias, and GELU of that. */
INLINE void finish(float *out, size_t stride, const int32_t *sums, const float *row_scale, const float *scale, const float *bias,
                   size_t rows, const int panels, const bool with_gelu)
{
    for (size_t r = 0; r < rows; r++, out += stride) {
        lanes by = lanes_set(row_scale[r]);
        UNROLLED
        for (int p = 0; p < panels; p++, sums += DL_LANES) {
            lanes y = lanes_mul(lanes_of_ints(ilanes_load(sums)), lanes_mul(lanes_load(scale + p * DL_LANES), by));
            y = lanes_add(y, lanes_load(bias + p * DL_LANES));
            lanes_store(out + p * DL_LANES, with_gelu ? gelu(y) : y);
        }
    }
}

/* One group of panels against all rows: whole tiles, then the rows that are left. */
INLINE void column(float *out, size_t stride, dl_quantised x, size_t rows, const dl_linear *layer, size_t panel, const int panels,
                   const bool with_gelu)
{
    int32_t sums[TILE_ROWS * TILE_PANELS * DL_LANES] __attribute__((aligned(64)));
    size_t in = layer->in, at = panel * DL_LANES;
    const int8_t *weight = layer->weight + at * in;
    const int32_t *start = layer->start + at;
    for (size_t row = 0, step; row < rows; row += step) {
        const uint8_t *q = x.q + row * in;
        size_t left = rows - row;
        step = left >= TILE_ROWS ? TILE_ROWS : left >= 2 && panels > 1 ? 2 : 1;
        if (panels > 1 && step == TILE_ROWS) multiply_tile(sums, q, in, weight, start);
        else if (panels > 1 && step == 2) multiply_pair(sums, q, in, weight, start);
        else if (panels > 1) multiply_row(sums, q, in, weight, start);
        else if (step == TILE_ROWS) multiply_tile_panel(sums, q, in, weight, start);
        else multiply_row_panel(sums, q, in, weight, start);
        finish(out + row * stride + at, stride, sums, x.scale + row, layer->scale + at, layer->bias + at, step, panels, with_gelu);
    }
}

INLINE void all_columns(float *out, size_t stride, dl_quantised x, size_t rows, const dl_linear *layer, const bool with_gelu)
{
    size_t panel = 0;
    if (TILE_PANELS > 1)
        for (; panel + TILE_PANELS <= layer->panels; panel += TILE_PANELS)
            column(out, stride, x, rows, layer, panel, TILE_PANELS, with_gelu);
    for (; panel < layer->panels; panel++) column(out, stride, x, rows, layer, panel, 1, with_gelu);
}

static void linear(float *out, size_t stride, dl_quantised x, size_t rows, const dl_linear *layer, bool with_gelu)
{
    if (with_gelu) all_columns(out, stride, x, rows, layer, true);
    else all_columns(out, stride, x, rows, layer, false);
}

static void normalise(float *out, const float *x, const float *y, const float *gain, const float *shift, size_t rows, size_t width,
                      float epsilon)
{
    for (size_t row = 0; row < rows; row++, x += width, out += width) {
        lanes sum = lanes_set(0), squares = lanes_set(0);
        for (size_t i = 0; i < width; i += DL_LANES) {
            lanes value = y ? lanes_add(lanes_load(x + i), lanes_load(y + row * width + i)) : lanes_load(x + i);
            lanes_store(out + i, value);
            sum = lanes_add(sum, value);
        }
        lanes mean = lanes_set(lanes_total(sum) / (float)width);
        for (size_t i = 0; i < width; i += DL_LANES) {
            lanes value = lanes_sub(lanes_load(out + i), mean);
            lanes_store(out + i, value);
            squares = lanes_add(squares, lanes_mul(value, value));
        }
        lanes factor = lanes_set(1.0f / sqrtf(lanes_total(squares) / (float)width + epsilon));
        for (size_t i = 0; i < width; i += DL_LANES) {
            lanes value = lanes_mul(lanes_mul(lanes_load(out + i), factor), lanes_load(gain + i));
            lanes_store(out + i, lanes_add(value, lanes_load(shift + i)));
        }
    }
}

static void embed(float *out, const int8_t *row, float scale, const float *a, const float *b, size_t width)
{
    for (size_t i = 0; i < width; i += DL_LANES) {
        lanes sum = lanes_add(lanes_mul(lanes_load_bytes(row + i), lanes_set(scale)), lanes_load(a + i));
        lanes_store(out + i, lanes_add(sum, lanes_load(b + i)));
    }
}

static void add_row(float *out, const int8_t *row, float scale, size_t width)
{
    for (size_t i = 0; i < width; i += DL_LANES)
        lanes_store(out + i, lanes_add(lanes_load(out + i), lanes_mul(lanes_load_bytes(row + i), lanes_set(scale))));
}

/* out[r][0..15] = a[r] . (columns of b), for `rows` rows whose starts are given. */
INLINE void product_block(float *out, size_t out_stride, const float *const *a, const float *b, size_t b_stride, size_t width, const int rows)
{
    lanes sum[8];
    UNROLLED
    for (int r = 0; r < rows; r++) sum[r] = lanes_set(0);
    for (size_t d = 0; d < width; d++) {
        lanes column_values = lanes_load(b + d * b_stride);
        UNROLLED
        for (int r = 0; r < rows; r++) sum[r] = lanes_fused(lanes_set(a[r][d]), column_values, sum[r]);
    }
    UNROLLED
    for (int r = 0; r < rows; r++) lanes_store(out + (size_t)r * out_stride, sum[r]);
}

/* Up to eight rows; where fewer are left the last is done again and its copies thrown away (out has room for eight). */
INLINE void product_rows(float *out, size_t out_stride, const float *a, size_t a_stride, size_t rows, const float *b, size_t columns,
                         size_t width)
{
    const float *start[8];
    for (size_t r = 0; r < 8; r++) start[r] = a + (r < rows ? r : rows - 1) * a_stride;
    for (size_t j = 0; j < columns; j += DL_LANES)
        if (rows > 4) product_block(out + j, out_stride, start, b + j, columns, width, 8);
        else product_block(out + j, out_stride, start, b + j, columns, width, 4);
}

static void products(float *out, const float *a, size_t rows, const float *b_transposed, size_t columns, size_t width)
{
    size_t padded = dl_round_up(columns), row = 0;
    for (; row + 8 <= rows; row += 8)
        product_rows(out + row * padded, padded, a + row * width, width, 8, b_transposed, padded, width);
    for (; row < rows; row++) {
        const float *start = a + row * width;
        for (size_t j = 0; j < padded; j += DL_LANES)
            product_block(out + row * padded + j, padded, &start, b_transposed + j, padded, width, 1);
    }
}

/* Weights of one row out of its scores: e^(s - highest); gives 1 / their sum. */
INLINE float weigh_scores(float *scores, size_t count, size_t padded)
{
    for (size_t j = count; j < padded; j++) scores[j] = -1e30f;
    lanes highest = lanes_load(scores);
    for (size_t j = DL_LANES; j < padded; j += DL_LANES) highest = lanes_max(highest, lanes_load(scores + j));
    lanes most = lanes_set(lanes_highest(highest)), sum = lanes_set(0);
    for (size_t j = 0; j < padded; j += DL_LANES) {
        lanes weight = exponential(lanes_sub(lanes_load(scores + j), most));
        lanes_store(scores + j, weight);
        sum = lanes_add(sum, weight);
    }
    return 1.0f / lanes_total(sum);
}

/* out[r] = sum over j of weight[r][j] x value[j], for four rows and `parts` x 16 columns. */
INLINE void mix_values(float *const *out, const float *const *weight, const float *factor, const float *value, size_t value_stride,
                       size_t count, const int parts)
{
    lanes sum[4][4];
    UNROLLED
    for (int r = 0; r < 4; r++)
        UNROLLED
        for (int p = 0; p < parts; p++) sum[r][p] = lanes_set(0);
    for (size_t j = 0; j < count; j++) {
        const float *v = value + j * value_stride;
        UNROLLED
        for (int r = 0; r < 4; r++)
            UNROLLED
            for (int p = 0; p < parts; p++)
                sum[r][p] = lanes_fused(lanes_set(weight[r][j]), lanes_load(v + p * DL_LANES), sum[r][p]);
    }
    UNROLLED
    for (int r = 0; r < 4; r++)
        UNROLLED
        for (int p = 0; p < parts; p++) lanes_store(out[r] + p * DL_LANES, lanes_mul(sum[r][p], lanes_set(factor[r])));
}

INLINE void mix_rows(float *out, size_t out_stride, float *scores, size_t padded, const float *factor, const float *value,
                     size_t value_stride, size_t rows, size_t count, size_t size)
{
    for (size_t first = 0; first < rows; first += 4) {
        float *to[4];
        const float *weight[4];
        float by[4];
        for (size_t r = 0; r < 4; r++) { /* the last row stands in for those beyond it */
            size_t row = first + r < rows ? first + r : rows - 1;
            to[r] = out + row * out_stride;
            weight[r] = scores + row * padded;
            by[r] = factor[row];
        }
        size_t parts = size / DL_LANES;
        if (parts == 1) mix_values(to, weight, by, value, value_stride, count, 1);
        else if (parts == 2) mix_values(to, weight, by, value, value_stride, count, 2);
        else if (parts == 3) mix_values(to, weight, by, value, value_stride, count, 3);
        else mix_values(to, weight, by, value, value_stride, count, 4);
    }
}

static void transpose(float *out, const float *x, size_t stride, size_t rows, size_t width)
{
    size_t padded = dl_round_up(rows);
    for (size_t d = 0; d < width; d++) memset(out + d * padded + rows, 0, (padded - rows) * sizeof *out);
    for (size_t j = 0; j < rows; j++)
        for (size_t d = 0; d < width; d++) out[d * padded + j] = x[j * stride + d];
}

static void attend(float *out, const float *qkv, size_t count, size_t heads, size_t size, float *scratch)
{
    size_t width = heads * size, stride = 3 * width, padded = dl_round_up(count);
    float *keys = scratch, *scores = scratch + size * padded;
    for (size_t h = 0; h < heads; h++) {
        const float *query = qkv + h * size, *value = query + 2 * width;
        transpose(keys, query + width, stride, count, size);
        for (size_t row = 0; row < count; row += 8) {
            size_t rows = count - row < 8 ? count - row : 8;
            float factor[8];
            product_rows(scores, padded, query + row * stride, stride, rows, keys, padded, size);
            for (size_t r = 0; r < rows; r++) factor[r] = weigh_scores(scores + r * padded, count, padded);
            mix_rows(out + row * width + h * size, width, scores, padded, factor, value, stride, rows, count, size);
        }
    }
}

static void dots(float *out, const float *t, const float *x, size_t rows, size_t width)
{
    for (size_t r = 0; r < rows; r++, t += width) {
        lanes sum = lanes_set(0);
        for (size_t i = 0; i < width; i += DL_LANES) sum = lanes_fused(lanes_load(t + i), lanes_load(x + i), sum);
        out[r] = lanes_total(sum);
    }
}

static void soften(float *scores, size_t count)
{
    size_t padded = dl_round_up(count);
    lanes factor = lanes_set(weigh_scores(scores, count, padded));
    for (size_t i = 0; i < padded; i += DL_LANES) lanes_store(scores + i, lanes_mul(lanes_load(scores + i), factor));
}

static int weigh(int32_t *start, const int8_t *weight, size_t panels, size_t in)
{
    static const uint8_t ones[4] = {1, 1, 1, 1};
    static const int32_t zeros[DL_LANES];
    int8_t lowest = 0;
    for (size_t p = 0; p < panels; p++, weight += in * DL_LANES, start += DL_LANES) {
        ilanes sum = ilanes_start(zeros);
        for (size_t k = 0; k < in; k += 4) sum = ilanes_dot(sum, ones, weight + k * DL_LANES);
        ilanes_store(start, sum);
        for (size_t i = 0; i < DL_LANES; i++) start[i] *= -128;
        for (size_t i = 0; i < in * DL_LANES; i++) lowest = weight[i] < lowest ? weight[i] : lowest;
    }
    return lowest;
}

#define KERNEL_SET(set_name) {set_name, quantise, linear, normalise, embed, add_row, attend, products, dots, soften, weigh}
