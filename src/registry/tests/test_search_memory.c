/* test_search_memory.c - the n-th allocation fails, for every n: an error, the index as before,
 * nothing leaked (the sanitized build looks). Those of ICU are not failed. */
#include "factor/tests/factor_test.h"
#include "registry/search_priv.h"
#include "store/tests/failing_memory.h"

static tl_status put(factor_fixture *f, const char *id, tl_error *err)
{
    const tl_found o = { TL_FOUND_COMPANY, id, "Geely Auto", "吉利汽车", "CN" };
    tl_status st = tl_store_begin(f->s, err);
    if (st == TL_OK)
        st = tl_search_put(f->s, &o, "吉利", 0, err);
    if (st == TL_OK)
        st = tl_store_commit(f->s, err);
    if (st != TL_OK)
        tl_store_rollback(f->s);
    return st;
}

static tl_status put_job(factor_fixture *f, tl_error *err)
{
    return put(f, "second", err);
}

/* Folds the recent ones by hand, and leaves everything as it was. */
static tl_status fold_job(factor_fixture *f, tl_error *err)
{
    tl_search_cutter c;
    tl_status st = tl_search_cutter_init(&c, err);
    if (st == TL_OK && (st = tl_store_begin(f->s, err)) == TL_OK)
        st = tl_search_fold(f->s, &c, 0, 1, err);
    tl_store_rollback(f->s);
    tl_search_cutter_clear(&c);
    return st;
}

static tl_status rebuild_job(factor_fixture *f, tl_error *err)
{
    int64_t objects;
    tl_status st = tl_store_begin(f->s, err);
    if (st == TL_OK)
        st = tl_search_rebuild(f->s, NULL, &objects, err);
    tl_store_rollback(f->s);
    return st;
}

static tl_status find_job(factor_fixture *f, tl_error *err)
{
    tl_arena *arena = NULL;
    const tl_found *found;
    size_t n = 0;
    tl_status st = tl_arena_new(&arena, 0, err);
    if (st == TL_OK)
        st = tl_search_find(f->s, "jili geely aut", 0, 0, arena, &found, &n, err);
    if (st == TL_OK && n != 2)
        st = tl_fail(err, TL_ENUMERIC, "%zu found", n);
    tl_arena_free(arena);
    return st;
}

static size_t count(factor_fixture *f)
{
    const tl_found *found;
    size_t n;
    assert_int_equal(tl_search_find(f->s, "jili", 0, 0, f->arena, &found, &n, &f->err), TL_OK);
    return n;
}

static const struct job_case {
    const char *label;
    tl_status (*work)(factor_fixture *f, tl_error *err);
    size_t more; /* objects, once it is done */
} job_cases[] = {
    { "put", put_job, 1 },
    { "find", find_job, 0 },
    { "fold", fold_job, 0 },
    { "rebuild", rebuild_job, 0 },
};

/* A job may do its work although an allocation failed, as SQLite can do without some. */
static void fail_each(const struct job_case *c, factor_fixture *f)
{
    size_t before = count(f), failed = 0;
    for (size_t at = 1;; at++) {
        tl_error err = { 0 };
        failing = (struct failing){ .counting = true, .fail_at = at };
        tl_status st = c->work(f, &err);
        failing.counting = false;
        if (st == TL_OK)
            break;
        failed++;
        if (st != TL_ENOMEM || count(f) != before)
            fail_msg("%s: allocation %zu: %s (%s), %zu objects", c->label, at, tl_status_name(st),
                     err.text, count(f));
    }
    print_message("%s: %zu allocations failed it\n", c->label, failed);
    assert_true(failed > 5);
    assert_int_equal(count(f), before + c->more);
}

static void test_each(void **state)
{
    factor_fixture *f = *state;
    assert_int_equal(put(f, "first", &f->err), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(job_cases); i++)
        fail_each(&job_cases[i], f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each, factor_setup, factor_teardown),
    };
    if (hook_sqlite() != SQLITE_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
