/* epd_effect.c - what a declaration would do to each car, before anything is saved. */
#include <math.h>
#include <string.h>

#include "registry/epd_priv.h"

/* Factors now, and with the declaration in the place of what holds for its material and supplier.
 */
struct factors {
    const tl_supplier_factor *before;
    tl_supplier_factor *after;
    size_t n_before, n_after;
};

static tl_status list_factors(tl_store *s, const tl_supplier_factor *f, tl_arena *arena,
                              struct factors *out, tl_error *err)
{
    tl_status st = tl_epd_factors(s, arena, &out->before, &out->n_before, err);
    if (st != TL_OK)
        return st;
    out->after = tl_arena_alloc(arena, out->n_before + 1, sizeof *out->after);
    if (!out->after)
        return tl_fail_nomem(err);
    out->after[0] = *f; /* the first that fits counts */
    for (size_t i = 0; i < out->n_before; i++)
        out->after[i + 1] = out->before[i];
    out->n_after = out->n_before + 1;
    return TL_OK;
}

/* g/km of a car, NAN where it has no footprint. */
static tl_status price(const tl_car_model *m, const tl_supplier_factor *list, size_t n,
                       const tl_vehicle *v, const tl_vehicle_part *parts, size_t n_parts,
                       tl_demand *d, double *g_km, tl_error *err)
{
    tl_car_model with = *m;
    tl_footprint f;
    tl_error why = { 0 };
    with.supplier_factors = list;
    with.supplier_factor_count = n;
    *g_km = NAN;
    tl_status st = tl_car_demand(&with, v, parts, n_parts, d, &why);
    if (st == TL_EINPUT)
        return TL_OK;
    if (st != TL_OK)
        return tl_fail(err, st, "%s: %s", v->id, why.text);
    tl_footprint_of(&with, v, d, &f);
    *g_km = tl_footprint_g_km(&f, f.total_kg);
    return TL_OK;
}

static tl_status effect_on(tl_store *s, const tl_car_model *m, const struct factors *f,
                           const tl_epd_car *car, tl_demand *d, tl_arena *arena, tl_epd_effect *out,
                           tl_error *err)
{
    tl_vehicle v;
    tl_vehicle_part *parts;
    size_t n;
    *out = (tl_epd_effect){ .car = car->id, .mass_kg = car->mass_kg };
    tl_status st = tl_vehicle_get(s, car->id, arena, &v, err);
    if (st == TL_OK)
        st = tl_vehicle_parts(s, car->id, arena, &parts, &n, err);
    if (st == TL_OK)
        st = price(m, f->before, f->n_before, &v, parts, n, d, &out->before_g_km, err);
    if (st == TL_OK)
        st = price(m, f->after, f->n_after, &v, parts, n, d, &out->after_g_km, err);
    return st;
}

static tl_status effects(tl_store *s, const struct factors *f, const tl_epd_car *cars, size_t n,
                         tl_arena *arena, tl_epd_effect *out, tl_error *err)
{
    tl_car_model m = { 0 };
    tl_demand d = { 0 };
    tl_status st = n > 0 ? tl_car_model_open(&m, s, NULL, 0, arena, err) : TL_OK;
    for (size_t i = 0; st == TL_OK && i < n; i++)
        st = effect_on(s, &m, f, &cars[i], &d, arena, &out[i], err);
    tl_demand_clear(&d);
    tl_car_model_close(&m);
    return st;
}

tl_status tl_epd_effects(tl_store *s, const char *record, const char *material,
                         const char *supplier, tl_arena *arena, const tl_epd_effect **out,
                         size_t *n, tl_error *err)
{
    tl_supplier_factor declared;
    struct factors f;
    tl_epd_car *cars = NULL;
    tl_epd_effect *list = NULL;
    int64_t version;
    *n = 0;
    tl_status st = tl_epd_factor_of(s, record, material, supplier, arena, &declared, &version, err);
    if (st == TL_OK)
        st = list_factors(s, &declared, arena, &f, err);
    if (st == TL_OK)
        st = tl_epd_cars(s, material, supplier, arena, &cars, n, err);
    if (st == TL_OK && !(list = tl_arena_alloc(arena, *n, sizeof *list)))
        st = tl_fail_nomem(err);
    if (st == TL_OK)
        st = effects(s, &f, cars, *n, arena, list, err);
    *out = list;
    return st;
}
