/* scheme.h - the plan of sampling: which entries are drawn, how they are laid out, what they feed.
 *
 * Sampling solves the score equations, suppliers first: production_j lambda_j = own_j + sum of
 * input_ij lambda_i, with lambda the score of a unit of product. One solve gives the scores of all
 * products asked for. Only activities that a product asked for can reach and behind which a
 * characterised flow lies take part ("nodes"). Unknowns are v_j = lambda_j / scale_j, the scale a
 * power of two near |lambda_j| of the given amounts and of production's sign: all v are near 1
 * whatever the units, coefficients are shares of a score and fit a float, and scaling rounds
 * nothing. For this folder only. */
#ifndef TL_LCA_SCHEME_H
#define TL_LCA_SCHEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "lca/draw.h"
#include "lca/solver.h"

/* Nodes first .. last - 1: a run of nodes without loops between them, or one loop. */
struct lca_step {
    uint32_t first, last;
    uint32_t first_tile, last_tile;             /* entries from before the step, or in the run */
    uint32_t first_inner_tile, last_inner_tile; /* entries inside the loop */
    bool loop;
};

/* The production of one node, drawn: sum of the certain part and of slots, beside the given one. */
struct lca_drawn_production {
    uint32_t first_slot, last_slot;
    double certain;
};

/* A score asked for: sum of factor x v over its terms. */
struct lca_target {
    uint32_t first_term, last_term;
};

struct lca_scheme {
    size_t n;             /* nodes, suppliers first */
    uint32_t *activity;   /* owned; by node */
    double *scale;        /* owned; by node */
    double *begin;        /* owned; v of the given amounts */
    double *weight;       /* owned; share of the scores that passes through the node */
    double *constant;     /* owned; certain own emissions */
    uint32_t *divisor_of; /* owned; 0, or 1 + place in productions */
    struct lca_lane_rows outer, inner;
    struct lca_tile *tiles;                   /* owned */
    struct lca_draw4 *groups;                 /* owned */
    struct lca_step *steps;                   /* owned */
    struct lca_drawn_production *productions; /* owned */
    struct lca_tile production_tile;
    struct lca_target *targets; /* owned */
    uint32_t *term_node;        /* owned */
    double *term_factor;        /* owned */
    size_t n_tiles, n_groups, n_steps, n_productions, n_targets, n_terms;
    size_t n_draws;
    size_t largest_tile, largest_inner, largest_loop; /* entries, entries, nodes */
};

/* What is asked: n products one by one (demand NULL) or one demand of n entries. */
struct lca_question {
    const size_t *products;
    const tl_lca_demand *demand;
    size_t n, category;
};

TL_MUST_CHECK tl_status lca_scheme_new(struct lca_scheme **out, tl_lca_solver *v,
                                       const struct lca_question *q, tl_error *err);
void lca_scheme_free(struct lca_scheme *m);

#endif
