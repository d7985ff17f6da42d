/* registry_statistics.h - published cars in numbers as reports: groups, facets, histogram, the two
 * benchmarks of one car, Top Runner awards.
 *
 * Each makes one tl_report from values the registry folder computed; all text is in both languages.
 * NULL when out of memory; other failures surface where the report is written. */
#ifndef TL_REPORT_REGISTRY_STATISTICS_H
#define TL_REPORT_REGISTRY_STATISTICS_H

#include "registry/car_list.h"
#include "registry/sales.h"
#include "registry/statistics.h"
#include "registry/top_runner.h"
#include "report/report.h"

/* All published cars with their benchmarks. */
typedef struct tl_registry_view {
    const tl_cars *cars;
    const tl_benchmarks *benchmarks;
    const tl_peer_rule *rule;
    const char *day; /* of the data, ISO */
    tl_arena *arena;
    const tl_sales_period *sales; /* that weigh the means, NULL = none */
    bool several_regions;         /* sales are loaded of several, and none was named */
} tl_registry_view;

/* Groups side by side: eta, means, classes as counts and as shares of the cars that have a class.
 * A series has the range of its classes, never one of them. Where shares shown in whole percent add
 * up to 99 or 101 a note says so, and another says why a maker can have no car below its mean and
 * all in class 1. */
tl_report *tl_report_car_groups(const tl_registry_view *v, tl_car_field field,
                                const tl_car_group *groups, size_t n);

/* How many cars pass with each value of each field; values without a car are left out. */
tl_report *tl_report_car_facets(const tl_registry_view *v, const tl_car_facets *facets);

tl_report *tl_report_car_histogram(const tl_registry_view *v, const tl_car_histogram *h);

/* The first `top` cars of a list (0: all) with class and distance from the mean. */
tl_report *tl_report_car_list(const tl_registry_view *v, const tl_car_list *list, size_t top);

/* Cars to take instead of the one at `than`, and how much less they emit. */
tl_report *tl_report_car_better(const tl_registry_view *v, size_t than, const tl_car_list *list);

/* Both benchmarks of the car at `place`. */
tl_report *tl_report_car_benchmarks(const tl_registry_view *v, size_t place);

/* All candidates, so that anybody can find the winners again, and the segments. */
tl_report *tl_report_car_awards(const tl_registry_view *v, const tl_award_rule *rule,
                                const tl_award *awards, size_t n, size_t left_out);

#endif
