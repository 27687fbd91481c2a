/* kernels_sets.h - the kernel sets of kernels_*.c. */
#ifndef DL_MODEL_KERNELS_SETS_H
#define DL_MODEL_KERNELS_SETS_H

#include "model/kernels.h"

extern const dl_kernels dl_kernels_plain;
#ifdef __x86_64__
extern const dl_kernels dl_kernels_avx2, dl_kernels_avx512;
#elif defined __aarch64__
extern const dl_kernels dl_kernels_neon, dl_kernels_neon_dot;
#endif

#endif
