/* vehicle_fleet.c - all cars: means by powertrain, classes, makers, what was not computed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart.h"
#include "report/vehicle_parts.h"
#include "report/words.h"
#include "report/words_data.h"

#define G_KM "g CO2e/km"
#define MEAN_COLUMNS                                                                               \
    { .key = "mean_g_co2e_per_km",                                                                 \
      .name = { "mean", "均值" },                                                                  \
      .kind = TL_COLUMN_NUMBER,                                                                    \
      .unit = G_KM,                                                                                \
      .decimals = 1 },                                                                             \
        { .key = "lowest_g_co2e_per_km",                                                           \
          .name = { "lowest", "最低" },                                                            \
          .kind = TL_COLUMN_NUMBER,                                                                \
          .unit = G_KM,                                                                            \
          .decimals = 1 },                                                                         \
    {                                                                                              \
        .key = "highest_g_co2e_per_km", .name = { "highest", "最高" }, .kind = TL_COLUMN_NUMBER,   \
        .unit = G_KM, .decimals = 1                                                                \
    }

/* Cars of one powertrain that have a footprint. */
struct group {
    size_t n;
    double mean, low, high;
};

static struct group group_of(const tl_fleet *f, const char *powertrain)
{
    struct group g = { 0 };
    double sum = 0;
    for (size_t i = 0; i < f->n_cars; i++) {
        const tl_fleet_car *c = &f->cars[i];
        if (c->refused || strcmp(c->vehicle->powertrain, powertrain) != 0)
            continue;
        g.low = g.n == 0 || c->g_km < g.low ? c->g_km : g.low;
        g.high = g.n == 0 || c->g_km > g.high ? c->g_km : g.high;
        sum += c->g_km;
        g.n++;
    }
    g.mean = g.n ? sum / (double)g.n : 0;
    return g;
}

/* In the order of the labels of the rule. */
static void put_powertrains(tl_report *r, const tl_car_model *m, const tl_fleet *f)
{
    static const tl_column columns[] = {
        { .key = "powertrain", .name = { "powertrain", "动力类型" }, .kind = TL_COLUMN_WORD },
        { .key = "cars", .name = { "cars", "款数" }, .kind = TL_COLUMN_INT },
        MEAN_COLUMNS,
    };
    const tl_car_rule *rule = &m->rule;
    tl_report_table(r, "powertrains", (tl_label){ "By powertrain", "按动力类型" }, columns, 5);
    for (size_t k = 0; k < rule->label_count; k++) {
        if (strcmp(rule->labels[k].kind, "powertrain") != 0)
            continue;
        struct group g = group_of(f, rule->labels[k].id);
        if (g.n == 0)
            continue;
        tl_report_word(r, rule->labels[k].id, (tl_label){ rule->labels[k].en, rule->labels[k].zh });
        tl_report_int(r, (int64_t)g.n);
        tl_report_number(r, g.mean);
        tl_report_number(r, g.low);
        tl_report_number(r, g.high);
    }
}

static void put_class(tl_report *r, const char *code, tl_label label, size_t cars)
{
    tl_report_text(r, code);
    tl_report_label(r, label);
    tl_report_int(r, (int64_t)cars);
}

static void put_classes(tl_report *r, const tl_fleet *f, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "class", .name = { "class", "等级" }, .kind = TL_COLUMN_TEXT },
        { .key = "meaning", .name = { "meaning", "含义" }, .kind = TL_COLUMN_LABEL },
        { .key = "cars", .name = { "cars", "款数" }, .kind = TL_COLUMN_INT },
    };
    size_t counts[TL_CLASSES_MAX + 1] = { 0 };
    for (size_t i = 0; i < f->n_cars; i++)
        if (!f->cars[i].refused)
            counts[f->cars[i].class_number]++;
    tl_report_table(
        r, "classes",
        (tl_label){
            tl_arena_printf(arena, "Classes, by rank within %zu categories", f->n_categories),
            tl_arena_printf(arena, "等级（%zu 个类别内按名次）", f->n_categories) },
        columns, 3);
    for (size_t i = 0; i < f->classes.n; i++) {
        int number = f->classes.classes[i].number;
        put_class(r, tl_arena_printf(arena, "%d", number),
                  (tl_label){ f->classes.classes[i].label_en, f->classes.classes[i].label_zh },
                  counts[number]);
    }
    put_class(
        r, "-",
        (tl_label){ tl_arena_printf(arena, "no class (category unknown or fewer than %zu cars)",
                                    f->classes.smallest_group),
                    tl_arena_printf(arena, "不分级（同类少于 %zu 款或类别不全）",
                                    f->classes.smallest_group) },
        counts[0]);
}

static void put_makers(tl_report *r, const tl_fleet *f, size_t most)
{
    static const tl_column columns[] = {
        { .key = "rank", .name = { "rank", "名次" }, .kind = TL_COLUMN_INT },
        { .key = "brand", .name = { "maker", "品牌" }, .kind = TL_COLUMN_TEXT },
        { .key = "share_below_mean",
          .name = { "eta", "eta" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "%",
          .decimals = 1 },
        { .key = "below_mean", .name = { "m", "m" }, .kind = TL_COLUMN_INT },
        { .key = "with_category", .name = { "M", "M" }, .kind = TL_COLUMN_INT },
        { .key = "cars", .name = { "cars", "款数" }, .kind = TL_COLUMN_INT, .files_only = true },
        { .key = "mean_g_co2e_per_km",
          .name = { "mean", "均值" },
          .kind = TL_COLUMN_NUMBER,
          .unit = G_KM,
          .decimals = 1 },
    };
    static const tl_label none = { "-", "-" }; /* no car of a known category */
    tl_report_table(r, "makers",
                    (tl_label){ "Makers by share of cars below their category's mean (eta = m/M)",
                                "品牌：低于同类均值的车型占比（eta = m/M）" },
                    columns, 7);
    for (size_t i = 0; i < f->n_makers && (most == 0 || i < most); i++) {
        const tl_maker *k = &f->makers[i];
        tl_report_int(r, (int64_t)i + 1);
        tl_report_text(r, k->brand);
        if (k->with_category)
            tl_report_number(r, 100 * k->eta);
        else
            tl_report_empty(r, none);
        tl_report_int(r, (int64_t)k->below);
        tl_report_int(r, (int64_t)k->with_category);
        tl_report_int(r, (int64_t)k->cars);
        tl_report_number(r, k->mean_g_km);
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Each reason once with its count. */
static void put_refusals(tl_report *r, const tl_fleet *f, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "cars", .name = { "cars", "款数" }, .kind = TL_COLUMN_INT },
        { .key = "reason", .name = { "reason", "原因" }, .kind = TL_COLUMN_WORD },
    };
    const char **reasons = tl_arena_alloc(arena, f->refused + 1, sizeof *reasons);
    size_t n = 0, same = 0;
    if (!reasons || f->refused == 0)
        return;
    for (size_t i = 0; i < f->n_cars; i++)
        if (f->cars[i].refused)
            reasons[n++] = f->cars[i].refused;
    qsort(reasons, n, sizeof *reasons, by_text);
    tl_report_table(r, "not_computed", (tl_label){ "Not computed", "未计算" }, columns, 2);
    for (size_t i = 0; i < n; i++) {
        same++;
        if (i + 1 == n || strcmp(reasons[i], reasons[i + 1]) != 0) {
            tl_report_int(r, (int64_t)same);
            tl_report_word(r, reasons[i], tl_word_rule_note(reasons[i]));
            same = 0;
        }
    }
}

static const tl_column car_columns[] = {
    { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "brand", .name = { "brand", "品牌" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "model", .name = { "model", "车型" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "description",
      .name = { "description", "说明" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
    { .key = "size_class", .name = { "size", "级别" }, .kind = TL_COLUMN_WORD, .files_only = true },
    { .key = "body", .name = { "body", "车身" }, .kind = TL_COLUMN_WORD, .files_only = true },
    { .key = "powertrain",
      .name = { "powertrain", "动力类型" },
      .kind = TL_COLUMN_WORD,
      .files_only = true },
    { .key = "g_co2e_per_km",
      .name = { "footprint", "碳足迹" },
      .kind = TL_COLUMN_NUMBER,
      .unit = G_KM,
      .decimals = 1,
      .files_only = true },
    { .key = "to_mean",
      .name = { "against the category's mean", "与同类均值之差" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "%",
      .decimals = 1,
      .files_only = true },
    { .key = "class", .name = { "class", "等级" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "grade", .name = { "data", "数据" }, .kind = TL_COLUMN_WORD, .files_only = true },
    { .key = "refused",
      .name = { "why there is none", "未计算原因" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
};

static void put_word(tl_report *r, const tl_car_model *m, const char *kind, const char *id)
{
    tl_report_word(r, id, id ? tl_word_car(&m->rule, kind, id) : (tl_label){ NULL, NULL });
}

static void put_cars(tl_report *r, const tl_car_model *m, const tl_fleet *f, tl_arena *arena)
{
    tl_report_table(r, "cars", (tl_label){ "Cars", "车型" }, car_columns,
                    sizeof car_columns / sizeof *car_columns);
    for (size_t i = 0; i < f->n_cars; i++) {
        const tl_fleet_car *c = &f->cars[i];
        const tl_vehicle *v = c->vehicle;
        const char *grade = c->refused ? NULL : tl_grade_name(c->footprint.grade);
        bool has_category = !c->refused && c->category != TL_NO_CATEGORY;
        tl_report_text(r, v->id);
        tl_report_text(r, v->brand);
        tl_report_text(r, v->model);
        tl_report_text(r, v->description);
        put_word(r, m, "size", v->size_class);
        put_word(r, m, "body", v->body);
        put_word(r, m, "powertrain", v->powertrain);
        tl_report_number(r, c->refused ? (double)NAN : c->g_km);
        tl_report_number(r, has_category ? 100 * c->to_mean : (double)NAN);
        tl_report_text(r, c->class_number ? tl_arena_printf(arena, "%d", c->class_number) : NULL);
        tl_report_word(r, grade, grade ? tl_word_grade(grade) : (tl_label){ NULL, NULL });
        tl_report_text(r, c->refused);
    }
}

tl_report *tl_report_vehicle_fleet(const tl_car_model *m, const tl_fleet *f, size_t makers,
                                   bool with_cars, tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "vehicle-fleet",
                                 (tl_label){ "Footprints of all cars", "全部车型碳足迹" });
    if (!r)
        return NULL;
    tl_report_fact_int(r, "cars_total", (tl_label){ "cars", "车型" }, (int64_t)f->n_cars);
    tl_report_fact_int(r, "computed", (tl_label){ "computed", "已计算" }, (int64_t)f->computed);
    tl_report_fact_int(r, "refused", (tl_label){ "not computed", "未计算" }, (int64_t)f->refused);
    tl_report_vehicle_pins(r, m, f, arena);
    put_powertrains(r, m, f);
    put_classes(r, f, arena);
    put_makers(r, f, makers);
    put_refusals(r, f, arena);
    if (with_cars)
        put_cars(r, m, f, arena);
    tl_report_vehicle_pin_table(r, m, f);
    tl_report_vehicle_notes(r, m, arena);
    return r;
}

tl_status tl_chart_vehicle_fleet(const tl_car_model *m, const tl_fleet *f, bool zh, tl_arena *arena,
                                 tl_buf *out, tl_error *err)
{
    const tl_car_rule *rule = &m->rule;
    tl_chart_range *rows = tl_arena_alloc(arena, rule->label_count + 1, sizeof *rows);
    size_t n = 0, least = 0;
    if (!rows)
        return tl_fail_nomem(err);
    for (size_t k = 0; k < rule->label_count; k++) {
        if (strcmp(rule->labels[k].kind, "powertrain") != 0)
            continue;
        struct group g = group_of(f, rule->labels[k].id);
        if (g.n == 0)
            continue;
        rows[n] = (tl_chart_range){ .name = { rule->labels[k].en, rule->labels[k].zh },
                                    .low = g.low,
                                    .high = g.high,
                                    .at = g.mean };
        least = rows[n].at < rows[least].at ? n : least;
        n++;
    }
    if (n == 0)
        return tl_fail(err, TL_ENOTFOUND, "no car has a footprint: nothing to draw");
    const tl_chart_frame frame = {
        .title = { tl_arena_printf(arena, "lowest mean: %s, %s " G_KM, rows[least].name.en,
                                   tl_decimal(rows[least].at, 1, arena)),
                   tl_arena_printf(arena, "均值最低：%s，%s " G_KM, rows[least].name.zh,
                                   tl_decimal(rows[least].at, 1, arena)) },
        .axis = { G_KM ", mean (dot), lowest and highest (line)",
                  G_KM "：均值（点）、最低与最高（线）" },
        .source = { tl_arena_printf(arena, "%s; %zu cars", tl_footprint_method, f->computed),
                    tl_arena_printf(arena, "%s；%zu 款车", tl_footprint_method, f->computed) },
        .zh = zh,
    };
    return tl_chart_ranges(&frame, rows, n, out, err);
}
