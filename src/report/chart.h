/* chart.h - charts as SVG, drawn from plain numbers; both languages, no script, no outside font.
 *
 * Each has a title that says the finding, the unit, a line with source and date, <title> and <desc>
 * for screen readers, colours that colour-blind readers tell apart, and looks right at 360 and at
 * 1200 pixels. A name too long is shortened, in full in the <title> of its row; what is marked has
 * a pointer and bold letters besides its colour. Without rows a chart says so. The same input gives
 * the same bytes. All append to out, and give TL_EINPUT, naming the row, for a number that is not
 * finite or beyond 1e12; out is then unchanged. */
#ifndef TL_REPORT_CHART_H
#define TL_REPORT_CHART_H

#include "base/buf.h"
#include "base/number.h"
#include "report/report.h"

typedef struct tl_chart_frame {
    tl_label title;  /* the finding */
    tl_label axis;   /* what is measured, with unit */
    tl_label source; /* source and date */
    tl_label unit;   /* at the end of the axis of bars of one series; empty: none */
    bool zh;         /* language drawn */
    bool classes;    /* the series are classes 1 to 5, drawn in the colours of the labels */
} tl_chart_frame;

/* One bar, cut into segments that follow each other. */
typedef struct tl_chart_bar {
    tl_label name;
    const double *segments; /* n_series of the chart, none below 0; NULL: no bar */
    const char *value; /* printed behind the bar: "73.1"; without one the word for why; or NULL */
    bool marked;       /* the one to look at */
} tl_chart_bar;

/* Horizontal bars in the order given, stacked where there are several series; with a legend then.
 * series is not read where there is one; at most 6. */
TL_MUST_CHECK tl_status tl_chart_bars(const tl_chart_frame *f, const tl_label *series,
                                      size_t n_series, const tl_chart_bar *bars, size_t n,
                                      tl_buf *out, tl_error *err);

/* Counts in bins of equal width from `from`; marks[i] names a bin boundary drawn as a line (bands),
 * marked_bin is the bin to look at, -1 = none. At most 400 bins; lines beyond the bins are left
 * out.
 */
typedef struct tl_chart_histogram {
    double from, width;
    const size_t *counts;
    size_t n;
    int marked_bin;
    const double *lines;
    const tl_label *line_names;
    size_t n_lines;
} tl_chart_histogram;
TL_MUST_CHECK tl_status tl_chart_histogram_draw(const tl_chart_frame *f,
                                                const tl_chart_histogram *h, tl_buf *out,
                                                tl_error *err);

/* A dot and a range from low to high for each row: best and worst rank, uncertainty. low <= at <=
 * high. */
typedef struct tl_chart_range {
    tl_label name;
    double low, high, at;
    bool marked;
} tl_chart_range;
TL_MUST_CHECK tl_status tl_chart_ranges(const tl_chart_frame *f, const tl_chart_range *rows,
                                        size_t n, tl_buf *out, tl_error *err);

/* A dot for each row, in the order given, with a line where it states a range (NAN: it does not;
 * low <= value <= high); open draws a ring: not verified. A logarithmic axis where all is above 0
 * and spans more than a hundredfold, else one that has 0. */
typedef struct tl_chart_dot {
    tl_label name;
    double value, low, high;
    bool open;
} tl_chart_dot;
/* A value as it stands beside its dot: four digits that count, for candidates differ by more. */
void tl_chart_dot_text(double v, char out[TL_NUMBER_MAX]);
TL_MUST_CHECK tl_status tl_chart_dots(const tl_chart_frame *f, const tl_chart_dot *dots, size_t n,
                                      tl_buf *out, tl_error *err);

#endif
