/* assumption.c - one parameter at a time to both ends of its range. */
#include "footprint/assumption.h"

#include <math.h>
#include <stdlib.h>

static tl_status total_with(const tl_car_model *m, size_t parameter, double value,
                            const tl_vehicle *v, const tl_vehicle_part *parts, size_t n_parts,
                            tl_demand *d, double *g_km, tl_error *err)
{
    tl_car_model changed = *m; /* shares everything but the parameters */
    tl_footprint f;
    changed.rule.parameters[parameter].value = value;
    tl_status st = tl_car_demand(&changed, v, parts, n_parts, d, err);
    if (st != TL_OK)
        return st;
    tl_footprint_of(&changed, v, d, &f);
    *g_km = tl_footprint_g_km(&f, f.total_kg);
    return TL_OK;
}

static int by_swing(const void *a, const void *b)
{
    const tl_assumption *x = a, *y = b;
    if (x->swing_g_km != y->swing_g_km)
        return x->swing_g_km > y->swing_g_km ? -1 : 1;
    return x->parameter < y->parameter ? -1 : x->parameter > y->parameter;
}

tl_status tl_car_assumptions(const tl_car_model *m, const tl_vehicle *v,
                             const tl_vehicle_part *parts, size_t n_parts, tl_assumption *out,
                             size_t cap, size_t *n, tl_error *err)
{
    tl_assumption all[TL_CAR_PARAMETERS] = { 0 };
    tl_demand d = { 0 };
    tl_status st = TL_OK;
    size_t found = 0;
    for (size_t p = 0; st == TL_OK && p < TL_CAR_PARAMETERS; p++) {
        tl_assumption *a = &all[found];
        a->parameter = &m->rule.parameters[p];
        if (isnan(a->parameter->low) || isnan(a->parameter->high) || isnan(a->parameter->value))
            continue;
        st = total_with(m, p, a->parameter->low, v, parts, n_parts, &d, &a->at_low_g_km, err);
        if (st == TL_OK)
            st = total_with(m, p, a->parameter->high, v, parts, n_parts, &d, &a->at_high_g_km, err);
        a->swing_g_km = fabs(a->at_high_g_km - a->at_low_g_km);
        found += st == TL_OK && a->swing_g_km > 0;
    }
    tl_demand_clear(&d);
    qsort(all, found, sizeof *all, by_swing);
    *n = found < cap ? found : cap;
    for (size_t i = 0; i < *n; i++)
        out[i] = all[i];
    return st;
}
