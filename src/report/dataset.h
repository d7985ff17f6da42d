/* dataset.h - installed data sets and what a new edition changes, as reports. */
#ifndef TL_REPORT_DATASET_H
#define TL_REPORT_DATASET_H

#include "dataset/diff.h"
#include "report/report.h"

/* All NULL when out of memory; the sets must live as long as the report. */
tl_report *tl_report_sets(const tl_dataset *sets, size_t n, tl_arena *arena);

/* What stands on a version of a set, and the versions there are. */
typedef struct tl_set_uses {
    int64_t records, ratings;   /* published ones */
    const tl_dataset *versions; /* of the same id */
    size_t n_versions;
} tl_set_uses;
tl_report *tl_report_set(const tl_dataset *set, const tl_set_uses *uses, tl_arena *arena);

/* Files, then rows; `most`: rows told of one file, 0 = all. */
tl_report *tl_report_set_diff(const tl_diff_side *from, const tl_diff_side *to,
                              const tl_diff_file *files, size_t n, size_t most, tl_arena *arena);

#endif
