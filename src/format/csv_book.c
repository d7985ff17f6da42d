/* csv_book.c - the first visible sheet that has the wanted columns, row by row as records.
 *
 * The header need not be the first row: a form has titles above it. Columns without a name are not
 * read. A cell that has no value (#N/A) spoils its row only where somebody asked for its column. */
#include "format/csv_book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/memory.h"

enum { HEADER_ROWS = 20 };

struct tl_csv_book {
    tl_xlsx_book *xlsx; /* owned */
    tl_xlsx_rows *rows; /* owned; NULL: to be opened again */
    size_t sheet, header_row;
    int *column_at;   /* owned; place in the sheet -> column, -1 */
    size_t *place_of; /* owned; column -> place in the sheet */
    bool *asked;      /* owned; of each column */
    size_t places;
};

void tl_csv_book_close(tl_csv_book *b)
{
    if (!b)
        return;
    tl_xlsx_rows_close(b->rows);
    tl_xlsx_book_close(b->xlsx);
    free(b->column_at);
    free(b->place_of);
    free(b->asked);
    free(b);
}

void tl_csv_book_asked(const tl_csv_book *b, size_t column)
{
    b->asked[column] = true;
}

tl_status tl_csv_book_fail(const tl_csv *csv, size_t column, const char *text, tl_error *err)
{
    char cell[TL_XLSX_CELL_NAME];
    const tl_csv_book *b = csv->book;
    tl_xlsx_cell_name(csv->row, b->place_of[column], cell);
    return tl_fail(err, TL_EINPUT, "%s:%zu: column '%.100s' (cell %s of '%.100s'): %s", csv->name,
                   csv->row, tl_csv_column_name(csv, column), cell,
                   tl_xlsx_book_sheet(b->xlsx, b->sheet).name, text);
}

static bool has_name(const tl_xlsx_cell *cells, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (!cells[i].fault && tl_span_is(tl_span_trim(cells[i].text), name))
            return true;
    return false;
}

static bool has_wanted(const tl_xlsx_rows *rows, const tl_csv_opts *opts)
{
    size_t n;
    const tl_xlsx_cell *cells = tl_xlsx_rows_cells(rows, &n);
    for (size_t i = 0; i < opts->n_wanted; i++)
        if (!has_name(cells, n, opts->wanted[i]))
            return false;
    return true;
}

/* Looks for the header in the first rows of a sheet; leaves the rows behind it if found. */
static tl_status look_in(tl_csv_book *b, size_t sheet, const tl_csv_opts *opts, bool *found,
                         tl_error *err)
{
    bool more = true;
    *found = false;
    tl_status st = tl_xlsx_rows_open(&b->rows, b->xlsx, sheet, err);
    for (int i = 0; st == TL_OK && more && !*found && i < HEADER_ROWS; i++) {
        st = tl_xlsx_rows_next(b->rows, &more, err);
        *found = st == TL_OK && more && has_wanted(b->rows, opts);
    }
    if (*found) {
        b->sheet = sheet;
        b->header_row = tl_xlsx_rows_number(b->rows);
    } else {
        tl_xlsx_rows_close(b->rows);
        b->rows = NULL;
    }
    return st;
}

static tl_status tell_missing(const tl_csv *csv, const tl_csv_opts *opts, tl_error *err)
{
    tl_buf b;
    const tl_xlsx_book *x = csv->book->xlsx;
    tl_buf_init(&b, 400);
    for (size_t i = 0; i < opts->n_wanted; i++)
        tl_buf_printf(&b, "%s'%s'", i ? ", " : "", opts->wanted[i]);
    tl_buf_str(&b, "; its sheets are ");
    for (size_t i = 0; i < tl_xlsx_book_sheets(x); i++)
        tl_buf_printf(&b, "%s'%.60s'%s", i ? ", " : "", tl_xlsx_book_sheet(x, i).name,
                      tl_xlsx_book_sheet(x, i).hidden ? " (hidden)" : "");
    tl_status st = tl_fail(err, TL_EINPUT,
                           "%s: no visible sheet has one of its first %d rows with the columns "
                           "%s%s",
                           csv->name, (int)HEADER_ROWS, tl_buf_text(&b), b.failed ? " ..." : "");
    tl_buf_clear(&b);
    return st;
}

static tl_status find_header(tl_csv *csv, const tl_csv_opts *opts, tl_error *err)
{
    tl_csv_book *b = csv->book;
    bool found = false;
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && !found && i < tl_xlsx_book_sheets(b->xlsx); i++) {
        tl_xlsx_sheet_info sheet = tl_xlsx_book_sheet(b->xlsx, i);
        if (opts->sheet ? strcmp(sheet.name, opts->sheet) == 0 : !sheet.hidden)
            st = look_in(b, i, opts, &found, err);
    }
    if (st == TL_OK && !found && opts->sheet)
        return tl_fail(err, TL_EINPUT, "%s: no sheet '%.60s' with the columns looked for",
                       csv->name, opts->sheet);
    return st == TL_OK && !found ? tell_missing(csv, opts, err) : st;
}

/* Names the columns after the cells of the header. */
static tl_status take_names(tl_csv *csv, tl_error *err)
{
    tl_csv_book *b = csv->book;
    size_t n;
    const tl_xlsx_cell *cells = tl_xlsx_rows_cells(b->rows, &n);
    b->places = n ? cells[n - 1].column + 1 : 0;
    b->column_at = tl_new_array(b->places, sizeof *b->column_at);
    b->place_of = tl_new_array(n, sizeof *b->place_of);
    b->asked = tl_new_array(n, sizeof *b->asked);
    csv->cells = tl_new_array(n, sizeof *csv->cells);
    if (!b->column_at || !b->place_of || !b->asked || !csv->cells)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < b->places; i++)
        b->column_at[i] = -1;
    csv->row = b->header_row;
    for (size_t i = 0; i < n; i++) {
        tl_span name = tl_span_trim(cells[i].text);
        size_t column = tl_map_size(csv->names);
        bool there = false;
        if (name.n == 0 || cells[i].fault)
            continue;
        tl_status st = tl_map_add(csv->names, name, column, NULL, &there, err);
        if (st != TL_OK)
            return st;
        if (there)
            return tl_fail(err, TL_EINPUT,
                           "%s:%zu: column name '" TL_SPAN_FMT "' occurs twice in the header",
                           csv->name, csv->row, TL_SPAN_ARG(name));
        b->column_at[cells[i].column] = (int)column;
        b->place_of[column] = cells[i].column;
    }
    csv->cell_cap = tl_map_size(csv->names);
    return TL_OK;
}

tl_status tl_csv_book_open(tl_csv *csv, const tl_csv_opts *opts, tl_error *err)
{
    if (!(csv->book = tl_new_array(1, sizeof *csv->book)))
        return tl_fail_nomem(err);
    csv->decimal = '.';
    csv->quoted = true; /* cannot be cut into parts */
    tl_status st = tl_xlsx_book_open(&csv->book->xlsx, csv->name, csv->scan.data, csv->scan.n, err);
    if (st == TL_OK)
        st = find_header(csv, opts, err);
    return st == TL_OK ? take_names(csv, err) : st;
}

void tl_csv_book_rewind(tl_csv *csv)
{
    tl_xlsx_rows_close(csv->book->rows);
    csv->book->rows = NULL;
}

static tl_status open_again(tl_csv_book *b, tl_error *err)
{
    bool more = true;
    tl_status st = tl_xlsx_rows_open(&b->rows, b->xlsx, b->sheet, err);
    while (st == TL_OK && more && tl_xlsx_rows_number(b->rows) < b->header_row)
        st = tl_xlsx_rows_next(b->rows, &more, err);
    return st;
}

/* Puts the cells of the row to their columns; true if one of them says something. */
static bool place_cells(tl_csv *csv, const tl_xlsx_cell **fault)
{
    const tl_csv_book *b = csv->book;
    size_t n;
    bool any = false;
    const tl_xlsx_cell *cells = tl_xlsx_rows_cells(b->rows, &n);
    *fault = NULL;
    for (size_t i = 0; i < csv->cell_cap; i++)
        csv->cells[i] = (struct tl_csv_cell){ { "", 0 }, false };
    for (size_t i = 0; i < n; i++) {
        int column = cells[i].column < b->places ? b->column_at[cells[i].column] : -1;
        if (column < 0)
            continue;
        any = any || cells[i].fault || tl_span_trim(cells[i].text).n;
        csv->cells[column].text = cells[i].text;
        if (cells[i].fault && b->asked[column] && !*fault)
            *fault = &cells[i];
    }
    return any;
}

tl_status tl_csv_book_take(tl_csv *csv, bool *more, tl_error *err)
{
    tl_csv_book *b = csv->book;
    const tl_xlsx_cell *fault = NULL;
    tl_status st = b->rows ? TL_OK : open_again(b, err);
    csv->found = 0;
    do {
        *more = true;
        if (st == TL_OK)
            st = tl_xlsx_rows_next(b->rows, more, err);
        if (st == TL_EINPUT && err)
            err->status = TL_EIO;
        if (st != TL_OK)
            return st == TL_EINPUT ? TL_EIO : st;
    } while (*more && !place_cells(csv, &fault));
    if (!*more)
        return TL_OK;
    csv->row = tl_xlsx_rows_number(b->rows);
    csv->line = csv->row + 1;
    csv->found = csv->cell_cap;
    if (!fault)
        return TL_OK;
    int column = b->column_at[fault->column];
    if (fault->text.n == 0)
        return tl_csv_fail(csv, column, err, "%s", fault->fault);
    return tl_csv_fail(csv, column, err, "'" TL_SPAN_FMT "' %s", TL_SPAN_ARG(fault->text),
                       fault->fault);
}
