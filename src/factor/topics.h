/* topics.h - how many current factors there are, by category and set. */
#ifndef TL_FACTOR_TOPICS_H
#define TL_FACTOR_TOPICS_H

#include "factor/factor.h"

typedef struct tl_factor_count {
    const char *category; /* "" where the set names none */
    const char *set, *version;
    int64_t factors, verified;
} tl_factor_count;

/* By category, then set. *out is in the arena. */
TL_MUST_CHECK tl_status tl_factor_counts(tl_store *s, tl_arena *arena, const tl_factor_count **out,
                                         size_t *n, tl_error *err);

#endif
