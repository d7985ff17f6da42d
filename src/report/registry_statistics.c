/* registry_statistics.c - groups, facets and histogram of published cars. */
#include "report/registry_statistics.h"

#include <math.h>
#include <string.h>

#include "report/registry_parts.h"

static tl_column number_column(const char *key, tl_label name, const char *unit, int decimals)
{
    return (tl_column){
        .key = key, .name = name, .kind = TL_COLUMN_NUMBER, .unit = unit, .decimals = decimals
    };
}

/* The heading says which months weigh. */
static tl_column weighted_column(const tl_registry_view *v)
{
    tl_label name = { "sales-weighted", "按销量加权" };
    if (v->sales) {
        const tl_label months = tl_months_label(v->sales, v->arena);
        name.en = tl_arena_printf(v->arena, "sales-weighted %s", months.en);
        name.zh = tl_arena_printf(v->arena, "按 %s 销量加权", months.zh);
    }
    tl_column c = number_column("weighted_g_km", name, NULL, 2);
    c.files_only = !v->sales;
    return c;
}

enum { FIXED = 10, MORE = 2 };

/* FIXED columns, the range of classes of a series, then cars without and of each class, then the
 * shares of the classes. */
static const tl_column *group_columns(const tl_registry_view *v, tl_car_field field, size_t *n)
{
    static const tl_label names[] = {
        [TL_CARS_ALL] = { "cars", "车型" },
        [TL_CARS_BY_MAKER] = { "maker", "企业" },
        [TL_CARS_BY_POWERTRAIN] = { "powertrain", "动力类型" },
        [TL_CARS_BY_SIZE] = { "size class", "级别" },
        [TL_CARS_BY_BODY] = { "body", "车身" },
        [TL_CARS_BY_YEAR] = { "year of launch", "上市年份" },
        [TL_CARS_BY_MONTH] = { "month of launch", "上市月份" },
        [TL_CARS_BY_SERIES] = { "series", "车系" },
        [TL_CARS_BY_GROUP] = { "group", "集团" },
        [TL_CARS_BY_STYLE] = { "country style", "车系国别" },
    };
    const tl_class_rule *rule = &v->rule->classes;
    tl_column *c = tl_arena_alloc(v->arena, FIXED + MORE + 2 * rule->n, sizeof *c);
    if (!c)
        return NULL;
    c[0] = (tl_column){ .key = "group", .name = names[field], .kind = TL_COLUMN_WORD };
    c[1] = (tl_column){ .key = "cars", .name = { "cars", "款数" }, .kind = TL_COLUMN_INT };
    c[2] = (tl_column){ .key = "with_category",
                        .name = { "with category", "有类别" },
                        .kind = TL_COLUMN_INT,
                        .files_only = true };
    c[3] = (tl_column){ .key = "below",
                        .name = { "below mean", "低于平均" },
                        .kind = TL_COLUMN_INT,
                        .files_only = true };
    c[4] = number_column("eta", (tl_label){ "share below mean", "低于平均占比" }, "%", 1);
    c[5] = number_column("mean_g_km", (tl_label){ "mean", "均值" }, "g CO2e/km", 2);
    c[6] = number_column("lowest_g_km", (tl_label){ "lowest", "最低" }, NULL, 1);
    c[7] = number_column("highest_g_km", (tl_label){ "highest", "最高" }, NULL, 1);
    c[8] = weighted_column(v);
    c[9] = (tl_column){ .key = "with_sales",
                        .name = { "with sales", "有销量" },
                        .kind = TL_COLUMN_INT,
                        .files_only = true };
    *n = FIXED;
    if (field == TL_CARS_BY_SERIES)
        c[(*n)++] = (tl_column){ .key = "class_range",
                                 .name = { "classes", "等级范围" },
                                 .kind = TL_COLUMN_LABEL };
    c[(*n)++] =
        (tl_column){ .key = "no_class", .name = { "no class", "不分级" }, .kind = TL_COLUMN_INT };
    for (size_t i = 0; i < rule->n; i++)
        c[(*n)++] =
            (tl_column){ .key = tl_arena_printf(v->arena, "class_%d", rule->classes[i].number),
                         .name = { tl_arena_printf(v->arena, "class %d", rule->classes[i].number),
                                   tl_arena_printf(v->arena, "%d 级", rule->classes[i].number) },
                         .kind = TL_COLUMN_INT,
                         .files_only = true };
    for (size_t i = 0; i < rule->n; i++)
        c[(*n)++] = number_column(
            tl_arena_printf(v->arena, "class_%d_share", rule->classes[i].number),
            (tl_label){ tl_arena_printf(v->arena, "class %d", rule->classes[i].number),
                        tl_arena_printf(v->arena, "%d 级占比", rule->classes[i].number) },
            "%", 0);
    return c;
}

/* True where the shares of classes, each rounded to whole percent, do not add up to 100. */
static bool shares_off(const tl_registry_view *v, const tl_car_group *g)
{
    const tl_class_rule *rule = &v->rule->classes;
    const size_t all = tl_group_classed(g);
    size_t sum = 0;
    for (size_t i = 0; i < rule->n && all; i++) /* half up, in whole numbers */
        sum += (200 * g->classes[rule->classes[i].number] + all) / (2 * all);
    return all && sum != 100;
}

static tl_label class_range(const tl_registry_view *v, const tl_car_group *g)
{
    int low = 0, high = 0;
    for (int i = 1; i <= TL_CLASSES_MAX; i++)
        if (g->classes[i]) {
            low = low ? low : i;
            high = i;
        }
    return tl_class_range_label(low, high, v->arena);
}

static void put_group(tl_report *r, const tl_registry_view *v, tl_car_field field,
                      const tl_car_group *g)
{
    const tl_class_rule *rule = &v->rule->classes;
    const size_t classed = tl_group_classed(g);
    tl_report_word(r, g->key, tl_group_label(v, field, g->key));
    tl_report_int(r, (int64_t)g->cars);
    tl_report_int(r, (int64_t)g->with_category);
    tl_report_int(r, (int64_t)g->below);
    tl_report_number(r, 100 * g->eta);
    tl_report_number(r, g->mean_g_km);
    tl_report_number(r, g->lowest_g_km);
    tl_report_number(r, g->highest_g_km);
    tl_report_number(r, g->weighted_g_km);
    tl_report_int(r, (int64_t)g->with_sales);
    if (field == TL_CARS_BY_SERIES)
        tl_report_label(r, class_range(v, g));
    tl_report_int(r, (int64_t)g->classes[0]);
    for (size_t i = 0; i < rule->n; i++)
        tl_report_int(r, (int64_t)g->classes[rule->classes[i].number]);
    for (size_t i = 0; i < rule->n; i++)
        tl_report_number(r, classed ? 100.0 * (double)g->classes[rule->classes[i].number] /
                                          (double)classed
                                    : (double)NAN);
}

/* What the groups are made by, where a reader could take it for something else. */
static void put_field_note(tl_report *r, tl_car_field field)
{
    if (field == TL_CARS_BY_GROUP)
        tl_report_note(
            r, (tl_label){ "A group is the company at the top of the parents in the register of "
                           "companies. A joint venture has two owners and no parent there: it "
                           "stands for itself.",
                           "集团为企业名录中最上级的母公司。合资企业有两家股东，名录中无母公司，"
                           "单独列示。" });
    if (field == TL_CARS_BY_STYLE)
        tl_report_note(
            r, (tl_label){ "The style is that of the country where the company has its "
                           "headquarters. Joint ventures, makers not in the register and countries "
                           "without a style are not stated.",
                           "车系国别按企业总部所在国确定。合资企业、未收入名录的企业及无对应国别者"
                           "记为未注明。" });
    if (field == TL_CARS_BY_SERIES)
        tl_report_note(r, (tl_label){ "The classes of a series are the range over its models.",
                                      "车系等级为其各车型等级的范围。" });
}

static void put_mean_notes(tl_report *r, const tl_registry_view *v, tl_car_field field)
{
    tl_report_note(
        r, (tl_label){ "Means are plain means over models, unless a column says sales-weighted. A "
                       "car equal to the mean of its category is not below it; one without "
                       "category is in neither count.",
                       "均值为车型的简单平均，注明按销量加权者除外。等于类别平均值不计为低于；"
                       "无类别的车型不参与统计。" });
    put_field_note(r, field);
    if (v->sales)
        tl_report_note(
            r, (tl_label){ "Sales-weighted means are over the cars with sales in those months; "
                           "cars without are in the plain mean alone.",
                           "按销量加权的均值仅含所查月份有销量的车型；其余车型只计入简单平均。" });
    if (v->several_regions)
        tl_report_note(
            r, (tl_label){ "Sales are loaded of several regions, which may hold each other: name "
                           "one with --region for sales-weighted means.",
                           "已导入多个地区的销量，地区之间可能相互包含：按销量加权须用 --region "
                           "指定一个地区。" });
}

tl_report *tl_report_car_groups(const tl_registry_view *v, tl_car_field field,
                                const tl_car_group *groups, size_t n)
{
    size_t columns, off = 0;
    tl_report *r =
        tl_report_new(v->arena, "registry-stats",
                      (tl_label){ "Published vehicle carbon footprints", "已公布的整车碳足迹" });
    const tl_column *c = group_columns(v, field, &columns);
    if (!r || !c)
        return NULL;
    tl_put_registry_facts(r, v);
    if (v->sales)
        tl_put_sales_facts(r, v->sales, v->arena);
    tl_report_table(r, "groups",
                    (tl_label){ "Groups; classes as shares of the cars that have a class",
                                "分组；各等级为已分级车型中的占比" },
                    c, columns);
    for (size_t i = 0; i < n; i++) {
        put_group(r, v, field, &groups[i]);
        off += shares_off(v, &groups[i]);
    }
    put_mean_notes(r, v, field);
    if (off)
        tl_report_note(
            r, (tl_label){ tl_arena_printf(v->arena,
                                           "Shares are rounded each by itself: in %zu of %zu "
                                           "groups those shown do not add up to 100%%.",
                                           off, n),
                           tl_arena_printf(v->arena,
                                           "占比各自四舍五入：%zu 组（共 %zu 组）显示值之和不等于 "
                                           "100%%。",
                                           off, n) });
    tl_put_benchmark_note(r);
    return r;
}

/* Cars that bounds of price could not be held against. */
static void put_not_priced(tl_report *r, const char *currency, size_t n)
{
    if (!*currency && n == 0)
        return;
    tl_report_fact(r, "currency", (tl_label){ "currency of the bounds", "价格币种" }, currency);
    tl_report_fact_int(r, "not_priced",
                       (tl_label){ "left out: no price in that currency", "未列入：无该币种价格" },
                       (int64_t)n);
}

static void put_values(tl_report *r, const char *field, tl_label name, const tl_car_words *words,
                       const size_t *counts, tl_label (*word)(const char *code))
{
    for (size_t i = 0; i < words->n; i++) {
        const char *code = words->items[i];
        if (counts[i] == 0)
            continue;
        tl_report_word(r, field, name);
        tl_report_word(r, code, word ? word(code) : (tl_label){ code, code });
        tl_report_int(r, (int64_t)counts[i]);
    }
}

tl_report *tl_report_car_facets(const tl_registry_view *v, const tl_car_facets *facets)
{
    static const tl_column columns[] = {
        { .key = "field", .name = { "field", "字段" }, .kind = TL_COLUMN_WORD },
        { .key = "value", .name = { "value", "取值" }, .kind = TL_COLUMN_WORD },
        { .key = "cars", .name = { "cars", "款数" }, .kind = TL_COLUMN_INT },
    };
    tl_report *r =
        tl_report_new(v->arena, "registry-facets", (tl_label){ "Cars found", "检索结果分面" });
    if (!r)
        return NULL;
    tl_put_registry_facts(r, v);
    tl_report_fact_int(r, "passed", (tl_label){ "cars that pass", "符合条件的车型数" },
                       (int64_t)facets->passed);
    put_not_priced(r, facets->currency, facets->not_priced);
    tl_report_table(r, "facets", (tl_label){ "Values", "取值" }, columns, 3);
    put_values(r, "powertrain", (tl_label){ "powertrain", "动力类型" }, &v->cars->powertrains,
               facets->powertrains, tl_word_powertrain);
    put_values(r, "size_class", (tl_label){ "size class", "级别" }, &v->cars->sizes, facets->sizes,
               tl_word_size_class);
    put_values(r, "body", (tl_label){ "body", "车身" }, &v->cars->bodies, facets->bodies,
               tl_word_body);
    for (int i = 0; i <= TL_CLASSES_MAX; i++) {
        if (facets->classes[i] == 0)
            continue;
        tl_report_word(r, "class", (tl_label){ "class", "等级" });
        tl_report_word(r, tl_arena_printf(v->arena, "%d", i), tl_class_label(v, i));
        tl_report_int(r, (int64_t)facets->classes[i]);
    }
    put_values(r, "maker", (tl_label){ "maker", "企业" }, &v->cars->makers, facets->makers, NULL);
    tl_report_note(r, (tl_label){ "Each field is counted with the filters of the other fields.",
                                  "每个字段按其他字段的筛选条件计数。" });
    return r;
}

tl_report *tl_report_car_histogram(const tl_registry_view *v, const tl_car_histogram *h)
{
    static const tl_column columns[] = {
        { .key = "from",
          .name = { "from", "下限" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "g CO2e/km",
          .decimals = 1 },
        { .key = "to",
          .name = { "to below", "上限（不含）" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "g CO2e/km",
          .decimals = 1 },
        { .key = "cars", .name = { "cars", "款数" }, .kind = TL_COLUMN_INT },
        { .key = "marked", .name = { "the car asked for", "所查车型" }, .kind = TL_COLUMN_BOOL },
    };
    tl_report *r =
        tl_report_new(v->arena, "registry-histogram",
                      (tl_label){ "How vehicle carbon footprints are spread", "整车碳足迹分布" });
    if (!r)
        return NULL;
    tl_put_registry_facts(r, v);
    put_not_priced(r, h->currency, h->not_priced);
    tl_report_table(r, "histogram", (tl_label){ "Cars by footprint", "按碳足迹分布的款数" },
                    columns, 4);
    for (size_t i = 0; i < h->n; i++) {
        tl_report_number(r, h->from + h->width * (double)i);
        tl_report_number(r, h->from + h->width * (double)(i + 1));
        tl_report_int(r, (int64_t)h->counts[i]);
        tl_report_bool(r, i == h->marked);
    }
    return r;
}
