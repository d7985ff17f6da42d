/* xlsx_read.h - workbooks in (ECMA-376 part 1, SpreadsheetML), row by row as text.
 *
 * What a cell says becomes text: text as it is; a number in the 15 significant digits that Excel
 * keeps and shows, shortest form (libxlsxwriter writes 73.1 as 73.09999999999999, Excel shows 73.1,
 * and so do we), whole numbers below 2^53 exactly; a number shown as a date "2026-11-30", with a
 * time of day "2026-11-30 13:30:00", a bare time "13:30:00"; truth "true" or "false"; a formula its
 * stored result. An error (#N/A), a formula without a result and a date that is none are faults of
 * the cell.
 *
 * A workbook is hostile input: no DTD, no entities, parts are found by the relations inside and
 * never become names of files, archives inside are not opened, and what is inflated, kept or
 * counted has a limit. One thread at a time for a book and its rows. */
#ifndef TL_FORMAT_XLSX_READ_H
#define TL_FORMAT_XLSX_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

enum {
    TL_XLSX_SHEETS_MAX = 1000,
    TL_XLSX_ROWS_MAX = 1048576, /* of a sheet, as Excel */
    TL_XLSX_COLUMNS_MAX = 16384,
    TL_XLSX_STRINGS_MAX = 4000000, /* different texts of a book */
    TL_XLSX_CELL_NAME = 16         /* "XFD1048576" and the NUL */
};
#define TL_XLSX_INFLATED_MAX ((size_t)2 << 30) /* bytes of all parts read */
#define TL_XLSX_STRINGS_BYTES ((size_t)512 << 20)
#define TL_XLSX_ROW_BYTES ((size_t)8 << 20)

typedef struct tl_xlsx_book tl_xlsx_book;

/* True for a zip archive, an old workbook or one with a password: what tl_xlsx_book_open either
 * reads or says what to do about. */
bool tl_xlsx_looks(const char *data, size_t n);

/* Opens the workbook in n bytes at data, borrowed until close; name stands for the file in
 * messages. TL_EINPUT for what is none, an .xls or .xlsb or .ods file, one with a password. */
TL_MUST_CHECK tl_status tl_xlsx_book_open(tl_xlsx_book **out, const char *name, const char *data,
                                          size_t n, tl_error *err);
void tl_xlsx_book_close(tl_xlsx_book *b);

typedef struct tl_xlsx_sheet_info {
    const char *name; /* borrowed until close */
    bool hidden;
} tl_xlsx_sheet_info;

size_t tl_xlsx_book_sheets(const tl_xlsx_book *b);
tl_xlsx_sheet_info tl_xlsx_book_sheet(const tl_xlsx_book *b, size_t sheet); /* in book order */
const char *tl_xlsx_book_name(const tl_xlsx_book *b);

typedef struct tl_xlsx_cell {
    size_t column;     /* from 0 */
    tl_span text;      /* UTF-8; of a fault what stands there, "#N/A" */
    const char *fault; /* why it has no value, in words; NULL for a sound cell */
} tl_xlsx_cell;

/* The rows of one sheet that have something in them, in their order. */
typedef struct tl_xlsx_rows tl_xlsx_rows;

/* Closed before the book. */
TL_MUST_CHECK tl_status tl_xlsx_rows_open(tl_xlsx_rows **out, tl_xlsx_book *b, size_t sheet,
                                          tl_error *err);
void tl_xlsx_rows_close(tl_xlsx_rows *r);

/* Moves to the next row with a cell that is not empty; *more is false at the end. A failure is
 * final. */
TL_MUST_CHECK tl_status tl_xlsx_rows_next(tl_xlsx_rows *r, bool *more, tl_error *err);

size_t tl_xlsx_rows_number(const tl_xlsx_rows *r); /* from 1, as Excel counts */

/* The cells of the row that are not empty, from left to right; borrowed until the next row. */
const tl_xlsx_cell *tl_xlsx_rows_cells(const tl_xlsx_rows *r, size_t *n);

/* "B12" for row 12, column 1. */
void tl_xlsx_cell_name(size_t row, size_t column, char out[TL_XLSX_CELL_NAME]);

#endif
