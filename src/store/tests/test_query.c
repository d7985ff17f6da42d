/* test_query.c - named queries, transactions, constraints, a full disk. */
#include "store/tests/scratch.h"

#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "store/store_priv.h"
#include "store/tests/schema_test.h"

static tl_store *open_store(const char *path)
{
    tl_store *s;
    tl_error err = { 0 };
    expect(path, tl_store_open_schema(&s, path, NULL, &test_schema, &err), TL_OK, &err, NULL);
    return s;
}

static tl_query *query(tl_store *s, const char *name)
{
    tl_query *q;
    tl_error err = { 0 };
    expect(name, tl_store_query(s, name, &q, &err), TL_OK, &err, NULL);
    return q;
}

static void add_part(tl_store *s, int64_t id, const char *name)
{
    tl_error err = { 0 };
    tl_query *q = query(s, "part.add");
    tl_query_int(q, 1, id);
    tl_query_text(q, 3, name);
    expect(name, tl_query_run(q, &err), TL_OK, &err, NULL);
}

static int64_t parts(tl_store *s)
{
    bool row;
    tl_query *q = query(s, "part.count");
    assert_int_equal(tl_query_step(q, &row, NULL), TL_OK);
    assert_true(row);
    int64_t n = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return n;
}

static void test_round_trip(void **state)
{
    (void)state;
    static const unsigned char scan[] = { 0, 255, 1 };
    bool row;
    size_t n;
    tl_store *s = open_store(":memory:");
    tl_query *q = query(s, "part.add");
    tl_query_int(q, 1, INT64_MAX);
    tl_query_null(q, 2);
    tl_query_span(q, 3, "车门 door", 6);
    tl_query_number(q, 4, 0.1);
    tl_query_blob(q, 5, scan, sizeof scan);
    assert_int_equal(tl_query_run(q, NULL), TL_OK);
    assert_int_equal(tl_query_changed(q), 1);
    tl_query_int(q, 1, 2); /* again without asking for it: the rest keeps its value */
    assert_int_equal(tl_query_run(q, NULL), TL_OK);
    q = query(s, "part.add"); /* asked for anew: unbound */
    tl_query_int(q, 1, 3);
    tl_query_blob(q, 5, scan, 0);
    assert_int_equal(tl_query_run(q, NULL), TL_OK);

    for (int64_t id = 2; id <= 3; id++) {
        q = query(s, "part.find");
        tl_query_int(q, 1, id);
        assert_int_equal(tl_query_step(q, &row, NULL), TL_OK);
        assert_true(row);
        const unsigned char *blob = tl_query_get_blob(q, 2, &n);
        assert_non_null(blob);
        assert_int_equal(n, id == 2 ? 3 : 0);
        assert_int_equal(tl_query_is_null(q, 0), id == 3);
        assert_true(tl_query_is_null(q, 3));
        if (id == 2) {
            assert_string_equal(tl_query_get_text(q, 0), "车门");
            assert_true(tl_query_get_number(q, 1) == 0.1);
            assert_memory_equal(blob, scan, sizeof scan);
        } else {
            assert_null(tl_query_get_text(q, 0));
        }
        assert_int_equal(tl_query_step(q, &row, NULL), TL_OK);
        assert_false(row);
    }
    q = query(s, "part.rename");
    tl_query_int(q, 1, 99);
    assert_int_equal(tl_query_run(q, NULL), TL_OK);
    assert_int_equal(tl_query_changed(q), 0);
    tl_store_close(s);
}

static void test_parameter_numbers(void **state)
{
    (void)state;
    bool row;
    tl_error err = { 0 };
    tl_store *s = open_store(":memory:");
    tl_query *q = query(s, "part.swapped"), *bad;
    tl_query_int(q, 1, 10);
    tl_query_int(q, 2, 20);
    assert_int_equal(tl_query_step(q, &row, NULL), TL_OK);
    assert_int_equal(tl_query_get_int(q, 0), 20);
    assert_int_equal(tl_query_get_int(q, 1), 10);
    assert_int_equal(tl_query_get_int(q, 2), 20);
    tl_query_reset(q);
    expect("gap", tl_store_query(s, "broken.gap", &bad, &err), TL_EINPUT, &err, "without gaps");
    expect("two", tl_store_query(s, "broken.two", &bad, &err), TL_EINPUT, &err, "one statement");
    expect("sql", tl_store_query(s, "broken.sql", &bad, &err), TL_EIO, &err, "broken.sql");
    tl_store_close(s);
}

static void test_binding_faults(void **state)
{
    (void)state;
    static const struct {
        const char *label, *text;
        size_t n;
        double mass;
        tl_status want;
        const char *words;
    } rows[] = {
        { "good", "a", 1, 1, TL_OK, NULL },
        { "nan", "a", 1, NAN, TL_ENUMERIC, "$4 is not a finite number" },
        { "infinity", "a", 1, INFINITY, TL_ENUMERIC, "$4" },
        { "cut UTF-8", "\xe8\xbd", 2, 1, TL_EINPUT, "$3 is not well-formed" },
        { "NUL inside", "a\0b", 3, 1, TL_EINPUT, "$3" },
        { "first of two", "\xff", 1, NAN, TL_EINPUT, "$3" },
        { "good again", "b", 1, 2, TL_OK, NULL },
    };
    tl_store *s = open_store(":memory:");
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_error err = { 0 };
        tl_query *q = query(s, "part.add");
        tl_query_int(q, 1, (int64_t)i);
        tl_query_span(q, 3, rows[i].text, rows[i].n);
        tl_query_number(q, 4, rows[i].mass);
        expect(rows[i].label, tl_query_run(q, &err), rows[i].want, &err, rows[i].words);
    }
    assert_int_equal(parts(s), 2);
    tl_store_close(s);
}

static void test_constraints(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        int64_t id, maker; /* maker 0: none */
        double mass;
        tl_status want;
        const char *words;
    } rows[] = {
        { "fine", 1, 1, 0, TL_OK, NULL },
        { "same key", 1, 1, 0, TL_ECONFLICT, "UNIQUE constraint failed: part.id" },
        { "check", 2, 1, -1, TL_ECONFLICT, "part_mass" },
        { "foreign key", 3, 9, 0, TL_ECONFLICT, "FOREIGN KEY" },
    };
    tl_store *s = open_store(":memory:");
    tl_query *q = query(s, "maker.insert");
    tl_query_int(q, 1, 1);
    tl_query_text(q, 2, "Chinalco");
    assert_int_equal(tl_query_run(q, NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_error err = { 0 };
        q = query(s, "part.add");
        tl_query_int(q, 1, rows[i].id);
        tl_query_int(q, 2, rows[i].maker);
        tl_query_number(q, 4, rows[i].mass);
        expect(rows[i].label, tl_query_run(q, &err), rows[i].want, &err, rows[i].words);
    }
    tl_error err = { 0 };
    q = query(s, "maker.insert");
    tl_query_int(q, 1, 2);
    expect("not null", tl_query_run(q, &err), TL_ECONFLICT, &err, "NOT NULL");
    q = query(s, "part.add");
    tl_query_text(q, 1, "seven");
    expect("strict type", tl_query_run(q, &err), TL_ECONFLICT, &err, "mismatch");
    q = query(s, "part.add");
    tl_query_int(q, 1, 8);
    tl_query_text(q, 4, "heavy");
    expect("strict column", tl_query_run(q, &err), TL_ECONFLICT, &err, "cannot store TEXT");
    tl_store_close(s);
}

static void test_transactions(void **state)
{
    const char *path = scratch_path(*state, "t.db");
    tl_error err = { 0 };
    tl_store *s = open_store(path), *reader, *locked;
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    add_part(s, 1, "kept");
    assert_true(tl_store_in_transaction(s));
    expect("nested", tl_store_begin(s, &err), TL_ECONFLICT, &err, "open already");
    assert_int_equal(tl_store_commit(s, NULL), TL_OK);
    assert_false(tl_store_in_transaction(s));
    expect("commit of nothing", tl_store_commit(s, &err), TL_ECONFLICT, &err, "no transaction");
    tl_store_rollback(s);

    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    add_part(s, 2, "undone");
    tl_store_rollback(s);
    assert_int_equal(parts(s), 1);

    /* a reader sees one state for the whole of its transaction */
    const tl_store_opts read_only = { .read_only = true };
    assert_int_equal(tl_store_open_schema(&reader, path, &read_only, &test_schema, NULL), TL_OK);
    assert_int_equal(tl_store_begin(reader, NULL), TL_OK);
    assert_int_equal(parts(reader), 1);
    add_part(s, 3, "seen later");
    assert_int_equal(parts(reader), 1);
    tl_store_rollback(reader);
    assert_int_equal(parts(reader), 2);
    tl_query *q = query(reader, "maker.insert");
    tl_query_int(q, 1, 1);
    tl_query_text(q, 2, "x");
    expect("read only", tl_query_run(q, &err), TL_EFORBIDDEN, &err, "reading only");
    tl_store_close(reader);

    /* one writer at a time */
    locked = open_store(path);
    sqlite3_busy_timeout(locked->db, 20);
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    expect("second writer", tl_store_begin(locked, &err), TL_EIO, &err, "another program");
    assert_false(tl_store_in_transaction(locked));
    add_part(s, 4, "lost by close");
    tl_store_close(s);
    assert_int_equal(tl_store_begin(locked, NULL), TL_OK);
    assert_int_equal(parts(locked), 2);
    tl_store_close(locked);
}

/* Fills the disk by limiting file sizes: a write past the limit fails with EFBIG. */
static void set_file_limit(rlim_t bytes)
{
    struct rlimit r;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &r), 0);
    r.rlim_cur = bytes == RLIM_INFINITY ? r.rlim_max : bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &r), 0);
}

static const struct full_case {
    const char *label;
    bool pages;   /* by PRAGMA max_page_count instead of a file limit */
    int rows;     /* of 4 KiB in the transaction; many: SQLite spills before the commit */
    int cache_kb; /* page cache */
} full_cases[] = {
    { "log full at commit", false, 40, 32768 },
    { "log full before commit", false, 2000, 64 },
    { "no more pages", true, 2000, 32768 },
};

static tl_status fill(tl_store *s, int rows, tl_error *err)
{
    static char load[4096];
    memset(load, 'x', sizeof load - 1);
    tl_status st = tl_store_begin(s, err);
    for (int i = 0; i < rows && st == TL_OK; i++) {
        tl_query *q = query(s, "batch.insert");
        tl_query_int(q, 1, 1);
        tl_query_int(q, 2, i);
        tl_query_text(q, 3, load);
        st = tl_query_run(q, err);
    }
    if (st == TL_OK)
        return tl_store_commit(s, err);
    if (tl_store_undone(s)) { /* no half of it may be kept by going on */
        tl_error later = { 0 };
        tl_query *q = query(s, "maker.insert");
        tl_query_int(q, 1, 5);
        tl_query_text(q, 2, "after");
        expect("after undone", tl_query_run(q, &later), TL_EIO, &later, "was undone");
        expect("commit undone", tl_store_commit(s, &later), TL_EIO, &later, "was undone");
    }
    tl_store_rollback(s);
    return st;
}

static int64_t scalar(tl_store *s, const char *sql)
{
    int64_t v = -1;
    assert_int_equal(tl_store_scalar(s, sql, &v, NULL), TL_OK);
    return v;
}

static void test_full_disk(void **state)
{
    const char *path = scratch_path(*state, "full.db");
    signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < TEST_COUNT(full_cases); i++) {
        const struct full_case *c = &full_cases[i];
        char sql[80];
        tl_error err = { 0 };
        unlink(path);
        tl_store *s = open_store(path);
        add_part(s, 1, "before");
        assert_int_equal(
            sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL),
            SQLITE_OK);
        snprintf(sql, sizeof sql, "PRAGMA cache_size = -%d; PRAGMA max_page_count = %d",
                 c->cache_kb, c->pages ? 60 : 1000000);
        assert_int_equal(tl_store_exec(s, sql, NULL), TL_OK);
        if (!c->pages)
            set_file_limit(100000);
        tl_status got = fill(s, c->rows, &err);
        set_file_limit(RLIM_INFINITY);
        expect(c->label, got, TL_EIO, &err, NULL);
        assert_false(tl_store_in_transaction(s));
        assert_int_equal(parts(s), 1);
        assert_int_equal(scalar(s, "SELECT count(*) FROM batch"), 0);
        assert_int_equal(scalar(s, "SELECT count(*) FROM maker"), 0);
        assert_int_equal(tl_store_exec(s, "PRAGMA max_page_count = 1000000", NULL), TL_OK);
        expect(c->label, fill(s, c->rows, &err), TL_OK, &err, NULL);
        tl_store_close(s);
        s = open_store(path);
        assert_int_equal(scalar(s, "SELECT count(*) FROM batch"), c->rows);
        assert_int_equal(
            scalar(s, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
            1);
        tl_store_close(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_parameter_numbers),
        cmocka_unit_test(test_binding_faults),
        cmocka_unit_test(test_constraints),
        cmocka_unit_test_setup_teardown(test_transactions, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_full_disk, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
