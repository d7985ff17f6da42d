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
    double value;                /* NAN where a sign stands for none ("/": being calculated) */
    int decimals;                /* as printed */
    const char *unit;            /* "%", "models", "gCO2e/km" */
    const char *source;
    const char *key; /* the name other tables use for the subject, by aliases.csv; NULL: subject */
} tl_printed_row;

typedef struct tl_printed_finding {
    const char *subject, *rule; /* "class-share-and-count", "shares-add-up", ... */
    const char *en, *zh;        /* one sentence with the numbers */
} tl_printed_finding;

enum {
    TL_PRINTED_ROWS_MAX = 5000,
    TL_PRINTED_DECIMALS_MAX = 6,
    TL_PRINTED_MODELS_MAX = 2000, /* of one subject, when findings are looked for */
    TL_PRINTED_MOST = 1000000     /* for tl_printed_models */
};

/* The rows of an installed set ("id" or "id@version"), in their order: rows.csv, and aliases.csv
 * where the set has one. */
TL_MUST_CHECK tl_status tl_printed_read(tl_store *s, const char *set, tl_arena *arena,
                                        const tl_printed_row **out, size_t *n, tl_error *err);

/* Whole numbers of models M up to `most` for which some whole m gives the share when rounded half
 * up to its decimals; NULL and 0 where none does. TL_EINPUT for a share that is negative or has
 * more than `decimals` decimals, for decimals beyond TL_PRINTED_DECIMALS_MAX and for a `most`
 * beyond TL_PRINTED_MOST. */
TL_MUST_CHECK tl_status tl_printed_models(double share_percent, int decimals, size_t most,
                                          tl_arena *arena, const size_t **out, size_t *n,
                                          tl_error *err);

/* All findings, by subject, then rule:
 *
 * class-share-and-count  no whole number of models gives the share and the count of one table
 * shares-add-up          the shares of a row miss 100 by more than their rounding allows
 * tables-fit-models      share below the mean and class share with count fit no common M
 * text-and-table         a share without count is not the rounded share of the counted table
 * shares-fit-models      each holds alone, but no M makes whole numbers of all shares of a row
 * tables-agree           one measure of one subject differs between tables
 * rank-and-share         a rank named in the text is not that of the share in the table
 *
 * A row of zero models in a class is taken as none, not as a rounded share. Nothing ties the share
 * below the mean to the classes: they have different peer groups. */
TL_MUST_CHECK tl_status tl_printed_check(const tl_printed_row *rows, size_t n, tl_arena *arena,
                                         const tl_printed_finding **out, size_t *n_findings,
                                         tl_error *err);

/* For installing the set: checks form, not sense. *rows counts those of rows.csv. */
TL_MUST_CHECK tl_status tl_printed_check_set(tl_store *s, const tl_dataset *set, tl_arena *arena,
                                             int64_t *rows, tl_error *err);

#endif
