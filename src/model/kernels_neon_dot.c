/* kernels_neon_dot.c - the kernels for 64-bit ARM with integer dot products; compiled with -march=armv8.2-a+dotprod. */
#include "model/kernels_sets.h"

#if defined __aarch64__ && defined __ARM_FEATURE_DOTPROD
#include "model/lanes_neon.h"

#include "model/kernels_body.h"

const dl_kernels dl_kernels_neon_dot = KERNEL_SET("neon-dotprod");
#endif
