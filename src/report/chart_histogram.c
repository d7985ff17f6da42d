/* chart_histogram.c - counts in bins as upright bars, with named lines across. */
#include "report/chart_priv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

/* HEAD: room above the highest bar for the count and the pointer of the marked bin. */
enum { HEIGHT = 200, NAME_ROW = 18, HEAD = 36, MOST_BINS = 400 };

/* Where the name of a line stands: left or right of it, in which row above the bars. */
struct line_place {
    double x, left, right; /* of the line; of its name */
    size_t row;
    bool before; /* the name stands left of the line */
    bool shown;
};

struct histogram {
    const tl_chart_histogram *h;
    tl_axis level, upright;
    struct line_place *lines; /* owned, one a line */
    size_t name_rows;
    bool direct; /* each bar has its count above it; else there is an axis */
};

static tl_status check(const tl_chart_histogram *h, tl_error *err)
{
    static const tl_label what = { "histogram", NULL };
    double end = h->from + h->width * (double)h->n;
    tl_status st;
    if (h->n > MOST_BINS)
        return tl_fail(err, TL_EINPUT, "chart: %zu bins, at most %d can be drawn", h->n, MOST_BINS);
    if ((st = tl_chart_check(h->from, what, err)) != TL_OK ||
        (st = tl_chart_check(end, what, err)) != TL_OK ||
        (st = tl_chart_check(h->width > 0 ? h->width : NAN, what, err)) != TL_OK)
        return st;
    if (h->marked_bin >= 0 && (size_t)h->marked_bin >= h->n)
        return tl_fail(err, TL_EINPUT, "chart: bin %d is marked, there are %zu", h->marked_bin,
                       h->n);
    for (size_t i = 0; i < h->n_lines; i++)
        if ((st = tl_chart_check(h->lines[i], h->line_names[i], err)) != TL_OK)
            return st;
    for (size_t i = 0; i < h->n; i++)
        if ((st = tl_chart_check((double)h->counts[i], what, err)) != TL_OK)
            return st;
    return TL_OK;
}

/* True if the name would run into one already placed in that row. */
static bool collides(const struct histogram *g, size_t n, const struct line_place *at)
{
    for (size_t i = 0; i < n; i++) {
        const struct line_place *o = &g->lines[i];
        if (o->shown && o->row == at->row && at->left < o->right + 8 && o->left < at->right + 8)
            return true;
    }
    return false;
}

/* Each name gets the lowest row in which it touches no other. */
static void place_lines(struct histogram *g, tl_paper *p)
{
    for (size_t i = 0; i < g->h->n_lines; i++) {
        struct line_place *at = &g->lines[i];
        double v = g->h->lines[i];
        if (v < g->level.low || v > g->level.high)
            continue;
        double width = tl_letters_width(tl_paper_label(p, g->h->line_names[i]), TL_LETTER_SMALL);
        width = fmin(width, TL_PAPER_WIDTH / 2.0 - TL_PAPER_MARGIN);
        at->x = tl_axis_at(&g->level, v);
        at->before = at->x + 4 + width > TL_PAPER_RIGHT;
        at->left = at->before ? at->x - 4 - width : at->x + 4;
        at->right = at->left + width;
        while (collides(g, i, at))
            at->row++;
        at->shown = true;
        if (g->name_rows < at->row + 1)
            g->name_rows = at->row + 1;
    }
}

static void lay_out(struct histogram *g, tl_paper *p)
{
    const tl_chart_histogram *h = g->h;
    char text[TL_NUMBER_MAX];
    size_t most = 0;
    for (size_t i = 0; i < h->n; i++)
        most = h->counts[i] > most ? h->counts[i] : most;
    tl_number_format((double)most, text);
    double label = tl_letters_width(text, TL_LETTER + 1);
    double room = (TL_PAPER_RIGHT - TL_PAPER_MARGIN) / (double)h->n;
    g->direct = label + 2 <= room;
    g->level = tl_axis_make(h->from, h->from + h->width * (double)h->n, 6, false);
    g->level.from = TL_PAPER_MARGIN + (g->direct ? 4 : label + 8);
    g->level.to = TL_PAPER_RIGHT - 4;
    place_lines(g, p);
    g->upright = tl_axis_make(0, (double)most, 4, true);
    double top = p->y + (double)g->name_rows * NAME_ROW + HEAD;
    g->upright.to = top;
    g->upright.from = top + HEIGHT;
}

static void draw_upright_axis(const struct histogram *g, tl_paper *p)
{
    const tl_letters look = { TL_LETTER_SMALL, TL_GREY_TEXT, false, TL_ANCHOR_END };
    char text[TL_NUMBER_MAX + 320];
    for (size_t i = 0; i < tl_axis_ticks(&g->upright); i++) {
        double v = tl_axis_tick(&g->upright, i), y = tl_axis_at(&g->upright, v);
        tl_paper_line(p, g->level.from, y, g->level.to, y, TL_GREY_LINE, NULL);
        tl_axis_number(&g->upright, v, 0, text);
        tl_paper_text(p, g->level.from - 6, y + 4, look, text);
    }
}

/* Decimals that from and width need, so that the ends of bins are told exactly. */
static int bin_decimals(const tl_chart_histogram *h)
{
    int decimals = 0;
    double unit = 1, slack = 1e-6 * h->width;
    while (decimals < 6 && (fabs(h->width * unit - round(h->width * unit)) > slack * unit ||
                            fabs(h->from * unit - round(h->from * unit)) > slack * unit)) {
        decimals++;
        unit *= 10;
    }
    return decimals;
}

static void bin_text(const struct histogram *g, size_t i, tl_buf *out)
{
    char low[TL_NUMBER_MAX + 320], high[TL_NUMBER_MAX + 320];
    int decimals = bin_decimals(g->h);
    tl_number_format_fixed(g->h->from + (double)i * g->h->width, decimals, low);
    tl_number_format_fixed(g->h->from + (double)(i + 1) * g->h->width, decimals, high);
    tl_buf_printf(out, "%s–%s", low, high);
}

/* Top of the highest bar between two places. */
static double top_between(const struct histogram *g, double left, double right)
{
    const tl_chart_histogram *h = g->h;
    double top = g->upright.from;
    for (size_t i = 0; i < h->n; i++) {
        const double from = tl_axis_at(&g->level, h->from + (double)i * h->width);
        const double to = tl_axis_at(&g->level, h->from + (double)(i + 1) * h->width);
        if (to > left && from < right)
            top = fmin(top, tl_axis_at(&g->upright, (double)h->counts[i]));
    }
    return top;
}

/* The count of the bin to look at, under a pointer. A narrow bin has its count above all bars it
 * reaches over, with a line down to its own; on paper of its own, where lines may pass. */
static void draw_mark(const struct histogram *g, tl_paper *p, size_t i)
{
    const tl_chart_histogram *h = g->h;
    const tl_letters look = { TL_LETTER, TL_INK, true, TL_ANCHOR_MIDDLE };
    const double middle = tl_axis_at(&g->level, h->from + ((double)i + 0.5) * h->width);
    const double own = tl_axis_at(&g->upright, (double)h->counts[i]);
    char text[TL_NUMBER_MAX];
    tl_number_format((double)h->counts[i], text);
    const double half = tl_letters_width(text, TL_LETTER + 1) / 2 + 2;
    const double x = fmin(fmax(middle, half + 2), TL_PAPER_WIDTH - half - 2);
    const double top = fmin(own, top_between(g, x - half, x + half));
    if (top < own)
        tl_paper_line(p, middle, top - 4, middle, own, TL_INK, NULL);
    tl_paper_rect(p, x - half, top - 18, 2 * half, 15, TL_PAPER);
    tl_paper_text(p, x, top - 5, look, text);
    tl_paper_pointer(p, middle, top - 19, true);
}

static void draw_bin(const struct histogram *g, tl_paper *p, size_t i)
{
    const tl_chart_histogram *h = g->h;
    bool marked = h->marked_bin >= 0 && (size_t)h->marked_bin == i;
    double from = tl_axis_at(&g->level, h->from + (double)i * h->width);
    double to = tl_axis_at(&g->level, h->from + (double)(i + 1) * h->width);
    double top = tl_axis_at(&g->upright, (double)h->counts[i]), gap = to - from > 6 ? 2 : 0.2;
    const tl_letters look = { TL_LETTER_SMALL, TL_INK, false, TL_ANCHOR_MIDDLE };
    tl_buf_reset(&p->text);
    bin_text(g, i, &p->text);
    tl_buf_printf(&p->text, "%s%zu", p->frame->zh ? "：" : ": ", h->counts[i]);
    tl_svg_open(&p->svg, "g");
    tl_svg_leaf(&p->svg, "title", tl_buf_text(&p->text));
    if (h->counts[i])
        tl_paper_rect(p, from + gap / 2, top, to - from - gap, g->upright.from - top,
                      marked ? TL_ACCENT : TL_GREY_MARK);
    if (!marked && g->direct && h->counts[i]) {
        tl_buf_reset(&p->text);
        tl_buf_printf(&p->text, "%zu", h->counts[i]);
        tl_paper_text(p, (from + to) / 2, top - 5, look, tl_buf_text(&p->text));
    }
    tl_svg_close(&p->svg);
}

/* Rows of names count from the bars upwards. Names come over all lines, on paper of their own: a
 * line on its way to a higher row may pass behind one. */
static void draw_lines(const struct histogram *g, tl_paper *p)
{
    for (size_t i = 0; i < g->h->n_lines; i++) {
        const struct line_place *at = &g->lines[i];
        double y = g->upright.to - HEAD - (double)at->row * NAME_ROW;
        if (at->shown)
            tl_paper_line(p, at->x, y - 10, at->x, g->upright.from, TL_GREY_TEXT, "4 3");
    }
    for (size_t i = 0; i < g->h->n_lines; i++) {
        const struct line_place *at = &g->lines[i];
        const tl_letters look = { TL_LETTER_SMALL, TL_INK, false,
                                  at->before ? TL_ANCHOR_END : TL_ANCHOR_START };
        double y = g->upright.to - HEAD - (double)at->row * NAME_ROW;
        if (!at->shown)
            continue;
        tl_paper_rect(p, at->left - 1, y - 11, at->right - at->left + 2, 15, TL_PAPER);
        tl_paper_text_within(p, at->before ? at->right : at->left, y, at->right - at->left + 0.5,
                             look, tl_paper_label(p, g->h->line_names[i]));
    }
}

static void describe(const struct histogram *g, tl_paper *p)
{
    bool zh = p->frame->zh;
    size_t most = 0, sum = 0;
    for (size_t i = 0; i < g->h->n; i++) {
        most = g->h->counts[i] > g->h->counts[most] ? i : most;
        sum += g->h->counts[i];
    }
    tl_buf_printf(&p->desc,
                  zh ? "直方图，%zu 个区间，共 %zu；最多："
                     : "Histogram of %zu bins, %zu in all; most: ",
                  g->h->n, sum);
    bin_text(g, most, &p->desc);
    tl_buf_printf(&p->desc, zh ? "，%zu" : ", %zu", g->h->counts[most]);
    if (g->h->marked_bin >= 0) {
        tl_buf_str(&p->desc, zh ? "；标出：" : "; marked: ");
        bin_text(g, (size_t)g->h->marked_bin, &p->desc);
    }
    tl_buf_str(&p->desc, zh ? "。" : ".");
}

/* Numbers below the bins at round places; thin lines there would be noise. */
static void draw_level_numbers(const struct histogram *g, tl_paper *p)
{
    for (size_t i = 0; i < tl_axis_ticks(&g->level); i++) {
        double x = tl_axis_at(&g->level, tl_axis_tick(&g->level, i));
        tl_paper_line(p, x, g->upright.from, x, g->upright.from + 4, TL_INK, NULL);
    }
    tl_paper_tick_numbers(p, &g->level, g->upright.from + 18);
}

static void draw(struct histogram *g, tl_paper *p)
{
    lay_out(g, p);
    if (!g->direct)
        draw_upright_axis(g, p);
    draw_lines(g, p);
    for (size_t i = 0; i < g->h->n; i++)
        draw_bin(g, p, i);
    if (g->h->marked_bin >= 0) /* over its neighbours */
        draw_mark(g, p, (size_t)g->h->marked_bin);
    tl_paper_line(p, g->level.from, g->upright.from, g->level.to, g->upright.from, TL_INK, NULL);
    draw_level_numbers(g, p);
    p->y = g->upright.from + 24;
    describe(g, p);
}

tl_status tl_chart_histogram_draw(const tl_chart_frame *f, const tl_chart_histogram *h, tl_buf *out,
                                  tl_error *err)
{
    struct histogram g = { .h = h };
    tl_paper p;
    tl_status st = check(h, err);
    if (st != TL_OK)
        return st;
    if (!(g.lines = tl_new_array(h->n_lines, sizeof *g.lines)))
        return tl_fail_nomem(err);
    tl_paper_begin(&p, f);
    if (h->n)
        draw(&g, &p);
    else
        tl_paper_nothing(&p);
    free(g.lines);
    return tl_paper_end(&p, out, err);
}
