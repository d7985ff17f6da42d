/* gwp.h - global warming potentials over 100 years, in the sets of four IPCC assessment reports.
 *
 * Filled by the caller from the data set `gwp`, one value at a time; read-only afterwards, and then
 * safe for any number of threads. A gas without a value in a set is an error that names both: it
 * must never count as 0. */
#ifndef TL_QUANTITY_GWP_H
#define TL_QUANTITY_GWP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef enum tl_gwp_set {
    TL_GWP_SAR, /* 1995 */
    TL_GWP_AR4, /* 2007 */
    TL_GWP_AR5, /* 2013, without climate-carbon feedback */
    TL_GWP_AR6, /* 2021 */
    TL_GWP_SETS
} tl_gwp_set;

typedef struct tl_gwp tl_gwp;

TL_MUST_CHECK tl_status tl_gwp_new(tl_gwp **out, tl_error *err);
void tl_gwp_free(tl_gwp *g);

/* Adds the value of gas in set, kg CO2e for 1 kg; the gas is created with its first value and its
 * name copied. TL_EINPUT if value is not finite and above 0, or CO2 is not 1 (its definition);
 * TL_ECONFLICT if that gas has a value in that set already. */
TL_MUST_CHECK tl_status tl_gwp_add(tl_gwp *g, const char *gas, tl_gwp_set set, double value,
                                   tl_error *err);

/* Another name of a gas that was added: "PFC-14" for "CF4". TL_ENOTFOUND without the gas,
 * TL_ECONFLICT if the name means another gas. */
TL_MUST_CHECK tl_status tl_gwp_alias(tl_gwp *g, const char *alias, const char *gas, tl_error *err);

/* TL_ENOTFOUND for an unknown gas (the message lists the known ones), TL_EINPUT for a gas without a
 * value in this set (it lists the sets that have one). */
TL_MUST_CHECK tl_status tl_gwp_get(const tl_gwp *g, const char *gas, tl_gwp_set set, double *out,
                                   tl_error *err);

/* mass_kg of gas as kg CO2e. As tl_gwp_get; TL_ENUMERIC if the product is not finite. */
TL_MUST_CHECK tl_status tl_gwp_co2e_kg(const tl_gwp *g, const char *gas, tl_gwp_set set,
                                       double mass_kg, double *out, tl_error *err);

/* Gases in the order of their addition; NULL if i >= size. Borrowed until free. */
size_t tl_gwp_size(const tl_gwp *g);
const char *tl_gwp_gas(const tl_gwp *g, size_t i);

/* "SAR", "AR4", "AR5", "AR6". */
const char *tl_gwp_set_name(tl_gwp_set set);
TL_MUST_CHECK tl_status tl_gwp_set_parse(const char *text, tl_gwp_set *out, tl_error *err);

#endif
