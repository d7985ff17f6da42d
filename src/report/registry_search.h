/* registry_search.h - what a search found, as a report. */
#ifndef TL_REPORT_REGISTRY_SEARCH_H
#define TL_REPORT_REGISTRY_SEARCH_H

#include "registry/search.h"
#include "report/report.h"

/* The kind of an object in both languages; code of it: "vehicle", "epd", ... */
tl_label tl_word_found_kind(tl_found_kind kind);
const char *tl_found_kind_code(tl_found_kind kind);

/* The hits as tl_search_find gave them, in one table, kind by kind; how many of each as facts; a
 * note where there are none, and one where a kind has `limit` of them, as there may be more (0 = do
 * not say). text and found must live as long as the report. NULL when out of memory. */
tl_report *tl_report_search(const char *text, const tl_found *found, size_t n, size_t limit,
                            tl_arena *arena);

#endif
