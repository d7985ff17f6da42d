/* rule.h - the passenger-car rule: parameters, composition, materials, fuels, as rows of
 * data/car-rule.
 *
 * The rule follows the stages of China's vehicle carbon footprint platform. The platform has not
 * published its shares and factors, so results are ours and do not reproduce its numbers. */
#ifndef TL_FOOTPRINT_RULE_H
#define TL_FOOTPRINT_RULE_H

#include "footprint/pins.h"
#include "footprint/setting.h"

/* Life cycle stages, in the order of stages.csv. */
typedef enum tl_stage {
    TL_STAGE_MATERIALS,
    TL_STAGE_VEHICLE_PRODUCTION,
    TL_STAGE_FUEL_PRODUCTION,
    TL_STAGE_DRIVING,
    TL_STAGE_MAINTENANCE,
    TL_STAGES
} tl_stage;

/* Parameters that the arithmetic of demand.c names; each is a row of parameters.csv. */
typedef enum tl_car_parameter {
    TL_CAR_LIFETIME_KM,
    TL_CAR_STEEL_UTILISATION,
    TL_CAR_ALUMINIUM_UTILISATION,
    TL_CAR_OTHER_UTILISATION,
    TL_CAR_TYRE_MASS_KG,
    TL_CAR_TYRE_COUNT,
    TL_CAR_TYRE_LIFE_KM,
    TL_CAR_FLUIDS_REFILLS,
    TL_CAR_LEAD_ACID_MASS_KG,
    TL_CAR_LEAD_ACID_REPLACEMENTS,
    TL_CAR_REFRIGERANT_CHARGE_KG,
    TL_CAR_REFRIGERANT_CHARGES_LOST,
    TL_CAR_BATTERY_CHARGE_EFFICIENCY,
    TL_CAR_BATTERY_LIFE_KM,
    TL_CAR_BATTERY_CELL_MASS_SHARE,
    TL_CAR_BATTERY_CELL_DENSITY,
    TL_CAR_PARAMETERS
} tl_car_parameter;

typedef struct tl_parameter {
    const char *name, *unit;
    const char *basis; /* "source", "declared" (our own), "none" (no figure held), "setting" */
    const char *label_en, *label_zh, *source, *note;
    double value;     /* NAN with basis "none" */
    double low, high; /* NAN where no range is held */
} tl_parameter;

typedef struct tl_material {
    const char *id, *activity, *recycled_activity; /* recycled_activity may be "" */
    tl_car_parameter utilisation;
    const char *label_en, *label_zh;
} tl_material;

/* Materials that the arithmetic names; indices into tl_car_rule.materials, found when loading. */
typedef enum tl_named_material {
    TL_MATERIAL_STEEL,
    TL_MATERIAL_ALUMINIUM,
    TL_MATERIAL_TYRES,
    TL_MATERIAL_FLUIDS,
    TL_MATERIAL_LEAD_ACID,
    TL_MATERIAL_TRACTION_BATTERY,
    TL_MATERIAL_REFRIGERANT,
    TL_NAMED_MATERIALS
} tl_named_material;

typedef struct tl_composition_item {
    const char *item, *source;
    size_t material;
    double share; /* of the mass of the average light vehicle; all add up to 1 */
} tl_composition_item;

typedef struct tl_fuel {
    const char *id, *supply_activity, *burning_activity; /* "" where no factor is held */
    const char *unit, *label_en, *label_zh, *note;
} tl_fuel;

/* A default by size class, and by powertrain where that is not NULL. */
typedef struct tl_size_default {
    const char *powertrain, *size_class, *source;
    double value;
} tl_size_default;

/* A word of the vocabulary of cars: kind "size", "body" or "powertrain"; or a stage. */
typedef struct tl_rule_word {
    const char *kind, *id, *en, *zh;
} tl_rule_word;

typedef struct tl_car_rule {
    tl_parameter parameters[TL_CAR_PARAMETERS];
    tl_rule_word stages[TL_STAGES];
    const tl_material *materials;
    size_t material_count;
    size_t named[TL_NAMED_MATERIALS];
    const tl_composition_item *composition;
    size_t composition_count;
    const tl_size_default *aluminium_kg, *battery_kwh;
    size_t aluminium_count, battery_count;
    const tl_fuel *fuels;
    size_t fuel_count;
    const tl_rule_word *labels;
    size_t label_count;
} tl_car_rule;

enum { TL_MATERIALS_MAX = 24 };

/* Reads the installed set car-rule and applies the settings that name one of its parameters. Notes
 * the set among pins. Everything lives in the arena. TL_EINPUT for a value that makes no sense. */
TL_MUST_CHECK tl_status tl_car_rule_load(tl_car_rule *out, tl_store *s, const tl_setting *settings,
                                         size_t n, tl_pins *pins, tl_arena *arena, tl_error *err);

/* Index of a material, material_count if there is none. */
size_t tl_car_rule_material(const tl_car_rule *rule, const char *id);

/* Row of a fuel, NULL if there is none. */
const tl_fuel *tl_car_rule_fuel(const tl_car_rule *rule, const char *id);

/* True if a parameter has this name. */
bool tl_car_rule_has(const tl_car_rule *rule, const char *name);

/* Label of a word in the language; the id itself where there is none, "" for NULL. */
const char *tl_car_rule_label(const tl_car_rule *rule, const char *kind, const char *id, bool zh);

#endif
