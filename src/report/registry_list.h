/* registry_list.h - many records as one table, one row each, that comes back unchanged. */
#ifndef TL_REPORT_REGISTRY_LIST_H
#define TL_REPORT_REGISTRY_LIST_H

#include "registry/record.h"
#include "report/report.h"

/* The fields of record_table.h, then version, state and day of publication, then a column for each
 * part that one of the records has, in the order in which they are met: what
 * intake/record_import.h reads. Saved as CSV every number is exact; a workbook keeps 16 digits.
 * TL_EINPUT for a part that cannot be a column. */
TL_MUST_CHECK tl_status tl_report_record_list(tl_report **out, const tl_record *records, size_t n,
                                              tl_record_kind kind, tl_arena *arena, tl_error *err);

#endif
