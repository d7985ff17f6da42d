/* as_book.h - a CSV text as the workbook that a person would make of it. */
#ifndef TL_INTAKE_TESTS_AS_BOOK_H
#define TL_INTAKE_TESTS_AS_BOOK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/number.h"
#include "format/csv.h"
#include "format/xlsx_write.h"

/* Writes the workbook to path: the header in row 1, numbers as numbers, everything else as text.
 * decimal: the mark of the CSV. */
static inline void save_as_book(const char *path, const char *text, char decimal)
{
    tl_csv *csv;
    tl_xlsx *x;
    bool more = true;
    assert_int_equal(tl_csv_open_memory(&csv, "text", text, strlen(text), NULL, NULL), TL_OK);
    assert_int_equal(tl_xlsx_open(&x, path, NULL), TL_OK);
    assert_int_equal(tl_xlsx_sheet(x, "Sheet", NULL), TL_OK);
    for (size_t i = 0; i < tl_csv_columns(csv); i++)
        tl_xlsx_text(x, 0, i, tl_csv_column_name(csv, i), TL_XLSX_PLAIN);
    for (size_t row = 1;; row++) {
        assert_int_equal(tl_csv_next(csv, &more, NULL), TL_OK);
        if (!more)
            break;
        for (size_t i = 0; i < tl_csv_columns(csv); i++) {
            tl_span cell = tl_csv_cell(csv, (int)i);
            double v;
            tl_buf b;
            tl_buf_init(&b, 0);
            tl_buf_add(&b, cell.p, cell.n);
            if (tl_number_scan(cell.p, cell.n, decimal, &v) == TL_NUMBER_OK)
                tl_xlsx_number(x, row, i, v, -1);
            else
                tl_xlsx_text(x, row, i, tl_buf_text(&b), TL_XLSX_PLAIN);
            tl_buf_clear(&b);
        }
    }
    assert_int_equal(tl_xlsx_close(x, NULL), TL_OK);
    tl_csv_close(csv);
}

/* The bytes of it; closed by the caller. */
static inline tl_file_view as_book(const char *text, char decimal)
{
    char path[64];
    tl_file_view view;
    snprintf(path, sizeof path, "/tmp/tanlian-book-%ld.xlsx", (long)getpid());
    save_as_book(path, text, decimal);
    assert_int_equal(tl_file_open(&view, path, 0, NULL), TL_OK);
    unlink(path);
    return view;
}

#endif
