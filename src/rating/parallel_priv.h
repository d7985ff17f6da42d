/* parallel_priv.h - an indicator and those that stand beside it: of their points the better count.
 */
#ifndef TL_RATING_PARALLEL_PRIV_H
#define TL_RATING_PARALLEL_PRIV_H

#include "rating/index.h"

/* Place in items of the indicator that item counts for: itself, or the one it stands beside. */
int tl_parallel_main(const tl_index *x, int item);

/* The theme that holds the indicator (no parallel one) and those beside it, which always come
 * along, and nothing else: what is known of the theme is known of the indicator. -1 where there is
 * none. */
int tl_parallel_theme(const tl_index *x, int item);

#endif
