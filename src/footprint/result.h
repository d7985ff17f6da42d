/* result.h - the footprint of one car: total, stages, materials, grade. */
#ifndef TL_FOOTPRINT_RESULT_H
#define TL_FOOTPRINT_RESULT_H

#include "footprint/demand.h"

/* All in kg CO2e over the life of the car; divide by the lifetime mileage for the functional unit.
 */
typedef struct tl_footprint {
    double total_kg, low_kg, high_kg; /* low and high: ends of the stated energy use */
    double stage_kg[TL_STAGES];
    double material_kg[TL_MATERIALS_MAX]; /* by material of the rule, replaced ones included */
    double mass_kg[TL_MATERIALS_MAX];     /* in the car */
    double energy_kg, production_kg;      /* total = materials + energy + production */
    double grade_kg[TL_GRADES];           /* how much of the total rests on data of each grade */
    double lifetime_km;
    double battery_kwh;
    tl_grade grade; /* of the whole, see tl_footprint_grade */
} tl_footprint;

/* Prices every line of the demand with the unit scores of the system. */
void tl_footprint_of(const tl_car_model *m, const tl_vehicle *v, const tl_demand *d,
                     tl_footprint *out);

/* kg over the life of the car as g/km. */
double tl_footprint_g_km(const tl_footprint *f, double kg);

/* SHA-256 over everything the result depends on: method, pins, settings, the car and its bill. */
TL_MUST_CHECK tl_status tl_footprint_input_hash(const tl_car_model *m, const tl_vehicle *v,
                                                const tl_vehicle_part *parts, size_t n_parts,
                                                char hex[TL_SHA256_HEX], tl_error *err);

/* "own", "estimate", "default". */
const char *tl_grade_name(tl_grade g);

/* Version of the arithmetic in demand.c and result.c; changes with it. */
extern const char tl_footprint_method[];

#endif
