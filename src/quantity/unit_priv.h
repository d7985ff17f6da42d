/* unit_priv.h - what the files behind unit.h share. */
#ifndef TL_QUANTITY_UNIT_PRIV_H
#define TL_QUANTITY_UNIT_PRIV_H

#include "base/map.h"
#include "base/text.h"
#include "quantity/unit.h"

/* Places in tl_unit.power. The first seven are SI base units as UDUNITS-2 has them; the others are
 * given to UDUNITS-2 as base units of ours. */
typedef enum tl_base {
    TL_BASE_KG,
    TL_BASE_M,
    TL_BASE_S,
    TL_BASE_A,
    TL_BASE_K,
    TL_BASE_MOL,
    TL_BASE_SI, /* number of SI base units above */
    TL_BASE_YEAR = TL_BASE_SI,
    TL_BASE_NM3,
    TL_BASE_PERSON,
    TL_BASE_VEHICLE,
    TL_BASE_PIECE,
    TL_BASE_CNY,
    TL_BASE_USD,
    TL_BASE_EUR,
    TL_BASE_CO2E, /* from here on: kg of a substance */
    TL_BASE_CO2,
    TL_BASE_CH4,
    TL_BASE_N2O,
    TL_BASE_SF6,
    TL_BASE_NF3,
    TL_BASE_CF4,
    TL_BASE_C2F6,
    TL_BASE_C,
    TL_BASE_COUNT
} tl_base;

_Static_assert((int)TL_BASE_COUNT <= (int)TL_UNIT_BASES, "tl_unit.power is too short");

typedef struct tl_base_row {
    const char *udunits; /* its name inside UDUNITS-2 */
    const char *shown;   /* in a dimension without a better word */
} tl_base_row;

typedef struct tl_unit_row {
    const char *symbol;     /* shown in messages */
    const char *definition; /* for UDUNITS-2, in its own units and the base units above */
    const char *names;      /* other spellings, '|' between them; the first Chinese one is shown */
} tl_unit_row;

typedef struct tl_gas_row {
    tl_base base;
    const char *names; /* spellings of the gas behind a mass unit, '|' between them */
} tl_gas_row;

typedef struct tl_dimension_row {
    const char *name, *unit;
} tl_dimension_row;

extern const tl_base_row tl_base_table[TL_BASE_COUNT];
extern const tl_unit_row tl_unit_table[];
extern const size_t tl_unit_table_size;
extern const tl_gas_row tl_gas_table[];
extern const size_t tl_gas_table_size;
extern const tl_dimension_row tl_dimension_table[];
extern const size_t tl_dimension_table_size;

struct tl_units {
    tl_map *names;       /* every spelling -> index in items */
    tl_unit *items;      /* owned; one for each row of tl_unit_table */
    tl_unit *dimensions; /* owned; one for each row of tl_dimension_table */
};

/* Scale, offset and powers of every row of tl_unit_table, out of UDUNITS-2. */
TL_MUST_CHECK tl_status tl_unit_define_all(tl_unit *items, tl_error *err);

/* TL_EINPUT: "unknown unit 'word'" with the nearest known ones or the whole list. */
tl_status tl_unit_unknown(const tl_units *u, tl_span word, const char *text, tl_error *err);

/* a times b^power; TL_EINPUT when a power leaves -9..9, TL_ENUMERIC when the scale leaves the
 * doubles. */
TL_MUST_CHECK tl_status tl_unit_apply(tl_unit *a, const tl_unit *b, int power, tl_error *err);

#endif
