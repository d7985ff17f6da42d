/* cars.h - every published car in memory, compact: what classes and statistics are made of. */
#ifndef TL_REGISTRY_CARS_H
#define TL_REGISTRY_CARS_H

#include "registry/record.h"

enum { TL_CAR_UNKNOWN = 255 }; /* a size, body or powertrain that is not stated */

/* Small codes for texts that repeat: place in the list of the fleet. */
typedef struct tl_car_words {
    const char *const *items; /* in byte order */
    size_t n;
} tl_car_words;

typedef struct tl_published_car {
    const char *id, *product;
    uint32_t maker;                   /* place in makers */
    uint8_t size, body, powertrain;   /* places in sizes, bodies, powertrains; TL_CAR_UNKNOWN */
    double g_km, kerb_mass_kg, price; /* NAN where not stated */
    const char *launched;             /* "" where not stated */
    int64_t version;
} tl_published_car;

typedef struct tl_cars {
    tl_published_car *cars; /* by id, so that the order of loading does not matter */
    size_t n;
    tl_car_words makers, sizes, bodies, powertrains;
} tl_cars;

/* Reads the published vehicle records in one pass. All in the arena. */
TL_MUST_CHECK tl_status tl_cars_read(tl_cars *out, tl_store *s, tl_arena *arena, tl_error *err);

#endif
