/* origin_rating.c - of a company's rating: its versions, the definition and what else it rests on.
 */
#include <string.h>

#include "base/text.h"
#include "dataset/dataset.h"
#include "operation/origin.h"
#include "operation/rating_open.h"
#include "report/words.h"
#include "store/audit.h"

static const tl_column columns[] = {
    { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
    { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
    { .key = "total", .name = { "total", "总分" }, .kind = TL_COLUMN_EXACT },
    { .key = "published_on", .name = { "published", "公布日期" }, .kind = TL_COLUMN_TEXT },
    { .key = "answers", .name = { "answers", "答案" }, .kind = TL_COLUMN_INT },
    { .key = "evidence", .name = { "pieces of evidence", "佐证" }, .kind = TL_COLUMN_INT },
    { .key = "reason", .name = { "why", "原因" }, .kind = TL_COLUMN_TEXT },
};

static const char *total_text(const tl_score *score, tl_arena *arena)
{
    char text[TL_POINTS_TEXT];
    tl_total_format(score->total, 1, text);
    return tl_arena_str(arena, text);
}

/* A version with its total, worked out again from answers and evidence. */
static tl_status put_version(tl_origin *o, const tl_index *x, const tl_assessment_key *key,
                             int64_t version, const char **total, tl_error *err)
{
    tl_assessment a;
    tl_points *sheet;
    tl_score score;
    int64_t evidence = 0;
    tl_status st = tl_assessment_get(o->c->store, key, version, o->c->arena, &a, err);
    if (st == TL_OK)
        st = tl_assessment_sheet(x, &a, o->c->arena, &sheet, err);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; i < a.n_answers; i++)
        evidence += (int64_t)a.answers[i].n_evidence;
    tl_score_of(x, key->level, sheet, a.scope12, &score);
    *total = total_text(&score, o->c->arena);
    tl_report_int(o->r, a.version);
    tl_report_word(o->r, tl_state_name(a.state), tl_word_state(a.state));
    tl_report_text(o->r, *total);
    tl_report_text(o->r, a.published_on);
    tl_report_int(o->r, (int64_t)a.n_answers);
    tl_report_int(o->r, evidence);
    if (a.version > 1)
        tl_report_text(o->r, a.reason);
    else
        tl_report_empty(o->r, (tl_label){ "first publication", "首次公布" });
    return *total ? TL_OK : tl_fail_nomem(err);
}

static tl_status put_versions(tl_origin *o, const tl_index *x, const tl_assessment *now,
                              const char **total, tl_error *err)
{
    const tl_assessment *all;
    size_t n;
    tl_status st = tl_assessment_versions(o->c->store, &now->key, o->c->arena, &all, &n, err);
    tl_report_table(o->r, "versions", (tl_label){ "Versions, oldest first", "版本（由旧到新）" },
                    columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (*all[i].published_on) /* what is open is nobody's to see */
            st = put_version(o, x, &now->key, all[i].version, total, err);
    return st;
}

/* A result that was taken over names the data set that brought it as who acted. */
static tl_status pin_source(tl_origin *o, const char *object, tl_error *err)
{
    static const char by[] = "dataset ";
    const tl_audit_filter filter = { .object = object,
                                     .action = "assessment.take_over",
                                     .limit = 1 };
    const tl_audit_entry *entry;
    const char *id, *version;
    tl_dataset set;
    size_t n;
    tl_status st = tl_audit_newest(o->c->store, &filter, o->c->arena, &entry, &n, err);
    if (st != TL_OK || n == 0 || !tl_text_starts(entry->actor, by))
        return st;
    st = tl_dataset_reference(entry->actor + sizeof by - 1, o->c->arena, &id, &version, err);
    if (st == TL_OK)
        st = tl_dataset_get(o->c->store, id, version, o->c->arena, &set, err);
    return st == TL_OK ? tl_origin_pin(o, set.id, set.version, set.checksum, err) : st;
}

tl_status tl_origin_rating(tl_origin *o, const char *name, tl_error *err)
{
    tl_company company;
    tl_index x;
    tl_assessment now;
    const char *total = NULL;
    tl_status st = tl_rating_open_published(o->c, &x, err);
    if (st == TL_OK)
        st = tl_company_find(o->c->store, name, o->c->arena, &company, err);
    if (st == TL_OK)
        st = tl_rating_published(o->c, &x, company.id, &now, err);
    if (st != TL_OK)
        return st;
    o->r = tl_report_new(o->c->arena, "origin", (tl_label){ company.name_en, company.name_zh });
    if (!o->r)
        return tl_fail_nomem(err);
    tl_report_fact(o->r, "company", (tl_label){ "company", "企业编号" }, company.id);
    tl_report_fact(o->r, "index", (tl_label){ "index", "指数" },
                   tl_arena_printf(o->c->arena, "%s@%s", x.id, x.version));
    tl_report_fact(o->r, "period", (tl_label){ "period", "评价期" }, now.key.period);
    tl_report_fact_word(o->r, "level", (tl_label){ "level", "数据层级" },
                        tl_level_name(now.key.level), tl_word_level(now.key.level));
    tl_report_fact(o->r, "published_on", (tl_label){ "published", "公布日期" }, now.published_on);
    if (*now.origin)
        tl_report_fact(o->r, "taken_from", (tl_label){ "taken over from", "结果来源" }, now.origin);
    st = put_versions(o, &x, &now, &total, err);
    if (st != TL_OK)
        return st;
    tl_report_fact_exact(o->r, "total", (tl_label){ "total", "总分" }, total);
    const char *object =
        tl_arena_printf(o->c->arena, "assessment/%s/%s@%s/%s/%s", now.key.company, now.key.index,
                        now.key.index_version, now.key.period, tl_level_name(now.key.level));
    if (!object)
        return tl_fail_nomem(err);
    tl_origin_pins(o);
    st = tl_origin_pin(o, x.id, x.version, x.checksum, err);
    if (st == TL_OK)
        st = pin_source(o, object, err);
    return st == TL_OK ? tl_origin_object(o, object, err) : st;
}
