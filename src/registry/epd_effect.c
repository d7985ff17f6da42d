/* epd_effect.c - what a declaration would do to each car, before anything is saved. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "registry/epd_effect_priv.h"

/* Factors now, and with those of the declaration in the place of what holds for their materials and
 * suppliers. */
struct factors {
    const tl_supplier_factor *before;
    tl_supplier_factor *after;
    size_t n_before, n_after;
};

static tl_status list_factors(tl_store *s, const tl_supplier_factor *f, size_t n, tl_arena *arena,
                              struct factors *out, tl_error *err)
{
    tl_status st = tl_epd_factors(s, arena, &out->before, &out->n_before, err);
    if (st != TL_OK)
        return st;
    out->after = tl_arena_alloc(arena, out->n_before + n, sizeof *out->after);
    if (!out->after)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++) /* the first that fits counts */
        out->after[i] = f[i];
    for (size_t i = 0; i < out->n_before; i++)
        out->after[n + i] = out->before[i];
    out->n_after = n + out->n_before;
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
    tl_status st = tl_vehicle_get(s, tl_viewer_program(), car->id, arena, &v, err);
    if (st == TL_OK)
        st = tl_vehicle_parts(s, tl_viewer_program(), car->id, arena, &parts, &n, err);
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

static int by_id(const void *a, const void *b)
{
    return strcmp(((const tl_epd_car *)a)->id, ((const tl_epd_car *)b)->id);
}

/* The cars of all factors, each once, by id. */
static tl_status list_cars(tl_store *s, const tl_supplier_factor *f, size_t n, tl_arena *arena,
                           tl_epd_car **out, size_t *n_out, tl_error *err)
{
    tl_epd_car *all = NULL;
    size_t cap = 0, n_all = 0, kept = 0;
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        tl_epd_car *cars;
        size_t n_cars;
        st = tl_epd_cars(s, f[i].material, f[i].supplier, arena, &cars, &n_cars, err);
        if (st == TL_OK)
            st = tl_grow(&all, &cap, n_all + n_cars, sizeof *all, err);
        for (size_t k = 0; st == TL_OK && k < n_cars; k++)
            all[n_all++] = cars[k];
    }
    if (st == TL_OK && n_all > 0)
        qsort(all, n_all, sizeof *all, by_id);
    if (st == TL_OK && !(*out = tl_arena_alloc(arena, n_all, sizeof **out)))
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n_all; i++)
        if (kept > 0 && strcmp((*out)[kept - 1].id, all[i].id) == 0)
            (*out)[kept - 1].mass_kg += all[i].mass_kg;
        else
            (*out)[kept++] = all[i];
    *n_out = st == TL_OK ? kept : 0;
    free(all);
    return st;
}

tl_status tl_epd_effects_of(tl_store *s, const tl_supplier_factor *factors, size_t n,
                            tl_arena *arena, tl_epd_effect **out, size_t *n_out, tl_error *err)
{
    struct factors f;
    tl_epd_car *cars = NULL;
    *out = NULL;
    *n_out = 0;
    tl_status st = list_factors(s, factors, n, arena, &f, err);
    if (st == TL_OK)
        st = list_cars(s, factors, n, arena, &cars, n_out, err);
    if (st == TL_OK && !(*out = tl_arena_alloc(arena, *n_out, sizeof **out)))
        st = tl_fail_nomem(err);
    return st == TL_OK ? effects(s, &f, cars, *n_out, arena, *out, err) : st;
}

tl_status tl_epd_factors_meant(tl_store *s, const char *record, const char *material,
                               const char *supplier, tl_arena *arena, tl_supplier_factor **out,
                               size_t *n, int64_t *version, tl_error *err)
{
    tl_epd_owner owner = { .names = &supplier, .n_names = 1 };
    tl_supplier_factor first;
    tl_status st = TL_OK;
    *n = 0;
    if (!supplier)
        st = tl_epd_owner_of(s, record, material, arena, &owner, err);
    if (st == TL_OK)
        st = tl_epd_factor_of(s, record, material, owner.names[0], arena, &first, version, err);
    if (st == TL_OK && !(*out = tl_arena_alloc(arena, owner.n_names, sizeof **out)))
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < owner.n_names; i++) {
        (*out)[i] = first;
        (*out)[i].supplier = owner.names[i];
    }
    if (st == TL_OK)
        *n = owner.n_names;
    return st;
}

tl_status tl_epd_effects(tl_store *s, const char *record, const char *material,
                         const char *supplier, tl_arena *arena, const tl_epd_effect **out,
                         size_t *n, tl_error *err)
{
    tl_supplier_factor *factors = NULL;
    tl_epd_effect *list = NULL;
    size_t n_factors;
    int64_t version;
    *n = 0;
    tl_status st = tl_epd_factors_meant(s, record, material, supplier, arena, &factors, &n_factors,
                                        &version, err);
    if (st == TL_OK)
        st = tl_epd_effects_of(s, factors, n_factors, arena, &list, n, err);
    *out = list;
    return st;
}
