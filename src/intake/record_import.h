/* record_import.h - a table of records (CSV or workbook) into the register, with a verdict on every
 * row.
 *
 * Columns: the fields of a record by name, of which id, product, value and unit must be there, and
 * parts as stage:KEY, material:KEY and indicator:KEY [unit]; see record_row.h for what an empty
 * cell and a missing column mean. A list that went out with tl_record_list comes back and changes
 * nothing. Good rows are put as tl_record_put does, bad ones refused, in one transaction with one
 * audit entry. At most 200,000 rows and 512 MiB. */
#ifndef TL_INTAKE_RECORD_IMPORT_H
#define TL_INTAKE_RECORD_IMPORT_H

#include "base/log.h"
#include "intake/record_row.h"
#include "intake/refusal.h"
#include "registry/record_list.h"

/* Columns that must be there. */
enum { TL_RECORD_COLUMNS = 4 };
extern const char *const tl_record_columns_needed[TL_RECORD_COLUMNS];

/* What a table does that stands for more than records. A refusal of check speaks of its row; what
 * done says ends the import, since the row is written by then. */
typedef struct tl_record_form {
    const char *action; /* of the audit entry */
    const char *const *wanted;
    size_t n_wanted;
    const tl_record_names *names;
    void *ctx;
    tl_status (*start)(void *ctx, const tl_csv *csv, tl_error *err);
    /* old: NULL where the record is new. *put false: nothing is to be written, it is the same. */
    tl_status (*check)(void *ctx, const tl_record *old, tl_record *r, tl_arena *arena, bool *put,
                       tl_error *err);
    tl_status (*done)(void *ctx, const tl_record *r, tl_record_change *change, tl_error *err);
} tl_record_form;

/* What the file does not say. All borrowed; reason "" = what each row says; progress may be NULL.
 */
typedef struct tl_record_import {
    const char *path;
    tl_record_kind kind;
    const char *reason, *actor;
    const tl_log *progress;
    const char *company;        /* rows of records of other companies are refused; NULL: of none */
    const tl_record_form *form; /* NULL: a table of records */
} tl_record_import;

typedef struct tl_record_verdict {
    int64_t rows, added, changed, same, refused;
    const tl_row_refusal *refusals; /* by row, in the arena */
    size_t refusal_count;
} tl_record_verdict;

/* TL_EINPUT for a file that cannot be read as a whole or has no good row; the database is then as
 * before. */
TL_MUST_CHECK tl_status tl_record_import_file(tl_store *s, const tl_record_import *how,
                                              tl_arena *arena, tl_record_verdict *out,
                                              tl_error *err);

/* The same over n bytes. */
TL_MUST_CHECK tl_status tl_record_import_memory(tl_store *s, const tl_record_import *how,
                                                const char *data, size_t n, tl_arena *arena,
                                                tl_record_verdict *out, tl_error *err);

#endif
