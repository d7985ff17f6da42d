/* test_epd_effect.c - what a declaration does to cars, before and after it is saved, and when it
 * ends. */
#include "registry/tests/epd_cars_test.h"

/* 300 kg of steel in a car are 500 kg bought (utilisation 0.6), at 1.0798 x 1.84 + 0.5732 =
 * 2.560032 kg CO2e/kg of sheet (test_bill.c); the declaration says 0.9. */
#define SHEET (1.0798 * 1.84 + 0.5732)
#define MOVED_KG(mass) ((mass) / 0.6 * (0.9 - SHEET))

/* Cars, and epd-one registered at 900 kg/t. */
static int effect_setup(void **state)
{
    const tl_vehicle_part one[] = { { "body", "steel", 300, "Tangsteel", "", 0 } };
    const tl_vehicle_part two[] = { { "doors", "steel", 60, "TANGSTEEL", "scrap-eaf", 0 },
                                    { "hood", "aluminium", 20, "Tangsteel", "", 0 },
                                    { "floor", "steel", 90, "tangsteel", "", 0 } };
    const tl_vehicle_part other[] = { { "body", "steel", 300, "Baosteel", "", 0 } };
    const tl_vehicle_part heavy[] = { { "body", "steel", 2000, "Tangsteel", "", 0 } };
    const tl_record r = epd_record("epd-one", 900, "kgCO2e/t");
    if (epd_setup(state) != 0)
        return -1;
    car_fixture *f = *state;
    epd_import(f);
    epd_car(f, "car-one", one, 1);
    epd_car(f, "car-two", two, 3);
    epd_car(f, "car-other", other, 1);
    epd_car(f, "car-too-heavy", heavy, 1);
    epd_car(f, "car-plain", NULL, 0);
    epd_registered(f, &r);
    return 0;
}

static double g_km(const car_fixture *f, double kg)
{
    return kg * 1000 / f->model.rule.parameters[TL_CAR_LIFETIME_KM].value;
}

/* Footprint of a car with all that is saved. */
static double saved_g_km(car_fixture *f, const char *id, char hex[TL_SHA256_HEX])
{
    tl_vehicle v;
    tl_vehicle_part *parts;
    tl_demand d = { 0 };
    tl_car_model m = f->model;
    size_t n;
    epd_expect(
        "factors", f,
        tl_epd_factors(f->s, f->arena, &m.supplier_factors, &m.supplier_factor_count, &f->err),
        TL_OK, NULL);
    assert_int_equal(tl_vehicle_get(f->s, tl_viewer_program(), id, f->arena, &v, &f->err), TL_OK);
    assert_int_equal(tl_vehicle_parts(f->s, tl_viewer_program(), id, f->arena, &parts, &n, &f->err),
                     TL_OK);
    tl_footprint p = car_footprint(id, &m, &v, parts, n, &d);
    assert_int_equal(tl_footprint_input_hash(&m, &v, parts, n, hex, &f->err), TL_OK);
    tl_demand_clear(&d);
    return tl_footprint_g_km(&p, p.total_kg);
}

static const tl_epd_effect *effects(car_fixture *f, const char *record, const char *material,
                                    const char *supplier, size_t want)
{
    const tl_epd_effect *list;
    size_t n;
    epd_expect("effects", f,
               tl_epd_effects(f->s, record, material, supplier, f->arena, &list, &n, &f->err),
               TL_OK, NULL);
    if (n != want)
        fail_msg("%s from %s: got %zu cars, want %zu", material, supplier, n, want);
    return list;
}

/* The effect is known before anything is saved, and is what saving then does. */
static void test_effects(void **state)
{
    car_fixture *f = *state;
    char hex[TL_SHA256_HEX], after[TL_SHA256_HEX];
    double before = saved_g_km(f, "car-one", hex);
    const tl_epd_effect *e = effects(f, "epd-one", "steel", "tangsteel", 3);
    assert_string_equal(e[0].car, "car-one");
    expect_near("one: before", e[0].before_g_km, before, 1e-12);
    expect_near("one: change", e[0].after_g_km - e[0].before_g_km, g_km(f, MOVED_KG(300)), 1e-9);
    assert_true(e[0].mass_kg == 300);
    assert_string_equal(e[1].car, "car-too-heavy");
    assert_true(isnan(e[1].before_g_km) && isnan(e[1].after_g_km));
    /* doors from scrap: 1.0798 x 0.52 + 0.5732 = 1.134696 */
    expect_near("two: change", e[2].after_g_km - e[2].before_g_km,
                g_km(f, MOVED_KG(90) + 60 / 0.6 * (0.9 - 1.134696)), 1e-9);
    assert_true(e[2].mass_kg == 150);
    expect_near("nothing is saved", saved_g_km(f, "car-one", after), before, 0);
    assert_string_equal(hex, after);
    MUST(f, tl_epd_use(f->s, "epd-one", "steel", "Tangsteel", "eva", &f->err));
    expect_near("saved", saved_g_km(f, "car-one", after), e[0].after_g_km, 1e-12);
    assert_string_not_equal(hex, after);
    e = effects(f, "epd-one", "steel", "Tangsteel", 3);
    expect_near("used already", e[0].before_g_km, e[0].after_g_km, 0);
    effects(f, "epd-one", "aluminium", "Tangsteel", 1);
    effects(f, "epd-one", "steel", "Tang", 0);
}

static int64_t entries(car_fixture *f)
{
    int64_t n, seq;
    char hash[TL_SHA256_HEX];
    assert_int_equal(tl_audit_verify(f->s, &n, &f->err), TL_OK);
    assert_int_equal(tl_audit_head(f->s, &seq, hash, &f->err), TL_OK);
    return seq;
}

/* A use keeps its value; another of the same supplier takes its place; withdrawn ones end. */
static void test_uses(void **state)
{
    car_fixture *f = *state;
    tl_record r = epd_record("epd-one", 800, "kgCO2e/t");
    const tl_record two = epd_record("epd-two", 0.7, "tCO2e/t");
    const tl_supplier_factor *list;
    size_t n;
    epd_registered(f, &two);
    MUST(f, tl_epd_use(f->s, "epd-one", "steel", "Tangsteel", "eva", &f->err));
    int64_t seq = entries(f);
    MUST(f, tl_epd_use(f->s, "epd-one", "steel", "TANGSTEEL", "eva", &f->err));
    assert_int_equal(entries(f), seq);
    r.reason = "new furnace";
    epd_put(f, &r);
    epd_submit(f, "epd-one", "2027-01-01");
    MUST(f, tl_epd_register(f->s, "epd-one", "N1", 0, "2027-02-01", VERIFIER, &f->err));
    assert_int_equal(tl_epd_factors(f->s, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, 1);
    expect_near("a new version moves no car", list[0].kg_co2e_per_kg, 0.9, 1e-12);
    assert_string_equal(list[0].pin, "epd-one@1");
    MUST(f, tl_epd_use(f->s, "epd-one", "steel", "Tangsteel", "eva", &f->err));
    assert_int_equal(tl_epd_factors(f->s, f->arena, &list, &n, &f->err), TL_OK);
    expect_near("used again", list[0].kg_co2e_per_kg, 0.8, 1e-12);
    MUST(f, tl_epd_use(f->s, "epd-two", "steel", "tangsteel", "eva", &f->err));
    assert_int_equal(tl_epd_factors(f->s, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, 1);
    expect_near("another declaration", list[0].kg_co2e_per_kg, 0.7, 1e-12);
    MUST(f, tl_record_take(f->s, "epd-two", TL_RECORD_EXPIRE, "2031-05-02", "", "s", &f->err));
    assert_int_equal(tl_epd_factors(f->s, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, 1);
    epd_expect("expired is not used anew", f,
               ACT(f, tl_epd_use(f->s, "epd-two", "steel", "other", "eva", &f->err)), TL_ECONFLICT,
               "expired");
}

static void test_withdrawn(void **state)
{
    car_fixture *f = *state;
    const tl_supplier_factor *list;
    const tl_epd_expiry *ends;
    size_t n;
    MUST(f, tl_epd_use(f->s, "epd-one", "steel", "Tangsteel", "eva", &f->err));
    MUST(f,
         tl_record_take(f->s, "epd-one", TL_RECORD_WITHDRAW, "2027-03-01", "wrong", "s", &f->err));
    assert_int_equal(tl_epd_factors(f->s, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, 0);
    assert_int_equal(
        tl_epd_expiring(f->s, "2031-04-30", "2031-05-01", f->arena, &ends, &n, &f->err), TL_OK);
    assert_int_equal(n, 0);
    epd_expect("withdrawn", f,
               ACT(f, tl_epd_use(f->s, "epd-one", "steel", "Tangsteel", "eva", &f->err)),
               TL_ECONFLICT, "withdrawn");
}

/* What cannot be a factor of a car. */
static void test_refused(void **state)
{
    car_fixture *f = *state;
    const tl_record area = epd_record("epd-area", 5, "kgCO2e/m2");
    const tl_record co2 = epd_record("epd-co2", 900, "kgCO2/t");
    const tl_record t = epd_record("epd-t", 0.9, "tCO2e/t");
    const tl_record draft = epd_record("epd-draft", 900, "kgCO2e/t");
    const struct {
        const char *label, *record, *material, *supplier;
        tl_status want;
        const char *words;
    } cases[] = {
        { "per area", "epd-area", "steel", "B", TL_EINPUT, "epd-area" },
        { "CO2 alone", "epd-co2", "steel", "B", TL_EINPUT, "CO2e" },
        { "not registered", "epd-draft", "steel", "B", TL_ECONFLICT, "not registered" },
        { "no declaration", "epd-none", "steel", "B", TL_ENOTFOUND, "epd-none" },
        { "no material", "epd-one", "wood", "B", TL_ENOTFOUND, "wood" },
        { "counts by energy", "epd-one", "traction-battery", "B", TL_EINPUT, "energy" },
        { "no supplier", "epd-one", "steel", "", TL_EINPUT, "supplier" },
        { "in tonnes", "epd-t", "steel", "B", TL_OK, NULL },
    };
    epd_registered(f, &area);
    epd_registered(f, &co2);
    epd_registered(f, &t);
    epd_draft(f, &draft);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const tl_epd_effect *list;
        size_t n;
        f->err = (tl_error){ 0 };
        tl_status st = tl_epd_effects(f->s, cases[i].record, cases[i].material, cases[i].supplier,
                                      f->arena, &list, &n, &f->err);
        epd_expect(cases[i].label, f, st, cases[i].want, cases[i].words);
        epd_expect(cases[i].label, f,
                   ACT(f, tl_epd_use(f->s, cases[i].record, cases[i].material, cases[i].supplier,
                                     "eva", &f->err)),
                   cases[i].want, cases[i].words);
    }
    const tl_supplier_factor *list;
    size_t n;
    assert_int_equal(tl_epd_factors(f->s, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, 1);
    expect_near("in tonnes", list[0].kg_co2e_per_kg, 0.9, 1e-12);
}

/* Registered on 2026-05-01 for five years: the last day is 2031-05-01. */
static const struct expiry_case {
    const char *label, *today, *day;
    size_t want;
    bool over;
} expiry_cases[] = {
    { "not in sight", "2031-01-01", "2031-04-30", 0, false },
    { "tomorrow", "2031-04-30", "2031-05-01", 1, false },
    { "on its last day", "2031-05-01", "2031-05-01", 1, false },
    { "since yesterday", "2031-05-02", "2031-05-02", 1, true },
};

/* Every car that uses it is listed, each once; footprints keep their value. */
static void test_expiring(void **state)
{
    car_fixture *f = *state;
    char hex[TL_SHA256_HEX], later[TL_SHA256_HEX];
    MUST(f, tl_epd_use(f->s, "epd-one", "steel", "Tangsteel", "eva", &f->err));
    MUST(f, tl_epd_use(f->s, "epd-one", "aluminium", "Tangsteel", "eva", &f->err));
    double before = saved_g_km(f, "car-two", hex);
    for (size_t i = 0; i < TEST_COUNT(expiry_cases); i++) {
        const struct expiry_case *c = &expiry_cases[i];
        const tl_epd_expiry *list;
        size_t n;
        epd_expect(c->label, f,
                   tl_epd_expiring(f->s, c->today, c->day, f->arena, &list, &n, &f->err), TL_OK,
                   NULL);
        if (n != c->want || (n && list[0].over != c->over))
            fail_msg("%s: got %zu, over %d", c->label, n, n && list[0].over);
        if (n == 0)
            continue;
        assert_string_equal(list[0].valid_until, "2031-05-01");
        assert_int_equal(list[0].n_used_by, 3);
        assert_string_equal(list[0].used_by[0], "car-two"); /* aluminium comes first */
        assert_string_equal(list[0].used_by[1], "car-one");
        assert_string_equal(list[0].used_by[2], "car-too-heavy");
        assert_false(list[0].published[0] || list[0].published[1] || list[0].published[2]);
    }
    MUST(f, tl_record_take(f->s, "epd-one", TL_RECORD_EXPIRE, "2031-05-02", "", "s", &f->err));
    expect_near("keeps its value", saved_g_km(f, "car-two", later), before, 0);
    assert_string_equal(hex, later);
    const tl_epd_expiry *list;
    size_t n;
    assert_int_equal(tl_epd_expiring(f->s, "", "2031-05-02", f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, 1);
    epd_expect("no day", f,
               tl_epd_expiring(f->s, "today", "2031-05-02", f->arena, &list, &n, &f->err),
               TL_EINPUT, "today");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, effect_setup, car_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_effects), TEST(test_uses),     TEST(test_withdrawn),
        TEST(test_refused), TEST(test_expiring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
