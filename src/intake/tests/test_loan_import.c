/* test_loan_import.c - a list of cars: a verdict on every row, nothing on the second time. */
#include "registry/tests/facility_test.h"

#include "base/file.h"
#include "intake/loan_import.h"
#include "intake/tests/as_book.h"
#include "store/audit.h"
#include "store/tests/scratch.h"

#define HEADER "record,price\n"

static const struct file_case {
    const char *label, *text;
    int64_t rows, drawn, refused;
    const char *want; /* words of the first refusal, or of the whole failing where rows is -1 */
} file_cases[] = {
    { "two of one model", HEADER "small-ev,150000\nsmall-ev,150000.00\n", 2, 2, 0, NULL },
    { "other columns, other order", "vin,price,record\nX1,1.5,a\n", 1, 1, 0, NULL },
    { "a vin twice", "vin,price,record\nX1,1,a\nX2,1,a\nX1,1,a\n", 3, 2, 1,
      ":4: column 'vin': 'X1' stands in row 2 too" },
    { "no such model", "model,record,price\nA1,,1\n,b,2\n", 2, 1, 1,
      ":2: column 'model': no published car is called 'A1'" },
    { "neither record nor model", "model,record,price\n,,1\n,b,2\n", 2, 1, 1,
      ":2: column 'model'" },
    { "semicolons, blanks", "record;price\n a ; 12 \n", 1, 1, 0, NULL },
    { "no price", HEADER "a,\nb,1\n", 2, 1, 1, ":2: column 'price': ''" },
    { "price below 0", HEADER "b,1\na,-5\n", 2, 1, 1, ":3: column 'price': '-5'" },
    { "price 0", HEADER "b,1\na,0\n", 2, 1, 1, ":3: price" },
    { "thousands mark", HEADER "\"b\",\"150,000\"\na,1\n", 2, 1, 1, "'150,000'" },
    { "no record", HEADER ",1\na,1\n", 2, 1, 1, ":2: column 'record'" },
    { "no id", HEADER "A b,1\na,1\n", 2, 1, 1, ":2: record: 'A b'" },
    { "above the limit", HEADER "a,19999999\nb,2\nc,1\n", 3, 2, 1,
      ":3: 20000001.00 CNY would be drawn, above the limit of 20000000.00 CNY" },
    { "cells missing", HEADER "a\nb,1\n", 2, 1, 1, ":2: 1 cell" },
    { "none good", HEADER "A,1\n", -1, 0, 0, "no row could be taken" },
    { "no rows", HEADER, -1, 0, 0, "no rows below the header" },
    { "no price column", "record,amount\na,1\n", -1, 0, 0, "price" },
    { "empty", "", -1, 0, 0, "cars.csv" },
};

static int64_t entries(record_fixture *f)
{
    int64_t n = 0;
    assert_int_equal(tl_audit_verify(f->s, &n, &f->err), TL_OK);
    return n;
}

static void import_case(record_fixture *f, const struct file_case *c)
{
    const tl_loan_import how = { "wuhan-rental-1", "/x/cars.csv", "ann", NULL };
    const size_t n = strlen(c->text);
    const int64_t before = entries(f);
    tl_loan_verdict v;
    tl_error err = { 0 };
    tl_status st = tl_loan_import_memory(f->s, &how, c->text, n, f->arena, &v, &err);
    if (c->rows < 0) {
        record_expect(c->label, st, TL_EINPUT, &err, c->want);
        assert_int_equal(entries(f), before);
        return;
    }
    record_expect(c->label, st, TL_OK, &err, NULL);
    if (v.rows != c->rows || v.drawn != c->drawn || v.refused != c->refused || v.same != 0 ||
        v.refusal_count != (size_t)c->refused)
        fail_msg("%s: %lld rows, %lld drawn, %lld same, %lld refused", c->label, (long long)v.rows,
                 (long long)v.drawn, (long long)v.same, (long long)v.refused);
    if (c->want && !strstr(v.refusals[0].reason, c->want))
        fail_msg("%s: '%s' does not say '%s'", c->label, v.refusals[0].reason, c->want);
    assert_int_equal(entries(f), before + c->drawn + 1);
    record_expect(c->label, tl_loan_import_memory(f->s, &how, c->text, n, f->arena, &v, &err),
                  TL_OK, &err, NULL);
    if (v.drawn != 0 || v.same != c->drawn || v.refused != c->refused)
        fail_msg("%s again: %lld drawn, %lld same, %lld refused", c->label, (long long)v.drawn,
                 (long long)v.same, (long long)v.refused);
    assert_int_equal(entries(f), before + c->drawn + 1);
}

static void test_rows(void **state)
{
    (void)state;
    const tl_facility draft = facility_draft();
    for (size_t i = 0; i < RECORD_COUNT(file_cases); i++) {
        void *opened = NULL;
        assert_int_equal(record_setup(&opened), 0);
        record_expect("put", facility_put(opened, &draft), TL_OK, NULL, NULL);
        import_case(opened, &file_cases[i]);
        record_teardown(&opened);
    }
}

/* Cars by the names they are published under, in any letters. */
static void test_models(void **state)
{
    record_fixture *f = *state;
    static const char text[] = "model,price\nRIVER  one,1\nriver sedan,2\nMaker River One,3\n"
                               "river twin,4\n";
    static const struct {
        const char *id, *product;
    } cars[] = { { "r-one", "River One" },
                 { "r-sedan", "River Sedan" },
                 { "r-twin-a", "River Twin" },
                 { "r-twin-b", "River Twin" } };
    const tl_loan_import how = { "wuhan-rental-1", "cars.csv", "ann", NULL };
    const tl_facility draft = facility_draft();
    tl_facility kept;
    tl_loan_car *list;
    size_t n = 0;
    tl_loan_verdict v;
    for (size_t i = 0; i < RECORD_COUNT(cars); i++) {
        tl_record r = record_car(cars[i].id, 100);
        r.product = cars[i].product;
        r.maker = "Maker";
        r.n_parts = 0;
        record_publish(f, &r, "2025-01-10");
    }
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    record_expect("models",
                  tl_loan_import_memory(f->s, &how, text, strlen(text), f->arena, &v, &f->err),
                  TL_OK, &f->err, NULL);
    assert_int_equal(v.drawn, 3);
    assert_int_equal(v.refusal_count, 1);
    assert_non_null(strstr(v.refusals[0].reason, "several published cars are called 'river twin'"));
    record_expect("get",
                  tl_facility_get(f->s, "wuhan-rental-1", f->arena, &kept, &list, &n, &f->err),
                  TL_OK, &f->err, NULL);
    assert_int_equal(n, 3);
    assert_string_equal(list[0].record, "r-one");
    assert_string_equal(list[1].record, "r-sedan");
    assert_string_equal(list[2].record, "r-one");
}

/* A longer list brings only the cars that are new; a signed facility takes none. */
static void test_growing(void **state)
{
    record_fixture *f = *state;
    const tl_loan_import how = { "wuhan-rental-1", "cars.csv", "ann", NULL };
    static const char first[] = HEADER "a,1\nb,2\n", second[] = HEADER "b,2\na,1\na,1\nb,2.50\n";
    const tl_facility draft = facility_draft();
    tl_loan_verdict v;
    record_expect("no facility",
                  tl_loan_import_memory(f->s, &how, first, strlen(first), f->arena, &v, &f->err),
                  TL_ENOTFOUND, &f->err, "no facility");
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    record_expect("first",
                  tl_loan_import_memory(f->s, &how, first, strlen(first), f->arena, &v, &f->err),
                  TL_OK, &f->err, NULL);
    assert_int_equal(v.drawn, 2);
    record_expect("second",
                  tl_loan_import_memory(f->s, &how, second, strlen(second), f->arena, &v, &f->err),
                  TL_OK, &f->err, NULL);
    assert_int_equal(v.drawn, 2);
    assert_int_equal(v.same, 2);
    record_expect("sign", facility_sign(f, "2025-02-01"), TL_OK, &f->err, NULL);
    record_expect("same list",
                  tl_loan_import_memory(f->s, &how, second, strlen(second), f->arena, &v, &f->err),
                  TL_OK, &f->err, NULL);
    assert_int_equal(v.same, 4);
    static const char third[] = HEADER "c,1\n";
    record_expect("further car",
                  tl_loan_import_memory(f->s, &how, third, strlen(third), f->arena, &v, &f->err),
                  TL_ECONFLICT, &f->err, "cars.csv:2: facility 'wuhan-rental-1' was signed");
}

static void test_file(void **state)
{
    record_fixture *f = *state;
    void *folder = NULL;
    const tl_facility draft = facility_draft();
    static const char text[] = HEADER "a,1\n";
    tl_loan_verdict v;
    assert_int_equal(scratch_setup(&folder), 0);
    const char *path = scratch_path(folder, "cars.csv");
    const tl_loan_import how = { "wuhan-rental-1", path, "ann", NULL };
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    record_expect("no file", tl_loan_import_file(f->s, &how, f->arena, &v, &f->err), TL_ENOTFOUND,
                  &f->err, "cars.csv");
    assert_int_equal(tl_file_write(path, text, strlen(text), NULL), TL_OK);
    record_expect("file", tl_loan_import_file(f->s, &how, f->arena, &v, &f->err), TL_OK, &f->err,
                  NULL);
    assert_int_equal(v.drawn, 1);
    scratch_teardown(&folder);
}

static void test_workbook(void **state)
{
    record_fixture *f = *state;
    const tl_facility draft = facility_draft();
    static const char text[] = HEADER "a,12.5\na,13\nb,-1\n";
    const tl_loan_import how = { "wuhan-rental-1", "cars.xlsx", "ann", NULL };
    tl_loan_verdict v;
    tl_file_view book = as_book(text, '.');
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    record_expect("workbook",
                  tl_loan_import_memory(f->s, &how, book.data, book.size, f->arena, &v, &f->err),
                  TL_OK, &f->err, NULL);
    assert_int_equal(v.drawn, 2);
    assert_non_null(strstr(v.refusals[0].reason, "cars.xlsx:4: column 'price' (cell B4 of "));
    tl_file_close(&book);
    record_expect("the same as text",
                  tl_loan_import_memory(f->s, &how, text, strlen(text), f->arena, &v, &f->err),
                  TL_OK, &f->err, NULL);
    assert_int_equal(v.drawn, 0);
    assert_int_equal(v.same, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test_setup_teardown(test_models, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_growing, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_file, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_workbook, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
