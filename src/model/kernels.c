/* kernels.c - choosing a kernel set at run time. */
#include "model/kernels.h"

#include "model/kernels_sets.h"

#ifdef __aarch64__
#include <sys/auxv.h>

enum { HAS_DOT_PRODUCTS = 1 << 20 }; /* HWCAP_ASIMDDP of <asm/hwcap.h> */
#endif

const dl_kernels *dl_kernels_at(size_t number, bool *known)
{
    *known = true;
    if (number == 0) return &dl_kernels_plain;
#ifdef __x86_64__
    if (number == 1) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &dl_kernels_avx2 : NULL;
    if (number == 2) {
        bool able = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("fma");
        return able ? &dl_kernels_avx512 : NULL;
    }
#elif defined __aarch64__
    if (number == 1) return &dl_kernels_neon;
    if (number == 2) return getauxval(AT_HWCAP) & HAS_DOT_PRODUCTS ? &dl_kernels_neon_dot : NULL;
#endif
    *known = false;
    return NULL;
}

const dl_kernels *dl_kernels_best(void)
{
    const dl_kernels *best = &dl_kernels_plain;
    bool known = true;
    for (size_t i = 0; known; i++) {
        const dl_kernels *set = dl_kernels_at(i, &known);
        if (set) best = set;
    }
    return best;
}
