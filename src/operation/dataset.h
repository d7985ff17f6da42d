/* dataset.h - what was installed, as a report; `tanlian init` shows the same. */
#ifndef TL_OPERATION_DATASET_H
#define TL_OPERATION_DATASET_H

#include "intake/set_install.h"
#include "operation/operation.h"
#include "report/report.h"

/* NULL when out of memory; the sets must live as long as the report. */
tl_report *tl_report_installed(const tl_set_installed *sets, size_t n, tl_arena *arena);

tl_status tl_run_dataset_untranslated(tl_call *c, tl_error *err); /* dataset_words.c */

#endif
