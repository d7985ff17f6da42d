/* sample.h - one batch of samples on one thread; see draw.h and scheme.h. For this folder only. */
#ifndef TL_LCA_SAMPLE_H
#define TL_LCA_SAMPLE_H

#include "lca/lone.h"
#include "lca/scheme.h"

enum lca_fate { LCA_VALID, LCA_RAN_AWAY, LCA_FAILED };

/* What one thread needs; scratch only. */
struct lca_batch_work {
    double *v, *side, *before, *divisor;
    float *coefficient, *inner; /* of a tile, of a loop */
    struct lca_lone *lone;      /* made when a lane first needs it */
};

struct lca_batch {
    const struct lca_scheme *scheme;
    const struct lca_kernel *kernel;
    uint64_t seed;
    double tolerance;
};

TL_MUST_CHECK tl_status lca_batch_work_init(struct lca_batch_work *w, const struct lca_scheme *m,
                                            tl_error *err);
void lca_batch_work_clear(struct lca_batch_work *w);

/* Samples 8 number .. 8 number + 7: fate by lane; score[target * 8 + lane], NAN unless valid. */
TL_MUST_CHECK tl_status lca_batch_run(const struct lca_batch *b, struct lca_batch_work *w,
                                      uint64_t number, double *score, enum lca_fate fate[LCA_LANES],
                                      tl_error *err);

/* As tl_lca_sample and tl_lca_sample_products, on a kernel of choice. */
TL_MUST_CHECK tl_status lca_sample_run(tl_lca_solver *v, const struct lca_question *q,
                                       const tl_lca_sample_options *options,
                                       const struct lca_kernel *kernel, tl_lca_samples **out,
                                       tl_error *err);

#endif
