/* test_report_paper.c - reports on paper: as many sheets as the rows need, the same bytes twice,
 * wide tables and long cells within the paper (a page that draws beyond it fails). */
#include "report/report_paper.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const tl_column columns[] = {
    { .key = "a", .name = { "record", "编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "b", .name = { "price", "价格" }, .kind = TL_COLUMN_EXACT, .unit = "CNY" },
    { .key = "c", .name = { "footprint", "碳足迹" }, .kind = TL_COLUMN_NUMBER, .decimals = 1 },
    { .key = "d", .name = { "why", "原因" }, .kind = TL_COLUMN_LABEL },
};

static const struct paper_case {
    const char *label;
    int rows;
    size_t cell_bytes;
    const char *pages; /* as the PDF counts them */
} paper_cases[] = {
    { "no row", 0, 8, "/Count 1" },
    { "one sheet", 20, 8, "/Count 1" },
    { "two sheets", 60, 8, "/Count 2" },
    { "cells that are cut", 20, 4000, "/Count 1" },
};

static tl_report *make(tl_arena *arena, const struct paper_case *c)
{
    char text[4001];
    tl_report *r = tl_report_new(arena, "paper", (tl_label){ "A report", "报告" });
    assert_non_null(r);
    memset(text, 'x', c->cell_bytes);
    text[c->cell_bytes] = '\0';
    tl_report_fact(r, "fact", (tl_label){ "borrower", "借款人" }, "武汉租车");
    tl_report_table(r, "rows", (tl_label){ "Rows", "行" }, columns, 4);
    for (int i = 0; i < c->rows; i++) {
        tl_report_text(r, tl_arena_str(arena, text));
        tl_report_text(r, "150000.00");
        if (i % 2)
            tl_report_number(r, 151.9);
        else
            tl_report_empty(r, (tl_label){ "missing", "缺失" });
        tl_report_label(r, (tl_label){ "corrected", "已更正" });
    }
    tl_report_note(r, (tl_label){ "A note.", "说明。" });
    return r;
}

static bool has(const tl_buf *b, const char *words)
{
    return memmem(b->data, b->len, words, strlen(words)) != NULL;
}

static void test_paper(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof paper_cases / sizeof *paper_cases; i++) {
        const struct paper_case *c = &paper_cases[i];
        tl_arena *arena = NULL;
        tl_buf first, again, zh;
        tl_error err = { 0 };
        assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
        const tl_report *r = make(arena, c);
        tl_buf_init(&first, 0);
        tl_buf_init(&again, 0);
        tl_buf_init(&zh, 0);
        if (tl_report_as_paper(r, false, "2026-05-01", &first, &err) != TL_OK ||
            tl_report_as_paper(r, false, "2026-05-01", &again, &err) != TL_OK ||
            tl_report_as_paper(r, true, "2026-05-01", &zh, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        if (first.len != again.len || memcmp(first.data, again.data, first.len) != 0)
            fail_msg("%s: not the same bytes", c->label);
        if (!has(&first, "%PDF") || !has(&first, c->pages) || !has(&zh, "%PDF"))
            fail_msg("%s: not %s", c->label, c->pages);
        tl_buf_clear(&first);
        tl_buf_clear(&again);
        tl_buf_clear(&zh);
        tl_arena_free(arena);
    }
}

static void test_day(void **state)
{
    (void)state;
    tl_arena *arena = NULL;
    tl_buf out;
    tl_buf_init(&out, 0);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(tl_report_as_paper(make(arena, &paper_cases[0]), false, "no day", &out, NULL),
                     TL_EINPUT);
    assert_int_equal(out.len, 0);
    tl_buf_clear(&out);
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_paper), cmocka_unit_test(test_day) };
    return cmocka_run_group_tests_name("report_paper", tests, NULL, NULL);
}
