/* chart_paper.c - letters, lines and shapes on the paper of a chart.
 *
 * No program that will show the drawing is at hand to measure text, so widths are estimated a
 * little too wide: a name is shortened too early rather than run into a bar. */
#include "report/chart_priv.h"

#include <string.h>

#include "base/text.h"

/* Width of one letter in parts of its size, by the wider of common sans-serif fonts. */
static double letter_width(const char *s, size_t n)
{
    char one[8] = { 0 };
    memcpy(one, s, n);
    if (n > 1 || (one[0] & 0x80))
        return tl_text_width(one) == 2 ? 1 : 0.62;
    if (strchr("ijl.,:;'|![]()/ -ftr", one[0]))
        return 0.36;
    if (strchr("mwMW@%", one[0]))
        return 0.9;
    return one[0] >= 'A' && one[0] <= 'Z' ? 0.68 : 0.57;
}

double tl_letters_width(const char *text, int size)
{
    size_t n = strlen(text), len;
    double width = 0;
    for (size_t i = 0; i < n; i += len) {
        tl_utf8_next(text + i, n - i, &len);
        width += letter_width(text + i, len);
    }
    return width * size;
}

void tl_paper_text(tl_paper *p, double x, double y, tl_letters look, const char *text)
{
    tl_svg_open(&p->svg, "text");
    tl_svg_number(&p->svg, "x", x);
    tl_svg_number(&p->svg, "y", y);
    tl_svg_number(&p->svg, "font-size", look.size);
    tl_svg_attr(&p->svg, "fill", look.colour);
    if (look.bold)
        tl_svg_attr(&p->svg, "font-weight", "bold");
    if (look.anchor != TL_ANCHOR_START)
        tl_svg_attr(&p->svg, "text-anchor", look.anchor == TL_ANCHOR_END ? "end" : "middle");
    tl_svg_text(&p->svg, text);
    tl_svg_close(&p->svg);
}

/* Bold letters are a little wider. */
static int size_for_width(tl_letters look)
{
    return look.bold ? look.size + 1 : look.size;
}

bool tl_paper_text_within(tl_paper *p, double x, double y, double width, tl_letters look,
                          const char *text)
{
    int size = size_for_width(look);
    if (tl_letters_width(text, size) <= width) {
        tl_paper_text(p, x, y, look, text);
        return false;
    }
    size_t n = strlen(text), len, i = 0;
    double used = size; /* the ellipsis */
    for (; i < n; i += len) {
        tl_utf8_next(text + i, n - i, &len);
        used += letter_width(text + i, len) * size;
        if (used > width)
            break;
    }
    while (i > 0 && text[i - 1] == ' ')
        i--;
    tl_buf cut;
    tl_buf_init(&cut, 0);
    tl_buf_add(&cut, text, i);
    tl_buf_str(&cut, "…");
    tl_paper_text(p, x, y, look, tl_buf_text(&cut));
    p->body.failed = p->body.failed || cut.failed;
    tl_buf_clear(&cut);
    return true;
}

const char *tl_paper_label(tl_paper *p, tl_label l)
{
    tl_buf_reset(&p->text);
    tl_label_add(&p->text, l, p->frame->zh);
    p->body.failed = p->body.failed || p->text.failed;
    return tl_buf_text(&p->text);
}

void tl_paper_rect(tl_paper *p, double x, double y, double width, double height, const char *colour)
{
    tl_svg_open(&p->svg, "rect");
    tl_svg_number(&p->svg, "x", x);
    tl_svg_number(&p->svg, "y", y);
    tl_svg_number(&p->svg, "width", width);
    tl_svg_number(&p->svg, "height", height);
    tl_svg_attr(&p->svg, "fill", colour);
    tl_svg_close(&p->svg);
}

void tl_paper_line(tl_paper *p, double x1, double y1, double x2, double y2, const char *colour,
                   const char *dashes)
{
    tl_svg_open(&p->svg, "line");
    tl_svg_number(&p->svg, "x1", x1);
    tl_svg_number(&p->svg, "y1", y1);
    tl_svg_number(&p->svg, "x2", x2);
    tl_svg_number(&p->svg, "y2", y2);
    tl_svg_attr(&p->svg, "stroke", colour);
    if (dashes)
        tl_svg_attr(&p->svg, "stroke-dasharray", dashes);
    tl_svg_close(&p->svg);
}

void tl_paper_pointer(tl_paper *p, double x, double y, bool down)
{
    char d[160];
    long tip_x = (long)(x * 10), tip_y = (long)(y * 10); /* whole tenths: no locale in printf */
    snprintf(d, sizeof d, "%ld,%ld %ld,%ld %ld,%ld", tip_x, tip_y, tip_x - (down ? 45 : 80),
             tip_y - (down ? 80 : 45), tip_x + (down ? 45 : -80), tip_y + (down ? -80 : 45));
    tl_svg_open(&p->svg, "polygon");
    tl_svg_attr(&p->svg, "points", d);
    tl_svg_attr(&p->svg, "transform", "scale(0.1)");
    tl_svg_attr(&p->svg, "fill", TL_ACCENT);
    tl_svg_close(&p->svg);
}
