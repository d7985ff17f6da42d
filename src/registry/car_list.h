/* car_list.h - published cars one by one: those that pass a filter, and those that do better than
 * one of them. */
#ifndef TL_REGISTRY_CAR_LIST_H
#define TL_REGISTRY_CAR_LIST_H

#include "registry/statistics.h"

/* Places in the cars, lowest footprint first, then by id. */
typedef struct tl_car_list {
    const size_t *places; /* in the arena */
    size_t n;
    size_t not_priced; /* these two as in tl_car_facets */
    const char *currency;
} tl_car_list;

/* The cars that pass. below_g_km: only those strictly below, so that the bins of a histogram, which
 * do not hold their upper edge, can be asked for; NAN = any. TL_EINPUT as tl_car_facets_count. */
TL_MUST_CHECK tl_status tl_car_list_make(const tl_cars *cars, const tl_benchmarks *b,
                                         const tl_car_filter *f, double below_g_km, tl_arena *arena,
                                         tl_car_list *out, tl_error *err);

/* How much dearer a car may be and still be named in place of another: our own declaration. */
#define TL_BETTER_PRICE 1.1

typedef struct tl_better_how {
    bool any_powertrain;
    size_t top; /* 0: all */
} tl_better_how;

/* Cars to take instead of the one at `place`: same size class, body and (unless any will do)
 * powertrain, a strictly lower footprint, at most TL_BETTER_PRICE times its price where both are
 * stated in one currency, one of each series. None where its size class or body is not known. */
TL_MUST_CHECK tl_status tl_car_better_make(const tl_cars *cars, size_t place,
                                           const tl_better_how *how, tl_arena *arena,
                                           tl_car_list *out, tl_error *err);

#endif
