/* points.h - points and totals as whole numbers, so that sums, ties and rounding are exact.
 *
 * Points are thousandths of a point. A weight is a share in ten-thousandths (0.3 = 3000). A total,
 * points times weights, therefore counts ten-millionths of a point; nothing is ever rounded before
 * it is shown. */
#ifndef TL_RATING_POINTS_H
#define TL_RATING_POINTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef int32_t tl_points; /* thousandths; in a sheet the values below 0 are the four empties */
typedef int32_t tl_weight; /* ten-thousandths, 0..10000 */
typedef int64_t tl_total;  /* ten-millionths */

#define TL_POINT 1000
#define TL_WEIGHT_ONE 10000
#define TL_TOTAL_POINT ((tl_total)TL_POINT * TL_WEIGHT_ONE)
#define TL_POINTS_MAX 100000000 /* 100000 points */

/* What stands in a sheet where there are no points. */
enum { TL_SLOT_NOT_ASKED = -1, TL_SLOT_NOT_DISCLOSED = -2, TL_SLOT_NOT_APPLICABLE = -3 };

enum { TL_POINTS_TEXT = 24 };

/* Reads "2", "0.5"; at most three decimals, 0 to 100000, nothing else. TL_EINPUT quotes the text.
 */
TL_MUST_CHECK tl_status tl_points_parse(const char *text, tl_points *out, tl_error *err);

/* Shortest form: 2500 gives "2.5"; an empty gives its word ("not_asked", ...). */
size_t tl_points_format(tl_points p, char out[TL_POINTS_TEXT]);

/* Reads a share "0.3" or "30%" into ten-thousandths; at most four decimals, 0 to 1. */
TL_MUST_CHECK tl_status tl_weight_parse(const char *text, tl_weight *out, tl_error *err);

/* A total rounded half up (away from zero) to decimals (0..4), as people see it: "73.1". */
size_t tl_total_format(tl_total t, int decimals, char out[TL_POINTS_TEXT]);

/* points / full points in percent without the sign, rounded half up to decimals (0..4); "-" where
 * full is 0 or points are an empty. */
size_t tl_rate_format(int64_t points, int64_t full, int decimals, char out[TL_POINTS_TEXT]);

static inline double tl_total_number(tl_total t)
{
    return (double)t / (double)TL_TOTAL_POINT;
}

#endif
