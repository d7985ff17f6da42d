/* test_sales.c - figures of sales: versions, what the schema refuses, periods, who is meant. */
#include "registry/tests/sales_test.h"

static const sales_car cars[] = {
    { "a", "M", "S", "A 1", "bev", 150, 120000, "CNY", true },
    { "b", "M", "S", "B 1", "bev", 200, 0, "", false },
    { "c", "M", "S", "B 1", "phev", 250, 0, "", true },
};

static void fill(record_fixture *f)
{
    for (size_t i = 0; i < RECORD_COUNT(cars); i++)
        sales_put_car(f, &cars[i]);
}

/* 100, again 100, then 90: two versions, of which the second counts. */
static void test_versions(void **state)
{
    record_fixture *f = *state;
    tl_sale_change change = TL_SALE_SAME;
    const tl_sale *h = NULL;
    const tl_car_sales *sum = NULL;
    tl_sales_period p;
    size_t n = 0;
    fill(f);
    assert_int_equal(sales_put(f, "a", "2024-09", 100, &change), TL_OK);
    assert_int_equal(change, TL_SALE_NEW);
    assert_int_equal(sales_put(f, "a", "2024-09", 100, &change), TL_OK);
    assert_int_equal(change, TL_SALE_SAME);
    assert_int_equal(sales_put(f, "a", "2024-09", 90, &change), TL_OK);
    assert_int_equal(change, TL_SALE_CORRECTED);
    assert_int_equal(sales_put(f, "a", "2024-10", 7, &change), TL_OK);
    assert_int_equal(tl_sale_history(f->s, "a", f->arena, &h, &n, NULL), TL_OK);
    assert_int_equal(n, 3);
    assert_true(h[0].units == 100 && h[0].version == 1 && !h[0].current);
    assert_true(h[1].units == 90 && h[1].version == 2 && h[1].current);
    assert_string_equal(h[1].author, "anna");
    assert_string_equal(h[1].loaded_on, "2024-10-15");
    assert_int_equal(tl_sales_choose(f->s, NULL, NULL, NULL, f->arena, &p, NULL), TL_OK);
    assert_int_equal(tl_sales_read(f->s, &p, f->arena, &sum, &n, NULL), TL_OK);
    assert_int_equal(n, 1);
    assert_true(sum[0].units == 97);
}

static void test_refused(void **state)
{
    static const struct {
        const char *label, *record, *month, *region, *source;
        int64_t units;
        tl_status want;
        const char *words;
    } cases[] = {
        { "no such car", "zz", "2024-09", "CN", "s", 1, TL_ECONFLICT, NULL },
        { "month 13", "a", "2024-13", "CN", "s", 1, TL_EINPUT, "2024-13" },
        { "a day", "a", "2024-09-01", "CN", "s", 1, TL_EINPUT, "2024-09-01" },
        { "no month", "a", "", "CN", "s", 1, TL_EINPUT, "month" },
        { "no region", "a", "2024-09", "XX", "s", 1, TL_EINPUT, "region: 'XX'" },
        { "below 0", "a", "2024-09", "CN", "s", -1, TL_EINPUT, "units: -1" },
        { "too many", "a", "2024-09", "CN", "s", 1000000001, TL_EINPUT, "units" },
        { "no source", "a", "2024-09", "CN", "", 1, TL_EINPUT, "source" },
    };
    record_fixture *f = *state;
    fill(f);
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        const tl_sale sale = { .record = cases[i].record,
                               .month = cases[i].month,
                               .region = cases[i].region,
                               .source = cases[i].source,
                               .units = cases[i].units };
        tl_sale_change change = TL_SALE_SAME;
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        record_expect(cases[i].label,
                      tl_sale_put(f->s, &sale, "anna", "2024-10-15", &change, &f->err),
                      cases[i].want, &f->err, cases[i].words);
        tl_store_rollback(f->s);
    }
}

/* What somebody with the file in hand is refused. */
static void test_schema(void **state)
{
#define INSERT                                                                                     \
    "INSERT INTO car_sale (record, month, region, version, units, source, loaded_on, author, "     \
    "current) VALUES "
    static const struct {
        const char *sql, *words;
    } cases[] = {
        { INSERT "('a', '2024-08', 'CN', 2, 1, 's', '2024-10-15', 'x', 1)",
          "begin as its current" },
        { INSERT "('a', '2024-08', 'CN', 1, 1, 's', '2024-10-15', 'x', 0)",
          "begin as its current" },
        { INSERT "('a', '2024-09', 'CN', 2, 1, 's', '2024-10-15', 'x', 1)",
          "begin as its current" },
        { INSERT "('a', '2024-14', 'CN', 1, 1, 's', '2024-10-15', 'x', 1)", "CHECK" },
        { INSERT "('a', '2024-08', '', 1, 1, 's', '2024-10-15', 'x', 1)", "CHECK" },
        { INSERT "('a', '2024-08', 'CN', 1, -1, 's', '2024-10-15', 'x', 1)", "CHECK" },
        { INSERT "('a', '2024-08', 'CN', 1, 1, '', '2024-10-15', 'x', 1)", "CHECK" },
        { INSERT "('a', '2024-08', 'CN', 1, 1, 's', '2024-02-30', 'x', 1)", "CHECK" },
        { INSERT "('a', '2024-08', 'CN', 1, 1, 's', '2024-10-15', '', 1)", "CHECK" },
        { INSERT "('zz', '2024-08', 'CN', 1, 1, 's', '2024-10-15', 'x', 1)", "FOREIGN KEY" },
        { INSERT "('epd-1', '2024-08', 'CN', 1, 1, 's', '2024-10-15', 'x', 1)", "FOREIGN KEY" },
        { "UPDATE car_sale SET units = 5", "never change" },
        { "UPDATE car_sale SET source = 't'", "never change" },
        { "DELETE FROM car_sale", "never deleted" },
    };
    record_fixture *f = *state;
    tl_sale_change change = TL_SALE_SAME;
    tl_record epd = record_car("epd-1", 1);
    bool same;
    fill(f);
    epd.kind = TL_RECORD_EPD;
    record_expect("epd", record_put(f, &epd, &same), TL_OK, &f->err, NULL);
    assert_int_equal(sales_put(f, "a", "2024-09", 100, &change), TL_OK);
    for (size_t i = 0; i < RECORD_COUNT(cases); i++)
        record_raw(f, cases[i].sql, TL_ECONFLICT, cases[i].words);
    record_raw(f, "UPDATE car_sale SET current = 0", TL_OK, NULL);
    record_raw(f, "UPDATE car_sale SET current = 1", TL_ECONFLICT, "stay so");
}

static void test_periods(void **state)
{
    static const struct {
        const char *label, *from, *until, *region;
        tl_status want;
        const char *words; /* of the error, or "from until missing/months" */
    } cases[] = {
        { "all there is", NULL, NULL, NULL, TL_OK, "2023-12 2024-02 1/3" },
        { "one month", "2024-02", NULL, NULL, TL_OK, "2024-02 2024-02 0/1" },
        { "over the year", "2023-11", "2024-02", "CN", TL_OK, "2023-11 2024-02 2/4" },
        { "no such region", NULL, NULL, "DE", TL_ENOTFOUND, "no sales of DE are loaded" },
        { "no such month", "2025-01", NULL, NULL, TL_ENOTFOUND, "from 2023-12 to 2024-02" },
        { "turned round", "2024-02", "2024-01", NULL, TL_EINPUT, "before the beginning" },
        { "an end alone", NULL, "2024-01", NULL, TL_EINPUT, "without a beginning" },
        { "no month", "2024", NULL, NULL, TL_EINPUT, "'2024', expected a month" },
    };
    record_fixture *f = *state;
    tl_sale_change change = TL_SALE_SAME;
    tl_sales_period p;
    fill(f);
    record_expect("none", tl_sales_choose(f->s, NULL, NULL, NULL, f->arena, &p, &f->err),
                  TL_ENOTFOUND, &f->err, "registry sales import FILE");
    assert_int_equal(sales_put(f, "a", "2023-12", 1, &change), TL_OK);
    assert_int_equal(sales_put(f, "a", "2024-02", 1, &change), TL_OK);
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        char got[80];
        tl_status st = tl_sales_choose(f->s, cases[i].from, cases[i].until, cases[i].region,
                                       f->arena, &p, &f->err);
        record_expect(cases[i].label, st, cases[i].want, &f->err,
                      st == TL_OK ? NULL : cases[i].words);
        if (st != TL_OK)
            continue;
        snprintf(got, sizeof got, "%s %s %zu/%zu", p.from, p.until, p.missing, p.months);
        if (strcmp(got, cases[i].words) != 0)
            fail_msg("%s: '%s'", cases[i].label, got);
    }
    record_raw(f, INSERT "('a', '2024-02', 'CN-YN', 1, 1, 's', '2024-10-15', 'x', 1)", TL_OK, NULL);
    record_expect("two regions", tl_sales_choose(f->s, NULL, NULL, NULL, f->arena, &p, &f->err),
                  TL_EINPUT, &f->err, "CN and CN-YN");
}

static void test_find_car(void **state)
{
    static const struct {
        const char *label;
        tl_sale_car car;
        tl_status want;
        const char *words; /* the record, or of the error */
    } cases[] = {
        { "id", { "a", NULL, NULL, NULL }, TL_OK, "a" },
        { "not published", { "b", NULL, NULL, NULL }, TL_OK, "b" },
        { "disclosure id", { "", "c", NULL, NULL }, TL_OK, "c" },
        { "name", { NULL, "", "A 1", "M" }, TL_OK, "a" },
        { "two of a name", { NULL, NULL, "B 1", "M" }, TL_ECONFLICT, "several cars" },
        { "other maker", { NULL, NULL, "A 1", "N" }, TL_ENOTFOUND, "no car 'A 1' of N" },
        { "no id", { "zz", NULL, NULL, NULL }, TL_ENOTFOUND, "no car 'zz'" },
        { "no disclosure id", { NULL, "zz", NULL, NULL }, TL_ENOTFOUND, "no car 'zz'" },
        { "no maker", { NULL, NULL, "A 1", "" }, TL_EINPUT, "product and maker" },
    };
    record_fixture *f = *state;
    fill(f);
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        const char *record = "";
        tl_status st = tl_sale_find_car(f->s, &cases[i].car, f->arena, &record, &f->err);
        record_expect(cases[i].label, st, cases[i].want, &f->err,
                      st == TL_OK ? NULL : cases[i].words);
        if (st == TL_OK)
            assert_string_equal(record, cases[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_versions, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_refused, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_schema, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_periods, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_find_car, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
