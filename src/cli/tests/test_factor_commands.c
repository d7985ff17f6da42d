/* test_factor_commands.c - "tanlian factor" as a person or a script meets it: whole outputs. */
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
#include "cli/cli.h"

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
    const char *out;  /* the whole of standard output; NULL: not looked at */
    const char *talk; /* part of standard error */
} steps[] = {
    { .label = "one word",
      .args = { "search", "aluminium", "--category", "METAL" },
      .out = "  VALUE  UNIT      REGION  YEAR  NAME                       TECHNOLOGY              "
             "REFERENCE\n"
             "   16.5  tCO2e/t   CN      2023  primary aluminium          average                 "
             "metals/al-cn@2\n"
             "4829.81  kgCO2e/t  CN-YN   2023  primary aluminium, Yunnan  hydropower              "
             "metals/al-yn@2\n"
             "      9  tCO2e/t   CN      -     primary aluminium                      unverified  "
             "metals/al-rumour@2\n" },
    { .label = "Chinese, narrowed",
      .args = { "search", "电解铝", "--region", "cn", "--year", "2023" },
      .zh = true,
      .out = "数值  单位    地区  年份  名称        技术    编号\n"
             " 1.5  tCO2/t  CN    2013  电解铝阳极          metals/anode@2\n" },
    { .label = "limit",
      .args = { "search", "aluminium", "--limit=1" },
      .out = "VALUE  UNIT     REGION  YEAR  NAME               TECHNOLOGY    REFERENCE\n"
             " 16.5  tCO2e/t  CN      2023  primary aluminium  average       metals/al-cn@2\n",
      .talk = "the first 1; more match" },
    { .label = "old versions too",
      .args = { "search", "原铝", "--year", "2019", "--all-versions", "--verified" },
      .out = "VALUE  UNIT     REGION  YEAR  NAME               TECHNOLOGY    REFERENCE\n"
             " 17.5  tCO2e/t  CN      2019  primary aluminium  average       metals/al-cn@1\n" },
    { .label = "nothing", .args = { "search", "zinc" }, .out = "", .talk = "no factor matches" },
    { .label = "nothing as JSON",
      .args = { "search", "zinc" },
      .json = true,
      .out = "{\n  \"factors\": [],\n  \"more\": false\n}\n" },
    { .label = "JSON",
      .args = { "search", "rumour hearsay 原铝", "--limit", "1" },
      .json = true,
      .out = "{\n  \"factors\": [],\n  \"more\": false\n}\n" }, /* sources are not searched */
    { .label = "show",
      .args = { "show", "metals/al-cn" },
      .out = "reference     metals/al-cn@2\n"
             "name          primary aluminium\n"
             "other name    原铝\n"
             "value         16.5 tCO2e/t\n"
             "verified      yes\n"
             "category      metal\n"
             "region        CN\n"
             "year          2023\n"
             "boundary      cradle to gate\n"
             "technology    average\n"
             "quality       2,1,1,1,3\n"
             "stage         not stated\n"
             "uncertainty   not stated\n"
             "gases         not stated\n"
             "source        survey A\n"
             "note          a note\n"
             "data set      metals@2, 2025-10-01: Metals\n"
             "licence       CC0-1.0\n"
             "attribution   Nobody\n" },
    { .label = "show an unverified one in Chinese",
      .args = { "show", "metals/al-rumour@2" },
      .zh = true,
      .out = "编号          metals/al-rumour@2\n"
             "名称          原铝\n"
             "其他名称      primary aluminium\n"
             "数值          9 tCO2e/t\n"
             "核实          未核实，不作默认值\n"
             "类别          metal\n"
             "地区          CN\n"
             "年份          未注明\n"
             "质量          未评分\n"
             "阶段          未注明\n"
             "不确定性      未注明\n"
             "气体占比      未注明\n"
             "来源          hearsay\n"
             "数据集        metals@2, 2025-10-01: 金属\n"
             "许可          CC0-1.0\n"
             "署名          Nobody\n" },
    { .label = "show an old one as JSON",
      .args = { "show", "metals@1/al-cn" },
      .json = true,
      .out = NULL },
    { .label = "compare",
      .args = { "compare", "aluminium" },
      .out =
          "tCO2e/t: 3 found, 2 verified; min 4.82981, median 10.6649, max 16.5\n"
          "  VALUE  NAME                       REGION  YEAR  BOUNDARY        TECHNOLOGY  QUALITY   "
          "     "
          "        AS PUBLISHED      REFERENCE           SOURCE\n"
          "   16.5  primary aluminium          CN      2023  cradle to gate  average     2,1,1,1,3 "
          "     "
          "        16.5 tCO2e/t      metals/al-cn@2      [1]\n"
          "4.82981  primary aluminium, Yunnan  CN-YN   2023  as disclosed    hydropower  -         "
          "     "
          "        4829.81 kgCO2e/t  metals/al-yn@2      [2]\n"
          "      9  primary aluminium          CN      -                                 -         "
          " "
          "unverified  9 tCO2e/t         metals/al-rumour@2  [3]\n"
          "\n"
          "tCO2/t: 1 found, 1 verified; min 1.5, median 1.5, max 1.5\n"
          "VALUE  NAME                             REGION  YEAR  BOUNDARY  TECHNOLOGY  QUALITY    "
          "AS PUBLISHED  REFERENCE       SOURCE\n"
          "  1.5  anode of electrolytic aluminium  CN      2013  process               -          "
          "1.5 tCO2/t    metals/anode@2  [4]\n"
          "\n"
          "[1] survey A\n[2] report B\n[3] hearsay\n[4] guide C\n" },
    { .label = "compare references",
      .args = { "compare", "metals/al-cn@1", "metals/al-cn" },
      .zh = true,
      .out = "tCO2e/t：2 个，已核实 2 个；最小 16.5，中位 17，最大 17.5\n"
             "数值  名称  地区  年份  边界            技术     质量         原值          编号     "
             "       来源\n"
             "17.5  原铝  CN    2019  cradle to gate  average  -            17.5 tCO2e/t  "
             "metals/al-cn@1  [1]\n"
             "16.5  原铝  CN    2023  cradle to gate  average  2,1,1,1,3    16.5 tCO2e/t  "
             "metals/al-cn@2  [1]\n"
             "\n[1] survey A\n" },
    { .label = "compare nothing",
      .args = { "compare", "zinc" },
      .out = "",
      .talk = "no factor matches" },
    { .label = "no such factor",
      .args = { "show", "metals/zinc" },
      .code = 3,
      .out = "",
      .talk = "metals/zinc" },
    { .label = "no reference",
      .args = { "show", "zinc" },
      .code = 2,
      .out = "",
      .talk = "expected set/key" },
    { .label = "no form",
      .args = { "find", "zinc" },
      .code = 2,
      .out = "",
      .talk = "factor search" },
    { .label = "no form at all", .args = { NULL }, .code = 2, .out = "", .talk = "factor search" },
    { .label = "no words", .args = { "compare" }, .code = 2, .out = "", .talk = "factor compare" },
    { .label = "year 23",
      .args = { "search", "zinc", "--year", "23" },
      .code = 2,
      .out = "",
      .talk = "--year" },
    { .label = "limit 0",
      .args = { "search", "zinc", "--limit", "0" },
      .code = 2,
      .out = "",
      .talk = "--limit" },
    { .label = "too many to compare",
      .args = { "compare", "zinc", "--limit", "1001" },
      .code = 2,
      .out = "",
      .talk = "takes at most 1000" },
    { .label = "per volume without a density",
      .args = { "show", "metals/al-cn", "--per", "m3" },
      .code = 2,
      .out = "",
      .talk = "takes a density such as --density" },
    { .label = "a density alone",
      .args = { "show", "metals/al-cn", "--density", "2.7 t/m3" },
      .code = 2,
      .out = "",
      .talk = "--density without --per UNIT" },
    { .label = "unknown option",
      .args = { "search", "--place", "CN" },
      .code = 2,
      .out = "",
      .talk = "--place" },
};

static const char *const old_json =
    "{\n  \"factors\": [\n    {\n      \"reference\": \"metals/al-cn@1\",\n      \"set\": "
    "\"metals\",\n"
    "      \"version\": \"1\",\n      \"key\": \"al-cn\",\n      \"name_en\": \"primary "
    "aluminium\",\n"
    "      \"name_zh\": \"原铝\",\n      \"category\": \"metal\",\n      \"value\": 17.5,\n"
    "      \"unit\": \"tCO2e/t\",\n      \"region\": \"CN\",\n      \"year\": 2019,\n"
    "      \"boundary\": \"cradle to gate\",\n      \"technology\": \"average\",\n      "
    "\"quality\": null,\n"
    "      \"verified\": true,\n      \"source\": \"survey A\",\n      \"note\": \"\",\n"
    "      \"stage\": null,\n      \"uncertainty\": null,\n      \"gas_shares\": null,\n"
    "      \"dataset\": {\n        \"title_en\": \"Metals\",\n        \"title_zh\": \"金属\",\n"
    "        \"date\": \"2025-10-01\",\n        \"checksum\": \"";

static void run_steps(tl_cli *cli, struct answer *a)
{
    for (size_t i = 0; i < TEST_COUNT(steps); i++) {
        const struct step *c = &steps[i];
        cli->zh = c->zh;
        cli->json = c->json;
        call(cli, &tl_command_factor, c->args, a);
        if (a->code != c->code)
            fail_msg("%s: exit code %d, want %d: %s", c->label, a->code, c->code,
                     tl_buf_text(&a->talk));
        if (c->out && strcmp(tl_buf_text(&a->out), c->out) != 0)
            fail_msg("%s: wrote\n%s\nwant\n%s", c->label, tl_buf_text(&a->out), c->out);
        if (!c->out && strncmp(tl_buf_text(&a->out), old_json, strlen(old_json)) != 0)
            fail_msg("%s: wrote\n%s\nwant\n%s...", c->label, tl_buf_text(&a->out), old_json);
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

    call(&cli, &tl_command_factor, missing, &a); /* no database yet */
    assert_int_equal(a.code, TL_EXIT_NOTFOUND);
    call(&cli, &tl_command_init, none, &a);
    assert_int_equal(a.code, TL_EXIT_OK);
    call(&cli, &tl_command_dataset, install, &a);
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
