/* test_registry_printed.c - printed statistics as text and JSON: decimals as printed, what has no
 * value, findings in both languages. */
#include <math.h>

#include "report/registry_printed.h"
#include "store/tests/scratch.h"

static const tl_dataset set = {
    .id = "s", .version = "1", .title_en = "Printed", .title_zh = "原文", .source = "a report"
};
static const tl_printed_row rows[] = {
    { "3", "A", "", "share-below-mean", 50, 1, "%", "no. 1", "A" },
    { "4", "Aa", "", "class-1-share", 20, 1, "%", "no. 2", "A" },
    { "5", "S", "", "class", NAN, 0, "class", "no. 3", "S" },
};

static const struct view_case {
    const char *label, *subject, *measure;
    size_t rows;
    const char *text;  /* in the English text */
    const char * not ; /* not in it */
} view_cases[] = {
    { "all", NULL, NULL, 3, "50.0", "No row" },
    { "by the name it stands for", "A", NULL, 2, "20.0", "being calculated" },
    { "by the printed name", "Aa", NULL, 1, "20.0", "50.0" },
    { "by measure", NULL, "class", 1, "being calculated", "50.0" },
    { "both", "A", "class-1-share", 1, "Aa", "50.0" },
    { "nothing", "B", NULL, 0, "No row has this subject", "50.0" },
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(view_cases); i++) {
        const struct view_case *c = &view_cases[i];
        tl_arena *arena;
        tl_buf out;
        assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
        tl_buf_init(&out, 0);
        const tl_printed_view v = { &set, rows, TEST_COUNT(rows), arena };
        tl_report *r = tl_report_printed_rows(&v, c->subject, c->measure);
        assert_non_null(r);
        if (tl_report_rows(r) != c->rows)
            fail_msg("%s: got %zu rows, want %zu", c->label, tl_report_rows(r), c->rows);
        assert_int_equal(tl_report_as_text(r, false, &out, NULL), TL_OK);
        if (!strstr(tl_buf_text(&out), c->text) || strstr(tl_buf_text(&out), c->not ))
            fail_msg("%s: got\n%s", c->label, tl_buf_text(&out));
        tl_buf_reset(&out);
        assert_int_equal(tl_report_as_json(r, &out, NULL), TL_OK);
        tl_buf_clear(&out);
        tl_arena_free(arena);
    }
}

static void test_findings(void **state)
{
    (void)state;
    static const tl_printed_finding findings[] = {
        { "A", "shares-add-up", "It is 89%.", "为 89%。" },
        { "B", "new-rule", "Something.", "某项。" },
    };
    tl_arena *arena;
    tl_buf out;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_buf_init(&out, 0);
    const tl_printed_view v = { &set, rows, TEST_COUNT(rows), arena };
    tl_report *r = tl_report_printed_findings(&v, findings, 2);
    assert_non_null(r);
    assert_int_equal(tl_report_as_text(r, true, &out, NULL), TL_OK);
    assert_non_null(strstr(tl_buf_text(&out), "为 89%。"));
    assert_non_null(strstr(tl_buf_text(&out), "各项占比之和不为 100%"));
    tl_buf_reset(&out);
    assert_int_equal(tl_report_as_json(r, &out, NULL), TL_OK);
    assert_non_null(strstr(tl_buf_text(&out), "\"rule\": \"shares-add-up\""));
    assert_non_null(strstr(tl_buf_text(&out), "\"rule\": \"new-rule\""));
    assert_non_null(strstr(tl_buf_text(&out), "\"rows_checked\": 3"));
    tl_buf_clear(&out);
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
