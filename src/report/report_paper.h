/* report_paper.h - any report on paper: A4, Chinese or English, as many sheets as it needs.
 *
 * Facts, tables with all their columns, notes, in the order of the report. The same report with the
 * same fonts gives the same bytes. */
#ifndef TL_REPORT_REPORT_PAPER_H
#define TL_REPORT_REPORT_PAPER_H

#include "report/report.h"

/* Appends the PDF; day (ISO) is written as that of making. */
TL_MUST_CHECK tl_status tl_report_as_paper(const tl_report *r, bool zh, const char *day,
                                           tl_buf *out, tl_error *err);

#endif
