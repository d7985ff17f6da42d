/* test_audit.c - the chain shows every change, and the table refuses what it can. */
#include "store/tests/scratch.h"

#include "store/audit.h"
#include "store/store_priv.h"

static void append(tl_store *s, const char *object, const char *detail)
{
    tl_error err = { 0 };
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    expect(object, tl_audit_append(s, "li.wei", "dataset.install", object, detail, &err), TL_OK,
           &err, NULL);
    assert_int_equal(tl_store_commit(s, NULL), TL_OK);
}

static void write_chain(const char *path)
{
    tl_store *s;
    unlink(path);
    assert_int_equal(tl_store_open(&s, path, NULL, NULL), TL_OK);
    append(s, "dataset/a@1", NULL);
    append(s, "dataset/b@1", "{\"files\":3}");
    append(s, "dataset/c@1", "{}");
    append(s, "dataset/d@1", NULL);
    tl_store_close(s);
}

static void raw(const char *path, const char *sql)
{
    sqlite3 *db;
    char *words = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db,
                     "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; "
                     "DROP TRIGGER audit_follows; PRAGMA ignore_check_constraints = ON",
                     NULL, NULL, &words) != SQLITE_OK ||
        sqlite3_exec(db, sql, NULL, NULL, &words) != SQLITE_OK)
        fail_msg("%s: %s", sql, words);
    sqlite3_close(db);
}

/* By somebody with the file in hand and the triggers dropped. */
static const struct tamper_case {
    const char *label, *sql;
    const char *words; /* NULL: the chain cannot see it */
    int64_t entries;
} tamper_cases[] = {
    { "nothing", "SELECT 1", NULL, 4 },
    { "one byte of the object", "UPDATE audit SET object = 'dataset/b@2' WHERE seq = 2",
      "audit entry 2 ", 1 },
    { "actor of the first", "UPDATE audit SET actor = 'li.Wei' WHERE seq = 1", "audit entry 1 ",
      0 },
    { "moment of the last", "UPDATE audit SET at = '2001-01-01T00:00:00Z' WHERE seq = 4",
      "audit entry 4 ", 3 },
    { "action", "UPDATE audit SET action = 'dataset.instalL' WHERE seq = 3", "audit entry 3 ", 2 },
    { "detail", "UPDATE audit SET detail = '{\"files\":4}' WHERE seq = 2", "audit entry 2 ", 1 },
    { "detail taken away", "UPDATE audit SET detail = NULL WHERE seq = 3", "audit entry 3 ", 2 },
    { "empty detail for none", "UPDATE audit SET detail = '' WHERE seq = 1", "audit entry 1 ", 0 },
    { "text behind a NUL", "UPDATE audit SET object = object || char(0) || 'x' WHERE seq = 2",
      "audit entry 2 ", 1 },
    { "hash", "UPDATE audit SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = 2",
      "audit entry 2 ", 1 },
    { "hash taken from another entry",
      "UPDATE audit SET hash = (SELECT hash || ' ' FROM audit WHERE seq = 1) WHERE seq = 2",
      "audit entry 2 ", 1 },
    { "entry removed", "DELETE FROM audit WHERE seq = 2", "audit entry 2 is missing", 1 },
    { "first removed", "DELETE FROM audit WHERE seq = 1", "audit entry 1 is missing", 0 },
    { "removed and renumbered",
      "DELETE FROM audit WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3;"
      "UPDATE audit SET seq = 3 WHERE seq = 4",
      "audit entry 2 ", 1 },
    { "two swapped",
      "UPDATE audit SET seq = 9 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3;"
      "UPDATE audit SET seq = 3 WHERE seq = 9",
      "audit entry 2 ", 1 },
    { "fields run together",
      "UPDATE audit SET action = 'dataset.installd', object = 'ataset/c@1' WHERE seq = 3",
      "audit entry 3 ", 2 },
    { "last removed: seen only by a kept head", "DELETE FROM audit WHERE seq = 4", NULL, 3 },
};

static void test_tamper(void **state)
{
    const char *path = scratch_path(*state, "audit.db");
    const tl_store_opts read_only = { .read_only = true };
    for (size_t i = 0; i < TEST_COUNT(tamper_cases); i++) {
        const struct tamper_case *c = &tamper_cases[i];
        tl_error err = { 0 };
        tl_store *s;
        int64_t entries = -1;
        write_chain(path);
        raw(path, c->sql);
        assert_int_equal(tl_store_open(&s, path, &read_only, NULL), TL_OK);
        tl_status got = tl_audit_verify(s, &entries, &err);
        expect(c->label, got, c->words ? TL_ECONFLICT : TL_OK, &err, c->words);
        if (entries != c->entries)
            fail_msg("%s: %lld sound entries, want %lld", c->label, (long long)entries,
                     (long long)c->entries);
        tl_store_close(s);
    }
}

static void test_head(void **state)
{
    const char *path = scratch_path(*state, "head.db");
    char before[TL_SHA256_HEX], after[TL_SHA256_HEX];
    int64_t seq;
    tl_store *s;
    assert_int_equal(tl_store_open(&s, path, NULL, NULL), TL_OK);
    assert_int_equal(tl_audit_head(s, &seq, before, NULL), TL_OK);
    assert_int_equal(seq, 0);
    assert_int_equal(strspn(before, "0"), 64);
    tl_store_close(s);
    write_chain(path);
    assert_int_equal(tl_store_open(&s, path, NULL, NULL), TL_OK);
    assert_int_equal(tl_audit_head(s, &seq, before, NULL), TL_OK);
    assert_int_equal(seq, 4);
    tl_store_close(s);
    raw(path, "DELETE FROM audit WHERE seq = 4");
    assert_int_equal(tl_store_open(&s, path, NULL, NULL), TL_OK);
    assert_int_equal(tl_audit_head(s, &seq, after, NULL), TL_OK);
    assert_int_equal(seq, 3);
    assert_string_not_equal(before, after);
    tl_store_close(s);
}

/* The seal of a known entry, worked out apart from this program:
 *   f=lambda t: (len(t).to_bytes(8,"big")+t.encode()) if t is not None else b"\xff"*8
 *   hashlib.sha256(b"".join(map(f,["1","2026-01-02T03:04:05Z","li","a.b","o",None,"0"*64])))  */
static void test_known_seal(void **state)
{
    (void)state;
    tl_store *s;
    int64_t entries;
    tl_error err = { 0 };
    assert_int_equal(tl_store_open(&s, ":memory:", NULL, NULL), TL_OK);
    assert_int_equal(
        tl_store_exec(s,
                      "INSERT INTO audit VALUES (1, '2026-01-02T03:04:05Z', 'li', 'a.b', 'o', NULL,"
                      " '24ab6bbdcd7c1f20b0641e1d9123e8b9b730793291ee6696e5190fcf8a56a7ad')",
                      NULL),
        TL_OK);
    expect("known seal", tl_audit_verify(s, &entries, &err), TL_OK, &err, NULL);
    assert_int_equal(entries, 1);
    tl_store_close(s);
}

#define HASH "'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'"
#define MOMENT "'2026-01-02T03:04:05Z'"

/* Every constraint of 0001_audit.sql, broken through a connection of our own. */
static const struct schema_case {
    const char *label, *sql, *words; /* words NULL: allowed */
} schema_cases[] = {
    { "good", "INSERT INTO audit VALUES (2, " MOMENT ", 'a', 'b', 'c', NULL, " HASH ")", NULL },
    { "update", "UPDATE audit SET actor = 'x'", "never changed" },
    { "delete", "DELETE FROM audit WHERE seq = 1", "never deleted" },
    { "replace",
      "INSERT OR REPLACE INTO audit VALUES (1, " MOMENT ", 'a', 'b', 'c', NULL, " HASH ")",
      "follows the last" },
    { "gap", "INSERT INTO audit VALUES (9, " MOMENT ", 'a', 'b', 'c', NULL, " HASH ")",
      "follows the last" },
    { "seq of 0", "INSERT INTO audit VALUES (0, " MOMENT ", 'a', 'b', 'c', NULL, " HASH ")",
      "follows the last" },
    { "hash seen before",
      "INSERT INTO audit SELECT 2, at, actor, action, object, detail, hash "
      "FROM audit",
      "UNIQUE constraint failed: audit.hash" },
    { "date for a moment",
      "INSERT INTO audit VALUES (2, '2026-01-02', 'a', 'b', 'c', NULL, " HASH ")",
      "CHECK constraint failed: at GLOB" },
    { "no moment", "INSERT INTO audit VALUES (2, NULL, 'a', 'b', 'c', NULL, " HASH ")",
      "NOT NULL constraint failed: audit.at" },
    { "no actor", "INSERT INTO audit VALUES (2, " MOMENT ", NULL, 'b', 'c', NULL, " HASH ")",
      "NOT NULL constraint failed: audit.actor" },
    { "empty actor", "INSERT INTO audit VALUES (2, " MOMENT ", '', 'b', 'c', NULL, " HASH ")",
      "length(actor)" },
    { "no action", "INSERT INTO audit VALUES (2, " MOMENT ", 'a', NULL, 'c', NULL, " HASH ")",
      "NOT NULL constraint failed: audit.action" },
    { "empty action", "INSERT INTO audit VALUES (2, " MOMENT ", 'a', '', 'c', NULL, " HASH ")",
      "length(action)" },
    { "no object", "INSERT INTO audit VALUES (2, " MOMENT ", 'a', 'b', NULL, NULL, " HASH ")",
      "NOT NULL constraint failed: audit.object" },
    { "empty object", "INSERT INTO audit VALUES (2, " MOMENT ", 'a', 'b', '', NULL, " HASH ")",
      "length(object)" },
    { "detail no JSON", "INSERT INTO audit VALUES (2, " MOMENT ", 'a', 'b', 'c', '[1]', " HASH ")",
      "detail LIKE" },
    { "no hash", "INSERT INTO audit VALUES (2, " MOMENT ", 'a', 'b', 'c', NULL, NULL)",
      "NOT NULL constraint failed: audit.hash" },
    { "short hash", "INSERT INTO audit VALUES (2, " MOMENT ", 'a', 'b', 'c', NULL, 'abc')",
      "length(hash)" },
    { "hash in capitals",
      "INSERT INTO audit VALUES (2, " MOMENT ", 'a', 'b', 'c', NULL, upper(" HASH "))",
      "length(hash)" },
    { "blob for text", "INSERT INTO audit VALUES (2, " MOMENT ", x'00', 'b', 'c', NULL, " HASH ")",
      "cannot store BLOB" },
};

static void test_constraints(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(schema_cases); i++) {
        const struct schema_case *c = &schema_cases[i];
        tl_error err = { 0 };
        tl_store *s;
        assert_int_equal(tl_store_open(&s, ":memory:", NULL, NULL), TL_OK);
        append(s, "dataset/a@1", NULL);
        tl_status got = tl_store_exec(s, c->sql, &err);
        expect(c->label, got, c->words ? TL_ECONFLICT : TL_OK, &err, c->words);
        tl_store_close(s);
    }
}

static void test_refused_entry(void **state)
{
    (void)state;
    tl_store *s;
    tl_error err = { 0 };
    int64_t entries;
    assert_int_equal(tl_store_open(&s, ":memory:", NULL, NULL), TL_OK);
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    expect("bad detail", tl_audit_append(s, "a", "b", "c", "not json", &err), TL_ECONFLICT, &err,
           "detail LIKE");
    expect("good one", tl_audit_append(s, "a", "b", "c", "{}", &err), TL_OK, &err, NULL);
    tl_store_rollback(s);
    assert_int_equal(tl_audit_verify(s, &entries, NULL), TL_OK);
    assert_int_equal(entries, 0); /* the entry went with the change it spoke of */
    tl_store_close(s);
}

/* The chain of write_chain, and b once more as the fifth. */
static const struct newest_case {
    const char *label;
    tl_audit_filter filter;
    int64_t want[6]; /* 0 ends */
} newest_cases[] = {
    { "all", { 0 }, { 5, 4, 3, 2, 1 } },
    { "two of them", { .limit = 2 }, { 5, 4 } },
    { "further two", { .before = 4, .limit = 2 }, { 3, 2 } },
    { "before the first", { .before = 1 }, { 0 } },
    { "of one object", { .object = "dataset/b@1" }, { 5, 2 } },
    { "of one object before", { .object = "dataset/b@1", .before = 5 }, { 2 } },
    { "of part of a name", { .object = "dataset" }, { 0 } },
    { "about a kind of thing", { .about = "dataset/" }, { 5, 4, 3, 2, 1 } },
    { "about one of them", { .about = "dataset/b" }, { 5, 2 } },
    { "by somebody", { .actor = "li.wei", .about = "dataset/b" }, { 5, 2 } },
    { "by nobody", { .actor = "li" }, { 0 } },
    { "of an action", { .action = "dataset.install", .limit = 1 }, { 5 } },
    { "of a kind of action", { .action = "dataset", .limit = 1 }, { 5 } },
    { "of half a word", { .action = "data" }, { 0 } },
    { "since a day to come", { .from = "9999-01-01" }, { 0 } },
    { "until a day long gone", { .to = "1999-01-01" }, { 0 } },
    { "since then", { .from = "1999-01-01", .to = "9999-01-01", .limit = 2 }, { 5, 4 } },
};

static void test_newest(void **state)
{
    char path[600];
    tl_store *s;
    tl_arena *arena;
    snprintf(path, sizeof path, "%s/t.db", ((scratch *)*state)->folder);
    write_chain(path);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(tl_store_open(&s, path, NULL, NULL), TL_OK);
    append(s, "dataset/b@1", NULL);
    for (size_t i = 0; i < TEST_COUNT(newest_cases); i++) {
        const struct newest_case *c = &newest_cases[i];
        const tl_audit_entry *got;
        size_t n, want = 0;
        assert_int_equal(tl_audit_newest(s, &c->filter, arena, &got, &n, NULL), TL_OK);
        for (; c->want[want]; want++)
            if (want >= n || got[want].seq != c->want[want])
                fail_msg("%s: entry %zu of %zu is not %d", c->label, want, n, (int)c->want[want]);
        if (n != want)
            fail_msg("%s: %zu entries, want %zu", c->label, n, want);
    }
    tl_store_close(s);
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tamper, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_head, scratch_setup, scratch_teardown),
        cmocka_unit_test(test_known_seal),
        cmocka_unit_test(test_constraints),
        cmocka_unit_test(test_refused_entry),
        cmocka_unit_test_setup_teardown(test_newest, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
