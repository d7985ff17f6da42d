/* registry_named.h - who was named to verify what and who can be, as reports. NULL: no memory. */
#ifndef TL_REPORT_REGISTRY_NAMED_H
#define TL_REPORT_REGISTRY_NAMED_H

#include "account/tenant.h"
#include "registry/named.h"
#include "report/report.h"

tl_report *tl_report_named(const tl_named *list, size_t n, tl_arena *arena);
tl_report *tl_report_bodies(const tl_tenant *list, size_t n, tl_arena *arena);

#endif
