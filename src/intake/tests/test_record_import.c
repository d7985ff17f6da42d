/* Tables of records into the register: verdicts, what stays, what an empty cell takes away. */
#include "registry/tests/record_test.h"

#include "intake/record_import.h"
#include "store/audit.h"

#define CAR_HEADER                                                                                 \
    "id,product,maker,value,unit,price,currency,year,stage:materials,material:steel\n"
#define CAR "car-9,Model Nine,Nine,150.5,g CO2e/km,200000,CNY,2024,70,20.5\n"

static tl_status import(record_fixture *f, tl_record_kind kind, const char *text,
                        const char *reason, tl_record_verdict *v)
{
    const tl_record_import how = { "cars.csv", kind, reason, "anna", NULL, NULL, NULL };
    return tl_record_import_memory(f->s, &how, text, strlen(text), f->arena, v, &f->err);
}

static int64_t entries(record_fixture *f)
{
    int64_t seq;
    char hash[TL_SHA256_HEX];
    assert_int_equal(tl_audit_head(f->s, &seq, hash, NULL), TL_OK);
    return seq;
}

static const struct row_case {
    const char *label, *text;
    int64_t added, refused;
    const char *says; /* in the first refusal, or in the error where nothing is taken */
} row_cases[] = {
    { "a car", CAR_HEADER CAR, 1, 0, NULL },
    { "a bad row beside it", CAR_HEADER CAR "car-8,Eight,Nine,abc,g CO2e/km,,,,,\n", 1, 1,
      "cars.csv:3: column 'value': 'abc' is not a number" },
    { "what the register asks for, at its column",
      CAR_HEADER CAR "car-8,Eight,Nine,150,g CO2e/km,100,,,,\n", 1, 1,
      "cars.csv:3: column 'currency': a price needs one" },
    { "twice in the file", CAR_HEADER CAR CAR, 1, 1,
      "cars.csv:3: column 'id': 'car-9' stands in row 2 too" },
    { "no year", CAR_HEADER CAR "car-8,Eight,Nine,150,g CO2e/km,,,2024.5,,\n", 1, 1,
      "column 'year': 2024.5, expected a year" },
    { "another unit", CAR_HEADER CAR "car-8,Eight,Nine,150,kg,,,,,\n", 1, 1,
      "column 'unit': 'kg', that of a vehicle is g CO2e/km" },
    { "no id", CAR_HEADER CAR ",Eight,Nine,150,g CO2e/km,,,,,\n", 1, 1, "column 'id': empty" },
    { "a company nobody knows", "id,product,company,value,unit\ncar-8,Eight,nobody,150,g CO2e/km\n",
      0, 0, "cars.csv:2: column 'company':" },
    { "an indicator of a car",
      "id,product,value,unit,indicator:pm [g]\ncar-8,Eight,150,g CO2e/km,0.1\n", 1, 0, NULL },
    { "a slip in a heading", "id,product,value,unit,colour\ncar-8,Eight,150,g CO2e/km,red\n", 0, 0,
      "column 'colour' is none of a record" },
    { "an indicator without a unit", "id,product,value,unit,indicator:pm\nx,y,1,kg,1\n", 0, 0,
      "expected stage:KEY" },
    { "a heading is missing", "id,product,unit\ncar-8,Eight,g CO2e/km\n", 0, 0,
      "no column 'value'" },
    { "no rows", CAR_HEADER, 0, 0, "no rows below the header" },
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < RECORD_COUNT(row_cases); i++) {
        const struct row_case *c = &row_cases[i];
        void *own = NULL;
        tl_record_verdict v = { 0 };
        assert_int_equal(record_setup(&own), 0);
        record_fixture *f = own;
        tl_status st = import(f, TL_RECORD_VEHICLE, c->text, "", &v);
        const char *said = v.refusal_count ? v.refusals[0].reason : f->err.text;
        if (st != (c->added ? TL_OK : TL_EINPUT) || (c->added && v.added != c->added) ||
            (c->added && v.refused != c->refused) || (c->says && !strstr(said, c->says)))
            fail_msg("%s: %s, added %lld refused %lld, said \"%s\"", c->label, tl_status_name(st),
                     (long long)v.added, (long long)v.refused, said);
        assert_false(tl_store_in_transaction(f->s));
        assert_int_equal(entries(f), c->added ? 1 : 0);
        record_teardown(&own);
    }
}

static void expect_verdict(const char *label, const tl_record_verdict *v, int64_t added,
                           int64_t changed, int64_t same)
{
    if (v->added != added || v->changed != changed || v->same != same)
        fail_msg("%s: added %lld changed %lld same %lld", label, (long long)v->added,
                 (long long)v->changed, (long long)v->same);
}

static tl_record get(record_fixture *f, const char *id)
{
    tl_record r;
    record_expect("get", tl_record_get(f->s, id, -1, f->arena, &r, &f->err), TL_OK, &f->err, NULL);
    return r;
}

static void test_again(void **state)
{
    record_fixture *f = *state;
    tl_record_verdict v;
    assert_int_equal(import(f, TL_RECORD_VEHICLE, CAR_HEADER CAR, "", &v), TL_OK);
    expect_verdict("first", &v, 1, 0, 0);
    int64_t before = entries(f);
    assert_int_equal(import(f, TL_RECORD_VEHICLE, CAR_HEADER CAR, "", &v), TL_OK);
    expect_verdict("again", &v, 0, 0, 1);
    assert_int_equal(entries(f), before);
    /* a number within a unit in the 15th digit, and a column left out, change nothing */
    assert_int_equal(
        import(f, TL_RECORD_VEHICLE,
               "id,product,value,unit\ncar-9,Model Nine,150.500000000000001,g CO2e/km\n", "", &v),
        TL_OK);
    expect_verdict("as Excel rounds it", &v, 0, 0, 1);
    assert_int_equal(import(f, TL_RECORD_VEHICLE,
                            "id,product,value,unit\ncar-9,Model Nine,150.50000000001,g CO2e/km\n",
                            "", &v),
                     TL_OK);
    expect_verdict("a digit that Excel keeps", &v, 0, 1, 0);
    tl_record r = get(f, "car-9");
    assert_int_equal(r.n_parts, 2);
    assert_true(r.price > 199999);
}

static void test_takes_away(void **state)
{
    record_fixture *f = *state;
    tl_record_verdict v;
    assert_int_equal(import(f, TL_RECORD_VEHICLE, CAR_HEADER CAR, "", &v), TL_OK);
    assert_int_equal(import(f, TL_RECORD_VEHICLE,
                            "material:glass,material:steel,currency,price,id,product,value,unit\n"
                            "3,,,,car-9,Model Nine,150.5,g CO2e/km\n",
                            "", &v),
                     TL_OK);
    expect_verdict("changed", &v, 0, 1, 0);
    tl_record r = get(f, "car-9");
    assert_true(isnan(r.price));
    assert_string_equal(r.currency, "");
    assert_int_equal(r.year, 2024);
    assert_int_equal(r.n_parts, 2);
    assert_string_equal(r.parts[0].key, "materials");
    assert_string_equal(r.parts[1].key, "glass");
}

/* What is out needs a reason to change, and that of the version before is none. */
static void test_reason(void **state)
{
    record_fixture *f = *state;
    tl_record_verdict v;
    tl_record one = record_car("car-1", 201);
    record_publish(f, &one, "2026-01-02");
    static const char changed[] = "id,product,value,unit,reason\ncar-1,Lynk & Co 01,%s,g "
                                  "CO2e/km,%s\n";
    char text[300];
    snprintf(text, sizeof text, changed, "201", "");
    assert_int_equal(import(f, TL_RECORD_VEHICLE, text, "", &v), TL_OK);
    expect_verdict("unchanged", &v, 0, 0, 1);
    snprintf(text, sizeof text, changed, "199", "");
    assert_int_equal(import(f, TL_RECORD_VEHICLE, text, "", &v), TL_EINPUT);
    assert_non_null(strstr(f->err.text, "column 'reason': empty; version 1 is published"));
    assert_int_equal(import(f, TL_RECORD_VEHICLE, text, "battery", &v), TL_OK);
    expect_verdict("with a reason", &v, 0, 1, 0);
    assert_int_equal(get(f, "car-1").version, 2);
    record_expect("ask", record_take(f, "car-1", TL_RECORD_ASK, "2026-02-01", NULL), TL_OK, &f->err,
                  NULL);
    record_expect("publish", record_take(f, "car-1", TL_RECORD_PUBLISH, "2026-02-02", NULL), TL_OK,
                  &f->err, NULL);
    snprintf(text, sizeof text, changed, "198", "battery");
    assert_int_equal(import(f, TL_RECORD_VEHICLE, text, "", &v), TL_EINPUT);
    snprintf(text, sizeof text, changed, "198", "tyres");
    assert_int_equal(import(f, TL_RECORD_VEHICLE, text, "", &v), TL_OK);
    assert_int_equal(get(f, "car-1").version, 3);
}

static void test_kind(void **state)
{
    record_fixture *f = *state;
    tl_record_verdict v;
    assert_int_equal(import(f, TL_RECORD_VEHICLE, CAR_HEADER CAR, "", &v), TL_OK);
    assert_int_equal(import(f, TL_RECORD_EPD, CAR_HEADER CAR, "", &v), TL_EINPUT);
    assert_non_null(strstr(f->err.text, "column 'id': 'car-9' is of kind vehicle, not epd"));
    assert_int_equal(import(f, TL_RECORD_EPD,
                            "id,product,value,unit,indicator:ap [kg SO2e],indicator:ap [mol H+e]\n"
                            "coil-1,Coil,1.5,kg CO2e/kg,0.002,\n",
                            "", &v),
                     TL_OK);
    tl_record r = get(f, "coil-1");
    assert_int_equal(r.n_parts, 1);
    assert_string_equal(r.parts[0].unit, "kg SO2e");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test_setup_teardown(test_again, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_takes_away, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_reason, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_kind, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
