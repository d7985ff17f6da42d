/* unit.h - the unit of a factor: how much CO2 or CO2e, for how much of what.
 *
 * CO2 and CO2e are never converted into each other: a factor that counts CO2 alone says nothing of
 * methane. */
#ifndef TL_FACTOR_UNIT_H
#define TL_FACTOR_UNIT_H

#include "quantity/unit.h"

/* What stands above the solidus. */
typedef enum tl_factor_basis { TL_BASIS_CO2, TL_BASIS_CO2E } tl_factor_basis;

/* "CO2" or "CO2e". */
const char *tl_factor_basis_name(tl_factor_basis basis);

typedef struct tl_factor_unit {
    tl_factor_basis basis;
    tl_unit unit; /* the whole: "kgCO2e/kWh" */
} tl_factor_unit;

/* TL_EINPUT says what is not known or not expected: above the solidus a mass of CO2 or CO2e, below
 * it a known unit. */
TL_MUST_CHECK tl_status tl_factor_unit_parse(const tl_units *units, const char *text,
                                             tl_factor_unit *out, tl_error *err);

#endif
