/* test_unit.c - units: conversions by hand with their definitions, refusals, and there and back. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "quantity/quantity.h"
#include "quantity/unit.h"

static int setup(void **state)
{
    tl_error err = { 0 };
    tl_units *u;
    if (tl_units_new(&u, &err) != TL_OK)
        fail_msg("units: %s", err.text);
    *state = u;
    return 0;
}

static int teardown(void **state)
{
    tl_units_free(*state);
    return 0;
}

static tl_unit parsed(const tl_units *u, const char *text)
{
    tl_unit unit;
    tl_error err = { 0 };
    if (tl_unit_parse(u, text, &unit, &err) != TL_OK)
        fail_msg("'%s': %s", text, err.text);
    return unit;
}

/* want is exact unless the row gives a relative tolerance */
static const struct {
    const char *label;
    double value;
    const char *from, *to;
    double want, relative;
} conversions[] = {
    { "kWh is 3.6 MJ", 1, "kWh", "MJ", 3.6, 0 },
    { "MWh to kWh", 2.5, "MWh", "kWh", 2500, 0 },
    { "t to kg", 1.5, "t", "kg", 1500, 0 },
    { "g to t", 1e6, "g", "t", 1, 0 },
    { "kt is a kilotonne, not a knot", 1, "kt", "t", 1000, 0 },
    { "international pound, 0.45359237 kg (1959)", 1, "lb", "kg", 0.45359237, 0 },
    { "mile, 1609.344 m (1959)", 1, "mi", "km", 1.609344, 0 },
    { "litre", 1000, "L", "m3", 1, 0 },
    { "US gallon, 231 in^3 of (0.0254 m)^3", 1, "US_gal", "L", 231 * 0.254 * 0.254 * 0.254, 1e-14 },
    { "barrel of 42 gallons", 1, "bbl", "US_gal", 42, 1e-14 },
    { "kgce, GB/T 2589: 29.3076 MJ", 1, "kgce", "MJ", 29.3076, 0 },
    { "tce is 7 Gcal at 4.1868 J", 1, "tce", "Gcal", 7, 1e-15 },
    { "toe, IEA: 41.868 GJ", 1, "toe", "GJ", 41.868, 1e-15 },
    { "MMBtu, Btu(IT) 1055.05585262 J", 1, "MMBtu", "GJ", 1.05505585262, 1e-15 },
    { "grid factor, both sides the same number", 0.5366, "kgCO2/kWh", "tCO2/MWh", 0.5366, 0 },
    { "per kWh and per GJ: 0.36 / 0.0036", 0.36, "kgCO2e/kWh", "kgCO2e/GJ", 100, 1e-15 },
    { "carbon content, 27.4 tC/TJ", 27.4, "tC/TJ", "tC/GJ", 0.0274, 1e-15 },
    { "car, 120 g/km", 120, "gCO2e/km", "kgCO2e/km", 0.12, 0 },
    { "freight", 62, "g CO2 / tkm", "kgCO2/(t km)", 0.062, 1e-15 },
    { "per 10^4 Nm3", 389.31, "GJ/1e4Nm3", "MJ/Nm3", 38.931, 1e-15 },
    { "the same with a caret", 389.31, "GJ/10^4 Nm3", "GJ/1e4Nm3", 389.31, 0 },
    { "the same in Chinese", 389.31, "吉焦/万标准立方米", "GJ/1e4Nm3", 389.31, 0 },
    { "consumption", 6, "L/100km", "L/km", 0.06, 0 },
    { "degree is kWh", 3, "度", "kWh", 3, 0 },
    { "10,000 m3", 2, "万立方米", "m3", 20000, 0 },
    { "10,000 t", 2, "万吨", "t", 20000, 0 },
    { "10,000 tce", 1, "万吨标准煤", "GJ", 293076, 0 },
    { "100 million kWh", 1, "亿千瓦时", "GWh", 100, 0 },
    { "t CO2e per 10,000 yuan", 1, "吨二氧化碳当量/万元", "kgCO2e/CNY", 0.1, 1e-15 },
    { "每 as solidus", 581, "克二氧化碳每千瓦时", "kgCO2/kWh", 0.581, 1e-15 },
    { "person kilometres", 1, "万人公里", "pkm", 10000, 0 },
    { "subscript and superscript", 1, "tCO₂/m²", "kgCO2/m2", 1000, 0 },
    { "negative power in place of a solidus", 1, "kg m-2", "kg/m^2", 1, 0 },
    { "freezing point", 0, "degC", "K", 273.15, 0 },
    { "back", 300, "K", "℃", 26.85, 1e-14 },
    { "percent", 50, "%", "1", 0.5, 0 },
    { "per as a word", 2, "kgCO2e per kWh", "kgCO2e/kWh", 2, 0 },
    { "blanks and a dot", 1, " kg CO2-eq / (t.km) ", "gCO2e/(kg km)", 1, 1e-15 },
    { "eq apart", 1, "kg CO2 eq/kWh", "kgCO2e/kWh", 1, 0 },
    { "ampere hours times volts", 1, "Ah V", "Wh", 1, 0 },
    { "watt times hours", 1, "kW h", "kWh", 1, 0 },
    { "power", 3.6, "GJ/h", "MW", 1, 1e-15 },
};

static void test_convert(void **state)
{
    const tl_units *u = *state;
    for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++) {
        tl_error err = { 0 };
        double got = NAN, want = conversions[i].want;
        tl_unit from = parsed(u, conversions[i].from), to = parsed(u, conversions[i].to);
        tl_status st = tl_unit_convert(u, conversions[i].value, &from, &to, &got, &err);
        if (st != TL_OK || !(fabs(got - want) <= conversions[i].relative * fabs(want)))
            fail_msg("%s: got %.17g, want %.17g (%s)", conversions[i].label, got, want, err.text);
    }
}

static const struct {
    const char *label, *text, *in_message;
} refusals[] = {
    { "empty", "", "unit of a ratio is 1" },
    { "blank", "  ", "unit of a ratio is 1" },
    { "unknown with neighbours", "kwg", "kWh" },
    { "letter case", "kwH", "kWh" },
    { "unknown without neighbours lists all", "furlongs/fortnight", "known units: kg g mg" },
    { "ambiguous ton", "ton", "unknown unit 'ton'" },
    { "substance alone", "CO2", "write its mass, such as kgCO2" },
    { "a substance without a basis", "kgH2", "unknown unit 'kgH2'" },
    { "no dimension for a product", "t/t steel", "in parentheses" },
    { "divided by what", "kg/t km", "kg/(t km)" },
    { "two solidi", "kg/t/km", "kg/(t km)" },
    { "starts with a solidus", "/kWh", "between two units" },
    { "ends with one", "kg/", "ends too early" },
    { "open parenthesis", "kg/(t km", "ends too early" },
    { "closing one", "kg)", "does not fit" },
    { "two deep", "kg/((t) km)", "does not fit" },
    { "empty parentheses", "kg/()", "does not fit" },
    { "caret alone", "^2", "without a unit" },
    { "caret without a power", "m^", "after '^'" },
    { "large power", "m^12", "after '^'" },
    { "powers that add up too far", "m9 m9", "power beyond 9" },
    { "fractional power", "m2.5", "a number stands before" },
    { "number behind a unit", "kWh 1000", "a number stands before" },
    { "number behind the divisor", "kg/kWh 2", "a number stands before" },
    { "zero factor", "0 kg", "above 0" },
    { "huge factor", "1e400 kg", "too large" },
    { "scale beyond doubles", "10^9 1e300 kg", "too large" },
    { "Celsius in a compound", "kg/degC", "use K" },
    { "scaled Celsius", "1000 degC", "use K" },
    { "not UTF-8", "kg\xff", "UTF-8" },
    { "too long",
      "kgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkgkg"
      "kgkgkgkgkgkgkgkgkgkg",
      "longer than" },
    { "date, which UDUNITS-2 would read", "hours since 2000-01-01", "unknown unit" },
    { "logarithm, likewise", "lg(re 1 mW)", "unknown unit" },
};

static void test_refuse(void **state)
{
    const tl_units *u = *state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        tl_error err = { 0 };
        tl_unit unit;
        tl_status st = tl_unit_parse(u, refusals[i].text, &unit, &err);
        if (st == TL_OK || !strstr(err.text, refusals[i].in_message))
            fail_msg("%s: status %d '%s', expected '%s'", refusals[i].label, (int)st, err.text,
                     refusals[i].in_message);
    }
}

static const struct {
    const char *from, *to, *message;
} mismatches[] = {
    { "kWh", "kg", "cannot convert kWh (energy) to kg (mass)" },
    { "kgCO2", "kgCO2e", "cannot convert kgCO2 (mass of CO2) to kgCO2e (mass of CO2e)" },
    { "kgCO2e", "kg", "cannot convert kgCO2e (mass of CO2e) to kg (mass)" },
    { "Nm3", "m3", "cannot convert Nm3 (normal volume of gas) to m3 (volume)" },
    { "tkm", "pkm", "cannot convert tkm (freight transport) to pkm (passenger transport)" },
    { "vkm", "km", "cannot convert vkm (vehicle transport) to km (length)" },
    { "year", "day", "cannot convert year (calendar time) to day (time)" },
    { "CNY", "USD", "cannot convert CNY (money (CNY)) to USD (money (USD))" },
    { "tCO2/MWh", "tCO2e/MWh",
      "cannot convert tCO2/MWh (mass of CO2 per energy) to tCO2e/MWh (mass of CO2e per energy)" },
    { "kg m4", "kg", "cannot convert kg m4 (kg m^4) to kg (mass)" },
};

static void test_mismatch(void **state)
{
    const tl_units *u = *state;
    for (size_t i = 0; i < sizeof mismatches / sizeof *mismatches; i++) {
        tl_error err = { 0 };
        double v = 42;
        tl_unit from = parsed(u, mismatches[i].from), to = parsed(u, mismatches[i].to);
        assert_false(tl_unit_same_dimension(&from, &to));
        assert_int_equal(tl_unit_convert(u, 1, &from, &to, &v, &err), TL_EINPUT);
        assert_string_equal(err.text, mismatches[i].message);
        assert_true(v == 42);
    }
}

/* Any value there and back: two roundings each way, so 4 units in the last place are allowed. */
static void test_there_and_back(void **state)
{
    const tl_units *u = *state;
    uint64_t pairs = 0;
    for (size_t a = 0; a < tl_units_size(u); a++)
        for (size_t b = 0; b < tl_units_size(u); b++) {
            tl_unit from = parsed(u, tl_units_symbol(u, a)), to = parsed(u, tl_units_symbol(u, b));
            if (!tl_unit_same_dimension(&from, &to) || from.offset != 0 || to.offset != 0)
                continue;
            pairs++;
            for (int k = 1; k <= 20; k++) {
                double v = (k % 2 ? 1 : -1) * pow(1.7, k) / 3, there, back;
                assert_int_equal(tl_unit_convert(u, v, &from, &to, &there, NULL), TL_OK);
                assert_int_equal(tl_unit_convert(u, there, &to, &from, &back, NULL), TL_OK);
                if (!(fabs(back - v) <= 4 * 2.3e-16 * fabs(v)))
                    fail_msg("%.17g %s -> %.17g %s -> %.17g", v, from.text, there, to.text, back);
            }
        }
    assert_true(pairs > 300);
}

static void test_table(void **state)
{
    const tl_units *u = *state;
    for (size_t i = 0; i < tl_units_size(u); i++) {
        tl_unit symbol = parsed(u, tl_units_symbol(u, i)), zh = parsed(u, tl_units_name_zh(u, i));
        double v;
        assert_true(strlen(tl_units_symbol(u, i)) < 16);
        if (tl_unit_convert(u, 1, &symbol, &zh, &v, NULL) != TL_OK || fabs(v - 1) > 1e-15)
            fail_msg("%s and %s differ", symbol.text, zh.text);
    }
    assert_null(tl_units_symbol(u, tl_units_size(u)));
    assert_null(tl_units_name_zh(u, tl_units_size(u)));
}

static void test_gas_basis(void **state)
{
    const tl_units *u = *state;
    tl_error err = { 0 };
    tl_unit co2e, co2, carbon, unit = parsed(u, "tCO2/MWh");
    double v;
    assert_int_equal(tl_unit_co2_as_co2e(u, &unit, &co2e, &err), TL_OK);
    unit = parsed(u, "kgCO2e/kWh");
    assert_int_equal(tl_unit_convert(u, 0.5366, &co2e, &unit, &v, &err), TL_OK);
    assert_true(v == 0.5366);

    /* 12 t of carbon burn to 44 t of CO2 */
    carbon = parsed(u, "tC");
    assert_int_equal(tl_unit_carbon_as_co2(u, &carbon, &co2, &err), TL_OK);
    unit = parsed(u, "tCO2");
    assert_int_equal(tl_unit_convert(u, 12, &co2, &unit, &v, &err), TL_OK);
    assert_true(v == 44);

    /* methane needs a GWP, and what is counted per CO2 does not count CO2 */
    unit = parsed(u, "kgCH4");
    assert_int_equal(tl_unit_co2_as_co2e(u, &unit, &co2e, &err), TL_EINPUT);
    assert_string_equal(err.text, "kgCH4 (mass of CH4) does not count a mass of CO2");
    unit = parsed(u, "CNY/tCO2");
    assert_int_equal(tl_unit_co2_as_co2e(u, &unit, &co2e, &err), TL_EINPUT);
    assert_int_equal(tl_unit_carbon_as_co2(u, &unit, &co2e, &err), TL_EINPUT);
}

static void test_algebra(void **state)
{
    const tl_units *u = *state;
    tl_error err = { 0 };
    tl_unit a = parsed(u, "kgCO2e/t"), density = parsed(u, "kg/m3"), r, want, celsius;
    double v;
    /* 2300 kgCO2e/t of a stuff of 850 kg/m3: 2300 * 0.85 = 1955 kgCO2e/m3 */
    assert_int_equal(tl_unit_multiply(&a, &density, &r, &err), TL_OK);
    want = parsed(u, "kgCO2e/m3");
    assert_int_equal(tl_unit_convert(u, 2300.0 * 850, &r, &want, &v, &err), TL_OK);
    assert_true(fabs(v - 1955) < 1e-9);
    assert_int_equal(tl_unit_divide(&a, &a, &r, &err), TL_OK);
    want = parsed(u, "1");
    assert_true(tl_unit_same_dimension(&r, &want));
    celsius = parsed(u, "degC");
    assert_int_equal(tl_unit_multiply(&a, &celsius, &r, &err), TL_EINPUT);
}

static void test_quantity(void **state)
{
    const tl_units *u = *state;
    tl_error err = { 0 };
    tl_quantity q, mass, sum, factor;
    assert_int_equal(tl_quantity_parse(u, "1.5", "万千瓦时", "kWh", &q, &err), TL_OK);
    assert_true(q.value == 15000 && q.typed_value == 1.5);
    assert_string_equal(q.unit.text, "kWh");
    assert_string_equal(q.typed_unit.text, "万千瓦时");

    assert_int_equal(tl_quantity_make(u, 2, "t", NULL, &mass, &err), TL_OK);
    assert_true(mass.value == 2);
    assert_int_equal(tl_quantity_add(u, &mass, &q, &sum, &err), TL_EINPUT);
    assert_string_equal(err.text, "cannot add kWh (energy) to t (mass)");

    assert_int_equal(tl_quantity_make(u, 500, "kg", NULL, &q, &err), TL_OK);
    assert_int_equal(tl_quantity_add(u, &mass, &q, &sum, &err), TL_OK);
    assert_true(sum.value == 2.5);

    assert_int_equal(tl_quantity_make(u, 2, "MWh", NULL, &q, &err), TL_OK);
    assert_int_equal(tl_quantity_make(u, 0.5366, "kgCO2/kWh", NULL, &factor, &err), TL_OK);
    assert_int_equal(tl_quantity_multiply(u, &q, &factor, "tCO2", &sum, &err), TL_OK);
    assert_true(fabs(sum.value - 1.0732) < 1e-15);
    assert_int_equal(tl_quantity_multiply(u, &q, &factor, "tCO2e", &sum, &err), TL_EINPUT);

    assert_int_equal(tl_quantity_make(u, 20, "degC", NULL, &q, &err), TL_OK);
    assert_int_equal(tl_quantity_add(u, &q, &q, &sum, &err), TL_EINPUT);
    assert_int_equal(tl_quantity_make(u, INFINITY, "kg", "t", &q, &err), TL_ENUMERIC);
    assert_int_equal(tl_quantity_make(u, NAN, "kg", NULL, &q, &err), TL_ENUMERIC);
    assert_int_equal(tl_quantity_make(u, 1e308, "t", "ug", &q, &err), TL_ENUMERIC);
}

/* Random text from the alphabet of units: whatever comes, an answer, and no unit that is not
 * positive and finite. */
static void test_random_text(void **state)
{
    static const char *const pieces[] = { "kg",   "CO2", "e",  "/",   "(",  ")",  "t",
                                          "km",   " ",   "万", "^",   "-",  "2",  "9",
                                          ".",    "1e",  "m3", "Nm3", "千", "eq", "C",
                                          "per ", "每",  "%",  "·",   "°C", "吨", "0" };
    const tl_units *u = *state;
    tl_random random = tl_random_seed(20261122);
    size_t good = 0;
    for (int i = 0; i < 20000; i++) {
        char text[80] = "";
        size_t len = 0, n = (size_t)tl_random_below(&random, 8) + 1;
        for (size_t k = 0; k < n; k++) {
            size_t pick = (size_t)tl_random_below(&random, sizeof pieces / sizeof *pieces);
            memcpy(text + len, pieces[pick], strlen(pieces[pick]) + 1);
            len += strlen(pieces[pick]);
        }
        tl_unit unit;
        tl_error err = { 0 };
        if (tl_unit_parse(u, text, &unit, &err) != TL_OK) {
            assert_true(err.text[0] != '\0');
            continue;
        }
        good++;
        if (!isnormal(unit.numerator / unit.denominator))
            fail_msg("'%s': %g / %g", text, unit.numerator, unit.denominator);
    }
    assert_true(good > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_convert),     cmocka_unit_test(test_refuse),
        cmocka_unit_test(test_mismatch),    cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_table),       cmocka_unit_test(test_gas_basis),
        cmocka_unit_test(test_algebra),     cmocka_unit_test(test_quantity),
        cmocka_unit_test(test_random_text),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
