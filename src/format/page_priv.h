/* page_priv.h - how a page lies in memory. Inside, lengths are points. */
#ifndef TL_FORMAT_PAGE_PRIV_H
#define TL_FORMAT_PAGE_PRIV_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "format/page.h"
#include "format/svg.h"

#define TL_PT_OF_MM (72 / 25.4)

struct tl_page {
    tl_page_form form;
    double width, height; /* points */
    PangoContext *context;
    PangoLayout *layout; /* one for every text */
    PangoFontDescription *face;
    cairo_surface_t *surface; /* PDF only */
    cairo_t *cairo;
    tl_svg svg; /* SVG only; writes into body */
    tl_buf body;
    tl_buf text;        /* the text being set, cleaned */
    tl_page_box *boxes; /* owned; mm */
    size_t n_boxes, cap_boxes, cut;
    bool beyond;    /* something was drawn off the paper */
    tl_error fault; /* the first failure; status TL_OK = none */
};

/* Keeps the first failure. */
void tl_page_fault(tl_page *p, tl_status st, const char *text);

/* Notes whether a box, in points, leaves the paper. */
void tl_page_within(tl_page *p, double x, double y, double width, double height);

#endif
