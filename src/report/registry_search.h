/* registry_search.h - what a search found, as a report. */
#ifndef TL_REPORT_REGISTRY_SEARCH_H
#define TL_REPORT_REGISTRY_SEARCH_H

#include "registry/search.h"
#include "report/report.h"

/* The kind of an object in both languages; code of it: "vehicle", "epd", ... */
tl_label tl_word_found_kind(tl_found_kind kind);
const char *tl_found_kind_code(tl_found_kind kind);

/* The answer as a table of hits, kind by kind, how many hits each kind has in all as facts, and the
 * facets of the vehicles as a second table, at most TL_SEARCH_VALUES of a field. Notes say where
 * nothing was found and where more was found than is shown. text and the answer must live as long
 * as the report. NULL when out of memory. */
enum { TL_SEARCH_VALUES = 20 };
tl_report *tl_report_search(const char *text, const tl_search_answer *answer, tl_arena *arena);

#endif
