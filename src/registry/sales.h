/* sales.h - cars sold: units of one record in one month and region, each with versions.
 *
 * Another figure for the same month is a further version; the one before stays, superseded. A
 * figure is of one region, and regions may lie in each other, so sums never mix two. */
#ifndef TL_REGISTRY_SALES_H
#define TL_REGISTRY_SALES_H

#include "registry/statistics.h"
#include "store/store.h"

enum { TL_MONTH_TEXT = 8, TL_SALE_SOURCE_MAX = 400 };
#define TL_SALE_UNITS_MOST 1000000000

typedef struct tl_sale {
    const char *record, *month, *region, *source; /* region: code of region.h, "CN" */
    int64_t units;
    int64_t version; /* the rest is not used by tl_sale_put */
    const char *loaded_on, *author;
    bool current;
} tl_sale;

typedef enum tl_sale_change { TL_SALE_NEW, TL_SALE_SAME, TL_SALE_CORRECTED } tl_sale_change;

/* TL_EINPUT for what is no month from 1900 on, "YYYY-MM". */
TL_MUST_CHECK tl_status tl_month_check(const char *month, tl_error *err);

/* TL_EINPUT names a field that is not sound; the record is not looked up. */
TL_MUST_CHECK tl_status tl_sale_check(const tl_sale *sale, tl_error *err);

/* Keeps one figure, inside the caller's transaction, on `day` (ISO). Same units and source: nothing
 * changes. TL_EINPUT as tl_sale_check; TL_ECONFLICT for a record that is no car. The caller writes
 * the audit entry. */
TL_MUST_CHECK tl_status tl_sale_put(tl_store *s, const tl_sale *sale, const char *who,
                                    const char *day, tl_sale_change *change, tl_error *err);

/* How a row of a table of sales names its car; NULL or "" = not. */
typedef struct tl_sale_car {
    const char *record, *disclosure_id, *product, *maker;
} tl_sale_car;

/* The record meant: by id, else by disclosure id, else by product and maker, each as published.
 * TL_ENOTFOUND where there is none, TL_ECONFLICT where several cars are called so, TL_EINPUT where
 * nothing is named. */
TL_MUST_CHECK tl_status tl_sale_find_car(tl_store *s, const tl_sale_car *car, tl_arena *arena,
                                         const char **record, tl_error *err);

/* All figures ever kept of one car, by month, region, version. */
TL_MUST_CHECK tl_status tl_sale_history(tl_store *s, const char *record, tl_arena *arena,
                                        const tl_sale **out, size_t *n, tl_error *err);

/* What is loaded. */
typedef struct tl_sales_month {
    const char *region, *month;
    int64_t cars, units;
} tl_sales_month;
TL_MUST_CHECK tl_status tl_sales_months(tl_store *s, tl_arena *arena, const tl_sales_month **out,
                                        size_t *n, tl_error *err);

/* Months of one region that are looked at together. */
typedef struct tl_sales_period {
    const char *from, *until, *region;
    size_t months, missing; /* calendar months from `from` to `until`; those without any figure */
} tl_sales_period;

/* Completes a question: NULL from and until mean all months loaded, NULL until the month `from`;
 * NULL region the only one loaded. TL_ENOTFOUND where nothing is loaded in it, TL_EINPUT for a
 * month that is none, an end before the beginning, or several regions and none named. */
TL_MUST_CHECK tl_status tl_sales_choose(tl_store *s, const char *from, const char *until,
                                        const char *region, tl_arena *arena, tl_sales_period *out,
                                        tl_error *err);

/* Units by record, for tl_car_groups_make; in byte order. */
TL_MUST_CHECK tl_status tl_sales_read(tl_store *s, const tl_sales_period *p, tl_arena *arena,
                                      const tl_car_sales **out, size_t *n, tl_error *err);

#endif
