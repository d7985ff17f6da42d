/* vehicle_text.c - footprints for a person at a terminal. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "cli/vehicle_show.h"
#include "format/grid.h"

/* v with one decimal and the unit behind it. */
static void put(tl_buf *out, const char *before, double v, int decimals, const char *after)
{
    char text[TL_NUMBER_MAX + 320];
    tl_number_format_fixed(v, decimals, text);
    tl_buf_printf(out, "%s%s%s", before, isfinite(v) ? text : "-", after);
}

const char *tl_show_name(const tl_vehicle *v, tl_arena *arena)
{
    const char *d = v->description ? v->description : v->model;
    /* many descriptions begin with the model already */
    bool repeat = v->description && strncmp(v->description, v->model, strlen(v->model)) == 0;
    char *name = repeat || !v->description
                     ? tl_arena_printf(arena, "%s %s", v->brand, d)
                     : tl_arena_printf(arena, "%s %s %s", v->brand, v->model, d);
    if (!name)
        return v->model;
    size_t n = strlen(name), cut = 60;
    if (n > cut) {
        while (cut > 0 && ((unsigned char)name[cut] & 0xC0U) == 0x80U)
            cut--;
        name[cut] = '\0';
    }
    return name;
}

static const char *grade_word(tl_grade g, bool zh)
{
    static const char *const en[TL_GRADES] = { "own data", "estimate", "default" };
    static const char *const word_zh[TL_GRADES] = { "自有数据", "估算", "默认值" };
    return zh ? word_zh[g] : en[g];
}

static void show_head(tl_buf *out, const tl_shown_car *car, bool zh, tl_arena *arena)
{
    const tl_footprint *f = car->footprint;
    const tl_car_rule *r = &car->model->rule;
    tl_buf_printf(out, "%s  (%s)\n", tl_show_name(car->vehicle, arena), car->vehicle->id);
    tl_buf_printf(out, "  %s · %s · %s", tl_car_rule_label(r, "size", car->vehicle->size_class, zh),
                  tl_car_rule_label(r, "body", car->vehicle->body, zh),
                  tl_car_rule_label(r, "powertrain", car->vehicle->powertrain, zh));
    put(out, " · ", car->vehicle->kerb_mass_kg, 0, " kg\n");
    put(out, zh ? "  整车碳足迹  " : "  vehicle carbon footprint  ",
        tl_footprint_g_km(f, f->total_kg), 1, " g CO2e/km");
    if (f->low_kg != f->high_kg) {
        put(out, zh ? "（能耗区间 " : " (range of stated energy use ",
            tl_footprint_g_km(f, f->low_kg), 1, zh ? " 至 " : " to ");
        put(out, "", tl_footprint_g_km(f, f->high_kg), 1, zh ? "）" : ")");
    }
    put(out, zh ? "，每车 " : ", ", f->total_kg / 1000, 1, zh ? " t，" : " t a car, ");
    put(out, zh ? "行驶里程 " : "mileage ", f->lifetime_km, 0, " km\n");
    tl_buf_printf(out, zh ? "  数据等级：%s" : "  data grade: %s", grade_word(f->grade, zh));
    for (size_t g = 0; g < TL_GRADES && f->total_kg > 0; g++) {
        put(out, g ? ", " : " (", 100 * f->grade_kg[g] / f->total_kg, 0, "% ");
        tl_buf_str(out, grade_word((tl_grade)g, zh));
    }
    tl_buf_str(out, ")\n");
}

static void show_standing(tl_buf *out, const tl_shown_car *car, bool zh)
{
    const tl_category *c = car->in_fleet ? tl_fleet_category(car->fleet, car->in_fleet) : NULL;
    if (!c) {
        tl_buf_str(out, zh ? "  无可比类别\n" : "  no category to compare with\n");
        return;
    }
    put(out, zh ? "  同类均值 " : "  mean of its category ", c->mean_g_km, 1, " g/km");
    tl_buf_printf(out, zh ? "（%zu 款）：" : " (%zu cars): ", c->n);
    tl_buf_str(out, car->in_fleet->below ? (zh ? "低于均值 " : "below the mean, ")
                                         : (zh ? "不低于均值 " : "not below the mean, "));
    put(out, car->in_fleet->to_mean > 0 ? "+" : "", 100 * car->in_fleet->to_mean, 1, "%");
    if (car->in_fleet->class_number)
        tl_buf_printf(out, zh ? "；%d 级\n" : "; class %d\n", car->in_fleet->class_number);
    else
        tl_buf_str(out, zh ? "；同类不足，不分级\n" : "; too few cars for a class\n");
}

static void show_spread(tl_buf *out, const tl_shown_car *car, bool zh)
{
    if (!car->in_fleet || !car->fleet->spreads)
        return;
    const tl_spread *x = &car->fleet->spreads[car->in_fleet - car->fleet->cars];
    put(out, zh ? "  抽样：均值 " : "  drawn: mean ", x->mean, 1, zh ? "，标准差 " : ", sd ");
    put(out, "", x->sd, 1, zh ? "，95% 区间 " : ", 95% between ");
    put(out, "", x->p2_5, 1, zh ? " 至 " : " and ");
    put(out, "", x->p97_5, 1,
        zh ? " g/km（仅含有区间的数据）\n" : " g/km (only data with a stated range vary)\n");
}

static void bar(tl_grid *t, double share)
{
    enum { WIDTH = 24 };
    char text[WIDTH * 3 + 1];
    size_t n = 0;
    for (int i = 0; i < WIDTH && i < (int)(share * WIDTH + 0.5); i++, n += 3)
        memcpy(text + n, "█", 3);
    text[n] = '\0';
    tl_grid_cell(t, text);
}

static void show_stages(tl_buf *out, const tl_shown_car *car, bool zh, tl_arena *arena)
{
    const tl_footprint *f = car->footprint;
    tl_grid t;
    tl_grid_init(&t, "lrl", arena);
    for (size_t i = 0; i < TL_STAGES; i++) {
        const tl_rule_word *l = &car->model->rule.stages[i];
        tl_grid_cell(&t, zh ? l->zh : l->en);
        tl_grid_number(&t, tl_footprint_g_km(f, f->stage_kg[i]), 1);
        bar(&t, f->total_kg > 0 ? f->stage_kg[i] / f->total_kg : 0);
    }
    tl_buf_str(out, zh ? "  按阶段 (g CO2e/km)\n" : "  by stage (g CO2e/km)\n");
    tl_grid_write(&t, 4, out);
    tl_grid_clear(&t);
}

static void show_materials(tl_buf *out, const tl_shown_car *car, bool zh, tl_arena *arena)
{
    const tl_footprint *f = car->footprint;
    const tl_car_rule *r = &car->model->rule;
    tl_grid t;
    tl_grid_init(&t, "lrrl", arena);
    for (size_t i = 0; i < r->material_count; i++) {
        if (f->material_kg[i] == 0)
            continue;
        tl_grid_cell(&t, zh ? r->materials[i].label_zh : r->materials[i].label_en);
        if (f->mass_kg[i] > 0)
            tl_grid_cellf(&t, "%.0f kg", f->mass_kg[i]);
        else
            tl_grid_cell(&t, "");
        tl_grid_number(&t, tl_footprint_g_km(f, f->material_kg[i]), 1);
        bar(&t, f->total_kg > 0 ? f->material_kg[i] / f->total_kg : 0);
    }
    tl_buf_str(out, zh ? "  按材料 (g CO2e/km，含更换件)\n"
                       : "  by material (g CO2e/km, replaced ones included)\n");
    tl_grid_write(&t, 4, out);
    tl_grid_clear(&t);
}

static void show_assumptions(tl_buf *out, const tl_shown_car *car, bool zh, tl_arena *arena)
{
    tl_grid t;
    if (car->n_assumptions == 0)
        return;
    tl_grid_init(&t, "lrrrl", arena);
    for (size_t i = 0; i < car->n_assumptions; i++) {
        const tl_assumption *a = &car->assumptions[i];
        tl_grid_cell(&t, zh ? a->parameter->label_zh : a->parameter->label_en);
        tl_grid_cellf(&t, "%g [%g..%g]", a->parameter->value, a->parameter->low,
                      a->parameter->high);
        tl_grid_number(&t, a->at_low_g_km, 1);
        tl_grid_number(&t, a->at_high_g_km, 1);
        tl_grid_cell(&t, strcmp(a->parameter->basis, "declared") == 0
                             ? (zh ? "自行设定" : "our own declaration")
                             : (zh ? "有来源" : "sourced"));
    }
    tl_buf_str(out, zh ? "  影响最大的假设（取下限、上限时的 g/km）\n"
                       : "  assumptions that matter most (g/km at the low and the high end)\n");
    tl_grid_write(&t, 4, out);
    tl_grid_clear(&t);
}

void tl_show_car_text(tl_buf *out, const tl_shown_car *car, bool zh, tl_arena *arena)
{
    show_head(out, car, zh, arena);
    show_standing(out, car, zh);
    show_spread(out, car, zh);
    show_stages(out, car, zh, arena);
    show_materials(out, car, zh, arena);
    show_assumptions(out, car, zh, arena);
    tl_buf_printf(out, "  %s, %s; ", tl_footprint_method, tl_car_system_gwp(car->model->system));
    for (size_t i = 0; i < car->model->pins.n; i++)
        tl_buf_printf(out, "%s%s@%s", i ? ", " : "", car->model->pins.items[i].id,
                      car->model->pins.items[i].version);
    tl_buf_printf(out, "\n  %s %s\n", zh ? "输入校验" : "input hash", car->input_hash);
}

/* Evidence of one activity; the input that is followed next, TL_LCA_NONE at the end of the chain.
 */
static size_t show_evidence(tl_buf *out, const tl_car_model *m, size_t activity, bool zh)
{
    size_t n, next = TL_LCA_NONE;
    double largest = 0;
    const tl_car_evidence *e = tl_car_system_evidence(m->system, &n);
    for (size_t i = 0; i < n; i++) {
        if (e[i].activity != activity)
            continue;
        size_t input = tl_car_system_activity(m->system, e[i].what);
        double score = input == TL_LCA_NONE ? 0 : fabs(e[i].amount * m->scores[input]);
        if (score > largest) {
            largest = score;
            next = input;
        }
        tl_buf_printf(out, "      %.6g %s %s", e[i].amount, e[i].unit, e[i].what);
        if (*e[i].factor)
            tl_buf_printf(out, "  [%s]", e[i].factor);
        tl_buf_printf(out, "  %s%s\n",
                      strcmp(e[i].basis, "choice") == 0 ? (zh ? "选择：" : "choice: ") : "",
                      e[i].source);
    }
    return next;
}

void tl_show_sources_text(tl_buf *out, const tl_car_model *m, const char *activity, bool zh)
{
    size_t at = tl_car_system_activity(m->system, activity);
    for (int depth = 0; at != TL_LCA_NONE && depth < 12; depth++) {
        tl_lca_name name = tl_car_system_name(m->system, at);
        put(out, "    ", m->scores[at], 4, "");
        tl_buf_printf(out, " kg CO2e/%s  %s (%s)\n", name.unit,
                      zh ? tl_car_system_name_zh(m->system, at) : name.name, name.id);
        at = show_evidence(out, m, at, zh);
    }
}

/* What has to be said of options that are chosen now and were not before. */
static void show_notes(tl_buf *out, const tl_car_model *before, const tl_car_model *after, bool zh)
{
    size_t n, m;
    const tl_choice *a = tl_car_system_choices(before->system, &n);
    const tl_choice *b = tl_car_system_choices(after->system, &m);
    for (size_t i = 0; i < n && i < m; i++)
        if (b[i].chosen && !a[i].chosen && *b[i].note)
            tl_buf_printf(out, zh ? "    注意：%s=%s：%s\n" : "    note: %s=%s: %s\n",
                          b[i].parameter, b[i].option, b[i].note);
}

void tl_show_change_text(tl_buf *out, const tl_shown_car *before, const tl_shown_car *after,
                         bool zh, tl_arena *arena)
{
    const tl_car_rule *r = &before->model->rule;
    const tl_footprint *a = before->footprint, *b = after->footprint;
    tl_grid t;
    tl_buf_str(out, zh ? "  假设情景：" : "  what if: ");
    for (size_t i = 0; i < after->model->setting_count; i++)
        tl_buf_printf(out, "%s%s=%s", i ? ", " : "", after->model->settings[i].key,
                      after->model->settings[i].value);
    tl_buf_char(out, '\n');
    show_notes(out, before->model, after->model, zh);
    tl_grid_init(&t, "lrrr", arena);
    tl_grid_cell(&t, "g CO2e/km");
    tl_grid_cell(&t, zh ? "之前" : "before");
    tl_grid_cell(&t, zh ? "之后" : "after");
    tl_grid_cell(&t, zh ? "变化" : "change");
    for (size_t i = 0; i < TL_STAGES + r->material_count + 1; i++) {
        bool stage = i < TL_STAGES, total = i == TL_STAGES + r->material_count;
        size_t k = stage ? i : i - TL_STAGES;
        double x = total ? a->total_kg : stage ? a->stage_kg[k] : a->material_kg[k];
        double y = total ? b->total_kg : stage ? b->stage_kg[k] : b->material_kg[k];
        double gx = tl_footprint_g_km(a, x), gy = tl_footprint_g_km(b, y);
        if (!stage && !total && fabs(gx - gy) < 0.05)
            continue;
        tl_grid_cell(&t, total   ? (zh ? "合计" : "total")
                         : stage ? (zh ? r->stages[k].zh : r->stages[k].en)
                         : zh    ? r->materials[k].label_zh
                                 : r->materials[k].label_en);
        tl_grid_number(&t, gx, 1);
        tl_grid_number(&t, gy, 1);
        tl_grid_number(&t, gy - gx, 1);
    }
    tl_grid_write(&t, 4, out);
    tl_grid_clear(&t);
}
