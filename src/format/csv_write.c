/* csv_write.c - quoting only where it is needed. */
#include "format/csv_write.h"

#include <math.h>
#include <string.h>

tl_csv_writer tl_csv_write_start(tl_buf *out, const tl_csv_write_opts *opts)
{
    tl_csv_writer w = { .out = out, .opts = opts ? *opts : (tl_csv_write_opts){ 0 } };
    if (!w.opts.separator)
        w.opts.separator = ',';
    if (w.opts.mark)
        tl_buf_str(out, "\xEF\xBB\xBF");
    return w;
}

static void begin_cell(tl_csv_writer *w)
{
    if (w->cells++)
        tl_buf_char(w->out, w->opts.separator);
}

static bool formula(tl_span s)
{
    return s.n && memchr("=+-@\t\r", s.p[0], 6);
}

static bool needs_quotes(const tl_csv_writer *w, tl_span s)
{
    if (s.n == 0)
        return false;
    if (s.p[0] == ' ' || s.p[0] == '\t' || s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t')
        return true;
    return memchr(s.p, w->opts.separator, s.n) || memchr(s.p, '"', s.n) || memchr(s.p, '\n', s.n) ||
           memchr(s.p, '\r', s.n);
}

void tl_csv_write_span(tl_csv_writer *w, tl_span s)
{
    begin_cell(w);
    bool guard = w->opts.guard && formula(s);
    if (!needs_quotes(w, s)) {
        tl_buf_add(w->out, "'", guard);
        tl_buf_add(w->out, s.p, s.n);
        return;
    }
    tl_span piece;
    tl_buf_add(w->out, "\"'", guard ? 2 : 1);
    for (bool more = tl_span_split(&s, '"', &piece); more;) {
        tl_buf_add(w->out, piece.p, piece.n);
        more = tl_span_split(&s, '"', &piece);
        if (more)
            tl_buf_add(w->out, "\"\"", 2);
    }
    tl_buf_char(w->out, '"');
}

void tl_csv_write_text(tl_csv_writer *w, const char *text)
{
    tl_csv_write_span(w, tl_span_of(text ? text : ""));
}

void tl_csv_write_number(tl_csv_writer *w, double v)
{
    begin_cell(w);
    if (isfinite(v))
        tl_buf_number(w->out, v);
}

void tl_csv_write_int(tl_csv_writer *w, int64_t v)
{
    begin_cell(w);
    tl_buf_printf(w->out, "%lld", (long long)v);
}

void tl_csv_write_end(tl_csv_writer *w)
{
    tl_buf_str(w->out, w->opts.crlf ? "\r\n" : "\n");
    w->cells = 0;
}
