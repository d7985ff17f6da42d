/* import_audit.h - the audit entry of a file that was imported. */
#ifndef TL_INTAKE_IMPORT_AUDIT_H
#define TL_INTAKE_IMPORT_AUDIT_H

#include "base/buf.h"
#include "store/store.h"

/* Seals the import of the file at path, of which the last component is named where it is plain
 * text. detail is a complete JSON object and is cleared. */
TL_MUST_CHECK tl_status tl_import_audit(tl_store *s, const char *actor, const char *action,
                                        const char *path, tl_buf *detail, tl_error *err);

#endif
