/* rating_chart.h - the charts of the rating as SVG. */
#ifndef TL_REPORT_RATING_CHART_H
#define TL_REPORT_RATING_CHART_H

#include "report/chart.h"
#include "report/rating.h"

/* Ranked bars, a segment a weight group (its weighted points) where groups are known. */
TL_MUST_CHECK tl_status tl_chart_league(const tl_rating_view *v, const tl_league_filter *f, bool zh,
                                        tl_buf *out, tl_error *err);

/* The totals in bins with the bands as lines. */
TL_MUST_CHECK tl_status tl_chart_totals(const tl_rating_view *v, const tl_histogram *h, bool zh,
                                        tl_buf *out, tl_error *err);

/* Best and worst rank of every company over a range of weights. */
TL_MUST_CHECK tl_status tl_chart_whatif(const tl_rating_view *v, const tl_whatif_row *rows,
                                        tl_weight low, tl_weight high, bool zh, tl_buf *out,
                                        tl_error *err);

/* What each gap would bring. */
TL_MUST_CHECK tl_status tl_chart_gaps(const tl_rating_view *v, const tl_league_row *row,
                                      const tl_gap_row *gaps, size_t n, bool zh, tl_buf *out,
                                      tl_error *err);

#endif
