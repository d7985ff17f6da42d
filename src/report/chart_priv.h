/* chart_priv.h - the sheet of paper that all charts are drawn on.
 *
 * A chart is 480 units wide whatever its subject: shown 360 pixels wide its letters are 9 to 13
 * pixels high, at 1,200 they are 30 to 45. Its height follows from what is on it. The body is
 * written first; the root element, which needs the height, comes around it at the end. */
#ifndef TL_REPORT_CHART_PRIV_H
#define TL_REPORT_CHART_PRIV_H

#include "base/number.h"
#include "format/svg.h"
#include "report/chart.h"

/* Units of the drawing: multiples of 4 where they are spaces. */
enum {
    TL_PAPER_WIDTH = 480,
    TL_PAPER_MARGIN = 16,
    TL_PAPER_RIGHT = TL_PAPER_WIDTH - TL_PAPER_MARGIN,
    TL_LETTER = 14, /* names and values */
    TL_LETTER_SMALL = 12,
    TL_LETTER_TITLE = 18
};

#define TL_INK "#16202a"
#define TL_PAPER "#fbfbf9"
#define TL_ACCENT "#0b6e69"
#define TL_GREY_TEXT "#56626c" /* 6.1 : 1 on paper */
#define TL_GREY_MARK "#7d8a93" /* 3.5 : 1: bars that are not the one to look at */
#define TL_GREY_LINE "#d9dcdc"
#define TL_ACCENT_PALE "#e3efed" /* behind the marked row */

typedef enum tl_anchor { TL_ANCHOR_START, TL_ANCHOR_MIDDLE, TL_ANCHOR_END } tl_anchor;

/* How a line of text looks. */
typedef struct tl_letters {
    int size;
    const char *colour;
    bool bold;
    tl_anchor anchor;
} tl_letters;

typedef struct tl_paper {
    const tl_chart_frame *frame;
    tl_buf body, desc, text; /* text: of one piece */
    tl_svg svg;              /* writes the body */
    double y;                /* below all that is drawn so far */
} tl_paper;

/* Begins a chart with its title and what is measured. */
void tl_paper_begin(tl_paper *p, const tl_chart_frame *frame);

/* Adds the source, wraps all into the root element and appends it to out. Releases p. */
TL_MUST_CHECK tl_status tl_paper_end(tl_paper *p, tl_buf *out, tl_error *err);

/* Releases p without a drawing. */
void tl_paper_drop(tl_paper *p);

/* About how wide a text is in units: a Chinese letter is as wide as high, others a bit over half.
 */
double tl_letters_width(const char *text, int size);

/* One line of text with its baseline at y. */
void tl_paper_text(tl_paper *p, double x, double y, tl_letters look, const char *text);

/* The same, shortened with an ellipsis to fit into `width`; true if it was. */
bool tl_paper_text_within(tl_paper *p, double x, double y, double width, tl_letters look,
                          const char *text);

/* The label in the language of the chart, borrowed until the next one. */
const char *tl_paper_label(tl_paper *p, tl_label l);

void tl_paper_rect(tl_paper *p, double x, double y, double width, double height,
                   const char *colour);

/* dashes may be NULL. */
void tl_paper_line(tl_paper *p, double x1, double y1, double x2, double y2, const char *colour,
                   const char *dashes);

/* A small triangle with its tip at x, y, pointing to the right or down. */
void tl_paper_pointer(tl_paper *p, double x, double y, bool down);

/* "No data" where a chart has nothing to show. */
void tl_paper_nothing(tl_paper *p);

/* An axis from low to high with round steps. */
typedef struct tl_axis {
    double low, high, step;
    double from, to; /* units of the drawing for low and high */
} tl_axis;

/* Steps are 1, 2 or 5 times a power of ten, whole numbers where `whole`, about `steps` of them. A
 * range of nothing is widened. */
tl_axis tl_axis_make(double low, double high, int steps, bool whole);
double tl_axis_at(const tl_axis *a, double v);

/* The multiples of the step on the axis: how many, and the i-th. */
size_t tl_axis_ticks(const tl_axis *a);
double tl_axis_tick(const tl_axis *a, size_t i);

/* Writes v with the decimals that the step has, and `more`. */
void tl_axis_number(const tl_axis *a, double v, int more, char out[TL_NUMBER_MAX + 320]);

/* The numbers of the steps of a level axis around y, those left out that would touch another. */
void tl_paper_tick_numbers(tl_paper *p, const tl_axis *a, double y);

/* Thin lines from top to bottom at the steps of a level axis, with their numbers below. */
void tl_paper_level_axis(tl_paper *p, const tl_axis *a, double top, double bottom);

/* The largest number a chart takes: beyond it numbers no longer fit beside bars. */
#define TL_CHART_MOST 1e12

/* TL_EINPUT naming the row unless v is finite and within plus or minus TL_CHART_MOST. */
TL_MUST_CHECK tl_status tl_chart_check(double v, tl_label name, tl_error *err);

/* Row-wise charts: names left, drawing in the middle, values right. */
typedef struct tl_chart_rows {
    double name_width, x; /* of the names; where the drawing begins */
    double top;           /* of the first row */
} tl_chart_rows;

enum { TL_ROW = 22, TL_POINTER = 12 };

/* Room for the names: as much as they need, at most a third of the paper. */
void tl_rows_name(tl_paper *p, tl_chart_rows *rows, tl_label name, bool bold);

/* Opens the group of row i with name and tooltip ("name: value"), ground and pointer for a marked
 * one; the caller draws and closes the group. Returns the middle of the row. */
double tl_rows_open(tl_paper *p, const tl_chart_rows *rows, size_t i, tl_label name,
                    const char *value, bool marked);

#endif
