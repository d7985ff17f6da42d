/* registry_cars.c - the forms over all published cars: stats, facets, histogram, class.
 */
#include <math.h>
#include <string.h>

#include "cli/registry.h"
#include "registry/car_owners.h"
#include "report/registry_chart.h"

tl_status tl_registry_view_of(tl_registry_call *c, tl_registry_view *v, tl_error *err)
{
    const char *day = NULL;
    tl_status st = tl_registry_day(c, &day, err);
    if (st == TL_OK)
        st = tl_registry_cars(c, err);
    *v = (tl_registry_view){ .cars = &c->cars,
                             .benchmarks = &c->benchmarks,
                             .rule = &c->rule,
                             .day = day,
                             .arena = c->cli->arena };
    return st;
}

static tl_status find_field(const char *text, tl_car_field *field, tl_error *err)
{
    static const struct {
        const char *name;
        tl_car_field field;
    } fields[] = {
        { "maker", TL_CARS_BY_MAKER },   { "brand", TL_CARS_BY_MAKER },
        { "group", TL_CARS_BY_GROUP },   { "country", TL_CARS_BY_STYLE },
        { "series", TL_CARS_BY_SERIES }, { "powertrain", TL_CARS_BY_POWERTRAIN },
        { "size", TL_CARS_BY_SIZE },     { "body", TL_CARS_BY_BODY },
        { "year", TL_CARS_BY_YEAR },     { "month", TL_CARS_BY_MONTH },
    };
    *field = TL_CARS_ALL;
    for (size_t i = 0; text && i < sizeof fields / sizeof *fields; i++)
        if (strcmp(text, fields[i].name) == 0) {
            *field = fields[i].field;
            return TL_OK;
        }
    return !text ? TL_OK
                 : tl_fail(err, TL_EINPUT,
                           "--by is '%s', expected brand, maker, group, country, series, "
                           "powertrain, size, body, month or year",
                           text);
}

struct question {
    const char *by, *mark, *month, *until, *region;
    int64_t top;
    tl_car_field field;
    tl_sales_period period;
    const tl_car_sales *sales; /* NULL: none */
    size_t n_sales;
};

static tl_status read_question(tl_registry_call *c, struct question *q, tl_error *err)
{
    const tl_option options[] = {
        { "by", TL_OPTION_TEXT, &q->by },         { "mark", TL_OPTION_TEXT, &q->mark },
        { "month", TL_OPTION_TEXT, &q->month },   { "until", TL_OPTION_TEXT, &q->until },
        { "region", TL_OPTION_TEXT, &q->region }, { "top", TL_OPTION_INT, &q->top },
    };
    tl_status st = tl_registry_options(c, options, sizeof options / sizeof *options, 0, 0, err);
    if (st == TL_OK && (q->top < 0 || q->top > 1000000))
        st = tl_fail(err, TL_EINPUT, "--top is %lld, expected 0 to 1000000", (long long)q->top);
    return st == TL_OK ? find_field(q->by, &q->field, err) : st;
}

/* The sales that weigh the means. Who does not ask for any gets those there are. */
static tl_status find_sales(tl_registry_call *c, struct question *q, tl_registry_view *v,
                            tl_error *err)
{
    const bool asked = q->month || q->until || q->region;
    tl_error why = { 0 };
    tl_status st =
        tl_sales_choose(c->store, q->month, q->until, q->region, v->arena, &q->period, &why);
    v->several_regions = st == TL_EINPUT && !asked;
    if (st != TL_OK)
        return !asked && (st == TL_ENOTFOUND || st == TL_EINPUT) ? TL_OK
                                                                 : tl_fail(err, st, "%s", why.text);
    v->sales = &q->period;
    return tl_sales_read(c->store, &q->period, v->arena, &q->sales, &q->n_sales, err);
}

tl_status tl_registry_stats(tl_registry_call *c, tl_error *err)
{
    struct question q = { .field = TL_CARS_ALL };
    tl_registry_view v;
    const tl_car_group *groups = NULL;
    size_t n = 0;
    tl_buf b;
    tl_status st = read_question(c, &q, err);
    if (st == TL_OK && (st = tl_registry_view_of(c, &v, err)) == TL_OK)
        st = find_sales(c, &q, &v, err);
    if (st == TL_OK && (q.field == TL_CARS_BY_GROUP || q.field == TL_CARS_BY_STYLE))
        st = tl_cars_find_owners(&c->cars, c->store, v.arena, err);
    if (st == TL_OK)
        st = tl_car_groups_make(&c->cars, &c->benchmarks, q.sales, q.n_sales, q.field, v.arena,
                                &groups, &n, err);
    if (st == TL_OK && q.top > 0 && (size_t)q.top < n)
        n = (size_t)q.top;
    if (st == TL_OK && c->chart) {
        tl_buf_init(&b, 0);
        st = tl_cli_save(
            c->chart, &b,
            tl_chart_car_classes(&v, q.field, groups, n, 0, q.mark, c->cli->zh, &b, err), err);
    }
    return st == TL_OK
               ? tl_cli_show(c->cli, tl_report_car_groups(&v, q.field, groups, n), c->out, err)
               : st;
}

enum { FILTER = 10 };

/* The options of a filter; numbers not given stay NAN. */
static void filter_options(tl_car_filter *f, int64_t *class_number, tl_option out[FILTER])
{
    *f = (tl_car_filter){
        .lowest_g_km = NAN, .highest_g_km = NAN, .lowest_price = NAN, .highest_price = NAN
    };
    const tl_option options[FILTER] = {
        { "maker", TL_OPTION_TEXT, &f->maker },
        { "size", TL_OPTION_TEXT, &f->size },
        { "body", TL_OPTION_TEXT, &f->body },
        { "powertrain", TL_OPTION_TEXT, &f->powertrain },
        { "from", TL_OPTION_NUMBER, &f->lowest_g_km },
        { "to", TL_OPTION_NUMBER, &f->highest_g_km },
        { "price-from", TL_OPTION_NUMBER, &f->lowest_price },
        { "price-to", TL_OPTION_NUMBER, &f->highest_price },
        { "currency", TL_OPTION_TEXT, &f->currency },
        { "class", TL_OPTION_INT, class_number },
    };
    memcpy(out, options, sizeof options);
}

tl_status tl_registry_facets(tl_registry_call *c, tl_error *err)
{
    tl_car_filter f;
    int64_t class_number = 0;
    tl_option options[FILTER];
    tl_registry_view v;
    tl_car_facets facets;
    filter_options(&f, &class_number, options);
    tl_status st = tl_registry_options(c, options, FILTER, 0, 0, err);
    f.class_number = (int)class_number;
    if (st == TL_OK)
        st = tl_registry_view_of(c, &v, err);
    if (st == TL_OK)
        st = tl_car_facets_count(&c->cars, &c->benchmarks, &f, v.arena, &facets, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_car_facets(&v, &facets), c->out, err) : st;
}

/* Place of a car among the published ones. */
static tl_status find_car(tl_registry_call *c, const char *id, size_t *place, tl_error *err)
{
    for (*place = 0; *place < c->cars.n; ++*place)
        if (strcmp(c->cars.cars[*place].id, id) == 0)
            return TL_OK;
    return tl_fail(err, TL_ENOTFOUND, "no published car %s", id);
}

tl_status tl_registry_histogram(tl_registry_call *c, tl_error *err)
{
    tl_car_filter f;
    int64_t class_number = 0;
    double width = 20;
    const char *mark = NULL;
    size_t place = SIZE_MAX;
    tl_option options[FILTER + 2] = { { "width", TL_OPTION_NUMBER, &width },
                                      { "mark", TL_OPTION_TEXT, &mark } };
    tl_registry_view v;
    tl_car_histogram h;
    tl_buf b;
    filter_options(&f, &class_number, options + 2);
    tl_status st = tl_registry_options(c, options, FILTER + 2, 0, 0, err);
    f.class_number = (int)class_number;
    if (st == TL_OK && (st = tl_registry_view_of(c, &v, err)) == TL_OK && mark)
        st = find_car(c, mark, &place, err);
    if (st == TL_OK)
        st = tl_car_histogram_make(&c->cars, &c->benchmarks, &f, width, mark, v.arena, &h, err);
    if (st == TL_OK && c->chart) {
        tl_buf_init(&b, 0);
        st = tl_cli_save(c->chart, &b, tl_chart_car_histogram(&v, &h, place, c->cli->zh, &b, err),
                         err);
    }
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_car_histogram(&v, &h), c->out, err) : st;
}

tl_status tl_registry_class(tl_registry_call *c, tl_error *err)
{
    tl_registry_view v;
    size_t place = 0;
    tl_status st = tl_registry_options(c, NULL, 0, 1, 1, err);
    if (st == TL_OK && (st = tl_registry_view_of(c, &v, err)) == TL_OK)
        st = find_car(c, c->argv[0], &place, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_car_benchmarks(&v, place), c->out, err) : st;
}
