/* vehicle_look.c - cars as their sources have them, parameters and choices, intensities. */
#include <math.h>

#include "quantity/empty.h"
#include "report/registry_parts.h"
#include "report/vehicle_parts.h"
#include "report/words_data.h"

static const char *said(const char *code)
{
    return code ? code : "";
}

tl_report *tl_report_vehicle_list(const tl_vehicle *list, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "name", .name = { "car", "车型" }, .kind = TL_COLUMN_TEXT },
        { .key = "powertrain", .name = { "powertrain", "动力类型" }, .kind = TL_COLUMN_WORD },
        { .key = "kerb_mass_kg",
          .name = { "kerb mass", "整备质量" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "kg" },
        { .key = "brand", .name = { "brand", "品牌" }, .kind = TL_COLUMN_TEXT, .files_only = true },
        { .key = "model", .name = { "model", "型号" }, .kind = TL_COLUMN_TEXT, .files_only = true },
        { .key = "description",
          .name = { "description", "说明" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { .key = "size_class",
          .name = { "size", "级别" },
          .kind = TL_COLUMN_WORD,
          .files_only = true },
        { .key = "body", .name = { "body", "车身" }, .kind = TL_COLUMN_WORD, .files_only = true },
    };
    tl_report *r = tl_report_new(arena, "vehicle-search", (tl_label){ "Cars", "车型" });
    if (!r)
        return NULL;
    tl_report_table(r, "cars", (tl_label){ NULL, NULL }, columns, 9);
    for (size_t i = 0; i < n; i++) {
        const tl_vehicle *v = &list[i];
        tl_report_text(r, v->id);
        tl_report_text(r, tl_vehicle_name(v, arena));
        tl_report_word(r, v->powertrain, tl_word_powertrain(said(v->powertrain)));
        tl_report_number(r, v->kerb_mass_kg);
        tl_report_text(r, v->brand);
        tl_report_text(r, v->model);
        tl_report_text(r, v->description);
        tl_report_word(r, v->size_class, tl_word_size_class(said(v->size_class)));
        tl_report_word(r, v->body, tl_word_body(said(v->body)));
    }
    return r;
}

/* A text or a number of the source; one that was not given says so. */
static void put_field(tl_report *r, const char *key, tl_label name, const char *text)
{
    const tl_label none = { tl_value_kind_name(TL_NOT_DISCLOSED, false),
                            tl_value_kind_name(TL_NOT_DISCLOSED, true) };
    if (text)
        tl_report_fact(r, key, name, text);
    else
        tl_report_fact_word(r, key, name, NULL, none);
}

/* A field of a car: a text, or a number. */
struct field {
    const char *key;
    tl_label name;
    const char *text;
    double number;
    tl_label (*word)(const char *code); /* NULL: the text speaks for itself */
};

static void put_one(tl_report *r, const struct field *f, tl_arena *arena)
{
    if (f->text && f->word)
        tl_report_fact_word(r, f->key, f->name, f->text, f->word(f->text));
    else if (isnan(f->number))
        put_field(r, f->key, f->name, f->text);
    else
        tl_report_fact_exact(r, f->key, f->name, tl_decimal_exact(f->number, arena));
}

static void put_fields(tl_report *r, const tl_vehicle *v, tl_arena *arena)
{
    const struct field rows[] = {
        { "id", { "id", "编号" }, v->id, NAN, NULL },
        { "source", { "source", "来源" }, v->map, NAN, NULL },
        { "source_row", { "row of the source", "来源行号" }, NULL, (double)v->source_row, NULL },
        { "brand", { "brand", "品牌" }, v->brand, NAN, NULL },
        { "maker_group", { "group of the maker", "所属集团" }, v->maker_group, NAN, NULL },
        { "model", { "model", "型号" }, v->model, NAN, NULL },
        { "description", { "description", "说明" }, v->description, NAN, NULL },
        { "size_class", { "size", "级别" }, v->size_class, NAN, tl_word_size_class },
        { "body", { "body", "车身" }, v->body, NAN, tl_word_body },
        { "powertrain", { "powertrain", "动力类型" }, v->powertrain, NAN, tl_word_powertrain },
        { "fuel", { "fuel", "燃料" }, v->fuel, NAN, tl_word_fuel },
        { "kerb_mass_kg", { "kerb mass, kg", "整备质量，kg" }, NULL, v->kerb_mass_kg, NULL },
        { "fuel_low_l_100km",
          { "fuel, low, L/100 km", "油耗下限，L/100 km" },
          NULL,
          v->fuel_low,
          NULL },
        { "fuel_high_l_100km",
          { "fuel, high, L/100 km", "油耗上限，L/100 km" },
          NULL,
          v->fuel_high,
          NULL },
        { "electricity_low_wh_km",
          { "electricity, low, Wh/km", "电耗下限，Wh/km" },
          NULL,
          v->electricity_low_wh_km,
          NULL },
        { "electricity_high_wh_km",
          { "electricity, high, Wh/km", "电耗上限，Wh/km" },
          NULL,
          v->electricity_high_wh_km,
          NULL },
        { "range_low_km", { "range, low, km", "续航下限，km" }, NULL, v->range_low_km, NULL },
        { "range_high_km", { "range, high, km", "续航上限，km" }, NULL, v->range_high_km, NULL },
        { "battery_kwh", { "battery, kWh", "电池，kWh" }, NULL, v->battery_kwh, NULL },
        { "chemistry", { "cells", "电芯" }, v->chemistry, NAN, NULL },
        { "co2_low_g_km",
          { "CO2 as tested, low, g/km", "实测 CO2 下限，g/km" },
          NULL,
          v->co2_low_g_km,
          NULL },
        { "co2_high_g_km",
          { "CO2 as tested, high, g/km", "实测 CO2 上限，g/km" },
          NULL,
          v->co2_high_g_km,
          NULL },
        { "price", { "price", "价格" }, NULL, v->price, NULL },
        { "currency", { "currency", "币种" }, v->currency, NAN, NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        put_one(r, &rows[i], arena);
}

tl_report *tl_report_vehicle_show(const tl_vehicle *v, const tl_vehicle_part *parts, size_t n,
                                  tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "part", .name = { "part", "零件" }, .kind = TL_COLUMN_TEXT },
        { .key = "material", .name = { "material", "材料" }, .kind = TL_COLUMN_TEXT },
        { .key = "mass_kg", .name = { "mass", "质量" }, .kind = TL_COLUMN_EXACT, .unit = "kg" },
        { .key = "supplier", .name = { "supplier", "供应商" }, .kind = TL_COLUMN_TEXT },
        { .key = "process", .name = { "process", "工艺" }, .kind = TL_COLUMN_TEXT },
        { .key = "recycled_share",
          .name = { "recycled share", "再生料比例" },
          .kind = TL_COLUMN_EXACT },
    };
    tl_report *r = tl_report_new(arena, "vehicle-show", tl_vehicle_label(v, arena));
    if (!r)
        return NULL;
    put_fields(r, v, arena);
    if (n > 0)
        tl_report_table(r, "bill_of_materials", (tl_label){ "Bill of materials", "物料清单" },
                        columns, 6);
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, parts[i].part);
        tl_report_text(r, parts[i].material);
        tl_report_text(r, tl_decimal_exact(parts[i].mass_kg, arena));
        tl_report_text(r, parts[i].supplier);
        tl_report_text(r, parts[i].process);
        tl_report_text(r, tl_decimal_exact(parts[i].recycled_share, arena));
    }
    return r;
}

static void put_parameters(tl_report *r, const tl_car_model *m, tl_arena *arena)
{
    static const tl_label none = { "none held", "无数据" };
    static const tl_column columns[] = {
        { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_TEXT },
        { .key = "value", .name = { "value", "取值" }, .kind = TL_COLUMN_EXACT },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "meaning", .name = { "meaning", "含义" }, .kind = TL_COLUMN_LABEL },
        { .key = "low", .name = { "low", "下限" }, .kind = TL_COLUMN_EXACT },
        { .key = "high", .name = { "high", "上限" }, .kind = TL_COLUMN_EXACT },
        { .key = "basis", .name = { "basis", "依据" }, .kind = TL_COLUMN_WORD },
        { .key = "source",
          .name = { "source", "来源" },
          .kind = TL_COLUMN_WORD,
          .files_only = true },
        { .key = "note", .name = { "note", "备注" }, .kind = TL_COLUMN_WORD, .files_only = true },
    };
    tl_report_table(r, "parameters", (tl_label){ "Parameters", "参数" }, columns, 9);
    for (size_t i = 0; i < TL_CAR_PARAMETERS; i++) {
        const tl_parameter *p = &m->rule.parameters[i];
        tl_report_text(r, p->name);
        if (isnan(p->value))
            tl_report_empty(r, none);
        else
            tl_report_text(r, tl_decimal_exact(p->value, arena));
        tl_report_text(r, p->unit);
        tl_report_label(r, (tl_label){ p->label_en, p->label_zh });
        tl_report_text(r, tl_decimal_exact(p->low, arena));
        tl_report_text(r, tl_decimal_exact(p->high, arena));
        tl_report_word(r, p->basis, tl_word_basis(p->basis));
        tl_report_word(r, p->source, tl_word_rule_note(p->source));
        tl_report_word(r, p->note, tl_word_rule_note(p->note));
    }
}

tl_report *tl_report_vehicle_parameters(const tl_car_model *m, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "parameter", .name = { "choice", "选项" }, .kind = TL_COLUMN_TEXT },
        { .key = "option", .name = { "value", "取值" }, .kind = TL_COLUMN_TEXT },
        { .key = "chosen", .name = { "chosen", "已选" }, .kind = TL_COLUMN_BOOL },
        { .key = "meaning", .name = { "meaning", "含义" }, .kind = TL_COLUMN_LABEL },
        { .key = "note", .name = { "note", "备注" }, .kind = TL_COLUMN_WORD, .files_only = true },
    };
    size_t n;
    const tl_choice *c = tl_car_system_choices(m->system, &n);
    tl_report *r = tl_report_new(arena, "vehicle-parameters",
                                 (tl_label){ "What --set can change", "可用 --set 更改的参数" });
    if (!r)
        return NULL;
    tl_report_vehicle_pins(r, m, NULL, arena);
    put_parameters(r, m, arena);
    tl_report_table(r, "choices", (tl_label){ "Choices", "选项" }, columns, 5);
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, c[i].parameter);
        tl_report_text(r, c[i].option);
        tl_report_bool(r, c[i].chosen);
        tl_report_label(r, (tl_label){ c[i].label_en, c[i].label_zh });
        tl_report_word(r, c[i].note, tl_word_rule_note(c[i].note));
    }
    return r;
}

tl_report *tl_report_vehicle_intensity(const tl_intensity_row *rows, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "car", .name = { "car", "车型" }, .kind = TL_COLUMN_TEXT },
        { .key = "material", .name = { "material", "材料" }, .kind = TL_COLUMN_WORD },
        { .key = "footprint_t",
          .name = { "footprint", "碳足迹" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "t CO2e",
          .decimals = 1 },
        { .key = "share_percent",
          .name = { "share", "占比" },
          .kind = TL_COLUMN_EXACT,
          .unit = "%" },
        { .key = "mass_kg", .name = { "mass", "质量" }, .kind = TL_COLUMN_EXACT, .unit = "kg" },
        { .key = "t_co2e_per_kg",
          .name = { "intensity", "排放强度" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "t CO2e/kg",
          .decimals = 4 },
    };
    tl_report *r =
        tl_report_new(arena, "vehicle-intensity",
                      (tl_label){ "Emission intensity of materials, from footprints of whole cars",
                                  "由整车碳足迹推算的材料排放强度" });
    if (!r)
        return NULL;
    tl_report_table(r, "intensities", (tl_label){ NULL, NULL }, columns, 6);
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, rows[i].car);
        tl_report_word(r, rows[i].material, tl_word_metal(rows[i].material));
        tl_report_number(r, rows[i].footprint_t);
        tl_report_text(r, tl_decimal_exact(rows[i].share_percent, arena));
        tl_report_text(r, tl_decimal_exact(rows[i].mass_kg, arena));
        tl_report_number(r, rows[i].t_co2e_per_kg);
    }
    return r;
}
