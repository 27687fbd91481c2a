/* kernels_avx512.c - the kernels for x86-64 with AVX-512 and VNNI; compiled with -mavx512vnni and what it needs. */
#include "model/kernels_sets.h"

#ifdef __AVX512VNNI__
#include "model/lanes_avx512.h"

#include "model/kernels_body.h"

const dl_kernels dl_kernels_avx512 = KERNEL_SET("avx512-vnni");
#endif
