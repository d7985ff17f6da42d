/* rating_chart.c - league table, totals, weights and gaps as charts. */
#include "report/rating_chart.h"

#include "report/rating_parts.h"

static tl_label source_of(const tl_rating_view *v)
{
    const tl_edition *e = v->edition;
    return (tl_label){
        tl_arena_printf(v->arena, "%s@%s, %s; %zu companies; evidence up to %s", e->index->id,
                        e->index->version, e->period, e->n, *e->cut_off ? e->cut_off : "-"),
        tl_arena_printf(v->arena, "%s@%s，%s；%zu 家企业；佐证截止 %s", e->index->id,
                        e->index->version, e->period, e->n, *e->cut_off ? e->cut_off : "-"),
    };
}

/* Weighted points of each group: the segments of a bar. */
static const double *segments_of(const tl_index *x, const tl_scorecard *c, tl_arena *arena)
{
    double *s = tl_arena_alloc(arena, x->n_groups + 1, sizeof *s);
    if (!s)
        return NULL;
    if (c->level == TL_LEVEL_TOTAL || x->n_groups == 0) {
        s[0] = tl_total_number(c->score.total);
        return s;
    }
    for (size_t g = 0; g < x->n_groups; g++) {
        tl_points alone[TL_INDEX_GROUPS_MAX] = { 0 };
        alone[g] = c->score.group[g];
        s[g] = tl_total_number(tl_score_total(x, alone, c->score.scope12));
    }
    return s;
}

static const char *total_text(tl_total t, int decimals, tl_arena *arena)
{
    char text[TL_POINTS_TEXT];
    tl_total_format(t, decimals, text);
    return tl_arena_str(arena, text);
}

tl_status tl_chart_league(const tl_rating_view *v, const tl_league_filter *f, bool zh, tl_buf *out,
                          tl_error *err)
{
    const tl_index *x = v->edition->index;
    size_t series = 1, n = 0;
    tl_label names[TL_INDEX_GROUPS_MAX] = { { "total", "总分" } };
    tl_chart_bar *bars = tl_arena_alloc(v->arena, v->n + 1, sizeof *bars);
    if (!bars)
        return tl_fail_nomem(err);
    for (size_t g = 0; g < x->n_groups; g++)
        names[g] = (tl_label){ x->groups[g].name_en, x->groups[g].name_zh };
    if (x->n_groups)
        series = x->n_groups;
    for (size_t i = 0; i < v->n; i++) {
        const tl_scorecard *c = v->league[i].card;
        if (!tl_league_shows(f, &v->league[i]))
            continue;
        bars[n].name = tl_company_label(&c->company);
        bars[n].value = total_text(c->score.total, 1, v->arena);
        if (!(bars[n].segments = segments_of(x, c, v->arena)) || !bars[n].value)
            return tl_fail_nomem(err);
        n++;
    }
    if (n == 0)
        return tl_fail(err, TL_ENOTFOUND, "no company passes the filter: nothing to draw");
    const tl_chart_frame frame = {
        .title = { tl_arena_printf(v->arena, "%s leads with %s of %g points",
                                   bars[0].name.en && *bars[0].name.en ? bars[0].name.en
                                                                       : bars[0].name.zh,
                                   bars[0].value, (double)x->full / TL_POINT),
                   tl_arena_printf(v->arena, "%s以 %s 分居首（满分 %g）",
                                   bars[0].name.zh && *bars[0].name.zh ? bars[0].name.zh
                                                                       : bars[0].name.en,
                                   bars[0].value, (double)x->full / TL_POINT) },
        .axis = { "points, by weight group", "得分，按权重组" },
        .source = source_of(v),
        .zh = zh,
    };
    return tl_chart_bars(&frame, names, series, bars, n, out, err);
}

tl_status tl_chart_totals(const tl_rating_view *v, const tl_histogram *h, bool zh, tl_buf *out,
                          tl_error *err)
{
    const tl_index *x = v->edition->index;
    double lines[TL_INDEX_BANDS_MAX];
    tl_label names[TL_INDEX_BANDS_MAX];
    size_t below = 0, n = 0;
    for (size_t i = 0; i < x->n_bands; i++)
        if (x->bands[i].from > 0) {
            lines[n] = tl_total_number(x->bands[i].from);
            names[n++] = (tl_label){ x->bands[i].name_en, x->bands[i].name_zh };
        }
    for (size_t i = 0; i < v->n && x->n_bands; i++)
        below += v->league[i].band == &x->bands[x->n_bands - 1];
    const tl_chart_frame frame = {
        .title = { x->n_bands ? tl_arena_printf(v->arena,
                                                "%zu of %zu companies are in the lowest "
                                                "band",
                                                below, v->n)
                              : x->title_en,
                   x->n_bands
                       ? tl_arena_printf(v->arena, "%zu 家企业中有 %zu 家处于最低分档", v->n, below)
                       : x->title_zh },
        .axis = { "total, points (bars: companies)", "总分（柱：企业数）" },
        .source = source_of(v),
        .zh = zh,
    };
    const tl_chart_histogram chart = { .from = 0,
                                       .width = (double)h->width / TL_POINT,
                                       .counts = h->counts,
                                       .n = h->n,
                                       .marked_bin = -1,
                                       .lines = lines,
                                       .line_names = names,
                                       .n_lines = n };
    return tl_chart_histogram_draw(&frame, &chart, out, err);
}

tl_status tl_chart_whatif(const tl_rating_view *v, const tl_whatif_row *rows, tl_weight low,
                          tl_weight high, bool zh, tl_buf *out, tl_error *err)
{
    size_t moved = 0;
    tl_chart_range *ranges = tl_arena_alloc(v->arena, v->n + 1, sizeof *ranges);
    if (!ranges)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < v->n; i++) {
        const tl_whatif_row *w = &rows[i];
        ranges[i] = (tl_chart_range){ .name = tl_company_label(&w->row->card->company),
                                      .low = (double)(w->rank < w->best ? w->rank : w->best),
                                      .high = (double)(w->rank > w->worst ? w->rank : w->worst),
                                      .at = (double)w->rank };
        moved += w->best != w->worst;
    }
    const tl_chart_frame frame = {
        .title = { tl_arena_printf(v->arena,
                                   "%zu of %zu companies change rank between %g%% and "
                                   "%g%%",
                                   moved, v->n, (double)low / 100, (double)high / 100),
                   tl_arena_printf(v->arena, "权重从 %g%% 到 %g%%，%zu 家企业中 %zu 家名次变化",
                                   (double)low / 100, (double)high / 100, v->n, moved) },
        .axis = { "rank over the range (line) and at the chosen weight (dot)",
                  "名次：权重区间内（线）与所选权重下（点）" },
        .source = source_of(v),
        .zh = zh,
    };
    return tl_chart_ranges(&frame, ranges, v->n, out, err);
}

tl_status tl_chart_gaps(const tl_rating_view *v, const tl_league_row *row, const tl_gap_row *gaps,
                        size_t n, bool zh, tl_buf *out, tl_error *err)
{
    const tl_label series = { "would bring, points", "可增加分值" };
    tl_label name = tl_company_label(&row->card->company);
    tl_chart_bar *bars = tl_arena_alloc(v->arena, n + 1, sizeof *bars);
    double *gains = tl_arena_alloc(v->arena, n + 1, sizeof *gains);
    if (!bars || !gains)
        return tl_fail_nomem(err);
    if (n == 0)
        return tl_fail(err, TL_ENOTFOUND, "%s has no gap: nothing to draw", name.en);
    for (size_t i = 0; i < n; i++) {
        gains[i] = tl_total_number(gaps[i].gain);
        bars[i] = (tl_chart_bar){ .name = { gaps[i].name_en, gaps[i].name_zh },
                                  .segments = &gains[i],
                                  .value = total_text(gaps[i].gain, 1, v->arena) };
    }
    const tl_chart_frame frame = {
        .title = { tl_arena_printf(v->arena, "%s: the largest gap is worth %s points",
                                   *name.en ? name.en : name.zh, bars[0].value),
                   tl_arena_printf(v->arena, "%s：最大缺项值 %s 分", *name.zh ? name.zh : name.en,
                                   bars[0].value) },
        .axis = { "points", "分" },
        .source = source_of(v),
        .unit = { "points", "分" },
        .zh = zh,
    };
    return tl_chart_bars(&frame, &series, 1, bars, n, out, err);
}
