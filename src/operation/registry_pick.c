/* registry_pick.c - published cars one by one, and better ones in place of one of them. */
#include <math.h>

#include "operation/registry.h"
#include "operation/registry_open.h"

enum { LISTED = 200, BETTER = 3 };

tl_status tl_run_registry_cars(tl_call *c, tl_error *err)
{
    const tl_car_filter f = tl_registry_filter(c);
    double below = (double)NAN;
    int64_t top = LISTED;
    tl_registry_opened o;
    tl_car_list list;
    tl_call_number(c, "below", &below);
    tl_call_int(c, "top", &top);
    tl_status st = tl_registry_open(&o, c->store, tl_call_day(c), c->arena, err);
    if (st == TL_OK)
        st = tl_car_list_make(&o.cars, &o.benchmarks, &f, below, c->arena, &list, err);
    return st == TL_OK ? tl_call_report(c, tl_report_car_list(&o.view, &list, (size_t)top), err)
                       : st;
}

tl_status tl_run_registry_better(tl_call *c, tl_error *err)
{
    int64_t top = BETTER;
    size_t place = 0;
    tl_registry_opened o;
    tl_car_list list;
    tl_call_int(c, "top", &top);
    const tl_better_how how = { .any_powertrain = tl_call_flag(c, "any-powertrain"),
                                .top = (size_t)top };
    tl_status st = tl_registry_open(&o, c->store, tl_call_day(c), c->arena, err);
    if (st == TL_OK)
        st = tl_registry_find_car(&o, tl_call_text(c, "record"), &place, err);
    if (st == TL_OK)
        st = tl_car_better_make(&o.cars, place, &how, c->arena, &list, err);
    return st == TL_OK ? tl_call_report(c, tl_report_car_better(&o.view, place, &list), err) : st;
}
