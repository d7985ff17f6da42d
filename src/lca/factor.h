/* factor.h - LU factors of one loop: dense for a few activities, KLU for more.
 *
 * The matrix of a loop is I - T with T the entries inside it. Where T has no negative entry this is
 * a Z-matrix, and it has a meaningful inverse (no negative entry, the loop's gain below 1) exactly
 * if all pivots of elimination down the diagonal are positive (M. Fiedler, V. Ptak, Czech. Math. J.
 * 12 (1962) 382-400). So such a loop is eliminated without exchange of rows and the pivots are the
 * proof. Otherwise rows are exchanged and the sign of the determinant decides: it turns negative
 * when the first real eigenvalue of T passes 1. For this folder only. */
#ifndef TL_LCA_FACTOR_H
#define TL_LCA_FACTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "lca/rows.h"

typedef struct lca_factor lca_factor;

enum lca_verdict {
    LCA_UNJUDGED,
    LCA_SOUND,
    LCA_RUNAWAY,  /* gain of 1 or more */
    LCA_SINGULAR, /* gain of 1 within rounding */
    LCA_TOO_LARGE /* factors would take more work than allowed */
};

enum { LCA_DENSE_MOST = 32 };

/* Factorises block b of the level equations if it takes at most `flops`. *out is NULL unless the
 * verdict is LCA_SOUND. */
TL_MUST_CHECK tl_status lca_factor_new(lca_factor **out, const struct lca_rows *levels, size_t b,
                                       double flops, enum lca_verdict *verdict, tl_error *err);
void lca_factor_free(lca_factor *f);

/* y := (I - T)^-1 y in level order, or with the transpose. One thread at a time: KLU solves in
 * scratch space inside its factors. */
TL_MUST_CHECK tl_status lca_factor_solve(lca_factor *f, bool transposed, double *y, tl_error *err);

#endif
