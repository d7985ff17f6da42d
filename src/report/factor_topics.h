/* factor_topics.h - how many factors there are by topic: as CPCD announced for its first set, and
 * by category as installed here. */
#ifndef TL_REPORT_FACTOR_TOPICS_H
#define TL_REPORT_FACTOR_TOPICS_H

#include "factor/topics.h"
#include "registry/printed.h"
#include "report/report.h"

typedef struct tl_factor_topics_view {
    const tl_dataset *set; /* of the announcement; NULL: not installed */
    const tl_printed_row *rows;
    size_t row_count;
    const tl_factor_count *counts; /* of what is installed */
    size_t count;
    tl_arena *arena; /* of the report */
} tl_factor_topics_view;

/* The announced topics and whether they add up to the announced total, then what is installed. NULL
 * when out of memory. */
tl_report *tl_report_factor_topics(const tl_factor_topics_view *v);

/* Categories with their sets below them: the tree of what is installed. NULL when out of memory. */
tl_report *tl_report_factor_tree(const tl_factor_count *counts, size_t n, tl_arena *arena);

#endif
