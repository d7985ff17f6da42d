/* vehicle.h - a car as its source describes it, and where such cars are kept.
 *
 * A car of public data belongs to nobody and everybody sees it; a car that an organisation brought
 * in is that organisation's, and so is the bill of materials of a car. Who may not see a car finds
 * none; who may not see its bill finds a car without one. The bill of a public car is for those
 * who see all organisations.
 *
 * Numbers that a source does not give are NAN, texts that it does not give are NULL. */
#ifndef TL_FOOTPRINT_VEHICLE_H
#define TL_FOOTPRINT_VEHICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "store/store.h"
#include "store/viewer.h"

typedef struct tl_vehicle {
    const char *id; /* "ademe-3f2a91c04b7d": from the content of its row, stable over imports */
    const char *map;
    int64_t source_row; /* line of the file */
    const char *brand, *maker_group, *model, *description;
    const char *size_class, *body, *powertrain; /* ids of data/car-rule/categories.csv */
    const char *fuel;                           /* id of data/car-rule/fuels.csv; NULL for none */
    double kerb_mass_kg;
    double fuel_low, fuel_high; /* L/100 km (m3/100 km for cng), combined cycle */
    double electricity_low_wh_km, electricity_high_wh_km;
    bool electricity_at_mains; /* charging losses are included in the figures above */
    double range_low_km, range_high_km;
    double battery_kwh;
    const char *chemistry;              /* option of battery.chemistry */
    double co2_low_g_km, co2_high_g_km; /* as tested, tailpipe */
    int64_t year;                       /* model year, 0 = not stated */
    double price;                       /* as stated, in `currency` */
    const char *currency;
    const char *tenant;  /* the organisation that it belongs to; NULL: a public car */
    const char *company; /* in the register, of that organisation; NULL: none. Only read */
} tl_vehicle;

/* One row of a car's own bill of materials. */
typedef struct tl_vehicle_part {
    const char *part, *material; /* material: id of data/car-rule/materials.csv */
    double mass_kg;
    const char *supplier, *process; /* may be "" */
    double recycled_share;          /* 0..1 */
} tl_vehicle_part;

/* Inserts a car of an import. *already: the very car was there, nothing changed. TL_ECONFLICT if
 * another car has its id, or the row breaks a rule of the table. */
TL_MUST_CHECK tl_status tl_vehicle_add(tl_store *s, int64_t import_id, const tl_vehicle *v,
                                       bool *already, tl_error *err);

/* One car, texts in the arena. TL_ENOTFOUND, in the same words where the viewer may not see it. */
TL_MUST_CHECK tl_status tl_vehicle_get(tl_store *s, const tl_viewer *who, const char *id,
                                       tl_arena *arena, tl_vehicle *out, tl_error *err);

/* Whether the viewer may change the car and its bill, the right itself left aside: TL_EFORBIDDEN
 * for a public car, TL_ENOTFOUND as above for one of another organisation. */
TL_MUST_CHECK tl_status tl_vehicle_own(tl_store *s, const tl_viewer *who, const char *id,
                                       tl_arena *arena, tl_vehicle *out, tl_error *err);

/* All cars that the viewer sees, in the order of their import. */
TL_MUST_CHECK tl_status tl_vehicle_list(tl_store *s, const tl_viewer *who, tl_arena *arena,
                                        tl_vehicle **out, size_t *n, tl_error *err);

/* Cars whose brand, model and description together contain every word of text, in any order (ASCII
 * case ignored); in the order of their import, behind the car `after` where it is not NULL. */
TL_MUST_CHECK tl_status tl_vehicle_search(tl_store *s, const tl_viewer *who, const char *text,
                                          const char *after, size_t limit, tl_arena *arena,
                                          tl_vehicle **out, size_t *n, tl_error *err);

/* Replaces the bill of materials of a car (n = 0 removes it), inside the caller's transaction. */
TL_MUST_CHECK tl_status tl_vehicle_set_parts(tl_store *s, const char *id,
                                             const tl_vehicle_part *parts, size_t n, tl_error *err);

/* Its bill of materials, *n = 0 if it has none that the viewer may see. */
TL_MUST_CHECK tl_status tl_vehicle_parts(tl_store *s, const tl_viewer *who, const char *id,
                                         tl_arena *arena, tl_vehicle_part **out, size_t *n,
                                         tl_error *err);

/* Number of cars with a bill of materials of their own that the viewer may see. */
TL_MUST_CHECK tl_status tl_vehicle_parts_count(tl_store *s, const tl_viewer *who, int64_t *cars,
                                               tl_error *err);

#endif
