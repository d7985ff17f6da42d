/* report_keep.h - a report put away whole, so that it can be shown again in every form.
 *
 * No view of it does: numbers that are kept as decimal text ("73.10") are numbers in JSON. What is
 * read back gives the same bytes in every way out. */
#ifndef TL_REPORT_REPORT_KEEP_H
#define TL_REPORT_REPORT_KEEP_H

#include "report/report.h"

/* One line of JSON; the same report gives the same bytes. */
TL_MUST_CHECK tl_status tl_report_keep(const tl_report *r, tl_buf *out, tl_error *err);

/* The report of such a line, in the arena. TL_EINPUT for what tl_report_keep did not write. */
TL_MUST_CHECK tl_status tl_report_kept(const char *text, size_t n, tl_arena *arena, tl_report **out,
                                       tl_error *err);

#endif
