/* chart_bars.c - ranked level bars, one series or several behind each other. */
#include "report/chart_priv.h"

#include <math.h>

#include "base/text.h"

enum { BAR = 14, GAP_TO_VALUE = 6, SWATCH = 12, MOST_SERIES = 6 };

/* Dark and light in turn, so that neighbours differ also without colour. Any two are at least 28
 * apart in CIELAB, also as people with protanopia, deuteranopia or tritanopia see them (simulated
 * after Machado, Oliveira, Fernandes 2009, doi:10.1109/TVCG.2009.113). The pale ones have an
 * outline against the paper. */
static const struct series_look {
    const char *fill, *outline;
} looks[MOST_SERIES] = {
    { TL_ACCENT, NULL },      { "#ddcc77", "#8a7d3a" }, { "#7b3294", NULL },
    { "#88ccee", "#44809f" }, { "#b5452c", NULL },      { TL_INK, NULL },
};

/* Classes 1 to 5 from low carbon to high: an order, not five different things, so one sequence from
 * cold to warm, the same as on labels and pages. */
static const struct series_look class_looks[] = {
    { "#2c7a7b", NULL },      { "#7bb6a8", "#4a8577" }, { "#e3d9b0", "#a3976a" },
    { "#e0a15a", "#a36d2c" }, { "#b5452c", NULL },
};

enum { CLASSES = sizeof class_looks / sizeof *class_looks };

static const struct series_look *look_of(const tl_paper *p, size_t series)
{
    if (p->frame->classes && series < CLASSES)
        return &class_looks[series];
    return &looks[series < MOST_SERIES ? series : MOST_SERIES - 1];
}

/* What is drawn, and where. */
struct bars {
    const tl_label *series;
    size_t n_series;
    const tl_chart_bar *bars;
    size_t n;
    tl_chart_rows rows;
    tl_axis axis;
};

static double total(const struct bars *b, size_t i)
{
    double sum = 0;
    for (size_t s = 0; b->bars[i].segments && s < b->n_series; s++)
        sum += b->bars[i].segments[s];
    return sum;
}

static tl_status check(const struct bars *b, tl_error *err)
{
    if (b->n_series == 0 || b->n_series > MOST_SERIES)
        return tl_fail(err, TL_EINPUT, "chart: %zu series, expected 1 to %d", b->n_series,
                       MOST_SERIES);
    for (size_t i = 0; i < b->n; i++) {
        for (size_t s = 0; b->bars[i].segments && s < b->n_series; s++) {
            double v = b->bars[i].segments[s];
            tl_status st = tl_chart_check(v < 0 ? NAN : v, b->bars[i].name, err);
            if (st != TL_OK)
                return st;
        }
    }
    return TL_OK;
}

/* One series of whole numbers is a count: no half car on its axis. */
static bool all_whole(const struct bars *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (total(b, i) > floor(total(b, i)))
            return false;
    return b->n_series == 1;
}

/* The drawing ends where the longest value still fits behind the longest bar. */
static void lay_out(struct bars *b, tl_paper *p)
{
    double highest = 0, value_width = 0;
    for (size_t i = 0; i < b->n; i++) {
        const tl_chart_bar *bar = &b->bars[i];
        tl_rows_name(p, &b->rows, bar->name, bar->marked);
        highest = fmax(highest, total(b, i));
        if (bar->value && bar->segments)
            value_width = fmax(value_width, tl_letters_width(bar->value, TL_LETTER + 1));
    }
    value_width = fmin(value_width, TL_PAPER_WIDTH / 4.0);
    b->axis = tl_axis_make(0, highest, 5, all_whole(b));
    b->axis.from = b->rows.x;
    b->axis.to = TL_PAPER_RIGHT - value_width - GAP_TO_VALUE;
}

static void draw_swatch(tl_paper *p, size_t s, double x, double y, double width, double height)
{
    tl_svg_open(&p->svg, "rect");
    tl_svg_number(&p->svg, "x", x);
    tl_svg_number(&p->svg, "y", y);
    tl_svg_number(&p->svg, "width", width);
    tl_svg_number(&p->svg, "height", height);
    const struct series_look *look = look_of(p, s);
    tl_svg_attr(&p->svg, "fill", look->fill);
    if (look->outline && width >= 4)
        tl_svg_attr(&p->svg, "stroke", look->outline);
    tl_svg_close(&p->svg);
}

static void draw_legend(const struct bars *b, tl_paper *p)
{
    const tl_letters look = { TL_LETTER_SMALL, TL_INK, false, TL_ANCHOR_START };
    double x = TL_PAPER_MARGIN;
    for (size_t s = 0; s < b->n_series; s++) {
        const char *name = tl_paper_label(p, b->series[s]);
        double room = TL_PAPER_RIGHT - TL_PAPER_MARGIN - SWATCH - 6;
        double width = fmin(tl_letters_width(name, TL_LETTER_SMALL), room);
        if (s && x + SWATCH + 6 + width > TL_PAPER_RIGHT) {
            x = TL_PAPER_MARGIN;
            p->y += 20;
        }
        draw_swatch(p, s, x, p->y, SWATCH, SWATCH);
        tl_paper_text_within(p, x + SWATCH + 6, p->y + 10.5, width, look, name);
        x += SWATCH + 6 + width + 16;
    }
    p->y += SWATCH + 12;
}

/* Segments keep a hair of paper between them. */
static double draw_segments(const struct bars *b, tl_paper *p, size_t i, double y)
{
    const tl_chart_bar *bar = &b->bars[i];
    double sum = 0, end = b->axis.from;
    for (size_t s = 0; bar->segments && s < b->n_series; s++) {
        double from = tl_axis_at(&b->axis, sum);
        sum += bar->segments[s];
        end = tl_axis_at(&b->axis, sum);
        double width = end - from > 2 && s + 1 < b->n_series ? end - from - 1 : end - from;
        if (width < 0.005)
            continue;
        if (b->n_series > 1)
            draw_swatch(p, s, from, y, width, BAR);
        else
            tl_paper_rect(p, from, y, width, BAR, bar->marked ? TL_ACCENT : TL_GREY_MARK);
    }
    return end;
}

static void draw_bar(const struct bars *b, tl_paper *p, size_t i)
{
    const tl_chart_bar *bar = &b->bars[i];
    double middle = tl_rows_open(p, &b->rows, i, bar->name, bar->value, bar->marked);
    double end = draw_segments(b, p, i, middle - BAR / 2.0) + GAP_TO_VALUE;
    const tl_letters look = { TL_LETTER, bar->segments ? TL_INK : TL_GREY_TEXT, bar->marked,
                              TL_ANCHOR_START };
    if (bar->value)
        tl_paper_text_within(p, end, middle + TL_LETTER * 0.36, TL_PAPER_RIGHT + 8 - end, look,
                             bar->value);
    tl_svg_close(&p->svg);
}

static void describe_bar(tl_paper *p, const char *what, const tl_chart_bar *bar)
{
    tl_buf_str(&p->desc, what);
    tl_label_add(&p->desc, bar->name, p->frame->zh);
    tl_buf_printf(&p->desc, " %s", bar->value ? bar->value : "");
}

/* What a screen reader says: how many, highest, lowest, the marked ones. */
static void describe(const struct bars *b, tl_paper *p)
{
    bool zh = p->frame->zh;
    size_t high = b->n, low = b->n;
    for (size_t i = 0; i < b->n; i++) {
        if (!b->bars[i].segments)
            continue;
        high = high == b->n || total(b, i) > total(b, high) ? i : high;
        low = low == b->n || total(b, i) <= total(b, low) ? i : low;
    }
    tl_buf_printf(&p->desc, zh ? "条形图，共 %zu 条" : "Bar chart of %zu bars", b->n);
    if (high < b->n)
        describe_bar(p, zh ? "；最高：" : "; highest: ", &b->bars[high]);
    if (low < b->n && low != high)
        describe_bar(p, zh ? "；最低：" : "; lowest: ", &b->bars[low]);
    for (size_t i = 0; i < b->n; i++)
        if (b->bars[i].marked)
            describe_bar(p, zh ? "；标出：" : "; marked: ", &b->bars[i]);
    tl_buf_str(&p->desc, zh ? "。" : ".");
}

/* Short steps below the bars: the values are printed behind them, where lines would run through. */
static void draw_steps(const struct bars *b, tl_paper *p, double bottom)
{
    tl_paper_line(p, b->axis.from, bottom, b->axis.to, bottom, TL_INK, NULL);
    for (size_t i = 0; i < tl_axis_ticks(&b->axis); i++) {
        const double x = tl_axis_at(&b->axis, tl_axis_tick(&b->axis, i));
        tl_paper_line(p, x, bottom, x, bottom + 4, TL_INK, NULL);
    }
    tl_paper_tick_numbers(p, &b->axis, bottom + 18);
    p->y = bottom + 24;
}

/* Behind the last number, or in a row of its own where it would touch it. */
static void draw_unit(const struct bars *b, tl_paper *p)
{
    const tl_letters look = { TL_LETTER_SMALL, TL_GREY_TEXT, false, TL_ANCHOR_END };
    const double last = tl_axis_tick(&b->axis, tl_axis_ticks(&b->axis) - 1);
    const char *unit = tl_paper_label(p, p->frame->unit);
    char text[TL_NUMBER_MAX + 320];
    tl_axis_number(&b->axis, last, 0, text);
    const double taken =
        tl_axis_at(&b->axis, last) + tl_letters_width(text, TL_LETTER_SMALL) / 2 + 8;
    if (taken + tl_letters_width(unit, TL_LETTER_SMALL) > TL_PAPER_RIGHT)
        p->y += 14;
    tl_paper_text_within(p, TL_PAPER_RIGHT, p->y - 6, TL_PAPER_WIDTH / 2.0, look, unit);
}

static void draw(struct bars *b, tl_paper *p)
{
    lay_out(b, p);
    if (b->n_series > 1)
        draw_legend(b, p);
    b->rows.top = p->y;
    double bottom = b->rows.top + (double)b->n * TL_ROW;
    p->y = bottom + 20;
    if (b->n_series > 1) /* parts of a bar need lines to be read by */
        tl_paper_level_axis(p, &b->axis, b->rows.top, bottom);
    else
        draw_steps(b, p, bottom);
    for (size_t i = 0; i < b->n; i++)
        draw_bar(b, p, i);
    tl_paper_line(p, b->axis.from, b->rows.top, b->axis.from, bottom, TL_INK, NULL);
    if (b->n_series == 1 && !tl_label_empty(p->frame->unit))
        draw_unit(b, p);
    describe(b, p);
}

tl_status tl_chart_bars(const tl_chart_frame *f, const tl_label *series, size_t n_series,
                        const tl_chart_bar *bars, size_t n, tl_buf *out, tl_error *err)
{
    struct bars b = { .series = series, .n_series = n_series, .bars = bars, .n = n };
    tl_paper p;
    tl_status st = check(&b, err);
    if (st != TL_OK)
        return st;
    tl_paper_begin(&p, f);
    if (n)
        draw(&b, &p);
    else
        tl_paper_nothing(&p);
    return tl_paper_end(&p, out, err);
}
