/* kernel.c - which sampling kernel to call. */
#include <string.h>

#include "lca/draw.h"

#if defined(__x86_64__)
static int runs_512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
}

static int runs_256(void)
{
    return __builtin_cpu_supports("avx2");
}
#endif

const struct lca_kernel *lca_kernel_best(void)
{
#if defined(__x86_64__)
    if (runs_512())
        return &lca_kernel_512;
    if (runs_256())
        return &lca_kernel_256;
#endif
    return &lca_kernel_128;
}

const struct lca_kernel *lca_kernel_named(const char *name)
{
#if defined(__x86_64__)
    if (strcmp(name, lca_kernel_512.name) == 0)
        return runs_512() ? &lca_kernel_512 : NULL;
    if (strcmp(name, lca_kernel_256.name) == 0)
        return runs_256() ? &lca_kernel_256 : NULL;
#endif
    return strcmp(name, lca_kernel_128.name) == 0 ? &lca_kernel_128 : NULL;
}
