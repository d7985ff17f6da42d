/* sample.c - sampling over threads, and the statistics of what comes out. */
#include "lca/sample.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread.h"

enum { DEFAULT_SAMPLES = 1000, DEFAULT_BATCH = 32, MOST_THREADS = 256 };
static const double default_tolerance = 1e-9;

struct tl_lca_samples {
    size_t n_scores, n;
    tl_lca_statistics *statistics; /* owned */
    double *values;                /* owned; by score, then sample; NULL unless kept */
};

/* One call of sampling, shared by its threads. */
struct run {
    struct lca_batch batch;
    tl_lca_sample_options options;
    struct lca_batch_work *work; /* owned; by worker */
    double *values;              /* by score, then sample */
    unsigned char *fate;         /* owned; by sample */
    uint64_t first_batch, n_batches;
    size_t batches_an_item;
    pthread_mutex_t lock; /* guards done and the caller's callback */
    size_t done;
};

void tl_lca_samples_free(tl_lca_samples *m)
{
    if (!m)
        return;
    free(m->statistics);
    free(m->values);
    free(m);
}

size_t tl_lca_samples_count(const tl_lca_samples *m)
{
    return m->n_scores;
}

const tl_lca_statistics *tl_lca_samples_statistics(const tl_lca_samples *m, size_t i)
{
    return &m->statistics[i];
}

const double *tl_lca_samples_values(const tl_lca_samples *m, size_t i)
{
    return m->values ? m->values + i * m->n : NULL;
}

/* ---- threads ----------------------------------------------------------------------------- */

static tl_status tell(struct run *r, size_t samples, tl_error *err)
{
    tl_status st = TL_OK;
    if (!r->options.progress)
        return TL_OK;
    pthread_mutex_lock(&r->lock);
    r->done += samples;
    st = r->options.progress(r->options.ctx, r->done, r->options.n);
    pthread_mutex_unlock(&r->lock);
    return st == TL_OK ? st : tl_fail(err, st, "sampling was stopped");
}

/* Keeps those of a batch's lanes that were asked for. Returns how many. */
static size_t keep(struct run *r, uint64_t number, const double *score, const enum lca_fate *fate)
{
    size_t kept = 0;
    for (unsigned l = 0; l < LCA_LANES; l++) {
        uint64_t sample = number * LCA_LANES + l;
        if (sample < r->options.first || sample - r->options.first >= r->options.n)
            continue;
        size_t at = (size_t)(sample - r->options.first);
        r->fate[at] = (unsigned char)fate[l];
        for (size_t t = 0; t < r->batch.scheme->n_targets; t++)
            r->values[t * r->options.n + at] = score[t * LCA_LANES + l];
        kept++;
    }
    return kept;
}

static tl_status run_item(void *ctx, size_t item, unsigned worker, tl_error *err)
{
    struct run *r = ctx;
    struct lca_batch_work *w = &r->work[worker];
    size_t kept = 0, first = item * r->batches_an_item;
    double *score = tl_new_array(r->batch.scheme->n_targets * LCA_LANES, sizeof *score);
    tl_status st = score ? TL_OK : tl_fail_nomem(err);
    if (st == TL_OK && !w->v)
        st = lca_batch_work_init(w, r->batch.scheme, err);
    for (size_t i = first; i < first + r->batches_an_item && i < r->n_batches && st == TL_OK; i++) {
        enum lca_fate fate[LCA_LANES];
        st = lca_batch_run(&r->batch, w, r->first_batch + i, score, fate, err);
        if (st == TL_OK)
            kept += keep(r, r->first_batch + i, score, fate);
    }
    free(score);
    return st == TL_OK ? tell(r, kept, err) : st;
}

static tl_status run_all(struct run *r, tl_error *err)
{
    unsigned threads = r->options.threads ? r->options.threads : tl_processors();
    if (threads > MOST_THREADS)
        threads = MOST_THREADS;
    size_t per_item = (r->options.batch ? r->options.batch : DEFAULT_BATCH) / LCA_LANES;
    r->batches_an_item = per_item ? per_item : 1;
    r->first_batch = r->options.first / LCA_LANES;
    r->n_batches = (r->options.first + r->options.n - 1) / LCA_LANES - r->first_batch + 1;
    r->work = tl_new_array(threads, sizeof *r->work);
    r->fate = tl_new_array(r->options.n, 1);
    if (!r->work || !r->fate)
        return tl_fail_nomem(err);
    size_t items = (size_t)((r->n_batches + r->batches_an_item - 1) / r->batches_an_item);
    tl_status st = tl_parallel(threads, items, run_item, r, err);
    for (unsigned i = 0; i < threads; i++)
        lca_batch_work_clear(&r->work[i]);
    return st;
}

/* ---- statistics -------------------------------------------------------------------------- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Type 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", Am. Stat. 50
 * (1996) 361-365. */
static double quantile(const double *sorted, size_t n, double p)
{
    double at = p * (double)(n - 1);
    size_t k = (size_t)at;
    if (k + 1 >= n)
        return sorted[n - 1];
    return sorted[k] + (at - (double)k) * (sorted[k + 1] - sorted[k]);
}

/* Fills in s from the n valid samples, which are sorted in passing. */
static void describe(tl_lca_statistics *s, double *valid, size_t n)
{
    struct lca_sum sum = { 0 }, squares = { 0 };
    if (n == 0)
        return;
    qsort(valid, n, sizeof *valid, ascending);
    for (size_t i = 0; i < n; i++)
        lca_sum_add(&sum, valid[i]);
    s->mean = lca_sum_total(&sum) / (double)n;
    for (size_t i = 0; i < n; i++)
        lca_sum_add(&squares, (valid[i] - s->mean) * (valid[i] - s->mean));
    s->sd = n > 1 ? sqrt(lca_sum_total(&squares) / (double)(n - 1)) : 0;
    s->p2_5 = quantile(valid, n, 0.025);
    s->median = quantile(valid, n, 0.5);
    s->p97_5 = quantile(valid, n, 0.975);
}

static tl_status count_fates(const struct run *r, tl_lca_statistics *s, tl_error *err)
{
    *s = (tl_lca_statistics){ .n = r->options.n };
    for (size_t i = 0; i < r->options.n; i++) {
        s->n_valid += r->fate[i] == LCA_VALID;
        s->n_runaway += r->fate[i] == LCA_RAN_AWAY;
        s->n_failed += r->fate[i] == LCA_FAILED;
    }
    if (s->n_valid == 0)
        return tl_fail(err, TL_ENUMERIC,
                       "none of %zu samples has a meaning: in %zu a loop runs away, %zu did not "
                       "converge or overflowed",
                       s->n, s->n_runaway, s->n_failed);
    return TL_OK;
}

static tl_status summarise(const struct run *r, const double *deterministic, tl_lca_samples *m,
                           tl_error *err)
{
    tl_lca_statistics counts;
    tl_status st = count_fates(r, &counts, err);
    if (st != TL_OK)
        return st;
    double *valid = tl_new_array(r->options.n, sizeof *valid);
    if (!valid)
        return tl_fail_nomem(err);
    for (size_t t = 0; t < m->n_scores; t++) {
        size_t n = 0;
        for (size_t i = 0; i < m->n; i++)
            if (r->fate[i] == LCA_VALID)
                valid[n++] = r->values[t * m->n + i];
        m->statistics[t] = counts;
        m->statistics[t].deterministic = deterministic[t];
        describe(&m->statistics[t], valid, n);
    }
    free(valid);
    return TL_OK;
}

/* ---- the public calls -------------------------------------------------------------------- */

static tl_status check_options(const tl_lca_system *s, const struct lca_question *q,
                               const tl_lca_sample_options *o, tl_error *err)
{
    if (!(o->tolerance > 0 && o->tolerance <= 1e-3))
        return tl_fail(err, TL_EINPUT, "sampling: a tolerance of 0 to 0.001 is expected");
    if (o->first > SIZE_MAX - o->n - LCA_LANES)
        return tl_fail(err, TL_EINPUT, "sampling: the number of the first sample is too large");
    if (q->n == 0)
        return tl_fail(err, TL_EINPUT, "sampling: nothing is demanded");
    for (size_t i = 0; !q->demand && i < q->n; i++)
        if (q->products[i] >= s->facts.activities)
            return tl_fail(err, TL_EINPUT, "sampling: there is no activity number %zu",
                           q->products[i]);
    return TL_OK;
}

/* The scores of the amounts as given. */
static tl_status solve_given(tl_lca_solver *v, const struct lca_question *q, double *out,
                             tl_error *err)
{
    const struct lca_scores *c;
    tl_lca_solution *x = NULL;
    tl_lca_score score;
    tl_status st = lca_category_scores(v, q->category, &c, err);
    for (size_t i = 0; st == TL_OK && !q->demand && i < q->n; i++)
        out[i] = c->unit[q->products[i]];
    if (st != TL_OK || !q->demand)
        return st;
    st = tl_lca_solve(v, q->demand, q->n, &x, err);
    if (st == TL_OK)
        st = tl_lca_solution_score(v, x, q->category, &score, err);
    if (st == TL_OK)
        out[0] = score.score;
    tl_lca_solution_free(x);
    return st;
}

static tl_status allocate_samples(tl_lca_samples **out, size_t n_scores, size_t n, tl_error *err)
{
    tl_lca_samples *m = calloc(1, sizeof *m);
    if (!m)
        return tl_fail_nomem(err);
    *m = (tl_lca_samples){ n_scores, n, tl_new_array(n_scores, sizeof *m->statistics),
                           n <= SIZE_MAX / n_scores ? tl_new_array(n_scores * n, sizeof *m->values)
                                                    : NULL };
    if (!m->statistics || !m->values) {
        tl_lca_samples_free(m);
        return tl_fail_nomem(err);
    }
    *out = m;
    return TL_OK;
}

static tl_status sample(tl_lca_solver *v, const struct lca_question *q, struct run *r,
                        tl_lca_samples *m, tl_error *err)
{
    struct lca_scheme *scheme = NULL;
    double *given = tl_new_array(m->n_scores, sizeof *given);
    tl_status st = given ? solve_given(v, q, given, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = lca_scheme_new(&scheme, v, q, err);
    if (st == TL_OK) {
        r->batch.scheme = scheme;
        r->values = m->values;
        st = run_all(r, err);
    }
    if (st == TL_OK)
        st = summarise(r, given, m, err);
    lca_scheme_free(scheme);
    free(given);
    return st;
}

tl_status lca_sample_run(tl_lca_solver *v, const struct lca_question *q,
                         const tl_lca_sample_options *options, const struct lca_kernel *kernel,
                         tl_lca_samples **out, tl_error *err)
{
    struct run r = { .options = options ? *options : (tl_lca_sample_options){ 0 },
                     .lock = PTHREAD_MUTEX_INITIALIZER };
    tl_lca_samples *m = NULL;
    *out = NULL;
    if (r.options.n == 0)
        r.options.n = DEFAULT_SAMPLES;
    if (r.options.tolerance == 0)
        r.options.tolerance = default_tolerance;
    tl_status st = check_options(v->system, q, &r.options, err);
    if (st == TL_OK)
        st = allocate_samples(&m, q->demand ? 1 : q->n, r.options.n, err);
    if (st != TL_OK)
        return st;
    r.batch = (struct lca_batch){ .kernel = kernel,
                                  .seed = r.options.seed,
                                  .tolerance = r.options.tolerance };
    st = sample(v, q, &r, m, err);
    pthread_mutex_destroy(&r.lock);
    free(r.work);
    free(r.fate);
    if (st != TL_OK) {
        tl_lca_samples_free(m);
        return st;
    }
    if (!r.options.keep) {
        free(m->values);
        m->values = NULL;
    }
    *out = m;
    return TL_OK;
}

tl_status tl_lca_sample(tl_lca_solver *v, const tl_lca_demand *demand, size_t n, size_t category,
                        const tl_lca_sample_options *options, tl_lca_samples **out, tl_error *err)
{
    static const tl_lca_demand none = { 0, 0 };
    struct lca_question q = { .demand = demand ? demand : &none, .n = n, .category = category };
    return lca_sample_run(v, &q, options, lca_kernel_best(), out, err);
}

tl_status tl_lca_sample_products(tl_lca_solver *v, const size_t *products, size_t n,
                                 size_t category, const tl_lca_sample_options *options,
                                 tl_lca_samples **out, tl_error *err)
{
    struct lca_question q = { .products = products, .n = n, .category = category };
    return lca_sample_run(v, &q, options, lca_kernel_best(), out, err);
}
