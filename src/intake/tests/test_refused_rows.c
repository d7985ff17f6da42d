/* A form filled in Excel comes back, its bad rows go out as a workbook, are put right, come back.
 */
#include "registry/tests/record_test.h"

#include <unistd.h>

#include "base/file.h"
#include "format/csv.h"
#include "format/xlsx_write.h"
#include "intake/company_import.h"
#include "intake/feedback_import.h"
#include "intake/refused_cut.h"
#include "intake/refused_rows.h"

static char folder[] = "/tmp/tanlian-refused-XXXXXX";

static const char *place(const char *name)
{
    static char paths[4][128];
    static size_t next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* A sheet of texts and numbers: a cell that begins with '#' is the number behind it; rows end with
 * a row that begins with NULL. */
enum { WIDE = 5 };
static void write_book(const char *path, const char *rows[][WIDE])
{
    tl_xlsx *x;
    assert_int_equal(tl_xlsx_open(&x, path, NULL), TL_OK);
    assert_int_equal(tl_xlsx_sheet(x, "Form", NULL), TL_OK);
    for (size_t i = 0; rows[i][0]; i++)
        for (size_t k = 0; k < WIDE && rows[i][k]; k++)
            if (rows[i][k][0] == '#')
                tl_xlsx_number(x, i, k, (double)strtol(rows[i][k] + 1, NULL, 10), 0);
            else
                tl_xlsx_text(x, i, k, rows[i][k], TL_XLSX_PLAIN);
    assert_int_equal(tl_xlsx_close(x, NULL), TL_OK);
}

static tl_feedback_verdict send(record_fixture *f, const char *path)
{
    tl_feedback_verdict v;
    record_expect(
        path,
        tl_feedback_import(f->s, path, "2026-03-01", "anna", NULL, NULL, f->arena, &v, &f->err),
        TL_OK, &f->err, NULL);
    return v;
}

static void expect_counts(const char *label, const tl_feedback_verdict *v, int64_t remarks,
                          int64_t same, int64_t refused)
{
    if (v->remarks != remarks || v->same != same || v->refused != refused)
        fail_msg("%s: remarks %lld same %lld refused %lld", label, (long long)v->remarks,
                 (long long)v->same, (long long)v->refused);
}

/* Cell of a row of the workbook at path, by its heading. */
static void expect_cell(const char *path, size_t row, const char *column, const char *want)
{
    tl_csv *csv;
    bool more = true;
    const tl_csv_opts opts = { .workbook = true };
    assert_int_equal(tl_csv_open(&csv, path, &opts, NULL), TL_OK);
    while (more && tl_csv_row(csv) != row)
        assert_int_equal(tl_csv_next(csv, &more, NULL), TL_OK);
    tl_span got = tl_csv_cell(csv, tl_csv_column(csv, column));
    if (!tl_span_is(got, want))
        fail_msg("row %zu, %s: got \"" TL_SPAN_FMT "\", want \"%s\"", row, column, TL_SPAN_ARG(got),
                 want);
    tl_csv_close(csv);
}

static void test_there_and_back(void **state)
{
    record_fixture *f = *state;
    bool same;
    tl_record one = record_car("car-1", 201), two = record_car("car-2", 150);
    const tl_refused_source source = { place("form.xlsx"), tl_feedback_columns,
                                       TL_FEEDBACK_COLUMNS };
    const char *form[][WIDE] = {
        { "请填写", "fill in, please" },
        { "record", "proposed", "text", "evidence", "by" },
        { "car-1", "#100", "高", "", "王" },
        { "car-2", "abc", "no", "", "Bo" },
        { "car-2", "#7", "no name", "", "" },
        { "car-3", "#8", "unknown", "", "Bo" },
        { NULL },
    };
    assert_int_equal(record_put(f, &one, &same), TL_OK);
    assert_int_equal(record_put(f, &two, &same), TL_OK);
    write_book(source.path, form);
    tl_feedback_verdict v = send(f, source.path);
    expect_counts("the form", &v, 1, 0, 3);
    assert_int_equal(v.refusals[0].row, 4); /* as Excel counts */
    assert_non_null(
        strstr(v.refusals[0].reason, "column 'proposed' (cell B4 of 'Form'): 'abc' is "));
    const char *back = place("back.xlsx");
    assert_int_equal(
        tl_refused_rows_save(back, &source, v.refusals, v.refusal_count, true, &f->err), TL_OK);
    expect_cell(back, 2, "proposed", "abc");
    expect_cell(back, 2, "verdict", "第 4 行，“proposed”列：“abc”不是数字");
    expect_cell(back, 3, "by", "");
    expect_cell(back, 4, "record", "car-3");
    v = send(f, back);
    expect_counts("nothing put right yet", &v, 0, 0, 3);
    const char *right[][WIDE] = { { "record", "proposed", "text", "by", "verdict" },
                                  { "car-2", "#120", "no", "Bo", "row 4, column 'proposed': ..." },
                                  { "car-1", "#100", "高", "王", "" },
                                  { NULL } };
    write_book(back, right);
    v = send(f, back);
    expect_counts("put right, with one that is there", &v, 1, 1, 0);
    v = send(f, back);
    expect_counts("again", &v, 0, 2, 0);
    unlink(back);
    unlink(source.path);
}

/* Text comes back as a workbook too, also rows that could not be cut. */
static void test_from_text(void **state)
{
    record_fixture *f = *state;
    tl_company_verdict v;
    static const char text[] = "id,name_en,source\nacme,Acme,web\nbad id,Bad,web\nx,y\n";
    const tl_refused_source source = { place("companies.csv"), tl_company_columns,
                                       TL_COMPANY_COLUMNS };
    assert_int_equal(tl_file_write(source.path, text, sizeof text - 1, NULL), TL_OK);
    record_expect("import",
                  tl_company_import(f->s, source.path, "anna", NULL, f->arena, &v, &f->err), TL_OK,
                  &f->err, NULL);
    assert_int_equal(v.added, 1);
    assert_int_equal(v.refused, 2);
    const char *back = place("bad.xlsx");
    assert_int_equal(
        tl_refused_rows_save(back, &source, v.refusals, v.refusal_count, false, &f->err), TL_OK);
    expect_cell(back, 2, "id", "bad id");
    expect_cell(back, 3, "id", "");
    expect_cell(back, 3, "verdict", "row 4: 2 cells, expected 3 as in the header");
    record_expect("workbook", tl_company_import(f->s, back, "anna", NULL, f->arena, &v, &f->err),
                  TL_EINPUT, &f->err, "no row could be taken");
    unlink(back);
    unlink(source.path);
}

static const struct cut_case {
    const char *reason, *column, *text;
} cut_cases[] = {
    { "f.csv:7: column 'by': empty: a remark needs a name", "by", "empty: a remark needs a name" },
    { "f.csv:7: column 'v' (cell B7 of 'S: x'): '#N/A' is an error of Excel's, expected a value",
      "v", "'#N/A' is an error of Excel's, expected a value" },
    { "f.csv:7: column 'v' (cell B7 of 'S'): '1,5' is not a number", "v", "'1,5' is not a number" },
    { "f.csv:7: 2 cells, expected 3 as in the header", "", "2 cells, expected 3 as in the header" },
    { "something else", "", "something else" },
};

static void test_cut(void **state)
{
    (void)state;
    for (size_t i = 0; i < RECORD_COUNT(cut_cases); i++) {
        const struct cut_case *c = &cut_cases[i];
        tl_span column, text;
        tl_refused_cut(c->reason, "f.csv", 7, &column, &text);
        if (!tl_span_is(column, c->column) || !tl_span_is(text, c->text))
            fail_msg("%s: column \"" TL_SPAN_FMT "\" text \"" TL_SPAN_FMT "\"", c->reason,
                     TL_SPAN_ARG(column), TL_SPAN_ARG(text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_there_and_back, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_from_text, record_setup, record_teardown),
        cmocka_unit_test(test_cut),
    };
    if (!mkdtemp(folder))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
