/* test_chain.c - unit scores of the product system against hand calculations, and what a choice of
 * supplier does to them.
 *
 * The numbers are those of data/car-system (exchanges.csv, emissions.csv) and of the factors it
 * names, written out here so that a change in the data has to be meant. */
#include "footprint/tests/car_test.h"

/* materials: crude steel 1.84 and 0.52 t CO2/t, gas-based iron 1.219, alumina 1203.3 kg/t,
 * hydropower ingot 4829.81 kg/t; electricity 0.6205 kg/kWh (China 2023, life cycle), Yunnan 0.1333;
 * heat from natural gas 0.055539 kg/MJ. */
#define GRID 0.6205
#define YUNNAN 0.1333
#define HEAT 0.055539

/* 1.0798 kg of liquid steel in a kg of galvanised sheet, 0.5732 kg CO2 for rolling and coating */
#define SHEET(crude) (1.0798 * (crude) + 0.5732)

/* 15.6212 kWh, 1.93 kg of alumina, 1.54 kg CO2 of the anodes, 0.034 g CF4 and 0.0034 g C2F6 */
#define SMELTED(power, cf4, c2f6)                                                                  \
    (15.6212 * (power) + 1.93 * 1.2033 + 1.54 + 0.000034 * (cf4) + 0.0000034 * (c2f6))

/* materials of the pack, and per kg of cells 4 kWh of electricity and 14.4 MJ of heat */
#define PACK(materials, cells_kg, power) ((materials) + (cells_kg) * (4 * (power) + 14.4 * HEAT))

static const struct score_case {
    const char *label, *setting, *activity;
    double want;
} score_cases[] = {
    { "steel, blast furnace: 2.560032", NULL, "steel", SHEET(1.84) },
    { "steel, scrap: 1.134696", "steel.route=scrap-eaf", "steel", SHEET(0.52) },
    { "steel, reduced iron: melting 0.52 + iron 1.219", "steel.route=dri-eaf", "steel",
      SHEET(0.52 + 1.219) },
    /* 0.6 x 1.84 + 0.4 x 0.52 = 1.312; 1.0798 x 1.312 + 0.5732 = 1.9898976 */
    { "steel, 40% scrap", "steel.route=bf-bof:60/scrap-eaf:40", "steel", 1.9898976 },
    { "steel, three routes", "steel.route=bf-bof:50/scrap-eaf:37.5/dri-eaf:12.5", "steel",
      SHEET(0.5 * 1.84 + 0.375 * 0.52 + 0.125 * 1.739) },
    { "a mix of all of one", "steel.route=bf-bof:0/scrap-eaf:100", "steel", SHEET(0.52) },
    { "aluminium, a quarter by hydropower", "aluminium.power=grid:75/hydro:25", "aluminium",
      0.75 * SMELTED(GRID, 7380, 12400) + 0.25 * 4.82981 },
    { "electricity, half Yunnan", "electricity.region=CN:50/CN-YN:50", "electricity-mix",
      (GRID + YUNNAN) / 2 },
    { "recycled steel is the scrap route", NULL, "steel-recycled", SHEET(0.52) },
    { "the route leaves recycled steel alone", "steel.route=dri-eaf", "steel-recycled",
      SHEET(0.52) },
    { "primary aluminium, AR6", NULL, "aluminium", SMELTED(GRID, 7380, 12400) },
    { "primary aluminium, AR5", "gwp=AR5", "aluminium", SMELTED(GRID, 6630, 11100) },
    { "primary aluminium, AR4", "gwp=AR4", "aluminium", SMELTED(GRID, 7390, 12200) },
    { "primary aluminium, SAR", "gwp=SAR", "aluminium", SMELTED(GRID, 6500, 9200) },
    { "primary aluminium, Yunnan smelter", "smelter.electricity=CN-YN", "aluminium",
      SMELTED(YUNNAN, 7380, 12400) },
    { "primary aluminium, all of Yunnan", "electricity.region=CN-YN", "aluminium",
      SMELTED(YUNNAN, 7380, 12400) },
    { "hydropower ingot as disclosed", "aluminium.power=hydro", "aluminium", 4.82981 },
    { "secondary aluminium: 0.66794 kWh, 8.6757 MJ", NULL, "aluminium-secondary",
      0.66794 * GRID + 8.6757 * HEAT },
    { "battery NMC622, a kWh", NULL, "traction-battery", PACK(50.53, 4.16667, GRID) },
    { "battery LFP, a kWh", "battery.chemistry=lfp", "traction-battery", PACK(41.79, 6.25, GRID) },
    { "battery NMC622, Yunnan", "electricity.region=CN-YN", "traction-battery",
      PACK(50.53, 4.16667, YUNNAN) },
    { "charging follows the region", "electricity.region=CN-YN", "electricity-charging", YUNNAN },
    { "charging alone", "charging.region=CN-YN", "electricity-charging", YUNNAN },
    { "charging alone leaves the mix", "charging.region=CN-YN", "electricity-mix", GRID },
    { "refrigerant, AR6", NULL, "refrigerant-escape", 1530 },
    { "refrigerant, AR5", "gwp=AR5", "refrigerant-escape", 1300 },
    { "gasoline, well to tank", NULL, "gasoline-supply", 0.60664 },
    { "gasoline, burnt: 43.07 GJ/t x 18.9 tC/TJ x 0.98 x 44/12 x 0.7435 kg/L", NULL,
      "gasoline-burning", 2.17475 },
};

static void test_scores(void **state)
{
    car_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(score_cases); i++) {
        const struct score_case *c = &score_cases[i];
        tl_setting setting;
        tl_car_model m;
        tl_error err = { 0 };
        if (c->setting && tl_setting_parse(&setting, c->setting, NULL, 0, f->arena, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        if (tl_car_model_open(&m, f->s, &setting, c->setting ? 1 : 0, f->arena, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        size_t activity = tl_car_system_activity(m.system, c->activity);
        if (activity == TL_LCA_NONE)
            fail_msg("%s: no activity %s", c->label, c->activity);
        double got = m.scores[activity];
        tl_car_model_close(&m);
        expect_near(c->label, got, c->want, 1e-9);
    }
}

/* The burnt litre is itself a product of printed figures: 43.07 x 18.9 x 0.98 x 44/12 / 1000 =
 * 2.92506 t/t, times 0.60664 / 815.93523 x 1000 = 0.74349 kg/L. */
static void test_burning_derivation(void **state)
{
    (void)state;
    expect_near("gasoline", 43.07 * 18.9e-3 * 0.98 * 44 / 12 * (0.60664 / 0.81593523), 2.17475,
                1e-5);
    expect_near("diesel", 42.652 * 20.2e-3 * 0.98 * 44 / 12 * (0.62409 / 0.7520276), 2.56922, 1e-5);
    expect_near("LPG", 50.179 * 17.2e-3 * 0.98 * 44 / 12 * (0.18551 / 0.34929282), 1.64712, 1e-5);
    expect_near("zinc coating and rolling", 2.668 - 1.0798 * 1.940, 0.5732, 1e-4);
}

/* Every number of the system names where it comes from. */
static void test_evidence(void **state)
{
    car_fixture *f = *state;
    size_t n;
    const tl_car_evidence *e = tl_car_system_evidence(f->model.system, &n);
    assert_true(n > 100);
    for (size_t i = 0; i < n; i++)
        if (!*e[i].source || !e[i].unit || !isfinite(e[i].amount))
            fail_msg("evidence %zu (%s): no source, unit or number", i, e[i].what);
}

static const struct setting_case {
    const char *label, *settings[2];
    tl_status want;
    const char *words[4];
} setting_cases[] = {
    { "no equals sign", { "steel.route" }, TL_EINPUT, { "steel.route", "name=value" } },
    { "no name", { "=1" }, TL_EINPUT, { "name=value" } },
    { "no value", { "lifetime_km=" }, TL_EINPUT, { "name=value" } },
    { "unknown name", { "steel.rute=bf-bof" }, TL_EINPUT, { "steel.rute", "vehicle parameters" } },
    { "unknown option lists the options",
      { "steel.route=magic" },
      TL_EINPUT,
      { "steel.route", "magic", "bf-bof, scrap-eaf, dri-eaf" } },
    { "option in other letters", { "steel.route=Scrap-EAF" }, TL_EINPUT, { "Scrap-EAF" } },
    { "a mix of 90%",
      { "steel.route=bf-bof:60/scrap-eaf:30" },
      TL_EINPUT,
      { "steel.route", "90%", "100%" } },
    { "a mix without a share", { "steel.route=bf-bof:60/scrap-eaf" }, TL_EINPUT, { "scrap-eaf" } },
    { "a share below 0",
      { "steel.route=bf-bof:110/scrap-eaf:-10" },
      TL_EINPUT,
      { "scrap-eaf:-10" } },
    { "a share that is no number", { "steel.route=bf-bof:all" }, TL_EINPUT, { "bf-bof:all" } },
    { "a share of nothing", { "steel.route=:100" }, TL_EINPUT, { "option:percent" } },
    { "an option twice", { "steel.route=bf-bof:50/bf-bof:50" }, TL_EINPUT, { "bf-bof", "twice" } },
    { "an unknown option in a mix",
      { "steel.route=bf-bof:50/magic:50" },
      TL_EINPUT,
      { "magic", "bf-bof, scrap-eaf, dri-eaf" } },
    { "a mix", { "steel.route=bf-bof:99.9/scrap-eaf:0.1" }, TL_OK, { NULL } },
    { "unknown region", { "electricity.region=DE" }, TL_EINPUT, { "CN-2024", "CN-wind" } },
    { "unknown gases", { "gwp=AR7" }, TL_EINPUT, { "AR7", "SAR, AR4, AR5 or AR6" } },
    { "twice", { "lifetime_km=1", "lifetime_km=2" }, TL_EINPUT, { "lifetime_km", "twice" } },
    { "no number", { "lifetime_km=far" }, TL_EINPUT, { "lifetime_km", "far" } },
    { "a unit behind the number", { "lifetime_km=150000km" }, TL_EINPUT, { "lifetime_km" } },
    { "hexadecimal", { "lifetime_km=0x10" }, TL_EINPUT, { "lifetime_km" } },
    { "not a number", { "lifetime_km=nan" }, TL_EINPUT, { "lifetime_km" } },
    { "overflow", { "lifetime_km=1e400" }, TL_EINPUT, { "lifetime_km" } },
    { "utilisation 0", { "steel.utilisation=0" }, TL_EINPUT, { "steel.utilisation", "above 0" } },
    { "utilisation above 1", { "steel.utilisation=1.01" }, TL_EINPUT, { "at most 1" } },
    { "utilisation below 0", { "aluminium.utilisation=-0.6" }, TL_EINPUT, { "above 0" } },
    { "no mileage", { "lifetime_km=0" }, TL_EINPUT, { "lifetime_km", "above 0" } },
    { "tyres of no life", { "tyre.life_km=0" }, TL_EINPUT, { "tyre.life_km" } },
    { "less than no refill", { "fluids.refills=-1" }, TL_EINPUT, { "fluids.refills" } },
    { "cells of no density", { "battery.cell_density=0" }, TL_EINPUT, { "cell_density" } },
    { "so small that g/km would not be finite",
      { "lifetime_km=1e-310" },
      TL_EINPUT,
      { "lifetime" } },
    { "so many tyres that kg would not be finite",
      { "tyre.count=1e308", "tyre.mass_kg=1e308" },
      TL_EINPUT,
      { "tyre" } },
    { "no refill is a number", { "fluids.refills=0" }, TL_OK, { NULL } },
    { "utilisation 1", { "steel.utilisation=1" }, TL_OK, { NULL } },
    { "choice and parameter", { "steel.route=scrap-eaf", "tyre.count=5" }, TL_OK, { NULL } },
};

static void test_settings(void **state)
{
    car_fixture *f = *state;
    const tl_vehicle v = car_gasoline();
    for (size_t i = 0; i < TEST_COUNT(setting_cases); i++) {
        const struct setting_case *c = &setting_cases[i];
        tl_error err = { 0 };
        double g_km = 0;
        tl_status got = car_total(f, &v, c->settings, c->settings[1] ? 2 : 1, &g_km, &err);
        expect_error(c->label, got, c->want, &err, c->words);
        if (got == TL_OK && !(g_km > 0 && isfinite(g_km)))
            fail_msg("%s: total %g", c->label, g_km);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scores),
        cmocka_unit_test(test_burning_derivation),
        cmocka_unit_test(test_evidence),
        cmocka_unit_test(test_settings),
    };
    return cmocka_run_group_tests(tests, car_setup, car_teardown);
}
