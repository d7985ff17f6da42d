/* csv_write.h - delimited text out (RFC 4180).
 *
 * Cells are quoted where they hold a separator, quote, line end, or a blank at either end. Numbers
 * take their shortest round-trip form. Write cell by cell, then tl_csv_write_end for each record;
 * the buffer's status tells whether all fitted. */
#ifndef TL_FORMAT_CSV_WRITE_H
#define TL_FORMAT_CSV_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

/* All zero: commas, LF, no byte-order mark, cells as they are. */
typedef struct tl_csv_write_opts {
    char separator; /* 0: ',' */
    bool mark;      /* begin with a byte-order mark, without which Excel misreads UTF-8 */
    bool crlf;      /* end records with CRLF */
    bool guard; /* text that a spreadsheet would take for a formula (= + - @ tab CR first) gets a
                   ' before it: for files that people open in Excel. Changes the text, so not for
                   files that programs read. */
} tl_csv_write_opts;

/* Where the writing goes; a plain value over a tl_buf owned by the caller. */
typedef struct tl_csv_writer {
    tl_buf *out;
    tl_csv_write_opts opts;
    size_t cells; /* of the record so far */
} tl_csv_writer;

tl_csv_writer tl_csv_write_start(tl_buf *out, const tl_csv_write_opts *opts);
void tl_csv_write_text(tl_csv_writer *w, const char *text); /* NULL: an empty cell */
void tl_csv_write_span(tl_csv_writer *w, tl_span text);
void tl_csv_write_number(tl_csv_writer *w, double v); /* not finite: an empty cell */
void tl_csv_write_int(tl_csv_writer *w, int64_t v);
void tl_csv_write_end(tl_csv_writer *w); /* ends the record */

#endif
