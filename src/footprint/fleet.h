/* fleet.h - all cars at once: footprints, categories and their means, classes, makers.
 *
 * A category is size class x body x powertrain. eta = m / M: M all cars of a maker that have a
 * category, m those below the mean of theirs (strictly; equal is not below), as in the quarterly
 * report of the vehicle platform. Means are plain means over models, not weighted by sales. */
#ifndef TL_FOOTPRINT_FLEET_H
#define TL_FOOTPRINT_FLEET_H

#include "base/log.h"
#include "footprint/assumption.h"
#include "footprint/class_rule.h"
#include "footprint/result.h"

#define TL_NO_CATEGORY SIZE_MAX

enum { TL_FLEET_ASSUMPTIONS = 3 };

typedef struct tl_fleet_car {
    const tl_vehicle *vehicle;
    const char *refused; /* why there is no footprint; NULL if there is one */
    tl_footprint footprint;
    size_t category;  /* TL_NO_CATEGORY if a part of it is not known */
    double g_km;      /* total */
    double to_mean;   /* (g_km - mean of category) / mean */
    bool below;       /* strictly below that mean */
    size_t rank;      /* in the category, 1 = lowest; ties share the better rank */
    int class_number; /* 0 = none */
    /* filled by tl_fleet_explain */
    const char *input_hash; /* NULL before, and without a footprint */
    tl_assumption assumptions[TL_FLEET_ASSUMPTIONS];
    size_t n_assumptions;
} tl_fleet_car;

typedef struct tl_category {
    const char *size_class, *body, *powertrain;
    size_t n;
    double mean_g_km, lowest_g_km, highest_g_km;
} tl_category;

typedef struct tl_maker {
    const char *brand;
    size_t cars;          /* with a footprint */
    size_t with_category; /* M */
    size_t below;         /* m */
    double eta;           /* NAN if M is 0 */
    double mean_g_km;
    size_t classes[TL_CLASSES_MAX + 1]; /* cars by class number; [0] = no class */
} tl_maker;

/* g CO2e/km over many draws (draws.h); all NAN for a car without a footprint. */
typedef struct tl_spread {
    double mean, sd, p2_5, median, p97_5;
} tl_spread;

typedef struct tl_fleet {
    tl_fleet_car *cars;      /* in the order of import; all in the arena */
    tl_category *categories; /* by size, body, powertrain */
    tl_maker *makers;        /* by eta, largest first; then by M, then by name */
    size_t n_cars, n_categories, n_makers;
    size_t computed, refused;
    tl_class_rule classes;
    tl_pins pins;             /* of the classes; those of the footprints are the model's */
    const tl_spread *spreads; /* by car; NULL unless drawn; borrowed */
    const tl_viewer *who;     /* whose bills are counted; borrowed, NULL: nobody's */
} tl_fleet;

/* Computes every car in the database that the viewer sees, by its source alone where the viewer may
 * not see its bill of materials. progress may be NULL. */
TL_MUST_CHECK tl_status tl_fleet_compute(tl_fleet *out, tl_store *s, const tl_viewer *who,
                                         tl_car_model *m, const tl_log *progress, tl_arena *arena,
                                         tl_error *err);

/* Adds to every computed car its input hash and the assumptions that move it most. m is the model
 * the fleet was computed with. */
TL_MUST_CHECK tl_status tl_fleet_explain(tl_fleet *f, tl_store *s, const tl_car_model *m,
                                         tl_arena *arena, tl_error *err);

/* The category of a car among the fleet's, NULL if it has none. */
const tl_category *tl_fleet_category(const tl_fleet *f, const tl_fleet_car *car);

/* The car with this id, NULL if there is none. */
const tl_fleet_car *tl_fleet_find(const tl_fleet *f, const char *id);

#endif
