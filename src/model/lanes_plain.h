/* lanes_plain.h - sixteen lanes in plain C; what the other lanes_*.h must agree with, bit by bit. */
#ifndef DL_MODEL_LANES_H
#define DL_MODEL_LANES_H

#include <stdint.h>
#include <string.h>

typedef struct lanes {
    float v[16];
} lanes;
typedef struct ilanes {
    int32_t v[16];
} ilanes;

enum { TILE_ROWS = 4, TILE_PANELS = 1 };

#define EACH for (int i = 0; i < 16; i++)

static inline lanes lanes_load(const float *from) { lanes a; memcpy(a.v, from, sizeof a.v); return a; }
static inline void lanes_store(float *to, lanes a) { memcpy(to, a.v, sizeof a.v); }
static inline lanes lanes_set(float x) { lanes a; EACH a.v[i] = x; return a; }
static inline lanes lanes_add(lanes a, lanes b) { EACH a.v[i] += b.v[i]; return a; }
static inline lanes lanes_sub(lanes a, lanes b) { EACH a.v[i] -= b.v[i]; return a; }
static inline lanes lanes_mul(lanes a, lanes b) { EACH a.v[i] *= b.v[i]; return a; }
/* a x b + c, rounded once. */
static inline lanes lanes_fused(lanes a, lanes b, lanes c) { EACH a.v[i] = __builtin_fmaf(a.v[i], b.v[i], c.v[i]); return a; }
static inline lanes lanes_max(lanes a, lanes b) { EACH a.v[i] = a.v[i] > b.v[i] ? a.v[i] : b.v[i]; return a; }
static inline lanes lanes_min(lanes a, lanes b) { EACH a.v[i] = a.v[i] < b.v[i] ? a.v[i] : b.v[i]; return a; }
static inline lanes lanes_abs(lanes a) { EACH a.v[i] = a.v[i] < 0 ? -a.v[i] : a.v[i]; return a; }

static inline lanes lanes_of_ints(ilanes a) { lanes r; EACH r.v[i] = (float)a.v[i]; return r; }
/* To the nearest, half to even, by the classical constant 1.5 x 2^23; for magnitudes below 2^22. */
static inline ilanes lanes_round(lanes a)
{
    ilanes r;
    EACH r.v[i] = (int32_t)((a.v[i] + 12582912.0f) - 12582912.0f);
    return r;
}
/* a x 2^n for results in the normal range: n is added to the exponent. */
static inline lanes lanes_shift(lanes a, ilanes n)
{
    uint32_t bits[16];
    memcpy(bits, a.v, sizeof bits);
    EACH bits[i] += (uint32_t)n.v[i] << 23;
    memcpy(a.v, bits, sizeof bits);
    return a;
}
static inline lanes lanes_load_bytes(const int8_t *from) { lanes r; EACH r.v[i] = (float)from[i]; return r; }
/* Activations are stored as signed bytes. */
static inline void lanes_store_activation(uint8_t *to, ilanes a) { EACH to[i] = (uint8_t)(int8_t)a.v[i]; }

static inline float lanes_total(lanes a)
{
    for (int half = 8; half; half /= 2)
        for (int i = 0; i < half; i++) a.v[i] += a.v[i + half];
    return a.v[0];
}
static inline float lanes_highest(lanes a)
{
    for (int half = 8; half; half /= 2)
        for (int i = 0; i < half; i++) a.v[i] = a.v[i] > a.v[i + half] ? a.v[i] : a.v[i + half];
    return a.v[0];
}

static inline ilanes ilanes_load(const int32_t *from) { ilanes a; memcpy(a.v, from, sizeof a.v); return a; }
static inline void ilanes_store(int32_t *to, ilanes a) { memcpy(to, a.v, sizeof a.v); }
static inline ilanes ilanes_start(const int32_t *start) { (void)start; return (ilanes){{0}}; }
/* acc[j] += the four activations . the j-th four weights */
static inline ilanes ilanes_dot(ilanes acc, const uint8_t *activation, const int8_t *weight)
{
    const int8_t *x = (const int8_t *)activation;
    EACH acc.v[i] += x[0] * weight[4 * i] + x[1] * weight[4 * i + 1] + x[2] * weight[4 * i + 2] + x[3] * weight[4 * i + 3];
    return acc;
}

#endif
