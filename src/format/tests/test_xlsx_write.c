/* test_xlsx_write.c - workbooks are unpacked again and their XML looked into. */
#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>
#include <zip.h>

#include "base/file.h"
#include "base/random.h"
#include "format/xlsx_priv.h"
#include "format/xlsx_write.h"

static char folder[] = "/tmp/tl-xlsx-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[4][300];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static size_t files_in_folder(void)
{
    size_t n = 0;
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e = readdir(d); e; e = readdir(d))
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
    (void)state;
    DIR *d = opendir(folder);
    for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d))
        if (e->d_name[0] != '.')
            unlink(in_folder(e->d_name));
    if (d)
        closedir(d);
    return rmdir(folder);
}

/* A part of the workbook as text, owned by the caller. */
static tl_buf part(const char *path, const char *name)
{
    tl_buf out;
    char block[4096];
    zip_int64_t n;
    tl_buf_init(&out, 0);
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    assert_non_null(zip);
    zip_file_t *file = zip_fopen(zip, name, 0);
    if (!file)
        fail_msg("%s: no part %s", path, name);
    while ((n = zip_fread(file, block, sizeof block)) > 0)
        tl_buf_add(&out, block, (size_t)n);
    assert_int_equal(zip_fclose(file), 0);
    zip_discard(zip);
    return out;
}

static void expect_in(const char *label, const char *path, const char *name, const char *want)
{
    tl_buf got = part(path, name);
    if (!strstr(tl_buf_text(&got), want))
        fail_msg("%s: %s has no %s:\n%s", label, name, want, tl_buf_text(&got));
    tl_buf_clear(&got);
}

static void fill(tl_xlsx *x)
{
    assert_int_equal(tl_xlsx_sheet(x, "排名 Ranks", NULL), TL_OK);
    tl_xlsx_text(x, 1, 0, "Company", TL_XLSX_HEADING);
    tl_xlsx_text(x, 0, 0, "公司", TL_XLSX_HEADING);
    tl_xlsx_text(x, 2, 0, "=HYPERLINK(\"http://x\")", TL_XLSX_PLAIN);
    tl_xlsx_text(x, 3, 0, "a & <b> \x01\x1b \xFF _x0041_", TL_XLSX_PLAIN);
    tl_xlsx_text(x, 4, 0, "未披露", TL_XLSX_MUTED);
    tl_xlsx_text(x, 5, 0, NULL, TL_XLSX_PLAIN);
    tl_xlsx_number(x, 2, 1, 73.1, 1);
    tl_xlsx_number(x, 3, 1, -0.0, -1);
    tl_xlsx_number(x, 4, 1, NAN, 2);
    tl_xlsx_number(x, 5, 1, 1e300, 15);
    tl_xlsx_bool(x, 2, 2, true);
    tl_xlsx_width(x, 0, 30);
    tl_xlsx_freeze(x, 2, 1);
    tl_xlsx_filter(x, 1, 5, 2);
}

static void test_content(void **state)
{
    (void)state;
    tl_xlsx *x;
    const char *path = in_folder("content.xlsx");
    const char *sheet = "xl/worksheets/sheet1.xml", *texts = "xl/sharedStrings.xml";
    assert_int_equal(tl_xlsx_open(&x, path, NULL), TL_OK);
    fill(x);
    assert_false(tl_file_exists(path));
    assert_int_equal(tl_xlsx_close(x, NULL), TL_OK);
    expect_in("no formula", path, texts, "<t>=HYPERLINK(\"http://x\")</t>");
    expect_in("hostile text", path, texts,
              "<t>a &amp; &lt;b&gt;    \xEF\xBF\xBD _x005F_x0041_</t>");
    expect_in("chinese", path, texts, "<t>公司</t>");
    /* the library prints %.16G, which is off by 1 in the last of 16 digits here */
    expect_in("number", path, sheet, "<v>73.09999999999999</v>");
    expect_in("no minus zero", path, sheet, "<c r=\"B4\"><v>0</v></c>");
    expect_in("bool", path, sheet, "<c r=\"C3\" t=\"b\"><v>1</v></c>");
    expect_in("frozen", path, sheet, "<pane xSplit=\"1\" ySplit=\"2\" topLeftCell=\"B3\"");
    expect_in("filter", path, sheet, "<autoFilter ref=\"A2:C6\"/>");
    expect_in("width", path, sheet, "<col min=\"1\" max=\"1\" width=\"30.7");
    expect_in("one decimal", path, "xl/styles.xml", "formatCode=\"0.0\"");
    expect_in("name", path, "xl/workbook.xml", "<sheet name=\"排名 Ranks\"");
    tl_buf got = part(path, sheet);
    assert_null(strstr(tl_buf_text(&got), "<f>"));
    assert_null(strstr(tl_buf_text(&got), "\"B5\"")); /* not finite: no cell */
    tl_buf_clear(&got);
}

static void test_same_bytes(void **state)
{
    (void)state;
    tl_file_view v[2];
    for (int i = 0; i < 2; i++) {
        tl_xlsx *x;
        const char *path = in_folder(i ? "second.xlsx" : "first.xlsx");
        assert_int_equal(tl_xlsx_open(&x, path, NULL), TL_OK);
        fill(x);
        assert_int_equal(tl_xlsx_close(x, NULL), TL_OK);
        assert_int_equal(tl_file_open(&v[i], path, 0, NULL), TL_OK);
        if (i == 0)
            sleep(2); /* a zip counts in steps of two seconds */
    }
    assert_int_equal(v[0].size, v[1].size);
    assert_memory_equal(v[0].data, v[1].data, v[0].size);
    tl_file_close(&v[0]);
    tl_file_close(&v[1]);
}

static const struct name_case {
    const char *label, *name, *want;
    int number;
} name_cases[] = {
    { "plain", "Ranks", "Ranks", 1 },
    { "empty", "", "Sheet", 1 },
    { "letters Excel refuses", "a[b]:*?/\\c", "a_b______c", 1 },
    { "apostrophes", "'it's'", "_it's_", 1 },
    { "reserved", "history", "(history)", 1 },
    { "a number", "2024", "(2024)", 1 },
    { "a cell", "A1", "(A1)", 1 },
    { "a row", "R", "(R)", 1 },
    { "31 letters", "abcdefghijklmnopqrstuvwxyzabcdefgh", "abcdefghijklmnopqrstuvwxyzabcde", 1 },
    { "31 Chinese letters", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三",
      "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", 1 },
    { "pairs of UTF-16",
      "\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697"
      "\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697"
      "\U0001F697\U0001F697",
      "\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697"
      "\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697\U0001F697",
      1 },
    { "second of a long name", "abcdefghijklmnopqrstuvwxyzabcdefgh",
      "abcdefghijklmnopqrstuvwxyza (2)", 2 },
    { "apostrophe at the cut", "abcdefghijklmnopqrstuvwxyzabcd'efgh",
      "abcdefghijklmnopqrstuvwxyzabcd_", 1 },
};

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof name_cases / sizeof *name_cases; i++) {
        const struct name_case *c = &name_cases[i];
        tl_buf got;
        tl_buf_init(&got, 0);
        tl_xlsx_name(&got, c->name, c->number);
        if (strcmp(tl_buf_text(&got), c->want) != 0)
            fail_msg("%s: got '%s' want '%s'", c->label, tl_buf_text(&got), c->want);
        tl_buf_clear(&got);
    }
    assert_true(tl_xlsx_name_same("Ärger", "äRGER"));
    assert_false(tl_xlsx_name_same("a", "ab"));
}

/* Every name above, each twice, and in other letters, is taken by the library. */
static void test_many_sheets(void **state)
{
    (void)state;
    tl_xlsx *x;
    const char *path = in_folder("sheets.xlsx");
    assert_int_equal(tl_xlsx_open(&x, path, NULL), TL_OK);
    for (size_t i = 0; i < 2 * sizeof name_cases / sizeof *name_cases; i++) {
        const struct name_case *c = &name_cases[i / 2];
        tl_error err = { 0 };
        if (tl_xlsx_sheet(x, c->name, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        tl_xlsx_text(x, 0, 0, c->label, TL_XLSX_HEADING);
        tl_xlsx_filter(x, 0, 1, 0);
    }
    assert_int_equal(tl_xlsx_sheet(x, "RANKS", NULL), TL_OK);
    assert_int_equal(tl_xlsx_close(x, NULL), TL_OK);
    expect_in("without regard to case", path, "xl/workbook.xml", "<sheet name=\"RANKS (3)\"");
    expect_in("a quoted name", path, "xl/workbook.xml", "'(2024)'!$A$1:$A$2");
}

static void test_limits(void **state)
{
    (void)state;
    static char text[40001];
    tl_xlsx *x;
    tl_error err = { 0 };
    const char *path = in_folder("limits.xlsx");
    memset(text, 'a', 40000);
    assert_int_equal(tl_xlsx_open(&x, path, NULL), TL_OK);
    assert_int_equal(tl_xlsx_sheet(x, "s", NULL), TL_OK);
    tl_xlsx_text(x, 1048575, 16383, text, TL_XLSX_PLAIN);
    assert_int_equal(tl_xlsx_close(x, &err), TL_OK);
    tl_buf got = part(path, "xl/sharedStrings.xml");
    const char *begin = strstr(tl_buf_text(&got), "<t>");
    assert_non_null(begin);
    assert_int_equal(strspn(begin + 3, "a"), 32767);
    tl_buf_clear(&got);
    static const size_t beyond[][2] = { { 1048576, 0 }, { 0, 16384 }, { SIZE_MAX, SIZE_MAX } };
    for (size_t i = 0; i < 3; i++) {
        path = in_folder("beyond.xlsx");
        assert_int_equal(tl_xlsx_open(&x, path, NULL), TL_OK);
        assert_int_equal(tl_xlsx_sheet(x, "s", NULL), TL_OK);
        tl_xlsx_number(x, beyond[i][0], beyond[i][1], 1, -1);
        tl_xlsx_number(x, 0, 0, 1, -1);
        assert_int_equal(tl_xlsx_close(x, &err), TL_EINPUT);
        assert_non_null(strstr(err.text, "1048576 rows"));
        assert_false(tl_file_exists(path));
    }
}

static const struct refused_case {
    const char *label, *path;
} refused_cases[] = {
    { "a device that is always full", "/dev/full" },
    { "a missing folder", "/tmp/tl-no-such-folder/x.xlsx" },
    { "a folder", "/tmp" },
    { "a file as a folder", "/dev/null/x.xlsx" },
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused_cases / sizeof *refused_cases; i++) {
        const struct refused_case *c = &refused_cases[i];
        tl_error err = { 0 };
        tl_xlsx *x = NULL;
        if (tl_xlsx_open(&x, c->path, &err) != TL_EIO || x || !strstr(err.text, c->path))
            fail_msg("%s: %d %s", c->label, (int)err.status, err.text);
    }
    assert_false(tl_file_is_plain("/dev/full"));
}

/* Numbers that do not repeat, so that the zip is large too. */
static tl_status write_large(const char *path, tl_error *err)
{
    tl_xlsx *x;
    tl_random r = tl_random_seed(1);
    assert_int_equal(tl_xlsx_open(&x, path, NULL), TL_OK);
    assert_int_equal(tl_xlsx_sheet(x, "s", NULL), TL_OK);
    for (size_t row = 0; row < 4000; row++)
        for (size_t column = 0; column < 5; column++)
            tl_xlsx_number(x, row, column, tl_random_unit(&r), 3);
    return tl_xlsx_close(x, err);
}

/* No file may grow over a limit, as on a full disk. Between the sizes of the sheet packed and
 * unpacked only our look at the parts can tell. */
static void test_full_disk(void **state)
{
    (void)state;
    static const rlim_t limits[] = { 0, 300, 100000, 400000 };
    const char *path = in_folder("large.xlsx");
    tl_error err = { 0 };
    assert_int_equal(write_large(path, &err), TL_OK);
    tl_file_view before, after;
    assert_int_equal(tl_file_open(&before, path, 0, NULL), TL_OK);
    assert_true(before.size < 400000);
    tl_buf sheet = part(path, "xl/worksheets/sheet1.xml");
    assert_true(sheet.len > 400000);
    tl_buf_clear(&sheet);
    size_t files = files_in_folder();
    signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit whole, small;
        assert_int_equal(getrlimit(RLIMIT_FSIZE, &whole), 0);
        small = (struct rlimit){ .rlim_cur = limits[i], .rlim_max = whole.rlim_max };
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        tl_status got = write_large(path, &err);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &whole), 0);
        if (got != TL_EIO || !strstr(err.text, path) || files_in_folder() != files)
            fail_msg("limit %d: status %d %s", (int)limits[i], (int)got, err.text);
    }
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(tl_file_open(&after, path, 0, NULL), TL_OK);
    assert_int_equal(after.size, before.size);
    assert_memory_equal(after.data, before.data, before.size);
    tl_file_close(&before);
    tl_file_close(&after);
}

static void test_abandon(void **state)
{
    (void)state;
    tl_xlsx *x;
    size_t files = files_in_folder();
    tl_xlsx_abandon(NULL);
    assert_int_equal(tl_xlsx_open(&x, in_folder("never.xlsx"), NULL), TL_OK);
    fill(x);
    tl_xlsx_abandon(x);
    assert_int_equal(files_in_folder(), files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_content),   cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_names),     cmocka_unit_test(test_many_sheets),
        cmocka_unit_test(test_limits),    cmocka_unit_test(test_refused),
        cmocka_unit_test(test_full_disk), cmocka_unit_test(test_abandon),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
