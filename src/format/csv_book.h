/* csv_book.h - a sheet of a workbook behind the face of csv.h. Private to this folder. */
#ifndef TL_FORMAT_CSV_BOOK_H
#define TL_FORMAT_CSV_BOOK_H

#include "format/csv_priv.h"
#include "format/xlsx_read.h"

typedef struct tl_csv_book tl_csv_book;

/* Opens the workbook that csv->scan holds, finds sheet and header, fills csv->names and cells. */
TL_MUST_CHECK tl_status tl_csv_book_open(tl_csv *csv, const tl_csv_opts *opts, tl_error *err);
void tl_csv_book_close(tl_csv_book *b);
void tl_csv_book_rewind(tl_csv *csv);

/* tl_csv_take of a workbook. What breaks the sheet itself is TL_EIO, since no row comes after. */
TL_MUST_CHECK tl_status tl_csv_book_take(tl_csv *csv, bool *more, tl_error *err);

/* The caller looks a column up, so that a fault in it is a fault of the row. */
void tl_csv_book_asked(const tl_csv_book *b, size_t column);

/* TL_EINPUT with "file:12: column 'name' (cell B12 of 'Sheet'): " before the text. */
tl_status tl_csv_book_fail(const tl_csv *csv, size_t column, const char *text, tl_error *err);

#endif
