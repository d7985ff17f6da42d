/* workday.h - days counted without Saturdays and Sundays.
 *
 * Public holidays are not held: they differ by country and are set anew each year. A term that is
 * worked out here may therefore end earlier than one counted by a calendar of holidays. */
#ifndef TL_RATING_WORKDAY_H
#define TL_RATING_WORKDAY_H

#include "base/error.h"

enum { TL_DAY_TEXT = 11 }; /* "2024-03-31" and the NUL */

/* The n-th Monday-to-Friday day after `day` (ISO): a Friday and 1 give the Monday after it. n from
 * 1 to 1000. TL_EINPUT for what is no day between 1800 and 2199. */
TL_MUST_CHECK tl_status tl_workday_after(const char *day, int n, char out[TL_DAY_TEXT],
                                         tl_error *err);

#endif
