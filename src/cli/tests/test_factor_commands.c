/* test_factor_commands.c - "tanlian factor" as a person or a script meets it. */
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

static const char old_csv[] = "key,name_en,name_zh,category,value,unit,region,data_year,boundary,"
                              "technology,quality,source,note,"
                              "verified\n"
                              "al-cn,primary aluminium,原铝,metal,17.5,tCO2e/t,CN,2019,cradle to "
                              "gate,average,,survey A,,yes\n";
static const char new_csv[] =
    "key,name_en,name_zh,category,value,unit,region,data_year,boundary,technology,quality,source,"
    "note,"
    "verified\n"
    "al-cn,primary aluminium,原铝,metal,16.5,tCO2e/t,CN,2023,cradle to "
    "gate,average,\"2,1,1,1,3\",survey A,"
    "a note,yes\n"
    "al-yn,\"primary aluminium, Yunnan\",云南原铝,metal,4829.81,kgCO2e/t,CN-YN,2023,as "
    "disclosed,hydropower,,"
    "report B,,yes\n"
    "al-rumour,primary aluminium,原铝,metal,9,tCO2e/t,CN,,,,,hearsay,,no\n"
    "anode,anode of electrolytic aluminium,电解铝阳极,process,1.5,tCO2/t,CN,2013,process,,,guide "
    "C,,yes\n";

static const tl_command dataset = BY_OPERATION("dataset"), factor = BY_OPERATION("factor");

/* Output of one call, standard error apart, and its exit code. */
struct answer {
    tl_buf out, talk;
    int code;
};

static void read_back(const char *path, tl_buf *to)
{
    tl_file_view view;
    assert_int_equal(tl_file_open(&view, path, 0, NULL), TL_OK);
    tl_buf_reset(to);
    tl_buf_add(to, view.data, view.size);
    tl_file_close(&view);
}

static int send_to(int stream, const char *path)
{
    int keep = dup(stream), file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(keep >= 0 && file >= 0 && dup2(file, stream) == stream);
    close(file);
    return keep;
}

static void give_back(int stream, int keep)
{
    dup2(keep, stream);
    close(keep);
}

static void call(tl_cli *cli, const tl_command *command, const char *const *args, struct answer *a)
{
    char *argv[12] = { (char *)(uintptr_t)command->name };
    int argc = 1;
    for (; args[argc - 1]; argc++)
        argv[argc] = (char *)(uintptr_t)args[argc - 1];
    fflush(stdout);
    int out = send_to(1, "out.txt"), talk = send_to(2, "talk.txt");
    tl_arena_reset(cli->arena);
    a->code = command->run(cli, argc, argv);
    fflush(stdout);
    give_back(1, out);
    give_back(2, talk);
    read_back("out.txt", &a->out);
    read_back("talk.txt", &a->talk);
}

static void write_set(const char *folder, const char *version, const char *csv)
{
    char path[300], sha[TL_SHA256_HEX];
    int rows = -1;
    tl_buf b;
    mkdir(folder, 0755);
    for (const char *p = csv; *p; p++)
        rows += *p == '\n';
    assert_int_equal(tl_sha256_of(csv, strlen(csv), sha, NULL), TL_OK);
    snprintf(path, sizeof path, "%s/factors.csv", folder);
    assert_int_equal(tl_file_write(path, csv, strlen(csv), NULL), TL_OK);
    tl_buf_init(&b, 0);
    tl_buf_printf(&b,
                  "id: metals\nversion: \"%s\"\ndate: 2025-10-01\nkind: factors\ntitle_en: Metals\n"
                  "title_zh: 金属\nlicence: CC0-1.0\nattribution: Nobody\nsource: a test\n"
                  "files:\n  - path: factors.csv\n    sha256: %s\n    rows: %d\n",
                  version, sha, rows);
    snprintf(path, sizeof path, "%s/manifest.yaml", folder);
    assert_int_equal(tl_file_write(path, tl_buf_text(&b), b.len, NULL), TL_OK);
    tl_buf_clear(&b);
}

static const struct step {
    const char *label;
    const char *args[9];
    bool zh, json;
    int code;
    const char *has[6]; /* texts of standard output */
    const char *lacks;  /* one that is not in it */
    const char *talk;   /* part of standard error */
} steps[] = {
    { .label = "one word",
      .args = { "search", "aluminium", "--category", "METAL" },
      .has = { "shown: 3\nmore match: no\n",
               "metals/al-cn@2      primary aluminium             16.5  tCO2e/t   CN            "
               "2023 "
               " average     yes\n"
               "metals/al-yn@2      primary aluminium, Yunnan  4829.81  kgCO2e/t  CN-YN         "
               "2023 "
               " hydropower  yes\n"
               "metals/al-rumour@2  primary aluminium                9  tCO2e/t   CN      not "
               "stated "
               "             no\n",
               "never taken as a default" } },
    { .label = "Chinese, narrowed",
      .args = { "search", "电解铝", "--region", "cn", "--year", "2023" },
      .zh = true,
      .has = { "metals/anode@2  电解铝阳极   1.5  tCO2/t  CN    2013        是" },
      .lacks = "metals/al-cn" },
    { .label = "limit",
      .args = { "search", "aluminium", "--limit=1" },
      .has = { "shown: 1\nmore match: yes\n", "metals/al-cn@2" },
      .lacks = "metals/al-yn@2" },
    { .label = "old versions too",
      .args = { "search", "原铝", "--year", "2019", "--all-versions", "--verified" },
      .has = { "shown: 1\n", "metals/al-cn@1  primary aluminium   17.5  tCO2e/t  CN      2019" } },
    { .label = "nothing", .args = { "search", "zinc" }, .has = { "No factor matches." } },
    { .label = "nothing as JSON",
      .args = { "search", "zinc" },
      .json = true,
      .has = { "\"shown\": 0,\n  \"more\": \"no\",\n  \"factors\": []" } },
    { .label = "sources are not searched",
      .args = { "search", "rumour hearsay 原铝", "--limit", "1" },
      .json = true,
      .has = { "\"factors\": []" } },
    { .label = "show",
      .args = { "show", "metals/al-cn" },
      .has = { "reference                     metals/al-cn@2\n"
               "name                          primary aluminium / 原铝\n"
               "category                      metal\n"
               "value                         16.5\n"
               "unit                          tCO2e/t\n"
               "region                        CN\n"
               "year                          2023\n"
               "boundary                      cradle to gate\n"
               "technology                    average\n"
               "quality                       2,1,1,1,3\n"
               "verified                      yes\n"
               "source                        survey A\n"
               "note                          a note\n"
               "stage                         not stated\n"
               "geometric standard deviation  not stated\n"
               "share of fossil CO2 (%)       not stated\n"
               "data set                      Metals / 金属\n" } },
    { .label = "show an unverified one in Chinese",
      .args = { "show", "metals/al-rumour@2" },
      .zh = true,
      .has = { "metals/al-rumour@2\n", "原铝 / primary aluminium\n", "未评分\n", "未注明\n",
               "未核实的因子不作默认值" } },
    { .label = "show an old one as JSON",
      .args = { "show", "metals@1/al-cn" },
      .json = true,
      .has = { ("\"reference\": \"metals/al-cn@1\",\n      \"set\": \"metals\",\n      "
                "\"version\": \"1\",\n      \"key\": \"al-cn\",\n      \"name_en\": \"primary "
                "aluminium\",\n      \"name_zh\": \"原铝\",\n      \"category\": \"metal\",\n  "
                "    \"value\": 17.5,\n"),
               "\"quality\": null,\n      \"verified\": true,\n",
               "\"gsd\": null,\n      \"percent95\": null,\n      \"share_fossil_co2\": null",
               "\"set_title_en\": \"Metals\"", "\"superseded_by\": null" } },
    { .label = "show two",
      .args = { "show", "metals/al-cn", "metals/al-yn" },
      .has = { "metals/al-cn@2\n", "attribution                   Nobody\n\nreference  ",
               "metals/al-yn@2\n" } },
    { .label = "compare",
      .args = { "compare", "aluminium" },
      .has = { ("1  tCO2e/t  CO2e       3         2  4.82981  10.664905  16.5\n"
                "    2  tCO2/t   CO2        1         1      1.5        1.5   1.5\n"),
               "1         16.5  metals/al-cn@2", "1      4.82981  metals/al-yn@2",
               "1            9  metals/al-rumour@2", "2          1.5  metals/anode@2",
               "  1  survey A\n  2  report B\n  3  hearsay\n  4  guide C\n" } },
    { .label = "compare references",
      .args = { "compare", "metals/al-cn@1", "metals/al-cn" },
      .zh = true,
      .has = { "16.5    17  17.5\n", "17.5  metals/al-cn@1", "16.5  metals/al-cn@2",
               "   1  survey A\n" },
      .lacks = "   2  survey" },
    { .label = "compare nothing", .args = { "compare", "zinc" }, .has = { "No factor matches." } },
    { .label = "no such factor",
      .args = { "show", "metals/zinc" },
      .code = 3,
      .talk = "metals/zinc" },
    { .label = "no reference", .args = { "show", "zinc" }, .code = 2, .talk = "expected set/key" },
    { .label = "no reference at all",
      .args = { "show" },
      .code = 2,
      .talk = "reference is missing" },
    { .label = "no form", .args = { "find", "zinc" }, .code = 2, .talk = "factor search" },
    { .label = "no form at all", .args = { NULL }, .code = 2, .talk = "factor search" },
    { .label = "no words", .args = { "compare" }, .code = 2, .talk = "q is missing" },
    { .label = "year 23",
      .args = { "search", "zinc", "--year", "23" },
      .code = 2,
      .talk = "--year is 23, expected 1900 to 2200" },
    { .label = "limit 0",
      .args = { "search", "zinc", "--limit", "0" },
      .code = 2,
      .talk = "--limit is 0" },
    { .label = "too many to compare",
      .args = { "compare", "zinc", "--limit", "1001" },
      .code = 2,
      .talk = "expected 1 to 1000" },
    { .label = "per volume without a density",
      .args = { "show", "metals/al-cn", "--per", "m3" },
      .code = 2,
      .talk = "takes a density such as --density" },
    { .label = "a density alone",
      .args = { "show", "metals/al-cn", "--density", "2.7 t/m3" },
      .code = 2,
      .talk = "--density without --per UNIT" },
    { .label = "unknown option",
      .args = { "search", "--place", "CN" },
      .code = 2,
      .talk = "--place" },
};

static void run_steps(tl_cli *cli, struct answer *a)
{
    for (size_t i = 0; i < TEST_COUNT(steps); i++) {
        const struct step *c = &steps[i];
        cli->zh = c->zh;
        cli->json = c->json;
        call(cli, &factor, c->args, a);
        if (a->code != c->code)
            fail_msg("%s: exit code %d, want %d: %s", c->label, a->code, c->code,
                     tl_buf_text(&a->talk));
        for (size_t k = 0; k < TEST_COUNT(c->has) && c->has[k]; k++)
            if (!strstr(tl_buf_text(&a->out), c->has[k]))
                fail_msg("%s: wrote\n%s\nwant in it\n%s", c->label, tl_buf_text(&a->out),
                         c->has[k]);
        if (c->lacks && strstr(tl_buf_text(&a->out), c->lacks))
            fail_msg("%s: wrote\n%s\nwith '%s'", c->label, tl_buf_text(&a->out), c->lacks);
        if (c->code && a->out.len)
            fail_msg("%s: wrote\n%s", c->label, tl_buf_text(&a->out));
        if (c->talk && !strstr(tl_buf_text(&a->talk), c->talk))
            fail_msg("%s: said '%s', want '%s'", c->label, tl_buf_text(&a->talk), c->talk);
    }
}

static void test_commands(void **state)
{
    (void)state;
    static const char *const none[] = { NULL }, *const install[] = { "install", "new", NULL },
                             *const missing[] = { "search", "zinc", NULL };
    char folder[] = "/tmp/tanlian-factor-XXXXXX", here[4096];
    tl_cli cli = {
        .program = "tanlian", .database = "t.db", .data_dir = "data", .log = tl_log_stderr(false)
    };
    struct answer a = { .code = 0 };
    assert_non_null(getcwd(here, sizeof here));
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(tl_arena_new(&cli.arena, 0, NULL), TL_OK);
    tl_buf_init(&a.out, 0);
    tl_buf_init(&a.talk, 0);
    mkdir("data", 0755);
    write_set("data/metals", "1", old_csv);
    write_set("new", "2", new_csv);

    call(&cli, &factor, missing, &a); /* no database yet */
    assert_int_equal(a.code, TL_EXIT_NOTFOUND);
    call(&cli, &tl_command_init, none, &a);
    assert_int_equal(a.code, TL_EXIT_OK);
    call(&cli, &dataset, install, &a);
    assert_int_equal(a.code, TL_EXIT_OK);
    run_steps(&cli, &a);

    static const char *const files[] = { "t.db",
                                         "t.db-wal",
                                         "t.db-shm",
                                         "out.txt",
                                         "talk.txt",
                                         "data/metals/factors.csv",
                                         "data/metals/manifest.yaml",
                                         "new/factors.csv",
                                         "new/manifest.yaml" };
    for (size_t i = 0; i < TEST_COUNT(files); i++)
        unlink(files[i]);
    rmdir("data/metals");
    rmdir("data");
    rmdir("new");
    assert_int_equal(chdir(here), 0);
    rmdir(folder);
    tl_buf_clear(&a.out);
    tl_buf_clear(&a.talk);
    tl_arena_free(cli.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_commands) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
