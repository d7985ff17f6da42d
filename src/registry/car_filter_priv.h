/* car_filter_priv.h - a filter made ready: each text looked up once, each car tested by numbers. */
#ifndef TL_REGISTRY_CAR_FILTER_PRIV_H
#define TL_REGISTRY_CAR_FILTER_PRIV_H

#include "registry/statistics.h"

enum {
    TL_MISS_MAKER = 1,
    TL_MISS_SIZE = 2,
    TL_MISS_BODY = 4,
    TL_MISS_POWERTRAIN = 8,
    TL_MISS_CLASS = 16,
    TL_MISS_NUMBER = 32,
    TL_MISS_CURRENCY = 64 /* no price that the bounds could be held against */
};

enum { TL_PLACE_ANY = -1, TL_PLACE_NONE = -2 }; /* NONE: a text no car has */

typedef struct tl_car_sieve {
    int64_t maker, size, body, powertrain; /* place in the list, or one of the above */
    double lowest_g_km, highest_g_km, lowest_price, highest_price;
    bool price;             /* asked for: a car without one does not pass */
    uint8_t price_currency; /* place, TL_CAR_UNKNOWN: of no car */
    const char *currency;   /* "" where no price is asked for */
    int class_number;
} tl_car_sieve;

/* TL_EINPUT as statistics.h says. Texts of *out are borrowed from the filter and the cars. */
TL_MUST_CHECK tl_status tl_car_sieve_make(const tl_cars *cars, const tl_car_filter *f,
                                          tl_car_sieve *out, tl_error *err);

/* The tests a car fails, 0 = it passes. */
static inline unsigned tl_car_sieve_misses(const tl_car_sieve *s, const tl_published_car *c,
                                           const tl_benchmark *b)
{
    unsigned misses = 0;
    misses |= s->maker != TL_PLACE_ANY && s->maker != c->maker ? TL_MISS_MAKER : 0;
    misses |= s->size != TL_PLACE_ANY && s->size != c->size ? TL_MISS_SIZE : 0;
    misses |= s->body != TL_PLACE_ANY && s->body != c->body ? TL_MISS_BODY : 0;
    misses |=
        s->powertrain != TL_PLACE_ANY && s->powertrain != c->powertrain ? TL_MISS_POWERTRAIN : 0;
    misses |= s->class_number && s->class_number != b->class_number ? TL_MISS_CLASS : 0;
    misses |= !(c->g_km >= s->lowest_g_km && c->g_km <= s->highest_g_km) ? TL_MISS_NUMBER : 0;
    if (!s->price)
        return misses;
    if (!(c->price >= 0) || c->currency != s->price_currency || c->currency == TL_CAR_UNKNOWN)
        return misses | TL_MISS_CURRENCY;
    misses |= c->price < s->lowest_price || c->price > s->highest_price ? TL_MISS_NUMBER : 0;
    return misses;
}

#endif
