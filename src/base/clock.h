/* clock.h - time. Results never depend on it; only log, audit entries and timings do. */
#ifndef TL_BASE_CLOCK_H
#define TL_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum { TL_TIME_ISO = 21 }; /* "2026-11-22T05:36:00Z" and the NUL */

/* Seconds on a clock that never goes back. */
double tl_clock_s(void);

/* The present moment in UTC, ISO 8601 to the second. */
void tl_time_now(char out[TL_TIME_ISO]);

/* The same moment as seconds since 1970-01-01T00:00:00Z, and such a count as text. Counts before
 * that day or after the year 9999 give "". */
int64_t tl_time_unix(void);
void tl_time_format(int64_t unix_s, char out[TL_TIME_ISO]);

/* True if s is a real calendar date YYYY-MM-DD. */
bool tl_date_valid(const char *s);

#endif
