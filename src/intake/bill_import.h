/* bill_import.h - a car's own bill of materials from CSV or a workbook.
 *
 * Columns: part, material, mass_kg, supplier, process, recycled_share. A bill with a fault in it
 * would give a wrong car, so it goes in whole or not at all; every fault is told. */
#ifndef TL_INTAKE_BILL_IMPORT_H
#define TL_INTAKE_BILL_IMPORT_H

#include "footprint/model.h"
#include "footprint/vehicle.h"

/* One fault of a bill. */
typedef struct tl_bill_fault {
    size_t row;
    const char *text;
} tl_bill_fault;

/* What came of a bill; text and faults in the arena. */
typedef struct tl_bill_verdict {
    size_t parts;
    double mass_kg;
    bool same; /* the car had this very bill already */
    const tl_bill_fault *faults;
    size_t n_faults;
} tl_bill_verdict;

/* Reads path and sets it as the bill of car id, in one transaction with its audit entry. TL_EINPUT
 * and nothing changed if a row is faulty: err has the first fault, out->faults all of
 * them. The same bill again changes nothing and sets out->same. Whose car it is not: as
 * tl_vehicle_own. */
TL_MUST_CHECK tl_status tl_bill_import(tl_store *s, const tl_car_model *m, const char *id,
                                       const char *path, const tl_viewer *by, tl_arena *arena,
                                       tl_bill_verdict *out, tl_error *err);

#endif
