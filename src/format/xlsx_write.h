/* xlsx_write.h - workbooks out, through libxlsxwriter. The same calls give the same bytes.
 *
 * All cells stay in memory until the end, so that they may come in any order: about 90 bytes a
 * cell, and each different text once; two million cells take 180 MB and five seconds. libxlsxwriter
 * talks to stderr when the disk fails, besides the error returned here. One thread at a time for
 * all workbooks. */
#ifndef TL_FORMAT_XLSX_WRITE_H
#define TL_FORMAT_XLSX_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef struct tl_xlsx tl_xlsx;

typedef enum tl_xlsx_style {
    TL_XLSX_PLAIN,
    TL_XLSX_HEADING, /* bold, filled, wrapped */
    TL_XLSX_MUTED,   /* grey: the words for empties */
    TL_XLSX_FAULT    /* red: what has to be put right */
} tl_xlsx_style;

/* Begins a workbook for path; it appears there, whole, only with tl_xlsx_close. TL_EIO where the
 * folder is not there or may not be written, or where path is a folder or a device. */
TL_MUST_CHECK tl_status tl_xlsx_open(tl_xlsx **out, const char *path, tl_error *err);

/* Further cells go to a new sheet; the name is cut and cleaned to what Excel takes, and made
 * unique. There are no cells before the first sheet. */
TL_MUST_CHECK tl_status tl_xlsx_sheet(tl_xlsx *x, const char *name, tl_error *err);

/* Cells; the first failure sticks and close tells. Text is text, also where it begins with '='; it
 * is cleaned (clean.h, lines stay) and cut at Excel's 32,767 characters. A number keeps 16
 * significant digits (73.1 becomes 73.09999999999999: libxlsxwriter prints no more, Excel shows no
 * more than 15) and is shown with `decimals` (at most 15), -1 = as it is; one that is not
 * finite leaves the cell empty, as do NULL and "". */
void tl_xlsx_text(tl_xlsx *x, size_t row, size_t column, const char *text, tl_xlsx_style style);
void tl_xlsx_number(tl_xlsx *x, size_t row, size_t column, double v, int decimals);
void tl_xlsx_number_styled(tl_xlsx *x, size_t row, size_t column, double v, tl_xlsx_style style);
void tl_xlsx_bool(tl_xlsx *x, size_t row, size_t column, bool v);

/* A comment at a cell, cut at 2,000 characters. Nothing for NULL and "". */
void tl_xlsx_comment(tl_xlsx *x, size_t row, size_t column, const char *text);

/* Layout of the current sheet: width in characters (at most 255); rows above and columns left of
 * the place stay in sight; a filter over the heading row. */
void tl_xlsx_width(tl_xlsx *x, size_t column, double characters);
void tl_xlsx_freeze(tl_xlsx *x, size_t rows, size_t columns);
void tl_xlsx_filter(tl_xlsx *x, size_t heading_row, size_t last_row, size_t last_column);

/* Writes the file and releases x (also after a failure). TL_EIO, TL_ENOMEM, or TL_EINPUT for more
 * rows or columns than a sheet has. After a failure what was at path before is still there. */
TL_MUST_CHECK tl_status tl_xlsx_close(tl_xlsx *x, tl_error *err);

/* Releases x without a file. NULL is fine. */
void tl_xlsx_abandon(tl_xlsx *x);

#endif
