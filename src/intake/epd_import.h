/* epd_import.h - a table of declarations, one row each: records of kind epd, opened under their
 * rules as drafts.
 *
 * Columns of the list of declarations (report/registry_epd.h): record, product, mill, value and
 * unit, for a new declaration pcr and programme too; further fields and parts as record_import.h
 * has them (id and maker are record and mill). A list that went out comes back and changes nothing.
 * A row says a new declaration or other figures of a draft; what its verifier has, or what is
 * registered, is the same or refused. Registration, verifier, state and end of validity are told
 * in the list and not taken back. */
#ifndef TL_INTAKE_EPD_IMPORT_H
#define TL_INTAKE_EPD_IMPORT_H

#include "intake/record_import.h"

enum { TL_EPD_COLUMNS = 3 };
extern const char *const tl_epd_columns[TL_EPD_COLUMNS];

/* What the file does not say. All borrowed; progress may be NULL. */
typedef struct tl_epd_import {
    const char *path, *actor;
    const char *owner; /* company id: rows of others are refused. NULL: as each row says */
    const char *day;   /* on which the rules of new ones must be valid */
    const tl_log *progress;
} tl_epd_import;

/* As tl_record_import_file. */
TL_MUST_CHECK tl_status tl_epd_import_file(tl_store *s, const tl_epd_import *how, tl_arena *arena,
                                           tl_record_verdict *out, tl_error *err);

/* The same over n bytes. */
TL_MUST_CHECK tl_status tl_epd_import_memory(tl_store *s, const tl_epd_import *how,
                                             const char *data, size_t n, tl_arena *arena,
                                             tl_record_verdict *out, tl_error *err);

#endif
