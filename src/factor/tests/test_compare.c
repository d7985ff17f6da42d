/* test_compare.c - one unit where dimensions allow, and the middle of the verified ones. */
#include <math.h>

#include "factor/compare.h"
#include "factor/tests/factor_test.h"

static void expect_near(const char *label, double got, double want)
{
    if (!(fabs(got - want) <= 1e-12 * fmax(1, fabs(want))))
        fail_msg("%s: %.17g, want %.17g", label, got, want);
}

static tl_factor make(const char *key, double value, const char *unit, bool verified)
{
    return (
        tl_factor){ .set = "s", .key = key, .value = value, .unit = unit, .verified = verified };
}

static void test_groups(void **state)
{
    factor_fixture *f = *state;
    const tl_factor factors[] = {
        make("a", 1.5, "tCO2e/t", true),
        make("b", 0.5, "kgCO2/kWh", true), /* another dimension */
        make("c", 1800, "kgCO2e/t", true), /* 1.8 */
        make("d", 2.5, "tCO2e/t", false),  /* shown, not counted */
        make("e", 0.9, "kgCO2e/kg", true), /* 0.9 */
        make("f", 2.0, "tCO2/t", true),    /* another gas basis */
        make("g", 600, "kgCO2/MWh", true), /* 0.6 */
        make("h", 2.4, "tCO2e/t", true),
        make("i", 2.1, "kgCO2/Nm3", false), /* a normal cubic metre compares with nothing else */
    };
    static const struct {
        const char *key;
        double value; /* by hand, 1 t = 1000 kg, 1 MWh = 1000 kWh */
    } want[] = { { "a", 1.5 }, { "c", 1.8 }, { "d", 2.5 }, { "e", 0.9 }, { "h", 2.4 },
                 { "b", 0.5 }, { "g", 0.6 }, { "f", 2.0 }, { "i", 2.1 } };
    static const struct {
        const char *unit, *basis;
        size_t count, verified;
        double min, median, max;
    } groups[] = {
        { "tCO2e/t", "CO2e", 5, 4, 0.9, 1.65, 2.4 }, /* of 0.9, 1.5, 1.8, 2.4 */
        { "kgCO2/kWh", "CO2", 2, 2, 0.5, 0.55, 0.6 },
        { "tCO2/t", "CO2", 1, 1, 2.0, 2.0, 2.0 },
        { "kgCO2/Nm3", "CO2", 1, 0, 0, 0, 0 },
    };
    tl_factor_comparison c;
    if (tl_factor_compare(factors, TEST_COUNT(factors), f->arena, &c, &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    assert_int_equal(c.row_count, TEST_COUNT(want));
    assert_int_equal(c.group_count, TEST_COUNT(groups));
    for (size_t i = 0; i < TEST_COUNT(want); i++) {
        assert_string_equal(c.rows[i].factor->key, want[i].key);
        expect_near(want[i].key, c.rows[i].value, want[i].value);
    }
    for (size_t i = 0; i < TEST_COUNT(groups); i++) {
        assert_string_equal(c.groups[i].unit, groups[i].unit);
        assert_string_equal(c.groups[i].basis, groups[i].basis);
        assert_int_equal(c.groups[i].count, groups[i].count);
        assert_int_equal(c.groups[i].verified, groups[i].verified);
        expect_near(groups[i].unit, c.groups[i].min, groups[i].min);
        expect_near(groups[i].unit, c.groups[i].median, groups[i].median);
        expect_near(groups[i].unit, c.groups[i].max, groups[i].max);
    }
}

static void test_none(void **state)
{
    factor_fixture *f = *state;
    tl_factor_comparison c;
    assert_int_equal(tl_factor_compare(NULL, 0, f->arena, &c, &f->err), TL_OK);
    assert_int_equal(c.row_count, 0);
    const tl_factor odd = make("x", 1, "kgCO2e/furlong", true);
    assert_int_equal(tl_factor_compare(&odd, 1, f->arena, &c, &f->err), TL_EINPUT);
    assert_non_null(strstr(f->err.text, "s/x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_groups, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_none, factor_setup, factor_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
