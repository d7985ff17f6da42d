/* page_text.c - text on a page: cleaned, fitted into its box, drawn line by line.
 *
 * The text of a line in an SVG is exactly what Pango set in it, so that both forms break and cut in
 * the same places. */
#include "format/page_priv.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "format/clean.h"

enum {
    LONGEST = 4000, /* bytes of one text; more is cut before it is measured */
    MARKS = 3       /* accents on one letter; a tower of them would reach into other lines */
};
static const char ellipsis[] = "…";
static const double step_pt = 0.5;

/* Breaks of lines and paragraphs, and the marks that turn the direction of writing: they would have
 * an effect beyond their own text. */
static bool unwanted(uint32_t c)
{
    return c == ' ' || c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static const char *prepare(tl_page *p, const char *text)
{
    tl_buf clean;
    tl_buf_init(&clean, 0);
    tl_clean_text(&clean, text ? text : "", false);
    tl_buf_reset(&p->text);
    const char *s = tl_buf_text(&clean);
    size_t n = clean.len, len;
    int marks = 0;
    bool blank = true; /* none at the beginning */
    for (size_t i = 0; i < n; i += len) {
        uint32_t c = tl_utf8_next(s + i, n - i, &len);
        if (p->text.len + len > LONGEST) {
            tl_buf_str(&p->text, ellipsis);
            p->cut++;
            break;
        }
        bool skip = unwanted(c);
        marks = g_unichar_ismark(c) ? marks + 1 : 0;
        if (skip && !blank)
            tl_buf_char(&p->text, ' ');
        else if (!skip && marks <= MARKS)
            tl_buf_add(&p->text, s + i, len);
        blank = skip;
    }
    if (clean.failed || p->text.failed)
        tl_page_fault(p, TL_ENOMEM, "out of memory");
    tl_buf_clear(&clean);
    return tl_buf_text(&p->text);
}

/* Sets n bytes into lines of at most width points and returns their height. */
static double set_lines(tl_page *p, const char *text, size_t n, double width, double size_pt)
{
    PangoRectangle extents;
    pango_font_description_set_size(p->face, (int)lround(size_pt * PANGO_SCALE));
    pango_layout_set_font_description(p->layout, p->face);
    pango_layout_set_width(p->layout, (int)lround(width * PANGO_SCALE));
    pango_layout_set_text(p->layout, text, (int)n);
    pango_layout_get_extents(p->layout, NULL, &extents);
    return (double)extents.height / PANGO_SCALE;
}

static void take_type(tl_page *p, const tl_page_type *type)
{
    static const PangoAlignment aligns[] = { [TL_PAGE_LEFT] = PANGO_ALIGN_LEFT,
                                             [TL_PAGE_CENTRE] = PANGO_ALIGN_CENTER,
                                             [TL_PAGE_RIGHT] = PANGO_ALIGN_RIGHT };
    pango_font_description_set_weight(p->face,
                                      type->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_alignment(p->layout, aligns[type->align]);
}

double tl_page_text_height(tl_page *p, const char *text, double width_mm, const tl_page_type *type)
{
    const char *clean = prepare(p, text);
    take_type(p, type);
    if (!*clean)
        return 0;
    return set_lines(p, clean, strlen(clean), width_mm * TL_PT_OF_MM, type->size_pt) / TL_PT_OF_MM;
}

/* The longest beginning of p->text that fits with an ellipsis behind it, found by halving; it is
 * left in the layout. */
static void cut_to(tl_page *p, double width, double height, double size_pt)
{
    tl_buf part;
    tl_buf_init(&part, 0);
    size_t fits = 0, beyond = p->text.len;
    for (bool last = false; !last;) {
        last = beyond - fits <= 1;
        size_t middle = last ? fits : fits + (beyond - fits) / 2, n = middle;
        while (n > 0 && ((unsigned char)p->text.data[n] & 0xC0) == 0x80)
            n--; /* not within a letter */
        while (n > 0 && p->text.data[n - 1] == ' ')
            n--;
        tl_buf_reset(&part);
        tl_buf_add(&part, p->text.data, n);
        tl_buf_str(&part, ellipsis);
        double got = set_lines(p, tl_buf_text(&part), part.len, width, size_pt);
        if (got <= height || pango_layout_get_line_count(p->layout) == 1)
            fits = middle;
        else
            beyond = middle;
    }
    if (part.failed)
        tl_page_fault(p, TL_ENOMEM, "out of memory");
    tl_buf_clear(&part);
    p->cut++;
}

/* Leaves the text in the layout at the largest size that fits, and returns the size. */
static double fit(tl_page *p, double width, double height, const tl_page_type *type)
{
    double size = type->size_pt, least = type->least_pt > 0 ? type->least_pt : size;
    while (set_lines(p, p->text.data, p->text.len, width, size) > height) {
        if (size <= least) {
            if (pango_layout_get_line_count(p->layout) > 1)
                cut_to(p, width, height, size);
            break;
        }
        size = fmax(least, size - step_pt);
    }
    return size;
}

/* One line as Pango set it; x and y are the left end of its baseline. */
static void draw_line(tl_page *p, PangoLayoutIter *at, double x, double y, double width,
                      const tl_page_type *type, double size_pt)
{
    PangoLayoutLine *line = pango_layout_iter_get_line_readonly(at);
    if (p->form == TL_PAGE_PDF) {
        cairo_set_source_rgb(p->cairo, (type->colour >> 16 & 255) / 255.0,
                             (type->colour >> 8 & 255) / 255.0, (type->colour & 255) / 255.0);
        cairo_move_to(p->cairo, x, y);
        pango_cairo_show_layout_line(p->cairo, line);
        return;
    }
    const char *from = pango_layout_get_text(p->layout) + line->start_index;
    size_t n = (size_t)line->length;
    while (n > 0 && from[n - 1] == ' ')
        n--;
    tl_buf text;
    char colour[16];
    tl_buf_init(&text, 0);
    tl_buf_add(&text, from, n);
    snprintf(colour, sizeof colour, "#%06x", (unsigned)(type->colour & 0xffffff));
    tl_svg_open(&p->svg, "text");
    tl_svg_number(&p->svg, "x", x);
    tl_svg_number(&p->svg, "y", y);
    tl_svg_number(&p->svg, "font-size", size_pt);
    if (type->bold)
        tl_svg_attr(&p->svg, "font-weight", "bold");
    tl_svg_attr(&p->svg, "fill", colour);
    if (width > 0) {
        tl_svg_number(&p->svg, "textLength", width);
        tl_svg_attr(&p->svg, "lengthAdjust", "spacingAndGlyphs");
    }
    tl_svg_text(&p->svg, tl_buf_text(&text));
    tl_svg_close(&p->svg);
    p->body.failed = p->body.failed || text.failed;
    tl_buf_clear(&text);
}

static void keep_box(tl_page *p, tl_page_box box)
{
    tl_error err = { 0 };
    if (tl_grow(&p->boxes, &p->cap_boxes, p->n_boxes + 1, sizeof *p->boxes, &err) != TL_OK)
        tl_page_fault(p, err.status, err.text);
    else
        p->boxes[p->n_boxes++] = box;
}

tl_page_box tl_page_text(tl_page *p, tl_page_box box, const tl_page_type *type, const char *text)
{
    const double k = TL_PT_OF_MM;
    tl_page_box taken = { box.x, box.y, 0, 0 };
    if (!*prepare(p, text) || p->fault.status != TL_OK)
        return taken;
    take_type(p, type);
    double size = fit(p, box.width * k, box.height * k, type);
    double left = INFINITY, right = -INFINITY, bottom = box.y * k;
    PangoLayoutIter *at = pango_layout_get_iter(p->layout);
    do {
        PangoRectangle r;
        pango_layout_iter_get_line_extents(at, NULL, &r);
        double x = box.x * k + (double)r.x / PANGO_SCALE, width = (double)r.width / PANGO_SCALE;
        double y = box.y * k + (double)r.y / PANGO_SCALE, height = (double)r.height / PANGO_SCALE;
        tl_page_within(p, x, y, width, height);
        if (!p->beyond)
            draw_line(p, at, x,
                      box.y * k + (double)pango_layout_iter_get_baseline(at) / PANGO_SCALE, width,
                      type, size);
        left = fmin(left, x);
        right = fmax(right, x + width);
        bottom = fmax(bottom, y + height);
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
    taken = (tl_page_box){ left / k, box.y, (right - left) / k, bottom / k - box.y };
    keep_box(p, taken);
    return taken;
}
