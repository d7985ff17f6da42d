/* lone.h - one lane of a loop solved alone, when sweeps did not bring it home. For this folder
 * only. */
#ifndef TL_LCA_LONE_H
#define TL_LCA_LONE_H

#include "lca/draw.h"
#include "lca/loop.h"
#include "lca/scheme.h"

struct lca_lone; /* one thread at a time */

TL_MUST_CHECK tl_status lca_lone_new(struct lca_lone **out, const struct lca_scheme *m,
                                     tl_error *err);
void lca_lone_free(struct lca_lone *l);

/* Solves lane of the loop in step s, v being the start and the result. job is that of the sweeps.
 * *verdict: LCA_SOUND, LCA_RUNAWAY or LCA_SINGULAR (no meaning), LCA_UNJUDGED (no method came to an
 * end). */
TL_MUST_CHECK tl_status lca_lone_solve(struct lca_lone *l, const struct lca_step *s,
                                       const struct lca_lane_job *job, unsigned lane,
                                       double tolerance, enum lca_verdict *verdict, tl_error *err);

#endif
