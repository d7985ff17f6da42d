/* registry_benchmark.c - the two benchmarks of one car side by side, and the awards. */
#include <math.h>
#include <string.h>

#include "report/registry_parts.h"

static const tl_column benchmark_columns[] = {
    { .key = "benchmark", .name = { "benchmark", "基准" }, .kind = TL_COLUMN_WORD },
    { .key = "compared_with", .name = { "compared with", "比较对象" }, .kind = TL_COLUMN_LABEL },
    { .key = "cars", .name = { "cars", "款数" }, .kind = TL_COLUMN_INT },
    { .key = "g_km",
      .name = { "footprint", "碳足迹" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "g CO2e/km",
      .decimals = 2 },
    { .key = "mean_g_km",
      .name = { "mean", "均值" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "g CO2e/km",
      .decimals = 1 },
    { .key = "to_mean",
      .name = { "distance", "与均值之差" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "%",
      .decimals = 1 },
    { .key = "rank", .name = { "rank", "名次" }, .kind = TL_COLUMN_INT },
    { .key = "class", .name = { "class", "等级" }, .kind = TL_COLUMN_INT },
    { .key = "result", .name = { "result", "结论" }, .kind = TL_COLUMN_LABEL },
    { .key = "lowest_g_km",
      .name = { "lowest", "最低" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "g CO2e/km",
      .decimals = 1,
      .files_only = true },
    { .key = "highest_g_km",
      .name = { "highest", "最高" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "g CO2e/km",
      .decimals = 1,
      .files_only = true },
};

static const tl_label nothing = { NULL, NULL };

static void put_range(tl_report *r, double lowest, double highest)
{
    tl_report_number(r, lowest);
    tl_report_number(r, highest);
}

/* From the lowest to the highest of its peers: the category within the window of kerb mass. */
static void put_peers_range(tl_report *r, const tl_registry_view *v, size_t place)
{
    const tl_published_car *c = &v->cars->cars[place];
    const size_t category = v->benchmarks->items[place].category;
    double lowest = (double)NAN, highest = (double)NAN;
    for (size_t i = 0; i < v->cars->n && category != SIZE_MAX; i++) {
        const tl_published_car *p = &v->cars->cars[i];
        if (v->benchmarks->items[i].category != category ||
            !(fabs(p->kerb_mass_kg - c->kerb_mass_kg) <= v->rule->window_kg))
            continue;
        lowest = lowest < p->g_km ? lowest : p->g_km;
        highest = highest > p->g_km ? highest : p->g_km;
    }
    put_range(r, lowest, highest);
}

static void put_category_row(tl_report *r, const tl_registry_view *v, const tl_published_car *c,
                             const tl_benchmark *b)
{
    tl_report_word(r, "category", (tl_label){ "mean of the category", "类别平均值" });
    tl_report_label(r, tl_category_label(v, c->size, c->body, c->powertrain));
    if (b->category == SIZE_MAX) {
        tl_report_empty(r, nothing);
        tl_report_number(r, c->g_km);
        for (size_t i = 0; i < 4; i++)
            tl_report_empty(r, nothing);
        tl_report_label(r, (tl_label){ "a part of the category is not known", "类别不全" });
        put_range(r, (double)NAN, (double)NAN);
        return;
    }
    const tl_peer_category *all = &v->benchmarks->categories[b->category];
    tl_report_int(r, (int64_t)all->n);
    tl_report_number(r, c->g_km);
    tl_report_number(r, b->mean_g_km);
    tl_report_number(r, 100 * b->to_mean);
    tl_report_empty(r, nothing);
    tl_report_empty(r, nothing);
    tl_report_label(r, b->below ? (tl_label){ "below average", "低于平均" }
                                : (tl_label){ "not below average", "不低于平均" });
    put_range(r, all->lowest_g_km, all->highest_g_km);
}

static tl_label peers_label(const tl_registry_view *v, const tl_published_car *c)
{
    const double window = v->rule->window_kg;
    if (isnan(c->kerb_mass_kg))
        return (tl_label){ "kerb mass not known", "整备质量未知" };
    if (isinf(window))
        return (tl_label){ "all cars of the category", "同类别全部车型" };
    return (tl_label){ tl_arena_printf(v->arena, "those of the category with %g to %g kg kerb mass",
                                       c->kerb_mass_kg - window, c->kerb_mass_kg + window),
                       tl_arena_printf(v->arena, "同类别中整备质量 %g 至 %g kg 的车型",
                                       c->kerb_mass_kg - window, c->kerb_mass_kg + window) };
}

static void put_peers_row(tl_report *r, const tl_registry_view *v, size_t place)
{
    const tl_published_car *c = &v->cars->cars[place];
    const tl_benchmark *b = &v->benchmarks->items[place];
    tl_report_word(r, "peers", (tl_label){ "class among peers", "同类车型中的等级" });
    tl_report_label(r, peers_label(v, c));
    tl_report_int(r, (int64_t)b->peers);
    tl_report_number(r, c->g_km);
    tl_report_empty(r, nothing);
    tl_report_empty(r, nothing);
    if (b->rank)
        tl_report_int(r, (int64_t)b->rank);
    else
        tl_report_empty(r, nothing);
    if (b->class_number) {
        tl_report_int(r, b->class_number);
        tl_report_label(r, tl_class_label(v, b->class_number));
        put_peers_range(r, v, place);
        return;
    }
    tl_report_empty(r, nothing);
    tl_report_label(r, (tl_label){ tl_arena_printf(v->arena, "no class: fewer than %zu peers",
                                                   v->rule->classes.smallest_group),
                                   tl_arena_printf(v->arena, "不分级：同类车型少于 %zu 款",
                                                   v->rule->classes.smallest_group) });
    put_peers_range(r, v, place);
}

/* Above the mean and among the best, or below it and among the worst. */
static bool contradict(const tl_registry_view *v, const tl_benchmark *b)
{
    const int n = (int)v->rule->classes.n;
    return b->class_number && b->category != SIZE_MAX &&
           (b->below ? b->class_number == n : b->class_number == 1);
}

tl_report *tl_report_car_benchmarks(const tl_registry_view *v, size_t place)
{
    const tl_published_car *c = &v->cars->cars[place];
    const tl_benchmark *b = &v->benchmarks->items[place];
    tl_report *r =
        tl_report_new(v->arena, "registry-class", (tl_label){ "Both benchmarks", "两项基准" });
    if (!r)
        return NULL;
    tl_report_fact(r, "id", (tl_label){ "id", "编号" }, c->id);
    tl_report_fact(r, "product", (tl_label){ "model", "车型" }, c->product);
    tl_report_fact(r, "maker", (tl_label){ "maker", "企业" }, v->cars->makers.items[c->maker]);
    tl_put_registry_facts(r, v);
    tl_report_table(r, "benchmarks", (tl_label){ "Benchmarks", "基准" }, benchmark_columns,
                    sizeof benchmark_columns / sizeof *benchmark_columns);
    put_category_row(r, v, c, b);
    put_peers_row(r, v, place);
    if (contradict(v, b))
        tl_put_benchmark_note(r);
    return r;
}

static void put_segment(tl_report *r, const tl_registry_view *v, const tl_award *a)
{
    const char *size = tl_car_code(&v->cars->sizes, a->size),
               *body = tl_car_code(&v->cars->bodies, a->body),
               *powertrain = tl_car_code(&v->cars->powertrains, a->powertrain);
    tl_report_word(r, size, tl_word_size_class(size));
    tl_report_word(r, body, tl_word_body(body));
    tl_report_word(r, powertrain, tl_word_powertrain(powertrain));
}

#define SEGMENT_COLUMNS                                                                            \
    { .key = "size_class", .name = { "size class", "级别" }, .kind = TL_COLUMN_WORD },             \
        { .key = "body", .name = { "body", "车身" }, .kind = TL_COLUMN_WORD },                     \
    {                                                                                              \
        .key = "powertrain", .name = { "powertrain", "动力类型" }, .kind = TL_COLUMN_WORD          \
    }

static void put_candidates(tl_report *r, const tl_registry_view *v, const tl_award *awards,
                           size_t n)
{
    static const tl_column columns[] = {
        SEGMENT_COLUMNS,
        { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "product", .name = { "model", "车型" }, .kind = TL_COLUMN_TEXT },
        { .key = "maker", .name = { "maker", "企业" }, .kind = TL_COLUMN_TEXT },
        { .key = "launched", .name = { "launched", "上市" }, .kind = TL_COLUMN_TEXT },
        { .key = "version",
          .name = { "version", "版本" },
          .kind = TL_COLUMN_INT,
          .files_only = true },
        { .key = "g_km",
          .name = { "footprint", "碳足迹" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "g CO2e/km",
          .decimals = 2 },
        { .key = "wins", .name = { "Top Runner", "低碳领跑者" }, .kind = TL_COLUMN_BOOL },
    };
    tl_report_table(r, "candidates", (tl_label){ "Candidates", "候选车型" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < awards[i].n; k++) {
            const tl_published_car *c = awards[i].candidates[k].car;
            put_segment(r, v, &awards[i]);
            tl_report_text(r, c->id);
            tl_report_text(r, c->product);
            tl_report_text(r, v->cars->makers.items[c->maker]);
            tl_report_text(r, c->launched);
            tl_report_int(r, c->version);
            tl_report_number(r, c->g_km);
            tl_report_bool(r, awards[i].candidates[k].wins);
        }
}

static void put_segments(tl_report *r, const tl_registry_view *v, const tl_award *awards, size_t n)
{
    static const tl_column columns[] = {
        SEGMENT_COLUMNS,
        { .key = "candidates", .name = { "candidates", "候选车型数" }, .kind = TL_COLUMN_INT },
        { .key = "winners", .name = { "winners", "获选车型数" }, .kind = TL_COLUMN_INT },
        { .key = "result", .name = { "result", "结论" }, .kind = TL_COLUMN_LABEL },
    };
    tl_report_table(r, "segments", (tl_label){ "Segments", "细分市场" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        put_segment(r, v, &awards[i]);
        tl_report_int(r, (int64_t)awards[i].n);
        tl_report_int(r, (int64_t)awards[i].winners);
        tl_report_label(r, awards[i].winners == 0 ? (tl_label){ "too few candidates", "候选不足" }
                           : awards[i].winners == 1 ? (tl_label){ "awarded", "已评出" }
                                                    : (tl_label){ "joint winners", "并列获选" });
    }
}

tl_report *tl_report_car_awards(const tl_registry_view *v, const tl_award_rule *rule,
                                const tl_award *awards, size_t n, size_t left_out)
{
    tl_report *r = tl_report_new(v->arena, "registry-top-runner",
                                 (tl_label){ "Low Carbon Car Top Runner", "低碳领跑者车型" });
    if (!r)
        return NULL;
    tl_put_registry_facts(r, v);
    tl_report_fact(r, "launched_from", (tl_label){ "launched from", "上市起" }, rule->from);
    tl_report_fact(r, "launched_until", (tl_label){ "launched until", "上市止" }, rule->until);
    tl_report_fact_exact(r, "step_g_km",
                         (tl_label){ "step of rounding, g CO2e/km", "取整步长，g CO2e/km" },
                         tl_arena_printf(v->arena, "%g", rule->step_g_km));
    tl_report_fact_int(r, "least", (tl_label){ "least candidates", "最少候选车型数" },
                       (int64_t)rule->least);
    tl_report_fact_int(
        r, "left_out",
        (tl_label){ "left out: segment or launch not stated", "未列入：细分市场或上市时间不明" },
        (int64_t)left_out);
    put_candidates(r, v, awards, n);
    put_segments(r, v, awards, n);
    tl_report_note(r,
                   (tl_label){ "The lowest footprint of a segment wins; values equal when "
                               "rounded half up to the step win jointly. Step and least number "
                               "are declared by this program.",
                               "各细分市场碳足迹最低者获选；按步长四舍五入后相等者并列。步长与最少"
                               "候选数由本程序设定。" });
    tl_put_on_sale_note(r);
    return r;
}
