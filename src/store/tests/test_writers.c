/* test_writers.c - many processes write at once, on both databases: no update is lost, and the
 * audit chain is one chain.
 *
 * TL_WRITERS processes (50) write for TL_SECONDS (2). Each transaction reads a counter, writes it
 * back one higher and adds an audit entry, so a transaction that did not see the one before would
 * show in both. */
#include "store/tests/postgres_test.h"

#include <inttypes.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/number.h"
#include "store/audit.h"

/* Understood by both. */
static const tl_sql_migration migrations[] = {
    { 1, "0001_counter",
      "CREATE TABLE counter (id BIGINT NOT NULL PRIMARY KEY, n BIGINT NOT NULL);"
      "INSERT INTO counter VALUES (1, 0);"
      "CREATE TABLE audit (seq BIGINT NOT NULL PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL,"
      " action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT, hash TEXT NOT NULL)" },
};
static const tl_sql_query queries[] = {
    { "audit.insert", "INSERT INTO audit (seq, at, actor, action, object, detail, hash)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7)" },
    { "audit.last", "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1" },
    { "audit.list", "SELECT seq, at, actor, action, object, detail, hash FROM audit ORDER BY seq" },
    { "counter.get", "SELECT n FROM counter WHERE id = 1" },
    { "counter.set", "UPDATE counter SET n = $1 WHERE id = 1" },
};
static const tl_sql_schema schema = { migrations, 1, queries, TEST_COUNT(queries) };

static int64_t setting(const char *name, int64_t otherwise)
{
    int64_t v;
    const char *text = getenv(name);
    return text && tl_int_parse(text, 1, 10000, &v, NULL) == TL_OK ? v : otherwise;
}

static tl_status counter(tl_store *s, int64_t *n, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "counter.get", &q, err);
    if (st == TL_OK && (st = tl_query_step(q, &row, err)) == TL_OK) {
        *n = tl_query_get_int(q, 0);
        tl_query_reset(q);
    }
    return st;
}

static tl_status change(tl_store *s, tl_error *err)
{
    tl_query *q;
    int64_t n = 0;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    if ((st = counter(s, &n, err)) == TL_OK &&
        (st = tl_store_query(s, "counter.set", &q, err)) == TL_OK) {
        tl_query_int(q, 1, n + 1);
        if ((st = tl_query_run(q, err)) == TL_OK &&
            (st = tl_audit_append(s, "writer", "counter.add", "counter/1", NULL, err)) == TL_OK)
            return tl_store_commit(s, err);
    }
    tl_store_rollback(s);
    return st;
}

/* A child: writes until the time is up and answers how often it did. */
static void write_on(const char *address, double seconds, int answer)
{
    tl_store *s;
    tl_error err = { 0 };
    int64_t done = 0;
    double patience = tl_clock_s() + 120; /* on a busy machine opening has its turn late */
    while (tl_store_open_schema(&s, address, NULL, &schema, &err) != TL_OK)
        if (tl_clock_s() > patience) {
            fprintf(stderr, "writer: %s\n", err.text);
            _exit(3);
        }
    double until = tl_clock_s() + seconds;
    while (tl_clock_s() < until) {
        tl_status st = change(s, &err);
        if (st == TL_OK) {
            done++;
        } else if (!strstr(err.text, "did not finish in time")) { /* the one refusal there may be */
            fprintf(stderr, "writer: %s\n", err.text);
            _exit(4);
        }
    }
    tl_store_close(s);
    _exit(write(answer, &done, sizeof done) == (ssize_t)sizeof done ? 0 : 5);
}

static void write_together(const char *label, const char *address)
{
    int64_t writers = setting("TL_WRITERS", 50), seconds = setting("TL_SECONDS", 2);
    int ends[2];
    int64_t all = 0, one = 0, n = 0, entries = 0, busiest = 0, answers = 0;
    tl_store *s;
    tl_error err = { 0 };
    assert_int_equal(pipe(ends), 0);
    for (int64_t i = 0; i < writers; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            close(ends[0]);
            write_on(address, (double)seconds, ends[1]);
        }
    }
    close(ends[1]);
    while (read(ends[0], &one, sizeof one) == (ssize_t)sizeof one) {
        all += one;
        answers++;
        busiest = one > busiest ? one : busiest;
    }
    close(ends[0]);
    for (int64_t i = 0; i < writers; i++) {
        int status = 0;
        assert_true(wait(&status) > 0);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            fail_msg("%s: a writer ended with %d", label, status);
    }
    assert_int_equal(answers, writers);
    expect("open", tl_store_open_schema(&s, address, NULL, &schema, &err), TL_OK, &err, NULL);
    expect("counter", counter(s, &n, &err), TL_OK, &err, NULL);
    expect("chain", tl_audit_verify(s, &entries, &err), TL_OK, &err, NULL);
    tl_store_close(s);
    print_message("%s: %" PRId64 " writers made %" PRId64 " changes in %" PRId64
                  " s, the busiest %" PRId64 "\n",
                  label, writers, all, seconds, busiest);
    if (n != all || entries != all || all == 0)
        fail_msg("%s: %" PRId64 " changes, but the counter is %" PRId64 " and there are %" PRId64
                 " audit entries",
                 label, all, n, entries);
}

static void test_file(void **state)
{
    write_together("file", scratch_path(*state, "writers.db"));
}

static void test_server(void **state)
{
    write_together("server", ((pg_place *)*state)->address);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_file, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_server, pg_setup, pg_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
