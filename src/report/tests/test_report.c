/* test_report.c - one report, and what each way out makes of it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zip.h>

#include "base/file.h"
#include "base/text.h"
#include "format/json_read.h"
#include "format/zip.h"
#include "report/report.h"

static const tl_column columns[] = {
    { .key = "rank", .name = { "Rank", "排名" }, .kind = TL_COLUMN_INT },
    { .key = "name", .name = { "Company", "公司" }, .kind = TL_COLUMN_LABEL },
    { .key = "id", .name = { "Id", NULL }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "level", .name = { "Level", "等级" }, .kind = TL_COLUMN_WORD },
    { .key = "total", .name = { "Total", "总分" }, .kind = TL_COLUMN_EXACT, .unit = "points" },
    { .key = "rate",
      .name = { "Rate", "得分率" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "%",
      .decimals = 1 },
    { .key = "listed", .name = { "Listed", "上市" }, .kind = TL_COLUMN_BOOL },
};
static const tl_column theme_columns[] = {
    { .key = "theme", .name = { NULL, "主题" }, .kind = TL_COLUMN_TEXT },
};
static const tl_label not_disclosed = { "not disclosed", "未披露" };

static void add_rows(tl_report *r)
{
    tl_report_int(r, 1);
    tl_report_label(r, (tl_label){ "Mercedes-Benz", "梅赛德斯-奔驰" });
    tl_report_text(r, "mb");
    tl_report_word(r, "leading", (tl_label){ "Leading", "领先" });
    tl_report_text(r, "73.10");
    tl_report_number(r, 73.15);
    tl_report_bool(r, true);

    tl_report_int(r, 2);
    tl_report_label(r, (tl_label){ "=cmd|x", NULL });
    tl_report_text(r, "+b\x1b[31m");
    tl_report_empty(r, not_disclosed);
    tl_report_text(r, "-0.5");
    tl_report_number(r, NAN);
    tl_report_bool(r, false);

    tl_report_int(r, INT64_MIN);
    tl_report_label(r, (tl_label){ NULL, "比亚迪" });
    tl_report_text(r, NULL);
    tl_report_word(r, "poor", (tl_label){ NULL, NULL });
    tl_report_text(r, "about 16");
    tl_report_empty(r, not_disclosed);
    tl_report_empty(r, (tl_label){ NULL, NULL });
}

static tl_report *make(tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "rate-rank", (tl_label){ "League table", "排行榜" });
    assert_non_null(r);
    tl_report_fact(r, "index", (tl_label){ "Index", "指数" }, "cati-auto-2024");
    tl_report_fact(r, "pin", (tl_label){ "Pinned to", NULL }, NULL);
    tl_report_fact_int(r, "companies", (tl_label){ "Companies", "公司数" }, 3);
    tl_report_table(r, "ranks", (tl_label){ "Ranks", "排名" }, columns, 7);
    add_rows(r);
    assert_int_equal(tl_report_rows(r), 3);
    tl_report_table(r, "themes", (tl_label){ NULL, NULL }, theme_columns, 1);
    assert_int_equal(tl_report_rows(r), 0);
    tl_report_note(r, (tl_label){ "Totals are published.", "总分为公布值。" });
    tl_report_note(r, (tl_label){ "English only.", NULL });
    return r;
}

static const char text_en[] =
    "League table\n"
    "\n"
    "Index: cati-auto-2024\n"
    "Pinned to: -\n"
    "Companies: 3\n"
    "\n"
    "Ranks\n"
    "\n"
    "                Rank  Company        Level          Total (points)       Rate (%)  Listed\n"
    "                ----  -------        -----          --------------       --------  ------\n"
    "                   1  Mercedes-Benz  Leading                 73.10           73.2  yes\n"
    "                   2  =cmd|x         not disclosed            -0.5                 no\n"
    "-9223372036854775808  （中）比亚迪   poor                 about 16  not disclosed\n"
    "\n"
    "（中）主题\n"
    "----------\n"
    "\n"
    "Notes\n"
    "- Totals are published.\n"
    "- English only.\n";
static const char text_zh[] =
    "排行榜\n"
    "\n"
    "指数：cati-auto-2024\n"
    "(en) Pinned to：-\n"
    "公司数：3\n"
    "\n"
    "排名\n"
    "\n"
    "                排名  公司           等级    总分 (points)  得分率 (%)  上市\n"
    "                ----  ----           ----    -------------  ----------  ----\n"
    "                   1  梅赛德斯-奔驰  领先            73.10        73.2  是\n"
    "                   2  (en) =cmd|x    未披露           -0.5              否\n"
    "-9223372036854775808  比亚迪         poor         about 16      未披露\n"
    "\n"
    "主题\n"
    "----\n"
    "\n"
    "注\n"
    "- 总分为公布值。\n"
    "- (en) English only.\n";
static const char json[] = "{\n"
                           "  \"report\": \"rate-rank\",\n"
                           "  \"title_en\": \"League table\",\n"
                           "  \"title_zh\": \"排行榜\",\n"
                           "  \"index\": \"cati-auto-2024\",\n"
                           "  \"pin\": null,\n"
                           "  \"companies\": 3,\n"
                           "  \"ranks\": [\n"
                           "    {\n"
                           "      \"rank\": 1,\n"
                           "      \"name_en\": \"Mercedes-Benz\",\n"
                           "      \"name_zh\": \"梅赛德斯-奔驰\",\n"
                           "      \"id\": \"mb\",\n"
                           "      \"level\": \"leading\",\n"
                           "      \"total\": 73.10,\n"
                           "      \"rate\": 73.15,\n"
                           "      \"listed\": true\n"
                           "    },\n"
                           "    {\n"
                           "      \"rank\": 2,\n"
                           "      \"name_en\": \"=cmd|x\",\n"
                           "      \"name_zh\": null,\n"
                           "      \"id\": \"+b\\u001b[31m\",\n"
                           "      \"level\": null,\n"
                           "      \"total\": -0.5,\n"
                           "      \"rate\": null,\n"
                           "      \"listed\": false\n"
                           "    },\n"
                           "    {\n"
                           "      \"rank\": -9223372036854775808,\n"
                           "      \"name_en\": null,\n"
                           "      \"name_zh\": \"比亚迪\",\n"
                           "      \"id\": null,\n"
                           "      \"level\": \"poor\",\n"
                           "      \"total\": \"about 16\",\n"
                           "      \"rate\": null,\n"
                           "      \"listed\": null\n"
                           "    }\n"
                           "  ],\n"
                           "  \"themes\": [],\n"
                           "  \"notes\": [\n"
                           "    {\n"
                           "      \"en\": \"Totals are published.\",\n"
                           "      \"zh\": \"总分为公布值。\"\n"
                           "    },\n"
                           "    {\n"
                           "      \"en\": \"English only.\",\n"
                           "      \"zh\": null\n"
                           "    }\n"
                           "  ]\n"
                           "}\n";
static const char csv[] = "\xEF\xBB\xBF"
                          "rank,name_en,name_zh,id,level,total,rate,listed\r\n"
                          "1,Mercedes-Benz,梅赛德斯-奔驰,mb,leading,73.10,73.15,true\r\n"
                          "2,'=cmd|x,,'+b\x1b"
                          "[31m,not disclosed,-0.5,,false\r\n"
                          "-9223372036854775808,,比亚迪,,poor,about 16,not disclosed,\r\n";

static const struct out_case {
    const char *label;
    char way; /* e, z, j, c */
    const char *want;
} out_cases[] = {
    { "text for English readers", 'e', text_en },
    { "text for Chinese readers", 'z', text_zh },
    { "json", 'j', json },
    { "csv", 'c', csv },
};

static tl_status write_way(const tl_report *r, char way, tl_buf *out, tl_error *err)
{
    return way == 'j'   ? tl_report_as_json(r, out, err)
           : way == 'c' ? tl_report_as_csv(r, NULL, out, err)
                        : tl_report_as_text(r, way == 'z', out, err);
}

static void test_ways(void **state)
{
    (void)state;
    tl_arena *arena;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_report *r = make(arena);
    for (size_t i = 0; i < sizeof out_cases / sizeof *out_cases; i++) {
        tl_buf got;
        tl_buf_init(&got, 0);
        assert_int_equal(write_way(r, out_cases[i].way, &got, NULL), TL_OK);
        if (strcmp(tl_buf_text(&got), out_cases[i].want) != 0)
            fail_msg("%s: got\n%s\nwant\n%s", out_cases[i].label, tl_buf_text(&got),
                     out_cases[i].want);
        tl_buf_clear(&got);
    }
    tl_arena_free(arena);
}

/* What is written as JSON reads as JSON, whatever the texts hold. */
static void test_json_reads(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_json_doc *doc;
    tl_error err = { 0 };
    tl_buf b;
    double total;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_report *r = make(arena);
    tl_buf_init(&b, 0);
    assert_int_equal(tl_report_as_json(r, &b, NULL), TL_OK);
    if (tl_json_read(&doc, "t", b.data, b.len, NULL, &err) != TL_OK)
        fail_msg("%s", err.text);
    tl_json_value ranks = tl_json_get(tl_json_root(doc), "ranks");
    assert_int_equal(tl_json_count(ranks), 3);
    assert_int_equal(tl_json_as_number(tl_json_get(tl_json_item(ranks, 1), "total"), &total, NULL),
                     TL_OK);
    assert_true(total == -0.5);
    tl_json_doc_free(doc);
    tl_buf_clear(&b);
    tl_arena_free(arena);
}

static void test_tables(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_error err = { 0 };
    tl_buf b;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_report *r = make(arena);
    tl_buf_init(&b, 0);
    assert_int_equal(tl_report_as_csv(r, "themes", &b, NULL), TL_OK);
    assert_string_equal(tl_buf_text(&b), "\xEF\xBB\xBFtheme\r\n");
    assert_int_equal(tl_report_as_csv(r, "bars", &b, &err), TL_ENOTFOUND);
    assert_string_equal(err.text, "report rate-rank has no table 'bars'; there is ranks, themes");
    r = tl_report_new(arena, "bare", (tl_label){ NULL, NULL });
    assert_int_equal(tl_report_as_csv(r, NULL, &b, &err), TL_ENOTFOUND);
    tl_buf_reset(&b);
    assert_int_equal(tl_report_as_json(r, &b, NULL), TL_OK);
    assert_string_equal(tl_buf_text(&b), "{\n  \"report\": \"bare\",\n  \"title_en\": null,\n"
                                         "  \"title_zh\": null,\n  \"notes\": []\n}\n");
    tl_buf_clear(&b);
    tl_arena_free(arena);
}

/* More than 32 columns: a terminal gets the first 32 and is told so. */
static void test_many_columns(void **state)
{
    (void)state;
    enum { N = 40 };
    tl_column many[N];
    tl_arena *arena;
    tl_buf b;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (int i = 0; i < N; i++)
        many[i] = (tl_column){ .key = tl_arena_printf(arena, "c%d", i), .kind = TL_COLUMN_INT };
    many[0].files_only = true;
    tl_report *r = tl_report_new(arena, "many", (tl_label){ "Many", "多" });
    tl_report_table(r, "t", (tl_label){ NULL, NULL }, many, N);
    for (int i = 0; i < 2 * N; i++)
        tl_report_int(r, i);
    tl_buf_init(&b, 0);
    assert_int_equal(tl_report_as_text(r, false, &b, NULL), TL_OK);
    assert_non_null(strstr(tl_buf_text(&b), " c32\n"));
    assert_non_null(strstr(tl_buf_text(&b), " 72\n")); /* the second row begins with 40 */
    assert_non_null(strstr(tl_buf_text(&b), "(7 more columns, in files)\n"));
    tl_buf_clear(&b);
    tl_arena_free(arena);
}

/* Any amount of memory gives the whole report or TL_ENOMEM. */
static void test_memory(void **state)
{
    (void)state;
    bool whole = false;
    size_t refused = 0;
    for (size_t limit = 200; !whole; limit += 100) {
        tl_arena *arena;
        tl_error err = { 0 };
        tl_buf b;
        assert_int_equal(tl_arena_new(&arena, limit, NULL), TL_OK);
        tl_report *r = tl_report_new(arena, "m", (tl_label){ "m", NULL });
        for (int i = 0; r && i < 3; i++)
            tl_report_fact(r, i == 0 ? "a" : i == 1 ? "b" : "c", (tl_label){ "f", NULL }, "v");
        if (r) {
            tl_report_table(r, "ranks", (tl_label){ "Ranks", "排名" }, columns, 7);
            add_rows(r);
            tl_report_note(r, (tl_label){ "n", NULL });
            tl_buf_init(&b, 0);
            tl_status st = tl_report_as_csv(r, NULL, &b, &err);
            assert_true(st == TL_OK || st == TL_ENOMEM);
            whole = st == TL_OK;
            refused += st == TL_ENOMEM;
            tl_buf_clear(&b);
        }
        tl_arena_free(arena);
    }
    assert_true(refused > 10);
}

static char folder[] = "/tmp/tl-report-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static const struct save_case {
    const char *label, *name;
    tl_status want;
    const char *begins;
} save_cases[] = {
    { "csv", "a.csv", TL_OK, "\xEF\xBB\xBFrank,name_en,name_zh" },
    { "json", "a.JSON", TL_OK, "{\n  \"report\": \"rate-rank\"" },
    { "xlsx", "a.b.xlsx", TL_OK, "PK\x03\x04" },
    { "another ending", "a.pdf", TL_EINPUT, NULL },
    { "no ending", "csv", TL_EINPUT, NULL },
    { "the ending of a folder", "x.csv/a", TL_EINPUT, NULL },
    { "a missing folder", "none/a.json", TL_EIO, NULL },
    { "a missing folder for a workbook", "none/a.xlsx", TL_EIO, NULL },
};

static void test_save(void **state)
{
    (void)state;
    tl_arena *arena;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_report *r = make(arena);
    for (size_t i = 0; i < sizeof save_cases / sizeof *save_cases; i++) {
        const struct save_case *c = &save_cases[i];
        tl_error err = { 0 };
        tl_file_view v;
        if (tl_report_save(r, in_folder(c->name), &err) != c->want)
            fail_msg("%s: status %d, %s", c->label, (int)err.status, err.text);
        if (c->want != TL_OK) {
            assert_false(tl_file_exists(in_folder(c->name)));
            continue;
        }
        assert_int_equal(tl_file_open(&v, in_folder(c->name), 0, NULL), TL_OK);
        if (v.size < strlen(c->begins) || memcmp(v.data, c->begins, strlen(c->begins)) != 0)
            fail_msg("%s: begins with %.40s", c->label, v.data);
        tl_file_close(&v);
        unlink(in_folder(c->name));
    }
    tl_arena_free(arena);
}

static const struct sheet_case {
    const char *label, *part, *want;
} sheet_cases[] = {
    { "sheets", "xl/workbook.xml",
      "<sheet name=\"排名 Ranks\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"themes\" "
      "sheetId=\"2\" r:id=\"rId2\"/><sheet name=\"说明 About\"" },
    { "frozen below both headings and behind the names", "xl/worksheets/sheet1.xml",
      "<pane xSplit=\"3\" ySplit=\"2\" topLeftCell=\"D3\"" },
    { "filter over all rows", "xl/worksheets/sheet1.xml", "<autoFilter ref=\"A2:H5\"/>" },
    { "filter of a table without rows", "xl/worksheets/sheet2.xml", "<autoFilter ref=\"A2:A3\"/>" },
    { "an exact number", "xl/worksheets/sheet1.xml", "<v>-0.5</v>" },
    { "a number in full", "xl/worksheets/sheet1.xml", "<v>73.15000000000001</v>" },
    { "two decimals as in the text", "xl/styles.xml", "formatCode=\"0.0\"" },
    { "a whole number too long for a cell", "xl/sharedStrings.xml", "-9223372036854775808" },
    { "a label in two columns", "xl/sharedStrings.xml", "<t>公司（英文）</t>" },
    { "a word in both languages", "xl/sharedStrings.xml", "<t>领先 Leading</t>" },
    { "an empty", "xl/sharedStrings.xml", "<t>未披露 not disclosed</t>" },
    { "a formula is text", "xl/sharedStrings.xml", "<t>=cmd|x</t>" },
    { "no escape character", "xl/sharedStrings.xml", "<t>+b [31m</t>" },
    { "a unit", "xl/sharedStrings.xml", "<t>总分 (points)</t>" },
    { "a note", "xl/sharedStrings.xml", "<t>总分为公布值。</t>" },
    { "a missing language of a fact", "xl/sharedStrings.xml", "<t>(en) Pinned to</t>" },
};

static void expect_in_part(const struct sheet_case *c, const char *path)
{
    static char text[64 * 1024];
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    assert_non_null(zip);
    zip_file_t *file = zip_fopen(zip, c->part, 0);
    assert_non_null(file);
    zip_int64_t n = zip_fread(file, text, sizeof text - 1);
    assert_true(n > 0);
    text[n] = '\0';
    zip_fclose(file);
    zip_discard(zip);
    if (!strstr(text, c->want))
        fail_msg("%s: no %s in\n%s", c->label, c->want, text);
}

static void test_workbook(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_error err = { 0 };
    tl_file_view v[2];
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_report *r = make(arena);
    for (int i = 0; i < 2; i++) {
        const char *path = in_folder(i ? "2.xlsx" : "1.xlsx");
        if (tl_report_write_xlsx(r, path, &err) != TL_OK)
            fail_msg("%s", err.text);
        for (size_t k = 0; k < sizeof sheet_cases / sizeof *sheet_cases; k++)
            expect_in_part(&sheet_cases[k], path);
        assert_int_equal(tl_file_open(&v[i], path, 0, NULL), TL_OK);
        unlink(path);
    }
    assert_int_equal(v[0].size, v[1].size);
    assert_memory_equal(v[0].data, v[1].data, v[0].size);
    tl_file_close(&v[0]);
    tl_file_close(&v[1]);
    tl_arena_free(arena);
}

/* More rows than a sheet has are refused, not cut. */
static void test_too_many_rows(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_error err = { 0 };
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_report *r = tl_report_new(arena, "long", (tl_label){ "Long", NULL });
    tl_report_table(r, "t", (tl_label){ NULL, NULL }, columns, 1);
    for (int i = 0; i < 1048575; i++)
        tl_report_int(r, 1);
    assert_int_equal(tl_report_write_xlsx(r, in_folder("long.xlsx"), &err), TL_EINPUT);
    assert_false(tl_file_exists(in_folder("long.xlsx")));
    tl_arena_free(arena);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
    (void)state;
    return rmdir(folder); /* also checks that nothing was left */
}

/* Headings as wide as the widest shown; nothing for what is empty without a word for why. */
static const char cards_en[] = "Cards\n"
                               "\n"
                               "Rank            1\n"
                               "Company         Mercedes-Benz / 梅赛德斯-奔驰\n"
                               "Level           Leading\n"
                               "Total (points)  73.10\n"
                               "Rate (%)        73.2\n"
                               "Listed          yes\n"
                               "\n"
                               "Rank            2\n"
                               "Company         =cmd|x\n"
                               "Level           not disclosed\n"
                               "Total (points)  -0.5\n"
                               "Listed          no\n";

static void test_cards(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_buf out;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_report *r = tl_report_new(arena, "cards", (tl_label){ "Cards", "卡片" });
    assert_non_null(r);
    tl_report_table(r, "ranks", (tl_label){ NULL, NULL }, columns, 7);
    tl_report_cards(r);
    add_rows(r);
    tl_buf_init(&out, 0);
    assert_int_equal(tl_report_as_text(r, false, &out, NULL), TL_OK);
    if (strncmp(tl_buf_text(&out), cards_en, strlen(cards_en)) != 0)
        fail_msg("wrote\n%s\nwant\n%s...", tl_buf_text(&out), cards_en);
    tl_buf_reset(&out);
    assert_int_equal(tl_report_as_view(r, &out, NULL), TL_OK);
    assert_non_null(strstr(tl_buf_text(&out), "\"cards\":true"));
    tl_buf_clear(&out);
    tl_arena_free(arena);
}

struct unpacked {
    size_t n;
    char names[8][32];
    char readme[8192];
};

static tl_status keep_entry(void *ctx, const tl_zip_entry *entry, tl_error *err)
{
    struct unpacked *u = ctx;
    (void)err;
    assert_true(u->n < 8);
    snprintf(u->names[u->n++], sizeof u->names[0], "%s", entry->name);
    if (strcmp(entry->name, "README.md") == 0)
        snprintf(u->readme, sizeof u->readme, "%.*s", (int)entry->n, entry->data);
    return TL_OK;
}

/* Every table, the whole, and what it all means; the same report gives the same bytes. */
static void test_archive(void **state)
{
    static const char *const names[] = { "README.md", "report.json", "ranks.csv", "themes.csv" };
    static const char *const words[] = { "# 排行榜 / League table",     "tanlian rate rank --top 3",
                                         "- 公司数 / Companies: 3",     "3 行 / rows; SHA-256 ",
                                         "- `rate`: 得分率 / Rate [%]", "leading = 领先 / Leading",
                                         "Totals are published." };
    char path[] = "/tmp/tl-report-XXXXXX";
    tl_arena *arena;
    tl_buf b, again;
    struct unpacked u = { 0 };
    (void)state;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_report *r = make(arena);
    tl_report_asked(r, "rate rank --top 3");
    tl_buf_init(&b, 0);
    tl_buf_init(&again, 0);
    assert_int_equal(tl_report_as_zip(r, &b, NULL), TL_OK);
    assert_int_equal(tl_report_as_zip(r, &again, NULL), TL_OK);
    assert_int_equal(b.len, again.len);
    assert_memory_equal(b.data, again.data, b.len);
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(tl_file_write(path, tl_buf_text(&b), b.len, NULL), TL_OK);
    assert_int_equal(tl_zip_read(path, NULL, keep_entry, &u, NULL), TL_OK);
    unlink(path);
    assert_int_equal(u.n, sizeof names / sizeof *names);
    for (size_t i = 0; i < u.n; i++)
        assert_string_equal(u.names[i], names[i]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strstr(u.readme, words[i]))
            fail_msg("README does not say '%s':\n%s", words[i], u.readme);
    tl_buf_clear(&b);
    tl_buf_clear(&again);
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ways),     cmocka_unit_test(test_json_reads),
        cmocka_unit_test(test_tables),   cmocka_unit_test(test_many_columns),
        cmocka_unit_test(test_memory),   cmocka_unit_test(test_save),
        cmocka_unit_test(test_workbook), cmocka_unit_test(test_too_many_rows),
        cmocka_unit_test(test_cards),    cmocka_unit_test(test_archive),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
