/* registry_chart.h - the charts of published cars as SVG. */
#ifndef TL_REPORT_REGISTRY_CHART_H
#define TL_REPORT_REGISTRY_CHART_H

#include "report/chart.h"
#include "report/registry_statistics.h"

/* Shares of the classes, a stacked bar for each of the first `top` groups (0 = all) that have cars
 * with a class; marked (may be NULL) is the key of one to look at. TL_ENOTFOUND where no car has a
 * class, TL_EINPUT for more than six classes. */
TL_MUST_CHECK tl_status tl_chart_car_classes(const tl_registry_view *v, tl_car_field field,
                                             const tl_car_group *groups, size_t n, size_t top,
                                             const char *marked, bool zh, tl_buf *out,
                                             tl_error *err);

/* The histogram with the bin of the car at `place` marked (SIZE_MAX: none) and the mean of its
 * category as a line. TL_ENOTFOUND for a histogram without cars. */
TL_MUST_CHECK tl_status tl_chart_car_histogram(const tl_registry_view *v, const tl_car_histogram *h,
                                               size_t place, bool zh, tl_buf *out, tl_error *err);

#endif
