/* factor.c - one row a factor, the same members in every table of them. */
#include "report/factor.h"

#include <math.h>
#include <stdio.h>

#include "base/map.h"
#include "base/number.h"
#include "report/words.h"
#include "report/words_data.h"

/* Columns every table of factors has. brief: a terminal shows it only where factors are shown
 * whole; side: there and where they are compared. */
#define FACTOR_COLUMNS(brief, side)                                                                \
    { .key = "reference", .name = { "reference", "编号" }, .kind = TL_COLUMN_TEXT },               \
        { .key = "set", .name = { "set", "数据集" }, .kind = TL_COLUMN_TEXT, .files_only = true }, \
        { .key = "version",                                                                        \
          .name = { "version", "版本" },                                                           \
          .kind = TL_COLUMN_TEXT,                                                                  \
          .files_only = true },                                                                    \
        { .key = "key", .name = { "key", "键" }, .kind = TL_COLUMN_TEXT, .files_only = true },     \
        { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },                    \
        { .key = "category",                                                                       \
          .name = { "category", "类别" },                                                          \
          .kind = TL_COLUMN_WORD,                                                                  \
          .files_only = (brief) },                                                                 \
        { .key = "value", .name = { "value", "数值" }, .kind = TL_COLUMN_EXACT },                  \
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },                     \
        { .key = "region", .name = { "region", "地区" }, .kind = TL_COLUMN_TEXT },                 \
        { .key = "year", .name = { "year", "年份" }, .kind = TL_COLUMN_INT },                      \
        { .key = "boundary",                                                                       \
          .name = { "boundary", "边界" },                                                          \
          .kind = TL_COLUMN_WORD,                                                                  \
          .files_only = (side) },                                                                  \
        { .key = "technology", .name = { "technology", "技术" }, .kind = TL_COLUMN_WORD },         \
        { .key = "quality",                                                                        \
          .name = { "quality", "质量" },                                                           \
          .kind = TL_COLUMN_TEXT,                                                                  \
          .files_only = (side) },                                                                  \
        { .key = "verified", .name = { "verified", "核实" }, .kind = TL_COLUMN_BOOL },             \
        { .key = "source",                                                                         \
          .name = { "source", "来源" },                                                            \
          .kind = TL_COLUMN_TEXT,                                                                  \
          .files_only = (brief) },                                                                 \
        { .key = "note",                                                                           \
          .name = { "note", "备注" },                                                              \
          .kind = TL_COLUMN_TEXT,                                                                  \
          .files_only = (brief) },                                                                 \
        { .key = "stage",                                                                          \
          .name = { "stage", "阶段" },                                                             \
          .kind = TL_COLUMN_WORD,                                                                  \
          .files_only = (brief) },                                                                 \
        { .key = "gsd",                                                                            \
          .name = { "geometric standard deviation", "几何标准差" },                                \
          .kind = TL_COLUMN_EXACT,                                                                 \
          .files_only = (brief) },                                                                 \
        { .key = "percent95",                                                                      \
          .name = { "half the 95 % interval", "95% 区间半宽" },                                    \
          .unit = "%",                                                                             \
          .kind = TL_COLUMN_EXACT,                                                                 \
          .files_only = (brief) },                                                                 \
        SHARE_COLUMN("share_fossil_co2", "share of fossil CO2", "化石二氧化碳占比", brief),        \
        SHARE_COLUMN("share_biogenic_co2", "share of biogenic CO2", "生物二氧化碳占比", brief),    \
        SHARE_COLUMN("share_ch4", "share of CH4", "甲烷占比", brief),                              \
        SHARE_COLUMN("share_n2o", "share of N2O", "氧化亚氮占比", brief),                          \
        SHARE_COLUMN("share_hfc", "share of HFC", "氢氟碳化物占比", brief),                        \
        SHARE_COLUMN("share_other_gas", "share of other gases", "其他气体占比", brief)

#define SHARE_COLUMN(code, en, zh, brief)                                                          \
    {                                                                                              \
        .key = (code), .name = { (en), (zh) }, .unit = "%", .kind = TL_COLUMN_EXACT,               \
        .files_only = (brief)                                                                      \
    }

static const tl_label not_stated = { "not stated", "未注明" }, nothing = { NULL, NULL };

/* Digits as published; ten of what was converted, which leaves the noise of the conversion out. */
static void put_number(tl_report *r, double v, bool converted, tl_arena *arena)
{
    char text[TL_NUMBER_MAX], digits[TL_NUMBER_MAX];
    if (isnan(v)) {
        tl_report_empty(r, nothing);
        return;
    }
    snprintf(digits, sizeof digits, "%.10g", v);
    if (converted && tl_number_parse(digits, &v, NULL) != TL_OK)
        v = NAN;
    tl_number_format(v, text);
    tl_report_text(r, tl_arena_str(arena, text));
}

static void put_text_or(tl_report *r, const char *text, tl_label why)
{
    if (text && *text)
        tl_report_text(r, text);
    else
        tl_report_empty(r, why);
}

/* What is not stated is not 0; the first cell of uncertainty and of gases says so. */
static void put_detail(tl_report *r, const tl_factor_detail *d, tl_arena *arena)
{
    static const char *const stages[] = { "未注明", "上游", "下游", "全程" };
    bool shares = false;
    for (int i = 0; d && i < TL_FACTOR_GASES; i++)
        shares = shares || !isnan(d->share[i]);
    if (d && d->stage)
        tl_report_word(r, tl_factor_stage_name(d->stage),
                       (tl_label){ tl_factor_stage_name(d->stage), stages[d->stage] });
    else
        tl_report_empty(r, not_stated);
    if (d && !(isnan(d->gsd) && isnan(d->percent95)))
        put_number(r, d->gsd, false, arena);
    else
        tl_report_empty(r, not_stated);
    put_number(r, d ? d->percent95 : NAN, false, arena);
    for (int i = 0; i < TL_FACTOR_GASES; i++)
        if (i == 0 && !shares)
            tl_report_empty(r, not_stated);
        else
            put_number(r, d ? d->share[i] : NAN, false, arena);
}

static void put_factor(tl_report *r, const tl_factor *f, tl_arena *arena)
{
    tl_report_text(r, tl_arena_printf(arena, "%s/%s@%s", f->set, f->key, f->set_version));
    tl_report_text(r, f->set);
    tl_report_text(r, f->set_version);
    tl_report_text(r, f->key);
    tl_report_label(r, (tl_label){ f->name_en, f->name_zh });
    tl_report_word(r, f->category, tl_word_factor_category(f->category));
    put_number(r, f->value, false, arena);
    tl_report_text(r, f->unit);
    tl_report_text(r, f->region);
    if (f->year)
        tl_report_int(r, f->year);
    else
        tl_report_empty(r, not_stated);
    tl_report_word(r, f->boundary, tl_word_factor_boundary(f->boundary));
    tl_report_word(r, f->technology, tl_word_factor_technology(f->technology));
    put_text_or(r, f->quality, (tl_label){ "not scored", "未评分" });
    tl_report_bool(r, f->verified);
    tl_report_text(r, f->source);
    tl_report_text(r, f->note);
    put_detail(r, f->detail, arena);
}

static void put_more(tl_report *r, bool more)
{
    const char *code = more ? "yes" : "no";
    tl_report_fact_word(r, "more", (tl_label){ "more match", "还有更多" }, code,
                        tl_word_yes_no(code));
}

static void put_marks(tl_report *r, bool unverified)
{
    if (unverified)
        tl_report_note(r, (tl_label){ "What is not verified is never taken as a default.",
                                      "未核实的因子不作默认值。" });
}

tl_report *tl_report_factors(const tl_factor *factors, size_t n, bool more, tl_arena *arena)
{
    static const tl_column columns[] = { FACTOR_COLUMNS(true, true) };
    bool unverified = false;
    tl_report *r =
        tl_report_new(arena, "factor-search", (tl_label){ "Emission factors", "排放因子" });
    if (!r)
        return NULL;
    tl_report_fact_int(r, "shown", (tl_label){ "shown", "显示" }, (int64_t)n);
    put_more(r, more);
    tl_report_table(r, "factors", (tl_label){ "Best first", "按匹配程度" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        put_factor(r, &factors[i], arena);
        unverified = unverified || !factors[i].verified;
    }
    put_marks(r, unverified);
    if (n == 0)
        tl_report_note(r, (tl_label){ "No factor matches.", "没有符合的排放因子。" });
    return r;
}

static void put_set(tl_report *r, const tl_whole_factor *w)
{
    tl_report_label(r, (tl_label){ w->set.title_en, w->set.title_zh });
    tl_report_text(r, w->set.date);
    tl_report_text(r, w->set.checksum);
    tl_report_text(r, w->set.licence);
    tl_report_text(r, w->set.attribution);
    tl_report_text(r, w->pinned ? NULL : w->set.superseded_by);
}

static void put_per(tl_report *r, const tl_whole_factor *w, tl_arena *arena)
{
    put_number(r, w->per ? w->answer.value : NAN, true, arena);
    tl_report_text(r, w->per ? w->answer.unit : NULL);
    tl_report_text(r, w->per && w->answer.used_density ? w->per->density : NULL);
    tl_report_text(r, w->per && w->answer.used_heating_value ? w->per->heating_value : NULL);
}

tl_report *tl_report_whole_factors(const tl_whole_factor *factors, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        FACTOR_COLUMNS(false, false),
        { .key = "set_title", .name = { "data set", "数据集" }, .kind = TL_COLUMN_LABEL },
        { .key = "set_date", .name = { "edition of", "版本日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "set_checksum",
          .name = { "checksum", "校验和" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { .key = "licence", .name = { "licence", "许可" }, .kind = TL_COLUMN_TEXT },
        { .key = "attribution", .name = { "attribution", "署名" }, .kind = TL_COLUMN_TEXT },
        { .key = "superseded_by", .name = { "superseded by", "已被取代" }, .kind = TL_COLUMN_TEXT },
        { .key = "per_value", .name = { "converted", "换算" }, .kind = TL_COLUMN_EXACT },
        { .key = "per_unit", .name = { "its unit", "换算单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "per_density", .name = { "with density", "所用密度" }, .kind = TL_COLUMN_TEXT },
        { .key = "per_heating_value",
          .name = { "with heating value", "所用热值" },
          .kind = TL_COLUMN_TEXT },
    };
    bool unverified = false;
    tl_report *r = tl_report_new(arena, "factor-show", (tl_label){ "Emission factor", "排放因子" });
    if (!r)
        return NULL;
    tl_report_table(r, "factors", nothing, columns, sizeof columns / sizeof *columns);
    tl_report_cards(r);
    for (size_t i = 0; i < n; i++) {
        put_factor(r, &factors[i].factor, arena);
        put_set(r, &factors[i]);
        put_per(r, &factors[i], arena);
        unverified = unverified || !factors[i].factor.verified;
    }
    put_marks(r, unverified);
    return r;
}

static void put_groups(tl_report *r, const tl_factor_comparison *c, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "group", .name = { "group", "组" }, .kind = TL_COLUMN_INT },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "basis", .name = { "basis", "口径" }, .kind = TL_COLUMN_TEXT },
        { .key = "count", .name = { "found", "个数" }, .kind = TL_COLUMN_INT },
        { .key = "verified", .name = { "verified", "已核实" }, .kind = TL_COLUMN_INT },
        { .key = "min", .name = { "min", "最小" }, .kind = TL_COLUMN_EXACT },
        { .key = "median", .name = { "median", "中位" }, .kind = TL_COLUMN_EXACT },
        { .key = "max", .name = { "max", "最大" }, .kind = TL_COLUMN_EXACT },
    };
    tl_report_table(r, "groups",
                    (tl_label){ "What can be compared; figures over the verified ones",
                                "可比较的组；数字仅计已核实的" },
                    columns, sizeof columns / sizeof *columns);
    for (size_t g = 0; g < c->group_count; g++) {
        const tl_factor_group *group = &c->groups[g];
        const double figures[] = { group->min, group->median, group->max };
        tl_report_int(r, (int64_t)g + 1);
        tl_report_text(r, group->unit);
        tl_report_text(r, group->basis);
        tl_report_int(r, (int64_t)group->count);
        tl_report_int(r, (int64_t)group->verified);
        for (size_t i = 0; i < 3; i++)
            put_number(r, group->verified ? figures[i] : NAN, true, arena);
    }
}

/* The rows, each with the number of its source in the order they come up. */
static tl_status put_rows(tl_report *r, const tl_factor_comparison *c, tl_map *sources,
                          tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "group", .name = { "group", "组" }, .kind = TL_COLUMN_INT },
        { .key = "compared_value", .name = { "in its unit", "按组单位" }, .kind = TL_COLUMN_EXACT },
        FACTOR_COLUMNS(true, false),
        { .key = "source_number", .name = { "source", "来源" }, .kind = TL_COLUMN_INT },
    };
    tl_report_table(r, "factors", (tl_label){ "Candidates", "候选因子" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < c->row_count; i++) {
        const tl_factor_row *row = &c->rows[i];
        bool there;
        size_t number;
        tl_status st =
            tl_map_add(sources, tl_span_of(row->factor->source), 0, &number, &there, NULL);
        if (st != TL_OK)
            return st;
        tl_report_int(r, (int64_t)row->group + 1);
        put_number(r, row->value, true, arena);
        put_factor(r, row->factor, arena);
        tl_report_int(r, (int64_t)number + 1);
    }
    return TL_OK;
}

static bool any_unverified(const tl_factor_comparison *c)
{
    for (size_t i = 0; i < c->row_count; i++)
        if (!c->rows[i].factor->verified)
            return true;
    return false;
}

tl_report *tl_report_factor_comparison(const tl_factor_comparison *c, bool more, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "number", .name = { "no.", "序号" }, .kind = TL_COLUMN_INT },
        { .key = "source", .name = { "source", "来源" }, .kind = TL_COLUMN_TEXT },
    };
    tl_map *sources = NULL;
    tl_report *r = tl_report_new(arena, "factor-compare",
                                 (tl_label){ "Candidates side by side", "排放因子比较" });
    if (!r || tl_map_new(&sources, NULL) != TL_OK)
        return NULL;
    put_more(r, more);
    put_groups(r, c, arena);
    if (put_rows(r, c, sources, arena) != TL_OK) {
        tl_map_free(sources);
        return NULL;
    }
    tl_report_table(r, "sources", (tl_label){ "Sources", "来源" }, columns, 2);
    for (size_t i = 0; i < tl_map_size(sources); i++) {
        tl_report_int(r, (int64_t)i + 1);
        tl_report_text(r, tl_arena_str(arena, tl_map_key(sources, i)));
    }
    tl_map_free(sources);
    put_marks(r, any_unverified(c));
    tl_report_note(r, (tl_label){ "Boundaries differ: read that column.", "边界不同，请看该列。" });
    if (c->row_count == 0)
        tl_report_note(r, (tl_label){ "No factor matches.", "没有符合的排放因子。" });
    return r;
}
