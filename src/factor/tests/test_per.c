/* test_per.c - another denominator: what it takes, and what it gives. */
#include <math.h>

#include "factor/per.h"
#include "factor/tests/factor_test.h"

static const struct per_case {
    const char *label, *unit, *per, *density, *heat;
    double want;       /* of a value of 2 */
    const char *words; /* in the message; NULL: it is converted */
} per_cases[] = {
    { "the same dimension", "kgCO2e/kg", "t", NULL, NULL, 2000, NULL },
    { "mass to volume", "tCO2e/t", "m3", "7.85 t/m3", NULL, 15.7, NULL },
    { "density the other way up in units", "tCO2e/t", "L", "0.84 kg/L", NULL, 0.00168, NULL },
    { "volume to mass", "kgCO2e/m3", "t", "0.5 t/m3", NULL, 4, NULL },
    { "mass to energy", "tCO2/t", "GJ", NULL, "40 GJ/t", 0.05, NULL },
    { "energy to mass", "tCO2/GJ", "t", NULL, "40 GJ/t", 80, NULL },
    { "energy to volume by both", "tCO2/GJ", "m3", "0.5 t/m3", "40 GJ/t", 40, NULL },
    { "energy to a normal volume", "kgCO2/MJ", "Nm3", NULL, "38.9 MJ/Nm3", 77.8, NULL },
    { "no density", "tCO2e/t", "m3", NULL, NULL, 0, "takes a density" },
    { "no heating value", "tCO2/GJ", "t", NULL, NULL, 0, "takes a heating value" },
    { "the density still missing", "tCO2/GJ", "m3", NULL, "40 GJ/t", 0, "takes a density" },
    { "a normal volume is no volume", "tCO2e/t", "Nm3", "7.85 t/m3", NULL, 0,
      "takes a density such as --density \"0.717 kg/Nm3\"" },
    { "nothing leads there", "tCO2e/t", "vkm", "7.85 t/m3", NULL, 0, "nothing leads" },
    { "a density of 0", "tCO2e/t", "m3", "0 t/m3", NULL, 0, "more than 0" },
    { "a density without unit", "tCO2e/t", "m3", "7.85", NULL, 0, "a number with its unit" },
    { "a density in metres", "tCO2e/t", "m3", "7.85 m", NULL, 0, "is not one" },
    { "an unknown unit", "tCO2e/t", "furlongs", NULL, NULL, 0, "furlongs" },
};

static void test_per(void **state)
{
    factor_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(per_cases); i++) {
        const struct per_case *c = &per_cases[i];
        const tl_factor factor = { .set = "s", .key = "k", .value = 2, .unit = c->unit };
        const tl_factor_per_query query = { c->per, c->density, c->heat };
        tl_factor_per_answer a;
        tl_error err = { 0 };
        tl_status got = tl_factor_per(&factor, &query, f->arena, &a, &err);
        if ((got == TL_OK) != !c->words || (c->words && !strstr(err.text, c->words)))
            fail_msg("%s: %s '%s'", c->label, tl_status_name(got), err.text);
        if (got == TL_OK && fabs(a.value - c->want) > 1e-12 * c->want)
            fail_msg("%s: %.17g, want %.17g", c->label, a.value, c->want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_per, factor_setup, factor_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
