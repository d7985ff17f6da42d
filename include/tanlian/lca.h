/* lca.h - the numerical engine: numbers in, numbers out.
 *
 * A system is the computational structure of life cycle assessment (Heijungs & Suh 2002):
 * activities j that each make one product, inputs a_ij of product i per unit of j's output,
 * emissions b_kj of flow k, and characterisation factors c_k of one or more impact categories. With
 * production p_j on the diagonal, A = diag(p) - inputs, a demand f needs the activity levels x =
 * A^-1 f and has the score h = c B x. The transposed solve gives the unit scores: A^-T (c B)^T.
 *
 * Signs: an input is positive; a negative input is a co-product by substitution. Production is 1
 * unless given; given production (an input of an activity from itself) replaces the 1. Repeated
 * entries add up. A negative production (waste treatment) is legal, zero is not.
 *
 * Life: builder -> system (immutable, any number of threads) -> solver (one thread at a time).
 * Same input, same bytes out, whatever the number of threads or the instruction set. */
#ifndef TANLIAN_LCA_H
#define TANLIAN_LCA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tanlian/error.h"

#ifdef __cplusplus
extern "C" {
#endif

#define TL_LCA_NONE SIZE_MAX /* "no such index" */

typedef struct tl_lca_builder tl_lca_builder;   /* collects entries; one thread at a time */
typedef struct tl_lca_system tl_lca_system;     /* immutable; shared by threads */
typedef struct tl_lca_solver tl_lca_solver;     /* plan, factors, scratch; one thread at a time */
typedef struct tl_lca_solution tl_lca_solution; /* immutable; independent of its solver's life */
typedef struct tl_lca_samples tl_lca_samples;   /* immutable */

/* Releases an array that a function below handed over. NULL is fine. */
TL_API void tl_lca_free(void *array);

/* ---- building ---------------------------------------------------------------------------- */

/* What an activity, flow or impact category is called. id is required and unique among its kind;
 * name, unit and location may be NULL (kept as ""). UTF-8; copied. Flows and categories have no
 * location. */
typedef struct tl_lca_name {
    const char *id, *name, *unit, *location;
} tl_lca_name;

/* Distributions, numbered as stats_arrays and ecoinvent do. */
typedef enum tl_lca_distribution {
    TL_LCA_UNDEFINED = 0,  /* none: the amount is certain */
    TL_LCA_CERTAIN = 1,    /* none */
    TL_LCA_LOGNORMAL = 2,  /* loc = mean of ln|amount|, scale = its sd; the sign stays */
    TL_LCA_NORMAL = 3,     /* loc = mean, scale = standard deviation */
    TL_LCA_UNIFORM = 4,    /* minimum, maximum */
    TL_LCA_TRIANGULAR = 5, /* minimum, loc = mode, maximum */
} tl_lca_distribution;

/* Uncertainty of one amount; all zero = none. loc may be NAN for 2, 3 and 5: then it is taken from
 * the amount (ln|amount|, amount, amount). Members that a distribution does not use are ignored. */
typedef struct tl_lca_uncertainty {
    int distribution; /* tl_lca_distribution */
    double loc, scale, minimum, maximum;
} tl_lca_uncertainty;

/* An empty builder, owned by the caller. */
TL_API TL_MUST_CHECK tl_status tl_lca_builder_new(tl_lca_builder **out, tl_error *err);
TL_API void tl_lca_builder_free(tl_lca_builder *b);

/* Adds an activity, flow or category and gives its index (0, 1, ... in order of adding; index may
 * be NULL). TL_EINPUT, builder unchanged: missing or empty id, id there already, text not UTF-8. */
TL_API TL_MUST_CHECK tl_status tl_lca_add_activity(tl_lca_builder *b, const tl_lca_name *name,
                                                   size_t *index, tl_error *err);
TL_API TL_MUST_CHECK tl_status tl_lca_add_flow(tl_lca_builder *b, const tl_lca_name *name,
                                               size_t *index, tl_error *err);
TL_API TL_MUST_CHECK tl_status tl_lca_add_category(tl_lca_builder *b, const tl_lca_name *name,
                                                   size_t *index, tl_error *err);

/* Index of what was added under id, TL_LCA_NONE if nothing. For input that refers by id. */
TL_API size_t tl_lca_builder_activity(const tl_lca_builder *b, const char *id);
TL_API size_t tl_lca_builder_flow(const tl_lca_builder *b, const char *id);
TL_API size_t tl_lca_builder_category(const tl_lca_builder *b, const char *id);

/* amount of product `input` per unit of output of `activity`; input == activity states production.
 * uncertainty may be NULL. TL_EINPUT, naming activity and input, builder unchanged: an index that
 * does not exist, an amount that is not finite, an uncertainty that makes no sense (unknown
 * distribution, negative scale, minimum > maximum, mode outside, lognormal of 0). */
TL_API TL_MUST_CHECK tl_status tl_lca_add_input(tl_lca_builder *b, size_t activity, size_t input,
                                                double amount,
                                                const tl_lca_uncertainty *uncertainty,
                                                tl_error *err);

/* amount of `flow` exchanged with the environment per unit of output of `activity`; as above. */
TL_API TL_MUST_CHECK tl_status tl_lca_add_emission(tl_lca_builder *b, size_t activity, size_t flow,
                                                   double amount,
                                                   const tl_lca_uncertainty *uncertainty,
                                                   tl_error *err);

/* score of one unit of `flow` in `category`. Factors are taken as certain. */
TL_API TL_MUST_CHECK tl_status tl_lca_add_factor(tl_lca_builder *b, size_t category, size_t flow,
                                                 double amount, tl_error *err);

/* Assembles and checks. The builder is unchanged and may go on to build a variant; free both.
 * TL_EINPUT, naming the activity: an empty column (no inputs, no emissions, no production given: a
 * source without burden must state its production), production that adds up to 0; also a system
 * without activities. */
TL_API TL_MUST_CHECK tl_status tl_lca_builder_finish(const tl_lca_builder *b, tl_lca_system **out,
                                                     tl_error *err);

/* ---- system ------------------------------------------------------------------------------ */

TL_API void tl_lca_system_free(tl_lca_system *s);

/* Flat form on disk: magic, version, sizes, checksum, then the arrays as they are used. Written
 * atomically. Byte order is that of the writer; another machine's file is refused, not converted.
 */
TL_API TL_MUST_CHECK tl_status tl_lca_system_save(const tl_lca_system *s, const char *path,
                                                  tl_error *err);

/* Maps such a file, which may be replaced (as save does) but not written into while the system
 * lives. It is treated as hostile: every size, offset, index, text and number is checked
 * as tl_lca_builder_finish would. TL_EINPUT if anything is wrong, TL_ENOTFOUND, TL_EIO. */
TL_API TL_MUST_CHECK tl_status tl_lca_system_load(tl_lca_system **out, const char *path,
                                                  tl_error *err);

/* Sizes, and findings that are no errors. */
typedef struct tl_lca_facts {
    size_t activities, flows, categories;
    size_t inputs, emissions, factors; /* entries as given; inputs without production */
    size_t uncertain;                  /* inputs, emissions and productions with a distribution */
    size_t unused_flows;               /* emitted, but characterised in no category */
    size_t sources; /* activities with production given and neither inputs nor emissions */
} tl_lca_facts;
TL_API void tl_lca_system_facts(const tl_lca_system *s, tl_lca_facts *out);

/* Index of an id, TL_LCA_NONE if there is none. O(log n). */
TL_API size_t tl_lca_find_activity(const tl_lca_system *s, const char *id);
TL_API size_t tl_lca_find_flow(const tl_lca_system *s, const char *id);
TL_API size_t tl_lca_find_category(const tl_lca_system *s, const char *id);

/* The texts of index i, borrowed until the system is freed; never NULL inside. i must exist. */
TL_API tl_lca_name tl_lca_activity_name(const tl_lca_system *s, size_t i);
TL_API tl_lca_name tl_lca_flow_name(const tl_lca_system *s, size_t i);
TL_API tl_lca_name tl_lca_category_name(const tl_lca_system *s, size_t i);

/* ---- solving ----------------------------------------------------------------------------- */

typedef enum tl_lca_method {
    TL_LCA_METHOD_AUTO = 0, /* what the size and the loops call for */
    TL_LCA_METHOD_DIRECT,   /* every loop factorised (KLU); the reference */
    TL_LCA_METHOD_SWEEPS,   /* ordered Gauss-Seidel inside loops */
    TL_LCA_METHOD_BICGSTAB, /* sweeps, then BiCGSTAB preconditioned by one sweep */
    TL_LCA_METHOD_ONE_PASS, /* only reported: no loop was met, one exact pass */
} tl_lca_method;

/* "auto", "direct", "sweeps", "bicgstab", "one-pass". */
TL_API const char *tl_lca_method_name(tl_lca_method m);

/* All zero = defaults. */
typedef struct tl_lca_solver_options {
    tl_lca_method method; /* of loops. DIRECT refuses loops too large to factorise (TL_ENUMERIC) */
    double tolerance;     /* relative change at which loops stop; 0 = 1e-13 */
} tl_lca_solver_options;

/* Makes the plan for all demands: strongly connected components, order, storage. options may be
 * NULL. The system is borrowed until the solver is freed. Runaway loops are no error here: only a
 * demand that reaches one fails. */
TL_API TL_MUST_CHECK tl_status tl_lca_solver_new(tl_lca_solver **out, const tl_lca_system *s,
                                                 const tl_lca_solver_options *options,
                                                 tl_error *err);
TL_API void tl_lca_solver_free(tl_lca_solver *v);

/* The shape that the plan found. */
typedef struct tl_lca_plan_facts {
    size_t loops;        /* strongly connected components of more than one activity */
    size_t largest_loop; /* activities in the largest; 0 if there is none */
    size_t activities_in_loops, inputs_in_loops;
} tl_lca_plan_facts;
TL_API void tl_lca_solver_facts(const tl_lca_solver *v, tl_lca_plan_facts *out);

typedef struct tl_lca_demand {
    size_t activity; /* whose product */
    double amount;   /* in units of the product */
} tl_lca_demand;

/* x = A^-1 f. An empty or all-zero demand gives zeros. The solution is owned by the caller and may
 * outlive the solver, not the system. TL_EINPUT: index or amount out of range. TL_ENUMERIC, naming
 * the activities: the demand reaches a loop whose gain is 1 or more (it needs more of its own
 * product than it makes) or that is singular. */
TL_API TL_MUST_CHECK tl_status tl_lca_solve(tl_lca_solver *v, const tl_lca_demand *demand, size_t n,
                                            tl_lca_solution **out, tl_error *err);
TL_API void tl_lca_solution_free(tl_lca_solution *x);

/* Levels of all activities: how often each runs (its output is level x production). Borrowed until
 * the solution is freed. */
TL_API const double *tl_lca_solution_levels(const tl_lca_solution *x);

/* Amounts of all flows, sum over activities: B x. *out has one double per flow; tl_lca_free it. */
TL_API TL_MUST_CHECK tl_status tl_lca_inventory(const tl_lca_solution *x, double **out,
                                                tl_error *err);

/* A score, and how well it is known numerically (not: how uncertain the data are). */
typedef struct tl_lca_score {
    double score;
    double error_bound;   /* absolute: sum |unit score x residual|, and rounding of the sum */
    double residual;      /* largest |A x - f| relative to the terms of its row */
    tl_lca_method method; /* the strongest that a loop needed */
    unsigned sweeps;      /* passes through loop entries, BiCGSTAB's included */
} tl_lca_score;

/* The score in one category, checked against the transposed solve. TL_ENUMERIC if the error bound
 * exceeds 1e-6 of the sum of absolute contributions. */
TL_API TL_MUST_CHECK tl_status tl_lca_solution_score(tl_lca_solver *v, const tl_lca_solution *x,
                                                     size_t category, tl_lca_score *out,
                                                     tl_error *err);

/* The score of one unit of every product, from one transposed solve; kept by the solver, so asking
 * again costs nothing. Borrowed until the solver is freed. Products that need a runaway loop have
 * none: their value is NAN and *undefined counts them; with undefined == NULL they are TL_ENUMERIC,
 * naming the loop. */
TL_API TL_MUST_CHECK tl_status tl_lca_unit_scores(tl_lca_solver *v, size_t category,
                                                  const double **out, size_t *undefined,
                                                  tl_error *err);

/* ---- contributions ----------------------------------------------------------------------- */

/* One part of a score. Lists are sorted by |score|, largest first, ties by index. */
typedef struct tl_lca_part {
    size_t index;  /* activity or flow; TL_LCA_NONE = the demanded activities' own emissions */
    double amount; /* level of the activity, amount of the flow or of the supplied product */
    double score;
    double share; /* score / total score; 0 if the total is 0 */
} tl_lca_part;

typedef enum tl_lca_grouping {
    TL_LCA_BY_ACTIVITY, /* whose emissions */
    TL_LCA_BY_FLOW,     /* which emissions */
    TL_LCA_BY_SUPPLIER  /* direct suppliers of the demanded products with all that lies behind them,
                           and own emissions; adds up exactly to the score */
} tl_lca_grouping;

/* All parts that are not 0; *out has *n of them, free with tl_lca_free. */
TL_API TL_MUST_CHECK tl_status tl_lca_contributions(tl_lca_solver *v, const tl_lca_solution *x,
                                                    size_t category, tl_lca_grouping grouping,
                                                    tl_lca_part **out, size_t *n, tl_error *err);

/* A node of the upstream tree: so much of a product, and what it brings with it. */
typedef struct tl_lca_node {
    size_t activity;
    size_t parent;  /* index of the node that uses it; TL_LCA_NONE for demanded products */
    unsigned depth; /* 0 for demanded products */
    double amount;  /* of the product, along this path */
    double score;   /* own emissions and everything upstream, along this path */
    double share;   /* of the total score */
    double own;     /* the part of score that the activity emits itself */
    double hidden;  /* the part of score in inputs that are not shown: score = own + hidden +
                       children */
} tl_lca_node;

/* All zero = defaults. */
typedef struct tl_lca_tree_options {
    double cutoff;      /* smallest share |score / total| that is shown; 0 = 0.01 */
    unsigned max_depth; /* 0 = 10 */
    size_t max_nodes;   /* 0 = 1000; the largest scores win */
} tl_lca_tree_options;

/* Nodes in reading order: each before its children, siblings by |score|. *truncated (may be NULL)
 * tells that max_nodes was hit. Free with tl_lca_free. */
TL_API TL_MUST_CHECK tl_status tl_lca_upstream_tree(tl_lca_solver *v, const tl_lca_solution *x,
                                                    size_t category,
                                                    const tl_lca_tree_options *options,
                                                    tl_lca_node **out, size_t *n, bool *truncated,
                                                    tl_error *err);

/* ---- uncertainty ------------------------------------------------------------------------- */

typedef enum tl_lca_exchange_kind {
    TL_LCA_INPUT,     /* row: the activity that supplies */
    TL_LCA_EMISSION,  /* row: the flow */
    TL_LCA_PRODUCTION /* row == activity */
} tl_lca_exchange_kind;

/* An input of the score, and how much it matters. */
typedef struct tl_lca_influence {
    tl_lca_exchange_kind kind;
    size_t activity, row;
    double amount;
    double elasticity;     /* d ln h / d ln amount; 0 if the score is 0 */
    double variance_share; /* of the first-order variance */
} tl_lca_influence;

typedef struct tl_lca_first_order {
    double score;
    double sd;             /* standard deviation of the score, to first order */
    double log_sd;         /* of ln score: sd / |score|; 0 if the score is 0 */
    size_t uncertain;      /* uncertain exchanges that matter */
    tl_lca_influence *top; /* the largest shares, n_top of them; tl_lca_free */
    size_t n_top;
} tl_lca_first_order;

/* Error bars without sampling, from one direct and one transposed solve: d h / d a_ij = (unit score
 * of i) x (level of j). Exchanges count as independent, lognormals by their sigma. NOT valid near
 * singular loops (gain near 1) nor for large sigmas: the score is then far from linear; sample. */
TL_API TL_MUST_CHECK tl_status tl_lca_first_order_sd(tl_lca_solver *v, const tl_lca_solution *x,
                                                     size_t category, size_t n_top,
                                                     tl_lca_first_order *out, tl_error *err);

/* All zero = defaults. Draws are keyed by (seed, sample, exchange: kind and ids), so a sample is
 * the same whatever the thread count, batch, product, or the other entries of the system, and two
 * scores under one seed are a paired comparison. Sampled amounts carry 24 bits; the solve is in
 * double. */
typedef struct tl_lca_sample_options {
    size_t n;         /* samples; 0 = 1000 */
    uint64_t seed;    /* 0 is a seed like any other */
    size_t first;     /* number of the first sample: replays or continues a series */
    unsigned threads; /* 0 = one per processor */
    size_t batch;     /* samples handed to a thread at once; 0 = the engine's choice */
    bool keep;        /* keep every sample, not only the statistics */
    double tolerance; /* relative error of each score; 0 = 1e-9 */
    /* Called now and then, by one thread at a time; non-OK stops with that status. NULL = never. */
    tl_status (*progress)(void *ctx, size_t done, size_t total);
    void *ctx;
} tl_lca_sample_options;

/* Statistics over the n_valid samples that have a meaning. */
typedef struct tl_lca_statistics {
    size_t n, n_valid;
    size_t n_runaway;           /* loop gain 1 or more: no meaningful answer, in no statistic */
    size_t n_failed;            /* did not converge; in no statistic */
    double deterministic;       /* the score of the amounts as given */
    double mean, sd;            /* sd with n - 1; 0 for fewer than 2 */
    double p2_5, median, p97_5; /* linear interpolation between order statistics (type 7) */
} tl_lca_statistics;

/* Samples the score of a demand in one category. TL_ENUMERIC as tl_lca_solve, and if no sample has
 * a meaning. */
TL_API TL_MUST_CHECK tl_status tl_lca_sample(tl_lca_solver *v, const tl_lca_demand *demand,
                                             size_t n, size_t category,
                                             const tl_lca_sample_options *options,
                                             tl_lca_samples **out, tl_error *err);

/* Samples the scores of one unit of each of n products, all from the same draws: one solve a sample
 * for all of them, so that products are compared pair by pair. Needs 8 x n x options->n bytes. */
TL_API TL_MUST_CHECK tl_status tl_lca_sample_products(tl_lca_solver *v, const size_t *products,
                                                      size_t n, size_t category,
                                                      const tl_lca_sample_options *options,
                                                      tl_lca_samples **out, tl_error *err);

TL_API void tl_lca_samples_free(tl_lca_samples *m);

/* Number of scores sampled: 1 for a demand, else the number of products. */
TL_API size_t tl_lca_samples_count(const tl_lca_samples *m);

/* Statistics of score i. i must exist. Borrowed until freed. */
TL_API const tl_lca_statistics *tl_lca_samples_statistics(const tl_lca_samples *m, size_t i);

/* All statistics.n samples of score i in order, NAN where a sample has no meaning; NULL unless
 * options->keep. Borrowed until freed. */
TL_API const double *tl_lca_samples_values(const tl_lca_samples *m, size_t i);

#ifdef __cplusplus
}
#endif
#endif
