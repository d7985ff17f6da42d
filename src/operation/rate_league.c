/* rate_league.c - the operations over a whole edition: league table, what-if, statistics. */
#include <string.h>

#include "operation/rate.h"
#include "operation/rating_open.h"
#include "report/rating_chart.h"

tl_status tl_run_rate_rank(tl_call *c, tl_error *err)
{
    const tl_league_filter f = {
        .country = tl_call_text(c, "country"),
        .region_group = tl_call_text(c, "group"),
        .listed = tl_call_text(c, "listed"),
        .product_type = tl_call_text(c, "product"),
        .band = tl_call_text(c, "band"),
        .industry = tl_call_text(c, "industry"),
    };
    int64_t top = 0, bottom = 0;
    tl_rating_opened o;
    tl_call_int(c, "top", &top);
    tl_call_int(c, "bottom", &bottom);
    tl_status st = tl_rating_open(c, &o, err);
    if (st == TL_OK && c->draw)
        st = tl_chart_league(&o.view, &f, c->zh, &c->drawing, err);
    return st == TL_OK
               ? tl_call_report(c, tl_report_league(&o.view, &f, (size_t)top, (size_t)bottom), err)
               : st;
}

/* "0.2:0.4" or "20%:40%". */
static tl_status read_range(const tl_call *c, tl_weight *low, tl_weight *high, tl_error *err)
{
    const char *text = tl_call_text(c, "range");
    *low = 0;
    *high = TL_WEIGHT_ONE;
    if (!text)
        return TL_OK;
    const char *colon = strchr(text, ':');
    if (!colon)
        return tl_fail(err, TL_EINPUT, "'%s', expected LOW:HIGH such as 0.2:0.4", text);
    const char *first = tl_arena_copy(c->arena, text, (size_t)(colon - text));
    if (!first)
        return tl_fail_nomem(err);
    tl_status st = tl_weight_parse(first, low, err);
    if (st == TL_OK)
        st = tl_weight_parse(colon + 1, high, err);
    if (st == TL_OK && *low > *high)
        st = tl_fail(err, TL_EINPUT, "'%s': its end lies before its start", text);
    return st;
}

tl_status tl_run_rate_whatif(tl_call *c, tl_error *err)
{
    tl_weight w = 0, low = 0, high = 0;
    const tl_whatif_row *rows = NULL;
    tl_rating_opened o;
    tl_status st = tl_call_context(c, "w12", tl_weight_parse(tl_call_text(c, "w12"), &w, err), err);
    if (st == TL_OK)
        st = tl_call_context(c, "range", read_range(c, &low, &high, err), err);
    if (st == TL_OK)
        st = tl_rating_open(c, &o, err);
    if (st == TL_OK)
        st = tl_whatif_make(o.view.league, o.view.n, &o.index, w, low, high, c->arena, &rows, err);
    if (st == TL_OK && c->draw)
        st = tl_chart_whatif(&o.view, rows, low, high, c->zh, &c->drawing, err);
    return st == TL_OK ? tl_call_report(c, tl_report_whatif(&o.view, w, rows, low, high), err) : st;
}

static tl_league_field field_of(const char *by)
{
    static const struct {
        const char *name;
        tl_league_field field;
    } fields[] = {
        { "group", TL_BY_REGION_GROUP },
        { "country", TL_BY_COUNTRY },
        { "listed", TL_BY_LISTED },
        { "product", TL_BY_PRODUCT_TYPE },
    };
    for (size_t i = 0; by && i < sizeof fields / sizeof *fields; i++)
        if (strcmp(by, fields[i].name) == 0)
            return fields[i].field;
    return TL_BY_NOTHING;
}

tl_status tl_run_rate_stats(tl_call *c, tl_error *err)
{
    tl_rating_statistics s = { .field = field_of(tl_call_text(c, "by")) };
    const char *bin = tl_call_text(c, "bin");
    tl_histogram h = { 0 };
    tl_points width = 0;
    tl_rating_opened o;
    size_t one;
    tl_status st = tl_call_context(c, "bin", tl_points_parse(bin ? bin : "10", &width, err), err);
    if (st == TL_OK)
        st = tl_rating_open(c, &o, err);
    if (st == TL_OK)
        st = tl_histogram_make(&o.index, o.view.league, o.view.n, width, c->arena, &h, err);
    if (st == TL_OK)
        st = tl_statistics_make(&o.index, o.view.league, o.view.n, TL_BY_NOTHING, c->arena, &s.all,
                                &one, err);
    if (st == TL_OK && s.field != TL_BY_NOTHING)
        st = tl_statistics_make(&o.index, o.view.league, o.view.n, s.field, c->arena, &s.groups,
                                &s.n_groups, err);
    s.histogram = &h;
    if (st == TL_OK && c->draw)
        st = tl_chart_totals(&o.view, &h, c->zh, &c->drawing, err);
    return st == TL_OK ? tl_call_report(c, tl_report_rating_statistics(&o.view, &s), err) : st;
}
