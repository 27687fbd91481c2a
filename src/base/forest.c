/* forest.c - planting trees, and sending sixteen cases through them. */
#include "base/forest.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* Times a single bit it has its number's hash in the four topmost bits: each four bits in a row of it are different
 * (Leiserson, Prokop, Randall 1998, "Using de Bruijn sequences to index a 1 in a computer word"). */
enum { DE_BRUIJN = 0x09AF, HASH_SHIFT = 12 };

enum { MIDDLE = 0x8000, FRACTION_BITS = 10, FLOAT_FRACTION_BITS = 23, LEAST_EXPONENT = 112 };

/* A float as a whole number that sorts alike: five bits of its exponent, ten of its fraction. */
static int16_t shorten(float value)
{
    int32_t bits;
    memcpy(&bits, &value, sizeof bits);
    int32_t size = ((bits & INT32_MAX) >> (FLOAT_FRACTION_BITS - FRACTION_BITS)) - (LEAST_EXPONENT << FRACTION_BITS);
    size = size < 0 ? 0 : size > INT16_MAX ? INT16_MAX : size;
    return (int16_t)(bits < 0 ? -size : size);
}

/* ---- planting ---- */

typedef struct planting {
    dl_forest *out;
    const dl_trees *from;
    uint32_t test_count;
    float leaves[DL_FOREST_LEAVES];
    uint32_t leaf_count;
} planting;

static uint32_t twice(uint16_t bits)
{
    return bits | (uint32_t)bits << 16;
}

static uint32_t column_of(dl_forest *forest, uint16_t feature)
{
    uint32_t c = 0;
    while (c < forest->column_count && forest->features[c] != feature) c++;
    if (c == forest->column_count && c < DL_FOREST_COLUMNS) forest->features[forest->column_count++] = feature;
    return c;
}

/* Numbers the leaves under a node, low side first, and notes its tests; false if they are too many. */
static bool plant_node(planting *p, uint32_t at, uint32_t depth)
{
    const dl_trees_node *node = &p->from->nodes[at];
    if (p->leaf_count >= DL_FOREST_LEAVES || depth >= DL_FOREST_LEAVES) return false;
    if (node->feature < 0) {
        p->leaves[p->leaf_count++] = node->limit;
        return true;
    }
    uint32_t first = p->leaf_count, column = column_of(p->out, (uint16_t)node->feature);
    if (column >= DL_FOREST_COLUMNS || !plant_node(p, node->low, depth + 1)) return false;
    uint16_t taken = (uint16_t)((1u << p->leaf_count) - (1u << first));
    p->out->tests[p->test_count++] = (dl_forest_test){twice((uint16_t)shorten(node->limit)), twice(taken), column};
    return plant_node(p, node->high, depth + 1);
}

static bool plant_tree(planting *p, uint32_t root)
{
    dl_forest_tree *tree = &p->out->trees[p->out->tree_count];
    uint32_t tests = p->test_count;
    p->leaf_count = 0;
    if (!plant_node(p, root, 0)) return false;
    p->out->sizes[p->out->tree_count++] = (uint8_t)(p->test_count - tests);
    for (uint32_t i = 0; i < p->leaf_count; i++) {
        uint32_t value = (uint32_t)((int32_t)lrintf(p->leaves[i] / p->out->scale) + MIDDLE);
        uint32_t place = (uint16_t)(DE_BRUIJN << i) >> HASH_SHIFT;
        tree->low[place] = (uint8_t)value, tree->high[place] = (uint8_t)(value >> 8);
    }
    return true;
}

/* A power of two that lets the largest leaf fit 16 bits. */
static float find_scale(const dl_trees *trees)
{
    float largest = 0, scale = 1.0f / MIDDLE;
    for (uint32_t i = 0; i < trees->node_count; i++)
        if (trees->nodes[i].feature < 0) largest = fmaxf(largest, fabsf(trees->nodes[i].limit));
    while (largest >= scale * (MIDDLE - 1) && scale < 0x1p64f) scale *= 2;
    return scale;
}

dl_status dl_forest_plant(dl_forest *out, const dl_trees *trees, const char *file, dl_error *err)
{
    *out = (dl_forest){.bias = trees->bias, .scale = find_scale(trees)};
    planting p = {.out = out, .from = trees};
    out->tests = calloc((size_t)trees->root_count * DL_FOREST_LEAVES + 1, sizeof *out->tests);
    out->trees = calloc(trees->root_count + 1, sizeof *out->trees);
    out->sizes = calloc(trees->root_count + 1, sizeof *out->sizes);
    out->features = calloc(DL_FOREST_COLUMNS, sizeof *out->features);
    if (!out->tests || !out->trees || !out->sizes || !out->features) return dl_forest_free(out), dl_fail_memory(err);
    for (uint32_t t = 0; t < trees->root_count; t++)
        if (!plant_tree(&p, trees->roots[t]))
            return dl_forest_free(out), dl_fail(err, DL_BAD_DATA, file, 0, "a tree has more than %d leaves", DL_FOREST_LEAVES);
    return DL_OK;
}

void dl_forest_free(dl_forest *forest)
{
    free(forest->tests);
    free(forest->trees);
    free(forest->sizes);
    free(forest->features);
    *forest = (dl_forest){0};
}

/* ---- scoring ---- */

/* One number of each of eight cases, as all machines have it: signed, as bits, and two in one. */
enum { ROWS = 2, ROW = DL_FOREST_LANES / ROWS };
typedef int16_t row __attribute__((vector_size(ROW * sizeof(int16_t))));
typedef uint16_t row_bits __attribute__((vector_size(ROW * sizeof(int16_t))));
typedef uint32_t row_pairs __attribute__((vector_size(ROW * sizeof(int16_t))));

typedef union lanes {
    _Alignas(32) int16_t of[DL_FOREST_COLUMNS][DL_FOREST_LANES];
    row rows[DL_FOREST_COLUMNS][ROWS];
} lanes;

static void add_leaves(const dl_forest_tree *tree, row_bits left, uint32_t sums[ROW])
{
    row_bits places = ((left & -left) * DE_BRUIJN) >> HASH_SHIFT;
    for (int l = 0; l < ROW; l++) sums[l] += tree->low[places[l]] | (uint32_t)tree->high[places[l]] << 8;
}

static void sum_plain(const dl_forest *forest, const lanes *in, uint32_t sums[DL_FOREST_LANES])
{
    const dl_forest_test *test = forest->tests;
    for (uint32_t t = 0; t < forest->tree_count; t++) {
        row_bits first = ~(row_bits){0}, second = first;
        for (const dl_forest_test *end = test + forest->sizes[t]; test < end; test++) {
            row limits = (row)((row_pairs){0} + test->limit);
            row_bits taken = (row_bits)((row_pairs){0} + test->taken);
            const row *values = in->rows[test->column];
            first &= ~((row_bits)(values[0] > limits) & taken);
            second &= ~((row_bits)(values[1] > limits) & taken);
        }
        add_leaves(&forest->trees[t], first, sums);
        add_leaves(&forest->trees[t], second, sums + ROW);
    }
}

#ifdef __x86_64__
static void sum_wide(const dl_forest *forest, const lanes *in, uint32_t sums[DL_FOREST_LANES]) __attribute__((target("avx2")));

static void sum_wide(const dl_forest *forest, const lanes *in, uint32_t sums[DL_FOREST_LANES])
{
    enum { BEFORE_FULL = 256 }; /* so many bytes fit 16 bits */
    const __m256i none = _mm256_setzero_si256(), hash = _mm256_set1_epi16(DE_BRUIJN), no_byte = _mm256_set1_epi16((int16_t)0x8000);
    const dl_forest_test *test = forest->tests;
    for (uint32_t t = 0; t < forest->tree_count;) {
        uint32_t pause = forest->tree_count - t < BEFORE_FULL ? forest->tree_count : t + BEFORE_FULL;
        __m256i low = none, high = none;
        for (; t < pause; t++) {
            __m256i left = _mm256_set1_epi16(-1);
            for (const dl_forest_test *end = test + forest->sizes[t]; test < end; test++) {
                __m256i values = _mm256_load_si256((const __m256i *)(const void *)in->of[test->column]);
                __m256i above = _mm256_cmpgt_epi16(values, _mm256_set1_epi32((int32_t)test->limit));
                left = _mm256_andnot_si256(_mm256_and_si256(above, _mm256_set1_epi32((int32_t)test->taken)), left);
            }
            __m256i lowest = _mm256_and_si256(left, _mm256_sub_epi16(none, left));
            __m256i place = _mm256_or_si256(_mm256_srli_epi16(_mm256_mullo_epi16(lowest, hash), HASH_SHIFT), no_byte);
            const __m128i *leaves = (const __m128i *)(const void *)&forest->trees[t];
            low = _mm256_add_epi16(low, _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128(leaves)), place));
            high = _mm256_add_epi16(high, _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128(leaves + 1)), place));
        }
        uint16_t lows[DL_FOREST_LANES], highs[DL_FOREST_LANES];
        _mm256_storeu_si256((__m256i *)(void *)lows, low);
        _mm256_storeu_si256((__m256i *)(void *)highs, high);
        for (int l = 0; l < DL_FOREST_LANES; l++) sums[l] += lows[l] + ((uint32_t)highs[l] << 8);
    }
}

static bool has_wide(void)
{
    return __builtin_cpu_supports("avx2");
}
#else
static void sum_wide(const dl_forest *forest, const lanes *in, uint32_t sums[DL_FOREST_LANES])
{
    sum_plain(forest, in, sums);
}

static bool has_wide(void)
{
    return false;
}
#endif

static void fill_lanes(const dl_forest *forest, const float *features, size_t width, size_t count, lanes *out)
{
    for (uint32_t c = 0; c < forest->column_count; c++) {
        const float *value = features + forest->features[c];
        size_t l = 0;
        for (; l < count; l++, value += width) out->of[c][l] = shorten(*value);
        for (; l < DL_FOREST_LANES; l++) out->of[c][l] = 0;
    }
}

static void score(const dl_forest *forest, bool wide, const float *features, size_t width, size_t count, float *scores)
{
    lanes in;
    uint32_t sums[DL_FOREST_LANES] = {0};
    fill_lanes(forest, features, width, count, &in);
    if (wide) sum_wide(forest, &in, sums);
    else sum_plain(forest, &in, sums);
    for (size_t l = 0; l < count; l++) {
        int32_t sum = (int32_t)sums[l] - (int32_t)forest->tree_count * MIDDLE;
        scores[l] = 1 / (1 + expf(-(forest->bias + (float)sum * forest->scale)));
    }
}

void dl_forest_score(const dl_forest *forest, const float *features, size_t width, size_t count, float *scores)
{
    score(forest, has_wide(), features, width, count, scores);
}

bool dl_forest_score_with(const dl_forest *forest, bool wide, const float *features, size_t width, size_t count, float *scores)
{
    if (wide && !has_wide()) return false;
    score(forest, wide, features, width, count, scores);
    return true;
}
