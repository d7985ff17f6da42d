/* company_priv.h - what the files of this folder share. */
#ifndef TL_COMPANY_COMPANY_PRIV_H
#define TL_COMPANY_COMPANY_PRIV_H

#include "base/buf.h"
#include "company/company.h"

enum { TL_COMPANY_FIELDS = 12 };

/* Names of the fields, as columns of companies.csv and in audit entries; in this order everywhere.
 */
extern const char *const tl_company_fields[TL_COMPANY_FIELDS];

/* The fields of c as a list and back; nothing is copied. NULL becomes "". */
void tl_company_values(const tl_company *c, const char *values[TL_COMPANY_FIELDS]);
void tl_company_of_values(const char *const values[TL_COMPANY_FIELDS], tl_company *out);

/* Lower-case letters, digits and single '-', within TL_COMPANY_ID_MAX: ids and names of facts. */
bool tl_company_code_valid(const char *text);

/* A text of at most TL_COMPANY_TEXT_MAX bytes without control characters; TL_EINPUT names the
 * field. */
TL_MUST_CHECK tl_status tl_company_check_text(const char *field, const char *text, bool needed,
                                              tl_error *err);

/* The company that is found under this folded text; *id NULL where there is none. */
TL_MUST_CHECK tl_status tl_company_named(tl_store *s, const char *folded, tl_arena *arena,
                                         const char **id, tl_error *err);

/* Seals what was done to company id. The buffer holds the JSON detail and is cleared. */
TL_MUST_CHECK tl_status tl_company_audit(tl_store *s, const char *actor, const char *action,
                                         const char *id, tl_buf *detail, tl_error *err);

/* Copies a text column into the arena; *full becomes true where that fails. */
const char *tl_company_column(tl_query *q, int column, tl_arena *arena, bool *full);

#endif
