/* refusals.h - the rows of a file that were not taken, while they are being collected. */
#ifndef TL_INTAKE_REFUSALS_H
#define TL_INTAKE_REFUSALS_H

#include "intake/vehicle_import.h"

/* All zero but for the arena, in which reasons are kept. */
typedef struct tl_refusals {
    tl_arena *arena;
    tl_row_refusal *items; /* owned */
    size_t n, cap;
} tl_refusals;

TL_MUST_CHECK tl_status tl_refusals_add(tl_refusals *r, size_t row, const char *reason,
                                        tl_error *err);

/* The list by row, in the arena. */
TL_MUST_CHECK tl_status tl_refusals_sorted(tl_refusals *r, const tl_row_refusal **out,
                                           tl_error *err);
void tl_refusals_clear(tl_refusals *r);

#endif
