/* vehicle_footprint.c - one car: totals, stages, materials, grades, assumptions, the lines behind
 * them, and what a what-if changes. */
#include <math.h>
#include <string.h>

#include "report/vehicle_parts.h"
#include "report/words.h"
#include "report/words_data.h"

#define G_KM "g CO2e/km"

static void put_car(tl_report *r, const tl_shown_car *car, tl_arena *arena)
{
    const tl_car_rule *rule = &car->model->rule;
    const tl_vehicle *v = car->vehicle;
    tl_report_fact(r, "car", (tl_label){ "car", "车型" }, v->id);
    if (v->size_class)
        tl_report_fact_word(r, "size_class", (tl_label){ "size", "级别" }, v->size_class,
                            tl_word_car(rule, "size", v->size_class));
    if (v->body)
        tl_report_fact_word(r, "body", (tl_label){ "body", "车身" }, v->body,
                            tl_word_car(rule, "body", v->body));
    tl_report_fact_word(r, "powertrain", (tl_label){ "powertrain", "动力类型" }, v->powertrain,
                        tl_word_car(rule, "powertrain", v->powertrain));
    tl_report_fact_decimal(r, "kerb_mass_kg", (tl_label){ "kerb mass, kg", "整备质量，kg" },
                           v->kerb_mass_kg, 0, arena);
}

static void put_totals(tl_report *r, const tl_footprint *f, tl_arena *arena)
{
    tl_report_fact_decimal(r, "g_co2e_per_km",
                           (tl_label){ "footprint, " G_KM, "整车碳足迹，" G_KM },
                           tl_footprint_g_km(f, f->total_kg), 1, arena);
    if (f->low_kg != f->high_kg) {
        tl_report_fact_decimal(r, "g_co2e_per_km_low",
                               (tl_label){ "at the low end of its energy use", "能耗下限时" },
                               tl_footprint_g_km(f, f->low_kg), 1, arena);
        tl_report_fact_decimal(r, "g_co2e_per_km_high",
                               (tl_label){ "at the high end", "能耗上限时" },
                               tl_footprint_g_km(f, f->high_kg), 1, arena);
    }
    tl_report_fact_decimal(r, "tonnes_per_car", (tl_label){ "t CO2e a car", "每车，t CO2e" },
                           f->total_kg / 1000, 1, arena);
    tl_report_fact_decimal(r, "lifetime_km", (tl_label){ "mileage, km", "行驶里程，km" },
                           f->lifetime_km, 0, arena);
    tl_report_fact_word(r, "grade", (tl_label){ "grade of the data", "数据等级" },
                        tl_grade_name(f->grade), tl_word_grade(tl_grade_name(f->grade)));
}

static void put_standing(tl_report *r, const tl_shown_car *car, tl_arena *arena)
{
    const tl_category *c = car->in_fleet ? tl_fleet_category(car->fleet, car->in_fleet) : NULL;
    if (!c)
        return;
    tl_report_fact_decimal(r, "category_mean",
                           (tl_label){ "mean of its category, " G_KM, "同类均值，" G_KM },
                           c->mean_g_km, 1, arena);
    tl_report_fact_int(r, "category_cars", (tl_label){ "cars in its category", "同类款数" },
                       (int64_t)c->n);
    tl_report_fact_decimal(r, "distance_to_mean",
                           (tl_label){ "against the mean, %", "与均值之差，%" },
                           100 * car->in_fleet->to_mean, 1, arena);
    if (car->in_fleet->class_number)
        tl_report_fact_int(r, "class", (tl_label){ "class", "等级" }, car->in_fleet->class_number);
}

static void put_spread(tl_report *r, const tl_shown_car *car, tl_arena *arena)
{
    if (!car->in_fleet || !car->fleet->spreads)
        return;
    const tl_spread *x = &car->fleet->spreads[car->in_fleet - car->fleet->cars];
    tl_report_fact_decimal(r, "draws_mean", (tl_label){ "drawn: mean, " G_KM, "抽样均值，" G_KM },
                           x->mean, 1, arena);
    tl_report_fact_decimal(r, "draws_sd", (tl_label){ "drawn: standard deviation", "抽样标准差" },
                           x->sd, 1, arena);
    tl_report_fact_decimal(r, "draws_p2_5", (tl_label){ "drawn: 95% above", "95% 区间下限" },
                           x->p2_5, 1, arena);
    tl_report_fact_decimal(r, "draws_p97_5", (tl_label){ "drawn: 95% below", "95% 区间上限" },
                           x->p97_5, 1, arena);
    tl_report_note(r, (tl_label){ "Drawn: only data with a stated range vary, so the spread is a "
                                  "lower bound.",
                                  "抽样仅改变有区间的数据，离散程度为下限。" });
}

static void put_share(tl_report *r, const tl_footprint *f, double kg)
{
    tl_report_number(r, f->total_kg > 0 ? 100 * kg / f->total_kg : (double)NAN);
}

static void put_stages(tl_report *r, const tl_shown_car *car)
{
    static const tl_column columns[] = {
        { .key = "stage", .name = { "stage", "阶段" }, .kind = TL_COLUMN_WORD },
        { .key = "g_co2e_per_km",
          .name = { "footprint", "碳足迹" },
          .kind = TL_COLUMN_NUMBER,
          .unit = G_KM,
          .decimals = 1 },
        { .key = "share",
          .name = { "share", "占比" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "%",
          .decimals = 1 },
        { .key = "kg_co2e",
          .name = { "over its life", "全生命周期" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "kg CO2e",
          .decimals = 1,
          .files_only = true },
    };
    const tl_footprint *f = car->footprint;
    tl_report_table(r, "stages", (tl_label){ "By stage", "按阶段" }, columns, 4);
    for (size_t i = 0; i < TL_STAGES; i++) {
        tl_report_word(r, car->model->rule.stages[i].id,
                       tl_word_stage(&car->model->rule, (tl_stage)i));
        tl_report_number(r, tl_footprint_g_km(f, f->stage_kg[i]));
        put_share(r, f, f->stage_kg[i]);
        tl_report_number(r, f->stage_kg[i]);
    }
}

static void put_materials(tl_report *r, const tl_shown_car *car)
{
    static const tl_column columns[] = {
        { .key = "material", .name = { "material", "材料" }, .kind = TL_COLUMN_WORD },
        { .key = "mass_kg",
          .name = { "in the car", "车内质量" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "kg" },
        { .key = "g_co2e_per_km",
          .name = { "footprint", "碳足迹" },
          .kind = TL_COLUMN_NUMBER,
          .unit = G_KM,
          .decimals = 1 },
        { .key = "share",
          .name = { "share", "占比" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "%",
          .decimals = 1 },
        { .key = "kg_co2e",
          .name = { "over its life", "全生命周期" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "kg CO2e",
          .decimals = 1,
          .files_only = true },
    };
    const tl_footprint *f = car->footprint;
    const tl_car_rule *rule = &car->model->rule;
    tl_report_table(r, "materials",
                    (tl_label){ "By material, replaced ones included", "按材料，含更换件" },
                    columns, 5);
    for (size_t i = 0; i < rule->material_count; i++) {
        if (f->material_kg[i] == 0 && f->mass_kg[i] == 0)
            continue;
        tl_report_word(r, rule->materials[i].id, tl_word_material(rule, i));
        tl_report_number(r, f->mass_kg[i] > 0 ? f->mass_kg[i] : (double)NAN);
        tl_report_number(r, tl_footprint_g_km(f, f->material_kg[i]));
        put_share(r, f, f->material_kg[i]);
        tl_report_number(r, f->material_kg[i]);
    }
}

static void put_grades(tl_report *r, const tl_footprint *f)
{
    static const tl_column columns[] = {
        { .key = "grade", .name = { "data", "数据" }, .kind = TL_COLUMN_WORD },
        { .key = "share",
          .name = { "share of the footprint", "占碳足迹" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "%",
          .decimals = 1 },
    };
    tl_report_table(r, "grades", (tl_label){ "What it rests on", "数据依据" }, columns, 2);
    for (size_t g = 0; g < TL_GRADES; g++) {
        const char *name = tl_grade_name((tl_grade)g);
        tl_report_word(r, name, tl_word_grade(name));
        put_share(r, f, f->grade_kg[g]);
    }
}

static void put_assumptions(tl_report *r, const tl_shown_car *car, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "parameter", .name = { "assumption", "假设" }, .kind = TL_COLUMN_WORD },
        { .key = "value", .name = { "value", "取值" }, .kind = TL_COLUMN_EXACT },
        { .key = "low", .name = { "low", "下限" }, .kind = TL_COLUMN_EXACT },
        { .key = "high", .name = { "high", "上限" }, .kind = TL_COLUMN_EXACT },
        { .key = "g_co2e_per_km_at_low",
          .name = { "at low", "下限时" },
          .kind = TL_COLUMN_NUMBER,
          .unit = G_KM,
          .decimals = 1 },
        { .key = "g_co2e_per_km_at_high",
          .name = { "at high", "上限时" },
          .kind = TL_COLUMN_NUMBER,
          .unit = G_KM,
          .decimals = 1 },
        { .key = "basis", .name = { "basis", "依据" }, .kind = TL_COLUMN_WORD },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT, .files_only = true },
        { .key = "source",
          .name = { "source", "来源" },
          .kind = TL_COLUMN_WORD,
          .files_only = true },
    };
    if (car->n_assumptions == 0)
        return;
    tl_report_table(r, "assumptions",
                    (tl_label){ "Assumptions that matter most", "影响最大的假设" }, columns, 9);
    for (size_t i = 0; i < car->n_assumptions; i++) {
        const tl_assumption *a = &car->assumptions[i];
        const tl_parameter *p = a->parameter;
        tl_report_word(r, p->name, (tl_label){ p->label_en, p->label_zh });
        tl_report_text(r, tl_decimal_exact(p->value, arena));
        tl_report_text(r, tl_decimal_exact(p->low, arena));
        tl_report_text(r, tl_decimal_exact(p->high, arena));
        tl_report_number(r, a->at_low_g_km);
        tl_report_number(r, a->at_high_g_km);
        tl_report_word(r, p->basis, tl_word_basis(p->basis));
        tl_report_text(r, p->unit);
        tl_report_word(r, p->source, tl_word_rule_note(p->source));
    }
}

static const tl_column line_columns[] = {
    { .key = "item", .name = { "item", "项目" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "stage", .name = { "stage", "阶段" }, .kind = TL_COLUMN_WORD, .files_only = true },
    { .key = "material",
      .name = { "material", "材料" },
      .kind = TL_COLUMN_WORD,
      .files_only = true },
    { .key = "activity",
      .name = { "activity", "活动" },
      .kind = TL_COLUMN_WORD,
      .files_only = true },
    { .key = "amount",
      .name = { "amount", "数量" },
      .kind = TL_COLUMN_NUMBER,
      .decimals = 3,
      .files_only = true },
    { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "kg_co2e_per_unit",
      .name = { "kg CO2e per unit", "单位排放，kg CO2e" },
      .kind = TL_COLUMN_NUMBER,
      .decimals = 4,
      .files_only = true },
    { .key = "kg_co2e",
      .name = { "kg CO2e", "排放，kg CO2e" },
      .kind = TL_COLUMN_NUMBER,
      .decimals = 1,
      .files_only = true },
    { .key = "grade", .name = { "data", "数据" }, .kind = TL_COLUMN_WORD, .files_only = true },
    { .key = "basis", .name = { "basis", "依据" }, .kind = TL_COLUMN_TEXT, .files_only = true },
};

/* Names of activities die with the system, before the report does: they are copied. */
static void put_lines(tl_report *r, const tl_shown_car *car, tl_arena *arena)
{
    const tl_car_model *m = car->model;
    tl_report_table(r, "lines", (tl_label){ "Demand, line by line", "需求明细" }, line_columns,
                    sizeof line_columns / sizeof *line_columns);
    for (size_t i = 0; i < car->demand->n; i++) {
        const tl_line *l = &car->demand->lines[i];
        tl_lca_name name = tl_car_system_name(m->system, l->activity);
        bool none = l->material == TL_LCA_NONE;
        tl_report_text(r, l->item);
        tl_report_word(r, m->rule.stages[l->stage].id, tl_word_stage(&m->rule, l->stage));
        tl_report_word(r, none ? NULL : m->rule.materials[l->material].id,
                       none ? (tl_label){ NULL, NULL } : tl_word_material(&m->rule, l->material));
        tl_report_word(
            r, tl_arena_str(arena, name.id),
            (tl_label){ tl_arena_str(arena, name.name),
                        tl_arena_str(arena, tl_car_system_name_zh(m->system, l->activity)) });
        tl_report_number(r, l->amount);
        tl_report_text(r, tl_arena_str(arena, name.unit));
        tl_report_number(r, tl_line_score(l, m->scores));
        tl_report_number(r, l->amount * tl_line_score(l, m->scores));
        tl_report_word(r, tl_grade_name(l->grade), tl_word_grade(tl_grade_name(l->grade)));
        tl_report_text(r, l->basis);
    }
}

static void put_change(tl_report *r, const char *code, tl_label word, double before, double after)
{
    tl_report_word(r, code, word);
    tl_report_number(r, before);
    tl_report_number(r, after);
    /* what rounds to nothing is nothing: no -0.0 */
    tl_report_number(r, fabs(after - before) < 0.05 ? 0 : after - before);
}

/* The same car under two models; of the materials those that change. */
static void put_changes(tl_report *r, const tl_shown_car *before, const tl_shown_car *after)
{
    static const tl_column columns[] = {
        { .key = "part", .name = { "what if", "假设情景" }, .kind = TL_COLUMN_WORD },
        { .key = "before",
          .name = { "before", "之前" },
          .kind = TL_COLUMN_NUMBER,
          .unit = G_KM,
          .decimals = 1 },
        { .key = "after",
          .name = { "after", "之后" },
          .kind = TL_COLUMN_NUMBER,
          .unit = G_KM,
          .decimals = 1 },
        { .key = "change",
          .name = { "change", "变化" },
          .kind = TL_COLUMN_NUMBER,
          .unit = G_KM,
          .decimals = 1 },
    };
    const tl_car_rule *rule = &before->model->rule;
    const tl_footprint *a = before->footprint, *b = after->footprint;
    tl_report_table(r, "what_if_change", (tl_label){ "What if", "假设情景" }, columns, 4);
    for (size_t i = 0; i < TL_STAGES; i++)
        put_change(r, rule->stages[i].id, tl_word_stage(rule, (tl_stage)i),
                   tl_footprint_g_km(a, a->stage_kg[i]), tl_footprint_g_km(b, b->stage_kg[i]));
    for (size_t i = 0; i < rule->material_count; i++) {
        double x = tl_footprint_g_km(a, a->material_kg[i]);
        double y = tl_footprint_g_km(b, b->material_kg[i]);
        if (fabs(x - y) >= 0.05)
            put_change(r, rule->materials[i].id, tl_word_material(rule, i), x, y);
    }
    put_change(r, "total", (tl_label){ "total", "合计" }, tl_footprint_g_km(a, a->total_kg),
               tl_footprint_g_km(b, b->total_kg));
}

tl_report *tl_report_vehicle_footprint(const tl_shown_car *car, const tl_shown_car *what_if,
                                       tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "vehicle-footprint", tl_vehicle_label(car->vehicle, arena));
    if (!r)
        return NULL;
    put_car(r, car, arena);
    put_totals(r, car->footprint, arena);
    put_standing(r, car, arena);
    put_spread(r, car, arena);
    if (what_if) {
        tl_report_fact(r, "what_if", (tl_label){ "what if", "假设情景" },
                       tl_settings_text(what_if->model, arena));
        tl_report_fact_decimal(r, "what_if_g_co2e_per_km",
                               (tl_label){ "footprint then, " G_KM, "该情景下碳足迹，" G_KM },
                               tl_footprint_g_km(what_if->footprint, what_if->footprint->total_kg),
                               1, arena);
    }
    tl_report_vehicle_pins(r, car->model, car->fleet, arena);
    tl_report_fact(r, "input_hash", (tl_label){ "input hash", "输入校验" }, car->input_hash);
    put_stages(r, car);
    put_materials(r, car);
    put_grades(r, car->footprint);
    put_assumptions(r, car, arena);
    if (what_if)
        put_changes(r, car, what_if);
    put_lines(r, car, arena);
    tl_report_vehicle_pin_table(r, car->model, car->fleet);
    if (car->fleet && (!car->in_fleet || !tl_fleet_category(car->fleet, car->in_fleet)))
        tl_report_note(r, (tl_label){ "No category to compare with.", "无可比类别。" });
    tl_report_vehicle_notes(r, what_if ? what_if->model : car->model, arena);
    return r;
}
