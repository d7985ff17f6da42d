/* registry_printed.h - printed statistics shown: the rows of a subject or a measure, and the
 * findings. */
#ifndef TL_REPORT_REGISTRY_PRINTED_H
#define TL_REPORT_REGISTRY_PRINTED_H

#include "registry/printed.h"
#include "report/report.h"

/* What is shown; borrowed, and as long as the report. */
typedef struct tl_printed_view {
    const tl_dataset *set;
    const tl_printed_row *rows;
    size_t n;
    tl_arena *arena; /* of the report */
} tl_printed_view;

/* The rows of one subject (by its printed name, or the name it stands for) and of one measure; NULL
 * is any. In the order of the set. A report without rows says so in a note. NULL when out of
 * memory. */
tl_report *tl_report_printed_rows(const tl_printed_view *v, const char *subject,
                                  const char *measure);

/* All findings that tl_printed_check made of the rows. NULL when out of memory. */
tl_report *tl_report_printed_findings(const tl_printed_view *v, const tl_printed_finding *findings,
                                      size_t n);

#endif
