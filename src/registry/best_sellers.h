/* best_sellers.h - what is sold most, series by series, with footprint and range of classes.
 *
 * A car whose footprint is being calculated is sold all the same and has its place. */
#ifndef TL_REGISTRY_BEST_SELLERS_H
#define TL_REGISTRY_BEST_SELLERS_H

#include "registry/car_market.h"
#include "registry/sales.h"

/* One car with sales, published or not. */
typedef struct tl_sold_car {
    const char *record, *product, *maker, *series, *powertrain, *currency;
    double units, price; /* price NAN where not stated */
    bool open;           /* a footprint is being calculated and none is published */
} tl_sold_car;

/* Every car with sales in the period, by record. */
TL_MUST_CHECK tl_status tl_sold_cars_read(tl_store *s, const tl_sales_period *p, tl_arena *arena,
                                          const tl_sold_car **out, size_t *n, tl_error *err);

typedef struct tl_best_scope {
    const char *id;            /* "all", "nev", or that of a band */
    const tl_price_band *band; /* NULL for the first two */
    bool new_energy;
} tl_best_scope;

/* TL_EINPUT names the scopes there are. NULL = "all". */
TL_MUST_CHECK tl_status tl_best_scope_find(const tl_car_market *market, const char *id,
                                           tl_arena *arena, tl_best_scope *out, tl_error *err);

typedef struct tl_best_seller {
    size_t rank;               /* from 1; equal units share the better rank */
    const char *name;          /* "Lynk & Co · 01"; the product where a car states no series */
    double units, share;       /* of all units in the scope */
    double g_km;               /* mean over its published models by their units, NAN without one */
    int class_low, class_high; /* range over its models, 0 = no model has a class */
    size_t models, published, open;
} tl_best_seller;

typedef struct tl_best_sellers {
    const tl_best_seller *items; /* all, by rank, then name */
    size_t n;
    double units;          /* of the scope */
    size_t left_out;       /* cars that a price band cannot place: no price, or one in */
    double units_left_out; /* another currency; their units */
} tl_best_sellers;

/* Cars of which none was sold have no place. The same cars in any order give the same bits. */
TL_MUST_CHECK tl_status tl_best_sellers_make(const tl_sold_car *sold, size_t n_sold,
                                             const tl_cars *cars, const tl_benchmarks *b,
                                             const tl_car_market *market,
                                             const tl_best_scope *scope, tl_arena *arena,
                                             tl_best_sellers *out, tl_error *err);

#endif
