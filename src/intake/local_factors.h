/* local_factors.h - the set local-factors: every accepted proposal is a row of it.
 *
 * Its edition is how many they are, so that each acceptance supersedes the edition before. */
#ifndef TL_INTAKE_LOCAL_FACTORS_H
#define TL_INTAKE_LOCAL_FACTORS_H

#include "intake/set_install.h"

/* Installs the next edition, dated `day`, inside the caller's transaction. */
TL_MUST_CHECK tl_status tl_local_factors_install(tl_store *s, const char *day, const char *who,
                                                 tl_arena *arena, tl_set_installed *set,
                                                 tl_error *err);

#endif
