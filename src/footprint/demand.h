/* demand.h - one car as a demand on the product system, over its whole life.
 *
 * material mass m with utilisation rate u needs m / u of the material (rule of the vehicle
 * platform); energy per km times lifetime mileage; replaced tyres, fluids, batteries; refrigerant
 * that escapes. End of life is outside; recycled material comes free of the burden of its first
 * life (cut-off). */
#ifndef TL_FOOTPRINT_DEMAND_H
#define TL_FOOTPRINT_DEMAND_H

#include "footprint/model.h"
#include "footprint/vehicle.h"

/* How good the data behind a figure are, best first. */
typedef enum tl_grade {
    TL_GRADE_OWN,      /* stated for this very car */
    TL_GRADE_ESTIMATE, /* worked out from figures of this car */
    TL_GRADE_DEFAULT,  /* average or declared value */
    TL_GRADES
} tl_grade;

/* One line of the demand. */
typedef struct tl_line {
    tl_stage stage;
    size_t material; /* index into the rule's materials; TL_LCA_NONE for energy and production */
    size_t activity;
    double amount;    /* of the activity's output, over the life of the car */
    double low, high; /* the same for the low and the high end of the stated energy use */
    double mass_kg;   /* in the car (or replaced), before the utilisation rate; 0 for energy */
    tl_grade grade;
    const char *item;  /* what it is: "regular steel", a part of the bill, "gasoline" ... */
    const char *basis; /* id of the rule or column it was taken from */
    const tl_supplier_factor *declared; /* counted in place of the activity's score; NULL: none */
} tl_line;

/* kg CO2e of one unit of the line, given the unit scores of the activities. */
static inline double tl_line_score(const tl_line *l, const double *scores)
{
    return l->declared ? l->declared->kg_co2e_per_kg : scores[l->activity];
}

/* A growing list of lines, reused from car to car. All zero is empty; tl_demand_clear releases. */
typedef struct tl_demand {
    tl_line *lines;
    size_t n, cap;
    double battery_kwh; /* 0 without traction battery */
    tl_grade battery_grade;
    double own_mass_kg; /* of the car's own bill of materials */
} tl_demand;

void tl_demand_clear(tl_demand *d);

/* Writes the demand of a car into *out. parts is its own bill of materials (n_parts may be 0); what
 * the bill leaves of the kerb mass gets the default composition. TL_EINPUT with the reason where
 * something needed is missing or contradicts itself. */
TL_MUST_CHECK tl_status tl_car_demand(const tl_car_model *m, const tl_vehicle *v,
                                      const tl_vehicle_part *parts, size_t n_parts, tl_demand *out,
                                      tl_error *err);

#endif
