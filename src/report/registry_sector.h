/* registry_sector.h - the sector maker by maker as a report. */
#ifndef TL_REPORT_REGISTRY_SECTOR_H
#define TL_REPORT_REGISTRY_SECTOR_H

#include "registry/sector.h"
#include "report/report.h"

/* names: of the stages, in their order. day: of the data. NULL when out of memory. */
tl_report *tl_report_sector(const tl_sector *s, const tl_label *names, const char *day,
                            tl_arena *arena);

#endif
