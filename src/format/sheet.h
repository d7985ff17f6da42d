/* sheet.h - a small table read whole, for the files of data sets. */
#ifndef TL_FORMAT_SHEET_H
#define TL_FORMAT_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

/* A table of text. Everything lives in the arena given when it was read; immutable. */
typedef struct tl_sheet {
    const char *name;         /* of the file, for messages */
    const char *const *names; /* of the columns */
    const char *const *cells; /* row by row, blanks around the text removed */
    const size_t *lines;      /* line of the file where each row begins */
    size_t rows, columns;
} tl_sheet;

/* Reads n bytes of CSV. Every row must be sound: the first fault is TL_EINPUT with file, row,
 * column. */
TL_MUST_CHECK tl_status tl_sheet_read(tl_sheet *out, const char *name, const char *data, size_t n,
                                      tl_arena *arena, tl_error *err);

/* The same for input from outside: the first row beyond max_rows is TL_EINPUT at once, so that a
 * million of them cost neither time nor memory. */
TL_MUST_CHECK tl_status tl_sheet_read_rows(tl_sheet *out, const char *name, const char *data,
                                           size_t n, size_t max_rows, tl_arena *arena,
                                           tl_error *err);

/* Fills columns[i] with the index of names[i]; a missing one is TL_EINPUT naming it. */
TL_MUST_CHECK tl_status tl_sheet_columns(const tl_sheet *s, const char *const *names, size_t n,
                                         size_t *columns, tl_error *err);

/* The text of a cell, "" if empty. */
const char *tl_sheet_text(const tl_sheet *s, size_t row, size_t column);

/* The cell as a number; TL_EINPUT with file, row and column if it is none. */
TL_MUST_CHECK tl_status tl_sheet_number(const tl_sheet *s, size_t row, size_t column, double *out,
                                        tl_error *err);

/* The same; an empty cell gives NAN. */
TL_MUST_CHECK tl_status tl_sheet_number_opt(const tl_sheet *s, size_t row, size_t column,
                                            double *out, tl_error *err);

/* TL_EINPUT with "file:line: column 'name': " before the text. */
tl_status tl_sheet_fail(const tl_sheet *s, size_t row, size_t column, tl_error *err,
                        const char *fmt, ...) TL_PRINTF(5, 6);

#endif
