/* test_dataset_commands.c - init, dataset and verify as a person or a script meets them: exit code
 * and what is written. */
#include "dataset/tests/set_folder.h"

#include <fcntl.h>
#include <sqlite3.h>

#include "cli/tests/by_operation.h"

static const tl_command dataset = BY_OPERATION("dataset"), verify = BY_OPERATION("verify");

static const char v1[] = "metal,value,unit\nsteel,2.1,kg\naluminium,16.5,kg\n";
static const char v2[] = "metal,value,unit\nsteel,2.0,kg\nzinc,3,kg\n";

/* One call of the program; what it wrote, standard error included, is left in `out`. */
static int call(tl_cli *cli, const tl_command *command, char *const *args, tl_buf *out)
{
    char *argv[8] = { (char *)(uintptr_t)command->name };
    int argc = 1, code, keep[2] = { dup(1), dup(2) };
    while (args[argc - 1]) {
        argv[argc] = args[argc - 1];
        argc++;
    }
    fflush(stdout);
    int file = open("output", O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0 && dup2(file, 1) == 1 && dup2(file, 2) == 2);
    close(file);
    tl_arena_reset(cli->arena);
    code = command->run(cli, argc, argv);
    fflush(stdout);
    dup2(keep[0], 1);
    dup2(keep[1], 2);
    close(keep[0]);
    close(keep[1]);
    tl_file_view view;
    assert_int_equal(tl_file_open(&view, "output", 0, NULL), TL_OK);
    tl_buf_reset(out);
    tl_buf_add(out, view.data, view.size);
    tl_file_close(&view);
    return code;
}

static void raw(const char *sql)
{
    sqlite3 *db;
    char *words = NULL;
    assert_int_equal(sqlite3_open("t.db", &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &words) != SQLITE_OK)
        fail_msg("%s: %s", sql, words);
    sqlite3_close(db);
}

/* Done in this order on one database. data/ holds metals 2025.1 and gases 1; next/ metals 2025.2.
 */
static const struct step {
    const char *label;
    const tl_command *command;
    char *args[4];
    bool zh, json;
    int want;
    const char *words[4]; /* all of them are in the output */
    const char *before;   /* SQL by somebody with the file in hand */
} steps[] = {
    { "no database yet", &dataset, { "list" }, .want = 3, .words = { "tanlian init" } },
    { "verify without one", &verify, { NULL }, .want = 3, .words = { "t.db" } },
    { "init",
      &tl_command_init,
      { NULL },
      .want = 0,
      .words = { "gases", "2025.1", "data sets: 2\nof them new: 2\ndatabase: sqlite:t.db" } },
    { "init again",
      &tl_command_init,
      { NULL },
      .zh = true,
      .want = 0,
      .words = { "原已安装", "数据集：2\n其中新装：0" } },
    { "init as JSON",
      &tl_command_init,
      { NULL },
      .json = true,
      .want = 0,
      .words = { "\"already\": true", "\"id\": \"gases\"" } },
    { "init with an argument", &tl_command_init, { "x" }, .want = 2, .words = { "usage" } },
    { "list",
      &dataset,
      { "list" },
      .want = 0,
      .words = { "id      version  superseded by  date",
                 "metals  2025.1   current        2025-10-01  text" } },
    { "list, Chinese",
      &dataset,
      { "list" },
      .zh = true,
      .want = 0,
      .words = { "编号    版本", "金属", "现行" } },
    { "show",
      &dataset,
      { "show", "metals" },
      .want = 0,
      .words = { "Metals\n\nid: metals", "licence: CC-BY-4.0", "metals.csv        2" } },
    { "show a version, JSON",
      &dataset,
      { "show", "metals@2025.1" },
      .json = true,
      .want = 0,
      .words = { "\"superseded_by\": null", "\"rows\": 2", "\"title_zh\": \"金属\"" } },
    { "show what is not there",
      &dataset,
      { "show", "metals@9" },
      .json = true,
      .want = 3,
      .words = { "\"kind\":\"notfound\"", "metals@9" } },
    { "show nonsense", &dataset, { "show", "a b" }, .want = 2, .words = { "'a b'" } },
    { "show nothing", &dataset, { "show" }, .want = 2, .words = { "set is missing" } },
    { "unknown form",
      &dataset,
      { "remove", "metals" },
      .want = 2,
      .words = { "tanlian dataset list" } },
    { "diff with a folder",
      &dataset,
      { "diff", "metals", "next/metals" },
      .want = 0,
      .words = { "from: metals@2025.1", "to: metals@2025.2", "metals.csv     changed",
                 "metals.csv  steel      changed  value   2.1   2.0" } },
    { "install a new edition",
      &dataset,
      { "install", "next/metals" },
      .want = 0,
      .words = { "metals  2025.2", "of them new: 1" } },
    { "install again",
      &dataset,
      { "install", "next/metals" },
      .want = 0,
      .words = { "yes", "of them new: 0" } },
    { "the old one is marked",
      &dataset,
      { "list" },
      .want = 0,
      .words = { "metals  2025.1   2025.2 ", "metals  2025.2   current" } },
    { "the old one is marked, Chinese",
      &dataset,
      { "show", "metals@2025.1" },
      .zh = true,
      .want = 0,
      .words = { "已被取代：2025.2" } },
    { "diff of editions, JSON",
      &dataset,
      { "diff", "metals@2025.1", "metals" },
      .json = true,
      .want = 0,
      .words = { "\"rows_changed\": 1", "\"from\": \"2.1\"" } },
    { "diff, Chinese",
      &dataset,
      { "diff", "metals", "metals" },
      .zh = true,
      .want = 0,
      .words = { "metals.csv     相同" } },
    { "all folders or none",
      &dataset,
      { "install", "bad/zero", "bad/broken" },
      .want = 2,
      .words = { "bad/broken/manifest.yaml: kind is 'nonsense'" } },
    { "none it was", &dataset, { "show", "zero" }, .want = 3, .words = { "zero" } },
    { "verify",
      &verify,
      { NULL },
      .want = 0,
      .words = { "storage               yes", "audit chain           yes        3  entries",
                 "last entry of the chain: 3:", "data sets             yes        6  files" } },
    { "verify, Chinese JSON",
      &verify,
      { NULL },
      .zh = true,
      .json = true,
      .want = 0,
      .words = { "\"sound\": \"yes\"", "\"count\": 3", "\"count\": 6" } },
    { "verify with a bad head",
      &verify,
      { "--head=3" },
      .want = 2,
      .words = { "expected NUMBER:HASH" } },
    { "verify with another head",
      &verify,
      { "--head=3:0000000000000000000000000000000000000000000000000000000000000000" },
      .want = 2,
      .words = { "written anew" } },
    { "verify after the chain was cut",
      &verify,
      { "--head=3:0000000000000000000000000000000000000000000000000000000000000000" },
      .want = 2,
      .words = { "audit entry 3 was noted and is gone", "no         2  entries" },
      .before = "DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = 3" },
    { "verify a changed file",
      &verify,
      { NULL },
      .want = 2,
      .words = { "storage               yes", "data set gases@1, file more/note.txt: SHA-256" },
      .before = "DROP TRIGGER dataset_file_no_update;"
                "UPDATE dataset_file SET content = x'00' WHERE path = 'more/note.txt'" },
    { "verify a changed entry, JSON",
      &verify,
      { NULL },
      .json = true,
      .want = 2,
      .words = { "\"sound\": false", "\"problem_en\": \"audit entry 1 (" },
      .before = "DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'x' WHERE seq = 1" },
    { "verify a broken reference",
      &verify,
      { NULL },
      .want = 2,
      .words = { "refers to nothing in dataset" },
      .before = "DROP TRIGGER dataset_no_delete; PRAGMA foreign_keys = OFF;"
                "DELETE FROM dataset WHERE id = 'gases'" },
};

static void write_folders(void)
{
    static const set_folder sets[] = {
        { "metals", "2025.1", v1, NULL, NULL },
        { "gases", "1", v1, NULL, NULL },
        { "metals", "2025.2", v2, NULL, NULL },
        { "zero", "1", v1, NULL, NULL },
        { "broken", "1", v1, "kind: text", "kind: nonsense" },
    };
    static const char *const folders[] = { "data/metals", "data/gases", "next/metals", "bad/zero",
                                           "bad/broken" };
    mkdir("data", 0755);
    mkdir("data/no-set", 0755); /* a folder without a manifest is no set */
    mkdir("next", 0755);
    mkdir("bad", 0755);
    for (size_t i = 0; i < TEST_COUNT(sets); i++)
        set_folder_write(folders[i], &sets[i]);
}

static void start(tl_cli *cli, scratch *sc, tl_buf *out)
{
    *cli = (tl_cli){ .database = "sqlite:t.db", .data_dir = "data", .log = tl_log_stderr(false) };
    assert_int_equal(tl_arena_new(&cli->arena, 0, NULL), TL_OK);
    assert_int_equal(chdir(sc->folder), 0);
    write_folders();
    tl_buf_init(out, 0);
}

static void end(tl_cli *cli, tl_buf *out)
{
    tl_buf_clear(out);
    tl_arena_free(cli->arena);
    assert_int_equal(chdir("/"), 0);
}

static void test_steps(void **state)
{
    tl_cli cli;
    tl_buf out;
    start(&cli, *state, &out);
    for (size_t i = 0; i < TEST_COUNT(steps); i++) {
        const struct step *s = &steps[i];
        cli.zh = s->zh;
        cli.json = s->json;
        if (s->before)
            raw(s->before);
        int got = call(&cli, s->command, s->args, &out);
        if (got != s->want)
            fail_msg("%s: exit code %d, want %d: %s", s->label, got, s->want, tl_buf_text(&out));
        for (size_t w = 0; w < TEST_COUNT(s->words) && s->words[w]; w++)
            if (!strstr(tl_buf_text(&out), s->words[w]))
                fail_msg("%s: no '%s' in: %s", s->label, s->words[w], tl_buf_text(&out));
    }
    end(&cli, &out);
}

/* One bad set among those that ship: nothing goes in. */
static void test_init_all_or_none(void **state)
{
    char *none[] = { NULL }, *empty[] = { "--empty", NULL }, *list[] = { "list", NULL };
    tl_cli cli;
    tl_buf out;
    start(&cli, *state, &out);
    cli.data_dir = "bad";
    cli.json = true;
    assert_int_equal(call(&cli, &tl_command_init, none, &out), 2);
    assert_non_null(strstr(tl_buf_text(&out), "bad/broken/manifest.yaml"));
    assert_int_equal(call(&cli, &dataset, list, &out), 0);
    assert_non_null(strstr(tl_buf_text(&out), "\"sets\": []"));
    cli.data_dir = NULL;
    assert_int_equal(call(&cli, &tl_command_init, none, &out), 3);
    assert_int_equal(call(&cli, &tl_command_init, empty, &out), 0);
    end(&cli, &out);
}

/* The rows of a set are part of its installation: where they are refused, so is the set. */
static void test_rows_refused(void **state)
{
    const set_folder broken = { "broken", "1", v1, "kind: text", "kind: factors" };
    char *none[] = { NULL }, *show[] = { "show", "broken", NULL };
    tl_cli cli;
    tl_buf out;
    start(&cli, *state, &out);
    set_folder_write("bad/broken", &broken);
    cli.data_dir = "bad";
    assert_int_equal(call(&cli, &tl_command_init, none, &out), 2);
    assert_non_null(strstr(tl_buf_text(&out), "bad/broken: "));
    assert_int_equal(call(&cli, &dataset, show, &out), 3);
    assert_int_equal(call(&cli, &verify, none, &out), 0);
    assert_non_null(strstr(tl_buf_text(&out), "audit chain           yes        0  entries"));
    end(&cli, &out);
}

/* What ships with the program goes in, every set of it, and is sound. */
static void test_bundled(void **state)
{
    char *none[] = { NULL }, *show[] = { "show", "gwp", NULL }, folder[600];
    const char *source = getenv("TL_SOURCE");
    tl_cli cli;
    tl_buf out;
    assert_non_null(source); /* the build sets it */
    snprintf(folder, sizeof folder, "%s/data", source);
    start(&cli, *state, &out);
    cli.data_dir = folder;
    int code = call(&cli, &tl_command_init, none, &out);
    if (code != 0)
        fail_msg("init of %s: %d %s", folder, code, tl_buf_text(&out));
    assert_int_equal(call(&cli, &dataset, show, &out), 0);
    assert_int_equal(call(&cli, &verify, none, &out), 0);
    end(&cli, &out);
}

static void test_actor(void **state)
{
    char *none[] = { NULL };
    tl_cli cli;
    tl_buf out;
    sqlite3 *db;
    sqlite3_stmt *q;
    start(&cli, *state, &out);
    assert_int_equal(setenv("TANLIAN_ACTOR", "王芳", 1), 0);
    assert_int_equal(call(&cli, &tl_command_init, none, &out), 0);
    assert_int_equal(unsetenv("TANLIAN_ACTOR"), 0);
    assert_int_equal(sqlite3_open("t.db", &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT actor, action, object, detail FROM audit", -1, &q, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(q, 0), "王芳");
    assert_string_equal((const char *)sqlite3_column_text(q, 1), "dataset.install");
    assert_string_equal((const char *)sqlite3_column_text(q, 2), "dataset/gases@1");
    assert_non_null(strstr((const char *)sqlite3_column_text(q, 3), "\"files\":2"));
    sqlite3_finalize(q);
    sqlite3_close(db);
    end(&cli, &out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_steps, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_init_all_or_none, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_rows_refused, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_bundled, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_actor, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
