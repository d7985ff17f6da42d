/* test_detail.c - uncertainty, stage and gases: kept as stated, missing as missing, refused. */
#include <math.h>

#include "factor/tests/factor_test.h"

#define HEADER                                                                                     \
    "key,name_en,value,unit,region,source,verified,gsd,percent95,stage,share_fossil_co2,"          \
    "share_biogenic_co2,share_ch4,share_n2o,share_hfc,share_other_gas\n"

static tl_status load(factor_fixture *f, const char *cells)
{
    char text[600];
    int64_t n;
    snprintf(text, sizeof text, HEADER "a,A,1,kgCO2e/kg,CN,src,yes,%s\n", cells);
    const tl_factor_text t = { "factors.csv", text, strlen(text) };
    const tl_factor_batch batch = { "test", "1", &t, 1, NULL };
    factor_put_set(f, "test", "1", NULL);
    return tl_factor_load_batch(f->s, &batch, &n, &f->err);
}

static const struct cells_case {
    const char *label, *cells, *words; /* words of the message; NULL: taken */
} cells_cases[] = {
    { "nothing", ",,,,,,,,", NULL },
    { "all", "1.2,,upstream,50,20,10,10,5,5", NULL },
    { "rounded shares", "1,,whole,33.4,33.4,33.4,,,", NULL },
    { "a deviation below 1", "0.9,,,,,,,,", "expected 1 to 999" },
    { "both measures", "1.2,10,,,,,,,", "one measure of uncertainty" },
    { "a width of 0 is no missing one", ",0,,,,,,,", "or nothing" },
    { "an unknown stage", ",,inside,,,,,,", "upstream, downstream, whole or nothing" },
    { "a share above 100", ",,,101,,,,,", "expected 0 to 100" },
    { "shares of 102", ",,,60,,42,,,", "add up to 102" },
    { "no number", "n/a,,,,,,,,", "not a number" },
};

static void test_cells(void **state)
{
    factor_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(cells_cases); i++) {
        const struct cells_case *c = &cells_cases[i];
        f->err = (tl_error){ 0 };
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        tl_status got = load(f, c->cells);
        if ((got == TL_OK) != !c->words || (c->words && !strstr(f->err.text, c->words)))
            fail_msg("%s: %s '%s'", c->label, tl_status_name(got), f->err.text);
        tl_store_rollback(f->s);
    }
}

static void test_read(void **state)
{
    factor_fixture *f = *state;
    tl_factor a;
    assert_int_equal(load(f, ",15,downstream,90,,0,,,"), TL_OK);
    assert_int_equal(tl_factor_get(f->s, "test/a", f->arena, &a, NULL), TL_OK);
    assert_non_null(a.detail);
    assert_true(isnan(a.detail->gsd) && a.detail->percent95 == 15);
    assert_int_equal(a.detail->stage, TL_STAGE_DOWNSTREAM);
    assert_true(a.detail->share[TL_GAS_FOSSIL_CO2] == 90);
    assert_true(a.detail->share[TL_GAS_CH4] == 0);   /* stated as 0 */
    assert_true(isnan(a.detail->share[TL_GAS_N2O])); /* not stated */
}

static void test_nothing_stated(void **state)
{
    factor_fixture *f = *state;
    tl_factor a;
    assert_int_equal(load(f, ",,,,,,,,"), TL_OK);
    assert_int_equal(tl_factor_get(f->s, "test/a", f->arena, &a, NULL), TL_OK);
    assert_null(a.detail);
}

/* One column of a good row made wrong; the number is NULL where it is negative below -5. */
static const struct constraint_case {
    const char *label;
    int parameter;
    const char *text;
    double number;
} constraint_cases[] = {
    { "of no factor", 1, NULL, 99 },  { "deviation below 1", 2, NULL, 0.5 },
    { "both measures", 3, NULL, 10 }, { "unknown stage", 4, "inside", 0 },
    { "share below 0", 5, NULL, -1 }, { "share above 100", 6, NULL, 101 },
    { "shares of 180", 7, NULL, 90 },
};

static void test_constraints(void **state)
{
    factor_fixture *f = *state;
    tl_query *q;
    factor_load_ok(f, "test", "1", "a,A,,,1,kgCO2e/kg,CN,,,,,src,,yes\n");
    for (size_t i = 0; i <= TEST_COUNT(constraint_cases); i++) {
        const struct constraint_case *c = &constraint_cases[i % TEST_COUNT(constraint_cases)];
        bool good = i == TEST_COUNT(constraint_cases);
        assert_int_equal(tl_store_query(f->s, "factor_detail.insert", &q, &f->err), TL_OK);
        tl_query_int(q, 1, 1);
        tl_query_number(q, 2, 1.2);
        tl_query_null(q, 3);
        tl_query_text(q, 4, "upstream");
        tl_query_number(q, 5, 90);
        for (int p = 6; p <= 10; p++)
            tl_query_null(q, p);
        if (!good && c->text)
            tl_query_text(q, c->parameter, c->text);
        else if (!good)
            tl_query_number(q, c->parameter, c->number);
        tl_status got = tl_query_run(q, &f->err);
        if ((got == TL_OK) != good)
            fail_msg("%s: %s", good ? "the good row" : c->label, tl_status_name(got));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cells, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_read, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_nothing_stated, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_constraints, factor_setup, factor_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
