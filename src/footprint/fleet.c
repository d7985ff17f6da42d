/* fleet.c - footprints of all cars. Ranking and grouping are in fleet_group.c. */
#include "footprint/fleet.h"

#include <string.h>

#include "footprint/fleet_priv.h"

/* One car; what is missing becomes its reason, only other failures stop. */
static tl_status compute_car(tl_fleet_car *car, tl_store *s, const tl_car_model *m,
                             const tl_viewer *bills, tl_demand *demand, tl_arena *arena,
                             tl_error *err)
{
    tl_vehicle_part *parts = NULL;
    size_t n_parts = 0;
    tl_error why = { 0 };
    tl_status st =
        bills ? tl_vehicle_parts(s, bills, car->vehicle->id, arena, &parts, &n_parts, err) : TL_OK;
    if (st != TL_OK)
        return st;
    st = tl_car_demand(m, car->vehicle, parts, n_parts, demand, &why);
    if (st == TL_EINPUT) {
        car->refused = tl_arena_str(arena, why.text);
        return car->refused ? TL_OK : tl_fail_nomem(err);
    }
    if (st != TL_OK) {
        if (err)
            *err = why;
        return st;
    }
    tl_footprint_of(m, car->vehicle, demand, &car->footprint);
    car->g_km = tl_footprint_g_km(&car->footprint, car->footprint.total_kg);
    return TL_OK;
}

/* The viewer whose bills are to be read; NULL where there are none, which saves asking car by car.
 */
static tl_status any_bills(tl_store *s, const tl_viewer *who, const tl_viewer **out, tl_error *err)
{
    int64_t bills = 0;
    tl_status st = tl_vehicle_parts_count(s, who, &bills, err);
    *out = bills > 0 ? who : NULL;
    return st;
}

tl_status tl_fleet_compute(tl_fleet *out, tl_store *s, const tl_viewer *who, tl_car_model *m,
                           const tl_log *progress, tl_arena *arena, tl_error *err)
{
    tl_vehicle *vehicles = NULL;
    const tl_viewer *bills = NULL;
    tl_demand demand = { 0 };
    *out = (tl_fleet){ .who = who };
    tl_status st = tl_class_rule_load(&out->classes, s, &out->pins, arena, err);
    if (st == TL_OK)
        st = any_bills(s, who, &bills, err);
    if (st == TL_OK)
        st = tl_vehicle_list(s, who, arena, &vehicles, &out->n_cars, err);
    if (st != TL_OK)
        return st;
    out->cars = tl_arena_alloc(arena, out->n_cars, sizeof *out->cars);
    if (!out->cars)
        return tl_fail_nomem(err);
    tl_progress bar = tl_progress_start(progress, "footprints", out->n_cars);
    for (size_t i = 0; st == TL_OK && i < out->n_cars; i++) {
        out->cars[i].vehicle = &vehicles[i];
        out->cars[i].category = TL_NO_CATEGORY;
        st = compute_car(&out->cars[i], s, m, bills, &demand, arena, err);
        out->computed += out->cars[i].refused == NULL;
        out->refused += out->cars[i].refused != NULL;
        if (st == TL_OK)
            st = tl_progress_at(&bar, i + 1, err);
    }
    tl_progress_end(&bar);
    tl_demand_clear(&demand);
    return st == TL_OK ? tl_fleet_group(out, arena, err) : st;
}

static tl_status explain_car(tl_fleet_car *car, tl_store *s, const tl_car_model *m,
                             const tl_viewer *bills, tl_arena *arena, tl_error *err)
{
    char hex[TL_SHA256_HEX];
    tl_vehicle_part *parts = NULL;
    size_t n = 0;
    tl_status st =
        bills ? tl_vehicle_parts(s, bills, car->vehicle->id, arena, &parts, &n, err) : TL_OK;
    if (st == TL_OK)
        st = tl_footprint_input_hash(m, car->vehicle, parts, n, hex, err);
    if (st == TL_OK && !(car->input_hash = tl_arena_str(arena, hex)))
        st = tl_fail_nomem(err);
    if (st != TL_OK)
        return st;
    return tl_car_assumptions(m, car->vehicle, parts, n, car->assumptions, TL_FLEET_ASSUMPTIONS,
                              &car->n_assumptions, err);
}

tl_status tl_fleet_explain(tl_fleet *f, tl_store *s, const tl_car_model *m, tl_arena *arena,
                           tl_error *err)
{
    const tl_viewer *bills = NULL;
    tl_status st = any_bills(s, f->who, &bills, err);
    for (size_t i = 0; st == TL_OK && i < f->n_cars; i++)
        if (!f->cars[i].refused)
            st = explain_car(&f->cars[i], s, m, bills, arena, err);
    return st;
}

const tl_category *tl_fleet_category(const tl_fleet *f, const tl_fleet_car *car)
{
    return car->category == TL_NO_CATEGORY ? NULL : &f->categories[car->category];
}

const tl_fleet_car *tl_fleet_find(const tl_fleet *f, const char *id)
{
    for (size_t i = 0; i < f->n_cars; i++)
        if (strcmp(f->cars[i].vehicle->id, id) == 0)
            return &f->cars[i];
    return NULL;
}
