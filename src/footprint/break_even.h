/* break_even.h - two cars in one person's use: after how many kilometres one makes good what it
 * cost to make.
 *
 * A car is a straight line over the distance driven:
 *   E(x) = once + x * per_km
 *   once   = materials stage + vehicle production stage            (kg CO2e)
 *   per_km = (fuel production + driving + maintenance) / lifetime   (kg CO2e/km)
 * so that E(lifetime) is the footprint of result.h. Two lines cross at
 *   x = (once_a - once_b) / (per_km_b - per_km_a).
 * Maintenance (tyres, fluids, a second battery) is spread evenly over the lifetime; end of life is
 * outside the footprint, thus outside here. */
#ifndef TL_FOOTPRINT_BREAK_EVEN_H
#define TL_FOOTPRINT_BREAK_EVEN_H

#include "footprint/result.h"

typedef struct tl_car_course {
    double once_kg, kg_per_km;
    double low_kg_per_km, high_kg_per_km; /* ends of the stated energy use */
} tl_car_course;

tl_car_course tl_car_course_of(const tl_footprint *f);

typedef enum tl_break_even_kind {
    TL_BREAK_EVEN_CROSS,   /* one is lower at first, the other later */
    TL_BREAK_EVEN_A_LOWER, /* at any distance */
    TL_BREAK_EVEN_B_LOWER,
    TL_BREAK_EVEN_SAME
} tl_break_even_kind;

typedef struct tl_break_even {
    tl_break_even_kind kind;
    double km;      /* where they cross; NAN where they do not */
    bool a_is_last; /* a is the lower one beyond km */
} tl_break_even;

tl_break_even tl_break_even_of(double once_a, double per_km_a, double once_b, double per_km_b);

/* A parameter of the rule at both ends of its range, all else as it is. */
typedef struct tl_break_even_case {
    const tl_parameter *parameter; /* borrowed from the model */
    tl_break_even at_low, at_high;
} tl_break_even_case;

typedef struct tl_break_even_car {
    const tl_vehicle *vehicle;
    const tl_vehicle_part *parts;
    size_t n_parts;
} tl_break_even_car;

typedef struct tl_break_even_study {
    tl_car_course a, b;
    tl_break_even at;
    tl_break_even a_thrifty, b_thrifty; /* one car at the low end of its energy use, the other at
                                           the high end */
    tl_break_even_case cases[TL_CAR_PARAMETERS];
    size_t n_cases;         /* those that move it */
    double low_km, high_km; /* over all of these that cross; NAN: none does */
    bool always;            /* every case is of the kind of `at`, with the same car lower at last */
} tl_break_even_study;

/* Both cars with the model, with both ends of the stated energy use, and with both ends of each
 * parameter that has a range. TL_EINPUT where one of the cars has no footprint. */
TL_MUST_CHECK tl_status tl_break_even_study_make(const tl_car_model *m, const tl_break_even_car *a,
                                                 const tl_break_even_car *b,
                                                 tl_break_even_study *out, tl_error *err);

#endif
