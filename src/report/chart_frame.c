/* chart_frame.c - what is around every chart: title, what is measured, source, root element. */
#include <string.h>

#include "base/text.h"
#include "report/chart_priv.h"

/* Chinese type does not begin a line with these (GB/T 15834-2011, 5.1.3). */
static bool may_begin_line(uint32_t c)
{
    static const uint32_t never[] = { 0xFF0C, 0x3002, 0x3001, 0xFF1B, 0xFF1A, 0xFF01, 0xFF1F,
                                      0xFF09, 0x300B, 0x201D, 0xFF05, 0x300D, 0x3011 };
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (never[i] == c)
            return false;
    return true;
}

/* Bytes of text that fit into a line: up to the last blank, or between two Chinese letters. At
 * least one letter. */
static size_t line_length(const char *text, double width, int size)
{
    size_t n = strlen(text), len, fits = 0, i = 0;
    char part[8];
    double used = 0;
    for (bool wide_before = false; i < n; i += len) {
        uint32_t c = tl_utf8_next(text + i, n - i, &len);
        memcpy(part, text + i, len);
        part[len] = '\0';
        bool wide = tl_text_width(part) == 2;
        if (i && (c == ' ' || ((wide || wide_before) && may_begin_line(c))))
            fits = i;
        used += tl_letters_width(part, size);
        if (used > width && i)
            return fits ? fits : i;
        wide_before = wide;
    }
    return n;
}

/* Text in up to `most` lines, the last one shortened; p->y ends below them. */
static void put_lines(tl_paper *p, const char *text, tl_letters look, int most)
{
    const double width = TL_PAPER_RIGHT - TL_PAPER_MARGIN, height = look.size * 1.35;
    int size = look.bold ? look.size + 1 : look.size;
    tl_buf line;
    tl_buf_init(&line, 0);
    for (int i = 0; *text && i < most; i++) {
        size_t n = i + 1 < most ? line_length(text, width, size) : strlen(text);
        tl_buf_reset(&line);
        tl_buf_add(&line, text, n);
        p->y += height;
        tl_paper_text_within(p, TL_PAPER_MARGIN, p->y, width, look, tl_buf_text(&line));
        for (text += n; *text == ' ';)
            text++;
    }
    p->body.failed = p->body.failed || line.failed;
    tl_buf_clear(&line);
}

void tl_paper_begin(tl_paper *p, const tl_chart_frame *frame)
{
    *p = (tl_paper){ .frame = frame };
    tl_buf_init(&p->body, 0);
    tl_buf_init(&p->desc, 0);
    tl_buf_init(&p->text, 0);
    p->svg = tl_svg_start(&p->body);
    p->y = 8;
    const tl_letters title = { TL_LETTER_TITLE, TL_INK, true, TL_ANCHOR_START };
    const tl_letters axis = { TL_LETTER, TL_GREY_TEXT, false, TL_ANCHOR_START };
    put_lines(p, tl_paper_label(p, frame->title), title, 4);
    put_lines(p, tl_paper_label(p, frame->axis), axis, 2);
    p->y += 14;
}

void tl_paper_nothing(tl_paper *p)
{
    const tl_letters look = { TL_LETTER, TL_GREY_TEXT, false, TL_ANCHOR_MIDDLE };
    p->y += 40;
    tl_paper_text(p, TL_PAPER_WIDTH / 2.0, p->y, look, p->frame->zh ? "没有数据" : "No data");
    p->y += 28;
    tl_buf_str(&p->desc, p->frame->zh ? "没有数据。" : "No data.");
}

void tl_paper_drop(tl_paper *p)
{
    tl_buf_clear(&p->body);
    tl_buf_clear(&p->desc);
    tl_buf_clear(&p->text);
}

static void put_root(tl_paper *p, tl_svg *root)
{
    char box[64];
    snprintf(box, sizeof box, "0 0 %d %d", TL_PAPER_WIDTH, (int)p->y);
    tl_svg_open(root, "svg");
    tl_svg_attr(root, "xmlns", "http://www.w3.org/2000/svg");
    tl_svg_attr(root, "version", "1.1");
    tl_svg_attr(root, "viewBox", box);
    tl_svg_attr(root, "role", "img");
    tl_svg_attr(root, "xml:lang", p->frame->zh ? "zh-Hans" : "en");
    tl_svg_attr(root, "font-family", "'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif");
    tl_svg_leaf(root, "title", tl_paper_label(p, p->frame->title));
    tl_buf_str(&p->desc, p->frame->zh || p->desc.len == 0 ? "" : " ");
    tl_label_add(&p->desc, p->frame->axis, p->frame->zh);
    tl_buf_str(&p->desc, p->frame->zh ? "。" : ". ");
    tl_label_add(&p->desc, p->frame->source, p->frame->zh);
    tl_svg_leaf(root, "desc", tl_buf_text(&p->desc));
}

tl_status tl_paper_end(tl_paper *p, tl_buf *out, tl_error *err)
{
    const tl_letters small = { TL_LETTER_SMALL, TL_GREY_TEXT, false, TL_ANCHOR_START };
    p->y += 8;
    put_lines(p, tl_paper_label(p, p->frame->source), small, 3);
    p->y += 16;
    tl_svg root = tl_svg_start(out);
    put_root(p, &root);
    tl_svg_open(&root, "rect");
    tl_svg_attr(&root, "width", "100%");
    tl_svg_attr(&root, "height", "100%");
    tl_svg_attr(&root, "fill", TL_PAPER);
    tl_svg_close(&root);
    tl_svg_insert(&root, &p->body);
    tl_svg_close(&root);
    out->failed = out->failed || p->desc.failed || p->text.failed;
    tl_paper_drop(p);
    return tl_buf_status(out, err);
}
