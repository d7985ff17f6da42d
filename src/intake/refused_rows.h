/* refused_rows.h - the rows that were refused, handed back as a workbook to put right and send
 * again.
 *
 * One sheet with the columns of the file that came in, the rows refused and behind them a column
 * "verdict", which importers pass over. The cell at fault is red and has a comment that says what
 * was found and what was expected; of a row that could not be cut into cells only the verdict
 * stands there. */
#ifndef TL_INTAKE_REFUSED_ROWS_H
#define TL_INTAKE_REFUSED_ROWS_H

#include <stdbool.h>

#include "base/error.h"
#include "intake/refusal.h"

/* The file that came in. wanted: columns by which its header was found, none = the first row. */
typedef struct tl_refused_source {
    const char *path;
    const char *const *wanted;
    size_t n_wanted;
} tl_refused_source;

/* refusals are by row; zh: verdicts in Chinese (format/message.h), else English. */
TL_MUST_CHECK tl_status tl_refused_rows_save(const char *path, const tl_refused_source *source,
                                             const tl_row_refusal *refusals, size_t n, bool zh,
                                             tl_error *err);

#endif
