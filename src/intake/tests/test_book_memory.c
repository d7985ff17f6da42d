/* test_book_memory.c - the n-th allocation fails while a workbook is read, for every n: an error,
 * the database as before, nothing leaked (the sanitized build looks).
 *
 * Those of Expat, libzip and libxlsxwriter are not failed. */
#include "registry/tests/record_test.h"

#include "intake/record_import.h"
#include "intake/refused_rows.h"
#include "intake/tests/as_book.h"
#include "store/audit.h"
#include "store/tests/failing_memory.h"

struct bench {
    record_fixture *f;
    tl_arena *arena;
    tl_file_view book;
    char path[64], back[64];
};

typedef tl_status (*job)(struct bench *b, tl_error *err);

static tl_status import_job(struct bench *b, tl_error *err)
{
    const tl_record_import how = { b->path, TL_RECORD_EPD, "", "ann", NULL, NULL, NULL };
    tl_record_verdict v;
    tl_status st =
        tl_record_import_memory(b->f->s, &how, b->book.data, b->book.size, b->arena, &v, err);
    return st == TL_OK && (v.added + v.same != 2 || v.refused != 1)
               ? tl_fail(err, TL_ENUMERIC, "%lld added", (long long)v.added)
               : st;
}

static tl_status refused_job(struct bench *b, tl_error *err)
{
    const tl_refused_source source = { b->path, tl_record_columns_needed, TL_RECORD_COLUMNS };
    char reason[200];
    snprintf(reason, sizeof reason,
             "%s:4: column 'value' (cell C4 of 'Sheet'): 'x' is not a number", b->path);
    const tl_row_refusal refusal = { 4, reason };
    return tl_refused_rows_save(b->back, &source, &refusal, 1, true, err);
}

static int64_t entries(const struct bench *b)
{
    int64_t n = 0;
    assert_int_equal(tl_audit_verify(b->f->s, &n, NULL), TL_OK);
    return n;
}

static void fail_each(struct bench *b, const char *label, job run)
{
    tl_status st = TL_ENOMEM;
    const int64_t before = entries(b);
    for (size_t n = 1; st != TL_OK; n++) {
        tl_error err = { 0 };
        failing = (struct failing){ .counting = true, .fail_at = n };
        st = run(b, &err);
        failing.counting = false;
        tl_arena_reset(b->arena);
        if (st == TL_OK && failing.count < n)
            break; /* nothing was left to fail */
        if (st == TL_OK) {
            st = TL_ENOMEM; /* it did without, which a cache may */
            continue;
        }
        if (st != TL_ENOMEM)
            fail_msg("%s: allocation %zu: %s (%s)", label, n, tl_status_name(st), err.text);
        if (tl_store_in_transaction(b->f->s) || entries(b) != before)
            fail_msg("%s: allocation %zu left something behind", label, n);
        assert_true(n < 100000);
    }
}

static void test_failing(void **state)
{
    struct bench b = { .f = *state, .arena = NULL };
    snprintf(b.path, sizeof b.path, "/tmp/tanlian-memory-%ld.xlsx", (long)getpid());
    snprintf(b.back, sizeof b.back, "/tmp/tanlian-back-%ld.xlsx", (long)getpid());
    save_as_book(b.path,
                 "id,product,value,unit,method,stage:a,indicator:b [kg]\n"
                 "coil-1,Coil,1.5,kg CO2e/kg,_x0041_,1,2\n"
                 "coil-2,Coil,2.5,kg CO2e/kg,way,,2\n"
                 "coil-3,Coil,x,kg CO2e/kg,way,,\n",
                 '.');
    assert_int_equal(tl_file_open(&b.book, b.path, 0, NULL), TL_OK);
    assert_int_equal(tl_arena_new(&b.arena, 0, NULL), TL_OK);
    fail_each(&b, "refused", refused_job);
    fail_each(&b, "import", import_job);
    tl_arena_free(b.arena);
    tl_file_close(&b.book);
    unlink(b.path);
    unlink(b.back);
}

int main(void)
{
    hook_sqlite();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_failing, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
