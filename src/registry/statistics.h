/* statistics.h - published cars in numbers: by maker, group, powertrain, size class, launch. */
#ifndef TL_REGISTRY_STATISTICS_H
#define TL_REGISTRY_STATISTICS_H

#include "registry/peer.h"

typedef enum tl_car_field {
    TL_CARS_ALL,
    TL_CARS_BY_MAKER,
    TL_CARS_BY_POWERTRAIN,
    TL_CARS_BY_SIZE,
    TL_CARS_BY_BODY,
    TL_CARS_BY_YEAR, /* of launch */
    TL_CARS_BY_MONTH,
    TL_CARS_BY_SERIES,
    TL_CARS_BY_GROUP, /* this and the next: after tl_cars_find_owners */
    TL_CARS_BY_STYLE,
    TL_CAR_FIELDS
} tl_car_field;

/* Sales of one car, for weighted means. */
typedef struct tl_car_sales {
    const char *id;
    double units;
} tl_car_sales;

typedef struct tl_car_group {
    const char *key; /* maker, powertrain, ...; "" = not stated */
    size_t cars, with_category, below;
    double eta;                                  /* below / with_category, NAN without one */
    double mean_g_km, lowest_g_km, highest_g_km; /* plain mean over models */
    double weighted_g_km;                        /* by sales, NAN where none are known */
    size_t with_sales;
    size_t classes[TL_CLASSES_MAX + 1]; /* [0] = no class; counts, so shares add up */
} tl_car_group;

/* Groups by descending number of cars, then key; years and months in the order of time, not stated
 * last. sales may be NULL; those of a car that is not
 * published count nowhere, 0 units sold is known. TL_EINPUT names a car whose sales are there twice
 * or no number. The same cars in any order give the same bits. */
TL_MUST_CHECK tl_status tl_car_groups_make(const tl_cars *cars, const tl_benchmarks *b,
                                           const tl_car_sales *sales, size_t n_sales,
                                           tl_car_field field, tl_arena *arena,
                                           const tl_car_group **out, size_t *n, tl_error *err);

/* Cars that pass: NULL or "" = any; a text no car has: none. Bounds are included. Bounds of price
 * are in `currency`, which may be left out where all prices are in one; a car with a price in
 * another currency, or none, passes no bound of price. As a whole NULL = every car. */
typedef struct tl_car_filter {
    const char *maker, *size, *body, *powertrain, *currency;
    double lowest_g_km, highest_g_km, lowest_price, highest_price; /* NAN = any */
    int class_number;                                              /* 0 = any */
} tl_car_filter;

/* Facets of a search: how many cars pass with each value of each field, the filter of the field
 * itself left aside. */
typedef struct tl_car_facets {
    size_t passed;
    size_t not_priced;    /* would pass, but for a price in the currency of the bounds */
    const char *currency; /* of the bounds of price, "" where there are none */
    const size_t *makers, *sizes, *bodies, *powertrains; /* by place in the lists of the cars */
    size_t classes[TL_CLASSES_MAX + 1];
} tl_car_facets;

/* TL_EINPUT for a filter that is none: no such class, a lowest above its highest, bounds of price
 * where prices are in several currencies and none is named. The same of the histogram. */
TL_MUST_CHECK tl_status tl_car_facets_count(const tl_cars *cars, const tl_benchmarks *b,
                                            const tl_car_filter *f, tl_arena *arena,
                                            tl_car_facets *out, tl_error *err);

enum { TL_CAR_BINS_MAX = 10000 };

/* Distribution of all cars that pass in bins of `width` g/km, and the bin of one car (SIZE_MAX: not
 * asked for, or not among them). Bins begin at whole multiples of the width, a value on an edge
 * belongs to the bin above it; no car, no bin. TL_EINPUT for a width that is none or makes more
 * than TL_CAR_BINS_MAX. */
typedef struct tl_car_histogram {
    double from, width;
    const size_t *counts;
    size_t n, marked;
    size_t not_priced; /* these two as in tl_car_facets */
    const char *currency;
} tl_car_histogram;
TL_MUST_CHECK tl_status tl_car_histogram_make(const tl_cars *cars, const tl_benchmarks *b,
                                              const tl_car_filter *f, double width,
                                              const char *marked, tl_arena *arena,
                                              tl_car_histogram *out, tl_error *err);

#endif
