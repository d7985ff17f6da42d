/* test_sales_import.c - a table of sales: a verdict on every row, nothing on the second time, and
 * no difference in what order the rows stand. */
#include "registry/tests/sales_test.h"

#include "intake/sales_import.h"
#include "store/audit.h"

#define HEADER "record,month,units,region,source\n"

static const struct file_case {
    const char *label, *text;
    int64_t rows, added, refused;
    const char *want; /* words of the first refusal, or of the whole failing where rows is -1 */
} file_cases[] = {
    { "two cars", HEADER "a,2024-09,120,CN,s\nc,2024-09,0,CN,s\n", 2, 2, 0, NULL },
    { "by name", "product,maker,month,units,region,source\nA 1,M,2024-09,1,CN,s\n", 1, 1, 0, NULL },
    { "by disclosure id", "disclosure_id;source;month;units;region\na;s;2024-09;1;CN\n", 1, 1, 0,
      NULL },
    { "the same twice", HEADER "a,2024-09,1,CN,s\na,2024-09,1,CN,s\n", 2, 1, 0, NULL },
    { "contradiction", HEADER "a,2024-09,1,CN,s\nc,2024-09,5,CN,s\na,2024-09,2,CN,s\n", 3, 1, 2,
      ":2: sales of a in 2024-09, CN stand in the file with different figures, first in line 2" },
    { "two regions", HEADER "a,2024-09,1,CN,s\na,2024-09,1,CN-YN,s\n", 2, 2, 0, NULL },
    { "no car", HEADER "zz,2024-09,1,CN,s\na,2024-09,1,CN,s\n", 2, 1, 1, ":2: no car 'zz'" },
    { "two of a name", "product,maker,month,units,region,source\nB 1,M,2024-09,1,CN,s\n", 1, 0, 1,
      ":2: several cars are called 'B 1'" },
    { "month", HEADER "a,2024-9,1,CN,s\n", 1, 0, 1, ":2: column 'month': '2024-9'" },
    { "half a car", HEADER "a,2024-09,1.5,CN,s\n", 1, 0, 1, ":2: column 'units': 1.5" },
    { "no number", HEADER "a,2024-09,many,CN,s\n", 1, 0, 1, ":2: column 'units': 'many'" },
    { "below 0", HEADER "a,2024-09,-1,CN,s\n", 1, 0, 1, ":2: column 'units': -1" },
    { "region", HEADER "a,2024-09,1,Mars,s\n", 1, 0, 1, ":2: region: 'Mars'" },
    { "no source", HEADER "a,2024-09,1,CN,\n", 1, 0, 1, ":2: column 'source'" },
    { "cells missing", HEADER "a,2024-09\na,2024-09,1,CN,s\n", 2, 1, 1, ":2: 2 cells" },
    { "no rows", HEADER, 0, 0, 0, NULL },
    { "no source column", "record,month,units,region\na,2024-09,1,CN\n", -1, 0, 0, "source" },
    { "no car column", "product,month,units,region,source\nA,2024-09,1,CN,s\n", -1, 0, 0,
      "says which car" },
    { "empty", "", -1, 0, 0, "sales.csv" },
};

static const sales_car cars[] = {
    { "a", "M", "S", "A 1", "bev", 150, 120000, "CNY", true },
    { "b", "M", "S", "B 1", "bev", 200, 0, "", false },
    { "c", "M", "S", "B 1", "phev", 250, 0, "", true },
};

static int setup(void **state)
{
    if (record_setup(state) != 0)
        return -1;
    for (size_t i = 0; i < RECORD_COUNT(cars); i++)
        sales_put_car(*state, &cars[i]);
    return 0;
}

static int64_t entries(record_fixture *f)
{
    int64_t n = 0;
    assert_int_equal(tl_audit_verify(f->s, &n, &f->err), TL_OK);
    return n;
}

static tl_status load(record_fixture *f, const char *text, tl_sales_verdict *v)
{
    static const tl_sales_import how = { "/x/sales.csv", "2024-10-15", "ann", NULL };
    return tl_sales_import_memory(f->s, &how, text, strlen(text), f->arena, v, &f->err);
}

static void check_case(record_fixture *f, const struct file_case *c)
{
    const int64_t before = entries(f);
    tl_sales_verdict v;
    tl_status st = load(f, c->text, &v);
    if (c->rows < 0) {
        record_expect(c->label, st, TL_EINPUT, &f->err, c->want);
        assert_int_equal(entries(f), before);
        return;
    }
    record_expect(c->label, st, TL_OK, &f->err, NULL);
    if (v.rows != c->rows || v.added != c->added || v.refused != c->refused || v.corrected ||
        v.added + v.same + v.refused != v.rows || v.refusal_count != (size_t)c->refused)
        fail_msg("%s: %lld rows, %lld added, %lld same, %lld refused: %s", c->label,
                 (long long)v.rows, (long long)v.added, (long long)v.same, (long long)v.refused,
                 v.refusal_count ? v.refusals[0].reason : "");
    if (c->want && !strstr(v.refusals[0].reason, c->want))
        fail_msg("%s: '%s' does not say '%s'", c->label, v.refusals[0].reason, c->want);
    assert_int_equal(entries(f), before + (c->added > 0));
    record_expect(c->label, load(f, c->text, &v), TL_OK, &f->err, NULL);
    if (v.added || v.corrected || v.refused != c->refused || v.same + v.refused != v.rows)
        fail_msg("%s again: %lld added", c->label, (long long)v.added);
    assert_int_equal(entries(f), before + (c->added > 0));
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < RECORD_COUNT(file_cases); i++) {
        void *opened = NULL;
        assert_int_equal(setup(&opened), 0);
        check_case(opened, &file_cases[i]);
        record_teardown(&opened);
    }
}

/* A corrected file: one figure changed, one as before, one new. */
static void test_correction(void **state)
{
    record_fixture *f = *state;
    tl_sales_verdict v;
    const tl_sale *h;
    size_t n;
    record_expect("first", load(f, HEADER "a,2024-09,120,CN,s\nc,2024-09,5,CN,s\n", &v), TL_OK,
                  &f->err, NULL);
    record_expect("second",
                  load(f, HEADER "a,2024-09,130,CN,s\nc,2024-09,5,CN,s\na,2024-10,9,CN,s\n", &v),
                  TL_OK, &f->err, NULL);
    assert_true(v.corrected == 1 && v.same == 1 && v.added == 1 && v.refused == 0);
    assert_int_equal(tl_sale_history(f->s, "a", f->arena, &h, &n, NULL), TL_OK);
    assert_int_equal(n, 3);
    assert_true(h[0].units == 120 && !h[0].current && h[1].units == 130 && h[1].current);
}

/* All that is kept, as text. */
static const char *dump(record_fixture *f)
{
    const char *text = "";
    for (size_t i = 0; i < RECORD_COUNT(cars); i++) {
        const tl_sale *h;
        size_t n;
        assert_int_equal(tl_sale_history(f->s, cars[i].id, f->arena, &h, &n, NULL), TL_OK);
        for (size_t k = 0; k < n; k++)
            text = tl_arena_printf(f->arena, "%s%s %s %s %lld %lld %s\n", text, cars[i].id,
                                   h[k].month, h[k].region, (long long)h[k].version,
                                   (long long)h[k].units, h[k].source);
    }
    return text;
}

/* Good, bad, doubled and contradicting rows in three orders: the same is kept. */
static void test_any_order(void **state)
{
    static const char *const lines[] = {
        "a,2024-09,120,CN,s\n", "c,2024-09,5,CN,s\n", "a,2024-10,9,CN,s\n", "c,2024-09,6,CN,s\n",
        "zz,2024-09,1,CN,s\n",  "b,2024-09,3,CN,t\n", "b,2024-09,3,CN,t\n",
    };
    static const size_t steps[] = { 1, 3, 5 }; /* prime to 7: each goes through all lines */
    char want[2000] = "";
    (void)state;
    for (size_t k = 0; k < RECORD_COUNT(steps); k++) {
        void *opened = NULL;
        char text[1000] = HEADER;
        tl_sales_verdict v;
        assert_int_equal(setup(&opened), 0);
        record_fixture *f = opened;
        assert_non_null(f);
        for (size_t i = 0; i < RECORD_COUNT(lines); i++)
            strncat(text, lines[(i * steps[k] + k) % RECORD_COUNT(lines)],
                    sizeof text - strlen(text) - 1);
        record_expect("load", load(f, text, &v), TL_OK, &f->err, NULL);
        assert_true(v.added == 3 && v.same == 1 && v.refused == 3);
        const char *got = dump(f);
        if (k == 0)
            snprintf(want, sizeof want, "%s", got);
        assert_string_equal(got, want);
        record_teardown(&opened);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test_setup_teardown(test_correction, setup, record_teardown),
        cmocka_unit_test(test_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
