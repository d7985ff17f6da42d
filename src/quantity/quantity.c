/* quantity.c - values with units. */
#include "quantity/quantity.h"

#include <math.h>

#include "base/number.h"

tl_status tl_quantity_make(const tl_units *u, double typed_value, const char *typed_unit,
                           const char *unit, tl_quantity *out, tl_error *err)
{
    tl_quantity q = { .typed_value = typed_value };
    tl_status st = tl_unit_parse(u, typed_unit, &q.typed_unit, err);
    if (st != TL_OK)
        return st;
    q.unit = q.typed_unit;
    if (unit && (st = tl_unit_parse(u, unit, &q.unit, err)) != TL_OK)
        return st;
    st = tl_unit_convert(u, typed_value, &q.typed_unit, &q.unit, &q.value, err);
    if (st == TL_OK)
        *out = q;
    return st;
}

tl_status tl_quantity_parse(const tl_units *u, const char *typed_value, const char *typed_unit,
                            const char *unit, tl_quantity *out, tl_error *err)
{
    double v;
    tl_status st = tl_number_parse(typed_value, &v, err);
    return st == TL_OK ? tl_quantity_make(u, v, typed_unit, unit, out, err) : st;
}

/* A value nobody typed. */
static tl_status computed(double value, const tl_unit *unit, tl_quantity *out, tl_error *err)
{
    if (!isfinite(value))
        return tl_fail(err, TL_ENUMERIC, "a result in %s is not finite", unit->text);
    *out = (tl_quantity){ value, *unit, value, *unit };
    return TL_OK;
}

tl_status tl_quantity_add(const tl_units *u, const tl_quantity *a, const tl_quantity *b,
                          tl_quantity *out, tl_error *err)
{
    double more;
    if (!tl_unit_same_dimension(&a->unit, &b->unit)) {
        char to[TL_DIMENSION_TEXT], added[TL_DIMENSION_TEXT];
        tl_unit_dimension(u, &a->unit, to);
        tl_unit_dimension(u, &b->unit, added);
        return tl_fail(err, TL_EINPUT, "cannot add %s (%s) to %s (%s)", b->unit.text, added,
                       a->unit.text, to);
    }
    /* 20 degC + 5 degC: a sum of points on a scale means nothing */
    if (a->unit.offset != 0 || b->unit.offset != 0)
        return tl_fail(err, TL_EINPUT, "temperatures in degC cannot be added");
    tl_status st = tl_unit_convert(u, b->value, &b->unit, &a->unit, &more, err);
    return st == TL_OK ? computed(a->value + more, &a->unit, out, err) : st;
}

tl_status tl_quantity_multiply(const tl_units *u, const tl_quantity *amount,
                               const tl_quantity *per_unit, const char *unit, tl_quantity *out,
                               tl_error *err)
{
    tl_unit product, wanted;
    double v;
    tl_status st = tl_unit_multiply(&amount->unit, &per_unit->unit, &product, err);
    if (st != TL_OK || (st = tl_unit_parse(u, unit, &wanted, err)) != TL_OK)
        return st;
    st = tl_unit_convert(u, amount->value * per_unit->value, &product, &wanted, &v, err);
    return st == TL_OK ? computed(v, &wanted, out, err) : st;
}
