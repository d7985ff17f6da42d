/* test_facility.c - a facility from draft to signature, corrections after it, and each constraint
 * of its tables broken. */
#include "registry/tests/facility_test.h"

#include "store/audit.h"
#include "store/store_priv.h"

typedef struct loan {
    tl_facility f;
    tl_loan_car *cars;
    size_t n;
    tl_loan_result r;
} loan;

static void get_loan(record_fixture *f, loan *out)
{
    record_expect(
        "get",
        tl_facility_get(f->s, "wuhan-rental-1", f->arena, &out->f, &out->cars, &out->n, &f->err),
        TL_OK, &f->err, NULL);
    record_expect("compute", tl_loan_compute(&out->f, out->cars, out->n, &out->r, &f->err), TL_OK,
                  &f->err, NULL);
}

static void expect_margin(const char *label, const loan *x, int64_t by_count, int64_t by_price,
                          int64_t now, size_t notices)
{
    if (x->r.by_count_e4 != by_count || x->r.by_price_e4 != by_price || x->r.margin_now_e4 != now ||
        x->r.notices != notices)
        fail_msg("%s: got %lld %lld now %lld, %zu notices; want %lld %lld %lld %zu", label,
                 (long long)x->r.by_count_e4, (long long)x->r.by_price_e4,
                 (long long)x->r.margin_now_e4, x->r.notices, (long long)by_count,
                 (long long)by_price, (long long)now, notices);
}

static const kept_class first_classes[] = {
    { "city-ev", 1, 1 }, { "other", 1, 5 }, { "sedan", 1, 3 }, { "small-ev", 1, 1 }
};

/* Four cars of the register with classes, of which the borrower buys three: 5 small-ev and 1
 * city-ev at 150,000, 4 sedan at 200,000. */
static void seed_case(record_fixture *f)
{
    static const struct {
        const char *id;
        double g_km;
    } cars[] = { { "city-ev", 95.5 }, { "other", 400 }, { "sedan", 180 }, { "small-ev", 90.5 } };
    const tl_facility draft = facility_draft();
    for (size_t i = 0; i < RECORD_COUNT(cars); i++) {
        tl_record r = record_car(cars[i].id, cars[i].g_km);
        r.n_parts = 0;
        record_publish(f, &r, "2025-01-10");
    }
    facility_classes(f, "2025-01-11", first_classes, RECORD_COUNT(first_classes));
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    for (int i = 0; i < 10; i++)
        record_expect("draw",
                      facility_draw(f,
                                    i < 5    ? "small-ev"
                                    : i == 5 ? "city-ev"
                                             : "sedan",
                                    (tl_money)(i < 6 ? 150000 : 200000) * YUAN),
                      TL_OK, &f->err, NULL);
}

/* Version 2 of city-ev, which brings it to class 2. */
static void correct(record_fixture *f)
{
    static const kept_class then[] = {
        { "city-ev", 2, 2 }, { "other", 1, 5 }, { "sedan", 1, 3 }, { "small-ev", 1, 1 }
    };
    tl_record r = record_car("city-ev", 120.25);
    r.n_parts = 0;
    r.reason = "battery mass was wrong";
    record_publish(f, &r, "2025-03-01");
    facility_classes(f, "2025-03-02", then, RECORD_COUNT(then));
}

/* -18,000,000 / 1,700,000 = -10.588235 by price, -120 / 10 = -12 by count. After the correction
 * -16,500,000 / 1,700,000 = -9.705882 would be charged, and is not. */
static void test_seed_case(void **state)
{
    record_fixture *f = *state;
    loan x;
    seed_case(f);
    get_loan(f, &x);
    expect_margin("draft", &x, -120000, -105882, -105882, 0);
    record_expect("sign", facility_sign(f, "2025-02-01"), TL_OK, &f->err, NULL);
    get_loan(f, &x);
    expect_margin("signed", &x, -120000, -105882, -105882, 0);
    assert_string_equal(x.f.signed_on, "2025-02-01");
    assert_int_equal(x.r.drawn, (tl_money)1700000 * YUAN);

    correct(f);
    get_loan(f, &x);
    expect_margin("corrected", &x, -120000, -105882, -97059, 1);
    const tl_loan_car *c = &x.cars[5];
    assert_string_equal(c->record, "city-ev");
    assert_int_equal(c->version, 1);
    assert_true(c->g_km == 95.5);
    assert_int_equal(c->class_number, 1);
    assert_int_equal(c->basis_points, -20);
    assert_int_equal(c->newest, 2);
    assert_true(c->newest_g_km == 120.25);
    assert_int_equal(c->newest_class, 2);
    assert_int_equal(c->newest_basis_points, -10);
}

/* Signed late, as of a day before the correction: that day's version and class. */
static void test_day(void **state)
{
    record_fixture *f = *state;
    loan x;
    seed_case(f);
    correct(f);
    get_loan(f, &x);
    expect_margin("draft after the correction", &x, -110000, -97059, -97059, 0);
    record_expect("sign", facility_sign(f, "2025-02-28"), TL_OK, &f->err, NULL);
    get_loan(f, &x);
    expect_margin("as of the day before", &x, -120000, -105882, -97059, 1);
}

/* The bank sees the borrower's list: nothing of the fourth car. */
static void test_list_only(void **state)
{
    record_fixture *f = *state;
    loan x;
    tl_buf b;
    const tl_facility *list;
    size_t n;
    tl_buf_init(&b, 0);
    seed_case(f);
    get_loan(f, &x);
    assert_int_equal(x.n, 10);
    assert_int_equal(tl_loan_report(&x.f, x.cars, x.n, &x.r, &b, NULL), TL_OK);
    assert_non_null(strstr(tl_buf_text(&b), "\"sedan\""));
    assert_null(strstr(tl_buf_text(&b), "\"other\""));
    tl_buf_clear(&b);

    tl_facility second = facility_draft();
    second.id = "a-second";
    second.basis = TL_LOAN_BY_G_KM;
    second.weight = TL_LOAN_BY_COUNT;
    second.n_steps = 2;
    second.steps[0] = (tl_loan_step){ 0, 99.25, -5 };
    second.steps[1] = (tl_loan_step){ 0, INFINITY, 5 };
    record_expect("second", facility_put(f, &second), TL_OK, &f->err, NULL);
    assert_int_equal(tl_facility_list(f->s, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, 2);
    assert_string_equal(list[0].id, "a-second");
    assert_int_equal(list[0].basis, TL_LOAN_BY_G_KM);
    assert_int_equal(list[0].weight, TL_LOAN_BY_COUNT);
    assert_int_equal(list[0].n_steps, 2);
    assert_true(list[0].steps[0].up_to_g_km == 99.25 && isinf(list[0].steps[1].up_to_g_km));
    assert_int_equal(list[1].n_steps, 5);
    assert_int_equal(tl_facility_get(f->s, "a-second", f->arena, &x.f, &x.cars, &x.n, NULL), TL_OK);
    assert_int_equal(x.n, 0);
    record_expect("unknown", tl_facility_get(f->s, "none", f->arena, &x.f, &x.cars, &x.n, &f->err),
                  TL_ENOTFOUND, &f->err, "no facility 'none'");
}

static void test_limit(void **state)
{
    record_fixture *f = *state;
    tl_facility draft = facility_draft();
    loan x;
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    record_expect("all of it", facility_draw(f, "a", (tl_money)20000000 * YUAN), TL_OK, &f->err,
                  NULL);
    record_expect("a cent more", facility_draw(f, "a", 1), TL_EFORBIDDEN, &f->err,
                  "20000000.01 CNY would be drawn, above the limit of 20000000.00 CNY");
    record_expect("beyond 64 bits", facility_draw(f, "a", INT64_MAX), TL_EINPUT, &f->err, "price");
    draft.limit--;
    record_expect("limit below the drawn", facility_put(f, &draft), TL_EFORBIDDEN, &f->err,
                  "20000000.00 CNY would be drawn, above the limit of 19999999.99 CNY");
    record_expect("another car", facility_undraw(f, "b", (tl_money)20000000 * YUAN), TL_ENOTFOUND,
                  &f->err, "no car 'b'");
    record_expect("taken back", facility_undraw(f, "a", (tl_money)20000000 * YUAN), TL_OK, &f->err,
                  NULL);
    record_expect("lower limit", facility_put(f, &draft), TL_OK, &f->err, NULL);
    record_expect("a cent", facility_draw(f, "a", 1), TL_OK, &f->err, NULL);
    get_loan(f, &x);
    assert_int_equal(x.r.drawn, 1);
}

static void test_missing(void **state)
{
    record_fixture *f = *state;
    const tl_facility draft = facility_draft();
    static const kept_class classes[] = { { "gone", 1, 1 }, { "small-ev", 1, 1 } };
    tl_record gone = record_car("gone", 90), small = record_car("small-ev", 90),
              early = record_car("not-yet", 90), steel = record_car("steel", 2);
    bool same;
    loan x;
    gone.n_parts = small.n_parts = early.n_parts = steel.n_parts = 0;
    steel.kind = TL_RECORD_PCF;
    steel.unit = "kg CO2e/kg";
    record_publish(f, &gone, "2025-01-10");
    record_publish(f, &small, "2025-01-10");
    record_expect("preliminary", record_put(f, &early, &same), TL_OK, &f->err, NULL);
    record_expect("steel", record_put(f, &steel, &same), TL_OK, &f->err, NULL);
    facility_classes(f, "2025-01-11", classes, RECORD_COUNT(classes));
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    static const char *const drawn[] = { "gone", "not-yet", "unknown", "small-ev" };
    for (size_t i = 0; i < RECORD_COUNT(drawn); i++)
        record_expect(drawn[i], facility_draw(f, drawn[i], 100), TL_OK, &f->err, NULL);
    record_expect("no car", facility_draw(f, "steel", 100), TL_EINPUT, &f->err, "expected a car");
    record_expect("withdraw",
                  record_take(f, "gone", TL_RECORD_WITHDRAW, "2025-02-01", "test was void"), TL_OK,
                  &f->err, NULL);
    record_expect("sign", facility_sign(f, "2025-02-01"), TL_OK, &f->err, NULL);
    get_loan(f, &x);
    for (size_t i = 0; i < x.n; i++) {
        const tl_loan_car *c = &x.cars[i];
        const bool there = i == 3;
        if (c->version != there || c->basis_points != (there ? -20 : 20) ||
            c->newest != c->version || isnan(c->g_km) == there)
            fail_msg("%s: version %lld, %d basis points", c->record, (long long)c->version,
                     c->basis_points);
    }
    record_expect("withdraw later",
                  record_take(f, "small-ev", TL_RECORD_WITHDRAW, "2025-03-01", "void too"), TL_OK,
                  &f->err, NULL);
    get_loan(f, &x);
    expect_margin("withdrawn after signing", &x, 100000, 100000, 200000, 1);
}

/* In force on the day of signing though withdrawn since. */
static void test_withdrawn_since(void **state)
{
    record_fixture *f = *state;
    loan x;
    seed_case(f);
    record_expect("withdraw", record_take(f, "city-ev", TL_RECORD_WITHDRAW, "2025-03-01", "void"),
                  TL_OK, &f->err, NULL);
    record_expect("sign", facility_sign(f, "2025-02-28"), TL_OK, &f->err, NULL);
    get_loan(f, &x);
    assert_int_equal(x.cars[5].version, 1);
    assert_int_equal(x.cars[5].newest, 0);
    assert_int_equal(x.r.margin_e4, -105882);
    assert_int_equal(x.r.notices, 1);
}

static void test_signing(void **state)
{
    record_fixture *f = *state;
    const tl_facility draft = facility_draft();
    const int64_t day_one = (int64_t)150000 * YUAN;
    int64_t entries;
    record_expect("unknown", facility_sign(f, "2025-02-01"), TL_ENOTFOUND, &f->err, "no facility");
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    record_expect("no cars", facility_sign(f, "2025-02-01"), TL_EINPUT, &f->err, "no cars");
    record_expect("bad id", facility_draw(f, "A b", 1), TL_EINPUT, &f->err, "record");
    record_expect("price 0", facility_draw(f, "a", 0), TL_EINPUT, &f->err, "price");
    record_expect("draw", facility_draw(f, "a", day_one), TL_OK, &f->err, NULL);
    record_expect("no day", facility_sign(f, "2025-02-30"), TL_EINPUT, &f->err, "day");
    record_expect("to come", facility_sign(f, "2999-01-01"), TL_EINPUT, &f->err, "to come");
    record_expect("before the grid", facility_sign(f, "2024-12-31"), TL_EINPUT, &f->err,
                  "before its grid of 2025-01-01");
    record_expect("sign", facility_sign(f, "2025-01-01"), TL_OK, &f->err, NULL);
    record_expect("twice", facility_sign(f, "2025-02-01"), TL_ECONFLICT, &f->err,
                  "signed on 2025-01-01 already");
    record_expect("rewritten", facility_put(f, &draft), TL_ECONFLICT, &f->err, "does not change");
    record_expect("drawn", facility_draw(f, "a", 1), TL_ECONFLICT, &f->err, "does not change");
    record_expect("undrawn", facility_undraw(f, "a", day_one), TL_ECONFLICT, &f->err,
                  "does not change");
    assert_int_equal(tl_audit_verify(f->s, &entries, &f->err), TL_OK);
    assert_int_equal(entries, 3); /* put, draw, sign */
}

/* Each constraint broken through the queries themselves. Values: 't' text, 'i' integer, 'n' NULL */
static const struct broken_case {
    const char *label, *query;
    bool after_signing;
    const char *kinds;
    const char *text[7];
    int64_t number[7];
    const char *words;
} broken_cases[] = {
    { "id",
      "facility.put",
      false,
      "ttttitt",
      { "A", "b", "CNY", "2025-01-01", 0, "class", "price" },
      { 0, 0, 0, 0, 5 },
      "CHECK" },
    { "borrower",
      "facility.put",
      false,
      "ttttitt",
      { "x", "", "CNY", "2025-01-01", 0, "class", "price" },
      { 0, 0, 0, 0, 5 },
      "borrower" },
    { "currency",
      "facility.put",
      false,
      "ttttitt",
      { "x", "b", "cny", "2025-01-01", 0, "class", "price" },
      { 0, 0, 0, 0, 5 },
      "currency" },
    { "grid date",
      "facility.put",
      false,
      "ttttitt",
      { "x", "b", "CNY", "2025-13-01", 0, "class", "price" },
      { 0, 0, 0, 0, 5 },
      "grid_date" },
    { "limit 0",
      "facility.put",
      false,
      "ttttitt",
      { "x", "b", "CNY", "2025-01-01", 0, "class", "price" },
      { 0, 0, 0, 0, 0 },
      "credit" },
    { "basis",
      "facility.put",
      false,
      "ttttitt",
      { "x", "b", "CNY", "2025-01-01", 0, "mass", "price" },
      { 0, 0, 0, 0, 5 },
      "basis" },
    { "weight",
      "facility.put",
      false,
      "ttttitt",
      { "x", "b", "CNY", "2025-01-01", 0, "class", "mass" },
      { 0, 0, 0, 0, 5 },
      "weight" },
    { "limit below the drawn",
      "facility.put",
      false,
      "ttttitt",
      { "wuhan-rental-1", "b", "CNY", "2025-01-01", 0, "class", "price" },
      { 0, 0, 0, 0, 99 },
      "facility_drawn_within_limit" },
    { "signed facility",
      "facility.put",
      true,
      "ttttitt",
      { "wuhan-rental-1", "b", "CNY", "2025-01-01", 0, "class", "price" },
      { 0, 0, 0, 0, 2000000000 },
      "a signed facility does not change" },
    { "no day of signing",
      "facility.sign",
      false,
      "tt",
      { "wuhan-rental-1", "soon" },
      { 0 },
      "signed_on" },
    { "signed again",
      "facility.sign",
      true,
      "tt",
      { "wuhan-rental-1", "2025-03-01" },
      { 0 },
      "a signed facility does not change" },
    { "step of nothing",
      "facility_step.insert",
      false,
      "tiini",
      { "none" },
      { 0, 6, 6, 0, 0 },
      "FOREIGN KEY" },
    { "step 21",
      "facility_step.insert",
      false,
      "tiini",
      { "wuhan-rental-1" },
      { 0, 21, 6, 0, 0 },
      "place" },
    { "class 21",
      "facility_step.insert",
      false,
      "tiini",
      { "wuhan-rental-1" },
      { 0, 6, 21, 0, 0 },
      "class_number" },
    { "class twice",
      "facility_step.insert",
      false,
      "tiini",
      { "wuhan-rental-1" },
      { 0, 6, 5, 0, 0 },
      "UNIQUE" },
    { "g/km below 0",
      "facility_step.insert",
      false,
      "tinii",
      { "wuhan-rental-1" },
      { 0, 6, 0, -1, 0 },
      "up_to_g_km" },
    { "class and g/km",
      "facility_step.insert",
      false,
      "tiiii",
      { "wuhan-rental-1" },
      { 0, 6, 6, 100, 0 },
      "CHECK" },
    { "10,001 basis points",
      "facility_step.insert",
      false,
      "tiini",
      { "wuhan-rental-1" },
      { 0, 6, 6, 0, 10001 },
      "basis_points" },
    { "step after signing",
      "facility_step.insert",
      true,
      "tiini",
      { "wuhan-rental-1" },
      { 0, 6, 6, 0, 0 },
      "the grid of a signed facility" },
    { "grid cleared after signing",
      "facility_step.clear",
      true,
      "t",
      { "wuhan-rental-1" },
      { 0 },
      "the grid of a signed facility" },
    { "car of nothing",
      "facility_car.insert",
      false,
      "tti",
      { "none", "a" },
      { 0, 0, 1 },
      "FOREIGN KEY" },
    { "record",
      "facility_car.insert",
      false,
      "tti",
      { "wuhan-rental-1", "A" },
      { 0, 0, 1 },
      "record" },
    { "price 0",
      "facility_car.insert",
      false,
      "tti",
      { "wuhan-rental-1", "a" },
      { 0, 0, 0 },
      "price" },
    { "above the limit",
      "facility_car.insert",
      false,
      "tti",
      { "wuhan-rental-1", "a" },
      { 0, 0, 2000000000 },
      "facility_drawn_within_limit" },
    { "car after signing",
      "facility_car.insert",
      true,
      "tti",
      { "wuhan-rental-1", "a" },
      { 0, 0, 1 },
      "the cars of a signed facility" },
    { "car deleted after signing",
      "facility_car.delete",
      true,
      "tti",
      { "wuhan-rental-1", "a" },
      { 0, 0, 100 },
      "the cars of a signed facility" },
    { "version below 0",
      "facility_car.pin",
      false,
      "tiini",
      { "wuhan-rental-1" },
      { 0, 1, -1, 0, 0 },
      "version" },
    { "class without version",
      "facility_car.pin",
      false,
      "tiini",
      { "wuhan-rental-1" },
      { 0, 1, 0, 0, 1 },
      "CHECK" },
    { "g/km without version",
      "facility_car.pin",
      false,
      "tiiii",
      { "wuhan-rental-1" },
      { 0, 1, 0, 90, 0 },
      "CHECK" },
    { "class 21 of a car",
      "facility_car.pin",
      false,
      "tiini",
      { "wuhan-rental-1" },
      { 0, 1, 1, 0, 21 },
      "class_number" },
    { "pinned after signing",
      "facility_car.pin",
      true,
      "tiini",
      { "wuhan-rental-1" },
      { 0, 1, 1, 0, 1 },
      "pinned once" },
};

static void break_one(record_fixture *f, const struct broken_case *c)
{
    tl_query *q;
    tl_error err = { 0 };
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    assert_int_equal(tl_store_query(f->s, c->query, &q, NULL), TL_OK);
    for (int i = 0; c->kinds[i]; i++)
        if (c->kinds[i] == 't')
            tl_query_text(q, i + 1, c->text[i]);
        else if (c->kinds[i] == 'i')
            tl_query_int(q, i + 1, c->number[i]);
        else
            tl_query_null(q, i + 1);
    record_expect(c->label, tl_query_run(q, &err), TL_ECONFLICT, &err, c->words);
    tl_store_rollback(f->s);
}

/* What no query does, and nobody may. The facility is a draft. */
static const char *const forbidden[] = {
    "DELETE FROM facility",
    "UPDATE facility SET id = 'b'",
    "UPDATE facility_step SET basis_points = 0",
    "UPDATE facility_car SET price = 1",
    "UPDATE facility_car SET record = 'b'",
    "UPDATE facility_car SET place = 7",
    "UPDATE facility SET drawn = -1",
    "UPDATE facility SET tenant = 'nobody'",
    ("INSERT INTO facility (id, borrower, currency, grid_date, credit, basis, weight, tenant) "
     "VALUES ('b', 'b', 'CNY', '2024-01-01', 1, 'class', 'count', 'nobody')"),
    "INSERT INTO facility_car VALUES ('wuhan-rental-1', 0, 'a', 1, 0, NULL, 0)",
};

static void test_forbidden(void **state)
{
    record_fixture *f = *state;
    const tl_facility draft = facility_draft();
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    record_expect("draw", facility_draw(f, "a", 100), TL_OK, &f->err, NULL);
    for (size_t i = 0; i < RECORD_COUNT(forbidden); i++) {
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        record_expect(forbidden[i], tl_store_exec(f->s, forbidden[i], &f->err), TL_ECONFLICT,
                      &f->err, NULL);
        tl_store_rollback(f->s);
    }
}

static void test_constraints(void **state)
{
    record_fixture *f = *state;
    const tl_facility draft = facility_draft();
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    record_expect("draw", facility_draw(f, "a", 100), TL_OK, &f->err, NULL);
    for (int after = 0; after < 2; after++) {
        for (size_t i = 0; i < RECORD_COUNT(broken_cases); i++)
            if (broken_cases[i].after_signing == after)
                break_one(f, &broken_cases[i]);
        if (!after)
            record_expect("sign", facility_sign(f, "2025-01-01"), TL_OK, &f->err, NULL);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, record_setup, record_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_seed_case), TEST(test_day),         TEST(test_list_only),
        TEST(test_limit),     TEST(test_missing),     TEST(test_withdrawn_since),
        TEST(test_signing),   TEST(test_constraints), TEST(test_forbidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
