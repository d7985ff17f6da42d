/* registry_sales.h - sales and best sellers as reports, and their chart.
 *
 * Each makes one tl_report; all text is in both languages. NULL when out of memory. */
#ifndef TL_REPORT_REGISTRY_SALES_H
#define TL_REPORT_REGISTRY_SALES_H

#include "registry/best_sellers.h"
#include "report/chart.h"
#include "report/registry_statistics.h"

/* A question about best sellers with its answer; the months and region are v->sales. */
typedef struct tl_best_view {
    const tl_registry_view *v;
    const tl_car_market *market;
    const tl_best_scope *scope;
    const tl_best_sellers *best;
    size_t top; /* 0 = all */
} tl_best_view;

/* Rank, series, units, share of the scope, g/km, classes: a range over the models, "/" where a
 * footprint is being calculated. */
tl_report *tl_report_best_sellers(const tl_best_view *b);

/* Bars of units. TL_ENOTFOUND where nothing was sold in the scope. */
TL_MUST_CHECK tl_status tl_chart_best_sellers(const tl_best_view *b, bool zh, tl_buf *out,
                                              tl_error *err);

/* Months that are loaded. */
tl_report *tl_report_sales_months(const tl_sales_month *months, size_t n, tl_arena *arena);

/* Every figure ever kept of one car; those superseded say so. */
tl_report *tl_report_sale_history(const char *record, const tl_sale *sales, size_t n,
                                  tl_arena *arena);

#endif
