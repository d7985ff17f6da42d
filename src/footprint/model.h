/* model.h - rule and system together, every activity looked up once: what all cars are computed
 * with. */
#ifndef TL_FOOTPRINT_MODEL_H
#define TL_FOOTPRINT_MODEL_H

#include "footprint/rule.h"
#include "footprint/supplier_factor.h"
#include "footprint/system.h"

/* A process that a bill of materials may name for a material, such as steel by scrap-eaf. */
typedef struct tl_process {
    size_t material;
    const char *id;
    size_t activity;
} tl_process;

typedef struct tl_car_model {
    tl_car_rule rule;
    tl_car_system *system;
    const double *scores; /* kg CO2e per unit of each activity; borrowed from system */
    size_t activity[TL_MATERIALS_MAX], recycled[TL_MATERIALS_MAX]; /* by material; recycled may be
                                                                      TL_LCA_NONE */
    size_t *supply, *burning; /* by fuel; TL_LCA_NONE where no factor is held */
    const tl_process *processes;
    size_t process_count;
    size_t charging, vehicle_production;
    tl_pins pins;
    const tl_setting *settings;
    size_t setting_count;
    const tl_supplier_factor *supplier_factors; /* borrowed; set by the caller, none by default */
    size_t supplier_factor_count;
} tl_car_model;

/* Loads everything with the settings, which must each name a parameter of the rule, a choice of the
 * system, or gwp. Close with tl_car_model_close; texts live in the arena. */
TL_MUST_CHECK tl_status tl_car_model_open(tl_car_model *out, tl_store *s,
                                          const tl_setting *settings, size_t n, tl_arena *arena,
                                          tl_error *err);
void tl_car_model_close(tl_car_model *m);

/* Activity of a process of a material, TL_LCA_NONE if the rule knows none of that name. */
size_t tl_car_model_process(const tl_car_model *m, size_t material, const char *process);

#endif
