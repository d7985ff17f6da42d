/* sequence.h - the order of activities inside a loop, on which the speed of sweeps depends. For
 * this folder only. */
#ifndef TL_LCA_SEQUENCE_H
#define TL_LCA_SEQUENCE_H

#include "base/error.h"
#include "lca/order.h"
#include "lca/system.h"

/* Reorders the activities of each large block of o, consumers first as far as can be. */
TL_MUST_CHECK tl_status lca_sequence_blocks(struct lca_order *o, const tl_lca_system *s,
                                            tl_error *err);

#endif
