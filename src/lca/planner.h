/* planner.h - the making of a sampling plan, between scheme.c and layout.c only. */
#ifndef TL_LCA_PLANNER_H
#define TL_LCA_PLANNER_H

#include "base/random.h"
#include "lca/scheme.h"

#define NO_NODE UINT32_MAX

struct lca_draw {
    enum lca_draw_kind kind;
    uint32_t slot;
    uint64_t key;
    float a, b, c;
};

struct lca_planner {
    tl_lca_solver *v;
    const tl_lca_system *s;
    const struct lca_question *q;
    const struct lca_scores *c;
    struct lca_scheme *m;
    double *factor;             /* owned; by flow */
    double *through;            /* owned; by activity: levels for all that is asked */
    unsigned char *kept;        /* owned; by activity: 1 reached, 2 burdened, 3 both */
    uint32_t *node;             /* owned; by activity */
    uint64_t *hash[2];          /* owned; of activity ids, of flow ids */
    uint32_t *times, *times_of; /* owned; how often a row was met in visit times_of */
    uint32_t visit;             /* number of the column being read, counted anew each time */
    struct lca_draw *draws;     /* owned; of the tile being made */
    size_t n_draws, cap_draws;
    size_t cap_tiles, cap_groups, cap_steps, cap_productions;
    size_t cap_outer, cap_inner, cap_outer_fixed, cap_inner_fixed;
    size_t cap_outer_values, cap_inner_values;
};

/* splitmix64's finaliser. */
static inline uint64_t lca_mixed(uint64_t x)
{
    return tl_splitmix_next(&x);
}

/* Lays out rows, tiles and draws of all nodes, and the drawn productions. */
TL_MUST_CHECK tl_status lca_planner_add_steps(struct lca_planner *p, tl_error *err);
TL_MUST_CHECK tl_status lca_planner_add_productions(struct lca_planner *p, tl_error *err);

#endif
