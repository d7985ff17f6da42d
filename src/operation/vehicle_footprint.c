/* vehicle_footprint.c - the footprint of one car with what-if and draws, and of all cars. */
#include <string.h>

#include "footprint/draws.h"
#include "operation/declared.h"
#include "operation/vehicle.h"

/* Draws of those who do not run the installation: a second of its processors. */
enum { DRAWS_OF_OTHERS = 1000 };

/* Draws the fleet if asked for. only: the one car that is wanted, NULL for all; the stream of
 * random numbers is the same. */
static tl_status draw(const tl_call *c, tl_car_model *m, tl_fleet *fleet, const char *only,
                      tl_error *err)
{
    int64_t draws = 0, seed = 0;
    tl_call_int(c, "draws", &draws);
    tl_call_int(c, "seed", &seed);
    const tl_draw_options options = { .n = (size_t)draws,
                                      .seed = (uint64_t)seed,
                                      .threads = c->threads };
    if (draws == 0)
        return TL_OK;
    if (draws > DRAWS_OF_OTHERS && !c->viewer->all_tenants)
        return tl_fail(err, TL_EINPUT, "%sdraws is %lld, expected at most %d here",
                       c->dash ? c->dash : "", (long long)draws, (int)DRAWS_OF_OTHERS);
    tl_fleet drawn = *fleet;
    tl_spread *spreads = tl_arena_alloc(c->arena, fleet->n_cars, sizeof *spreads);
    drawn.cars = tl_arena_alloc(c->arena, fleet->n_cars, sizeof *drawn.cars);
    if (!spreads || !drawn.cars)
        return tl_fail_nomem(err);
    memcpy(drawn.cars, fleet->cars, fleet->n_cars * sizeof *drawn.cars);
    for (size_t i = 0; only && i < drawn.n_cars; i++)
        if (strcmp(drawn.cars[i].vehicle->id, only) != 0)
            drawn.cars[i].refused = "not wanted";
    fleet->spreads = spreads;
    return tl_fleet_spread(&drawn, c->store, m, &options, c->arena, spreads, err);
}

static tl_status draw_chart(tl_call *c, const tl_shown_car *before, const tl_shown_car *after,
                            tl_error *err)
{
    const char *by = tl_call_text(c, "by");
    if (by && strcmp(by, "material") == 0)
        return tl_chart_vehicle_materials(after ? after : before, c->zh, c->arena, &c->drawing,
                                          err);
    tl_shown_car cars[2] = { *before, after ? *after : *before };
    tl_label name = { tl_vehicle_name(before->vehicle, c->arena), NULL };
    name.zh = name.en;
    const tl_label names[2] = {
        after ? (tl_label){ "as it is", "现状" } : name,
        { "what if", "假设情景" },
    };
    return tl_chart_vehicle_stages(cars, names, after ? 2 : 1, c->zh, c->arena, &c->drawing, err);
}

/* after may be NULL. */
static tl_status show_one(tl_call *c, const tl_shown_car *before, const tl_shown_car *after,
                          tl_error *err)
{
    tl_status st = c->draw ? draw_chart(c, before, after, err) : TL_OK;
    if (st == TL_OK && c->json) {
        tl_json j = tl_vehicle_document(c, true);
        if (after)
            tl_json_object(&j, NULL);
        tl_vehicle_car_json(&j, after ? "before" : NULL, before);
        if (after) {
            tl_vehicle_car_json(&j, "after", after);
            tl_json_end(&j);
        }
        st = tl_vehicle_document_end(c, err);
    }
    return st == TL_OK
               ? tl_call_report(c, tl_report_vehicle_footprint(before, after, c->arena), err)
               : st;
}

/* The model and everything computed must live until the report is written: it has copies of texts
 * in the arena, and borrows from the car's own. */
static tl_status footprint_of_one(tl_call *c, const char *id, tl_error *err)
{
    static const tl_settings none;
    tl_settings settings;
    tl_fleet fleet = { 0 };
    tl_computed_car *before = tl_arena_alloc(c->arena, 1, sizeof *before);
    tl_computed_car *after = tl_arena_alloc(c->arena, 1, sizeof *after);
    if (!before || !after)
        return tl_fail_nomem(err);
    tl_status st = tl_vehicle_settings(c, &settings, err);
    if (st == TL_OK)
        st = tl_vehicle_compute(c, id, &none, before, err);
    if (st == TL_OK)
        st = tl_fleet_compute(&fleet, c->store, c->viewer, &before->model, c->log, c->arena, err);
    if (st == TL_OK)
        st = draw(c, &before->model, &fleet, id, err);
    if (st == TL_OK && settings.n)
        st = tl_vehicle_compute(c, id, &settings, after, err);
    if (st == TL_OK) {
        tl_shown_car a = tl_computed_car_shown(before, &fleet);
        tl_shown_car z = tl_computed_car_shown(after, NULL);
        st = show_one(c, &a, settings.n ? &z : NULL, err);
    }
    tl_computed_car_close(before);
    tl_computed_car_close(after);
    return st;
}

/* with_cars: each car too, and the documented JSON. */
static tl_status footprint_of_all(tl_call *c, bool with_cars, tl_error *err)
{
    tl_settings settings;
    tl_fleet fleet = { 0 };
    tl_car_model *m = tl_arena_alloc(c->arena, 1, sizeof *m);
    tl_status st = m ? tl_vehicle_settings(c, &settings, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_declared_car_model(m, c->store, settings.items, settings.n, c->arena, err);
    if (st != TL_OK)
        return st;
    st = tl_fleet_compute(&fleet, c->store, c->viewer, m, c->log, c->arena, err);
    if (st == TL_OK && with_cars)
        st = draw(c, m, &fleet, NULL, err);
    if (st == TL_OK && c->json && with_cars) {
        st = tl_fleet_explain(&fleet, c->store, m, c->arena, err);
        tl_json j = tl_vehicle_document(c, false);
        tl_vehicle_fleet_json(&j, m, &fleet);
        if (st == TL_OK)
            st = tl_vehicle_document_end(c, err);
    }
    if (st == TL_OK && c->draw)
        st = tl_chart_vehicle_fleet(m, &fleet, c->zh, c->arena, &c->drawing, err);
    if (st == TL_OK)
        st = tl_call_report(c, tl_report_vehicle_fleet(m, &fleet, 0, with_cars, c->arena), err);
    c->partial = fleet.refused > 0;
    tl_car_model_close(m);
    return st;
}

tl_status tl_run_vehicle_footprint(tl_call *c, tl_error *err)
{
    const char *id = tl_call_text(c, "vehicle");
    bool all = tl_call_flag(c, "all");
    if (all == (id != NULL))
        return tl_fail(err, TL_EINPUT, "expected the id of a car, or %sall",
                       c->dash ? c->dash : "");
    return all ? footprint_of_all(c, true, err) : footprint_of_one(c, id, err);
}

tl_status tl_run_vehicle_fleet(tl_call *c, tl_error *err)
{
    return footprint_of_all(c, false, err);
}
