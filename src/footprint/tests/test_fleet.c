/* test_fleet.c - categories, means, eta, ranks and classes of a fleet made by hand, and a fleet out
 * of the database. */
#include "footprint/tests/car_test.h"

#include "base/number.h"
#include "footprint/fleet_priv.h"
#include "footprint/intensity.h"

/* The bundled rule: five equal classes, groups of five and more. */
static void load_classes(car_fixture *f, tl_class_rule *out)
{
    tl_pins pins = { .n = 0 };
    if (tl_class_rule_load(out, f->s, &pins, f->arena, &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    assert_int_equal(pins.n, 1);
}

/* n cars of one maker and category with the totals given. */
static void make_fleet(car_fixture *f, tl_fleet *out, const double *g_km, size_t n)
{
    tl_vehicle *v = tl_arena_alloc(f->arena, n, sizeof *v);
    *out = (tl_fleet){ .n_cars = n, .computed = n };
    out->cars = tl_arena_alloc(f->arena, n, sizeof *out->cars);
    assert_non_null(v);
    assert_non_null(out->cars);
    load_classes(f, &out->classes);
    for (size_t i = 0; i < n; i++) {
        v[i] = car_gasoline();
        out->cars[i] =
            (tl_fleet_car){ .vehicle = &v[i], .category = TL_NO_CATEGORY, .g_km = g_km[i] };
    }
}

static void group(car_fixture *f, tl_fleet *fleet)
{
    if (tl_fleet_group(fleet, f->arena, &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
}

static tl_vehicle *car_of(tl_fleet *fleet, size_t i)
{
    return (tl_vehicle *)(uintptr_t)fleet->cars[i].vehicle; /* made by make_fleet */
}

static void expect_eta(const char *label, const tl_maker *maker, size_t below, size_t all)
{
    if (maker->below != below || maker->with_category != all)
        fail_msg("%s: %zu of %zu, want %zu of %zu", label, maker->below, maker->with_category,
                 below, all);
    expect_near(label, maker->eta, (double)below / (double)all, 0);
}

/* Ten cars, nine below the mean of their category: 90.0%. One of the nine raised to exactly the
 * mean: 80.0%. Mean of 9 x 100 and 190 is 109; with x instead of one 100, x = (990 + x) / 10 gives
 * x = 110 = (800 + 110 + 190) / 10. */
static void test_eta(void **state)
{
    car_fixture *f = *state;
    double g_km[] = { 100, 100, 100, 100, 100, 100, 100, 100, 100, 190 };
    tl_fleet fleet;
    make_fleet(f, &fleet, g_km, 10);
    group(f, &fleet);
    assert_int_equal(fleet.n_makers, 1);
    expect_near("mean", fleet.categories[0].mean_g_km, 109, 1e-15);
    expect_eta("nine below", &fleet.makers[0], 9, 10);
    g_km[4] = 110;
    make_fleet(f, &fleet, g_km, 10);
    group(f, &fleet);
    expect_near("mean", fleet.categories[0].mean_g_km, 110, 1e-15);
    expect_eta("one at the mean", &fleet.makers[0], 8, 10);
    if (fleet.cars[4].below)
        fail_msg("a car at the mean counts as below");
    g_km[4] = nextafter(110, 0) - 1e-9;
    make_fleet(f, &fleet, g_km, 10);
    group(f, &fleet);
    expect_eta("a little below", &fleet.makers[0], 9, 10);
}

/* Equal cars are not below their mean, whatever the sum of their numbers rounds to. */
static void test_equal(void **state)
{
    car_fixture *f = *state;
    double g_km[97];
    tl_fleet fleet;
    for (size_t n = 1; n <= TEST_COUNT(g_km); n += 12) {
        for (size_t i = 0; i < n; i++)
            g_km[i] = 223.1 / 3;
        make_fleet(f, &fleet, g_km, n);
        group(f, &fleet);
        expect_eta("equal cars", &fleet.makers[0], 0, n);
        for (size_t i = 0; i < n; i++)
            if (fleet.cars[i].rank != 1 || fleet.cars[i].class_number != (n < 5 ? 0 : 1))
                fail_msg("%zu equal cars: rank %zu, class %d", n, fleet.cars[i].rank,
                         fleet.cars[i].class_number);
    }
}

/* A car of which size, body or footprint is missing is in neither m nor M, and moves no mean. */
static void test_missing(void **state)
{
    car_fixture *f = *state;
    const double g_km[] = { 100, 200, 1, 1, 1, 300 };
    tl_fleet fleet;
    make_fleet(f, &fleet, g_km, 6);
    car_of(&fleet, 2)->size_class = NULL;
    car_of(&fleet, 3)->body = NULL;
    fleet.cars[4].refused = "for a reason";
    car_of(&fleet, 5)->brand = "ALONE"; /* with no category at all */
    car_of(&fleet, 5)->size_class = NULL;
    group(f, &fleet);
    assert_int_equal(fleet.n_categories, 1);
    assert_int_equal(fleet.categories[0].n, 2);
    expect_near("mean", fleet.categories[0].mean_g_km, 150, 0);
    assert_int_equal(fleet.n_makers, 2);
    assert_string_equal(fleet.makers[0].brand, "MAKER");
    expect_eta("two of five", &fleet.makers[0], 1, 2);
    assert_int_equal(fleet.makers[0].cars, 4);
    if (fleet.makers[1].with_category != 0 || !isnan(fleet.makers[1].eta))
        fail_msg("eta of a maker without category: %g", fleet.makers[1].eta);
    for (size_t i = 2; i < 6; i++)
        assert_null(tl_fleet_category(&fleet, &fleet.cars[i]));
}

/* Lynk & Co 01, seed report of October 2024: 201 g/km against 237 of compact plug-in SUVs is
 * -15.2% and below. Here the mean of 201 and 273 is 237. */
static void test_to_mean(void **state)
{
    car_fixture *f = *state;
    const double g_km[] = { 201, 273 };
    tl_fleet fleet;
    make_fleet(f, &fleet, g_km, 2);
    group(f, &fleet);
    char text[TL_NUMBER_MAX + 320];
    tl_number_format_fixed(100 * fleet.cars[0].to_mean, 1, text);
    assert_string_equal(text, "-15.2");
    assert_true(fleet.cars[0].below && !fleet.cars[1].below);
}

static const struct class_case {
    const char *label;
    size_t n;
    double g_km[11];
    int want[11];
} class_cases[] = {
    { "four cars have none", 4, { 1, 2, 3, 4 }, { 0, 0, 0, 0 } },
    { "five cars", 5, { 50, 10, 30, 20, 40 }, { 5, 1, 3, 2, 4 } },
    { "ten cars, two each",
      10,
      { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 },
      { 1, 1, 2, 2, 3, 3, 4, 4, 5, 5 } },
    { "two share the first rank", 5, { 1, 1, 3, 4, 5 }, { 1, 1, 3, 4, 5 } },
    { "ranks 1 2 2 4 5", 5, { 1, 2, 2, 4, 5 }, { 1, 2, 2, 4, 5 } },
    { "a tie over the cut shares the better class",
      10,
      { 1, 2, 2, 2, 5, 6, 7, 8, 9, 10 },
      { 1, 1, 1, 1, 3, 3, 4, 4, 5, 5 } },
    { "all the same", 6, { 7, 7, 7, 7, 7, 7 }, { 1, 1, 1, 1, 1, 1 } },
    /* eleven: ranks up to 2.2, 4.4, 6.6, 8.8 */
    { "eleven cars",
      11,
      { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 },
      { 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5 } },
};

static void test_classes(void **state)
{
    car_fixture *f = *state;
    for (size_t k = 0; k < TEST_COUNT(class_cases); k++) {
        const struct class_case *c = &class_cases[k];
        tl_fleet fleet;
        size_t counted = 0;
        make_fleet(f, &fleet, c->g_km, c->n);
        group(f, &fleet);
        for (size_t i = 0; i < c->n; i++)
            if (fleet.cars[i].class_number != c->want[i])
                fail_msg("%s: car %zu has class %d, want %d", c->label, i + 1,
                         fleet.cars[i].class_number, c->want[i]);
        for (size_t i = 0; i <= TL_CLASSES_MAX; i++)
            counted += fleet.makers[0].classes[i];
        assert_int_equal(counted, c->n);
    }
}

/* Categories apart: no car of one moves the mean, rank or class of another. Makers by eta, then by
 * M, then by name. */
static void test_apart(void **state)
{
    car_fixture *f = *state;
    static const char *const brands[] = { "B", "B", "A", "A", "C", "C" };
    static const char *const bodies[] = { "sedan", "sedan", "suv", "suv", "sedan", "suv" };
    const double g_km[] = { 90, 120, 190, 250, 120, 220 };
    tl_fleet fleet;
    make_fleet(f, &fleet, g_km, 6);
    for (size_t i = 0; i < 6; i++) {
        car_of(&fleet, i)->brand = brands[i];
        car_of(&fleet, i)->body = bodies[i];
    }
    group(f, &fleet);
    assert_int_equal(fleet.n_categories, 2);
    assert_string_equal(fleet.categories[0].body, "sedan");
    expect_near("sedans", fleet.categories[0].mean_g_km, 110, 1e-15); /* 90 120 120 */
    expect_near("SUVs", fleet.categories[1].mean_g_km, 220, 1e-15);   /* 190 250 220 */
    assert_int_equal(fleet.n_makers, 3);
    const struct {
        const char *brand;
        size_t below;
    } want[] = { { "A", 1 }, { "B", 1 }, { "C", 0 } }; /* C: 120 above, 220 at the mean */
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(fleet.makers[i].brand, want[i].brand);
        expect_eta(want[i].brand, &fleet.makers[i], want[i].below, 2);
    }
    const size_t ranks[] = { 1, 2, 1, 3, 2, 2 };
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(fleet.cars[i].rank, ranks[i]);
}

static void test_empty(void **state)
{
    car_fixture *f = *state;
    tl_fleet fleet;
    make_fleet(f, &fleet, NULL, 0);
    group(f, &fleet);
    assert_int_equal(fleet.n_categories + fleet.n_makers, 0);
}

/* Published figures of Polestar (IPE, October 2024, table 3-5-3): footprint x share / mass, t CO2e
 * per kg, rounded half up to four places as printed there. */
static const struct intensity_case {
    const char *label;
    double footprint_t, share, mass_kg;
    const char *want; /* NULL: refused */
} intensity_cases[] = {
    { "Polestar 2 MY21 aluminium", 26.1, 0.29, 391, "0.0194" },
    { "Polestar 2 MY24 aluminium", 23.1, 0.26, 347, "0.0173" },
    { "Polestar 4 MY25 aluminium", 21.4, 0.24, 322, "0.0160" },
    { "Polestar 2 MY21 steel", 26.1, 0.17, 880, "0.0050" },
    { "Polestar 2 MY24 steel", 23.1, 0.19, 908, "0.0048" },
    { "Polestar 4 MY25 steel", 21.4, 0.20, 806, "0.0053" },
    { "no share", 21.4, 0, 806, "0.0000" },
    { "all of it", 1, 1, 8, "0.1250" },
    { "no mass", 1, 1, 0, NULL },
    { "less than no mass", 1, 1, -5, NULL },
    { "share above 1", 1, 1.01, 8, NULL },
    { "share below 0", 1, -0.1, 8, NULL },
    { "negative footprint", -1, 0.5, 8, NULL },
    { "no number", NAN, 0.5, 8, NULL },
    { "endless", INFINITY, 0.5, 8, NULL },
    { "overflow", 1e308, 1, 1e-300, NULL },
};

static void test_intensity(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(intensity_cases); i++) {
        const struct intensity_case *c = &intensity_cases[i];
        char text[TL_NUMBER_MAX + 320];
        double v = 0;
        tl_error err = { 0 };
        tl_status st = tl_material_intensity(c->footprint_t, c->share, c->mass_kg, &v, &err);
        if ((st == TL_OK) != (c->want != NULL))
            fail_msg("%s: %s (%s)", c->label, tl_status_name(st), err.text);
        if (st != TL_OK)
            continue;
        tl_number_format_fixed(v, 4, text);
        if (strcmp(text, c->want) != 0)
            fail_msg("%s: %s, want %s", c->label, text, c->want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_eta),     cmocka_unit_test(test_equal),
        cmocka_unit_test(test_missing), cmocka_unit_test(test_to_mean),
        cmocka_unit_test(test_classes), cmocka_unit_test(test_apart),
        cmocka_unit_test(test_empty),   cmocka_unit_test(test_intensity),
    };
    return cmocka_run_group_tests(tests, car_setup, car_teardown);
}
