/* test_bill.c - a car's own bill of materials in the demand: mass balance, processes, recycled
 * shares, and what a bill may not say. */
#include "footprint/tests/car_test.h"

#define SHEET (1.0798 * 1.84 + 0.5732)
#define SCRAP_SHEET (1.0798 * 0.52 + 0.5732)
#define INGOT (15.6212 * 0.6205 + 1.93 * 1.2033 + 1.54 + 0.000034 * 7380 + 0.0000034 * 12400)
#define SECONDARY (0.66794 * 0.6205 + 8.6757 * 0.055539)
#define PACK(materials, cells_kg) ((materials) + (cells_kg) * (4 * 0.6205 + 14.4 * 0.055539))

/* Lines that the bill itself gave. */
static double own_kg(const car_fixture *f, const tl_demand *d)
{
    double kg = 0;
    for (size_t i = 0; i < d->n; i++)
        if (strcmp(d->lines[i].basis, "bill of materials") == 0)
            kg += d->lines[i].amount * f->model.scores[d->lines[i].activity];
    return kg;
}

static double mass_in_car(const car_fixture *f, const tl_footprint *p)
{
    double mass = 0;
    for (size_t i = 0; i < f->model.rule.material_count; i++)
        mass += p->mass_kg[i];
    return mass;
}

/* Each is the whole bill of a 1,500 kg gasoline car. */
static const struct part_case {
    const char *label;
    tl_vehicle_part part;
    double want_kg;
} part_cases[] = {
    { "steel of the chosen route", { "body", "steel", 300, "", "", 0 }, 300 / 0.6 * SHEET },
    { "steel of a named route",
      { "body", "steel", 300, "B", "scrap-eaf", 0 },
      300 / 0.6 * SCRAP_SHEET },
    { "a quarter recycled (cut-off)",
      { "body", "steel", 300, "", "", 0.25 },
      300 / 0.6 * (0.75 * SHEET + 0.25 * SCRAP_SHEET) },
    { "all recycled", { "body", "steel", 300, "", "", 1 }, 300 / 0.6 * SCRAP_SHEET },
    { "aluminium", { "wheels", "aluminium", 40, "", "", 0 }, 40 * INGOT },
    { "hydropower aluminium", { "wheels", "aluminium", 40, "", "hydro", 0 }, 40 * 4.82981 },
    { "hydropower aluminium, half recycled",
      { "wheels", "aluminium", 40, "", "hydro", 0.5 },
      20 * 4.82981 + 20 * SECONDARY },
    { "secondary aluminium", { "wheels", "aluminium", 40, "", "secondary", 0 }, 40 * SECONDARY },
    { "recycled glass", { "windscreen", "glass", 12, "", "", 1 }, 12 * 0.82318954 },
    { "glass, a third recycled",
      { "windscreen", "glass", 12, "", "", 1.0 / 3 },
      8 * 1.40276667 + 4 * 0.82318954 },
};

static void test_parts(void **state)
{
    car_fixture *f = *state;
    const tl_vehicle v = car_gasoline();
    tl_demand d = { 0 };
    for (size_t i = 0; i < TEST_COUNT(part_cases); i++) {
        const struct part_case *c = &part_cases[i];
        tl_footprint p = car_footprint(c->label, &f->model, &v, &c->part, 1, &d);
        expect_near(c->label, own_kg(f, &d), c->want_kg, 1e-9);
        expect_near(c->label, mass_in_car(f, &p), 1500, 1e-12);
        expect_near(c->label, d.own_mass_kg, c->part.mass_kg, 0);
    }
    tl_demand_clear(&d);
}

/* What the bill leaves gets the average composition, without the default of the size class:
 * 1500 - 300 - 45.36 kg of tyres = 1154.64 kg, 355 / 3629 of it aluminium. */
static void test_rest(void **state)
{
    car_fixture *f = *state;
    const tl_vehicle v = car_gasoline();
    const tl_vehicle_part body = { "body", "steel", 300, "", "", 0 };
    tl_demand d = { 0 };
    tl_footprint p = car_footprint("body", &f->model, &v, &body, 1, &d);
    const size_t *named = f->model.rule.named;
    double rest = 1500 - 300 - 4 * 11.34;
    expect_near("aluminium", p.mass_kg[named[TL_MATERIAL_ALUMINIUM]], rest * 355 / 3629, 1e-12);
    expect_near("steel", p.mass_kg[named[TL_MATERIAL_STEEL]], 300 + rest * 2171 / 3629, 1e-12);
    tl_demand_clear(&d);
}

/* Tyres and fluids of the bill take the place of the default ones, also when they are replaced. */
static void test_own_tyres(void **state)
{
    car_fixture *f = *state;
    const tl_vehicle v = car_gasoline();
    const tl_vehicle_part bill[] = { { "tyres", "tyres", 60, "", "", 0 },
                                     { "everything", "steel", 1435, "", "", 0 },
                                     { "oil", "fluids", 5, "", "", 0 } };
    tl_demand d = { 0 };
    tl_footprint p = car_footprint("tyres", &f->model, &v, bill, 3, &d);
    expect_near("maintenance", p.stage_kg[TL_STAGE_MAINTENANCE],
                2 * 60 * 3.3355719 + 5 * 1.401 + 1530, 1e-9);
    expect_near("mass", mass_in_car(f, &p), 1500, 1e-12);
    assert_int_equal(p.grade, TL_GRADE_OWN);
    tl_demand_clear(&d);
}

/* A bill that speaks for every kilogram leaves no room for default tyres; they wear all the same.
 */
static void test_complete(void **state)
{
    car_fixture *f = *state;
    const tl_vehicle v = car_gasoline();
    const double masses[] = { 1500, 1480, 1450 };
    for (size_t i = 0; i < TEST_COUNT(masses); i++) {
        char label[40];
        const tl_vehicle_part all = { "everything", "steel", masses[i], "", "", 0 };
        tl_demand d = { 0 };
        snprintf(label, sizeof label, "a bill of %g kg", masses[i]);
        tl_footprint p = car_footprint(label, &f->model, &v, &all, 1, &d);
        expect_near(label, mass_in_car(f, &p), 1500, 1e-12);
        double fluids = p.mass_kg[f->model.rule.named[TL_MATERIAL_FLUIDS]] * 1.401;
        expect_near(label, p.stage_kg[TL_STAGE_MAINTENANCE],
                    2 * 4 * 11.34 * 3.3355719 + fluids + 1530, 1e-9);
        tl_demand_clear(&d);
    }
}

/* The pack of a bill gives mass and chemistry; its energy is that of the car (51.09978 kWh). */
static void test_battery(void **state)
{
    car_fixture *f = *state;
    const tl_vehicle v = car_electric();
    double kwh = 0.16 * 375 * 0.851663;
    const struct {
        const char *label;
        tl_vehicle_part bill[2];
        double want_kg, pack_kg;
    } rows[] = {
        { "mass alone",
          { { "pack", "traction-battery", 320, "", "", 0 }, { "body", "steel", 100, "", "", 0 } },
          kwh * PACK(50.53, 4.16667),
          320 },
        { "LFP",
          { { "pack", "traction-battery", 350, "", "lfp", 0 }, { "body", "steel", 1, "", "", 0 } },
          kwh * PACK(41.79, 6.25),
          350 },
        { "two halves",
          { { "pack 1", "traction-battery", 150, "", "lfp", 0 },
            { "pack 2", "traction-battery", 150, "", "lfp", 0 } },
          kwh * PACK(41.79, 6.25),
          300 },
        { "complete",
          { { "pack", "traction-battery", 320, "", "", 0 },
            { "everything", "steel", 1380, "", "", 0 } },
          kwh * PACK(50.53, 4.16667),
          320 },
    };
    size_t battery = f->model.rule.named[TL_MATERIAL_TRACTION_BATTERY];
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_demand d = { 0 };
        tl_footprint p = car_footprint(rows[i].label, &f->model, &v, rows[i].bill, 2, &d);
        expect_near(rows[i].label, p.material_kg[battery], rows[i].want_kg, 1e-9);
        expect_near(rows[i].label, p.mass_kg[battery], rows[i].pack_kg, 1e-12);
        expect_near(rows[i].label, mass_in_car(f, &p), 1700, 1e-12);
        tl_demand_clear(&d);
    }
}

static const struct wrong_case {
    const char *label;
    bool electric;
    tl_vehicle_part bill[2];
    size_t n;
    const char *words[4];
} wrong_cases[] = {
    { "heavier than the car",
      false,
      { { "body", "steel", 1531, "", "", 0 } },
      1,
      { "1531", "more than the kerb mass", "1500" } },
    { "heavier together",
      false,
      { { "body", "steel", 1000, "", "", 0 }, { "rest", "plastics", 600, "", "", 0 } },
      2,
      { "1600" } },
    { "unknown material",
      false,
      { { "body", "mithril", 100, "", "", 0 } },
      1,
      { "body", "mithril" } },
    { "unknown process",
      false,
      { { "body", "steel", 100, "", "magic", 0 } },
      1,
      { "body", "magic", "steel" } },
    { "process of another material",
      false,
      { { "body", "steel", 100, "", "hydro", 0 } },
      1,
      { "hydro" } },
    { "no recycled factor",
      false,
      { { "block", "cast-iron", 100, "", "", 0.5 } },
      1,
      { "block", "recycled cast-iron" } },
    { "battery in a car without",
      false,
      { { "pack", "traction-battery", 100, "", "", 0 } },
      1,
      { "pack", "no traction battery" } },
    { "two chemistries",
      true,
      { { "pack 1", "traction-battery", 100, "", "lfp", 0 },
        { "pack 2", "traction-battery", 100, "", "nca", 0 } },
      2,
      { "pack 2", "chemistr" } },
};

static void test_wrong(void **state)
{
    car_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(wrong_cases); i++) {
        const struct wrong_case *c = &wrong_cases[i];
        const tl_vehicle v = c->electric ? car_electric() : car_gasoline();
        tl_demand d = { 0 };
        tl_error err = { 0 };
        expect_error(c->label, tl_car_demand(&f->model, &v, c->bill, c->n, &d, &err), TL_EINPUT,
                     &err, c->words);
        tl_demand_clear(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),     cmocka_unit_test(test_rest),
        cmocka_unit_test(test_own_tyres), cmocka_unit_test(test_complete),
        cmocka_unit_test(test_battery),   cmocka_unit_test(test_wrong),
    };
    return cmocka_run_group_tests(tests, car_setup, car_teardown);
}
