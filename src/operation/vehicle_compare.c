/* vehicle_compare.c - cars side by side, and the break-even of two in one person's use. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "operation/vehicle.h"

enum { CARS_MAX = 20, KM_YEAR = 15000 /* our own declaration: ten years for the rule's mileage */ };

static tl_status leave_comparison(tl_call *c, const tl_shown_car *cars, size_t n, tl_error *err)
{
    tl_status st = TL_OK;
    if (c->draw)
        st = tl_chart_vehicle_stages(cars, NULL, n, c->zh, c->arena, &c->drawing, err);
    if (st == TL_OK && c->json) {
        tl_json j = tl_vehicle_document(c, true);
        tl_json_array(&j, NULL);
        for (size_t i = 0; i < n; i++)
            tl_vehicle_car_json(&j, NULL, &cars[i]);
        tl_json_end(&j);
        st = tl_vehicle_document_end(c, err);
    }
    return st == TL_OK ? tl_call_report(c, tl_report_vehicle_comparison(cars, n, c->arena), err)
                       : st;
}

tl_status tl_run_vehicle_compare(tl_call *c, tl_error *err)
{
    const char *ids[CARS_MAX];
    size_t n = tl_call_list(c, "vehicle", ids, CARS_MAX);
    tl_settings settings;
    if (n < 2 || n > CARS_MAX)
        return tl_fail(err, TL_EINPUT, "%zu cars, expected 2 to %d", n, (int)CARS_MAX);
    tl_computed_car *all = tl_arena_alloc(c->arena, n, sizeof *all);
    tl_shown_car *cars = tl_arena_alloc(c->arena, n, sizeof *cars);
    tl_status st = all && cars ? tl_vehicle_settings(c, &settings, err) : tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        st = tl_vehicle_compute(c, ids[i], &settings, &all[i], err);
        cars[i] = tl_computed_car_shown(&all[i], NULL);
    }
    if (st == TL_OK)
        st = leave_comparison(c, cars, n, err);
    for (size_t i = 0; all && i < n; i++)
        tl_computed_car_close(&all[i]);
    return st;
}

/* One person's use: the settings given, the grid, and with years the mileage they come to. */
static tl_status read_use(const tl_call *c, tl_settings *settings, tl_shown_break_even *x,
                          tl_error *err)
{
    int64_t years = 0;
    x->km_year = KM_YEAR;
    x->region = tl_call_text(c, "region");
    x->km_stated = tl_call_text(c, "km-year") != NULL;
    tl_call_int(c, "km-year", &x->km_year);
    tl_call_int(c, "years", &years);
    tl_status st = tl_vehicle_settings(c, settings, err);
    if (st == TL_OK && x->region) {
        const char *text = tl_arena_printf(c->arena, "charging.region=%s", x->region);
        st = text ? tl_settings_add(settings, text, c->arena, err) : tl_fail_nomem(err);
    }
    if (st == TL_OK && years > 0) {
        const char *text = tl_arena_printf(c->arena, "lifetime_km=%" PRId64, years * x->km_year);
        st = text ? tl_settings_add(settings, text, c->arena, err) : tl_fail_nomem(err);
    }
    return st;
}

static tl_status leave_break_even(tl_call *c, tl_shown_break_even *x, const tl_computed_car cars[2],
                                  tl_error *err)
{
    tl_break_even_study study;
    const tl_shown_car a = tl_computed_car_shown(&cars[0], NULL);
    const tl_shown_car b = tl_computed_car_shown(&cars[1], NULL);
    const tl_break_even_car x_a = { &cars[0].vehicle, cars[0].parts, cars[0].n_parts };
    const tl_break_even_car x_b = { &cars[1].vehicle, cars[1].parts, cars[1].n_parts };
    tl_status st = tl_break_even_study_make(&cars[0].model, &x_a, &x_b, &study, err);
    x->a = &a;
    x->b = &b;
    x->study = &study;
    x->years = cars[0].footprint.lifetime_km / (double)x->km_year;
    if (st == TL_OK && c->draw)
        st = tl_chart_vehicle_break_even(x, c->zh, c->arena, &c->drawing, err);
    if (st == TL_OK)
        st = tl_call_report(c, tl_report_vehicle_break_even(x, c->arena), err);
    x->a = x->b = NULL; /* they end here */
    x->study = NULL;
    return st;
}

tl_status tl_run_vehicle_break_even(tl_call *c, tl_error *err)
{
    tl_settings settings;
    tl_shown_break_even x = { 0 };
    const char *ids[2];
    size_t n = tl_call_list(c, "vehicle", ids, 2);
    if (n != 2)
        return tl_fail(err, TL_EINPUT, "%zu cars, expected 2", n);
    tl_computed_car *cars = tl_arena_alloc(c->arena, 2, sizeof *cars);
    tl_status st = cars ? read_use(c, &settings, &x, err) : tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < 2; i++)
        st = tl_vehicle_compute(c, ids[i], &settings, &cars[i], err);
    if (st == TL_OK)
        st = leave_break_even(c, &x, cars, err);
    for (size_t i = 0; cars && i < 2; i++)
        tl_computed_car_close(&cars[i]);
    return st;
}
