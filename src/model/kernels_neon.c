/* kernels_neon.c - the kernels for 64-bit ARM, any of which has NEON. */
#include "model/kernels_sets.h"

#ifdef __aarch64__
#include "model/lanes_neon.h"

#include "model/kernels_body.h"

const dl_kernels dl_kernels_neon = KERNEL_SET("neon");
#endif
