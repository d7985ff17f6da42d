/* record_row.h - one row of a table of records to a record, with what the register has already.
 *
 * What the file does not say is left as it is: a column that is not there, and a cell that says
 * what is stored. A number says that if it is within a unit in the 15th digit of the stored one,
 * which is as much as Excel keeps; a text, if only blanks around it, line ends and the ' before = +
 * - @ that a CSV is guarded with differ. An empty cell takes away. Parts that stay keep their
 * order, new ones follow in the order of the columns. */
#ifndef TL_INTAKE_RECORD_ROW_H
#define TL_INTAKE_RECORD_ROW_H

#include "format/csv.h"
#include "registry/record_table.h"

/* Columns of one file. */
typedef struct tl_record_columns {
    int at[TL_RECORD_FIELDS];
    struct tl_record_part_at {
        int column;
        tl_record_part part; /* without a value; unit of an indicator only */
    } * parts;               /* in the arena */
    size_t n_parts;
} tl_record_columns;

/* How the columns of a table are called that was not made for records alone. */
typedef struct tl_record_names {
    const char *const (*other)[2]; /* a column and the field it stands for: { "mill", "maker" } */
    size_t n_other;
    const char *const *beside; /* columns that say nothing of the record */
    size_t n_beside;
} tl_record_names;

/* Finds every column; TL_EINPUT names one that a record does not have, so that a slip is not lost,
 * and one that is missing. names NULL: those of records. */
TL_MUST_CHECK tl_status tl_record_columns_find(tl_record_columns *out, const tl_csv *csv,
                                               const tl_record_names *names, tl_arena *arena,
                                               tl_error *err);

/* The current row. old: the newest version of its record, NULL where it is new. Texts live in the
 * arena or are those of old. TL_EINPUT with file, row and column. */
TL_MUST_CHECK tl_status tl_record_row_take(tl_record *out, const tl_record_columns *c,
                                           const tl_csv *csv, tl_record_kind kind,
                                           const tl_record *old, tl_arena *arena, tl_error *err);

/* The row says what old has: nothing of it is to be written. */
bool tl_record_row_same(const tl_record *r, const tl_record *old);

/* A message that begins with the name of a field, put to its column. */
tl_status tl_record_row_fail(const tl_record_columns *c, const tl_csv *csv, const char *text,
                             tl_error *err);

#endif
