/* test_postgres.c - PostgreSQL behind store.h: values, rows in turns, constraints, transactions. */
#include "store/tests/postgres_test.h"

#include <math.h>
#include <sys/resource.h>

static void test_round_trip(void **state)
{
    static const unsigned char scan[] = { 0, 255, 1 };
    bool row;
    size_t n;
    tl_error err = { 0 };
    tl_store *s = pg_open(*state);
    tl_query *q = pg_query(s, "part.add");
    tl_query_int(q, 1, INT64_MAX);
    tl_query_null(q, 2);
    tl_query_span(q, 3, "车门 door", 6);
    tl_query_number(q, 4, 0.1);
    tl_query_blob(q, 5, scan, sizeof scan);
    expect("add", tl_query_run(q, &err), TL_OK, &err, NULL);
    assert_int_equal(tl_query_changed(q), 1);
    tl_query_int(q, 1, 2); /* again without asking for it: the rest keeps its value */
    expect("again", tl_query_run(q, &err), TL_OK, &err, NULL);
    q = pg_query(s, "part.add"); /* asked for anew: unbound */
    tl_query_int(q, 1, 3);
    tl_query_int(q, 4, 7); /* a whole number for a real one */
    tl_query_blob(q, 5, scan, 0);
    expect("bare", tl_query_run(q, &err), TL_OK, &err, NULL);
    for (int64_t id = 2; id <= 3; id++) {
        q = pg_query(s, "part.find");
        tl_query_int(q, 1, id);
        expect("find", tl_query_step(q, &row, &err), TL_OK, &err, NULL);
        assert_true(row);
        const unsigned char *blob = tl_query_get_blob(q, 2, &n);
        assert_non_null(blob);
        assert_int_equal(n, id == 2 ? 3 : 0);
        assert_int_equal(tl_query_is_null(q, 0), id == 3);
        assert_true(tl_query_is_null(q, 3));
        assert_int_equal(tl_query_get_int(q, 4), id);
        assert_string_equal(tl_query_get_text(q, 4), id == 2 ? "2" : "3");
        assert_true(tl_query_get_number(q, 1) == (id == 2 ? 0.1 : 7));
        assert_int_equal(tl_query_get_int(q, 1), id == 2 ? 0 : 7);
        if (id == 2) {
            assert_string_equal(tl_query_get_text(q, 0), "车门");
            assert_memory_equal(blob, scan, sizeof scan);
        }
        expect("end", tl_query_step(q, &row, &err), TL_OK, &err, NULL);
        assert_false(row);
    }
    q = pg_query(s, "part.rename"); /* rows given back by a write, left half read */
    tl_query_int(q, 1, 2);
    tl_query_text(q, 2, "b");
    expect("rename", tl_query_step(q, &row, &err), TL_OK, &err, NULL);
    assert_true(row && tl_query_get_int(q, 0) > 2);
    tl_query_reset(q);
    assert_int_equal(tl_query_changed(q), 2);
    tl_query_int(q, 1, INT64_MAX);
    expect("nothing", tl_query_run(q, &err), TL_OK, &err, NULL);
    assert_int_equal(tl_query_changed(q), 0);
    tl_store_close(s);
}

static void test_broken_queries(void **state)
{
    static const struct {
        const char *name, *words;
    } rows[] = {
        { "broken.gap", "$2" },
        { "broken.numeric", "give it a CAST" },
        { "broken.sql", "broken.sql" },
        { "broken.two", "multiple commands" },
    };
    tl_store *s = pg_open(*state);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_error err = { 0 };
        tl_query *q;
        if (tl_store_query(s, rows[i].name, &q, &err) == TL_OK || !strstr(err.text, rows[i].words))
            fail_msg("%s: %s", rows[i].name, err.text);
    }
    tl_store_close(s);
}

static void test_binding_faults(void **state)
{
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
        { "good again", "b", 1, 2, TL_OK, NULL },
    };
    tl_store *s = pg_open(*state);
    tl_error err = { 0 };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        err = (tl_error){ 0 };
        tl_query *q = pg_query(s, "part.add");
        tl_query_int(q, 1, (int64_t)i);
        tl_query_span(q, 3, rows[i].text, rows[i].n);
        tl_query_number(q, 4, rows[i].mass);
        expect(rows[i].label, tl_query_run(q, &err), rows[i].want, &err, rows[i].words);
    }
    tl_query *q = pg_query(s, "part.add");
    tl_query_int(q, 1, 99);
    tl_query_text(q, 4, "heavy");
    expect("text for a number", tl_query_run(q, &err), TL_ECONFLICT, &err, "not of the type");
    assert_int_equal(pg_parts(s), 2);
    tl_store_close(s);
}

/* A refused row changes nothing, says why in the words of SQLite, and the transaction goes on. */
static void test_constraints(void **state)
{
    static const struct {
        const char *label, *name;
        int64_t id, maker; /* maker 0: none */
        double mass;
        tl_status want;
        const char *words;
    } rows[] = {
        { "fine", NULL, 1, 1, 0, TL_OK, NULL },
        { "same key", NULL, 1, 1, 0, TL_ECONFLICT, "UNIQUE constraint failed: part.id" },
        { "check", NULL, 2, 1, -1, TL_ECONFLICT, "CHECK constraint failed: part_mass" },
        { "foreign key", NULL, 3, 9, 0, TL_ECONFLICT, "FOREIGN KEY constraint failed" },
        { "trigger", "forbidden", 4, 1, 0, TL_ECONFLICT, "a part is not called that" },
        { "fine again", NULL, 5, 1, 0, TL_OK, NULL },
    };
    for (int within = 0; within < 2; within++) {
        pg_clear(*state);
        tl_store *s = pg_open(*state);
        tl_error err = { 0 };
        if (within)
            assert_int_equal(tl_store_begin(s, NULL), TL_OK);
        tl_query *q = pg_query(s, "maker.insert");
        tl_query_int(q, 1, 1);
        tl_query_text(q, 2, "Chinalco");
        expect("maker", tl_query_run(q, &err), TL_OK, &err, NULL);
        for (size_t i = 0; i < TEST_COUNT(rows); i++) {
            err = (tl_error){ 0 };
            q = pg_query(s, "part.add");
            tl_query_int(q, 1, rows[i].id);
            if (rows[i].maker)
                tl_query_int(q, 2, rows[i].maker);
            tl_query_text(q, 3, rows[i].name);
            tl_query_number(q, 4, rows[i].mass);
            expect(rows[i].label, tl_query_run(q, &err), rows[i].want, &err, rows[i].words);
            if (rows[i].want == TL_ECONFLICT && strcmp(rows[i].words, "FOREIGN KEY") != 0 &&
                !strstr(err.text, rows[i].words))
                fail_msg("%s: %s", rows[i].label, err.text);
        }
        q = pg_query(s, "maker.insert");
        tl_query_int(q, 1, 2);
        expect("not null", tl_query_run(q, &err), TL_ECONFLICT, &err,
               "NOT NULL constraint failed: maker.name");
        if (within)
            expect("commit", tl_store_commit(s, &err), TL_OK, &err, NULL);
        assert_int_equal(pg_parts(s), 2);
        tl_store_close(s);
    }
}

static long resident_kb(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

/* A query of many rows read in turns with others, within a transaction and without; the memory is
 * that of a few MiB of rows. */
static void test_rows_in_turns(void **state)
{
    enum { MANY = 400000 };
    for (int within = 0; within < 2; within++) {
        pg_clear(*state);
        tl_store *s = pg_open(*state);
        tl_error err = { 0 };
        bool row;
        char want[40];
        long before = resident_kb();
        if (within)
            assert_int_equal(tl_store_begin(s, NULL), TL_OK);
        tl_query *q = pg_query(s, "many.list");
        tl_query_int(q, 1, MANY);
        for (int64_t i = 1; i <= MANY; i++) {
            expect("row", tl_query_step(q, &row, &err), TL_OK, &err, NULL);
            snprintf(want, sizeof want, "row %lld", (long long)i);
            if (!row || tl_query_get_int(q, 0) != i || strcmp(tl_query_get_text(q, 1), want) != 0)
                fail_msg("row %lld is missing or another", (long long)i);
            if (i < 10 || i % 40000 == 0)
                expect("add", pg_add(s, i, "between", &err), TL_OK, &err, NULL);
            if (i == 20) { /* refused: the rows go on */
                expect("twice", pg_add(s, 1, "x", &err), TL_ECONFLICT, &err, "part.id");
                assert_int_equal(pg_parts(s), 9);
            }
            /* the row that was read stays readable while others run */
            if (i == 20 && tl_query_get_int(q, 0) != i)
                fail_msg("row 20 was lost");
        }
        expect("end", tl_query_step(q, &row, &err), TL_OK, &err, NULL);
        assert_false(row);
        if (within)
            expect("commit", tl_store_commit(s, &err), TL_OK, &err, NULL);
        assert_int_equal(pg_parts(s), 9 + MANY / 40000);
        long grown = resident_kb() - before;
        if (!getenv("ASAN_OPTIONS") && grown > 24L * 1024)
            fail_msg("%d rows in turns took %ld KiB", MANY, grown);
        tl_store_close(s);
    }
}

/* A failure in the middle of the rows is told where it is met, also when they were put by. */
static void test_late_failure(void **state)
{
    for (int turns = 0; turns < 2; turns++) {
        pg_clear(*state);
        tl_store *s = pg_open(*state);
        tl_error err = { 0 };
        bool row = true;
        int seen = 0;
        for (int64_t id = 1; id <= 5; id++)
            expect("add", pg_add(s, id, "n", &err), TL_OK, &err, NULL);
        tl_query *q = pg_query(s, "part.divide"); /* divides by 0 at the third */
        tl_status st;
        while ((st = tl_query_step(q, &row, &err)) == TL_OK && row) {
            seen++;
            if (turns)
                assert_int_equal(pg_parts(s), 5);
        }
        assert_true(st == TL_ECONFLICT && seen <= 2);
        assert_int_equal(pg_parts(s), 5);
        tl_store_close(s);
    }
}

/* Byte by byte, as SQLite does, whatever the database is set to. */
static void test_order(void **state)
{
    static const char *const names[] = { "B", "a", "b", "é", "中" };
    tl_store *s = pg_open(*state);
    tl_error err = { 0 };
    bool row;
    for (size_t i = TEST_COUNT(names); i-- > 0;)
        expect(names[i], pg_add(s, (int64_t)i, names[i], &err), TL_OK, &err, NULL);
    tl_query *q = pg_query(s, "part.names");
    for (size_t i = 0; i < TEST_COUNT(names); i++) {
        expect(names[i], tl_query_step(q, &row, &err), TL_OK, &err, NULL);
        assert_string_equal(tl_query_get_text(q, 0), names[i]);
    }
    tl_query_reset(q);
    tl_store_close(s);
}

static void test_transactions(void **state)
{
    const tl_store_opts read_only = { .read_only = true };
    pg_place *p = *state;
    tl_error err = { 0 };
    tl_store *s = pg_open(p), *reader, *other;
    expect("begin", tl_store_begin(s, &err), TL_OK, &err, NULL);
    expect("kept", pg_add(s, 1, "kept", &err), TL_OK, &err, NULL);
    expect("nested", tl_store_begin(s, &err), TL_ECONFLICT, &err, "open already");
    expect("commit", tl_store_commit(s, &err), TL_OK, &err, NULL);
    expect("commit of nothing", tl_store_commit(s, &err), TL_ECONFLICT, &err, "no transaction");
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    expect("undone", pg_add(s, 2, "undone", &err), TL_OK, &err, NULL);
    tl_store_rollback(s);
    assert_int_equal(pg_parts(s), 1);

    /* a reader sees one state for the whole of its transaction */
    expect("reader", tl_store_open_schema(&reader, p->address, &read_only, &pg_schema, &err), TL_OK,
           &err, NULL);
    assert_int_equal(tl_store_begin(reader, NULL), TL_OK);
    assert_int_equal(pg_parts(reader), 1);
    expect("later", pg_add(s, 3, "seen later", &err), TL_OK, &err, NULL);
    assert_int_equal(pg_parts(reader), 1);
    tl_store_rollback(reader);
    assert_int_equal(pg_parts(reader), 2);
    expect("read only", pg_add(reader, 4, "x", &err), TL_EFORBIDDEN, &err, "reading only");
    assert_int_equal(pg_parts(reader), 2);
    tl_store_close(reader);

    /* one writer at a time, in a transaction or out of it */
    other = pg_open(p);
    assert_int_equal(tl_store_exec(other, "SET lock_timeout = 50", NULL), TL_OK);
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    expect("second writer", tl_store_begin(other, &err), TL_EIO, &err, "another program");
    assert_false(tl_store_in_transaction(other));
    expect("write alone", pg_add(other, 5, "x", &err), TL_EIO, &err, "another program");
    assert_int_equal(pg_parts(other), 2);
    expect("lost by close", pg_add(s, 4, "lost", &err), TL_OK, &err, NULL);
    tl_store_close(s);
    assert_int_equal(tl_store_exec(other, "SET lock_timeout = 10000", NULL), TL_OK);
    expect("now", tl_store_begin(other, &err), TL_OK, &err, NULL);
    assert_int_equal(pg_parts(other), 2);
    tl_store_close(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, pg_setup, pg_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_round_trip),  TEST(test_broken_queries), TEST(test_binding_faults),
        TEST(test_constraints), TEST(test_rows_in_turns),  TEST(test_late_failure),
        TEST(test_order),       TEST(test_transactions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
