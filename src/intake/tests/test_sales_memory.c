/* test_sales_memory.c - the n-th allocation fails, for every n: an error, the database as before,
 * nothing leaked (the sanitized build looks).
 *
 * Those of ICU and OpenSSL are not failed. */
#include "registry/tests/sales_test.h"

#include "intake/sales_import.h"
#include "registry/best_sellers.h"
#include "registry/car_owners.h"
#include "store/audit.h"
#include "store/tests/failing_memory.h"

/* What the jobs work on; each attempt has an arena of its own, and each import a month. */
struct bench {
    record_fixture *f;
    tl_arena *arena;
    char month[16];
};

typedef tl_status (*job)(struct bench *b, tl_error *err);

static tl_status import_job(struct bench *b, tl_error *err)
{
    static const tl_sales_import how = { "sales.csv", "2024-10-15", "ann", NULL };
    char text[400];
    tl_sales_verdict v;
    snprintf(text, sizeof text,
             "record,disclosure_id,month,units,region,source\na,,%s,5,CN,s\n,b,%s,7,CN,s\n"
             "a,,%s,5,CN,s\nzz,,%s,1,CN,s\n",
             b->month, b->month, b->month, b->month);
    tl_status st = tl_sales_import_memory(b->f->s, &how, text, strlen(text), b->arena, &v, err);
    return st == TL_OK && (v.added != 2 || v.same != 1 || v.refused != 1)
               ? tl_fail(err, TL_ENUMERIC, "%lld added", (long long)v.added)
               : st;
}

static tl_status owners_job(struct bench *b, tl_error *err)
{
    tl_cars cars;
    tl_status st = tl_cars_read(&cars, b->f->s, b->arena, err);
    return st == TL_OK ? tl_cars_find_owners(&cars, b->f->s, b->arena, err) : st;
}

static tl_status best_job(struct bench *b, tl_error *err)
{
    tl_cars cars;
    tl_car_market market;
    tl_best_scope scope;
    tl_best_sellers best = { 0 };
    tl_sales_period p;
    const tl_sold_car *sold;
    size_t n;
    tl_benchmark none[2] = { { .class_number = 0 }, { .class_number = 0 } };
    const tl_benchmarks benchmarks = { .items = none };
    tl_status st = tl_cars_read(&cars, b->f->s, b->arena, err);
    if (st == TL_OK && (st = tl_car_market_load(&market, b->f->s, b->arena, err)) == TL_OK &&
        (st = tl_best_scope_find(&market, "below-100k", b->arena, &scope, err)) == TL_OK &&
        (st = tl_sales_choose(b->f->s, b->month, NULL, NULL, b->arena, &p, err)) == TL_OK &&
        (st = tl_sold_cars_read(b->f->s, &p, b->arena, &sold, &n, err)) == TL_OK)
        st = tl_best_sellers_make(sold, n, &cars, &benchmarks, &market, &scope, b->arena, &best,
                                  err);
    return st == TL_OK && best.n != 1 ? tl_fail(err, TL_ENUMERIC, "%zu series", best.n) : st;
}

static int64_t entries(struct bench *b)
{
    int64_t seq;
    char hash[TL_SHA256_HEX];
    assert_int_equal(tl_audit_head(b->f->s, &seq, hash, NULL), TL_OK);
    return seq;
}

static void fail_each(const char *label, struct bench *b, job work)
{
    size_t failed = 0;
    bool reached = true;
    for (size_t at = 1; reached; at++) {
        tl_error err = { 0 };
        if (work == import_job) /* the others read the month that came in last */
            snprintf(b->month, sizeof b->month, "%04d-%02d", 1900 + (int)(at / 12),
                     (int)(at % 12) + 1);
        tl_arena_free(b->arena); /* a fresh one: its blocks are allocations too */
        assert_int_equal(tl_arena_new(&b->arena, 0, NULL), TL_OK);
        const int64_t before = entries(b);
        failing = (struct failing){ .counting = true, .fail_at = at };
        const tl_status st = work(b, &err);
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
    static const sales_car cars[] = {
        { "a", "BYD Auto", "S", "A 1", "bev", 150, 90000, "CNY", true },
        { "b", "Toyota Motor", "", "B 1", "bev", 200, 120000, "CNY", false },
    };
    struct bench b = { .f = *state };
    for (size_t i = 0; i < RECORD_COUNT(cars); i++)
        sales_put_car(b.f, &cars[i]);
    sales_install(b.f, "automakers");
    sales_install(b.f, "car-market");
    fail_each("import", &b, import_job);
    fail_each("owners", &b, owners_job);
    fail_each("best sellers", &b, best_job);
    tl_arena_free(b.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_jobs, record_setup, record_teardown),
    };
    return hook_sqlite() == SQLITE_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
