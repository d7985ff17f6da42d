/* compare.h - candidates side by side, in one unit where their dimensions allow it. */
#ifndef TL_FACTOR_COMPARE_H
#define TL_FACTOR_COMPARE_H

#include "factor/factor.h"

/* Factors with one gas basis and one dimension: their values can be compared, others cannot. */
typedef struct tl_factor_group {
    const char *unit;  /* the unit most of them have, the first of these: what all are shown in */
    const char *basis; /* "CO2" or "CO2e" */
    size_t count, verified;
    double min, median, max; /* over the verified ones only; all 0 where there is none */
} tl_factor_group;

typedef struct tl_factor_row {
    const tl_factor *factor;
    size_t group;
    double value; /* in the unit of the group */
} tl_factor_row;

typedef struct tl_factor_comparison {
    const tl_factor_row *rows; /* by group, then in the order given */
    size_t row_count;
    const tl_factor_group *groups; /* in the order of their first factor */
    size_t group_count;
} tl_factor_comparison;

/* Compares n factors, which are borrowed as long as the arena; the rest is in the arena. The median
 * of an even number is the mean of the middle two. */
TL_MUST_CHECK tl_status tl_factor_compare(const tl_factor *factors, size_t n, tl_arena *arena,
                                          tl_factor_comparison *out, tl_error *err);

#endif
