/* svg.c - nothing is kept but the names of open elements. */
#include "format/svg.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "format/clean.h"

tl_svg tl_svg_start(tl_buf *out)
{
    return (tl_svg){ .out = out };
}

static void end_tag(tl_svg *s)
{
    if (s->in_tag)
        tl_buf_char(s->out, '>');
    s->in_tag = false;
}

void tl_svg_open(tl_svg *s, const char *name)
{
    assert(s->depth < TL_SVG_DEPTH && "nested too deep");
    end_tag(s);
    tl_buf_char(s->out, '<');
    tl_buf_str(s->out, name);
    s->open[s->depth++] = name;
    s->in_tag = true;
}

void tl_svg_close(tl_svg *s)
{
    assert(s->depth > 0 && "nothing is open");
    const char *name = s->open[--s->depth];
    if (s->in_tag) {
        tl_buf_str(s->out, "/>\n");
    } else {
        tl_buf_str(s->out, "</");
        tl_buf_str(s->out, name);
        tl_buf_str(s->out, ">\n");
    }
    s->in_tag = false;
}

/* Cleaned first: what remains to be done is bytes below 0x80, which are never part of a longer
 * UTF-8 sequence. */
static void put_escaped(tl_buf *out, const char *text)
{
    tl_buf clean;
    tl_buf_init(&clean, 0);
    tl_clean_text(&clean, text, false);
    for (const char *p = tl_buf_text(&clean); *p;) {
        size_t n = strcspn(p, "&<>\"");
        tl_buf_add(out, p, n);
        p += n;
        if (*p)
            tl_buf_str(out, *p == '&'   ? "&amp;"
                            : *p == '<' ? "&lt;"
                            : *p == '>' ? "&gt;"
                                        : "&quot;");
        p += *p != '\0';
    }
    out->failed = out->failed || clean.failed;
    tl_buf_clear(&clean);
}

void tl_svg_attr(tl_svg *s, const char *name, const char *value)
{
    assert(s->in_tag && "attributes come right after the element is opened");
    tl_buf_char(s->out, ' ');
    tl_buf_str(s->out, name);
    tl_buf_str(s->out, "=\"");
    put_escaped(s->out, value);
    tl_buf_char(s->out, '"');
}

void tl_svg_number(tl_svg *s, const char *name, double v)
{
    char text[TL_NUMBER_MAX + 320];
    assert(isfinite(v));
    size_t n = tl_number_format_fixed(v, 2, text);
    while (text[n - 1] == '0')
        n--;
    if (text[n - 1] == '.')
        n--;
    text[n] = '\0';
    tl_svg_attr(s, name, text);
}

void tl_svg_text(tl_svg *s, const char *text)
{
    end_tag(s);
    put_escaped(s->out, text);
}

void tl_svg_leaf(tl_svg *s, const char *name, const char *text)
{
    tl_svg_open(s, name);
    tl_svg_text(s, text);
    tl_svg_close(s);
}

void tl_svg_insert(tl_svg *s, const tl_buf *done)
{
    end_tag(s);
    s->out->failed = s->out->failed || done->failed;
    tl_buf_add(s->out, tl_buf_text(done), done->len);
}
