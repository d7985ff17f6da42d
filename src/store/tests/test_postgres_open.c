/* test_postgres_open.c - whose database is it, migrations, a server that goes away, damage. */
#include "store/tests/postgres_test.h"

#include <inttypes.h>
#include <spawn.h>
#include <sys/wait.h>

#include "store/audit.h"

/* What stands in the schema before it is opened. */
enum before { NOTHING, STRANGER, OTHER_MARK, NEWER, OLDER, OURS };

static void prepare(pg_place *p, enum before before)
{
    tl_store *s;
    tl_sql_schema schema = pg_schema;
    pg_clear(p);
    if (before == STRANGER)
        pg_sql(p, "CREATE TABLE recipe (name TEXT)");
    if (before < NEWER)
        return;
    schema.migration_count = before == OLDER ? 2 : 3;
    assert_int_equal(tl_store_open_schema(&s, p->address, NULL, &schema, NULL), TL_OK);
    tl_store_close(s);
    if (before == NEWER)
        pg_sql(p, "UPDATE tanlian_schema SET version = 5");
}

static void test_open(void **state)
{
    static const struct {
        const char *label;
        enum before before;
        tl_store_opts opts;
        tl_status want;
        const char *words;
    } rows[] = {
        { "empty", NOTHING, { 0 }, TL_OK, NULL },
        { "empty, must exist", NOTHING, { .must_exist = true }, TL_OK, NULL },
        { "empty, read only", NOTHING, { .read_only = true }, TL_ECONFLICT, "has schema 0" },
        { "other program", STRANGER, { 0 }, TL_EINPUT, "of another program" },
        { "newer", NEWER, { 0 }, TL_ECONFLICT, "schema 5 of a newer program" },
        { "newer, read only", NEWER, { .read_only = true }, TL_ECONFLICT, "newer program" },
        { "older", OLDER, { 0 }, TL_OK, NULL },
        { "older, read only", OLDER, { .read_only = true }, TL_ECONFLICT, "needs 4" },
        { "present", OURS, { .must_exist = true }, TL_OK, NULL },
        { "present, read only", OURS, { .read_only = true }, TL_OK, NULL },
    };
    pg_place *p = *state;
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_error err = { 0 };
        tl_store *s;
        prepare(p, rows[i].before);
        tl_status got = tl_store_open_schema(&s, p->address, &rows[i].opts, &pg_schema, &err);
        expect(rows[i].label, got, rows[i].want, &err, rows[i].words);
        tl_store_close(s);
    }
    tl_error err = { 0 };
    tl_store *s;
    pg_sqlf(p, "DROP SCHEMA %s CASCADE", p->schema);
    expect("no schema", tl_store_open_schema(&s, p->address, NULL, &pg_schema, &err), TL_ENOTFOUND,
           &err, "search_path");
}

/* A migration that fails leaves nothing of itself. */
static void test_upgrade(void **state)
{
    pg_place *p = *state;
    tl_sql_migration steps[] = {
        pg_migrations[0],
        pg_migrations[1],
        { 3, "0003_wrong", "CREATE TABLE half (a INTEGER); INSERT INTO nowhere VALUES (1)" },
    };
    tl_sql_schema schema = { steps, 3, pg_queries, TEST_COUNT(pg_queries) };
    tl_error err = { 0 };
    tl_store *s;
    int64_t n = -1;
    expect("wrong", tl_store_open_schema(&s, p->address, NULL, &schema, &err), TL_EIO, &err,
           "migration 0003_wrong");
    schema.migration_count = 2;
    expect("before", tl_store_open_schema(&s, p->address, NULL, &schema, &err), TL_OK, &err, NULL);
    expect("half",
           tl_store_scalar(s, "SELECT count(*) FROM pg_class WHERE relname = 'half'", &n, &err),
           TL_OK, &err, NULL);
    assert_int_equal(n, 0);
    tl_store_close(s);
    s = pg_open(p);
    expect("version", tl_store_scalar(s, "SELECT version FROM tanlian_schema", &n, &err), TL_OK,
           &err, NULL);
    assert_int_equal(n, 4);
    tl_store_close(s);
}

static void test_create_together(void **state)
{
    enum { PROCESSES = 4, ROUNDS = 5 };
    pg_place *p = *state;
    for (int round = 0; round < ROUNDS; round++) {
        pid_t children[PROCESSES];
        pg_clear(p);
        for (int i = 0; i < PROCESSES; i++) {
            children[i] = fork();
            assert_true(children[i] >= 0);
            if (children[i] == 0) {
                tl_store *s;
                tl_error err = { 0 };
                tl_status st = tl_store_open_schema(&s, p->address, NULL, &pg_schema, &err);
                if (st != TL_OK)
                    fprintf(stderr, "round %d process %d: %s\n", round, i, err.text);
                else
                    tl_store_close(s);
                _exit(st == TL_OK ? 0 : 1);
            }
        }
        for (int i = 0; i < PROCESSES; i++) {
            int status = 0;
            assert_int_equal(waitpid(children[i], &status, 0), children[i]);
            assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        }
    }
}

static void end_connections(pg_place *p)
{
    pg_sql(p, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              " WHERE application_name = 'tanlian'");
    pg_sql(p, "SELECT pg_sleep(0.2)");
}

static void test_lost_connection(void **state)
{
    pg_place *p = *state;
    tl_error err = { 0 };
    tl_store *s = pg_open(p);
    expect("first", pg_add(s, 1, "first", &err), TL_OK, &err, NULL);

    end_connections(p); /* while idle: a read does not even notice */
    assert_int_equal(pg_parts(s), 1);
    expect("zero", pg_add(s, 0, "zero", &err), TL_OK, &err, NULL);
    end_connections(p); /* a write is told, since nobody knows whether it was done */
    expect("write", pg_add(s, 2, "told", &err), TL_EIO, &err, "connection was lost");
    assert_int_equal(pg_parts(s), 2);
    expect("again", pg_add(s, 2, "again", &err), TL_OK, &err, NULL);
    end_connections(p); /* a transaction begins on a new one */
    expect("begin", tl_store_begin(s, &err), TL_OK, &err, NULL);
    expect("third", pg_add(s, 3, "third", &err), TL_OK, &err, NULL);

    end_connections(p); /* within: all of it is undone, and nothing more is done in it */
    expect("within", pg_add(s, 4, "fourth", &err), TL_EIO, &err, "connection was lost");
    assert_true(tl_store_in_transaction(s) && tl_store_undone(s));
    expect("after", pg_add(s, 4, "fourth", &err), TL_EIO, &err, "undone");
    expect("commit", tl_store_commit(s, &err), TL_EIO, &err, "undone");
    assert_false(tl_store_in_transaction(s));
    assert_int_equal(pg_parts(s), 3);

    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    expect("fifth", pg_add(s, 5, "fifth", &err), TL_OK, &err, NULL);
    end_connections(p);
    expect("commit lost", tl_store_commit(s, &err), TL_EIO, &err, "is not known");
    assert_int_equal(pg_parts(s), 3);
    tl_store_close(s);
}

/* The whole server stops and starts again under an open store. */
static void test_restart(void **state)
{
    const char *restart = getenv("TANLIAN_TEST_SERVER");
    if (!restart)
        fail_msg("TANLIAN_TEST_SERVER is not set: run this under tools/with-postgres");
    tl_error err = { 0 };
    tl_store *s = pg_open(*state);
    expect("before", pg_add(s, 1, "before", &err), TL_OK, &err, NULL);
    char command[700];
    snprintf(command, sizeof command, "%s", restart);
    char *argv[] = { "sh", "-c", command, NULL };
    pid_t child;
    int status = 0;
    assert_int_equal(posix_spawnp(&child, "sh", NULL, NULL, argv, environ), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    expect("begin", tl_store_begin(s, &err), TL_OK, &err, NULL);
    expect("after", pg_add(s, 2, "after", &err), TL_OK, &err, NULL);
    expect("commit", tl_store_commit(s, &err), TL_OK, &err, NULL);
    assert_int_equal(pg_parts(s), 2);
    tl_store_close(s);
}

static void test_check(void **state)
{
    pg_place *p = *state;
    tl_error err = { 0 };
    tl_store *s = pg_open(p);
    expect("add", pg_add(s, 1, "a", &err), TL_OK, &err, NULL);
    expect("sound", tl_store_check(s, &err), TL_OK, &err, NULL);
    pg_sql(p, "SET session_replication_role = replica"); /* as a restore does */
    pg_sql(p, "UPDATE part SET maker = 9");
    expect("reference", tl_store_check(s, &err), TL_ECONFLICT, &err,
           "1 rows of table part refer to nothing in maker");
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    expect("within", tl_store_check(s, &err), TL_ECONFLICT, &err, "refer to nothing");
    assert_int_equal(pg_parts(s), 1); /* the transaction goes on */
    tl_store_close(s);
}

/* By somebody with the database in hand. */
static void test_audit(void **state)
{
    static const struct {
        const char *label, *sql, *words;
    } rows[] = {
        { "nothing", "SELECT 1", NULL },
        { "object", "UPDATE audit SET object = 'y' WHERE seq = 2", "audit entry 2 " },
        { "detail taken away", "UPDATE audit SET detail = NULL WHERE seq = 3", "audit entry 3 " },
        { "removed", "DELETE FROM audit WHERE seq = 2", "audit entry 2 is missing" },
    };
    pg_place *p = *state;
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_error err = { 0 };
        int64_t n = 0;
        pg_clear(p);
        tl_store *s = pg_open(p);
        for (int k = 0; k < 4; k++) {
            assert_int_equal(tl_store_begin(s, NULL), TL_OK);
            expect("append", tl_audit_append(s, "li.wei", "part.add", "部件/1", "{}", &err), TL_OK,
                   &err, NULL);
            expect("commit", tl_store_commit(s, &err), TL_OK, &err, NULL);
        }
        pg_sql(p, rows[i].sql);
        expect(rows[i].label, tl_audit_verify(s, &n, &err), rows[i].words ? TL_ECONFLICT : TL_OK,
               &err, rows[i].words);
        tl_store_close(s);
    }
}

static void test_no_password(void **state)
{
    static const char *const addresses[] = {
        "postgresql://li:s3cret@/nowhere?host=/tmp/none",
        "postgresql://li:s3cret@127.0.0.1:1/x?connect_timeout=2",
        "postgresql:///x?host=/tmp/none&password=s3cret",
        "postgresql://li:s3cret@x@localhost/x",
        "postgresql://li:s3c/ret@localhost/x",
        "postgresql://li:s3cret@localhost:port/x",
        "postgresql://li:s3cret@localhost/x?nonsense=1",
        "postgresql://li:s3cret",
        "postgresql:li:s3cret@localhost",
    };
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(addresses); i++) {
        tl_error err = { 0 };
        tl_store *s;
        assert_int_not_equal(tl_store_open(&s, addresses[i], NULL, &err), TL_OK);
        if (!*err.text || strstr(err.text, "s3c") || strstr(err.text, "ret"))
            fail_msg("%s: '%s'", addresses[i], err.text);
    }
}

/* The schema the program ships: every migration applies, every query compiles. */
static void test_embedded(void **state)
{
    pg_place *p = *state;
    tl_store *s;
    tl_error err = { 0 };
    expect("migrations", tl_store_open(&s, p->address, NULL, &err), TL_OK, &err, NULL);
    for (size_t i = 0; i < tl_sql_schema_postgres.query_count; i++) {
        tl_query *q;
        const char *name = tl_sql_schema_postgres.queries[i].name;
        expect(name, tl_store_query(s, name, &q, &err), TL_OK, &err, NULL);
    }
    expect("check", tl_store_check(s, &err), TL_OK, &err, NULL);
    tl_store_close(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, pg_setup, pg_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_open),    TEST(test_upgrade),  TEST(test_create_together),
        TEST(test_check),   TEST(test_audit),    TEST(test_lost_connection),
        TEST(test_restart), TEST(test_embedded), cmocka_unit_test(test_no_password),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
