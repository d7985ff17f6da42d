/* period.h - years, months and ranges of days, as ISO 8601 writes them.
 *
 * A period is a run of whole days in the Gregorian calendar, its end not included. Years run from
 * 1800 to 2200: beyond that a figure is a typing error. */
#ifndef TL_QUANTITY_PERIOD_H
#define TL_QUANTITY_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

typedef struct tl_period {
    int32_t begin, end; /* days since 1970-01-01; begin < end */
} tl_period;

enum { TL_PERIOD_TEXT = 24 };

/* Reads "2023", "2023-04", "2023-04-15" or two of them with '/' between, the second included:
 * "2023-07/2024-06". TL_EINPUT for anything else, a day that does not exist, or an end before the
 * beginning. */
TL_MUST_CHECK tl_status tl_period_parse(const char *text, tl_period *out, tl_error *err);

/* The shortest text that reads back as the same period: "2023" for its twelve months. */
void tl_period_format(tl_period p, char out[TL_PERIOD_TEXT]);

tl_period tl_period_year(int year); /* year within 1800..2200 */

int32_t tl_period_days(tl_period p);
bool tl_period_contains(tl_period outer, tl_period inner);

/* Days the two have in common; 0 if they only touch. */
int32_t tl_period_overlap_days(tl_period a, tl_period b);

#endif
