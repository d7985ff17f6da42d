/* loan_import.h - a list of cars (CSV or workbook) into the draft of a facility, with a verdict on
 * every row.
 *
 * Columns record (id of a footprint; several cars may be of one) and price ("150000" or
 * "150000.50"). In place of record, or where its cell is empty, model says what the published car
 * is called (loan_model.h). A vin (vehicle identification number) may stand but once; it is not
 * kept. The file is the list of the facility: a row that stands for a car drawn already, at
 * the same price, is counted as the same, so that the same file again changes nothing; a second car
 * of that kind is a second row. Good rows are drawn, bad ones and those above the limit are
 * refused, in one transaction. At most 20,000 rows and 16 MiB. */
#ifndef TL_INTAKE_LOAN_IMPORT_H
#define TL_INTAKE_LOAN_IMPORT_H

#include "base/log.h"
#include "intake/refusal.h"
#include "registry/loan.h"

/* Columns that must be there. */
enum { TL_LOAN_COLUMNS = 2 };
extern const char *const tl_loan_columns[TL_LOAN_COLUMNS];

/* What the file does not say. All borrowed; progress may be NULL. */
typedef struct tl_loan_import {
    const char *facility, *path, *actor;
    const tl_log *progress;
} tl_loan_import;

typedef struct tl_loan_verdict {
    int64_t rows, drawn, same, refused; /* drawn + same + refused = rows */
    const tl_row_refusal *refusals;     /* by row, in the arena */
    size_t refusal_count;
} tl_loan_verdict;

/* TL_ENOTFOUND for no such facility or file; TL_ECONFLICT where it is signed and the file has a
 * further car; TL_EINPUT for a file that cannot be read as a whole or has no good row. The database
 * is then as before. */
TL_MUST_CHECK tl_status tl_loan_import_file(tl_store *s, const tl_loan_import *how, tl_arena *arena,
                                            tl_loan_verdict *out, tl_error *err);

/* The same over n bytes; how->path names them in messages. */
TL_MUST_CHECK tl_status tl_loan_import_memory(tl_store *s, const tl_loan_import *how,
                                              const char *data, size_t n, tl_arena *arena,
                                              tl_loan_verdict *out, tl_error *err);

#endif
