/* sales_import.h - cars sold by month, with a verdict on every row.
 *
 * Columns: month (YYYY-MM), units, region and source must be there; a car is named by record, by
 * disclosure_id, or by product and maker as published, so that one of these must be there too.
 * Others are passed over. Good rows are kept and bad ones refused, in one transaction; rows of one
 * car, month and region that contradict each other are refused together, so that the order of rows
 * does not matter. The same file again changes nothing. A workbook is taken too. At most 500,000
 * rows and 128 MiB. */
#ifndef TL_INTAKE_SALES_IMPORT_H
#define TL_INTAKE_SALES_IMPORT_H

#include "base/log.h"
#include "intake/refusal.h"
#include "registry/sales.h"

/* What the file does not say. All borrowed; progress may be NULL; day ISO. */
typedef struct tl_sales_import {
    const char *path, *day, *actor;
    const tl_log *progress;
} tl_sales_import;

/* Columns that must be there. */
enum { TL_SALES_COLUMNS = 4 };
extern const char *const tl_sales_columns[TL_SALES_COLUMNS];

typedef struct tl_sales_verdict {
    int64_t rows, added, corrected, same, refused; /* the last four add up to rows */
    const tl_row_refusal *refusals;                /* by row, in the arena */
    size_t refusal_count;
} tl_sales_verdict;

/* TL_ENOTFOUND for no such file; TL_EINPUT for one that cannot be read as a whole. The database is
 * then as before. */
TL_MUST_CHECK tl_status tl_sales_import_file(tl_store *s, const tl_sales_import *how,
                                             tl_arena *arena, tl_sales_verdict *out, tl_error *err);

/* The same over n bytes; how->path names them in messages. */
TL_MUST_CHECK tl_status tl_sales_import_memory(tl_store *s, const tl_sales_import *how,
                                               const char *data, size_t n, tl_arena *arena,
                                               tl_sales_verdict *out, tl_error *err);

#endif
