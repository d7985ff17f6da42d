/* registry_named.h - who was named to verify what, as a report. NULL: no memory. */
#ifndef TL_REPORT_REGISTRY_NAMED_H
#define TL_REPORT_REGISTRY_NAMED_H

#include "registry/named.h"
#include "report/report.h"

tl_report *tl_report_named(const tl_named *list, size_t n, tl_arena *arena);

#endif
