/* test_kernels.c - every kernel set that this machine can run against plain C, bit by bit, and plain C against the definitions. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/kernels.h"

static uint64_t seed;

static uint32_t draw(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

static float draw_float(float size)
{
    return size * ((float)draw(20001) - 10000) / 10000;
}

static void *memory(size_t size)
{
    void *bytes = aligned_alloc(64, (size + 127) / 64 * 64);
    assert_non_null(bytes);
    memset(bytes, 0x55, (size + 127) / 64 * 64);
    return bytes;
}

static float *random_floats(size_t count, float size)
{
    float *out = memory(count * sizeof *out);
    for (size_t i = 0; i < count; i++) out[i] = draw_float(size);
    return out;
}

/* Calls `check` for each set but the plain one. */
static void for_all_sets(void (*check)(const dl_kernels *plain, const dl_kernels *other))
{
    bool known = true;
    const dl_kernels *plain = dl_kernels_at(0, &known);
    assert_non_null(plain);
    check(plain, plain);
    for (size_t i = 1; known; i++) {
        const dl_kernels *set = dl_kernels_at(i, &known);
        if (set) check(plain, set);
    }
}

typedef struct layer {
    dl_linear linear;
    int8_t *weight;
    float *scale, *bias;
    int32_t *start;
} layer;

static layer random_layer(const dl_kernels *k, uint32_t in, uint32_t panels)
{
    size_t out = (size_t)panels * DL_LANES;
    layer l = {.weight = memory(out * in), .scale = random_floats(out, 0.01f), .bias = random_floats(out, 1), .start = memory(out * 4)};
    for (size_t i = 0; i < out * in; i++) l.weight[i] = (int8_t)(draw(8) ? (int)draw(255) - 127 : draw(2) ? 127 : -127);
    l.linear = (dl_linear){l.weight, l.scale, l.bias, l.start, in, panels};
    assert_true(k->weigh(l.start, l.weight, panels, in) >= -127);
    return l;
}

static void free_layer(layer *l)
{
    free(l->weight);
    free(l->scale);
    free(l->bias);
    free(l->start);
}

static void run_linear(const dl_kernels *k, float *out, const float *x, size_t rows, const layer *l, bool gelu)
{
    size_t in = l->linear.in;
    dl_quantised q = {memory(rows * in), memory(rows * sizeof(float))};
    k->quantise(q, x, rows, in, in);
    k->linear(out, (size_t)l->linear.panels * DL_LANES, q, rows, &l->linear, gelu);
    free(q.q);
    free(q.scale);
}

/* Fixed shapes about the sizes of tiles, then random ones. */
static void check_linear(const dl_kernels *plain, const dl_kernels *other)
{
    static const uint32_t fixed[][3] = {{1, 16, 1}, {2, 32, 2}, {3, 48, 3}, {7, 64, 4}, {8, 384, 3}, {13, 160, 5}, {31, 16, 7}};
    size_t fixed_count = sizeof fixed / sizeof *fixed;
    for (size_t i = 0; i < fixed_count + 40; i++) {
        const uint32_t drawn[3] = {1 + draw(40), 16 * (1 + draw(12)), 1 + draw(9)}, *shape = i < fixed_count ? fixed[i] : drawn;
        size_t rows = shape[0], width = shape[2] * DL_LANES;
        layer l = random_layer(plain, shape[1], shape[2]);
        float *x = random_floats(rows * shape[1], 3), *a = memory(rows * width * 4), *b = memory(rows * width * 4);
        for (int gelu = 0; gelu < 2; gelu++) {
            run_linear(plain, a, x, rows, &l, gelu);
            run_linear(other, b, x, rows, &l, gelu);
            assert_memory_equal(a, b, rows * width * sizeof(float));
        }
        free(x);
        free(a);
        free(b);
        free_layer(&l);
    }
}

static void linear_layers_agree_bit_by_bit(void **state)
{
    (void)state;
    seed = 3;
    for_all_sets(check_linear);
}

/* The definition in docs/model-format.md, in doubles where it speaks of exact numbers. */
static void a_linear_layer_is_what_the_format_says(void **state)
{
    (void)state;
    seed = 5;
    bool known;
    const dl_kernels *k = dl_kernels_at(0, &known);
    enum { IN = 48, PANELS = 2, OUT = PANELS * DL_LANES };
    layer l = random_layer(k, IN, PANELS);
    float *x = random_floats(IN, 2), out[OUT], most = 0;
    run_linear(k, out, x, 1, &l, false);
    for (int i = 0; i < IN; i++) most = fmaxf(most, fabsf(x[i]));
    for (int o = 0; o < OUT; o++) {
        long sum = 0;
        for (int i = 0; i < IN; i++) {
            long q = lrintf(x[i] * (127.0f / most));
            sum += q * l.weight[((o / 16) * (IN / 4) + i / 4) * 64 + (o % 16) * 4 + i % 4];
        }
        assert_true((float)sum * (l.scale[o] * (most / 127.0f)) + l.bias[o] == out[o]);
    }
    free(x);
    free_layer(&l);
}

static void a_rows_result_does_not_depend_on_its_neighbours(void **state)
{
    (void)state;
    seed = 7;
    const dl_kernels *k = dl_kernels_best();
    layer l = random_layer(k, 64, 4);
    float *x = random_floats(21 * 64, 2), all[21 * 64], one[64];
    run_linear(k, all, x, 21, &l, true);
    for (size_t row = 0; row < 21; row++) {
        run_linear(k, one, x + row * 64, 1, &l, true);
        assert_memory_equal(one, all + row * 64, sizeof one);
    }
    free(x);
    free_layer(&l);
}

static void gelu_is_within_a_ten_thousandth(void **state)
{
    (void)state;
    const dl_kernels *k = dl_kernels_best();
    int8_t *weight = memory(16 * 16);
    float scale[16] = {0}, bias[16], out[16], zero[16] = {0};
    int32_t start[16];
    memset(weight, 0, 16 * 16);
    k->weigh(start, weight, 1, 16);
    dl_linear l = {weight, scale, bias, start, 16, 1};
    uint8_t q[16];
    float row_scale;
    k->quantise((dl_quantised){q, &row_scale}, zero, 1, 16, 16);
    for (int i = -3000; i < 3000; i += 16) {
        for (int j = 0; j < 16; j++) bias[j] = (float)(i + j) / 200;
        k->linear(out, 16, (dl_quantised){q, &row_scale}, 1, &l, true);
        for (int j = 0; j < 16; j++) {
            double exact = bias[j] * 0.5 * (1 + erf(bias[j] / sqrt(2)));
            assert_true(fabs(exact - out[j]) < 1e-4);
        }
    }
    free(weight);
}

static void check_attention(const dl_kernels *plain, const dl_kernels *other)
{
    static const size_t fixed[][3] = {{1, 1, 16}, {5, 2, 32}, {16, 3, 16}, {17, 2, 48}, {40, 2, 64}};
    size_t fixed_count = sizeof fixed / sizeof *fixed;
    for (size_t i = 0; i < fixed_count + 12; i++) {
        const size_t drawn[3] = {1 + draw(40), 1 + draw(4), 16 * (1 + draw(4))}, *shape = i < fixed_count ? fixed[i] : drawn;
        size_t count = shape[0], heads = shape[1], size = shape[2], width = heads * size;
        float *qkv = random_floats(count * 3 * width, 2), *a = memory(count * width * 4), *b = memory(count * width * 4);
        float *scratch = memory(dl_attention_scratch(count, size) * sizeof(float));
        plain->attend(a, qkv, count, heads, size, scratch);
        other->attend(b, qkv, count, heads, size, scratch);
        assert_memory_equal(a, b, count * width * sizeof(float));
        for (size_t row = 0; row < count; row++) { /* against the textbook, head 0, first column */
            double most = -1e30, sum = 0, value = 0, score[40];
            for (size_t j = 0; j < count; j++) {
                score[j] = 0;
                for (size_t d = 0; d < size; d++) score[j] += (double)qkv[row * 3 * width + d] * qkv[j * 3 * width + width + d];
                most = fmax(most, score[j]);
            }
            for (size_t j = 0; j < count; j++) {
                sum += exp(score[j] - most);
                value += exp(score[j] - most) * qkv[j * 3 * width + 2 * width];
            }
            assert_true(fabs(value / sum - a[row * width]) < 1e-4);
        }
        free(qkv);
        free(a);
        free(b);
        free(scratch);
    }
}

static void attention_agrees_bit_by_bit_and_with_the_textbook(void **state)
{
    (void)state;
    seed = 11;
    for_all_sets(check_attention);
}

/* Scores of pairs of words, for numbers of words drawn at random. */
static void check_products(const dl_kernels *plain, const dl_kernels *other)
{
    for (int i = 0; i < 20; i++) {
        size_t rows = 1 + draw(30), width = 16 * (1 + draw(6)), columns = 1 + draw(50), padded = dl_round_up(columns);
        float *x = random_floats(rows * width, 2), *transposed = random_floats(width * padded, 1);
        float *a = memory(rows * padded * 4), *b = memory(rows * padded * 4);
        plain->products(a, x, rows, transposed, columns, width);
        other->products(b, x, rows, transposed, columns, width);
        assert_memory_equal(a, b, rows * padded * sizeof *a);
        plain->soften(a, columns);
        other->soften(b, columns);
        assert_memory_equal(a, b, columns * sizeof *a);
        free(x);
        free(transposed);
        free(a);
        free(b);
    }
}

static void products_of_any_shape_agree_bit_by_bit(void **state)
{
    (void)state;
    seed = 19;
    for_all_sets(check_products);
}

static void check_rows(const dl_kernels *plain, const dl_kernels *other)
{
    enum { ROWS = 5, WIDTH = 96, COLUMNS = 19, PADDED = 32 };
    float *x = random_floats(ROWS * WIDTH, 2), *y = random_floats(ROWS * WIDTH, 2), *gain = random_floats(WIDTH, 2), *shift = random_floats(WIDTH, 1);
    float *transposed = random_floats(WIDTH * PADDED, 1), a[ROWS * WIDTH], b[ROWS * WIDTH];
    int8_t row[WIDTH];
    for (int i = 0; i < WIDTH; i++) row[i] = (int8_t)((int)draw(255) - 127);
    plain->normalise(a, x, y, gain, shift, ROWS, WIDTH, 1e-5f);
    other->normalise(b, x, y, gain, shift, ROWS, WIDTH, 1e-5f);
    assert_memory_equal(a, b, sizeof a);
    plain->embed(a, row, 0.01f, x, y, WIDTH);
    other->embed(b, row, 0.01f, x, y, WIDTH);
    assert_memory_equal(a, b, WIDTH * sizeof *a);
    plain->add_row(a, row, 0.02f, WIDTH);
    other->add_row(b, row, 0.02f, WIDTH);
    assert_memory_equal(a, b, WIDTH * sizeof *a);
    plain->products(a, x, ROWS, transposed, COLUMNS, WIDTH);
    other->products(b, x, ROWS, transposed, COLUMNS, WIDTH);
    assert_memory_equal(a, b, (size_t)ROWS * PADDED * sizeof *a);
    plain->dots(a, x, y, ROWS, WIDTH);
    other->dots(b, x, y, ROWS, WIDTH);
    assert_memory_equal(a, b, ROWS * sizeof *a);
    memcpy(a, x, PADDED * sizeof *a);
    memcpy(b, x, PADDED * sizeof *b);
    plain->soften(a, COLUMNS);
    other->soften(b, COLUMNS);
    assert_memory_equal(a, b, COLUMNS * sizeof *a);
    float sum = 0;
    for (int i = 0; i < COLUMNS; i++) sum += a[i];
    assert_true(fabsf(sum - 1) < 1e-5f);
    free(x);
    free(y);
    free(gain);
    free(shift);
    free(transposed);
}

static void norms_embeddings_products_and_probabilities_agree_bit_by_bit(void **state)
{
    (void)state;
    seed = 13;
    for_all_sets(check_rows);
}

static void a_row_of_zeros_stays_zero(void **state)
{
    (void)state;
    seed = 17;
    const dl_kernels *k = dl_kernels_best();
    layer l = random_layer(k, 32, 1);
    float x[32] = {0}, out[16];
    run_linear(k, out, x, 1, &l, false);
    assert_memory_equal(out, l.bias, sizeof out);
    free_layer(&l);
}

static void the_lowest_weight_is_told(void **state)
{
    (void)state;
    const dl_kernels *k = dl_kernels_best();
    int8_t *weight = memory(16 * 16);
    int32_t start[16];
    memset(weight, 1, 16 * 16);
    weight[200] = -128;
    assert_int_equal(k->weigh(start, weight, 1, 16), -128);
    assert_int_equal(start[0], -128 * 16);
    free(weight);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_layers_agree_bit_by_bit),
        cmocka_unit_test(a_linear_layer_is_what_the_format_says),
        cmocka_unit_test(a_rows_result_does_not_depend_on_its_neighbours),
        cmocka_unit_test(gelu_is_within_a_ten_thousandth),
        cmocka_unit_test(attention_agrees_bit_by_bit_and_with_the_textbook),
        cmocka_unit_test(norms_embeddings_products_and_probabilities_agree_bit_by_bit),
        cmocka_unit_test(products_of_any_shape_agree_bit_by_bit),
        cmocka_unit_test(a_row_of_zeros_stays_zero),
        cmocka_unit_test(the_lowest_weight_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
