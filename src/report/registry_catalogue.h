/* registry_catalogue.h - the catalogue of product footprints as a report. */
#ifndef TL_REPORT_REGISTRY_CATALOGUE_H
#define TL_REPORT_REGISTRY_CATALOGUE_H

#include "registry/catalogue.h"
#include "report/report.h"

/* Rows in the order given, numbered from 1, of one category or all (NULL), and before them how many
 * there are by category. NULL when out of memory. */
tl_report *tl_report_catalogue(const tl_catalogue_row *rows, size_t n, const char *category,
                               tl_arena *arena);

#endif
