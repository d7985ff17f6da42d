/* rating_rescore.c - old and new: ranks, totals, full points, weights. */
#include <string.h>

#include "report/rating_parts.h"

static const tl_column columns[] = {
    { .key = "rank", .name = { "new rank", "新名次" }, .kind = TL_COLUMN_INT },
    { .key = "rank_before", .name = { "old rank", "原名次" }, .kind = TL_COLUMN_INT },
    { .key = "rank_change", .name = { "change", "名次变化" }, .kind = TL_COLUMN_INT },
    { .key = "company", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "name", .name = { "company", "企业" }, .kind = TL_COLUMN_LABEL },
    { .key = "total", .name = { "new total", "新总分" }, .kind = TL_COLUMN_EXACT },
    { .key = "total_before", .name = { "old total", "原总分" }, .kind = TL_COLUMN_EXACT },
    { .key = "total_change", .name = { "difference", "分差" }, .kind = TL_COLUMN_EXACT },
    { .key = "band", .name = { "new band", "新分档" }, .kind = TL_COLUMN_WORD },
    { .key = "band_before", .name = { "old band", "原分档" }, .kind = TL_COLUMN_WORD },
};

static void put_band(tl_report *r, const tl_index_band *b)
{
    if (b)
        tl_report_word(r, b->code, (tl_label){ b->name_en, b->name_zh });
    else
        tl_report_empty(r, (tl_label){ NULL, NULL });
}

static void put_companies(tl_report *r, const tl_edition *before, const tl_rescore *a,
                          tl_arena *arena)
{
    tl_report_table(r, "companies", (tl_label){ "Old and new", "新旧对照" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < a->n; i++) {
        const tl_league_row *row = &a->league[i];
        tl_report_int(r, (int64_t)row->rank);
        tl_report_int(r, (int64_t)row->rank_before);
        tl_report_int(r, (int64_t)row->rank_before - (int64_t)row->rank);
        tl_report_text(r, row->card->company.id);
        tl_report_label(r, tl_company_label(&row->card->company));
        tl_put_total(r, row->card->score.total, 1, arena);
        tl_put_total(r, row->total_before, 1, arena);
        tl_put_total(r, row->card->score.total - row->total_before, 1, arena);
        put_band(r, row->band);
        put_band(r, tl_score_band(before->index, row->total_before));
    }
}

static const tl_column item_columns[] = {
    { .key = "code", .name = { "no.", "编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
    { .key = "change", .name = { "change", "变化" }, .kind = TL_COLUMN_WORD },
    { .key = "max", .name = { "new full points", "新满分" }, .kind = TL_COLUMN_EXACT },
    { .key = "max_before", .name = { "old full points", "原满分" }, .kind = TL_COLUMN_EXACT },
};

/* of: the newer one, which has the name; a: in the new definition, b: in the old one, NULL where it
 * is not there. */
static void put_item(tl_report *r, const tl_index_item *of, const tl_index_item *a,
                     const tl_index_item *b, tl_arena *arena)
{
    const tl_label none = { NULL, NULL };
    tl_report_text(r, of->code);
    tl_report_label(r, (tl_label){ of->name_en, of->name_zh });
    if (!b)
        tl_report_word(r, "added", (tl_label){ "added", "新增" });
    else if (!a)
        tl_report_word(r, "removed", (tl_label){ "removed", "删除" });
    else if (a->max != b->max)
        tl_report_word(r, "changed", (tl_label){ "other full points", "满分更改" });
    else
        tl_report_word(r, "renamed", (tl_label){ "other words", "文字更改" });
    if (a)
        tl_put_points(r, a->max, arena);
    else
        tl_report_empty(r, none);
    if (b)
        tl_put_points(r, b->max, arena);
    else
        tl_report_empty(r, none);
}

static bool same_item(const tl_index_item *a, const tl_index_item *b)
{
    return a->max == b->max && strcmp(a->name_en, b->name_en) == 0 &&
           strcmp(a->name_zh, b->name_zh) == 0;
}

static void put_items(tl_report *r, const tl_index *old, const tl_index *now, tl_arena *arena)
{
    tl_report_table(r, "items", (tl_label){ "What the definitions differ in", "定义的差别" },
                    item_columns, sizeof item_columns / sizeof *item_columns);
    for (size_t i = 0; i < now->n_items; i++) {
        int at = tl_index_find_item(old, now->items[i].code);
        if (at < 0 || !same_item(&now->items[i], &old->items[at]))
            put_item(r, &now->items[i], &now->items[i], at < 0 ? NULL : &old->items[at], arena);
    }
    for (size_t i = 0; i < old->n_items; i++)
        if (tl_index_find_item(now, old->items[i].code) < 0)
            put_item(r, &old->items[i], NULL, &old->items[i], arena);
}

static const tl_column weight_columns[] = {
    { .key = "industry", .name = { "industry", "行业" }, .kind = TL_COLUMN_WORD },
    { .key = "scope12",
      .name = { "new share of scope 1 and 2", "新的范围一、二权重" },
      .kind = TL_COLUMN_EXACT,
      .unit = "%" },
    { .key = "scope12_before",
      .name = { "old share", "原权重" },
      .kind = TL_COLUMN_EXACT,
      .unit = "%" },
};

static void put_weights(tl_report *r, const tl_index *old, const tl_index *now, tl_arena *arena)
{
    bool begun = false;
    for (size_t i = 0; i < now->n_industries; i++) {
        const tl_index_industry *a = &now->industries[i];
        const tl_index_industry *b = tl_index_find_industry(old, a->key);
        if (b && a->scope12 == b->scope12)
            continue;
        if (!begun)
            tl_report_table(r, "weights", (tl_label){ "Weights that differ", "不同的行业权重" },
                            weight_columns, sizeof weight_columns / sizeof *weight_columns);
        begun = true;
        tl_report_word(r, a->key, (tl_label){ a->name_en, a->name_zh });
        tl_put_points(r, a->scope12 * 10, arena);
        if (b)
            tl_put_points(r, b->scope12 * 10, arena);
        else
            tl_report_empty(r, (tl_label){ "none", "无" });
    }
}

static void put_facts(tl_report *r, const tl_edition *before, const tl_rescore *a, tl_arena *arena)
{
    const tl_index *old = before->index, *now = a->edition.index;
    int64_t moved = 0, banded = 0, most = 0;
    for (size_t i = 0; i < a->n; i++) {
        const tl_league_row *row = &a->league[i];
        const tl_index_band *was = tl_score_band(old, row->total_before);
        int64_t by = (int64_t)row->rank_before - (int64_t)row->rank;
        moved += by != 0;
        most = (by < 0 ? -by : by) > most ? (by < 0 ? -by : by) : most;
        banded += was && row->band && strcmp(was->code, row->band->code) != 0;
    }
    tl_report_fact(r, "from", (tl_label){ "old definition", "原定义" },
                   tl_arena_printf(arena, "%s@%s", old->id, old->version));
    tl_report_fact(r, "to", (tl_label){ "new definition", "新定义" },
                   tl_arena_printf(arena, "%s@%s", now->id, now->version));
    tl_report_fact(r, "period", (tl_label){ "period", "评价期" }, before->period);
    tl_report_fact_int(r, "count", (tl_label){ "companies", "企业数" }, (int64_t)a->n);
    tl_report_fact_int(r, "moved", (tl_label){ "of them at another rank", "名次变动" }, moved);
    tl_report_fact_int(r, "furthest", (tl_label){ "furthest move, places", "最大变动（位）" },
                       most);
    tl_report_fact_int(r, "other_band", (tl_label){ "in another band", "分档变动" }, banded);
}

tl_report *tl_report_rescore(const tl_edition *before, const tl_rescore *a, tl_arena *arena)
{
    tl_report *r = tl_report_new(
        arena, "rate-rescore",
        (tl_label){ "The same answers under another method", "同一答案按另一方法计分" });
    if (!r)
        return NULL;
    put_facts(r, before, a, arena);
    put_companies(r, before, a, arena);
    put_items(r, before->index, a->edition.index, arena);
    put_weights(r, before->index, a->edition.index, arena);
    tl_report_note(r, (tl_label){ "Published results do not move. An answer keeps its share of the "
                                  "full points; what was not asked brings none.",
                                  "已公布的结果不变。各答案保持其得分占满分的比例；"
                                  "未询问的指标不得分。" });
    if (a->left_out)
        tl_report_note(
            r, (tl_label){ tl_arena_printf(arena,
                                           "%zu known by their total only are "
                                           "left out.",
                                           a->left_out),
                           tl_arena_printf(arena, "%zu 家仅知总分，未列入。", a->left_out) });
    if (a->gone)
        tl_report_note(r, (tl_label){ tl_arena_printf(arena,
                                                      "%zu answers with points have no "
                                                      "place in the new definition.",
                                                      a->gone),
                                      tl_arena_printf(arena,
                                                      "%zu 个有得分的答案在新定义中没有"
                                                      "对应指标。",
                                                      a->gone) });
    return r;
}
