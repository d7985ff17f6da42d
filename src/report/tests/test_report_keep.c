/* test_report_keep.c - a report put away and read back is the same in every way out; what is no
 * kept report is refused. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "report/report_keep.h"

static const tl_column columns[] = {
    { .key = "rank", .name = { "Rank", "排名" }, .kind = TL_COLUMN_INT },
    { .key = "name", .name = { "Company", NULL }, .kind = TL_COLUMN_LABEL },
    { .key = "level", .name = { "Level", "等级" }, .kind = TL_COLUMN_WORD },
    { .key = "total",
      .name = { "Total", "总分" },
      .kind = TL_COLUMN_EXACT,
      .unit = "points",
      .files_only = true },
    { .key = "rate", .name = { NULL, "得分率" }, .kind = TL_COLUMN_NUMBER, .decimals = 1 },
    { .key = "listed", .name = { "Listed", "上市" }, .kind = TL_COLUMN_BOOL },
    { .key = "id", .name = { "Id", "编号" }, .kind = TL_COLUMN_TEXT },
};

static void add_rows(tl_report *r)
{
    tl_report_int(r, INT64_MIN);
    tl_report_label(r, (tl_label){ "Mercedes-Benz", "梅赛德斯-奔驰" });
    tl_report_word(r, "leading", (tl_label){ "Leading", "领先" });
    tl_report_text(r, "73.10"); /* a double would lose the nought */
    tl_report_number(r, 0.1 + 0.2);
    tl_report_bool(r, true);
    tl_report_text(r, "a \"quote\"\n,");

    tl_report_empty(r, (tl_label){ "not disclosed", "未披露" });
    tl_report_label(r, (tl_label){ NULL, "比亚迪" });
    tl_report_word(r, "poor", (tl_label){ NULL, NULL });
    tl_report_text(r, "about 16");
    tl_report_number(r, NAN);
    tl_report_bool(r, false);
    tl_report_text(r, "");
}

static tl_report *make(tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "rate-rank", (tl_label){ "League table", "排行榜" });
    assert_non_null(r);
    tl_report_fact(r, "index", (tl_label){ "Index", "指数" }, "cati-auto");
    tl_report_fact(r, "pin", (tl_label){ "Pinned to", NULL }, NULL);
    tl_report_fact_int(r, "companies", (tl_label){ "Companies", "公司数" }, -3);
    tl_report_fact_bool(r, "whole", (tl_label){ "Whole", "完整" }, true);
    tl_report_fact_exact(r, "mean", (tl_label){ "Mean", "平均" }, "37.00");
    tl_report_fact_word(r, "level", (tl_label){ "Level", "级别" }, "group",
                        (tl_label){ "Group", "集团" });
    tl_report_table(r, "ranks", (tl_label){ "Ranks", "排名" }, columns, 7);
    tl_report_cards(r);
    add_rows(r);
    tl_report_table(r, "none", (tl_label){ NULL, NULL }, columns, 1);
    tl_report_note(r, (tl_label){ "English only.", NULL });
    tl_report_next(r, "more-of-it");
    tl_report_with_keys(r);
    return r;
}

/* All ways out one after the other. */
static void ways(const tl_report *r, tl_buf *out)
{
    tl_buf_init(out, 0);
    assert_int_equal(tl_report_as_text(r, true, out, NULL), TL_OK);
    assert_int_equal(tl_report_as_text(r, false, out, NULL), TL_OK);
    assert_int_equal(tl_report_as_json(r, out, NULL), TL_OK);
    assert_int_equal(tl_report_as_view(r, out, NULL), TL_OK);
    assert_int_equal(tl_report_as_csv(r, NULL, out, NULL), TL_OK);
    assert_int_equal(tl_report_as_csv(r, "none", out, NULL), TL_OK);
    assert_int_equal(tl_report_as_zip(r, out, NULL), TL_OK);
}

static void test_round_trip(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_report *back;
    tl_buf kept, again, before, after;
    tl_error err = { 0 };
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_report *r = make(arena);
    tl_buf_init(&kept, 0);
    tl_buf_init(&again, 0);
    assert_int_equal(tl_report_keep(r, &kept, NULL), TL_OK);
    if (tl_report_kept(tl_buf_text(&kept), kept.len, arena, &back, &err) != TL_OK)
        fail_msg("%s", err.text);
    assert_int_equal(tl_report_keep(back, &again, NULL), TL_OK);
    assert_string_equal(tl_buf_text(&kept), tl_buf_text(&again));
    ways(r, &before);
    ways(back, &after);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.data, after.data, before.len);
    tl_buf_clear(&before);
    tl_buf_clear(&after);
    tl_buf_clear(&kept);
    tl_buf_clear(&again);
    tl_arena_free(arena);
}

/* The kept line with one piece replaced. */
static const struct wrong_case {
    const char *was, *is;
} wrong_cases[] = {
    { "\"kept\":1", "\"kept\":2" },
    { "\"kept\":1,", "" },
    { "\"kind\":\"exact\"", "\"kind\":\"vague\"" },
    { "\"kind\":5", "\"kind\":7" },
    { "\"decimals\":1", "\"decimals\":-1" },
    { "-9223372036854775808", "\"one\"" },
    { "[\"leading\",\"Leading\"", "[null,\"Leading\"" },
    { "true,\"a \\\"quote", "\"yes\",\"a \\\"quote" },
    { ",false,\"\"]", ",false]" }, /* a cell too few */
    { "\"key\":\"rank\"", "\"key\":null" },
    { "\"Mercedes-Benz\"", "17" },
    { "}]", "}" },
};

static void test_refused(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_report *back;
    tl_buf kept, wrong;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_buf_init(&kept, 0);
    assert_int_equal(tl_report_keep(make(arena), &kept, NULL), TL_OK);
    const char *text = tl_buf_text(&kept);
    for (size_t i = 0; i < sizeof wrong_cases / sizeof *wrong_cases; i++) {
        const struct wrong_case *c = &wrong_cases[i];
        const char *at = strstr(text, c->was);
        tl_error err = { 0 };
        if (!at)
            fail_msg("%s: not in %s", c->was, text);
        tl_buf_init(&wrong, 0);
        tl_buf_add(&wrong, text, (size_t)(at - text));
        tl_buf_str(&wrong, c->is);
        tl_buf_str(&wrong, at + strlen(c->was));
        tl_status st = tl_report_kept(tl_buf_text(&wrong), wrong.len, arena, &back, &err);
        if (st != TL_EINPUT || back || !*err.text)
            fail_msg("%s: status %d, '%s'", c->was, (int)st, err.text);
        tl_buf_clear(&wrong);
    }
    tl_buf_clear(&kept);
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
