/* registry_award.c - kept Top Runner awards: rounds, winners, candidates, what would change. */
#include "report/registry_award.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/registry_parts.h"

#define SEGMENT_COLUMNS                                                                            \
    { .key = "size_class", .name = { "size class", "级别" }, .kind = TL_COLUMN_WORD },             \
        { .key = "body", .name = { "body", "车身" }, .kind = TL_COLUMN_WORD },                     \
    {                                                                                              \
        .key = "powertrain", .name = { "powertrain", "动力类型" }, .kind = TL_COLUMN_WORD          \
    }

#define G_KM(k, en, zh)                                                                            \
    {                                                                                              \
        .key = (k), .name = { (en), (zh) }, .kind = TL_COLUMN_NUMBER, .unit = "g CO2e/km",         \
        .decimals = 2                                                                              \
    }

static const tl_column car_columns[] = {
    SEGMENT_COLUMNS,
    { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
    { .key = "product", .name = { "model", "车型" }, .kind = TL_COLUMN_TEXT },
    { .key = "maker", .name = { "maker", "企业" }, .kind = TL_COLUMN_TEXT },
    { .key = "launched", .name = { "launched", "上市" }, .kind = TL_COLUMN_TEXT },
    G_KM("g_km", "footprint", "碳足迹"),
    { .key = "rank", .name = { "rank", "名次" }, .kind = TL_COLUMN_INT },
    { .key = "wins", .name = { "Top Runner", "低碳领跑者" }, .kind = TL_COLUMN_BOOL },
    { .key = "seal", .name = { "seal", "存证哈希" }, .kind = TL_COLUMN_TEXT, .files_only = true },
};

static void put_segment(tl_report *r, const char *size, const char *body, const char *powertrain)
{
    tl_report_word(r, size, tl_word_size_class(size));
    tl_report_word(r, body, tl_word_body(body));
    tl_report_word(r, powertrain, tl_word_powertrain(powertrain));
}

static void put_car(tl_report *r, const tl_award_row *c)
{
    put_segment(r, c->size, c->body, c->powertrain);
    tl_report_text(r, c->record);
    tl_report_int(r, c->version);
    tl_report_text(r, c->product);
    tl_report_text(r, c->maker);
    tl_report_text(r, c->launched);
    tl_report_number(r, c->g_km);
    tl_report_int(r, c->rank);
    tl_report_bool(r, c->wins);
    tl_report_text(r, c->seal);
}

static const char *number(tl_arena *arena, double v)
{
    char text[TL_NUMBER_MAX];
    tl_number_format(v, text);
    return tl_arena_str(arena, text);
}

/* What was decided, by which rule, among how many. */
static void put_round(tl_report *r, const tl_award_round *x, tl_arena *arena)
{
    tl_report_fact(r, "award", (tl_label){ "award", "评选" }, x->id);
    tl_report_fact(r, "day", (tl_label){ "decided on", "评定日期" }, x->day);
    tl_report_fact(r, "launched_from", (tl_label){ "launched from", "上市起" }, x->rule.from);
    tl_report_fact(r, "launched_until", (tl_label){ "launched until", "上市止" }, x->rule.until);
    tl_report_fact_exact(r, "step_g_km",
                         (tl_label){ "step of rounding, g CO2e/km", "取整步长，g CO2e/km" },
                         number(arena, x->rule.step_g_km));
    tl_report_fact_int(r, "least", (tl_label){ "least candidates", "最少候选车型数" },
                       (int64_t)x->rule.least);
    tl_report_fact(r, "rule", (tl_label){ "rule", "规则" },
                   tl_arena_printf(arena, "peer-rule@%s%s", x->rule_version,
                                   x->as_declared ? "" : " + --step/--least"));
    tl_report_fact_int(r, "cars", (tl_label){ "published cars", "已公布车型数" }, x->cars);
    tl_report_fact_int(r, "candidate_count", (tl_label){ "candidates", "候选车型数" },
                       x->candidates);
    tl_report_fact_int(
        r, "left_out",
        (tl_label){ "left out: segment or launch not stated", "未列入：细分市场或上市时间不明" },
        x->left_out);
    tl_report_fact(r, "author", (tl_label){ "kept by", "记录人" }, x->author);
    tl_report_fact(r, "checksum", (tl_label){ "checksum", "校验和" }, x->checksum);
}

tl_report *tl_report_award_list(const tl_award_round *rounds, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "award", .name = { "award", "评选" }, .kind = TL_COLUMN_TEXT },
        { .key = "day", .name = { "decided on", "评定日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "launched_from", .name = { "launched from", "上市起" }, .kind = TL_COLUMN_TEXT },
        { .key = "launched_until", .name = { "until", "上市止" }, .kind = TL_COLUMN_TEXT },
        { .key = "candidates", .name = { "candidates", "候选车型数" }, .kind = TL_COLUMN_INT },
        { .key = "rule", .name = { "rule", "规则" }, .kind = TL_COLUMN_TEXT },
        { .key = "checksum",
          .name = { "checksum", "校验和" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
    };
    tl_report *r = tl_report_new(arena, "top-runner-list",
                                 (tl_label){ "Top Runner awards", "低碳领跑者评选" });
    if (!r)
        return NULL;
    tl_report_table(r, "awards", (tl_label){ "Awards", "评选" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, rounds[i].id);
        tl_report_text(r, rounds[i].day);
        tl_report_text(r, rounds[i].rule.from);
        tl_report_text(r, rounds[i].rule.until);
        tl_report_int(r, rounds[i].candidates);
        tl_report_text(r, tl_arena_printf(arena, "peer-rule@%s", rounds[i].rule_version));
        tl_report_text(r, rounds[i].checksum);
    }
    return r;
}

static void put_winners(tl_report *r, const tl_kept_award *a)
{
    tl_report_table(r, "winners", (tl_label){ "Winners", "领跑者" }, car_columns,
                    sizeof car_columns / sizeof *car_columns);
    for (size_t i = 0; i < a->n; i++)
        if (a->rows[i].wins)
            put_car(r, &a->rows[i]);
}

static tl_label result_of(const tl_award_change *c)
{
    if (c->n_then == 0)
        return c->candidates_then ? (tl_label){ "too few candidates", "候选不足" }
                                  : (tl_label){ "no candidate", "无候选" };
    return c->n_then == 1 ? (tl_label){ "awarded", "已评出" }
                          : (tl_label){ "joint winners", "并列获选" };
}

/* "would change under version 2" */
static tl_label cause_words(const tl_award_cause *c, tl_arena *arena)
{
    const long long now = (long long)c->version_now;
    switch (c->reason) {
    case TL_AWARD_GONE:
        return (tl_label){ "would change: not a published candidate any more",
                           "将改变：已不是已公布的候选" };
    case TL_AWARD_ADDED:
        return (tl_label){ tl_arena_printf(
                               arena, "would change under version %lld, no candidate then", now),
                           tl_arena_printf(arena, "按第 %lld 版将改变，当时并非候选", now) };
    case TL_AWARD_CORRECTED:
        break;
    }
    return (tl_label){ tl_arena_printf(arena, "would change under version %lld", now),
                       tl_arena_printf(arena, "按第 %lld 版将改变", now) };
}

static tl_label today_of(const tl_award_change *c, tl_arena *arena)
{
    if (!c->would_change)
        return (tl_label){ "the same", "不变" };
    if (c->n_causes == 1)
        return cause_words(&c->causes[0], arena);
    return (tl_label){ tl_arena_printf(arena, "would change under %zu versions", c->n_causes),
                       tl_arena_printf(arena, "按 %zu 个现行版本将改变", c->n_causes) };
}

static void put_segments(tl_report *r, const tl_award_view *v)
{
    static const tl_column columns[] = {
        SEGMENT_COLUMNS,
        { .key = "candidates", .name = { "candidates", "候选车型数" }, .kind = TL_COLUMN_INT },
        { .key = "winners", .name = { "winners", "获选车型数" }, .kind = TL_COLUMN_INT },
        { .key = "result", .name = { "result", "结论" }, .kind = TL_COLUMN_LABEL },
        { .key = "candidates_today",
          .name = { "candidates today", "现有候选" },
          .kind = TL_COLUMN_INT },
        { .key = "would_change",
          .name = { "would change", "将改变" },
          .kind = TL_COLUMN_BOOL,
          .files_only = true },
        { .key = "today",
          .name = { "with today's versions", "按现行版本" },
          .kind = TL_COLUMN_LABEL },
    };
    tl_report_table(r, "segments", (tl_label){ "Segments, then and today", "细分市场：当时与现在" },
                    columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < v->n; i++) {
        const tl_award_change *c = &v->changes[i];
        put_segment(r, c->size, c->body, c->powertrain);
        tl_report_int(r, (int64_t)c->candidates_then);
        tl_report_int(r, (int64_t)c->n_then);
        tl_report_label(r, result_of(c));
        tl_report_int(r, (int64_t)c->candidates_now);
        tl_report_bool(r, c->would_change);
        tl_report_label(r, today_of(c, v->arena));
    }
}

static const char *joined(const char *const *ids, size_t n, tl_arena *arena)
{
    const char *text = n ? ids[0] : "-";
    for (size_t i = 1; text && i < n; i++)
        text = tl_arena_printf(arena, "%s, %s", text, ids[i]);
    return text;
}

static void put_version(tl_report *r, int64_t version, double g_km)
{
    if (version)
        tl_report_int(r, version);
    else
        tl_report_empty(r, (tl_label){ "none", "无" });
    tl_report_number(r, g_km);
}

static void put_causes(tl_report *r, const tl_award_view *v, size_t would)
{
    static const tl_column columns[] = {
        SEGMENT_COLUMNS,
        { .key = "kept", .name = { "award kept", "维持的获选" }, .kind = TL_COLUMN_TEXT },
        { .key = "today", .name = { "would win today", "现在将获选" }, .kind = TL_COLUMN_TEXT },
        { .key = "record", .name = { "because of", "原因记录" }, .kind = TL_COLUMN_TEXT },
        { .key = "version_then", .name = { "version then", "当时版本" }, .kind = TL_COLUMN_INT },
        G_KM("g_km_then", "then", "当时"),
        { .key = "version_now", .name = { "version now", "现行版本" }, .kind = TL_COLUMN_INT },
        G_KM("g_km_now", "now", "现行"),
        { .key = "mark", .name = { "mark", "标注" }, .kind = TL_COLUMN_LABEL },
    };
    if (!would)
        return;
    tl_report_table(r, "changes", (tl_label){ "What would change it", "将改变结果的版本" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < v->n; i++)
        for (size_t k = 0; k < v->changes[i].n_causes; k++) {
            const tl_award_change *c = &v->changes[i];
            const tl_award_cause *cause = &c->causes[k];
            put_segment(r, c->size, c->body, c->powertrain);
            tl_report_text(r, joined(c->winners_then, c->n_then, v->arena));
            tl_report_text(r, joined(c->winners_now, c->n_now, v->arena));
            tl_report_text(r, cause->record);
            put_version(r, cause->version_then, cause->g_km_then);
            put_version(r, cause->version_now, cause->g_km_now);
            tl_report_label(r, cause_words(cause, v->arena));
        }
}

tl_report *tl_report_award(const tl_award_view *v)
{
    const tl_award_round *x = &v->award->round;
    size_t would = 0;
    tl_report *r =
        tl_report_new(v->arena, "top-runner",
                      (tl_label){ tl_arena_printf(v->arena, "Low Carbon Car Top Runner: %s", x->id),
                                  tl_arena_printf(v->arena, "低碳领跑者：%s", x->id) });
    if (!r)
        return NULL;
    for (size_t i = 0; i < v->n; i++)
        would += v->changes[i].would_change;
    put_round(r, x, v->arena);
    tl_report_fact(r, "compared_on", (tl_label){ "compared with the versions of", "对照日期" },
                   v->day);
    tl_report_fact_int(r, "would_change",
                       (tl_label){ "segments that would change", "将改变的细分市场" },
                       (int64_t)would);
    put_winners(r, v->award);
    put_segments(r, v);
    put_causes(r, v, would);
    tl_report_note(r,
                   (tl_label){ "The award stays as it was kept. A footprint published, corrected "
                               "or withdrawn since is shown beside it and changes nothing.",
                               "评选结果维持原状；其后公布、更正或撤回的碳足迹仅作对照。" });
    tl_put_on_sale_note(r);
    return r;
}

tl_report *tl_report_award_candidates(const tl_kept_award *a, tl_arena *arena)
{
    tl_report *r = tl_report_new(
        arena, "top-runner-candidates",
        (tl_label){ tl_arena_printf(arena, "Candidates of the Top Runner %s", a->round.id),
                    tl_arena_printf(arena, "低碳领跑者 %s 的候选车型", a->round.id) });
    if (!r)
        return NULL;
    put_round(r, &a->round, arena);
    tl_report_table(r, "candidates", (tl_label){ "Candidates", "候选车型" }, car_columns,
                    sizeof car_columns / sizeof *car_columns);
    for (size_t i = 0; i < a->n; i++)
        put_car(r, &a->rows[i]);
    tl_put_on_sale_note(r);
    tl_report_note(r,
                   (tl_label){ "tools/check-award recomputes the winners from the export in JSON "
                               "with nothing but the Python standard library.",
                               "tools/check-award 仅用 Python 标准库即可由 JSON 导出重新评定。" });
    return r;
}
