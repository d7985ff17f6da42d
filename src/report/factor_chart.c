/* factor_chart.c - a group of comparable factors as dots. */
#include "report/factor_chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"

/* The standard normal's 97.5 % point, to which a 95 % interval reaches on both sides. */
#define NORMAL_975 1.96

static size_t largest(const tl_factor_comparison *c)
{
    size_t best = 0;
    for (size_t g = 1; g < c->group_count; g++)
        if (c->groups[g].count > c->groups[best].count)
            best = g;
    return best;
}

/* "cast iron, CN 2018"; the place of the year stays empty where none is stated. */
static const char *name_of(const tl_factor *f, const char *name, tl_arena *arena)
{
    return f->year ? tl_arena_printf(arena, "%s, %s %d", name, f->region, f->year)
                   : tl_arena_printf(arena, "%s, %s", name, f->region);
}

static tl_chart_dot make_dot(const tl_factor_row *row, tl_arena *arena)
{
    const tl_factor *f = row->factor;
    const tl_factor_detail *d = f->detail;
    tl_chart_dot dot = { .value = row->value, .low = NAN, .high = NAN, .open = !f->verified };
    dot.name = (tl_label){ name_of(f, *f->name_en ? f->name_en : f->name_zh, arena),
                           name_of(f, *f->name_zh ? f->name_zh : f->name_en, arena) };
    if (d && !isnan(d->gsd)) {
        double a = row->value / pow(d->gsd, NORMAL_975), b = row->value * pow(d->gsd, NORMAL_975);
        dot.low = fmin(a, b);
        dot.high = fmax(a, b);
    } else if (d && !isnan(d->percent95)) {
        double half = fabs(row->value) * d->percent95 / 100;
        dot.low = row->value - half;
        dot.high = row->value + half;
    }
    return dot;
}

/* Largest first; the order of the comparison among equals, which are few. */
static void sort_dots(tl_chart_dot *dots, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        tl_chart_dot dot = dots[i];
        size_t k = i;
        for (; k > 0 && dots[k - 1].value < dot.value; k--)
            dots[k] = dots[k - 1];
        dots[k] = dot;
    }
}

static tl_label title_of(const tl_chart_dot *dots, size_t n, const char *words, const char *unit,
                         tl_arena *arena)
{
    char low[TL_NUMBER_MAX], high[TL_NUMBER_MAX];
    if (n == 0)
        return (tl_label){ "No candidates", "没有候选因子" };
    tl_chart_dot_text(dots[n - 1].value, low);
    tl_chart_dot_text(dots[0].value, high);
    return (tl_label){
        tl_arena_printf(arena, "%s: %zu candidates from %s to %s %s", words, n, low, high, unit),
        tl_arena_printf(arena, "%s：%zu 个候选因子，%s 至 %s %s", words, n, low, high, unit),
    };
}

tl_status tl_chart_factors(const tl_factor_comparison *c, const char *words, bool zh,
                           tl_arena *arena, tl_buf *out, tl_error *err)
{
    const size_t g = c->group_count ? largest(c) : 0;
    size_t n = 0;
    const char *unit = c->group_count ? c->groups[g].unit : "";
    tl_chart_dot *dots = tl_arena_alloc(arena, c->row_count + 1, sizeof *dots);
    if (!dots)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < c->row_count; i++)
        if (c->rows[i].group == g)
            dots[n++] = make_dot(&c->rows[i], arena);
    sort_dots(dots, n);
    tl_chart_frame frame = {
        .title = title_of(dots, n, words, unit, arena),
        .axis = { unit, unit },
        .source = { tl_arena_printf(arena,
                                    "Sources: see the table of the same comparison; %zu of "
                                    "%zu factors are of this unit",
                                    n, c->row_count),
                    tl_arena_printf(arena, "来源见同一比较的表格；%zu / %zu 个因子属此单位", n,
                                    c->row_count) },
        .zh = zh,
    };
    return tl_chart_dots(&frame, dots, n, out, err);
}
