/* test_open.c - opening: which file is ours, migrations, settings, two at once. */
#include "store/tests/scratch.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include "store/store_priv.h"
#include "store/tests/schema_test.h"

static const char plain_text[] =
    "name,value\nsteel,1\n and more so that it is longer than a header";

static void write_raw(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    char *words = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &words) != SQLITE_OK)
        fail_msg("%s: %s", sql, words);
    sqlite3_close(db);
}

/* What stands at a path before it is opened. */
enum place { NOTHING, TEXT, SHORT_TEXT, EMPTY, STRANGER, STAMPED, NEWER, OLDER, OURS, DAMAGED };

static void prepare(const char *path, enum place place)
{
    tl_store *s;
    tl_sql_schema older = test_schema;
    unlink(path);
    switch (place) {
    case NOTHING:
        break;
    case TEXT:
        assert_int_equal(tl_file_write(path, plain_text, sizeof plain_text, NULL), TL_OK);
        break;
    case SHORT_TEXT:
        assert_int_equal(tl_file_write(path, "hello", 5, NULL), TL_OK);
        break;
    case EMPTY:
        assert_int_equal(tl_file_write(path, "", 0, NULL), TL_OK);
        break;
    case STRANGER:
        write_raw(path, "CREATE TABLE recipe (name TEXT)");
        break;
    case STAMPED:
        write_raw(path, "PRAGMA application_id = 42; PRAGMA user_version = 1");
        break;
    case OLDER:
        older.migration_count = 2;
        assert_int_equal(tl_store_open_schema(&s, path, NULL, &older, NULL), TL_OK);
        tl_store_close(s);
        break;
    case NEWER:
    case OURS:
    case DAMAGED:
        assert_int_equal(tl_store_open_schema(&s, path, NULL, &test_schema, NULL), TL_OK);
        tl_store_close(s);
        if (place == NEWER)
            write_raw(path, "PRAGMA user_version = 5");
        if (place == DAMAGED)
            assert_int_equal(truncate(path, 4096 + 100), 0);
        break;
    }
}

static const struct open_case {
    const char *label;
    enum place place;
    tl_store_opts opts;
    tl_status want;
    const char *words;
} open_cases[] = {
    { "new", NOTHING, { 0 }, TL_OK, NULL },
    { "new, must exist", NOTHING, { .must_exist = true }, TL_ENOTFOUND, "tanlian init" },
    { "new, read only", NOTHING, { .read_only = true }, TL_ENOTFOUND, "no such database" },
    { "text file", TEXT, { 0 }, TL_EINPUT, "is not a database" },
    { "text file, read only", TEXT, { .read_only = true }, TL_EINPUT, "is not a database" },
    { "five bytes", SHORT_TEXT, { 0 }, TL_EINPUT, "is not a database" },
    { "empty file", EMPTY, { .must_exist = true }, TL_OK, NULL },
    { "empty file, read only", EMPTY, { .read_only = true }, TL_ECONFLICT, "has schema 0" },
    { "other program, no stamp", STRANGER, { 0 }, TL_EINPUT, "of another program" },
    { "other program, stamped", STAMPED, { 0 }, TL_EINPUT, "of another program" },
    { "newer", NEWER, { 0 }, TL_ECONFLICT, "schema 5 of a newer program" },
    { "newer, read only", NEWER, { .read_only = true }, TL_ECONFLICT, "newer program" },
    { "older", OLDER, { 0 }, TL_OK, NULL },
    { "older, read only", OLDER, { .read_only = true }, TL_ECONFLICT, "needs 4" },
    { "present", OURS, { .must_exist = true }, TL_OK, NULL },
    { "present, read only", OURS, { .read_only = true }, TL_OK, NULL },
    { "cut short", DAMAGED, { 0 }, TL_EIO, "damaged" },
};

static void test_open(void **state)
{
    const char *path = scratch_path(*state, "open.db");
    for (size_t i = 0; i < TEST_COUNT(open_cases); i++) {
        const struct open_case *c = &open_cases[i];
        tl_error err = { 0 };
        tl_store *s = NULL;
        tl_file_view before = { 0 }, after = { 0 };
        prepare(path, c->place);
        bool compare = c->want != TL_OK && c->place != NOTHING;
        tl_arena *keep = NULL;
        char *old = NULL;
        if (compare) {
            assert_int_equal(tl_arena_new(&keep, 0, NULL), TL_OK);
            assert_int_equal(tl_file_open(&before, path, 0, NULL), TL_OK);
            old = tl_arena_copy(keep, before.data, before.size);
        }
        tl_status got = tl_store_open_schema(&s, path, &c->opts, &test_schema, &err);
        expect(c->label, got, c->want, &err, c->words);
        if ((s != NULL) != (got == TL_OK))
            fail_msg("%s: store given with status %s", c->label, tl_status_name(got));
        tl_store_close(s);
        if (compare) {
            assert_int_equal(tl_file_open(&after, path, 0, NULL), TL_OK);
            if (before.size != after.size || memcmp(old, after.data, after.size) != 0)
                fail_msg("%s: a refused file was changed", c->label);
            tl_file_close(&before);
            tl_file_close(&after);
        }
        tl_arena_free(keep);
    }
}

static void test_address(void **state)
{
    static const struct {
        const char *label, *address, *words;
    } rows[] = {
        { "empty", "", "names no file" },
        { "scheme alone", "sqlite:", "names no file" },
        { "no slashes", "postgresql:x", "postgresql://USER@HOST" },
        { "password with an @", "postgresql://li:s3cret@x@localhost/x", "%40" },
        { "no such setting", "postgres://localhost/x?nonsense=1", "is no PostgreSQL address" },
    };
    tl_error err = { 0 };
    tl_store *s;
    for (size_t i = 0; i < TEST_COUNT(rows); i++)
        expect(rows[i].label, tl_store_open(&s, rows[i].address, NULL, &err), TL_EINPUT, &err,
               rows[i].words);
    scratch *sc = *state;
    expect("folder", tl_store_open(&s, sc->folder, NULL, &err), TL_EINPUT, &err, "is no file");
    expect("no such folder", tl_store_open(&s, scratch_path(sc, "no/where.db"), NULL, &err), TL_EIO,
           &err, "No such file");
    expect("memory must exist",
           tl_store_open(&s, ":memory:", &(tl_store_opts){ .must_exist = true }, &err),
           TL_ENOTFOUND, &err, NULL);

    char address[600];
    snprintf(address, sizeof address, "sqlite:%s", scratch_path(sc, "a.db"));
    expect("scheme", tl_store_open(&s, address, NULL, &err), TL_OK, &err, NULL);
    tl_store_close(s);
    assert_true(tl_file_exists(sc->path));

    /* a name that SQLite would read as a URI */
    assert_int_equal(chdir(sc->folder), 0);
    expect("file: is a name", tl_store_open(&s, "file:b.db?mode=memory", NULL, &err), TL_OK, &err,
           NULL);
    tl_store_close(s);
    assert_true(tl_file_exists(scratch_path(sc, "file:b.db?mode=memory")));
    assert_int_equal(chdir("/"), 0);
}

static int64_t number(tl_store *s, const char *sql)
{
    int64_t v = -1;
    assert_int_equal(tl_store_scalar(s, sql, &v, NULL), TL_OK);
    return v;
}

static void test_settings(void **state)
{
    static const struct {
        const char *label, *sql;
        int64_t want;
    } rows[] = {
        { "synchronous is FULL", "PRAGMA synchronous", 2 },
        { "foreign keys", "PRAGMA foreign_keys", 1 },
        { "trusted schema off", "PRAGMA trusted_schema", 0 },
        { "recursive triggers", "PRAGMA recursive_triggers", 1 },
        { "busy timeout", "PRAGMA busy_timeout", 10000 },
        { "log", "SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1 },
        { "application id", "PRAGMA application_id", 0x544C636E },
        { "version", "PRAGMA user_version", 4 },
    };
    tl_store *s;
    assert_int_equal(
        tl_store_open_schema(&s, scratch_path(*state, "s.db"), NULL, &test_schema, NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        int64_t got = number(s, rows[i].sql);
        if (got != rows[i].want)
            fail_msg("%s: got %lld, want %lld", rows[i].label, (long long)got,
                     (long long)rows[i].want);
    }
    tl_error err = { 0 };
    expect("defensive",
           tl_store_exec(s, "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema", &err), TL_EIO,
           &err, "may not be modified");
    expect("double-quoted string", tl_store_exec(s, "SELECT \"no such column\"", &err), TL_EIO,
           &err, "no such column");
    tl_store_close(s);
}

static void test_upgrade(void **state)
{
    const char *path = scratch_path(*state, "up.db");
    tl_sql_migration steps[] = {
        test_migrations[0],
        test_migrations[1],
        { 3, "0003_wrong", "CREATE TABLE half (a INTEGER); INSERT INTO nowhere VALUES (1)" },
        test_migrations[2]
    };
    tl_sql_schema schema = { steps, 2, test_queries, TEST_COUNT(test_queries) };
    tl_error err = { 0 };
    tl_store *s;
    assert_int_equal(tl_store_open_schema(&s, path, NULL, &schema, NULL), TL_OK);
    assert_int_equal(tl_store_exec(s, "INSERT INTO maker VALUES (7, 'Baosteel')", NULL), TL_OK);
    tl_store_close(s);

    schema.migration_count = 4;
    expect("failing migration", tl_store_open_schema(&s, path, NULL, &schema, &err), TL_EIO, &err,
           "migration 0003_wrong");
    schema.migration_count = 2;
    assert_int_equal(tl_store_open_schema(&s, path, NULL, &schema, NULL), TL_OK);
    assert_int_equal(number(s, "PRAGMA user_version"), 2);
    assert_int_equal(number(s, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
    tl_store_close(s);

    assert_int_equal(tl_store_open_schema(&s, path, NULL, &test_schema, NULL), TL_OK);
    assert_int_equal(number(s, "PRAGMA user_version"), 4);
    assert_int_equal(number(s, "SELECT id FROM maker WHERE name = 'Baosteel'"), 7);
    tl_store_close(s);
}

/* Several processes create the same database at the same moment; each must find it whole. */
static void test_create_together(void **state)
{
    enum { PROCESSES = 4, ROUNDS = 10 };
    const char *path = scratch_path(*state, "race.db");
    for (int round = 0; round < ROUNDS; round++) {
        pid_t children[PROCESSES];
        unlink(path);
        for (int i = 0; i < PROCESSES; i++) {
            children[i] = fork();
            assert_true(children[i] >= 0);
            if (children[i] == 0) {
                tl_store *s;
                tl_error err = { 0 };
                tl_status st = tl_store_open_schema(&s, path, NULL, &test_schema, &err);
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

/* Damage within the file that opening alone does not meet. */
static void test_check(void **state)
{
    const char *path = scratch_path(*state, "check.db");
    tl_error err = { 0 };
    tl_store *s;
    assert_int_equal(tl_store_open_schema(&s, path, NULL, &test_schema, NULL), TL_OK);
    assert_int_equal(tl_store_exec(s, "INSERT INTO maker VALUES (1, 'Ma'), (2, 'Mb')", NULL),
                     TL_OK);
    expect("sound", tl_store_check(s, &err), TL_OK, &err, NULL);
    int64_t page = number(s, "SELECT rootpage FROM sqlite_schema WHERE name = 'maker'");
    int64_t size = number(s, "PRAGMA page_size");
    tl_store_close(s);

    FILE *f = fopen(path, "r+be");
    assert_non_null(f);
    assert_int_equal(fseek(f, (long)(page * size - 2), SEEK_SET), 0); /* within the last row */
    assert_int_equal(fwrite("Mx", 1, 2, f), 2);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(tl_store_open_schema(&s, path, NULL, &test_schema, NULL), TL_OK);
    expect("row and index differ", tl_store_check(s, &err), TL_EIO, &err, "index");
    tl_store_close(s);
}

static void test_masked(void **state)
{
    (void)state;
    static const struct {
        const char *address, *want;
    } rows[] = {
        { "tanlian.db", "tanlian.db" },
        { "a:b@c.db", "a:b@c.db" },
        { "postgresql://localhost/x", "postgresql://localhost/x" },
        { "postgresql://localhost:5433/x", "postgresql://localhost:5433/x" },
        { "postgresql://li@db.example/x", "postgresql://li@db.example/x" },
        { "postgresql://li:s3cret@db.example:5432/x", "postgresql://li:***@db.example:5432/x" },
        { "postgres://li:s3:c@r/et@db.example/x", "postgres://li:***@db.example/x" },
        { "postgres://li:s3?cret@db/x", "postgres://li:***@db/x" },
        { "postgresql://:s3cret@db/x", "postgresql://:***@db/x" },
        { "postgresql:///x?host=/tmp&password=s3cret", "postgresql:///x" },
        { "postgresql://li:s3cret@/x?host=/tmp", "postgresql://li:***@/x" },
        { "postgresql:s3cret", "postgresql:" },
        { "postgresql://li:s3cret", "postgresql://li:***" },
        { "postgresql://li:s3cret/x", "postgresql://li:***/x" },
        { "postgresql://a:1,b:2/x", "postgresql://a:1,b:2/x" },
        { "postgresql://[::1]:5432/x", "postgresql://[::1]:5432/x" },
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        char *got = tl_store_masked(rows[i].address);
        if (!got || strcmp(got, rows[i].want) != 0)
            fail_msg("%s: got %s, want %s", rows[i].address, got, rows[i].want);
        free(got);
    }
}

/* Each migration of one backend has its twin on the other. */
static void test_twins(void **state)
{
    (void)state;
    const tl_sql_schema *a = &tl_sql_schema_sqlite, *b = &tl_sql_schema_postgres;
    for (size_t i = 0; i < a->migration_count || i < b->migration_count; i++)
        if (i >= a->migration_count || i >= b->migration_count ||
            a->migrations[i].number != b->migrations[i].number ||
            strcmp(a->migrations[i].name, b->migrations[i].name) != 0)
            fail_msg("%s stands alone under sql/migrations",
                     i < a->migration_count ? a->migrations[i].name : b->migrations[i].name);
    assert_int_equal(a->query_count, b->query_count);
}

/* The schema the program ships: every migration applies, every query compiles. */
static void test_embedded(void **state)
{
    (void)state;
    tl_store *s;
    tl_error err = { 0 };
    expect("migrations", tl_store_open(&s, ":memory:", NULL, &err), TL_OK, &err, NULL);
    for (size_t i = 0; i < tl_sql_schema_sqlite.query_count; i++) {
        tl_query *q;
        const char *name = tl_sql_schema_sqlite.queries[i].name;
        expect(name, tl_store_query(s, name, &q, &err), TL_OK, &err, NULL);
    }
    tl_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_open, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_address, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_settings, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_upgrade, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_create_together, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_check, scratch_setup, scratch_teardown),
        cmocka_unit_test(test_embedded),
        cmocka_unit_test(test_masked),
        cmocka_unit_test(test_twins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
