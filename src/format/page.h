/* page.h - one sheet of paper: text, lines, rectangles and QR codes, out as PDF or as SVG.
 *
 * Lengths are millimetres from the upper left corner, letters are measured in points. Pango
 * measures and breaks the text for both forms: a PDF holds the letters it used, an SVG every line
 * where Pango put it, told how wide it came out, so that a viewer with other letters keeps within
 * the paper too. The same calls with the same fonts give the same bytes: no clock, no chance. A
 * page stays with the thread that made it: Pango keeps its list of fonts by thread.
 *
 * The first failure sticks, later calls do nothing, and tl_page_end tells. */
#ifndef TL_FORMAT_PAGE_H
#define TL_FORMAT_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

typedef struct tl_page tl_page;

typedef enum tl_page_form { TL_PAGE_PDF, TL_PAGE_SVG } tl_page_form;

typedef struct tl_page_setup {
    tl_page_form form;
    double width_mm, height_mm;     /* up to 2000 */
    const char *title, *about, *by; /* name, one sentence, author; NULL = none */
    const char *day;                /* YYYY-MM-DD, written as the day of making; needed */
    bool zh;                        /* the language: rules for breaking lines, forms of letters */
} tl_page_setup;

typedef struct tl_page_box {
    double x, y, width, height; /* mm */
} tl_page_box;

typedef enum tl_page_align { TL_PAGE_LEFT, TL_PAGE_CENTRE, TL_PAGE_RIGHT } tl_page_align;

/* How text is set. */
typedef struct tl_page_type {
    double size_pt;
    double least_pt; /* shrunk down to this to fit its box; 0 = never shrunk */
    uint32_t colour; /* 0xRRGGBB */
    bool bold;
    tl_page_align align;
} tl_page_type;

/* TL_EINPUT for a size or day that is none; TL_EIO where no font with Chinese letters is installed:
 * empty boxes instead of a name would be a wrong label. */
TL_MUST_CHECK tl_status tl_page_new(tl_page **out, const tl_page_setup *setup, tl_error *err);
void tl_page_free(tl_page *p);

/* Height of text in lines of at most width_mm, at size_pt. */
double tl_page_text_height(tl_page *p, const char *text, double width_mm, const tl_page_type *type);

/* Puts text into box, from its top: in the largest of the sizes at which it fits; what does not fit
 * at the smallest ends in an ellipsis. The first line is drawn even where the box is too low.
 * Control characters become blanks, runs of blanks one. Returns the box the lines take. */
tl_page_box tl_page_text(tl_page *p, tl_page_box box, const tl_page_type *type, const char *text);

void tl_page_rect(tl_page *p, tl_page_box box, uint32_t colour);
void tl_page_line(tl_page *p, double x1, double y1, double x2, double y2, double width_mm,
                  uint32_t colour);

/* A QR code with its quiet zone, in the middle of a white square; TL_EINPUT as tl_qr_make, or where
 * a module would be smaller than 0.35 mm, which a telephone no longer reads from paper. */
TL_MUST_CHECK tl_status tl_page_qr(tl_page *p, double x, double y, double size_mm, const char *text,
                                   tl_error *err);

/* The boxes of the texts drawn so far, in their order; borrowed until the next call. */
const tl_page_box *tl_page_boxes(const tl_page *p, size_t *n);

/* Texts that were cut so far. */
size_t tl_page_cut(const tl_page *p);

/* Begins a further sheet of the same size; a PDF alone has several, an SVG fails with TL_EINPUT at
 * the end. */
void tl_page_next(tl_page *p);

/* Ends the page and appends it to out. TL_ENUMERIC where something was drawn beyond the paper (a
 * slip of the caller's layout): nothing is appended then. The page can only be freed afterwards. */
TL_MUST_CHECK tl_status tl_page_end(tl_page *p, tl_buf *out, tl_error *err);

#endif
