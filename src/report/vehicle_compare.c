/* vehicle_compare.c - cars side by side: totals, stages, materials, leading assumptions. */
#include <math.h>

#include "report/vehicle_parts.h"
#include "report/words.h"

#define G_KM "g CO2e/km"
enum { ASSUMPTIONS_EACH = 3 };

static void put_cars(tl_report *r, const tl_shown_car *cars, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "name", .name = { "car", "车型" }, .kind = TL_COLUMN_TEXT },
        { .key = "powertrain", .name = { "powertrain", "动力类型" }, .kind = TL_COLUMN_WORD },
        { .key = "g_co2e_per_km",
          .name = { "footprint", "碳足迹" },
          .kind = TL_COLUMN_NUMBER,
          .unit = G_KM,
          .decimals = 1 },
        { .key = "g_co2e_per_km_low",
          .name = { "low", "下限" },
          .kind = TL_COLUMN_NUMBER,
          .decimals = 1 },
        { .key = "g_co2e_per_km_high",
          .name = { "high", "上限" },
          .kind = TL_COLUMN_NUMBER,
          .decimals = 1 },
        { .key = "tonnes_per_car",
          .name = { "a car", "每车" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "t CO2e",
          .decimals = 1 },
        { .key = "grade", .name = { "data", "数据" }, .kind = TL_COLUMN_WORD },
        { .key = "input_hash",
          .name = { "input hash", "输入校验" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
    };
    tl_report_table(r, "cars", (tl_label){ "Cars", "车型" }, columns, 9);
    for (size_t i = 0; i < n; i++) {
        const tl_footprint *f = cars[i].footprint;
        const tl_vehicle *v = cars[i].vehicle;
        tl_report_text(r, v->id);
        tl_report_text(r, tl_vehicle_name(v, arena));
        tl_report_word(r, v->powertrain,
                       tl_word_car(&cars[i].model->rule, "powertrain", v->powertrain));
        tl_report_number(r, tl_footprint_g_km(f, f->total_kg));
        tl_report_number(r, tl_footprint_g_km(f, f->low_kg));
        tl_report_number(r, tl_footprint_g_km(f, f->high_kg));
        tl_report_number(r, f->total_kg / 1000);
        tl_report_word(r, tl_grade_name(f->grade), tl_word_grade(tl_grade_name(f->grade)));
        tl_report_text(r, cars[i].input_hash);
    }
}

/* One column for what a row is, then one a car. NULL: out of memory. */
static const tl_column *side_by_side(const char *key, tl_label name, const tl_shown_car *cars,
                                     size_t n, tl_arena *arena)
{
    tl_column *c = tl_arena_alloc(arena, n + 1, sizeof *c);
    if (!c)
        return NULL;
    c[0] = (tl_column){ .key = key, .name = name, .kind = TL_COLUMN_WORD };
    for (size_t i = 0; i < n; i++) {
        const char *number = tl_arena_printf(arena, "car_%zu", i + 1);
        c[i + 1] = (tl_column){ .key = number,
                                .name = tl_vehicle_label(cars[i].vehicle, arena),
                                .kind = TL_COLUMN_NUMBER,
                                .decimals = 1 };
        if (!number)
            return NULL;
    }
    return c;
}

static bool put_stages(tl_report *r, const tl_shown_car *cars, size_t n, tl_arena *arena)
{
    const tl_car_rule *rule = &cars[0].model->rule;
    const tl_column *columns = side_by_side("stage", (tl_label){ "stage", "阶段" }, cars, n, arena);
    if (!columns)
        return false;
    tl_report_table(r, "stages", (tl_label){ "By stage, " G_KM, "按阶段，" G_KM }, columns, n + 1);
    for (size_t k = 0; k < TL_STAGES; k++) {
        tl_report_word(r, rule->stages[k].id, tl_word_stage(rule, (tl_stage)k));
        for (size_t i = 0; i < n; i++)
            tl_report_number(r,
                             tl_footprint_g_km(cars[i].footprint, cars[i].footprint->stage_kg[k]));
    }
    return true;
}

static bool put_materials(tl_report *r, const tl_shown_car *cars, size_t n, tl_arena *arena)
{
    const tl_car_rule *rule = &cars[0].model->rule;
    const tl_column *columns =
        side_by_side("material", (tl_label){ "material", "材料" }, cars, n, arena);
    if (!columns)
        return false;
    tl_report_table(r, "materials", (tl_label){ "By material, " G_KM, "按材料，" G_KM }, columns,
                    n + 1);
    for (size_t k = 0; k < rule->material_count; k++) {
        bool used = false;
        for (size_t i = 0; i < n; i++)
            used = used || cars[i].footprint->material_kg[k] != 0;
        if (!used)
            continue;
        tl_report_word(r, rule->materials[k].id, tl_word_material(rule, k));
        for (size_t i = 0; i < n; i++) {
            double kg = cars[i].footprint->material_kg[k];
            tl_report_number(r, kg != 0 ? tl_footprint_g_km(cars[i].footprint, kg) : (double)NAN);
        }
    }
    return true;
}

static void put_assumptions(tl_report *r, const tl_shown_car *cars, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "car", .name = { "car", "车型" }, .kind = TL_COLUMN_TEXT },
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
    };
    tl_report_table(r, "assumptions",
                    (tl_label){ "Assumptions that matter most", "影响最大的假设" }, columns, 8);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < cars[i].n_assumptions && k < ASSUMPTIONS_EACH; k++) {
            const tl_assumption *a = &cars[i].assumptions[k];
            const tl_parameter *p = a->parameter;
            tl_report_text(r, cars[i].vehicle->id);
            tl_report_word(r, p->name, (tl_label){ p->label_en, p->label_zh });
            tl_report_text(r, tl_decimal_exact(p->value, arena));
            tl_report_text(r, tl_decimal_exact(p->low, arena));
            tl_report_text(r, tl_decimal_exact(p->high, arena));
            tl_report_number(r, a->at_low_g_km);
            tl_report_number(r, a->at_high_g_km);
            tl_report_word(r, p->basis, tl_word_basis(p->basis));
        }
}

tl_report *tl_report_vehicle_comparison(const tl_shown_car *cars, size_t n, tl_arena *arena)
{
    tl_report *r =
        tl_report_new(arena, "vehicle-comparison", (tl_label){ "Cars side by side", "车型对比" });
    if (!r)
        return NULL;
    tl_report_vehicle_pins(r, cars[0].model, NULL, arena);
    put_cars(r, cars, n, arena);
    if (!put_stages(r, cars, n, arena) || !put_materials(r, cars, n, arena))
        return NULL;
    put_assumptions(r, cars, n, arena);
    tl_report_vehicle_pin_table(r, cars[0].model, NULL);
    tl_report_vehicle_notes(r, cars[0].model, arena);
    return r;
}
