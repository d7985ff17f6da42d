/* kernel_128.c - the sampling kernels on 128-bit vectors; runs wherever the program does. */
#include "lca/kernel_body.h"
