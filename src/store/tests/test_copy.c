/* test_copy.c - a database goes from a file to a server and back, and nothing is lost. */
#include "store/tests/postgres_test.h"

#include "store/audit.h"
#include "store/copy.h"

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* Rows that the triggers would not let in as they are: a parent after its child, an installed set
 * with its files, a published version with parts, a signed facility. Numbers that only just fit. */
static const char *const rows[] = {
    "INSERT INTO dataset_file VALUES ('set','1',0,'a.csv','" SHA "',1,x'00ff0a5c27')",
    "INSERT INTO dataset VALUES ('set','1','000000001','2026-01-01','text','a','甲','b','c','d',"
    "NULL,'" SHA "','2026-01-01T00:00:00Z',NULL)",
    "UPDATE dataset SET superseded_by = '2' WHERE id = 'set'",
    "INSERT INTO dataset VALUES ('set','2','000000002','2026-01-01','text','a','甲','b','c','d',"
    "NULL,'" SHA "','2026-01-01T00:00:00Z',NULL)",
    "INSERT INTO company VALUES ('a','A','','a','','','','','','',NULL,'','s','')",
    "INSERT INTO company VALUES ('z','Z\n\"\\','','z','','','','','','',NULL,'','s','tab\t')",
    "UPDATE company SET parent = 'z' WHERE id = 'a'",
    "INSERT INTO record VALUES ('car','vehicle')",
    "INSERT INTO record_pins (sha256, text) VALUES ('" SHA "','[]')",
    "INSERT INTO record_version VALUES (7,'car',1,'vehicle','preliminary','车','m','a','','','','',"
    "'','',0.1,2.2250738585072014e-308,'CNY',201.30000000000001,'g CO2e/km','','','','','','',2026,"
    "NULL,NULL,'','',1,'','','li','','','','" SHA "','','')",
    "INSERT INTO record_part VALUES (7,0,'stage','use',1e300,'')",
    "UPDATE record_version SET state = 'review', reviewed = content",
    "UPDATE record_version SET state = 'published', published_on = '2026-02-01', hash = '" SHA "'",
    ("INSERT INTO facility VALUES "
     "('f','b','CNY','2026-01-01',9223372036854775807,'class','count',0,"
     "'',NULL)"),
    "INSERT INTO facility_car VALUES ('f',1,'car',100,0,NULL,0)",
    "UPDATE facility SET signed_on = '2026-01-02'",
};

static tl_store *open_file(const char *path)
{
    tl_store *s;
    tl_error err = { 0 };
    expect(path, tl_store_open(&s, path, NULL, &err), TL_OK, &err, NULL);
    return s;
}

static void fill(tl_store *s)
{
    tl_error err = { 0 };
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(rows); i++)
        expect(rows[i], tl_store_exec(s, rows[i], &err), TL_OK, &err, NULL);
    for (int i = 0; i < 3; i++)
        expect("audit", tl_audit_append(s, "李", "record.publish", "record/car", "{}", &err), TL_OK,
               &err, NULL);
    expect("commit", tl_store_commit(s, &err), TL_OK, &err, NULL);
}

/* Every table of two files holds the same rows, but for the index of the search. */
static void expect_same(tl_store *a, const char *other)
{
    char sql[1200];
    tl_query *q;
    bool row;
    int tables = 0;
    tl_error err = { 0 };
    snprintf(sql, sizeof sql, "ATTACH '%s' AS other", other);
    expect("attach", tl_store_exec(a, sql, &err), TL_OK, &err, NULL);
    expect("list",
           tl_query_open(a, "tables",
                         "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
                         " AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'",
                         &q, &err),
           TL_OK, &err, NULL);
    while (tl_query_step(q, &row, &err) == TL_OK && row) {
        int64_t differ = -1;
        const char *t = tl_query_get_text(q, 0);
        snprintf(sql, sizeof sql,
                 "SELECT (SELECT count(*) FROM (SELECT * FROM main.%s EXCEPT SELECT * FROM "
                 "other.%s)) + (SELECT count(*) FROM (SELECT * FROM other.%s EXCEPT SELECT * FROM "
                 "main.%s))",
                 t, t, t, t);
        expect(t, tl_store_scalar(a, sql, &differ, &err), TL_OK, &err, NULL);
        if (differ != 0)
            fail_msg("table %s differs in %d rows", t, (int)differ);
        tables++;
    }
    tl_query_close(q);
    assert_true(tables > 20);
}

static void test_there_and_back(void **state)
{
    pg_place *p = *state;
    void *folder = NULL;
    char first[600], second[600];
    tl_error err = { 0 };
    tl_store_copied c;
    tl_store *server;
    int64_t n = 0;
    assert_int_equal(scratch_setup(&folder), 0);
    snprintf(first, sizeof first, "%s", scratch_path(folder, "first.db"));
    snprintf(second, sizeof second, "%s", scratch_path(folder, "second.db"));
    tl_store *a = open_file(first), *b = open_file(second);
    fill(a);
    expect("server", tl_store_open(&server, p->address, NULL, &err), TL_OK, &err, NULL);
    expect("there", tl_store_copy(a, server, NULL, &c, &err), TL_OK, &err, NULL);
    assert_int_equal(c.entries, 3);
    expect("not empty", tl_store_copy(a, server, NULL, &c, &err), TL_ECONFLICT, &err, "not empty");
    expect("check", tl_store_check(server, &err), TL_OK, &err, NULL);
    expect("guarded again", tl_store_exec(server, "UPDATE record_version SET value = 1", &err),
           TL_ECONFLICT, &err, "never changes");
    expect("references again", tl_store_exec(server, "UPDATE company SET parent = 'q'", &err),
           TL_ECONFLICT, &err, "FOREIGN KEY");
    expect("search", tl_store_scalar(server, "SELECT count(*) FROM search_changed", &n, &err),
           TL_OK, &err, NULL);
    assert_int_equal(n, 1);
    expect("back", tl_store_copy(server, b, NULL, &c, &err), TL_OK, &err, NULL);
    expect("check", tl_store_check(b, &err), TL_OK, &err, NULL);
    expect("guarded again", tl_store_exec(b, "UPDATE record_version SET value = 1", &err),
           TL_ECONFLICT, &err, "never changes");
    expect_same(b, first);
    expect("two servers", tl_store_copy(server, server, NULL, &c, &err), TL_ECONFLICT, &err, NULL);
    tl_store_close(a);
    tl_store_close(b);
    tl_store_close(server);
    assert_int_equal(scratch_teardown(&folder), 0);
}

/* What does not go over whole leaves nothing. */
static void test_refused(void **state)
{
    pg_place *p = *state;
    tl_error err = { 0 };
    tl_store_copied c;
    tl_store *server;
    int64_t n = -1;
    tl_store *a = open_file("sqlite::memory:");
    fill(a);
    expect("by hand",
           tl_store_exec(a,
                         "DROP TRIGGER audit_no_update;"
                         "UPDATE audit SET object = 'another' WHERE seq = 2",
                         &err),
           TL_OK, &err, NULL);
    expect("server", tl_store_open(&server, p->address, NULL, &err), TL_OK, &err, NULL);
    expect("broken chain", tl_store_copy(a, server, NULL, &c, &err), TL_ECONFLICT, &err,
           "audit entry 2 ");
    expect("count", tl_store_scalar(server, "SELECT count(*) FROM company", &n, &err), TL_OK, &err,
           NULL);
    assert_int_equal(n, 0);
    expect("still guarded",
           tl_store_exec(server,
                         "INSERT INTO audit VALUES (5,'2026-01-01T00:00:00Z','a','b','c',NULL,'" SHA
                         "')",
                         &err),
           TL_ECONFLICT, &err, "follows the last");
    tl_store_close(a);
    tl_store_close(server);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, pg_setup, pg_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(test_there_and_back), TEST(test_refused) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
