/* test_company_import.c - a file of companies: a verdict on every row, and nothing on the second
 * time. */
#include "company/tests/company_test.h"

#include "base/file.h"
#include "intake/company_import.h"
#include "store/tests/scratch.h"

#define HEADER "id,name_en,name_zh,country,parent,source\n"

static const struct file_case {
    const char *label, *text;
    int64_t rows, added, same, refused;
    const char *want; /* words of the first refusal, or of the whole failing where rows is -1 */
} file_cases[] = {
    { "child before parent", HEADER "audi,Audi,,DE,vw,s\nvw,VW,,DE,,s\n", 2, 2, 0, 0, NULL },
    { "few columns", "source,name_zh,id\ns,甲,a\n", 1, 1, 0, 0, NULL },
    { "one bad row", HEADER "a,A,,XX,,s\nb,B,,,,s\n", 2, 1, 0, 1, ":2: column 'country'" },
    { "bad id", HEADER "A b,A,,,,s\nb,B,,,,s\n", 2, 1, 0, 1, ":2: column 'id'" },
    { "no source", HEADER "a,A,,,,\nb,B,,,,s\n", 2, 1, 0, 1, ":2: column 'source'" },
    { "id twice", HEADER "a,A,,,,s\na,B,,,,s\n", 2, 1, 0, 1, "stands in row 2 too" },
    { "name twice", HEADER "a,A,,,,s\nb,ａ,,,,s\n", 2, 1, 0, 1, "name of company 'a'" },
    { "unknown parent", HEADER "a,A,,,x,s\nb,B,,,,s\n", 2, 1, 0, 1, "parent" },
    { "parent refused", HEADER "a,A,,,b,s\nb,B,,XX,,s\nc,C,,,,s\n", 3, 1, 0, 2, "parent" },
    { "a circle", HEADER "a,A,,,b,s\nb,B,,,a,s\nc,C,,,,s\n", 3, 1, 0, 2, "parent" },
    { "cells missing", HEADER "a,A\nb,B,,,,s\n", 2, 1, 0, 1, ":2: " },
    { "no good row", HEADER "a,A,,XX,,s\n", -1, 0, 0, 0, "no row could be taken" },
    { "no rows", HEADER, -1, 0, 0, 0, "no rows" },
    { "no column id", "name_en,source\nA,s\n", -1, 0, 0, 0, "id" },
    { "no name column", "id,source\na,s\n", -1, 0, 0, 0, "name_en" },
    { "empty file", "", -1, 0, 0, 0, "" },
};

static void test_import(void **state)
{
    scratch *folder = *state;
    for (size_t i = 0; i < TEST_COUNT(file_cases); i++) {
        const struct file_case *c = &file_cases[i];
        const char *path = scratch_path(folder, "companies.csv");
        void *opened = NULL;
        tl_company_verdict v;
        tl_error err = { 0 };
        assert_int_equal(company_setup(&opened), 0);
        company_fixture *f = opened;
        assert_int_equal(tl_file_write(path, c->text, strlen(c->text), NULL), TL_OK);
        tl_status st = tl_company_import(f->s, path, "ann", NULL, f->arena, &v, &err);
        if (c->rows < 0) {
            expect(c->label, st, TL_EINPUT, &err, c->want);
            assert_int_equal(audit_entries(f), 0);
        } else {
            expect(c->label, st, TL_OK, &err, NULL);
            if (v.rows != c->rows || v.added != c->added || v.same != c->same ||
                v.refused != c->refused || v.refusal_count != (size_t)c->refused)
                fail_msg("%s: %lld rows, %lld added, %lld same, %lld refused", c->label,
                         (long long)v.rows, (long long)v.added, (long long)v.same,
                         (long long)v.refused);
            if (c->want && !strstr(v.refusals[0].reason, c->want))
                fail_msg("%s: '%s', want '%s'", c->label, v.refusals[0].reason, c->want);
            int64_t entries = audit_entries(f);
            assert_int_equal(entries, c->added + 1);
            expect(c->label, tl_company_import(f->s, path, "ann", NULL, f->arena, &v, &err), TL_OK,
                   &err, NULL);
            assert_int_equal(v.added + v.changed, 0);
            assert_int_equal(v.same, c->added);
            assert_int_equal(audit_entries(f), entries);
        }
        company_teardown(&opened);
    }
}

static void test_change(void **state)
{
    scratch *folder = *state;
    const char *path = scratch_path(folder, "c.csv");
    static const char first[] = HEADER "a,A,,,,s\n", second[] = HEADER "a,A,,DE,,s\nb,B,,,,s\n";
    void *opened = NULL;
    tl_company_verdict v;
    assert_int_equal(company_setup(&opened), 0);
    company_fixture *f = opened;
    assert_int_equal(tl_file_write(path, first, strlen(first), NULL), TL_OK);
    assert_int_equal(tl_company_import(f->s, path, "ann", NULL, f->arena, &v, &f->err), TL_OK);
    assert_int_equal(tl_file_write(path, second, strlen(second), NULL), TL_OK);
    assert_int_equal(tl_company_import(f->s, path, "ann", NULL, f->arena, &v, &f->err), TL_OK);
    assert_int_equal(v.changed, 1);
    assert_int_equal(v.added, 1);
    expect("no file", tl_company_import(f->s, "/nonexistent", "ann", NULL, f->arena, &v, &f->err),
           TL_ENOTFOUND, &f->err, "/nonexistent");
    company_teardown(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_import, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_change, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
