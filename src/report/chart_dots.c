/* chart_dots.c - one dot a row: all candidate values, not only one number.
 *
 * A row that states its uncertainty has a line from low to high; a ring instead of a dot is what
 * nobody verified. Where the values span more than a hundredfold and all lie above 0, equal
 * distances are equal ratios, with numbers at powers of ten, and the chart says so. */
#include <math.h>
#include <stdio.h>

#include "report/chart_priv.h"

#define LOG_FROM 100.0

struct dots {
    const tl_chart_dot *items;
    size_t n;
    tl_chart_rows rows;
    tl_axis axis; /* of the logarithms where log is set */
    bool log;
    double value_width;
};

static bool has_range(const tl_chart_dot *d)
{
    return !isnan(d->low) && !isnan(d->high);
}

static tl_status check(const struct dots *c, tl_error *err)
{
    for (size_t i = 0; i < c->n; i++) {
        const tl_chart_dot *d = &c->items[i];
        bool ordered = !has_range(d) || (d->low <= d->value && d->value <= d->high);
        tl_status st = tl_chart_check(ordered ? d->value : NAN, d->name, err);
        if (st == TL_OK && has_range(d))
            st = tl_chart_check(d->low, d->name, err);
        if (st == TL_OK && has_range(d))
            st = tl_chart_check(d->high, d->name, err);
        if (st != TL_OK)
            return st;
    }
    return TL_OK;
}

static double place(const struct dots *c, double v)
{
    return tl_axis_at(&c->axis, c->log ? log10(v) : v);
}

void tl_chart_dot_text(double v, char out[TL_NUMBER_MAX])
{
    char digits[TL_NUMBER_MAX];
    double rounded = v;
    snprintf(digits, sizeof digits, "%.4g", v);
    if (tl_number_parse(digits, &rounded, NULL) != TL_OK)
        rounded = v;
    tl_number_format(rounded, out);
}

static void lay_out(struct dots *c, tl_paper *p)
{
    char text[TL_NUMBER_MAX];
    double low = c->items[0].value, high = low;
    for (size_t i = 0; i < c->n; i++) {
        const tl_chart_dot *d = &c->items[i];
        low = fmin(low, has_range(d) ? d->low : d->value);
        high = fmax(high, has_range(d) ? d->high : d->value);
        tl_rows_name(p, &c->rows, d->name, false);
        tl_chart_dot_text(d->value, text);
        c->value_width = fmax(c->value_width, tl_letters_width(text, TL_LETTER));
    }
    c->log = low > 0 && high / low > LOG_FROM;
    if (c->log)
        c->axis = (tl_axis){ .low = floor(log10(low)), .high = ceil(log10(high)), .step = 1 };
    else
        c->axis = tl_axis_make(fmin(low, 0), fmax(high, 0), 5, false);
    c->axis.from = c->rows.x + 8; /* half a dot */
    c->axis.to = TL_PAPER_RIGHT - c->value_width - 16;
}

/* Lines and numbers at the powers of ten, numbers left out that would touch another. */
static void draw_powers(const struct dots *c, tl_paper *p, double top, double bottom)
{
    const tl_letters look = { TL_LETTER_SMALL, TL_GREY_TEXT, false, TL_ANCHOR_MIDDLE };
    char text[TL_NUMBER_MAX];
    double taken = 0;
    const int steps = (int)floor(c->axis.high - c->axis.low);
    for (int i = 0; i <= steps; i++) {
        const double e = c->axis.low + i;
        double x = tl_axis_at(&c->axis, e);
        tl_paper_line(p, x, top, x, bottom, TL_GREY_LINE, NULL);
        tl_number_format(pow(10, e), text);
        double half = tl_letters_width(text, TL_LETTER_SMALL) / 2;
        if (x - half < taken)
            continue;
        tl_paper_text(p, x, bottom + 14, look, text);
        taken = x + half + 6;
    }
}

static void draw_dot(const struct dots *c, tl_paper *p, size_t i)
{
    const tl_chart_dot *d = &c->items[i];
    const tl_letters look = { TL_LETTER, d->open ? TL_GREY_TEXT : TL_INK, false, TL_ANCHOR_END };
    char text[TL_NUMBER_MAX];
    tl_chart_dot_text(d->value, text);
    double middle = tl_rows_open(p, &c->rows, i, d->name, text, false);
    if (has_range(d) && d->high > d->low && !(c->log && d->low <= 0)) {
        double from = place(c, d->low), to = place(c, d->high);
        tl_paper_rect(p, from, middle - 1, to - from, 2, TL_GREY_MARK);
        tl_paper_rect(p, from - 1, middle - 5, 2, 10, TL_GREY_MARK);
        tl_paper_rect(p, to - 1, middle - 5, 2, 10, TL_GREY_MARK);
    }
    tl_svg_open(&p->svg, "circle");
    tl_svg_number(&p->svg, "cx", place(c, d->value));
    tl_svg_number(&p->svg, "cy", middle);
    tl_svg_number(&p->svg, "r", d->open ? 4 : 5);
    tl_svg_attr(&p->svg, "fill", d->open ? TL_PAPER : TL_ACCENT);
    tl_svg_attr(&p->svg, "stroke", d->open ? TL_ACCENT : TL_PAPER);
    if (d->open)
        tl_svg_number(&p->svg, "stroke-width", 2);
    tl_svg_close(&p->svg);
    tl_paper_text_within(p, TL_PAPER_RIGHT + 4, middle + TL_LETTER * 0.36, c->value_width + 8, look,
                         text);
    tl_svg_close(&p->svg);
}

/* What the marks mean, where they occur. */
static void draw_legend(const struct dots *c, tl_paper *p)
{
    const tl_letters look = { TL_LETTER_SMALL, TL_GREY_TEXT, false, TL_ANCHOR_START };
    bool open = false, range = false, zh = p->frame->zh;
    char text[200];
    for (size_t i = 0; i < c->n; i++) {
        open = open || c->items[i].open;
        range = range || has_range(&c->items[i]);
    }
    snprintf(text, sizeof text, "%s%s%s", open ? zh ? "圆环：未核实。" : "Ring: unverified. " : "",
             range ? zh ? "横线：95% 区间。" : "Line: 95% interval. " : "",
             c->log ? zh ? "对数刻度。" : "Logarithmic scale." : "");
    if (!*text)
        return;
    p->y += 16;
    tl_paper_text(p, TL_PAPER_MARGIN, p->y, look, text);
}

static void draw(struct dots *c, tl_paper *p)
{
    lay_out(c, p);
    c->rows.top = p->y;
    double bottom = c->rows.top + (double)c->n * TL_ROW;
    if (c->log)
        draw_powers(c, p, c->rows.top, bottom);
    else
        tl_paper_level_axis(p, &c->axis, c->rows.top, bottom);
    for (size_t i = 0; i < c->n; i++)
        draw_dot(c, p, i);
    p->y = bottom + 20;
    draw_legend(c, p);
    tl_buf_printf(&p->desc, p->frame->zh ? "点图，共 %zu 行。" : "Dots of %zu rows.", c->n);
}

tl_status tl_chart_dots(const tl_chart_frame *f, const tl_chart_dot *dots, size_t n, tl_buf *out,
                        tl_error *err)
{
    struct dots c = { .items = dots, .n = n };
    tl_paper p;
    tl_status st = check(&c, err);
    if (st != TL_OK)
        return st;
    tl_paper_begin(&p, f);
    if (n)
        draw(&c, &p);
    else
        tl_paper_nothing(&p);
    return tl_paper_end(&p, out, err);
}
