/* vehicle_row.h - one record of a vehicle file to a car, or the reason why not. */
#ifndef TL_INTAKE_VEHICLE_ROW_H
#define TL_INTAKE_VEHICLE_ROW_H

#include "footprint/vehicle.h"
#include "format/csv.h"
#include "intake/vehicle_map.h"

/* Where the fields of a map stand in one file; -1 where the map has none. */
typedef struct tl_vehicle_columns {
    int at[TL_VEHICLE_FIELDS];
} tl_vehicle_columns;

/* Finds every column the map names; TL_EINPUT names a missing one. */
TL_MUST_CHECK tl_status tl_vehicle_columns_find(tl_vehicle_columns *out, const tl_vehicle_map *m,
                                                const tl_csv *csv, tl_error *err);

/* Reads the current record, all but the id. Texts live in the arena. TL_EINPUT with file, row and
 * column for what is missing, no number, out of range or contradictory. */
TL_MUST_CHECK tl_status tl_vehicle_row_read(tl_vehicle *out, const tl_vehicle_map *m,
                                            const tl_vehicle_columns *columns, const tl_csv *csv,
                                            tl_arena *arena, tl_error *err);

#endif
