/* refusal.h - one row of a file that was not taken, and why. */
#ifndef TL_INTAKE_REFUSAL_H
#define TL_INTAKE_REFUSAL_H

#include <stddef.h>

typedef struct tl_row_refusal {
    size_t row; /* line of the file */
    const char *reason;
} tl_row_refusal;

#endif
