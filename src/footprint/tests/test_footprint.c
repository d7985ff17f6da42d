/* test_footprint.c - two cars computed by hand, what-if settings, and what holds for every car. */
#include "footprint/tests/car_test.h"

#include "base/number.h"
#include "base/random.h"
#include "footprint/assumption.h"

/* data/car-rule/composition.csv in lb: steel 1458 + 608 + 73 + 32, iron 275, aluminium 355, other
 * metals 12 + 67 + 9 + 41 + 5, plastics 377, fluids 223, others 94; without aluminium 3274. */
enum { STEEL = 2171, IRON = 275, METALS = 134, PLASTICS = 377, FLUIDS = 223, OTHERS = 94 };
#define WITHOUT_ALUMINIUM (STEEL + IRON + METALS + PLASTICS + FLUIDS + OTHERS)

/* kg CO2e per kg; steel and aluminium are recomputed in test_chain.c, the others are factors of
 * uk-2025 and materials */
#define SHEET (1.0798 * 1.84 + 0.5732)
#define INGOT (15.6212 * 0.6205 + 1.93 * 1.2033 + 1.54 + 0.000034 * 7380 + 0.0000034 * 12400)
#define CAST_IRON 1.82
#define METAL 3.82409335
#define PLASTIC 3.17249932
#define TYRE 3.3355719
#define OIL 1.401
#define R134A 1530
#define TYRES_KG (4 * 11.34)
#define ALUMINIUM_KG 152 /* compact car */

/* kg CO2e of what is in a compact car that has `rest` kg left for the average composition, its
 * tyres included; *fluids_kg is needed again for refilling. */
static double composition(double rest, double *fluids_kg)
{
    double lb = (rest - ALUMINIUM_KG) / WITHOUT_ALUMINIUM;
    *fluids_kg = FLUIDS * lb;
    return STEEL * lb / 0.6 * SHEET + ALUMINIUM_KG * INGOT + IRON * lb * CAST_IRON +
           METALS * lb * METAL + PLASTICS * lb * PLASTIC + OTHERS * lb * PLASTIC +
           *fluids_kg * OIL + TYRES_KG * TYRE;
}

/* Two more sets of tyres (50,000 km each in 150,000 km), fluids once more, one charge lost. */
static double maintenance(double fluids_kg)
{
    return 2 * TYRES_KG * TYRE + fluids_kg * OIL + R134A;
}

static void expect_stages(const tl_footprint *f, const double want[TL_STAGES])
{
    static const char *const names[TL_STAGES] = { "materials", "vehicle production",
                                                  "fuel production", "driving", "maintenance" };
    double total = 0;
    for (size_t i = 0; i < TL_STAGES; i++) {
        expect_near(names[i], f->stage_kg[i], want[i], 1e-9);
        total += want[i];
    }
    expect_near("total", f->total_kg, total, 1e-9);
    expect_near("g/km", tl_footprint_g_km(f, f->total_kg), total * 1000 / 150000, 1e-9);
}

/* 1,500 kg, compact sedan, 6 L/100 km: 1500 - 45.36 kg of tyres = 1454.64 kg, 152 of them
 * aluminium. 9,000 L in 150,000 km. */
static void test_gasoline(void **state)
{
    car_fixture *f = *state;
    const tl_vehicle v = car_gasoline();
    tl_demand d = { 0 };
    tl_footprint got = car_footprint("gasoline", &f->model, &v, NULL, 0, &d);
    double fluids, materials = composition(1500 - TYRES_KG, &fluids);
    const double want[TL_STAGES] = { materials, 300, 9000 * 0.60664, 9000 * 2.17475,
                                     maintenance(fluids) };
    expect_stages(&got, want);
    double g_km = tl_footprint_g_km(&got, got.total_kg);
    if (!(g_km > 200 && g_km < 320))
        fail_msg("gasoline: %g g/km, expected 200 to 320", g_km);
    assert_int_equal(got.grade, TL_GRADE_ESTIMATE);
    expect_near("tyres", got.mass_kg[f->model.rule.named[TL_MATERIAL_TYRES]], TYRES_KG, 1e-12);
    tl_demand_clear(&d);
}

/* 1,700 kg, 160 Wh/km at the mains, 375 km: battery 0.16 x 375 x 0.851663 = 51.09978 kWh, which
 * weighs 51.09978 / (0.24 x 0.7) = 304.17 kg. 24,000 kWh in 150,000 km. */
static void test_electric(void **state)
{
    car_fixture *f = *state;
    const tl_vehicle v = car_electric(), gasoline = car_gasoline();
    tl_demand d = { 0 };
    tl_footprint got = car_footprint("electric", &f->model, &v, NULL, 0, &d);
    double kwh = 0.16 * 375 * 0.851663, pack = 50.53 + 4.16667 * (4 * 0.6205 + 14.4 * 0.055539);
    double fluids, materials = composition(1700 - TYRES_KG - kwh / (0.24 * 0.7), &fluids);
    const double want[TL_STAGES] = { materials + kwh * pack, 300, 0, 24000 * 0.6205,
                                     maintenance(fluids) };
    expect_stages(&got, want);
    expect_near("battery", got.battery_kwh, kwh, 1e-12);
    assert_int_equal(d.battery_grade, TL_GRADE_ESTIMATE);
    tl_footprint other = car_footprint("gasoline", &f->model, &gasoline, NULL, 0, &d);
    if (!(got.total_kg < other.total_kg))
        fail_msg("electric %g kg, gasoline %g kg", got.total_kg, other.total_kg);
    tl_demand_clear(&d);
}

/* Where the battery comes from, and the loss of charging where the source leaves it out. */
static void test_battery(void **state)
{
    car_fixture *f = *state;
    tl_vehicle v = car_electric();
    tl_demand d = { 0 };
    v.electricity_at_mains = false; /* then 0.16 x 375 = 60 kWh is the battery itself */
    tl_footprint p = car_footprint("behind the charger", &f->model, &v, NULL, 0, &d);
    expect_near("behind the charger", p.battery_kwh, 60, 1e-12);
    expect_near("charging loss", p.stage_kg[TL_STAGE_DRIVING], 24000 / 0.851663 * 0.6205, 1e-12);
    v.battery_kwh = 70; /* as stated wins */
    p = car_footprint("stated", &f->model, &v, NULL, 0, &d);
    expect_near("stated", p.battery_kwh, 70, 0);
    assert_int_equal(d.battery_grade, TL_GRADE_OWN);
    v = car_electric();
    v.range_low_km = v.range_high_km = NAN; /* battery_by_size.csv: bev, compact */
    p = car_footprint("by size", &f->model, &v, NULL, 0, &d);
    expect_near("by size", p.battery_kwh, 50.4, 0);
    assert_int_equal(p.grade, TL_GRADE_DEFAULT);
    v = car_electric();
    v.chemistry = "lfp";
    p = car_footprint("LFP", &f->model, &v, NULL, 0, &d);
    double lfp = p.material_kg[f->model.rule.named[TL_MATERIAL_TRACTION_BATTERY]];
    expect_near("LFP", lfp, 0.16 * 375 * 0.851663 * (41.79 + 6.25 * (4 * 0.6205 + 14.4 * 0.055539)),
                1e-9);
    tl_demand_clear(&d);
}

/* What each line of the demand says of its origin. */
static void test_basis(void **state)
{
    car_fixture *f = *state;
    const struct {
        double kwh, range;
        const char *basis;
    } rows[] = { { 60, 375, "battery capacity" },
                 { NAN, 375, "range and electricity consumption" },
                 { NAN, NAN, "battery_by_size" } };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_vehicle v = car_electric();
        tl_demand d = { 0 };
        v.battery_kwh = rows[i].kwh;
        v.range_low_km = v.range_high_km = rows[i].range;
        car_footprint(rows[i].basis, &f->model, &v, NULL, 0, &d);
        assert_string_equal(d.lines[0].item, "traction battery");
        assert_string_equal(d.lines[0].basis, rows[i].basis);
        tl_demand_clear(&d);
    }
}

static const struct refused_case {
    const char *label;
    double kerb_mass_kg, battery_kwh, electricity, fuel_l;
    const char *powertrain, *fuel, *size_class, *chemistry, *words[3];
} refused_cases[] = {
    { "E85", 1500, NAN, NAN, 7, "e85", "e85", "compact", NULL, { "E85", "no licensed factor" } },
    { "natural gas", 1500, NAN, NAN, 5, "gas", "cng", "compact", NULL, { "natural gas" } },
    { "unknown fuel", 1500, NAN, NAN, 5, "gas", "coal", "compact", NULL, { "coal" } },
    { "no consumption",
      1500,
      NAN,
      NAN,
      NAN,
      "gasoline",
      "gasoline",
      "compact",
      NULL,
      { "no fuel consumption" } },
    { "no electricity",
      1500,
      60,
      NAN,
      NAN,
      "bev",
      NULL,
      "compact",
      NULL,
      { "no electricity consumption" } },
    { "no battery", 1500, NAN, 160, NAN, "bev", NULL, NULL, NULL, { "no battery capacity" } },
    { "unknown chemistry",
      1500,
      60,
      160,
      NAN,
      "bev",
      NULL,
      "compact",
      "lead",
      { "lead", "not known" } },
    { "a battery heavier than the car",
      600,
      120,
      160,
      NAN,
      "bev",
      NULL,
      "compact",
      NULL,
      { "120 kWh", "600 kg" } },
};

static void test_refused(void **state)
{
    car_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(refused_cases); i++) {
        const struct refused_case *c = &refused_cases[i];
        tl_vehicle v = car_blank("x", c->powertrain, c->kerb_mass_kg);
        tl_demand d = { 0 };
        tl_error err = { 0 };
        v.battery_kwh = c->battery_kwh;
        v.electricity_low_wh_km = v.electricity_high_wh_km = c->electricity;
        v.electricity_at_mains = true;
        v.fuel = c->fuel;
        v.fuel_low = v.fuel_high = c->fuel_l;
        v.size_class = c->size_class;
        v.chemistry = c->chemistry;
        expect_error(c->label, tl_car_demand(&f->model, &v, NULL, 0, &d, &err), TL_EINPUT, &err,
                     c->words);
        tl_demand_clear(&d);
    }
}

/* Changes in kg CO2e over the life of the car, divided by the mileage. */
static void test_what_if(void **state)
{
    car_fixture *f = *state;
    const tl_vehicle car = car_gasoline(), bev = car_electric();
    double lb = (1500 - TYRES_KG - ALUMINIUM_KG) / WITHOUT_ALUMINIUM, base = 0, base_bev = 0,
           fluids;
    double kwh = 0.16 * 375 * 0.851663;
    double bev_lb = (1700 - TYRES_KG - kwh / (0.24 * 0.7) - ALUMINIUM_KG) / WITHOUT_ALUMINIUM;
    double km = 150000 / 1e3, power = 0.1333 - 0.6205;
    (void)composition(1500 - TYRES_KG, &fluids);
    assert_int_equal(car_total(f, &car, NULL, 0, &base, &f->err), TL_OK);
    assert_int_equal(car_total(f, &bev, NULL, 0, &base_bev, &f->err), TL_OK);
    const struct {
        const char *label, *setting;
        const tl_vehicle *v;
        double change_kg, km;
    } rows[] = {
        { "scrap route", "steel.route=scrap-eaf", &car, STEEL * lb / 0.6 * 1.0798 * (0.52 - 1.84),
          km },
        { "hydropower aluminium", "aluminium.power=hydro", &car, ALUMINIUM_KG * (4.82981 - INGOT),
          km },
        { "Yunnan, gasoline car: only aluminium", "electricity.region=CN-YN", &car,
          ALUMINIUM_KG * 15.6212 * power, km },
        { "Yunnan, electric car: aluminium, cells, driving", "electricity.region=CN-YN", &bev,
          (ALUMINIUM_KG * 15.6212 + kwh * 4.16667 * 4 + 24000) * power, km },
        { "charged in Yunnan", "charging.region=CN-YN", &bev, 24000 * power, km },
        { "no steel wasted", "steel.utilisation=1", &car, STEEL * lb * SHEET * (1 - 1 / 0.6), km },
        { "steel of the electric car", "steel.utilisation=1", &bev,
          STEEL * bev_lb * SHEET * (1 - 1 / 0.6), km },
        { "no refill", "fluids.refills=0", &car, -fluids * OIL, km },
        /* 300,000 km: 18,000 L, five more sets of tyres; the rest of the car is the same */
        { "twice as far", "lifetime_km=300000", &car,
          9000 * (0.60664 + 2.17475) + 3 * TYRES_KG * TYRE, 2 * km },
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        double got = 0, before = (rows[i].v == &car ? base : base_bev) * km;
        tl_error err = { 0 };
        if (car_total(f, rows[i].v, &rows[i].setting, 1, &got, &err) != TL_OK)
            fail_msg("%s: %s", rows[i].label, err.text);
        expect_near(rows[i].label, got, (before + rows[i].change_kg) / rows[i].km, 1e-9);
    }
}

/* The battery lasts 200,000 km: one replaced in 300,000, none in 200,000. */
static void test_battery_replaced(void **state)
{
    car_fixture *f = *state;
    const tl_vehicle v = car_electric();
    const char *const far = "lifetime_km=300000", *const near = "lifetime_km=200000";
    double a = 0, b = 0, kwh = 0.16 * 375 * 0.851663;
    double pack = 50.53 + 4.16667 * (4 * 0.6205 + 14.4 * 0.055539);
    assert_int_equal(car_total(f, &v, &near, 1, &a, &f->err), TL_OK);
    assert_int_equal(car_total(f, &v, &far, 1, &b, &f->err), TL_OK);
    /* 100,000 km more: 16,000 kWh, two more sets of tyres (4 at 200,000 km, 6 at 300,000), a pack
     */
    expect_near("battery replaced", b * 300 - a * 200,
                16000 * 0.6205 + 2 * TYRES_KG * TYRE + kwh * pack, 1e-9);
}

static double uniform(tl_random *r, double lo, double hi)
{
    return lo + (hi - lo) * tl_random_unit(r);
}

static tl_vehicle random_car(tl_random *r)
{
    static const char *const powertrains[] = { "gasoline", "diesel", "hev", "phev", "bev", "gas" };
    static const char *const fuels[] = {
        "gasoline", "diesel", "gasoline", "gasoline", NULL, "lpg"
    };
    static const char *const sizes[] = { "microcar", "subcompact",    "compact",
                                         "midsize",  "upper-midsize", "full-size" };
    static const char *const chemistries[] = { NULL, "lfp", "nmc622", "nca" };
    size_t p = tl_random_below(r, TEST_COUNT(powertrains));
    tl_vehicle v = car_blank("random", powertrains[p], uniform(r, 900, 3000));
    v.fuel = fuels[p];
    v.size_class = sizes[tl_random_below(r, TEST_COUNT(sizes))];
    v.chemistry = chemistries[tl_random_below(r, TEST_COUNT(chemistries))];
    v.fuel_low = uniform(r, 0.5, 8);
    v.fuel_high = v.fuel_low + uniform(r, 0, 10);
    v.electricity_low_wh_km = uniform(r, 50, 200);
    v.electricity_high_wh_km = v.electricity_low_wh_km + uniform(r, 0, 100);
    v.electricity_at_mains = tl_random_below(r, 2);
    v.range_low_km = uniform(r, 100, 300);
    v.range_high_km = v.range_low_km + uniform(r, 0, 100);
    return v;
}

static void check_sums(const car_fixture *f, const tl_footprint *p, const tl_vehicle *v, size_t i)
{
    char label[60];
    double stages = 0, materials = 0, grades = 0, mass = 0;
    for (size_t k = 0; k < TL_STAGES; k++)
        stages += p->stage_kg[k];
    for (size_t k = 0; k < f->model.rule.material_count; k++) {
        materials += p->material_kg[k];
        mass += p->mass_kg[k];
    }
    for (size_t k = 0; k < TL_GRADES; k++)
        grades += p->grade_kg[k];
    snprintf(label, sizeof label, "car %zu (%s): stages", i, v->powertrain);
    expect_near(label, stages, p->total_kg, 1e-12);
    snprintf(label, sizeof label, "car %zu (%s): materials + energy", i, v->powertrain);
    expect_near(label, materials + p->energy_kg + p->production_kg, p->total_kg, 1e-12);
    snprintf(label, sizeof label, "car %zu (%s): grades", i, v->powertrain);
    expect_near(label, grades, p->total_kg, 1e-12);
    snprintf(label, sizeof label, "car %zu (%s): mass", i, v->powertrain);
    expect_near(label, mass, v->kerb_mass_kg, 1e-12);
    if (!(p->low_kg <= p->total_kg && p->total_kg <= p->high_kg && p->low_kg > 0))
        fail_msg("car %zu: low %.17g, total %.17g, high %.17g", i, p->low_kg, p->total_kg,
                 p->high_kg);
}

/* total = sum of stages = materials + energy + production = sum of grades; low <= total <= high;
 * the masses add up to the kerb mass. TL_SEED repeats a run. */
static void test_properties(void **state)
{
    car_fixture *f = *state;
    const char *given = getenv("TL_SEED");
    int64_t seed = 20261122;
    if (given)
        assert_int_equal(tl_int_parse(given, 0, INT64_MAX, &seed, NULL), TL_OK);
    print_message("seed %lld\n", (long long)seed);
    tl_random r = tl_random_seed((uint64_t)seed);
    tl_demand d = { 0 };
    for (size_t i = 0; i < 2000; i++) {
        const tl_vehicle v = random_car(&r);
        tl_footprint p = car_footprint("random car", &f->model, &v, NULL, 0, &d);
        check_sums(f, &p, &v, i);
    }
    tl_demand_clear(&d);
}

/* Sorted by swing; each end is what a setting of that value gives; a parameter without range or
 * effect is not there. */
static void test_assumptions(void **state)
{
    car_fixture *f = *state;
    const tl_vehicle v = car_gasoline();
    tl_assumption list[TL_CAR_PARAMETERS];
    size_t n;
    if (tl_car_assumptions(&f->model, &v, NULL, 0, list, TEST_COUNT(list), &n, &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    assert_true(n >= 4);
    /* refrigerant: 0 to 2 charges of 1 kg at 1530, over 150,000 km: 20.4 g/km. Steel: 1/0.5 - 1/1
     * times 2171 lb's share of 1302.64 kg at 2.560032: 14.7 g/km */
    assert_string_equal(list[0].parameter->name, "refrigerant.charges_lost");
    expect_near("refrigerant", list[0].swing_g_km, 20.4, 1e-9);
    assert_string_equal(list[1].parameter->name, "steel.utilisation");
    expect_near("steel", list[1].swing_g_km,
                STEEL * (1500 - TYRES_KG - ALUMINIUM_KG) / WITHOUT_ALUMINIUM * SHEET / 150, 1e-9);
    for (size_t i = 0; i < n; i++) {
        char number[TL_NUMBER_MAX];
        const char *setting;
        double low = 0;
        if (i > 0 && list[i].swing_g_km > list[i - 1].swing_g_km)
            fail_msg("%s swings more than %s before it", list[i].parameter->name,
                     list[i - 1].parameter->name);
        tl_number_format(list[i].parameter->low, number);
        setting = tl_arena_printf(f->arena, "%s=%s", list[i].parameter->name, number);
        assert_int_equal(car_total(f, &v, &setting, 1, &low, &f->err), TL_OK);
        expect_near(list[i].parameter->name, list[i].at_low_g_km, low, 1e-12);
        expect_near("swing", list[i].swing_g_km, fabs(list[i].at_high_g_km - list[i].at_low_g_km),
                    0);
        if (strncmp(list[i].parameter->name, "battery", 7) == 0)
            fail_msg("%s moves a car without battery", list[i].parameter->name);
    }
    size_t most = n, two;
    assert_int_equal(tl_car_assumptions(&f->model, &v, NULL, 0, list, 2, &two, &f->err), TL_OK);
    assert_true(most > 2 && two == 2);
}

static void input_hash(car_fixture *f, const tl_vehicle *v, const tl_vehicle_part *part,
                       const char *const *settings, size_t n, char hex[TL_SHA256_HEX])
{
    tl_setting list[4];
    tl_car_model m;
    for (size_t i = 0; i < n; i++)
        assert_int_equal(tl_setting_parse(&list[i], settings[i], list, i, f->arena, NULL), TL_OK);
    assert_int_equal(tl_car_model_open(&m, f->s, list, n, f->arena, &f->err), TL_OK);
    assert_int_equal(tl_footprint_input_hash(&m, v, part, part ? 1 : 0, hex, &f->err), TL_OK);
    tl_car_model_close(&m);
}

static void test_input_hash(void **state)
{
    car_fixture *f = *state;
    const char *const one[] = { "steel.route=scrap-eaf" }, *const two[] = { "lifetime_km=200000" };
    const char *const both[] = { one[0], two[0] }, *const turned[] = { two[0], one[0] };
    const tl_vehicle_part door = { "door", "steel", 20, "", "", 0 },
                          recycled = { "door", "steel", 20, "", "", 0.5 },
                          moved = { "doorsteel", "", 20, "", "", 0 };
    tl_vehicle heavier = car_gasoline(), thirsty = car_gasoline(), v = car_gasoline();
    heavier.kerb_mass_kg = nextafter(1500, 1501);
    thirsty.fuel_high = 6.1;
    const struct {
        const char *label;
        const tl_vehicle *v;
        const tl_vehicle_part *part;
        const char *const *settings;
        size_t n, same_as;
    } rows[] = {
        { "as it is", &v, NULL, NULL, 0, 0 },
        { "again", &v, NULL, NULL, 0, 0 },
        { "a gram heavier", &heavier, NULL, NULL, 0, 2 },
        { "thirstier", &thirsty, NULL, NULL, 0, 3 },
        { "another route", &v, NULL, one, 1, 4 },
        { "another mileage", &v, NULL, two, 1, 5 },
        { "both", &v, NULL, both, 2, 6 },
        { "both, the other way round", &v, NULL, turned, 2, 6 },
        { "a bill", &v, &door, NULL, 0, 8 },
        { "recycled", &v, &recycled, NULL, 0, 9 },
        { "texts joined otherwise", &v, &moved, NULL, 0, 10 },
    };
    char hex[TEST_COUNT(rows)][TL_SHA256_HEX];
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        input_hash(f, rows[i].v, rows[i].part, rows[i].settings, rows[i].n, hex[i]);
        for (size_t k = 0; k < i; k++)
            if ((strcmp(hex[i], hex[k]) == 0) != (rows[i].same_as == rows[k].same_as))
                fail_msg("'%s' and '%s': hash %s", rows[i].label, rows[k].label,
                         rows[i].same_as == rows[k].same_as ? "differs" : "is the same");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gasoline),    cmocka_unit_test(test_electric),
        cmocka_unit_test(test_battery),     cmocka_unit_test(test_basis),
        cmocka_unit_test(test_refused),     cmocka_unit_test(test_what_if),
        cmocka_unit_test(test_properties),  cmocka_unit_test(test_battery_replaced),
        cmocka_unit_test(test_assumptions), cmocka_unit_test(test_input_hash),
    };
    return cmocka_run_group_tests(tests, car_setup, car_teardown);
}
