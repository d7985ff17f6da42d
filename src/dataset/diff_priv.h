/* diff_priv.h - the row by row half of diff.h. */
#ifndef TL_DATASET_DIFF_PRIV_H
#define TL_DATASET_DIFF_PRIV_H

#include "dataset/diff.h"
#include "format/sheet.h"

/* Compares two editions of a table; fills all of *out but its path and change. */
TL_MUST_CHECK tl_status tl_diff_tables(const tl_sheet *from, const tl_sheet *to, tl_arena *arena,
                                       tl_diff_file *out, tl_error *err);

#endif
