/* kernel_256.c - the sampling kernels on 256-bit vectors; called only where the processor has them.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC target("avx2")
#endif

#define VB 32
#define KERNEL lca_kernel_256
#define KERNEL_NAME "256"
#include "lca/kernel_body.h"

#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int not_for_this_processor;
#endif
