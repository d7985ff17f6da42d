/* diff.h - what changed between two editions of a data set, file by file and row by row.
 *
 * The rows of a table are matched by its leading columns: the first, or as many as it takes to tell
 * all rows apart in both editions. Blanks around a cell do not count. Both editions of a file are
 * in memory at once. */
#ifndef TL_DATASET_DIFF_H
#define TL_DATASET_DIFF_H

#include "dataset/dataset.h"

typedef enum tl_change {
    TL_CHANGE_NONE,
    TL_CHANGE_ADDED,
    TL_CHANGE_REMOVED,
    TL_CHANGE_CHANGED
} tl_change;

/* "same", "added", "removed", "changed". */
const char *tl_change_name(tl_change change);

typedef struct tl_diff_cell {
    const char *column, *from, *to;
} tl_diff_cell;

typedef struct tl_diff_row {
    tl_change change;
    const char *key;           /* text of the leading columns, " | " between */
    const tl_diff_cell *cells; /* of a changed row, those that differ */
    size_t cell_count;
} tl_diff_row;

typedef struct tl_diff_file {
    const char *path;
    tl_change change;
    bool table; /* rows could be compared; false for other files and where the first column differs
                 */
    const char *const *columns_added, *const *columns_removed;
    size_t columns_added_count, columns_removed_count;
    const tl_diff_row
        *rows; /* added and changed ones as they stand in the new file, then removed */
    size_t row_count;
    size_t rows_added, rows_removed, rows_changed;
} tl_diff_file;

/* One edition: installed in a store, or in a folder where store is NULL. All borrowed. */
typedef struct tl_diff_side {
    const tl_dataset *set;
    tl_store *store;
    const char *folder;
} tl_diff_side;

/* Compares from with to: every file of `to` in manifest order, then those only in `from`. */
TL_MUST_CHECK tl_status tl_dataset_diff(const tl_diff_side *from, const tl_diff_side *to,
                                        tl_arena *arena, const tl_diff_file **out, size_t *n,
                                        tl_error *err);

#endif
