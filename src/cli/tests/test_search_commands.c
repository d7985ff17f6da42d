/* test_search_commands.c - what another command writes, `tanlian search` finds at once. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/hash.h"
#include "cli/tests/by_operation.h"

#define TEST_COUNT(a) (sizeof(a) / sizeof *(a))

static const char companies[] = "id,name_en,name_zh,country,source\n"
                                "geely-auto,Geely Auto,吉利汽车,CN,a test\n"
                                "nio,NIO,蔚来,CN,a test\n";
static const char renamed[] = "id,name_en,name_zh,country,source\n"
                              "nio,NIO Holding,上海蔚来,CN,a test\n";
static const char header[] = "key,name_en,name_zh,category,value,unit,region,data_year,boundary,"
                             "technology,quality,source,note,verified\n";

static tl_cli cli = { .program = "tanlian", .database = "t.db", .data_dir = "data", .log = { 0 } };

/* Runs a command with its standard output in *out; the exit code. */
static int call(const tl_command *command, const char *const *args, tl_buf *out)
{
    char *argv[12] = { (char *)(uintptr_t)command->name };
    int argc = 1;
    tl_file_view view;
    for (; args[argc - 1]; argc++)
        argv[argc] = (char *)(uintptr_t)args[argc - 1];
    fflush(stdout);
    int keep = dup(1), file = open("out.txt", O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(keep >= 0 && file >= 0 && dup2(file, 1) == 1);
    close(file);
    tl_arena_reset(cli.arena);
    int code = command->run(&cli, argc, argv);
    fflush(stdout);
    dup2(keep, 1);
    close(keep);
    assert_int_equal(tl_file_open(&view, "out.txt", 0, NULL), TL_OK);
    tl_buf_reset(out);
    tl_buf_add(out, view.data, view.size);
    tl_file_close(&view);
    return code;
}

static const tl_command company = BY_OPERATION("company"), dataset = BY_OPERATION("dataset"),
                        search = BY_OPERATION("search");

/* A set of one factor in the folder "set". */
static void write_set(const char *version, const char *row)
{
    char sha[TL_SHA256_HEX];
    tl_buf csv, b;
    mkdir("set", 0755);
    tl_buf_init(&csv, 0);
    tl_buf_init(&b, 0);
    tl_buf_printf(&csv, "%s%s\n", header, row);
    assert_int_equal(tl_sha256_of(csv.data, csv.len, sha, NULL), TL_OK);
    assert_int_equal(tl_file_write("set/factors.csv", csv.data, csv.len, NULL), TL_OK);
    tl_buf_printf(&b,
                  "id: metals\nversion: \"%s\"\ndate: 2025-10-01\nkind: factors\ntitle_en: Metals\n"
                  "title_zh: 金属\nlicence: CC0-1.0\nattribution: Nobody\nsource: a test\n"
                  "files:\n  - path: factors.csv\n    sha256: %s\n    rows: 1\n",
                  version, sha);
    assert_int_equal(tl_file_write("set/manifest.yaml", b.data, b.len, NULL), TL_OK);
    tl_buf_clear(&csv);
    tl_buf_clear(&b);
}

static void find(const char *text, const char *has, const char *lacks)
{
    tl_buf out;
    tl_buf_init(&out, 0);
    const char *const args[] = { text, "--facets", NULL };
    int code = call(&search, args, &out);
    if (code != TL_EXIT_OK || !strstr(tl_buf_text(&out), has) ||
        (lacks && strstr(tl_buf_text(&out), lacks)))
        fail_msg("%s: code %d, want '%s': %s", text, code, has, tl_buf_text(&out));
    tl_buf_clear(&out);
}

static void must(const tl_command *command, const char *a, const char *b)
{
    const char *const args[] = { a, b, NULL };
    tl_buf out;
    tl_buf_init(&out, 0);
    int code = call(command, args, &out);
    if (code != TL_EXIT_OK)
        fail_msg("%s %s: code %d: %s", command->name, a ? a : "", code, tl_buf_text(&out));
    tl_buf_clear(&out);
}

static void test_companies(void)
{
    static const char *const names[] = { "吉利", "Geely", "jili",      "ji li qi che",
                                         "jlqc", "gee",   "geely-auto" };
    assert_int_equal(tl_file_write("c.csv", companies, strlen(companies), NULL), TL_OK);
    must(&company, "import", "c.csv");
    for (size_t i = 0; i < TEST_COUNT(names); i++)
        find(names[i], "geely-auto", "nio ");
    find("weilai", "company: 1", "Holding");
    assert_int_equal(tl_file_write("c.csv", renamed, strlen(renamed), NULL), TL_OK);
    must(&company, "import", "c.csv");
    find("weilai", "NIO Holding", NULL);
    find("shanghai", "company: 1", NULL);
}

static void test_factors(void)
{
    write_set("1", "steel,hot rolled steel,热轧钢,metal,2,tCO2e/t,CN,2020,,BF,,s,,yes");
    must(&dataset, "install", "set");
    find("rezhagang", "metals/steel", NULL);
    write_set("2", "zinc,zinc ingot,锌锭,metal,3,tCO2e/t,CN,2021,,,,s,,yes");
    must(&dataset, "install", "set");
    find("xinding", "metals/zinc", "Nothing has");
    find("rezhagang", "Nothing has", NULL);
}

static void test_commands(void **state)
{
    (void)state;
    static const char *const left[] = { "t.db",  "t.db-wal",        "t.db-shm",         "out.txt",
                                        "c.csv", "set/factors.csv", "set/manifest.yaml" };
    static const char *const bad[] = { "x", "--pick", "colour=red", NULL };
    char folder[] = "/tmp/tanlian-search-XXXXXX", here[4096];
    tl_buf out;
    assert_non_null(getcwd(here, sizeof here));
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(tl_arena_new(&cli.arena, 0, NULL), TL_OK);
    mkdir("data", 0755);
    must(&tl_command_init, NULL, NULL);
    test_companies();
    test_factors();
    tl_buf_init(&out, 0);
    assert_int_equal(call(&search, bad, &out), TL_EXIT_INPUT);
    tl_buf_clear(&out);
    for (size_t i = 0; i < TEST_COUNT(left); i++)
        unlink(left[i]);
    rmdir("set");
    rmdir("data");
    assert_int_equal(chdir(here), 0);
    assert_int_equal(rmdir(folder), 0);
    tl_arena_free(cli.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_commands) };
    cli.log = tl_log_stderr(false);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
