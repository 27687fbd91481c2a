/* lanes_avx512.h - sixteen lanes in one 512-bit register, with VNNI's four-byte dot products. */
#ifndef DL_MODEL_LANES_H
#define DL_MODEL_LANES_H

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

typedef __m512 lanes;
typedef __m512i ilanes;

enum { TILE_ROWS = 8, TILE_PANELS = 3 };

static inline lanes lanes_load(const float *from) { return _mm512_loadu_ps(from); }
static inline void lanes_store(float *to, lanes a) { _mm512_storeu_ps(to, a); }
static inline lanes lanes_set(float x) { return _mm512_set1_ps(x); }
static inline lanes lanes_add(lanes a, lanes b) { return _mm512_add_ps(a, b); }
static inline lanes lanes_sub(lanes a, lanes b) { return _mm512_sub_ps(a, b); }
static inline lanes lanes_mul(lanes a, lanes b) { return _mm512_mul_ps(a, b); }
static inline lanes lanes_fused(lanes a, lanes b, lanes c) { return _mm512_fmadd_ps(a, b, c); }
static inline lanes lanes_max(lanes a, lanes b) { return _mm512_max_ps(a, b); }
static inline lanes lanes_min(lanes a, lanes b) { return _mm512_min_ps(a, b); }
static inline lanes lanes_abs(lanes a) { return _mm512_abs_ps(a); }

static inline lanes lanes_of_ints(ilanes a) { return _mm512_cvtepi32_ps(a); }
static inline ilanes lanes_round(lanes a) { return _mm512_cvtps_epi32(a); }
static inline lanes lanes_shift(lanes a, ilanes n)
{
    return _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(a), _mm512_slli_epi32(n, 23)));
}
static inline lanes lanes_load_bytes(const int8_t *from)
{
    return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)from)));
}
/* Activations are stored with 128 added, as VPDPBUSD takes them; ilanes_start takes it off again. */
static inline void lanes_store_activation(uint8_t *to, ilanes a)
{
    __m128i bytes = _mm512_cvtepi32_epi8(_mm512_add_epi32(a, _mm512_set1_epi32(128)));
    _mm_storeu_si128((__m128i *)to, bytes);
}

static inline float lanes_total(lanes a)
{
    __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
}
static inline float lanes_highest(lanes a)
{
    __m256 eight = _mm256_max_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps(two, two, 1)));
}

static inline ilanes ilanes_load(const int32_t *from) { return _mm512_loadu_si512(from); }
static inline void ilanes_store(int32_t *to, ilanes a) { _mm512_storeu_si512(to, a); }
static inline ilanes ilanes_start(const int32_t *start) { return _mm512_loadu_si512(start); }
static inline ilanes ilanes_dot(ilanes acc, const uint8_t *activation, const int8_t *weight)
{
    int32_t four;
    memcpy(&four, activation, 4);
    return _mm512_dpbusd_epi32(acc, _mm512_set1_epi32(four), _mm512_loadu_si512(weight));
}

#endif
