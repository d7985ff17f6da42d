/* test_job.c - orders through the queue: taken once, in order, revived, cancelled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/thread.h"
#include "job/job.h"

struct fixture {
    tl_store *s;
    tl_arena *arena;
};

static int set_up(void **state)
{
    static struct fixture f;
    tl_error err = { 0 };
    if (tl_store_open(&f.s, ":memory:", NULL, &err) != TL_OK ||
        tl_arena_new(&f.arena, 0, &err) != TL_OK)
        return -1;
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    tl_store_close(f->s);
    tl_arena_free(f->arena);
    return 0;
}

static void ok(tl_status st, const tl_error *err)
{
    if (st != TL_OK)
        fail_msg("%s", err->text);
}

static void put(tl_store *s, const char *operation, const char *tenant, char id[TL_JOB_ID])
{
    tl_error err = { 0 };
    const tl_job_order o = { operation, "{}", "{}", "anna", tenant, "a,b", 3 };
    ok(tl_job_put(s, &o, 100, id, &err), &err);
}

static void test_a_life(void **state)
{
    struct fixture *f = *state;
    tl_error err = { 0 };
    char first[TL_JOB_ID], second[TL_JOB_ID];
    tl_job job;
    bool got, stop;
    put(f->s, "rate import", "byd", first);
    put(f->s, "registry batch", "byd", second);
    ok(tl_job_claim(f->s, "w1", 110, f->arena, &job, &got, &err), &err);
    assert_true(got);
    assert_string_equal(job.id, first);
    assert_string_equal(job.operation, "rate import");
    assert_int_equal(job.state, TL_JOB_RUNNING);
    ok(tl_job_seen(f->s, first, "w1", 111, "rows", 5, 10, &stop, &err), &err);
    assert_false(stop);
    assert_int_equal(tl_job_seen(f->s, first, "w2", 111, "rows", 5, 10, &stop, &err), TL_ECONFLICT);
    tl_buf b;
    const char *type;
    tl_buf_init(&b, 0);
    ok(tl_job_file(f->s, first, "input", f->arena, &type, &b, &err), &err);
    assert_string_equal(tl_buf_text(&b), "a,b");
    tl_buf_reset(&b);
    assert_int_equal(tl_job_file(f->s, first, "result", f->arena, &type, &b, &err), TL_ENOTFOUND);
    const tl_job_outcome done = { TL_JOB_DONE, "application/json", "{}", 2, NULL };
    ok(tl_job_end(f->s, first, "w1", 120, &done, &err), &err);
    assert_int_equal(tl_job_end(f->s, first, "w1", 120, &done, &err), TL_ECONFLICT);
    ok(tl_job_file(f->s, first, "result", f->arena, &type, &b, &err), &err);
    assert_string_equal(type, "application/json");
    tl_buf_clear(&b);
    ok(tl_job_get(f->s, first, f->arena, &job, &err), &err);
    assert_int_equal(job.state, TL_JOB_DONE);
    assert_int_equal(job.done, 5);
    assert_int_equal(job.ended_at, 120);
    assert_int_equal(tl_job_cancel(f->s, first, 121, &err), TL_ECONFLICT);
    ok(tl_job_cancel(f->s, second, 121, &err), &err);
    ok(tl_job_claim(f->s, "w1", 122, f->arena, &job, &got, &err), &err);
    assert_false(got);
}

static void test_cancel_while_running(void **state)
{
    struct fixture *f = *state;
    tl_error err = { 0 };
    char id[TL_JOB_ID];
    tl_job job;
    bool got, stop;
    put(f->s, "x", "byd", id);
    ok(tl_job_claim(f->s, "w1", 110, f->arena, &job, &got, &err), &err);
    ok(tl_job_cancel(f->s, id, 111, &err), &err);
    ok(tl_job_seen(f->s, id, "w1", 112, "rows", 1, 2, &stop, &err), &err);
    assert_true(stop);
    const tl_job_outcome end = { .state = TL_JOB_CANCELLED };
    ok(tl_job_end(f->s, id, "w1", 113, &end, &err), &err);
}

static void test_revive(void **state)
{
    struct fixture *f = *state;
    tl_error err = { 0 };
    char id[TL_JOB_ID];
    tl_job job;
    bool got, stop;
    int64_t revived;
    put(f->s, "x", "byd", id);
    for (int64_t t = 0; t < 3; t++) {
        ok(tl_job_claim(f->s, "dies", 100 + 100 * t, f->arena, &job, &got, &err), &err);
        assert_true(got);
        assert_int_equal(job.attempts, t + 1);
        ok(tl_job_revive(f->s, 100 + 100 * t, 190, &revived, &err), &err);
        assert_int_equal(revived, 0); /* seen just then */
        ok(tl_job_revive(f->s, 101 + 100 * t, 190, &revived, &err), &err);
        assert_int_equal(revived, t < 2 ? 1 : 0);
        assert_int_equal(tl_job_seen(f->s, id, "dies", 150, "", 0, 0, &stop, &err), TL_ECONFLICT);
    }
    ok(tl_job_get(f->s, id, f->arena, &job, &err), &err);
    assert_int_equal(job.state, TL_JOB_FAILED);
    assert_string_equal(job.error, "its worker died again and again");
}

static void test_lists_and_forgetting(void **state)
{
    struct fixture *f = *state;
    tl_error err = { 0 };
    char id[TL_JOB_ID];
    const tl_job *jobs;
    size_t n;
    int64_t waiting;
    for (int i = 0; i < 5; i++)
        put(f->s, "x", i % 2 ? "byd" : "nio", id);
    ok(tl_job_list(f->s, "nio", NULL, 10, f->arena, &jobs, &n, &err), &err);
    assert_int_equal(n, 3);
    assert_string_equal(jobs[0].id, id); /* newest first */
    ok(tl_job_list(f->s, "", NULL, 2, f->arena, &jobs, &n, &err), &err);
    assert_int_equal(n, 2);
    ok(tl_job_cancel(f->s, id, 200, &err), &err);
    ok(tl_job_waiting(f->s, &waiting, &err), &err);
    assert_int_equal(waiting, 4);
    ok(tl_job_forget(f->s, 200, &err), &err);
    ok(tl_job_list(f->s, "", NULL, 10, f->arena, &jobs, &n, &err), &err);
    assert_int_equal(n, 5); /* ended at 200, not before */
    ok(tl_job_forget(f->s, 201, &err), &err);
    ok(tl_job_list(f->s, "", NULL, 10, f->arena, &jobs, &n, &err), &err);
    assert_int_equal(n, 4);
    tl_job gone;
    assert_int_equal(tl_job_get(f->s, id, f->arena, &gone, &err), TL_ENOTFOUND);
}

/* Four connections take two hundred orders: each exactly once. */
static char path[] = "/tmp/tanlian-job-XXXXXX";

static tl_status work(void *ctx, size_t item, unsigned worker, tl_error *err)
{
    (void)item;
    int *taken = ctx;
    tl_store *s = NULL;
    tl_arena *arena = NULL;
    char name[16];
    bool got = true;
    tl_job job;
    snprintf(name, sizeof name, "w%u", worker);
    tl_status st = tl_store_open(&s, path, NULL, err);
    if (st == TL_OK)
        st = tl_arena_new(&arena, 0, err);
    while (st == TL_OK && got) {
        st = tl_job_claim(s, name, 10, arena, &job, &got, err);
        if (st == TL_OK && got) {
            const tl_job_outcome done = { .state = TL_JOB_DONE };
            __atomic_add_fetch(taken, 1, __ATOMIC_RELAXED);
            st = tl_job_end(s, job.id, name, 11, &done, err);
        }
    }
    tl_arena_free(arena);
    tl_store_close(s);
    return st;
}

static void test_each_once(void **state)
{
    (void)state;
    tl_store *s;
    tl_error err = { 0 };
    char id[TL_JOB_ID];
    int taken = 0, fd = mkstemp(path);
    close(fd);
    ok(tl_store_open(&s, path, NULL, &err), &err);
    for (int i = 0; i < 200; i++)
        put(s, "x", "byd", id);
    ok(tl_parallel(4, 4, work, &taken, &err), &err);
    assert_int_equal(taken, 200);
    tl_store_close(s);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_life, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cancel_while_running, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_revive, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lists_and_forgetting, set_up, tear_down),
        cmocka_unit_test(test_each_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
