/* test_loan_stress.c - the margin if footprints were others, by hand; the test of a facility on a
 * day, with what changed and what each change adds. */
#include "registry/tests/facility_test.h"

static tl_loan_car car(const char *record, tl_money yuan, int64_t version, int class_number)
{
    const double g_km = version ? 100.0 * class_number : (double)NAN;
    return (tl_loan_car){ .record = record,
                          .price = yuan * YUAN,
                          .version = version,
                          .g_km = g_km,
                          .class_number = class_number,
                          .newest = version,
                          .newest_g_km = g_km,
                          .newest_class = class_number };
}

/* 6 cars of class 1 at 150,000 and 4 of class 3 at 200,000 (SPEC 3.11, check 1). */
static void ten_cars(tl_loan_car cars[10])
{
    for (int i = 0; i < 10; i++)
        cars[i] = i < 5    ? car("small-ev", 150000, 1, 1)
                  : i == 5 ? car("city-ev", 150000, 1, 1)
                           : car("sedan", 200000, 2, 3);
}

static const struct tl_loan_setting city_two[] = { { "city-ev", 2, NAN } },
                                    city_none[] = { { "city-ev", 0, NAN } },
                                    all_five[] = { { "city-ev", 5, NAN },
                                                   { "small-ev", 5, NAN },
                                                   { "sedan", 5, NAN } },
                                    nobody[] = { { "x", 1, NAN } },
                                    beyond[] = { { "sedan", 6, NAN } },
                                    negative[] = { { "sedan", 0, -1 } };

/* By hand: sums of price x basis points in thousands over 1,700. */
static const struct stress_case {
    const char *label;
    tl_loan_what_if what_if;
    int64_t by_price, by_count;
} stress_cases[] = {
    { "nothing: (900 x -20 + 800 x 0) / 1700", { 0 }, -105882, -120000 },
    { "a class worse: (900 x -10 + 800 x 10) / 1700", { .worse = 1 }, -5882, -20000 },
    { "two: (900 x 0 + 800 x 20) / 1700", { .worse = 2 }, 94118, 80000 },
    { "three: (900 x 10 + 800 x 20) / 1700, the last class is the end",
      { .worse = 3 },
      147059,
      140000 },
    { "four: all in class 5", { .worse = 4 }, 200000, 200000 },
    { "none has a footprint", { .missing = true }, 200000, 200000 },
    { "one car in class 2: (750 x -20 + 150 x -10) / 1700",
      { .settings = city_two, .n = 1 },
      -97059,
      -110000 },
    { "one car without: (750 x -20 + 150 x 20) / 1700",
      { .settings = city_none, .n = 1 },
      -70588,
      -80000 },
    { "each model named", { .settings = all_five, .n = 3 }, 200000, 200000 },
    { "a class worse, but one car as named: (750 x -10 + 150 x -10 + 800 x 10) / 1700",
      { .worse = 1, .settings = city_two, .n = 1 },
      -5882,
      -20000 },
    { "g/km do not move a grid of classes", { .more = 0.5 }, -105882, -120000 },
};

static void test_stress(void **state)
{
    const tl_facility f = facility_draft();
    (void)state;
    for (size_t i = 0; i < RECORD_COUNT(stress_cases); i++) {
        const struct stress_case *c = &stress_cases[i];
        tl_loan_car cars[10];
        tl_loan_result r;
        tl_error err = { 0 };
        ten_cars(cars);
        if (tl_loan_stress(&f, cars, 10, &c->what_if, &r, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        if (r.by_price_e4 != c->by_price || r.by_count_e4 != c->by_count)
            fail_msg("%s: %lld by price, %lld by count, want %lld, %lld", c->label,
                     (long long)r.by_price_e4, (long long)r.by_count_e4, (long long)c->by_price,
                     (long long)c->by_count);
        assert_int_equal(cars[0].class_number, 1); /* the cars stay */
    }
}

/* A grid by g/km, 100 and 300 g/km: steps up to 105 -30, up to 310 0, above 30. */
static void test_stress_g_km(void **state)
{
    static const struct {
        double more;
        int64_t by_price;
    } cases[] = { { 0, -158824 },     /* (900 x -30 + 800 x 0) / 1700 */
                  { 0.05, -17647 },   /* 105 and 315: (900 x -30 + 800 x 30) / 1700 */
                  { 0.10, 141176 } }; /* 110 and 330: (900 x 0 + 800 x 30) / 1700 */
    static const tl_loan_step steps[] = { { 0, 105, -30 }, { 0, 310, 0 }, { 0, INFINITY, 30 } };
    tl_facility f = facility_draft();
    (void)state;
    f.basis = TL_LOAN_BY_G_KM;
    f.n_steps = 3;
    memcpy(f.steps, steps, sizeof steps);
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        const tl_loan_what_if w = { .more = cases[i].more };
        tl_loan_car cars[10];
        tl_loan_result r;
        ten_cars(cars);
        assert_int_equal(tl_loan_stress(&f, cars, 10, &w, &r, NULL), TL_OK);
        if (r.by_price_e4 != cases[i].by_price)
            fail_msg("%g more: %lld, want %lld", cases[i].more, (long long)r.by_price_e4,
                     (long long)cases[i].by_price);
    }
}

static void test_refusals(void **state)
{
    static const struct {
        const char *label;
        tl_loan_what_if what_if;
        const char *words;
    } cases[] = {
        { "no such car", { .settings = nobody, .n = 1 }, "'x'" },
        { "no such class", { .settings = beyond, .n = 1 }, "class 6" },
        { "g/km below 0", { .settings = negative, .n = 1 }, "g/km above 0" },
        { "better is no stress", { .worse = -1 }, "-1 classes worse" },
        { "nothing is left", { .more = -1 }, "above -1" },
        { "no number", { .more = NAN }, "above -1" },
    };
    const tl_facility f = facility_draft();
    (void)state;
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        tl_loan_car cars[10];
        tl_loan_result r;
        tl_error err = { 0 };
        ten_cars(cars);
        record_expect(cases[i].label, tl_loan_stress(&f, cars, 10, &cases[i].what_if, &r, &err),
                      TL_EINPUT, &err, cases[i].words);
    }
}

static void publish(record_fixture *f, const char *id, double g_km, const char *day,
                    const char *reason)
{
    tl_record r = record_car(id, g_km);
    r.disclosure_id = "";
    r.reason = reason;
    record_publish(f, &r, day);
}

/* Signed on 2025-02-01: a (class 1), b (class 1), c (class 3), d none. Then: a corrected to class
 * 2, b moves to class 2 without a version, c withdrawn, d published in class 1. */
static void make_history(record_fixture *f)
{
    static const kept_class then[] = { { "a", 1, 1 }, { "b", 1, 1 }, { "c", 1, 3 } },
                            march[] = { { "a", 2, 2 }, { "b", 1, 2 }, { "c", 1, 3 } },
                            april[] = { { "a", 2, 2 }, { "b", 1, 2 }, { "d", 1, 1 } };
    const tl_facility draft = facility_draft();
    static const char *const ids[] = { "a", "b", "c", "d" };
    publish(f, "a", 100, "2025-01-10", NULL);
    publish(f, "b", 100, "2025-01-10", NULL);
    publish(f, "c", 180, "2025-01-10", NULL);
    facility_classes(f, "2025-01-10", then, 3);
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    for (size_t i = 0; i < 4; i++)
        record_expect("draw", facility_draw(f, ids[i], (tl_money)100000 * YUAN), TL_OK, &f->err,
                      NULL);
    record_expect("sign", facility_sign(f, "2025-02-01"), TL_OK, &f->err, NULL);
    publish(f, "a", 120, "2025-03-01", "measured anew");
    facility_classes(f, "2025-03-01", march, 3);
    record_expect("withdraw", record_take(f, "c", TL_RECORD_WITHDRAW, "2025-04-01", "wrong car"),
                  TL_OK, &f->err, NULL);
    publish(f, "d", 90, "2025-04-01", NULL);
    facility_classes(f, "2025-04-01", april, 3);
}

/* Four cars of one price; the margin is the mean of their steps. */
static const struct day_case {
    const char *day;
    tl_loan_change changes[4];
    int64_t now_e4; /* pinned: (-20 - 20 + 0 + 20) / 4 = -5 */
} day_cases[] = {
    { "2025-02-01", { TL_LOAN_SAME, TL_LOAN_SAME, TL_LOAN_SAME, TL_LOAN_SAME }, -50000 },
    { "2025-02-28", { TL_LOAN_SAME, TL_LOAN_SAME, TL_LOAN_SAME, TL_LOAN_SAME }, -50000 },
    /* (-10 - 10 + 0 + 20) / 4 */
    { "2025-03-31", { TL_LOAN_CORRECTED, TL_LOAN_MOVED, TL_LOAN_SAME, TL_LOAN_SAME }, 0 },
    /* (-10 - 10 + 20 - 20) / 4 */
    { "2025-04-01", { TL_LOAN_CORRECTED, TL_LOAN_MOVED, TL_LOAN_ENDED, TL_LOAN_APPEARED }, -50000 },
    { "", { TL_LOAN_CORRECTED, TL_LOAN_MOVED, TL_LOAN_ENDED, TL_LOAN_APPEARED }, -50000 },
};

static void test_days(void **state)
{
    record_fixture *f = *state;
    make_history(f);
    for (size_t i = 0; i < RECORD_COUNT(day_cases); i++) {
        const struct day_case *c = &day_cases[i];
        tl_facility x;
        tl_loan_car *cars;
        tl_loan_result r;
        size_t n;
        int64_t sum = 0, e4;
        record_expect(
            c->day,
            tl_facility_at(f->s, "wuhan-rental-1", c->day, f->arena, &x, &cars, &n, &f->err), TL_OK,
            &f->err, NULL);
        assert_int_equal(tl_loan_compute(&x, cars, n, &r, NULL), TL_OK);
        for (size_t k = 0; k < n; k++) {
            if (tl_loan_change_of(&cars[k]) != c->changes[k])
                fail_msg("%s: car %zu: change %d", c->day, k, (int)tl_loan_change_of(&cars[k]));
            assert_int_equal(tl_loan_effect(&x, cars, n, k, &e4, NULL), TL_OK);
            sum += e4;
        }
        if (r.margin_e4 != -50000 || r.margin_now_e4 != c->now_e4 || sum != c->now_e4 + 50000)
            fail_msg("%s: %lld now, effects %lld", c->day, (long long)r.margin_now_e4,
                     (long long)sum);
    }
}

static void test_day_refusals(void **state)
{
    record_fixture *f = *state;
    tl_facility x;
    tl_loan_car *cars;
    size_t n;
    make_history(f);
    static const struct {
        const char *day, *words;
    } cases[] = { { "2025-01-31", "before facility 'wuhan-rental-1' was signed" },
                  { "2999-01-01", "still to come" },
                  { "2025-02-30", "day" } };
    for (size_t i = 0; i < RECORD_COUNT(cases); i++)
        record_expect(
            cases[i].day,
            tl_facility_at(f->s, "wuhan-rental-1", cases[i].day, f->arena, &x, &cars, &n, &f->err),
            TL_EINPUT, &f->err, cases[i].words);
}

/* A corrected footprint whose class was not kept yet has none: that of version 1 is not taken. */
static void test_class_of_another_version(void **state)
{
    record_fixture *f = *state;
    static const kept_class first[] = { { "a", 1, 1 } }, second[] = { { "a", 2, 2 } };
    const tl_facility draft = facility_draft();
    tl_facility x;
    tl_loan_car *cars;
    tl_kept_class kept;
    size_t n;
    publish(f, "a", 100, "2025-01-10", NULL);
    facility_classes(f, "2025-01-10", first, 1);
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    record_expect("draw", facility_draw(f, "a", (tl_money)100000 * YUAN), TL_OK, &f->err, NULL);
    publish(f, "a", 120, "2025-03-01", "measured anew");
    assert_int_equal(tl_facility_get(f->s, draft.id, f->arena, &x, &cars, &n, NULL), TL_OK);
    assert_true(cars[0].version == 2 && cars[0].class_number == 0);
    assert_int_equal(tl_class_on(f->s, "a", "", &kept, NULL), TL_OK);
    assert_true(kept.class_number == 1 && kept.version == 1);
    facility_classes(f, "2025-03-01", second, 1);
    assert_int_equal(tl_facility_get(f->s, draft.id, f->arena, &x, &cars, &n, NULL), TL_OK);
    assert_int_equal(cars[0].class_number, 2);
    assert_int_equal(tl_class_on(f->s, "a", "2025-02-28", &kept, NULL), TL_OK);
    assert_true(kept.class_number == 1 && kept.version == 1);
    assert_int_equal(tl_class_on(f->s, "b", "", &kept, NULL), TL_OK);
    assert_true(kept.class_number == 0 && kept.version == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stress),
        cmocka_unit_test(test_stress_g_km),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test_setup_teardown(test_days, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_day_refusals, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_class_of_another_version, record_setup,
                                        record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
