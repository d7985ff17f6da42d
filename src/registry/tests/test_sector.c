/* The sector maker by maker: counts, means, stages and what is verified, by hand. */
#include "registry/sector.h"

#include "registry/tests/record_test.h"

static void publish(record_fixture *f, const char *id, const char *maker, double g_km,
                    const char *verifier, double primary)
{
    tl_record r = record_car(id, g_km);
    r.maker = maker;
    r.verifier = verifier;
    r.grade = *verifier ? "own" : "estimate";
    r.primary_share = primary;
    record_publish(f, &r, "2026-01-02");
}

/* Two makers; a draft counts nowhere. Each car has 71 of materials and 130 of driving. */
static void fill(record_fixture *f)
{
    bool same;
    tl_record draft = record_car("draft-1", 999);
    draft.maker = "Alpha";
    publish(f, "car-1", "Alpha", 200, "Verity", 0.5);
    publish(f, "car-2", "Alpha", 100, "", NAN);
    publish(f, "car-3", "Beta", 300, "", NAN);
    record_expect("draft", record_put(f, &draft, &same), TL_OK, &f->err, NULL);
}

static void test_groups(void **state)
{
    record_fixture *f = *state;
    tl_sector s;
    fill(f);
    record_expect("read", tl_sector_read(f->s, &(tl_sector_filter){ 0 }, f->arena, &s, &f->err),
                  TL_OK, &f->err, NULL);
    assert_int_equal(s.n, 2);
    assert_int_equal(s.n_stages, 2);
    assert_string_equal(s.stages[0], "materials");
    assert_string_equal(s.makers[0].maker, "Alpha");
    assert_int_equal(s.makers[0].cars, 2);
    assert_float_equal(s.makers[0].mean_g_km, 150, 1e-12); /* (200 + 100) / 2 */
    assert_int_equal(s.makers[0].verified, 1);
    assert_int_equal(s.makers[0].grades[0], 1);
    assert_int_equal(s.makers[0].grades[1], 1);
    assert_float_equal(s.makers[0].primary_share, 0.5, 1e-12); /* of the one that states it */
    assert_true(isnan(s.makers[1].primary_share));
    assert_float_equal(s.makers[1].stage_g_km[1], 130, 1e-12);
    assert_int_equal(s.all.cars, 3);
    assert_float_equal(s.all.mean_g_km, 200, 1e-12); /* 600 / 3 */
    assert_float_equal(s.all.stage_g_km[0], 71, 1e-12);
}

static void test_filter(void **state)
{
    record_fixture *f = *state;
    static const char *const beta[] = { "Beta" }, *const nobody[] = { "Gamma" };
    const struct filter_case {
        const char *label;
        tl_sector_filter filter;
        size_t makers, cars;
    } cases[] = {
        { "one maker", { .makers = beta, .n_makers = 1 }, 1, 1 },
        { "a maker nobody knows", { .makers = nobody, .n_makers = 1 }, 0, 0 },
        { "by powertrain", { .powertrain = "phev" }, 2, 3 },
        { "of no such powertrain", { .powertrain = "bev" }, 0, 0 },
        { "by size and body", { .size = "compact", .body = "suv" }, 2, 3 },
    };
    fill(f);
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        tl_sector s;
        record_expect(cases[i].label, tl_sector_read(f->s, &cases[i].filter, f->arena, &s, &f->err),
                      TL_OK, &f->err, NULL);
        if (s.n != cases[i].makers || s.all.cars != cases[i].cars)
            fail_msg("%s: %zu makers and %zu cars, want %zu and %zu", cases[i].label, s.n,
                     s.all.cars, cases[i].makers, cases[i].cars);
        if (s.all.cars == 0 && !isnan(s.all.mean_g_km))
            fail_msg("%s: a mean of no car", cases[i].label);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_groups, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_filter, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
