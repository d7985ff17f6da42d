/* test_supplier_factor.c - what a supplier declared in place of the average: which lines it counts
 * for, and that nothing else moves. */
#include "footprint/tests/car_test.h"

/* kg of steel bought for 300 kg in the car: utilisation 0.6 (car-rule). Steel sheet costs 1.0798 x
 * 1.84 + 0.5732 = 2.560032 kg CO2e/kg, from scrap 1.0798 x 0.52 + 0.5732 (test_bill.c). */
#define BOUGHT (300 / 0.6)
#define SHEET (1.0798 * 1.84 + 0.5732)
#define SCRAP_SHEET (1.0798 * 0.52 + 0.5732)

static const tl_supplier_factor factors[] = {
    { "steel", "Böhler Steel", 0.9, "epd-boehler@1", NULL, NULL },
    { "steel", "首钢", 1.5, "epd-shougang@2", NULL, NULL },
    { "aluminium", "Yunnan Aluminium", 4.82981, "epd-yunlv@1", NULL, NULL },
};

static const struct line_case {
    const char *label;
    tl_vehicle_part part;
    double want_kg; /* of the part */
    const char *pin;
} line_cases[] = {
    { "named", { "body", "steel", 300, "Böhler Steel", "", 0 }, BOUGHT * 0.9, "epd-boehler@1" },
    { "letter case aside",
      { "body", "steel", 300, "BÖHLER steel ", "", 0 },
      BOUGHT * 0.9,
      "epd-boehler@1" },
    { "in Chinese", { "body", "steel", 300, "首钢", "", 0 }, BOUGHT * 1.5, "epd-shougang@2" },
    { "as delivered: neither route nor recycled share count",
      { "body", "steel", 300, "首钢", "scrap-eaf", 0.5 },
      BOUGHT * 1.5,
      "epd-shougang@2" },
    { "another supplier", { "body", "steel", 300, "Baosteel", "", 0 }, BOUGHT *SHEET, NULL },
    { "no supplier", { "body", "steel", 300, "", "", 0 }, BOUGHT *SHEET, NULL },
    { "half a name", { "body", "steel", 300, "Böhler", "", 0 }, BOUGHT *SHEET, NULL },
    { "the supplier of another material",
      { "body", "steel", 300, "Yunnan Aluminium", "", 0.25 },
      BOUGHT *(0.75 * SHEET + 0.25 * SCRAP_SHEET),
      NULL },
};

static double part_kg(const car_fixture *f, const tl_demand *d, const char **pin)
{
    double kg = 0;
    *pin = NULL;
    for (size_t i = 0; i < d->n; i++)
        if (strcmp(d->lines[i].basis, "bill of materials") == 0) {
            kg += d->lines[i].amount * tl_line_score(&d->lines[i], f->model.scores);
            *pin = d->lines[i].declared ? d->lines[i].declared->pin : *pin;
        }
    return kg;
}

static tl_car_model with(const car_fixture *f, const tl_supplier_factor *list, size_t n)
{
    tl_car_model m = f->model;
    m.supplier_factors = list;
    m.supplier_factor_count = n;
    return m;
}

static void test_lines(void **state)
{
    const car_fixture *f = *state;
    const tl_vehicle v = car_gasoline();
    const tl_car_model m = with(f, factors, TEST_COUNT(factors));
    for (size_t i = 0; i < TEST_COUNT(line_cases); i++) {
        const struct line_case *c = &line_cases[i];
        char plain[TL_SHA256_HEX], hex[TL_SHA256_HEX];
        const char *pin;
        tl_demand d = { 0 };
        double before = car_footprint(c->label, &f->model, &v, &c->part, 1, &d).total_kg;
        double was = part_kg(f, &d, &pin);
        tl_footprint p = car_footprint(c->label, &m, &v, &c->part, 1, &d);
        expect_near(c->label, part_kg(f, &d, &pin), c->want_kg, 1e-12);
        expect_near("the total moves by the part", p.total_kg - before, c->want_kg - was, 1e-9);
        expect_near("own data", p.grade_kg[TL_GRADE_OWN] - c->want_kg,
                    p.stage_kg[TL_STAGE_FUEL_PRODUCTION] + p.stage_kg[TL_STAGE_DRIVING], 1e-9);
        if ((pin == NULL) != (c->pin == NULL) || (pin && strcmp(pin, c->pin) != 0))
            fail_msg("%s: got %s, want %s", c->label, pin ? pin : "none", c->pin ? c->pin : "none");
        assert_int_equal(tl_footprint_input_hash(&f->model, &v, &c->part, 1, plain, NULL), TL_OK);
        assert_int_equal(tl_footprint_input_hash(&m, &v, &c->part, 1, hex, NULL), TL_OK);
        if ((strcmp(plain, hex) == 0) != (c->pin == NULL))
            fail_msg("%s: the input hash %s", c->label, c->pin ? "stays" : "changes");
        tl_demand_clear(&d);
    }
}

/* The hash tells value and pin of what was declared. */
static void test_hash(void **state)
{
    const car_fixture *f = *state;
    const tl_vehicle v = car_gasoline();
    const tl_vehicle_part body = { "body", "steel", 300, "B", "", 0 };
    const tl_supplier_factor one[] = { { "steel", "B", 0.9, "epd-b@1", NULL, NULL } };
    const tl_supplier_factor other[][1] = { { { "steel", "B", 0.91, "epd-b@1", NULL, NULL } },
                                            { { "steel", "B", 0.9, "epd-b@2", NULL, NULL } } };
    char first[TL_SHA256_HEX], hex[TL_SHA256_HEX];
    tl_car_model m = with(f, one, 1);
    assert_int_equal(tl_footprint_input_hash(&m, &v, &body, 1, first, NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(other); i++) {
        m = with(f, other[i], 1);
        assert_int_equal(tl_footprint_input_hash(&m, &v, &body, 1, hex, NULL), TL_OK);
        assert_string_not_equal(first, hex);
    }
}

/* What a supplier declares also stands in for a recycled route that has no factor. */
static void test_faults(void **state)
{
    const car_fixture *f = *state;
    const tl_vehicle v = car_gasoline();
    const tl_vehicle_part tyre = { "tyres", "tyres", 60, "B", "", 0.5 };
    const tl_supplier_factor sound[] = { { "tyres", "b", 3, "epd-b@1", NULL, NULL } };
    const tl_supplier_factor broken[] = { { "tyres", "b", NAN, "epd-b@1", NULL, NULL } };
    const char *const plain_words[] = { "recycled", NULL }, *const nan_words[] = { "epd-b@1",
                                                                                   NULL };
    tl_error err = { 0 };
    tl_demand d = { 0 };
    tl_status st = tl_car_demand(&f->model, &v, &tyre, 1, &d, &err);
    expect_error("no factor for recycled tyres", st, TL_EINPUT, &err, plain_words);
    tl_car_model m = with(f, sound, 1);
    assert_int_equal(tl_car_demand(&m, &v, &tyre, 1, &d, &err), TL_OK);
    m = with(f, broken, 1);
    st = tl_car_demand(&m, &v, &tyre, 1, &d, &err);
    expect_error("not a number", st, TL_ENUMERIC, &err, nan_words);
    tl_demand_clear(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_hash),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, car_setup, car_teardown);
}
