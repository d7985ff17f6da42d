/* unit.h - the known units, their dimensions, and conversion between them.
 *
 * The list of units is closed (unit_table.c): a unit that is not on it is refused, with its
 * neighbours. UDUNITS-2 supplies the meaning of each; its own parser is not used on input, because
 * there "ton" is the short ton, "kt" a knot, "a" an are and "m2.5" half a square metre.
 *
 * Dimensions are finer than physics where mixing would be a mistake:
 * - a mass of CO2, CO2e, CH4, N2O, carbon, ... is not plain mass, and none of them is another. CO2
 *   becomes CO2e only through tl_unit_co2_as_co2e(), other gases only through gwp.h;
 * - a normal cubic metre (Nm3: 0 degC, 101.325 kPa) is not a cubic metre: between them stand
 *   temperature and pressure, which a unit does not know. Nm3 has a dimension of its own;
 * - vehicles, persons, pieces and each currency count for themselves: tkm, pkm and vkm differ;
 * - a calendar year is not a number of days: its length varies.
 *
 * What may be written: "kWh", "kgCO2e/kWh", "kg CO2-eq/(t km)", "m^3", "m3", "10^4 Nm3",
 * "GJ/1e4Nm3", "万立方米", "吨二氧化碳当量/万元", "per" or "每" for the solidus. One solidus at
 * most, and behind it one unit, or several in parentheses: "kg/t km" is refused because readers
 * differ on it. */
#ifndef TL_QUANTITY_UNIT_H
#define TL_QUANTITY_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"

enum {
    TL_UNIT_BASES = 24, /* independent dimensions, see unit_table.c */
    TL_UNIT_TEXT = 96   /* bytes of a unit's text, NUL included */
};

/* The known units. Making them takes a lock inside (UDUNITS-2 keeps global state while it reads);
 * unchanged afterwards, so any number of threads may use them. */
typedef struct tl_units tl_units;

/* A unit, to be passed and copied by value. Its fields are for this folder; `text` is what was
 * written. */
typedef struct tl_unit {
    /* Base units in one of this, as a quotient: kept apart, tCO2/MWh and kgCO2/kWh come out the
     * same to the last bit. */
    double numerator, denominator;
    double offset; /* only degC: added to the value before scaling */
    int8_t power[TL_UNIT_BASES];
    char text[TL_UNIT_TEXT];
} tl_unit;

/* Reads the unit database of UDUNITS-2. TL_EIO if it is missing or not the one expected. */
TL_MUST_CHECK tl_status tl_units_new(tl_units **out, tl_error *err);
void tl_units_free(tl_units *u);

/* Reads a unit. TL_EINPUT: unknown (with the nearest known ones, or all), ambiguous, or too long.
 * "" is refused; the unit of a ratio is "1". */
TL_MUST_CHECK tl_status tl_unit_parse(const tl_units *u, const char *text, tl_unit *out,
                                      tl_error *err);

/* True if a value in one can be expressed in the other. */
bool tl_unit_same_dimension(const tl_unit *a, const tl_unit *b);

/* value in `from`, expressed in `to`. TL_EINPUT names both units and dimensions if they differ;
 * TL_ENUMERIC if value or result is not finite. *out is unchanged on failure. */
TL_MUST_CHECK tl_status tl_unit_convert(const tl_units *u, double value, const tl_unit *from,
                                        const tl_unit *to, double *out, tl_error *err);

/* The unit of a product or quotient of values: MWh times kgCO2e/kWh is a mass of CO2e, with the
 * factor between MWh and kWh inside. This is how a density or heating value is applied. TL_EINPUT
 * for degC and powers beyond 9. */
TL_MUST_CHECK tl_status tl_unit_multiply(const tl_unit *a, const tl_unit *b, tl_unit *out,
                                         tl_error *err);
TL_MUST_CHECK tl_status tl_unit_divide(const tl_unit *a, const tl_unit *b, tl_unit *out,
                                       tl_error *err);

/* The unit with its CO2 counted as CO2e: the GWP of CO2 is 1 in every set by definition. The value
 * stays as it is. TL_EINPUT if the unit does not count CO2. */
TL_MUST_CHECK tl_status tl_unit_co2_as_co2e(const tl_units *u, const tl_unit *from, tl_unit *out,
                                            tl_error *err);

/* The unit with its carbon counted as the CO2 it burns to: the value stays, the size takes 44/12,
 * the ratio of molar masses the accounting guides use. TL_EINPUT if the unit does not count C. */
TL_MUST_CHECK tl_status tl_unit_carbon_as_co2(const tl_units *u, const tl_unit *from, tl_unit *out,
                                              tl_error *err);

enum { TL_DIMENSION_TEXT = 128 };

/* "energy", "mass of CO2e per energy", or base units where there is no better word. */
void tl_unit_dimension(const tl_units *u, const tl_unit *unit, char out[TL_DIMENSION_TEXT]);

/* The known units in the order of the table: main symbol, Chinese name, dimension; NULL if i >=
 * size. Borrowed until free. */
size_t tl_units_size(const tl_units *u);
const char *tl_units_symbol(const tl_units *u, size_t i);
const char *tl_units_name_zh(const tl_units *u, size_t i);

#endif
