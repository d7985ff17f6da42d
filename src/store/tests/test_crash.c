/* test_crash.c - a writer killed at any moment: whole transactions only, and none that was
 * answered is missing.
 *
 * The seed is printed; TL_SEED sets it, TL_ROUNDS the number of kills. */
#include "store/tests/scratch.h"

#include <inttypes.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "base/number.h"
#include "base/random.h"
#include "store/audit.h"
#include "store/store_priv.h"
#include "store/tests/schema_test.h"

enum { STEPS = 5 };

/* Whole number of an environment variable. */
static uint64_t setting(const char *name, uint64_t otherwise)
{
    int64_t v;
    const char *text = getenv(name);
    return text && tl_int_parse(text, 0, INT64_MAX, &v, NULL) == TL_OK ? (uint64_t)v : otherwise;
}

/* One change: STEPS rows and an audit entry. Loads of very different size, so that some
 * transactions stay in memory and others spill. */
static tl_status change(tl_store *s, int64_t number, tl_random *random)
{
    static char load[200001];
    char object[40];
    tl_query *q;
    tl_status st = tl_store_begin(s, NULL);
    snprintf(object, sizeof object, "batch/%" PRId64, number);
    for (int step = 0; step < STEPS && st == TL_OK; step++) {
        size_t n = (size_t)tl_random_below(random, number % 7 == 0 ? 200000 : 200) + 1;
        memset(load, 'a' + step, n);
        if ((st = tl_store_query(s, "batch.insert", &q, NULL)) != TL_OK)
            break;
        tl_query_int(q, 1, number);
        tl_query_int(q, 2, step);
        tl_query_span(q, 3, load, n);
        st = tl_query_run(q, NULL);
        if (st == TL_OK && step == 2)
            st = tl_audit_append(s, "writer", "batch.add", object, NULL, NULL);
    }
    return st == TL_OK ? tl_store_commit(s, NULL) : st;
}

/* The child: writes on and on, and answers each commit by sending its number. */
static void write_on(const char *path, int64_t first, uint64_t seed, int answer)
{
    tl_store *s;
    tl_random random = tl_random_seed(seed);
    if (tl_store_open_schema(&s, path, NULL, &test_schema, NULL) != TL_OK)
        _exit(3);
    for (int64_t number = first;; number++)
        if (change(s, number, &random) != TL_OK ||
            write(answer, &number, sizeof number) != sizeof number)
            _exit(4);
}

/* Lets a child write for wait_us, kills it, and gives the last number it answered. */
static int64_t run_and_kill(const char *path, int64_t first, uint64_t seed, long wait_us)
{
    int ends[2];
    int64_t answered = first - 1, number;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        write_on(path, first, seed, ends[1]);
    }
    close(ends[1]);
    nanosleep(&(struct timespec){ .tv_nsec = wait_us * 1000 }, NULL);
    assert_int_equal(kill(child, SIGKILL), 0);
    while (read(ends[0], &number, sizeof number) == (ssize_t)sizeof number)
        answered = number;
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status)); /* not by a failure of its own */
    return answered;
}

/* Reopens; gives the last number there is. */
static int64_t check_after(const char *path, int round, int64_t answered)
{
    tl_store *s;
    tl_query *q;
    tl_error err = { 0 };
    bool row;
    int64_t last = 0, entries = 0;
    expect("reopen", tl_store_open_schema(&s, path, NULL, &test_schema, &err), TL_OK, &err, NULL);
    assert_int_equal(tl_store_query(s, "batch.count", &q, NULL), TL_OK);
    while (tl_query_step(q, &row, &err) == TL_OK && row) {
        int64_t number = tl_query_get_int(q, 0), steps = tl_query_get_int(q, 1);
        if (number != last + 1 || steps != STEPS)
            fail_msg("round %d: transaction %" PRId64 " after %" PRId64 " has %" PRId64 " of %d",
                     round, number, last, steps, STEPS);
        last = number;
    }
    if (last < answered)
        fail_msg("round %d: %" PRId64 " was answered, the database ends at %" PRId64, round,
                 answered, last);
    expect("chain", tl_audit_verify(s, &entries, &err), TL_OK, &err, NULL);
    if (entries != last)
        fail_msg("round %d: %" PRId64 " entries for %" PRId64 " changes", round, entries, last);
    tl_store_close(s);
    return last;
}

static void test_kill(void **state)
{
    const char *path = scratch_path(*state, "crash.db");
    uint64_t seed = setting("TL_SEED", 20260101), rounds = setting("TL_ROUNDS", 30);
    tl_random random = tl_random_seed(seed);
    int64_t last = 0, answered = 0;
    print_message("seed %" PRIu64 ", %" PRIu64 " rounds\n", seed, rounds);
    for (int round = 0; round < (int)rounds; round++) {
        if (round % 10 == 0) { /* also kill while the database is being made */
            unlink(path);
            last = 0;
        }
        long wait_us = (long)tl_random_below(&random, round % 2 ? 60000 : 8000);
        answered = run_and_kill(path, last + 1, tl_random_next(&random), wait_us);
        last = check_after(path, round, answered);
    }
    assert_true(last > 0); /* it did write */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_kill, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
