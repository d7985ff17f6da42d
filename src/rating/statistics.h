/* statistics.h - a league table in numbers: histogram, bands, themes above zero, groups compared.
 */
#ifndef TL_RATING_STATISTICS_H
#define TL_RATING_STATISTICS_H

#include "rating/league.h"

enum { TL_HISTOGRAM_BINS_MAX = 10000 };

typedef struct tl_histogram {
    tl_points width;      /* of a bin */
    const size_t *counts; /* bin i holds i*width <= total < (i+1)*width; the last also its end */
    size_t n;
} tl_histogram;

/* Totals from 0 to the full points of the index in bins of `width`; of a star rating as far as the
 * highest score reaches, bonus points included. TL_EINPUT where width does not divide the full
 * points or makes more bins than the limit, and where a total lies outside: it names the company.
 */
TL_MUST_CHECK tl_status tl_histogram_make(const tl_index *x, const tl_league_row *rows, size_t n,
                                          tl_points width, tl_arena *arena, tl_histogram *out,
                                          tl_error *err);

/* What can be said of one theme over some companies; the empties are counted apart and are in no
 * mean. */
typedef struct tl_theme_statistics {
    size_t known, above_zero, full; /* companies */
    double mean_rate;               /* of known ones, 0..1; NAN where none is known */
} tl_theme_statistics;

typedef struct tl_group_statistics {
    const char *key; /* value of the field: "european" */
    size_t n;
    double mean_total, median_total; /* points */
    tl_total lowest, highest;
    const size_t *bands;               /* companies in each band of the index */
    const tl_theme_statistics *themes; /* one a theme of the index */
    size_t all_themes;                 /* companies above zero in every printed theme */
} tl_group_statistics;

typedef enum tl_league_field {
    TL_BY_NOTHING,
    TL_BY_REGION_GROUP,
    TL_BY_COUNTRY,
    TL_BY_LISTED,
    TL_BY_PRODUCT_TYPE
} tl_league_field;

/* One group, key "" (TL_BY_NOTHING), or one a value of the field, by descending number of
 * companies, then key; companies of which nothing is known under the field are the group of key "".
 * No rows, no groups. The median of an even number is the mean of the middle two. */
TL_MUST_CHECK tl_status tl_statistics_make(const tl_index *x, const tl_league_row *rows, size_t n,
                                           tl_league_field field, tl_arena *arena,
                                           const tl_group_statistics **out, size_t *n_groups,
                                           tl_error *err);

/* yes = full points, partly = some, no = 0, not known = one of the empties: the view without a
 * total. */
typedef enum tl_check { TL_CHECK_UNKNOWN, TL_CHECK_NO, TL_CHECK_PARTLY, TL_CHECK_YES } tl_check;
tl_check tl_check_of(tl_points points, tl_points max);
const char *tl_check_name(tl_check check, bool zh); /* "yes", "partly", "no", "not known" */

#endif
