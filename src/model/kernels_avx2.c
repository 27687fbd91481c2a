/* kernels_avx2.c - the kernels for x86-64 with AVX2; compiled with -mavx2. */
#include "model/kernels_sets.h"

#ifdef __AVX2__
#include "model/lanes_avx2.h"

#include "model/kernels_body.h"

const dl_kernels dl_kernels_avx2 = KERNEL_SET("avx2");
#endif
