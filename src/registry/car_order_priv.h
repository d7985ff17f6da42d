/* car_order_priv.h - how all cars are gone through: by id, by a number, and sums that stay exact.
 *
 * Everything that adds goes by id, so that the order of loading changes no bit of a result. */
#ifndef TL_REGISTRY_CAR_ORDER_PRIV_H
#define TL_REGISTRY_CAR_ORDER_PRIV_H

#include <math.h>

#include "registry/cars.h"

typedef struct tl_car_key {
    uint64_t key;
    uint32_t car; /* place in the cars */
} tl_car_key;

/* A key that sorts as v does; v is not NAN, and -0 is 0. */
uint64_t tl_car_key_of(double v);

/* Stable sort by key: a radix sort, linear in n; scratch holds n too. */
void tl_car_keys_sort(tl_car_key *items, tl_car_key *scratch, size_t n);

/* Places of the cars by id, owned by the caller (free). TL_EINPUT names a car that is there twice,
 * whose g/km or kerb mass is no sound number, or whose codes are outside their lists. */
TL_MUST_CHECK tl_status tl_cars_order(const tl_cars *cars, uint32_t **out, tl_error *err);

/* Size class, body and powertrain as one number that sorts as they do; false if one is unknown. */
static inline bool tl_car_segment(const tl_published_car *c, uint32_t *segment)
{
    *segment = (uint32_t)c->size << 16 | (uint32_t)c->body << 8 | c->powertrain;
    return c->size != TL_CAR_UNKNOWN && c->body != TL_CAR_UNKNOWN &&
           c->powertrain != TL_CAR_UNKNOWN;
}

/* A running sum whose error does not grow with the number of terms (A. Neumaier, Rundungsfehler-
 * analyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54 (1974), p. 39). */
typedef struct tl_car_sum {
    double total, rest;
} tl_car_sum;

static inline void tl_car_sum_add(tl_car_sum *s, double v)
{
    const double t = s->total + v;
    s->rest += fabs(s->total) >= fabs(v) ? (s->total - t) + v : (v - t) + s->total;
    s->total = t;
}

static inline double tl_car_sum_value(const tl_car_sum *s)
{
    return s->total + s->rest;
}

#endif
