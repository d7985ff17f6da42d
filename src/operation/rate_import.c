/* rate_import.c - a table of answers into draft assessments. */
#include "intake/answer_import.h"
#include "operation/rate.h"
#include "operation/rating_open.h"

tl_status tl_run_rate_import(tl_call *c, tl_error *err)
{
    tl_index x;
    tl_answer_verdict v = { 0 };
    tl_answer_import how = { .path = tl_call_text(c, "file"),
                             .period = tl_call_text(c, "period"),
                             .industry = tl_call_text(c, "industry"),
                             .cut_off = tl_call_text(c, "cut-off"),
                             .actor = tl_call_who(c),
                             .progress = c->log };
    tl_rating_level(c, &how.level);
    tl_status st = tl_rating_open_index(c, &x, err);
    if (st == TL_OK)
        st = tl_answer_import_file(c->store, &x, &how, c->arena, &v, err);
    if (st != TL_OK)
        return st;
    tl_report *r =
        tl_report_new(c->arena, "rate-import", (tl_label){ "Answers imported", "答案导入结果" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact(r, "file", (tl_label){ "file", "文件" }, how.path);
    tl_report_fact_int(r, "rows", (tl_label){ "rows", "行数" }, v.rows);
    tl_report_fact_int(r, "accepted", (tl_label){ "rows accepted", "接受行数" }, v.accepted);
    tl_report_fact_int(r, "refused", (tl_label){ "rows refused", "拒绝行数" }, v.refused);
    tl_report_fact_int(r, "companies",
                       (tl_label){ "companies written as drafts", "写入草稿企业数" }, v.companies);
    tl_report_fact_int(r, "companies_unchanged",
                       (tl_label){ "companies unchanged", "无变化企业数" }, v.companies_same);
    return tl_call_verdict(c, r,
                           &(tl_refused_source){ how.path, tl_answer_columns, TL_ANSWER_COLUMNS },
                           v.refusals, v.refusal_count, err);
}
