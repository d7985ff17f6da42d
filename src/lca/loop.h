/* loop.h - solving inside one loop by sweeps, and by BiCGSTAB where sweeps are slow.
 *
 * A sweep is Gauss-Seidel in the order of the rows. With T = L + U (earlier and later positions) it
 * maps y to (I - L)^-1 (U y + rhs), so the change of one sweep is the residual preconditioned by
 * (I - L)^-1, and BiCGSTAB needs one sweep for each product with the preconditioned matrix
 * I - (I - L)^-1 U. Units in a loop differ by many powers of ten, so sizes are taken beside the sum
 * of absolute terms of each row, never as plain norms. For this folder only. */
#ifndef TL_LCA_LOOP_H
#define TL_LCA_LOOP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "lca/rows.h"

/* Scratch for loops of up to `most` activities. */
struct lca_loop_work {
    double *memory; /* owned */
    double *rhs, *scale, *residual, *shadow, *direction, *image, *half, *half_image, *correction;
};

TL_MUST_CHECK tl_status lca_loop_work_init(struct lca_loop_work *w, size_t most, tl_error *err);
void lca_loop_work_clear(struct lca_loop_work *w);

struct lca_loop_options {
    double tolerance;     /* of the change beside the row's terms, extrapolated to the limit */
    unsigned patience;    /* sweeps before BiCGSTAB is tried */
    unsigned most_sweeps; /* in all */
    bool bicgstab;        /* allowed */
};

struct lca_loop_report {
    unsigned sweeps;
    bool bicgstab; /* was needed */
};

enum lca_outcome { LCA_CONVERGED, LCA_DIVERGED, LCA_STALLED };

/* True if the changes of sweeps, falling at this rate after sweep k, add up to no more than the
 * tolerance by sweep `most`. */
bool lca_will_converge(double change, double rate, double tolerance, unsigned k, unsigned most);

/* Solves block b of r for w->rhs (local positions) into y (local positions; any start). */
enum lca_outcome lca_loop_solve(const struct lca_rows *r, size_t b, struct lca_loop_work *w,
                                double *y, const struct lca_loop_options *o,
                                struct lca_loop_report *report);

/* True if the largest eigenvalue of a sweep is real and 1 or more, as far as 100 sweeps can tell.
 * Overwrites the scratch. */
bool lca_loop_runs_away(const struct lca_rows *r, size_t b, struct lca_loop_work *w);

/* How much each activity of block b takes part in the strongest circle of the loop: product of the
 * left and right eigenvectors of |T|, which no choice of units changes; local level positions, in
 * *part, borrowed from the scratch. */
void lca_loop_participation(const struct lca_rows *levels, const struct lca_rows *scores, size_t b,
                            struct lca_loop_work *w, const double **part);

#endif
