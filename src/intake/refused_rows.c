/* refused_rows.c - the file is read once more, and its refused rows copied. */
#include "intake/refused_rows.h"

#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "format/csv.h"
#include "format/json.h"
#include "format/message.h"
#include "format/xlsx_write.h"
#include "intake/refused_cut.h"

struct copying {
    tl_csv *in;
    tl_xlsx *out;
    const tl_refused_source *source;
    bool zh;
    size_t row; /* next row of the workbook */
    tl_buf text;
};

/* A number as a number, so that sums in the sheet still work; everything else as text. */
static void put_cell(struct copying *w, size_t column, tl_span cell, tl_xlsx_style style)
{
    double v;
    tl_buf_reset(&w->text);
    bool number = tl_number_scan(cell.p, cell.n, '.', &v) == TL_NUMBER_OK;
    if (number)
        tl_buf_number(&w->text, v);
    if (number && w->text.len == cell.n && memcmp(w->text.data, cell.p, cell.n) == 0) {
        tl_xlsx_number_styled(w->out, w->row, column, v, style);
        return;
    }
    tl_buf_reset(&w->text);
    tl_buf_add(&w->text, cell.p, cell.n);
    tl_xlsx_text(w->out, w->row, column, tl_buf_text(&w->text), style);
}

static void say(tl_buf *out, tl_span text, bool zh)
{
    if (zh)
        tl_message_zh(out, text);
    else
        tl_buf_add(out, text.p, text.n);
}

/* Adds one reason to the verdict, and marks the cell it speaks of. */
static void add_reason(struct copying *w, const tl_row_refusal *refusal, bool cells,
                       tl_buf *verdict)
{
    tl_span column, text;
    size_t columns = tl_csv_columns(w->in), at = columns;
    tl_refused_cut(refusal->reason, w->source->path, refusal->row, &column, &text);
    for (size_t i = 0; i < columns; i++)
        if (column.n && tl_span_is(column, tl_csv_column_name(w->in, i)))
            at = i;
    if (at < columns) {
        put_cell(w, at, cells ? tl_csv_cell(w->in, (int)at) : (tl_span){ "", 0 }, TL_XLSX_FAULT);
        tl_buf_reset(&w->text);
        say(&w->text, text, w->zh);
        tl_xlsx_comment(w->out, w->row, at, tl_buf_text(&w->text));
    }
    if (column.n)
        tl_buf_printf(verdict, w->zh ? "，“" TL_SPAN_FMT "”列" : ", column '" TL_SPAN_FMT "'",
                      TL_SPAN_ARG(column));
    tl_buf_str(verdict, w->zh ? "：" : ": ");
    say(verdict, text, w->zh);
}

/* A row with all that is wrong with it; returns how many refusals that took. */
static size_t put_row(struct copying *w, const tl_row_refusal *refusals, size_t n, bool cells)
{
    size_t columns = tl_csv_columns(w->in), k = 0;
    tl_buf verdict;
    tl_buf_init(&verdict, 0);
    for (size_t i = 0; cells && i < columns; i++)
        put_cell(w, i, tl_csv_cell(w->in, (int)i), TL_XLSX_PLAIN);
    tl_buf_printf(&verdict, w->zh ? "第 %zu 行" : "row %zu", refusals[0].row);
    for (; k < n && refusals[k].row == refusals[0].row; k++)
        add_reason(w, &refusals[k], cells, &verdict);
    tl_xlsx_text(w->out, w->row++, columns, tl_buf_text(&verdict), TL_XLSX_FAULT);
    w->text.failed = w->text.failed || verdict.failed;
    tl_buf_clear(&verdict);
    return k;
}

static void put_header(struct copying *w)
{
    size_t columns = tl_csv_columns(w->in);
    for (size_t i = 0; i < columns; i++) {
        tl_xlsx_text(w->out, 0, i, tl_csv_column_name(w->in, i), TL_XLSX_HEADING);
        tl_xlsx_width(w->out, i, 16);
    }
    tl_xlsx_text(w->out, 0, columns, "verdict", TL_XLSX_HEADING);
    tl_xlsx_width(w->out, columns, 60);
    tl_xlsx_freeze(w->out, 1, 1);
    w->row = 1;
}

/* The refused rows in their order. */
static tl_status copy_rows(struct copying *w, const tl_row_refusal *refusals, size_t n,
                           tl_error *err)
{
    bool more = true;
    size_t next = 0;
    while (next < n && more) {
        tl_error why = { 0 };
        tl_status got = tl_csv_next(w->in, &more, &why);
        if (got != TL_OK && got != TL_EINPUT)
            return tl_fail(err, got, "%s", why.text);
        size_t row = tl_csv_row(w->in);
        while (next < n && (!more || refusals[next].row <= row))
            next += put_row(w, refusals + next, n - next,
                            more && got == TL_OK && refusals[next].row == row);
    }
    return TL_OK;
}

static tl_status fill(struct copying *w, const tl_row_refusal *refusals, size_t n, tl_error *err)
{
    tl_status st = tl_xlsx_sheet(w->out, w->zh ? "退回的行" : "Refused rows", err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&w->text, 0);
    put_header(w);
    st = copy_rows(w, refusals, n, err);
    if (st == TL_OK)
        st = tl_buf_status(&w->text, err);
    tl_buf_clear(&w->text);
    return st;
}

tl_status tl_refused_rows_save(const char *path, const tl_refused_source *source,
                               const tl_row_refusal *refusals, size_t n, bool zh, tl_error *err)
{
    struct copying w = { .source = source, .zh = zh };
    const tl_csv_opts opts = { .workbook = true,
                               .wanted = source->wanted,
                               .n_wanted = source->n_wanted };
    tl_status st = tl_csv_open(&w.in, source->path, &opts, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_xlsx_open(&w.out, path, err)) == TL_OK) {
        st = fill(&w, refusals, n, err);
        if (st == TL_OK)
            st = tl_xlsx_close(w.out, err);
        else
            tl_xlsx_abandon(w.out);
    }
    tl_csv_close(w.in);
    return st;
}
