/* order.h - who is computed before whom: strongly connected components. For this folder only. */
#ifndef TL_LCA_ORDER_H
#define TL_LCA_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "lca/system.h"

/* Activities with consumers before their suppliers; blocks are the strongly connected components,
 * most of one activity. */
struct lca_order {
    size_t n, n_blocks;
    uint32_t *at;     /* owned; position -> activity */
    uint32_t *place;  /* owned; activity -> position */
    uint32_t *blocks; /* owned; first position of each block, n_blocks + 1 */
};

TL_MUST_CHECK tl_status lca_order_init(struct lca_order *o, const tl_lca_system *s, tl_error *err);
void lca_order_clear(struct lca_order *o);

#endif
