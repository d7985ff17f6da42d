/* test_vehicle.c - cars and bills in the database: back as they went in, found by words, shown to
 * whom they belong, and every constraint of 0004_vehicle.sql and 0020_vehicle_tenant.sql broken
 * once. */
#include "footprint/tests/car_test.h"

#include "account/tenant.h"
#include "store/store_priv.h"

static const char sha[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/* A statement with values that are sound. Numbers go in as text: a STRICT table turns them into its
 * own type or refuses them. */
struct statement {
    const char *query;
    const char *values[27];
    int n;
};

static const struct statement import_insert = {
    "vehicle.import_insert", { "test", "1", "cars.csv", sha, "2026-11-22T00:00:00Z", "me" }, 6
};
static const struct statement import_count = { "vehicle.import_count",
                                               { "1", "3", "1", "1", "1" },
                                               5 };
static const struct statement refusal = { "vehicle.refusal_insert", { "1", "7", "why" }, 3 };
static const struct statement vehicle = {
    "vehicle.insert",
    { "car", "test", "BRAND", NULL,   "MODEL", NULL, "compact", "suv", "phev",
      "gas", "lfp",  "EUR",   "1500", "4",     "5",  "120",     "130", "40",
      "50",  "12",   "90",    "95",   "30000", "1",  "2",       "1",   "2024" },
    27
};
static const struct statement part = { "vehicle.part_insert",
                                       { "car", "1", "door", "steel", "20", "", "", "0.5" },
                                       8 };

/* Runs a statement with value `parameter` (0: none) replaced. */
static tl_status execute(tl_store *s, const struct statement *t, int parameter, const char *value,
                         tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, t->query, &q, err);
    for (int i = 1; st == TL_OK && i <= t->n; i++)
        tl_query_text(q, i, i == parameter ? value : t->values[i - 1]);
    return st == TL_OK ? tl_query_run(q, err) : st;
}

/* The rows that the others refer to: import 1 with one car. */
static void put_sound_rows(tl_store *s, const struct statement *but)
{
    const struct statement *const all[] = { &import_insert, &import_count, &refusal, &vehicle,
                                            &part };
    for (size_t i = 0; i < TEST_COUNT(all); i++) {
        tl_error err = { 0 };
        if (all[i] != but && execute(s, all[i], 0, NULL, &err) != TL_OK)
            fail_msg("%s: %s", all[i]->query, err.text);
    }
}

static const struct constraint_case {
    const char *label;
    const struct statement *statement;
    int parameter;
    const char *value; /* NULL is NULL */
    bool allowed;
} constraint_cases[] = {
    { "import: map", &import_insert, 1, NULL, false },
    { "import: map version", &import_insert, 2, NULL, false },
    { "import: file name", &import_insert, 3, NULL, false },
    { "import: no hash", &import_insert, 4, NULL, false },
    { "import: half a hash", &import_insert, 4, "0123456789abcdef", false },
    { "import: no time", &import_insert, 5, NULL, false },
    { "import: nobody", &import_insert, 6, NULL, false },
    { "import: an empty name", &import_insert, 6, "", false },
    { "count: rows below 0", &import_count, 2, "-1", false },
    { "count: accepted below 0", &import_count, 3, "-1", false },
    { "count: repeated below 0", &import_count, 4, "-1", false },
    { "count: refused below 0", &import_count, 5, "-1", false },
    { "count: a row lost", &import_count, 2, "4", false },
    { "count: words", &import_count, 2, "three", false },
    { "refusal: of no import", &refusal, 1, "2", false },
    { "refusal: row 0", &refusal, 2, "0", false },
    { "refusal: no reason", &refusal, 3, NULL, false },
    { "refusal: an empty reason", &refusal, 3, "", false },
    { "car: no id", &vehicle, 1, NULL, false },
    { "car: an empty id", &vehicle, 1, "", false },
    { "car: no map", &vehicle, 2, NULL, false },
    { "car: no brand", &vehicle, 3, NULL, false },
    { "car: an empty brand", &vehicle, 3, "", false },
    { "car: no model", &vehicle, 5, NULL, false },
    { "car: an empty model", &vehicle, 5, "", false },
    { "car: no powertrain", &vehicle, 9, NULL, false },
    { "car: an empty powertrain", &vehicle, 9, "", false },
    { "car: no mass", &vehicle, 13, NULL, false },
    { "car: mass 0", &vehicle, 13, "0", false },
    { "car: mass below 0", &vehicle, 13, "-1500", false },
    { "car: mass in words", &vehicle, 13, "heavy", false },
    { "car: fuel below 0", &vehicle, 14, "-1", false },
    { "car: fuel high below low", &vehicle, 15, "3.9", false },
    { "car: electricity below 0", &vehicle, 16, "-1", false },
    { "car: electricity high below low", &vehicle, 17, "119", false },
    { "car: range below 0", &vehicle, 18, "-1", false },
    { "car: range high below low", &vehicle, 19, "39", false },
    { "car: battery 0", &vehicle, 20, "0", false },
    { "car: CO2 below 0", &vehicle, 21, "-1", false },
    { "car: CO2 high below low", &vehicle, 22, "89", false },
    { "car: price below 0", &vehicle, 23, "-1", false },
    { "car: of no import", &vehicle, 24, "2", false },
    { "car: without import", &vehicle, 24, NULL, false },
    { "car: row 0", &vehicle, 25, "0", false },
    { "car: no row", &vehicle, 25, NULL, false },
    { "car: charging 2", &vehicle, 26, "2", false },
    { "car: charging unknown", &vehicle, 26, NULL, false },
    { "car: year 1899", &vehicle, 27, "1899", false },
    { "car: year 2101", &vehicle, 27, "2101", false },
    { "car: no year", &vehicle, 27, NULL, false },
    { "car: year not stated", &vehicle, 27, "0", true },
    { "car: no size", &vehicle, 7, NULL, true },
    { "car: no fuel use", &vehicle, 14, NULL, true },
    { "part: of no car", &part, 1, "bus", false },
    { "part: line 0", &part, 2, "0", false },
    { "part: no name", &part, 3, NULL, false },
    { "part: an empty name", &part, 3, "", false },
    { "part: no material", &part, 4, NULL, false },
    { "part: an empty material", &part, 4, "", false },
    { "part: mass 0", &part, 5, "0", false },
    { "part: no mass", &part, 5, NULL, false },
    { "part: supplier", &part, 6, NULL, false },
    { "part: process", &part, 7, NULL, false },
    { "part: share below 0", &part, 8, "-0.01", false },
    { "part: share above 1", &part, 8, "1.01", false },
    { "part: no share", &part, 8, NULL, false },
};

static void test_constraints(void **state)
{
    car_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(constraint_cases); i++) {
        const struct constraint_case *c = &constraint_cases[i];
        tl_error err = { 0 };
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        if (c->statement != &import_insert) {
            assert_int_equal(execute(f->s, &import_insert, 0, NULL, NULL), TL_OK);
            if (c->statement == &part)
                assert_int_equal(execute(f->s, &vehicle, 0, NULL, NULL), TL_OK);
        }
        tl_status st = execute(f->s, c->statement, c->parameter, c->value, &err);
        tl_store_rollback(f->s);
        if (c->allowed ? st != TL_OK : st != TL_ECONFLICT)
            fail_msg("%s: %s (%s)", c->label, tl_status_name(st), err.text);
    }
}

/* What may stand once only: a file by a map, an id, a row of an import, a line of a bill. */
static void test_unique(void **state)
{
    car_fixture *f = *state;
    const struct statement *const twice[] = { &import_insert, &refusal, &vehicle, &part };
    for (size_t i = 0; i < TEST_COUNT(twice); i++) {
        tl_error err = { 0 };
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        put_sound_rows(f->s, NULL);
        tl_status st = execute(f->s, twice[i], 0, NULL, &err);
        tl_store_rollback(f->s);
        if (st != TL_ECONFLICT)
            fail_msg("%s twice: %s", twice[i]->query, tl_status_name(st));
    }
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void test_round_trip(void **state)
{
    car_fixture *f = *state;
    tl_vehicle v = car_gasoline(), got, *list;
    const tl_vehicle_part bill[] = { { "车门", "steel", 0.1 + 0.2, "宝钢", "bf-bof", 0.25 },
                                     { "door", "glass", 3, "", "", 0 } };
    tl_vehicle_part *parts;
    size_t n;
    bool already = true;
    int64_t cars = -1;
    v.model = "秦 PLUS";
    v.kerb_mass_kg = 1500.1;
    v.chemistry = "lfp";
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    assert_int_equal(execute(f->s, &import_insert, 0, NULL, NULL), TL_OK);
    assert_int_equal(tl_vehicle_add(f->s, 1, &v, &already, NULL), TL_OK);
    assert_false(already);
    assert_int_equal(tl_vehicle_add(f->s, 1, &v, &already, NULL), TL_OK);
    assert_true(already);
    v.price = 0; /* not the same as none */
    assert_int_equal(tl_vehicle_add(f->s, 1, &v, &already, NULL), TL_ECONFLICT);
    v.price = NAN;
    v.model = "OTHER";
    assert_int_equal(tl_vehicle_add(f->s, 1, &v, &already, NULL), TL_ECONFLICT);
    assert_int_equal(tl_vehicle_set_parts(f->s, v.id, bill, 2, NULL), TL_OK);
    assert_int_equal(tl_vehicle_get(f->s, tl_viewer_program(), v.id, f->arena, &got, NULL), TL_OK);
    assert_string_equal(got.model, "秦 PLUS"); /* of the first */
    assert_string_equal(got.chemistry, "lfp");
    assert_null(got.description);
    assert_true(same_number(got.kerb_mass_kg, 1500.1) && same_number(got.fuel_low, 6) &&
                same_number(got.battery_kwh, NAN) && same_number(got.price, NAN));
    assert_int_equal(tl_vehicle_parts(f->s, tl_viewer_program(), v.id, f->arena, &parts, &n, NULL),
                     TL_OK);
    assert_int_equal(n, 2);
    assert_string_equal(parts[0].part, "车门");
    assert_true(parts[0].mass_kg == 0.1 + 0.2 && parts[0].recycled_share == 0.25);
    assert_int_equal(tl_vehicle_parts_count(f->s, tl_viewer_program(), &cars, NULL), TL_OK);
    assert_int_equal(cars, 1);
    assert_int_equal(tl_vehicle_set_parts(f->s, v.id, NULL, 0, NULL), TL_OK);
    assert_int_equal(tl_vehicle_parts_count(f->s, tl_viewer_program(), &cars, NULL), TL_OK);
    assert_int_equal(cars, 0);
    assert_int_equal(tl_vehicle_list(f->s, tl_viewer_program(), f->arena, &list, &n, NULL), TL_OK);
    assert_int_equal(n, 1);
    assert_int_equal(tl_vehicle_get(f->s, tl_viewer_program(), "nobody", f->arena, &got, &f->err),
                     TL_ENOTFOUND);
    tl_store_rollback(f->s);
}

static const struct search_case {
    const char *label, *text;
    size_t limit, want;
} search_cases[] = {
    { "brand", "TESLA", 9, 2 },
    { "small letters", "tesla", 9, 2 },
    { "two words", "tesla model", 9, 2 },
    { "the other way round", "model tesla", 9, 2 },
    { "blanks between and around", "  3   tesla ", 9, 1 },
    { "across brand and description", "performance tesla", 9, 1 },
    { "Chinese", "比亚迪", 9, 1 },
    { "a word that one of them lacks", "tesla zoe", 9, 0 },
    { "limit", "tesla", 1, 1 },
    { "a percent sign is a percent sign", "100%", 9, 1 },
    { "no wildcard", "%", 9, 1 },
    { "no wildcard for one letter", "T_SLA", 9, 0 },
    { "a backslash", "\\", 9, 0 },
    { "a quote", "'; DROP TABLE vehicle; --", 9, 0 },
};

static void test_search(void **state)
{
    car_fixture *f = *state;
    const char *const cars[][3] = { { "TESLA", "MODEL 3", "PERFORMANCE" },
                                    { "TESLA", "MODEL Y", NULL },
                                    { "RENAULT", "ZOE", "100% ELECTRIC" },
                                    { "比亚迪", "秦", NULL } };
    bool already;
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    assert_int_equal(execute(f->s, &import_insert, 0, NULL, NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(cars); i++) {
        tl_vehicle v = car_gasoline();
        v.id = tl_arena_printf(f->arena, "car-%zu", i);
        v.brand = cars[i][0];
        v.model = cars[i][1];
        v.description = cars[i][2];
        assert_int_equal(tl_vehicle_add(f->s, 1, &v, &already, NULL), TL_OK);
    }
    for (size_t i = 0; i < TEST_COUNT(search_cases); i++) {
        const struct search_case *c = &search_cases[i];
        tl_vehicle *list;
        size_t n;
        tl_error err = { 0 };
        if (tl_vehicle_search(f->s, tl_viewer_program(), c->text, NULL, c->limit, f->arena, &list,
                              &n, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        if (n != c->want)
            fail_msg("%s: %zu cars, want %zu", c->label, n, c->want);
    }
    tl_store_rollback(f->s);
}

#define READER (TL_RIGHT_BIT(TL_RIGHT_PUBLIC_READ) | TL_RIGHT_BIT(TL_RIGHT_RECORD_READ))
#define UPLOADER (TL_RIGHT_BIT(TL_RIGHT_RECORD_EDIT))

/* car-own belongs to alpha, car-public to nobody; both have a bill of one part. */
static const struct owner_case {
    const char *label;
    tl_viewer who;
    tl_status own; /* of reading car-own */
    size_t own_parts, public_parts, listed;
    int64_t bills;
    tl_status may_own, may_public; /* change them */
} owner_cases[] = {
    { "visitor",
      { .rights = TL_RIGHT_BIT(TL_RIGHT_PUBLIC_READ) },
      TL_ENOTFOUND,
      0,
      0,
      1,
      0,
      TL_ENOTFOUND,
      TL_EFORBIDDEN },
    { "its owner",
      { .tenant = "alpha", .rights = READER },
      TL_OK,
      1,
      0,
      2,
      1,
      TL_OK,
      TL_EFORBIDDEN },
    { "another company",
      { .tenant = "beta", .rights = READER },
      TL_ENOTFOUND,
      0,
      0,
      1,
      0,
      TL_ENOTFOUND,
      TL_EFORBIDDEN },
    { "a key of its owner that only uploads",
      { .tenant = "alpha", .rights = UPLOADER },
      TL_OK,
      0,
      0,
      2,
      0,
      TL_OK,
      TL_EFORBIDDEN },
    { "its owner without the right",
      { .tenant = "alpha", .rights = 1 },
      TL_ENOTFOUND,
      0,
      0,
      1,
      0,
      TL_ENOTFOUND,
      TL_EFORBIDDEN },
    { "of no organisation",
      { .rights = READER },
      TL_ENOTFOUND,
      0,
      0,
      1,
      0,
      TL_ENOTFOUND,
      TL_EFORBIDDEN },
    { "an organisation without a name",
      { .tenant = "", .rights = READER },
      TL_ENOTFOUND,
      0,
      0,
      1,
      0,
      TL_ENOTFOUND,
      TL_EFORBIDDEN },
    { "who sees all", { .rights = READER, .all_tenants = true }, TL_OK, 1, 1, 2, 2, TL_OK, TL_OK },
    { "who sees all without the right",
      { .rights = TL_RIGHT_BIT(TL_RIGHT_PUBLIC_READ), .all_tenants = true },
      TL_ENOTFOUND,
      0,
      0,
      1,
      0,
      TL_ENOTFOUND,
      TL_OK },
};

static void put_tenants(car_fixture *f)
{
    static const char *const ids[] = { "alpha", "beta" };
    for (size_t i = 0; i < TEST_COUNT(ids); i++) {
        const tl_tenant t = {
            .id = ids[i], .kind = TL_TENANT_COMPANY, .name_en = ids[i], .name_zh = ""
        };
        assert_int_equal(tl_tenant_add(f->s, tl_viewer_program(), &t, 0, NULL), TL_OK);
    }
}

static void put_owned(car_fixture *f)
{
    const tl_vehicle_part body = { "body", "steel", 300, "secret", "", 0 };
    bool already;
    put_tenants(f);
    assert_int_equal(execute(f->s, &import_insert, 0, NULL, NULL), TL_OK);
    for (int own = 0; own < 2; own++) {
        tl_vehicle v = car_gasoline();
        v.id = own ? "car-own" : "car-public";
        v.tenant = own ? "alpha" : NULL;
        assert_int_equal(tl_vehicle_add(f->s, 1, &v, &already, NULL), TL_OK);
        assert_int_equal(tl_vehicle_set_parts(f->s, v.id, &body, 1, NULL), TL_OK);
    }
}

static void test_owner(void **state)
{
    car_fixture *f = *state;
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    put_owned(f);
    for (size_t i = 0; i < TEST_COUNT(owner_cases); i++) {
        const struct owner_case *c = &owner_cases[i];
        tl_vehicle v, *list;
        tl_vehicle_part *parts;
        size_t own = 0, public = 0, listed = 0;
        int64_t bills = -1;
        tl_status got = tl_vehicle_get(f->s, &c->who, "car-own", f->arena, &v, NULL);
        assert_int_equal(tl_vehicle_parts(f->s, &c->who, "car-own", f->arena, &parts, &own, NULL),
                         TL_OK);
        assert_int_equal(
            tl_vehicle_parts(f->s, &c->who, "car-public", f->arena, &parts, &public, NULL), TL_OK);
        assert_int_equal(tl_vehicle_list(f->s, &c->who, f->arena, &list, &listed, NULL), TL_OK);
        assert_int_equal(tl_vehicle_parts_count(f->s, &c->who, &bills, NULL), TL_OK);
        tl_status a = tl_vehicle_own(f->s, &c->who, "car-own", f->arena, &v, NULL);
        tl_status b = tl_vehicle_own(f->s, &c->who, "car-public", f->arena, &v, NULL);
        if (got != c->own || own != c->own_parts || public != c->public_parts ||
            listed != c->listed || bills != c->bills || a != c->may_own || b != c->may_public)
            fail_msg("%s: read %d, parts %zu and %zu, listed %zu, bills %lld, change %d and %d",
                     c->label, (int)got, own, public, listed, (long long)bills, (int)a, (int)b);
    }
    tl_store_rollback(f->s);
}

static void test_stays(void **state)
{
    car_fixture *f = *state;
    static const char *const updates[] = {
        "UPDATE vehicle SET tenant = 'beta' WHERE id = 'car-own'",
        "UPDATE vehicle SET tenant = NULL WHERE id = 'car-own'",
        "UPDATE vehicle SET tenant = 'beta' WHERE id = 'car-public'",
    };
    for (size_t i = 0; i < TEST_COUNT(updates); i++) {
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        put_owned(f);
        if (tl_store_exec(f->s, updates[i], &f->err) == TL_OK ||
            !strstr(f->err.text, "a car stays with its organisation"))
            fail_msg("%s: %s", updates[i], f->err.text);
        tl_store_rollback(f->s);
    }
}

/* The same file twice: by two organisations, or by none and one. */
static const struct twice_case {
    const char *label, *first, *second;
    tl_status want;
} twice_cases[] = {
    { "public twice", NULL, NULL, TL_ECONFLICT },
    { "of one organisation twice", "alpha", "alpha", TL_ECONFLICT },
    { "of two", "alpha", "beta", TL_OK },
    { "public, then of one", NULL, "alpha", TL_OK },
    { "of one, then public", "alpha", NULL, TL_OK },
    { "of an organisation that is not there", NULL, "gamma", TL_ECONFLICT },
};

static void test_same_file(void **state)
{
    car_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(twice_cases); i++) {
        const struct twice_case *c = &twice_cases[i];
        struct statement first = import_insert, second = import_insert;
        first.values[first.n++] = c->first;
        second.values[second.n++] = c->second;
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        put_tenants(f);
        tl_status st = execute(f->s, &first, 0, NULL, NULL);
        if (st != TL_OK || (st = execute(f->s, &second, 0, NULL, NULL)) != c->want)
            fail_msg("%s: %d", c->label, (int)st);
        tl_store_rollback(f->s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_constraints), cmocka_unit_test(test_unique),
        cmocka_unit_test(test_round_trip),  cmocka_unit_test(test_search),
        cmocka_unit_test(test_owner),       cmocka_unit_test(test_stays),
        cmocka_unit_test(test_same_file),
    };
    return cmocka_run_group_tests(tests, car_setup, car_teardown);
}
