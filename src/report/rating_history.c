/* rating_history.c - the versions of one assessment with their reasons and replies. */
#include "report/rating_parts.h"

static const tl_column columns[] = {
    { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
    { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
    { .key = "total", .name = { "total", "总分" }, .kind = TL_COLUMN_EXACT },
    { .key = "author", .name = { "author", "作者" }, .kind = TL_COLUMN_TEXT },
    { .key = "approver", .name = { "approved by", "复核人" }, .kind = TL_COLUMN_TEXT },
    { .key = "reply_until", .name = { "replies until", "回复截止" }, .kind = TL_COLUMN_TEXT },
    { .key = "published_on", .name = { "published", "公布日期" }, .kind = TL_COLUMN_TEXT },
    { .key = "reason", .name = { "reason", "更正原因" }, .kind = TL_COLUMN_TEXT },
};

tl_report *tl_report_history(const tl_index *x, const tl_company *company,
                             const tl_assessment *versions, const tl_score *scores, size_t n,
                             tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "rate-history", tl_company_label(company));
    if (!r)
        return NULL;
    tl_report_fact(r, "company", (tl_label){ "company", "企业编号" }, company->id);
    tl_put_index_facts(r, x, n ? versions[0].key.period : NULL);
    if (n)
        tl_report_fact_word(r, "level", (tl_label){ "level", "数据层级" },
                            tl_level_name(versions[0].key.level),
                            tl_word_level(versions[0].key.level));
    tl_report_table(r, "versions", (tl_label){ "Versions, oldest first", "版本（由旧到新）" },
                    columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        const tl_assessment *a = &versions[i];
        tl_report_int(r, a->version);
        tl_report_word(r, tl_state_name(a->state), tl_word_state(a->state));
        tl_put_total(r, scores[i].total, 1, arena);
        tl_report_text(r, a->author);
        tl_report_text(r, a->approver);
        tl_report_text(r, a->reply_until);
        tl_report_text(r, a->published_on);
        tl_report_text(r, a->version > 1 ? a->reason : NULL);
    }
    tl_put_replies(r, versions, n);
    return r;
}
