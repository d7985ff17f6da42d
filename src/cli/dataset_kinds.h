/* dataset_kinds.h - installing a set together with what its kind needs: a set of kind "factors"
 * also fills the factor database. */
#ifndef TL_CLI_DATASET_KINDS_H
#define TL_CLI_DATASET_KINDS_H

#include "cli/cli.h"
#include "dataset/dataset.h"

typedef struct tl_cli_installed {
    tl_dataset set;
    bool already;  /* it was there before and nothing was done */
    bool has_rows; /* its kind has rows of its own in the database */
    int64_t rows;  /* how many were loaded now */
} tl_cli_installed;

/* Installs the set of `folder` and loads its rows, inside the caller's transaction. */
TL_MUST_CHECK tl_status tl_cli_install(tl_store *s, const char *folder, const char *actor,
                                       tl_arena *arena, tl_cli_installed *out, tl_error *err);

/* Writes what was done, as text or JSON as the call asks, to stdout. */
TL_MUST_CHECK tl_status tl_cli_print_installed(const tl_cli *cli, const tl_cli_installed *sets,
                                               size_t n, tl_error *err);

#endif
