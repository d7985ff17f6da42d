/* batch.c - eight samples side by side, from draws to scores.
 *
 * A lane's numbers never depend on its neighbours: it stops by its own error and is frozen then. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "lca/sample.h"

enum { PATIENCE = 24, STALE = 8, VECTOR = 64 };

/* Rates are lower in the first sweeps than later: what is left is reckoned with at least this. */
static const double least_rate = 0.3;

static void *vectors(size_t n)
{
    size_t bytes = (n ? n : 1) * LCA_LANES * sizeof(double);
    void *p = aligned_alloc(VECTOR, bytes);
    if (p)
        memset(p, 0, bytes);
    return p;
}

void lca_batch_work_clear(struct lca_batch_work *w)
{
    free(w->v);
    free(w->side);
    free(w->before);
    free(w->divisor);
    free(w->coefficient);
    free(w->inner);
    lca_lone_free(w->lone);
    *w = (struct lca_batch_work){ 0 };
}

tl_status lca_batch_work_init(struct lca_batch_work *w, const struct lca_scheme *m, tl_error *err)
{
    *w = (struct lca_batch_work){ .v = vectors(m->n + 1),
                                  .side = vectors(m->largest_loop),
                                  .before = vectors(m->largest_loop),
                                  .divisor = vectors(m->n_productions + 1),
                                  .coefficient = vectors(m->largest_tile / 2 + 1),
                                  .inner = vectors(m->largest_inner / 2 + 1) };
    if (!w->v || !w->side || !w->before || !w->divisor || !w->coefficient || !w->inner) {
        lca_batch_work_clear(w);
        return tl_fail_nomem(err);
    }
    for (size_t l = 0; l < LCA_LANES; l++)
        w->v[m->n * LCA_LANES + l] = w->divisor[l] = 1;
    return TL_OK;
}

static uint64_t mixed(uint64_t x)
{
    return tl_splitmix_next(&x);
}

/* The part of the random bits that belongs to seed and pair of samples. */
static void pair_bases(uint64_t seed, uint64_t number, uint64_t base[LCA_PAIRS])
{
    for (unsigned p = 0; p < LCA_PAIRS; p++)
        base[p] = mixed(mixed(seed) + (number * LCA_PAIRS + p) * UINT64_C(0x9E3779B97F4A7C15));
}

/* Draws productions; a sample in which one is 0 or turns its sign has failed. */
static void draw_productions(const struct lca_batch *b, struct lca_batch_work *w,
                             const uint64_t base[LCA_PAIRS], enum lca_fate fate[LCA_LANES])
{
    const struct lca_scheme *m = b->scheme;
    b->kernel->draw(&m->production_tile, m->groups, base, w->coefficient);
    for (size_t i = 0; i < m->n_productions; i++) {
        const struct lca_drawn_production *d = &m->productions[i];
        for (size_t l = 0; l < LCA_LANES; l++) {
            double sum = d->certain;
            for (uint32_t s = d->first_slot; s < d->last_slot; s++)
                sum += (double)w->coefficient[(size_t)s * LCA_LANES + l];
            if (!(sum > 0 && isfinite(1 / sum))) {
                fate[l] = LCA_FAILED;
                sum = 1;
            }
            w->divisor[(i + 1) * LCA_LANES + l] = 1 / sum;
        }
    }
}

static struct lca_lane_job job_of(const struct lca_scheme *m, const struct lca_batch_work *w)
{
    return (struct lca_lane_job){ .rows = &m->outer,
                                  .coefficient = w->coefficient,
                                  .v = w->v,
                                  .divisor = w->divisor,
                                  .divisor_of = m->divisor_of,
                                  .constant = m->constant,
                                  .weight = m->weight };
}

enum state { GOING, DONE, HARD };

/* How far one lane has come. */
struct progress {
    enum state state;
    double before, rates[2]; /* the last change; the last rates, newest first */
    double slowest; /* rate of what stretching has taken out, and may have left a rest of */
    unsigned since; /* sweeps since the last stretching */
};

/* After sweep k changed the lane's score by so much at most. As lca_loop_solve does it. */
static enum state assess(struct progress *p, unsigned k, double change, double tolerance)
{
    double rate = change / p->before;
    double worst = fmax(fmax(rate, p->slowest), fmax(p->rates[0], p->rates[1]));
    p->before = change;
    p->rates[1] = p->rates[0];
    p->rates[0] = rate;
    p->since++;
    if (!isfinite(change))
        return HARD;
    if (change == 0 || (k > 2 && worst < 1 && change * worst <= tolerance * (1 - worst)))
        return DONE;
    if (k < PATIENCE && !(k >= STALE && rate > 0.98))
        return GOING;
    return lca_will_converge(change, worst, tolerance, k, 2 * PATIENCE) ? GOING : HARD;
}

/* True if the last two rates are alike to a share of `close`: one mode is left, and the rest of its
 * geometric series can be added at once (Aitken's process, for a vector). */
static bool is_steady(const struct progress *p, double close)
{
    return p->state == GOING && p->since > 2 && p->rates[0] < 0.98 &&
           fabs(p->rates[0] - p->rates[1]) <= close * p->rates[0];
}

static bool any_steady(const struct progress *p)
{
    for (unsigned l = 0; l < LCA_LANES; l++)
        if (is_steady(&p[l], 0.25))
            return true;
    return false;
}

/* Stretches the last change of the lanes that were and are steady. */
static void stretch(const struct lca_batch *b, struct lca_batch_work *w, const struct lca_step *s,
                    struct progress *p)
{
    double factor[LCA_LANES] = { 0 };
    bool any = false;
    for (unsigned l = 0; l < LCA_LANES; l++) {
        if (!is_steady(&p[l], 0.1) || p[l].since < 4)
            continue;
        any = true;
        factor[l] = p[l].rates[0] / (1 - p[l].rates[0]);
        p[l].slowest = fmax(p[l].slowest, p[l].rates[0]);
        p[l].since = 0;
    }
    if (any)
        b->kernel->stretch(w->v + (size_t)s->first * LCA_LANES, w->before, s->last - s->first,
                           factor);
}

static tl_status solve_hard_lanes(const struct lca_batch *b, struct lca_batch_work *w,
                                  const struct lca_step *s, const struct lca_lane_job *job,
                                  const struct progress *progress, enum lca_fate *fate,
                                  tl_error *err)
{
    for (unsigned l = 0; l < LCA_LANES; l++) {
        enum lca_verdict verdict;
        tl_status st = TL_OK;
        if (progress[l].state != HARD)
            continue;
        if (!w->lone)
            st = lca_lone_new(&w->lone, b->scheme, err);
        if (st == TL_OK)
            st = lca_lone_solve(w->lone, s, job, l, b->tolerance / 10, &verdict, err);
        if (st != TL_OK)
            return st;
        if (verdict != LCA_SOUND)
            fate[l] = verdict == LCA_UNJUDGED ? LCA_FAILED : LCA_RAN_AWAY;
    }
    return TL_OK;
}

/* Sweeps until every lane is done or hard. */
static void sweep_lanes(const struct lca_batch *b, struct lca_batch_work *w,
                        const struct lca_step *s, const struct lca_lane_job *job, int64_t *active,
                        struct progress *progress)
{
    const size_t n = s->last - s->first;
    bool going = true;
    for (unsigned k = 1; going; k++) {
        double change[LCA_LANES];
        bool steady = any_steady(progress);
        if (steady)
            memcpy(w->before, w->v + (size_t)s->first * LCA_LANES,
                   n * LCA_LANES * sizeof *w->before);
        b->kernel->sweep(job, change);
        going = false;
        for (unsigned l = 0; l < LCA_LANES; l++) {
            if (!active[l])
                continue;
            progress[l].state = assess(&progress[l], k, change[l], b->tolerance);
            active[l] = progress[l].state == GOING ? -1 : 0;
            going |= progress[l].state == GOING;
        }
        if (steady)
            stretch(b, w, s, progress);
    }
}

static tl_status solve_loop(const struct lca_batch *b, struct lca_batch_work *w,
                            const struct lca_step *s, enum lca_fate fate[LCA_LANES], tl_error *err)
{
    const struct lca_scheme *m = b->scheme;
    struct lca_lane_job job = job_of(m, w);
    struct progress progress[LCA_LANES];
    int64_t active[LCA_LANES];
    for (unsigned l = 0; l < LCA_LANES; l++) {
        progress[l] = (struct progress){
            fate[l] == LCA_VALID ? GOING : DONE, INFINITY, { 1, 1 }, least_rate, 0
        };
        active[l] = fate[l] == LCA_VALID ? -1 : 0;
    }
    for (size_t k = s->first; k < s->last; k++)
        for (unsigned l = 0; l < LCA_LANES; l++)
            w->v[k * LCA_LANES + l] = m->begin[k];
    job.rows = &m->inner;
    job.first = s->first;
    job.last = s->last;
    job.first_entry = m->tiles[s->first_inner_tile].first_entry;
    job.coefficient = w->inner;
    job.side = w->side;
    job.active = active;
    sweep_lanes(b, w, s, &job, active, progress);
    return solve_hard_lanes(b, w, s, &job, progress, fate, err);
}

static tl_status run_step(const struct lca_batch *b, struct lca_batch_work *w,
                          const uint64_t base[LCA_PAIRS], const struct lca_step *s,
                          enum lca_fate fate[LCA_LANES], tl_error *err)
{
    const struct lca_scheme *m = b->scheme;
    for (uint32_t i = s->first_tile; i < s->last_tile; i++) {
        const struct lca_tile *t = &m->tiles[i];
        struct lca_lane_job job = job_of(m, w);
        b->kernel->draw(t, m->groups, base, w->coefficient);
        job.first = t->first_node;
        job.last = t->last_node;
        job.first_entry = t->first_entry;
        if (s->loop) {
            job.side = w->side + (size_t)(t->first_node - s->first) * LCA_LANES;
            b->kernel->gather(&job);
        } else {
            b->kernel->solve(&job);
        }
    }
    if (!s->loop)
        return TL_OK;
    b->kernel->draw(&m->tiles[s->first_inner_tile], m->groups, base, w->inner);
    return solve_loop(b, w, s, fate, err);
}

tl_status lca_batch_run(const struct lca_batch *b, struct lca_batch_work *w, uint64_t number,
                        double *score, enum lca_fate fate[LCA_LANES], tl_error *err)
{
    const struct lca_scheme *m = b->scheme;
    uint64_t base[LCA_PAIRS];
    for (unsigned l = 0; l < LCA_LANES; l++)
        fate[l] = LCA_VALID;
    pair_bases(b->seed, number, base);
    if (m->n_productions > 0)
        draw_productions(b, w, base, fate);
    for (size_t i = 0; i < m->n_steps; i++) {
        tl_status st = run_step(b, w, base, &m->steps[i], fate, err);
        if (st != TL_OK)
            return st;
    }
    for (size_t t = 0; t < m->n_targets; t++)
        for (unsigned l = 0; l < LCA_LANES; l++) {
            double sum = 0;
            for (uint32_t k = m->targets[t].first_term; k < m->targets[t].last_term; k++)
                sum += m->term_factor[k] * w->v[(size_t)m->term_node[k] * LCA_LANES + l];
            if (fate[l] == LCA_VALID && !isfinite(sum))
                fate[l] = LCA_FAILED;
            score[t * LCA_LANES + l] = sum;
        }
    for (size_t t = 0; t < m->n_targets; t++)
        for (unsigned l = 0; l < LCA_LANES; l++)
            if (fate[l] != LCA_VALID)
                score[t * LCA_LANES + l] = NAN;
    return TL_OK;
}
