/* test_break_even.c - straight lines that cross or not, and two cars by hand. */
#include "footprint/tests/car_test.h"

#include "footprint/break_even.h"

/* E_a(x) = once_a + x per_km_a, E_b likewise; they cross at (once_a - once_b) / (per_km_b -
 * per_km_a). */
static const struct line_case {
    const char *label;
    double once_a, per_km_a, once_b, per_km_b;
    tl_break_even_kind kind;
    double km; /* (9000 - 6000) kg / (0.20 - 0.10) kg/km = 30,000 km */
    bool a_is_last;
} line_cases[] = {
    { "dear to make, cheap to drive", 9000, 0.10, 6000, 0.20, TL_BREAK_EVEN_CROSS, 30000, true },
    { "the other way round", 6000, 0.20, 9000, 0.10, TL_BREAK_EVEN_CROSS, 30000, false },
    { "better in both", 6000, 0.10, 9000, 0.20, TL_BREAK_EVEN_A_LOWER, 0, true },
    { "worse in both", 9000, 0.20, 6000, 0.10, TL_BREAK_EVEN_B_LOWER, 0, false },
    { "same to make", 6000, 0.20, 6000, 0.10, TL_BREAK_EVEN_B_LOWER, 0, false },
    { "same to drive", 6000, 0.10, 9000, 0.10, TL_BREAK_EVEN_A_LOWER, 0, false },
    { "same to drive, dearer", 9000, 0.10, 6000, 0.10, TL_BREAK_EVEN_B_LOWER, 0, false },
    { "the same car", 6000, 0.10, 6000, 0.10, TL_BREAK_EVEN_SAME, 0, false },
    { "crossing before the first km", 6000, 0.1, 6001, 0.2, TL_BREAK_EVEN_A_LOWER, 0, true },
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(line_cases); i++) {
        const struct line_case *c = &line_cases[i];
        tl_break_even got = tl_break_even_of(c->once_a, c->per_km_a, c->once_b, c->per_km_b);
        if (got.kind != c->kind || got.a_is_last != c->a_is_last)
            fail_msg("%s: kind %d last %d, want %d %d", c->label, (int)got.kind, got.a_is_last,
                     (int)c->kind, c->a_is_last);
        if (c->kind == TL_BREAK_EVEN_CROSS)
            expect_near(c->label, got.km, c->km, 1e-12);
        else if (!isnan(got.km))
            fail_msg("%s: %g km, want none", c->label, got.km);
    }
}

/* The gasoline car of test_footprint.c: 6 L/100 km over 150,000 km are 9,000 L, with 0.60664 kg to
 * make and 2.17475 kg to burn each: (0.60664 + 2.17475) x 0.06 = 0.1668834 kg/km, and maintenance
 * on top. The electric one: 0.16 kWh/km. What is once is materials and the 300 kg of production. */
static void test_course(void **state)
{
    car_fixture *f = *state;
    tl_vehicle v = car_gasoline();
    tl_demand d = { 0 };
    v.fuel_low = 5;
    v.fuel_high = 7;
    tl_footprint got = car_footprint("gasoline", &f->model, &v, NULL, 0, &d);
    tl_car_course c = tl_car_course_of(&got);
    double maintenance = got.stage_kg[TL_STAGE_MAINTENANCE] / 150000;
    expect_near("per km", c.kg_per_km, (0.60664 + 2.17475) * 0.06 + maintenance, 1e-12);
    expect_near("low", c.low_kg_per_km, (0.60664 + 2.17475) * 0.05 + maintenance, 1e-12);
    expect_near("high", c.high_kg_per_km, (0.60664 + 2.17475) * 0.07 + maintenance, 1e-12);
    expect_near("once", c.once_kg, got.stage_kg[TL_STAGE_MATERIALS] + 300, 1e-12);
    expect_near("the whole life", c.once_kg + 150000 * c.kg_per_km, got.total_kg, 1e-12);
    tl_demand_clear(&d);
}

/* Both cars at the crossing have emitted the same; every case is within the range told. */
static void test_study(void **state)
{
    car_fixture *f = *state;
    tl_vehicle gasoline = car_gasoline(), electric = car_electric();
    const tl_break_even_car a = { .vehicle = &electric }, b = { .vehicle = &gasoline };
    tl_break_even_study s;
    gasoline.fuel_low = 5;
    gasoline.fuel_high = 7;
    if (tl_break_even_study_make(&f->model, &a, &b, &s, &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    assert_int_equal(s.at.kind, TL_BREAK_EVEN_CROSS);
    assert_true(s.at.a_is_last);
    expect_near("both the same there", s.a.once_kg + s.at.km * s.a.kg_per_km,
                s.b.once_kg + s.at.km * s.b.kg_per_km, 1e-12);
    /* thirsty gasoline (7 L) makes the electric car win sooner than a thrifty one (5 L) */
    double once = s.a.once_kg - s.b.once_kg, litre = 0.60664 + 2.17475;
    expect_near("7 L/100 km", s.a_thrifty.km, once / (s.b.kg_per_km + 0.01 * litre - s.a.kg_per_km),
                1e-9);
    expect_near("5 L/100 km", s.b_thrifty.km, once / (s.b.kg_per_km - 0.01 * litre - s.a.kg_per_km),
                1e-9);
    assert_true(s.low_km <= s.a_thrifty.km && s.b_thrifty.km <= s.high_km);
    assert_true(s.n_cases > 3);
    for (size_t i = 0; i < s.n_cases; i++)
        if (s.cases[i].at_low.km < s.low_km || s.cases[i].at_high.km > s.high_km)
            fail_msg("%s: outside the range", s.cases[i].parameter->name);
}

static void test_no_footprint(void **state)
{
    car_fixture *f = *state;
    tl_vehicle gasoline = car_gasoline(), ethanol = car_blank("ethanol", "e85", 1200);
    const tl_break_even_car a = { .vehicle = &ethanol }, b = { .vehicle = &gasoline };
    static const char *const words[] = { "car ethanol has no footprint", NULL };
    tl_break_even_study s;
    ethanol.fuel = "e85";
    ethanol.fuel_low = ethanol.fuel_high = 8;
    tl_status got = tl_break_even_study_make(&f->model, &a, &b, &s, &f->err);
    expect_error("ethanol", got, TL_EINPUT, &f->err, words);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_lines), cmocka_unit_test(test_course),
                                        cmocka_unit_test(test_study),
                                        cmocka_unit_test(test_no_footprint) };
    return cmocka_run_group_tests(tests, car_setup, car_teardown);
}
