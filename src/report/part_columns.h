/* part_columns.h - the parts of records as columns of a list: `indicator:KEY [unit]`, one for each
 * that any of them has, in the order in which they are met. A list with them goes out for files
 * and comes back with the same parts (registry/record_table.h). */
#ifndef TL_REPORT_PART_COLUMNS_H
#define TL_REPORT_PART_COLUMNS_H

#include "registry/record.h"
#include "report/report.h"

typedef struct tl_part_columns tl_part_columns;

/* Columns for the parts of n records; records[i] is what at(ctx, i) gives. Freed by the caller. */
typedef const tl_record *(*tl_part_columns_at)(const void *ctx, size_t i);
TL_MUST_CHECK tl_status tl_part_columns_new(tl_part_columns **out, tl_part_columns_at at,
                                            const void *ctx, size_t n, tl_error *err);
void tl_part_columns_free(tl_part_columns *p);

/* `before` and after them the part columns, in the arena. */
TL_MUST_CHECK tl_status tl_part_columns_after(const tl_part_columns *p, const tl_column *before,
                                              size_t n_before, tl_arena *arena, tl_column **out,
                                              size_t *n, tl_error *err);

/* The cells of one of the records, after those of the columns before. */
TL_MUST_CHECK tl_status tl_part_columns_put(tl_part_columns *p, tl_report *r, const tl_record *x,
                                            tl_error *err);

#endif
