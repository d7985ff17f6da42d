/* test_gwp.c - GWP sets and the kinds of empty: nothing missing may count as 0. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "quantity/empty.h"
#include "quantity/gwp.h"

/* IPCC AR5 WGI table 8.A.1; AR6 WGI table 7.SM.7; SAR and AR4 as in the GHG Protocol table */
static const struct {
    const char *gas;
    double value[TL_GWP_SETS]; /* 0: none */
} sample[] = {
    { "CO2", { 1, 1, 1, 1 } },
    { "CH4", { 21, 25, 28, 27.9 } },
    { "N2O", { 310, 298, 265, 273 } },
    { "NF3", { 0, 17200, 16100, 17400 } },
    { "CF4", { 6500, 7390, 6630, 7380 } },
};

static tl_gwp *filled(void)
{
    tl_gwp *g;
    tl_error err = { 0 };
    assert_int_equal(tl_gwp_new(&g, &err), TL_OK);
    for (size_t i = 0; i < sizeof sample / sizeof *sample; i++)
        for (int s = 0; s < TL_GWP_SETS; s++)
            if (sample[i].value[s] > 0 &&
                tl_gwp_add(g, sample[i].gas, (tl_gwp_set)s, sample[i].value[s], &err) != TL_OK)
                fail_msg("%s", err.text);
    assert_int_equal(tl_gwp_alias(g, "PFC-14", "CF4", &err), TL_OK);
    return g;
}

static const struct {
    const char *label, *gas;
    tl_gwp_set set;
    double mass_kg;
    tl_status want;
    double co2e_kg;
    const char *in_message;
} uses[] = {
    { "1 kg NF3 in AR5", "NF3", TL_GWP_AR5, 1, TL_OK, 16100, "" },
    { "1 kg NF3 in AR6", "NF3", TL_GWP_AR6, 1, TL_OK, 17400, "" },
    { "NF3 is not in SAR", "NF3", TL_GWP_SAR, 1, TL_EINPUT, 0,
      "NF3 has no GWP in SAR, only in: AR4 AR5 AR6" },
    { "not even 0 kg of it", "NF3", TL_GWP_SAR, 0, TL_EINPUT, 0, "NF3 has no GWP in SAR" },
    { "CO2", "CO2", TL_GWP_SAR, 2.5, TL_OK, 2.5, "" },
    { "methane", "CH4", TL_GWP_AR6, 10, TL_OK, 279, "" },
    { "alias", "PFC-14", TL_GWP_AR5, 1, TL_OK, 6630, "" },
    { "unknown gas", "CH5", TL_GWP_AR5, 1, TL_ENOTFOUND, 0, "known: CO2 CH4 N2O NF3 CF4" },
    { "no such set", "CO2", TL_GWP_SETS, 1, TL_EINPUT, 0, "no such GWP set" },
    { "overflow", "NF3", TL_GWP_AR5, 1e307, TL_ENUMERIC, 0, "no finite CO2e" },
    { "nan", "CO2", TL_GWP_AR5, NAN, TL_ENUMERIC, 0, "no finite CO2e" },
};

static void test_use(void **state)
{
    (void)state;
    tl_gwp *g = filled();
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        tl_error err = { 0 };
        double v = -1;
        tl_status st = tl_gwp_co2e_kg(g, uses[i].gas, uses[i].set, uses[i].mass_kg, &v, &err);
        if (st != uses[i].want || !strstr(err.text, uses[i].in_message) ||
            v != (st == TL_OK ? uses[i].co2e_kg : -1))
            fail_msg("%s: status %d, %.17g, '%s'", uses[i].label, (int)st, v, err.text);
    }
    tl_gwp_free(g);
}

/* The total of a release rises by exactly the GWP when 1 kg of NF3 is added. */
static void test_total_rises(void **state)
{
    (void)state;
    tl_gwp *g = filled();
    double total = 0, v;
    assert_int_equal(tl_gwp_co2e_kg(g, "CO2", TL_GWP_AR5, 100, &v, NULL), TL_OK);
    total += v;
    assert_int_equal(tl_gwp_co2e_kg(g, "NF3", TL_GWP_AR5, 1, &v, NULL), TL_OK);
    total += v;
    assert_true(total == 16200);
    tl_gwp_free(g);
}

static void test_fill(void **state)
{
    (void)state;
    tl_gwp *g = filled();
    tl_gwp_set set = TL_GWP_SETS;
    tl_error err = { 0 };
    assert_int_equal(tl_gwp_size(g), 5);
    assert_string_equal(tl_gwp_gas(g, 3), "NF3");
    assert_null(tl_gwp_gas(g, 5));
    assert_int_equal(tl_gwp_add(g, "CH4", TL_GWP_AR5, 28, &err), TL_ECONFLICT);
    assert_int_equal(tl_gwp_add(g, "SF6", TL_GWP_AR5, 0, &err), TL_EINPUT);
    assert_int_equal(tl_gwp_add(g, "SF6", TL_GWP_AR5, -1, &err), TL_EINPUT);
    assert_int_equal(tl_gwp_add(g, "SF6", TL_GWP_AR5, NAN, &err), TL_EINPUT);
    assert_int_equal(tl_gwp_add(g, "", TL_GWP_AR5, 1, &err), TL_EINPUT);
    assert_int_equal(tl_gwp_add(g, "SF6", (tl_gwp_set)99, 1, &err), TL_EINPUT);
    assert_int_equal(tl_gwp_alias(g, "R-14", "CF5", &err), TL_ENOTFOUND);
    assert_int_equal(tl_gwp_alias(g, "CH4", "CF4", &err), TL_ECONFLICT);
    assert_int_equal(tl_gwp_alias(g, "PFC-14", "CF4", &err), TL_OK);
    assert_int_equal(tl_gwp_size(g), 5);
    tl_gwp_free(g);

    assert_int_equal(tl_gwp_new(&g, &err), TL_OK);
    assert_int_equal(tl_gwp_add(g, "CO2", TL_GWP_AR5, 2, &err), TL_EINPUT);
    assert_string_equal(err.text, "CO2 in AR5: its GWP is 1 by definition, not 2");
    tl_gwp_free(g);
    tl_gwp_free(NULL);

    assert_int_equal(tl_gwp_set_parse("AR6", &set, &err), TL_OK);
    assert_int_equal(set, TL_GWP_AR6);
    assert_string_equal(tl_gwp_set_name(set), "AR6");
    assert_int_equal(tl_gwp_set_parse("AR7", &set, &err), TL_EINPUT);
}

static const struct {
    const char *label, *text;
    tl_status want;
    tl_value_kind kind;
    double number;
} values[] = {
    { "number", "12.5", TL_OK, TL_NUMBER, 12.5 },
    { "real zero", "0", TL_OK, TL_NUMBER, 0 },
    { "not disclosed", "not_disclosed", TL_OK, TL_NOT_DISCLOSED, 0 },
    { "not asked", "not_asked", TL_OK, TL_NOT_ASKED, 0 },
    { "not applicable", "not_applicable", TL_OK, TL_NOT_APPLICABLE, 0 },
    { "empty says nothing", "", TL_EINPUT, TL_NOT_ASKED, 0 },
    { "dash says nothing", "-", TL_EINPUT, TL_NOT_ASKED, 0 },
    { "n/a says nothing", "n/a", TL_EINPUT, TL_NOT_ASKED, 0 },
    { "nan", "nan", TL_EINPUT, TL_NOT_ASKED, 0 },
};

static void test_value(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        tl_value v = { 0 };
        tl_error err = { 0 };
        char text[TL_NUMBER_MAX];
        tl_status st = tl_value_parse(values[i].text, &v, &err);
        if (st != values[i].want || v.kind != values[i].kind || v.number != values[i].number)
            fail_msg("%s: status %d kind %d %g", values[i].label, (int)st, (int)v.kind, v.number);
        if (st == TL_OK && tl_value_format(v, text) != strlen(values[i].text))
            fail_msg("%s: written '%s'", values[i].label, text);
        if (st == TL_OK)
            assert_string_equal(text, values[i].text);
    }
    tl_value v = { 0 };
    assert_int_equal(v.kind, TL_NOT_ASKED); /* a zeroed value is no number */
    assert_int_equal(tl_value_number(INFINITY, &v, NULL), TL_ENUMERIC);
    assert_string_equal(tl_value_kind_name(TL_NOT_DISCLOSED, true), "未披露");
    assert_string_equal(tl_value_kind_name(TL_NOT_DISCLOSED, false), "not disclosed");
}

/* Four numbers (10, 0, 20, 30) among seven values: the mean is 60 / 4 = 15, not 60 / 7. */
static void test_summary(void **state)
{
    (void)state;
    const tl_value list[] = { { TL_NUMBER, 10 },       { TL_NOT_DISCLOSED, 0 }, { TL_NUMBER, 0 },
                              { TL_NOT_ASKED, 0 },     { TL_NUMBER, 20 },       { TL_NUMBER, 30 },
                              { TL_NOT_APPLICABLE, 0 } };
    tl_value_summary s;
    tl_error err = { 0 };
    assert_int_equal(tl_value_summarise(list, 7, &s, &err), TL_OK);
    assert_true(s.has_mean && s.mean == 15 && s.sum == 60);
    assert_int_equal(s.zeros, 1);
    assert_int_equal(s.count[TL_NUMBER], 4);
    assert_int_equal(s.count[TL_NOT_ASKED], 1);
    assert_int_equal(s.count[TL_NOT_DISCLOSED], 1);
    assert_int_equal(s.count[TL_NOT_APPLICABLE], 1);
    assert_false(s.complete);

    /* nothing but empties: no mean, and not a mean of 0 */
    const tl_value none[] = { { TL_NOT_DISCLOSED, 0 }, { TL_NOT_APPLICABLE, 0 } };
    assert_int_equal(tl_value_summarise(none, 2, &s, &err), TL_OK);
    assert_false(s.has_mean);
    assert_int_equal(tl_value_summarise(NULL, 0, &s, &err), TL_OK);
    assert_false(s.has_mean);

    /* not applicable leaves a list complete */
    const tl_value whole[] = { { TL_NUMBER, 4 }, { TL_NOT_APPLICABLE, 0 } };
    assert_int_equal(tl_value_summarise(whole, 2, &s, &err), TL_OK);
    assert_true(s.complete && s.mean == 4);

    const tl_value huge[] = { { TL_NUMBER, 1e308 }, { TL_NUMBER, 1e308 } };
    assert_int_equal(tl_value_summarise(huge, 2, &s, &err), TL_ENUMERIC);
    const tl_value broken[] = { { (tl_value_kind)77, 0 } };
    assert_int_equal(tl_value_summarise(broken, 1, &s, &err), TL_EINPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_use),     cmocka_unit_test(test_total_rises),
        cmocka_unit_test(test_fill),    cmocka_unit_test(test_value),
        cmocka_unit_test(test_summary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
