/* per.h - a factor for another denominator: per m3 what was per tonne.
 *
 * Within one dimension that is a conversion of units. From mass to volume it takes a density, from
 * either to energy a heating value; without the one needed the question is refused with its name,
 * for no default would be right. A normal cubic metre is not a cubic metre (quantity/unit.h): the
 * density or heating value must be in the one that is asked about. */
#ifndef TL_FACTOR_PER_H
#define TL_FACTOR_PER_H

#include "factor/factor.h"

typedef struct tl_factor_per_query {
    const char *unit;          /* "m3", "kWh" */
    const char *density;       /* "7.85 t/m3"; NULL: not given */
    const char *heating_value; /* "42.6 GJ/t", "38.9 MJ/Nm3"; NULL: not given */
} tl_factor_per_query;

typedef struct tl_factor_per_answer {
    double value;
    const char *unit; /* "kgCO2e/m3", in the arena */
    bool used_density, used_heating_value;
} tl_factor_per_answer;

/* TL_EINPUT for an unknown unit or a density that is none, and where an item is missing (named) or
 * nothing leads from one denominator to the other. */
TL_MUST_CHECK tl_status tl_factor_per(const tl_factor *f, const tl_factor_per_query *query,
                                      tl_arena *arena, tl_factor_per_answer *out, tl_error *err);

#endif
