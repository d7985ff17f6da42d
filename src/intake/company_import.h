/* company_import.h - a file of companies (CSV or workbook) into the register, with a verdict on
 * every row.
 *
 * Columns as in companies.csv of company.h; id, source and one of name_en, name_zh must be there,
 * the others may. Good rows go in, bad ones are refused, in one transaction. The same file again
 * changes nothing. */
#ifndef TL_INTAKE_COMPANY_IMPORT_H
#define TL_INTAKE_COMPANY_IMPORT_H

#include "base/log.h"
#include "company/company.h"
#include "intake/refusal.h"

/* Columns that must be there, besides a name. */
enum { TL_COMPANY_COLUMNS = 2 };
extern const char *const tl_company_columns[TL_COMPANY_COLUMNS];

typedef struct tl_company_verdict {
    int64_t rows, added, changed, same, refused;
    const tl_row_refusal *refusals;
    size_t refusal_count;
} tl_company_verdict;

TL_MUST_CHECK tl_status tl_company_import(tl_store *s, const char *path, const char *actor,
                                          const tl_log *progress, tl_arena *arena,
                                          tl_company_verdict *out, tl_error *err);

#endif
