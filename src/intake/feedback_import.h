/* feedback_import.h - what companies wrote into the form of a batch (CSV or workbook), with a
 * verdict on every row.
 *
 * Columns: record and by must be there, proposed, text and evidence may, and the company's own
 * stages as own:KEY: they are kept in the remark beside ours, and where no value is proposed they
 * make one. Others are passed over, so that the form itself comes back. A row in which nothing was
 * written is no remark. Good rows go in, bad ones are refused, in one transaction; the same remark
 * again changes nothing. */
#ifndef TL_INTAKE_FEEDBACK_IMPORT_H
#define TL_INTAKE_FEEDBACK_IMPORT_H

#include "base/log.h"
#include "intake/refusal.h"
#include "registry/record.h"

/* Columns that must be there. */
enum { TL_FEEDBACK_COLUMNS = 2 };
extern const char *const tl_feedback_columns[TL_FEEDBACK_COLUMNS];

typedef struct tl_feedback_verdict {
    int64_t rows, remarks, same, empty, refused;
    const tl_row_refusal *refusals;
    size_t refusal_count;
} tl_feedback_verdict;

/* day: ISO, "" = today UTC. company: rows about records of others are refused; NULL: about none.
 * TL_EINPUT for a file that cannot be read as a whole; the database is
 * then as before. */
TL_MUST_CHECK tl_status tl_feedback_import(tl_store *s, const char *path, const char *day,
                                           const char *actor, const char *company,
                                           const tl_log *progress, tl_arena *arena,
                                           tl_feedback_verdict *out, tl_error *err);

#endif
