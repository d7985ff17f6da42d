/* test_loan_tests.c - the days of half-yearly tests, tests kept in the audit chain, and what
 * changed between two of them. */
#include "registry/tests/facility_test.h"

static const struct next_case {
    const char *label, *signed_on, *after, *want;
} next_cases[] = {
    { "the first one", "2025-01-15", "", "2025-07-15" },
    { "on its day it is over", "2025-01-15", "2025-07-15", "2026-01-15" },
    { "the day before it is not", "2025-01-15", "2025-07-14", "2025-07-15" },
    { "years later", "2025-01-15", "2027-03-01", "2027-07-15" },
    { "a month without that day", "2025-08-31", "", "2026-02-28" },
    { "in a leap year", "2027-08-31", "", "2028-02-29" },
    { "the day comes back", "2025-08-31", "2026-02-28", "2026-08-31" },
};

static void test_next(void **state)
{
    (void)state;
    for (size_t i = 0; i < RECORD_COUNT(next_cases); i++) {
        const struct next_case *c = &next_cases[i];
        char got[TL_LOAN_DAY] = "";
        tl_error err = { 0 };
        tl_status st = tl_loan_next_test(c->signed_on, c->after, got, &err);
        if (st != TL_OK || strcmp(got, c->want) != 0)
            fail_msg("%s: got %s (%s), want %s", c->label, got, err.text, c->want);
    }
}

/* Two cars at 100,000, both of class 1 when signed; one is corrected to class 3 in March, and the
 * other to class 2 in May: -20, then (-20 + 0) / 2 = -10, then (-10 + 0) / 2 = -5. */
static void seed(record_fixture *f)
{
    static const kept_class first[] = { { "a", 1, 1 }, { "b", 1, 1 } },
                            march[] = { { "a", 1, 1 }, { "b", 2, 3 } },
                            may[] = { { "a", 2, 2 }, { "b", 2, 3 } };
    const tl_facility draft = facility_draft();
    tl_record a = record_car("a", 90), b = record_car("b", 95);
    a.n_parts = b.n_parts = 0;
    record_publish(f, &a, "2025-01-10");
    record_publish(f, &b, "2025-01-10");
    facility_classes(f, "2025-01-11", first, 2);
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    record_expect("a", facility_draw(f, "a", (tl_money)100000 * YUAN), TL_OK, &f->err, NULL);
    record_expect("b", facility_draw(f, "b", (tl_money)100000 * YUAN), TL_OK, &f->err, NULL);
    record_expect("sign", facility_sign(f, "2025-01-15"), TL_OK, &f->err, NULL);
    a.value = b.value = 120;
    a.reason = b.reason = "measured anew";
    record_publish(f, &b, "2025-03-01");
    facility_classes(f, "2025-03-02", march, 2);
    record_publish(f, &a, "2025-05-01");
    facility_classes(f, "2025-05-02", may, 2);
}

typedef struct look {
    tl_facility f;
    tl_loan_car *cars;
    size_t n;
    tl_loan_result r;
} look;

static void look_at(record_fixture *f, const char *day, look *out)
{
    record_expect(day,
                  tl_facility_at(f->s, "wuhan-rental-1", day, f->arena, &out->f, &out->cars,
                                 &out->n, &f->err),
                  TL_OK, &f->err, NULL);
    record_expect(day, tl_loan_compute(&out->f, out->cars, out->n, &out->r, &f->err), TL_OK,
                  &f->err, NULL);
}

static void test_since(void **state)
{
    record_fixture *f = *state;
    look then, now;
    int64_t effect[2];
    seed(f);
    look_at(f, "2025-04-01", &then);
    look_at(f, "2025-07-15", &now);
    assert_int_equal(then.r.margin_now_e4, -100000);
    assert_int_equal(now.r.margin_now_e4, -50000);
    tl_loan_since(&now.f, now.cars, then.cars, now.n);
    record_expect("compute", tl_loan_compute(&now.f, now.cars, now.n, &now.r, &f->err), TL_OK,
                  &f->err, NULL);
    assert_int_equal(now.r.margin_e4, -100000);
    assert_int_equal(now.r.margin_now_e4, -50000);
    for (size_t i = 0; i < 2; i++)
        record_expect("effect", tl_loan_effect(&now.f, now.cars, 2, i, &effect[i], &f->err), TL_OK,
                      &f->err, NULL);
    assert_int_equal(effect[0], 50000);
    assert_int_equal(effect[1], 0);
    assert_int_equal(tl_loan_change_of(&now.cars[0]), TL_LOAN_CORRECTED);
    assert_int_equal(tl_loan_change_of(&now.cars[1]), TL_LOAN_SAME);
    /* a class beyond the grid is none, and so the worst step */
    then.cars[0].newest_class = 9;
    tl_loan_since(&now.f, now.cars, then.cars, now.n);
    record_expect("beyond", tl_loan_compute(&now.f, now.cars, now.n, &now.r, &f->err), TL_OK,
                  &f->err, NULL);
    assert_int_equal(now.r.margin_e4, (200000 + 0) / 2);
}

static void keep(record_fixture *f, const char *day)
{
    look l;
    look_at(f, day, &l);
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    record_expect(
        "keep",
        facility_end(f, tl_loan_keep_test(f->s, &l.f, l.cars, l.n, &l.r, day, "bert", &f->err)),
        TL_OK, &f->err, NULL);
}

static void test_kept(void **state)
{
    record_fixture *f = *state;
    const tl_loan_kept_test *tests;
    size_t n;
    seed(f);
    keep(f, "2025-04-01");
    keep(f, "2025-07-15");
    record_expect("list", tl_loan_kept_tests(f->s, "wuhan-rental-1", f->arena, &tests, &n, &f->err),
                  TL_OK, &f->err, NULL);
    assert_int_equal(n, 2);
    assert_string_equal(tests[0].day, "2025-07-15");
    assert_string_equal(tests[0].who, "bert");
    assert_int_equal(tests[0].margin_e4, -200000);
    assert_int_equal(tests[0].on_day_e4, -50000);
    assert_int_equal(strlen(tests[0].sha256), 64);
    assert_string_not_equal(tests[0].sha256, tests[1].sha256);
    record_expect("none", tl_loan_kept_tests(f->s, "another", f->arena, &tests, &n, &f->err), TL_OK,
                  &f->err, NULL);
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_next),
        cmocka_unit_test_setup_teardown(test_since, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_kept, record_setup, record_teardown),
    };
    return cmocka_run_group_tests_name("loan_tests", tests, NULL, NULL);
}
