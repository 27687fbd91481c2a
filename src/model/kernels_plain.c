/* kernels_plain.c - the kernels in plain C, for any machine. */
#include "model/kernels_sets.h"
#include "model/lanes_plain.h"

#include "model/kernels_body.h"

const dl_kernels dl_kernels_plain = KERNEL_SET("plain");
