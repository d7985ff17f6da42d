/* rows.h - the system in block triangular form, in both directions.
 *
 * With activity levels x and T_ij = a_ij / production_i (levels of i that one level of j needs),
 * the system is x = f + T x, and the scores mu of one level of each activity are mu = g + T' mu.
 * Both are stored alike: y_p = rhs_p + sum of value x y[index], positions ascending, so that every
 * index points to an earlier block or into p's own. A "level" equation lists the consumers of p, a
 * "score" equation its suppliers; score positions are level positions turned round. One code solves
 * both. For this folder only. */
#ifndef TL_LCA_ROWS_H
#define TL_LCA_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "lca/order.h"
#include "lca/system.h"

struct lca_rows {
    size_t n, n_blocks;
    uint32_t *at;     /* owned; position -> activity */
    uint32_t *place;  /* owned; activity -> position */
    uint32_t *blocks; /* owned; n_blocks + 1 */
    size_t *start;    /* owned; n + 1; entries of p, indices ascending */
    size_t *loop;     /* owned; n; the first entry of p inside its own block */
    uint32_t *index;  /* owned */
    double *value;    /* owned */
};

TL_MUST_CHECK tl_status lca_rows_init(struct lca_rows *levels, struct lca_rows *scores,
                                      const tl_lca_system *s, tl_error *err);
void lca_rows_clear(struct lca_rows *r);

#endif
