/* printed.h - statistics as others printed them, checked against themselves, never mended.
 *
 * A set of kind "published-statistics" holds tables of a report. Checks: shares of a row add up to
 * 100 within what rounding allows; a share and a count fit one whole number of models; two tables
 * fit the same number of models; text and table agree. What does not fit is a finding. */
#ifndef TL_REGISTRY_PRINTED_H
#define TL_REGISTRY_PRINTED_H

#include "dataset/dataset.h"

typedef struct tl_printed_row {
    const char *table, *subject; /* "4", "NIO" as printed */
    const char *company;         /* id where it is certain, "" otherwise */
    const char *measure;         /* "share-below-mean", "class-1-share", "class-1-models", ... */
    double value;
    int decimals;     /* as printed */
    const char *unit; /* "%", "models", "g CO2e/km" */
    const char *source;
} tl_printed_row;

typedef struct tl_printed_finding {
    const char *subject, *rule; /* "class-share-and-count", "shares-add-up", ... */
    const char *en, *zh;        /* one sentence with the numbers */
} tl_printed_finding;

TL_MUST_CHECK tl_status tl_printed_read(tl_store *s, const char *set, tl_arena *arena,
                                        const tl_printed_row **out, size_t *n, tl_error *err);

/* Whole numbers of models M up to `most` for which some whole m gives the share when rounded half
 * up to its decimals; NULL and 0 where none does. */
TL_MUST_CHECK tl_status tl_printed_models(double share_percent, int decimals, size_t most,
                                          tl_arena *arena, const size_t **out, size_t *n,
                                          tl_error *err);

/* All findings, by subject, then rule. */
TL_MUST_CHECK tl_status tl_printed_check(const tl_printed_row *rows, size_t n, tl_arena *arena,
                                         const tl_printed_finding **out, size_t *n_findings,
                                         tl_error *err);

/* For installing the set: checks form, not sense. */
TL_MUST_CHECK tl_status tl_printed_check_set(tl_store *s, const tl_dataset *set, tl_arena *arena,
                                             int64_t *rows, tl_error *err);

#endif
