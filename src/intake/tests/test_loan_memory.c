/* test_loan_memory.c - the n-th allocation fails, for every n: an error, the database as before,
 * nothing leaked (the sanitized build looks).
 *
 * Those of ICU and OpenSSL are not failed. */
#include "registry/tests/facility_test.h"

#include "intake/loan_import.h"
#include "store/audit.h"
#include "store/tests/failing_memory.h"

/* What the jobs work on; each attempt has a facility and an arena of its own. */
struct bench {
    record_fixture *f;
    tl_arena *arena;
    char id[32];
};

typedef tl_status (*job)(struct bench *b, tl_error *err);

static tl_status import_job(struct bench *b, tl_error *err)
{
    static const char text[] = "record,price\nsmall-ev,150000\nsmall-ev,150000\nA,1\nsedan,200000\n"
                               "unknown,1\n";
    const tl_loan_import how = { b->id, "cars.csv", "ann", NULL };
    tl_loan_verdict v;
    tl_status st = tl_loan_import_memory(b->f->s, &how, text, sizeof text - 1, b->arena, &v, err);
    return st == TL_OK && (v.drawn != 4 || v.refused != 1)
               ? tl_fail(err, TL_ENUMERIC, "%lld drawn", (long long)v.drawn)
               : st;
}

static tl_status sign_job(struct bench *b, tl_error *err)
{
    tl_status st = tl_store_begin(b->f->s, err);
    if (st == TL_OK && (st = tl_facility_sign(b->f->s, b->id, "2025-02-01", "bert", err)) == TL_OK)
        st = tl_store_commit(b->f->s, err);
    if (st != TL_OK)
        tl_store_rollback(b->f->s);
    return st;
}

static tl_status report_job(struct bench *b, tl_error *err)
{
    tl_facility f;
    tl_loan_car *cars;
    tl_loan_result r;
    size_t n;
    tl_buf out;
    tl_buf_init(&out, 0);
    tl_status st = tl_facility_get(b->f->s, b->id, b->arena, &f, &cars, &n, err);
    if (st == TL_OK && (st = tl_loan_compute(&f, cars, n, &r, err)) == TL_OK)
        st = tl_loan_report(&f, cars, n, &r, &out, err);
    if (st == TL_OK && n != 4)
        st = tl_fail(err, TL_ENUMERIC, "%zu cars", n);
    tl_buf_clear(&out);
    return st;
}

static int64_t entries(struct bench *b)
{
    int64_t seq;
    char hash[TL_SHA256_HEX];
    assert_int_equal(tl_audit_head(b->f->s, &seq, hash, NULL), TL_OK);
    return seq;
}

/* A draft, with its cars unless the job is to bring them. */
static void prepare(struct bench *b, const char *label, job work, size_t at)
{
    tl_facility f = facility_draft();
    snprintf(b->id, sizeof b->id, "%s-%zu", label, at);
    f.id = b->id;
    tl_arena_free(b->arena); /* a fresh one: its blocks are allocations too */
    assert_int_equal(tl_arena_new(&b->arena, 0, NULL), TL_OK);
    record_expect("put", facility_put(b->f, &f), TL_OK, &b->f->err, NULL);
    if (work != import_job)
        record_expect("import", import_job(b, &b->f->err), TL_OK, &b->f->err, NULL);
}

static void fail_each(const char *label, struct bench *b, job work)
{
    size_t failed = 0;
    bool reached = true;
    for (size_t at = 1; reached; at++) {
        tl_error err = { 0 };
        prepare(b, label, work, at);
        int64_t before = entries(b);
        failing = (struct failing){ .counting = true, .fail_at = at };
        tl_status st = work(b, &err);
        failing.counting = false;
        reached = failing.count >= at;
        failed += st != TL_OK;
        if (tl_store_in_transaction(b->f->s))
            fail_msg("%s: allocation %zu leaves a transaction open", label, at);
        if (st != TL_OK && (st != TL_ENOMEM || entries(b) != before))
            fail_msg("%s: allocation %zu: %s (%s), %lld new entries", label, at, tl_status_name(st),
                     err.text, (long long)(entries(b) - before));
        if (!reached && st != TL_OK)
            fail_msg("%s: fails without a failing allocation: %s", label, err.text);
    }
    print_message("%s: %zu allocations failed it\n", label, failed);
    assert_true(failed > 5);
}

static void test_jobs(void **state)
{
    struct bench b = { .f = *state };
    static const kept_class classes[] = { { "sedan", 1, 3 }, { "small-ev", 1, 1 } };
    for (size_t i = 0; i < RECORD_COUNT(classes); i++) {
        tl_record r = record_car(classes[i].id, 100);
        r.n_parts = 0;
        record_publish(b.f, &r, "2025-01-10");
    }
    facility_classes(b.f, "2025-01-11", classes, RECORD_COUNT(classes));
    fail_each("import", &b, import_job);
    fail_each("sign", &b, sign_job);
    fail_each("report", &b, report_job);
    tl_arena_free(b.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_jobs, record_setup, record_teardown),
    };
    return hook_sqlite() == SQLITE_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
