/* fleet_text.c - the fleet in a few tables: powertrains, classes, makers, refusals. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/vehicle_show.h"
#include "format/grid.h"

/* Means by powertrain, in the order of the labels of the rule. */
static void show_powertrains(tl_buf *out, const tl_car_model *m, const tl_fleet *f, bool zh,
                             tl_arena *arena)
{
    const tl_car_rule *r = &m->rule;
    tl_grid t;
    tl_grid_init(&t, "lrrrr", arena);
    tl_grid_cell(&t, "");
    tl_grid_cell(&t, zh ? "款数" : "cars");
    tl_grid_cell(&t, zh ? "均值 g/km" : "mean g/km");
    tl_grid_cell(&t, zh ? "最低" : "lowest");
    tl_grid_cell(&t, zh ? "最高" : "highest");
    for (size_t k = 0; k < r->label_count; k++) {
        size_t n = 0;
        double sum = 0, low = 0, high = 0;
        if (strcmp(r->labels[k].kind, "powertrain") != 0)
            continue;
        for (size_t i = 0; i < f->n_cars; i++) {
            const tl_fleet_car *c = &f->cars[i];
            if (c->refused || strcmp(c->vehicle->powertrain, r->labels[k].id) != 0)
                continue;
            low = n == 0 || c->g_km < low ? c->g_km : low;
            high = n == 0 || c->g_km > high ? c->g_km : high;
            sum += c->g_km;
            n++;
        }
        if (n == 0)
            continue;
        tl_grid_cell(&t, zh ? r->labels[k].zh : r->labels[k].en);
        tl_grid_cellf(&t, "%zu", n);
        tl_grid_number(&t, sum / (double)n, 1);
        tl_grid_number(&t, low, 1);
        tl_grid_number(&t, high, 1);
    }
    tl_buf_str(out, zh ? "按动力类型\n" : "by powertrain\n");
    tl_grid_write(&t, 2, out);
    tl_grid_clear(&t);
}

static void show_classes(tl_buf *out, const tl_fleet *f, bool zh, tl_arena *arena)
{
    size_t counts[TL_CLASSES_MAX + 1] = { 0 }, none = 0;
    tl_grid t;
    for (size_t i = 0; i < f->n_cars; i++) {
        if (f->cars[i].refused)
            continue;
        if (f->cars[i].class_number)
            counts[f->cars[i].class_number]++;
        else
            none++;
    }
    tl_grid_init(&t, "llr", arena);
    for (size_t i = 0; i < f->classes.n; i++) {
        tl_grid_cellf(&t, "%d", f->classes.classes[i].number);
        tl_grid_cell(&t, zh ? f->classes.classes[i].label_zh : f->classes.classes[i].label_en);
        tl_grid_cellf(&t, "%zu", counts[f->classes.classes[i].number]);
    }
    tl_grid_cell(&t, "-");
    tl_grid_cellf(&t,
                  zh ? "不分级（同类少于 %zu 款或类别不全）"
                     : "no class (category unknown or fewer than %zu cars)",
                  f->classes.smallest_group);
    tl_grid_cellf(&t, "%zu", none);
    tl_buf_printf(out,
                  zh ? "等级（%zu 个类别内按名次）\n" : "classes (by rank within %zu categories)\n",
                  f->n_categories);
    tl_grid_write(&t, 2, out);
    tl_grid_clear(&t);
}

static void show_makers(tl_buf *out, const tl_fleet *f, size_t most, bool zh, tl_arena *arena)
{
    tl_grid t;
    tl_grid_init(&t, "rlrrrr", arena);
    tl_grid_cell(&t, "");
    tl_grid_cell(&t, zh ? "品牌" : "maker");
    tl_grid_cell(&t, "eta");
    tl_grid_cell(&t, "m");
    tl_grid_cell(&t, "M");
    tl_grid_cell(&t, zh ? "均值 g/km" : "mean g/km");
    for (size_t i = 0; i < f->n_makers && i < most; i++) {
        tl_grid_cellf(&t, "%zu", i + 1);
        tl_grid_cell(&t, f->makers[i].brand);
        char eta[TL_NUMBER_MAX + 320];
        tl_number_format_fixed(100 * f->makers[i].eta, 1, eta);
        if (f->makers[i].with_category)
            tl_grid_cellf(&t, "%s%%", eta);
        else
            tl_grid_cell(&t, "-"); /* no car of a known category */
        tl_grid_cellf(&t, "%zu", f->makers[i].below);
        tl_grid_cellf(&t, "%zu", f->makers[i].with_category);
        tl_grid_number(&t, f->makers[i].mean_g_km, 1);
    }
    tl_buf_str(out, zh ? "低于同类均值的车型占比最高的品牌（eta = m/M）\n"
                       : "makers with the largest share of cars below their category's mean (eta = "
                         "m/M)\n");
    tl_grid_write(&t, 2, out);
    tl_grid_clear(&t);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Each reason once with its count. */
static void show_refusals(tl_buf *out, const tl_fleet *f, bool zh, tl_arena *arena)
{
    const char **reasons = tl_arena_alloc(arena, f->refused, sizeof *reasons);
    size_t n = 0, same = 0;
    if (!reasons || f->refused == 0)
        return;
    for (size_t i = 0; i < f->n_cars; i++)
        if (f->cars[i].refused)
            reasons[n++] = f->cars[i].refused;
    qsort(reasons, n, sizeof *reasons, by_text);
    tl_buf_printf(out, zh ? "未计算：%zu 款\n" : "not computed: %zu cars\n", n);
    for (size_t i = 0; i < n; i++) {
        same++;
        if (i + 1 == n || strcmp(reasons[i], reasons[i + 1]) != 0) {
            tl_buf_printf(out, "  %zu  %s\n", same, reasons[i]);
            same = 0;
        }
    }
}

void tl_show_fleet_text(tl_buf *out, const tl_car_model *m, const tl_fleet *f, size_t makers,
                        bool zh, tl_arena *arena)
{
    tl_buf_printf(out,
                  zh ? "%zu 款车：%zu 款已计算，%zu 款未计算\n"
                     : "%zu cars: %zu computed, %zu not computed\n",
                  f->n_cars, f->computed, f->refused);
    show_refusals(out, f, zh, arena);
    show_powertrains(out, m, f, zh, arena);
    show_classes(out, f, zh, arena);
    show_makers(out, f, makers, zh, arena);
}
