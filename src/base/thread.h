/* thread.h - the same work over many items by a few threads. */
#ifndef TL_BASE_THREAD_H
#define TL_BASE_THREAD_H

#include <stddef.h>

#include "base/error.h"

/* Work for one item. worker is 0..threads-1 and fixed for the thread, for per-thread scratch. A
 * non-OK return stops the hand-out of further items. */
typedef tl_status (*tl_work)(void *ctx, size_t item, unsigned worker, tl_error *err);

/* Runs work for items 0..n-1 on `threads` threads (0 = one per processor). Which thread takes which
 * item is not fixed, so results must go to item-indexed places. Returns the failure of the lowest
 * failed item. */
TL_MUST_CHECK tl_status tl_parallel(unsigned threads, size_t n, tl_work work, void *ctx,
                                    tl_error *err);

/* Processors this process may run on, at least 1. */
unsigned tl_processors(void);

#endif
