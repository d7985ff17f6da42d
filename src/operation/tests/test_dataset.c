/* test_dataset.c - data sets as the service hands them in: a pack by any name, never a folder. */
#include "dataset/tests/set_folder.h"

#include "format/zip.h"
#include "operation/operation.h"

static const char csv[] = "metal,value,unit\nsteel,2.1,kg\n";

/* One run; the status, with what it says in *err. */
static tl_status run(tl_store *s, tl_arena *arena, const char *name, const tl_given *given,
                     size_t n, bool own_files, const tl_viewer *viewer, tl_error *err)
{
    tl_call c = { .operation = tl_operation_find(name),
                  .store = s,
                  .viewer = viewer,
                  .today = "2026-01-02",
                  .own_files = own_files,
                  .arena = arena,
                  .given = given,
                  .n_given = n };
    assert_non_null(c.operation);
    tl_buf_init(&c.drawing, 0);
    tl_buf_init(&c.document, 0);
    tl_status st = tl_call_run(&c, err);
    assert_true(st != TL_OK || c.report);
    tl_buf_clear(&c.drawing);
    tl_buf_clear(&c.document);
    return st;
}

/* The set of the folder as a pack without an ending, as an upload has none. */
static void write_pack(const char *folder, const char *path)
{
    static const char *const files[] = { "manifest.yaml", "metals.csv", "more/note.txt" };
    tl_zip_entry entries[TEST_COUNT(files)];
    tl_file_view views[TEST_COUNT(files)];
    char names[TEST_COUNT(files)][100], source[300];
    tl_buf zip;
    tl_buf_init(&zip, 0);
    for (size_t i = 0; i < TEST_COUNT(files); i++) {
        snprintf(source, sizeof source, "%s/%s", folder, files[i]);
        snprintf(names[i], sizeof names[i], "metals/%s", files[i]);
        assert_int_equal(tl_file_open(&views[i], source, 0, NULL), TL_OK);
        entries[i] = (tl_zip_entry){ names[i], views[i].data, views[i].size };
    }
    assert_int_equal(tl_zip_write(entries, TEST_COUNT(files), &zip, NULL), TL_OK);
    assert_int_equal(tl_file_write(path, tl_buf_text(&zip), zip.len, NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(files); i++)
        tl_file_close(&views[i]);
    tl_buf_clear(&zip);
}

static const struct step {
    const char *label, *operation;
    tl_given given[2];
    bool own_files, visitor;
    tl_status want;
    const char *words; /* in the message */
} steps[] = {
    { .label = "a folder from outside",
      .operation = "dataset install",
      .given = { { "file", "metals" } },
      .want = TL_EINPUT,
      .words = "metals" },
    { .label = "a visitor",
      .operation = "dataset install",
      .given = { { "file", "upload" } },
      .visitor = true,
      .want = TL_EFORBIDDEN,
      .words = "dataset-install" },
    { .label = "a pack from outside",
      .operation = "dataset install",
      .given = { { "file", "upload" } } },
    { .label = "it is there",
      .operation = "dataset show",
      .given = { { "set", "metals" } },
      .visitor = true },
    { .label = "a folder of one's own",
      .operation = "dataset install",
      .given = { { "file", "metals" } },
      .own_files = true },
    { .label = "compared with a folder",
      .operation = "dataset diff",
      .given = { { "from", "metals" }, { "to", "./metals" } },
      .own_files = true },
    { .label = "compared with a folder from outside",
      .operation = "dataset diff",
      .given = { { "from", "metals" }, { "to", "./metals" } },
      .want = TL_EINPUT,
      .words = "./metals" },
};

static void test_hands(void **state)
{
    const set_folder set = { "metals", "1", csv, NULL, NULL };
    const tl_viewer op = tl_viewer_operator("anna"), visitor = tl_viewer_visitor();
    tl_store *s;
    tl_arena *arena;
    assert_int_equal(chdir(((scratch *)*state)->folder), 0);
    set_folder_write("metals", &set);
    write_pack("metals", "upload");
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(tl_store_open(&s, "t.db", NULL, NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(steps); i++) {
        const struct step *c = &steps[i];
        tl_error err = { 0 };
        tl_status got = run(s, arena, c->operation, c->given, c->given[1].name ? 2 : 1,
                            c->own_files, c->visitor ? &visitor : &op, &err);
        if (got != c->want || (c->words && !strstr(err.text, c->words)))
            fail_msg("%s: status %d, want %d: %s", c->label, (int)got, (int)c->want, err.text);
    }
    tl_store_close(s);
    tl_arena_free(arena);
    assert_int_equal(chdir("/"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_hands, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
