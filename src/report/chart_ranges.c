/* chart_ranges.c - a dot on a line from low to high for each row. */
#include "report/chart_priv.h"

#include <math.h>
#include <stdio.h>

enum { VALUE_TEXT = 160 };

struct ranges {
    const tl_chart_range *items;
    size_t n;
    tl_chart_rows rows;
    tl_axis axis;
    bool whole; /* ranks and other whole numbers: no decimals */
    double value_width;
};

static tl_status check(const struct ranges *r, tl_error *err)
{
    tl_status st;
    for (size_t i = 0; i < r->n; i++) {
        const tl_chart_range *g = &r->items[i];
        bool ordered = g->low <= g->at && g->at <= g->high; /* false also where one is no number */
        if ((st = tl_chart_check(ordered ? g->low : NAN, g->name, err)) != TL_OK ||
            (st = tl_chart_check(g->high, g->name, err)) != TL_OK)
            return st;
    }
    return TL_OK;
}

/* "12 (9–15)"; the value alone where there is no range. */
static void value_text(const struct ranges *r, const tl_chart_range *g, char out[VALUE_TEXT])
{
    char at[TL_NUMBER_MAX + 320], low[TL_NUMBER_MAX + 320], high[TL_NUMBER_MAX + 320];
    int more = r->whole ? 0 : 1;
    tl_axis_number(&r->axis, g->at, more, at);
    tl_axis_number(&r->axis, g->low, more, low);
    tl_axis_number(&r->axis, g->high, more, high);
    if (g->low < g->high)
        snprintf(out, VALUE_TEXT, "%.40s (%.40s–%.40s)", at, low, high);
    else
        snprintf(out, VALUE_TEXT, "%.40s", at);
}

static void lay_out(struct ranges *r, tl_paper *p)
{
    char text[VALUE_TEXT];
    double low = r->items[0].low, high = r->items[0].high;
    r->whole = true;
    for (size_t i = 0; i < r->n; i++) {
        const tl_chart_range *g = &r->items[i];
        low = fmin(low, g->low);
        high = fmax(high, g->high);
        r->whole = r->whole && g->low == floor(g->low) && g->high == floor(g->high) &&
                   g->at == floor(g->at);
        tl_rows_name(p, &r->rows, g->name, g->marked);
    }
    r->axis = tl_axis_make(low, high, 5, r->whole);
    for (size_t i = 0; i < r->n; i++) {
        value_text(r, &r->items[i], text);
        r->value_width = fmax(r->value_width, tl_letters_width(text, TL_LETTER + 1));
    }
    r->value_width = fmin(r->value_width, TL_PAPER_WIDTH / 3.0);
    r->axis.from = r->rows.x + 8; /* half a dot */
    r->axis.to = TL_PAPER_RIGHT - r->value_width - 16;
}

static void draw_range(const struct ranges *r, tl_paper *p, size_t i)
{
    const tl_chart_range *g = &r->items[i];
    const char *colour = g->marked ? TL_ACCENT : TL_GREY_MARK;
    const tl_letters look = { TL_LETTER, TL_INK, g->marked, TL_ANCHOR_END };
    char text[VALUE_TEXT];
    value_text(r, g, text);
    double middle = tl_rows_open(p, &r->rows, i, g->name, text, g->marked);
    double from = tl_axis_at(&r->axis, g->low), to = tl_axis_at(&r->axis, g->high);
    if (to > from) {
        tl_paper_rect(p, from, middle - 2, to - from, 4, colour);
        tl_paper_rect(p, from - 1, middle - 5, 2, 10, colour);
        tl_paper_rect(p, to - 1, middle - 5, 2, 10, colour);
    }
    tl_svg_open(&p->svg, "circle");
    tl_svg_number(&p->svg, "cx", tl_axis_at(&r->axis, g->at));
    tl_svg_number(&p->svg, "cy", middle);
    tl_svg_number(&p->svg, "r", g->marked ? 6 : 5);
    tl_svg_attr(&p->svg, "fill", g->marked ? TL_ACCENT : TL_INK);
    tl_svg_attr(&p->svg, "stroke", TL_PAPER);
    tl_svg_close(&p->svg);
    tl_paper_text_within(p, TL_PAPER_RIGHT + 4, middle + TL_LETTER * 0.36, r->value_width, look,
                         text);
    tl_svg_close(&p->svg);
}

static void describe(const struct ranges *r, tl_paper *p)
{
    bool zh = p->frame->zh;
    char text[VALUE_TEXT];
    tl_buf_printf(&p->desc, zh ? "区间图，共 %zu 行" : "Ranges of %zu rows", r->n);
    for (size_t i = 0; i < r->n; i++) {
        if (!r->items[i].marked)
            continue;
        value_text(r, &r->items[i], text);
        tl_buf_str(&p->desc, zh ? "；标出：" : "; marked: ");
        tl_label_add(&p->desc, r->items[i].name, zh);
        tl_buf_printf(&p->desc, " %s", text);
    }
    tl_buf_str(&p->desc, zh ? "。" : ".");
}

static void draw(struct ranges *r, tl_paper *p)
{
    lay_out(r, p);
    r->rows.top = p->y;
    double bottom = r->rows.top + (double)r->n * TL_ROW;
    tl_paper_level_axis(p, &r->axis, r->rows.top, bottom);
    for (size_t i = 0; i < r->n; i++)
        draw_range(r, p, i);
    p->y = bottom + 20;
    describe(r, p);
}

tl_status tl_chart_ranges(const tl_chart_frame *f, const tl_chart_range *rows, size_t n,
                          tl_buf *out, tl_error *err)
{
    struct ranges r = { .items = rows, .n = n };
    tl_paper p;
    tl_status st = check(&r, err);
    if (st != TL_OK)
        return st;
    tl_paper_begin(&p, f);
    if (n)
        draw(&r, &p);
    else
        tl_paper_nothing(&p);
    return tl_paper_end(&p, out, err);
}
