/* lanes_avx2.h - sixteen lanes in two 256-bit registers. */
#ifndef DL_MODEL_LANES_H
#define DL_MODEL_LANES_H

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

typedef struct lanes {
    __m256 lo, hi;
} lanes;
typedef struct ilanes {
    __m256i lo, hi;
} ilanes;

enum { TILE_ROWS = 3, TILE_PANELS = 2 };

#define BOTH(f, a, b) ((lanes){f((a).lo, (b).lo), f((a).hi, (b).hi)})

static inline lanes lanes_load(const float *from) { return (lanes){_mm256_loadu_ps(from), _mm256_loadu_ps(from + 8)}; }
static inline void lanes_store(float *to, lanes a) { _mm256_storeu_ps(to, a.lo); _mm256_storeu_ps(to + 8, a.hi); }
static inline lanes lanes_set(float x) { return (lanes){_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
static inline lanes lanes_add(lanes a, lanes b) { return BOTH(_mm256_add_ps, a, b); }
static inline lanes lanes_sub(lanes a, lanes b) { return BOTH(_mm256_sub_ps, a, b); }
static inline lanes lanes_mul(lanes a, lanes b) { return BOTH(_mm256_mul_ps, a, b); }
static inline lanes lanes_fused(lanes a, lanes b, lanes c)
{
    return (lanes){_mm256_fmadd_ps(a.lo, b.lo, c.lo), _mm256_fmadd_ps(a.hi, b.hi, c.hi)};
}
static inline lanes lanes_max(lanes a, lanes b) { return BOTH(_mm256_max_ps, a, b); }
static inline lanes lanes_min(lanes a, lanes b) { return BOTH(_mm256_min_ps, a, b); }
static inline lanes lanes_abs(lanes a)
{
    __m256 mask = _mm256_castsi256_ps(_mm256_set1_epi32(0x7FFFFFFF));
    return (lanes){_mm256_and_ps(a.lo, mask), _mm256_and_ps(a.hi, mask)};
}

static inline lanes lanes_of_ints(ilanes a) { return (lanes){_mm256_cvtepi32_ps(a.lo), _mm256_cvtepi32_ps(a.hi)}; }
static inline ilanes lanes_round(lanes a) { return (ilanes){_mm256_cvtps_epi32(a.lo), _mm256_cvtps_epi32(a.hi)}; }
static inline __m256 shift_half(__m256 a, __m256i n)
{
    return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(a), _mm256_slli_epi32(n, 23)));
}
static inline lanes lanes_shift(lanes a, ilanes n) { return (lanes){shift_half(a.lo, n.lo), shift_half(a.hi, n.hi)}; }
static inline lanes lanes_load_bytes(const int8_t *from)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)from);
    return lanes_of_ints((ilanes){_mm256_cvtepi8_epi32(bytes), _mm256_cvtepi8_epi32(_mm_srli_si128(bytes, 8))});
}
static inline void lanes_store_activation(uint8_t *to, ilanes a)
{
    __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(a.lo, a.hi), 0xD8);
    __m128i bytes = _mm_packs_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    _mm_storeu_si128((__m128i *)to, bytes);
}

static inline float lanes_total(lanes a)
{
    __m256 eight = _mm256_add_ps(a.lo, a.hi);
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
}
static inline float lanes_highest(lanes a)
{
    __m256 eight = _mm256_max_ps(a.lo, a.hi);
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps(two, two, 1)));
}

static inline ilanes ilanes_load(const int32_t *from)
{
    return (ilanes){_mm256_loadu_si256((const __m256i *)from), _mm256_loadu_si256((const __m256i *)(from + 8))};
}
static inline void ilanes_store(int32_t *to, ilanes a)
{
    _mm256_storeu_si256((__m256i *)to, a.lo);
    _mm256_storeu_si256((__m256i *)(to + 8), a.hi);
}
static inline ilanes ilanes_start(const int32_t *start)
{
    (void)start;
    return (ilanes){_mm256_setzero_si256(), _mm256_setzero_si256()};
}
/* |x| as unsigned times w with x's sign: magnitudes stay at 127, so the sums of two products fit 16 bits. */
static inline __m256i dot_half(__m256i acc, __m256i x, __m256i magnitude, __m256i w)
{
    __m256i pairs = _mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(w, x));
    return _mm256_add_epi32(acc, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}
static inline ilanes ilanes_dot(ilanes acc, const uint8_t *activation, const int8_t *weight)
{
    int32_t four;
    memcpy(&four, activation, 4);
    __m256i x = _mm256_set1_epi32(four), magnitude = _mm256_abs_epi8(x);
    acc.lo = dot_half(acc.lo, x, magnitude, _mm256_loadu_si256((const __m256i *)weight));
    acc.hi = dot_half(acc.hi, x, magnitude, _mm256_loadu_si256((const __m256i *)(weight + 32)));
    return acc;
}

#endif
