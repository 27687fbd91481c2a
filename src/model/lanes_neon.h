/* lanes_neon.h - sixteen lanes in four 128-bit registers of 64-bit ARM; integer dot products by SDOT where compiled for it. */
#ifndef DL_MODEL_LANES_H
#define DL_MODEL_LANES_H

#include <arm_neon.h>
#include <stdint.h>
#include <string.h>

typedef struct lanes {
    float32x4_t v[4];
} lanes;
typedef struct ilanes {
    int32x4_t v[4];
} ilanes;

enum { TILE_ROWS = 4, TILE_PANELS = 1 };

#define FOUR(f) {{f(0), f(1), f(2), f(3)}}

static inline lanes lanes_load(const float *from)
{
    return (lanes){{vld1q_f32(from), vld1q_f32(from + 4), vld1q_f32(from + 8), vld1q_f32(from + 12)}};
}
static inline void lanes_store(float *to, lanes a)
{
    for (int i = 0; i < 4; i++) vst1q_f32(to + 4 * i, a.v[i]);
}
static inline lanes lanes_set(float x) { return (lanes){{vdupq_n_f32(x), vdupq_n_f32(x), vdupq_n_f32(x), vdupq_n_f32(x)}}; }
#define ONE(i) vaddq_f32(a.v[i], b.v[i])
static inline lanes lanes_add(lanes a, lanes b) { return (lanes)FOUR(ONE); }
#undef ONE
#define ONE(i) vsubq_f32(a.v[i], b.v[i])
static inline lanes lanes_sub(lanes a, lanes b) { return (lanes)FOUR(ONE); }
#undef ONE
#define ONE(i) vmulq_f32(a.v[i], b.v[i])
static inline lanes lanes_mul(lanes a, lanes b) { return (lanes)FOUR(ONE); }
#undef ONE
#define ONE(i) vfmaq_f32(c.v[i], a.v[i], b.v[i])
static inline lanes lanes_fused(lanes a, lanes b, lanes c) { return (lanes)FOUR(ONE); }
#undef ONE
#define ONE(i) vmaxq_f32(a.v[i], b.v[i])
static inline lanes lanes_max(lanes a, lanes b) { return (lanes)FOUR(ONE); }
#undef ONE
#define ONE(i) vminq_f32(a.v[i], b.v[i])
static inline lanes lanes_min(lanes a, lanes b) { return (lanes)FOUR(ONE); }
#undef ONE
#define ONE(i) vabsq_f32(a.v[i])
static inline lanes lanes_abs(lanes a) { return (lanes)FOUR(ONE); }
#undef ONE
#define ONE(i) vcvtq_f32_s32(a.v[i])
static inline lanes lanes_of_ints(ilanes a) { return (lanes)FOUR(ONE); }
#undef ONE
#define ONE(i) vcvtnq_s32_f32(a.v[i])
static inline ilanes lanes_round(lanes a) { return (ilanes)FOUR(ONE); }
#undef ONE
#define ONE(i) vreinterpretq_f32_s32(vaddq_s32(vreinterpretq_s32_f32(a.v[i]), vshlq_n_s32(n.v[i], 23)))
static inline lanes lanes_shift(lanes a, ilanes n) { return (lanes)FOUR(ONE); }
#undef ONE

static inline lanes lanes_load_bytes(const int8_t *from)
{
    int8x16_t bytes = vld1q_s8(from);
    int16x8_t low = vmovl_s8(vget_low_s8(bytes)), high = vmovl_s8(vget_high_s8(bytes));
    return lanes_of_ints((ilanes){{vmovl_s16(vget_low_s16(low)), vmovl_s16(vget_high_s16(low)), vmovl_s16(vget_low_s16(high)),
                                   vmovl_s16(vget_high_s16(high))}});
}
/* Activations are stored as signed bytes. */
static inline void lanes_store_activation(uint8_t *to, ilanes a)
{
    int16x8_t low = vcombine_s16(vqmovn_s32(a.v[0]), vqmovn_s32(a.v[1])), high = vcombine_s16(vqmovn_s32(a.v[2]), vqmovn_s32(a.v[3]));
    vst1q_s8((int8_t *)to, vcombine_s8(vqmovn_s16(low), vqmovn_s16(high)));
}

static inline float lanes_total(lanes a)
{
    float32x4_t four = vaddq_f32(vaddq_f32(a.v[0], a.v[2]), vaddq_f32(a.v[1], a.v[3]));
    float32x2_t two = vadd_f32(vget_low_f32(four), vget_high_f32(four));
    return vget_lane_f32(two, 0) + vget_lane_f32(two, 1);
}
static inline float lanes_highest(lanes a)
{
    return vmaxvq_f32(vmaxq_f32(vmaxq_f32(a.v[0], a.v[1]), vmaxq_f32(a.v[2], a.v[3])));
}

static inline ilanes ilanes_load(const int32_t *from)
{
    return (ilanes){{vld1q_s32(from), vld1q_s32(from + 4), vld1q_s32(from + 8), vld1q_s32(from + 12)}};
}
static inline void ilanes_store(int32_t *to, ilanes a)
{
    for (int i = 0; i < 4; i++) vst1q_s32(to + 4 * i, a.v[i]);
}
static inline ilanes ilanes_start(const int32_t *start)
{
    (void)start;
    return (ilanes){{vdupq_n_s32(0), vdupq_n_s32(0), vdupq_n_s32(0), vdupq_n_s32(0)}};
}

static inline int32x4_t dot_quarter(int32x4_t acc, int8x16_t x, int8x16_t w)
{
#ifdef __ARM_FEATURE_DOTPROD
    return vdotq_s32(acc, w, x);
#else
    /* Both are at most 127 in magnitude, so the sum of two products fits 16 bits. */
    int16x8_t low = vmull_s8(vget_low_s8(w), vget_low_s8(x)), high = vmull_s8(vget_high_s8(w), vget_high_s8(x));
    return vpadalq_s16(acc, vpaddq_s16(low, high));
#endif
}
static inline ilanes ilanes_dot(ilanes acc, const uint8_t *activation, const int8_t *weight)
{
    int32_t four;
    memcpy(&four, activation, 4);
    int8x16_t x = vreinterpretq_s8_s32(vdupq_n_s32(four));
#define ONE(i) dot_quarter(acc.v[i], x, vld1q_s8(weight + 16 * i))
    return (ilanes)FOUR(ONE);
#undef ONE
}

#endif
