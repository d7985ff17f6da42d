/* assumption.h - which assumptions move a car's footprint, and by how much.
 *
 * Each parameter of the rule that has a range is set to its low and its high end, one at a time,
 * with all else as it is; the list is sorted by the swing. */
#ifndef TL_FOOTPRINT_ASSUMPTION_H
#define TL_FOOTPRINT_ASSUMPTION_H

#include "footprint/result.h"

typedef struct tl_assumption {
    const tl_parameter *parameter; /* borrowed from the model */
    double at_low_g_km, at_high_g_km;
    double swing_g_km; /* |at_high - at_low| */
} tl_assumption;

/* Fills at most `cap` entries, largest swing first; entries without any swing are left out. */
TL_MUST_CHECK tl_status tl_car_assumptions(const tl_car_model *m, const tl_vehicle *v,
                                           const tl_vehicle_part *parts, size_t n_parts,
                                           tl_assumption *out, size_t cap, size_t *n,
                                           tl_error *err);

#endif
