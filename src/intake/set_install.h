/* set_install.h - installing a data set together with what its kind needs: a set of kind "factors"
 * also fills the factor database. */
#ifndef TL_INTAKE_SET_INSTALL_H
#define TL_INTAKE_SET_INSTALL_H

#include "dataset/dataset.h"

typedef struct tl_set_installed {
    tl_dataset set;
    bool already;  /* it was there before and nothing was done */
    bool has_rows; /* its kind has rows of its own in the database */
    int64_t rows;  /* how many were loaded now */
} tl_set_installed;

/* Installs the set of `folder` and loads its rows, inside the caller's transaction. */
TL_MUST_CHECK tl_status tl_set_install(tl_store *s, const char *folder, const char *actor,
                                       tl_arena *arena, tl_set_installed *out, tl_error *err);

#endif
