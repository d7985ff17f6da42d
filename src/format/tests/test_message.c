/* test_message.c - messages in Chinese: real ones, hostile ones, and every row of the catalogue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "format/message.h"
#include "format/message_priv.h"

static const struct message_case {
    const char *label, *en, *zh;
} message_cases[] = {
    { "whole", "out of memory", "内存不足" },
    { "empty", "", "" },
    { "unknown", "the moon is full", "the moon is full" },
    { "Chinese already", "为空：应为数字", "为空：应为数字" },
    { "places in order", "there is nothing at /x", "此处没有内容：/x" },
    { "places turned", "SF6 in AR5: a GWP is above 0, not -1",
      "AR5 中的 SF6：全球增温潜势应大于 0，实际为 -1" },
    { "a word in a place", "'x' is not a number", "“x”不是数字" },
    { "a word in quotes is somebody's own", "'too long' is not a whole number",
      "“too long”不是整数" },
    { "row of a file", "f.csv:12: column 'mass': 'x' is too large for a number",
      "f.csv:12：“mass”列：“x”数值过大" },
    { "row of a workbook",
      "f.xlsx:12: column 'mass' (cell B12 of 'S: 1'): empty, expected a number",
      "f.xlsx:12：“mass”列（工作表“S: 1”的 B12 单元格）：为空，应为数字" },
    { "an error of Excel's",
      "f.xlsx:2: column 'm': '#N/A' is an error of Excel's, expected a value",
      "f.xlsx:2：“m”列：“#N/A”是 Excel 错误值，应为数值" },
    { "argument before it", "top: '1.5' is not a whole number", "top: “1.5”不是整数" },
    { "path of a member", "upload: $.a.b: missing, expected a text",
      "upload: $.a.b: 缺失，应为文字" },
    { "unknown, and the reason known", "the moon: out of memory", "the moon: 内存不足" },
    { "known in part", "f.csv: is a monster, expected a file: it is",
      "f.csv：是a monster, expected a file: it is" },
    { "context in Chinese", "unit 'kg': out of memory", "单位“kg”：内存不足" },
    { "optional place empty", "3 cells, expected 4 as in the header",
      "有 3 个单元格，应与表头一致，为 4 个" },
    { "a row that begins with a place, behind a place",
      "f: 1.csv:3: 2 cells, expected 3 as in the header",
      "f: 1.csv:3: 有 2 个单元格，应与表头一致，为 3 个" },
    { "optional place filled", "1 cell, expected 4 as in the header; the file ends within this row",
      "有 1 个单元格，应与表头一致，为 4 个；文件在此行中断" },
    { "two places side by side", "--top is missing: how many", "缺少 --top" },
    { "text that looks like a place", "no account '{1}'", "没有账户“{1}”" },
    { "text that is a row's places", "no account '\001\002'", "没有账户“\001\002”" },
    { "percent", "no account '%s%n'", "没有账户“%s%n”" },
    { "quotes within", "no account 'a' b 'c'", "没有账户“a' b 'c”" },
    { "not UTF-8", "no account '\xFF\xC3'", "没有账户“\xFF\xC3”" },
    { "only a colon", ": ", ": " },
    { "colons", ": : : ", ": : : " },
    { "ends in a colon", "out of memory: ", "内存不足：" },
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof message_cases / sizeof *message_cases; i++) {
        const struct message_case *c = &message_cases[i];
        tl_buf b;
        tl_buf_init(&b, 0);
        tl_message_zh(&b, tl_span_of(c->en));
        if (strcmp(tl_buf_text(&b), c->zh) != 0)
            fail_msg("%s: \"%s\", expected \"%s\"", c->label, tl_buf_text(&b), c->zh);
        tl_buf_clear(&b);
    }
}

/* The row with words of its own in the places; of two side by side the second has it. */
static void fill(tl_buf *out, const char *text, const char *en, unsigned salt)
{
    for (const char *p = text; *p; p++) {
        const char *here = *p <= TL_MESSAGE_PLACES && *p > 0 ? strchr(en, *p) : NULL;
        if (!here)
            tl_buf_char(out, *p);
        else if (!(here[1] > 0 && here[1] <= TL_MESSAGE_PLACES))
            tl_buf_printf(out, "Q%dx%uZ", *p, salt * 2654435761U + (unsigned)*p);
    }
}

static bool is_place(char c)
{
    return c > 0 && c <= TL_MESSAGE_PLACES;
}

/* Whether two rows read the same but for places side by side: "{1}{2} is" and "{1} is". */
static bool same_shape(const char *a, const char *b)
{
    while (*a || *b) {
        bool place = is_place(*a);
        if (place ? !is_place(*b) : *a != *b)
            return false;
        do
            a++;
        while (place && is_place(*a));
        do
            b++;
        while (place && is_place(*b));
    }
    return true;
}

/* A row of which another one takes all texts. */
static bool is_shadowed(size_t i)
{
    for (size_t k = 0; k < tl_message_row_count; k++)
        if (k != i && same_shape(tl_message_rows[k].en, tl_message_rows[i].en))
            return true;
    return false;
}

static void test_every_row(void **state)
{
    (void)state;
    assert_true(tl_message_row_count > 300);
    for (size_t i = 0; i < tl_message_row_count; i++)
        for (unsigned salt = is_shadowed(i) ? 3 : 0; salt < 3; salt++) {
            const tl_message_row *row = &tl_message_rows[i];
            tl_buf en, zh, got;
            tl_buf_init(&en, 0);
            tl_buf_init(&zh, 0);
            tl_buf_init(&got, 0);
            fill(&en, row->en, row->en, salt);
            fill(&zh, row->zh, row->en, salt);
            tl_message_zh(&got, (tl_span){ tl_buf_text(&en), en.len });
            if (strcmp(tl_buf_text(&got), tl_buf_text(&zh)) != 0)
                fail_msg("\"%s\": \"%s\", expected \"%s\"", tl_buf_text(&en), tl_buf_text(&got),
                         tl_buf_text(&zh));
            tl_buf_clear(&en);
            tl_buf_clear(&zh);
            tl_buf_clear(&got);
        }
}

static void test_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < tl_message_row_count; i++)
        assert_true(strcmp(tl_message_rows[i - 1].en, tl_message_rows[i].en) != 0);
}

/* Long texts of nothing but what rows are made of come back, and soon. */
static void test_long(void **state)
{
    static const char *const pieces[] = { ": ", "'", "unit '", "' is ", "x: unit 'a': ", "\377" };
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        for (size_t n = 1000; n <= 16000; n *= 4) {
            tl_buf en, got;
            tl_buf_init(&en, 0);
            tl_buf_init(&got, 0);
            while (en.len < n)
                tl_buf_str(&en, pieces[i]);
            tl_message_zh(&got, (tl_span){ en.data, en.len });
            assert_false(got.failed);
            assert_true(n <= 4096 || strcmp(en.data, got.data) == 0);
            tl_buf_clear(&en);
            tl_buf_clear(&got);
        }
}

static void test_said(void **state)
{
    (void)state;
    tl_arena *arena;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_null(tl_message_said(arena, NULL, true));
    assert_string_equal(tl_message_said(arena, "out of memory", false), "out of memory");
    assert_string_equal(tl_message_said(arena, "out of memory", true), "内存不足");
    assert_string_equal(tl_message_said(arena, "", true), "");
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),  cmocka_unit_test(test_every_row),
        cmocka_unit_test(test_sorted), cmocka_unit_test(test_long),
        cmocka_unit_test(test_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
