/* rate_league.c - the forms over a whole edition: rank, whatif, stats. */
#include <string.h>

#include "cli/rate.h"
#include "cli/show.h"
#include "report/rating_chart.h"

static tl_status check_count(const char *option, int64_t v, tl_error *err)
{
    return v >= 0 && v <= 1000000 ? TL_OK
                                  : tl_fail(err, TL_EINPUT, "--%s is %lld, expected 0 to 1000000",
                                            option, (long long)v);
}

tl_status tl_rate_rank(tl_rate_call *c, tl_error *err)
{
    tl_league_filter f = { 0 };
    int64_t top = 0, bottom = 0;
    const tl_option options[] = {
        { "country", TL_OPTION_TEXT, &f.country },
        { "group", TL_OPTION_TEXT, &f.region_group },
        { "listed", TL_OPTION_TEXT, &f.listed },
        { "product", TL_OPTION_TEXT, &f.product_type },
        { "band", TL_OPTION_TEXT, &f.band },
        { "industry", TL_OPTION_TEXT, &f.industry },
        { "top", TL_OPTION_INT, &top },
        { "bottom", TL_OPTION_INT, &bottom },
    };
    tl_buf b;
    tl_status st = tl_rate_options(c, options, sizeof options / sizeof *options, 0, 0, err);
    if (st == TL_OK && (st = check_count("top", top, err)) == TL_OK)
        st = check_count("bottom", bottom, err);
    if (st == TL_OK)
        st = tl_rate_open_edition(c, err);
    if (st == TL_OK && c->chart) {
        tl_buf_init(&b, 0);
        st = tl_cli_save(c->chart, &b, tl_chart_league(&c->view, &f, c->cli->zh, &b, err), err);
    }
    return st == TL_OK
               ? tl_rate_show(c, tl_report_league(&c->view, &f, (size_t)top, (size_t)bottom), err)
               : st;
}

/* "0.2:0.4" or "20%:40%". */
static tl_status read_range(const char *text, tl_weight *low, tl_weight *high, tl_arena *arena,
                            tl_error *err)
{
    *low = 0;
    *high = TL_WEIGHT_ONE;
    if (!text)
        return TL_OK;
    const char *colon = strchr(text, ':');
    if (!colon)
        return tl_fail(err, TL_EINPUT, "--range is '%s', expected LOW:HIGH such as 0.2:0.4", text);
    const char *first = tl_arena_copy(arena, text, (size_t)(colon - text));
    if (!first)
        return tl_fail_nomem(err);
    tl_status st = tl_weight_parse(first, low, err);
    if (st == TL_OK)
        st = tl_weight_parse(colon + 1, high, err);
    if (st != TL_OK)
        return tl_context(err, st, "--range");
    return *low <= *high
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "--range is '%s': its end lies before its start", text);
}

tl_status tl_rate_whatif(tl_rate_call *c, tl_error *err)
{
    const char *w12 = NULL, *range = NULL;
    const tl_option options[] = { { "w12", TL_OPTION_TEXT, &w12 },
                                  { "range", TL_OPTION_TEXT, &range } };
    tl_weight w = 0, low = 0, high = 0;
    const tl_whatif_row *rows = NULL;
    tl_buf b;
    tl_status st = tl_rate_options(c, options, 2, 0, 0, err);
    if (st == TL_OK && !w12)
        return tl_fail(err, TL_EINPUT,
                       "--w12 SHARE is missing: the share of scope 1 and 2, such "
                       "as 0.5");
    if (st == TL_OK && (st = tl_weight_parse(w12, &w, err)) != TL_OK)
        return tl_context(err, st, "--w12");
    if (st == TL_OK && (st = read_range(range, &low, &high, c->cli->arena, err)) == TL_OK)
        st = tl_rate_open_edition(c, err);
    if (st == TL_OK)
        st = tl_whatif_make(c->view.league, c->view.n, &c->definition, w, low, high, c->cli->arena,
                            &rows, err);
    if (st == TL_OK && c->chart) {
        tl_buf_init(&b, 0);
        st = tl_cli_save(c->chart, &b,
                         tl_chart_whatif(&c->view, rows, low, high, c->cli->zh, &b, err), err);
    }
    return st == TL_OK ? tl_rate_show(c, tl_report_whatif(&c->view, w, rows, low, high), err) : st;
}

static tl_status read_field(const char *text, tl_league_field *field, tl_error *err)
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
    *field = TL_BY_NOTHING;
    for (size_t i = 0; text && i < sizeof fields / sizeof *fields; i++)
        if (strcmp(text, fields[i].name) == 0)
            *field = fields[i].field;
    return !text || *field != TL_BY_NOTHING
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "--by is '%s', expected group, country, listed or product",
                         text);
}

tl_status tl_rate_stats(tl_rate_call *c, tl_error *err)
{
    const char *by = NULL, *bin = "10";
    const tl_option options[] = { { "by", TL_OPTION_TEXT, &by }, { "bin", TL_OPTION_TEXT, &bin } };
    tl_rating_statistics s = { 0 };
    tl_histogram h = { 0 };
    tl_points width = 0;
    size_t one;
    tl_buf b;
    tl_arena *arena = c->cli->arena;
    tl_status st = tl_rate_options(c, options, 2, 0, 0, err);
    if (st == TL_OK && (st = read_field(by, &s.field, err)) == TL_OK &&
        (st = tl_points_parse(bin, &width, err)) != TL_OK)
        return tl_context(err, st, "--bin");
    if (st == TL_OK)
        st = tl_rate_open_edition(c, err);
    const tl_rating_view *v = &c->view;
    if (st == TL_OK)
        st = tl_histogram_make(&c->definition, v->league, v->n, width, arena, &h, err);
    if (st == TL_OK)
        st = tl_statistics_make(&c->definition, v->league, v->n, TL_BY_NOTHING, arena, &s.all, &one,
                                err);
    if (st == TL_OK && s.field != TL_BY_NOTHING)
        st = tl_statistics_make(&c->definition, v->league, v->n, s.field, arena, &s.groups,
                                &s.n_groups, err);
    s.histogram = &h;
    if (st == TL_OK && c->chart) {
        tl_buf_init(&b, 0);
        st = tl_cli_save(c->chart, &b, tl_chart_totals(v, &h, c->cli->zh, &b, err), err);
    }
    return st == TL_OK ? tl_rate_show(c, tl_report_rating_statistics(v, &s), err) : st;
}
