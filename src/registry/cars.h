/* cars.h - every published car in memory, compact: what classes and statistics are made of. */
#ifndef TL_REGISTRY_CARS_H
#define TL_REGISTRY_CARS_H

#include "registry/record.h"

enum { TL_CAR_UNKNOWN = 255 };    /* a size, body, powertrain or currency that is not stated */
#define TL_CAR_NO_WORD UINT32_MAX /* the same for a series, company, group or style */

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
    uint8_t currency;         /* of the price; place in currencies, TL_CAR_UNKNOWN */
    uint32_t series, company; /* places in series and companies, TL_CAR_NO_WORD */
    uint32_t group, style;    /* places in groups and styles; see car_owners.h */
} tl_published_car;

/* Between maker and series in the name of a series. */
#define TL_SERIES_MARK " · "

/* Ids with what people call them; en and zh stand beside the ids. */
typedef struct tl_car_names {
    tl_car_words ids;
    const char *const *en, *const *zh;
} tl_car_names;

typedef struct tl_cars {
    tl_published_car *cars; /* by id, so that the order of loading does not matter */
    size_t n;
    tl_car_words makers, sizes, bodies, powertrains, currencies;
    tl_car_words series;         /* "Lynk & Co · 01": two makers may have a series of one name */
    tl_car_words companies;      /* ids in the register of companies, where a record names one */
    tl_car_names groups, styles; /* empty until tl_cars_find_owners */
} tl_cars;

/* Reads the published vehicle records in one pass; groups and styles stay empty. All in the arena.
 */
TL_MUST_CHECK tl_status tl_cars_read(tl_cars *out, tl_store *s, tl_arena *arena, tl_error *err);

#endif
