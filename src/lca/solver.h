/* solver.h - the inside of a solver, a solution and the score vectors. For this folder only. */
#ifndef TL_LCA_SOLVER_H
#define TL_LCA_SOLVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "lca/factor.h"
#include "lca/loop.h"
#include "lca/rows.h"
#include "lca/system.h"

/* A block of more than one activity. Judged when first met, since what no demand reaches does no
 * harm. */
struct lca_loop {
    uint32_t block; /* in level order */
    enum lca_verdict verdict;
    bool unconverged;   /* with LCA_RUNAWAY: not shown, no method came to an end */
    lca_factor *factor; /* owned; NULL = sweeps */
};

/* The vectors of one category, by activity. Made when first asked for. */
struct lca_scores {
    double *own;   /* owned; g: direct score of one level */
    double *level; /* owned; mu: with everything upstream; NAN behind a runaway loop */
    double *unit;  /* owned; mu / production: of one unit of product */
    size_t undefined;
    uint32_t culprit; /* a loop behind the undefined */
};

struct tl_lca_solver {
    const tl_lca_system *system; /* borrowed */
    tl_lca_solver_options options;
    struct lca_rows levels, scores;
    struct lca_loop *loops; /* owned, in level order */
    size_t n_loops;
    double *production; /* owned, by activity */
    double *y, *local;  /* owned scratch: by position; local positions of a loop */
    struct lca_loop_work work;
    struct lca_scores *category; /* owned, one per category */
    tl_lca_plan_facts facts;
};

struct tl_lca_solution {
    const tl_lca_system *system; /* borrowed */
    double *level;               /* owned; by activity */
    double *slack;         /* owned; how far each equation is off, by activity, rounding included */
    tl_lca_demand *demand; /* owned; merged, by activity, zeros left out */
    size_t n_demand;
    double residual;
    tl_lca_method method;
    unsigned sweeps;
};

/* How the last pass went. */
struct lca_pass {
    tl_lca_method method;
    unsigned sweeps;
    uint32_t culprit; /* loop that stopped it, UINT32_MAX if none */
};

/* Solves the level equations in place: y by position holds the right side, then the solution.
 * TL_ENUMERIC names the activities of a loop without meaning that is reached. */
TL_MUST_CHECK tl_status lca_solve_levels(tl_lca_solver *v, double *y, struct lca_pass *pass,
                                         tl_error *err);

/* The same with the score equations; what needs a runaway loop becomes NAN. */
TL_MUST_CHECK tl_status lca_solve_scores(tl_lca_solver *v, double *y, struct lca_pass *pass,
                                         tl_error *err);

/* "loop of n activities ...", as TL_ENUMERIC. */
tl_status lca_refuse_loop(tl_lca_solver *v, const struct lca_loop *loop, tl_error *err);

/* The vectors of category, solved once. TL_EINPUT if there is no such category. */
TL_MUST_CHECK tl_status lca_category_scores(tl_lca_solver *v, size_t category,
                                            const struct lca_scores **out, tl_error *err);

/* Factors of a category by flow, repeated ones added up; the caller frees. */
TL_MUST_CHECK tl_status lca_factor_vector(const tl_lca_system *s, size_t category, double **out,
                                          tl_error *err);

/* Sum without loss of low digits: A. Neumaier, Z. angew. Math. Mech. 54 (1974) 39-51. */
struct lca_sum {
    double sum, rest, absolute;
};
void lca_sum_add(struct lca_sum *s, double term);
double lca_sum_total(const struct lca_sum *s);

#endif
