/* kernel_128.c - the sampling kernels on 128-bit vectors; runs wherever the program does. */
#include <stddef.h>
#include <stdint.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define VB 16
#define KERNEL lca_kernel_128
#define KERNEL_NAME "128"
#include "lca/kernel_body.h"
