/* registry_chart.c - classes by group, and where one car lies among all. */
#include "report/registry_chart.h"

#include <math.h>
#include <string.h>

#include "report/registry_parts.h"

enum { SERIES_MAX = 6, BINS_MAX = 400 };

static tl_label source_of(const tl_registry_view *v)
{
    return (tl_label){
        tl_arena_printf(v->arena, "%zu published cars, %s; peer-rule@%s, class-rule@%s", v->cars->n,
                        v->day, v->rule->version, v->rule->class_version),
        tl_arena_printf(v->arena, "已公布车型 %zu 款，%s；peer-rule@%s，class-rule@%s", v->cars->n,
                        v->day, v->rule->version, v->rule->class_version),
    };
}

static double share(const tl_car_group *g, int class_number)
{
    return 100.0 * (double)g->classes[class_number] / (double)tl_group_classed(g);
}

static tl_status make_bar(const tl_registry_view *v, const tl_car_group *g, tl_label name,
                          bool marked, tl_chart_bar *out, tl_error *err)
{
    const tl_class_rule *rule = &v->rule->classes;
    double *s = tl_arena_alloc(v->arena, rule->n, sizeof *s);
    if (!s)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < rule->n; i++)
        s[i] = share(g, rule->classes[i].number);
    *out = (tl_chart_bar){
        .name = name,
        .segments = s,
        .value = tl_arena_printf(v->arena, "%zu", tl_group_classed(g)),
        .marked = marked,
    };
    return out->value ? TL_OK : tl_fail_nomem(err);
}

tl_status tl_chart_car_classes(const tl_registry_view *v, tl_car_field field,
                               const tl_car_group *groups, size_t n, size_t top, const char *marked,
                               bool zh, tl_buf *out, tl_error *err)
{
    const tl_class_rule *rule = &v->rule->classes;
    const tl_car_group *best = NULL;
    tl_label names[SERIES_MAX];
    size_t shown = 0;
    tl_status st = TL_OK;
    tl_chart_bar *bars = tl_arena_alloc(v->arena, n + 1, sizeof *bars);
    if (!bars)
        return tl_fail_nomem(err);
    if (rule->n > SERIES_MAX)
        return tl_fail(err, TL_EINPUT, "%zu classes, a chart shows %d", rule->n, SERIES_MAX);
    for (size_t i = 0; i < rule->n; i++)
        names[i] = tl_class_label(v, rule->classes[i].number);
    for (size_t i = 0; i < n && st == TL_OK && (top == 0 || shown < top); i++) {
        if (tl_group_classed(&groups[i]) == 0)
            continue;
        if (!best ||
            share(&groups[i], rule->classes[0].number) > share(best, rule->classes[0].number))
            best = &groups[i];
        st = make_bar(v, &groups[i], tl_group_label(v, field, groups[i].key),
                      marked && strcmp(marked, groups[i].key) == 0, &bars[shown++], err);
    }
    if (st != TL_OK)
        return st;
    if (!best)
        return tl_fail(err, TL_ENOTFOUND, "no car has a class: nothing to draw");
    const tl_label name = tl_group_label(v, field, best->key);
    const char *most = tl_fixed_text(v->arena, share(best, rule->classes[0].number), 0);
    const tl_chart_frame frame = {
        .title = { tl_arena_printf(v->arena, "%s: the largest share of class 1, %s%%", name.en,
                                   most),
                   tl_arena_printf(v->arena, "%s：1 级车型占比最高，%s%%", name.zh, most) },
        .axis = { "share of cars that have a class, % (number: those cars)",
                  "已分级车型中的占比，%（数字：已分级款数）" },
        .source = source_of(v),
        .zh = zh,
        .classes = true,
    };
    return tl_chart_bars(&frame, names, rule->n, bars, shown, out, err);
}

struct spread {
    size_t all, above, fullest;
};

static struct spread measure(const tl_car_histogram *h)
{
    struct spread s = { 0 };
    for (size_t i = 0; i < h->n; i++) {
        s.all += h->counts[i];
        s.above += h->marked != SIZE_MAX && i > h->marked ? h->counts[i] : 0;
        s.fullest = h->counts[i] > h->counts[s.fullest] ? i : s.fullest;
    }
    return s;
}

static tl_label histogram_title(const tl_registry_view *v, const tl_car_histogram *h, size_t place)
{
    const struct spread s = measure(h);
    const double from = h->from + h->width * (double)s.fullest;
    if (place == SIZE_MAX || h->marked == SIZE_MAX)
        return (tl_label){
            tl_arena_printf(v->arena, "Most cars, %zu of %zu, lie from %g to %g g CO2e/km",
                            h->counts[s.fullest], s.all, from, from + h->width),
            tl_arena_printf(v->arena, "%g 至 %g g CO2e/km 的车型最多：%zu 款（共 %zu 款）", from,
                            from + h->width, h->counts[s.fullest], s.all),
        };
    const tl_published_car *c = &v->cars->cars[place];
    const char *g_km = tl_fixed_text(v->arena, c->g_km, 1);
    return (tl_label){
        tl_arena_printf(v->arena, "%s, %s g CO2e/km: %zu of %zu cars lie in higher bins",
                        c->product, g_km, s.above, s.all),
        tl_arena_printf(v->arena, "%s，%s g CO2e/km：%zu 款车型中 %zu 款处于更高区间", c->product,
                        g_km, s.all, s.above),
    };
}

tl_status tl_chart_car_histogram(const tl_registry_view *v, const tl_car_histogram *h, size_t place,
                                 bool zh, tl_buf *out, tl_error *err)
{
    static const tl_label mean_name = { "mean of its category", "类别平均值" };
    if (h->n == 0)
        return tl_fail(err, TL_ENOTFOUND, "no car passes the filter: nothing to draw");
    if (h->n > BINS_MAX)
        return tl_fail(err, TL_EINPUT, "%zu bins, a chart shows %d: take a larger width", h->n,
                       BINS_MAX);
    const double mean = place == SIZE_MAX ? (double)NAN : v->benchmarks->items[place].mean_g_km;
    const bool marked = place != SIZE_MAX && h->marked != SIZE_MAX;
    const tl_chart_frame frame = {
        .title = histogram_title(v, h, place),
        .axis = { "vehicle carbon footprint, g CO2e/km (bars: cars)",
                  "整车碳足迹，g CO2e/km（柱：款数）" },
        .source = source_of(v),
        .zh = zh,
    };
    const tl_chart_histogram chart = { .from = h->from,
                                       .width = h->width,
                                       .counts = h->counts,
                                       .n = h->n,
                                       .marked_bin = marked ? (int)h->marked : -1,
                                       .lines = &mean,
                                       .line_names = &mean_name,
                                       .n_lines = marked && !isnan(mean) ? 1 : 0 };
    return tl_chart_histogram_draw(&frame, &chart, out, err);
}
