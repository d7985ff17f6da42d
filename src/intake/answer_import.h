/* answer_import.h - a file of answers (CSV or workbook) into assessments, with a verdict on every
 * row.
 *
 * Columns: company and slot (indicator or theme code, or "total"), points (a number or one of
 * not_asked, not_disclosed, not_applicable) must be there; document, page, quote, language, url,
 * dated, retrieved, sha256, copy (path of the stored copy beside the file, hashed here), assessor,
 * note, mark (inferred) may. A further row of the same company and slot without points is further
 * evidence of that answer. The order of rows does not matter. Points above 0 need evidence, of
 * which `document` must be there.
 *
 * A company is taken whole or not at all: where one of its rows is refused, none of its rows is
 * taken, and each of the others says so. Companies are written as drafts in one transaction. The
 * same file again changes nothing: a company of which the newest version says just this, whatever
 * its state, is counted as the same. A record that cannot be cut into cells refuses the whole file,
 * since nobody knows whose it is. At most 200,000 rows and 256 MiB, held in memory while they are
 * read. Stored copies lie in the folder of the file or below it, 256 MiB each at most. */
#ifndef TL_INTAKE_ANSWER_IMPORT_H
#define TL_INTAKE_ANSWER_IMPORT_H

#include "base/log.h"
#include "intake/refusal.h"
#include "rating/assessment.h"

/* Columns that must be there. */
enum { TL_ANSWER_COLUMNS = 3 };
extern const char *const tl_answer_columns[TL_ANSWER_COLUMNS];

/* What the file does not say. All borrowed; "" or NULL where nothing. */
typedef struct tl_answer_import {
    const char *path;
    const char *period, *industry, *cut_off; /* no industry: that of each company */
    tl_sheet_level level;
    const char *actor;
    const tl_log *progress;
} tl_answer_import;

typedef struct tl_answer_verdict {
    int64_t rows, accepted, refused;   /* rows of the file; accepted + refused = rows */
    int64_t companies, companies_same; /* written as drafts; there already, unchanged */
    const tl_row_refusal *refusals;    /* by row */
    size_t refusal_count;
} tl_answer_verdict;

/* TL_EINPUT for a file that cannot be read as a whole or has no good company; the database is then
 * as before. The index is an installed one. */
TL_MUST_CHECK tl_status tl_answer_import_file(tl_store *s, const tl_index *x,
                                              const tl_answer_import *how, tl_arena *arena,
                                              tl_answer_verdict *out, tl_error *err);

/* The same over n bytes; how->path names them and the folder of the copies. */
TL_MUST_CHECK tl_status tl_answer_import_memory(tl_store *s, const tl_index *x,
                                                const tl_answer_import *how, const char *data,
                                                size_t n, tl_arena *arena, tl_answer_verdict *out,
                                                tl_error *err);

#endif
