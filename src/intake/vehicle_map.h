/* vehicle_map.h - how the columns and words of a vehicle file become ours, as rows of
 * data/vehicle-maps. */
#ifndef TL_INTAKE_VEHICLE_MAP_H
#define TL_INTAKE_VEHICLE_MAP_H

#include <stdbool.h>

#include "base/memory.h"
#include "store/store.h"

/* Fields that a map may fill, in the order of vehicle_map.c's table. */
typedef enum tl_vehicle_field {
    TL_FIELD_ID,
    TL_FIELD_BRAND,
    TL_FIELD_GROUP,
    TL_FIELD_MODEL,
    TL_FIELD_DESCRIPTION,
    TL_FIELD_TRIM,
    TL_FIELD_YEAR,
    TL_FIELD_POWERTRAIN,
    TL_FIELD_FUEL,
    TL_FIELD_BODY,
    TL_FIELD_SIZE_CLASS,
    TL_FIELD_CHEMISTRY,
    TL_FIELD_KERB_MASS,
    TL_FIELD_FUEL_LOW,
    TL_FIELD_FUEL_HIGH,
    TL_FIELD_ELECTRICITY_LOW,
    TL_FIELD_ELECTRICITY_HIGH,
    TL_FIELD_RANGE_LOW,
    TL_FIELD_RANGE_HIGH,
    TL_FIELD_RANGE_WLTP,
    TL_FIELD_RANGE_CLTC,
    TL_FIELD_RANGE_EPA,
    TL_FIELD_RANGE_NEDC,
    TL_FIELD_BATTERY_NET,
    TL_FIELD_BATTERY_GROSS,
    TL_FIELD_CO2_LOW,
    TL_FIELD_CO2_HIGH,
    TL_FIELD_PRICE,
    TL_VEHICLE_FIELDS
} tl_vehicle_field;

/* A word of the source and ours for it. */
typedef struct tl_map_value {
    tl_vehicle_field field;
    const char *from, *to; /* to may be "": known, and says nothing */
} tl_vehicle_word;

typedef struct tl_vehicle_map {
    const char *id, *set_version;
    const char *columns[TL_VEHICLE_FIELDS]; /* of the source; NULL where the map has none */
    const char *units[TL_VEHICLE_FIELDS];
    const tl_vehicle_word *values;
    size_t value_count;
    char decimal;              /* '.' or ',' */
    const char *powertrain;    /* of all cars of such a file, NULL if a column says it */
    bool electricity_at_mains; /* energy use includes charging losses */
    const char *currency;      /* of prices, NULL if the file has none */
} tl_vehicle_map;

/* Reads map `id` of the installed set vehicle-maps; TL_ENOTFOUND lists the maps there are. */
TL_MUST_CHECK tl_status tl_vehicle_map_load(tl_vehicle_map *out, tl_store *s, const char *id,
                                            tl_arena *arena, tl_error *err);

/* Our word for a word of the source; NULL if the map does not know it. */
const char *tl_vehicle_map_value(const tl_vehicle_map *m, tl_vehicle_field field, const char *p,
                                 size_t n);

#endif
