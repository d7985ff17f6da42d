/* page.c - the sheet itself: opened, drawn on, closed.
 *
 * Text is in page_text.c. Cairo writes the PDF while it is drawn on; an SVG is a buffer of
 * elements. */
#include "format/page_priv.h"

#include <cairo-pdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "format/clean.h"
#include "format/qr.h"

enum { LONGEST_MM = 2000, BODY_BYTES = 64 << 20 };
static const double least_module_mm = 0.35;

void tl_page_fault(tl_page *p, tl_status st, const char *text)
{
    if (p->fault.status == TL_OK)
        tl_fail(&p->fault, st, "%s", text);
}

static cairo_status_t take(void *closure, const unsigned char *data, unsigned int n)
{
    tl_buf *body = closure;
    tl_buf_add(body, (const char *)data, n);
    return body->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void put_field(tl_page *p, cairo_pdf_metadata_t field, const char *text)
{
    tl_buf_reset(&p->text);
    tl_clean_text(&p->text, text ? text : "", false);
    cairo_pdf_surface_set_metadata(p->surface, field, tl_buf_text(&p->text));
}

/* The days are set: cairo puts the clock where it finds none. */
static void describe_pdf(tl_page *p, const tl_page_setup *setup)
{
    char moment[32];
    snprintf(moment, sizeof moment, "%sT00:00:00Z", setup->day);
    put_field(p, CAIRO_PDF_METADATA_TITLE, setup->title);
    put_field(p, CAIRO_PDF_METADATA_SUBJECT, setup->about);
    put_field(p, CAIRO_PDF_METADATA_AUTHOR, setup->by);
    put_field(p, CAIRO_PDF_METADATA_CREATOR, "Tanlian");
    put_field(p, CAIRO_PDF_METADATA_CREATE_DATE, moment);
    put_field(p, CAIRO_PDF_METADATA_MOD_DATE, moment);
}

static void begin_pdf(tl_page *p, const tl_page_setup *setup)
{
    p->surface = cairo_pdf_surface_create_for_stream(take, &p->body, p->width, p->height);
    p->cairo = cairo_create(p->surface);
    describe_pdf(p, setup);
}

static void begin_svg(tl_page *p, const tl_page_setup *setup)
{
    char text[96];
    p->svg = tl_svg_start(&p->body);
    tl_svg_open(&p->svg, "svg");
    tl_svg_attr(&p->svg, "xmlns", "http://www.w3.org/2000/svg");
    tl_svg_attr(&p->svg, "version", "1.1");
    snprintf(text, sizeof text, "%dmm", (int)setup->width_mm);
    tl_svg_attr(&p->svg, "width", text);
    snprintf(text, sizeof text, "%dmm", (int)setup->height_mm);
    tl_svg_attr(&p->svg, "height", text);
    int wide = (int)lround(p->width * 100), high = (int)lround(p->height * 100);
    snprintf(text, sizeof text, "0 0 %d.%02d %d.%02d", wide / 100, wide % 100, high / 100,
             high % 100);
    tl_svg_attr(&p->svg, "viewBox", text);
    tl_svg_attr(&p->svg, "role", "img");
    tl_svg_attr(&p->svg, "xml:lang", setup->zh ? "zh-Hans" : "en");
    tl_svg_attr(&p->svg, "font-family", "'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif");
    tl_svg_leaf(&p->svg, "title", setup->title ? setup->title : "");
    tl_svg_leaf(&p->svg, "desc", setup->about ? setup->about : "");
    tl_page_rect(p, (tl_page_box){ 0, 0, setup->width_mm, setup->height_mm }, 0xffffff);
}

/* Letters are measured as drawn: no hinting, which would round widths to pixels. Finding fonts is
 * slow (some 50 ms), so Pango's own list of them is used, which it keeps for the thread. */
static tl_status begin_letters(tl_page *p, bool zh, tl_error *err)
{
    PangoFontMap *fonts = pango_cairo_font_map_get_default(); /* borrowed, one a thread */
    p->context = pango_font_map_create_context(fonts);
    pango_cairo_context_set_resolution(p->context, 72);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(p->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(p->context, FALSE);
    pango_context_set_language(p->context, pango_language_from_string(zh ? "zh-cn" : "en"));
    pango_context_set_base_dir(p->context, PANGO_DIRECTION_LTR);
    p->face = pango_font_description_new();
    pango_font_description_set_family(p->face, "Noto Sans CJK SC,Source Han Sans SC,sans-serif");
    p->layout = pango_layout_new(p->context);
    pango_layout_set_auto_dir(p->layout, FALSE);
    pango_layout_set_single_paragraph_mode(p->layout, TRUE);
    pango_layout_set_wrap(p->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_font_description(p->layout, p->face);
    pango_layout_set_text(p->layout, "碳 g", -1);
    if (pango_layout_get_unknown_glyphs_count(p->layout) > 0)
        return tl_fail(err, TL_EIO,
                       "no font with Chinese letters is installed: install fonts-noto-cjk");
    return TL_OK;
}

static bool length(double mm)
{
    return isfinite(mm) && mm >= 10 && mm <= LONGEST_MM && floor(mm) == mm;
}

tl_status tl_page_new(tl_page **out, const tl_page_setup *setup, tl_error *err)
{
    *out = NULL;
    if (!length(setup->width_mm) || !length(setup->height_mm))
        return tl_fail(err, TL_EINPUT, "a page measures 10 to %d whole millimetres", LONGEST_MM);
    if (!setup->day || !tl_date_valid(setup->day))
        return tl_fail(err, TL_EINPUT, "a page needs its day as YYYY-MM-DD");
    tl_page *p = tl_new_array(1, sizeof *p);
    if (!p)
        return tl_fail_nomem(err);
    p->form = setup->form;
    p->width = setup->width_mm * TL_PT_OF_MM;
    p->height = setup->height_mm * TL_PT_OF_MM;
    tl_buf_init(&p->body, BODY_BYTES);
    tl_buf_init(&p->text, 0);
    tl_status st = begin_letters(p, setup->zh, err);
    if (st != TL_OK) {
        tl_page_free(p);
        return st;
    }
    if (p->form == TL_PAGE_PDF)
        begin_pdf(p, setup);
    else
        begin_svg(p, setup);
    *out = p;
    return TL_OK;
}

void tl_page_free(tl_page *p)
{
    if (!p)
        return;
    if (p->layout)
        g_object_unref(p->layout);
    if (p->context)
        g_object_unref(p->context);
    if (p->face)
        pango_font_description_free(p->face);
    if (p->cairo)
        cairo_destroy(p->cairo);
    if (p->surface) { /* writes its end into body, which therefore goes last */
        cairo_surface_finish(p->surface);
        cairo_surface_destroy(p->surface);
    }
    tl_buf_clear(&p->body);
    tl_buf_clear(&p->text);
    free(p->boxes);
    free(p);
}

void tl_page_within(tl_page *p, double x, double y, double width, double height)
{
    const double slack = 0.01; /* points; mm and points are not exact in binary */
    bool inside = x >= -slack && y >= -slack && x + width <= p->width + slack &&
                  y + height <= p->height + slack && width >= 0 && height >= 0;
    if (!inside) /* also for what is no number */
        p->beyond = true;
}

static void put_colour(tl_page *p, uint32_t colour)
{
    cairo_set_source_rgb(p->cairo, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

static void svg_colour(tl_svg *s, const char *name, uint32_t colour)
{
    char text[16];
    snprintf(text, sizeof text, "#%06x", (unsigned)(colour & 0xffffff));
    tl_svg_attr(s, name, text);
}

static void rect_pt(tl_page *p, double x, double y, double width, double height, uint32_t colour)
{
    tl_page_within(p, x, y, width, height);
    if (p->beyond)
        return;
    if (p->form == TL_PAGE_PDF) {
        put_colour(p, colour);
        cairo_rectangle(p->cairo, x, y, width, height);
        cairo_fill(p->cairo);
        return;
    }
    tl_svg_open(&p->svg, "rect");
    tl_svg_number(&p->svg, "x", x);
    tl_svg_number(&p->svg, "y", y);
    tl_svg_number(&p->svg, "width", width);
    tl_svg_number(&p->svg, "height", height);
    svg_colour(&p->svg, "fill", colour);
    tl_svg_close(&p->svg);
}

void tl_page_rect(tl_page *p, tl_page_box b, uint32_t colour)
{
    rect_pt(p, b.x * TL_PT_OF_MM, b.y * TL_PT_OF_MM, b.width * TL_PT_OF_MM, b.height * TL_PT_OF_MM,
            colour);
}

void tl_page_line(tl_page *p, double x1, double y1, double x2, double y2, double width_mm,
                  uint32_t colour)
{
    const double k = TL_PT_OF_MM;
    tl_page_within(p, fmin(x1, x2) * k, fmin(y1, y2) * k, fabs(x1 - x2) * k, fabs(y1 - y2) * k);
    if (p->beyond)
        return;
    if (p->form == TL_PAGE_PDF) {
        put_colour(p, colour);
        cairo_set_line_width(p->cairo, width_mm * k);
        cairo_move_to(p->cairo, x1 * k, y1 * k);
        cairo_line_to(p->cairo, x2 * k, y2 * k);
        cairo_stroke(p->cairo);
        return;
    }
    tl_svg_open(&p->svg, "line");
    tl_svg_number(&p->svg, "x1", x1 * k);
    tl_svg_number(&p->svg, "y1", y1 * k);
    tl_svg_number(&p->svg, "x2", x2 * k);
    tl_svg_number(&p->svg, "y2", y2 * k);
    tl_svg_number(&p->svg, "stroke-width", width_mm * k);
    svg_colour(&p->svg, "stroke", colour);
    tl_svg_close(&p->svg);
}

/* Neighbouring dark modules of a row are one rectangle. Corners and modules are whole hundredths of
 * a point, as an SVG is written, so that no hairline opens between the rows. */
tl_status tl_page_qr(tl_page *p, double x_mm, double y_mm, double size_mm, const char *text,
                     tl_error *err)
{
    tl_qr q;
    tl_status st = tl_qr_make(&q, text, err);
    if (st != TL_OK)
        return st;
    double whole = (double)q.width + 2 * TL_QR_QUIET, size = size_mm * TL_PT_OF_MM;
    double module = floor(size * 100 / whole) / 100;
    if (size_mm / whole < least_module_mm) {
        st = tl_fail(err, TL_EINPUT, "the text of the QR code is too long for %d mm: %zu bytes",
                     (int)size_mm, strlen(text));
        goto done;
    }
    tl_page_rect(p, (tl_page_box){ x_mm, y_mm, size_mm, size_mm }, 0xffffff);
    double margin = (size - module * (double)q.width) / 2;
    double left = round((x_mm * TL_PT_OF_MM + margin) * 100) / 100;
    double top = round((y_mm * TL_PT_OF_MM + margin) * 100) / 100;
    for (size_t row = 0; row < q.width; row++) {
        for (size_t i = 0, n; i < q.width; i += n) {
            bool dark = tl_qr_dark(&q, i, row);
            for (n = 1; i + n < q.width && tl_qr_dark(&q, i + n, row) == dark; n++)
                ;
            if (dark)
                rect_pt(p, left + module * (double)i, top + module * (double)row,
                        module * (double)n, module, 0);
        }
    }
done:
    tl_qr_clear(&q);
    return st;
}

const tl_page_box *tl_page_boxes(const tl_page *p, size_t *n)
{
    *n = p->n_boxes;
    return p->boxes;
}

size_t tl_page_cut(const tl_page *p)
{
    return p->cut;
}

void tl_page_next(tl_page *p)
{
    if (p->form == TL_PAGE_PDF)
        cairo_show_page(p->cairo);
    else
        tl_page_fault(p, TL_EINPUT, "an SVG is a single sheet");
}

static void finish(tl_page *p)
{
    if (p->form == TL_PAGE_SVG) {
        tl_svg_close(&p->svg);
        return;
    }
    cairo_show_page(p->cairo);
    cairo_surface_finish(p->surface);
    cairo_status_t drawn = cairo_status(p->cairo), written = cairo_surface_status(p->surface);
    if (drawn == CAIRO_STATUS_NO_MEMORY || written == CAIRO_STATUS_NO_MEMORY)
        tl_page_fault(p, TL_ENOMEM, "out of memory");
    else if (!p->body.failed && (drawn || written))
        tl_page_fault(p, TL_EIO, cairo_status_to_string(drawn ? drawn : written));
}

tl_status tl_page_end(tl_page *p, tl_buf *out, tl_error *err)
{
    finish(p);
    if (p->fault.status != TL_OK)
        return tl_fail(err, p->fault.status, "%s", p->fault.text);
    tl_status st = tl_buf_status(&p->body, err);
    if (st != TL_OK)
        return st;
    if (p->beyond)
        return tl_fail(err, TL_ENUMERIC, "the drawing leaves its paper");
    tl_buf_add(out, p->body.data, p->body.len);
    return tl_buf_status(out, err);
}
