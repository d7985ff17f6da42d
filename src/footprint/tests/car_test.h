/* car_test.h - a database in memory with the bundled sets, cars made in one line, and comparisons
 * that say what came and what was wanted. */
#ifndef TL_FOOTPRINT_TESTS_CAR_TEST_H
#define TL_FOOTPRINT_TESTS_CAR_TEST_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "factor/factor.h"
#include "footprint/result.h"

#define TEST_COUNT(a) (sizeof(a) / sizeof *(a))

typedef struct car_fixture {
    tl_store *s;
    tl_arena *arena;
    tl_car_model model; /* without settings */
    tl_error err;
} car_fixture;

/* Folder of the project. */
static inline const char *car_root(void)
{
    const char *root = getenv("TL_SOURCE");
    return root ? root : ".";
}

static inline tl_status car_install(tl_store *s, const char *folder, tl_arena *arena, tl_error *err)
{
    tl_dataset set;
    bool already;
    int64_t rows;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    st = tl_dataset_install(s, folder, "test", arena, &set, &already, err);
    if (st == TL_OK && !already && strcmp(set.kind, "factors") == 0)
        st = tl_factor_load(s, &set, arena, &rows, err);
    if (st == TL_OK)
        return tl_store_commit(s, err);
    tl_store_rollback(s);
    return st;
}

/* Everything a car needs, from data/. */
static inline tl_status car_install_all(tl_store *s, tl_arena *arena, tl_error *err)
{
    static const char *const sets[] = { "gwp",
                                        "materials",
                                        "uk-2025",
                                        "electricity-footprint-cn",
                                        "grid-electricity-cn",
                                        "car-system",
                                        "car-rule",
                                        "class-rule",
                                        "vehicle-maps" };
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < TEST_COUNT(sets); i++) {
        const char *folder = tl_arena_printf(arena, "%s/data/%s", car_root(), sets[i]);
        st = folder ? car_install(s, folder, arena, err) : tl_fail_nomem(err);
    }
    return st;
}

static inline int car_setup(void **state)
{
    car_fixture *f = calloc(1, sizeof *f);
    *state = f;
    if (!f || tl_arena_new(&f->arena, 0, &f->err) != TL_OK ||
        tl_store_open(&f->s, ":memory:", NULL, &f->err) != TL_OK ||
        car_install_all(f->s, f->arena, &f->err) != TL_OK ||
        tl_car_model_open(&f->model, f->s, NULL, 0, f->arena, &f->err) != TL_OK) {
        fprintf(stderr, "setup: %s\n", f ? f->err.text : "out of memory");
        return -1;
    }
    return 0;
}

static inline int car_teardown(void **state)
{
    car_fixture *f = *state;
    tl_car_model_close(&f->model);
    tl_store_close(f->s);
    tl_arena_free(f->arena);
    free(f);
    return 0;
}

/* A car of which nothing optional is known. */
static inline tl_vehicle car_blank(const char *id, const char *powertrain, double kerb_mass_kg)
{
    return (tl_vehicle){ .id = id,
                         .map = "test",
                         .source_row = 2,
                         .brand = "MAKER",
                         .model = "MODEL",
                         .powertrain = powertrain,
                         .kerb_mass_kg = kerb_mass_kg,
                         .fuel_low = NAN,
                         .fuel_high = NAN,
                         .electricity_low_wh_km = NAN,
                         .electricity_high_wh_km = NAN,
                         .range_low_km = NAN,
                         .range_high_km = NAN,
                         .battery_kwh = NAN,
                         .co2_low_g_km = NAN,
                         .co2_high_g_km = NAN,
                         .price = NAN };
}

/* The two cars of the hand calculations. */
static inline tl_vehicle car_gasoline(void)
{
    tl_vehicle v = car_blank("gasoline", "gasoline", 1500);
    v.size_class = "compact";
    v.body = "sedan";
    v.fuel = "gasoline";
    v.fuel_low = v.fuel_high = 6;
    return v;
}

static inline tl_vehicle car_electric(void)
{
    tl_vehicle v = car_blank("electric", "bev", 1700);
    v.size_class = "compact";
    v.body = "sedan";
    v.electricity_low_wh_km = v.electricity_high_wh_km = 160;
    v.electricity_at_mains = true;
    v.range_low_km = v.range_high_km = 375;
    return v;
}

/* The footprint of a car that has to have one; *d keeps its lines until tl_demand_clear. */
static inline tl_footprint car_footprint(const char *label, const tl_car_model *m,
                                         const tl_vehicle *v, const tl_vehicle_part *parts,
                                         size_t n, tl_demand *d)
{
    tl_error err = { 0 };
    tl_footprint f;
    if (tl_car_demand(m, v, parts, n, d, &err) != TL_OK)
        fail_msg("%s: %s", label, err.text);
    tl_footprint_of(m, v, d, &f);
    return f;
}

/* Total in g/km under settings given as "a=b", or the error in err. */
static inline tl_status car_total(car_fixture *f, const tl_vehicle *v, const char *const *settings,
                                  size_t n, double *g_km, tl_error *err)
{
    tl_setting list[8];
    tl_car_model m = { 0 };
    tl_demand d = { 0 };
    tl_footprint p;
    tl_status st = TL_OK;
    assert_true(n <= TEST_COUNT(list));
    for (size_t i = 0; st == TL_OK && i < n; i++)
        st = tl_setting_parse(&list[i], settings[i], list, i, f->arena, err);
    if (st == TL_OK)
        st = tl_car_model_open(&m, f->s, list, n, f->arena, err);
    if (st == TL_OK)
        st = tl_car_demand(&m, v, NULL, 0, &d, err);
    if (st == TL_OK) {
        tl_footprint_of(&m, v, &d, &p);
        *g_km = tl_footprint_g_km(&p, p.total_kg);
    }
    tl_demand_clear(&d);
    tl_car_model_close(&m);
    return st;
}

/* got equals want within `relative` of want. */
static inline void expect_near(const char *label, double got, double want, double relative)
{
    if (!(fabs(got - want) <= relative * fabs(want)))
        fail_msg("%s: got %.15g, want %.15g (relative %.2g)", label, got, want,
                 fabs(got - want) / fabs(want));
}

/* Fails unless got is the status wanted and the error says all the words (NULL ends). */
static inline void expect_error(const char *label, tl_status got, tl_status want,
                                const tl_error *err, const char *const *words)
{
    if (got != want)
        fail_msg("%s: got %s (%s), want %s", label, tl_status_name(got), err->text,
                 tl_status_name(want));
    for (; got != TL_OK && words && *words; words++)
        if (!strstr(err->text, *words))
            fail_msg("%s: error '%s' does not say '%s'", label, err->text, *words);
    if (strchr(err->text, '\n'))
        fail_msg("%s: error of more than one line", label);
}

#endif
