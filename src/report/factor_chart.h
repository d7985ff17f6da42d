/* factor_chart.h - all candidates for a factor as dots, not only one number. */
#ifndef TL_REPORT_FACTOR_CHART_H
#define TL_REPORT_FACTOR_CHART_H

#include "factor/compare.h"
#include "report/chart.h"

/* Draws the largest group of the comparison (the first of equals), largest value first; what was
 * asked for is words (for the title). The 95 % interval of a geometric standard deviation g is
 * value / g^1.96 to value x g^1.96 (log-normal, the value being its median). */
TL_MUST_CHECK tl_status tl_chart_factors(const tl_factor_comparison *c, const char *words, bool zh,
                                         tl_arena *arena, tl_buf *out, tl_error *err);

#endif
