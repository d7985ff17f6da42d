/* factor.h - emission factors as reports: found ones, whole ones, candidates side by side.
 *
 * docs/factors.md describes the members of each table. */
#ifndef TL_REPORT_FACTOR_H
#define TL_REPORT_FACTOR_H

#include "factor/compare.h"
#include "factor/per.h"
#include "report/report.h"

/* A list of n factors; more tells that others match too. All reports are NULL when out of memory;
 * what they are made from must live as long. */
tl_report *tl_report_factors(const tl_factor *factors, size_t n, bool more, tl_arena *arena);

/* One factor with its set. Asked for by version it reads the same for ever: by what its set is
 * superseded now is then left out. */
typedef struct tl_whole_factor {
    tl_factor factor;
    tl_dataset set;
    bool pinned;                    /* asked for by version */
    const tl_factor_per_query *per; /* another denominator was asked for, or NULL */
    tl_factor_per_answer answer;
} tl_whole_factor;

tl_report *tl_report_whole_factors(const tl_whole_factor *factors, size_t n, tl_arena *arena);

/* Groups, the factors of each, and their sources. */
tl_report *tl_report_factor_comparison(const tl_factor_comparison *c, bool more, tl_arena *arena);

#endif
