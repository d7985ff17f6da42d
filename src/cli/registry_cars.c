/* registry_cars.c - the forms over all published cars: stats, facets, histogram, class.
 */
#include <math.h>
#include <string.h>

#include "cli/registry.h"
#include "report/registry_chart.h"

tl_status tl_registry_view_of(tl_registry_call *c, tl_registry_view *v, tl_error *err)
{
    const char *day = NULL;
    tl_status st = tl_registry_day(c, &day, err);
    if (st == TL_OK)
        st = tl_registry_cars(c, err);
    *v = (tl_registry_view){ &c->cars, &c->benchmarks, &c->rule, day, c->cli->arena };
    return st;
}

static tl_status find_field(const char *text, tl_car_field *field, tl_error *err)
{
    static const struct {
        const char *name;
        tl_car_field field;
    } fields[] = {
        { "maker", TL_CARS_BY_MAKER }, { "powertrain", TL_CARS_BY_POWERTRAIN },
        { "size", TL_CARS_BY_SIZE },   { "body", TL_CARS_BY_BODY },
        { "year", TL_CARS_BY_YEAR },
    };
    *field = TL_CARS_ALL;
    for (size_t i = 0; text && i < sizeof fields / sizeof *fields; i++)
        if (strcmp(text, fields[i].name) == 0) {
            *field = fields[i].field;
            return TL_OK;
        }
    return !text ? TL_OK
                 : tl_fail(err, TL_EINPUT,
                           "--by is '%s', expected maker, powertrain, size, body or year", text);
}

tl_status tl_registry_stats(tl_registry_call *c, tl_error *err)
{
    const char *by = NULL, *mark = NULL;
    int64_t top = 0;
    const tl_option options[] = { { "by", TL_OPTION_TEXT, &by },
                                  { "mark", TL_OPTION_TEXT, &mark },
                                  { "top", TL_OPTION_INT, &top } };
    tl_car_field field = TL_CARS_ALL;
    tl_registry_view v;
    const tl_car_group *groups = NULL;
    size_t n = 0;
    tl_buf b;
    tl_status st = tl_registry_options(c, options, 3, 0, 0, err);
    if (st == TL_OK && (top < 0 || top > 1000000))
        st = tl_fail(err, TL_EINPUT, "--top is %lld, expected 0 to 1000000", (long long)top);
    if (st == TL_OK && (st = find_field(by, &field, err)) == TL_OK)
        st = tl_registry_view_of(c, &v, err);
    if (st == TL_OK)
        st =
            tl_car_groups_make(&c->cars, &c->benchmarks, NULL, 0, field, v.arena, &groups, &n, err);
    if (st == TL_OK && top > 0 && (size_t)top < n)
        n = (size_t)top;
    if (st == TL_OK && c->chart) {
        tl_buf_init(&b, 0);
        st = tl_cli_save(c->chart, &b,
                         tl_chart_car_classes(&v, field, groups, n, 0, mark, c->cli->zh, &b, err),
                         err);
    }
    return st == TL_OK
               ? tl_cli_show(c->cli, tl_report_car_groups(&v, field, groups, n), c->out, err)
               : st;
}

/* The options of a filter; numbers not given stay NAN. */
static void filter_options(tl_car_filter *f, int64_t *class_number, tl_option out[9])
{
    *f = (tl_car_filter){
        .lowest_g_km = NAN, .highest_g_km = NAN, .lowest_price = NAN, .highest_price = NAN
    };
    const tl_option options[9] = {
        { "maker", TL_OPTION_TEXT, &f->maker },
        { "size", TL_OPTION_TEXT, &f->size },
        { "body", TL_OPTION_TEXT, &f->body },
        { "powertrain", TL_OPTION_TEXT, &f->powertrain },
        { "from", TL_OPTION_NUMBER, &f->lowest_g_km },
        { "to", TL_OPTION_NUMBER, &f->highest_g_km },
        { "price-from", TL_OPTION_NUMBER, &f->lowest_price },
        { "price-to", TL_OPTION_NUMBER, &f->highest_price },
        { "class", TL_OPTION_INT, class_number },
    };
    memcpy(out, options, sizeof options);
}

tl_status tl_registry_facets(tl_registry_call *c, tl_error *err)
{
    tl_car_filter f;
    int64_t class_number = 0;
    tl_option options[9];
    tl_registry_view v;
    tl_car_facets facets;
    filter_options(&f, &class_number, options);
    tl_status st = tl_registry_options(c, options, 9, 0, 0, err);
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
    tl_option options[11] = { { "width", TL_OPTION_NUMBER, &width },
                              { "mark", TL_OPTION_TEXT, &mark } };
    tl_registry_view v;
    tl_car_histogram h;
    tl_buf b;
    filter_options(&f, &class_number, options + 2);
    tl_status st = tl_registry_options(c, options, 11, 0, 0, err);
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
