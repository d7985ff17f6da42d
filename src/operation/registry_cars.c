/* registry_cars.c - the operations over all published cars: statistics, facets, histogram, and both
 * benchmarks of one of them. */
#include <math.h>
#include <string.h>

#include "operation/registry.h"
#include "operation/registry_open.h"
#include "registry/car_owners.h"
#include "report/registry_chart.h"
#include "report/registry_sector.h"
#include "report/vehicle_parts.h"

static tl_status open_cars(const tl_call *c, tl_registry_opened *o, tl_error *err)
{
    return tl_registry_open(o, c->store, tl_call_day(c), c->arena, err);
}

static tl_car_field field_of(const char *by)
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
    for (size_t i = 0; by && i < sizeof fields / sizeof *fields; i++)
        if (strcmp(by, fields[i].name) == 0)
            return fields[i].field;
    return TL_CARS_ALL;
}

struct sales {
    tl_sales_period period;
    const tl_car_sales *items; /* NULL: none */
    size_t n;
};

/* The sales that weigh the means. Who does not ask for any gets those there are. */
static tl_status find_sales(const tl_call *c, struct sales *q, tl_registry_view *v, tl_error *err)
{
    const char *month = tl_call_text(c, "month"), *until = tl_call_text(c, "until"),
               *region = tl_call_text(c, "region");
    const bool asked = month || until || region;
    tl_error why = { 0 };
    tl_status st = tl_sales_choose(c->store, month, until, region, c->arena, &q->period, &why);
    v->several_regions = st == TL_EINPUT && !asked;
    if (st != TL_OK)
        return !asked && (st == TL_ENOTFOUND || st == TL_EINPUT) ? TL_OK
                                                                 : tl_fail(err, st, "%s", why.text);
    v->sales = &q->period;
    return tl_sales_read(c->store, &q->period, c->arena, &q->items, &q->n, err);
}

tl_status tl_run_registry_stats(tl_call *c, tl_error *err)
{
    const tl_car_field field = field_of(tl_call_text(c, "by"));
    struct sales q = { .items = NULL };
    tl_registry_opened o;
    const tl_car_group *groups = NULL;
    int64_t top = 0;
    size_t n = 0;
    tl_call_int(c, "top", &top);
    tl_status st = open_cars(c, &o, err);
    if (st == TL_OK)
        st = find_sales(c, &q, &o.view, err);
    if (st == TL_OK && (field == TL_CARS_BY_GROUP || field == TL_CARS_BY_STYLE))
        st = tl_cars_find_owners(&o.cars, c->store, c->arena, err);
    if (st == TL_OK)
        st = tl_car_groups_make(&o.cars, &o.benchmarks, q.items, q.n, field, c->arena, &groups, &n,
                                err);
    if (top > 0 && (size_t)top < n)
        n = (size_t)top;
    if (st == TL_OK && c->draw)
        st = tl_chart_car_classes(&o.view, field, groups, n, 0, tl_call_text(c, "mark"), c->zh,
                                  &c->drawing, err);
    return st == TL_OK ? tl_call_report(c, tl_report_car_groups(&o.view, field, groups, n), err)
                       : st;
}

/* Numbers not given stay NAN. */
tl_car_filter tl_registry_filter(const tl_call *c)
{
    tl_car_filter f = { .maker = tl_call_text(c, "maker"),
                        .size = tl_call_text(c, "size"),
                        .body = tl_call_text(c, "body"),
                        .powertrain = tl_call_text(c, "powertrain"),
                        .currency = tl_call_text(c, "currency"),
                        .lowest_g_km = NAN,
                        .highest_g_km = NAN,
                        .lowest_price = NAN,
                        .highest_price = NAN };
    int64_t class_number = 0;
    tl_call_int(c, "class", &class_number);
    f.class_number = (int)class_number;
    tl_call_number(c, "from", &f.lowest_g_km);
    tl_call_number(c, "to", &f.highest_g_km);
    tl_call_number(c, "price-from", &f.lowest_price);
    tl_call_number(c, "price-to", &f.highest_price);
    return f;
}

/* Words for the stages; where the rule is not installed, or does not know one, its key. */
static tl_status name_stages(const tl_call *c, const tl_sector *s, tl_label *names, tl_error *err)
{
    tl_car_rule rule;
    tl_pins pins = { 0 };
    tl_error why = { 0 };
    tl_status st = tl_car_rule_load(&rule, c->store, NULL, 0, &pins, c->arena, &why);
    if (st != TL_OK && st != TL_ENOTFOUND)
        return tl_fail(err, st, "%s", why.text);
    for (size_t i = 0; i < s->n_stages; i++) {
        names[i] = (tl_label){ s->stages[i], s->stages[i] };
        for (int k = 0; st == TL_OK && k < TL_STAGES; k++)
            if (strcmp(s->stages[i], rule.stages[k].id) == 0)
                names[i] = tl_word_stage(&rule, (tl_stage)k);
    }
    return TL_OK;
}

tl_status tl_run_registry_sector(tl_call *c, tl_error *err)
{
    enum { MOST = 200 };
    const char *makers[MOST];
    tl_label names[TL_SECTOR_STAGES];
    tl_sector s;
    tl_sector_filter f = { .size = tl_call_text(c, "size"),
                           .body = tl_call_text(c, "body"),
                           .powertrain = tl_call_text(c, "powertrain"),
                           .makers = makers,
                           .n_makers = tl_call_list(c, "maker", makers, MOST) };
    if (f.n_makers > MOST)
        return tl_fail(err, TL_EINPUT, "%zu makers, at most %d can be named", f.n_makers,
                       (int)MOST);
    tl_status st = tl_sector_read(c->store, &f, c->arena, &s, err);
    if (st == TL_OK)
        st = name_stages(c, &s, names, err);
    return st == TL_OK
               ? tl_call_report(c, tl_report_sector(&s, names, tl_call_day(c), c->arena), err)
               : st;
}

tl_status tl_run_registry_facets(tl_call *c, tl_error *err)
{
    const tl_car_filter f = tl_registry_filter(c);
    tl_registry_opened o;
    tl_car_facets facets;
    tl_status st = open_cars(c, &o, err);
    if (st == TL_OK)
        st = tl_car_facets_count(&o.cars, &o.benchmarks, &f, c->arena, &facets, err);
    return st == TL_OK ? tl_call_report(c, tl_report_car_facets(&o.view, &facets), err) : st;
}

tl_status tl_run_registry_histogram(tl_call *c, tl_error *err)
{
    const tl_car_filter f = tl_registry_filter(c);
    const char *mark = tl_call_text(c, "mark");
    double width = 20;
    size_t place = SIZE_MAX;
    tl_registry_opened o;
    tl_car_histogram h;
    tl_call_number(c, "width", &width);
    tl_status st = open_cars(c, &o, err);
    if (st == TL_OK && mark)
        st = tl_registry_find_car(&o, mark, &place, err);
    if (st == TL_OK)
        st = tl_car_histogram_make(&o.cars, &o.benchmarks, &f, width, mark, c->arena, &h, err);
    if (st == TL_OK && c->draw)
        st = tl_chart_car_histogram(&o.view, &h, place, c->zh, &c->drawing, err);
    return st == TL_OK ? tl_call_report(c, tl_report_car_histogram(&o.view, &h), err) : st;
}

tl_status tl_run_registry_class(tl_call *c, tl_error *err)
{
    tl_registry_opened o;
    size_t place = 0;
    tl_status st = open_cars(c, &o, err);
    if (st == TL_OK)
        st = tl_registry_find_car(&o, tl_call_text(c, "record"), &place, err);
    return st == TL_OK ? tl_call_report(c, tl_report_car_benchmarks(&o.view, place), err) : st;
}
