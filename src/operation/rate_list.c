/* rate_list.c - the assessments there are, and what one of them is now. */
#include "operation/rate.h"
#include "report/words.h"

static const tl_column columns[] = {
    { .key = "company", .name = { "company", "企业编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "index", .name = { "index", "指数" }, .kind = TL_COLUMN_TEXT },
    { .key = "index_version", .name = { "version", "指数版本" }, .kind = TL_COLUMN_TEXT },
    { .key = "period", .name = { "period", "评价期" }, .kind = TL_COLUMN_TEXT },
    { .key = "level", .name = { "level", "数据层级" }, .kind = TL_COLUMN_WORD },
    { .key = "version", .name = { "result", "结果版本" }, .kind = TL_COLUMN_INT },
    { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
    { .key = "author", .name = { "author", "作者" }, .kind = TL_COLUMN_TEXT },
    { .key = "reply_until", .name = { "replies until", "回复截止" }, .kind = TL_COLUMN_TEXT },
};

tl_status tl_run_rate_list(tl_call *c, tl_error *err)
{
    const tl_assessment *all = NULL;
    size_t n = 0;
    tl_company company = { 0 };
    const char *name = tl_call_text(c, "company");
    tl_status st = name ? tl_company_find(c->store, name, c->arena, &company, err) : TL_OK;
    if (st == TL_OK)
        st = tl_assessment_list(c->store, company.id, c->arena, &all, &n, err);
    tl_report *r = tl_report_new(c->arena, "rate-list", (tl_label){ "Assessments", "评价列表" });
    if (st != TL_OK || !r)
        return st != TL_OK ? st : tl_fail_nomem(err);
    tl_report_table(r, "assessments", (tl_label){ "Newest version of each", "各评价的最新版本" },
                    columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        const tl_assessment *a = &all[i];
        tl_report_text(r, a->key.company);
        tl_report_text(r, a->key.index);
        tl_report_text(r, a->key.index_version);
        tl_report_text(r, a->key.period);
        tl_report_word(r, tl_level_name(a->key.level), tl_word_level(a->key.level));
        tl_report_int(r, a->version);
        tl_report_word(r, tl_state_name(a->state), tl_word_state(a->state));
        tl_report_text(r, a->author);
        tl_report_text(r, a->reply_until);
    }
    return tl_call_report(c, r, err);
}

tl_status tl_rating_state(tl_call *c, const tl_assessment_key *key, tl_error *err)
{
    tl_assessment a;
    tl_status st = tl_assessment_get(c->store, key, -1, c->arena, &a, err);
    tl_report *r = tl_report_new(c->arena, "rate-state", (tl_label){ "Assessment", "评价" });
    if (st != TL_OK || !r)
        return st != TL_OK ? st : tl_fail_nomem(err);
    tl_report_fact(r, "company", (tl_label){ "company", "企业编号" }, a.key.company);
    tl_report_fact(r, "index", (tl_label){ "index", "指数" }, a.key.index);
    tl_report_fact(r, "index_version", (tl_label){ "version of the index", "指数版本" },
                   a.key.index_version);
    tl_report_fact(r, "period", (tl_label){ "period", "评价期" }, a.key.period);
    tl_report_fact_int(r, "version", (tl_label){ "result version", "结果版本" }, a.version);
    tl_report_fact_word(r, "state", (tl_label){ "state", "状态" }, tl_state_name(a.state),
                        tl_word_state(a.state));
    if (*a.reply_until)
        tl_report_fact(r, "reply_until", (tl_label){ "replies until", "回复截止" }, a.reply_until);
    if (*a.published_on)
        tl_report_fact(r, "published_on", (tl_label){ "published on", "发布日期" }, a.published_on);
    return tl_call_report(c, r, err);
}
