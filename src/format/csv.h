/* csv.h - tables row by row: delimited text (RFC 4180 and what Excel makes of it), and workbooks.
 *
 * Separator `,` `;` or tab, quoted cells, UTF-8 with or without byte-order mark, GB18030 where the
 * file is not UTF-8. The first record names the columns. Every message begins with
 * "file:row: column 'name': "; rows are counted as lines of the file, the header being 1.
 *
 * Whoever asks for it gets a workbook (xlsx_read.h) behind the same face, known by its content and
 * not by its name: the first visible sheet of which one of the first 20 rows has all wanted
 * columns; what stands above is passed over. Rows then count as in Excel, and messages name the
 * cell behind the column: "file:12: column 'by' (cell J12 of 'Sheet1'): ". Columns without a
 * heading are not read; a cell with an error such as #N/A spoils its row if somebody looked its
 * column up.
 *
 * Cells are borrowed and live until the next tl_csv_next() or close. One thread at a time. */
#ifndef TL_FORMAT_CSV_H
#define TL_FORMAT_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

typedef struct tl_csv tl_csv;

typedef struct tl_csv_opts {
    char separator; /* 0: the one of , ; tab that occurs most in the header, outside quotes */
    char decimal;   /* 0: '.'; or ',' */
    size_t max_line_bytes;     /* longest record allowed; 0: 1 MiB */
    bool workbook;             /* a workbook is taken too */
    const char *const *wanted; /* columns that the header of a workbook must have */
    size_t n_wanted;
    const char *sheet; /* NULL: the first visible one; or this one, also where it is hidden */
} tl_csv_opts;

/* Opens path and reads the header. opts may be NULL. TL_ENOTFOUND, TL_EIO, or TL_EINPUT for an
 * empty file, a binary file (NUL bytes), an over-long line, an empty or repeated column name. */
TL_MUST_CHECK tl_status tl_csv_open(tl_csv **out, const char *path, const tl_csv_opts *opts,
                                    tl_error *err);

/* The same over n bytes at data, borrowed until close; name stands for the file in messages. */
TL_MUST_CHECK tl_status tl_csv_open_memory(tl_csv **out, const char *name, const char *data,
                                           size_t n, const tl_csv_opts *opts, tl_error *err);
void tl_csv_close(tl_csv *csv);

/* A reader over part 0 <= part < parts of the records of `whole`, which must stay open; for reading
 * one file by several threads, each its part. Parts are cut at line ends: together they give the
 * records of the whole ONLY if none of them met an error and all are tl_csv_plain() at their end;
 * otherwise read the whole again in one go. Rows count from 1 in each part. */
TL_MUST_CHECK tl_status tl_csv_open_part(tl_csv **out, const tl_csv *whole, size_t part,
                                         size_t parts, tl_error *err);

/* True if no quote, no lone CR and no GB18030 was met so far: records are lines. */
bool tl_csv_plain(const tl_csv *csv);

/* Bytes of the whole file, as it lies there. */
size_t tl_csv_bytes(const tl_csv *csv);

/* Lines passed so far, in the terms of tl_csv_row(). */
size_t tl_csv_lines(const tl_csv *csv);

size_t tl_csv_columns(const tl_csv *csv);
const char *tl_csv_column_name(const tl_csv *csv, size_t column);

/* Index of a column, or -1 where there is none. Names match exactly. */
int tl_csv_column(const tl_csv *csv, const char *name);

/* The same, but a missing column is TL_EINPUT naming it and the columns found. */
TL_MUST_CHECK tl_status tl_csv_require(const tl_csv *csv, const char *name, int *column,
                                       tl_error *err);

/* Moves to the next record; *more is false at the end. Blank lines are passed over. TL_EINPUT
 * speaks of one record (wrong number of cells, over-long, not text, quote left open) that was
 * passed over, so the caller may note it and go on; any other failure is final (TL_EIO for a
 * workbook damaged behind its header). */
TL_MUST_CHECK tl_status tl_csv_next(tl_csv *csv, bool *more, tl_error *err);

/* Back to before the first record. */
void tl_csv_rewind(tl_csv *csv);

/* Line of the file where the current record begins. */
size_t tl_csv_row(const tl_csv *csv);
const char *tl_csv_name(const tl_csv *csv);

/* Cell of the current record, blanks around it kept; empty for column -1. */
tl_span tl_csv_cell(const tl_csv *csv, int column);

/* The cell as a finite number with the file's decimal mark, blanks around it ignored. */
TL_MUST_CHECK tl_status tl_csv_number(const tl_csv *csv, int column, double *out, tl_error *err);

/* The same; an empty cell or column -1 leaves *out as it is and sets *given false. */
TL_MUST_CHECK tl_status tl_csv_number_opt(const tl_csv *csv, int column, double *out, bool *given,
                                          tl_error *err);

/* TL_EINPUT with "file:row: column 'name': " before the formatted text; column -1 leaves the column
 * out. */
tl_status tl_csv_fail(const tl_csv *csv, int column, tl_error *err, const char *fmt, ...)
    TL_PRINTF(4, 5);

#ifdef __clang_analyzer__
/* For the static analyser, as in base/error.h. */
#define tl_csv_fail(...) tl_known_status(tl_csv_fail(__VA_ARGS__), TL_EINPUT)
#endif

#endif
