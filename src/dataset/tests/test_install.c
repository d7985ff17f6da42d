/* test_install.c - sets in the database: installed once, superseded, sealed, verified. */
#include "dataset/tests/set_folder.h"

#include <sqlite3.h>

#include "dataset/dataset_priv.h"
#include "store/audit.h"
#include "store/store_priv.h"

static const char v1[] = "metal,value\nsteel,2.1\naluminium,16.5\n";
static const char v2[] = "metal,value\nsteel,2.0\naluminium,16.5\ncopper,3\n";

static tl_arena *arena_new(void)
{
    tl_arena *a;
    assert_int_equal(tl_arena_new(&a, 0, NULL), TL_OK);
    return a;
}

static tl_store *open_memory(void)
{
    tl_store *s;
    assert_int_equal(tl_store_open(&s, ":memory:", NULL, NULL), TL_OK);
    return s;
}

/* Writes and installs metals@version; rolls back where that fails. */
static tl_status install(scratch *sc, tl_store *s, const char *version, const char *csv,
                         const char *find, const char *put, bool *already, tl_error *err)
{
    const set_folder folder = { "metals", version, csv, find, put };
    tl_arena *arena = arena_new();
    tl_dataset set;
    set_folder_write(scratch_path(sc, "set"), &folder);
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    tl_status st = tl_dataset_install(s, sc->path, "li.wei", arena, &set, already, err);
    if (st == TL_OK)
        assert_int_equal(tl_store_commit(s, NULL), TL_OK);
    else
        tl_store_rollback(s);
    if (st == TL_OK)
        assert_string_equal(set.version, version);
    tl_arena_free(arena);
    return st;
}

static void test_install(void **state)
{
    tl_store *s = open_memory();
    tl_arena *arena = arena_new();
    tl_error err = { 0 };
    tl_dataset set;
    bool already = true;
    const char *data;
    size_t n;
    int64_t count;
    expect("first", install(*state, s, "2025.1", v1, NULL, NULL, &already, &err), TL_OK, &err,
           NULL);
    assert_false(already);
    expect("again", install(*state, s, "2025.1", v1, NULL, NULL, &already, &err), TL_OK, &err,
           NULL);
    assert_true(already);
    expect("audit", tl_audit_verify(s, &count, &err), TL_OK, &err, NULL);
    assert_int_equal(count, 1);

    expect("get", tl_dataset_get(s, "metals", NULL, arena, &set, &err), TL_OK, &err, NULL);
    assert_string_equal(set.title_zh, "金属");
    assert_string_equal(set.licence, "CC-BY-4.0");
    assert_int_equal(set.file_count, 2);
    assert_string_equal(set.files[0].path, "metals.csv");
    assert_int_equal(set.files[0].rows, 2);
    assert_non_null(set.installed_at);
    assert_null(set.superseded_by);
    expect("read", tl_dataset_read(s, &set, "metals.csv", arena, &data, &n, &err), TL_OK, &err,
           NULL);
    assert_int_equal(n, strlen(v1));
    assert_string_equal(data, v1);
    expect("read none", tl_dataset_read(s, &set, "x.csv", arena, &data, &n, &err), TL_ENOTFOUND,
           &err, "metals@2025.1 has no file x.csv");
    expect("no set", tl_dataset_get(s, "steel", NULL, arena, &set, &err), TL_ENOTFOUND, &err,
           "no data set steel is");
    expect("no version", tl_dataset_get(s, "metals", "9", arena, &set, &err), TL_ENOTFOUND, &err,
           "metals@9");
    expect("verify", tl_dataset_verify(s, &count, &err), TL_OK, &err, NULL);
    assert_int_equal(count, 2);
    tl_arena_free(arena);
    tl_store_close(s);
}

static void test_conflict(void **state)
{
    static const struct {
        const char *label, *csv, *find, *put;
        tl_status want;
        const char *words;
    } rows[] = {
        { "same", v1, NULL, NULL, TL_OK, NULL },
        { "other data", v2, NULL, NULL, TL_ECONFLICT, "a change needs a new version" },
        { "other licence", v1, "CC-BY-4.0", "MIT", TL_ECONFLICT, "metals is installed with" },
        { "damaged folder", v1, "sha256: ", "sha256: 0", TL_EINPUT, "sha256" },
    };
    tl_store *s = open_memory();
    tl_error err = { 0 };
    bool already;
    int64_t count;
    expect("first", install(*state, s, "1", v1, NULL, NULL, &already, &err), TL_OK, &err, NULL);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_status got =
            install(*state, s, "1", rows[i].csv, rows[i].find, rows[i].put, &already, &err);
        expect(rows[i].label, got, rows[i].want, &err, rows[i].words);
    }
    assert_int_equal(tl_dataset_verify(s, &count, NULL), TL_OK);
    assert_int_equal(count, 2);
    tl_store_close(s);
}

/* A set that fails half way leaves nothing. */
static void test_undone(void **state)
{
    tl_store *s = open_memory();
    tl_arena *arena = arena_new();
    tl_error err = { 0 };
    const tl_dataset *sets;
    bool already;
    size_t n;
    int64_t count;
    expect("second file missing",
           install(*state, s, "1", v1, "path: more/note.txt", "path: none.txt", &already, &err),
           TL_EINPUT, &err, "none.txt");
    assert_int_equal(tl_dataset_list(s, arena, &sets, &n, NULL), TL_OK);
    assert_int_equal(n, 0);
    assert_int_equal(tl_dataset_verify(s, &count, NULL), TL_OK);
    assert_int_equal(count, 0);
    assert_int_equal(tl_audit_verify(s, &count, NULL), TL_OK);
    assert_int_equal(count, 0);
    tl_arena_free(arena);
    tl_store_close(s);
}

static void test_supersede(void **state)
{
    static const struct {
        const char *install, *current;
        const char *list; /* afterwards, superseded ones with what by */
    } steps[] = {
        { "2025.2", "2025.2", "2025.2" },
        { "2025.10", "2025.10", "2025.2>2025.10 2025.10" },
        { "2024.9", "2025.10", "2024.9>2025.10 2025.2>2025.10 2025.10" },
        { "2025.3", "2025.10", "2024.9>2025.10 2025.2>2025.10 2025.3>2025.10 2025.10" },
        { "2026", "2026", "2024.9>2025.10 2025.2>2025.10 2025.3>2025.10 2025.10>2026 2026" },
    };
    tl_store *s = open_memory();
    for (size_t i = 0; i < TEST_COUNT(steps); i++) {
        tl_arena *arena = arena_new();
        tl_error err = { 0 };
        const tl_dataset *sets;
        tl_dataset set;
        bool already;
        size_t n;
        tl_buf list;
        expect(steps[i].install,
               install(*state, s, steps[i].install, v1, NULL, NULL, &already, &err), TL_OK, &err,
               NULL);
        assert_int_equal(tl_dataset_get(s, "metals", NULL, arena, &set, NULL), TL_OK);
        assert_string_equal(set.version, steps[i].current);
        assert_int_equal(tl_dataset_list(s, arena, &sets, &n, NULL), TL_OK);
        tl_buf_init(&list, 0);
        for (size_t k = 0; k < n; k++)
            tl_buf_printf(&list, "%s%s%s%s", k ? " " : "", sets[k].version,
                          sets[k].superseded_by ? ">" : "",
                          sets[k].superseded_by ? sets[k].superseded_by : "");
        assert_string_equal(tl_buf_text(&list), steps[i].list);
        tl_buf_clear(&list);
        tl_arena_free(arena);
    }
    tl_store_close(s);
}

#define SHA "'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'"
#define SET(id, version, key, date, rest)                                                          \
    "INSERT INTO dataset VALUES (" id ", " version ", " key ", " date ", " rest ")"
#define REST "'text', 'a', 'b', 'c', 'd', 'e', NULL, " SHA ", '2026-01-01T00:00:00Z', NULL"
#define KEY "'000000009'"
#define DAY "'2026-01-01'"
#define FILE_ROW(position, path, sha, rows, content)                                               \
    "INSERT INTO dataset_file VALUES ('x', '9', " position ", " path ", " sha ", " rows            \
    ", " content ")"

/* Every constraint of 0002_dataset.sql. The database holds metals@1 (superseded by 2) and
 * metals@2. */
static const struct schema_case {
    const char *label, *sql, *words;
} schema_cases[] = {
    { "good", SET("'x'", "'9'", KEY, DAY, REST), NULL },
    { "capital id", SET("'X'", "'9'", KEY, DAY, REST), "length(id)" },
    { "empty id", SET("''", "'9'", KEY, DAY, REST), "length(id)" },
    { "version with a letter", SET("'x'", "'9a'", KEY, DAY, REST), "length(version)" },
    { "short key", SET("'x'", "'9'", "'9'", DAY, REST), "length(version_key)" },
    { "no date", SET("'x'", "'9'", KEY, "'today'", REST), "date GLOB" },
    { "null licence",
      SET("'x'", "'9'", KEY, DAY,
          "'text', 'a', 'b', NULL, 'd', 'e', NULL, " SHA ", '2026-01-01T00:00:00Z', NULL"),
      "dataset.licence" },
    { "empty licence",
      SET("'x'", "'9'", KEY, DAY,
          "'text', 'a', 'b', '', 'd', 'e', NULL, " SHA ", '2026-01-01T00:00:00Z', NULL"),
      "length(licence)" },
    { "empty kind",
      SET("'x'", "'9'", KEY, DAY,
          "'', 'a', 'b', 'c', 'd', 'e', NULL, " SHA ", '2026-01-01T00:00:00Z', NULL"),
      "length(kind)" },
    { "empty title_en",
      SET("'x'", "'9'", KEY, DAY,
          "'text', '', 'b', 'c', 'd', 'e', NULL, " SHA ", '2026-01-01T00:00:00Z', NULL"),
      "length(title_en)" },
    { "empty title_zh",
      SET("'x'", "'9'", KEY, DAY,
          "'text', 'a', '', 'c', 'd', 'e', NULL, " SHA ", '2026-01-01T00:00:00Z', NULL"),
      "length(title_zh)" },
    { "empty attribution",
      SET("'x'", "'9'", KEY, DAY,
          "'text', 'a', 'b', 'c', '', 'e', NULL, " SHA ", '2026-01-01T00:00:00Z', NULL"),
      "length(attribution)" },
    { "empty source",
      SET("'x'", "'9'", KEY, DAY,
          "'text', 'a', 'b', 'c', 'd', '', NULL, " SHA ", '2026-01-01T00:00:00Z', NULL"),
      "length(source)" },
    { "empty note",
      SET("'x'", "'9'", KEY, DAY,
          "'text', 'a', 'b', 'c', 'd', 'e', '', " SHA ", '2026-01-01T00:00:00Z', NULL"),
      "length(note)" },
    { "bad checksum",
      SET("'x'", "'9'", KEY, DAY,
          "'text', 'a', 'b', 'c', 'd', 'e', NULL, 'f', '2026-01-01T00:00:00Z', NULL"),
      "length(checksum)" },
    { "bad moment",
      SET("'x'", "'9'", KEY, DAY, "'text', 'a', 'b', 'c', 'd', 'e', NULL, " SHA ", 'now', NULL"),
      "installed_at GLOB" },
    { "superseded by itself",
      SET("'x'", "'9'", KEY, DAY,
          "'text', 'a', 'b', 'c', 'd', 'e', NULL, " SHA ", '2026-01-01T00:00:00Z', '9'"),
      "superseded_by <> version" },
    { "superseded by nothing there",
      SET("'x'", "'9'", KEY, DAY,
          "'text', 'a', 'b', 'c', 'd', 'e', NULL, " SHA ", '2026-01-01T00:00:00Z', '10'"),
      "FOREIGN KEY" },
    { "two current versions", SET("'metals'", "'9'", KEY, DAY, REST), "dataset.id" },
    { "same version", SET("'metals'", "'1'", KEY, DAY, REST), "installed already" },
    { "same key", SET("'metals'", "'9'", "'000000001'", DAY, REST), "installed already" },
    { "replace", "REPLACE INTO dataset SELECT * FROM dataset", "installed already" },
    { "edit", "UPDATE dataset SET licence = 'MIT' WHERE version = '2'", "never changes" },
    { "edit while superseding",
      "UPDATE dataset SET licence = 'MIT', superseded_by = '1' WHERE version = '2'",
      "never changes" },
    { "note while superseding",
      "UPDATE dataset SET note = 'x', superseded_by = '1' WHERE version = '2'", "never changes" },
    { "superseded again", "UPDATE dataset SET superseded_by = '3' WHERE version = '1'",
      "never changes" },
    { "mark taken away", "UPDATE dataset SET superseded_by = NULL WHERE version = '1'",
      "never changes" },
    { "delete", "DELETE FROM dataset WHERE version = '1'", "never deleted" },
    { "file: edit", "UPDATE dataset_file SET content = x'00'", "never changes" },
    { "file: delete", "DELETE FROM dataset_file", "never deleted" },
    { "file: replace", "REPLACE INTO dataset_file SELECT * FROM dataset_file", "further files" },
    { "file: added later",
      "INSERT INTO dataset_file VALUES ('metals', '2', 7, 'x', " SHA ", 0, x'00')",
      "no further files" },
    { "file: of no set", FILE_ROW("0", "'x'", SHA, "0", "x'00'"), "FOREIGN KEY" },
    { "file: negative position", FILE_ROW("-1", "'x'", SHA, "0", "x'00'"), "position >= 0" },
    { "file: empty path", FILE_ROW("0", "''", SHA, "0", "x'00'"), "length(path)" },
    { "file: bad hash", FILE_ROW("0", "'x'", "'f'", "0", "x'00'"), "length(sha256)" },
    { "file: negative rows", FILE_ROW("0", "'x'", SHA, "-1", "x'00'"), "row_count >= 0" },
    { "file: no content", FILE_ROW("0", "'x'", SHA, "0", "NULL"), "dataset_file.content" },
    { "file: text for content", FILE_ROW("0", "'x'", SHA, "0", "'text'"), "cannot store TEXT" },
    { "file: same path",
      FILE_ROW("0", "'x'", SHA, "0", "x'00'") ";" FILE_ROW("1", "'x'", SHA, "0", "x'00'"),
      "dataset_file.path" },
    { "file: same position",
      FILE_ROW("0", "'x'", SHA, "0", "x'00'") ";" FILE_ROW("0", "'y'", SHA, "0", "x'00'"),
      "dataset_file.position" },
};

/* In the words of SQLite, whatever the other tests stand on. */
static void test_schema(void **state)
{
    tl_store *s;
    tl_error err = { 0 };
    bool already;
    assert_int_equal(tl_store_open(&s, "sqlite::memory:", NULL, NULL), TL_OK);
    expect("v1", install(*state, s, "1", v1, NULL, NULL, &already, &err), TL_OK, &err, NULL);
    expect("v2", install(*state, s, "2", v2, NULL, NULL, &already, &err), TL_OK, &err, NULL);
    for (size_t i = 0; i < TEST_COUNT(schema_cases); i++) {
        const struct schema_case *c = &schema_cases[i];
        assert_int_equal(tl_store_begin(s, NULL), TL_OK);
        tl_status got = tl_store_exec(s, c->sql, &err);
        if (got == TL_OK && c->words)
            got = tl_store_commit(s, &err); /* deferred foreign keys speak here */
        tl_store_rollback(s);
        expect(c->label, got, c->words ? TL_ECONFLICT : TL_OK, &err, c->words);
    }
    tl_store_close(s);
}

/* By somebody with the file in hand. */
static const struct tamper_case {
    const char *label, *sql, *words;
    int64_t sound;
} tamper_cases[] = {
    { "nothing", "SELECT 1", NULL, 2 },
    { "one byte", "UPDATE dataset_file SET content = CAST(replace(content, '2.1', '2.2') AS BLOB)",
      "data set metals@1, file metals.csv: SHA-256 found ", 0 },
    { "content and hash",
      "UPDATE dataset_file SET content = x'', sha256 = "
      "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' WHERE position = 1",
      "metals@1: checksum found", 2 },
    { "file removed", "DELETE FROM dataset_file WHERE position = 0", "metals@1: checksum found",
      1 },
    { "rows", "UPDATE dataset_file SET row_count = 3 WHERE position = 0",
      "metals@1: checksum found", 2 },
    { "licence", "UPDATE dataset SET licence = 'MIT'", "metals@1: checksum found", 2 },
    { "note", "UPDATE dataset SET note = NULL", "metals@1: checksum found", 2 },
};

static void test_tamper(void **state)
{
    scratch *sc = *state;
    char address[600];
    snprintf(address, sizeof address, "sqlite:%s/tamper.db", sc->folder);
    const char *path = address + strlen("sqlite:");
    for (size_t i = 0; i < TEST_COUNT(tamper_cases); i++) {
        const struct tamper_case *c = &tamper_cases[i];
        tl_error err = { 0 };
        tl_store *s;
        sqlite3 *db;
        bool already;
        int64_t sound = -1;
        char *words = NULL;
        unlink(path);
        assert_int_equal(tl_store_open(&s, address, NULL, NULL), TL_OK);
        expect(c->label, install(sc, s, "1", v1, NULL, NULL, &already, &err), TL_OK, &err, NULL);
        tl_store_close(s);
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        if (sqlite3_exec(db,
                         "DROP TRIGGER dataset_only_superseded; DROP TRIGGER "
                         "dataset_file_no_update; DROP TRIGGER dataset_file_no_delete",
                         NULL, NULL, &words) != SQLITE_OK ||
            sqlite3_exec(db, c->sql, NULL, NULL, &words) != SQLITE_OK)
            fail_msg("%s: %s", c->label, words);
        sqlite3_close(db);
        assert_int_equal(tl_store_open(&s, address, NULL, NULL), TL_OK);
        expect(c->label, tl_dataset_verify(s, &sound, &err), c->words ? TL_ECONFLICT : TL_OK, &err,
               c->words);
        if (sound != c->sound)
            fail_msg("%s: %lld sound files, want %lld", c->label, (long long)sound,
                     (long long)c->sound);
        tl_store_close(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_install, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_conflict, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_undone, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_supersede, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_schema, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_tamper, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
