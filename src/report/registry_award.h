/* registry_award.h - kept Top Runner awards as reports: the rounds, one round with what today's
 * footprints would make of it, and the list of its candidates.
 *
 * All text is in both languages and borrowed. NULL when out of memory; other failures surface where
 * the report is written. */
#ifndef TL_REPORT_REGISTRY_AWARD_H
#define TL_REPORT_REGISTRY_AWARD_H

#include "registry/award.h"
#include "report/carbon_label.h"
#include "report/report.h"

/* A kept award beside today's published versions. */
typedef struct tl_award_view {
    const tl_kept_award *award;
    const tl_award_change *changes; /* by tl_award_compare */
    size_t n;
    const char *day; /* of the comparison, ISO */
    tl_arena *arena;
} tl_award_view;

tl_report *tl_report_award_list(const tl_award_round *rounds, size_t n, tl_arena *arena);

/* Winners as they were kept; every segment with "would change under version n" where it would. */
tl_report *tl_report_award(const tl_award_view *v);

/* Every candidate as it was kept: the list anybody recomputes the winners from. */
tl_report *tl_report_award_candidates(const tl_kept_award *a, tl_arena *arena);

/* The certificate of the segment of the rows first .. first + n - 1, from what was kept alone. Its
 * QR code and its print name award, record@version and the beginning of the checksum. Lines live in
 * the arena; false when out of memory. */
bool tl_award_certificate(const tl_kept_award *a, size_t first, size_t n, tl_arena *arena,
                          tl_certificate *out);

/* The row with which segment "SIZE/BODY/POWERTRAIN" begins, and how many it has; false: none. */
bool tl_award_find_segment(const tl_kept_award *a, const char *segment, size_t *first, size_t *n);

#endif
