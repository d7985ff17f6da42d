/* vehicle_show.h - footprints as JSON and as text. */
#ifndef TL_CLI_VEHICLE_SHOW_H
#define TL_CLI_VEHICLE_SHOW_H

#include "cli/cli.h"
#include "footprint/assumption.h"
#include "footprint/fleet.h"
#include "format/json.h"

enum { TL_SHOWN_ASSUMPTIONS = 8 };

/* One car with all there is to say about it. Pointers may be NULL where marked. */
typedef struct tl_shown_car {
    const tl_car_model *model;
    const tl_vehicle *vehicle;
    const tl_demand *demand;
    const tl_footprint *footprint;
    const tl_fleet *fleet;        /* NULL: no category, class or mean */
    const tl_fleet_car *in_fleet; /* NULL with fleet */
    const tl_assumption *assumptions;
    size_t n_assumptions;
    const char *input_hash;
} tl_shown_car;

/* docs/vehicle-json.md describes the members. */
void tl_show_car_json(tl_json *j, const char *name, const tl_shown_car *car);
void tl_show_fleet_json(tl_json *j, const tl_car_model *m, const tl_fleet *f);

void tl_show_car_text(tl_buf *out, const tl_shown_car *car, bool zh, tl_arena *arena);

/* Sources behind one material, from the car part down to where the chain ends. */
void tl_show_sources_text(tl_buf *out, const tl_car_model *m, const char *activity, bool zh);

/* Means by powertrain, classes, the makers with the largest share below the mean, refusals. */
void tl_show_fleet_text(tl_buf *out, const tl_car_model *m, const tl_fleet *f, size_t makers,
                        bool zh, tl_arena *arena);

/* The same car under two models, line by line. */
void tl_show_change_text(tl_buf *out, const tl_shown_car *before, const tl_shown_car *after,
                         bool zh, tl_arena *arena);

/* "brand model description", cut to a width that fits a line. */
const char *tl_show_name(const tl_vehicle *v, tl_arena *arena);

#endif
