/* test_manifest.c - what a manifest may say, and a folder against its manifest. */
#include "dataset/tests/set_folder.h"

#include "dataset/dataset_priv.h"

static const char two_metals[] = "metal,value\nsteel,2.1\naluminium,16.5\n";

static const struct manifest_case {
    const char *label, *find, *put;
    const char *words; /* NULL: good */
} manifest_cases[] = {
    { "as written", NULL, NULL, NULL },
    { "without note", "note: >\n  folded\n  note\n", "", NULL },
    { "rows left out where they make no sense", "rows: 2", "rows: 2", NULL },
    { "unknown field", "title_en: Metals", "title_en: Metals\nlicense: MIT", "license" },
    { "unknown field of a file", "    rows: 2", "    size: 2", "size" },
    { "missing field", "licence: CC-BY-4.0\n", "", "licence" },
    { "missing checksum", "{ path: more/note.txt, sha256", "{ path: more/note.txt, rows: 0 } #",
      "sha256" },
    { "no files", "files:\n", "files: []\nother:\n", "manifest.yaml: " },
    { "empty text", "licence: CC-BY-4.0", "licence: ''", "licence is empty" },
    { "control character", "source: a test", "source: \"a\\e[2Jtest\"", "source holds" },
    { "two lines", "source: a test", "source: \"a\\ntest\"", "source holds" },
    { "id with capitals", "id: metals", "id: Metals", "id is 'Metals'" },
    { "id with a slash", "id: metals", "id: a/b", "id is 'a/b'" },
    { "empty id", "id: metals", "id: ''", "id is ''" },
    { "version with a letter", "\"2025.1\"", "\"2025.1b\"", "version is '2025.1b'" },
    { "version with an empty part", "\"2025.1\"", "\"2025..1\"", "version is '2025..1'" },
    { "version with a leading zero", "\"2025.1\"", "\"2025.01\"", "version is '2025.01'" },
    { "version too long", "\"2025.1\"", "\"1234567890\"", "version is" },
    { "no such day", "2025-10-01", "2025-02-29", "date is '2025-02-29'" },
    { "date as written elsewhere", "2025-10-01", "01.10.2025", "date is '01.10.2025'" },
    { "companies", "kind: text", "kind: companies", NULL },
    { "index", "kind: text", "kind: index", NULL },
    { "index results", "kind: text", "kind: index-results", NULL },
    { "unknown kind", "kind: text", "kind: factor", "kind is 'factor'" },
    { "way up", "path: metals.csv", "path: ../metals.csv", "path '../metals.csv'" },
    { "way up inside", "path: more/note.txt", "path: more/../metals.csv", "expected a file below" },
    { "absolute path", "path: metals.csv", "path: /etc/passwd", "path '/etc/passwd'" },
    { "the manifest itself", "path: metals.csv", "path: manifest.yaml", "path 'manifest.yaml'" },
    { "hidden file", "path: metals.csv", "path: .metals.csv", "path '.metals.csv'" },
    { "double slash", "path: more/note.txt", "path: more//note.txt", "path 'more//note.txt'" },
    { "backslash", "path: metals.csv", "path: more\\note.txt", "expected a file below" },
    { "same path twice", "path: more/note.txt", "path: metals.csv", "stands twice" },
    { "checksum cut", "rows: 2", "rows: 2\n  - { path: x, sha256: 12ab }", "sha256 of 'x'" },
    { "rows below 0", "rows: 2", "rows: -1", "rows of 'metals.csv'" },
    { "rows no number", "rows: 2", "rows: many", "'many' (line: 17" },
    { "wrong rows", "rows: 2", "rows: 3", "2 rows found, the manifest says 3" },
    { "missing file", "path: metals.csv", "path: none.csv", "none.csv: the manifest names" },
    { "a folder for a file", "path: more/note.txt", "path: more", "is a folder" },
    { "wrong checksum", "metals.csv\n    sha256: ", "metals.csv\n    sha256: 0", "sha256 of" },
    { "alias", "title_en: Metals", "title_en: &t Metals\nx: *t", "manifest.yaml: " },
    { "not YAML", "id: metals", "id: [metals", "manifest.yaml: " },
    { "list for text", "licence: CC-BY-4.0", "licence: [a, b]", "manifest.yaml: " },
    { "field twice", "licence: CC-BY-4.0", "licence: MIT\nlicence: CC-BY-4.0",
      "already seen: licence" },
    { "second document", "id: metals", "---\nid: metals", NULL },
};

static void test_manifest(void **state)
{
    scratch *sc = *state;
    for (size_t i = 0; i < TEST_COUNT(manifest_cases); i++) {
        const struct manifest_case *c = &manifest_cases[i];
        const set_folder folder = { "metals", "2025.1", two_metals, c->find, c->put };
        tl_error err = { 0 };
        tl_dataset set;
        tl_arena *arena;
        const char *path = scratch_path(sc, "set");
        set_folder_write(path, &folder);
        assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
        tl_status got = tl_dataset_load(&set, path, arena, &err);
        expect(c->label, got, c->words ? TL_EINPUT : TL_OK, &err, c->words);
        if (c->words && !strstr(err.text, path))
            fail_msg("%s: error '%s' does not name the file", c->label, err.text);
        tl_arena_free(arena);
    }
}

static void test_fields(void **state)
{
    scratch *sc = *state;
    const set_folder folder = { "metals", "2025.1", two_metals, NULL, NULL };
    tl_arena *arena;
    tl_dataset set;
    tl_error err = { 0 };
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    set_folder_write(scratch_path(sc, "set"), &folder);
    expect("load", tl_dataset_load(&set, sc->path, arena, &err), TL_OK, &err, NULL);
    assert_string_equal(set.id, "metals");
    assert_string_equal(set.version, "2025.1");
    assert_string_equal(set.date, "2025-10-01");
    assert_string_equal(set.kind, "text");
    assert_string_equal(set.title_zh, "金属");
    assert_string_equal(set.note, "folded note");
    assert_int_equal(set.file_count, 2);
    assert_string_equal(set.files[1].path, "more/note.txt");
    assert_int_equal(set.files[0].rows, 2);
    assert_int_equal(set.files[1].rows, 0);
    assert_null(set.installed_at);

    /* every byte that is wrong is found, and both checksums are told */
    char path[600];
    snprintf(path, sizeof path, "%s/metals.csv", sc->path);
    assert_int_equal(tl_file_write(path, "metal,value\nsteel,2.2\naluminium,16.5\n", 37, NULL),
                     TL_OK);
    expect("changed file", tl_dataset_load(&set, sc->path, arena, &err), TL_EINPUT, &err,
           "metals.csv: SHA-256 found ");
    assert_non_null(strstr(err.text, set.files[0].sha256));
    expect("no folder", tl_dataset_load(&set, scratch_path(sc, "none"), arena, &err), TL_ENOTFOUND,
           &err, "none/manifest.yaml");
    tl_arena_free(arena);
}

/* The checksum of a set pins its description too. */
static void test_checksum(void **state)
{
    static const struct {
        const char *label, *find, *put;
        bool same;
    } rows[] = {
        { "comment", "# a comment", "# another", true },
        { "quotes", "licence: CC-BY-4.0", "licence: \"CC-BY-4.0\"", true },
        { "licence", "CC-BY-4.0", "CC-BY-SA-4.0", false },
        { "title", "Metals", "Metal", false },
        { "note", "note: >\n  folded\n  note\n", "", false },
        { "version", "2025.1", "2025.2", false },
        { "path", "metals.csv", "metal.csv", false },
    };
    scratch *sc = *state;
    char first[TL_SHA256_HEX];
    tl_arena *arena;
    tl_dataset set;
    set_folder folder = { "metals", "2025.1", two_metals, NULL, NULL };
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    set_folder_write(scratch_path(sc, "set"), &folder);
    assert_int_equal(tl_dataset_manifest(&set, sc->path, arena, NULL), TL_OK);
    memcpy(first, set.checksum, sizeof first);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        folder.find = rows[i].find;
        folder.put = rows[i].put;
        set_folder_write(sc->path, &folder);
        assert_int_equal(tl_dataset_manifest(&set, sc->path, arena, NULL), TL_OK);
        if ((strcmp(set.checksum, first) == 0) != rows[i].same)
            fail_msg("%s: checksum %s", rows[i].label, rows[i].same ? "changed" : "is the same");
    }
    tl_arena_free(arena);
}

static void test_versions(void **state)
{
    (void)state;
    static const char *const rising[] = {
        "0",  "1",    "1.0",    "1.0.1",    "1.1",     "1.9",      "1.10",     "2",
        "10", "2025", "2025.1", "2025.1.1", "2025.10", "2025.100", "999999999"
    };
    for (size_t i = 0; i < TEST_COUNT(rising); i++)
        for (size_t j = 0; j < TEST_COUNT(rising); j++) {
            int got = tl_dataset_version_compare(rising[i], rising[j]);
            int want = (i > j) - (i < j);
            if ((got > 0) - (got < 0) != want)
                fail_msg("%s against %s: %d, want %d", rising[i], rising[j], got, want);
        }
}

static void test_reference(void **state)
{
    (void)state;
    static const struct {
        const char *text, *id, *version;
        tl_status want;
    } rows[] = {
        { "gwp", "gwp", NULL, TL_OK },           { "gwp@2025.1", "gwp", "2025.1", TL_OK },
        { "gwp@", NULL, NULL, TL_EINPUT },       { "@1", NULL, NULL, TL_EINPUT },
        { "", NULL, NULL, TL_EINPUT },           { "gwp@1@2", NULL, NULL, TL_EINPUT },
        { "gwp@latest", NULL, NULL, TL_EINPUT }, { "data/gwp", NULL, NULL, TL_EINPUT },
    };
    tl_arena *arena;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        const char *id, *version;
        tl_error err = { 0 };
        expect(rows[i].text, tl_dataset_reference(rows[i].text, arena, &id, &version, &err),
               rows[i].want, &err, NULL);
        if (rows[i].want != TL_OK)
            continue;
        assert_string_equal(id, rows[i].id);
        assert_true((version == NULL) == (rows[i].version == NULL));
        if (version)
            assert_string_equal(version, rows[i].version);
    }
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_manifest, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_fields, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_checksum, scratch_setup, scratch_teardown),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
