/* registry_sales.c - what is sold most, and what figures of sales are kept. */
#include "report/registry_sales.h"

#include <math.h>

#include "report/registry_parts.h"

enum { CHART_MOST = 60 };

static size_t shown(const tl_best_view *b)
{
    return b->top && b->top < b->best->n ? b->top : b->best->n;
}

static tl_label scope_label(const tl_best_scope *scope)
{
    if (scope->band)
        return (tl_label){ scope->band->en, scope->band->zh };
    return scope->new_energy ? (tl_label){ "new energy vehicles", "新能源汽车" }
                             : (tl_label){ "all cars", "全部车型" };
}

/* "1-3", "/", "1-3 /" where some models have their class and others are being calculated. */
static tl_label classes_label(const tl_best_seller *s, tl_arena *arena)
{
    if (s->open && !s->class_low)
        return (tl_label){ "/", "/" };
    if (!s->published)
        return (tl_label){ "not published", "未公布" };
    const tl_label range = tl_class_range_label(s->class_low, s->class_high, arena);
    if (!s->open)
        return range;
    return (tl_label){ tl_arena_printf(arena, "%s /", range.en),
                       tl_arena_printf(arena, "%s /", range.zh) };
}

static void put_seller(tl_report *r, const tl_best_seller *s, tl_arena *arena)
{
    static const tl_label nothing = { NULL, NULL };
    tl_report_int(r, (int64_t)s->rank);
    tl_report_text(r, s->name);
    tl_report_int(r, (int64_t)s->units);
    tl_report_number(r, 100 * s->share);
    tl_report_number(r, s->g_km);
    tl_report_label(r, classes_label(s, arena));
    if (s->class_low) {
        tl_report_int(r, s->class_low);
        tl_report_int(r, s->class_high);
    } else {
        tl_report_empty(r, nothing);
        tl_report_empty(r, nothing);
    }
    tl_report_int(r, (int64_t)s->models);
    tl_report_int(r, (int64_t)s->published);
    tl_report_int(r, (int64_t)s->open);
}

static const tl_column best_columns[] = {
    { .key = "rank", .name = { "rank", "排名" }, .kind = TL_COLUMN_INT },
    { .key = "series", .name = { "series", "车系" }, .kind = TL_COLUMN_TEXT },
    { .key = "units", .name = { "sold", "销量" }, .kind = TL_COLUMN_INT },
    { .key = "share",
      .name = { "share of the scope", "占所列范围销量" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "%",
      .decimals = 1 },
    { .key = "g_km",
      .name = { "footprint, sales-weighted", "碳足迹（按销量加权）" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "g CO2e/km",
      .decimals = 2 },
    { .key = "classes", .name = { "classes", "等级" }, .kind = TL_COLUMN_LABEL },
    { .key = "class_low",
      .name = { "lowest class", "等级下限" },
      .kind = TL_COLUMN_INT,
      .files_only = true },
    { .key = "class_high",
      .name = { "highest class", "等级上限" },
      .kind = TL_COLUMN_INT,
      .files_only = true },
    { .key = "models", .name = { "models sold", "有销量车型数" }, .kind = TL_COLUMN_INT },
    { .key = "published",
      .name = { "models published", "已公布车型数" },
      .kind = TL_COLUMN_INT,
      .files_only = true },
    { .key = "in_calculation",
      .name = { "models in calculation", "核算中车型数" },
      .kind = TL_COLUMN_INT,
      .files_only = true },
};

static void put_best_facts(tl_report *r, const tl_best_view *b)
{
    tl_arena *arena = b->v->arena;
    tl_put_registry_facts(r, b->v);
    tl_put_sales_facts(r, b->v->sales, arena);
    tl_report_fact_word(r, "scope", (tl_label){ "scope", "范围" }, b->scope->id,
                        scope_label(b->scope));
    tl_report_fact_int(r, "units", (tl_label){ "sold in the scope", "范围内销量" },
                       (int64_t)b->best->units);
    tl_report_fact_int(r, "series_in_scope", (tl_label){ "series in the scope", "范围内车系数" },
                       (int64_t)b->best->n);
    tl_report_fact(
        r, "market_rule", (tl_label){ "rule of scopes", "范围规则" },
        tl_arena_printf(arena, "car-market@%s %s", b->market->version, b->market->checksum));
    if (!b->scope->band)
        return;
    tl_report_fact_int(r, "left_out",
                       (tl_label){ "left out: models without a price in the band's currency",
                                   "未列入：无该币种价格的车型数" },
                       (int64_t)b->best->left_out);
    tl_report_fact_int(r, "units_left_out",
                       (tl_label){ "left out: units of them", "未列入：其销量" },
                       (int64_t)b->best->units_left_out);
}

static void put_best_notes(tl_report *r, const tl_best_view *b)
{
    bool open = false;
    for (size_t i = 0; i < shown(b); i++)
        open = open || b->best->items[i].open;
    tl_report_note(
        r, (tl_label){ "A car that states no series has its own line. Classes are the range over "
                       "the models of a series sold in these months; footprints are means over "
                       "its published models, by units.",
                       "未注明车系的车型单独成行。等级为车系内所查月份有销量车型的等级范围；"
                       "碳足迹为其已公布车型按销量加权的均值。" });
    if (open)
        tl_report_note(r, (tl_label){ "\"/\": the footprint of the car, or of some models of the "
                                      "series, is being calculated.",
                                      "“/”：该车型（或车系中部分车型）碳足迹核算中。" });
    if (b->scope->band)
        tl_report_note(
            r, (tl_label){ "A series is in a band with those of its models that have their price "
                           "there; a price on the border is in the higher band.",
                           "车系按其各车型的价格分别计入各区间；恰在界限上的价格计入较高区间。" });
}

tl_report *tl_report_best_sellers(const tl_best_view *b)
{
    const tl_label months = tl_months_label(b->v->sales, b->v->arena),
                   scope = scope_label(b->scope);
    tl_report *r = tl_report_new(
        b->v->arena, "registry-best-sellers",
        (tl_label){ tl_arena_printf(b->v->arena, "Best sellers, %s: %s", months.en, scope.en),
                    tl_arena_printf(b->v->arena, "%s畅销车系：%s", months.zh, scope.zh) });
    if (!r)
        return NULL;
    put_best_facts(r, b);
    tl_report_table(r, "best_sellers", (tl_label){ "Best sellers", "畅销车系" }, best_columns,
                    sizeof best_columns / sizeof *best_columns);
    for (size_t i = 0; i < shown(b); i++)
        put_seller(r, &b->best->items[i], b->v->arena);
    put_best_notes(r, b);
    return r;
}

static tl_status make_bar(const tl_best_view *b, const tl_best_seller *s, bool zh,
                          tl_chart_bar *out, tl_error *err)
{
    tl_arena *arena = b->v->arena;
    double *units = tl_arena_alloc(arena, 1, sizeof *units);
    const tl_label classes = classes_label(s, arena);
    if (!units)
        return tl_fail_nomem(err);
    *units = s->units;
    *out = (tl_chart_bar){
        .name = { s->name, s->name },
        .segments = units,
        .value = tl_arena_printf(arena, "%.0f · %s", s->units, zh ? classes.zh : classes.en),
    };
    return out->value ? TL_OK : tl_fail_nomem(err);
}

static tl_chart_frame best_frame(const tl_best_view *b, bool zh)
{
    tl_arena *arena = b->v->arena;
    const tl_label months = tl_months_label(b->v->sales, arena), scope = scope_label(b->scope);
    const tl_best_seller *first = &b->best->items[0];
    const char *share = tl_fixed_text(arena, 100 * first->share, 1);
    return (tl_chart_frame){
        .title = { tl_arena_printf(arena, "%s is sold most: %s%% of %s", first->name, share,
                                   scope.en),
                   tl_arena_printf(arena, "%s销量最高，占%s的 %s%%", first->name, scope.zh,
                                   share) },
        .axis = { tl_arena_printf(arena, "cars sold, %s (behind: class)", months.en),
                  tl_arena_printf(arena, "销量，%s（数字后：等级）", months.zh) },
        .source = { tl_arena_printf(arena, "sales loaded of %s; %zu published cars, %s",
                                    b->v->sales->region, b->v->cars->n, b->v->day),
                    tl_arena_printf(arena, "已导入的 %s 销量；已公布车型 %zu 款，%s",
                                    b->v->sales->region, b->v->cars->n, b->v->day) },
        .unit = { "cars", "辆" },
        .zh = zh,
    };
}

tl_status tl_chart_best_sellers(const tl_best_view *b, bool zh, tl_buf *out, tl_error *err)
{
    const size_t n = shown(b);
    tl_status st = TL_OK;
    if (n == 0)
        return tl_fail(err, TL_ENOTFOUND, "nothing was sold in this scope: nothing to draw");
    if (n > CHART_MOST)
        return tl_fail(err, TL_EINPUT, "%zu series, a chart shows %d: ask for fewer with --top", n,
                       CHART_MOST);
    tl_chart_bar *bars = tl_arena_alloc(b->v->arena, n, sizeof *bars);
    if (!bars)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n && st == TL_OK; i++)
        st = make_bar(b, &b->best->items[i], zh, &bars[i], err);
    const tl_chart_frame frame = best_frame(b, zh);
    return st == TL_OK ? tl_chart_bars(&frame, NULL, 1, bars, n, out, err) : st;
}

tl_report *tl_report_sales_months(const tl_sales_month *months, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "region", .name = { "region", "地区" }, .kind = TL_COLUMN_TEXT },
        { .key = "month", .name = { "month", "月份" }, .kind = TL_COLUMN_TEXT },
        { .key = "cars", .name = { "models", "车型数" }, .kind = TL_COLUMN_INT },
        { .key = "units", .name = { "sold", "销量" }, .kind = TL_COLUMN_INT },
    };
    tl_report *r =
        tl_report_new(arena, "registry-sales", (tl_label){ "Sales loaded", "已导入销量" });
    if (!r)
        return NULL;
    tl_report_table(r, "months", (tl_label){ "Months", "月份" }, columns, 4);
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, months[i].region);
        tl_report_text(r, months[i].month);
        tl_report_int(r, months[i].cars);
        tl_report_int(r, months[i].units);
    }
    if (n == 0)
        tl_report_note(
            r, (tl_label){ "No sales are loaded; 'tanlian registry sales import FILE' loads "
                           "them: columns record, month, units, region, source.",
                           "尚未导入销量；用 'tanlian registry sales import 文件' 导入，列为 "
                           "record、month、units、region、source。" });
    return r;
}

tl_report *tl_report_sale_history(const char *record, const tl_sale *sales, size_t n,
                                  tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "month", .name = { "month", "月份" }, .kind = TL_COLUMN_TEXT },
        { .key = "region", .name = { "region", "地区" }, .kind = TL_COLUMN_TEXT },
        { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
        { .key = "units", .name = { "sold", "销量" }, .kind = TL_COLUMN_INT },
        { .key = "current", .name = { "in force", "有效" }, .kind = TL_COLUMN_BOOL },
        { .key = "loaded_on", .name = { "loaded on", "导入日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "author", .name = { "loaded by", "导入者" }, .kind = TL_COLUMN_TEXT },
        { .key = "source", .name = { "source", "来源" }, .kind = TL_COLUMN_TEXT },
    };
    tl_report *r = tl_report_new(arena, "registry-sale-history",
                                 (tl_label){ "Sales of one car", "单一车型销量" });
    if (!r)
        return NULL;
    tl_report_fact(r, "record", (tl_label){ "record", "记录" }, record);
    tl_report_table(r, "figures", (tl_label){ "Figures and their versions", "数据及其版本" },
                    columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, sales[i].month);
        tl_report_text(r, sales[i].region);
        tl_report_int(r, sales[i].version);
        tl_report_int(r, sales[i].units);
        tl_report_bool(r, sales[i].current);
        tl_report_text(r, sales[i].loaded_on);
        tl_report_text(r, sales[i].author);
        tl_report_text(r, sales[i].source);
    }
    return r;
}
