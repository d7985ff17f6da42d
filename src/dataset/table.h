/* table.h - one CSV file of an installed set as a table. */
#ifndef TL_DATASET_TABLE_H
#define TL_DATASET_TABLE_H

#include "dataset/dataset.h"
#include "format/sheet.h"

enum { TL_TABLE_COLUMNS = 12 };

/* The rows, and where the columns asked for stand. Everything lives in the arena of the reader. */
typedef struct tl_table {
    tl_sheet sheet;
    size_t at[TL_TABLE_COLUMNS];
} tl_table;

/* What reading needs; the set is one that tl_dataset_get filled. */
typedef struct tl_table_reader {
    tl_store *store;
    const tl_dataset *set;
    tl_arena *arena;
} tl_table_reader;

/* Reads `file` of the set and finds the n columns called names; at[i] is the place of names[i].
 * TL_EINPUT names a missing column or the first unsound row. */
TL_MUST_CHECK tl_status tl_table_read(tl_table *out, const tl_table_reader *r, const char *file,
                                      const char *const *names, size_t n, tl_error *err);

/* Cell of a row under the i-th column asked for. */
static inline const char *tl_table_text(const tl_table *t, size_t row, size_t i)
{
    return tl_sheet_text(&t->sheet, row, t->at[i]);
}

#endif
