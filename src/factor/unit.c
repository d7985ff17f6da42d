/* unit.c - a factor's unit is a mass of CO2 or CO2e per something. */
#include "factor/unit.h"

#include <string.h>

static const struct basis {
    tl_factor_basis basis;
    const char *name, *unit;
} bases[] = {
    { TL_BASIS_CO2, "CO2", "kgCO2" },
    { TL_BASIS_CO2E, "CO2e", "kgCO2e" },
};

const char *tl_factor_basis_name(tl_factor_basis basis)
{
    return bases[basis].name;
}

/* The basis of the text above the solidus. */
static tl_status parse_basis(const tl_units *units, const char *above, tl_factor_basis *out,
                             tl_error *err)
{
    tl_unit unit, gas;
    tl_status st = tl_unit_parse(units, above, &unit, err);
    for (size_t i = 0; st == TL_OK && i < sizeof bases / sizeof *bases; i++) {
        st = tl_unit_parse(units, bases[i].unit, &gas, err);
        if (st == TL_OK && tl_unit_same_dimension(&unit, &gas)) {
            *out = bases[i].basis;
            return TL_OK;
        }
    }
    return st == TL_OK
               ? tl_fail(err, TL_EINPUT,
                         "'%s' is no mass of CO2 or CO2e, expected kgCO2e or the like", above)
               : st;
}

tl_status tl_factor_unit_parse(const tl_units *units, const char *text, tl_factor_unit *out,
                               tl_error *err)
{
    char above[TL_UNIT_TEXT];
    const char *solidus = strchr(text, '/');
    size_t n = solidus ? (size_t)(solidus - text) : 0;
    if (n == 0 || n >= sizeof above || !solidus[1])
        return tl_fail(err, TL_EINPUT,
                       "'%s' is no unit of a factor, expected for example kgCO2e/kg", text);
    memcpy(above, text, n);
    above[n] = '\0';
    tl_status st = parse_basis(units, above, &out->basis, err);
    return st == TL_OK ? tl_unit_parse(units, text, &out->unit, err) : st;
}
