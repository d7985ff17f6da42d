/* kernel_512.c - the sampling kernels on 512-bit vectors; called only where the processor has them.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw"))),        \
                             apply_to = function)
#else
#pragma GCC target("avx512f,avx512vl,avx512dq,avx512bw")
#endif

#define VB 64
#define KERNEL lca_kernel_512
#define KERNEL_NAME "512"
#include "lca/kernel_body.h"

#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int not_for_this_processor;
#endif
