/* chart_axis.c - round steps on an axis, and the rows of charts that have names on the left. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/chart_priv.h"

tl_axis tl_axis_make(double low, double high, int steps, bool whole)
{
    double size = fmax(fabs(low), fabs(high));
    if (high - low <= 1e-9 * size || high <= low) /* steps would be lost in rounding */
        high = low + fmax(1, size / 10);
    double rough = (high - low) / steps;
    double power = pow(10, floor(log10(rough)));
    double step = power * (rough <= power       ? 1
                           : rough <= 2 * power ? 2
                           : rough <= 5 * power ? 5
                                                : 10);
    if (whole && step < 1)
        step = 1;
    return (tl_axis){ .low = low, .high = high, .step = step };
}

double tl_axis_at(const tl_axis *a, double v)
{
    return a->from + (v - a->low) / (a->high - a->low) * (a->to - a->from);
}

/* A step missed by rounding alone still counts. */
static double first_multiple(const tl_axis *a)
{
    return ceil(a->low / a->step - 1e-6);
}

size_t tl_axis_ticks(const tl_axis *a)
{
    return (size_t)(floor(a->high / a->step + 1e-6) - first_multiple(a)) + 1;
}

double tl_axis_tick(const tl_axis *a, size_t i)
{
    return (first_multiple(a) + (double)i) * a->step;
}

/* v in whole units of 10^-decimals, in its shortest form: by way of decimal text, because the
 * product of a whole number and 1e-9 is not the double nearest to it. */
static void format_small(double v, int decimals, char out[TL_NUMBER_MAX + 320])
{
    char text[64];
    snprintf(text, sizeof text, "%.0fe-%d", round(v * pow(10, decimals)), decimals);
    if (tl_number_scan(text, strlen(text), '.', &v) == TL_NUMBER_OK)
        tl_number_format(v, out);
    else
        tl_number_format(0, out);
}

void tl_axis_number(const tl_axis *a, double v, int more, char out[TL_NUMBER_MAX + 320])
{
    int decimals = a->step < 1 ? (int)ceil(-log10(a->step) - 1e-6) : 0;
    if (decimals + more > 6)
        format_small(v, decimals + more, out);
    else
        tl_number_format_fixed(v, decimals + more, out);
}

void tl_paper_tick_numbers(tl_paper *p, const tl_axis *a, double y)
{
    const tl_letters look = { TL_LETTER_SMALL, TL_GREY_TEXT, false, TL_ANCHOR_MIDDLE };
    char text[TL_NUMBER_MAX + 320];
    double taken = 0; /* up to here there are numbers */
    for (size_t i = 0; i < tl_axis_ticks(a); i++) {
        double v = tl_axis_tick(a, i);
        tl_axis_number(a, v, 0, text);
        double half = tl_letters_width(text, TL_LETTER_SMALL) / 2;
        double x = fmin(fmax(tl_axis_at(a, v), half + 2), TL_PAPER_WIDTH - half - 2);
        if (x - half < taken)
            continue;
        tl_paper_text(p, x, y, look, text);
        taken = x + half + 6;
    }
}

void tl_paper_level_axis(tl_paper *p, const tl_axis *a, double top, double bottom)
{
    for (size_t i = 0; i < tl_axis_ticks(a); i++) {
        double x = tl_axis_at(a, tl_axis_tick(a, i));
        tl_paper_line(p, x, top, x, bottom, TL_GREY_LINE, NULL);
    }
    tl_paper_tick_numbers(p, a, bottom + 14);
}

tl_status tl_chart_check(double v, tl_label name, tl_error *err)
{
    if (isfinite(v) && fabs(v) <= TL_CHART_MOST)
        return TL_OK;
    return tl_fail(err, TL_EINPUT, "chart: '%.80s' has no number that can be drawn",
                   name.en && *name.en ? name.en
                   : name.zh           ? name.zh
                                       : "");
}

void tl_rows_name(tl_paper *p, tl_chart_rows *rows, tl_label name, bool bold)
{
    const double most = TL_PAPER_WIDTH / 2.0; /* the names of indicators are long */
    double w = tl_letters_width(tl_paper_label(p, name), bold ? TL_LETTER + 1 : TL_LETTER);
    if (rows->name_width < w)
        rows->name_width = w;
    if (rows->name_width > most)
        rows->name_width = most;
    rows->x = TL_PAPER_MARGIN + TL_POINTER + rows->name_width + 8;
}

double tl_rows_open(tl_paper *p, const tl_chart_rows *rows, size_t i, tl_label name,
                    const char *value, bool marked)
{
    const double y = rows->top + (double)i * TL_ROW, middle = y + TL_ROW / 2.0;
    const tl_letters look = { TL_LETTER, TL_INK, marked, TL_ANCHOR_END };
    tl_svg_open(&p->svg, "g");
    tl_paper_label(p, name);
    tl_buf_str(&p->text, value && *value ? p->frame->zh ? "：" : ": " : "");
    tl_buf_str(&p->text, value ? value : "");
    tl_svg_leaf(&p->svg, "title", tl_buf_text(&p->text));
    if (marked) {
        tl_paper_rect(p, 8, y, TL_PAPER_WIDTH - 16, TL_ROW, TL_ACCENT_PALE);
        tl_paper_pointer(p, TL_PAPER_MARGIN + 7, middle, false);
    }
    tl_paper_text_within(p, rows->x - 8, middle + TL_LETTER * 0.36, rows->name_width, look,
                         tl_paper_label(p, name));
    return middle;
}
