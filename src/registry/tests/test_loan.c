/* test_loan.c - the margin of a loan: hand calculations, what is refused, and the report. No
 * database. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "registry/loan.h"

#define TEST_COUNT(a) (sizeof(a) / sizeof *(a))
#define YUAN 100 /* hundredths */

static const tl_facility by_class = {
    .id = "wuhan-rental-1",
    .borrower = "Wuhan car rental",
    .currency = "CNY",
    .grid_date = "2025-01-01",
    .limit = (tl_money)20000000 * YUAN,
    .basis = TL_LOAN_BY_CLASS,
    .weight = TL_LOAN_BY_PRICE,
    .steps = { { 1, 0, -20 }, { 2, 0, -10 }, { 3, 0, 0 }, { 4, 0, 10 }, { 5, 0, 20 } },
    .n_steps = 5,
    .signed_on = "2025-02-01",
};

static tl_facility by_g_km(void)
{
    static const tl_loan_step steps[] = { { 0, 100.0, -30 }, { 0, 200.0, 0 }, { 0, INFINITY, 30 } };
    tl_facility f = by_class;
    f.basis = TL_LOAN_BY_G_KM;
    f.n_steps = TEST_COUNT(steps);
    memcpy(f.steps, steps, sizeof steps);
    return f;
}

static tl_loan_car car(const char *record, tl_money yuan, int64_t version, double g_km,
                       int class_number)
{
    return (tl_loan_car){ .record = record,
                          .price = yuan * YUAN,
                          .version = version,
                          .g_km = g_km,
                          .class_number = class_number,
                          .newest = version,
                          .newest_g_km = g_km,
                          .newest_class = class_number };
}

/* 6 cars of class 1 at 150,000 and 4 of class 3 at 200,000. */
static void ten_cars(tl_loan_car cars[10])
{
    for (int i = 0; i < 10; i++)
        cars[i] = i < 5    ? car("small-ev", 150000, 1, 90.5, 1)
                  : i == 5 ? car("city-ev", 150000, 1, 90.5, 1)
                           : car("sedan", 200000, 2, 180.0, 3);
}

static void expect_margins(const char *label, const tl_loan_result *r, int64_t by_count,
                           int64_t by_price, int64_t margin, int64_t now)
{
    if (r->by_count_e4 != by_count || r->by_price_e4 != by_price || r->margin_e4 != margin ||
        r->margin_now_e4 != now)
        fail_msg("%s: got %lld %lld %lld %lld, want %lld %lld %lld %lld", label,
                 (long long)r->by_count_e4, (long long)r->by_price_e4, (long long)r->margin_e4,
                 (long long)r->margin_now_e4, (long long)by_count, (long long)by_price,
                 (long long)margin, (long long)now);
}

static void compute(const char *label, const tl_facility *f, tl_loan_car *cars, size_t n,
                    tl_loan_result *r)
{
    tl_error err = { 0 };
    if (tl_loan_compute(f, cars, n, r, &err) != TL_OK)
        fail_msg("%s: %s", label, err.text);
}

/* By price (900,000 x -20 + 800,000 x 0) / 1,700,000 = -18,000,000 / 1,700,000 = -10.588235...; by
 * count (6 x -20 + 4 x 0) / 10 = -12. */
static void test_seed_case(void **state)
{
    (void)state;
    tl_loan_car cars[10];
    tl_loan_result r;
    tl_facility f = by_class;
    ten_cars(cars);
    compute("by price", &f, cars, 10, &r);
    expect_margins("by price", &r, -120000, -105882, -105882, -105882);
    assert_int_equal(r.drawn, (tl_money)1700000 * YUAN);
    assert_int_equal(r.notices, 0);
    assert_int_equal(cars[0].basis_points, -20);
    assert_int_equal(cars[9].newest_basis_points, 0);
    f.weight = TL_LOAN_BY_COUNT;
    compute("by count", &f, cars, 10, &r);
    expect_margins("by count", &r, -120000, -105882, -120000, -120000);
}

/* One car is corrected from class 1 to 2: charged as before; now (750,000 x -20 + 150,000 x -10) /
 * 1,700,000 = -16,500,000 / 1,700,000 = -9.70588...; by count (5 x -20 - 10) / 10 = -11. */
static void test_correction(void **state)
{
    (void)state;
    tl_loan_car cars[10];
    tl_loan_result r;
    tl_facility f = by_class;
    ten_cars(cars);
    cars[5].newest = 2;
    cars[5].newest_g_km = 120.0;
    cars[5].newest_class = 2;
    compute("price", &f, cars, 10, &r);
    expect_margins("price", &r, -120000, -105882, -105882, -97059);
    assert_int_equal(r.notices, 1);
    assert_int_equal(cars[5].basis_points, -20);
    assert_int_equal(cars[5].newest_basis_points, -10);
    f.weight = TL_LOAN_BY_COUNT;
    compute("count", &f, cars, 10, &r);
    expect_margins("count", &r, -120000, -105882, -120000, -110000);
}

static const struct step_case {
    const char *label;
    bool by_g_km;
    int64_t version;
    double g_km;
    int class_number, want;
} step_cases[] = {
    { "class 1", false, 1, 90.0, 1, -20 },
    { "class 5", false, 1, 400.0, 5, 20 },
    { "too few peers for a class", false, 1, 90.0, 0, 20 },
    { "no footprint", false, 0, NAN, 0, 20 },
    { "no footprint, a class left over", false, 0, NAN, 1, 20 },
    { "below the first limit", true, 1, 99.9, 5, -30 },
    { "the limit is included", true, 1, 100.0, 5, -30 },
    { "just above it", true, 1, 100.00000000000001, 5, 0 },
    { "above all limits", true, 1, 1e300, 1, 30 },
    { "no class is no matter", true, 1, 150.0, 0, 0 },
    { "g/km missing", true, 1, NAN, 1, 30 },
    { "no footprint by g/km", true, 0, NAN, 0, 30 },
};

static void test_steps(void **state)
{
    (void)state;
    const tl_facility g_km = by_g_km();
    for (size_t i = 0; i < TEST_COUNT(step_cases); i++) {
        const struct step_case *c = &step_cases[i];
        tl_loan_car one = car("a", 1, c->version, c->g_km, c->class_number);
        tl_loan_result r;
        compute(c->label, c->by_g_km ? &g_km : &by_class, &one, 1, &r);
        if (one.basis_points != c->want || one.newest_basis_points != c->want ||
            r.margin_e4 != (int64_t)c->want * 10000)
            fail_msg("%s: got %d, now %d, margin %lld, want %d", c->label, one.basis_points,
                     one.newest_basis_points, (long long)r.margin_e4, c->want);
    }
}

/* The worst is the step with the most basis points, not the last. */
static void test_worst(void **state)
{
    (void)state;
    tl_facility f = by_class;
    tl_loan_car one = car("a", 1, 0, NAN, 0);
    tl_loan_result r;
    f.steps[1].basis_points = 55;
    compute("worst in the middle", &f, &one, 1, &r);
    assert_int_equal(one.basis_points, 55);
    for (size_t i = 0; i < f.n_steps; i++)
        f.steps[i].basis_points = -40 + (int)i;
    compute("all below 0", &f, &one, 1, &r);
    assert_int_equal(one.basis_points, -36);
}

static const struct round_case {
    const char *label;
    int first, second;
    tl_money price_first, price_second; /* in hundredths */
    int64_t by_price;
} round_cases[] = {
    { "a third: 1/3 = 0.33333", 0, 1, 2, 1, 3333 },
    { "two thirds", 0, 1, 1, 2, 6667 },
    { "half away from zero: 1/20000 = 0.00005", 0, 1, 19999, 1, 1 },
    { "half away from zero below 0", 0, -1, 19999, 1, -1 },
    { "just under the half: 1/20001", 0, 1, 20000, 1, 0 },
    { "just under it below 0", 0, -1, 20000, 1, 0 },
    { "all the same", 7, 7, 123, 456, 70000 },
    /* 10,000 x 10^14 = 10^18, twice it fits 64 bits */
    { "large amounts", 10000, 10000, 100000000000000, 100000000000000, 100000000 },
};

static void test_rounding(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(round_cases); i++) {
        const struct round_case *c = &round_cases[i];
        tl_facility f = by_class;
        tl_loan_car cars[2] = { car("a", 1, 1, 1.0, 1), car("b", 1, 1, 1.0, 2) };
        tl_loan_result r;
        f.steps[0].basis_points = c->first;
        f.steps[1].basis_points = c->second;
        cars[0].price = c->price_first;
        cars[1].price = c->price_second;
        compute(c->label, &f, cars, 2, &r);
        if (r.by_price_e4 != c->by_price)
            fail_msg("%s: got %lld, want %lld", c->label, (long long)r.by_price_e4,
                     (long long)c->by_price);
    }
}

static void refuse_cars(const char *label, const tl_facility *f, tl_loan_car *cars, size_t n,
                        const char *words)
{
    tl_loan_result r;
    tl_error err = { 0 };
    if (tl_loan_compute(f, cars, n, &r, &err) != TL_EINPUT || !strstr(err.text, words))
        fail_msg("%s: got '%s', want '%s'", label, err.text, words);
}

static void test_refused(void **state)
{
    (void)state;
    tl_loan_car cars[2] = { car("a", 1, 1, 1.0, 1), car("b", 1, 1, 1.0, 6) };
    tl_loan_result r;
    refuse_cars("no cars", &by_class, cars, 0, "no cars");
    refuse_cars("class 6", &by_class, cars, 2, "'b': the grid has no class 6");
    cars[1].class_number = -1;
    refuse_cars("class -1", &by_class, cars, 2, "no class -1");
    cars[1].class_number = 5; /* 6 stays the newest: what is signed stays computable */
    compute("newest class beyond the grid", &by_class, cars, 2, &r);
    assert_int_equal(cars[1].newest_basis_points, 20);
    cars[0].price = 0;
    refuse_cars("price 0", &by_class, cars, 2, "'a': price");
    cars[0].price = -5;
    refuse_cars("price below 0", &by_class, cars, 2, "'a': price");
    cars[0].price = INT64_MAX / 2;
    refuse_cars("weighted sum", &by_class, cars, 1, "64 bits");
    cars[0].class_number = cars[0].newest_class = 3; /* 0 basis points: only the prices add up */
    cars[1] = cars[0];
    cars[1].price = INT64_MAX / 2 + 2;
    refuse_cars("sum of prices", &by_class, cars, 2, "64 bits");
    cars[0].price = INT64_MAX / 40; /* the mean is -80/11: the rest x 10,000 is too large */
    cars[1] = car("b", 1, 1, 1.0, 1);
    cars[1].price = INT64_MAX / 70;
    refuse_cars("remainder", &by_class, cars, 2, "64 bits");
    tl_facility f = by_class;
    f.n_steps = 0;
    refuse_cars("no grid", &f, cars, 2, "grid");
}

static char long_name[TL_LOAN_NAME_MAX + 2];

static void expect_terms(const char *label, const tl_facility *f, const char *words)
{
    tl_error err = { 0 };
    tl_status st = tl_facility_check(f, &err);
    if (st != (words ? TL_EINPUT : TL_OK) || (words && !strstr(err.text, words)))
        fail_msg("%s: got '%s', want '%s'", label, err.text, words ? words : "taken");
}

static const struct text_case {
    const char *label, *id, *borrower, *currency, *grid_date, *signed_on, *words;
} text_cases[] = {
    { "sound", "a", "Wuhan 租车", "CNY", "2025-01-01", "", NULL },
    { "no id", "", "W", "CNY", "2025-01-01", "", "id: ''" },
    { "NULL id", NULL, "W", "CNY", "2025-01-01", "", "id" },
    { "capital", "A", "W", "CNY", "2025-01-01", "", "id" },
    { "slash", "../a", "W", "CNY", "2025-01-01", "", "id" },
    { "no borrower", "a", "", "CNY", "2025-01-01", "", "borrower" },
    { "control character", "a", "W\n", "CNY", "2025-01-01", "", "borrower" },
    { "long name", "a", long_name, "CNY", "2025-01-01", "", "borrower" },
    { "small letters", "a", "W", "cny", "2025-01-01", "", "currency" },
    { "four letters", "a", "W", "RMBY", "2025-01-01", "", "currency" },
    { "no grid date", "a", "W", "CNY", "", "", "grid_date" },
    { "no such day", "a", "W", "CNY", "2025-02-30", "", "grid_date" },
    { "bad day of signing", "a", "W", "CNY", "2025-01-01", "soon", "signed_on" },
};

static void test_check(void **state)
{
    (void)state;
    memset(long_name, 'x', sizeof long_name - 1);
    for (size_t i = 0; i < TEST_COUNT(text_cases); i++) {
        const struct text_case *c = &text_cases[i];
        tl_facility f = by_class;
        f.id = c->id;
        f.borrower = c->borrower;
        f.currency = c->currency;
        f.grid_date = c->grid_date;
        f.signed_on = c->signed_on;
        expect_terms(c->label, &f, c->words);
    }
    tl_facility f = by_class;
    f.limit = 0;
    expect_terms("limit 0", &f, "limit");
    f = by_class;
    f.basis = (tl_loan_basis)7;
    expect_terms("basis", &f, "basis");
    f = by_class;
    f.weight = (tl_loan_weight)7;
    expect_terms("weight", &f, "weight");
}

static const struct grid_case {
    const char *label;
    bool by_g_km;
    size_t n;
    tl_loan_step steps[3];
    const char *words;
} grid_cases[] = {
    { "one class", false, 1, { { 1, 0, 0 } }, NULL },
    { "no step", false, 0, { { 1, 0, 0 } }, "0 steps" },
    { "too many", false, TL_LOAN_STEPS_MAX + 1, { { 1, 0, 0 } }, "21 steps" },
    { "class 2 first", false, 1, { { 2, 0, 0 } }, "step 1: class 2" },
    { "a gap", false, 2, { { 1, 0, 0 }, { 3, 0, 0 } }, "step 2: class 3" },
    { "10,001 basis points", false, 1, { { 1, 0, 10001 } }, "step 1: 10001 basis points" },
    { "-10,001 basis points", false, 1, { { 1, 0, -10001 } }, "step 1: -10001" },
    { "g/km", true, 2, { { 0, 100, 0 }, { 0, INFINITY, 1 } }, NULL },
    { "last has a limit", true, 2, { { 0, 100, 0 }, { 0, 200, 1 } }, "step 2: the last" },
    { "falling", true, 3, { { 0, 100, 0 }, { 0, 90, 0 }, { 0, INFINITY, 1 } }, "step 2: limits" },
    { "twice", true, 3, { { 0, 100, 0 }, { 0, 100, 0 }, { 0, INFINITY, 1 } }, "step 2" },
    { "limit 0", true, 2, { { 0, 0, 0 }, { 0, INFINITY, 1 } }, "step 1: limits" },
    { "limit no number", true, 2, { { 0, NAN, 0 }, { 0, INFINITY, 1 } }, "step 1: limits" },
    { "last no number", true, 1, { { 0, NAN, 0 } }, "step 1: the last" },
};

static void test_grid(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(grid_cases); i++) {
        const struct grid_case *c = &grid_cases[i];
        tl_facility f = by_class;
        f.basis = c->by_g_km ? TL_LOAN_BY_G_KM : TL_LOAN_BY_CLASS;
        memcpy(f.steps, c->steps, sizeof c->steps);
        f.n_steps = c->n;
        expect_terms(c->label, &f, c->words);
    }
}

static const struct money_case {
    const char *text;
    tl_money want; /* -1: refused */
    const char *shown;
} money_cases[] = {
    { "150000", 15000000, "150000.00" },
    { "150000.5", 15000050, "150000.50" },
    { "0.07", 7, "0.07" },
    { "007.10", 710, "7.10" },
    { "92233720368547758.07", INT64_MAX, "92233720368547758.07" },
    { "92233720368547758.08", -1, "too large" },
    { "92233720368547759", -1, "too large" },
    { "99999999999999999999", -1, "too large" },
    { "", -1, "expected an amount" },
    { ".5", -1, "expected an amount" },
    { "5.", -1, "expected an amount" },
    { "1.005", -1, "expected an amount" },
    { "-1", -1, "expected an amount" },
    { "+1", -1, "expected an amount" },
    { "1e5", -1, "expected an amount" },
    { "150,000", -1, "expected an amount" },
    { " 1", -1, "expected an amount" },
};

static void test_money(void **state)
{
    (void)state;
    char text[TL_LOAN_TEXT];
    for (size_t i = 0; i < TEST_COUNT(money_cases); i++) {
        const struct money_case *c = &money_cases[i];
        tl_error err = { 0 };
        tl_money v = -1;
        tl_status st = tl_money_parse(tl_span_of(c->text), &v, &err);
        if (st == TL_OK)
            tl_money_format(v, text);
        if ((st == TL_OK) != (c->want >= 0) || v != c->want ||
            !strstr(st == TL_OK ? text : err.text, c->shown))
            fail_msg("'%s': got %lld '%s', want %lld '%s'", c->text, (long long)v,
                     st == TL_OK ? text : err.text, (long long)c->want, c->shown);
    }
    tl_margin_format(-105882, text);
    assert_string_equal(text, "-10.5882");
    tl_margin_format(-3, text);
    assert_string_equal(text, "-0.0003");
    tl_margin_format(INT64_MIN, text);
    assert_string_equal(text, "-922337203685477.5808");
}

/* The report of a facility, held byte by byte against the file that tools/check-loan is tested
 * with. */
static void expect_report(const char *name, const tl_facility *f, tl_loan_car *cars, size_t n)
{
    tl_loan_result r;
    tl_buf b;
    tl_file_view want;
    tl_error err = { 0 };
    char path[1000];
    const char *source = getenv("TL_SOURCE");
    snprintf(path, sizeof path, "%s/tests/registry/%s", source ? source : ".", name);
    compute(name, f, cars, n, &r);
    tl_buf_init(&b, 0);
    assert_int_equal(tl_loan_report(f, cars, n, &r, &b, NULL), TL_OK);
    tl_status st = tl_file_open(&want, path, 0, &err);
    if (st != TL_OK || want.size != b.len || memcmp(want.data, b.data, b.len) != 0) {
        fputs(tl_buf_text(&b), stderr);
        fail_msg("%s: another report than expected %s", path, err.text);
    }
    tl_file_close(&want);
    tl_buf_clear(&b);
}

static void test_report(void **state)
{
    (void)state;
    tl_loan_car cars[10];
    ten_cars(cars);
    cars[5].newest = 2;
    cars[5].newest_g_km = 120.0;
    cars[5].newest_class = 2;
    expect_report("loan.json", &by_class, cars, 10);

    tl_facility f = by_g_km();
    f.id = "fleet-2";
    f.weight = TL_LOAN_BY_COUNT;
    f.signed_on = "";
    tl_loan_car three[3] = { car("small-ev", 99999, 3, 100.0, 1), car("van", 300001, 1, 250.1, 0),
                             car("unknown", 12, 0, NAN, 0) };
    three[0].price += 99;
    expect_report("loan-g-km.json", &f, three, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seed_case), cmocka_unit_test(test_correction),
        cmocka_unit_test(test_steps),     cmocka_unit_test(test_worst),
        cmocka_unit_test(test_rounding),  cmocka_unit_test(test_refused),
        cmocka_unit_test(test_check),     cmocka_unit_test(test_grid),
        cmocka_unit_test(test_money),     cmocka_unit_test(test_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
