/* loan_list.c - the facilities of an organisation: where each stands, and its next test. */
#include <string.h>

#include "operation/loan.h"
#include "operation/loan_sheet.h"

static const tl_column columns[] = {
    { .key = "facility", .name = { "facility", "授信" }, .kind = TL_COLUMN_TEXT },
    { .key = "borrower", .name = { "borrower", "借款人" }, .kind = TL_COLUMN_TEXT },
    { .key = "limit", .name = { "limit", "额度" }, .kind = TL_COLUMN_EXACT },
    { .key = "currency", .name = { "currency", "币种" }, .kind = TL_COLUMN_TEXT },
    { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
    { .key = "signed_on", .name = { "signed", "签署日期" }, .kind = TL_COLUMN_TEXT },
    { .key = "tested_on", .name = { "last test", "上次检验" }, .kind = TL_COLUMN_TEXT },
    { .key = "next_test", .name = { "next test", "下次检验" }, .kind = TL_COLUMN_TEXT },
};

static const tl_label draft = { "draft", "草案" };

tl_status tl_loan_due(const tl_call *c, const tl_facility *f, tl_loan_due_test *out, tl_error *err)
{
    const tl_loan_kept_test *tests;
    size_t n;
    *out = (tl_loan_due_test){ .last = "" };
    if (!*f->signed_on)
        return TL_OK;
    tl_status st = tl_loan_kept_tests(c->store, f->id, c->arena, &tests, &n, err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (strcmp(tests[i].day, out->last) > 0)
            out->last = tests[i].day;
    if (st == TL_OK)
        st = tl_loan_next_test(f->signed_on, out->last, out->next, err);
    out->due = st == TL_OK && strcmp(out->next, c->today) <= 0;
    return st;
}

static void put_row(const tl_call *c, tl_report *r, const tl_facility *f,
                    const tl_loan_due_test *test)
{
    char text[TL_LOAN_TEXT];
    tl_money_format(f->limit, text);
    tl_report_text(r, f->id);
    tl_report_text(r, f->borrower);
    tl_report_text(r, tl_arena_str(c->arena, text));
    tl_report_text(r, f->currency);
    if (!*f->signed_on) {
        tl_report_word(r, "draft", draft);
        for (int i = 0; i < 3; i++)
            tl_report_empty(r, (tl_label){ "not signed", "未签署" });
        return;
    }
    tl_report_word(r, test->due ? "test-due" : "signed",
                   test->due ? (tl_label){ "signed, a test is due", "已签署，待检验" }
                             : (tl_label){ "signed", "已签署" });
    tl_report_text(r, f->signed_on);
    if (*test->last)
        tl_report_text(r, test->last);
    else
        tl_report_empty(r, (tl_label){ "none yet", "尚无" });
    tl_report_text(r, tl_arena_str(c->arena, test->next));
}

tl_status tl_run_loan_list(tl_call *c, tl_error *err)
{
    const tl_facility *all = NULL;
    size_t n = 0;
    tl_status st = tl_facility_list(c->store, c->arena, &all, &n, err);
    tl_report *r = tl_report_new(c->arena, "loan-list", (tl_label){ "Facilities", "授信列表" });
    if (st != TL_OK || !r)
        return st != TL_OK ? st : tl_fail_nomem(err);
    tl_report_table(r, "facilities", (tl_label){ "Loans by footprint", "碳足迹挂钩贷款" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        tl_loan_due_test test;
        if (!tl_viewer_of_tenant(c->viewer, all[i].tenant))
            continue;
        if ((st = tl_loan_due(c, &all[i], &test, err)) == TL_OK)
            put_row(c, r, &all[i], &test);
    }
    return st == TL_OK ? tl_call_report(c, r, err) : st;
}
