/* vehicle_chart.c - cars as bars: by stage, by material, and over the years of one person's use. */
#include <string.h>

#include "report/chart.h"
#include "report/vehicle_parts.h"

#define G_KM "g CO2e/km"

static tl_label source_of(const tl_car_model *m, tl_arena *arena)
{
    const char *text =
        tl_arena_printf(arena, "%s, %s", tl_footprint_method, tl_car_system_gwp(m->system));
    for (size_t i = 0; text && i < m->pins.n; i++)
        text = tl_arena_printf(arena, "%s%s%s@%s", text, i ? ", " : "; ", m->pins.items[i].id,
                               m->pins.items[i].version);
    return (tl_label){ text, text };
}

static const tl_label *stage_names(const tl_car_rule *rule, tl_label names[TL_STAGES])
{
    for (size_t k = 0; k < TL_STAGES; k++)
        names[k] = tl_word_stage(rule, (tl_stage)k);
    return names;
}

/* The lowest of several, how high the one is, or what a what-if makes of it. */
static void put_title(tl_chart_frame *frame, const tl_chart_bar *bars, size_t n, size_t least,
                      bool what_if, tl_arena *arena)
{
    const tl_chart_bar *b = &bars[least];
    if (what_if)
        frame->title = (tl_label){ tl_arena_printf(arena, "What if: %s in place of %s " G_KM,
                                                   bars[1].value, bars[0].value),
                                   tl_arena_printf(arena, "假设情景：由 %s 变为 %s " G_KM,
                                                   bars[0].value, bars[1].value) };
    else if (n == 1)
        frame->title = (tl_label){ tl_arena_printf(arena, "%s: %s " G_KM, b->name.en, b->value),
                                   tl_arena_printf(arena, "%s：%s " G_KM, b->name.zh, b->value) };
    else
        frame->title =
            (tl_label){ tl_arena_printf(arena, "lowest: %s, %s " G_KM, b->name.en, b->value),
                        tl_arena_printf(arena, "最低：%s，%s " G_KM, b->name.zh, b->value) };
}

tl_status tl_chart_vehicle_stages(const tl_shown_car *cars, const tl_label *names, size_t n,
                                  bool zh, tl_arena *arena, tl_buf *out, tl_error *err)
{
    tl_label stages[TL_STAGES];
    tl_chart_bar *bars = tl_arena_alloc(arena, n, sizeof *bars);
    double *parts = tl_arena_alloc(arena, n * TL_STAGES, sizeof *parts);
    size_t least = 0;
    if (!bars || !parts)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        const tl_footprint *f = cars[i].footprint;
        double g_km = tl_footprint_g_km(f, f->total_kg);
        for (size_t k = 0; k < TL_STAGES; k++)
            parts[i * TL_STAGES + k] = tl_footprint_g_km(f, f->stage_kg[k]);
        bars[i] =
            (tl_chart_bar){ .name = names ? names[i] : tl_vehicle_label(cars[i].vehicle, arena),
                            .segments = &parts[i * TL_STAGES],
                            .value = tl_decimal(g_km, 1, arena) };
        const tl_footprint *best = cars[least].footprint;
        if (g_km < tl_footprint_g_km(best, best->total_kg))
            least = i;
    }
    tl_chart_frame frame = { .axis = { G_KM ", by stage", G_KM "，按阶段" },
                             .source = source_of(cars[0].model, arena),
                             .zh = zh };
    put_title(&frame, bars, n, least, names && n == 2, arena);
    return tl_chart_bars(&frame, stage_names(&cars[0].model->rule, stages), TL_STAGES, bars, n, out,
                         err);
}

tl_status tl_chart_vehicle_materials(const tl_shown_car *car, bool zh, tl_arena *arena, tl_buf *out,
                                     tl_error *err)
{
    const tl_car_rule *rule = &car->model->rule;
    const tl_footprint *f = car->footprint;
    const tl_label series = { "footprint", "碳足迹" };
    tl_chart_bar bars[TL_MATERIALS_MAX];
    double parts[TL_MATERIALS_MAX];
    size_t n = 0, most = 0;
    for (size_t k = 0; k < rule->material_count; k++) {
        if (f->material_kg[k] <= 0)
            continue;
        parts[n] = tl_footprint_g_km(f, f->material_kg[k]);
        bars[n] = (tl_chart_bar){ .name = tl_word_material(rule, k),
                                  .segments = &parts[n],
                                  .value = tl_decimal(parts[n], 1, arena) };
        most = parts[n] > parts[most] ? n : most;
        n++;
    }
    if (n == 0)
        return tl_fail(err, TL_ENOTFOUND, "car %s has no materials to draw", car->vehicle->id);
    const char *name = tl_vehicle_name(car->vehicle, arena);
    const tl_chart_frame frame = {
        .title = { tl_arena_printf(arena, "%s: most by %s, %s " G_KM, name, bars[most].name.en,
                                   bars[most].value),
                   tl_arena_printf(arena, "%s：%s最多，%s " G_KM, name, bars[most].name.zh,
                                   bars[most].value) },
        .axis = { G_KM ", by material, replaced ones included", G_KM "，按材料，含更换件" },
        .source = source_of(car->model, arena),
        .unit = { "g/km", "g/km" },
        .zh = zh,
    };
    return tl_chart_bars(&frame, &series, 1, bars, n, out, err);
}

tl_status tl_chart_vehicle_break_even(const tl_shown_break_even *x, bool zh, tl_arena *arena,
                                      tl_buf *out, tl_error *err)
{
    const tl_shown_car *cars[2] = { x->a, x->b };
    const tl_car_rule *rule = &x->a->model->rule;
    tl_label stages[TL_STAGES];
    tl_chart_bar bars[2];
    double parts[2][TL_STAGES];
    for (size_t i = 0; i < 2; i++) {
        const tl_footprint *f = cars[i]->footprint;
        for (size_t k = 0; k < TL_STAGES; k++)
            parts[i][k] = f->stage_kg[k] / 1000;
        bars[i] = (tl_chart_bar){ .name = tl_vehicle_label(cars[i]->vehicle, arena),
                                  .segments = parts[i],
                                  .value = tl_decimal(f->total_kg / 1000, 1, arena) };
    }
    const char *km = tl_decimal(x->a->footprint->lifetime_km, 0, arena);
    const tl_chart_frame frame = {
        .title = tl_break_even_verdict(x, arena),
        .axis = { tl_arena_printf(arena, "t CO2e in %s km, by stage", km),
                  tl_arena_printf(arena, "行驶 %s km 的排放，t CO2e，按阶段", km) },
        .source = source_of(x->a->model, arena),
        .zh = zh,
    };
    return tl_chart_bars(&frame, stage_names(rule, stages), TL_STAGES, bars, 2, out, err);
}
