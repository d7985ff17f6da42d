/* test_draws.c - spread of footprints: against what a uniform range must give, and the same bytes
 * for any number of threads. */
#include "footprint/draws.h"
#include "footprint/tests/car_test.h"

/* Every parameter fixed at its own value, so that only energy use and the system's amounts vary. */
static const tl_setting fixed[] = {
    { "steel.utilisation", "0.6" },
    { "tyre.mass_kg", "11.34" },
    { "tyre.life_km", "50000" },
    { "fluids.refills", "1" },
    { "refrigerant.charge_kg", "1" },
    { "refrigerant.charges_lost", "1" },
    { "battery.charge_efficiency", "0.851663" },
    { "battery.life_km", "200000" },
    { "battery.cell_mass_share", "0.7" },
    { "battery.cell_density", "0.24" },
};

/* A fleet of two cars by hand: draws.h needs no more of it than the cars. */
static tl_fleet two_cars(tl_fleet_car cars[2], const tl_vehicle *a, const tl_vehicle *b)
{
    cars[0] = (tl_fleet_car){ .vehicle = a, .category = TL_NO_CATEGORY };
    cars[1] = (tl_fleet_car){ .vehicle = b, .category = TL_NO_CATEGORY, .refused = "on purpose" };
    return (tl_fleet){ .cars = cars, .n_cars = 2 };
}

/* A gasoline car at 5 to 7 L/100 km and nothing else uncertain: the total is uniform between its
 * low and high end, so the mean is the middle, sd = width / sqrt 12, and the 2.5 and 97.5
 * percentiles lie 2.5% of the width inside the ends. 4,000 draws: standard error of the mean sd
 * / 63. */
static void test_uniform_energy(void **state)
{
    car_fixture *f = *state;
    enum { DRAWS = 4000 };
    tl_car_model m;
    tl_fleet_car cars[2];
    tl_demand d = { 0 };
    tl_vehicle v = car_gasoline();
    v.fuel_low = 5;
    v.fuel_high = 7;
    assert_int_equal(tl_car_model_open(&m, f->s, fixed, TEST_COUNT(fixed), f->arena, &f->err),
                     TL_OK);
    tl_footprint p = car_footprint("5 to 7 L", &m, &v, NULL, 0, &d);
    double low = tl_footprint_g_km(&p, p.low_kg), high = tl_footprint_g_km(&p, p.high_kg);
    double width = high - low, sd = width / sqrt(12);
    tl_fleet fleet = two_cars(cars, &v, &v);
    tl_spread x[2];
    const tl_draw_options options = { .n = DRAWS, .seed = 7 };
    assert_int_equal(tl_fleet_spread(&fleet, f->s, &m, &options, f->arena, x, &f->err), TL_OK);
    expect_near("mean", x[0].mean, (low + high) / 2, 4 * sd / 63 / low);
    expect_near("sd", x[0].sd, sd, 0.05);
    expect_near("2.5%", x[0].p2_5, low + 0.025 * width, 0.01);
    expect_near("median", x[0].median, (low + high) / 2, 0.01);
    expect_near("97.5%", x[0].p97_5, high - 0.025 * width, 0.01);
    assert_true(x[0].p2_5 >= low - 1e-3 && x[0].p97_5 <= high + 1e-3); /* kept as float */
    assert_true(isnan(x[1].mean));                                     /* no footprint, no spread */
    tl_demand_clear(&d);
    tl_car_model_close(&m);
}

static void test_threads_and_seed(void **state)
{
    car_fixture *f = *state;
    tl_vehicle a = car_electric(), b = car_gasoline();
    tl_fleet_car cars[2];
    tl_fleet fleet = two_cars(cars, &a, &b);
    tl_spread first[2], again[2], other[2];
    cars[1].refused = NULL;
    tl_draw_options options = { .n = 200, .seed = 11, .threads = 1 };
    assert_int_equal(tl_fleet_spread(&fleet, f->s, &f->model, &options, f->arena, first, &f->err),
                     TL_OK);
    for (unsigned threads = 2; threads <= 5; threads++) {
        options.threads = threads;
        assert_int_equal(
            tl_fleet_spread(&fleet, f->s, &f->model, &options, f->arena, again, &f->err), TL_OK);
        assert_memory_equal(first, again, sizeof first);
    }
    options.seed = 12;
    assert_int_equal(tl_fleet_spread(&fleet, f->s, &f->model, &options, f->arena, other, &f->err),
                     TL_OK);
    assert_true(first[0].mean != other[0].mean);
    assert_true(first[0].sd > 0 && first[0].p2_5 < first[0].median);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_uniform_energy, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_threads_and_seed, car_setup, car_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
