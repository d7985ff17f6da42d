/* quantity.h - a value with its unit, beside what was typed.
 *
 * The stored value is in the unit the program works in; the typed value and unit are kept as they
 * came, so that a person finds again what was entered and a converted figure can be checked. */
#ifndef TL_QUANTITY_QUANTITY_H
#define TL_QUANTITY_QUANTITY_H

#include "base/error.h"
#include "quantity/unit.h"

typedef struct tl_quantity {
    double value; /* in unit */
    tl_unit unit;
    double typed_value; /* in typed_unit */
    tl_unit typed_unit;
} tl_quantity;

/* typed_value in typed_unit, stored in `unit` (NULL: as typed). TL_EINPUT for an unknown unit or a
 * different dimension, TL_ENUMERIC if a value is not finite. */
TL_MUST_CHECK tl_status tl_quantity_make(const tl_units *u, double typed_value,
                                         const char *typed_unit, const char *unit, tl_quantity *out,
                                         tl_error *err);

/* The same with the number as text, "1.5" "kWh". */
TL_MUST_CHECK tl_status tl_quantity_parse(const tl_units *u, const char *typed_value,
                                          const char *typed_unit, const char *unit,
                                          tl_quantity *out, tl_error *err);

/* a + b in the unit of a. The sum was typed by nobody: its typed part is itself. TL_EINPUT names
 * both when the dimensions differ: "cannot add kWh (energy) to kg (mass)" for b = kWh, a = kg. */
TL_MUST_CHECK tl_status tl_quantity_add(const tl_units *u, const tl_quantity *a,
                                        const tl_quantity *b, tl_quantity *out, tl_error *err);

/* amount times per_unit in `unit`: 2 MWh times 0.5366 kgCO2/kWh in "tCO2" is 1.0732. */
TL_MUST_CHECK tl_status tl_quantity_multiply(const tl_units *u, const tl_quantity *amount,
                                             const tl_quantity *per_unit, const char *unit,
                                             tl_quantity *out, tl_error *err);

#endif
